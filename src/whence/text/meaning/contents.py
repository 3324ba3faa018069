"""A sentence into what is compared with others: stems, names, quantities, dates, and words of denial or of plans."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import fsum

from whence.text.meaning import calendar, names, numbers, vocabulary
from whence.text.meaning.calendar import Date
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.stems import NEGATIONS, REFUTATIONS, STOP, stem
from whence.text.normalize import folded

FIGURES = 20
"""Quantities of a sentence that are held against another's.  Chosen: a sentence with more is a table or a list, and is
found by its words."""
LONGEST = 2_000
"""Code points of a sentence that are read.  Chosen: longer ones are no sentences, but text without a full stop."""
PLANS = frozenset("will would could may might should shall plan plans planned planning intend intends intended propose "
                  "proposed proposes wants want wanted if try tried attempt attempted".split())
TURNS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth another".split())
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"»]?")


@dataclass(frozen=True, slots=True)
class Content:
    """What a sentence says.

    `forms` are its folded words in order, `order` the stems of those that are no small words, `stems` their set and
    `weight` the sum of their rarities; `plain` are those that stand in no name, `pairs` those that follow each other.
    `names` (`named`: the words of all), `quantities` (at most FIGURES), `dates` (with those told by their distance from
    the day of publication) and `weekdays` are what it names.  `negations`, `refutations` and `plans` count words;
    `quoted` is the share of it that stands in quotation marks; `turns` tell which of several it speaks of ("second",
    "another").
    """

    forms: tuple[str, ...]
    stems: frozenset[str]
    weight: float
    order: tuple[str, ...]
    plain: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: tuple[tuple[str, ...], ...]
    named: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    weekdays: frozenset[str]
    negations: int
    refutations: int
    plans: int
    quoted: float
    turns: frozenset[str]


def content(sentence: str, when: date | None = None) -> Content:
    """The content of `sentence`, published on the day `when`; it depends on nothing else."""
    text = sentence[:LONGEST]
    told = tuple(folded(text))
    line = [stem(form) for form in told if form not in STOP and len(form) > 1]
    stems = frozenset(line)
    found = tuple(name.words for name in names.names(text, vocabulary.plain_words())
                  if not names.plain_opener(text, name, text))
    named = frozenset(word for name in found for word in name)
    quoted = sum(len(match[0]) for match in _QUOTED.finditer(text))
    return Content(
        told, stems, fsum(map(vocabulary.rarity, stems)), tuple(line),
        stems - {stem(word) for word in named}, frozenset(pairwise(line)), found, named,
        numbers.quantities(text)[:FIGURES], (*calendar.dates(text), *calendar.recent(text, when)),
        frozenset(calendar.WEEKDAYS).intersection(told), *_denials(told), _count(told, PLANS),
        quoted / max(1, len(text)), TURNS.intersection(told))


def denies(sentence: str) -> int:
    """0 where `sentence` holds no word of denial, 1 for a negation, 2 for a word that calls something untrue, 3 for
    both: two sentences of which only one denies have other numbers.
    """
    negations, refutations = _denials(folded(sentence[:LONGEST]))
    return (negations > 0) + 2 * (refutations > 0)


def _denials(told: Sequence[str]) -> tuple[int, int]:
    """How many words negate, and how many call something untrue."""
    return _count(told, NEGATIONS) + sum(form.endswith("n't") for form in told), _count(told, REFUTATIONS)


def _count(told: Sequence[str], wanted: frozenset[str]) -> int:
    return sum(form in wanted for form in told)


@dataclass(frozen=True)
class Article:
    """What is known of a sentence's article: the words of all names in it, and the day on which it was published."""

    names: frozenset[str]
    day: date | None

    @cached_property
    def weight(self) -> float:
        """The weight of the names."""
        return fsum(map(vocabulary.rarity, self.names))
