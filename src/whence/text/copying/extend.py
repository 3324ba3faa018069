"""Chains of exact runs to passages: the words between and beyond the runs aligned, and what does not hold together cut.

All chains at once.  The gaps are aligned by longest common subsequence, a bit for each word of one side (Hyyrö 2004,
"Bit-parallel LCS-length computation revisited"), and passages end where what is left unmatched costs too much (X-drop;
Altschul et al. 1990, BLAST).
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from whence.text.copying.seeds import sort, spread
from whence.text.copying.shingle import I64, U64, Bools, Words

WIDEST = 48
"""Words of a gap: what a 64-bit float holds exactly, to the byte; two sentences are some 40."""
SLICE = 1 << 14
"""Gaps aligned at a time; chosen: a row of them stays in the processor's cache."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scoring:
    """When runs of words are one passage, and when a passage is evidence of copying.

    A matched word earns 1, a short one .5; an unmatched one costs `mismatch`.
    """

    hits: int = 3              # shared shingles of the texts' own words that make two worth aligning
    seed: int = 4              # words: longer ones miss rewrites, shorter ones are common phrases
    reach: int = 40            # words between two runs of one chain, at most WIDEST: two sentences
    gap: int = 8               # unmatched words in a row that end a passage: more is a clause of its own
    mismatch: float = .5       # a passage of which a third was changed on both sides still gains
    drop: float = 6.0          # a loss that ends a passage: the same clause of its own
    least: float = 8.5         # what a passage must earn; 12 words of running text earn 8 to 10
    exact: int = 12            # words of a passage; a verbatim run of so many is one, whatever it earns


class Runs(NamedTuple):
    """Runs of words that agree: the chain that each is of, its first word in either text, and how many words."""

    chain: I64
    a: I64
    b: I64
    size: I64

    def take(self, rows: I64 | Bools) -> Runs:
        """Some of them."""
        return Runs(*(column[rows] for column in self))


class Extender:
    """Extends chains of runs between the texts in `words`."""

    def __init__(self, words: Words, scoring: Scoring) -> None:
        self.words, self.scoring = words, scoring
        _, codes = np.unique(words.hashes, return_inverse=True)
        self.codes = codes.astype(np.int32)
        self._sums = np.concatenate(([0.0], np.cumsum(np.where(words.strong, 1.0, .5))))

    def extend(self, seeds: Runs, pairs: I64) -> tuple[Runs, I64, I64]:
        """The passages that the chains make: runs by chain and place, and the first and last run of each passage.

        `seeds` are the runs of the chains, by chain and place in both texts; `pairs` are the two texts of each chain.
        """
        seeds = _apart(seeds)
        place = self.words.offsets[pairs]
        gaps, starts_a, starts_b, ends_a, ends_b = self._gaps(seeds, pairs)
        within = common(self.codes, *(at + place[gaps, side] for at, side in
                                      ((starts_a, 0), (starts_b, 1), (ends_a, 0), (ends_b, 1))))
        chain = gaps[within.chain]
        filled = Runs(chain, within.a - place[chain, 0], within.b - place[chain, 1], within.size)
        runs = Runs(*(np.concatenate(columns) for columns in zip(seeds, filled, strict=True)))
        runs = runs.take(sort(runs.chain, runs.a))
        at = place[runs.chain, 0] + runs.a
        return runs, *cut(runs, self._sums[at + runs.size] - self._sums[at], self.scoring)

    def _gaps(self, seeds: Runs, pairs: I64) -> tuple[I64, I64, I64, I64, I64]:
        """What lies before, between and after the runs of each chain: the chain, where it starts in either text and
        where it ends.
        """
        reach = self.scoring.reach
        sizes = np.diff(self.words.offsets)
        chain, a, b, size = seeds
        first = np.flatnonzero(np.diff(chain, prepend=-1))
        last = np.append(first[1:], len(chain))[:len(first)] - 1
        inner = np.flatnonzero(np.diff(chain) == 0)
        starts = [np.concatenate((np.maximum(at[first] - reach, 0), (at + size)[inner], (at + size)[last]))
                  for at in (a, b)]
        ends = [np.concatenate((at[first], at[inner + 1],
                                np.minimum((at + size)[last] + reach, sizes[pairs[chain[last], side]])))
                for side, at in enumerate((a, b))]
        gaps = np.concatenate((chain[first], chain[inner], chain[last]))
        some = np.flatnonzero((ends[0] > starts[0]) & (ends[1] > starts[1]))
        return gaps[some], starts[0][some], starts[1][some], ends[0][some], ends[1][some]


