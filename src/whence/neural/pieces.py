"""A passage of text -> the wordpieces, words and marks of case and quotation that the encoders read."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
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
REMEMBERED = 1 << 15
"""Stretches between spaces whose pieces are remembered: chosen; some 15 MB, and most of what a newspaper writes."""
HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Halves of characters, which a JSON file can hold and the tokenizer refuses, to the sign for what can't be read."""
PLAIN = HALVES | str.maketrans({**dict.fromkeys("“”„‟«»″「」『』", '"'), **dict.fromkeys("‘’‚‛`´‹›", "'"), "…": "."})
"""And all marks of quotation to plain ones."""
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Stretch = tuple[tuple[int, ...], tuple[int, ...]]
"""What stands between two spaces: its pieces, and one after the other each word's start, end, pieces and case."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A passage as the encoders read it: n wordpieces in m words, without the marks of start and end.

    `ids`, `case`, `quote`: n numbers each.  `firsts`: for each word, its first piece.  `starts`, `ends`: for each word,
    its span in the text that the passage was cut from (code points).
    """

    ids: Numbers
    case: Numbers
    quote: Numbers
    firsts: Numbers
    starts: Numbers
    ends: Numbers


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
    return pieces_of([(text, span) for span in spans])


def pieces_of(passages: Sequence[tuple[str, Span]]) -> list[Pieces]:
    """Passages, each a text and where it stands in it.

    No word reaches across a space and none depends on its neighbours, so what stands between two spaces is cut once
    and remembered.
    """
    stretches = [text[start:end].split(" ") for text, (start, end) in passages]
    known = _remembered(dict.fromkeys(chain.from_iterable(stretches)))
    return [_pieces(text, span, some, known) for (text, span), some in zip(passages, stretches, strict=True)]


def _remembered(stretches: Iterable[str]) -> dict[str, Stretch]:
    """All that is remembered, these among it.  Other threads may be at it too: what is there stays as it is."""
    known = memory()
    fresh = [stretch for stretch in stretches if stretch not in known]
    if len(known) + len(fresh) > REMEMBERED:
        memory.cache_clear()
        known, fresh = memory(), list(stretches)
    known.update(zip(fresh, _cut(fresh), strict=True))
    return known


@cache
def memory() -> dict[str, Stretch]:
    """What is remembered by this process; `memory.cache_clear` forgets it."""
    return {}


def _cut(stretches: Sequence[str]) -> list[Stretch]:
    """Texts without a space -> their pieces, read as one text."""
    found = tokenizer().encode(" ".join(stretches).translate(PLAIN), add_special_tokens=False)
    ends = np.cumsum([len(stretch) + 1 for stretch in stretches])
    offsets = np.array(found.offsets, np.int64).reshape(-1, 2)
    owners = np.searchsorted(ends, offsets[:, 0], side="right").tolist()
    ids: list[list[int]] = [[] for _ in stretches]
    words: list[list[int]] = [[] for _ in stretches]
    last = None
    for id_, word, owner, (start, end) in zip(found.ids, found.word_ids, owners, offsets.tolist(), strict=True):
        ids[owner].append(id_)
        told, begin = words[owner], int(ends[owner]) - len(stretches[owner]) - 1
        if word == last:
            told[-3:-1] = end - begin, told[-2] + 1
        else:
            told += start - begin, end - begin, 1, 0
        last = word
    for stretch, told in zip(stretches, words, strict=True):
        told[3::4] = [_case(stretch[start:end]) for start, end in zip(told[::4], told[1::4], strict=True)]
    return [(tuple(some), tuple(told)) for some, told in zip(ids, words, strict=True)]


def _pieces(text: str, span: Span, stretches: Sequence[str], known: dict[str, Stretch]) -> Pieces:
    at = span.start
    ids: list[int] = []
    words: list[int] = []
    places, counts = [], []
    for stretch in stretches:
        some, told = known[stretch]
        ids += some
        words += told
        places.append(at)
        counts.append(len(told) // 4)
        at += len(stretch) + 1
    table = np.array(words, np.int64).reshape(-1, 4)
    starts, ends = table[:, :2].T + np.repeat(places, counts)
    sizes, case = table[:, 2], table[:, 3]
    quote = _quoting(text, span, starts)
    firsts = sizes.cumsum() - sizes
    return Pieces(np.array(ids, np.int64), case.repeat(sizes), quote.repeat(sizes), firsts, starts, ends)


def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[:1].isupper():
        return 2 if word[1:].islower() else 4
    return 4 if any(map(str.isalpha, word)) else 0


def _quoting(text: str, span: Span, starts: Numbers) -> Numbers:
    marks = np.zeros(len(starts), np.int64)
    for quotation in quotations(text, *span):
        first, after = np.searchsorted(starts, (quotation.start, quotation.end)).tolist()
        marks[first:after] = 2 if quotation.closed else 4
        marks[first:first + 1] = 1
        if quotation.closed and after > first + 1:
            marks[after - 1] = 3
    return marks
