"""What the claims step keeps between runs: statements, vectors, judged pairs and groups, in files beside each other.

    derived/gathered/FINGERPRINT/manifest.json       which files count, and what they were made from
    derived/gathered/FINGERPRINT/*-N.*               a generation's tables and arrays; vectors are added to one file

Statements are known by their ordinals, which are never given to another.  Losing the folder loses nothing but time.
"""
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from whence.neural.cells import PROBES, Cells, Whole
from whence.neural.embedder import SIZE

MANIFEST = "manifest.json"
VECTORS, CELLS = "vectors.bin", "cells.bin"
STATEMENTS = pa.schema([("document", pa.int32()), ("start", pa.int32()), ("end", pa.int32()),
                        ("attribution", pa.string()), ("text", pa.string()), ("said", pa.string()),
                        ("denied", pa.string()), ("published", pa.string()), ("checked", pa.string())])
DOCUMENTS = pa.schema([("id", pa.string()), ("published", pa.string()), ("names", pa.list_(pa.string()))])
STATEMENT_ARRAYS: Mapping[str, Any] = {
    "alive": np.bool_,                     # False where the document was read again and the statement made anew
    "head": np.int32,                      # the statement whose text it shares, its own where none; -1 where it is none
    "group": np.int32,                     # of a text: the earliest of those that say the same, by the judge alone
    "label": np.int32,                     # the earliest statement of its claim, as people decided; -1 where it is none
    "row": np.int32,                       # its vector, -1 where it has none
    "node": np.bool_,                      # its text was held against others
    "denies": np.int8,                     # the words of denial that it holds: text/meaning/contents.py
}
PAIR_ARRAYS: Mapping[str, Any] = {
    "one": np.int32, "other": np.int32,    # statements, the smaller ordinal first
    "cosine": np.float32, "judged": np.bool_, "same": np.float32, "contrary": np.float32,
    "asked": np.bool_,                     # the cross-encoder read it
}
LINK_ARRAYS: Mapping[str, Any] = {"one": np.int32, "other": np.int32, "pair": np.int64}
"""Statements that share a text, and by which of the pairs of documents that is known."""
Array = npt.NDArray[Any]


@dataclass
class Manifest:
    """The generation that counts, and what it was made from.

    `parts` are those of the statements step, `lineage` names the passages, `vectors` counts the rows of the vectors'
    file, `patched` has for each document of which attributions were dismissed a digest of them, `ruled` the claims that
    decisions are about.  `shelves` are the folders that hold the tables, `size` into how many they are parted.  `pairs`
    were read by the judge's network in the last run, in `seconds`.
    """

    generation: int = 0
    parts: list[str] = field(default_factory=list)
    lineage: str = ""
    vectors: int = 0
    patched: dict[str, str] = field(default_factory=dict)
    ruled: list[int] = field(default_factory=list)
    size: int = 0
    shelves: dict[str, str] = field(default_factory=dict)
    pairs: int = 0
    seconds: float = 0.0


def manifest_of(folder: Path) -> Manifest:
    """What counts in a folder; an empty manifest where there is none."""
    path = folder / MANIFEST
    return Manifest(**json.loads(path.read_text("utf8"))) if path.exists() else Manifest()


