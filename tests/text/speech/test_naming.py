"""Which names a text says are of one bearer, and which it says are of outlets."""
from __future__ import annotations

import csv
from pathlib import Path

import pytest

from whence.text.speech import naming

CASES = Path(__file__).parents[2] / "cases" / "naming.csv"


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_case(row: dict[str, str]) -> None:
    assert list(naming.outlets(row["text"])) == [name for name in row["outlets"].split("; ") if name]
    told = [f"{other} = {name}" for other, name in naming.aliases(row["text"])]
    assert told == [pair for pair in row["aliases"].split("; ") if pair]


@pytest.mark.parametrize(("name", "cue", "text", "passes"), [
    ("The Marsh Lamp", "reported", "It sank, The Marsh Lamp reported.", True),
    ("Lynx", "has reported", "It sank in Orm. Lynx has reported that.", True),
    ("Lynx", "reports", "Lynx reports that it sank.", True),
    ("Lynx", "said", "Lynx said that it sank.", False),
    ("the Marsh Council", "reported", "It sank, the Marsh Council reported.", False),
    ("The Ombudsman", "reported", "The Ombudsman reported that it sank.", False),
    ("Judge Jo Kemp", "reported", "Judge Jo Kemp reported that it sank.", False),
    ("Jo Kemp", "reported", "Jo Kemp, a sailor, reported that it sank.", False),
    ("Jo Kemp", "reported", "Jo Kemp reported it. The sailor Jo Kemp is old.", False),
    ("Kemp", "reported", "Jo Kemp saw it. Kemp reported that it sank.", False),
])
def test_who_only_reports_is_an_outlet_if_it_is_neither_body_nor_person(name: str, cue: str, text: str,
                                                                        passes: bool) -> None:
    assert naming.passes_on(name, cue, text) is passes


def test_kinds_are_no_part_of_a_name_and_what_stood_in_print_was_printed_somewhere() -> None:
    assert naming.without_kind("the weekly magazine Orm Eye") == "Orm Eye"
    assert naming.printed_in("a report in the Marsh Lamp") == "the Marsh Lamp"
    assert naming.printed_in("a report by the council") is None


@pytest.mark.parametrize("text", ["A" * 200_000, "The Aa " * 30_000, ",A of B" * 20_000, "daily Orm " * 20_000,
                                  "“" * 10_000, "Orm, the b of Sarn " * 10_000])
def test_hostile_texts_are_read(text: str) -> None:
    assert naming.aliases(text) is not None and naming.outlets(text) is not None
