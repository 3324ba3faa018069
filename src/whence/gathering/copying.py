"""Passages that articles share -> which statements share a text; each pair of articles is looked at once."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from whence.config import ClaimsConfig
from whence.engines import local
from whence.gathering.sources import Sources
from whence.model import Passage, Reuse, Utterance
from whence.steps import copies
from whence.store.claimed import Array, Claimed, digest
from whence.store.tables import read_table
from whence.text.meaning.unions import Unions

AT_ONCE = 500
"""Pairs of documents that are compared at a time.  Chosen: SECONDS of one processor."""
SECONDS = .7
"""What it takes to compare that many, as measured."""

Span = tuple[int, int, int, int]


def link(state: Claimed, sources: Sources, live: Array, config: ClaimsConfig) -> None:
    """Bring the statements that share a text up to date: those of pairs of documents whose passages changed."""
    mine = digest(sources.lineage, str(int(live.sum())), str(int(np.flatnonzero(~live).sum())))
    if mine == state.manifest.lineage:
        return
    shared = {one.pair: one for one in _shared(sources.passages, live, state)}
    gone = {int(pair, 16) for pair, version in state.shared.items()
            if pair not in shared or shared[pair].version != version}
    if gone:
        kept = ~np.isin(state.links["pair"], list(gone))
        state.links = {name: array[kept] for name, array in state.links.items()}
    fresh = sorted((one for one in shared.values() if state.shared.get(one.pair) != one.version),
                   key=lambda one: (one.one, one.other))
    found = list(_copied(state, sources, live, fresh, config))
    added = np.array(found, np.int64).reshape(-1, 3)
    for at, name in enumerate(("one", "other", "pair")):
        kind = state.links[name].dtype
        state.links[name] = np.concatenate([state.links[name], added[:, at].astype(kind)])
    state.shared = {one.pair: one.version for one in shared.values()}
    state.manifest.lineage = mine


@dataclass(frozen=True, slots=True)
class Shared:
    """Two documents, by their ordinals, and what they share (start, end in the one; start, end in the other), in order;
    `pair` stands for the two, `version` for that and for what is held of them.
    """

    pair: str
    version: str
    one: int
    other: int
    spans: Sequence[Span]


def _shared(passages: Sequence[Path], live: Array, state: Claimed) -> Iterator[Shared]:
    """The pairs of documents that share passages, those aside that one publisher's articles repeat."""
    pairs: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for part in passages:
        table = read_table(part / "reuses.parquet", ["a", "b", "boilerplate"])
        sides = [pa.chunked_array(table.column(name)).combine_chunks() for name in ("a", "b")]
        columns = [side.field(name).to_pylist() for side in sides for name in ("document", "start", "end")]
        for one, start, end, other, begin, close, aside in zip(*columns, table.column("boilerplate").to_pylist(),
                                                               strict=True):
            if not aside:
                pairs[one, other].append((start, end, begin, close))
    versions = _versions(state, live)
    for (one, other), spans in pairs.items():
        if one in state.ordinals and other in state.ordinals:
            spans.sort()
            first, second = state.ordinals[one], state.ordinals[other]
            version = digest(str(spans), versions[first], versions[second])
            yield Shared(digest(one, other)[:15], version, first, second, spans)


def _versions(state: Claimed, live: Array) -> list[str]:
    """For each document what tells apart its statements as they are held now: the first, and how many live."""
    documents = state.column("document")
    counts = np.bincount(documents[live], minlength=len(state.ordinals))
    first = np.full(len(state.ordinals), -1, np.int64)
    places = np.flatnonzero(live)[::-1]
    first[documents[places]] = places
    return [f"{one}-{count}" for one, count in zip(first.tolist(), counts.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Held:
    """Pairs of documents that share passages: of each document its text and its statements (start, end, text) in order;
    and for each pair the places of both, and what they share (start, end in the one; start, end in the other).
    """

    texts: Sequence[str]
    said: Sequence[Sequence[Utterance]]
    pairs: Sequence[tuple[int, int, Sequence[Span]]]


def compare(task: tuple[int, Held, ClaimsConfig]) -> tuple[int, list[tuple[int, int, int]]]:
    """Which statements share a text, for one process among others: the pair of documents, and the place of the
    statement in each of both; with the task's number.
    """
    number, held, config = task
    found = []
    for pair, (one, other, spans) in enumerate(held.pairs):
        reuses = [Reuse("", Passage("", s, e), Passage("", b, c), 0.0, "unknown", 0.0, False) for s, e, b, c in spans]
        found += [(pair, a, b) for a, b in copies.find(
            (held.texts[one], held.texts[other]), held.said[one], held.said[other], reuses, config)]
    return number, found


def _copied(state: Claimed, sources: Sources, live: Array, fresh: Sequence[Shared],
            config: ClaimsConfig) -> Iterator[tuple[int, int, int]]:
    """The statements of pairs of documents that share a text, each with what stands for the pair."""
    if not fresh:
        return
    ids = state.documents.column("id").to_pylist()
    texts = sources.texts({ids[at] for shared in fresh for at in (shared.one, shared.other)})
    places = np.flatnonzero(live)
    places = places[np.lexsort((state.column("start")[places], state.column("document")[places]))]
    documents = state.column("document")[places]

    begins = np.searchsorted(documents, np.arange(len(ids) + 1))

    tasks = ((number, _held(state, fresh[at:at + AT_ONCE], ids, texts, places, begins), config)
             for number, at in enumerate(range(0, len(fresh), AT_ONCE)))
    for number, found in local.each(compare, tasks, -(-len(fresh) // AT_ONCE), SECONDS):
        for pair, a, b in found:
            shared = fresh[number * AT_ONCE + pair]
            yield int(places[begins[shared.one] + a]), int(places[begins[shared.other] + b]), int(shared.pair, 16)


def _held(state: Claimed, some: Sequence[Shared], ids: Sequence[str], texts: Mapping[str, str], places: Array,
          begins: Array) -> Held:
    """Pairs of documents; the statements of the n-th are `places[begins[n]:begins[n + 1]]`."""
    wanted = sorted({document for shared in some for document in (shared.one, shared.other)})
    place = {document: at for at, document in enumerate(wanted)}
    return Held([texts[ids[document]] for document in wanted],
                _utterances(state, [places[begins[d]:begins[d + 1]] for d in wanted]),
                [(place[shared.one], place[shared.other], shared.spans) for shared in some])


def _utterances(state: Claimed, places: Sequence[Array]) -> list[list[Utterance]]:
    """The statements of documents, of which `places` has where each stands."""
    rows = state.statements.select(["start", "end", "text"]).take(pa.array(np.concatenate(places)))
    told = zip(*(rows.column(name).to_pylist() for name in rows.column_names), strict=True)
    return [[Utterance("", start, end, text, None, None) for start, end, text in islice(told, len(mine))]
            for mine in places]


def set_heads(state: Claimed, live: Array, order: Array) -> None:
    """For each statement the earliest whose text it shares."""
    count = len(state)
    head = np.where(live, np.arange(count), -1).astype(np.int32)
    one, other = state.links["one"], state.links["other"]
    kept = live[one] & live[other]
    unions = Unions(count)
    for a, b in zip(one[kept].tolist(), other[kept].tolist(), strict=True):
        unions.join(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in np.unique(np.concatenate([one[kept], other[kept]])).tolist():
        groups[unions.root(at)].append(at)
    for members in groups.values():
        head[members] = min(members, key=order.__getitem__)
    state.of["head"] = head
