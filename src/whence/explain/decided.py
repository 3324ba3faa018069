"""Turns an archive's decisions into what is marked by them today: which claim, conflict, attribution or suggestion."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from whence.decisions import standing, subject_of
from whence.model import Claim, Conflict, Decision, Place, Sentence, Subject, Tables

MARKS = ("dismiss", "confirm", "same-source", "different-source")
"""The kinds of decisions that mark something and leave it where it is.  Names decided upon mark their suggestion."""


def marked(tables: Tables) -> dict[str, Decision]:
    """By id, the last standing decision that marks it as dismissed or confirmed.

    What a decision refers to is found anew by its statements and names.  A conflict stays dismissed only while it has
    no value that the person did not see.
    """
    decisions = [d for d in standing(tables.decisions) if d.kind in MARKS]
    if not decisions:
        return {}
    seen = _Seen(tables, [d.subject for d in decisions])
    return {id: decision for decision in decisions for id in seen.ids(decision.subject)}


def dismissed(tables: Tables) -> set[str]:
    """The ids of all that people put aside."""
    return {id for id, decision in marked(tables).items() if decision.verdict == "dismissed"}


class _Seen:
    """Look-ups for the subjects of decisions, and nothing else."""

    def __init__(self, tables: Tables, subjects: list[Subject]) -> None:
        self._tables = tables
        wanted = {place for subject in subjects for place in subject.statements}
        documents = {place.document for place in wanted}
        self.claim_at: dict[Place, Claim] = {}
        for claim in tables.claims:
            for statement in claim.statements:
                if statement.document in documents and (place := Place(statement.document, statement.start)) in wanted:
                    self.claim_at[place] = claim
        self.conflicts: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in tables.conflicts:
            self.conflicts[conflict.claim].append(conflict)
        self.attributions: dict[Subject, list[str]] = defaultdict(list)
        about = {s.statements[0].document for s in subjects if s.kind == "attribution"}
        sentences: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in tables.sentences if about else ():
            sentences[sentence.document].append(sentence)
        held = {d.id: d for d in tables.documents}
        for attribution in tables.attributions if about else ():
            name = attribution.document
            if name in about and name in held:
                self.attributions[subject_of(attribution, held[name], sentences[name])].append(attribution.id)

    def ids(self, subject: Subject) -> Iterator[str]:
        """What a subject is today, by id."""
        if subject.kind == "attribution":
            yield from self.attributions.get(subject, ())
        elif subject.kind in ("suggestion", "sources"):
            yield from (s.id for s in self._tables.suggestions if set(s.names) <= set(subject.names))
        elif subject.kind in ("claim", "conflict"):
            places = subject.statements if subject.kind == "conflict" else subject.statements[:1]
            claims = [self.claim_at[place].id for place in places if place in self.claim_at]
            if subject.kind == "claim":
                yield from claims
            else:
                yield from (c.id for claim in claims for c in self.conflicts[claim] if _same(c, subject, claims))


def _same(conflict: Conflict, subject: Subject, claims: Sequence[str]) -> bool:
    """Whether it is the conflict that a person meant: between the same claims, or with no value that is new."""
    if conflict.kind != subject.words[0]:
        return False
    values = {told.value for told in conflict.values}
    return values == set(claims) if conflict.kind == "negation" else values <= set(subject.words[1:])
