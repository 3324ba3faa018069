"""What pairs of documents have in common, as arrays on the disk: a family that grows compares only its new pairs.

A pair is known by its passages, all of them, so that what is kept of other passages is never taken for it.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.text.copying.align import Run
from whence.text.copying.collate import Common
from whence.text.copying.shingle import Bools
from whence.text.copying.variants import Variants

I32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Collated:
    """Pairs, end to end: pair n has `counts[n]` of the passages (rows of the shelf) and `sizes[n]` of the runs.

    `runs` has the shape (runs, 3), `apart` (pairs, 7): the five kinds of variants, and the words beyond one sentence in
    the one and in the other.
    """

    passages: npt.NDArray[Any]
    counts: I32
    runs: I32
    sizes: I32
    apart: I32

    @classmethod
    def of(cls, passages: npt.NDArray[Any], counts: Sequence[int], common: Sequence[Common]) -> Collated:
        """Pairs by their passages, `counts` for each, and by what they have in common."""
        runs = [run for one in common for run in one.runs]
        apart = [(*one.variants, one.beyond, one.beyond_other) for one in common]
        return cls(passages, np.array(counts, np.int32), np.array(runs, np.int32).reshape(-1, 3),
                   np.array([len(one.runs) for one in common], np.int32), np.array(apart, np.int32).reshape(-1, 7))

    @classmethod
    def joined(cls, some: Sequence[Collated], row: np.dtype[Any]) -> Collated:
        """The pairs of all of them."""
        every = [cls.of(np.zeros(0, row), (), ()), *some]
        return cls(*(np.concatenate([getattr(one, f.name) for one in every]) for f in fields(cls)))

    @classmethod
    def read(cls, path: Path) -> Collated:
        """What `write` wrote."""
        with np.load(path) as file:
            return cls(*(file[f.name] for f in fields(cls)))

    def write(self, path: Path) -> None:
        """Write a file that `read` reads."""
        np.savez(path, **{f.name: getattr(self, f.name) for f in fields(self)})

    def among(self, documents: Bools) -> Collated:
        """The pairs of which one of the documents is."""
        first = self.passages["a"][np.cumsum(self.counts) - self.counts]
        mine = documents[first]
        return Collated(self.passages[np.repeat(mine, self.counts)], self.counts[mine],
                        self.runs[np.repeat(mine, self.sizes)], self.sizes[mine], self.apart[mine])

    def common(self) -> Mapping[bytes, Common]:
        """What each pair has in common, by the bytes of its passages."""
        runs = list(map(Run._make, self.runs.tolist()))
        stretches = pairwise(accumulate(self.sizes.tolist(), initial=0))
        told = (Common(runs[low:high], Variants(*apart[:5]), *apart[5:])
                for (low, high), apart in zip(stretches, self.apart.tolist(), strict=True))
        return dict(zip(keys(self.passages, self.counts.tolist()), told, strict=True))


def keys(passages: npt.NDArray[Any], counts: Sequence[int]) -> Iterator[bytes]:
    """The bytes of the passages of each pair."""
    whole, size = passages.tobytes(), passages.itemsize
    return (whole[first * size:last * size] for first, last in pairwise(accumulate(counts, initial=0)))
