"""Pairs of texts, as word arrays, to the passages they share, with ends exact to a word.

Seed and extend, as in sequence comparison (Altschul et al. 1990, BLAST; Smith, Cordell and Mullen 2014, passim):
shared shingles are merged into exact runs (`seeds`), runs in order are chained, the gaps between them and the words
beyond their ends are aligned word by word, and what is left unmatched for too long ends a passage (`extend`).
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from whence.text.copying.extend import Extender, Runs, Scoring
from whence.text.copying.seeds import Seeds
from whence.text.copying.shingle import I64, Bools, Words

LOOKBACK = 50
"""Runs that a chain's next one is held against: more than two sentences can hold, short of repeats."""


class Run(NamedTuple):
    """`size` words that agree, at word `a` of one text and `b` of the other."""

    a: int
    b: int
    size: int


class Aligned(NamedTuple):
    """A passage: its runs of agreeing words, in order in both texts."""

    runs: tuple[Run, ...]

    @property
    def matched(self) -> int:
        """How many words agree."""
        return sum(run.size for run in self.runs)

    @property
    def a(self) -> tuple[int, int]:
        """First word and the one after the last, in the first text."""
        return self.runs[0].a, self.runs[-1].a + self.runs[-1].size

    @property
    def b(self) -> tuple[int, int]:
        """First word and the one after the last, in the second text."""
        return self.runs[0].b, self.runs[-1].b + self.runs[-1].size

    @property
    def score(self) -> float:
        """The share of words that agree: twice the matched over the words of both sides."""
        return 2 * self.matched / (self.a[1] - self.a[0] + self.b[1] - self.b[0])


class Aligner:
    """Aligns pairs of the texts in `words`; holds what all pairs of them need.

    `foreign` says which words are not the texts' own.
    """

    def __init__(self, words: Words, scoring: Scoring | None = None, foreign: Bools | None = None) -> None:
        self.words = words
        self.scoring = scoring or Scoring()
        self._seeds = Seeds(words, self.scoring.seed)
        self._extender = Extender(words, self.scoring)
        self._own = None if foreign is None or not foreign.any() else _own(foreign, self.scoring.seed)

    def align(self, pairs: I64, batch: int = 4096) -> tuple[dict[int, list[Aligned]], Bools]:
        """The passages of each row (a, b) of `pairs` that has some, by place in a then in b; the rows ascend.

        And which rows were looked at: of the others too few words agree that are the texts' own, and too few for an
        exact run.
        """
        found: dict[int, list[Aligned]] = {}
        looked_at = np.zeros(len(pairs), dtype=np.bool_)
        for start in range(0, len(pairs), batch):
            some = pairs[start:start + batch]
            owner, runs = self._seeds.runs(some)
            enough = self._enough(some, owner, runs)
            looked_at[start:start + batch] = enough
            mine = enough[owner]
            found.update((start + n, passages) for n, passages in self._passages(some, owner[mine], runs[mine]))
        return found, looked_at

    def _enough(self, pairs: I64, owner: I64, runs: I64) -> Bools:
        """Which pairs share enough shingles of their own, or so many of any that they may have an exact run."""
        if self._own is None:
            return np.ones(len(pairs), dtype=np.bool_)
        sizes = runs[:, 2] - self.scoring.seed + 1
        own = sizes
        for side in (0, 1):
            at = self.words.offsets[pairs[owner, side]] + runs[:, side]
            own = np.minimum(own, self._own[at + sizes] - self._own[at])
        mine, any_hits = (np.bincount(owner, weights=count, minlength=len(pairs)) for count in (own, sizes))
        enough: Bools = (mine >= self.scoring.hits) | (any_hits > self.scoring.exact - self.scoring.seed)
        return enough

    def _passages(self, pairs: I64, owner: I64, runs: I64) -> Iterator[tuple[int, list[Aligned]]]:
        """The passages of the pairs that the runs are of, where they have some, in order."""
        same = self._same(pairs, owner)
        apart = ~same[owner]
        seeds, of = chained(owner[apart], runs[apart], self.scoring)
        found: dict[int, list[Aligned]] = defaultdict(list)
        filled, first, last = self._extender.extend(seeds, pairs[of])
        a, b, size = filled.a.tolist(), filled.b.tolist(), filled.size.tolist()
        for n, low, high in zip(of[filled.chain[first]].tolist(), first.tolist(), (last + 1).tolist(), strict=True):
            found[n].append(Aligned(tuple(map(Run, a[low:high], b[low:high], size[low:high]))))
        long: dict[int, list[Run]] = defaultdict(list)
        rows = np.flatnonzero(runs[:, 2] >= self.scoring.exact)
        for n, run in zip(owner[rows].tolist(), runs[rows].tolist(), strict=True):
            long[n].append(Run(*run))
        for n in sorted(found.keys() | long.keys()):
            kept = distinct(found[n]) if len(found[n]) > 1 else found[n]
            if same[n]:
                kept = [Aligned((Run(0, 0, int(np.diff(self.words.offsets)[pairs[n, 0]])),))]
            yield n, sorted(kept + [Aligned((run,)) for run in long[n] if not any(_has(one, run) for one in kept)])

    def _same(self, pairs: I64, owner: I64) -> Bools:
        """Which of the pairs that own runs are of one and the same words, enough for an exact run."""
        offsets, codes = self.words.offsets, self._extender.codes
        sizes = np.diff(offsets)[pairs]
        same = np.zeros(len(pairs), dtype=np.bool_)
        same[owner] = (sizes[:, 0] == sizes[:, 1])[owner] & (sizes[:, 0] >= self.scoring.exact)[owner]
        for n in np.flatnonzero(same).tolist():
            one, other = (codes[offsets[text]:offsets[text + 1]] for text in pairs[n].tolist())
            same[n] = np.array_equal(one, other)
        return same


