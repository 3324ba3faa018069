"""Tokens of a text into the bare numbers they spell: digits with separators and scales, number words, vague plurals."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

SMALL = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())} | {word: 10 * number for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)} | {"dozen": 12}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
MULTIPLES = SCALES | {"dozen": 12.0}
"""What a number or a part of one is told in: "1.2 million", "half a dozen"."""
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12} | SCALES
VAGUE = {"dozens": (24.0, 99.0), "scores": (40.0, 199.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 9999.0),
         "lakhs": (2e5, 9.99e5), "millions": (2e6, 9.99e6), "crores": (2e7, 9.99e7), "billions": (2e9, 9.99e9)}
"""What a reader may take the bare plurals to mean; "tens of" and "hundreds of" before them multiply."""
FEW = {"few": (2.0, 9.0), "several": (2.0, 9.0), "couple": (2.0, 3.0)}
"""How many hundreds, dozens and so on a reader may take these words to mean.  Chosen, as for VAGUE."""
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
PLAIN_PARTS = frozenset((2, 4))
"""Parts whose words are no ordinals: "two and a quarter" is a number, "two and a third man" is none."""
TALL = frozenset("tall high long wide deep thick above below away".split())
"""Words after which "m" is metres ("1.5m tall"), else millions."""
LARGEST = 1e18
"""Numbers from here on are serial numbers or noise: nobody counts so much."""
MOST_DECIMALS = 20
"""Chosen: more than a float tells apart."""
DASHES = frozenset("-–—")

_SEPARATORS = ",'’\u00a0\u2007\u2009\u202f"
_TOKEN = re.compile(rf"\d+(?:[.{_SEPARATORS}]\d+)*|[^\W\d_]+|[^\w\s]|\s+|_")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?:\.\d+)?"
                      r"|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?"       # as in India: 12,50,000
                      r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_AT_TIMES = frozenset("and but that was were had has is who which when where though".split())
"""Words before "at one point" where that is a time ("but at one point two men left"); else it is a number ("put at one
point two million").  Chosen."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits, a word in lower case, or a sign, at [start, end) of the text."""

    start: int
    end: int
    word: str

    @property
    def numeric(self) -> bool:
        """Whether it is written in digits."""
        return self.word[0].isdecimal()


class Numeral(NamedTuple):
    """A bare number: the index of the token after it, its low and high, half a step of its rounding, whether vague."""

    end: int
    low: float
    high: float
    slack: float
    vague: bool


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, white space left out."""
    return [Token(m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text) if not m[0].isspace()]


def word(found: Sequence[Token], at: int) -> str:
    """The token at an index, "" where there is none."""
    return found[at].word if 0 <= at < len(found) else ""


def numeral(text: str, found: Sequence[Token], at: int) -> Numeral | None:
    """The number that starts at token `at`, if one does.

    >>> text = "two hundred and six thousand"
    >>> numeral(text, tokens(text), 0)
    Numeral(end=5, low=206000.0, high=206000.0, slack=0.0, vague=False)
    """
    read = _digits(text, found, at) if found[at].numeric else _spelt(found, at)
    if read is not None and not read.vague:
        read = _with_part(found, read)
    return read if read is not None and read.high < LARGEST else None


def part(found: Sequence[Token], at: int) -> tuple[int, int, int] | None:
    """The part that starts at token `at` ("half", "a third", "three-quarters"): the index of the token after it, how
    many, and of what.

    >>> part(tokens("three-quarters of a million"), 0)
    (3, 3, 4)
    """
    first = word(found, at)
    if first == "half":
        return at + 1, 1, 2
    if len(first) == 1 and 0 < unicodedata.numeric(first, 0) < 1:
        return at + 1, *Fraction(unicodedata.numeric(first)).limit_denominator(1000).as_integer_ratio()
    count = 1 if first in ("a", "an") else SMALL.get(first, 0)
    place = at + 2 if word(found, at + 1) in DASHES else at + 1
    whole = PARTS.get(word(found, place)) if count == 1 else PARTS.get(word(found, place).removesuffix("s"))
    return (place + 1, count, whole) if whole is not None and 0 < count < whole else None


def part_of_scale(found: Sequence[Token], at: int) -> Numeral | None:
    """A part of a million or the like: "half a million", "three quarters of a million", "a half-dozen"."""
    told = part(found, at)
    if told is None and word(found, at) in PARTS and word(found, at + 1) == "of":
        told = at + 1, 1, PARTS[word(found, at)]                # "nearly quarter of a million"
    if told is None:
        return None
    here, count, whole = told
    if word(found, here) == "of":
        here += 1
    elif whole not in PLAIN_PARTS and found[here - 1].word.isalpha():
        return None
    scale, end = _scale(found, here + 1 if word(found, here) in ("a", "an", "one") else here)
    return Numeral(end, scale * count / whole, scale * count / whole, 0.0, False) if scale > 1 else None


def _with_part(found: Sequence[Token], read: Numeral) -> Numeral:
    """A number with the part that is added to it: "two and a half million", "a million and a quarter", "2½"."""
    glued = word(found, read.end) in DASHES
    here = read.end + glued
    if word(found, here) == "and":
        here += 2 if glued and word(found, here + 1) in DASHES else 1
    elif glued or word(found, here).isalpha():
        return read
    told = part(found, here)
    if told is None or word(found, told[0]) == "of":
        return read
    end, more = told[0], told[1] / told[2]
    scale, _ = _scale(found, read.end - 1)
    if scale > 1:
        return Numeral(end, read.low + more * scale, read.high + more * scale, read.slack, False)
    scale, after = _scale(found, end)
    if scale == 1 and told[2] not in PLAIN_PARTS and found[end - 1].word.isalpha():
        return read
    return Numeral(after, (read.low + more) * scale, (read.high + more) * scale, read.slack, False)


def _scale(found: Sequence[Token], at: int) -> tuple[float, int]:
    """What the scale words at a token multiply by ("million", "lakh crore", "crores"), and the token after them."""
    factor, end = 1.0, at
    while True:
        here = end + 1 if end == at and word(found, end) == "-" else end
        this = word(found, here)
        more = MULTIPLES.get(_singular(this))
        if more is None or factor * more >= LARGEST:
            return factor, end
        factor, end = factor * more, here + 1


def _singular(scale: str) -> str:
    """ "lakh" for "lakhs"; other words as they are."""
    return scale.removesuffix("s") if scale in VAGUE else scale


def _spelt(found: Sequence[Token], at: int) -> Numeral | None:
    first, second = found[at].word, word(found, at + 1)
    if first in VAGUE or (first == "tens" and second == "of"):
        return _vague(found, at)
    if first in FEW:
        scale, end = _scale(found, at + 2 if first == "couple" and second == "of" else at + 1)
        low, high = (scale * many for many in FEW[first])
        return Numeral(end, low, high + scale - 1 if first != "couple" else high, 0.0, True) if scale > 1 else None
    if (some := part_of_scale(found, at)) is not None:
        return some
    if first in ("a", "an") and second in MULTIPLES:
        return _words(found, at + 1)
    return _pointed(found, at) or (_words(found, at) if first in SMALL or first == "hundred" else None)


def _pointed(found: Sequence[Token], at: int) -> Numeral | None:
    """A number in words with decimals: "one point two million", "zero point five"."""
    if found[at].word not in SMALL:
        return None
    whole = _words(found, at)
    here = whole.end if whole else at + 1
    decimals, end = _decimals(found, here + 1)
    timed = found[at].word == "one" and word(found, at - 1) == "at" \
        and (not word(found, at - 2).isalpha() or word(found, at - 2) in _AT_TIMES)
    if word(found, here) != "point" or not decimals or timed:
        return None
    scale, after = _scale(found, end)
    number = ((whole.high if whole else 0.0) + float(f".{decimals}")) * scale
    return Numeral(after, number, number, scale * 10 ** -len(decimals) / 2 if scale > 1 else 0.0, False)


def _decimals(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The digits that words name one by one or in pairs ("two five", "twenty-five"), and the token after them."""
    digits = ""
    while word(found, at) in SMALL and word(found, at) != "dozen" and len(digits) < MOST_DECIMALS:
        told = SMALL[word(found, at)]
        pair = told >= 20 and word(found, at + 1) in DASHES and SMALL.get(word(found, at + 2), 10) < 10
        digits += str(told // 10 if pair else told)
        at += 2 if pair else 1
    return digits, at


def _digits(text: str, found: Sequence[Token], at: int) -> Numeral | None:
    read = _value(text[found[at].start:found[at].end])
    if read is None:
        return None
    number, places = read
    end = at + 1
    while number < 1e15 and end < len(found) and _thousands_follow(text, found, at, end) and not places:
        number, end = number * 1000 + int(found[end].word), end + 1
    attached = end < len(found) and found[end].start == found[end - 1].end and word(found, end) != "-"
    if attached:
        short = SHORT_SCALES.get(word(found, end), 1.0)
        scale, after = (1.0, end) if word(found, end) == "m" and word(found, end + 1) in TALL else \
            (short, end + (short > 1))
    else:
        scale, after = _scale(found, end)
    if scale == 1:
        return Numeral(end, number, number, 0.0, False)
    slack = scale * 10 ** -places / 2
    rest = _digits(text, found, after) if after < len(found) and found[after].numeric else None
    if rest is not None and rest.slack and rest.high < scale:      # "2 crore 50 lakh"
        return Numeral(rest.end, number * scale + rest.low, number * scale + rest.high, rest.slack, False)
    return Numeral(after, number * scale, number * scale, slack, False)


def _thousands_follow(text: str, found: Sequence[Token], at: int, end: int) -> bool:
    """Whether the token goes on the number, three digits after one space ("30 000")."""
    return (len(found[end].word) == 3 and found[end].word.isdecimal() and len(found[at].word) <= 3
            and text[found[end - 1].end:found[end].start] == " ")


def _value(digits: str) -> tuple[float, int] | None:
    """What a run of digits and separators means, and its decimal places; None where it is no number ("1.2.3")."""
    if digits.isdecimal():
        return (float(digits), 0) if len(digits) < 40 else None
    if len(digits) > 100:
        return None
    plain = digits
    if _GROUPED.fullmatch(digits):
        if digits.rfind(",") > digits.rfind(".") >= 0:
            plain = digits.replace(".", "").replace(",", ".")
        else:
            plain = re.sub(rf"[{_SEPARATORS}]", "", digits)
            plain = plain.replace(".", "") if plain.count(".") > 1 else plain
    parts = re.fullmatch(r"(\d+)(?:[.,](\d+))?", plain)
    return (float(f"{parts[1]}.{parts[2] or 0}"), len(parts[2] or "")) if parts else None


def _words(found: Sequence[Token], at: int) -> Numeral | None:
    """A number in words: "two hundred and six thousand", "twenty-five", "dozen"."""
    total = current = 0.0
    end = here = at
    while here < len(found) and total + current < LARGEST:
        this, following = found[here].word, word(found, here + 1)
        this = this if here == at else _singular(this)
        joint = word(found, here - 1) in SCALES if this == "and" else (
            this in DASHES and found[here - 1].end == found[here].start)
        if this == "dozen":
            current = (current or 1) * 12
        elif this in SMALL:
            current += SMALL[this]
        elif this == "hundred":
            current = (current or 1) * 100
        elif this in SCALES:
            scale = SCALES[this]           # what is less than the scale is told in it: "two lakh crore"
            total, current = ((total + current) * scale if 0 < total < scale else total + (current or 1) * scale), 0
        elif not (joint and here > at and following in SMALL):
            break
        here += 1
        end = here if this not in DASHES and this != "and" else end
    return Numeral(end, total + current, total + current, 0.0, False) if end > at and total + current > 0 else None


def _vague(found: Sequence[Token], at: int) -> Numeral:
    low, high = VAGUE.get(found[at].word, (20.0, 99.0))
    end = at + 1
    while word(found, end) == "of" and word(found, end + 1) in VAGUE:
        factor = SCALES.get(found[end + 1].word.rstrip("s"), 1)
        low, high, end = low * factor, high * factor, end + 2
    return Numeral(end, low, high, 0.0, True)
