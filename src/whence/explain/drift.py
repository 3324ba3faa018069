"""Turns which statement was taken from which into where a number, date, quotation or speaker changed on the way."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from whence.explain.descent import Descent, descent
from whence.explain.index import Index, day
from whence.explain.values import FOLLOWED, Told, apart, same, values
from whence.explain.words import Piece, cut, differences
from whence.model import Claim, ConflictKind

How = Literal["changed", "changed back", "chose"]

NAMED = 2
"""Articles that carried a change on and are named; the rest is counted.  Chosen: a line of a phone."""
REMEMBERED = 100
"""Values further up the way to which one may be changed back.  Chosen: no text is changed so often; it bounds time."""
SHOWN = 160
"""Characters of a value in words.  Chosen: two lines of a terminal; the whole stands beside it (`Teller.value`)."""
MOST_VALUES = 12
"""Values without a known parent that are held against each other.  Chosen: more are a list and no drift."""


@dataclass(frozen=True, slots=True)
class Teller:
    """A statement (by its number in the claim, and where it begins), who published it on what day, and its value."""

    number: int
    document: str
    start: int
    publisher: str
    on: str
    value: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a value was taken from, and how sure that is."""

    teller: Teller
    confidence: float


@dataclass(frozen=True, slots=True)
class Drift:
    """One place of the way where a value changed: by whom, from what, taken from whom, and who inherited it.

    `taken` are the parents that give a value, the likeliest first; `carried` those that have the new value from here,
    in order of time.  `how`: "changed"; "changed back" to what it was further up; or
    "chose", where the parents disagree and it kept what one of them gives.  `pieces` hold a quotation against that of
    the likeliest parent, word by word.  `says` is all of it in plain words, what `pieces` show aside,
    with the confidence beside each parent.
    """

    kind: ConflictKind
    how: How
    by: Teller
    taken: tuple[Taken, ...]
    carried: tuple[Teller, ...]
    pieces: tuple[Piece, ...] | None
    says: str

    @property
    def did(self) -> str:
        """What it says, less who did it and when."""
        return self.says.removeprefix(f"{self.by.publisher} ({self.by.on}) ")

    @property
    def short(self) -> str:
        """It in a few words, for a place beside the new value."""
        if self.how == "chose":
            return f"kept one {self.kind} of several"
        if self.kind in ("number", "date"):
            return f"{self.how} from {_quoted(self.taken[0].teller)}"
        return f"{self.how}: the {'speaker' if self.kind == 'attribution' else self.kind}"


@dataclass(frozen=True, slots=True)
class Undirected:
    """Statements that share text and give different values, of which none is known to be taken from another.

    `unseen` says that all are held to be taken from a text that is not in the archive.
    """

    kind: ConflictKind
    tellers: tuple[Teller, ...]
    unseen: bool
    says: str


