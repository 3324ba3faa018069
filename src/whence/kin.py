"""Passages on the shelf to lineage, in parts on the disk: recomputed only for the documents that a change reaches.

Documents joined by shared passages, through any number of hands, are kin; lineage is a matter among kin alone.  So
where the passages of a document changed, its kin are traced again, and all other rows stay as they are.
"""
from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from whence.config import Config, LineageConfig, fingerprint
from whence.engines import local
from whence.model import Document, Family, Limit, Passages, Reuse
from whence.steps import lineage, reuse
from whence.store.collated import Collated, keys
from whence.store.shelf import Batch, Shelf
from whence.store.tables import Derived, read_table, replace_text, to_arrow, write_table
from whence.text.copying.collate import NOTHING
from whence.text.copying.postings import pair
from whence.text.copying.shingle import I64, Bools

NAME = "kin"
TASK = 1_000
"""Documents traced in one task, their whole kin with them; chosen: a few seconds of work, a part of a MiB."""
KINDS: dict[str, type[Any]] = {"families": Family, "reuses": Reuse, "limits": Limit}
SMALL = 16
"""Parts of under a quarter of a task that are left as they are; chosen: a growth leaves one or two behind."""
MANIFEST = "manifest.json"
COLLATED = "collated.npz"


@dataclass
class Manifest:
    """The shelf's generation that was traced last, the parts that hold its lineage, and what runs through names."""

    generation: int = 0
    serial: int = 0
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kin:
    """Documents to trace together, and the rows of the shelf's passages among them; `traced` False for boilerplate.

    `known` is what some of their pairs are known to have in common.
    """

    folder: Path
    shelf: Path
    rows: npt.NDArray[Any]
    known: Collated
    config: LineageConfig
    traced: bool


def home(derived: Derived, config: Config, shelf: Path) -> Path:
    """Where the lineage of one shelf lies, for one configuration."""
    return derived.home(NAME, fingerprint(NAME, derived.made_by(bring), config.lineage, (shelf.name,)))


def bring(folder: Path, shelf: Shelf, config: LineageConfig) -> dict[str, Path]:
    """The parts, by name, that hold the lineage of all documents on the shelf."""
    path = folder / MANIFEST
    manifest = Manifest(**json.loads(path.read_text("utf8"))) if path.exists() else Manifest()
    if manifest.generation > shelf.manifest.generation:
        shutil.rmtree(folder)
        manifest = Manifest()
    if manifest.generation < shelf.manifest.generation:
        folder.mkdir(parents=True, exist_ok=True)
        rows = shelf.state("rows", np.zeros(0, reuse.ROW))
        reached = _reached(rows, shelf.state("stamps", np.zeros(0, np.int64)) > manifest.generation)
        known: list[Collated] = []
        kept = list(_without(folder, manifest, reached, shelf, known))
        mine = rows[reached[rows["a"]] | reached[rows["b"]]]
        told = Collated.joined(known, reuse.ROW)
        tasks = [Kin(folder / f"{manifest.serial + n:08}", shelf.folder, some, _of(told, some), config, traced)
                 for n, (some, traced) in enumerate(_tasks(mine))]
        manifest.serial += len(tasks)
        list(local.each(trace, tasks, len(tasks)))
        manifest.parts = _gathered(folder, manifest, [*kept, *(task.folder.name for task in tasks)])
        manifest.generation = shelf.manifest.generation
        _commit(folder, manifest)
    return {name: folder / name for name in manifest.parts}


def _commit(folder: Path, manifest: Manifest) -> None:
    replace_text(folder / MANIFEST, json.dumps(asdict(manifest)))
    for path in folder.iterdir():
        if path.is_dir() and path.name not in manifest.parts:
            shutil.rmtree(path)


# -- what a change reaches ---------------------------------------------------------------------------------------

def components(rows: npt.NDArray[Any], count: int) -> I64:
    """For each of `count` documents, the smallest number among its kin: those joined by passages of their own.

    Labels go from neighbour to neighbour and along the labels themselves, so that long chains take few rounds
    (Shiloach and Vishkin 1982).
    """
    own = rows[~rows["boilerplate"]]
    a, b = own["a"].astype(np.int64), own["b"].astype(np.int64)
    label = np.arange(count, dtype=np.int64)
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        for side in (a, b):
            np.minimum.at(label, label[side], low)
            np.minimum.at(label, side, low)
        label = label[label]
        if (label == before).all():
            return label


