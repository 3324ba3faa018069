"""Vectors -> the cells that they lie in, the same in every archive, so that neighbours are found without comparing all.

An inverted file (Jégou, Douze and Schmid 2011, section IV) whose centres ship with the embedder: they were learned once
from sentences of news (training/learn_cells.py), and nothing that an archive holds moves them.
"""
from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import numpy as np

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Whole = np.ndarray[Any, np.dtype[np.int8]]
Cells = np.ndarray[Any, np.dtype[np.int16]]

SCALE = 127
PROBES = 6
"""Cells that a vector lies in, the nearest.  Measured with 2,048 centres on the judged pairs of news that say the same
and have a cosine of .6 or more: two vectors meet in .96 of them with two cells each, in .98 with three, in .99 with
six; of those of .6 to .7 in .90, .94 and .97."""
BLOCK = 1_024
"""Vectors held against all centres at a time; chosen: some 40 MB."""


@cache
def _centres() -> Vectors:
    path = resources.files("whence.neural").joinpath("weights/cells.npy")
    with path.open("rb") as file:
        found: Vectors = np.load(file).astype(np.float32)
    return found


def whole(vectors: Vectors) -> Whole:
    """Vectors in whole numbers of 8 bits: products of these are exact in float32, in whatever order they are summed."""
    found: Whole = np.round(np.asarray(vectors, np.float32) * SCALE).clip(-SCALE, SCALE).astype(np.int8)
    return found


def cells(vectors: Whole) -> Cells:
    """The PROBES cells nearest to each vector, by number: n x PROBES."""
    made = [_nearest(vectors[at:at + BLOCK]) for at in range(0, len(vectors), BLOCK)]
    return np.concatenate(made) if made else np.zeros((0, PROBES), np.int16)


def _nearest(vectors: Whole) -> Cells:
    products = vectors.astype(np.float32) @ _centres().T
    rank = np.arange(products.shape[1]) - products.astype(np.float64) * products.shape[1]   # ties: the smaller number
    best = np.argpartition(rank, PROBES, axis=1)[:, :PROBES]
    order = np.argsort(np.take_along_axis(rank, best, 1), axis=1)
    found: Cells = np.take_along_axis(best, order, 1).astype(np.int16)
    return found
