"""Texts and the passages they share to what each text holds of each other, word by word.

Collation, as textual criticism calls the comparison of witnesses.  A set of a text's words is an int whose bit n
stands for word n, so that whole texts are compared in a few machine instructions.
"""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from whence.text.copying.align import Run, agreeing
from whence.text.copying.shingle import I64, Words, read
from whence.text.copying.variants import ALIKE, Variants, Witness, compare
from whence.text.normalize import fold
from whence.text.speech.abbreviations import ALWAYS as TITLES

_BREAK = re.compile(r"[.!?…。！？]\W*\s|[。！？]|\n\s*\n")
_PLACE = 32
"""Bits for a place in a text, in code points: texts' words sort as one sequence of numbers."""


class Shared(NamedTuple):
    """A passage that texts `a` and `b` share, by code points."""

    a: int
    a_start: int
    a_end: int
    b: int
    b_start: int
    b_end: int


class Common(NamedTuple):
    """What one text has in common with another, as seen from the one: it depends on nothing but the two.

    `runs` are what agrees, by place; `beyond` is how many of its words that agree stand outside the sentence that holds
    most of them, `beyond_other` the same of the other.
    """

    runs: Sequence[Run]
    variants: Variants
    beyond: int
    beyond_other: int

    def turned(self) -> Common:
        """The same seen from the other."""
        runs = sorted(Run(run.b, run.a, run.size) for run in self.runs)
        return Common(runs, self.variants.turned(), self.beyond_other, self.beyond)


NOTHING = Common((), ALIKE, 0, 0)


@dataclass(frozen=True, slots=True)
class Collation:
    """What texts hold of each other.

    `holds[x][y]` are the words of x that stand in y at the same place; `covers[x][y]` all words of x in passages that
    it shares with y, agreeing or not; `common[x, y]` what tells the two apart, for each pair in one order only.
    """

    words: Words
    holds: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    covers: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    common: Mapping[tuple[int, int], Common] = field(default_factory=dict)

    def runs(self, x: int, y: int) -> Sequence[Run]:
        """What agrees in the two texts, by place in x."""
        return self.common[x, y].runs if (x, y) in self.common else self.common[y, x].turned().runs

    def variants(self, x: int, y: int) -> Variants:
        """What sets x apart from y in what they share."""
        return self.common[x, y].variants if (x, y) in self.common else self.common[y, x].variants.turned()

    def beyond(self, x: int, y: int) -> int:
        """How many of the words that x shares with y stand outside the sentence of x that holds most of them."""
        return self.common[x, y].beyond if (x, y) in self.common else self.common[y, x].beyond_other

    def span(self, text: int, start: int, end: int) -> tuple[int, int]:
        """The first word of `text` in the code points [start, end), and the one after the last."""
        low, high = self.words.offsets[text], self.words.offsets[text + 1]
        first = int(np.searchsorted(self.words.ends[low:high], start, "right"))
        return first, max(first, int(np.searchsorted(self.words.starts[low:high], end, "left")))

    def components(self) -> list[list[int]]:
        """Texts joined by what they hold of each other, through any number of hands; each list and all in order."""
        found: list[list[int]] = []
        done: set[int] = set()
        for start, held in self.holds.items():
            if not held or start in done:
                continue
            done.add(start)
            mine = [start]
            for x in mine:
                more = [y for y in self.holds[x] if y not in done]
                done.update(more)
                mine += more
            found.append(sorted(mine))
        return found

    def place(self, text: int, first: int, last: int) -> tuple[int, int]:
        """The code points of the words [first, last) of `text`."""
        low = int(self.words.offsets[text])
        return int(self.words.starts[low + first]), int(self.words.ends[low + last - 1])


def collate(texts: Sequence[str], shared: Iterable[Shared], words: Words | None = None,
            known: Mapping[tuple[int, int], Common] | None = None) -> Collation:
    """Holds the texts against each other in the passages they share; time grows with the passages.

    `words` are the texts', and `known` what pairs of them (in the order of their passages) have in common, where an
    earlier collation of the same passages told.
    """
    words = words or read(texts)
    holds: dict[int, dict[int, int]] = {n: {} for n in range(len(texts))}
    covers: dict[int, dict[int, int]] = {n: {} for n in range(len(texts))}
    common: dict[tuple[int, int], Common] = {}
    comparer = Comparer(texts, words)
    for (x, y), spans in _by_pair(list(shared), words).items():
        for of_x, of_y in spans:
            covers[x][y] = covers[x].get(y, 0) | stretch(*of_x)
            covers[y][x] = covers[y].get(x, 0) | stretch(*of_y)
        told = known.get((x, y)) if known else None
        runs = told.runs if told else comparer.runs(x, y, spans)
        if runs:
            holds[x][y] = _mask((run.a, run.size) for run in runs)
            holds[y][x] = _mask((run.b, run.size) for run in runs)
            common[x, y] = told or comparer.common(x, y, runs, holds)
    return Collation(words, holds, covers, common)


Range = tuple[int, int]


