"""Turns a claim into all that a reader can ask of it: its roots and why, its wordings, who says it, and what disagrees."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from whence.errors import UsageError
from whence.explain.drawing import Drawing, draw
from whence.explain.index import Index, resolve
from whence.explain.lines import CONFLICT_WORDS, ClaimLine, Voice, claim_line, earliest_statement, spoken, voices
from whence.explain.passages import Because, PassageView, because, passage
from whence.explain.words import Piece, differences, flat, word_key
from whence.model import Claim, Conflict, RootKind, Statement, Tables

ROOT_WORDS: dict[RootKind, str] = {
    "authority": "a source that is named",
    "witness": "says that it saw, or holds the proof, itself",
    "assertion": "names no source",
    "unseen": "a source that is not in this archive",
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
class RootView:
    """A root, why it was reached, and the statements (by number) that rest on it; `documents` counts theirs."""

    number: int
    kind: RootKind
    says: str
    label: str
    reasons: tuple[Because, ...]
    tellings: tuple[int, ...]
    documents: int


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
class ConflictView:
    """What disagrees: each value with the statements that tell it, in order of time."""

    id: str
    kind: str
    says: str
    values: tuple[tuple[str, tuple[Telling, ...]], ...]
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim whole; `tellings` are in order of time, `families` the ids of the families its statements lie in."""

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
    )


def id_of(statement: Statement) -> tuple[str, int]:
    """A statement is known by its document and its start."""
    return (statement.document, statement.start)


def in_time(index: Index, claim: Claim) -> list[Statement]:
    """The claim's statements, the earliest in this archive before the others, the undated last."""
    earliest = id_of(earliest_statement(claim))
    last = len(index.rank)
    return sorted(claim.statements, key=lambda s: (id_of(s) != earliest, index.rank.get(s.document, last), s.start, s.end))


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
    own = sum(1 for root in roots if root.kind in ("authority", "witness"))
    if high == 1:
        head = "All of it comes down to one origin, as far as this archive shows."
    elif low == high:
        head = f"{high} independent origins stand behind it, as far as this archive shows."
    else:
        head = f"No fewer than {low} and no more than {high} independent origins stand behind it, as far as this archive shows."
    if not own:
        return f"{head} None of them is a named source or a witness, so that one is the least there can be."
    if own < len(roots):
        rest = len(roots) - own
        verb = "names no source or lies" if rest == 1 else "name no source or lie"
        return f"{head} {rest} of its {len(roots)} roots {verb} outside of this archive, and may rest on any of the others."
    return head


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
                          tuple(reached[number]), len({claim.statements[n].document for n in reached[number]}))
                 for number, root in enumerate(claim.origins.roots))


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
    telling = {t.number: (place, t) for place, t in enumerate(tellings)}
    values = tuple((flat(told.value), tuple(t for _, t in sorted((telling[n] for n in told.statements), key=itemgetter(0))))
                   for told in conflict.values)
    return ConflictView(conflict.id, conflict.kind, CONFLICT_WORDS[conflict.kind], values,
                        because(index, conflict.reasons))
