"""Turns a claim into all that a reader can ask of it: its roots and why, its wordings, speakers and conflicts."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whence.errors import UsageError
from whence.explain.drawing import Drawing, draw
from whence.explain.drift import Way, way
from whence.explain.index import Index, resolve
from whence.explain.lines import CONFLICT_WORDS, ClaimLine, claim_line, earliest_statement
from whence.explain.passages import Because, PassageView, because, passage
from whence.explain.voices import Voice, spoken, voices
from whence.explain.words import Piece, differences, flat, word_key
from whence.model import Claim, Conflict, ConflictKind, Root, RootKind, Statement, Tables

ROOT_WORDS: dict[RootKind, str] = {
    "authority": "a source that is named",
    "witness": "says that it saw, or holds the proof, itself",
    "assertion": "names no source",
    "unseen": "a source that is not in this archive",
}
ONE_ROOT: dict[RootKind, str] = {
    "authority": "one source that is named", "witness": "one witness", "assertion": "one text, which names no source",
    "unseen": "one source that is not in this archive",
}
DRAWN = 40
"""Documents in one drawing.  Chosen: about three screens of a phone; what is left out is counted beside it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement of the claim: who says it, where, and on what root (by number) it rests.

    `number` is its place in the claim's `statements`; `earliest` marks the earliest in this archive.
    """

    number: int
    speaker: str
    voices: tuple[Voice, ...]
    value: str | None
    root: int
    earliest: bool
    passage: PassageView


@dataclass(frozen=True, slots=True)
class Perhaps:
    """A suggestion (by id) that a root's source is known by another name too, in words, and why."""

    id: str
    says: str
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class RootView:
    """A root, why it was reached, and the statements (by number) that rest on it; `documents` counts theirs.

    `perhaps` are the suggestions about its source's name that nobody has confirmed.
    """

    number: int
    kind: RootKind
    says: str
    label: str
    reasons: tuple[Because, ...]
    tellings: tuple[int, ...]
    documents: int
    perhaps: tuple[Perhaps, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """Roots (by number) that low counts once, and what joined them."""

    roots: tuple[int, ...]
    labels: tuple[str, ...]
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording, and all who use it.  `pieces` hold it against the earliest; None where that would not help."""

    text: str
    pieces: tuple[Piece, ...] | None
    earliest: bool
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class ValueView:
    """One of the values that disagree, and the statements that tell it, in order of time.

    Where claims deny one another, `claim` is the other claim's id, and `value` its text.
    """

    value: str
    claim: str | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What disagrees, of what kind in a word and in a few, and why it is held to; `decided` says what a person did."""

    id: str
    kind: ConflictKind
    says: str
    values: tuple[ValueView, ...]
    reasons: tuple[Because, ...]
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class CheckView:
    """A fact-check of a claim: where it quotes it, and what it says of it in its own words."""

    passage: PassageView
    says: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim whole; `tellings` are in order of time, `families` the ids of the families its statements lie in.

    `way` tells where its values changed, and who inherited that.
    """

    line: ClaimLine
    text: str
    tellings: tuple[Telling, ...]
    roots: tuple[RootView, ...]
    low_groups: tuple[GroupView, ...]
    range_words: str
    wordings: tuple[WordingView, ...]
    conflicts: tuple[ConflictView, ...]
    families: tuple[str, ...]
    drawing: Drawing
    reasons: tuple[Because, ...]
    way: Way
    checks: tuple[CheckView, ...] = ()


def claim_view(tables: Tables | Index, id: str, drawn: int = DRAWN) -> ClaimView:
    """All of a claim, by its id or the beginning of it.  Raises UsageError where there is no such claim."""
    index = Index.of(tables)
    claim = index.claims.get(resolve(index, id))
    if claim is None:
        raise UsageError(f"{flat(id)} is not a claim", mend="`whence claims` lists them")
    statements = in_time(index, claim)
    numbers = {id_of(statement): number for number, statement in enumerate(claim.statements)}
    tellings = tuple(_telling(index, claim, statement, numbers[id_of(statement)]) for statement in statements)
    return ClaimView(
        line=claim_line(index, claim),
        text=flat(claim.text),
        tellings=tellings,
        roots=_roots(index, claim),
        low_groups=tuple(GroupView(group.roots, tuple(flat(claim.origins.roots[r].label) for r in group.roots),
                                   because(index, group.reasons)) for group in claim.origins.low_groups),
        range_words=range_words(claim),
        wordings=_wordings(index, claim, tellings),
        conflicts=tuple(_conflict(index, conflict, tellings) for conflict in index.conflicts_of.get(claim.id, [])),
        families=family_ids(index, claim),
        drawing=draw(index, claim, statements, drawn),
        reasons=because(index, claim.reasons),
        way=way(index, claim),
        checks=tuple(CheckView(passage(index, one.document, one.start, one.end), flat(one.says))
                     for one in claim.checks),
    )


def id_of(statement: Statement) -> tuple[str, int]:
    """A statement is known by its document and its start."""
    return (statement.document, statement.start)


def in_time(index: Index, claim: Claim) -> list[Statement]:
    """The claim's statements, the earliest in this archive before the others, the undated last."""
    earliest = id_of(earliest_statement(claim))
    return sorted(claim.statements, key=lambda s: (id_of(s) != earliest, index.in_time(s)))


def family_ids(index: Index, claim: Claim) -> tuple[str, ...]:
    """The families that the claim's statements lie in, those with the most of them before the others."""
    count: dict[str, int] = {}
    for statement in claim.statements:
        for family, _ in index.families_at(statement.document, statement.start, statement.end):
            count[family.id] = count.get(family.id, 0) + 1
    return tuple(sorted(count, key=lambda family: (-count[family], family)))


def range_words(claim: Claim) -> str:
    """What the range of a claim's origins says, in a sentence or two."""
    low, high, roots = claim.origins.low, claim.origins.high, claim.origins.roots
    rest = sum(1 for root in roots if root.kind not in ("authority", "witness"))
    shown = "as far as this archive shows"
    if high == 1 and len(roots) == 1:
        return f"All of it comes down to {ONE_ROOT[roots[0].kind]}, {shown}."
    if high == 1:
        return f"All of it comes down to one origin, {shown}."
    if low == high:
        return f"{high} independent origins stand behind it, {shown}."
    head = f"At least {low} and at most {high} independent origins stand behind it, {shown}."
    if rest == len(roots):
        return f"{head} None of its {rest} roots is a named source or a witness, so that all may rest on one."
    if rest == 1:
        return f"{head} One root names no source or lies outside of this archive, and may rest on another."
    if rest:
        return (f"{head} Of its {len(roots)} roots {rest} name no source or lie outside of this archive, "
                "and may rest on others.")
    return f"{head} Some of its {len(roots)} roots show signs of resting on others."


def _telling(index: Index, claim: Claim, statement: Statement, number: int) -> Telling:
    chain = voices(index, statement)
    return Telling(
        number=number, speaker=spoken(index, statement), voices=chain,
        value=flat(statement.value.text) if statement.value else None, root=statement.root,
        earliest=id_of(statement) == id_of(earliest_statement(claim)),
        passage=passage(index, statement.document, statement.start, statement.end, [v.attribution for v in chain]),
    )


def _roots(index: Index, claim: Claim) -> tuple[RootView, ...]:
    reached: list[list[int]] = [[] for _ in claim.origins.roots]
    for number, statement in enumerate(claim.statements):
        reached[statement.root].append(number)
    return tuple(RootView(number, root.kind, ROOT_WORDS[root.kind], flat(root.label), because(index, root.reasons),
                          tuple(reached[number]), len({claim.statements[n].document for n in reached[number]}),
                          tuple(_perhaps(index, root)))
                 for number, root in enumerate(claim.origins.roots))


def _perhaps(index: Index, root: Root) -> Iterator[Perhaps]:
    """The suggestions that the root's source may be one with another."""
    for name in dict.fromkeys(reason.values.get("known_as", "") for reason in root.reasons):
        for suggestion in index.suggested_for.get(name, []):
            made = index.decided.get(suggestion.id)
            if made is None or made.verdict not in ("confirmed", "same"):
                other = suggestion.labels[suggestion.names[0] == name]
                decided = index.signed(suggestion.id)
                says = f"perhaps the same as {flat(other)}" + (f" ({decided})" if decided else "")
                yield Perhaps(suggestion.id, says, because(index, suggestion.reasons))


def _wordings(index: Index, claim: Claim, tellings: Sequence[Telling]) -> tuple[WordingView, ...]:
    """Each distinct wording once, in order of the earliest document that has it."""
    texts: dict[str, str] = {}
    users: dict[str, list[Telling]] = {}
    for telling in tellings:
        text = _text(index, claim.statements[telling.number])
        key = word_key(text)
        texts.setdefault(key, text)
        users.setdefault(key, []).append(telling)
    earliest = next(iter(texts.values()), "")
    return tuple(WordingView(text, differences(earliest, text), number == 0, tuple(users[key]))
                 for number, (key, text) in enumerate(texts.items()))


def _text(index: Index, statement: Statement) -> str:
    document = index.documents.get(statement.document)
    return flat(document.text[statement.start:statement.end]) if document else ""


def _conflict(index: Index, conflict: Conflict, tellings: Sequence[Telling]) -> ConflictView:
    place = {telling.number: at for at, telling in enumerate(tellings)}
    values = []
    for told in conflict.values:
        other = index.claims.get(told.value)
        if other is None or other.id != conflict.claim:
            here = tuple(tellings[at] for at in sorted(place[number] for number in told.statements))
            values.append(ValueView(flat(other.text if other else told.value), other.id if other else None, here))
    return ConflictView(conflict.id, conflict.kind, CONFLICT_WORDS[conflict.kind], tuple(values),
                        because(index, conflict.reasons), index.signed(conflict.id))
