"""Two publication dates, as precise as known, to the chance that the one came before the other."""
from __future__ import annotations

import re
from datetime import UTC, datetime
from math import inf
from typing import NamedTuple

LATE = 2.0
"""Days after which a date is no longer taken for that of an update: chosen, most corrections come within two days."""
SURE, UPDATED, WRONG = .97, .15, .03
"""The chance that the earlier date is the earlier article; that an article dated up to LATE days after another came
before it after all (it was updated); and that one dated later still did (a wrong date).  Chosen, not measured."""

EVEN = .5
"""The chance that one came before another where dates say nothing; above it, it is held likely to have done so."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Window(NamedTuple):
    """When a date may have been: days since the epoch, from `first` to `last`."""

    first: float
    last: float


def window(published: str | None) -> Window | None:
    """What an ISO 8601 date can mean, as precise as it is: a year, a month, a day or a moment; None if unreadable.

    A moment without an offset is taken as UTC.
    """
    found = _DATE.match(published or "")
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    try:
        first = datetime(year, month, day, tzinfo=UTC)
        if found[3] and len(published or "") > 10:
            moment = datetime.fromisoformat(published or "")
            at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / 86400
            return Window(at, at)
        if found[3]:
            return Window(first.timestamp() / 86400, first.timestamp() / 86400 + 1)
        after = datetime(year + (found[2] is None or month == 12), month % 12 + 1 if found[2] else 1, 1, tzinfo=UTC)
    except ValueError:
        return None
    return Window(first.timestamp() / 86400, after.timestamp() / 86400)


def moment(published: str | None) -> float:
    """Days since 1970, the middle of what a date can mean; infinity for none: what is undated is never the earliest."""
    found = window(published)
    return inf if found is None else (found.first + found.last) / 2


def before(one: Window | None, other: Window | None) -> float:
    """The chance that `one` came before `other`, by their dates alone; EVEN where they say nothing."""
    if one is None or other is None or one == other:
        return EVEN
    if one.last <= other.first:
        return 1 - WRONG if other.first - one.last > LATE else 1 - UPDATED
    if other.last <= one.first:
        return WRONG if one.first - other.last > LATE else UPDATED
    share = _share(one, other)
    return UPDATED + (1 - 2 * UPDATED) * share


def _share(one: Window, other: Window) -> float:
    """The chance that a moment drawn from `one` comes before one drawn from `other`; the windows overlap."""
    middle = (other.first + other.last) / 2
    if one.last == one.first:
        return (other.last - one.first) / (other.last - other.first)
    return min(1.0, max(0.0, (middle - one.first) / (one.last - one.first)))
