"""Sentences and titles to an index of their words and meaning, and a sentence to where it stands in the archive."""
from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from whence.model import Document, Sentence
from whence.store import neighbours
from whence.store.neighbours import Neighbours

FILE = "index.sqlite"
Array = np.ndarray[Any, Any]
Embed = Callable[[Sequence[str]], Array]
"""Texts to vectors of length one."""
Rank = Callable[[Sequence[tuple[str, str]]], Array]
"""Pairs of what was asked and a text to how surely the text answers it: a logit."""

STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his i in is it its not of on or she that the their "
    "they this to was we were what when which who will with would you".split())
"""English words left out of a query; chosen: the most frequent function words, which rank nothing and cost most."""
MOST_LOOKED_AT = 20_000
"""Sentences that a query's words may stand in, together: chosen; ranking so many takes some 20 ms.  The rarest words,
which tell most, are looked up first; the very first always is."""
COUNTED = 200
"""Sentences from which it is kept how many have a word: chosen; a query has hardly a hundred words."""
LEAST = .2
"""Score of the last hit worth showing: chosen; a word that is in no text scores less, and most that is beside it."""
NEAREST, WORDED = 200, 2_000
"""Rows taken from each of the two rankings: chosen; a right one hardly ranks lower in both.  More by their words, since
those that are near by their meaning are looked up among them."""
WORDS = .2
"""What the words weigh beside the meaning."""
TITLE = .3
"""What the article's title weighs in the meaning, where it has one."""
READ = 20
"""Documents, the best so far, that are read together with what was asked.  Chosen: a quarter of a second."""
READING = .02
"""What a unit of that reading's logit weighs: chosen on the development queries of CheckThat! (.01 to .03 do alike)."""
CHUNK = 16_384
SIZE = 384
"""Numbers in a vector (MiniLM's)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a sentence, or another wording of it, stands.  A hit on the title has `start` and `end` None.

    `score` runs from about 0 to 1: shared words (BM25, Robertson and Walker 1994, as a share of the best) and likeness
    of meaning (cosines of vectors) together.
    """

    document: str
    score: float
    start: int | None
    end: int | None


def build(folder: Path, documents: Mapping[str, Document], sentences: Sequence[Sentence], embed: Embed) -> None:
    """Write a new index of every sentence, each beside its document's title, and of every title."""
    rows = list(_rows(documents, sentences))
    db = sqlite3.connect(folder / FILE)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("""CREATE VIRTUAL TABLE sentences USING fts5(
        title, text, document UNINDEXED, start UNINDEXED, "end" UNINDEXED,
        tokenize = 'porter unicode61 remove_diacritics 2')""")
    told_by = _told_by(rows)
    db.executemany("INSERT INTO sentences (rowid, title, text, document, start, \"end\") VALUES (?, ?, ?, ?, ?, ?)",
                   ((number, *row) for number, row in enumerate(rows) if told_by[number, 0] == number))
    db.execute("INSERT INTO sentences (sentences) VALUES ('optimize')")
    db.execute("CREATE TABLE common (word TEXT PRIMARY KEY, rows INTEGER)")
    counts = Counter(word for title, text, *_ in rows for word in set(_words(f"{title} {text}")))
    db.executemany("INSERT INTO common VALUES (?, ?)", [(word, n) for word, n in counts.items() if n >= COUNTED])
    db.commit()
    db.close()
    np.save(folder / "told_by.npy", told_by)
    texts = [text or title for title, text, *_ in rows]
    chunks = (embed(texts[at:at + CHUNK]) for at in range(0, len(texts), CHUNK))
    if rows:
        neighbours.build(folder, chunks, len(rows), SIZE)


def _told_by(rows: Sequence[tuple[Any, ...]]) -> Array:
    """For each row the rows that tell what it tells, its sentence's and its article's title's: n x 2.

    A title is told with the first sentence of its article, and no row by itself: short as it is, it would stand above
    every sentence.
    """
    titles = {document: number for number, (_, text, document, *_) in enumerate(rows) if not text}
    leads = {document: number for number, (_, text, document, *_) in reversed(list(enumerate(rows))) if text}
    found: Array = np.array([(number if text else leads.get(document, number), titles.get(document, number))
                             for number, (_, text, document, *_) in enumerate(rows)], np.int64).reshape(-1, 2)
    return found


