"""New articles to what they change in an archive's shared passages: compared against all, and nothing else again.

The result is that of `reuse.find` on all documents at once.  What makes it so: whether a pair is compared depends on
how many shingles it shares, which new documents add to or come between (`postings.share`); what a pair shares
depends on its two texts; what is boilerplate, on how articles of one publisher begin and end, so that a new article
can change it only for those that begin or end as it does.
"""
from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from whence.config import Config, ReuseConfig, fingerprint
from whence.engines import local
from whence.model import Limit, Segment
from whence.sharing import share
from whence.shelving import Volume, count, plan, shelve
from whence.steps import reuse
from whence.store.shelf import KINDS, Batch, Manifest, Shelf
from whence.store.tables import Derived, schema
from whence.text.copying import postings
from whence.text.copying.postings import Crowd, Hits
from whence.text.copying.shingle import I64, U64, Bools

NAME = "shelf"
BULK = 8
"""Where the new documents are more than one in so many, indexes are read whole instead of looked up."""
CHUNK = 20_000
"""Documents whose beginnings (or ends) are compared at a time; chosen: some 300 MiB."""
TASK = 16_384
"""Pairs a task: some ten seconds of work."""
PIECE = 4_096
"""Pairs aligned at a time where a task's are of more documents than this, else all; chosen to bound memory."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of documents (older, younger) to be compared."""

    shelf: Path
    manifest: Manifest
    pairs: I64
    config: ReuseConfig


@dataclass(frozen=True, slots=True)
class Growth:
    """A shelf and its documents from the ordinal `known` on, which are new, with the hashes that they hold."""

    shelf: Shelf
    known: int
    wanted: Mapping[str, U64] | None
    config: ReuseConfig


def home(derived: Derived, config: Config, extract: str) -> Path:
    """Where the shelf lies for one configuration, and one fingerprint of the extract step."""
    return derived.home(NAME, fingerprint(NAME, derived.made_by(bring), config.reuse, (extract,)))


def bring(folder: Path, extracted: Path, parts: Sequence[str], config: ReuseConfig) -> Shelf:
    """The shelf with all documents of the extract step's `parts`, compared; what it holds already is not read."""
    shelf = Shelf(folder)
    if set(shelf.manifest.parts) - set(parts):
        shutil.rmtree(folder)
        shelf = Shelf(folder)
    new = sorted(set(parts) - set(shelf.manifest.parts))
    if not new and shelf.manifest.state is not None:
        return shelf
    known = len(shelf)
    folder.mkdir(parents=True, exist_ok=True)
    volumes = list(plan(shelf, [extracted / part for part in new], config))
    list(local.each(shelve, volumes, len(volumes)))
    growth = Growth(shelf, known, _wanted(shelf, volumes), config)
    shelf.grow([volume.name for volume in volumes], [count(volume.parts) for volume in volumes])
    _compare(growth, _label(growth))
    shelf.commit(parts)
    return shelf


# -- what is touched ---------------------------------------------------------------------------------------------

def _wanted(shelf: Shelf, volumes: Sequence[Volume]) -> dict[str, U64] | None:
    """The hashes of each index that new volumes hold; None where they are so many that all is read."""
    if sum(count(volume.parts) for volume in volumes) * BULK >= len(shelf):
        return None
    found = {kind: [np.load(shelf.folder / f"{kind}-{volume.name}.npy") for volume in volumes] for kind in KINDS}
    return {kind: postings.values(np.sort(np.concatenate(runs))) for kind, runs in found.items()}


def _touched(growth: Growth, kind: str) -> Iterator[U64]:
    """All postings of every hash that a new document has, and in bulk of others."""
    runs = growth.shelf.runs[kind]
    if growth.wanted is None:
        yield from map(runs.range, range(runs.ranges()))
    else:
        yield runs.lookup(growth.wanted[kind], growth.wanted[kind] + np.uint64(postings.MOST_TEXTS))


# -- boilerplate -------------------------------------------------------------------------------------------------

