"""Text into the quantities that it gives: number, what qualifies it, its unit, and the words themselves."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from whence.text.calendar import COUNTED, dates

SMALL = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())} | {word: 10 * number for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)} | {"dozen": 12}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "lakh": 1e5, "crore": 1e7}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12} | SCALES
VAGUE = {"dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2_000, 9_999),
         "millions": (2e6, 9.99e6), "billions": (2e9, 9.99e9)}
"""What a reader may take the bare plurals to mean; "tens of" and "hundreds of" before them multiply."""

QUALIFIERS = {
    "at least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|upwards of",
    "more than": "more than|over|above|in excess of|exceeding|greater than|upward of|well over",
    "nearly": "nearly|almost|close to|just under|approaching|not quite|just short of",
    "about": "about|around|approximately|roughly|some|an estimated|estimated|circa|ca|in the region of|or so|just over",
    "less than": "less than|fewer than|under|below",
    "up to": "up to|as many as|as much as|at most|no more than|not more than|a maximum of|as few as",
}
AFTER = {"or more": "at least", "or so": "about", "or fewer": "up to", "or less": "up to", "plus": "at least",
         "odd": "about"}
_QUALIFIER_WORDS = {tuple(words.split()): name for name, all_words in QUALIFIERS.items() for words in all_words.split("|")}

MONEY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₴": "UAH", "₺": "TRY",
         "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF", "dollar": "USD", "euro": "EUR", "rupee": "INR",
         "rouble": "RUB", "ruble": "RUB", "yen": "JPY", "yuan": "CNY"}
MEASURES = {
    "%": ("%", 1), "percent": ("%", 1), "per cent": ("%", 1), "pct": ("%", 1), "percentage point": ("points", 1), "points": ("points", 1),
    "km": ("m", 1e3), "kilometre": ("m", 1e3), "kilometer": ("m", 1e3), "mile": ("m", 1609.344), "metre": ("m", 1),
    "meter": ("m", 1), "foot": ("m", .3048), "feet": ("m", .3048), "cm": ("m", .01), "centimetre": ("m", .01),
    "inch": ("m", .0254), "kg": ("kg", 1), "kilogram": ("kg", 1), "kilo": ("kg", 1), "gram": ("kg", 1e-3),
    "tonne": ("kg", 1e3), "ton": ("kg", 1e3), "hectare": ("ha", 1), "acre": ("ha", .404686), "litre": ("l", 1),
    "liter": ("l", 1), "second": ("s", 1), "minute": ("s", 60), "hour": ("s", 3600), "day": ("s", 86400),
    "week": ("s", 604800), "month": ("s", 2629800), "year": ("s", 31557600), "degree": ("degree", 1)}
"""Units to the dimension they measure and their size in it.  A ton is held to be a tonne: papers seldom say which."""

PERCENT = {"percent": "%", "per cent": "%", "pct": "%", "percentage point": "points"}

SHADES = {"at least": (1, 1.5), "more than": (1, 1.5), "nearly": (.9, 1), "about": (.9, 1.1), "less than": (.5, 1),
          "up to": (.5, 1)}
"""What each qualifier allows, as factors of the number.  Chosen: "at least 100" is no contradiction of 140, but a
reader who is told 100 in one paper and 10,000 in another wants to know, whatever stands before them."""

LABELS = frozenset("no nr number page pages article section chapter paragraph clause flight highway route channel room "
                   "resolution unit phase grade version figure table act volume part item rule line gate size psalm".split())
_TOKEN = re.compile(r"\d+(?:[.,'’\u00a0\u2009\u202f]\d+)*|[^\W\d_]+|[^\w\s]|\s+|_")
_GROUPED = re.compile(r"\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COUNTED_BY_ONE = frozenset("person man woman child death percent per".split())
_STARTS = frozenset({*SMALL, *SCALES, *VAGUE, "half"})
_STOP = frozenset("a an the and or but of in on at by for from to with as were was are is be been had has have who that "
                  "which when while after before during per last this these those not no than more most others".split())
_BEGINS = re.compile(rf"\d|\b(?:tens of|{'|'.join(sorted(_STARTS - {'one'}))}|one (?:{'|'.join(sorted(_COUNTED_BY_ONE | set(SCALES)))})"
                     r"|(?:at least|more than) one)\b", re.IGNORECASE)
_LOOSE = frozenset("other more new square cubic of".split())
_DASHES = frozenset("-–—")


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
    return _dimension(one.unit)[0] == _dimension(other.unit)[0]


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether both can be told of the same thing: what each can be taken to mean overlaps.  Units are converted.

    >>> a, b = quantities("at least 160 dead"), quantities("some 165 people")
    >>> agree(a[0], b[0])
    True
    """
    if not comparable(one, other):
        return False
    (low, high), (least, most) = one.bounds(), other.bounds()
    mine, theirs = _dimension(one.unit)[1], _dimension(other.unit)[1]
    margin = 1 + 1e-9
    return low * mine <= most * theirs * margin and least * theirs <= high * mine * margin


