"""Tokens of a text into the shares that they tell without a percent sign: "half of", "three in five"."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from whence.text.meaning.numerals import SMALL, Token, word

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
WHOLES = frozenset((*range(2, 21), 25, 50, 100, 1000, 10_000))
"""Of how many one is told ("one in eight").  Chosen: others are hardly shares ("12 in 37 minutes")."""
TIMES = frozenset("second minute hour day week month year night season game match attempt".split())
"""What follows "in five" where that is a time or a try, and no share."""


_SECOND = frozenset((*PARTS, *(f"{part}s" for part in PARTS), "-", "in", "out", "of", "the"))


class Share(NamedTuple):
    """A share: the index of the token after it, percent, and half a step of what it was rounded to."""

    end: int
    percent: float
    slack: float


def share(found: Sequence[Token], at: int) -> Share | None:
    """The share that starts at token `at`, if one does.

    >>> from whence.text.meaning.numerals import tokens
    >>> share(tokens("three in five nurses"), 0)
    Share(end=3, percent=60.0, slack=0.0)
    """
    if word(found, at + 1) not in _SECOND:
        return None
    return _part(found, at) or _ratio(found, at)


def _part(found: Sequence[Token], at: int) -> Share | None:
    """ "half of", "half the", "a third of", "two-thirds of"."""
    first = found[at].word
    if first == "half" and word(found, at + 1) in ("of", "the"):
        return Share(at + 1, 50.0, 0.0)
    count = 1 if first in ("a", "one") else SMALL.get(first, 0)
    place = at + 2 if word(found, at + 1) == "-" else at + 1
    part = PARTS.get(word(found, place)) if count == 1 else PARTS.get(word(found, place).removesuffix("s"))
    if part is None or not 0 < count < part or word(found, place + 1) != "of":
        return None
    return Share(place + 1, 100 * count / part, .5 if 100 * count % part else 0.0)


def _ratio(found: Sequence[Token], at: int) -> Share | None:
    """ "one in three workers", "two out of ten"."""
    count = _whole(found, at)
    place = at + 1 if word(found, at + 1) == "in" else at + 2
    if count is None or (place == at + 2 and (word(found, at + 1), word(found, at + 2)) != ("out", "of")):
        return None
    many = _whole(found, place + 1)
    follows = word(found, place + 2)
    if many is None or many not in WHOLES or not count < many or not follows.isalpha() \
            or follows.removesuffix("s") in TIMES:
        return None
    return Share(place + 2, 100 * count / many, .5 if 100 * count % many else 0.0)


def _whole(found: Sequence[Token], at: int) -> int | None:
    """A whole number at a token."""
    told = word(found, at)
    return SMALL.get(told) or (int(told) if told.isdecimal() and len(told) < 6 else None)
