"""Families and parents: labelled archives in a line each, and what must hold of any archive.

A case's archive is `name date: pieces | ...`.  A piece is a number, that sentence of the story (with - before it, less
three of its words), or words taken as they are.  Its answer is `name<parent` for each parent held, `name<NULL` for an
unseen source, `name<` for none; `a|b` accepts either.
"""
from __future__ import annotations

import csv
import hashlib
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whence.config import LineageConfig, ReuseConfig
from whence.model import Document, Lineage
from whence.steps import lineage, reuse

with (Path(__file__).parents[1] / "cases" / "lineage.csv").open(encoding="utf8", newline="") as file:
    CASES = list(csv.DictReader(file))

OUTLETS = {"herald": "Osier Herald", "post": "Sedge Post", "sun": "Marsh Sun"}
STORY = [
    "The keeper of the old lighthouse counted eleven boats before the thick fog came down over the whole bay.",
    "Seven of them were never seen again, although their owners searched along the rocky coast until late winter.",
    "A board of inquiry sat for nine long weeks in the town hall and heard some forty people under oath.",
    "Its chairman wrote that the great bell had been out of order since the spring and nobody had mended it.",
    "The harbour office promised a new bell by June, together with a second keeper who would watch at night.",
    "Prices of leeks rose for the third week in a row, and cooks were told to look for other cheap greens.",
    "Farmers blame a wet autumn and the rising cost of diesel, which doubled between the last two harvests.",
    "A trader in the old market said that he had thrown away half of his stock since the beginning of May.",
    "The growers want a lower tax on fuel and a fixed price for whatever they still bring to town by cart.",
]


def article(name: str, published: str | None, text: str) -> Document:
    sha = hashlib.sha256(f"{name}|{published}|{text}".encode()).hexdigest()
    return Document(sha[:16], name, None, None, None, OUTLETS.get(name, name), published, "en", sha, text)


def written(pieces: str) -> str:
    out = []
    for piece in pieces.split():
        if re.fullmatch(r"-?\d", piece):
            words = STORY[abs(int(piece)) - 1].split()
            out.append(" ".join(w for n, w in enumerate(words) if piece[0] != "-" or n not in (4, 9, 14)))
        else:
            out.append(piece)
    return " ".join(out)


def archive(line: str) -> list[Document]:
    found = []
    for row in line.split(" | "):
        head, pieces = re.split(r":\s", row, maxsplit=1)
        name, _, published = head.partition(" ")
        found.append(article(name, published or None, written(pieces)))
    return found


def trace(documents: Sequence[Document], config: LineageConfig | None = None) -> Lineage:
    return lineage.trace(documents, reuse.find(documents, [], ReuseConfig()), config or LineageConfig())


def held(documents: Sequence[Document], found: Lineage) -> dict[str, set[str]]:
    names = {document.id: document.external_id or "" for document in documents}
    parents: dict[str, set[str]] = {name: set() for name in names.values()}
    for family in found.families:
        for member in family.members:
            parents[names[member.document]] |= {names[p.document] if p.document else "NULL"
                                                for p in member.parents if p.confidence >= .5}
    return parents


@pytest.mark.parametrize("case", CASES, ids=[f"{n} {case['category']}" for n, case in enumerate(CASES, 2)])
def test_labelled_archive(case: dict[str, str]) -> None:
    documents = archive(case["archive"])
    told = held(documents, trace(documents))
    expected: dict[str, list[str]] = {}
    for entry in case["parents"].split("; "):
        name, _, parent = entry.partition("<")
        expected.setdefault(name, []).extend([parent] if parent else [])
    for name, wanted in expected.items():
        assert len(told[name]) == len(wanted), told
        assert all(told[name] & set(parent.split("|")) for parent in wanted), told


def test_a_parent_comes_with_reasons_that_a_person_can_check() -> None:
    documents = archive(CASES[0]["archive"])
    family, = trace(documents).families
    copy = next(m for m in family.members if m.parents)
    reason = copy.parents[0].reasons[0]
    assert reason.rule == "dates"
    assert reason.says.startswith("The publication dates")
    assert reason.values == {"source": "2031-05-03T08:00", "copy": "2031-05-03T11:00"}
    assert family.earliest == next(d.id for d in documents if d.external_id == "herald")


def test_reuses_get_the_direction_of_the_parents() -> None:
    documents = archive("herald 2031-05-03T08:00: 1 2 3 4 5 | post 2031-05-05: 1 2 -3 4 5 | sun 2031-05-06: 1 -2 3 4 5")
    herald, post, sun = (d.id for d in documents)
    directions = {}
    for one in trace(documents).reuses:
        source, copy = (one.a, one.b) if one.direction != "b_to_a" else (one.b, one.a)
        directions[source.document, copy.document] = one.direction
    assert directions[herald, post] in ("a_to_b", "b_to_a")
    assert directions[herald, sun] in ("a_to_b", "b_to_a")
    assert directions[min(post, sun), max(post, sun)] == "common_source"


