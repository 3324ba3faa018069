"""Shares told without a percent sign, and what only looks like one."""
from __future__ import annotations

import pytest

from whence.text.meaning.numbers import agree, quantities


@pytest.mark.parametrize(("text", "expected"), [
    ("Half of the wells are dry.", [50.0]),
    ("About a quarter of the wells are dry.", [25.0]),
    ("Three quarters of the wells are dry.", [75.0]),
    ("One in five wells is dry.", [20.0]),
    ("Seven out of ten wells are dry.", [70.0]),
    ("Two in three days they came.", []),
    ("One of them came a third time.", []),
])
def test_shares(text: str, expected: list[float]) -> None:
    assert [quantity.number for quantity in quantities(text) if quantity.unit == "%"] == expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("50 degrees Celsius", "122 degrees Fahrenheit", True),
    ("50 degrees Celsius", "50 degrees Fahrenheit", False),
    ("a third of the wells", "33 percent of the wells", True),
    ("5 percent", "5 percentage points", False),
    ("a million and a half coins", "1.5m coins", True),
])
def test_one_number_in_two_forms(one: str, other: str, expected: bool) -> None:
    assert agree(quantities(one)[0], quantities(other)[0]) is expected
