"""Which vectors are near: the ways to find them are those of looking at every pair."""
from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.steps import candidates
from whence.steps.candidates import Cells, Found, Reach, Whole

Told = dict[tuple[int, int], float]


def made(seed: int, count: int, size: int = 6, cells: int = 5) -> tuple[Whole, Cells]:
    """Small vectors, many of them alike, each in two cells of few."""
    draw = np.random.default_rng(seed)
    lying = np.array([draw.choice(cells, 2, replace=False) for _ in range(count)], np.int16).reshape(count, 2)
    return draw.integers(-3, 4, (count, size)).astype(np.int8), lying


def reach(radius: float, count: int, wider: float | None = None) -> Reach:
    """The same radius for all, or a wider one for each second beside a first."""
    return Reach(radius, radius if wider is None else wider, (np.arange(count) % 2).astype(np.int8))


def slow(vectors: Whole, cells: Cells, new: Iterable[bool], near: Reach) -> Told:
    """Every pair, looked at."""
    fresh, found = list(new), {}
    for one in range(len(vectors)):
        for other in range(one + 1, len(vectors)):
            a, b = vectors[one].astype(int), vectors[other].astype(int)
            lengths = float(np.sqrt(float(a @ a)) * np.sqrt(float(b @ b)))
            if (fresh[one] or fresh[other]) and set(cells[one]) & set(cells[other]) and a @ b > 0:
                cosine = float(a @ b) / lengths
                if cosine >= (near.radius if near.kinds[one] == near.kinds[other] else near.wider):
                    found[one, other] = cosine
    return found


def told(found: Iterable[Found]) -> Told:
    rows = [row for some in found for row in zip(*(column.tolist() for column in some), strict=True)]
    assert len({row[:2] for row in rows}) == len(rows), "each once"
    return {(one, other): cosine for one, other, cosine in rows}


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 40), st.floats(.1, .95) | st.sampled_from([.5, .6, .75, .8]),
       st.floats(.1, 1), st.integers(2, 9), st.data())
def test_both_ways_find_what_looking_at_every_pair_finds(seed: int, count: int, radius: float, share: float, block: int,
                                                        data: st.DataObject) -> None:
    vectors, cells = made(seed, count)
    new = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), np.bool_)
    within = reach(radius, count, radius * share)
    wanted = slow(vectors, cells, new, within)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(candidates, "BLOCK", block)
        for few in (0, 1_000):
            patched.setattr(candidates, "FEW", few)
            assert told(candidates.near(vectors, cells, new, within)) == pytest.approx(wanted)


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 30), st.lists(st.integers(0, 30), max_size=3))
def test_any_batches_find_the_same(seed: int, count: int, cuts: list[int]) -> None:
    vectors, cells = made(seed, count)
    found: Told = {}
    begin = 0
    for end in sorted({min(cut, count) for cut in cuts} | {count}):
        fresh = told(candidates.near(vectors[:end], cells[:end], np.arange(end) >= begin, reach(.6, end, .3)))
        assert not fresh.keys() & found.keys()
        found |= fresh
        begin = end
    assert found == told(candidates.near(vectors, cells, np.ones(count, np.bool_), reach(.6, count, .3)))


def test_a_radius_that_is_met_exactly_is_met_in_either_order() -> None:
    draw = np.random.default_rng(1)
    vectors = draw.integers(-9, 10, (120, 4)).astype(np.int8)
    cells = np.zeros((120, 1), np.int16)
    every = told(candidates.near(vectors, cells, np.ones(120, np.bool_), reach(.1, 120)))
    for pair, cosine in list(every.items())[:300]:
        two = vectors[list(pair)]
        lengths = np.sqrt((two.astype(np.int64) ** 2).sum(1).astype(np.float64))
        radius = float((two[0].astype(int) @ two[1].astype(int)) / (lengths[0] * lengths[1]))
        ways = [bool(told(candidates.near(some, cells[:2], new, reach(radius, 2))))
                for some in (two, two[::-1]) for new in (np.array([True, False]), np.array([False, True]))]
        assert ways == [True] * 4, cosine


def test_nothing_is_near_nothing() -> None:
    vectors, cells = np.zeros((3, 4), np.int8), np.zeros((3, 2), np.int16)
    assert told(candidates.near(vectors, cells, np.ones(3, np.bool_), reach(.6, 3))) == {}
    assert told(candidates.near(vectors[:0], cells[:0], np.ones(0, np.bool_), reach(.6, 0))) == {}
