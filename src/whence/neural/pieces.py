"""A passage of text -> the wordpieces, words and marks of case and quotation that the encoders read."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from whence.model import Span
from whence.text.speech.quotes import quotations

LONGEST = 256
"""Wordpieces of a passage read in one go: chosen; 999 of 1,000 paragraphs of PolNeAR's training part are shorter."""
FIRST, LAST = 101, 102
"""The tokenizer's marks of start and end."""
CASES = 5
"""Marks of case: no letters, all small, a capital and small letters, all capitals, other."""
QUOTES = 5
"""Marks of quotation: outside, the opening mark, inside, the closing mark, inside one that nothing closes."""
_PLAIN = str.maketrans({**dict.fromkeys("“”„‟«»″「」『』", '"'), **dict.fromkeys("‘’‚‛`´‹›", "'"), "…": "."})


@dataclass(frozen=True, slots=True)
class Pieces:
    """A passage as the encoders read it: n wordpieces in m words, without the marks of start and end.

    `ids`, `case`, `quote`: n numbers each.  `firsts`: for each word, its first piece.  `starts`, `ends`: for each word,
    its span in the text that the passage was cut from (code points).
    """

    ids: np.ndarray[Any, np.dtype[np.int64]]
    case: np.ndarray[Any, np.dtype[np.int64]]
    quote: np.ndarray[Any, np.dtype[np.int64]]
    firsts: np.ndarray[Any, np.dtype[np.int64]]
    starts: np.ndarray[Any, np.dtype[np.int64]]
    ends: np.ndarray[Any, np.dtype[np.int64]]


@cache
def tokenizer() -> Any:
    """MiniLM's uncased WordPiece tokenizer, from the package."""
    from tokenizers import Tokenizer

    path = resources.files("whence.neural").joinpath("weights/tokenizer.json")
    made = Tokenizer.from_str(path.read_text(encoding="utf8"))
    made.no_truncation()
    made.no_padding()
    made.encode_special_tokens = True
    return made


def pieces(text: str, spans: Sequence[Span]) -> list[Pieces]:
    """The passages at `spans` of a text; quotation is marked within each passage alone."""
    cut = [text[start:end].translate(_PLAIN) for start, end in spans]
    made = tokenizer().encode_batch(cut, add_special_tokens=False)
    return [_arrays(text, span, encoding) for span, encoding in zip(spans, made, strict=True)]


def _arrays(text: str, span: Span, encoding: Any) -> Pieces:
    words = np.array([-1 if word is None else word for word in encoding.word_ids], dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2) + span.start
    opens = np.diff(words, prepend=-2) != 0
    firsts = np.flatnonzero(opens)
    lasts = np.append(firsts[1:], len(words)) - 1 if len(words) else firsts
    starts, ends = offsets[firsts, 0], offsets[lasts, 1]
    owner = np.cumsum(opens) - 1
    places = zip(starts.tolist(), ends.tolist(), strict=True)
    case = np.array([_case(text[start:end]) for start, end in places], np.int64)
    quote = _quoting(text, span, starts, ends)
    return Pieces(np.array(encoding.ids, np.int64), case[owner], quote[owner], firsts, starts, ends)


def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[:1].isupper():
        return 2 if word[1:].islower() else 4
    return 4 if any(map(str.isalpha, word)) else 0


def _quoting(
    text: str, span: Span, starts: np.ndarray[Any, np.dtype[np.int64]], ends: np.ndarray[Any, np.dtype[np.int64]]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    marks = np.zeros(len(starts), np.int64)
    for quotation in quotations(text, *span):
        first = int(np.searchsorted(starts, quotation.start))
        after = int(np.searchsorted(starts, quotation.end))
        marks[first:after] = 2 if quotation.closed else 4
        marks[first:first + 1] = 1
        if quotation.closed and after > first + 1:
            marks[after - 1] = 3
    return marks
