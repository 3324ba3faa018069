"""The fast kernels of alignment against slow, obvious twins, which take one pair and one run at a time."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from whence.text.copying.align import Aligned, Aligner, Run, distinct
from whence.text.copying.extend import WIDEST, Scoring, common
from whence.text.copying.seeds import Seeds, join, merge, sort, spread
from whence.text.copying.shingle import I64, Words, read, shingles

SCORING = Scoring()
WORDS = ["a", "of", "the", "dam", "gate", "river", "warden", "flooded", "evening", "to", "said", "was"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=70)
PIECES = st.lists(TEXTS, min_size=1, max_size=4)


# -- one pair at a time ------------------------------------------------------------------------------------------

def slow_passages(words: Words, a: int, b: int) -> list[Aligned]:
    words_a, words_b = (words.hashes[words.offsets[n]:words.offsets[n + 1]].tolist() for n in (a, b))
    strong = words.strong[words.offsets[a]:words.offsets[a + 1]].tolist()
    worth = np.concatenate(([0.0], np.cumsum([1.0 if one else .5 for one in strong]))).tolist()
    runs = [Run(*row) for row in slow_runs(words, np.array([[a, b]]))[1].tolist()]
    long = [run for run in runs if run.size >= SCORING.exact]
    if words_a == words_b and len(words_a) >= SCORING.exact:
        whole = Aligned((Run(0, 0, len(words_a)),))
        return sorted([whole, *(Aligned((run,)) for run in long if run.a != run.b)])
    found = []
    for chain in slow_chains(runs):
        if sum(run.size for run in chain) > SCORING.seed:
            found += [Aligned(tuple(piece)) for piece in slow_cut(slow_fill(chain, words_a, words_b), worth)]
    kept = distinct(found)
    return sorted(kept + [Aligned((run,)) for run in long if not any(
        r.a - r.b == run.a - run.b and r.a <= run.a and run.a + run.size <= r.a + r.size
        for one in kept for r in one.runs)])


def slow_runs(words: Words, pairs: I64) -> tuple[I64, I64]:
    """Every pair's shingles sorted and joined."""
    values, at = shingles(words, SCORING.seed)
    first = np.searchsorted(at, words.offsets)
    _, kinds = np.unique(values, return_inverse=True)
    (owner_a, place_a), (owner_b, place_b) = (spread(first[pairs[:, n]], first[pairs[:, n] + 1]) for n in (0, 1))
    left, right = join(owner_a * len(at) + kinds[place_a], owner_b * len(at) + kinds[place_b])
    owner = owner_a[left]
    return merge(owner, at[place_a[left]] - words.offsets[pairs[owner, 0]],
                 at[place_b[right]] - words.offsets[pairs[owner, 1]], SCORING.seed)