def _label(growth: Growth) -> I64:
    """Bring the notices up to date; returns the known documents of which they changed."""
    shelf, config = growth.shelf, growth.config
    before = shelf.state("notices", np.zeros((0, 2), dtype=np.int64))
    notices = np.full((len(shelf), 2), -1, dtype=np.int64)
    notices[:len(before)] = before
    for side, kind in enumerate(KINDS[1:]):
        for ordinals in _groups(growth, kind):
            batch = shelf.batch(ordinals)
            texts = reuse.Texts(batch.column("text"), batch.words, reuse.hash_publishers(batch.column("publisher")))
            notices[ordinals, side] = reuse.notices(texts, bool(side), config)
    shelf.save("notices", notices)
    return np.flatnonzero((notices[:len(before)] != before).any(axis=1))


def _groups(growth: Growth, kind: str) -> Iterator[I64]:
    """Documents that begin (or end) alike, at least so many, a new one among them; some whole groups at a time."""
    chunk: list[I64] = []
    count = 0
    for found in _touched(growth, kind):
        ordinals = postings.ordinals(found)
        begin = np.flatnonzero(np.diff(found >> np.uint64(postings.ORDINAL_BITS), prepend=np.uint64(0)))
        sizes = np.diff(begin, append=len(found))
        fresh = np.add.reduceat(ordinals >= growth.known, begin, dtype=np.int64) if len(begin) else sizes
        good = np.flatnonzero((sizes >= growth.config.notice_documents) & (fresh > 0))
        for at, size in zip(begin[good].tolist(), sizes[good].tolist(), strict=True):
            chunk.append(ordinals[at:at + size])
            count += size
            if count >= CHUNK:
                yield np.sort(np.concatenate(chunk))
                chunk, count = [], 0
    if chunk:
        yield np.sort(np.concatenate(chunk))


def not_own(batch: Batch, notices: I64) -> Bools:
    """Which words of a batch lie in a labelled part or in a notice, whose places are given for each document."""
    sizes = np.diff(batch.words.offsets)
    lead, tail = np.repeat(notices[:, 0], sizes), np.repeat(notices[:, 1], sizes)
    found: Bools = batch.foreign | (batch.words.starts < lead) | ((tail >= 0) & (batch.words.ends > tail))
    return found


# -- comparing ---------------------------------------------------------------------------------------------------

def _compare(growth: Growth, changed: I64) -> None:
    """Bring pairs, their shared passages, and the crowds up to date; `changed` are known documents relabelled."""
    shelf, config = growth.shelf, growth.config
    ages = shelf.ages()
    touched = None if growth.wanted is None else _touched(growth, KINDS[0])
    gained, lost, crowd = share(shelf, ages, growth.known, touched, config)
    pairs, hits = shelf.state("pairs", np.zeros(0, np.int64)), shelf.state("hits", np.zeros(0, np.int64))
    hits = hits - _aligned_to(lost, pairs)
    one, other = postings.unpair(pairs)
    relabelled = np.zeros(len(ages), dtype=np.bool_)
    relabelled[changed] = True
    again = (relabelled[one] | relabelled[other]) & (hits >= config.hits)
    keep = (hits >= config.hits) & ~again
    todo = np.concatenate((pairs[again], gained.pairs))
    rows, alike = _align(shelf, todo, ages, config)
    old = shelf.state("rows", np.zeros(0, reuse.ROW))
    stays = np.isin(_pair_of(old), pairs[keep])
    stamps = np.zeros(len(ages), dtype=np.int64)
    stamps[:growth.known] = shelf.state("stamps", np.zeros(0, np.int64))
    for moved in (old[~stays], rows):
        stamps[moved["a"]] = stamps[moved["b"]] = shelf.manifest.generation
    rows = np.concatenate((old[stays], rows))
    now = np.concatenate((pairs[keep], todo[alike]))
    order = np.argsort(now)
    shelf.save("rows", rows[np.argsort(_pair_of(rows), kind="stable")])
    shelf.save("pairs", now[order])
    shelf.save("hits", np.concatenate((hits[keep], np.concatenate((hits[again], gained.counts))[alike]))[order])
    shelf.save("stamps", stamps)
    _crowd(shelf, crowd)


def _pair_of(rows: npt.NDArray[Any]) -> I64:
    return postings.pair(rows["a"].astype(np.int64), rows["b"].astype(np.int64))


def _aligned_to(lost: Hits, pairs: I64) -> I64:
    """How many shingles each of the pairs lost."""
    found = np.zeros(len(pairs), dtype=np.int64)
    at = np.searchsorted(pairs, lost.pairs)
    mine = (at < len(pairs)) & (pairs[np.minimum(at, len(pairs) - 1)] == lost.pairs) if len(pairs) else at < 0
    found[at[mine]] = lost.counts[mine]
    return found


