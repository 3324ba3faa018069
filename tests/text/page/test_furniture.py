"""Which lines of a saved article are held to be its own, case by case, and what must hold for any text."""
from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.page import furniture

CASES = Path(__file__).parents[2] / "cases" / "teasers.csv"

PARAGRAPHS = (
    "The pier of Ostrel will stay shut until the spring, the ferry office said on Monday, and no date has been set.",
    "“We found rust in nine of the forty posts,” said the engineer, Mara Tolk, who has looked after it for ten years.",
    "The office had been told of the rust in a letter of last May, which lay on the council's table for half a year.",
    "Two boats a day will leave from the old quay instead, at eight in the morning and at six in the evening.",
    "The council meets again on Thursday, when it will hear what the repair is to cost and who knew of the rust.",
)

with CASES.open(encoding="utf8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


def labels(text: str) -> list[str]:
    """What became of each line: own, a label, or item (item+ where one begins)."""
    parts = furniture.label(text)
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        over = [part for part in parts if part.start <= line.start() and line.end() <= part.end]
        others = [part.label for part in over if part.label != "item"]
        items = ["item+" if part.start == line.start() else "item" for part in over if part.label == "item"]
        found.append((others or items or ["own"])[0])
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['category']}: {row['note'] or row['text'][-30:]}")
def test_each_line_is_told_apart(row: dict[str, str]) -> None:
    filled = re.sub(r"\{(\d)\}", lambda found: PARAGRAPHS[int(found[1]) - 1], row["text"])
    for between in ("\n", "\n\n", "\r\n"):
        assert labels(between.join(filled.split(" ¶ "))) == row["labels"].split(), between


@pytest.mark.parametrize("text", [
    "word " * 400_000, "“" * 400_000, " " * 400_000, "| " * 200_000, "Related\n" * 20_000, "Comments\nReply\n" * 20_000,
    "In brief\n" + f"Crane falls\n{PARAGRAPHS[0]}\n" * 5_000, f"Crane falls\n{'x' * 60}...\n" * 5_000,
], ids=["one line", "quotation marks", "blanks", "bars", "headings", "comments", "items", "snippets"])
def test_large_and_monotonous_texts_are_read_to_the_end(text: str) -> None:
    assert all(part.end <= len(text) for part in furniture.label(text))
    furniture.headline(text)


TEXTS = st.lists(st.one_of(
    st.sampled_from(["Related", "Comments", "Reply", "Read more", "Home", "In brief", "…", "- x", *PARAGRAPHS]),
    st.text(max_size=30)), max_size=12).map("\n".join)


@given(TEXTS)
def test_parts_lie_in_the_text_in_order_and_apart(text: str) -> None:
    parts = furniture.label(text)
    assert parts == sorted(parts)
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    for kind in (True, False):
        some = [part for part in parts if (part.label == "item") is kind]
        assert all(one.end <= other.start for one, other in pairwise(some))


@given(TEXTS)
def test_a_headline_is_a_line_of_the_text(text: str) -> None:
    found = furniture.headline(text)
    assert found is None or found in " ".join(text.replace("#", " ").split()) or "#" in text


@pytest.mark.parametrize(("text", "expected"), [
    (f"Pier to stay shut\n\n{PARAGRAPHS[0]}", "Pier to stay shut"),
    (f"# Pier to stay shut #\n{PARAGRAPHS[0]}", "Pier to stay shut"),
    (f"Skip to content\n\nPier to stay shut\n{PARAGRAPHS[0]}", "Pier to stay shut"),
    (f"\r\n\r\nWho shut the pier?\r\n\r\n{PARAGRAPHS[0]}", "Who shut the pier?"),
    (f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}", None),
    ("The pier of Ostrel will stay shut until\nthe spring, the ferry office said on Monday.", None),
    ("OSTREL, 3 May.\n\n" + PARAGRAPHS[0], None),
    ("Pier to stay shut", None),
    ("", None),
])
def test_headline_of_a_plain_text(text: str, expected: str | None) -> None:
    assert furniture.headline(text) == expected
