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
    kinds = distances.distances(300, (100, 102))
    assert kinds[100:102].tolist() == [0, 0] and (np.delete(kinds, [100, 101]) > 0).all()
    assert kinds[99] != kinds[102] and kinds.max() < distances.KINDS
    assert kinds[:90].max() < kinds[103:].min()


def test_between_counts_other_cues_only() -> None:
    amid = distances.between(10, (2, 3), [(2, 3), (5, 7)])
    assert amid.tolist() == [0, 0, 0, 0, 0, 5, 5, 1, 1, 1]
