"""Groups -> tables: the claims that changed, on their shelves; which claims deny each other; the cuts made."""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from whence.config import ClaimsConfig
from whence.gathering.pairing import Reader, Two
from whence.model import Denial, Grouping, Limit, Reason
from whence.steps import claims, judging
from whence.steps.claims import Told
from whence.store.claimed import Array, Claimed
from whence.store.tables import read_table, to_arrow

SHELF = 2_000
"""Claims on a shelf, on average.  Chosen: a few hundredths of a second to write again."""


def shelve(state: Claimed, touched: tuple[set[int], set[int]], config: ClaimsConfig, order: Array,
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
    """The claims of `labels`, some at a time."""
    label = state.of["label"]
    places = np.flatnonzero(np.isin(label, list(labels)))
    places = places[np.lexsort((order[places], label[places]))]
    one, other = state.pairs["one"], state.pairs["other"]
    rows = np.flatnonzero(state.pairs["judged"] & (state.pairs["same"] >= config.agree) & (label[one] == label[other]))
    rows = rows[np.argsort(label[one[rows]], kind="stable")]
    wanted = np.array(sorted(labels), np.int64)
    for at in range(0, len(wanted), SHELF):
        least, most = wanted[at], wanted[min(at + SHELF, len(wanted)) - 1]
        mine, alike = _between(places, label[places], least, most), _between(rows, label[one[rows]], least, most)
        pairs = dict(zip(zip(one[alike].tolist(), other[alike].tolist(), strict=True), alike.tolist(), strict=True))
        yield from _some(state, mine, pairs, order, reasons)


def _between(values: Array, labels: Array, least: int, most: int) -> Array:
    """The values whose labels, which are sorted, lie between two, these included."""
    return values[np.searchsorted(labels, least):np.searchsorted(labels, most, "right")]


def _some(state: Claimed, places: Array, alike: Mapping[Two, int], order: Array,
          reasons: Mapping[int, Sequence[Reason]]) -> Iterator[Grouping]:
    """The claims of statements that are sorted by claim and time; `alike` has the pairs of texts that say the same."""
    told, labels = _told(state, places), state.of["label"][places]
    begins = np.flatnonzero(np.r_[True, labels[1:] != labels[:-1]]).tolist()
    claims_ = [(begin, end) for begin, end in zip(begins, [*begins[1:], len(places)], strict=True)]
    nearest = [list(_nearest(state, alike, told[begin:end])) for begin, end in claims_]
    same, cosine, asked = (state.pairs[name] for name in ("same", "cosine", "asked"))
    rows = [row for some in nearest for _, row, _, _ in some]
    read = iter(Reader(state, order).pairs([pair for some in nearest for pair, _, _, _ in some], cosine[rows].tolist()))
    for (begin, end), some in zip(claims_, nearest, strict=True):
        joined = [claims.judged_the_same({
            **judging.says(next(read), float(same[row]), bool(asked[row])), "text": text, "as": other})
            for _, row, text, other in some]
        decided = [reason for at in places[begin:end].tolist() for reason in reasons.get(at, ())]
        yield claims.grouping(told[begin:end], [*joined, *decided])


def _told(state: Claimed, places: Array) -> list[Told]:
    rows = state.statements.take(pa.array(places))
    ids = state.documents.column("id").take(rows.column("document")).to_pylist()
    columns = [rows.column(name).to_pylist() for name in ("start", "end", "attribution", "text")]
    return [Told(*row) for row in zip(ids, *columns, state.of["head"][places].tolist(), strict=True)]


def _nearest(state: Claimed, alike: Mapping[Two, int],
             told: Sequence[Told]) -> Iterator[tuple[Two, int, str, str]]:
    """For each text of a claim the earlier one that it most surely says the same as: the pair, its place, both texts.
    """
    texts: dict[int, str] = {}
    for one in told:
        texts.setdefault(one.copy, one.text)
    same = state.pairs["same"]
    for at, (text, words) in enumerate(texts.items()):
        found = [(pair, alike[pair], other) for other in islice(texts, at)
                 if (pair := (min(text, other), max(text, other))) in alike]
        if found:
            pair, row, other = max(found, key=lambda one: same[one[1]])
            yield pair, row, words, texts[other]


def tell_rest(state: Claimed, config: ClaimsConfig, limits: Sequence[Limit]) -> None:
    """Write which claims deny each other, and the cuts that were made."""
    mine = state.pairs["judged"] & (state.pairs["contrary"] >= config.contrary)
    found: dict[tuple[str, str], tuple[float, Reason]] = {}
    label = state.of["label"]
    one, other = state.pairs["one"][mine], state.pairs["other"][mine]
    names = {at: claims.name(*place) for at, place in _names(state, {*label[one].tolist(), *label[other].tolist()}
                                                             ).items()}
    for a, b, sure in zip(one.tolist(), other.tolist(), state.pairs["contrary"][mine].tolist(), strict=True):
        mine_, theirs = names[int(label[a])], names[int(label[b])]
        if mine_ != theirs:
            key = min(mine_, theirs), max(mine_, theirs)
            reason = claims.judged_contrary(json.loads(state.denied[a, b]))
            best = found.get(key)
            if best is None or (-sure, str(reason.values)) < (-best[0], str(best[1].values)):
                found[key] = sure, reason
    folder = state.folder / f"rest-{state.manifest.generation + 1}"
    folder.mkdir(parents=True, exist_ok=True)
    denials = [Denial(*two, (reason,)) for two, (_, reason) in sorted(found.items())]
    pq.write_table(to_arrow(denials, Denial), folder / "denials.parquet", compression="zstd")
    pq.write_table(to_arrow(limits, Limit), folder / "limits.parquet")
    state.manifest.shelves["rest"] = folder.name
