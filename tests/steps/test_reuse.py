"""Shared passages: labelled pairs, and what must hold of any archive."""
from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import ReuseConfig
from whence.model import Document, Segment
from whence.steps import reuse

with (Path(__file__).parents[1] / "cases" / "reuse.csv").open(encoding="utf8", newline="") as file:
    CASES = list(csv.DictReader(file))

STORY = [
    "The keeper of the old lighthouse counted eleven boats before the fog came down over the bay.",
    "Seven of them were never seen again, although their owners searched along the coast until winter.",
    "A board of inquiry sat for nine weeks in the town hall and heard forty people under oath.",
    "Its chairman wrote that the bell had been out of order since the spring and nobody had mended it.",
]
OTHER = [
    "Prices of leeks rose for the third week in a row, and cooks were told to look for other greens.",
    "Farmers blame a wet autumn and the cost of diesel, which doubled between two harvests.",
]
NOTICE = "Do you want more news like this? Write to us and become a friend of our small paper today."


def article(text: str, publisher: str | None = None, published: str | None = None) -> Document:
    sha = hashlib.sha256(f"{publisher}|{published}|{text}".encode()).hexdigest()
    return Document(sha[:16], None, None, None, None, publisher, published, "en", sha, text)


def shared(documents: Sequence[Document], known: Sequence[Segment] = ()) -> list[tuple[str, str, bool]]:
    texts = {document.id: document.text for document in documents}
    return [(texts[r.a.document][r.a.start:r.a.end], texts[r.b.document][r.b.start:r.b.end], r.boilerplate)
            for r in reuse.find(documents, known, ReuseConfig()).reuses]


@pytest.mark.parametrize("case", CASES, ids=[f"{n} {case['category']}" for n, case in enumerate(CASES, 2)])
def test_labelled_pair(case: dict[str, str]) -> None:
    a, b = article(case["a"], "Osier Herald"), article(case["b"], "Sedge Post")
    expected = [] if not case["shared_a"] else list(zip(case["shared_a"].split(" || "), case["shared_b"].split(" || "),
                                                        strict=True))
    found = [(x, y) if a.id < b.id else (y, x) for x, y, _ in shared([a, b])]
    assert sorted(found) == sorted(expected)


def test_a_reuse_names_the_smaller_id_first_and_knows_no_direction() -> None:
    documents = [article(STORY[0], name) for name in ("Osier Herald", "Sedge Post", "Halm Weekly")]
    found = reuse.find(documents, [], ReuseConfig()).reuses
    assert len(found) == 3
    assert all(r.a.document < r.b.document and r.direction == "unknown" and r.score == 1 for r in found)
    assert len({r.id for r in found}) == 3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(STORY + OTHER), max_size=4), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(archive: list[list[str]], chance: random.Random) -> None:
    documents = [article(" ".join(text), f"Paper {n}") for n, text in enumerate(archive)]
    mixed = list(documents)
    chance.shuffle(mixed)
    assert reuse.find(mixed, [], ReuseConfig()) == reuse.find(documents, [], ReuseConfig())


def test_a_text_that_many_print_is_found_in_each_pair_up_to_the_limit() -> None:
    documents = [article(" ".join(STORY), f"Paper {n}", f"2031-05-{n + 1:02}") for n in range(12)]
    whole = reuse.find(documents, [], ReuseConfig())
    assert len(whole.reuses) == 12 * 11 // 2
    assert not whole.limits
    cut = reuse.find(documents, [], ReuseConfig(together=5))
    pairs = {(r.a.document, r.b.document) for r in cut.reuses}
    first = documents[0].id
    assert all(tuple(sorted((first, other.id))) in pairs for other in documents[1:])
    assert len(pairs) == 11 + 10
    assert [(limit.step, limit.limit, limit.seen) for limit in cut.limits] == [("reuse", 5, 12)]


def test_what_a_publisher_puts_under_many_articles_is_boilerplate() -> None:
    stories = [STORY[0], STORY[2], OTHER[0], OTHER[1]]
    documents = [article(f"{story}\n\n{NOTICE}", "Osier Herald") for story in stories]
    found = reuse.find(documents, [], ReuseConfig())
    texts = {document.id: document.text for document in documents}
    assert [texts[s.document][s.start:s.end] for s in found.segments] == [NOTICE] * 4
    assert {s.label for s in found.segments} == {"boilerplate"}
    assert len(found.reuses) == 6
    assert all(r.boilerplate for r in found.reuses)


def test_the_same_words_under_one_story_told_often_are_none() -> None:
    documents = [article(" ".join([*STORY, f"Version {n}."]), "Osier Herald") for n in range(5)]
    documents += [article(" ".join(STORY) + " " + NOTICE, name) for name in ("Sedge Post", "Halm Weekly", "Marsh Sun")]
    assert reuse.find(documents, [], ReuseConfig()).segments == ()


def test_publishers_that_are_not_known_are_not_one() -> None:
    documents = [article(f"{story}\n\n{NOTICE}") for story in (STORY[0], STORY[2], OTHER[0], OTHER[1])]
    assert reuse.find(documents, [], ReuseConfig()).segments == ()


def test_a_passage_ends_where_a_teaser_begins() -> None:
    teaser = " ".join(STORY[1:3])
    page = article(f"{STORY[0]} {teaser}", "Osier Herald")
    start = page.text.index(teaser)
    whole = article(" ".join(STORY), "Sedge Post")
    segment = Segment(page.id, start, len(page.text), "teaser")
    found = shared([page, whole], [segment])
    assert sorted((flag, min(x, y, key=len)) for x, y, flag in found) == [
        (False, STORY[0].rstrip(".")), (True, teaser.rstrip("."))]
    item = Segment(page.id, start, len(page.text), "item")
    assert [flag for _, _, flag in shared([page, whole], [item])] == [False]


def test_hostile_texts_cost_time_in_proportion() -> None:
    same = "word " * 60_000
    documents = [article(text) for text in (same, same + "end", '"' * 10_000, "", "x" * 200_000)]
    assert not reuse.find(documents, [], ReuseConfig()).limits


def test_no_documents_give_nothing() -> None:
    found = reuse.find([], [], ReuseConfig())
    assert (found.reuses, found.segments, found.limits) == ((), (), ())


def test_background_that_a_paper_repeats_is_the_articles_own() -> None:
    background = "The board of inquiry found that the bell of the lighthouse had been out of order since the spring."
    starts = ["A new bell for the lighthouse was cast on Monday, the board said, and the bell will hang there by June.",
              "Owners of boats lost near the lighthouse want the board of inquiry to sit again, this time in spring.",
              "The lighthouse keeper did not come to the board of inquiry when asked about the order of the bell."]
    documents = [article(f"{start}\n\n{background}", "Osier Herald") for start in starts]
    assert reuse.find(documents, [], ReuseConfig()).segments == ()