def _own(foreign: Bools, seed: int) -> I64:
    """How many shingles before each place hold own words only."""
    count = np.concatenate(([0], np.cumsum(foreign)))
    strange = count[seed:] > count[:-seed] if len(foreign) >= seed else foreign[:0]
    return np.concatenate(([0], np.cumsum(~strange), np.full(seed, (~strange).sum())))


def chained(owner: I64, runs: I64, scoring: Scoring) -> tuple[Runs, I64]:
    """The runs (a, b, size) of each owner as chains longer than a seed, one after the other, and each chain's owner."""
    begin = np.flatnonzero(np.diff(owner, prepend=-1))
    sizes = np.diff(begin, append=len(owner))
    linked = np.zeros(len(begin), dtype=np.bool_)
    linked[np.searchsorted(begin, _may_follow(owner, runs, int(sizes.max(initial=0)), scoring), "right") - 1] = True
    single = np.flatnonzero(~np.repeat(linked, sizes) & (runs[:, 2] > scoring.seed))
    a, b, size = (column.tolist() for column in runs.T)
    found: list[list[int]] = []
    for low, count in zip(begin[linked].tolist(), sizes[linked].tolist(), strict=True):
        found += chains(range(low, low + count), a, b, size, scoring)
    rows = np.concatenate((single, np.array([n for chain in found for n in chain], dtype=np.int64)))
    lengths = np.concatenate((np.ones_like(single), np.array([len(chain) for chain in found], dtype=np.int64)))
    chain = np.repeat(np.arange(len(lengths)), lengths)
    return Runs(chain, *runs[rows].T), owner[rows[np.cumsum(lengths) - lengths]]


def _may_follow(owner: I64, runs: I64, longest: int, scoring: Scoring) -> I64:
    """The runs that stand within reach of one before them, so that a chain may join the two."""
    found = [np.zeros(0, dtype=np.int64)]
    for back in range(1, min(longest, LOOKBACK + 1)):
        ahead = runs[back:, :2] - runs[:-back, :2]
        near = (ahead > 0) & (ahead <= scoring.reach + runs[:-back, 2:])
        found.append(np.flatnonzero((owner[back:] == owner[:-back]) & near[:, 0] & near[:, 1]) + back)
    return np.concatenate(found)


