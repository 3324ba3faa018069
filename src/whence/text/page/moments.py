"""A publication date as a page or a person states it into ISO 8601, as precise as stated, or None where it is none."""
from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

YEARS = (1600, 2199)
"""Years taken to be meant.  Chosen: the first printed newspaper is of 1605; 0001 and 9999 are unset fields."""

LONGEST = 80
"""Characters of the longest date read.  Chosen: a full RFC 2822 date with its comment takes 45."""

MONTHS = {name: number for number, names in enumerate((
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec"), 1) for name in names.split()}

ZONES = {"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
         "pdt": -7}
"""The zones that RFC 2822 (section 4.3) defines by name, in hours.  Others are ambiguous: the offset is left out."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NAMED_DAY = r"(?:[a-z]{3,9},?\s)?"
_TIME = (r"(?:[T\s,]{1,3}(?:at\s)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
         r"(?:\s?(?P<half>[ap])\.?m\b\.?)?\s?(?:(?:GMT|UTC)?(?P<offset>[+-]\d\d:?(?:\d\d)?)|(?P<zone>[A-Za-z]{1,4}\b))?)?")
_NUMERIC = re.compile(r"(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>\d{4})" + _TIME, re.IGNORECASE | re.ASCII)
_FORMS = tuple(re.compile(form + r"\s*(?:\([A-Za-z ]{1,20}\))?", re.IGNORECASE | re.ASCII) for form in (
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)" + _TIME,
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:(?P<zone>Z)|(?P<offset>[+-]\d{4}))?)?",
    r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)" + _TIME,
    _NAMED_DAY + r"(?P<day>\d\d?)(?:st|nd|rd|th)?\.?[\s-](?P<name>" + _MONTH + r")\.?,?[\s-](?P<year>\d{4})" + _TIME,
    _NAMED_DAY + r"(?P<name>" + _MONTH + r")\.?\s(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s(?P<year>\d{4})" + _TIME,
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"(?P<year>\d{4})",
))
_WRITTEN_OUT = re.compile(
    rf"\b(?:\d\d?(?:st|nd|rd|th)?\s(?:{_MONTH})\.?,?|(?:{_MONTH})\.?\s\d\d?(?:st|nd|rd|th)?,?)\s\d{{4}}\b"
    r"|\b\d{4}-\d\d-\d\d\b", re.IGNORECASE | re.ASCII)


def iso(written: str | None) -> str | None:
    """`written` as ISO 8601: a year, month or day, or a time with its offset where that was given; else None.

    Reads ISO 8601, RFC 2822 and English dates.  A day and a month that could be exchanged (03/04/2019) are no date, nor
    is a day that no calendar has, nor the start of the Unix epoch to the second, which is an unset field.

    >>> iso("Mon, 18 Nov 2019 10:05:00 GMT"), iso("2019-11-18T10:05+0100"), iso("November 18, 2019")
    ('2019-11-18T10:05:00+00:00', '2019-11-18T10:05+01:00', '2019-11-18')
    >>> iso("2019-02-30"), iso("03/04/2019"), iso("1970-01-01T00:00:00Z"), iso("2 hours ago"), iso("2019-11")
    (None, None, None, None, '2019-11')
    """
    text = " ".join((written or "")[:LONGEST + 1].split())
    if not text or len(text) > LONGEST:
        return None
    if found := _NUMERIC.fullmatch(text):
        exchangeable = int(found["day"]) <= 12 and int(found["month"]) <= 12 and found["day"] != found["month"]
        return None if exchangeable else _compose(found.groupdict())
    matches = (form.fullmatch(text) for form in _FORMS)
    return next((_compose(found.groupdict()) for found in matches if found), None)


def day_within(text: str) -> str | None:
    """The one day that a short text names ("Posted on 18 November 2019 by"); None where there is none, or several."""
    days = {iso(found[0]) for found in _WRITTEN_OUT.finditer(text[:500])} - {None}
    return days.pop() if len(days) == 1 else None


def _compose(parts: dict[str, str | None]) -> str | None:
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    month = MONTHS[(parts["name"] or "").lower()] if parts.get("name") else int(parts.get("month") or 0)
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    if parts.get("day") is None:
        stated = f"{year}-{month:02}" if 1 <= month <= 12 else None
        return stated if parts.get("month") else str(year)
    try:
        return _moment(date(year, month, day), parts)
    except (ValueError, OverflowError):    # no such day, time or offset
        return None


def _moment(day: date, parts: dict[str, str | None]) -> str | None:
    if not parts.get("hour"):
        return day.isoformat()
    hour, second = int(parts["hour"] or 0), parts.get("second")
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    moment = datetime(day.year, day.month, day.day, hour, int(parts["minute"] or 0), int(second or 0),
                      tzinfo=_zone(parts.get("offset") or parts.get("zone")))
    if moment.replace(tzinfo=None) == datetime(1970, 1, 1):
        return None
    return moment.isoformat(timespec="seconds" if second else "minutes")


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        hours = ZONES.get(written.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
