"""Text into the days, months and years that it names, each with its place in the text."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {name: number for number, names in enumerate((
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec"), 1) for name in names.split()}

_MONTH = (r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
          r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_END = r"(?![\w%]|[.,]\d)"
_START = r"(?<![\w$€£¥.,/-])"

FORMS = tuple(re.compile(_START + form + _END, re.ASCII) for form in (
    _YEAR + r"-(?P<month>[01]\d)-(?P<day>[0-3]\d)",
    _DAY + r"(?: of)? " + _MONTH + r"(?:,? " + _YEAR + r")?",
    _MONTH + r" " + _DAY + r"(?:,? " + _YEAR + r")?",
    _MONTH + r",? " + _YEAR,
    r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Mm]id|[Ll]ate|[Oo]f)[ -]" + _MONTH,
    r"(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./]" + _YEAR,
))
"""Dates written out, fullest first.  12/3/2015 is read as 12 March, which most of the world's papers mean by it."""

COUNTED = frozenset("people men women children persons police dead wounded injured homeless staff crew troops votes "
                    "other more new square cubic metric households families tonne ton".split())
"""Words after a number that show it to be a count where their own ending does not."""

NEAR = 3
"""Days that two accounts of one event may differ by.  Chosen: the night, and the time it takes to be told."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BACK = {"today": 0, "yesterday": 1}
"""Days since what a text calls so."""
_RECENT = re.compile(r"\b(?:(?:[Oo]n|[Ll]ast) (" + "|".join(day.capitalize() for day in WEEKDAYS)
                     + r")|([Tt]oday|[Yy]esterday))\b")
YEARS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_YEARS_AGO = re.compile(r"\b(?:(\d{1,3}|a|" + "|".join(YEARS) + r") years? ago|last year)\b", re.IGNORECASE | re.ASCII)
_LONE_YEAR = re.compile(_START + _YEAR + r"(?:[-–/]\d{2,4})?(?![\w%]|[.,]\d|-\w)", re.ASCII)
_BEFORE_YEAR = frozenset(
    "in since of by from until till during before after early late mid to and the through between spring summer autumn "
    "fall winter circa year".split())
_ANY_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_DIGITS = re.compile(r"[0-3]?\d(?=\D|$)|\d{4}", re.ASCII)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ -]$")


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year at `text[start:end]`, as far as it is told; what is not told is None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        year = "????" if self.year is None else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


def dates(text: str) -> tuple[Date, ...]:
    """The dates in `text`, in order, not overlapping.

    A lone number from 1500 to 2099 is a year unless a counted thing follows it ("1,950 seats", "sold 1950 seats").

    >>> [str(date) for date in dates("Opened on 3 May 2011, shut in 2014.")]
    ['2011-05-03', '2014']
    """
    if _DIGITS.search(text) is None and _ANY_MONTH.search(text) is None:
        return ()
    found: list[Date] = []
    for form in FORMS:
        taken = _taken(found)
        read = (_date(match) for match in form.finditer(text))
        found.extend(day for day in read if day is not None and taken.isdisjoint((day.start, day.end - 1)))
    taken = _taken(found)
    found.extend(Date(match.start(), match.end(), int(match["year"]), None, None) for match in _LONE_YEAR.finditer(text)
                 if match.start() not in taken and _is_year(text, match))
    return tuple(sorted(found, key=lambda day: day.start))


def day_of(published: str | None) -> date | None:
    """The day of an ISO 8601 date or moment; None where it tells less, or none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def recent(text: str, when: date | None) -> tuple[Date, ...]:
    """The days that `text` names by their distance from `when`, the day it was published: "on Tuesday", "yesterday"; a
    weekday is the last one; and years ("two years ago", "last year").  None where that day is not known.

    >>> [str(day) for day in recent("It shut on Tuesday.", date(2031, 3, 6))]
    ['2031-03-04']
    >>> [str(day) for day in recent("It had been built twelve years ago.", date(2031, 3, 6))]
    ['2019']
    """
    if when is None:
        return ()
    found = []
    for match in _RECENT.finditer(text):
        name = (match[1] or match[2]).lower()
        back = BACK[name] if name in BACK else (when.weekday() - WEEKDAYS.index(name)) % 7
        day = date.fromordinal(max(1, when.toordinal() - back))
        found.append(Date(match.start(), match.end(), day.year, day.month, day.day))
    for match in _YEARS_AGO.finditer(text):
        told = match[1] or "last"
        back = int(told) if told.isdigit() else 1 if told.lower() in ("a", "last") else YEARS.index(told.lower()) + 1
        found.append(Date(match.start(), match.end(), max(1, when.year - back), None, None))
    return tuple(sorted(found, key=lambda day: day.start))


def agree(one: Date, other: Date) -> bool:
    """Whether both can be the same day, as far as both are told."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def misprinted(one: Date, other: Date) -> bool:
    """Whether two dates are likely meant to be one: days at most NEAR apart, or with two digits exchanged.

    >>> misprinted(Date(0, 0, 1962, None, None), Date(0, 0, 1926, None, None))
    True
    """
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    apart = [(a, b) for a, b in pairs if a is not None and b is not None and a != b]
    days_apart = _days_apart(one, other)
    if days_apart is not None and days_apart <= NEAR:
        return True
    if len(apart) != 1:
        return False
    a, b = apart[0]
    days = one.day is not None and other.day is not None and one.day != other.day
    return sorted(str(a)) == sorted(str(b)) or (days and one.month is not None and abs(a - b) <= NEAR)


def _days_apart(one: Date, other: Date) -> int | None:
    """Days between two days that are wholly told; None where they are not, or are no days."""
    try:
        mine, theirs = (date(told.year or 0, told.month or 0, told.day or 0) for told in (one, other))
    except ValueError:
        return None
    return abs((mine - theirs).days)


def _taken(found: list[Date]) -> set[int]:
    return {at for day in found for at in range(day.start, day.end)}


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    number = int(month) if month and month.isdigit() else MONTHS[month.rstrip(".").lower()] if month else None
    if (number is not None and not 1 <= number <= 12) or (day is not None and not 1 <= int(day) <= 31):
        return None
    return Date(match.start(), match.end(), int(year) if year else None, number, int(day) if day else None)


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = _LAST_WORD.search(text[max(0, match.start() - 20):match.start()])
    after = _NEXT_WORD.match(text[match.end():match.end() + 30])
    if before is not None and before[1].lower() == "the":
        return True
    if after is not None and after[1].islower() and (after[1] in COUNTED or (
            after[1].endswith("s") and not after[1].endswith(("ss", "was", "is", "has", "as", "us")))):
        return False
    return before is None or before[1].lower() in _BEFORE_YEAR or not before[1].islower() \
        or after is None or not after[1].islower()
