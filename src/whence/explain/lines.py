"""Turns an archive's tables into its overview and the lists that a person looks for before all else: a line a claim."""
from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from whence.explain.index import Index, day
from whence.explain.suggestions import undecided
from whence.explain.voices import spoken, voices
from whence.explain.words import cut, flat
from whence.model import Claim, Conflict, ConflictKind, Limit, Statement, Tables
from whence.steps.attribute import reads_indirect
from whence.steps.origins import shown_elsewhere
from whence.text.copying.dates import window

OFTEN = 3
"""Chosen: two articles may be a copy and its source; from three on a reader takes it for widely reported."""

SHOWN = shown_elsewhere.__name__
LINE_LENGTH = 300
"""Chosen: about three lines of a newspaper column; nine in ten sentences of news are shorter."""

CONFLICT_WORDS: dict[ConflictKind, str] = {
    "number": "numbers disagree", "date": "dates disagree", "quotation": "quotations differ",
    "attribution": "speakers differ", "negation": "contradicted by others",
}


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim on one line.

    `speaker` says whose words its earliest statement is, `values` what the statements say of the quantity, `decided`
    what a person decided about it, `checked_by` which outlets' fact-checks judge it.  A conflict that a person
    dismissed is not among `conflicts`.
    """

    id: str
    text: str
    speaker: str
    documents: int
    statements: int
    low: int
    high: int
    earliest: str
    published: str
    conflicts: tuple[str, ...]
    values: tuple[str, ...]
    decided: str | None = None
    checked_by: tuple[str, ...] = ()

    @property
    def origins(self) -> str:
        """The range as it is written everywhere: "1–3", or "1" where low and high are the same."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class RejectGroup:
    """Inputs that were not taken in for the same reason."""

    reason: str
    step: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What was taken in, what was not and why, what a limit cut, and the claims that rank first.

    `languages` pairs a language's code ("unknown" where none was found) with its number of documents.  `from_day` and
    `to_day` are None where no document has a date.  `indirect_unread` counts the documents in languages in which only
    direct quotations are read; `suggestions` the pairs of names that may be of one source and nobody decided about.
    """

    documents: int
    publishers: int
    without_publisher: int
    from_day: str | None
    to_day: str | None
    undated: int
    languages: tuple[tuple[str, int], ...]
    indirect_unread: int
    statements: int
    attributions: int
    families: int
    claims: int
    rejects: tuple[RejectGroup, ...]
    limits: tuple[Limit, ...]
    first: tuple[ClaimLine, ...]
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists that a person looks for before all else, each by spread.

    - `one_origin`: told by three articles or more, though no more than one origin is shown (low is 1) and at most a
      third as many as articles could lie behind it (high).
    - `numbers`: the statements of one claim give numbers that disagree.
    - `nobody`: nobody is named for it by any of its statements, and it gives a number or leans on unnamed voices; among
      those of equal spread the largest number and the unnamed voices take turns.
    """

    one_origin: tuple[ClaimLine, ...]
    numbers: tuple[ClaimLine, ...]
    nobody: tuple[ClaimLine, ...]


def overview(tables: Tables | Index, first: int = 20) -> Overview:
    """What was taken in, what was not and why, and the claims (at most `first`) that a reader should see first."""
    index = Index.of(tables)
    documents = index.tables.documents
    dated = [d.published for d in index.documents.values() if d.published and window(d.published)]
    languages = Counter(d.language or "unknown" for d in documents)
    return Overview(
        documents=len(documents),
        publishers=len({d.publisher for d in documents if d.publisher}),
        without_publisher=sum(1 for d in documents if not d.publisher),
        from_day=day(dated[0][:10]) if dated else None,
        to_day=day(dated[-1][:10]) if dated else None,
        undated=len(documents) - len(dated),
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        indirect_unread=sum(not reads_indirect(document) for document in documents),
        statements=sum(len(claim.statements) for claim in index.tables.claims),
        attributions=len(index.tables.attributions),
        families=len(index.tables.families),
        claims=len(index.tables.claims),
        rejects=_rejects(index),
        limits=tuple(sorted(index.tables.limits, key=lambda row: (row.step, row.subject))),
        first=tuple(claim_line(index, claim) for claim in by_rank(index.tables.claims, index.dismissed)[:first]),
        suggestions=len(undecided(index.tables.suggestions, index.tables.decisions)),
    )


def lists(tables: Tables | Index) -> Lists:
    """The claims told often by one origin, those whose numbers disagree, and those that nobody named is said to say.

    What a person dismissed is in none of them.
    """
    index = Index.of(tables)
    ordered = by_rank(claim for claim in index.tables.claims if not index.put_aside(claim.id))
    return Lists(
        one_origin=_lines(index, (c for c in ordered if told_often_by_one_origin(c))),
        numbers=_lines(index, (c for c in ordered if numbers_disagree(index, c))),
        nobody=_lines(index, _in_turns(c for c in ordered if said_by_nobody_named(index, c))),
    )