def _dimension(unit: str | None) -> tuple[str, float]:
    if unit is None:
        return "count", 1
    if unit in MEASURES:
        return MEASURES[unit]
    return (unit, 1) if unit.isupper() and len(unit) == 3 else ("count", 1)


# -- reading -----------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str                              # lower case; white space is left out of the list

    @property
    def numeric(self) -> bool:
        return self.word[0].isdigit()


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order.  Years, dates, times of day, ages and labels ("Article 5") are none.

    Costs time in proportion to the text's length.

    >>> [(q.qualifier, q.number, q.unit) for q in quantities("More than two dozen boats and 1.5 million euros were lost.")]
    [('more than', 24.0, 'boats'), (None, 1500000.0, 'EUR')]
    """
    if _BEGINS.search(text) is None:
        return ()
    tokens = [_Token(m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text) if not m[0].isspace()]
    barred = [(date.start, date.end) for date in dates(text)]
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        read = _number(text, tokens, at)
        if read is None or _barred(text, tokens, at, read, barred):
            at = at + 1 if read is None else read[0]
            continue
        quantity, at = _complete(text, tokens, at, read)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


_Read = tuple[int, float, float, float, bool]
"""Where the number ends (index of the token after it), its low, its high, its slack, whether it is vague."""


def _number(text: str, tokens: Sequence[_Token], at: int) -> _Read | None:
    token = tokens[at]
    if token.numeric:
        return _digits(text, tokens, at)
    if token.word in VAGUE or (token.word == "tens" and _word(tokens, at + 1) == "of"):
        return _vague(tokens, at)
    if token.word == "half" and _word(tokens, at + 1) in ("a", "an") and _word(tokens, at + 2) in SCALES:
        return at + 3, SCALES[tokens[at + 2].word] / 2, SCALES[tokens[at + 2].word] / 2, 0, False
    if token.word in ("a", "an") and (_word(tokens, at + 1) in SCALES or _word(tokens, at + 1) == "dozen"):
        return _words(tokens, at + 1)
    return _words(tokens, at) if token.word in SMALL or token.word == "hundred" else None


def _digits(text: str, tokens: Sequence[_Token], at: int) -> _Read | None:
    number = _value(text[tokens[at].start:tokens[at].end])
    if number is None:
        return None
    decimals = re.search(r"[.,](\d{1,2})$", tokens[at].word)
    end, places = at + 1, len(decimals[1]) if decimals else 0
    while number < 1e15 and end < len(tokens) and len(tokens[end].word) == 3 and tokens[end].numeric and not places \
            and len(tokens[at].word) <= 3 and text[tokens[end - 1].end:tokens[end].start] == " ":
        number, end = number * 1000 + int(tokens[end].word), end + 1
    word = _word(tokens, end)
    attached = end < len(tokens) and tokens[end].start == tokens[end - 1].end
    scale = SHORT_SCALES.get(word) if attached else SCALES.get(word)
    if not attached and word == "-" and _word(tokens, end + 1) in SCALES:
        scale, end = SCALES[tokens[end + 1].word], end + 1
    if scale is None:
        return end, number, number, 0, False
    return end + 1, number * scale, number * scale, scale * 10 ** -places / 2, False


def _value(digits: str) -> float | None:
    """What a run of digits and separators means, or None where it is no number ("1.2.3")."""
    if digits.isdigit():
        return float(digits[:300])
    if _GROUPED.fullmatch(digits):
        decimal = digits.rfind(",") > digits.rfind(".") >= 0
        cleaned = re.sub(r"[.'’\s]" if decimal else r"[,'’\s]", "", digits)
        if decimal or cleaned.count(".") > 1:
            cleaned = cleaned.replace(".", "").replace(",", ".")
        return float(cleaned)
    parts = re.fullmatch(r"(\d+)[.,](\d+)", digits)
    return float(f"{parts[1][:300]}.{parts[2]}") if parts else None


def _words(tokens: Sequence[_Token], at: int) -> _Read | None:
    """A number in words: "two hundred and six thousand", "twenty-five", "dozen"."""
    total = current = 0.0
    end = here = at
    while here < len(tokens):
        word = tokens[here].word
        if word in SMALL and (word != "dozen" or current):
            current = current * 12 if word == "dozen" else current + SMALL[word]
        elif word == "dozen":
            current = 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        elif not ((word in _DASHES and tokens[here - 1].end == tokens[here].start and _word(tokens, here + 1) in SMALL)
                  or (word == "and" and tokens[here - 1].word in SCALES and _word(tokens, here + 1) in SMALL)):
            break
        else:
            here += 1
            continue
        here += 1
        end = here
    return (end, total + current, total + current, 0, False) if end > at and total + current > 0 else None


def _vague(tokens: Sequence[_Token], at: int) -> _Read | None:
    low, high = VAGUE.get(tokens[at].word, (20, 99))
    end = at + 1
    while _word(tokens, end) == "of" and _word(tokens, end + 1) in VAGUE:
        factor = SCALES[tokens[end + 1].word.rstrip("s")] if tokens[end + 1].word.rstrip("s") in SCALES else 1
        low, high, end = low * factor, high * factor, end + 2
    return end, float(low), float(high), 0, True


def _barred(text: str, tokens: Sequence[_Token], at: int, read: _Read, dates_at: Sequence[tuple[int, int]]) -> bool:
    """A year, date, time, age, ordinal or label, or digits that belong to a name, a link or a number of another kind."""
    end = read[0]
    start, stop = tokens[at].start, tokens[end - 1].end
    place = bisect_right(dates_at, (start, len(text)))
    if place and dates_at[place - 1][1] > start:
        return True
    before, after = text[max(0, start - 1):start], text[stop:stop + 12].lower()
    if tokens[at].numeric and (before.isalnum() or before in ("_", "#", "@", ":", "/", "=", "&")):
        return True
    if tokens[at].numeric and before and before in _DASHES and at > 1 and tokens[at - 2].end == start - 1:
        return True                        # a model number, or what is left of a score: ranges have been read whole
    if tokens[end - 1].numeric and re.match(r"[-–]\d", after) and _range(text, tokens, at, read) is None:
        return True
    previous = _word(tokens, at - 1) if at else ""
    previous = _word(tokens, at - 2) if previous == "." and at > 1 else previous
    if previous in LABELS and not (previous == "no" and not tokens[at].numeric) or previous == "aged":
        return True
    if tokens[at].word == "one" and end == at + 1:
        return not _counts_one(tokens, at)
    if re.match(r"(st|nd|rd|th)\b|:\d|/\d| ?[ap]\.?m\b|[-– ]years?[- ]old| o.clock|\.com|@|[-–]day[- ]|[-–]hour\b", after):
        return True
    if tokens[at].numeric and after[:1].isalpha():
        return not re.match(r"(km|kg|cm|pct|percent|usd|eur|gbp)\b", after)
    return after[:1] == "," and before == " " and previous == "," and tokens[at].numeric and len(tokens[at].word) <= 2


def _counts_one(tokens: Sequence[_Token], at: int) -> bool:
    """Whether "one" counts something ("at least one", "one person") and isn't a pronoun ("one of them", "no one")."""
    after = _word(tokens, at + 1)
    return after in _COUNTED_BY_ONE or after in SCALES \
        or (at > 1 and (tokens[at - 2].word, tokens[at - 1].word) in (("at", "least"), ("more", "than")))


