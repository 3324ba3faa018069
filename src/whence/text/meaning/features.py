"""Two sentences into the numbers that the judge weighs: one visible list, each with the words that a reader sees."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log

import numpy as np
import numpy.typing as npt

from whence.text.meaning import calendar, names, numbers, vocabulary
from whence.text.meaning.contents import Article, Content
from whence.text.speech.cues import TAGS

RARE = 6.0
"""Rarity from which a stem in common is counted as rare: one sentence in 400."""
LONGEST_RUN = 60
"""Words of a sentence that are looked through for words in a row.  Chosen: a long sentence."""

FEW = 2
"""Words of each that the other lacks where only a word was exchanged."""

SPEAKS = TAGS | {"told", "to", "by"}
"""What stands beside the name of one who says it."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """Two contents held against each other, the cosine of their sentences' vectors, and their articles."""

    one: Content
    other: Content
    cosine: float
    articles: tuple[Article, Article]

    @cached_property
    def shared(self) -> frozenset[str]:
        """The stems that both have."""
        return self.one.stems & self.other.stems

    @cached_property
    def rarities(self) -> list[float]:
        """How rare the stems are that both have."""
        return [vocabulary.rarity(stem) for stem in self.shared]

    @cached_property
    def weight(self) -> float:
        """The weight of what both have."""
        return fsum(self.rarities)

    @cached_property
    def parts(self) -> tuple[float, float]:
        """What share of the weight of each the other has."""
        return (self.weight / max(self.one.weight, 1e-9), self.weight / max(self.other.weight, 1e-9))

    @cached_property
    def akin(self) -> tuple[float, float]:
        """What share of the names of each are of a bearer that the other names; 1 where it names nobody."""
        return _akin(self.one.names, self.other.names), _akin(self.other.names, self.one.names)

    @cached_property
    def only(self) -> tuple[float, float]:
        """The weight of what only the one has, and of what only the other has, the smaller first."""
        short, long = sorted((self.one.weight - self.weight, self.other.weight - self.weight))
        return max(short, 0.0), max(long, 0.0)

    @cached_property
    def figures(self) -> tuple[int, bool]:
        """How many numbers are the same in both, and whether others are told of one thing and none is the same."""
        told = [(one, other) for one in self.one.quantities for other in self.other.quantities
                if numbers.comparable(one, other)]
        same = sum(one.number == other.number for one, other in told)
        apart = any(one.unit == other.unit or None in (one.unit, other.unit) for one, other in told)
        return same, apart and not same

    @cached_property
    def days(self) -> tuple[bool, bool]:
        """Whether they tell one date, and whether each tells dates and none is the other's."""
        same = any(calendar.agree(one, other) for one in self.one.dates for other in self.other.dates)
        return same, bool(self.one.dates and self.other.dates) and not same

    @cached_property
    def frame(self) -> float:
        """How much the two are of one form: Dice coefficient of their stems, those of names aside, squared, so that
        only sentences that are worded alike have much of it.
        """
        one, other = (content.plain for content in (self.one, self.other))
        both = len(one) + len(other)
        return (2 * len(one & other) / both) ** 2 if both else 0.0

    @cached_property
    def both_name(self) -> bool:
        """Whether each names somebody or something."""
        return bool(self.one.names and self.other.names)

    @cached_property
    def names_in_common(self) -> int:
        """How many words of names both have."""
        return len(self.one.named & self.other.named)

    @property
    def exchanged(self) -> bool:
        """Whether they are word for word the same but for names of others, who are not those that say it."""
        one, other = self.one.forms, self.other.forms
        if len(one) != len(other) or not self.both_name or sorted(one) == sorted(other):
            return False
        places = [at for at, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
        beside = {form for at in places for form in (*one[max(0, at - 1):at + 2], *other[max(0, at - 1):at + 2])}
        return bool(places) and not beside & SPEAKS and all(self._others_names(one[at], other[at]) for at in places)

    def _others_names(self, mine: str, theirs: str) -> bool:
        """Whether two words that stand in one place are of names, and not of one; a sentence can begin with a name that
        is a plain word besides, and is known by what stands there in the other.
        """
        owners = mine.endswith("'s") and theirs.endswith("'s")
        named = mine.removesuffix("'s") in self.one.named, theirs.removesuffix("'s") in self.other.named
        return (all(named) or (owners and any(named))) and not names.alike(mine, theirs)

    @property
    def denied_once(self) -> bool:
        """Whether only one of them holds a denial, or only one calls something untrue."""
        return bool(_differ(self.one.negations, self.other.negations)
                    or _differ(self.one.refutations, self.other.refutations))

    def sizes(self) -> tuple[int, int]:
        """Words of the shorter and of the longer."""
        short, long = sorted((len(self.one.forms), len(self.other.forms)))
        return short, long


def _akin(mine: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> float:
    return sum(any(names.akin(one, other) for other in theirs) for one in mine) / len(mine) if mine else 1.0


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    """The most words that stand in a row in both."""
    if one == other:
        return len(one)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(other):
        places.setdefault(word, []).append(at)
    longest = 0
    ending: dict[int, int] = {}            # how many words in a row end at a place of `other`
    for word in one:
        ending = {at: ending.get(at - 1, 0) + 1 for at in places.get(word, ())}
        longest = max(longest, max(ending.values(), default=0))
    return longest


def _order_apart(pair: Pair) -> float:
    """The share of the stems that both have that stand in another order: one less Spearman's footrule, 0 to 1."""
    mine, theirs = ([stem for stem in one.order if stem in pair.shared] for one in (pair.one, pair.other))
    place = {stem: at for at, stem in enumerate(dict.fromkeys(theirs))}
    moved = sum(abs(at - place[stem]) for at, stem in enumerate(dict.fromkeys(mine)))
    return 2 * moved / max(1, len(place) ** 2)


def _articles_alike(pair: Pair) -> float:
    one, other = pair.articles
    both = one.weight + other.weight
    return 2 * fsum(map(vocabulary.rarity, one.names & other.names)) / both if both else 0.0


def _gap(pair: Pair) -> int | None:
    """Days between the two articles."""
    one, other = (article.day for article in pair.articles)
    return None if one is None or other is None else abs((one - other).days)


def _differ(one: float, other: float) -> float:
    return float((one > 0) != (other > 0))


FEATURES: tuple[tuple[str, Callable[[Pair], float]], ...] = (
    ("closeness of meaning", lambda p: p.cosine),
    ("words in common, by weight", lambda p: 2 * p.weight / max(p.one.weight + p.other.weight, 1e-9)),
    ("share of the one's words in the other", lambda p: max(p.parts)),
    ("share of the other's words in the one", lambda p: min(p.parts)),
    ("pairs of words in common", lambda p: len(p.one.pairs & p.other.pairs)
     / max(1, min(len(p.one.pairs), len(p.other.pairs)))),
    ("words in a row in common", lambda p: log(1 + _run(p.one.forms[:LONGEST_RUN], p.other.forms[:LONGEST_RUN]))),
    ("rare words in common", lambda p: min(5.0, sum(rarity > RARE for rarity in p.rarities))),
    ("rarest word in common", lambda p: max(p.rarities, default=0.0)),
    ("words that only the one has", lambda p: log(1 + p.only[0])),
    ("words that only the other has", lambda p: log(1 + p.only[1])),
    ("names in common", lambda p: min(3.0, p.names_in_common)),
    ("names that one lacks", lambda p: 1 - min(p.akin) if p.both_name else 0.0),
    ("names that both lack", lambda p: 1 - max(p.akin) if p.both_name else 0.0),
    ("both name somebody", lambda p: float(p.both_name)),
    ("neither names anybody", lambda p: float(not p.one.names and not p.other.names)),
    ("numbers in common", lambda p: min(2.0, p.figures[0])),
    ("other numbers", lambda p: float(p.figures[1])),
    ("a number in one only", lambda p: float(bool(p.one.quantities) != bool(p.other.quantities))),
    ("a day in common", lambda p: float(p.days[0])),
    ("other days", lambda p: float(p.days[1])),
    ("other weekdays", lambda p: float(bool(p.one.weekdays and p.other.weekdays)
                                       and not p.one.weekdays & p.other.weekdays)),
    ("a denial in one only", lambda p: _differ(p.one.negations, p.other.negations)),
    ("called untrue in one only", lambda p: _differ(p.one.refutations, p.other.refutations)),
    ("a denial in both", lambda p: float(min(p.one.negations, p.other.negations) > 0)),
    ("a plan in one only", lambda p: _differ(p.one.plans, p.other.plans)),
    ("more quoted in one", lambda p: abs(p.one.quoted - p.other.quoted)),
    ("quoted in both", lambda p: min(p.one.quoted, p.other.quoted)),
    ("one form", lambda p: p.frame),
    ("one form, other names", lambda p: p.frame * float(p.both_name and max(p.akin) < 1)),
    ("one form, a name in one only", lambda p: p.frame * float(min(p.akin) < 1)),
    ("one form, other days", lambda p: p.frame * float(p.days[1])),
    ("one form, other numbers", lambda p: p.frame * float(p.figures[1])),
    ("one form, another turn", lambda p: p.frame * float(p.one.turns != p.other.turns)),
    ("one form, a plan in one only", lambda p: p.frame * _differ(p.one.plans, p.other.plans)),
    ("one form, a denial in one only", lambda p: p.frame * _differ(
        p.one.negations + p.one.refutations, p.other.negations + p.other.refutations)),
    ("one form, other order", lambda p: p.frame * _order_apart(p)),
    ("one form, a word exchanged", lambda p: p.frame * float(
        0 < len(p.one.plain - p.other.plain) <= FEW and 0 < len(p.other.plain - p.one.plain) <= FEW)),
    ("length of the shorter", lambda p: log(1 + p.sizes()[0])),
    ("length of the longer", lambda p: log(1 + p.sizes()[1])),
    ("articles alike by their names", _articles_alike),
    ("days between the articles", lambda p: log(1 + (_gap(p) or 0))),
    ("articles days apart", lambda p: float((_gap(p) or 0) > calendar.NEAR)),
)
"""What is told of two sentences, each by the words that a reader sees; the order is that of the judge's weights."""


def features(pair: Pair) -> list[float]:
    """The numbers of a pair, in the order of FEATURES; the same for the two in either order."""
    return [float(read(pair)) for _, read in FEATURES]