def _lines(index: Index, claims: Iterable[Claim]) -> tuple[ClaimLine, ...]:
    return tuple(claim_line(index, claim) for claim in claims)


def told_often_by_one_origin(claim: Claim) -> bool:
    """Told by three articles or more, though low is 1 and high at most a third of the number of articles."""
    told_by = spread(claim)
    return told_by >= OFTEN and claim.origins.low == 1 and claim.origins.high * OFTEN <= told_by


def numbers_disagree(index: Index, claim: Claim) -> bool:
    """Its statements give numbers that disagree."""
    return any(conflict.kind == "number" and not index.put_aside(conflict.id)
               for conflict in index.conflicts_of.get(claim.id, []))


def said_by_nobody_named(index: Index, claim: Claim) -> bool:
    """No statement of it names anybody, and it gives a number or leans on unnamed voices ("experts say")."""
    unnamed_voice = False
    for statement in claim.statements:
        root = claim.origins.roots[statement.root]
        chain = voices(index, statement)
        shown = any(reason.rule == SHOWN for reason in root.reasons)       # by its article, and not by its own words
        if any(voice.named for voice in chain) or (root.kind in ("witness", "unseen") and not shown):
            return False
        if root.kind == "authority" and not chain and not shown:
            return False
        unnamed_voice = unnamed_voice or bool(chain)
    return unnamed_voice or any(statement.value for statement in claim.statements)


def _in_turns(claims: Iterable[Claim]) -> list[Claim]:
    """By spread; within that, claims with a number (the largest before the others) and those without take turns."""
    counted = sorted(claims, key=lambda claim: (-spread(claim), -_largest(claim)))
    turn: Counter[tuple[int, bool]] = Counter()
    place: dict[str, tuple[int, int]] = {}
    for claim in counted:
        kind = (spread(claim), _largest(claim) > float("-inf"))
        place[claim.id] = (-kind[0], turn[kind])
        turn[kind] += 1
    return sorted(counted, key=lambda claim: place[claim.id])


def _largest(claim: Claim) -> float:
    return max((statement.value.number for statement in claim.statements if statement.value), default=float("-inf"))


def by_rank(claims: Iterable[Claim], last: Container[str] = ()) -> list[Claim]:
    """By rank, those (by id) in `last` at the end; claims without one by documents, then statements, then id."""
    return sorted(claims, key=lambda claim: (claim.id in last, claim.rank, -spread(claim), -len(claim.statements),
                                             claim.id))


def spread(claim: Claim) -> int:
    """The number of documents that tell it."""
    return len({statement.document for statement in claim.statements})


def claim_line(index: Index, claim: Claim) -> ClaimLine:
    """The claim on one line."""
    conflicts = [c for c in index.conflicts_of.get(claim.id, []) if not index.put_aside(c.id)]
    earliest = earliest_statement(claim)
    return ClaimLine(
        id=claim.id, text=cut(claim.text, LINE_LENGTH), speaker=spoken(index, earliest),
        documents=spread(claim), statements=len(claim.statements), low=claim.origins.low, high=claim.origins.high,
        earliest=index.publisher(claim.earliest.document), published=day(claim.earliest.published),
        conflicts=tuple(dict.fromkeys(CONFLICT_WORDS[conflict.kind] for conflict in conflicts)),
        values=_values(claim, conflicts), decided=index.signed(claim.id),
        checked_by=tuple(dict.fromkeys(index.publisher(check.document) for check in claim.checks)),
    )


def earliest_statement(claim: Claim) -> Statement:
    """The statement whose words are the claim's text: the earliest in this archive."""
    return claim.statements[0]


def _values(claim: Claim, conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """The numbers that disagree, each with how many statements tell it; without a conflict, the number alone."""
    told = [f"{flat(value.value)} ({len(value.statements)}×)" for conflict in conflicts if conflict.kind == "number"
            for value in conflict.values]
    single = dict.fromkeys(flat(s.value.text) for s in claim.statements if s.value)
    return tuple(told or list(single)[:1])


def _rejects(index: Index) -> tuple[RejectGroup, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for reject in sorted(index.tables.rejects, key=lambda r: (r.reason, r.step, r.input)):
        groups.setdefault((reject.reason, reject.step), []).append(reject.input)
    return tuple(RejectGroup(flat(reason), step, tuple(flat(i) for i in inputs))
                 for (reason, step), inputs in groups.items())
