"""The words of a sentence -> what it says is not so, whether it is a plan, and which of several it speaks of."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whence.text.meaning.stems import (
    ALLEGATIONS,
    DISMISSALS,
    NEGATIONS,
    NO_DENIAL,
    NO_PLAN,
    OF_DENIAL,
    OF_PLAN,
    ORDINALS,
    PLANS,
    REFUTATIONS,
    UNTRUE,
)

_NOT = NEGATIONS - REFUTATIONS
_BEGINS = _NOT | {phrase[0] for phrase in OF_DENIAL}
_NOT_SO = (["not", "true"], ["no", "truth"], ["no", "basis"], ["without", "foundation"], ["not", "correct"])
_SAID_TO_BE = frozenset("is was are were be been being as".split())
AS_WHAT = 10
"""Words between "dismissed" and "as" ("dismissed the report of a merger as nonsense").  Chosen: a clause."""
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)")
_KIN = (r"(?:widow|widower|wife|husband|son|daughter|brother|sister|father|mother|parents|cousin|uncle|aunt|nephew|"
        r"niece|grandson|granddaughter|grandfather|grandmother|lawyer|aide|bodyguard|driver|spokesman|spokeswoman)s?")
_BY_WAY = re.compile(rf"\b{_KIN} of (?:the |a )?(?:(?!(?:in|at|from|on|with|by|for|to)\b)[a-z-]+ ){{0,3}}[A-Z]"
                     rf"|['’]s? {_KIN}\b")


@dataclass(frozen=True, slots=True)
class Denials:
    """Where folded words deny something: the places of the words of denial that stand alone ("not", "nobody"), with how
    many words each takes; and whether the whole is called untrue.
    """

    places: tuple[tuple[int, int], ...]
    refuted: bool


def denials(forms: Sequence[str]) -> Denials:
    """Every word by which the sentence says that something is not so; "not only" and the like are none."""
    untrue = {at for at in range(len(forms)) if forms[at:at + 2] in _NOT_SO}
    dismissed = not DISMISSALS.isdisjoint(forms) and not ALLEGATIONS.isdisjoint(forms)
    places = tuple((at, size) for at, size in _places(forms) if at not in untrue)
    return Denials(places, bool(untrue) or dismissed or _refuted(forms))


def _places(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for at, form in enumerate(forms):
        if form not in _BEGINS and not form.endswith("n't"):
            continue
        if any(tuple(forms[at:at + size]) in NO_DENIAL for size in (2, 3, 4)):
            continue
        if form in _NOT or form.endswith("n't"):
            if "until" not in forms[at + 1:]:              # what did not happen until then did happen
                yield at, 1
        elif (size := next((size for size in (2, 3) if tuple(forms[at:at + size]) in OF_DENIAL), 0)):
            yield at, size


def _refuted(forms: Sequence[str]) -> bool:
    """Whether a word says of the whole that it is untrue: "false" where it is said to be, not of false teeth."""
    for at, form in enumerate(forms):
        if form in UNTRUE:
            if not _SAID_TO_BE.isdisjoint(forms[max(0, at - 2):at]):
                return True
        elif form in ("denied", "deny", "denies", "denying"):
            if not forms[at + 1:at + 2] or forms[at + 1] not in ("a", "an", "them", "him", "her", "access", "entry"):
                return True
        elif form in REFUTATIONS or (form in DISMISSALS and "as" in forms[at + 1:at + AS_WHAT]):
            return True
    return False


def about_hearsay(forms: Sequence[str]) -> bool:
    """Whether it speaks of what is only said: "rumours", "talk of a merger"."""
    return not ALLEGATIONS.isdisjoint(forms)


def planned(forms: Sequence[str]) -> bool:
    """Whether folded words, names left out, tell a plan, an attempt, a wish, an order or a possibility."""
    return any((form in PLANS or tuple(forms[at:at + 2]) in OF_PLAN)
               and tuple(forms[max(0, at - 1):at + 1]) not in NO_PLAN and tuple(forms[at:at + 2]) not in NO_PLAN
               for at, form in enumerate(forms))


def turns(forms: Sequence[str]) -> frozenset[str]:
    """Which of several a sentence speaks of: "first", "14th"."""
    return frozenset(form for at, form in enumerate(forms)
                     if (form in ORDINALS and not _is_share(forms, at)) or _NUMBERED.fullmatch(form))


def another(forms: Sequence[str]) -> bool:
    """Whether it speaks of one more of a kind: "a second bomb", "another"."""
    return any(form == "another" or (form in ("a", "an") and forms[at + 1] in ORDINALS and not _is_share(forms, at + 1))
               for at, form in enumerate(forms[:-1]))


def _is_share(forms: Sequence[str], at: int) -> bool:
    """Whether an ordinal is a part of a whole: "a third of"."""
    return forms[at + 1:at + 2] == ["of"] and at > 0 and forms[at - 1] in ("a", "one")


def by_way_of_name(sentence: str) -> bool:
    """Whether it speaks of somebody by way of another's name: "the son of Jo Kemp", "Jo Kemp's lawyer"."""
    return _BY_WAY.search(sentence) is not None


