"""What kind of source a phrase names."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.speech.speakers import kind_of


@pytest.mark.parametrize(("phrase", "kind"), [
    ("Ada Boyd", "named"), ("Boyd", "named"), ("the Ostmark Herald", "named"),
    ("the Ostmark security service", "named"),
    ("Harbour Minister Ada Boyd, 58,", "named"), ("The Harbour Protection Office (HPO),", "named"),
    ("the mayor", "role"), ("a spokeswoman for the Port of Ostmark", "role"), ("The minister", "role"), ("she", "role"),
    ("Police", "role"), ("Mayor", "role"),
    ("experts", "anonymous"), ("Officials familiar with the matter", "anonymous"), ("two former agents", "anonymous"),
    ("intelligence agencies in Ostmark", "anonymous"), ("Sources", "anonymous"),
    ("A report by the council", "document"), ("the law", "document"), ("a new survey", "document"),
    ("most residents", "collective"), ("54 percent of voters", "collective"), ("they", "collective"),
    ("fishermen's wives", "collective"),
])
def test_kind(phrase: str, kind: str) -> None:
    assert kind_of(phrase) == kind


@given(st.text(max_size=60))
def test_any_phrase_has_a_kind(phrase: str) -> None:
    assert kind_of(phrase) in ("named", "role", "document", "anonymous", "collective")