def chains(rows: range, a: Sequence[int], b: Sequence[int], size: Sequence[int], scoring: Scoring) -> list[list[int]]:
    """Runs joined in order of both texts where at most `reach` words part them; best first, each run in one chain.

    Run n stands at words a[n] and b[n]; chains of no more words than a seed are left out.
    """
    reach, seed, first = scoring.reach, scoring.seed, rows.start
    total: list[float] = []
    before: list[int] = []
    for n in rows:
        best, link = 0.0, -1
        at_a, at_b = a[n], b[n]
        for m in range(n - 1, max(first - 1, n - LOOKBACK), -1):
            ahead_a, ahead_b, length = at_a - a[m], at_b - b[m], size[m]
            if ahead_a > reach + length:
                if n - m > 8:
                    break
                continue
            if ahead_a <= 0 or ahead_b <= 0 or ahead_b > reach + length:
                continue
            overlap = max(length - ahead_a, length - ahead_b, 0)
            if overlap < seed:
                gain = total[m - first] - overlap - .1 * abs(ahead_b - ahead_a)
                if gain > best:
                    best, link = gain, m
        total.append(best + size[n])
        before.append(link)
    used = set[int]()
    found = []
    for n in sorted(rows, key=lambda n: (-total[n - first], n)):
        chain: list[int] = []
        while n >= 0 and n not in used:
            used.add(n)
            chain.append(n)
            n = before[n - first]
        if sum(size[m] for m in chain) > seed:
            found.append(chain[::-1])
    return found


def common(a: Sequence[int], b: Sequence[int], low: tuple[int, int], high: tuple[int, int]) -> list[Run]:
    """The longest common subsequence of a[low:high] and b[low:high], as runs (Hyyrö 2004, bit-parallel)."""
    piece_a, piece_b = a[low[0]:high[0]], b[low[1]:high[1]]
    if not piece_a or not piece_b:
        return []
    blocks = LCSseq.opcodes(piece_a, piece_b).as_matching_blocks()
    return [Run(low[0] + block.a, low[1] + block.b, block.size) for block in blocks if block.size]


def agreeing(a: Sequence[int], b: Sequence[int], window: int = 2048) -> list[Run]:
    """The words that agree in a passage, word codes `a` and `b` of its two sides, in order.

    A passage longer than `window` words is aligned in overlapping windows, so that memory stays below a megabyte.
    """
    if a == b and len(a) <= window:
        return [Run(0, 0, len(a))] if a else []
    found: list[Run] = []
    at = to = 0
    while at < len(a) and to < len(b):
        runs = common(a, b, (at, to), (at + window, to + window))
        if at + window >= len(a) and to + window >= len(b):
            return found + runs
        runs = [run for run in runs if run.a < at + window // 2 and run.b < to + window // 2]
        found += runs
        last = runs[-1] if runs else Run(at + window // 2, to + window // 2, 0)
        at, to = last.a + last.size, last.b + last.size
    return found


def distinct(found: Sequence[Aligned]) -> list[Aligned]:
    """`found` without what a better passage already holds on both sides."""
    kept: list[Aligned] = []
    for one in sorted(found, key=lambda x: (-x.matched, x.runs)):
        if not any(_inside(one.a, other.a) and _inside(one.b, other.b) for other in kept):
            kept.append(one)
    return kept


def _has(passage: Aligned, run: Run) -> bool:
    """Whether the passage aligns all words of the run as the run does."""
    return any(r.a - r.b == run.a - run.b and r.a <= run.a and run.a + run.size <= r.a + r.size for r in passage.runs)


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    shared = min(inner[1], outer[1]) - max(inner[0], outer[0])
    return 2 * shared > inner[1] - inner[0]
