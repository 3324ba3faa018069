"""Tables to files that other programs read: one file a table, as JSON lines, CSV or Parquet, with the same columns.

Rows stand in the order of their ids (decisions in that of the log), so the same archive gives the same bytes however it
was built.
"""
from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from whence.errors import UsageError
from whence.model import (
    Attribution,
    Claim,
    Conflict,
    Decision,
    Document,
    Family,
    Limit,
    QuoteCheck,
    Reject,
    Reuse,
    Segment,
    Suggestion,
    Tables,
)
from whence.store.tables import schema
from whence.text.meaning.wires import wire

Rows = Sequence[Mapping[str, Any]]

COLUMNS: Mapping[str, type[Any]] = {
    "documents": Document, "segments": Segment, "attributions": Attribution, "reuses": Reuse, "families": Family,
    "claims": Claim, "conflicts": Conflict, "quote_checks": QuoteCheck, "decisions": Decision,
    "suggestions": Suggestion, "rejects": Reject, "limits": Limit}


def rows(tables: Tables) -> dict[str, Rows]:
    """Every exported table as plain rows (dictionaries, lists, strings, numbers); a document has its path beside it,
    and the agency or outlet whose text it shows itself to be.
    """
    found: dict[str, Rows] = {name: [msgspec.to_builtins(row) for row in getattr(tables, name)] for name in COLUMNS}
    found["documents"] = [{**row, "wire": wire(row["text"], row["publisher"]), "path": tables.paths[row["id"]]}
                          for row in found["documents"]]
    return found


def write(tables: Tables, format: str, out: Path) -> list[Path]:
    """Write every table into the folder `out`; returns the files, each of which appears whole or not at all.

    Raises UsageError where `format` is none of FORMATS, or `out` can't be written to.
    """
    if format not in FORMATS:
        raise UsageError(f"there is no export format {format!r}", mend=f"Formats are {', '.join(FORMATS)}")
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [_write(out / f"{name}.{format}", FORMATS[format](name, table)) for name, table in rows(tables).items()]
    except OSError as error:
        raise UsageError(f"can't be written ({error.strerror})", where=str(out),
                         mend="Name a folder that you may write to with --out") from None


def _write(path: Path, content: bytes) -> Path:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
    return path


def _jsonl(name: str, table: Rows) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in table)


def _csv(name: str, table: Rows) -> bytes:
    """Nested cells are JSON, as in the JSON lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = _schema(name).names
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in table)
    return text.getvalue().encode("utf8")


def _cell(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, list | tuple | dict) else value


def _parquet(name: str, table: Rows) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(list(table), schema=_schema(name)), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _schema(name: str) -> pa.Schema:
    mine = schema(COLUMNS[name])
    if name == "documents":
        return mine.append(pa.field("wire", pa.string())).append(pa.field("path", pa.string(), nullable=False))
    return mine


FORMATS: Mapping[str, Callable[[str, Rows], bytes]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
