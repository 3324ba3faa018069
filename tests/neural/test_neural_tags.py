"""Tags and spans, distances, and the search for the best tags, each against a slow and obvious twin."""
from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from whence.neural import distances
from whence.neural.spans import CUE_TAGS, LINK_TAGS, allowed, spans, tag
from whence.neural.viterbi import best, shares


@st.composite
def apart(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    """A number of words, and spans in them that do not overlap."""
    cuts = draw(st.lists(st.integers(0, 40), unique=True, max_size=10).map(sorted))
    roles = st.sampled_from(["source", "content"])
    return 41, [(first, after, draw(roles)) for first, after in zip(cuts[::2], cuts[1::2], strict=False)]


@given(apart())
def test_spans_survive_tagging(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    words, found = case
    assert spans(tag(words, found, LINK_TAGS).tolist(), LINK_TAGS) == found


@given(arrays.arrays(np.float32, (4, 5), elements=st.floats(-5, 5, width=16)),
       arrays.arrays(np.float32, (5, 5), elements=st.floats(-2, 2, width=16)))
def test_best_is_the_best_of_all_that_may_stand(scores: np.ndarray, moves: np.ndarray) -> None:
    follows, first, last = allowed(CUE_TAGS)

    def worth(path: tuple[int, ...]) -> float:
        if not first[path[0]] or not last[path[-1]] or not all(follows[a, b] for a, b in pairwise(path)):
            return -np.inf
        return float(sum(scores[at, kind] for at, kind in enumerate(path))
                     + sum(moves[a, b] for a, b in pairwise(path)))

    found = best(scores[None], np.array([4]), moves, CUE_TAGS)[0]
    assert worth(tuple(found)) == pytest.approx(max(map(worth, product(range(5), repeat=4))), abs=1e-3)


def test_rows_of_different_lengths_do_not_touch() -> None:
    rng = np.random.default_rng(1)
    rows = [rng.normal(size=(length, 9)).astype(np.float32) for length in (1, 7, 3)]
    moves = rng.normal(size=(9, 9)).astype(np.float32)
    block = np.full((3, 7, 9), 50, np.float32)
    for number, row in enumerate(rows):
        block[number, :len(row)] = row
    together = best(block, np.array([1, 7, 3]), moves, LINK_TAGS)
    assert together == [best(row[None], np.array([len(row)]), moves, LINK_TAGS)[0] for row in rows]


def test_shares_are_those_of_all_ways_that_may_stand() -> None:
    rng = np.random.default_rng(2)
    scores, moves = rng.normal(size=(2, 4, 5)).astype(np.float32), rng.normal(size=(5, 5)).astype(np.float32)
    follows, first, last = allowed(CUE_TAGS)
    found = shares(scores, np.array([4, 3]), moves, CUE_TAGS)
    for row, length in ((0, 4), (1, 3)):
        expected = np.zeros((4, 5))
        for path in product(range(5), repeat=length):
            if first[path[0]] and last[path[-1]] and all(follows[a, b] for a, b in pairwise(path)):
                worth = np.exp(sum(scores[row, at, kind] for at, kind in enumerate(path))
                               + sum(moves[a, b] for a, b in pairwise(path)))
                for at, kind in enumerate(path):
                    expected[at, kind] += worth
        expected[:length] /= expected[:length].sum(1, keepdims=True)
        assert found[row] == pytest.approx(expected, abs=1e-4)


def test_distances_are_zero_in_the_cue_and_differ_by_side() -> None:
    kinds = distances.distances(300, np.array([[100, 102]]))[0]
    assert kinds[100:102].tolist() == [0, 0] and (np.delete(kinds, [100, 101]) > 0).all()
    assert kinds[99] != kinds[102] and kinds.max() < distances.KINDS
    assert kinds[:90].max() < kinds[103:].min()


@pytest.mark.parametrize(("far", "kind"), [(1, 1), (12, 12), (13, 13), (16, 13), (17, 14), (130, 20),
                                             (131, 21), (700, 21)])
def test_distances_grow_in_steps(far: int, kind: int) -> None:
    kinds = distances.distances(1501, np.array([[750, 751]]))[0]
    assert kinds[750 - far] == kind and kinds[750 + far] == kind + 21


@given(apart())
def test_between_counts_other_cues_only(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    words, cues = case[0], [(first, after) for first, after, _ in case[1]]
    found = distances.between(words, np.array(cues, np.int64).reshape(-1, 2))
    for cue, row in zip(cues, found.tolist(), strict=True):
        others = [other for other in cues if other != cue]
        for word, kind in enumerate(row):
            begun = sum(min(cue[0], word) < first <= max(cue[0], word) for first, _ in others)
            inside = any(first <= word < after for first, after in others)
            assert kind == min(begun, 3) + 4 * inside


def test_between_where_nothing_is_told_of() -> None:
    assert distances.between(5, np.zeros((0, 2), np.int64)).shape == (0, 5)
    assert distances.distances(5, np.zeros((0, 2), np.int64)).shape == (0, 5)


def test_long_rows_keep_their_digits() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(scale=20, size=(2, 900, 9)).astype(np.float32)
    found = shares(scores, np.array([900, 450]), rng.normal(size=(9, 9)).astype(np.float32), LINK_TAGS)
    assert found[0].sum(1) == pytest.approx(1) and found[1, :450].sum(1) == pytest.approx(1)
    assert not found[1, 450:].any()
