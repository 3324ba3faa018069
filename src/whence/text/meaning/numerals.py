"""Tokens of a text into the bare numbers they spell: digits with separators and scales, number words, vague plurals."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

SMALL = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())} | {word: 10 * number for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)} | {"dozen": 12}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12} | SCALES
VAGUE = {"dozens": (24.0, 99.0), "scores": (40.0, 199.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 9999.0),
         "millions": (2e6, 9.99e6), "billions": (2e9, 9.99e9)}
"""What a reader may take the bare plurals to mean; "tens of" and "hundreds of" before them multiply."""
TALL = frozenset("tall high long wide deep thick above below away".split())
"""Words after which "m" is metres ("1.5m tall"), else millions."""
LARGEST = 1e18
"""Numbers from here on are serial numbers or noise: nobody counts so much."""
DASHES = frozenset("-–—")

_SEPARATORS = ",'’\u00a0\u2009\u202f"
_TOKEN = re.compile(rf"\d+(?:[.{_SEPARATORS}]\d+)*|[^\W\d_]+|[^\w\s]|\s+|_")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?:\.\d+)?"
                      r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")


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
    if read is not None and [word(found, read.end + ahead) for ahead in range(3)] == ["and", "a", "half"]:
        more = SCALES.get(found[read.end - 1].word, 1.0) / 2
        read = read._replace(end=read.end + 3, low=read.low + more, high=read.high + more)
    return read if read is not None and read.high < LARGEST else None


def _spelt(found: Sequence[Token], at: int) -> Numeral | None:
    first, second, third = found[at].word, word(found, at + 1), word(found, at + 2)
    if first in VAGUE or (first == "tens" and second == "of"):
        return _vague(found, at)
    if first == "half" and second in ("a", "an") and third in SCALES:
        return Numeral(at + 3, SCALES[third] / 2, SCALES[third] / 2, 0.0, False)
    if first in ("a", "an") and (second in SCALES or second == "dozen"):
        return _words(found, at + 1)
    return _words(found, at) if first in SMALL or first == "hundred" else None


def _digits(text: str, found: Sequence[Token], at: int) -> Numeral | None:
    number = _value(text[found[at].start:found[at].end])
    if number is None:
        return None
    decimals = re.search(r"[.,](\d{1,2})$", found[at].word)
    end, places = at + 1, len(decimals[1]) if decimals else 0
    while number < 1e15 and end < len(found) and _thousands_follow(text, found, at, end) and not places:
        number, end = number * 1000 + int(found[end].word), end + 1
    attached = end < len(found) and found[end].start == found[end - 1].end
    scale = SHORT_SCALES.get(word(found, end)) if attached else SCALES.get(word(found, end))
    if not attached and word(found, end) == "-" and word(found, end + 1) in SCALES:
        scale, end = SCALES[found[end + 1].word], end + 1
    if scale is None or (attached and word(found, end) == "m" and word(found, end + 1) in TALL):
        return Numeral(end, number, number, 0.0, False)
    return Numeral(end + 1, number * scale, number * scale, scale * 10 ** -places / 2, False)


def _thousands_follow(text: str, found: Sequence[Token], at: int, end: int) -> bool:
    """Whether the token goes on the number, three digits after one space ("30 000")."""
    return (len(found[end].word) == 3 and found[end].numeric and len(found[at].word) <= 3
            and text[found[end - 1].end:found[end].start] == " ")


def _value(digits: str) -> float | None:
    """What a run of digits and separators means, or None where it is no number ("1.2.3")."""
    if digits.isdecimal():
        return float(digits) if len(digits) < 40 else None
    if len(digits) > 100:
        return None
    if _GROUPED.fullmatch(digits):
        if digits.rfind(",") > digits.rfind(".") >= 0:
            return float(digits.replace(".", "").replace(",", "."))
        plain = re.sub(rf"[{_SEPARATORS}]", "", digits)
        return float(plain.replace(".", "") if plain.count(".") > 1 else plain)
    parts = re.fullmatch(r"(\d+)[.,](\d+)", digits)
    return float(f"{parts[1]}.{parts[2]}") if parts else None


def _words(found: Sequence[Token], at: int) -> Numeral | None:
    """A number in words: "two hundred and six thousand", "twenty-five", "dozen"."""
    total = current = 0.0
    end = here = at
    while here < len(found) and total + current < LARGEST:
        this, following = found[here].word, word(found, here + 1)
        joint = word(found, here - 1) in SCALES if this == "and" else (
            this in DASHES and found[here - 1].end == found[here].start)
        if this == "dozen":
            current = (current or 1) * 12
        elif this in SMALL:
            current += SMALL[this]
        elif this == "hundred":
            current = (current or 1) * 100
        elif this in SCALES:
            total, current = total + (current or 1) * SCALES[this], 0
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
