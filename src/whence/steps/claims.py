"""Judged pairs of statements -> claims-to-be: groups of statements that agree with each other, and why."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from whence.model import Check, Grouping, Reason, Value, Wording, identify
from whence.text.meaning import numbers
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.slots import same_slot


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of a claim: where it stands, who says it, its words, and which text it is a copy of (any number that
    all copies of one text have).  `checked` is what a fact-check says of it that only quotes it.
    """

    document: str
    start: int
    end: int
    attribution: str | None
    text: str
    published: str | None
    checked: str | None
    copy: int


def judged_the_same(says: Mapping[str, str]) -> Reason:
    """A judge that was trained on pairs of real news finds that both say the same."""
    return Reason.of(judged_the_same, **says)


def judged_contrary(says: Mapping[str, str]) -> Reason:
    """A judge that was trained on pairs of real news finds that the one says that what the other says is not so."""
    return Reason.of(judged_contrary, **says)


def shared_passage(statements: int, text: str) -> Reason:
    """It stands at the same place of a passage that the articles share: one was copied from the other, or both from a
    third.
    """
    return Reason.of(shared_passage, statements=statements, text=text)


# -- grouping ------------------------------------------------------------------------------------------------------

def groups(order: Sequence[int], near: Mapping[int, Mapping[int, int]], least: int) -> dict[int, int]:
    """For each text of `order`, earliest first, the earliest of its group.

    The two groups that say the same most surely on average, over all pairs of their texts, are made one, again and
    again, while that is `least` at least (average linkage: Sokal and Michener 1958); so a text is in a group because it
    agrees with it as a whole, not with one that agrees with another.  `near` has for each text how surely others say
    the same, in whole numbers, so that sums are exact; what is not there is 0.  Ties go to the earliest.
    """
    place = {text: at for at, text in enumerate(order)}
    links = {place[text]: {place[other]: sure for other, sure in others.items()} for text, others in near.items()}
    members = {at: [at] for at in links}
    heap: list[tuple[float, int, int]] = [
        (-sure, one, other) for one, others in links.items() for other, sure in others.items() if one < other]
    heapify(heap)
    while heap and -heap[0][0] >= least:
        mean, one, other = heappop(heap)
        both = links.get(one, {}).get(other)
        if both is None or mean != -both / (len(members[one]) * len(members[other])):
            continue                       # one of them has become part of another group since
        members[one] += members.pop(other)
        for third, sure in links.pop(other).items():
            del links[third][other]
            if third != one:
                links[one][third] = links[third][one] = links[one].get(third, 0) + sure
        for third, sure in links[one].items():
            heappush(heap, (-sure / (len(members[one]) * len(members[third])), min(one, third), max(one, third)))
    return {order[at]: order[first] for first, some in members.items() for at in some}


def grouping(told: Sequence[Told], reasons: Iterable[Reason]) -> Grouping:
    """The claim-to-be of statements, the earliest first, and of what fact-checks quote of it, last."""
    checks = tuple(Check(one.document, one.start, one.end, one.checked) for one in told if one.checked is not None)
    told = told[:len(told) - len(checks)]
    first: dict[int, int] = {}
    for at, one in enumerate(told):
        first.setdefault(one.copy, at)
    copies = tuple(first[one.copy] for one in told)
    followed = same_slot([numbers.quantities(one.text) for one in told], copies)
    wordings = tuple(Wording(one.document, one.start, one.end, one.attribution,
                             None if quantity is None else _value(one.text, quantity), one.published)
                     for one, quantity in zip(told, followed, strict=True))
    return Grouping(name(told[0].document, told[0].start), told[0].text, wordings, copies,
                    (*_copied(told), *reasons), checks)


def name(document: str, start: int) -> str:
    """The id of the claim whose earliest statement stands there."""
    return identify("c", document, start)


def _copied(told: Sequence[Told]) -> Iterable[Reason]:
    """A reason for the copies of each text."""
    texts: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        texts[one.copy].append(one)
    return [shared_passage(len(some), some[0].text) for some in texts.values() if len(some) > 1]


def _value(text: str, quantity: Quantity) -> Value:
    """The quantity with its qualifier in the text's own words ("over", not "more than")."""
    before = text[quantity.start:quantity.digits[0]].strip("$€£¥ ").lower()
    qualifier = (before or quantity.qualifier) if quantity.qualifier else None
    return Value(quantity.number, qualifier, quantity.unit, text[quantity.start:quantity.end])
