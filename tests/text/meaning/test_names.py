"""Names, their folding, and acronyms."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.names import acronyms, common_words, fold_name, names, plain_opener, same

COMMON = frozenset({"police", "seals", "fishing"})


@pytest.mark.parametrize(("text", "expected"), [
    ("Police in Old Marlow saw 40 seals.", [("old", "marlow")]),
    ("Seals came back to Orm on Monday.", [("orm",)]),
    ("Mayor Jo van Dyke met Dr. A. B. Kemp.", [("jo", "dyke"), ("b", "kemp")]),
    ("The Bank of Sarn and the Port Office closed.", [("bank", "sarn"), ("port", "office")]),
    ("Kemp’s boat left Orm-Over-Sands.", [("kemp",), ("orm", "over", "sands")]),
    ("“Fishing is over,” said Kemp.", [("kemp",)]),
    ("In March I went home.", []),
    ("nothing here", []),
    ("Nineteen people met Kemp. Twenty-five left. Millions of gnats came.", [("kemp",)]),
    ("Dozens of boats and Seven Oaks. Half a dozen sank. Two-thirds stayed.", [("seven", "oaks")]),
    ("Unless Kemp comes, the Nineteen Stars sink.", [("kemp",), ("nineteen", "stars")]),
    ("Élan met Ørjan.", [("elan",), ("ørjan",)]),
])
def test_names(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [name.words for name in names(text, COMMON)] == expected


@pytest.mark.parametrize(("text", "more", "expected"), [
    ("Rain fell on Orm.", "The rain was warm.", True),
    ("Rain fell on Orm.", "The train of rain-coats met Mr. Rain.", False),
    ("Rain fell on Orm.", "", False),
    ("Reed left.", "They met Reed, who had a reed.", False),
    ("Roughly 30 boats sank.", "", True),
    ("Sadly, they left.", "", True),
    ("Emily, the warden, left.", "", False),
    ("Thieves made off.", "", True),
])
def test_plain_openers(text: str, more: str, expected: bool) -> None:
    assert plain_opener(text, names(text)[0], f"{text} {more}") is expected


def test_names_stand_where_they_say() -> None:
    text = "Mayor Jo van Dyke met the Bank of Sarn."
    assert [text[name.start:name.end] for name in names(text)] == ["Mayor Jo van Dyke", "Bank of Sarn"]


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("Jo Dyke", "Dyke", True),
    ("North Sarn", "South Sarn", False),
    ("SPA", "Sarn Port Authority", True),
    ("The Port Office", "port office", True),
    ("Orm", "Ormond", False),
])
def test_same(one: str, other: str, expected: bool) -> None:
    assert same(fold_name(one), fold_name(other)) is same(fold_name(other), fold_name(one)) is expected


def test_acronyms_need_their_letters() -> None:
    text = "The Sarn Port Authority (SPA) met the Orm council (XYZ) and the Guild of Net Menders (GNM)."
    assert acronyms(text) == {"SPA": "Sarn Port Authority", "GNM": "Guild of Net Menders"}


def test_common_words_are_those_mostly_in_lower_case() -> None:
    found = common_words(["Seals came. The seals left.", "They met Reed, and Reed left. A reed grew."])
    assert "seals" in found
    assert "reed" not in found


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    end = 0
    for name in names(text):
        assert end <= name.start < name.end <= len(text)
        assert name.words
        end = name.end
    acronyms(text)
    common_words([text])
