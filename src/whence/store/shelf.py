"""What documents are compared by, on the disk: their texts, words and postings, and what was found between them.

    SHELF/manifest.json               what is valid; replaced whole, so that an interruption changes nothing
    SHELF/volume-…/                   some documents in the order in which they came: texts, words, dates
    SHELF/shingles-….npy …            sorted runs of postings (see `store.runs`)
    SHELF/state-…/                    passages and notices of all documents, as of the last manifest

Documents are known by their ordinals, the order in which they came, which decides nothing that is found.
"""
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from whence.store.runs import Runs
from whence.text.copying.seeds import spread
from whence.text.copying.shingle import I64, Bools, Words

KINDS = ("shingles", "leads", "tails")
VOLUME = 1 << 15
"""Documents of a volume; chosen: news of that many fit into half a GiB of memory."""
FACTOR = 4                                 # as for runs: a volume is merged with newer ones that hold a quarter of it
WORDS = ("hashes", "starts", "ends", "strong", "foreign")
DOCUMENTS = pa.schema([pa.field(name, pa.large_string()) for name in ("id", "publisher", "published", "text")])


class Batch(NamedTuple):
    """Some documents, by column; `foreign` says which words lie in parts labelled as not the article's own."""

    table: pa.Table
    words: Words
    foreign: Bools

    def column(self, name: str) -> list[Any]:
        """One column's values."""
        found: list[Any] = self.table.column(name).to_pylist()
        return found

    def take(self, order: I64) -> Batch:
        """The documents of the given places, in that order."""
        offsets = self.words.offsets
        _, at = spread(offsets[order], offsets[order + 1])
        sizes = np.diff(offsets)[order]
        words = Words(self.words.hashes[at], self.words.starts[at], self.words.ends[at], self.words.strong[at],
                      np.concatenate(([0], np.cumsum(sizes))))
        return Batch(self.table.take(pa.array(order)), words, self.foreign[at])


@dataclass
class Manifest:
    """What is valid: `volumes` as [name, documents], `runs` by kind, `parts` that were taken in, the state's name."""

    generation: int = 0
    volumes: list[list[Any]] = field(default_factory=list)
    runs: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    parts: list[str] = field(default_factory=list)
    state: str | None = None


