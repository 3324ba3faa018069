"""Pairs of texts, as word arrays, to the passages they share, with ends exact to a word.

Seed and extend, as in sequence comparison (Altschul et al. 1990, BLAST; Smith, Cordell and Mullen 2014, passim):
shared shingles are merged into exact runs, runs in order are chained, the gaps between them and the words beyond
their ends are aligned word by word, and what is left unmatched for too long ends a passage.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from whence.text.copying.shingle import I64, Bools, Words, shingles


@dataclass(frozen=True, slots=True)
class Scoring:
    """When runs of words are one passage, and when a passage is evidence of copying.

    A matched word earns 1, a short one .5; an unmatched one costs `mismatch`.
    """

    hits: int = 3              # shared shingles of the texts' own words that make two worth aligning
    seed: int = 4              # words: longer ones miss rewrites, shorter ones are common phrases
    reach: int = 40            # words between two runs of one chain: two sentences
    gap: int = 8               # unmatched words in a row that end a passage: more is a clause of its own
    mismatch: float = .5       # a passage of which a third was changed on both sides still gains
    drop: float = 6.0          # a loss that ends a passage: the same clause of its own
    least: float = 8.5         # what a passage must earn; 12 words of running text earn 8 to 10
    exact: int = 12            # words of a passage; a verbatim run of so many is one, whatever it earns


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
        _, codes = np.unique(words.hashes, return_inverse=True)
        self._codes = codes.astype(np.int64)
        values, at = shingles(words, self.scoring.seed)
        _, kinds, counts = np.unique(values, return_inverse=True, return_counts=True)
        repeated = counts[kinds] > 1
        kinds, at = kinds[repeated], at[repeated]
        text = words.texts()[at]
        self._count = len(counts)
        order = np.argsort(text * self._count + kinds, kind="stable")    # so that `join` finds its keys in order
        self._kinds, self._at = kinds[order], at[order]
        self._first = np.searchsorted(text, np.arange(len(words.offsets)))
        self._lists: dict[int, list[int]] = {}
        self._sums = np.concatenate(([0.0], np.cumsum(np.where(words.strong, 1.0, .5))))
        self._worths: dict[int, list[float]] = {}
        self._own = None if foreign is None or not foreign.any() else _own(foreign, self.scoring.seed)

    def align(self, pairs: I64, batch: int = 4096) -> Iterator[tuple[int, int, list[Aligned] | None]]:
        """For each row (a, b) of `pairs`, in order: a, b and their passages, by place in a then in b.

        None in place of the passages where too few words agree that are the texts' own, and too few for an exact run.
        """
        for start in range(0, len(pairs), batch):
            some = pairs[start:start + batch]
            owner, runs = self._runs(some)
            bounds = np.searchsorted(owner, np.arange(len(some) + 1))
            enough = self._enough(some, owner, runs)
            for n, (a, b) in enumerate(some.tolist()):
                if not enough[n]:
                    yield a, b, None
                    continue
                found = [Run(*run) for run in runs[bounds[n]:bounds[n + 1]].tolist()]
                yield a, b, self._passages(a, b, found)
            self._lists.clear()
            self._worths.clear()

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

    def _runs(self, pairs: I64) -> tuple[I64, I64]:
        """All maximal exact runs of seed length or more: the pair each belongs to, and rows (a, b, size)."""
        owner_a, place_a = self._places(pairs[:, 0])
        owner_b, place_b = self._places(pairs[:, 1])
        left, right = join(owner_a * self._count + self._kinds[place_a], owner_b * self._count + self._kinds[place_b])
        owner = owner_a[left]
        a = self._at[place_a[left]] - self.words.offsets[pairs[owner, 0]]
        b = self._at[place_b[right]] - self.words.offsets[pairs[owner, 1]]
        return merge(owner, a, b, self.scoring.seed)

    def _places(self, texts: I64) -> tuple[I64, I64]:
        """For each text in turn, its number here, and the places of its shingles, end to end."""
        first, last = self._first[texts], self._first[texts + 1]
        return spread(first, last)

    def codes(self, text: int) -> list[int]:
        """The words of a text as small numbers, equal where the words are."""
        if text not in self._lists:
            low, high = self.words.offsets[text], self.words.offsets[text + 1]
            self._lists[text] = self._codes[low:high].tolist()
        return self._lists[text]

    def _worth(self, text: int) -> list[float]:
        """What the words of a text up to each earn, counted from some point before the first."""
        if text not in self._worths:
            self._worths[text] = self._sums[self.words.offsets[text]:self.words.offsets[text + 1] + 1].tolist()
        return self._worths[text]

    def _passages(self, a: int, b: int, runs: list[Run]) -> list[Aligned]:
        words_a, words_b = self.codes(a), self.codes(b)
        long = [run for run in runs if run.size >= self.scoring.exact]
        if words_a == words_b and len(words_a) >= self.scoring.exact:
            whole = Aligned((Run(0, 0, len(words_a)),))
            return sorted([whole, *(Aligned((run,)) for run in long if run.a != run.b)])
        worth = self._worth(a)
        found: list[Aligned] = []
        for chain in chains(runs, self.scoring):
            if sum(run.size for run in chain) <= self.scoring.seed:
                continue
            full = fill(chain, words_a, words_b, self.scoring)
            found += [Aligned(tuple(piece)) for piece in cut(full, worth, self.scoring)]
        kept = distinct(found)
        return sorted(kept + [Aligned((run,)) for run in long if not any(_has(one, run) for one in kept)])


def _own(foreign: Bools, seed: int) -> I64:
    """How many shingles before each place hold own words only."""
    count = np.concatenate(([0], np.cumsum(foreign)))
    strange = count[seed:] > count[:-seed] if len(foreign) >= seed else foreign[:0]
    return np.concatenate(([0], np.cumsum(~strange), np.full(seed, (~strange).sum())))


def spread(first: I64, last: I64) -> tuple[I64, I64]:
    """The ranges [first[n], last[n]) end to end, and the n of each."""
    sizes = last - first
    owner = np.repeat(np.arange(len(first), dtype=np.int64), sizes)
    begin = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    return owner, np.arange(len(owner), dtype=np.int64) - begin[owner] + first[owner]


def join(left: I64, right: I64, most: int = 8) -> tuple[I64, I64]:
    """Indices of equal values, in `left` and `right`.

    A value that stands more than `most` times on a side is joined first to first, second to second and so on, counted
    from the start and from the end: a text of one word repeated costs no square.
    """
    order_l, order_r = np.argsort(left, kind="stable"), np.argsort(right, kind="stable")
    sorted_l, sorted_r = left[order_l], right[order_r]
    low, high = np.searchsorted(sorted_r, sorted_l, "left"), np.searchsorted(sorted_r, sorted_l, "right")
    mine_low, mine_high = np.searchsorted(sorted_l, sorted_l, "left"), np.searchsorted(sorted_l, sorted_l, "right")
    rank = np.arange(len(left)) - mine_low
    theirs, mine = high - low, mine_high - mine_low
    few = (theirs > 0) & (theirs <= most) & (mine <= most)
    owner, place = spread(low[few], high[few])
    many = (theirs > 0) & ~few
    front = many & (rank < theirs)
    back = many & (mine - rank <= theirs) & (mine != theirs)
    lefts = (np.flatnonzero(few)[owner], np.flatnonzero(front), np.flatnonzero(back))
    rights = (place, (low + rank)[front], (high - (mine - rank))[back])
    return order_l[np.concatenate(lefts)], order_r[np.concatenate(rights)]


def merge(owner: I64, a: I64, b: I64, length: int) -> tuple[I64, I64]:
    """Hits of shingles (owner, a, b) to maximal runs: their owners, and rows (a, b, size), by owner, a, b."""
    order = np.lexsort((a, b - a, owner))
    owner, a, b = owner[order], a[order], b[order]
    follows = (owner[1:] == owner[:-1]) & (b[1:] - a[1:] == b[:-1] - a[:-1]) & (a[1:] - a[:-1] <= length)
    begin = np.flatnonzero(np.concatenate(([True], ~follows))) if len(a) else np.zeros(0, dtype=np.int64)
    end = np.concatenate((begin[1:], [len(a)]))[:len(begin)] - 1
    rows = np.stack((a[begin], b[begin], a[end] - a[begin] + length), axis=1)
    order = np.lexsort((rows[:, 1], rows[:, 0], owner[begin]))
    return owner[begin][order], rows[order]


def chains(runs: Sequence[Run], scoring: Scoring) -> list[list[Run]]:
    """Runs joined in order of both texts where at most `reach` words part them; best first, each run in one chain."""
    total: list[float] = []
    before: list[int] = []
    for n, run in enumerate(runs):
        best, link = 0.0, -1
        for m in range(n - 1, max(-1, n - 50), -1):        # 50: more runs than two sentences can hold, short of repeats
            other = runs[m]
            if run.a - other.a > scoring.reach + other.size and n - m > 8:
                break
            parted = max(run.a - other.a, run.b - other.b) - other.size
            overlap = max(other.a + other.size - run.a, other.b + other.size - run.b, 0)
            if other.b >= run.b or other.a >= run.a or parted > scoring.reach or overlap >= scoring.seed:
                continue
            gain = total[m] - overlap - .1 * abs((run.b - run.a) - (other.b - other.a))
            if gain > best:
                best, link = gain, m
        total.append(best + run.size)
        before.append(link)
    used = [False] * len(runs)
    found = []
    for n in sorted(range(len(runs)), key=lambda n: (-total[n], n)):
        chain = []
        while n >= 0 and not used[n]:
            used[n] = True
            chain.append(runs[n])
            n = before[n]
        if chain:
            found.append(chain[::-1])
    return found


def fill(chain: Sequence[Run], a: Sequence[int], b: Sequence[int], scoring: Scoring) -> list[Run]:
    """The chain with the words that agree in its gaps, and beyond its ends."""
    first, reach = chain[0], scoring.reach
    full = common(a, b, (max(0, first.a - reach), max(0, first.b - reach)), (first.a, first.b))
    end = first.a, first.b
    for run in chain:
        trim = max(end[0] - run.a, end[1] - run.b, 0)
        if trim >= run.size:
            continue
        run = Run(run.a + trim, run.b + trim, run.size - trim)
        full += common(a, b, end, (run.a, run.b))
        full.append(run)
        end = run.a + run.size, run.b + run.size
    return full + common(a, b, end, (end[0] + reach, end[1] + reach))


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


def cut(runs: Sequence[Run], worth: Sequence[float], scoring: Scoring) -> list[list[Run]]:
    """The stretches of `runs` that hold together and are worth enough, weak ends cut off (X-drop, as in BLAST).

    One of fewer than `exact` words counts beside others only: alone it may be a common phrase.
    """
    worthy = []
    for piece in _stretches(runs, worth, scoring):
        earned = sum(worth[run.a + run.size] - worth[run.a] for run in piece)
        lost = scoring.mismatch * sum(_parted(x, y) for x, y in pairwise(piece))
        if earned - lost >= scoring.least or max(run.size for run in piece) >= scoring.exact:
            worthy.append(piece)
    matched = [sum(run.size for run in piece) for piece in worthy]
    return [piece for piece, size in zip(worthy, matched, strict=True)
            if size >= scoring.exact or sum(matched) >= 2 * scoring.exact]


def _stretches(runs: Sequence[Run], worth: Sequence[float], scoring: Scoring) -> Iterator[list[Run]]:
    """The stretches of `runs` whose score stays above nothing and within `drop` of its peak, up to the peak."""
    score = peak = 0.0
    start = keep = 0
    for n, run in enumerate(runs):
        parted = _parted(runs[n - 1], run) if n else 0
        score -= scoring.mismatch * parted
        if n and (parted > scoring.gap or score <= 0 or peak - score > scoring.drop):
            yield list(runs[start:keep + 1])
            score = peak = 0.0
            start = keep = n
        score += worth[run.a + run.size] - worth[run.a]
        if score >= peak:
            peak, keep = score, n
    if runs:
        yield list(runs[start:keep + 1])


def _parted(before: Run, after: Run) -> int:
    """The words between two runs, on the side that has more."""
    return max(after.a - before.a, after.b - before.b) - before.size


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
