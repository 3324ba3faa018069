"""Quotation marks: pairs of many languages, strays, and apostrophes."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.speech.quotes import quotations


@pytest.mark.parametrize(("text", "expected"), [
    ("He said “no” and “yes”.", ["“no”", "“yes”"]),
    ("He said \"no\" and left.", ["\"no\""]),
    ("''No,'' he said.", ["''No,''"]),
    ("„Nein“, sagte er. „Neen”, zei zij.", ["„Nein“", "„Neen”"]),
    ("«Non», dit-il. »Nein«, sagte er.", ["«Non»", "»Nein«"]),
    ("「いいえ」と彼は言った。", ["「いいえ」"]),
    ("‘No,’ he said.", ["‘No,’"]),
    ("'No,' he said.", ["'No,'"]),
    ("The boats’ nets and the bishop’s tower", []),
    ("the boats' nets and the '90s", []),
    ("“He said ‘no’ to me,” she wrote.", ["“He said ‘no’ to me,”"]),
    ("“The speech goes on in the next paragraph.", ["“The speech goes on in the next paragraph."]),
    ("He said: “The speech goes on.", ["“The speech goes on."]),
    ("A 12\" pipe burst.", []),
    ("A stray ” mark and a stray “ mark", []),
    ("“”", []),
])
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start:q.end] for q in quotations(text, 0, len(text))] == expected


def test_a_mark_that_nothing_closes_is_told() -> None:
    (found,) = quotations("“The speech goes on", 0, 19)
    assert not found.closed


@given(st.text(alphabet="\"“”„‘’'«»「」 aA.,:\n", max_size=80), st.integers(0, 20))
def test_quotations_stand_in_order_and_apart(text: str, start: int) -> None:
    position = start = min(start, len(text))
    for found in quotations(text, start, len(text)):
        assert position <= found.start < found.end <= len(text)
        position = found.end
