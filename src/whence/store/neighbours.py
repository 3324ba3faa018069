"""Vectors to files on disk, and a vector to those nearest to it: rows in cells, of which the nearest are searched.

An inverted file with a coarse quantiser (Jégou, Douze and Schmid 2011, section IV) over vectors in 8 bits.
"""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
SCALE = 127
WHOLE = 30_000
"""Rows that are looked through for one query: chosen; some 10 ms.  Fewer rows than that are one cell."""
CELL = 1_000
"""Rows a cell holds on average: chosen, so that a look-up compares about as many cells as rows of one."""
MOST_CELLS = 4_096
SAMPLE = 40
"""Rows a cell's centre is learned from, on average (the least that faiss recommends is 39)."""
ROUNDS = 6
"""Of k-means: chosen; more move the centres little."""
CHUNK = 65_536
BLOCK = 512
"""Rows compared at a time: measured; they stay in a core's cache, and more than 2,000 take fifty times as long."""
_TINY = 1e-9


def build(folder: Path, rows: Iterable[Array], count: int, size: int) -> None:
    """Write `count` rows of vectors of length one, given in chunks; the same rows give the same files."""
    plain = np.lib.format.open_memmap(folder / "plain.npy", "w+", np.int8, (count, size))
    at = 0
    for chunk in rows:
        plain[at:at + len(chunk)] = np.round(chunk * SCALE)
        at += len(chunk)
    centres = _centres(plain)
    cells = np.zeros(count, np.int32)
    for at in range(0, count, CHUNK):
        cells[at:at + CHUNK] = _nearest(plain[at:at + CHUNK].astype(np.float32), centres)
    order = np.argsort(cells, kind="stable")
    ordered = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.int8, (count, size))
    for at in range(0, count, CHUNK):
        ordered[at:at + CHUNK] = plain[order[at:at + CHUNK]]
    ordered.flush()
    del plain, ordered
    (folder / "plain.npy").unlink()
    np.save(folder / "order.npy", order.astype(np.int64))
    np.save(folder / "centres.npy", centres)
    np.save(folder / "begins.npy", np.searchsorted(cells[order], np.arange(len(centres) + 1)))


def _centres(rows: Array) -> Array:
    """Centres of cells by k-means on a sample of the rows, which is the same for the same rows."""
    wanted = min(MOST_CELLS, len(rows) // CELL) if len(rows) > WHOLE else 1
    if wanted <= 1:
        return np.zeros((1, rows.shape[1]), np.float32)
    rng = np.random.default_rng(0)
    sample = rows[np.sort(rng.choice(len(rows), min(len(rows), wanted * SAMPLE), replace=False))].astype(np.float32)
    centres: Array = sample[rng.choice(len(sample), wanted, replace=False)]
    for _ in range(ROUNDS):
        cells = np.concatenate([_nearest(sample[at:at + CHUNK], centres) for at in range(0, len(sample), CHUNK)])
        sums = np.zeros_like(centres)
        np.add.at(sums, cells, sample)
        filled = np.bincount(cells, minlength=wanted) > 0
        centres[filled] = sums[filled]
        centres /= np.linalg.norm(centres, axis=1, keepdims=True) + _TINY
    return centres


def _nearest(rows: Array, centres: Array) -> Array:
    found: Array = (rows @ centres.T).argmax(1)
    return found


class Neighbours:
    """The files, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))
        self._order, self._begins = np.load(folder / "order.npy"), np.load(folder / "begins.npy")
        self._centres = np.load(folder / "centres.npy")
        self._place = np.empty_like(self._order)
        self._place[self._order] = np.arange(len(self._order))

    def find(self, query: Array, top: int) -> tuple[Array, Array]:
        """The rows nearest to a vector, nearest first, and their cosines (ties: the smaller row)."""
        cells = np.argsort(-(self._centres @ query), kind="stable")
        sizes = np.cumsum(self._begins[cells + 1] - self._begins[cells])
        cells = cells[:int(np.searchsorted(sizes, WHOLE)) + 1]
        spans = [slice(self._begins[cell], self._begins[cell + 1]) for cell in cells]
        places = np.concatenate([np.arange(span.start, span.stop) for span in spans])
        cosines = np.concatenate([self._cosines(slice(at, min(at + BLOCK, span.stop)), query)
                                  for span in spans for at in range(span.start, span.stop, BLOCK)])
        best = np.argsort(-cosines, kind="stable")[:top]
        rows = self._order[places[best]]
        ranked = np.lexsort((rows, -cosines[best]))
        return rows[ranked], cosines[best][ranked]

    def cosines(self, rows: Array, query: Array) -> Array:
        """The cosines of rows with a vector."""
        return self._cosines(self._place[rows], query)

    def _cosines(self, places: Array | slice, query: Array) -> Array:
        found: Array = self._vectors[places].astype(np.float32) @ query / SCALE
        return found
