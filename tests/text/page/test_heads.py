"""What the first lines of a plain text say that it is."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.page import heads
from whence.text.page.heads import Head

BODY = "The pier of Ostrel will stay shut until the spring, the ferry office said on Monday, and no date has been set."


@pytest.mark.parametrize(("above", "expected"), [
    ("Title: Pier shut\nPublisher: Ostrel Gazette\nDate: 3 May 2031\nBy Ann Brae\nURL: https://gazette.example/pier",
     Head(105, "Pier shut", "Ann Brae", "Ostrel Gazette", "2031-05-03", "https://gazette.example/pier")),
    ("Published: 2031-05-03T08:15+02:00\nTitle: Pier shut",
     Head(50, "Pier shut", None, None, "2031-05-03T08:15+02:00", None)),
    ("---\ntitle: \"Pier shut\"\nauthor: Ann Brae\ndate: 2031-05-03\nsource: https://gazette.example/pier\n"
     "tags: [a]\n---\n",
     Head(108, "Pier shut", "Ann Brae", None, "2031-05-03", "https://gazette.example/pier")),
    ("PRESS RELEASE\nOstrel Ferries\nOstrel, 3 May 2031\n\nPier stays shut",
     Head(47, None, None, "Ostrel Ferries", "2031-05-03", None)),
    ("The Ostrel Gazette\nPier stays shut\nPosted: 3 May 2031, 16:05\nSaved: 9 June 2031",
     Head(79, "Pier stays shut", None, "The Ostrel Gazette", "2031-05-03T16:05", None)),
    ("Pier stays shut\n3 May 2031", Head(26, "Pier stays shut", None, None, "2031-05-03", None)),
    ("Pier stays shut", Head()),
    ("Pier stays shut\n\nIt was built in 1931.", Head()),
    ("Pier stays shut\n\nBy Ann Brae", Head()),
    ("Updated: 3 May 2031", Head()),
    ("---\nno front matter", Head()),
])
def test_head(above: str, expected: Head) -> None:
    assert heads.read(f"{above}\n\n{BODY}\n") == expected


def test_a_paragraph_ends_it() -> None:
    assert heads.read(f"{BODY}\n\nDate: 3 May 2031\n") == Head()


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert 0 <= heads.read(text).end <= len(text)