def test_an_excerpt_does_not_merge_its_hosts_family() -> None:
    documents = archive("herald 2031-05-03: 1 2 3 4 5 | post 2031-05-04: 1 2 3 4 5 | sun 2031-05-05: 6 7 2 3 8 9 | "
                        "copy 2031-05-07: 6 7 2 3 8 9")
    names = {document.id: document.external_id for document in documents}
    families = {frozenset(names[m.document] for m in f.members): f for f in trace(documents).families}
    assert set(families) == {frozenset({"herald", "post", "sun", "copy"}), frozenset({"sun", "copy"})}
    texts = {document.id: document.text for document in documents}
    for member in families[frozenset({"herald", "post", "sun", "copy"})].members:
        inside = texts[member.document][member.start:member.end]
        assert "Prices of leeks" not in inside
        assert "The growers" not in inside


def test_a_digest_is_in_the_family_of_each_story() -> None:
    documents = archive("herald 2031-05-03: 1 2 3 | sun 2031-05-03: 4 5 | post 2031-05-03: 6 7 8 | "
                        "digest 2031-05-09: 1 2 4 5 6 7")
    digest = documents[-1].id
    found = trace(documents).families
    assert len([f for f in found if any(m.document == digest for m in f.members)]) == 3
    assert all(len({m.document for m in f.members}) == 2 for f in found)


def test_an_undated_archive_still_gets_its_tree() -> None:
    documents = archive("herald: 1 2 3 4 5 | post: 1 2 3 4 5 | sun: 1 2 3 4 5")
    family, = trace(documents).families
    candidates = [member.parents for member in family.members]
    assert sorted(bool(parents) for parents in candidates) == [False, True, True]
    assert all(parent.confidence < .5 for parents in candidates for parent in parents)


def test_boilerplate_makes_no_family() -> None:
    notice = "Do you want more news like this? Write to us and become a friend of our small paper today."
    documents = [article("herald", "2031-05-03", f"{STORY[n]}\n\n{notice}") for n in (0, 2, 5, 7)]
    found = trace(documents)
    assert not found.families
    assert {r.direction for r in found.reuses} == {"unknown"}


def test_a_large_family_keeps_the_reuses_with_parents_and_the_earliest() -> None:
    documents = [article(f"Paper {n}", f"2031-05-{n + 1:02}", written("1 2 3 4 5")) for n in range(8)]
    cut = trace(documents, LineageConfig(members=5))
    limit, = cut.limits
    assert (limit.step, limit.limit, limit.seen) == ("lineage", 5, 8)
    family, = cut.families
    kept = {frozenset((m.document, p.document)) for m in family.members for p in m.parents}
    kept |= {frozenset((documents[0].id, d.id)) for d in documents[1:]}
    assert {frozenset((r.a.document, r.b.document)) for r in cut.reuses} == kept


DATES = st.sampled_from([None, "2031-05-03", "2031-05-03T08:00", "2031-05-04", "2031-05-04T10:00", "2031-05-20"])
PIECES = st.lists(st.sampled_from(["1", "2", "3", "4", "-1", "-2", "-3", "6", "7"]), min_size=2, max_size=6)
ARCHIVES = st.lists(st.tuples(DATES, PIECES), max_size=6)


def built(rows: Sequence[tuple[str | None, list[str]]]) -> list[Document]:
    return [article(f"Paper {n}", published, written(" ".join(pieces))) for n, (published, pieces) in enumerate(rows)]


@settings(max_examples=40, deadline=None)
@given(ARCHIVES, st.randoms(use_true_random=False))
def test_order_changes_nothing(rows: list[tuple[str | None, list[str]]], chance: random.Random) -> None:
    documents = built(rows)
    mixed = list(documents)
    chance.shuffle(mixed)
    assert trace(mixed) == trace(documents)


@settings(max_examples=40, deadline=None)
@given(ARCHIVES)
@example([(None, ["1", "6"]), (None, ["2", "1", "6"]), ("2031-05-03", ["1", "2"]), ("2031-05-03", ["2", "1"])])
def test_parents_form_no_circle_and_spans_are_sound(rows: list[tuple[str | None, list[str]]]) -> None:
    documents = built(rows)
    texts = {document.id: document.text for document in documents}
    parents: dict[str, set[str]] = {}
    for family in trace(documents).families:
        assert family.earliest in {m.document for m in family.members}
        for member in family.members:
            assert 0 <= member.start < member.end <= len(texts[member.document])
            parents.setdefault(member.document, set()).update(
                p.document for p in member.parents if p.document and p.confidence >= .5)
            assert all(0 <= p.confidence <= 1 and p.reasons for p in member.parents if p.confidence >= .5)
    for start in parents:
        seen, todo = set(), list(parents[start])
        while todo:
            one = todo.pop()
            assert one != start
            if one not in seen:
                seen.add(one)
                todo += parents.get(one, ())
