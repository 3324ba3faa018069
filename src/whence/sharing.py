"""Postings on the shelf to the pairs of documents that share enough of them to be compared."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.config import ReuseConfig
from whence.engines import local
from whence.store.runs import Runs
from whence.store.shelf import KINDS, Manifest, Shelf
from whence.text.copying import postings
from whence.text.copying.postings import Crowd, Hits
from whence.text.copying.shingle import U64

AT_ONCE = 8
"""Ranges of the postings a task; chosen: 32 tasks of the 256 ranges (RANGES) that a large archive has."""
WAITING = ("gained", "lost")


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges [first, last) of the shingles' postings, to which documents from the ordinal `known` on add."""

    shelf: Path
    manifest: Manifest
    known: int
    ranges: tuple[int, int]
    config: ReuseConfig


def share(shelf: Shelf, ages: npt.NDArray[Any], known: int, touched: Iterable[U64] | None,
          config: ReuseConfig) -> tuple[Hits, Hits, Crowd]:
    """What documents from the ordinal `known` on add to the pairs.

    Returned are the pairs that gained enough shingles to be compared, those that lost any, and the crowds.  `touched`
    are the postings to look at, with all of each hash; None for all there are, which are read on all cores.  What each
    range of them finds waits on the disk: common phrases make hundreds of pairs a document, of which nearly all share
    too little.
    """
    count = shelf.runs[KINDS[0]].ranges()
    tasks = [Ranges(shelf.folder, shelf.manifest, known, (n, min(n + AT_ONCE, count)), config)
             for n in range(0, count, AT_ONCE)]
    found = (list(local.each(read_ranges, tasks, len(tasks))) if touched is None
             else [_waiting(tasks[0], touched, ages)])
    names = {kind: sorted(name for made, _ in found for name in made if name.startswith(kind)) for kind in WAITING}
    gained, lost = (_sum(Runs(shelf.folder, kind, names[kind]), least)
                    for kind, least in zip(WAITING, (config.hits, 1), strict=True))
    return gained, lost, Crowd(*(np.concatenate(column) for column in zip(*(crowd for _, crowd in found), strict=True)))


def read_ranges(task: Ranges) -> tuple[list[str], Crowd]:
    """What some ranges of the postings add: the names of the files that hold it, and the crowds."""
    shelf = Shelf(task.shelf, task.manifest)
    return _waiting(task, map(shelf.runs[KINDS[0]].range, range(*task.ranges)), shelf.ages())


def _waiting(task: Ranges, pieces: Iterable[U64], ages: npt.NDArray[Any]) -> tuple[list[str], Crowd]:
    names, crowds = [], []
    for n, found in enumerate(pieces, task.ranges[0]):
        *both, crowd = postings.share(found, ages, task.known, task.config.together)
        crowds.append(crowd)
        for kind, hits in zip(WAITING, both, strict=True):
            names.append(f"{kind}-{n:03}.npy")
            np.save(task.shelf / names[-1], postings.pack(hits))
    return names, Crowd(*(np.concatenate(column) for column in zip(*crowds, strict=True)))


def _sum(packed: Runs, least: int) -> Hits:
    """The pairs that have at least so many in all, and how many."""
    found = [postings.summed(packed.range(n)) for n in range(packed.ranges())]
    enough = [hits.counts >= least for hits in found]
    return Hits(*(np.concatenate([column[good] for column, good in zip(columns, enough, strict=True)])
                  for columns in zip(*found, strict=True)))
