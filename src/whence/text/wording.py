"""A sentence into what can be compared with other sentences: its content words, names, quantities, dates, and polarity."""
from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.fuzz import ratio

from whence.model import Span
from whence.text import calendar, names, newsroom, numbers
from whence.text.calendar import Date
from whence.text.names import Name
from whence.text.normalize import words
from whence.text.numbers import Quantity
from whence.text.stems import NEGATIONS, NOT_NEGATED, PLANS, REFUTATIONS, STOP, stem

_EMPTY = STOP | NEGATIONS | PLANS
MISREAD = 70
"""Likeness (RapidFuzz ratio, 0 to 100) from which two names at one place of a copied text are one name misspelt or
misread.  Chosen: two wrong letters in eight."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a sentence says, its speaker left out.

    `features` are what is weighed: stems, the words of names, and exact numbers ("#1200").  `lookups` are what it is
    found by besides: each name with each number, roughly.  Offsets in `quantities` and `dates` are the sentence's own.
    """

    features: frozenset[str]
    lookups: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    denied: bool
    refuted: bool
    planned: bool


def content(sentence: str, apart: Iterable[Span], common: Container[str]) -> Content:
    """The content of `sentence`.  `apart` are spans of it that only say who speaks; `common` as in `names.names`."""
    mine = sentence
    for start, end in (*apart, *newsroom.own_words(sentence)):
        mine = mine[:start] + " " * (end - start) + mine[end:]
    found = names.names(mine, common)
    counted = numbers.quantities(mine)
    told = calendar.dates(mine)
    taken = {at for part in (*found, *told) for at in range(part.start, part.end)}
    taken.update(at for quantity in counted for at in range(*quantity.digits))
    every = words(sentence)
    stems = {stem(w.form) for w in every
             if w.form not in _EMPTY and len(w.form) > 1 and w.start not in taken and mine[w.start] != " "}
    features = frozenset(stems | {w for name in found for w in name.words} | {f"#{q.number:g}" for q in counted if telling(q)})
    forms = [w.form for w in every]
    bearers = sorted({w for name in found for w in name.words})
    lookups = frozenset(f"{bearer}~{step}" for q in counted if telling(q) for step in _steps(q) for bearer in bearers)
    return Content(features, lookups, tuple(n.words for n in found), counted, told, denies(forms), denies(forms, REFUTATIONS),
                   any(f in PLANS for f in forms))


def _steps(quantity: Quantity) -> Iterable[int]:
    """Where a number stands on a scale of tenths, with the steps beside it where it is qualified."""
    step = round(log(quantity.number) / log(1.1))
    return (step - 1, step, step + 1) if quantity.qualifier else (step,)


def roughly_equal(one: Content, other: Content) -> bool:
    """Whether both give a number of two digits or more that can be the same when "about", "at least" and so on are allowed for."""
    return any(mine.number >= 10 and theirs.number >= 10 and numbers.agree(mine, theirs) for mine in one.quantities if telling(mine)
               for theirs in other.quantities if telling(theirs))


def telling(quantity: Quantity) -> bool:
    """Whether a number is worth comparing for itself: more than a handful, and not vague."""
    return quantity.number > 2 and quantity.qualifier != "vague" and quantity.high == quantity.number


def digits(number: float) -> int:
    """Significant digits of a number: 1200 has two.  The more it has, the less likely are two things to share it."""
    return max(1, len(f"{number:.15g}".split("e")[0].replace(".", "").strip("0-")))


def denies(forms: Sequence[str], only: Container[str] = NEGATIONS) -> bool:
    """Whether the sentence says that something is not so ("not", "denied", "false", ...), by one of the words in `only`."""
    for at, form in enumerate(forms):
        negative = form in only or (form.endswith("n't") and "not" in only)
        if negative and (form, forms[at + 1] if at + 1 < len(forms) else "") not in NOT_NEGATED:
            return True
    return False


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Dice coefficient of two bags of words: twice what they share by what both hold."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def bag(sentence: str) -> Counter[str]:
    """The words of a sentence, numbers in digits put as one, so that a changed number does not part two copies."""
    return Counter("#" if w.form[0].isdigit() else w.form for w in words(sentence))


def names_agree(one: Iterable[tuple[str, ...]], other: Iterable[tuple[str, ...]]) -> bool:
    """Whether no name of the one stands against another name of the other.

    Each of the fewer names must be found among the others (whole, shortened or as initials).
    """
    mine, theirs = set(one), set(other)
    alone = [name for name in mine if not any(names.same(name, them) for them in theirs)]
    return not alone or all(any(names.same(name, me) for me in mine) for name in theirs)


def names_kept(one: Iterable[Name], other: Iterable[Name], all_one: Container[str], all_other: Container[str]) -> bool:
    """Whether a copied sentence kept its names: dropped, added or misread is kept, another in its place is not."""
    mine = {w for name in one for w in name.words if w not in all_other}
    theirs = {w for name in other for w in name.words if w not in all_one}
    if not mine or not theirs:
        return True
    fewer, more = sorted((mine, theirs), key=len)
    return all(any(ratio(word, them) >= MISREAD for them in more) for word in fewer)
