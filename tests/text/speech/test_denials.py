"""Which clause a sentence denies in so many words."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.speech.denials import denied, is_denial


@pytest.mark.parametrize(("sentence", "clause"), [
    ("The warden denied that the dam had leaked.", "The dam had leaked"),
    ("It is not true that the dam leaked in May, said Ada Roth, who had walked along it.", "The dam leaked in May"),
    ("It is not true that the dam leaked.", None),
    ("“It’s simply not true that the dam leaked in May,” she said.", "The dam leaked in May"),
    ("The allegation that our client sold the dam is false.", "Our client sold the dam"),
    ("There is no truth to the rumours that Kemp has sold it, his lawyer said.", "Kemp has sold it"),
    ("The owners have rejected reports that the dam leaks at night.", "The dam leaks at night"),
    ("Police dismissed as false a report that the man had a boat.", "The man had a boat"),
    ("He did not deny that the dam had leaked.", None),
    ("Kemp denied it.", None),
    ("The warden said that the dam had leaked.", None),
    ("It is true that the dam leaked in May.", None),
])
def test_denied(sentence: str, clause: str | None) -> None:
    assert denied(sentence) == clause


@pytest.mark.parametrize(("cue", "wanted"), [("denied", True), ("has rejected", True), ("disputes", True),
                                             ("did not deny", False), ("declined to say", False), ("said", False)])
def test_is_denial(cue: str, wanted: bool) -> None:
    assert is_denial(cue) == wanted


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    found = denied(text)
    assert found is None or found
