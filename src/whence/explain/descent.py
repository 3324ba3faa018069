"""Turns a claim's statements and the families they lie in into which statement was taken from which."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from whence.explain.drawing import HELD
from whence.explain.index import Index
from whence.explain.words import MAX_WORDS, flat
from whence.model import Claim, Member, Statement

Parents = Mapping[int, Mapping[int, float]]
"""By a statement's number, those that it was taken from, each with the confidence."""

CANDIDATES = 20
"""Statements of one article that one of another is held against.  Chosen: an article that tells the same more often
than that repeats itself, and any of its statements will do."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Which statements of a claim, by their numbers in `Claim.statements`, were taken from which.

    `parents` are those held to be (confidence of .5 or more), the likeliest first; every one of them stands in `order`
    before its children.  `unseen` are held to come from a text that is not in the archive.  `shared` gives the families
    that each statement lies in.
    """

    order: tuple[int, ...]
    parents: Parents
    unseen: frozenset[int]
    shared: Mapping[int, frozenset[str]]


def descent(index: Index, claim: Claim) -> Descent:
    """Which of a claim's statements were taken from which, as far as its families show.

    A statement is taken from the one that answers to it in the parent's part of the same family.  Parents that go round
    in a circle show no direction, and are left out.
    """
    members = {number: _members(index, statement) for number, statement in enumerate(claim.statements)}
    shared = {number: frozenset(family for family, _ in mine) for number, mine in members.items()}
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(claim.statements):
        for family in sorted(shared[number]):
            told[family, statement.document].append(number)
    parents: dict[int, dict[int, float]] = {}
    unseen = set()
    for number, statement in enumerate(claim.statements):
        found: dict[int, float] = {}
        for family, member in members[number]:
            for parent in member.parents:
                if parent.confidence < HELD or parent.document == statement.document:
                    continue
                if parent.document is None:
                    unseen.add(number)
                    continue
                answer = _answer(index, claim, number, told.get((family, parent.document), ()))
                if answer is not None:
                    found[answer] = max(parent.confidence, found.get(answer, 0.0))
        parents[number] = found
    straight = _without_circles(parents)
    ranked = {number: dict(sorted(mine.items(), key=lambda pair: (-pair[1], index.in_time(claim.statements[pair[0]]))))
              for number, mine in straight.items()}
    return Descent(_order(ranked), ranked, frozenset(unseen), shared)


def _members(index: Index, statement: Statement) -> list[tuple[str, Member]]:
    """The families (by id) that at least half of a statement lies in, with its document's part of each."""
    length = statement.end - statement.start
    return [(family.id, member) for family, member
            in index.families_at(statement.document, statement.start, statement.end)
            if 2 * (min(statement.end, member.end) - max(statement.start, member.start)) >= length]


def _answer(index: Index, claim: Claim, number: int, told: Sequence[int]) -> int | None:
    """Of an article's statements (`told`) the one whose words are most like those of another's."""
    if len(told) < 2:
        return told[0] if told else None
    mine = _words(index, claim.statements[number])
    return max(told[:CANDIDATES], key=lambda other: (
        Indel.normalized_similarity(mine, _words(index, claim.statements[other])), -claim.statements[other].start))


def _words(index: Index, statement: Statement) -> list[str]:
    document = index.documents.get(statement.document)
    return flat(document.text[statement.start:statement.end]).split()[:MAX_WORDS] if document else []


def _without_circles(parents: Parents) -> dict[int, dict[int, float]]:
    """The same less the links between statements that lie on a circle, or on a way from one circle to another."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, mine in parents.items():
        for parent in mine:
            children[parent].append(child)
    downward = _peeled({number: list(mine) for number, mine in parents.items()}, children)
    circling = downward & _peeled({number: children.get(number, []) for number in parents},
                                  {number: list(mine) for number, mine in parents.items()})
    return {child: {parent: confidence for parent, confidence in mine.items()
                    if not (child in circling and parent in circling)} for child, mine in parents.items()}


def _peeled(before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]]) -> set[int]:
    """What is left where all that nothing stands before is taken away, again and again (Kahn, 1962)."""
    waits = {number: len(mine) for number, mine in before.items()}
    free = [number for number, count in waits.items() if not count]
    while free:
        number = free.pop()
        del waits[number]
        for other in after.get(number, ()):
            waits[other] -= 1
            if not waits[other]:
                free.append(other)
    return set(waits)


def _order(parents: Parents) -> tuple[int, ...]:
    """Every statement after those that it was taken from; otherwise by number."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, mine in parents.items():
        for parent in mine:
            children[parent].append(child)
    waits = {number: len(mine) for number, mine in parents.items()}
    ready = sorted(number for number, count in waits.items() if not count)
    for number in ready:                   # grows while it is walked
        for child in sorted(children.get(number, ())):
            waits[child] -= 1
            if not waits[child]:
                ready.append(child)
    return tuple(ready)
