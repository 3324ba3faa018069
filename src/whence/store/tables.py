"""Derived tables: dataclasses to Parquet parts and back, filed under the fingerprint of the step that made them.

    derived/STEP/FINGERPRINT/PART/TABLE.parquet       a part is written whole, then renamed into place
    derived/STEP/FINGERPRINT/meta.json                what the fingerprint stands for
"""
from __future__ import annotations

import json
import os
import shutil
import sqlite3
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whence import code
from whence.model import Span, identify

Row = TypeVar("Row")
Contents = Mapping[str, tuple[type[Any], Sequence[Any]]]
INPUTS = "inputs"                          # the table of ids that a part was made from


def schema(row: type[Any]) -> pa.Schema:
    """The Arrow schema of a dataclass: its fields in order, nested as they are."""
    hints = typing.get_type_hints(row)
    return pa.schema([_field(f.name, hints[f.name]) for f in fields(row)])


def _field(name: str, hint: Any) -> pa.Field:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (inner,) = [a for a in typing.get_args(hint) if a is not type(None)]
        return pa.field(name, _type(inner), nullable=True)
    return pa.field(name, _type(hint), nullable=False)


def _type(hint: Any) -> pa.DataType:
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint]
    if hint is Span:
        return pa.list_(pa.int64())
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_field("item", arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return pa.map_(pa.string(), pa.string())
    if is_dataclass(hint):
        return pa.struct(list(schema(typing.cast("type[Any]", hint))))
    raise TypeError(f"no column type for {hint}")


def to_arrow(rows: Iterable[Any], row: type[Any]) -> pa.Table:
    """Dataclasses as an Arrow table with `schema(row)`."""
    return pa.Table.from_pylist([msgspec.to_builtins(r) for r in rows], schema=schema(row))


def from_arrow(table: pa.Table, row: type[Row]) -> list[Row]:
    """The dataclasses that `to_arrow` was given."""
    return msgspec.convert(table.to_pylist(maps_as_pydicts="strict"), list[row])  # type: ignore[valid-type]


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """One file's rows (pq.read_table reads folders of files too, for which it takes ten times as long).

    Each page is held against its checksum, so that a file that was damaged raises OSError.
    """
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(columns)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one file, compressed, each page with its checksum."""
    pq.write_table(table, path, compression="zstd", write_page_checksum=True)


DAMAGE = (OSError, ValueError, KeyError, sqlite3.DatabaseError, pa.ArrowException)
"""What reading a damaged table, or one that is gone, raises, and other things do too."""


def replace_text(path: Path, text: str) -> None:
    """Write a file whole, in place of what it was, or not at all."""
    partial = path.with_name(f".{path.name}-{os.getpid()}")
    partial.write_text(text, encoding="utf8")
    partial.replace(path)


class Derived:
    """The folder `derived/`.  Deleting it loses nothing but time."""

    def __init__(self, folder: Path, only: Mapping[str, Collection[str]] | None = None) -> None:
        """`only` names, for each step, the parts that count; all do where it is not given."""
        self.folder = folder
        self.only = only

    def home(self, step: str, fingerprint: str) -> Path:
        """Where a step's parts under one fingerprint lie."""
        return self.folder / step / fingerprint

    @contextmanager
    def building(self, step: str, fingerprint: str, inputs: Sequence[str]) -> Iterator[Path]:
        """A folder to write one part into, made from the documents `inputs`; it appears whole, or not at all."""
        home = self.home(step, fingerprint)
        name = identify("part", *sorted(inputs))
        building = home / f".{name}-{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        try:
            write_table(pa.table({"id": pa.array(sorted(inputs), pa.string())}), building / f"{INPUTS}.parquet")
            yield building
            shutil.rmtree(home / name, ignore_errors=True)
            building.rename(home / name)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise

    def write(self, step: str, fingerprint: str, inputs: Sequence[str], tables: Contents) -> None:
        """Write one part: for each table's name, its row type and rows."""
        with self.building(step, fingerprint, inputs) as part:
            for table, (row, rows) in tables.items():
                write_table(to_arrow(rows, row), part / f"{table}.parquet")

    def adopt(self, step: str, fingerprint: str, name: str, part: Path) -> None:
        """Have the files of `part`, which never change, as a part of a step, made from no inputs of its own."""
        home = self.home(step, fingerprint)
        building = home / f".part-{name}-{os.getpid()}"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        write_table(pa.table({"id": pa.array([], pa.string())}), building / f"{INPUTS}.parquet")
        for file in part.glob("*.parquet"):
            _link(file, building / file.name)
        shutil.rmtree(home / f"part-{name}", ignore_errors=True)
        building.rename(home / f"part-{name}")

    def parts(self, step: str, fingerprint: str) -> list[str]:
        """The names of a step's finished parts, in order; of a state, those that it names, even if they are gone."""
        home = self.home(step, fingerprint)
        if self.only is not None:
            return list(self.only.get(step, ()))
        return sorted(p.name for p in home.glob("part-*") if p.is_dir()) if home.exists() else []

    def inputs(self, step: str, fingerprint: str, part: str) -> list[str]:
        """The ids that one part was made from."""
        ids: list[str] = read_table(self.home(step, fingerprint) / part / f"{INPUTS}.parquet").column("id").to_pylist()
        return ids

    def done(self, step: str, fingerprint: str) -> set[str]:
        """The ids that all parts of a step were made from."""
        return {i for part in self.parts(step, fingerprint) for i in self.inputs(step, fingerprint, part)}

    def rows(self, step: str, fingerprint: str, part: str, table: str, row: type[Row]) -> list[Row]:
        """All rows of one table of one part."""
        return from_arrow(read_table(self.home(step, fingerprint) / part / f"{table}.parquet"), row)

    def read(self, step: str, fingerprint: str, table: str, row: type[Row]) -> Iterator[Row]:
        """All rows of one table of a step, part by part."""
        for part in self.parts(step, fingerprint):
            if self._has(step, fingerprint, part, table):
                yield from self.rows(step, fingerprint, part, table, row)

    def _has(self, step: str, fingerprint: str, part: str, table: str) -> bool:
        """Whether a part has a table.  Raises FileNotFoundError where the part is gone: it goes whole or not at all."""
        home = self.home(step, fingerprint) / part
        if (home / f"{table}.parquet").exists():
            return True
        if not home.exists():
            raise FileNotFoundError(str(home))
        return False

    def read_where(self, step: str, fingerprint: str, table: str, row: type[Row], column: str,
                   values: Iterable[str]) -> Iterator[Row]:
        """The rows of a step that hold one of `values` in a column ("document") or in lists ("statements.document").

        Only these become objects, so that a few among very many come fast.
        """
        wanted = pa.array(sorted(set(values)), pa.string())
        for part in self.parts(step, fingerprint):
            if not self._has(step, fingerprint, part, table):
                continue
            path = self.home(step, fingerprint) / part / f"{table}.parquet"
            held, *inner = column.split(".")
            found = read_table(path, [held]).column(held).combine_chunks()
            if inner:
                at = pc.list_parent_indices(found)
                at = at.filter(pc.is_in(pc.struct_field(pc.list_flatten(found), inner), wanted))
                rows = pc.unique(at)
            else:
                rows = pc.indices_nonzero(pc.is_in(found, wanted))
            if len(rows):
                yield from from_arrow(read_table(path).take(rows), row)

    def damaged(self, prints: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """The files that can't be read as they were written, under these fingerprints: the step, its part, the file."""
        for step, fingerprint in prints.items():
            for part in self.parts(step, fingerprint):
                for path in sorted((self.home(step, fingerprint) / part).iterdir()):
                    if not _is_sound(path):
                        yield step, part, path.name

    def made_by(self, *functions: Callable[..., object]) -> str:
        """What stands for the code that some functions use (`code.digest`)."""
        return code.digest(*functions, kept=self.folder / code.KEPT)

    def describe(self, step: str, fingerprint: str, meta: Mapping[str, object]) -> None:
        """Say what a fingerprint stands for, so that a later plan can tell what changed."""
        home = self.home(step, fingerprint)
        home.mkdir(parents=True, exist_ok=True)
        replace_text(home / "meta.json", json.dumps(meta, sort_keys=True, indent=1))

    def described(self, step: str) -> list[dict[str, Any]]:
        """What is known of every fingerprint of a step that is on the disk."""
        told = []
        for path in sorted((self.folder / step).glob("*/meta.json")):
            with suppress(OSError, ValueError):        # what is damaged tells nothing
                found = json.loads(path.read_text(encoding="utf8"))
                told += [found] if isinstance(found, dict) and not path.parent.name.startswith(".") else []
        return told

    def sweep(self, step: str, keep: str) -> None:
        """Remove what other fingerprints of a step left, and what a killed process left half-written."""
        if not (self.folder / step).exists():
            return
        for old in (self.folder / step).iterdir():
            if old.name != keep:
                remove(old)
        for partial in self.home(step, keep).glob(".part-*"):
            shutil.rmtree(partial, ignore_errors=True)


def remove(folder: Path) -> None:
    """Take a folder away at once, for whoever reads it, and then from the disk."""
    gone = folder.with_name(f".gone-{folder.name.removeprefix('.gone-')}-{os.getpid()}")
    try:
        folder.rename(gone)
    except OSError:
        gone = folder
    shutil.rmtree(gone, ignore_errors=True)


def _is_sound(path: Path) -> bool:
    try:
        if path.suffix == ".parquet":
            read_table(path)
        elif path.suffix == ".sqlite":
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
                return [row[0] for row in db.execute("PRAGMA quick_check")] == ["ok"]
    except DAMAGE:
        return False
    return True


def _link(file: Path, to: Path) -> None:
    try:
        to.hardlink_to(file)
    except OSError:                        # a file system without hard links
        shutil.copyfile(file, to)
