"""Sorted 64-bit numbers on the disk: immutable files, memory-mapped, merged as they grow.

A log-structured merge tree (O'Neil, Cheng, Gawlick and O'Neil 1996) whose runs are plain NumPy files.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]

FACTOR = 4
"""A run is merged with the newer ones once they hold a quarter of it: each number is rewritten a few times in all."""
RANGES = 256
"""Pieces in which runs are read whole: of 300 million numbers, each is some 10 MiB."""


class Runs:
    """The runs of one index, in the order in which they came; their names say which files they are."""

    def __init__(self, folder: Path, kind: str, names: Sequence[str]) -> None:
        self.folder, self.kind = folder, kind
        self.names = list(names)
        self._open: dict[str, U64] = {}

    def __iter__(self) -> Iterator[U64]:
        for name in self.names:
            if name not in self._open:
                self._open[name] = np.load(self.folder / name, mmap_mode="r")
            yield self._open[name]

    def add(self, names: Sequence[str], generation: int) -> None:
        """Append runs written already, and merge the newest where they weigh enough against those before."""
        self.names += names
        sizes = [len(run) for run in self]
        keep = len(sizes)
        while keep and (keep == len(sizes) or sizes[keep - 1] <= FACTOR * sum(sizes[keep:])):
            keep -= 1
        if len(sizes) - keep > 1:
            merged = f"{self.kind}-{generation:06}-merged.npy"
            self._merge(merged, list(self)[keep:])
            self.names = [*self.names[:keep], merged]

    def _merge(self, name: str, runs: Sequence[U64]) -> None:
        total = sum(len(run) for run in runs)
        out = np.lib.format.open_memmap(self.folder / name, mode="w+", dtype=np.uint64, shape=(total,))
        at = 0
        for piece in _pieces(runs):
            out[at:at + len(piece)] = piece
            at += len(piece)
        out.flush()

    def ranges(self) -> Iterator[U64]:
        """All numbers in order, in pieces that each hold all those that begin alike."""
        yield from _pieces(list(self))

    def lookup(self, low: U64, high: U64) -> U64:
        """All numbers in the ranges [low, high), which are sorted and do not overlap; in order."""
        found = [np.zeros(0, dtype=np.uint64)]
        for run in self:
            first, last = np.searchsorted(run, low), np.searchsorted(run, high)
            hit = np.flatnonzero(last > first)
            sizes = (last - first)[hit]
            begin = np.cumsum(sizes) - sizes
            at = np.arange(int(sizes.sum())) + np.repeat(first[hit] - begin, sizes)
            found.append(run[at])
        return np.sort(np.concatenate(found))


def _pieces(runs: Sequence[U64]) -> Iterator[U64]:
    """The runs merged, cut at equal distances of the numbers' range."""
    total = sum(len(run) for run in runs)
    ranges = max(1, min(RANGES, total >> 16))
    edges = [np.uint64((1 << 64) * n // ranges) for n in range(1, ranges)]
    bounds = [[0, *np.searchsorted(run, edges).tolist(), len(run)] for run in runs]
    for n in range(ranges):
        parts = [np.asarray(run[cut[n]:cut[n + 1]]) for run, cut in zip(runs, bounds, strict=True)]
        yield parts[0] if len(parts) == 1 else np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *parts]))
