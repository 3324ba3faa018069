"""Tokens of a text into the shares that they tell without a percent sign: "half of", "three in five"."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from whence.text.meaning.numerals import PARTS, SMALL, Token, part, part_of_scale, word

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
    told = part(found, at)
    if told is None or part_of_scale(found, at) is not None:
        return None                        # "a quarter of a million" is a number
    end, count, whole = told
    if word(found, end) != "of" and (found[at].word, word(found, end)) != ("half", "the"):
        return None
    return Share(end, 100 * count / whole, .5 if 100 * count % whole else 0.0)


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
