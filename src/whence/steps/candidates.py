"""Vectors in their cells -> the pairs that are near enough to be judged: by a radius, never by a rank."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int8]
Cells = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

FEW = 512
"""New vectors up to which each is held against all others, cell by cell being slower.  Chosen; both give the same."""
BLOCK = 2_048
"""Vectors of a cell, or of all, that are multiplied at a time; chosen: some 16 MB of products."""

ALMOST = 1 - 1e-9
"""Share of the radius from which a cosine is reckoned out: more than rounding can make of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How near two vectors have to be: a cosine of `radius`, or of `wider`, the smaller, where the numbers that
    `kinds` has for the two are not the same.
    """

    radius: float
    wider: float
    kinds: npt.NDArray[np.int8]

    def least(self, ones: Ints, others: Ints) -> npt.NDArray[np.float64]:
        """The least cosines of pairs; shapes that broadcast."""
        return np.where(self.kinds[ones] == self.kinds[others], self.radius, self.wider)


Found = tuple[Ints, Ints, Floats]
"""Pairs by the places of their vectors, and their cosines."""


def near(vectors: Whole, cells: Cells, new: npt.NDArray[np.bool_], reach: Reach) -> Iterator[Found]:
    """The pairs of which one is `new` at least, that share a cell and are within `reach`; each once.

    `vectors` are n x size in whole numbers, `cells` n x probes.  Cosines are exact, so that a pair has the same one in
    whatever company it is found.
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.int64).astype(np.float64))
    fresh = np.flatnonzero(new)
    if not len(fresh):
        return
    if len(fresh) <= FEW:
        yield from _few(vectors, cells, new, fresh, lengths, reach)
    else:
        yield from _by_cell(vectors, cells, new, lengths, reach)


def _few(vectors: Whole, cells: Cells, new: npt.NDArray[np.bool_], fresh: Ints, lengths: npt.NDArray[np.float64],
         reach: Reach) -> Iterator[Found]:
    mine = vectors[fresh].astype(np.float32)
    for at in range(0, len(vectors), BLOCK):
        places = np.arange(at, min(at + BLOCK, len(vectors)))
        one, other, cosines = _above(mine, fresh, vectors[at:at + BLOCK].astype(np.float32), places, lengths, reach)
        kept = (one != other) & ~(new[other] & (one > other)) & (_shared(cells, one, other) >= 0)
        if kept.any():
            yield _ordered(one[kept], other[kept], cosines[kept])


def _by_cell(vectors: Whole, cells: Cells, new: npt.NDArray[np.bool_], lengths: npt.NDArray[np.float64],
             reach: Reach) -> Iterator[Found]:
    owners = np.repeat(np.arange(len(cells)), cells.shape[1])
    order = np.lexsort((owners, cells.reshape(-1)))
    flat, owners = cells.reshape(-1)[order], owners[order]
    begins = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    for begin, end in zip(begins, np.r_[begins[1:], len(flat)], strict=True):
        members, cell = owners[begin:end], int(flat[begin])
        for at in range(0, len(members), BLOCK):
            some = members[at:at + BLOCK]
            if not new[some].any() and not new[members[at:]].any():
                continue
            left = vectors[some].astype(np.float32)
            for to in range(at, len(members), BLOCK):
                others = members[to:to + BLOCK]
                one, other, cosines = _above(left, some, vectors[others].astype(np.float32), others, lengths, reach)
                kept = (one < other) & (new[one] | new[other])
                one, other, cosines = one[kept], other[kept], cosines[kept]
                first = _shared(cells, one, other) == cell         # a pair that meets in two cells is told in one
                if first.any():
                    yield one[first], other[first], cosines[first]


def _above(left: Floats, ones: Ints, right: Floats, others: Ints, lengths: npt.NDArray[np.float64],
           reach: Reach) -> Found:
    products: npt.NDArray[Any] = left @ right.T
    least = reach.least(ones[:, None], others[None]) * lengths[ones][:, None] * lengths[others][None]
    rows, columns = np.nonzero((products >= least * ALMOST) & (products > 0))
    one, other = ones[rows], others[columns]
    cosines = products[rows, columns] / (lengths[one] * lengths[other])
    kept = cosines >= reach.least(one, other)   # `least` is rounded in another way for the two in the other order
    return one[kept], other[kept], cosines[kept].astype(np.float32)


def _shared(cells: Cells, one: Ints, other: Ints) -> Ints:
    """The first cell, by number, that both of a pair lie in; -1 for none."""
    mine, theirs = cells[one].astype(np.int64), cells[other].astype(np.int64)
    same = (mine[:, :, None] == theirs[:, None, :]).any(2)
    found: Ints = np.where(same, mine, np.iinfo(np.int64).max).min(1, initial=np.iinfo(np.int64).max)
    return np.where(found == np.iinfo(np.int64).max, -1, found)


def _ordered(one: Ints, other: Ints, cosines: Floats) -> Found:
    return np.minimum(one, other), np.maximum(one, other), cosines