class Shelf:
    """An opened shelf.  Readers see the manifest as it was; one writer at a time, which the archive's lock sees to."""

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        """Open the shelf as its manifest on the disk says, or as one not yet committed does."""
        self.folder = folder
        path = folder / "manifest.json"
        if manifest is None:
            manifest = Manifest(**json.loads(path.read_text("utf8"))) if path.exists() else Manifest()
        self.manifest = manifest
        self.runs = {kind: Runs(folder, kind, self.manifest.runs[kind]) for kind in KINDS}
        self._volumes: dict[str, Mapping[str, Any]] = {}

    def __len__(self) -> int:
        return sum(count for _, count in self.manifest.volumes)

    # -- documents
    def volumes(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Each volume with the ordinal of its first document."""
        first = 0
        for name, count in self.manifest.volumes:
            if name not in self._volumes:
                self._volumes[name] = _open(self.folder / name)
            yield first, self._volumes[name]
            first += count

    def batch(self, ordinals: I64) -> Batch:
        """The documents of the given ordinals, which ascend."""
        tables, sizes = [], [np.zeros(1, dtype=np.int64)]
        columns: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in WORDS}
        for first, volume in self.volumes():
            offsets = volume["offsets"]
            low, high = np.searchsorted(ordinals, (first, first + len(offsets) - 1))
            mine = ordinals[low:high] - first
            if not len(mine):
                continue
            tables.append(volume["documents"].take(pa.array(mine)))
            _, at = spread(offsets[mine], offsets[mine + 1])
            sizes.append(offsets[mine + 1] - offsets[mine])
            for name in WORDS:
                columns[name].append(volume[name][at])
        if not tables:
            return Batch(DOCUMENTS.empty_table(), Words(*_nothing(), np.zeros(1, np.int64)), np.zeros(0, np.bool_))
        hashes, starts, ends, strong, foreign = (np.concatenate(columns[name]) for name in WORDS)
        words = Words(hashes, starts.astype(np.int64), ends.astype(np.int64), strong, np.cumsum(np.concatenate(sizes)))
        return Batch(pa.concat_tables(tables), words, foreign)

    def ages(self) -> npt.NDArray[Any]:
        """What documents sort by, by ordinal."""
        found = [volume["ages"] for _, volume in self.volumes()]
        return np.concatenate(found) if found else np.zeros(0, dtype="S1")

    def column(self, name: str) -> pa.ChunkedArray:
        """One column of all documents, by ordinal."""
        chunks = [chunk for _, volume in self.volumes() for chunk in volume["documents"].column(name).chunks]
        return pa.chunked_array(chunks, type=pa.large_string())

    # -- what was found
    def state(self, name: str, otherwise: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One array of the state; `otherwise` where there is none yet."""
        if self.manifest.state is None:
            return otherwise
        found: npt.NDArray[Any] = np.load(self.folder / self.manifest.state / f"{name}.npy")
        return found

    def save(self, name: str, values: npt.NDArray[Any]) -> None:
        """Write one array of the state that the next commit makes valid."""
        home = self.folder / f"state-{self.manifest.generation:06}"
        home.mkdir(parents=True, exist_ok=True)
        np.save(home / f"{name}.npy", values)

    def saved(self, name: str) -> npt.NDArray[Any]:
        """An array that `save` wrote, mapped."""
        found: npt.NDArray[Any] = np.load(self.folder / f"state-{self.manifest.generation:06}" / f"{name}.npy", "r")
        return found

    # -- growing
    def grow(self, names: Sequence[str], counts: Sequence[int]) -> int:
        """Take in the volumes that `write_volume` wrote; returns the new generation.  Valid from `commit` on."""
        made = self.manifest
        made.generation += 1
        made.volumes += [[name, count] for name, count in zip(names, counts, strict=True)]
        for kind, runs in self.runs.items():
            runs.add([f"{kind}-{name}.npy" for name in names], made.generation)
            made.runs[kind] = runs.names
        keep = len(made.volumes)
        total = 0
        while keep and total + made.volumes[keep - 1][1] <= VOLUME and (
                keep == len(made.volumes) or made.volumes[keep - 1][1] <= FACTOR * total):
            keep -= 1
            total += made.volumes[keep][1]
        if len(made.volumes) - keep > 1:
            merged = f"volume-{made.generation:06}-merged"
            _join(self.folder / merged, [_open(self.folder / name) for name, _ in made.volumes[keep:]])
            made.volumes[keep:] = [[merged, total]]
        return made.generation

    def commit(self, parts: Sequence[str]) -> None:
        """Make what was taken in, and the saved state, valid; then remove what is no longer."""
        made = self.manifest
        made.parts, made.state = list(parts), f"state-{made.generation:06}"
        partial = self.folder / f".manifest-{os.getpid()}"
        partial.write_text(json.dumps(vars(made)), encoding="utf8")
        partial.replace(self.folder / "manifest.json")
        valid = {"manifest.json", made.state, *(name for name, _ in made.volumes)}.union(*made.runs.values())
        for path in self.folder.iterdir():
            if path.name not in valid:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_volume(folder: Path, name: str, table: pa.Table, arrays: Mapping[str, npt.NDArray[Any]],
                 runs: Mapping[str, npt.NDArray[np.uint64]]) -> None:
    """Write one volume and its runs; nothing holds them valid yet."""
    home = folder / name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    _write_table(home, table)
    for column, values in arrays.items():
        np.save(home / f"{column}.npy", values)
    for kind, run in runs.items():
        np.save(folder / f"{kind}-{name}.npy", run)


def _write_table(home: Path, table: pa.Table) -> None:
    with pa.OSFile(str(home / "documents.arrow"), "wb") as sink, pa.ipc.new_file(sink, DOCUMENTS) as writer:
        writer.write_table(table.cast(DOCUMENTS).combine_chunks())


def _open(home: Path) -> dict[str, Any]:
    with pa.memory_map(str(home / "documents.arrow")) as source:
        found: dict[str, Any] = {"documents": pa.ipc.open_file(source).read_all()}
    for name in (*WORDS, "offsets", "ages"):
        found[name] = np.load(home / f"{name}.npy", mmap_mode="r")
    return found


def _join(home: Path, volumes: Sequence[Mapping[str, Any]]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    _write_table(home, pa.concat_tables([volume["documents"] for volume in volumes]))
    for name in (*WORDS, "ages"):
        np.save(home / f"{name}.npy", np.concatenate([volume[name] for volume in volumes]))
    sizes = [np.diff(volume["offsets"]) for volume in volumes]
    np.save(home / "offsets.npy", np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *sizes])))


def _nothing() -> tuple[Any, I64, I64, Bools]:
    none = np.zeros(0, dtype=np.int64)
    return none.astype(np.uint64), none, none, none.astype(np.bool_)
