"""Turns a claim into what each of its statements gives: a number, a date, a quotation, a speaker; and compares two."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from whence.explain.index import Index
from whence.explain.words import flat
from whence.model import Claim, ConflictKind, Statement, Value
from whence.text.meaning import numbers
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.wording import MISREAD
from whence.text.normalize import words

FOLLOWED: tuple[ConflictKind, ...] = ("number", "date", "quotation", "attribution")
LONGEST = 10_000
"""Code points of a sentence that are read for a value.  Chosen: longer ones are text without a full stop."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement gives: `key` is the same for the same value, however it is written; `sentence` is where."""

    key: Hashable
    shown: str
    sentence: str
    quantity: Quantity | None = None


def values(index: Index, claim: Claim) -> dict[ConflictKind, dict[int, Told]]:
    """By kind, what each statement (by its number in the claim) gives.

    Numbers are those of the statements; of what is in conflict, the values that the conflict tells, unless a person
    dismissed it.
    """
    found: dict[ConflictKind, dict[int, Told]] = defaultdict(dict)
    aside = {c.kind for c in index.conflicts_of.get(claim.id, []) if index.put_aside(c.id)}
    for number, statement in enumerate(claim.statements):
        if statement.value is not None and "number" not in aside:
            found["number"][number] = _number(statement.value, _sentence(index, statement))
    for conflict in index.conflicts_of.get(claim.id, []):
        if conflict.kind in FOLLOWED and conflict.kind != "number" and conflict.kind not in aside:
            for told in conflict.values:
                found[conflict.kind].update(
                    (n, Told(told.value, flat(told.value), _sentence(index, claim.statements[n])))
                    for n in told.statements)
    return found


def _sentence(index: Index, statement: Statement) -> str:
    document = index.documents.get(statement.document)
    return document.text[statement.start:statement.end] if document else ""


def _number(value: Value, sentence: str) -> Told:
    quantity = next(iter(numbers.quantities(value.text)), None)
    if quantity is None:
        return Told((value.number, value.number, value.qualifier), flat(value.text), sentence)
    return Told((*_size(quantity), quantity.qualifier), flat(value.text), sentence, quantity)


def _size(quantity: Quantity) -> tuple[float, float]:
    _, size = numbers.measure(quantity)
    return quantity.number * size, quantity.high * size


def same(one: Told, other: Told) -> bool:
    """Whether two values are one; a number that was only converted into another unit is."""
    if one.key == other.key or one.quantity is None or other.quantity is None:
        return one.key == other.key
    mine, theirs = numbers.measure(one.quantity), numbers.measure(other.quantity)
    return mine[0] == theirs[0] and mine[1] != theirs[1] and numbers.agree(one.quantity, other.quantity)


def apart(kind: ConflictKind, one: Told, other: Told) -> bool:
    """Whether two values are told apart by their sentences, and not only by what was read out of them.

    A number that stands in both sentences is another one of theirs; a speaker that neither sentence exchanges, or whose
    name they share in part or misspell, was only read otherwise.
    """
    if same(one, other):
        return False
    if kind == "number" and one.quantity is not None and other.quantity is not None:
        mine, theirs = _size(one.quantity), _size(other.quantity)
        return mine == theirs or not (mine in _sizes(other.sentence) or theirs in _sizes(one.sentence))
    if kind == "attribution":
        mine_words, their_words = _forms(one.shown), _forms(other.shown)
        misread = ratio(one.shown, other.shown) >= MISREAD
        return not misread and mine_words.isdisjoint(their_words) and all(
            name <= _forms(here) and not name <= _forms(there) for name, here, there in (
                (mine_words, one.sentence, other.sentence), (their_words, other.sentence, one.sentence)))
    return True


def _sizes(sentence: str) -> set[tuple[float, float]]:
    return {_size(quantity) for quantity in numbers.quantities(sentence[:LONGEST])}


def _forms(text: str) -> set[str]:
    return {word.form for word in words(text[:LONGEST])}