def _by_pair(shared: Sequence[Shared], words: Words) -> dict[tuple[int, int], list[tuple[Range, Range]]]:
    """The passages of each pair, as the words [first, last) of both texts."""
    columns = np.array(shared, dtype=np.int64).reshape(-1, 6).T
    ranges = np.stack((*_ranges(words, *columns[:3]), *_ranges(words, *columns[3:])), axis=1).tolist()
    found: dict[tuple[int, int], list[tuple[Range, Range]]] = defaultdict(list)
    for one, (first, last, of_other, until) in zip(shared, ranges, strict=True):
        found[one.a, one.b].append(((first, last), (of_other, until)))
    return found


def _ranges(words: Words, texts: I64, starts: I64, ends: I64) -> tuple[I64, I64]:
    """For code points [start, end) of some texts, the first word of each, and the one after the last."""
    of = words.texts() << _PLACE
    first = np.searchsorted(of | words.ends, texts << _PLACE | starts, "right")
    last = np.searchsorted(of | words.starts, texts << _PLACE | ends, "left")
    begin = words.offsets[texts]
    return first - begin, np.maximum(first, last) - begin


class Comparer:
    """Compares any two of the texts, each of which it reads once."""

    def __init__(self, texts: Sequence[str], words: Words) -> None:
        self.codes = lru_cache(maxsize=1024)(self._codes)
        self.ends = cache(lambda n: sentence_ends(texts[n], words, n))
        self.witness = cache(lambda n: Witness(forms(texts[n], words, n), self.ends(n)))
        self.texts = texts
        self._words = words
        self._numbers: I64 | None = None

    def _codes(self, text: int) -> list[int]:
        """A text's words as small numbers, equal where the words are."""
        if self._numbers is None:
            self._numbers = np.unique(self._words.hashes, return_inverse=True)[1].astype(np.int64)
        offsets = self._words.offsets
        found: list[int] = self._numbers[offsets[text]:offsets[text + 1]].tolist()
        return found

    def runs(self, x: int, y: int, spans: Iterable[tuple[Range, Range]]) -> list[Run]:
        """What agrees in the two texts' passages, by place in x."""
        return sorted(Run(of_x[0] + run.a, of_y[0] + run.b, run.size) for of_x, of_y in spans
                      for run in agreeing(self.codes(x)[slice(*of_x)], self.codes(y)[slice(*of_y)]))

    def common(self, x: int, y: int, runs: Sequence[Run], holds: Mapping[int, Mapping[int, int]]) -> Common:
        """What the two texts, which agree in `runs`, have in common."""
        variants = compare(runs, self.witness(x), self.witness(y)) if len(runs) > 1 else ALIKE
        return Common(runs, variants, outside_one(holds[x][y], self.ends(x)), outside_one(holds[y][x], self.ends(y)))


def forms(content: str, words: Words, n: int) -> list[str]:
    """The folded words of text n, whose characters are `content`."""
    low, high = words.offsets[n], words.offsets[n + 1]
    spans = zip(words.starts[low:high].tolist(), words.ends[low:high].tolist(), strict=True)
    if content.isascii():
        content = content.lower()
        return [content[start:end] for start, end in spans]
    return [fold(content[start:end]) for start, end in spans]


def stretch(first: int, last: int) -> int:
    """The set of the words [first, last)."""
    return (1 << last) - (1 << first)


def stretches(members: int, bridge: int = 1) -> list[tuple[int, int]]:
    """The runs [first, last) of a set of words; those fewer than `bridge` words apart are one."""
    found: list[tuple[int, int]] = []
    at = 0
    while members:
        skip = (members & -members).bit_length() - 1
        members >>= skip
        at += skip
        size = (~members & (members + 1)).bit_length() - 1
        if found and at - found[-1][1] < bridge:
            found[-1] = (found[-1][0], at + size)
        else:
            found.append((at, at + size))
        members >>= size
        at += size
    return found


def sentence_ends(text: str, laid: Words, n: int) -> int:
    """The set of the words of text n after which a sentence ends; a title or an initial ends none."""
    low, high = int(laid.offsets[n]), int(laid.offsets[n + 1])
    starts, ends = laid.starts[low:high].tolist(), laid.ends[low:high].tolist()
    found = 0
    for k in range(len(starts) - 1):
        title = text[starts[k]].isupper() and (
            ends[k] - starts[k] == 1 or text[starts[k]:ends[k]].lower() in TITLES)
        if starts[k + 1] - ends[k] > 1 and not title and _BREAK.search(text, ends[k], starts[k + 1]):
            found |= 1 << k
    return found


def outside_one(held: int, ends: int) -> int:
    """How many of the words `held` stand outside the sentence that holds most of them."""
    most = 0
    total = held.bit_count()
    while held:
        size = (ends & -ends).bit_length() or held.bit_length()
        most = max(most, (held & ((1 << size) - 1)).bit_count())
        held, ends = held >> size, ends >> size
    return total - most


def _mask(runs: Iterable[tuple[int, int]]) -> int:
    mask = 0
    for at, size in runs:
        mask |= ((1 << size) - 1) << at
    return mask
