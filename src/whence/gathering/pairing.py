"""Texts that are new -> the pairs that lie within the radius, each judged once; and why two are judged as they are."""
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from whence.config import ClaimsConfig
from whence.gathering.sources import Sources
from whence.model import Limit
from whence.neural import cells, judge
from whence.steps import candidates, judging
from whence.store.claimed import Array, Claimed
from whence.text.meaning.calendar import day_of
from whence.text.meaning.contents import Article, Content, content
from whence.text.meaning.features import Pair

AT_ONCE = 20_000
"""Pairs judged, or texts embedded, at a time.  Chosen: some 100 MB."""

Two = tuple[int, int]


def pair_up(state: Claimed, sources: Sources, config: ClaimsConfig) -> Array:
    """Find what is near the texts that are new, and forget pairs of those that are no more; returns the pairs (2 x n)
    that are gone.
    """
    node = state.of["head"] == np.arange(len(state))
    gone = _forget(state, node)
    new = node & ~state.of["node"]
    state.of["node"] = node
    _embed(state, sources, np.flatnonzero(new & (state.of["row"] < 0)))
    if new.any():
        places = np.flatnonzero(node)
        rows = state.of["row"][places]
        vectors, lying = state.vectors()
        reach = candidates.Reach(config.radius, config.denied_radius, state.of["denies"][places])
        for one, other, cosine in candidates.near(np.asarray(vectors[rows]), np.asarray(lying[rows]), new[places],
                                                  reach):
            first, second = places[one], places[other]
            state.add_pairs(np.minimum(first, second), np.maximum(first, second), cosine)
    return gone


def _forget(state: Claimed, node: Array) -> Array:
    kept = node[state.pairs["one"]] & node[state.pairs["other"]]
    gone = np.stack([state.pairs["one"][~kept], state.pairs["other"][~kept]])
    if not kept.all():
        state.pairs = {name: array[kept] for name, array in state.pairs.items()}
        for pair in zip(*gone.tolist(), strict=True):
            state.denied.pop(pair, None)
    return gone


def _embed(state: Claimed, sources: Sources, bare: Array) -> None:
    for at in range(0, len(bare), AT_ONCE):
        some = bare[at:at + AT_ONCE]
        made = cells.whole(sources.vectors(state.texts(some)))
        state.add_vectors(some, made, cells.cells(made))


def judge_open(state: Claimed, sources: Sources, config: ClaimsConfig, order: Array) -> tuple[list[Limit], Array]:
    """Judge what was not yet; returns the cuts made, and the pairs (2 x n) that are judged now and were not before, or
    were and are no more.
    """
    cut, full = _crowded(state, config)
    gone = state.pairs["judged"] & cut
    state.pairs["judged"][gone] = False
    for pair in zip(state.pairs["one"][gone].tolist(), state.pairs["other"][gone].tolist(), strict=True):
        state.denied.pop(pair, None)
    fresh = np.flatnonzero(~state.pairs["judged"] & ~cut)
    reader = Reader(state, order)
    for at in range(0, len(fresh), AT_ONCE):
        _judge(state, sources, config, reader, fresh[at:at + AT_ONCE])
    changed = np.concatenate([fresh, np.flatnonzero(gone)])
    limits = [Limit("claims", "statements near more others than are judged", config.most_near, full)] if full else []
    return limits, np.stack([state.pairs["one"][changed], state.pairs["other"][changed]])


def _crowded(state: Claimed, config: ClaimsConfig) -> tuple[Array, int]:
    """Which pairs are not judged, since one of them is near too many others; and how many such texts there are."""
    one, other, cosine = (state.pairs[name] for name in ("one", "other", "cosine"))
    cut, crowd = np.zeros(len(one), np.bool_), np.zeros(len(state), np.bool_)
    for some in (cosine >= config.radius, cosine < config.radius):   # a denial crowds nothing else out
        full = _count(state, one[some]) + _count(state, other[some]) > config.most_near
        cut |= some & (full[one] | full[other]) & (cosine < config.crowded)
        crowd |= full
    return cut, int(crowd.sum())


def _count(state: Claimed, places: Array) -> Array:
    return np.bincount(places, minlength=len(state))


def _judge(state: Claimed, sources: Sources, config: ClaimsConfig, reader: Reader, rows: Array) -> None:
    one, other = state.pairs["one"][rows].tolist(), state.pairs["other"][rows].tolist()
    pairs = reader.pairs(zip(one, other, strict=True), state.pairs["cosine"][rows].tolist())
    found = judging.judged(pairs, partial(_texts, state, one, other), sources.read)
    state.pairs["judged"][rows], state.pairs["asked"][rows] = True, found.asked
    for name, of in (("same", judge.SAME), ("contrary", judge.CONTRARY)):
        state.pairs[name][rows] = np.round(found.chances[:, of], 4)
    for at in np.flatnonzero(state.pairs["contrary"][rows] >= config.contrary).tolist():
        score = float(state.pairs["contrary"][rows[at]])
        state.denied[one[at], other[at]] = json.dumps(judging.says(pairs[at], score, bool(found.asked[at])))


def _texts(state: Claimed, one: Sequence[int], other: Sequence[int], rows: Sequence[int]) -> list[tuple[str, str]]:
    return list(zip(state.said([one[row] for row in rows]), state.said([other[row] for row in rows]), strict=True))


class Reader:
    """Statements as the judge takes them, each read once."""

    def __init__(self, state: Claimed, order: Array) -> None:
        self._state, self._order, self._documents = state, order, state.column("document")
        self._articles: dict[int, Article] = {}
        self._contents: dict[int, Content] = {}

    def pairs(self, twos: Iterable[Two], cosines: Sequence[float]) -> list[Pair]:
        """Pairs of statements, the earlier of each first, as a reader sees them."""
        sorted_ = [sorted(two, key=self._order.__getitem__) for two in twos]
        missing = sorted({at for two in sorted_ for at in two} - self._contents.keys())
        for at, text in zip(missing, self._state.texts(missing), strict=True):
            self._contents[at] = content(text, self._article(at).day)
        return [Pair(self._contents[one], self._contents[other], cosine, (self._article(one), self._article(other)))
                for (one, other), cosine in zip(sorted_, cosines, strict=True)]

    def _article(self, statement: int) -> Article:
        document = int(self._documents[statement])
        if document not in self._articles:
            published, names = (self._state.documents.column(name)[document].as_py() for name in ("published", "names"))
            self._articles[document] = Article(frozenset(names), day_of(published))
        return self._articles[document]