def _reached(rows: npt.NDArray[Any], changed: Bools) -> Bools:
    """The documents that are kin to one of which a passage changed."""
    label = components(rows, len(changed))
    hit = np.zeros(len(changed), dtype=np.bool_)
    hit[label[changed]] = True
    return changed | hit[label]


def _without(folder: Path, manifest: Manifest, reached: Bools, shelf: Shelf, known: list[Collated]) -> Iterator[str]:
    """The parts less the rows of the documents reached: as they are, where there are none, else written anew.

    What the documents reached have in common goes to `known`.
    """
    gone: pa.Array | None = None
    for name in manifest.parts:
        documents = np.load(folder / name / "documents.npy")
        if not reached[documents].any():
            yield name
            continue
        collated = Collated.read(folder / name / COLLATED)
        known.append(collated.among(reached))
        if reached[documents].all():
            continue
        gone = gone if gone is not None else shelf.column("id").take(pa.array(np.flatnonzero(reached)))
        new = f"{manifest.serial:08}"
        manifest.serial += 1
        if _filtered(folder / name, folder / new, gone):
            np.save(folder / new / "documents.npy", documents[~reached[documents]])
            collated.among(~reached).write(folder / new / COLLATED)
            yield new


def _gathered(folder: Path, manifest: Manifest, parts: Sequence[str]) -> list[str]:
    """The parts, the small ones made one where there are more than SMALL."""
    small = [name for name in parts if len(np.load(folder / name / "documents.npy", mmap_mode="r")) < TASK // 4]
    if len(small) <= SMALL:
        return list(parts)
    new = f"{manifest.serial:08}"
    manifest.serial += 1
    _write(folder / new, {kind: pa.concat_tables([read_table(folder / name / f"{kind}.parquet") for name in small])
                          for kind in KINDS})
    np.save(folder / new / "documents.npy",
            np.unique(np.concatenate([np.load(folder / name / "documents.npy") for name in small])))
    collated = Collated.joined([Collated.read(folder / name / COLLATED) for name in small], reuse.ROW)
    collated.write(folder / new / COLLATED)
    return [*(name for name in parts if name not in set(small)), new]


def _filtered(part: Path, to: Path, gone: pa.ChunkedArray) -> bool:
    """Write a part without the rows of the documents `gone`; False where nothing is left of it."""
    tables = {kind: read_table(part / f"{kind}.parquet") for kind in KINDS}
    gone = gone.cast(pa.string())
    dropped = pc.is_in(tables["families"].column("earliest"), gone)
    names = tables["families"].filter(dropped).column("id").to_pylist()
    reuses = tables["reuses"]
    ends = [pc.is_in(pc.struct_field(reuses.column(side), "document"), gone) for side in ("a", "b")]
    subjects = [any(name in subject for name in names) for subject in tables["limits"].column("subject").to_pylist()]
    kept = {"families": tables["families"].filter(pc.invert(dropped)),
            "reuses": reuses.filter(pc.invert(pc.or_(*ends))),
            "limits": tables["limits"].filter(pc.invert(pa.array(subjects, pa.bool_())))}
    if not any(len(table) for table in kept.values()):
        return False
    _write(to, kept)
    return True


def _write(part: Path, tables: dict[str, pa.Table]) -> None:
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for kind, table in tables.items():
        write_table(table, part / f"{kind}.parquet")


# -- tracing -----------------------------------------------------------------------------------------------------

def _tasks(rows: npt.NDArray[Any]) -> Iterator[tuple[npt.NDArray[Any], bool]]:
    """The rows in tasks: kin together, some at a time; then those of boilerplate, which make nobody kin."""
    own, notices = rows[~rows["boilerplate"]], rows[rows["boilerplate"]]
    numbers, at = np.unique(np.stack((own["a"], own["b"])), return_inverse=True)
    local_rows = own.copy()
    local_rows["a"], local_rows["b"] = at.reshape(2, -1) if len(own) else ([], [])
    label = components(local_rows, len(numbers))[local_rows["a"]]
    order = np.argsort(label, kind="stable")
    own, label = own[order], label[order]
    sizes = np.bincount(components(local_rows, len(numbers)), minlength=len(numbers))
    task = np.cumsum(sizes)[label] // TASK if len(label) else label
    for cut in np.split(own, np.flatnonzero(np.diff(task)) + 1) if len(own) else ():
        yield cut, True
    for start in range(0, len(notices), 50 * TASK):
        yield notices[start:start + 50 * TASK], False


def trace(task: Kin) -> None:
    """Write the part of one task."""
    gc.disable()                           # millions of small tuples, no circles: a quarter of the time
    try:
        _trace(task)
    finally:
        gc.enable()


def _trace(task: Kin) -> None:
    ordinals = np.unique(np.stack((task.rows["a"], task.rows["b"]))).astype(np.int64)
    shelf = Shelf(task.shelf)
    if task.traced:
        rows, collated = _traced(task, shelf.batch(ordinals), ordinals)
    else:
        ids = shelf.column("id").take(pa.array(ordinals)).to_pylist()
        rows = {"families": (), "reuses": _reuses(task, ordinals, ids), "limits": ()}
        collated = Collated.joined((), reuse.ROW)
    _write(task.folder, {kind: to_arrow(rows[kind], row) for kind, row in KINDS.items()})
    np.save(task.folder / "documents.npy", ordinals)
    collated.write(task.folder / COLLATED)


def _traced(task: Kin, batch: Batch, ordinals: I64) -> tuple[dict[str, Sequence[Any]], Collated]:
    """The rows of the task's tables, and what its pairs have in common."""
    order = np.array(pc.sort_indices(batch.table.column("id")))
    batch, ordinals = batch.take(order), ordinals[order]
    columns = ("id", "publisher", "published", "text")
    documents = [Document(id, None, None, None, None, publisher, published, None, "", text) for
                 id, publisher, published, text in zip(*map(batch.column, columns), strict=True)]
    reuses = _reuses(task, ordinals, [d.id for d in documents])
    passages, counts, pairs = _by_pair(task.rows, ordinals)
    told = task.known.common()
    known = {mine: told[key] for mine, key in zip(pairs, keys(passages, counts), strict=True) if key in told}
    laid = lineage.lay_out(documents, reuses, batch.words, known)
    found = lineage.trace(documents, Passages(reuses, (), ()), task.config, laid)
    collated = Collated.of(passages, counts, [laid.common.get(mine, NOTHING) for mine in pairs])
    return {"families": found.families, "reuses": found.reuses, "limits": found.limits}, collated


def _by_pair(rows: npt.NDArray[Any], ordinals: I64) -> tuple[npt.NDArray[Any], list[int], list[tuple[int, int]]]:
    """The passages by pair; how many each pair has; its documents, by their places in `ordinals`, the lower first."""
    rows = rows[np.lexsort([rows[name] for name in reversed(rows.dtype.names or ())])]
    begin = np.flatnonzero(np.diff(pair(rows["a"].astype(np.int64), rows["b"].astype(np.int64)), prepend=-1))
    order = np.argsort(ordinals)
    sides = np.stack([order[np.searchsorted(ordinals[order], rows[side][begin])] for side in ("a", "b")])
    pairs = list(zip(sides.min(axis=0).tolist(), sides.max(axis=0).tolist(), strict=True))
    return rows, np.diff(begin, append=len(rows)).tolist(), pairs


def _of(told: Collated, rows: npt.NDArray[Any]) -> Collated:
    """What is told of the documents that the rows are of."""
    documents = np.zeros(1 + max(rows["a"].max(), told.passages["a"].max(initial=0)), dtype=np.bool_)
    documents[rows["a"]] = True
    return told.among(documents)


def _reuses(task: Kin, ordinals: I64, ids: Sequence[str]) -> tuple[Reuse, ...]:
    at = dict(zip(ordinals.tolist(), ids, strict=True))
    found = [reuse.as_reuse(at[a], at[b], row) for a, b, row in
             zip(task.rows["a"].tolist(), task.rows["b"].tolist(), task.rows, strict=True)]
    return tuple(sorted(found, key=lambda r: (r.a.document, r.b.document, r.a.start, r.b.start, r.a.end, r.b.end)))
