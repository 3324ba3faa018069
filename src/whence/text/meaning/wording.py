"""A sentence into what is compared with others: content words, names, quantities, dates, and what it denies."""
from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from rapidfuzz.fuzz import ratio

from whence.model import Span
from whence.text.meaning import calendar, modality, names, newsroom, numbers, opposites
from whence.text.meaning.calendar import Date
from whence.text.meaning.names import Name
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.stems import NEGATIONS, PLANS, STOP, stem
from whence.text.normalize import Word, words

FIGURES = 20
"""Quantities of a sentence that are held against another's.  Chosen: a sentence with more is a table or a list, and is
found by its words."""
MISREAD = 70
"""Likeness (RapidFuzz ratio, 0 to 100) from which two names at one place of a copied text are one name misspelt or
misread.  Chosen: two wrong letters in eight."""
LEFT = 2
"""Words of content that a sentence must have besides who says it.  Chosen: what it is about, and what of that."""
DROWNED = .25
"""Share of a sentence that tells who says it from which the encoder is better given the rest alone."""
_EMPTY = STOP | NEGATIONS | PLANS


@dataclass(frozen=True, slots=True)
class Content:
    """What a sentence says, its speaker left out.

    `features` are what is weighed: stems, the last word of each name, and exact numbers ("#1200"); `order` are the same
    as they stand, `marks` those of names and numbers, `forms` the plain words behind the stems.  `lookups` are what it
    is found by besides: each name with each number, roughly.  `denied` are the features next to a "not"; `refuted` says
    that the whole is called untrue, `planned` that it is a plan or a possibility, `by_way` that it speaks of somebody
    by way of another's name.  `turns` tell which of several it is ("second"), `another` that it is one more, `hearsay`
    that it speaks of a rumour or report; `line` are its words as `roles.line` reads them.  `speakers` are the names in
    what only says who speaks.
    """

    features: frozenset[str]
    lookups: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    denied: frozenset[str]
    order: tuple[str, ...]
    marks: frozenset[str]
    forms: tuple[tuple[str, str], ...]
    refuted: bool
    planned: bool
    by_way: bool
    turns: frozenset[str]
    another: bool
    hearsay: bool
    line: tuple[tuple[str, bool], ...]
    speakers: tuple[tuple[str, ...], ...]


def content(sentence: str, apart: Iterable[Span], common: Container[str], article: str = "",
            when: date | None = None) -> Content:
    """The content of `sentence`.  `apart` are spans of it that only say who speaks; `common` as in `names.names`;
    `article` is the text that it stands in, `when` the day that was published.
    """
    mine = blanked(sentence, [*apart, *newsroom.own_words(sentence)])
    telling_words = [word for word in words(mine) if word.form not in _EMPTY]
    if len(telling_words) < LEFT or all(mine[word.start].isupper() for word in telling_words):
        mine = sentence                    # of so few words, who says it is a part of what is said
    found = tuple(n for n in names.names(mine, common) if not names.plain_opener(mine, n, article))
    counted, told = numbers.quantities(mine), calendar.dates(mine)
    taken = {at for quantity in counted for at in range(*quantity.digits)}
    taken.update(at for name in found for at in range(name.start, name.end))
    taken.update(at for day in told for at in range(day.start, day.end))
    every = words(sentence)
    plain = [w for w in every if w.form not in _EMPTY and len(w.form) > 1 and w.start not in taken
             and mine[w.start] != " " and not (w.form in names.CALENDAR and sentence[w.start].isupper())]
    bearers = sorted({word for name in found for word in name.words})
    figures = [quantity for quantity in counted[:FIGURES] if telling(quantity)]
    placed = [(w.start, stem(w.form)) for w in plain] + [(name.start, name.words[-1]) for name in found]
    placed += [(quantity.digits[0], f"#{quantity.number:g}") for quantity in figures]
    lookups = frozenset(f"{bearer}~{step}" for quantity in figures for step in _steps(quantity) for bearer in bearers)
    forms = [w.form for w in every]
    unnamed = [w.form for w in every if w.start not in taken and (w.start == 0 or not sentence[w.start].isupper())]
    refuted = modality.denials(forms).refuted
    alone = forms if mine == sentence else [w.form for w in every if mine[w.start] != " "]
    places = modality.denials(alone).places
    planned = modality.planned(unnamed)
    recent = () if planned else calendar.recent(mine, when)
    marks = frozenset(word for name in found for word in name.words) | {f"#{q.number:g}" for q in figures}
    return Content(
        frozenset(feature for _, feature in placed), lookups, tuple(name.words for name in found), counted[:FIGURES],
        (*told, *recent), _denied(alone, places), tuple(feature for _, feature in sorted(placed)), marks,
        tuple((stem(w.form), w.form) for w in plain), refuted,
        planned, modality.by_way_of_name(sentence), modality.turns(forms), modality.another(forms),
        modality.about_hearsay(forms), _line(sentence, every, taken), _speakers(sentence, mine, common))


