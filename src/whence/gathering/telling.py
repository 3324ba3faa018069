"""Groups -> tables: the claims that changed, on their shelves; which claims deny each other; the cuts made."""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from whence.config import ClaimsConfig
from whence.engines import local
from whence.gathering.lots import Lot, lot
from whence.model import Denial, Grouping, Limit, Reason
from whence.steps import claims, judging
from whence.steps.claims import Told
from whence.store.claimed import Array, Claimed
from whence.store.tables import read_table, to_arrow, write_table

SHELF = 2_000
"""Claims on a shelf, on average.  Chosen: a few hundredths of a second to write again."""
SECONDS = .004
"""What it takes to tell one claim, as measured."""


@dataclass(frozen=True, slots=True)
class Join:
    """A text of a claim, and the earlier one `other` that it most surely says the same as; how sure the judge is, and
    whether its network read them.
    """

    text: str
    other: str
    sure: float
    asked: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Claims to be written on one shelf: their statements, by claim and time; where each claim begins; for each claim
    what joins its texts, with the pairs of these joins in `lot`, one after the other; and what people decided of it.
    """

    name: str
    told: Sequence[Told]
    begins: Sequence[int]
    joins: Sequence[Sequence[Join]]
    lot: Lot
    decided: Sequence[Sequence[Reason]]


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
    gone: dict[str, set[str]] = defaultdict(set)
    for name in _names(state, old).values():
        gone[_shelf(name, size)].add(name)
    fresh: dict[str, list[int]] = defaultdict(list)
    for label_, name in _names(state, anew).items():
        fresh[_shelf(name, size)].append(label_)
    for name in gone.keys() - fresh.keys():
        _write(state, name, to_arrow([], Grouping), gone[name])
    each = SECONDS * sum(map(len, fresh.values())) / max(1, len(fresh))
    for name, table in local.each(tell, _shelves(state, fresh, config, order, reasons), len(fresh), each):
        _write(state, name, table, gone[name])


def _shelf(name: str, size: int) -> str:
    return f"shelf-{int(name.removeprefix('c-')[:8], 16) % size:04}"


def _names(state: Claimed, labels: Iterable[int]) -> dict[int, str]:
    """The names of claims, by their earliest statements."""
    wanted = sorted(labels)
    rows = state.statements.select(["document", "start"]).take(pa.array(wanted, pa.int64()))
    ids = state.documents.column("id").take(rows.column("document")).to_pylist()
    return {at: claims.name(id, start)
            for at, id, start in zip(wanted, ids, rows.column("start").to_pylist(), strict=True)}


def _write(state: Claimed, name: str, table: pa.Table, gone: set[str]) -> None:
    folder = state.folder / f"{name}-{state.manifest.generation + 1}"
    folder.mkdir(parents=True, exist_ok=True)
    if name in state.manifest.shelves:
        kept = read_table(state.folder / state.manifest.shelves[name] / "groupings.parquet")
        names = kept.column("id").to_pylist()
        table = pa.concat_tables([kept.take(pa.array([at for at, id in enumerate(names) if id not in gone],
                                                     pa.int64())), table])
    write_table(table.sort_by("id"), folder / "groupings.parquet")
    state.manifest.shelves[name] = folder.name


def _shelves(state: Claimed, wanted: Mapping[str, Sequence[int]], config: ClaimsConfig, order: Array,
             reasons: Mapping[int, Sequence[Reason]]) -> Iterator[Shelf]:
    """What is to be written on each shelf; `wanted` has the labels of its claims."""
    label = state.of["label"]
    shelf_of = np.full(len(state), -1, np.int32)
    for number, labels in enumerate(wanted.values()):
        shelf_of[labels] = number
    shelves = np.where(label >= 0, shelf_of[label], -1)
    places = np.flatnonzero(shelves >= 0)
    places = places[np.lexsort((order[places], label[places], shelves[places]))]
    one, other = state.pairs["one"], state.pairs["other"]
    rows = np.flatnonzero(state.pairs["judged"] & (state.pairs["same"] >= config.agree)
                          & (label[one] == label[other]) & (shelves[one] >= 0))
    rows = _surest(state, rows, order)
    rows = rows[np.argsort(shelves[one[rows]], kind="stable")]
    for number, name in enumerate(wanted):
        mine, pairs = (_between(values, of, number) for values, of in ((places, shelves[places]),
                                                                       (rows, shelves[one[rows]])))
        yield _filled(state, name, mine, pairs, order, reasons)


def _surest(state: Claimed, rows: Array, order: Array) -> Array:
    """Of the pairs at `rows`, for each text the one in which it most surely says the same as an earlier one; the
    earliest of those that are as sure.
    """
    one, other = order[state.pairs["one"][rows]], order[state.pairs["other"][rows]]
    earlier, later = np.minimum(one, other), np.maximum(one, other)
    sorted_ = np.lexsort((earlier, -state.pairs["same"][rows], later))
    later = later[sorted_]
    return rows[sorted_][np.flatnonzero(np.r_[True, later[1:] != later[:-1]][:len(later)])]


def _between(values: Array, shelves: Array, number: int) -> Array:
    """The values of one shelf; `shelves` are sorted."""
    return values[np.searchsorted(shelves, number):np.searchsorted(shelves, number, "right")]


def _filled(state: Claimed, name: str, places: Array, rows: Array, order: Array,
            reasons: Mapping[int, Sequence[Reason]]) -> Shelf:
    """A shelf with the statements at `places`, which are sorted by claim and time, and the pairs at `rows`."""
    labels = state.of["label"][places]
    begins = np.flatnonzero(np.r_[True, labels[1:] != labels[:-1]][:len(labels)])
    number = {int(one): at for at, one in enumerate(labels[begins])}
    claim_of = np.array([number[one] for one in state.of["label"][state.pairs["one"][rows]].tolist()], np.int64)
    one, other = state.pairs["one"][rows], state.pairs["other"][rows]
    later = np.where(order[one] > order[other], one, other)
    sorted_ = np.lexsort((order[later], claim_of))
    rows, claim_of, later = rows[sorted_], claim_of[sorted_], later[sorted_]
    texts, others = state.texts(later), state.texts((one + other)[sorted_] - later)
    joins: list[list[Join]] = [[] for _ in begins]
    for claim, *told in zip(claim_of.tolist(), texts, others, state.pairs["same"][rows].tolist(),
                            state.pairs["asked"][rows].tolist(), strict=True):
        joins[claim].append(Join(*told))
    decided: list[list[Reason]] = [[] for _ in begins]
    for at in places.tolist() if reasons else ():
        decided[number[int(state.of["label"][at])]] += reasons.get(at, ())
    return Shelf(name, _told(state, places), begins.tolist(), joins, lot(state, order, rows), decided)


def _told(state: Claimed, places: Array) -> list[Told]:
    rows = state.statements.take(pa.array(places))
    ids = state.documents.column("id").take(rows.column("document")).to_pylist()
    names = "start", "end", "attribution", "text", "published", "checked"
    columns = [rows.column(name).to_pylist() for name in names]
    return [Told(*row) for row in zip(ids, *columns, state.of["head"][places].tolist(), strict=True)]


def tell(shelf: Shelf) -> tuple[str, pa.Table]:
    """The claims of a shelf as a table, for one process among others; with the shelf's name."""
    read = iter(shelf.lot.pairs())
    found = []
    for begin, end, joins, decided in zip(shelf.begins, [*shelf.begins[1:], len(shelf.told)], shelf.joins,
                                          shelf.decided, strict=True):
        joined = [claims.judged_the_same({**judging.says(next(read), join.sure, join.asked), "text": join.text,
                                          "as": join.other}) for join in joins]
        if shelf.told[begin].checked is None:
            found.append(claims.grouping(shelf.told[begin:end], [*joined, *decided]))
    return shelf.name, to_arrow(found, Grouping)


def tell_rest(state: Claimed, config: ClaimsConfig, limits: Sequence[Limit]) -> None:
    """Write which claims deny each other, and the cuts that were made."""
    quoted = state.quoted_only()
    mine = state.pairs["judged"] & (state.pairs["contrary"] >= config.contrary)
    mine &= ~quoted[state.pairs["one"]] & ~quoted[state.pairs["other"]]
    found: dict[tuple[str, str], tuple[float, Reason]] = {}
    label = state.of["label"]
    one, other = state.pairs["one"][mine], state.pairs["other"][mine]
    names = _names(state, {*label[one].tolist(), *label[other].tolist()})
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
    write_table(to_arrow(denials, Denial), folder / "denials.parquet")
    write_table(to_arrow(limits, Limit), folder / "limits.parquet")
    state.manifest.shelves["rest"] = folder.name
