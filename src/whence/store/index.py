"""Sentences and titles to a full-text index (SQLite FTS5), and a sentence to where it stands in the archive."""
from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whence.model import Document, Sentence

FILE = "index.sqlite"
VERSION = 1

STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his i in is it its not of on or she that the their "
    "they this to was we were what when which who will with would you".split())
"""English words left out of a query; chosen: the most frequent function words, which rank nothing and cost most."""

ROWS_A_HIT = 5                             # rows read for each hit asked for: a document may hold several good ones


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a sentence, or another wording of it, stands.  A hit on the title has `start` and `end` None.

    `score` is BM25 (Robertson and Walker 1994), larger is better; it compares hits of one query only.
    """

    document: str
    score: float
    start: int | None
    end: int | None


def build(path: Path, documents: Mapping[str, Document], sentences: Iterable[Sentence]) -> None:
    """Write a new index of every sentence, each beside its document's title, and of every title."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("""CREATE VIRTUAL TABLE sentences USING fts5(
        title, text, document UNINDEXED, start UNINDEXED, "end" UNINDEXED,
        tokenize = 'porter unicode61 remove_diacritics 2')""")
    db.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?, ?)", _rows(documents, sentences))
    db.execute("INSERT INTO sentences (sentences) VALUES ('optimize')")
    db.commit()
    db.close()


def _rows(documents: Mapping[str, Document], sentences: Iterable[Sentence]) -> Iterable[tuple[object, ...]]:
    for sentence in sentences:
        document = documents[sentence.document]
        text = document.text[sentence.start:sentence.end]
        yield document.title or "", text, document.id, sentence.start, sentence.end
    for document in documents.values():
        if document.title:
            yield document.title, "", document.id, None, None


class Index:
    """An index, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def find(self, text: str, top: int) -> list[Hit]:
        """The `top` documents that tell `text` best, best first, each at its best sentence."""
        query = match(text)
        if not query:
            return []
        rows = self._db.execute("""
            SELECT document, -bm25(sentences) AS score, start, "end" FROM sentences WHERE sentences MATCH ?
            ORDER BY score DESC, document, start LIMIT ?""", (query, top * ROWS_A_HIT))
        best: dict[str, Hit] = {}
        for document, score, start, end in rows:
            best.setdefault(document, Hit(document, score, start, end))
        return list(best.values())[:top]

    def close(self) -> None:
        """Release the file."""
        self._db.close()


def match(text: str) -> str:
    """The FTS5 query for any of the words of `text`, whatever characters it holds.

    >>> match('The "dam" at Orle: NOT safe')
    '"dam" OR "orle" OR "safe"'
    """
    words: Sequence[str] = re.findall(r"\w+", text.lower())
    chosen = [word for word in words if word not in STOP_WORDS] or words
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(chosen))