def slow_chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs joined in order of both texts where at most `reach` words part them; best first, each run in one chain."""
    total: list[float] = []
    before: list[int] = []
    for n, run in enumerate(runs):
        best, link = 0.0, -1
        for m in range(n - 1, max(-1, n - 50), -1):        # 50: more runs than two sentences can hold, short of repeats
            other = runs[m]
            if run.a - other.a > SCORING.reach + other.size and n - m > 8:
                break
            parted = max(run.a - other.a, run.b - other.b) - other.size
            overlap = max(other.a + other.size - run.a, other.b + other.size - run.b, 0)
            if other.b >= run.b or other.a >= run.a or parted > SCORING.reach or overlap >= SCORING.seed:
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


def slow_fill(chain: Sequence[Run], a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """The chain with the words that agree in its gaps, and beyond its ends."""
    first, reach = chain[0], SCORING.reach
    full = slow_common(a, b, (max(0, first.a - reach), max(0, first.b - reach)), (first.a, first.b))
    end = first.a, first.b
    for run in chain:
        trim = max(end[0] - run.a, end[1] - run.b, 0)
        if trim >= run.size:
            continue
        run = Run(run.a + trim, run.b + trim, run.size - trim)
        full += slow_common(a, b, end, (run.a, run.b))
        full.append(run)
        end = run.a + run.size, run.b + run.size
    return full + slow_common(a, b, end, (end[0] + reach, end[1] + reach))


def slow_common(a: Sequence[int], b: Sequence[int], low: tuple[int, int], high: tuple[int, int]) -> list[Run]:
    """The longest common subsequence of a[low:high] and b[low:high], as runs (Hyyrö 2004, bit-parallel)."""
    piece_a, piece_b = a[low[0]:high[0]], b[low[1]:high[1]]
    if not piece_a or not piece_b:
        return []
    blocks = LCSseq.opcodes(piece_a, piece_b).as_matching_blocks()
    return [Run(low[0] + block.a, low[1] + block.b, block.size) for block in blocks if block.size]


def slow_cut(runs: Sequence[Run], worth: Sequence[float]) -> list[list[Run]]:
    """The stretches of `runs` that hold together and are worth enough, weak ends cut off (X-drop, as in BLAST).

    One of fewer than `exact` words counts beside others only: alone it may be a common phrase.
    """
    worthy = []
    for piece in slow_stretches(runs, worth):
        earned = sum(worth[run.a + run.size] - worth[run.a] for run in piece)
        lost = SCORING.mismatch * sum(slow_parted(x, y) for x, y in pairwise(piece))
        if earned - lost >= SCORING.least or max(run.size for run in piece) >= SCORING.exact:
            worthy.append(piece)
    matched = [sum(run.size for run in piece) for piece in worthy]
    return [piece for piece, size in zip(worthy, matched, strict=True)
            if size >= SCORING.exact or sum(matched) >= 2 * SCORING.exact]


def slow_stretches(runs: Sequence[Run], worth: Sequence[float]) -> Iterator[list[Run]]:
    """The stretches of `runs` whose score stays above nothing and within `drop` of its peak, up to the peak."""
    score = peak = 0.0
    start = keep = 0
    for n, run in enumerate(runs):
        parted = slow_parted(runs[n - 1], run) if n else 0
        score -= SCORING.mismatch * parted
        if n and (parted > SCORING.gap or score <= 0 or peak - score > SCORING.drop):
            yield list(runs[start:keep + 1])
            score = peak = 0.0
            start = keep = n
        score += worth[run.a + run.size] - worth[run.a]
        if score >= peak:
            peak, keep = score, n
    if runs:
        yield list(runs[start:keep + 1])


def slow_parted(before: Run, after: Run) -> int:
    """The words between two runs, on the side that has more."""
    return max(after.a - before.a, after.b - before.b) - before.size


# -- the same, all at once ---------------------------------------------------------------------------------------

@settings(max_examples=150, deadline=None)
@given(PIECES, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=5))
def test_passages_are_those_of_one_pair_at_a_time(pieces: list[list[str]], order: list[tuple[int, ...]]) -> None:
    texts = [" ".join(word for n in parts for word in pieces[n % len(pieces)]) for parts in order]
    words = read(texts)
    pairs = np.array([(a, b) for a in range(len(texts)) for b in range(len(texts)) if a < b])
    found, looked_at = Aligner(words).align(pairs, batch=4)
    assert looked_at.all()
    assert found == {n: slow for n, (a, b) in enumerate(pairs.tolist()) if (slow := slow_passages(words, a, b))}
    assert list(found) == sorted(found)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_runs_are_those_of_sorting_every_pair(texts: list[list[str]]) -> None:
    words = read(" ".join(text) for text in texts)
    pairs = np.array([(a, b) for a in range(len(texts)) for b in range(len(texts)) if a != b])
    for fast, slow in zip(Seeds(words, SCORING.seed).runs(pairs), slow_runs(words, pairs), strict=True):
        assert fast.tolist() == slow.tolist()


CODES = st.lists(st.integers(0, 5), max_size=WIDEST)


@settings(deadline=None)
@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=6))
def test_gaps_are_aligned_as_rapidfuzz_does(gaps: list[tuple[list[int], list[int]]]) -> None:
    codes = np.array([code for gap in gaps for side in gap for code in side] + [0], dtype=np.int32)
    edges = np.cumsum([0] + [len(side) for gap in gaps for side in gap])
    a, b, end_a, end_b = edges[:-1:2], edges[1::2], edges[1::2], edges[2::2]
    slow = [(n, int(a[n]) + block.a, int(b[n]) + block.b, block.size) for n, gap in enumerate(gaps)
            for block in LCSseq.opcodes(*gap).as_matching_blocks() if block.size]
    assert list(zip(*(column.tolist() for column in common(codes, a, b, end_a, end_b)), strict=True)) == slow


NUMBERS = st.sampled_from([0, 1, 2, 7, 2**20, 2**40, 2**62]) | st.integers(-5, 5)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=20))
def test_rows_are_sorted_also_where_they_do_not_fit_one_number(rows: list[tuple[int, int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    assert [rows[n] for n in sort(*columns.T)] == sorted(rows)


@pytest.mark.parametrize("texts", [["", ""], ["a b", "a b"], ["a b c d e", ""]])
def test_texts_too_short_for_anything_share_nothing(texts: list[str]) -> None:
    assert Aligner(read(texts)).align(np.array([[0, 1]]))[0] == {}
    assert Aligner(read(texts)).align(np.zeros((0, 2), dtype=np.int64))[0] == {}
