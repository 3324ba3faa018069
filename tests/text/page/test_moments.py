"""Dates as pages and people state them, and what is none."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whence.text.page import moments


@pytest.mark.parametrize(("written", "expected"), [
    ("2031-05-03", "2031-05-03"),
    ("2031-5-3", "2031-05-03"),
    ("20310503", "2031-05-03"),
    ("2031/05/03", "2031-05-03"),
    ("2031-05", "2031-05"),
    ("2031", "2031"),
    ("2031-05-03T08:15", "2031-05-03T08:15"),
    ("2031-05-03 08:15:30", "2031-05-03T08:15:30"),
    ("2031-05-03T08:15:30.123Z", "2031-05-03T08:15:30+00:00"),
    ("2031-05-03T08:15:30+0200", "2031-05-03T08:15:30+02:00"),
    ("2031-05-03T08:15:30-03:30", "2031-05-03T08:15:30-03:30"),
    ("20310503T081530Z", "2031-05-03T08:15:30+00:00"),
    ("Sat, 03 May 2031 08:15:30 GMT", "2031-05-03T08:15:30+00:00"),
    ("Sat, 3 May 2031 08:15:30 -0500 (EST)", "2031-05-03T08:15:30-05:00"),
    ("Sat May 03 2031 08:15:30 GMT+0100", "2031-05-03T08:15:30+01:00"),
    ("May 3, 2031", "2031-05-03"),
    ("3rd May 2031", "2031-05-03"),
    ("Saturday, May 3, 2031 at 8:15 p.m.", "2031-05-03T20:15"),
    ("3 May 2031, 12:05 AM", "2031-05-03T00:05"),
    ("31/05/2031", "2031-05-31"),
    ("5/5/2031", "2031-05-05"),
    ("  2031-05-03\n", "2031-05-03"),
    ("1970-01-01", "1970-01-01"),
    ("2031-05-03 08:15 XYZ", "2031-05-03T08:15"),
])
def test_read(written: str, expected: str) -> None:
    assert moments.iso(written) == expected


@pytest.mark.parametrize("written", [
    None, "", " ", "yesterday", "2 hours ago", "today", "May", "3 May", "03/04/2031", "2031-02-30", "2031-13-01",
    "2031-00-10", "0001-01-01T00:00:00", "9999-12-31", "1970-01-01T00:00:00Z", "1970-01-01 00:00:00",
    "2031-05-03T25:00", "2031-05-03T08:61", "2031-05-03T08:15+99:00",
    "{{date}}", "1.2.3", "x" * 10_000, "9" * 10_000, "٢٠٣١-٠٥-٠٣",
])
def test_not_a_date(written: str | None) -> None:
    assert moments.iso(written) is None


@given(st.text(max_size=100))
def test_never_raises_and_is_stable(written: str) -> None:
    found = moments.iso(written)
    assert found is None or moments.iso(found) == found


@given(st.datetimes(datetime(1700, 1, 2), datetime(2199, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_comes_back_whole(moment: datetime, minutes: int) -> None:
    assume(moment.replace(microsecond=0) != datetime(1970, 1, 1))      # an unset field, which is no date
    there = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    found = moments.iso(there.isoformat())
    assert found is not None and datetime.fromisoformat(found) == there.astimezone(UTC)


def test_day_within_a_line() -> None:
    assert moments.day_within("Posted on 3 May 2031 by the editor") == "2031-05-03"
    assert moments.day_within("From 3 May 2031 to 5 May 2031") is None
    assert moments.day_within("Updated 2 hours ago") is None
