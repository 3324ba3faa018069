"""A run of text -> its words and marks with their places, each quotation standing as one token."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from whence.text.speech.abbreviations import ALWAYS, SOMETIMES
from whence.text.speech.quotes import Quotation

QUOTE = "“”"
"""What a token's word is where a whole quotation stands."""
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s*[A-Z])|\d++(?:[.,:]\d++)*+%?(?!-?[^\W\d_])|[^\W_]+(?:['’&\-‑][^\W_]+)*['’]?(?=\W|\Z)|[^\W_]+|\.\.+|--+|[^\w\s]|_"
)


class Token(NamedTuple):
    """A word or mark at [start, end) of the text; `word` is in lower case, with straight apostrophes."""

    start: int
    end: int
    word: str
    capital: bool


def tokens(text: str, start: int, end: int, quotations: Sequence[Quotation] = ()) -> list[Token]:
    """The tokens of `text[start:end]`, in order.  `quotations` are sorted and do not overlap; each is one token.

    >>> [t.word for t in tokens("Mr. Ames didn’t (yet) say.", 0, 26)]
    ['mr.', 'ames', "didn't", '(', 'yet', ')', 'say', '.']
    """
    made: list[Token] = []
    begun = start
    for position in range(bisect_left(quotations, start, key=lambda q: q.end), len(quotations)):
        quotation = quotations[position]
        if quotation.start >= end:
            break
        _words(text, begun, quotation.start, made)
        made.append(Token(max(quotation.start, start), min(quotation.end, end), QUOTE, True))
        begun = quotation.end
    _words(text, begun, end, made)
    return made


def _words(text: str, start: int, end: int, made: list[Token]) -> None:
    for found in _TOKEN.finditer(text, start, end):
        shown = found.group()
        word = shown.lower().replace("’", "'") if len(shown) > 1 else shown.lower()
        if word == "." and made and made[-1].end == found.start() and _is_abbreviation(made[-1], found.end() < end):
            last = made[-1]
            made[-1] = Token(last.start, found.end(), last.word + ".", True)
            continue
        made.append(Token(found.start(), found.end(), word, shown[0].isupper()))


def _is_abbreviation(token: Token, goes_on: bool) -> bool:
    return token.capital and (token.word in ALWAYS or (goes_on and token.word in SOMETIMES))
