"""Which names of one claim are of one bearer."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.bearers import one_bearer


def joined(*labels: str) -> list[set[str]]:
    """The labels that are of one bearer, in groups."""
    found: dict[str, set[str]] = {}
    texts = {label: [". ".join(labels)] for label in labels}
    for label, stands in one_bearer({label: label for label in labels}, texts).items():
        found.setdefault(stands, set()).add(label)
    return sorted(found.values(), key=sorted)


@pytest.mark.parametrize("labels", [
    ("Brae", "Ann Brae"),
    ("Ann Brae", "Orle councillor Ann Brae", "Ann Brae of Orle", "Brae"),
    ("Ann Brae", "Ann K. Brae"),
    ("Ann Brae", "Ann Brae Jr."),
    ("The Lamp", "Marsh Lamp"),
    ("Lamp", "weekly magazine Lamp"),
    ("Lamp", "the Lamp newspaper"),
    ("Kestria's Marsh Lamp", "The Marsh Lamp"),
    ("Interior Ministry", "the Kestrian Interior Ministry"),
    ("the government", "Kestria's government"),
    ("The Bird Observatory", "The Orle-based Bird Observatory"),
])
def test_one_bearer(labels: tuple[str, ...]) -> None:
    assert joined(*labels) == [set(labels)]


@pytest.mark.parametrize("labels", [
    ("Brae", "Ann Brae", "Tom Brae"),                                # two people of one surname
    ("The Times", "Orle Times", "Orm Times"),
    ("Brae", "Brae's mother Ann"),
    ("Tom Brae", "Tom Brae's neighbour"),
    ("Marsh Guild", "the leader of the Marsh Guild"),
    ("Lamp", "the Eye and the Lamp"),
    ("Orle", "Orle's mayor"),
    ("Tom Brae", "the fake Tom Brae"),
    ("Orle", "Orle Watch"),
    ("Ann Brae", "Tom Brae"),
])
def test_different_bearers(labels: tuple[str, ...]) -> None:
    assert joined(*labels) == []


def test_what_people_hold_apart_stays_so() -> None:
    labels = {"brae": "Brae", "ann brae": "Ann Brae", "c": "Councillor Orle Ann Brae"}
    texts = {"brae": ["Ann Brae"]}
    assert set(one_bearer(labels, texts)) == set(labels)
    assert one_bearer({key: labels[key] for key in ("brae", "ann brae")}, texts, {("ann brae", "brae")}) == {}


def test_a_surname_alone_is_anybodys() -> None:
    labels = {"brae": "Brae", "ann brae": "Ann Brae"}
    assert one_bearer(labels, {"brae": ["Ann Brae came. Brae spoke.", "Brae spoke."]}) == {}


def test_a_known_outlet_stands_for_all() -> None:
    assert set(one_bearer({"lamp": "Lamp", "marsh lamp": "Marsh Lamp"}, {"lamp": ["The Marsh Lamp"]}, (),
                          {"lamp"}).values()) == {"lamp"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(
    st.sampled_from(["Ann", "Brae", "of", "Orle", "Lamp's", "news", "the", "“", "mayor"]), max_size=4).map(" ".join)))
def test_any_names(labels: dict[str, str]) -> None:
    texts = {key: ["Ann Brae of Orle, in the Lamp's news"] for key in labels}
    found = one_bearer(labels, texts)
    assert set(found) <= set(labels) and set(found.values()) <= set(found)
    assert all(found[found[key]] == found[key] for key in found)
    assert one_bearer(dict(reversed(labels.items())), texts) == found
