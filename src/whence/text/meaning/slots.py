"""The quantities of several wordings of one claim into the one that each gives of the same thing."""
from __future__ import annotations

from collections.abc import Sequence

from whence.text.meaning.numbers import Quantity, agree, comparable
from whence.text.meaning.stems import stem

SLOTS = 20
"""Quantities of the first wording that are followed.  Chosen: a sentence with more is a table or a list."""

Told = Sequence[Quantity]


def same_slot(wordings: Sequence[Told], copies: Sequence[int]) -> list[Quantity | None]:
    """For each wording the quantity that answers to the same one of the first wording that gives any, or None.

    `copies` gives for each wording the index of the earliest whose text it shares.  Where the first gives several
    quantities, the one on which the wordings disagree is followed, else the first of them.
    """
    first = next((index for index, told in enumerate(wordings) if told), None)
    if first is None:
        return [None] * len(wordings)
    found = [_column(wordings, copies, first, slot) for slot in range(min(SLOTS, len(wordings[first])))]
    return next((column for column in found if _disagree(column)), found[0])


def _column(wordings: Sequence[Told], copies: Sequence[int], first: int, slot: int) -> list[Quantity | None]:
    """What each wording gives in place of one quantity of the first; a copy, what stands where its text has it."""
    wanted = wordings[first][slot]
    places: dict[int, tuple[int, int]] = {copies[first]: (slot, len(wordings[first]))}
    for index, told in enumerate(wordings):
        at = None if copies[index] in places else _answer(wanted, told, len(wordings[first]))
        if at is not None:
            places[copies[index]] = at, len(told)
    found: list[Quantity | None] = []
    for index, told in enumerate(wordings):
        place, count = places.get(copies[index], (0, -1))
        at = place if len(told) == count else _answer(wanted, told, len(wordings[first]))
        found.append(told[at] if at is not None and comparable(wanted, told[at]) else None)
    return found


def _answer(wanted: Quantity, told: Told, count: int) -> int | None:
    """Which of the quantities told in other words is that of the same thing, if one plainly is."""
    fitting = [at for at, quantity in enumerate(told) if comparable(wanted, quantity)]
    agreeing = [at for at in fitting if agree(wanted, told[at])]
    same = [at for at in fitting if _same_thing(wanted, told[at])]
    if agreeing:
        return agreeing[0]
    return same[0] if len(same) == 1 else fitting[0] if len(fitting) == len(told) == count == 1 else None


def _same_thing(one: Quantity, other: Quantity) -> bool:
    """Whether what is counted can be told to be one: the same word."""
    return one.unit is not None and other.unit is not None and stem(one.unit) == stem(other.unit)


def _disagree(column: Sequence[Quantity | None]) -> bool:
    told = list({(q.number, q.high, q.qualifier, q.unit): q for q in column if q is not None}.values())
    return any(not agree(one, other) for at, one in enumerate(told) for other in told[:at])
