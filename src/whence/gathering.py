"""New statements to what they change in an archive's claims: held against what is near them, and nothing else again.

Whatever depends on two texts is computed from these two alone and kept: which statements share a passage, and what the
judge finds of two texts.  From that the groups are read off anew, in the order of time, and only claims of which a
member, its text or its group changed are written again.  So the outcome is that of all documents at once.
"""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from whence import decisions
from whence.config import ClaimsConfig, Config, fingerprint
from whence.model import Denial, Grouping, Limit, Passage, Place, Reason, Reuse, Rulings, Utterance
from whence.neural import cells, embedder, judge
from whence.neural.embedder import Vectors
from whence.steps import candidates, claims, judging, statements
from whence.steps.claims import Told
from whence.store.claimed import DOCUMENTS, STATEMENTS, Claimed
from whence.store.tables import Derived, read_table, to_arrow
from whence.text.meaning.calendar import day_of
from whence.text.meaning.contents import Article, Content, content
from whence.text.meaning.features import Pair
from whence.text.meaning.unions import Unions

NAME = "gathered"
AT_ONCE = 20_000
"""Pairs judged at a time.  Chosen: some 100 MB."""
WHOLE = 10_000
"""Chances as whole numbers: to four decimals, as they are kept."""
NEVER = -1 << 50
"""What two texts of which one denies the other add to a sum of chances: no sum is positive with it."""
SHELF = 2_000
"""Claims on a shelf, on average.  Chosen: a few hundredths of a second to write again."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the step reads: parts of the statements step by name, the passages' parts, what hides statements, and how
    to look up documents, to embed sentences and to have pairs read.
    """

    parts: Mapping[str, Path]
    passages: Sequence[Path]
    lineage: str
    hidden: Sequence[tuple[str, int, int]]
    texts: Callable[[Iterable[str]], Mapping[str, str]]
    without: Callable[[Sequence[str]], Mapping[str, Sequence[Utterance]]]
    vectors: Callable[[Sequence[str]], Vectors]
    read: judge.Read


def home(derived: Derived, config: Config, reads: Sequence[str]) -> Path:
    """Where the state lies for one configuration and what single documents are read from (fingerprints)."""
    versions = statements.VERSION, claims.VERSION, judge.VERSION, embedder.VERSION
    return derived.home(NAME, fingerprint(NAME, versions, config.claims, reads))


def bring(folder: Path, sources: Sources, config: ClaimsConfig, rulings: Rulings) -> dict[str, Path]:
    """The folders, by name, that hold the claims-to-be of all documents."""
    state = Claimed(folder)
    if set(state.manifest.parts) - set(sources.parts):
        state.reset()
    before = {name: state.of[name].copy() for name in ("alive", "head", "label")}
    _take_in(state, sources)
    _patch(state, sources, rulings)
    order = _order(state)
    live = state.of["alive"] & ~_hidden(state, sources.hidden)
    _link(state, sources, live, config)
    _copies(state, live, order)
    _neighbours(state, sources, config)
    limits, judged = _judge(state, sources, config, order)
    _group(state, order, config)
    ruled, reasons = _decide(state, order, rulings)
    _shelve(state, _touched(state, before, ruled, judged), config, order, reasons)
    _tell_rest(state, config, limits)
    state.commit()
    return {name: folder / path for name, path in state.manifest.shelves.items()}


# -- statements ----------------------------------------------------------------------------------------------------

def _take_in(state: Claimed, sources: Sources) -> None:
    for part in sorted(set(sources.parts) - set(state.manifest.parts)):
        articles = read_table(sources.parts[part] / "articles.parquet")
        state.add_documents(pa.table([articles.column(name) for name in ("document", "published", "names")],
                                     names=DOCUMENTS.names))
        _add(state, read_table(sources.parts[part] / "statements.parquet"))
        state.manifest.parts.append(part)


def _add(state: Claimed, rows: pa.Table) -> None:
    documents = rows.column("document").to_pylist()
    numbered = pa.array([state.ordinals[id] for id in documents], pa.int32())
    state.add_statements(pa.table([numbered, *(rows.column(name) for name in STATEMENTS.names[1:])],
                                  names=STATEMENTS.names))