@dataclass(frozen=True, slots=True)
class Way:
    """What happened to a claim's values on their way: the changes in order of time, and those without a direction."""

    changes: tuple[Drift, ...] = ()
    undirected: tuple[Undirected, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is looked at: the claim's values of one kind, by statement, along its descent."""

    index: Index
    claim: Claim
    kind: ConflictKind
    values: Mapping[int, Told]
    descent: Descent

    def teller(self, number: int) -> Teller:
        """A statement as it is named."""
        statement = self.claim.statements[number]
        published = self.index.published(statement.document, statement.start)
        on = day(published[:10] if published else None)
        told = self.values.get(number)
        return Teller(number, statement.document, statement.start, self.index.publisher(statement.document), on,
                      told.shown if told else "")

    def in_time(self, chosen: Iterable[int]) -> list[int]:
        """Statements by the time of their items or documents, the undated last."""
        return sorted(chosen, key=lambda n: self.index.in_time(self.claim.statements[n]))


def way(index: Index, claim: Claim) -> Way:
    """Where the claim's number, date, quotation or speaker changed along its families; nothing where it has none.

    Numbers are those that its statements give ("at least 40" and "40" are two); dates, quotations and speakers those
    that are in conflict.  A conflict that a person dismissed is no drift.
    """
    if len(claim.statements) < 2:
        return Way()
    given = values(index, claim)
    if not any(len({told.key for told in mine.values()}) > 1 for mine in given.values()):
        return Way()
    lines = descent(index, claim)
    kinds = [_Kind(index, claim, kind, given[kind], lines) for kind in FOLLOWED if kind in given]
    changes = sorted((drift for kind in kinds for drift in _changes(kind)),
                     key=lambda d: (index.in_time(claim.statements[d.by.number]), FOLLOWED.index(d.kind)))
    return Way(tuple(changes), tuple(found for kind in kinds for found in _undirected(kind)))


# -- where it changed ----------------------------------------------------------------------------------------------

def _changes(kind: _Kind) -> Iterator[Drift]:
    """The changes of one kind, parents before their children."""
    heirs: dict[int, list[int]] = defaultdict(list)
    above: dict[int, frozenset[Hashable]] = {}
    found: list[tuple[int, How]] = []
    for number in kind.descent.order:
        parents = list(kind.descent.parents[number])
        above[number] = _above(kind, parents, above)
        told = kind.values.get(number)
        giving = [parent for parent in parents if parent in kind.values]
        if told is None or not giving:
            continue
        agreeing = [parent for parent in giving if same(kind.values[parent], told)]
        for parent in agreeing:
            heirs[parent].append(number)
        changed = [parent for parent in giving if apart(kind.kind, kind.values[parent], told)]
        if number in kind.descent.unseen or not changed or len(agreeing) + len(changed) < len(giving):
            continue                       # it may have it from an unseen text, or have changed nothing
        how: How = "chose" if agreeing else "changed back" if told.key in above[number] else "changed"
        found.append((number, how))
    for number, how in found:
        yield _drift(kind, number, how, () if how == "chose" else _inherited(number, heirs))


def _above(kind: _Kind, parents: Sequence[int], above: Mapping[int, frozenset[Hashable]]) -> frozenset[Hashable]:
    """The values of all that a statement comes from."""
    found: frozenset[Hashable] = frozenset()
    for parent in parents:
        mine = above[parent]
        if parent in kind.values and kind.values[parent].key not in mine and len(mine) < REMEMBERED:
            mine = mine | {kind.values[parent].key}
        found = mine if found <= mine else found | mine if len(found) < REMEMBERED else found
    return found


def _inherited(number: int, heirs: Mapping[int, Sequence[int]]) -> set[int]:
    """All that have their value from this statement, directly or through others."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        for heir in heirs.get(waiting.pop(), ()):
            if heir not in found:
                found.add(heir)
                waiting.append(heir)
    return found


def _drift(kind: _Kind, number: int, how: How, carried: Iterable[int]) -> Drift:
    by = kind.teller(number)
    parents = kind.descent.parents[number]
    taken = tuple(Taken(kind.teller(parent), parents[parent]) for parent in parents if parent in kind.values)
    heirs = tuple(kind.teller(heir) for heir in kind.in_time(carried))
    pieces = differences(taken[0].teller.value, by.value) if kind.kind == "quotation" and how != "chose" else None
    made = "and changed the quotation" if pieces else _made(kind.kind, how, by, [parent.teller for parent in taken])
    says = f"{by.publisher} ({by.on}) {_taken(by, taken)} {made}{_carried(heirs)}."
    return Drift(kind.kind, how, by, taken, heirs, pieces, says)


# -- in words ------------------------------------------------------------------------------------------------------

def _taken(by: Teller, parents: Sequence[Taken]) -> str:
    return "took it from " + " and from ".join(
        f"{f'its own article of {p.teller.on}' if p.teller.publisher == by.publisher else p.teller.publisher} "
        f"({p.confidence:.2f})" for p in parents)


def _made(kind: ConflictKind, how: How, by: Teller, parents: Sequence[Teller]) -> str:
    before, after = " and ".join(dict.fromkeys(map(_quoted, parents))), _quoted(by)
    if how == "chose":
        return f"and kept {after}, where these give {before}"
    if how == "changed back":
        return f"and changed {before} back to {after}"
    if kind == "attribution":
        return f"and gave it to {after} instead of {before}"
    if kind == "quotation":
        return f"and quoted {after} where it has {before}"
    return f"and made {before} into {after}"


def _quoted(teller: Teller) -> str:
    return f"“{cut(teller.value, SHOWN)}”"


def _carried(heirs: Sequence[Teller]) -> str:
    if not heirs:
        return ""
    names = list(dict.fromkeys(heir.publisher for heir in heirs))
    named, more = names[:NAMED], len(names) - NAMED
    if more == 1:                          # naming the last takes no more room than counting it
        named, more = names, 0
    who = ", ".join([*named, f"{more} more"] if more > 0 else named)
    before, _, last = who.rpartition(", ")
    return f"; {before} and {last} carried that on" if before else f"; {last} carried that on"


# -- what has no direction -----------------------------------------------------------------------------------------

def _undirected(kind: _Kind) -> Iterator[Undirected]:
    """By family, the earliest tellers of different values that nothing is known to precede, where they share text."""
    tops: dict[str, list[int]] = defaultdict(list)
    for number in kind.in_time(kind.values):
        if number in kind.descent.unseen or not kind.descent.parents[number]:
            for family in sorted(kind.descent.shared[number]):
                tops[family].append(number)
    for family in sorted(tops):
        firsts: list[int] = []
        for number in tops[family]:
            if len(firsts) < MOST_VALUES and all(
                    apart(kind.kind, kind.values[first], kind.values[number]) for first in firsts):
                firsts.append(number)
        sharing = [n for n in firsts if any(n != other and _share(kind, n, other) for other in firsts)]
        if sharing:
            yield _without_direction(kind, sharing)


def _share(kind: _Kind, one: int, other: int) -> bool:
    """Whether two statements stand in one passage that their documents share."""
    mine, theirs = kind.claim.statements[one], kind.claim.statements[other]
    places = {mine.document: mine, theirs.document: theirs}
    return mine.document != theirs.document and any(
        all(side.start < places[side.document].end and places[side.document].start < side.end
            for side in (reuse.a, reuse.b)) for reuse in kind.index.between(mine.document, theirs.document))


def _without_direction(kind: _Kind, numbers: Sequence[int]) -> Undirected:
    tellers = tuple(kind.teller(number) for number in numbers)
    unseen = kind.descent.unseen.issuperset(numbers)
    given = "; ".join(f"{t.publisher} ({t.on}) gives {_quoted(t)}" for t in tellers)
    why = "all are held to be taken from a text that is not in this archive" if unseen else \
        "they share this text, and which was taken from which is not known"
    return Undirected(kind.kind, tellers, unseen, f"{given}. Where it changed is not known: {why}.")
