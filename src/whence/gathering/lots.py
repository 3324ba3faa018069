"""Statements out of the archive's state, as many as are read at a time, in a form that other processes can take."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from whence.store.claimed import Array, Claimed
from whence.text.meaning.calendar import day_of
from whence.text.meaning.contents import Article, content
from whence.text.meaning.features import Pair

AT_ONCE = 10_000
"""Pairs read, or texts embedded, at a time.  Chosen: some 50 MB, and SECONDS of one processor."""
SECONDS = 2.5
"""What it takes to read that many pairs, as measured."""

Two = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lot:
    """Pairs of statements: their `texts`, each with the place of its article in `articles`, and the pairs by the places
    of both texts, the earlier of the two first, with their cosines.
    """

    texts: Sequence[str]
    owners: Sequence[int]
    articles: Sequence[tuple[str | None, Sequence[str]]]
    twos: Sequence[Two]
    cosines: Sequence[float]

    def pairs(self) -> list[Pair]:
        """The pairs as the judge takes them, each statement read once."""
        articles = [Article(frozenset(names), day_of(published)) for published, names in self.articles]
        contents = [content(text, articles[owner].day) for text, owner in zip(self.texts, self.owners, strict=True)]
        return [Pair(contents[one], contents[other], cosine,
                     (articles[self.owners[one]], articles[self.owners[other]]))
                for (one, other), cosine in zip(self.twos, self.cosines, strict=True)]


def lot(state: Claimed, order: Array, rows: Array, points: bool = False) -> Lot:
    """The pairs of the state at `rows`; `order` has for each statement its place in time.  With `points`, a statement
    that denies a clause is that clause.
    """
    both = np.stack([state.pairs["one"][rows], state.pairs["other"][rows]])
    earlier = np.where(order[both[0]] <= order[both[1]], both[0], both[1])
    both = np.stack([earlier, both.sum(0) - earlier])
    statements, places = np.unique(both, return_inverse=True)
    documents, owners = np.unique(state.column("document")[statements], return_inverse=True)
    held = state.documents.select(["published", "names"]).take(pa.array(documents))
    articles = list(zip(*(held.column(name).to_pylist() for name in ("published", "names")), strict=True))
    ones, others = places.reshape(both.shape)
    twos = list(zip(ones.tolist(), others.tolist(), strict=True))
    texts = state.points(statements) if points else state.texts(statements)
    return Lot(texts, owners.tolist(), articles, twos, state.pairs["cosine"][rows].tolist())