def _speakers(sentence: str, mine: str, common: Container[str]) -> tuple[tuple[str, ...], ...]:
    """The names in what was left out of a sentence."""
    if mine == sentence:
        return ()
    apart = "".join(char if own == " " else " " for char, own in zip(sentence, mine, strict=True))
    return tuple(name.words for name in names.names(apart, common))


def left(one: Content, other: Content) -> tuple[str, ...]:
    """The plain words of a sentence that the other has not, in no form."""
    return tuple(form for shape, form in one.forms if shape not in other.features and form not in other.marks)


def _line(sentence: str, every: Sequence[Word], taken: Container[int]) -> tuple[tuple[str, bool], ...]:
    """A sentence's words as roles reads them: with its commas, and which of them are in names or numbers."""
    found: list[tuple[str, bool]] = []
    for at, word in enumerate(every):
        if at and "," in sentence[every[at - 1].end:word.start]:
            found.append((",", True))
        found.append((word.form, word.start in taken or (at > 0 and sentence[word.start].isupper())))
    return tuple(found)


def said_alone(sentence: str, apart: Sequence[Span]) -> str:
    """What an encoder is to read of a sentence: what is said, where who says it takes much of the room, else all of it,
    which it has read already.
    """
    if sum(end - start for start, end in apart) < DROWNED * len(sentence):
        return sentence
    return " ".join(blanked(sentence, apart).split()).strip(" ,:;–—-") or sentence


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with spaces in place of `spans`, every other code point where it was."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at:max(start, at)], " " * (end - max(start, at))]
            at = end
    return "".join([*parts, text[at:]])


def telling(quantity: Quantity) -> bool:
    """Whether a number is worth comparing for itself: more than a handful, and neither vague nor a range."""
    return quantity.number > 2 and quantity.qualifier != "vague" and quantity.high == quantity.number


def digits(number: float) -> int:
    """Significant digits of a number: 1200 has two.  The more it has, the less likely are two things to share it."""
    return max(1, len(f"{number:.15g}".split("e")[0].replace(".", "").strip("0-")))


def same_number(one: Content, other: Content) -> tuple[Quantity, Quantity] | None:
    """The two quantities that give the same number, the one with most digits; else two of 10 or more that can be one
    when "about", "at least" and so on are allowed for; else None.
    """
    if not one.quantities or not other.quantities:
        return None
    pairs = [(mine, theirs) for mine in one.quantities if telling(mine)
             for theirs in other.quantities if telling(theirs)]
    exact = [pair for pair in pairs if pair[0].number == pair[1].number and numbers.comparable(*pair)]
    rough = [pair for pair in pairs if min(pair[0].number, pair[1].number) >= 10 and numbers.agree(*pair)]
    return max(exact or rough, key=lambda pair: (digits(pair[0].number), pair[0].number), default=None)