def _patch(state: Claimed, sources: Sources, rulings: Rulings) -> None:
    """Make the statements of documents anew of which other attributions are dismissed than before."""
    dismissed: dict[str, list[str]] = defaultdict(list)
    for subject in rulings.dismissed:
        for place in subject.statements:
            if place.document in state.ordinals:
                dismissed[place.document].append(str(subject))
    wanted = {document: _digest(*sorted(told)) for document, told in dismissed.items()}
    changed = sorted(d for d in {*wanted, *state.manifest.patched}
                     if wanted.get(d) != state.manifest.patched.get(d) and d in state.ordinals)
    if changed:
        numbers = [state.ordinals[document] for document in changed]
        state.of["alive"][np.isin(state.column("document"), numbers)] = False
        said = sources.without(changed)
        _add(state, to_arrow([one for document in changed for one in said[document]], Utterance))
    state.manifest.patched = wanted


def _order(state: Claimed) -> Array:
    """For each statement its place in time: by when its document was published, undated ones last."""
    published = state.documents.column("published").to_pylist()
    ids = state.documents.column("id").to_pylist()
    known: dict[str | None, float] = {}
    moments = np.array([known.setdefault(p, statements.moment(p)) if p not in known else known[p] for p in published])
    by_id = np.empty(len(ids), np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    documents = state.column("document")
    sorted_ = np.lexsort((state.column("start"), by_id[documents], moments[documents]))
    found = np.empty(len(sorted_), np.int64)
    found[sorted_] = np.arange(len(sorted_))
    return found


def _hidden(state: Claimed, hidden: Sequence[tuple[str, int, int]]) -> Array:
    """Which statements stand in parts that the articles of one publisher repeat."""
    found = np.zeros(len(state), np.bool_)
    if hidden:
        documents, starts, ends = (state.column(name) for name in ("document", "start", "end"))
        parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for id, start, end in hidden:
            if id in state.ordinals:
                parts[state.ordinals[id]].append((start, end))
        for at in np.flatnonzero(np.isin(documents, list(parts))):
            found[at] = any(starts[at] < end and start < ends[at] for start, end in parts[int(documents[at])])
    return found


# -- copies --------------------------------------------------------------------------------------------------------

def _link(state: Claimed, sources: Sources, live: Array, config: ClaimsConfig) -> None:
    """Bring the statements that share a text up to date: those of pairs of documents whose passages changed."""
    mine = _digest(sources.lineage, str(int(live.sum())), str(int(np.flatnonzero(~live).sum())))
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
            digest = _digest(str(sorted(spans)), versions[state.ordinals[one]], versions[state.ordinals[other]])
            yield _digest(one, other)[:15], (digest, reuses)


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
    for at, document, start, end, attribution, text in zip(places.tolist(), *columns, strict=True):
        found[document].append((at, Utterance("", start, end, text, attribution)))
    for some in found.values():
        some.sort(key=lambda told: told[1].start)
    return found


def _copies(state: Claimed, live: Array, order: Array) -> None:
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


# -- pairs ---------------------------------------------------------------------------------------------------------

def _neighbours(state: Claimed, sources: Sources, config: ClaimsConfig) -> None:
    """Find what is near the texts that are new, and forget pairs of those that are no more."""
    node = state.of["head"] == np.arange(len(state))
    kept = node[state.pairs["one"]] & node[state.pairs["other"]]
    if not kept.all():
        state.pairs = {name: array[kept] for name, array in state.pairs.items()}
        held = set(zip(state.pairs["one"].tolist(), state.pairs["other"].tolist(), strict=True))
        state.says = {pair: says for pair, says in state.says.items() if pair in held}
    new = node & ~state.of["node"]
    state.of["node"] = node
    bare = np.flatnonzero(new & (state.of["row"] < 0))
    for at in range(0, len(bare), AT_ONCE):
        some = bare[at:at + AT_ONCE]
        made = cells.whole(sources.vectors(state.texts(some)))
        state.add_vectors(some, made, cells.cells(made))
    places = np.flatnonzero(node)
    if not len(places):
        return
    rows = state.of["row"][places]
    vectors, lying = state.vectors()
    vectors, lying = np.asarray(vectors[rows]), np.asarray(lying[rows])
    for one, other, cosine in candidates.near(vectors, lying, new[places], config.radius):
        first, second = places[one], places[other]
        state.add_pairs(np.minimum(first, second), np.maximum(first, second), cosine)


def _crowded(state: Claimed, config: ClaimsConfig) -> tuple[Array, int]:
    """Which pairs are not judged, since one of them is near too many others; and how many such texts there are."""
    degree = np.bincount(state.pairs["one"], minlength=len(state)) + np.bincount(state.pairs["other"],
                                                                                minlength=len(state))
    full = degree > config.most_near
    cut = (full[state.pairs["one"]] | full[state.pairs["other"]]) & (state.pairs["cosine"] < config.crowded)
    return cut, int(full.sum())


def _judge(state: Claimed, sources: Sources, config: ClaimsConfig, order: Array) -> tuple[list[Limit], Array]:
    """Judge what was not yet; returns the cuts made, and the pairs that are judged now and were not before, or were and
    are no more.
    """
    cut, full = _crowded(state, config)
    gone = state.pairs["judged"] & cut
    state.pairs["judged"][gone] = False
    for pair in zip(state.pairs["one"][gone].tolist(), state.pairs["other"][gone].tolist(), strict=True):
        state.says.pop(pair, None)
    open_ = np.flatnonzero(~state.pairs["judged"] & ~cut)
    contents: dict[int, Content] = {}
    articles = _Articles(state)
    for at in range(0, len(open_), AT_ONCE):
        some = open_[at:at + AT_ONCE]
        one, other = state.pairs["one"][some].tolist(), state.pairs["other"][some].tolist()
        missing = sorted({*one, *other} - contents.keys())
        contents |= articles.contents(missing)
        told = [sorted(two, key=order.__getitem__) for two in zip(one, other, strict=True)]     # as a reader sees them
        pairs = [Pair(contents[a], contents[b], float(cosine), (articles.of(a), articles.of(b)))
                 for (a, b), cosine in zip(told, state.pairs["cosine"][some].tolist(), strict=True)]
        found = judging.judged(pairs, partial(_texts, state, one, other), sources.read)
        same, contrary = found.chances[:, judge.SAME], found.chances[:, judge.CONTRARY]
        state.pairs["judged"][some] = True
        state.pairs["same"][some], state.pairs["contrary"][some] = np.round(same, 4), np.round(contrary, 4)
        for row in np.flatnonzero((state.pairs["same"][some] >= config.agree)
                                  | (state.pairs["contrary"][some] >= config.contrary)).tolist():
            state.says[one[row], other[row]] = json.dumps(judging.says(pairs[row], found, row))
    changed = np.concatenate([open_, np.flatnonzero(gone)])
    limits = [Limit("claims", "statements near more others than are judged", config.most_near, full)] if full else []
    return limits, np.stack([state.pairs["one"][changed], state.pairs["other"][changed]])


def _texts(state: Claimed, one: Sequence[int], other: Sequence[int], rows: Sequence[int]) -> list[tuple[str, str]]:
    return list(zip(state.texts([one[row] for row in rows]), state.texts([other[row] for row in rows]), strict=True))


class _Articles:
    """What is known of the articles of statements, read when it is asked for."""

    def __init__(self, state: Claimed) -> None:
        self._state, self._documents = state, state.column("document")
        self._known: dict[int, Article] = {}

    def of(self, statement: int) -> Article:
        """The article of a statement."""
        document = int(self._documents[statement])
        if document not in self._known:
            published, names = (self._state.documents.column(name)[document].as_py() for name in ("published", "names"))
            self._known[document] = Article(frozenset(names), day_of(published))
        return self._known[document]

    def contents(self, wanted: Sequence[int]) -> dict[int, Content]:
        """The contents of statements."""
        return {at: content(text, self.of(at).day)
                for at, text in zip(wanted, self._state.texts(wanted), strict=True)}


# -- groups --------------------------------------------------------------------------------------------------------

def _group(state: Claimed, order: Array, config: ClaimsConfig) -> None:
    """For each statement the earliest of its group."""
    cut, _ = _crowded(state, config)
    contrary = state.pairs["contrary"] >= config.contrary
    kept = state.pairs["judged"] & ~cut & ((state.pairs["same"] >= config.faint) | contrary)
    sure = np.round(state.pairs["same"].astype(np.float64) * WHOLE).astype(np.int64)
    sure = np.where(contrary, NEVER, sure)[kept]
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, one in zip(state.pairs["one"][kept].tolist(), state.pairs["other"][kept].tolist(), sure.tolist(),
                         strict=True):
        near[a][b] = near[b][a] = one
    found = claims.groups(sorted(near, key=order.__getitem__), near, round(config.agree * WHOLE))
    first = np.arange(len(state), dtype=np.int32)
    first[list(found)] = list(found.values())
    head = state.of["head"]
    state.of["label"] = np.where(head >= 0, first[head], -1).astype(np.int32)


def _decide(state: Claimed, order: Array, rulings: Rulings) -> tuple[set[int], dict[int, list[Reason]]]:
    """Lay people's decisions on the groups; returns the labels that they are about, and the reasons by statement."""
    links = *rulings.one_claim, *rulings.other_claim
    places = {place for link in links for place in (link.one, link.other)}
    at = _places(state, places)
    label = state.of["label"]
    mine = sorted({int(label[index]) for index in at.values()})
    groups = [np.flatnonzero(label == one).tolist() for one in mine]
    found, reasons = decisions.regroup(groups, at, rulings)
    for members in found:
        label[members] = min(members, key=order.__getitem__)
    ruled = {*mine, *(int(label[members[0]]) for members in found)}
    return ruled, reasons


def _places(state: Claimed, places: set[Place]) -> dict[Place, int]:
    documents = {state.ordinals[place.document] for place in places if place.document in state.ordinals}
    held = np.flatnonzero((state.of["label"] >= 0) & np.isin(state.column("document"), list(documents)))
    ids, starts = state.documents.column("id"), state.column("start")
    owners = state.column("document")
    there = {Place(ids[int(owners[at])].as_py(), int(starts[at])): at for at in held.tolist()}
    return {place: there[place] for place in places if place in there}


def _touched(state: Claimed, before: Mapping[str, Array], ruled: set[int], judged: Array,
             ) -> tuple[set[int], set[int]]:
    """The labels of claims to be written anew, and of those that were written and are no more as they were."""
    count = len(before["label"])
    label, head = state.of["label"], state.of["head"]
    changed = np.ones(len(label), np.bool_)
    changed[:count] = (label[:count] != before["label"]) | (head[:count] != before["head"])
    changed[judged[0][label[judged[0]] == label[judged[1]]]] = True     # why its texts are together is told otherwise
    ours = ruled | set(state.manifest.ruled)
    state.manifest.ruled = sorted(ruled)
    old = {int(one) for one in np.unique(before["label"][changed[:count]])} | ours
    anew = {int(one) for one in np.unique(label[changed])} | (old & set(np.unique(label).tolist()))
    return anew - {-1}, (old | anew) - {-1}


# -- telling -------------------------------------------------------------------------------------------------------

def _shelve(state: Claimed, touched: tuple[set[int], set[int]], config: ClaimsConfig, order: Array,
            reasons: Mapping[int, Sequence[Reason]]) -> None:
    """Write the claims of `touched`, and take away those that are no more, on their shelves alone."""
    label = state.of["label"]
    held = np.unique(label[label >= 0])
    size = 1 << max(0, int(np.ceil(np.log2(max(1, len(held)) / SHELF))))
    anew, old = touched
    if size != state.manifest.size:
        state.manifest.size, state.manifest.shelves = size, {}
        anew, old = set(held.tolist()), set()
    places: dict[int, tuple[str, int]] = _names(state, anew | old)
    fresh: dict[int, list[Grouping]] = defaultdict(list)
    gone: dict[int, set[str]] = defaultdict(set)
    for one in sorted(old):
        name = claims.name(*places[one])
        gone[_shelf(name, size)].add(name)
    for grouping in _groupings(state, anew, config, order, reasons):
        fresh[_shelf(grouping.id, size)].append(grouping)
    for shelf in sorted({*fresh, *gone}):
        _write(state, f"shelf-{shelf:04}", fresh[shelf], gone[shelf])


def _shelf(name: str, size: int) -> int:
    return int(name.removeprefix("c-")[:8], 16) % size


def _names(state: Claimed, labels: Iterable[int]) -> dict[int, tuple[str, int]]:
    wanted = sorted(labels)
    rows = state.statements.select(["document", "start"]).take(pa.array(wanted, pa.int64()))
    ids = state.documents.column("id").take(rows.column("document")).to_pylist()
    return dict(zip(wanted, zip(ids, rows.column("start").to_pylist(), strict=True), strict=True))


def _write(state: Claimed, name: str, fresh: Sequence[Grouping], gone: set[str]) -> None:
    folder = state.folder / f"{name}-{state.manifest.generation + 1}"
    folder.mkdir(parents=True, exist_ok=True)
    table = to_arrow(fresh, Grouping)
    if name in state.manifest.shelves:
        kept = read_table(state.folder / state.manifest.shelves[name] / "groupings.parquet")
        names = kept.column("id").to_pylist()
        table = pa.concat_tables([kept.take(pa.array([at for at, id in enumerate(names) if id not in gone],
                                                     pa.int64())), table])
    pq.write_table(table.sort_by("id"), folder / "groupings.parquet", compression="zstd")
    state.manifest.shelves[name] = folder.name


def _groupings(state: Claimed, labels: set[int], config: ClaimsConfig, order: Array,
               reasons: Mapping[int, Sequence[Reason]]) -> Iterator[Grouping]:
    """The claims of `labels`."""
    label, head = state.of["label"], state.of["head"]
    places = np.flatnonzero(np.isin(label, list(labels)))
    if not len(places):
        return
    places = places[np.lexsort((order[places], label[places]))]
    rows = state.statements.take(pa.array(places))
    ids = state.documents.column("id").take(rows.column("document")).to_pylist()
    columns = [rows.column(name).to_pylist() for name in ("start", "end", "attribution", "text")]
    told = [Told(id, start, end, attribution, text, int(copy)) for id, start, end, attribution, text, copy in zip(
        ids, *columns, head[places].tolist(), strict=True)]
    sure = _alike(state, labels, config)
    begins = np.flatnonzero(np.r_[True, label[places][1:] != label[places][:-1]]).tolist()
    for begin, end in zip(begins, [*begins[1:], len(places)], strict=True):
        members = places[begin:end].tolist()
        joined = [*_joined(state, sure, told[begin:end]), *(r for m in members for r in reasons.get(m, ()))]
        yield claims.grouping(told[begin:end], joined)


def _alike(state: Claimed, labels: set[int], config: ClaimsConfig) -> dict[tuple[int, int], float]:
    """How surely two texts of one claim say the same, where that is sure enough to be why they are together."""
    one, other, label = state.pairs["one"], state.pairs["other"], state.of["label"]
    kept = (state.pairs["judged"] & (state.pairs["same"] >= config.agree) & (label[one] == label[other])
            & np.isin(label[one], list(labels)))
    return dict(zip(zip(one[kept].tolist(), other[kept].tolist(), strict=True), state.pairs["same"][kept].tolist(),
                    strict=True))


def _joined(state: Claimed, sure: Mapping[tuple[int, int], float], told: Sequence[Told]) -> Iterator[Reason]:
    """Why each text of a claim but the earliest is in it: what was found of it and the earlier one that it is nearest.
    """
    texts: dict[int, str] = {}
    for one in told:
        texts.setdefault(one.copy, one.text)
    for at, (text, words) in enumerate(texts.items()):
        found = [(sure[pair], pair, other) for other in list(texts)[:at]
                 if (pair := (min(text, other), max(text, other))) in sure]
        if found:
            score, nearest, other = max(found, key=lambda one: one[0])
            says = {**json.loads(state.says[nearest]), "score": f"{score:.2f}"}
            yield claims.judged_the_same({**says, "text": words, "as": texts[other]})


def _tell_rest(state: Claimed, config: ClaimsConfig, limits: Sequence[Limit]) -> None:
    """Write which claims deny each other, and the cuts that were made."""
    cut, _ = _crowded(state, config)
    mine = state.pairs["judged"] & ~cut & (state.pairs["contrary"] >= config.contrary)
    found: dict[tuple[str, str], tuple[float, Reason]] = {}
    label = state.of["label"]
    one, other = state.pairs["one"][mine], state.pairs["other"][mine]
    names = {at: claims.name(*place) for at, place in _names(state, {*label[one].tolist(), *label[other].tolist()}
                                                             ).items()}
    for a, b, sure in zip(one.tolist(), other.tolist(), state.pairs["contrary"][mine].tolist(), strict=True):
        mine_, theirs = names[int(label[a])], names[int(label[b])]
        if mine_ != theirs:
            key = min(mine_, theirs), max(mine_, theirs)
            reason = claims.judged_contrary({**json.loads(state.says[a, b]), "score": f"{sure:.2f}"})
            best = found.get(key)
            if best is None or (-sure, str(reason.values)) < (-best[0], str(best[1].values)):
                found[key] = sure, reason
    folder = state.folder / f"rest-{state.manifest.generation + 1}"
    folder.mkdir(parents=True, exist_ok=True)
    denials = [Denial(*two, (reason,)) for two, (_, reason) in sorted(found.items())]
    pq.write_table(to_arrow(denials, Denial), folder / "denials.parquet", compression="zstd")
    pq.write_table(to_arrow(limits, Limit), folder / "limits.parquet")
    state.manifest.shelves["rest"] = folder.name


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf8", "surrogatepass"), digest_size=16).hexdigest()