def _complete(text: str, tokens: Sequence[_Token], at: int, read: _Read) -> tuple[Quantity | None, int]:
    """The quantity with its range, qualifier and unit; and the index of the token to go on from."""
    end, low, high, slack, vague = read
    digits = tokens[at].start, tokens[end - 1].end
    ranged = None if vague else _range(text, tokens, at, read)
    if ranged is not None:
        end, low, high = ranged
    qualifier, first = _qualifier(tokens, at)
    if ranged is not None and first and tokens[first - 1].word == "between":
        first -= 1
    if qualifier is None and ranged is None:
        qualifier, end = _qualified_after(tokens, end)
    unit, first, last = _unit(tokens, first, at, end, vague)
    qualifier = "vague" if vague and qualifier is None else qualifier
    return Quantity(tokens[first].start, tokens[last - 1].end, low, high, slack, qualifier, unit, digits), last


def _range(text: str, tokens: Sequence[_Token], at: int, read: _Read) -> tuple[int, float, float] | None:
    """"30 to 40", "between 30 and 40", "2-3 million"; not "from 30 to 40", which is a change and two quantities."""
    end, low = read[:2]
    joint, previous = _word(tokens, end), _word(tokens, at - 1) if at else ""
    if not (joint in _DASHES or joint == "to" and previous != "from" or joint == "and" and previous == "between"):
        return None
    second = _number(text, tokens, end + 1) if end + 1 < len(tokens) else None
    if second is None or second[4]:
        return None
    last, high = second[:2]
    scale = SCALES.get(tokens[last - 1].word, 1)
    if low < 1000 <= high and scale > 1 and tokens[end - 1].word not in SCALES:
        low *= scale
    return (last, low, high) if low < high else None