def _apart(seeds: Runs) -> Runs:
    """The runs of each chain without the words that the run before holds on either side, fewer than a seed."""
    chain, a, b, size = seeds
    over = np.maximum((a + size)[:-1] - a[1:], (b + size)[:-1] - b[1:])
    trim = np.concatenate(([0], np.where(np.diff(chain) == 0, np.maximum(over, 0), 0)))[:len(chain)]
    return Runs(chain, a + trim, b + trim, size - trim).take(size > trim)


# -- gaps --------------------------------------------------------------------------------------------------------

def common(codes: npt.NDArray[np.int32], a: I64, b: I64, end_a: I64, end_b: I64) -> Runs:
    """For each n the longest common subsequence of codes[a[n]:end_a[n]] and codes[b[n]:end_b[n]], as runs of `chain` n.

    Neither is longer than WIDEST.  Of several as long, the one that rapidfuzz.distance.LCSseq gives.
    """
    lead = _alike(codes, a, b, np.minimum(end_a - a, end_b - b), 1)
    tail = _alike(codes, end_a - 1, end_b - 1, np.minimum(end_a - a, end_b - b) - lead, -1)
    found = [_count(a, b, lead), _count(end_a - tail, end_b - tail, tail)]
    a, b, sizes_a, sizes_b = a + lead, b + lead, end_a - tail - a - lead, end_b - tail - b - lead
    bytes_a = np.where((sizes_a > 0) & (sizes_b > 0), (sizes_a + 7) // 8, 0)
    for width in range(1, int(bytes_a.max(initial=0)) + 1):
        mine = np.flatnonzero(bytes_a == width)
        mine = mine[np.argsort(-sizes_b[mine], kind="stable")]
        for some in (mine[at:at + SLICE] for at in range(0, len(mine), SLICE)):
            grown = _lengths(codes, a[some], b[some], sizes_a[some], sizes_b[some], width)
            n, at_a, at_b = _trace(grown, sizes_a[some], sizes_b[some])
            found.append((some[n], a[some[n]] + at_a, b[some[n]] + at_b))
    gap, at_a, at_b = (np.concatenate(column) for column in zip(*found, strict=True))
    order = sort(gap, at_a)
    gap, at_a, at_b = gap[order], at_a[order], at_b[order]
    begin = np.flatnonzero(np.concatenate(([True], (np.diff(gap) != 0) | (np.diff(at_a) != 1) | (np.diff(at_b) != 1)))
                           )[:len(gap)]
    return Runs(gap[begin], at_a[begin], at_b[begin], np.diff(begin, append=len(gap)))


def _alike(codes: npt.NDArray[np.int32], a: I64, b: I64, room: I64, step: int) -> I64:
    """How many words agree from the places `a` and `b` on, one after the other, at most `room`."""
    count = np.zeros(len(a), dtype=np.int64)
    more = np.flatnonzero(room > 0)
    while len(more):
        at = step * count[more]
        more = more[codes[a[more] + at] == codes[b[more] + at]]
        count[more] += 1
        more = more[count[more] < room[more]]
    return count


def _count(a: I64, b: I64, sizes: I64) -> tuple[I64, I64, I64]:
    """`sizes` words from each of the places on, as the place's number and the words in either text."""
    owner, at_a = spread(a, a + sizes)
    return owner, at_a, at_a - a[owner] + b[owner]


def _lengths(codes: npt.NDArray[np.int32], a: I64, b: I64, sizes_a: I64, sizes_b: I64, width: int) -> list[U64]:
    """For each word of the second sides, the words of the first (bits) where the common subsequence grows longer.

    The sides at `a` have at most 8 * `width` words; those at `b` come longest first, and the later rows are of those
    that are long enough only.
    """
    window = np.minimum(a[:, None] + np.arange(8 * width), len(codes) - 1)
    first = codes[window]
    full = _below(sizes_a)
    state = np.full(len(a), ~np.uint64(0))
    grown = []
    for row in range(int(sizes_b[0])):
        many = int(np.searchsorted(-sizes_b, -row))
        same = np.zeros((many, 8), dtype=np.uint8)
        same[:, :width] = np.packbits(first[:many] == codes[b[:many] + row][:, None], axis=1, bitorder="little")
        state = state[:many]
        hit = state & same.view("<u8")[:, 0]
        state = (state + hit) | (state - hit)
        grown.append(~state & full[:many])
    return grown


def _trace(grown: list[U64], sizes_a: I64, sizes_b: I64) -> tuple[I64, I64, I64]:
    """The words of a longest common subsequence, from its end: the number of its sides, and the word in either."""
    left = _below(sizes_a)
    none = np.zeros(len(sizes_a), dtype=np.uint64)
    found = []
    for row in range(len(grown) - 1, -1, -1):
        many = len(grown[row])
        steps = grown[row] & left[:many]
        place = np.frexp(steps.astype(np.float64))[1].astype(np.uint64)      # of the highest bit, from 1; 0 for none
        before = (grown[row - 1][:many] if row else none[:many]) >> (np.maximum(place, 1) - np.uint64(1)) & np.uint64(1)
        match = np.flatnonzero((steps != 0) & (before == 0))
        found.append((match, place[match].astype(np.int64) - 1, np.full(len(match), row, dtype=np.int64)))
        left[:many] = _below(place)
        left[match] >>= np.uint64(1)
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))  # type: ignore[return-value]