class Claimed:
    """The state, loaded; changes count once `commit` has been called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = manifest_of(folder)
        self._load()

    def _load(self) -> None:
        generation = self.manifest.generation
        self.documents = self._table("documents", DOCUMENTS)
        self.statements = self._table("statements", STATEMENTS)
        held = _arrays(self.folder / f"arrays-{generation}.npz")
        self.of = {name: held.get(f"of.{name}", np.zeros(0, kind)) for name, kind in STATEMENT_ARRAYS.items()}
        self.pairs = {name: held.get(f"pairs.{name}", np.zeros(0, kind)) for name, kind in PAIR_ARRAYS.items()}
        self.links = {name: held.get(f"links.{name}", np.zeros(0, kind)) for name, kind in LINK_ARRAYS.items()}
        self.shared: dict[str, str] = {}
        self.denied: dict[tuple[int, int], str] = {}
        told = self.folder / f"told-{generation}.json"
        if told.exists():
            kept = json.loads(told.read_text("utf8"))
            self.shared = kept["shared"]
            self.denied = {(one, other): says for one, other, says in kept["denied"]}
        self.ordinals = {id: at for at, id in enumerate(self.documents.column("id").to_pylist())}

    def _table(self, name: str, schema: pa.Schema) -> pa.Table:
        path = self.folder / f"{name}-{self.manifest.generation}.arrow"
        if not path.exists():
            return schema.empty_table()
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()

    def reset(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.manifest = Manifest()
        self._load()

    def __len__(self) -> int:
        return int(self.statements.num_rows)

    # -- adding
    def add_documents(self, rows: pa.Table) -> None:
        """Add documents that are not held."""
        for id in rows.column("id").to_pylist():
            self.ordinals[id] = len(self.ordinals)
        self.documents = pa.concat_tables([self.documents, rows.cast(DOCUMENTS)])

    def add_statements(self, rows: pa.Table, denies: Sequence[int]) -> None:
        """Add statements, alive and in no group; `denies` has one number for each."""
        fresh = {"alive": True, "head": -1, "group": -1, "label": -1, "row": -1, "node": False, "denies": denies}
        self.statements = pa.concat_tables([self.statements, rows.cast(STATEMENTS)])
        for name, kind in STATEMENT_ARRAYS.items():
            self.of[name] = np.concatenate([self.of[name], np.full(rows.num_rows, fresh[name], kind)])

    def pack(self) -> None:
        """Lay what was added side by side, so that it is looked up as fast as if it had come at once."""
        self.documents, self.statements = self.documents.combine_chunks(), self.statements.combine_chunks()

    def add_pairs(self, one: Array, other: Array, cosine: Array) -> None:
        """Add pairs that nobody judged yet."""
        added: dict[str, Array] = {"one": one, "other": other, "cosine": cosine}
        for name, kind in PAIR_ARRAYS.items():
            mine = added.get(name, np.zeros(len(one), kind)).astype(kind)
            self.pairs[name] = np.concatenate([self.pairs[name], mine])

    def add_vectors(self, statements: Array, vectors: Whole, cells: Cells) -> None:
        """Add the vectors of statements, with the cells that they lie in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        count = self.manifest.vectors
        for name, rows in ((VECTORS, vectors), (CELLS, cells)):
            with (self.folder / name).open("r+b" if (self.folder / name).exists() else "w+b") as file:
                file.truncate(count * rows.shape[1] * rows.itemsize)      # what a run that was cut off had added
                file.seek(0, os.SEEK_END)
                file.write(np.ascontiguousarray(rows).tobytes())
        self.of["row"][statements] = np.arange(count, count + len(vectors))
        self.manifest.vectors += len(vectors)

    def vectors(self) -> tuple[Whole, Cells]:
        """All vectors, and the cells that they lie in, on the disk."""
        count = self.manifest.vectors
        if not count:
            return np.zeros((0, SIZE), np.int8), np.zeros((0, PROBES), np.int16)
        return (np.memmap(self.folder / VECTORS, np.int8, "r", shape=(count, SIZE)),
                np.memmap(self.folder / CELLS, np.int16, "r", shape=(count, PROBES)))

    # -- asking
    def column(self, name: str) -> Array:
        """A column of the statements, as an array."""
        found: Array = self.statements.column(name).to_numpy()
        return found

    def texts(self, statements: Sequence[int] | Array) -> list[str]:
        """The words of statements."""
        found: list[str] = self.statements.column("text").take(pa.array(statements, pa.int64())).to_pylist()
        return found

    def said(self, statements: Sequence[int] | Array) -> list[str]:
        """What statements say, without who says it."""
        rows = self.statements.select(["text", "said"]).take(pa.array(statements, pa.int64()))
        return [said or text for text, said in zip(*(rows.column(name).to_pylist() for name in ("text", "said")),
                                                   strict=True)]

    def denied_clauses(self, statements: Sequence[int] | Array) -> list[str | None]:
        """The clauses that statements deny in so many words."""
        found: list[str | None] = self.statements.column("denied").take(pa.array(statements, pa.int64())).to_pylist()
        return found

    def denying(self) -> Array:
        """Which statements deny a clause in so many words."""
        found: Array = pc.is_valid(self.statements.column("denied")).to_numpy()
        return found

    def points(self, statements: Sequence[int] | Array) -> list[str]:
        """What statements are about: the words of each, or the clause that it denies."""
        clauses = self.denied_clauses(statements)
        return [clause or text for clause, text in zip(clauses, self.texts(statements), strict=True)]

    def quoted_only(self) -> Array:
        """Which statements are none: what a fact-check quotes in order to judge it."""
        found: Array = self.statements.column("checked").is_valid().to_numpy()
        return found

    def commit(self) -> None:
        """Write a new generation; from then on it counts, and older files are removed."""
        self.manifest.generation += 1
        generation = self.manifest.generation
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("documents", "statements"):
            table = getattr(self, name)
            with pa.OSFile(str(self.folder / f"{name}-{generation}.arrow"), "wb") as sink, \
                    pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        groups = {"of": self.of, "pairs": self.pairs, "links": self.links}
        arrays = {f"{group}.{name}": array for group, held in groups.items() for name, array in held.items()}
        np.savez(self.folder / f"arrays-{generation}.npz", allow_pickle=False, **arrays)
        told = {"shared": self.shared, "denied": [[*pair, says] for pair, says in self.denied.items()]}
        (self.folder / f"told-{generation}.json").write_text(json.dumps(told), encoding="utf8")
        partial = self.folder / f".manifest-{os.getpid()}"
        partial.write_text(json.dumps(asdict(self.manifest)), encoding="utf8")
        partial.replace(self.folder / MANIFEST)
        self._sweep()

    def _sweep(self) -> None:
        kept = {VECTORS, CELLS, MANIFEST, *self.manifest.shelves.values()}
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path)
            elif path.is_file() and path.name not in kept and path.stem.rpartition("-")[2] != str(
                    self.manifest.generation):
                path.unlink()


def digest(*parts: str) -> str:
    """32 hex digits that stand for some words."""
    return blake2b("\0".join(parts).encode("utf8", "surrogatepass"), digest_size=16).hexdigest()


def _arrays(path: Path) -> dict[str, Array]:
    if not path.exists():
        return {}
    with path.open("rb") as file, np.load(file) as held:    # left to open it, NumPy leaves a damaged one open
        return {name: held[name] for name in held.files}
