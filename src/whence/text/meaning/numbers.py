"""Text into the quantities that it gives: number, what qualifies it, its unit, and where the words stand."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from whence.text.meaning.calendar import COUNTED, dates
from whence.text.meaning.numerals import DASHES, PARTS, SCALES, SMALL, VAGUE, Numeral, Token, numeral, tokens, word
from whence.text.meaning.shares import Share, share
from whence.text.meaning.stems import stem

QUALIFIERS = {
    "at least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|upwards of",
    "more than": "more than|over|above|in excess of|exceeding|greater than|upward of|well over",
    "nearly": "nearly|almost|close to|just under|approaching|not quite|just short of",
    "about": "about|around|approximately|roughly|some|an estimated|estimated|circa|ca|in the region of|just over",
    "less than": "less than|fewer than|under|below",
    "up to": "up to|as many as|as much as|at most|no more than|not more than|a maximum of",
}
AFTER = {"or more": "at least", "or so": "about", "or fewer": "up to", "or less": "up to", "- odd": "about"}
_QUALIFIER_WORDS = {tuple(form.split()): name for name, forms in QUALIFIERS.items() for form in forms.split("|")}

MONEY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₴": "UAH", "₺": "TRY",
         "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF", "dollar": "USD", "euro": "EUR", "rupee": "INR",
         "rouble": "RUB", "ruble": "RUB", "yen": "JPY", "yuan": "CNY"}
MEASURES = {
    "%": ("%", 1.0), "points": ("points", 1.0), "km": ("m", 1e3), "kilometre": ("m", 1e3), "kilometer": ("m", 1e3),
    "mile": ("m", 1609.344), "metre": ("m", 1.0), "meter": ("m", 1.0), "foot": ("m", .3048), "feet": ("m", .3048),
    "cm": ("m", .01), "centimetre": ("m", .01), "inch": ("m", .0254), "kg": ("kg", 1.0), "kilogram": ("kg", 1.0),
    "kilo": ("kg", 1.0), "gram": ("kg", 1e-3), "tonne": ("kg", 1e3), "ton": ("kg", 1e3), "hectare": ("ha", 1.0),
    "acre": ("ha", .404686), "litre": ("l", 1.0), "liter": ("l", 1.0), "second": ("s", 1.0), "minute": ("s", 60.0),
    "hour": ("s", 3600.0), "day": ("s", 86400.0), "week": ("s", 604800.0), "month": ("s", 2629800.0),
    "year": ("s", 31557600.0), "degree": ("degree", 1.0), "celsius": ("degree", 1.0), "fahrenheit": ("degree", 5 / 9)}
"""Units to the dimension they measure and their size in it.  A ton is held to be a tonne: papers seldom say which."""
FREEZING = {"fahrenheit": 32.0}
"""What a measure gives for nothing, to be taken off before it is converted."""
SEVERAL = {"percent": "%", "per cent": "%", "pct": "%", "percentage point": "points", "degrees celsius": "celsius",
           "degrees centigrade": "celsius", "degrees fahrenheit": "fahrenheit"}
"""Units that are written in several words or ways."""

SHADES = {"at least": (1.0, 1.5), "more than": (1.0, 1.5), "nearly": (.9, 1.0), "about": (.9, 1.1),
          "less than": (.5, 1.0), "up to": (.5, 1.0)}
"""What each qualifier allows, as factors of the number.  Chosen: "at least 100" is no contradiction of 140, but a
reader who is told 100 in one paper and 10,000 in another wants to know, whatever stands before them."""

CONVERTED = 1.01
"""What rounding may add to a number that was converted into another unit: 180 metres are told as 590 feet."""
LABELS = frozenset("no nr number page pages article section chapter paragraph clause flight highway route channel room "
                   "resolution unit phase grade version figure table act volume part item rule line gate size".split())
_ONE_OF = frozenset("person man woman child death percent per".split())
_BEGINS = re.compile(
    rf"[\d\u00bc-\u00be\u2150-\u215e]"      # digits, and fractions of one sign
    rf"|\b(?:tens of|half|a (?:{'|'.join(PARTS)})|{'|'.join(sorted({*SMALL, *SCALES, *VAGUE} - {'one'}))}"
    rf"|one (?:in|out|{'|'.join(PARTS)}|{'|'.join(sorted(_ONE_OF | set(SCALES)))})|(?:at least|more than) one)\b",
    re.IGNORECASE)
_FIRST_WORDS = frozenset((*SMALL, *SCALES, *VAGUE, *PARTS, "tens", "half", "one"))
"""Of the words that _BEGINS looks for, one of each: far sooner looked up than looked for."""
_OTHER_KIND = re.compile(
    r"(?:st|nd|rd|th)\b|:\d|[/⁄∕]\d| ?[ap]\.?m\b|[-– ]years?[- ]old| o.clock|\.com|@|[-–](?:day|hour)[- ]|[-–]hour\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_MODEL = re.compile(r"[A-Z]\w*[ \u00a0]\Z")
_LOOSE = frozenset("other more new square cubic of".split())
_STOP = frozenset(
    "a an the and or but of in on at by for from to with as were was are is be been had has have who that which when "
    "while after before during per last this these those not no than more most others".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the text gives, at `text[start:end]` (qualifier and unit included).

    `high` is the upper end of a range, else `number`; `slack` is half a step of what it was rounded to (told by a scale
    word: "1.2 million" is 50,000 wide to each side); `unit` is a currency, a measure, or what is counted, else None.
    `digits` is where the number itself stands.
    """

    start: int
    end: int
    number: float
    high: float
    slack: float
    qualifier: str | None
    unit: str | None
    digits: tuple[int, int]

    def bounds(self) -> tuple[float, float]:
        """The least and the most that a reader may take it to mean (see SHADES)."""
        low, high = SHADES.get(self.qualifier or "", (1, 1))
        return (self.number - self.slack) * low, (self.high + self.slack) * high


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both measure in the same dimension (both count, both are money of one currency, both lengths, ...)."""
    mine, theirs = _dimension(one.unit)[0], _dimension(other.unit)[0]
    return mine == theirs or {mine, theirs} == {"%", "points"}


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether both can be told of the same thing: what each can be taken to mean overlaps.  Units are converted.

    >>> a, b = quantities("at least 160 dead"), quantities("some 165 people")
    >>> agree(a[0], b[0])
    True
    """
    (mine, size), (theirs, other_size) = _dimension(one.unit), _dimension(other.unit)
    if mine != theirs:
        return False
    (low, high), (least, most) = _converted(one), _converted(other)
    margin = 1e-9 if size == other_size else CONVERTED - 1
    return low <= most + abs(most) * margin and least <= high + abs(high) * margin     # a frost is less than nothing


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether both may count the same: they do not name it by two different words."""
    return one.unit is None or other.unit is None or stem(one.unit) == stem(other.unit)


def _converted(quantity: Quantity) -> tuple[float, float]:
    """What a reader may take it to mean, in the unit of its dimension."""
    nothing, size = FREEZING.get(quantity.unit or "", 0.0), _dimension(quantity.unit)[1]
    low, high = quantity.bounds()
    return (low - nothing) * size, (high - nothing) * size


def measure(quantity: Quantity) -> tuple[str, float]:
    """What a quantity measures, and the size of its unit in that: lengths in metres, counts, each currency."""
    return _dimension(quantity.unit)


def _dimension(unit: str | None) -> tuple[str, float]:
    if unit is None:
        return "count", 1.0
    if unit in MEASURES:
        return MEASURES[unit]
    return (unit, 1.0) if unit in MONEY.values() else ("count", 1.0)


# -- reading -----------------------------------------------------------------------------------------------------

def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order.  Years, dates, times of day, ages and labels ("Article 5") are none.

    Costs time in proportion to the text's length.

    >>> found = quantities("More than two dozen boats and 1.5 million euros were lost.")
    >>> [(q.qualifier, q.number, q.unit) for q in found]
    [('more than', 24.0, 'boats'), (None, 1500000.0, 'EUR')]
    """
    if not any(map(str.isnumeric, text)) and _FIRST_WORDS.isdisjoint(_LETTERS.findall(text.lower())):
        return ()
    if _BEGINS.search(text) is None:
        return ()
    every = tokens(text)
    taken = [(date.start, date.end) for date in dates(text)]
    found: list[Quantity] = []
    at = since = 0
    while at < len(every):
        told = share(every, at)
        if told is not None and not _in_date(every[at].start, taken):
            found.append(_share(every, at, told, since))
            at = since = told.end
            continue
        read = numeral(text, every, at)
        if read is None or _in_date(every[at].start, taken) or _other_kind(text, every, at, read):
            at = at + 1 if read is None else read.end
            continue
        quantity, at = _complete(text, every, at, read, since)
        since = at
        found.append(quantity)
    return tuple(found)