def count_the_same(one: Content, other: Content) -> bool:
    """Whether both say how many of one thing, by the word for it."""
    units = {stem(quantity.unit) for quantity in one.quantities if quantity.unit is not None}
    return any(stem(quantity.unit) in units for quantity in other.quantities if quantity.unit is not None)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether both may count the same: they do not name it by two different words."""
    return one.unit is None or other.unit is None or stem(one.unit) == stem(other.unit)


def _steps(quantity: Quantity) -> tuple[int, ...]:
    """Where a number stands on a scale of tenths, with the steps beside it where it is qualified."""
    step = round(log(quantity.number) / log(1.1))
    return (step - 1, step, step + 1) if quantity.qualifier else (step,)


# -- denial ------------------------------------------------------------------------------------------------------

def denies(forms: Sequence[str]) -> bool:
    """Whether folded words say that something is not so ("not", "denied", "false", ...)."""
    found = modality.denials(forms)
    return found.refuted or bool(found.places)


def _denied(forms: Sequence[str], places: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The first word of content after each word of denial, else the last before it, stemmed and plain (it may be a
    name).
    """
    found: set[str] = set()
    for at, size in places:
        near = [w for w in forms[at + size:at + size + 4] if _tells(w)][:1] or [w for w in forms[:at] if _tells(w)][-1:]
        found.update(shape for word in near for shape in (stem(word), word))
    return frozenset(found)


def _tells(word: str) -> bool:
    return word not in _EMPTY and word not in names.TITLES | names.CALENDAR


# -- copies ------------------------------------------------------------------------------------------------------

def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Dice coefficient of two bags of words: twice what they share by what both hold."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def bag(sentence: str) -> Counter[str]:
    """The words of a sentence, numbers in digits put as one, so that a changed number does not part two copies."""
    return Counter("#" if w.form[0].isdigit() else w.form for w in words(sentence))


def altered(sentence: str, copy: str) -> bool:
    """Whether a copied sentence was altered until it says something else, by what no misreading and no cut does: a word
    put for one that it rules out, or another turn.

    >>> altered("The first flood killed nine goats.", "The second flood killed nine goats.")
    True
    """
    forms, others = [w.form for w in words(sentence)], [w.form for w in words(copy)]
    turns, other_turns = modality.turns(forms), modality.turns(others)
    if turns and other_turns and not turns & other_turns:
        return True
    mine, theirs = frozenset(map(stem, forms)), frozenset(map(stem, others))
    return opposites.opposed(mine - theirs, theirs - mine, mine, theirs, forms[:1] == others[:1])


def told_names(one: Content, other: Content) -> tuple[tuple[str, ...], ...]:
    """A sentence's names, less words at its start that only look like names, since the other has them as plain words,
    and less the initials of a name that it gives in full.
    """
    if all(len(name) > 1 for name in one.names):
        return one.names
    initials = {"".join(word[0] for word in name) for name in one.names if len(name) > 1}
    plain = {shape for name in one.names if (shape := stem(name[0])) in other.features} - {n[-1] for n in other.names}
    return tuple(name for name in one.names if len(name) > 1
                 or (name[0] not in initials and stem(name[0]) not in plain))


def names_agree(one: Iterable[tuple[str, ...]], other: Iterable[tuple[str, ...]]) -> bool:
    """Whether no name of the one stands against a name of the other: all of the one's, or all of the other's, are found
    (whole, shortened or as initials) in the other.
    """
    mine, theirs = set(one), set(other)
    return all(any(names.akin(name, them) for them in theirs) for name in mine) \
        or all(any(names.akin(name, me) for me in mine) for name in theirs)


def names_kept(one: Iterable[Name], other: Iterable[Name], all_one: Container[str], all_other: Container[str]) -> bool:
    """Whether a copied sentence kept its names: dropped, added or misread is kept, another in its place is not.

    `all_one` and `all_other` hold all folded words of the two sentences, however they are written.
    """
    mine = {word for name in one for word in name.words if word not in all_other}
    theirs = {word for name in other for word in name.words if word not in all_one}
    if not mine or not theirs:
        return True
    fewer, more = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return all(any(ratio(word, them) >= MISREAD for them in more) for word in fewer)
