"""Whose text an article shows itself to be."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning import wires


@pytest.mark.parametrize(("text", "publisher", "wanted"), [
    ("ORLE, May 4 (Reuters) - The dam leaks.", None, "Reuters"),
    ("Dam leaks\n\nORLE (AP) — The dam leaks.", "The Orle Courier", "AP"),
    ("By Jo Kemp, Associated Press\n\nThe dam leaks.", None, "Associated Press"),
    ("By Jo Kemp\n\nThe dam leaks.", "The Orle Courier", None),
    ("The dam leaks.\n\nReuters", None, "Reuters"),
    ("ORLE (Sarn Wire) — The dam leaks.", "The Orle Courier", "Sarn Wire"),
    ("ORLE (Sarn Wire) — The dam leaks.", "Sarn Wire", None),
    ("ORLE (Sarn Wire) — The dam leaks.", None, None),
    ("ORLE (KORL) — The dam leaks.", "The Orle Courier", None),
    ("(Video) The dam leaks.", "The Orle Courier", None),
    ("The dam (AP) — or so they say — leaks, the mayor of Orle said on Tuesday.", None, "AP"),
    ("The dam leaks, according to Reuters.", "The Orle Courier", None),
    ("", None, None),
])
def test_wire(text: str, publisher: str | None, wanted: str | None) -> None:
    assert wires.wire(text, publisher) == wanted


@given(st.text(max_size=300), st.none() | st.text(max_size=20))
def test_any_text(text: str, publisher: str | None) -> None:
    found = wires.wire(text, publisher)
    assert found is None or found in text


@pytest.mark.parametrize("name", ["R", "Via", "Video", "Updated", "AFP Photo", "European Pressphoto Agency",
                                  "With the Associated Press"])
def test_what_is_no_outlet(name: str) -> None:
    assert not wires.names_outlet(name)


@pytest.mark.parametrize(("name", "wanted"), [
    ("Ends", False), ("Updated", False), ("Graphic", False), ("JK", False), ("AK", False), ("AP", True), ("dpa", True),
    ("Sarn Wire", True), ("KORL", True),
])
def test_what_stands_alone_in_brackets(name: str, wanted: bool) -> None:
    assert wires.bracketed_outlet(name) == wanted
