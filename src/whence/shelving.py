"""New parts of the extract step to volumes of the shelf: their documents' texts, words, and postings."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from whence.config import ReuseConfig
from whence.errors import ArchiveError
from whence.model import Segment
from whence.steps import reuse
from whence.store.shelf import KINDS, VOLUME, Shelf, write_volume
from whence.store.tables import from_arrow, read_table
from whence.text.copying import postings
from whence.text.copying.shingle import read


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume to write: the parts of the extract step that it holds, the first document's ordinal."""

    shelf: Path
    name: str
    parts: tuple[Path, ...]
    first: int
    config: ReuseConfig


def plan(shelf: Shelf, parts: Sequence[Path], config: ReuseConfig) -> Iterator[Volume]:
    """The volumes that take in some parts; raises ArchiveError if the shelf can't hold so many documents."""
    first, mine = len(shelf), list[Path]()
    for n, part in enumerate(parts):
        mine.append(part)
        if n + 1 == len(parts) or count(mine) >= VOLUME:
            name = f"volume-{shelf.manifest.generation + 1:06}-{n:06}"
            yield Volume(shelf.folder, name, tuple(mine), first, config)
            first, mine = first + count(mine), []
    if first > postings.MOST_TEXTS:
        raise ArchiveError(f"{first:,} articles, more than the {postings.MOST_TEXTS:,} that one archive can compare",
                           where=str(shelf.folder), mend="Divide them among several archives")


def count(parts: Sequence[Path]) -> int:
    """How many documents the parts hold."""
    return sum(int(pq.read_metadata(part / "documents.parquet").num_rows) for part in parts)


def shelve(volume: Volume) -> None:
    """Write one volume: its documents' texts, words, and postings."""
    columns = ["id", "publisher", "published", "text"]
    table = pa.concat_tables([read_table(part / "documents.parquet", columns) for part in volume.parts])
    segments = [s for part in volume.parts for s in from_arrow(read_table(part / "segments.parquet"), Segment)]
    ids, publishers, published, contents = (table.column(name).to_pylist() for name in columns)
    words = read(contents)
    texts = reuse.Texts(contents, words, reuse.hash_publishers(publishers))
    arrays: dict[str, npt.NDArray[Any]] = {
        "hashes": words.hashes, "starts": words.starts.astype(np.uint32), "ends": words.ends.astype(np.uint32),
        "strong": words.strong, "offsets": words.offsets, "foreign": reuse.outside(words, ids, segments),
        "ages": np.array([reuse.age(day, id) for day, id in zip(published, ids, strict=True)], dtype="S")}
    runs = (postings.postings(words, volume.config.seed, volume.first),
            reuse.openings(texts, volume.first, False, volume.config),
            reuse.openings(texts, volume.first, True, volume.config))
    write_volume(volume.shelf, volume.name, table, arrays, dict(zip(KINDS, runs, strict=True)))
