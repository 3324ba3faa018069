"""Passages that articles share -> which statements share a text; each pair of articles is looked at once."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from whence.config import ClaimsConfig
from whence.gathering.sources import Sources
from whence.model import Passage, Reuse, Utterance
from whence.steps import statements
from whence.store.claimed import STATEMENTS, Array, Claimed, digest
from whence.store.tables import read_table
from whence.text.meaning.unions import Unions


def link(state: Claimed, sources: Sources, live: Array, config: ClaimsConfig) -> None:
    """Bring the statements that share a text up to date: those of pairs of documents whose passages changed."""
    mine = digest(sources.lineage, str(int(live.sum())), str(int(np.flatnonzero(~live).sum())))
    if mine == state.manifest.lineage:
        return
    shared = dict(_shared(sources.passages, live, state))
    gone = {int(pair, 16) for pair, digest in state.shared.items() if shared.get(pair, ("",))[0] != digest}
    if gone:
        kept = ~np.isin(state.links["pair"], list(gone))
        state.links = {name: array[kept] for name, array in state.links.items()}
    fresh = [(pair, reuses) for pair, (digest, reuses) in sorted(shared.items()) if state.shared.get(pair) != digest]
    found = list(_copied(state, sources, live, fresh, config))
    added = np.array(found, np.int64).reshape(-1, 3)
    for at, name in enumerate(("one", "other", "pair")):
        kind = state.links[name].dtype
        state.links[name] = np.concatenate([state.links[name], added[:, at].astype(kind)])
    state.shared = {pair: digest for pair, (digest, _) in shared.items()}
    state.manifest.lineage = mine


def _shared(passages: Sequence[Path], live: Array, state: Claimed) -> Iterator[tuple[str, tuple[str, list[Reuse]]]]:
    """For each pair of documents that share passages, a digest of these and of what is held, and the passages."""
    pairs: dict[tuple[str, str], list[tuple[int, int, int, int]]] = defaultdict(list)
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
            reuses = [Reuse("", Passage(one, s, e), Passage(other, b, c), 0.0, "unknown", 0.0, False)
                      for s, e, b, c in sorted(spans)]
            version = digest(str(sorted(spans)), versions[state.ordinals[one]], versions[state.ordinals[other]])
            yield digest(one, other)[:15], (version, reuses)


def _versions(state: Claimed, live: Array) -> list[str]:
    """For each document what tells apart its statements as they are held now: the first, and how many live."""
    documents = state.column("document")
    counts = np.bincount(documents[live], minlength=len(state.ordinals))
    first = np.full(len(state.ordinals), -1, np.int64)
    places = np.flatnonzero(live)[::-1]
    first[documents[places]] = places
    return [f"{one}-{count}" for one, count in zip(first.tolist(), counts.tolist(), strict=True)]


def _copied(state: Claimed, sources: Sources, live: Array, fresh: Sequence[tuple[str, list[Reuse]]],
            config: ClaimsConfig) -> Iterator[tuple[int, int, int]]:
    if not fresh:
        return
    wanted = {id for _, reuses in fresh for id in (reuses[0].a.document, reuses[0].b.document)}
    texts = sources.texts(wanted)
    said = _said(state, live, {state.ordinals[id] for id in wanted})
    for pair, reuses in fresh:
        one, other = reuses[0].a.document, reuses[0].b.document
        mine, theirs = said[state.ordinals[one]], said[state.ordinals[other]]
        for a, b in statements.copies((texts[one], texts[other]), [u for _, u in mine], [u for _, u in theirs],
                                      reuses, config):
            yield mine[a][0], theirs[b][0], int(pair, 16)


def _said(state: Claimed, live: Array, documents: set[int]) -> dict[int, list[tuple[int, Utterance]]]:
    """The statements of documents, by document in the text's order, each with its ordinal."""
    places = np.flatnonzero(live & np.isin(state.column("document"), list(documents)))
    rows = state.statements.take(pa.array(places))
    found: dict[int, list[tuple[int, Utterance]]] = {document: [] for document in documents}
    columns = [rows.column(name).to_pylist() for name in STATEMENTS.names]
    for at, document, start, end, attribution, text, said in zip(places.tolist(), *columns, strict=True):
        found[document].append((at, Utterance("", start, end, text, attribution, said)))
    for some in found.values():
        some.sort(key=lambda told: told[1].start)
    return found


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
