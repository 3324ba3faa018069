"""A desk at which documents are gathered into claims, batch by batch, as the claims step does it in an archive."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow.parquet as pq

from whence import gathering
from whence.config import ClaimsConfig
from whence.decisions import NONE
from whence.decisions import without as as_decided
from whence.model import (
    ArticleNames,
    Corpus,
    Denial,
    Grouped,
    Grouping,
    Limit,
    Reuse,
    Rulings,
    Utterance,
    identify,
)
from whence.neural import embedder, judge
from whence.neural.embedder import Vectors
from whence.neural.judge import Readings
from whence.steps import statements
from whence.store.tables import from_arrow, read_table, to_arrow

Row = TypeVar("Row")


@cache
def _vector(text: str) -> Vectors:
    """As precise as an archive keeps it."""
    found: Vectors = embedder.embedder().vectors([text])[0].astype(np.float16).astype(np.float32)
    return found


def vectors(texts: Sequence[str]) -> Vectors:
    """Vectors of texts, each made once in all tests."""
    return np.array([_vector(text) for text in texts], np.float32).reshape(-1, embedder.SIZE)


def read(pairs: Sequence[tuple[str, str]]) -> Readings:
    """What the cross-encoder makes of pairs; it is loaded where it is asked."""
    return judge.cross_encoder().read(pairs)


def said(corpus: Corpus, documents: Iterable[str]) -> dict[str, tuple[Utterance, ...]]:
    """The statements of documents, by the document."""
    return {id: statements.of_document(corpus.documents[id], corpus.sentences[id], corpus.segments.get(id, ()),
                                       corpus.attributions.get(id, ())) for id in documents}


class Desk:
    """The folder of one archive's claims; `gather` adds what a corpus holds and the desk does not."""

    def __init__(self, folder: Path, config: ClaimsConfig | None = None,
                 embed: Callable[[Sequence[str]], Vectors] = vectors, read: judge.Read = read) -> None:
        self.folder, self.config = folder, config or ClaimsConfig()
        self.embed, self.read = embed, read
        self.limits: list[Limit] = []
        self._parts: dict[str, Path] = {}
        self._held: set[str] = set()
        self._runs = 0

    @property
    def state(self) -> Path:
        """Where the claims step keeps what it has."""
        return self.folder / "gathered"

    def gather(self, corpus: Corpus, rulings: Rulings = NONE, hidden: Sequence[tuple[str, int, int]] = (),
               ) -> Grouped:
        """What the claims step makes of all documents of `corpus`; those that are new are a part of their own."""
        self._runs += 1
        self._file(corpus)
        places = gathering.bring(self.state, self._sources(corpus, rulings, hidden), self.config, rulings)
        folders = [path for _, path in sorted(places.items())]
        self.limits = _rows(folders, "limits", Limit)
        return Grouped(sorted(_rows(folders, "groupings", Grouping), key=lambda g: g.id),
                       sorted(_rows(folders, "denials", Denial), key=lambda d: (d.one, d.other)))

    def _file(self, corpus: Corpus) -> None:
        fresh = sorted(corpus.documents.keys() - self._held)
        if not fresh:
            return
        name = identify("part", *fresh)
        folder = self.folder / name
        folder.mkdir(parents=True)
        told = [one for mine in said(corpus, fresh).values() for one in mine]
        pq.write_table(to_arrow(told, Utterance), folder / "statements.parquet")
        names = [statements.names_of(corpus.documents[id]) for id in fresh]
        pq.write_table(to_arrow(names, ArticleNames), folder / "articles.parquet")
        self._parts[name] = folder
        self._held.update(fresh)

    def _sources(self, corpus: Corpus, rulings: Rulings, hidden: Sequence[tuple[str, int, int]],
                 ) -> gathering.Sources:
        passages = self.folder / f"passages-{self._runs}"
        passages.mkdir(parents=True)
        pq.write_table(to_arrow(corpus.reuses, Reuse), passages / "reuses.parquet")

        def texts(documents: Iterable[str]) -> Mapping[str, str]:
            return {id: corpus.documents[id].text for id in documents}

        def without(documents: Sequence[str]) -> Mapping[str, Sequence[Utterance]]:
            return said(as_decided(corpus, rulings.dismissed), documents)

        return gathering.Sources(self._parts, [passages], f"passages {self._runs}", hidden, texts, without, self.embed,
                                 self.read)


def _rows(folders: Sequence[Path], table: str, row: type[Row]) -> list[Row]:
    files = [folder / f"{table}.parquet" for folder in folders]
    return [one for file in files if file.exists() for one in from_arrow(read_table(file), row)]
