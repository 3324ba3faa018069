"""Vectors in whole numbers, and the cells that they lie in."""
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.neural import cells
from whence.neural.embedder import SIZE


def drawn(seed: int, count: int) -> cells.Whole:
    vectors = np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)
    return cells.whole(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_whole_numbers_are_near_what_they_stand_for() -> None:
    vectors = np.array([[1, -1, .5, 0, 2]], np.float32)
    assert cells.whole(vectors).tolist() == [[127, -127, 64, 0, 127]]


@settings(max_examples=20)
@given(st.integers(0, 1_000), st.integers(0, 12), st.integers(1, 5))
def test_a_vector_lies_in_the_nearest_cells_in_any_company(seed: int, count: int, cut: int) -> None:
    vectors = drawn(seed, count)
    found = cells.cells(vectors)
    assert found.shape == (count, cells.PROBES)
    products = vectors.astype(np.int64) @ cells._centres().astype(np.int64).T
    for at in range(count):
        order = sorted(range(products.shape[1]), key=lambda cell: (-products[at, cell], cell))
        assert found[at].tolist() == order[:cells.PROBES]
    apart = [cells.cells(vectors[:cut]), cells.cells(vectors[cut:])]
    assert (np.concatenate(apart) == found).all()


def test_products_are_exact() -> None:
    centres = cells._centres()
    assert (centres == np.round(centres)).all()
    assert np.abs(centres).max() * cells.SCALE * SIZE < 2 ** 24
    assert len(centres) < 2 ** 15


def test_of_cells_that_are_equally_near_those_with_the_smaller_numbers() -> None:
    assert cells.cells(np.zeros((1, SIZE), np.int8)).tolist() == [list(range(cells.PROBES))]