def _share(every: Sequence[Token], at: int, told: Share, since: int) -> Quantity:
    """The quantity that a share told without a percent sign is."""
    qualifier, first = _qualifier(every, at, since)
    digits = every[at].start, every[told.end - 1].end
    return Quantity(every[first].start, digits[1], told.percent, told.percent, told.slack, qualifier, "%", digits)


def _in_date(start: int, taken: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(taken, start, key=lambda span: span[0])
    return place > 0 and taken[place - 1][1] > start


def _other_kind(text: str, every: Sequence[Token], at: int, read: Numeral) -> bool:
    """A time, age, ordinal or label, or digits that belong to a name, a link or a score."""
    start, stop = every[at].start, every[read.end - 1].end
    before, after = text[max(0, start - 1):start], text[stop:stop + 12].lower()
    previous = word(every, at - 1) if at else ""
    previous = word(every, at - 2) if previous == "." and at > 1 else previous
    if every[at].word == "one" and read.end == at + 1:
        return not _counts_one(every, at)
    if every[at].numeric and re.match(r"[ \u00a0]\d", after) and _MODEL.search(text, max(0, start - 20), start):
        return True                        # a model and what it measures: "the Galaxy 7 4.7-inch screen"
    label = previous in LABELS and (previous != "no" or every[at].numeric)
    if previous == "aged" or label or _OTHER_KIND.match(after):
        return True
    if not every[at].numeric:
        return False
    glued = before in DASHES and before and at > 1 and every[at - 2].end == start - 1
    if before.isalnum() or before in tuple("_#@:/⁄∕=&") or glued:
        return True                        # a model number, a link, or what is left of a score: ranges are read whole
    if re.match(r"[-–]\d", after) and _range(text, every, at, read) is None:
        return True
    if after[:1].isalpha():
        return not re.match(r"(?:km|kg|cm|m|pct|percent|usd|eur|gbp)\b", after)
    return after[:1] == "," and before == " " and previous == "," and len(every[at].word) <= 2      # "Jo Kol, 45, said"


def _counts_one(every: Sequence[Token], at: int) -> bool:
    """Whether "one" counts something ("at least one", "one person") and isn't a pronoun ("one of them", "no one")."""
    pair = f"{word(every, at - 2)} {word(every, at - 1)}" if at > 1 else ""
    return word(every, at + 1) in _ONE_OF or pair in ("at least", "more than")


def _complete(text: str, every: Sequence[Token], at: int, read: Numeral, since: int) -> tuple[Quantity, int]:
    """The quantity with its range, qualifier and unit; and the index of the token to go on from.

    `since` is the first token that belongs to no quantity yet.
    """
    digits = every[at].start, every[read.end - 1].end
    ranged = None if read.vague else _range(text, every, at, read)
    whole = ranged or read
    money = MONEY.get(every[at - 1].word) if at > since else None
    qualifier, first = _qualifier(every, at - (money is not None), since)
    end = whole.end
    if ranged is not None and first > since and every[first - 1].word == "between":
        first -= 1
    elif qualifier is None:
        qualifier, end = _qualified_after(every, end)
    unit, last = (money, end) if money else _unit(every, end, read.vague)
    qualifier = "vague" if read.vague and qualifier is None else qualifier
    span = every[first].start, every[last - 1].end
    return Quantity(*span, whole.low, whole.high, read.slack, qualifier, unit, digits), last


def _range(text: str, every: Sequence[Token], at: int, read: Numeral) -> Numeral | None:
    """ "30 to 40", "between 30 and 40", "2-3 million"; not "from 30 to 40", a change, which is two quantities."""
    joint, previous = word(every, read.end), word(every, at - 1) if at else ""
    if not (joint in DASHES or (joint == "to" and previous != "from") or (joint == "and" and previous == "between")):
        return None
    second = numeral(text, every, read.end + 1) if read.end + 1 < len(every) else None
    if second is None or second.vague:
        return None
    scale = SCALES.get(every[second.end - 1].word, 1.0)
    low = read.low * scale if read.low < 1000 <= second.low and every[read.end - 1].word not in SCALES else read.low
    return second._replace(low=low) if low < second.low else None


def _qualifier(every: Sequence[Token], at: int, since: int) -> tuple[str | None, int]:
    """What stands before token `at`, and the index of its first token (`at` itself where nothing does)."""
    for length in (4, 3, 2, 1):
        before = tuple(token.word for token in every[at - length:at]) if at - length >= since else ()
        if before in _QUALIFIER_WORDS:
            return _QUALIFIER_WORDS[before], at - length
    return None, at


def _qualified_after(every: Sequence[Token], end: int) -> tuple[str | None, int]:
    pair = f"{word(every, end)} {word(every, end + 1)}"
    if pair in AFTER:
        return AFTER[pair], end + 2
    return ("at least", end + 1) if word(every, end) in ("plus", "+") else (None, end)


def _unit(every: Sequence[Token], end: int, vague: bool) -> tuple[str | None, int]:
    """The unit that follows, and where the quantity ends with it: a currency, a measure, or a plural."""
    start = end + 1 if word(every, end) == "-" else end
    for length in (2, 1):
        follows = " ".join(word(every, start + ahead) for ahead in range(length))
        for form in (follows, follows.removesuffix("s"), follows.removesuffix("es")):
            if form in MONEY or form in SEVERAL or form in MEASURES:
                return MONEY.get(form) or SEVERAL.get(form, form), start + length
    start = end + 1 if vague and word(every, end) == "of" else end
    for ahead in range(start, min(start + 3, len(every))):
        noun = every[ahead].word
        if not noun.isalpha() or noun in _STOP:
            break
        plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3
        if plural or (noun in COUNTED and noun not in _LOOSE):
            return noun, ahead + 1
    return None, end