def _align(shelf: Shelf, todo: I64, ages: npt.NDArray[Any], config: ReuseConfig) -> tuple[npt.NDArray[Any], Bools]:
    """What the pairs share, as ROWs, and which of them are alike."""
    one, other = postings.unpair(todo)
    swap = ages[one] > ages[other]
    pairs = np.stack((np.where(swap, other, one), np.where(swap, one, other)), axis=1)
    tasks = [Pairs(shelf.folder, shelf.manifest, pairs[at:at + TASK], config) for at in range(0, len(pairs), TASK)]
    alike = np.zeros(len(todo), dtype=np.bool_)
    rows = [np.zeros(0, dtype=reuse.ROW)]
    for found, good in local.each(align, tasks, len(tasks)):
        rows.append(found)
        alike[np.isin(todo, good)] = True
    return np.concatenate(rows), alike


def align(task: Pairs) -> tuple[npt.NDArray[Any], I64]:
    """What the pairs of a task share, as ROWs, and those of them (as `postings.pair`) that are alike."""
    shelf = Shelf(task.shelf, task.manifest)
    notices = shelf.saved("notices")
    rows, alike = [np.zeros(0, dtype=reuse.ROW)], [np.zeros(0, dtype=np.int64)]
    piece = PIECE if len(np.unique(task.pairs)) > PIECE else len(task.pairs)
    for at in range(0, len(task.pairs), piece or 1):
        pairs = task.pairs[at:at + piece]
        ordinals = np.unique(pairs)
        batch = shelf.batch(ordinals)
        foreign = not_own(batch, np.asarray(notices[ordinals]))
        found, good = reuse.passages(batch.words, foreign, np.searchsorted(ordinals, pairs), task.config)
        for side in ("a", "b"):
            found[side] = ordinals[found[side]]
        rows.append(found)
        alike.append(postings.pair(pairs[good, 0], pairs[good, 1]))
    return np.concatenate(rows), np.concatenate(alike)


def _crowd(shelf: Shelf, new: Crowd) -> None:
    """Bring up to date which shingles more documents share than are all held against each other."""
    columns = ("crowd_values", np.uint64), ("crowd_first", np.int64), ("crowd_sizes", np.int64)
    old = [shelf.state(name, np.zeros(0, dtype=kind)) for name, kind in columns]
    stays = ~np.isin(old[0], new.values)
    for (name, _), before, now in zip(columns, old, new, strict=True):
        shelf.save(name, np.concatenate((before[stays], now)))


# -- the step's tables -------------------------------------------------------------------------------------------

def segments(shelf: Shelf) -> pa.Table:
    """The notices as rows of the table `segments`."""
    notices = shelf.state("notices", np.zeros((0, 2), dtype=np.int64))
    ids, texts = shelf.column("id"), shelf.column("text")
    lead, tail = np.flatnonzero(notices[:, 0] >= 0), np.flatnonzero(notices[:, 1] >= 0)
    ends = pc.utf8_length(texts.take(pa.array(tail))).to_numpy()
    at = pa.array(np.concatenate((lead, tail)))
    starts = np.concatenate((np.zeros(len(lead), np.int64), notices[tail, 1]))
    columns = [ids.take(at).cast(pa.string()), pa.array(starts), pa.array(np.concatenate((notices[lead, 0], ends))),
               pa.array(["boilerplate"] * len(at), pa.string()), pa.nulls(len(at), pa.string())]
    return pa.Table.from_arrays([pa.chunked_array(c) if isinstance(c, pa.Array) else c for c in columns],
                                schema=schema(Segment))


def limits(shelf: Shelf, config: ReuseConfig) -> list[Limit]:
    """The cuts that the step made, as rows of the table `limits`."""
    first = shelf.state("crowd_first", np.zeros(0, np.int64))
    named, at = np.unique(first, return_inverse=True)
    ids = shelf.column("id").take(pa.array(named)).to_pylist()
    none = np.zeros(0, dtype=np.uint64)
    return reuse.limits(ids, Crowd(none, at, shelf.state("crowd_sizes", np.zeros(0, np.int64))), config)
