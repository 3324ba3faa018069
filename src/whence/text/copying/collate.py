"""Texts and the passages they share to what each text holds of each other, word by word.

Collation, as textual criticism calls the comparison of witnesses.  A set of a text's words is an int whose bit n
stands for word n, so that whole texts are compared in a few machine instructions.
"""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from whence.text.copying.align import Run, agreeing
from whence.text.copying.shingle import Words, read
from whence.text.normalize import fold

_BREAK = re.compile(r"[.!?…。！？]\W*\s|[。！？]|\n\s*\n")


class Shared(NamedTuple):
    """A passage that texts `a` and `b` share, by code points."""

    a: int
    a_start: int
    a_end: int
    b: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Collation:
    """What texts hold of each other.

    `holds[x][y]` are the words of x that stand in y at the same place; `covers[x][y]` all words of x in passages that
    it shares with y, agreeing or not; `runs[x, y]` what agrees, by place in x.
    """

    words: Words
    holds: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    covers: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    runs: Mapping[tuple[int, int], Sequence[Run]] = field(default_factory=dict)

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

    def forms(self, text: int, content: str) -> list[str]:
        """The folded words of `text`, whose characters are `content`."""
        low, high = self.words.offsets[text], self.words.offsets[text + 1]
        spans = zip(self.words.starts[low:high].tolist(), self.words.ends[low:high].tolist(), strict=True)
        if content.isascii():
            content = content.lower()
            return [content[start:end] for start, end in spans]
        return [fold(content[start:end]) for start, end in spans]

    def place(self, text: int, first: int, last: int) -> tuple[int, int]:
        """The code points of the words [first, last) of `text`."""
        low = int(self.words.offsets[text])
        return int(self.words.starts[low + first]), int(self.words.ends[low + last - 1])


def collate(texts: Sequence[str], shared: Iterable[Shared]) -> Collation:
    """Holds the texts against each other in the passages they share; time grows with the passages."""
    words = read(texts)
    holds: dict[int, dict[int, int]] = {n: {} for n in range(len(texts))}
    covers: dict[int, dict[int, int]] = {n: {} for n in range(len(texts))}
    runs: dict[tuple[int, int], list[Run]] = defaultdict(list)
    collation = Collation(words, holds, covers, runs)
    codes = _codes(words)
    for one in shared:
        a = collation.span(one.a, one.a_start, one.a_end)
        b = collation.span(one.b, one.b_start, one.b_end)
        for run in agreeing(codes(one.a)[slice(*a)], codes(one.b)[slice(*b)]):
            runs[one.a, one.b].append(Run(a[0] + run.a, b[0] + run.b, run.size))
            runs[one.b, one.a].append(Run(b[0] + run.b, a[0] + run.a, run.size))
        for x, y, span in ((one.a, one.b, a), (one.b, one.a, b)):
            covers[x][y] = covers[x].get(y, 0) | stretch(*span)
    for (x, y), rows in runs.items():
        rows.sort()
        holds[x][y] = _mask((run.a, run.size) for run in rows)
    return collation


def _codes(words: Words) -> Callable[[int], list[int]]:
    """Gives a text's words as small numbers, equal where the words are."""
    _, codes = np.unique(words.hashes, return_inverse=True)

    @lru_cache(maxsize=1024)
    def of(text: int) -> list[int]:
        """The words of one text."""
        found: list[int] = codes[words.offsets[text]:words.offsets[text + 1]].tolist()
        return found

    return of


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
    """The set of the words of text n after which a sentence ends; a short capitalised word (a title) ends none."""
    low, high = int(laid.offsets[n]), int(laid.offsets[n + 1])
    starts, ends = laid.starts[low:high].tolist(), laid.ends[low:high].tolist()
    found = 0
    for k in range(len(starts) - 1):
        title = ends[k] - starts[k] <= 4 and text[starts[k]].isupper()
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
