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

ALIKE = 24
"""Lowest bits in which numbers that are read together may differ: of postings, the ordinal."""


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
        at, edges = 0, _edges(runs)
        for n in range(len(edges) + 1):
            piece = _piece(runs, edges, n)
            out[at:at + len(piece)] = piece
            at += len(piece)
        out.flush()

    def ranges(self) -> int:
        """How many ranges there are to be read one by one."""
        return len(_edges(list(self))) + 1

    def range(self, n: int) -> U64:
        """The numbers of one range, in order: those that differ in their last ALIKE bits only are in the same."""
        return _piece(list(self), _edges(list(self)), n)

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


def _edges(runs: Sequence[U64]) -> list[np.uint64]:
    """Where the runs are cut into ranges: at equal distances between the lowest and the highest number."""
    runs = [run for run in runs if len(run)]
    ranges = max(1, min(RANGES, sum(len(run) for run in runs) >> 16))
    low = min((int(run[0]) for run in runs), default=0)
    high = max((int(run[-1]) for run in runs), default=0)
    return [np.uint64(low + (high - low) * n // ranges >> ALIKE << ALIKE) for n in range(1, ranges)]


def _piece(runs: Sequence[U64], edges: Sequence[np.uint64], n: int) -> U64:
    """The n-th range of the runs, merged."""
    parts = []
    for run in runs:
        first = int(np.searchsorted(run, edges[n - 1])) if n else 0
        parts.append(np.asarray(run[first:int(np.searchsorted(run, edges[n])) if n < len(edges) else len(run)]))
    return parts[0] if len(parts) == 1 else np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *parts]))