def _qualifier(tokens: Sequence[_Token], at: int) -> tuple[str | None, int]:
    """What stands before the number, and the index of its first token (the number's own where nothing does)."""
    at = at - 1 if at and tokens[at - 1].word in MONEY else at
    for length in (4, 3, 2, 1):
        name = _QUALIFIER_WORDS.get(tuple(token.word for token in tokens[at - length:at])) if at >= length else None
        if name is not None:
            return name, at - length
    return None, at


def _qualified_after(tokens: Sequence[_Token], end: int) -> tuple[str | None, int]:
    pair = f"{_word(tokens, end)} {_word(tokens, end + 1)}"
    if pair in AFTER:
        return AFTER[pair], end + 2
    if _word(tokens, end) in ("plus", "+"):
        return "at least", end + 1
    return ("about", end + 2) if pair == "- odd" else (None, end)


def _unit(tokens: Sequence[_Token], first: int, at: int, end: int, vague: bool) -> tuple[str | None, int, int]:
    """The unit, and where the quantity starts and ends with it: a currency, a measure, or the plural that follows."""
    if at and tokens[at - 1].word in MONEY:
        return MONEY[tokens[at - 1].word], min(first, at - 1), end
    start = end + 1 if _word(tokens, end) == "-" else end
    for length in (2, 1):
        word = " ".join(_word(tokens, start + i) for i in range(length))
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in MONEY or form in MEASURES:
                return MONEY.get(form) or PERCENT.get(form, form), first, start + length
    end_of_number, end = end, end + 1 if vague and _word(tokens, end) == "of" else end
    for ahead in range(end, min(end + 3, len(tokens))):
        word = tokens[ahead].word
        if not word.isalpha() or word in _STOP:
            break
        if (word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3) or word in COUNTED - _LOOSE:
            return word, first, ahead + 1
    return None, first, end_of_number


def _word(tokens: Sequence[_Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""
