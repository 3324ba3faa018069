"""Quantities: labelled cases, and what must hold for any text."""
from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.numbers import Quantity, agree, comparable, quantities

CASES = Path(__file__).parents[2] / "cases" / "numbers.csv"
ALPHABET = st.sampled_from([*"0123456789.,'’ -–$€%ab \n", " million", " at least ", " two ", " dozens of ", " to "])


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def told(quantity: Quantity) -> str:
    high = f"-{quantity.high:.15g}" if quantity.high != quantity.number else ""
    return " ".join(filter(None, (quantity.qualifier, f"{quantity.number:.15g}{high}", quantity.unit)))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:40])
def test_case(row: dict[str, str]) -> None:
    assert "; ".join(map(told, quantities(row["text"]))) == row["expected"]


@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_spans_are_in_order_and_hold_their_number(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.start <= quantity.digits[0] < quantity.digits[1] <= quantity.end
        low, high = quantity.bounds()
        assert low <= quantity.number or quantity.qualifier
        assert low <= high
        end = quantity.end


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for quantity in quantities(text):
        assert agree(quantity, quantity)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("at least 160 boats", "165 boats", True),
    ("at least 160 boats", "600 boats", False),
    ("about 160 boats", "150 boats", True),
    ("160 boats", "161 boats", False),
    ("nearly 160 boats", "155 boats", True),
    ("nearly 160 boats", "170 boats", False),
    ("1.2 million boats", "1,234,000 boats", True),
    ("1.2 million boats", "1,300,000 boats", False),
    ("dozens of boats", "40 boats", True),
    ("30 to 40 boats", "35 boats", True),
    ("1.234 million boats", "1,300,000 boats", False),
    ("one point two million boats", "1,234,000 boats", True),
    ("3,00,000 boats", "300,000 boats", True),
    ("2 km", "2,000 metres", True),
    ("5 percent", "5 boats", False),
    ("$5 million", "€5 million", False),
])
def test_what_agrees(one: str, other: str, same: bool) -> None:
    first, second = quantities(one)[0], quantities(other)[0]
    assert agree(first, second) is agree(second, first) is same


def test_only_one_dimension_compares() -> None:
    length, count, money = (quantities(text)[0] for text in ("5 km", "5 boats", "$5"))
    assert not comparable(length, count)
    assert not comparable(money, count)
    assert comparable(length, quantities("3 miles")[0])


def test_a_megabyte_of_digits_is_no_number_but_is_read() -> None:
    assert len(quantities("7" * 100_000)) <= 1
    assert len(quantities("1," * 50_000)) <= 50_000
