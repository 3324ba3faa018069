from __future__ import annotations

import csv
from pathlib import Path

import pytest

from whence.config import ExtractConfig
from whence.steps import extract
from whence.text.page import tongue
from whence.text.page.tongue import FEWEST, SMALL, recognise

CASES = Path(__file__).parents[2] / "cases" / "tongue.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["note"])
def test_small_words_tell_or_leave_it_open(case: dict[str, str]) -> None:
    assert (recognise(case["text"]) or "") == case["plain"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["note"])
def test_what_small_words_tell_is_what_the_identifier_says(case: dict[str, str],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    shortened = extract.language(case["text"], ExtractConfig())
    monkeypatch.setattr(tongue, "recognise", lambda _: None)
    assert shortened == extract.language(case["text"], ExtractConfig()) == (case["language"] or None)


def test_a_text_of_both_languages_is_left_open() -> None:
    english, french = (next(case["text"] for case in cases() if case["plain"] == code) for code in ("en", "fr"))
    assert recognise(f"{english} {french}") is None


def test_few_words_are_left_open() -> None:
    assert recognise("the " * (FEWEST - 1)) is None
    assert recognise("the " * FEWEST) == "en"
    assert recognise("") is None


def test_no_word_is_in_two_lists() -> None:
    assert not SMALL["en"] & SMALL["fr"]