def _rows(documents: Mapping[str, Document], sentences: Sequence[Sentence]) -> Iterator[tuple[Any, ...]]:
    for sentence in sentences:
        document, (start, end) = documents[sentence.document], (sentence.start, sentence.end)
        yield document.title or "", document.text[start:end], document.id, start, end
    for document in documents.values():
        if document.title:
            yield document.title, "", document.id, None, None


@dataclass(slots=True)
class _Found:
    """A hit on the way, with its words."""

    document: str
    score: float
    start: int | None
    end: int | None
    words: str

    def hit(self) -> Hit:
        """As it is told."""
        return Hit(self.document, round(self.score, 4), self.start, self.end)


class Index:
    """An index, opened for reading."""

    def __init__(self, folder: Path, embed: Embed, rank: Rank | None = None) -> None:
        self._db = sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True)
        self._common: dict[str, int] = dict(self._db.execute("SELECT word, rows FROM common"))
        self._told_by, self._embed = np.load(folder / "told_by.npy"), embed
        self._rank = rank
        self._near = Neighbours(folder) if len(self._told_by) else None

    def find(self, text: str, top: int) -> list[Hit]:
        """The `top` documents that tell `text` best, best first, each at its best sentence."""
        if not text.strip() or self._near is None:
            return []
        worded = self._by_words(text)
        vector = self._embed([text])[0]
        meant = self._told_by[self._near.find(vector, NEAREST)[0], 0]
        rows = np.array(sorted({*worded, *meant.tolist()}), np.int64)
        words = np.array([worded.get(row, 0.0) for row in rows.tolist()])
        sentences, titles = (self._near.cosines(self._told_by[rows, at], vector) for at in (0, 1))
        meaning = (1 - TITLE) * sentences + TITLE * titles
        scores = WORDS * words / max(words.max(initial=0.0), 1e-9) + (1 - WORDS) * meaning
        best: dict[str, _Found] = {}
        for at in np.lexsort((rows, -scores)):
            if scores[at] < LEAST or len(best) == max(top, READ):
                break
            told = self._row(int(rows[at]), float(scores[at]), bool(titles[at] > sentences[at]))
            best.setdefault(told.document, told)
        return [one.hit() for one in self._read_again(text, list(best.values()))[:top]]

    def _row(self, row: int, score: float, by_title: bool) -> _Found:
        document, start, end, words, title = self._db.execute(
            'SELECT document, start, "end", text, title FROM sentences WHERE rowid = ?', (row,)).fetchone()
        return _Found(document, score, None if by_title else start, None if by_title else end, words or title)

    def _read_again(self, text: str, found: list[_Found]) -> list[_Found]:
        """The best in the order in which a reading of each beside what was asked puts them."""
        if self._rank is None or len(found) < 2:
            return found
        first, rest = found[:READ], found[READ:]
        sure = self._rank([(text, one.words) for one in first])
        for one, answer in zip(first, sure.tolist(), strict=True):
            one.score = min(1.0, max(0.0, one.score + READING * answer))
        first.sort(key=lambda one: -one.score)
        for one in rest:
            one.score = min(one.score, first[-1].score)
        return first + rest

    def _by_words(self, text: str) -> dict[int, float]:
        """The best rows by their words, with BM25."""
        query = match(text, self._common)
        if not query:
            return {}
        return dict(self._db.execute("""
            SELECT rowid, -bm25(sentences) AS score FROM sentences WHERE sentences MATCH ?
            ORDER BY score DESC, rowid LIMIT ?""", (query, WORDED)))

    def close(self) -> None:
        """Release the file."""
        self._db.close()


def match(text: str, common: Mapping[str, int] = MappingProxyType({})) -> str:
    """The FTS5 query for any of the words of `text`, whatever characters it holds, the rarest first.

    `common` gives in how many rows a word stands, where these are many; words that stand in too many are left out.

    >>> match('The "dam" at Orle: NOT safe')
    '"dam" OR "orle" OR "safe"'
    >>> match("the dam at Orle", {"dam": 30_000, "orle": 500})
    '"orle"'
    """
    words = _words(text)
    chosen = list(dict.fromkeys(word for word in words if word not in STOP_WORDS)) or words[:1]
    chosen.sort(key=lambda word: common.get(word, 0))
    looked_at = accumulate(common.get(word, 0) for word in chosen)
    few = [word for word, count in zip(chosen, looked_at, strict=True) if count <= MOST_LOOKED_AT] or chosen[:1]
    return " OR ".join(f'"{word}"' for word in few)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