def _below(sizes: I64 | U64) -> U64:
    """Numbers of which so many of the lowest bits are set."""
    below: U64 = (np.uint64(1) << sizes.astype(np.uint64)) - np.uint64(1)
    return below


# -- ends --------------------------------------------------------------------------------------------------------

def cut(runs: Runs, worth: Floats, scoring: Scoring) -> tuple[I64, I64]:
    """The stretches of `runs` that hold together and are worth enough, weak ends cut off: their first and last runs.

    `worth` is what the words of each run earn.  A stretch of fewer than `exact` words counts beside others of its chain
    only: alone it may be a common phrase.
    """
    chain, a, b, size = runs
    parted = np.zeros(len(chain), dtype=np.int64)
    parted[1:] = np.maximum(np.diff(a), np.diff(b)) - size[:-1]
    parted[np.flatnonzero(np.diff(chain, prepend=-1))] = 0
    first, last = _stretches(chain, parted, worth, scoring)
    earned = _over(worth, first, last) - scoring.mismatch * _over(parted, first + 1, last)
    good = (earned >= scoring.least) | (_over(size >= scoring.exact, first, last) > 0)
    first, last = first[good], last[good]
    matched = _over(size, first, last)
    beside = np.bincount(chain[first], weights=matched)[chain[first]] if len(first) else matched
    good = (matched >= scoring.exact) | (beside >= 2 * scoring.exact)
    return first[good], last[good]


def _over(values: npt.NDArray[Any], first: I64, last: I64) -> Floats:
    """The sum of the values from each first to each last, both included."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return sums[last + 1] - sums[first]


def _stretches(chain: I64, parted: I64, worth: Floats, scoring: Scoring) -> tuple[I64, I64]:
    """The stretches of runs whose score stays above nothing and within `drop` of its peak, up to the peak.

    One run of every chain at a time, those of many runs first, so that the chains still at work are the first ones.
    """
    begin = np.flatnonzero(np.diff(chain, prepend=-1))
    sizes = np.diff(begin, append=len(chain))
    order = np.argsort(-sizes, kind="stable")
    begin, sizes = begin[order], sizes[order]
    score, peak = np.zeros((2, len(begin)))
    start, keep = begin.copy(), begin.copy()
    found = []
    for step in range(int(sizes.max(initial=0))):
        many = int(np.searchsorted(-sizes, -step))
        at = begin[:many] + step
        score[:many] -= scoring.mismatch * parted[at]
        if step:
            ends = np.flatnonzero((parted[at] > scoring.gap) | (score[:many] <= 0)
                                  | (peak[:many] - score[:many] > scoring.drop))
            found.append((start[ends], keep[ends]))
            score[ends] = peak[ends] = 0
            start[ends] = keep[ends] = at[ends]
        score[:many] += worth[at]
        up = np.flatnonzero(score[:many] >= peak[:many])
        peak[up], keep[up] = score[up], at[up]
    found.append((start, keep))
    first, last = (np.concatenate(column) for column in zip(*found, strict=True))
    return first, last
