"""The view models: what is counted, ordered, compared and put into words, from tables made by hand."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence import explain
from whence.errors import UsageError
from whence.explain.passages import passage
from whence.explain.words import cut, differences, harmless
from whence.model import Claim, Family, Member, Parent, Reason, Root, Tables

WORDS = st.lists(st.sampled_from("a seal died in the bay , at least 40 400 said warden 東京".split()), max_size=14)


def seals(tables: Tables) -> Claim:
    return max(tables.claims, key=explain.spread)


def test_overview_says_what_was_taken_in_and_what_was_not(dispute: Tables) -> None:
    seen = explain.overview(dispute)
    assert (seen.documents, seen.publishers, seen.without_publisher, seen.undated) == (5, 4, 1, 1)
    assert (seen.from_day, seen.to_day) == ("3 May 2031", "6 May 2031")
    assert [(group.reason, group.inputs) for group in seen.rejects] == [
        ("the file is empty", ("clips/b.html", "clips/empty.html"))]
    assert seen.limits == dispute.limits
    first = seen.first[0]
    assert (first.documents, first.origins, first.earliest) == (4, "2", "Sedge Post")
    assert first.conflicts == ("numbers disagree",)
    assert first.values == ("40 (2×)", "400 (1×)", "38 (1×)")


def test_every_statement_is_somebodys(dispute: Tables) -> None:
    speakers = {line.text[:12]: line.speaker for line in explain.overview(dispute).first}
    assert speakers == {
        "Warden Ilka ": "Warden Ilka Soames: said",
        "The Reed Age": "The Reed Agency: reported › the mayor: asked",
        "Experts say ": "nobody named: “Experts” say",
        "Some 4,000 a": "nobody named; in the article’s own words",
    }


def test_lists_lead_to_what_a_person_looks_for(dispute: Tables) -> None:
    found = explain.lists(dispute)
    assert not found.one_origin
    assert [line.id for line in found.numbers] == [seals(dispute).id]
    assert [line.text for line in found.nobody] == ["Some 4,000 animals have been poisoned.",
                                                    "Experts say the dye stays in the mud for decades."]


@pytest.mark.parametrize(("low", "high", "told_often"), [(1, 1, True), (1, 2, False), (2, 2, False)])
def test_told_often_by_one_origin(dispute: Tables, low: int, high: int, told_often: bool) -> None:
    claim = seals(dispute)
    claim = replace(claim, origins=replace(claim.origins, low=low, high=high))
    found = explain.lists(replace(dispute, claims=(claim,))).one_origin
    assert bool(found) == told_often


@pytest.mark.parametrize(("kind", "listed"), [("assertion", True), ("unseen", False), ("witness", False)])
def test_whoever_saw_or_told_it_elsewhere_is_somebody(dispute: Tables, kind: str, listed: bool) -> None:
    claim = next(c for c in dispute.claims if c.text.startswith("Some 4,000"))
    root = Root(kind, "x", ())  # type: ignore[arg-type]
    claim = replace(claim, origins=replace(claim.origins, roots=(root,)))
    assert bool(explain.lists(replace(dispute, claims=(claim,))).nobody) == listed


def test_claim_is_told_in_order_of_time(dispute: Tables) -> None:
    view = explain.claim_view(dispute, seals(dispute).id)
    assert [telling.passage.publisher for telling in view.tellings] == [
        "Sedge Post", "Osier Herald", "Halm Radio", "Halm Weekly"]
    assert [telling.earliest for telling in view.tellings] == [True, False, False, False]
    assert [(root.label, root.documents) for root in view.roots] == [("Warden Ilka Soames", 3), ("Halm Radio", 1)]
    assert [value.value for value in view.conflicts[0].values] == ["40", "400", "38"]
    assert len(view.conflicts[0].values[0].tellings) == 2


def test_wordings_are_held_against_the_earliest(dispute: Tables) -> None:
    view = explain.claim_view(dispute, seals(dispute).id)
    earliest, herald, radio, _ = view.wordings
    assert earliest.earliest
    assert herald.pieces is not None
    change = next(piece for piece in herald.pieces if piece.mark != "same")
    assert (change.mark, change.text) == ("dropped", "Warden Ilka Soames said that at")
    assert radio.pieces is None, "too unlike for marks to help"


def test_wordings_that_differ_in_the_make_of_quotation_marks_are_one(dispute: Tables) -> None:
    assert [piece.mark for piece in differences('"No," she said', "“No,” she said") or ()] == ["same"]


def test_drawing_hangs_each_document_from_its_parent(dispute: Tables) -> None:
    view = explain.claim_view(dispute, seals(dispute).id)
    publishers = {telling.passage.document: telling.passage.publisher for telling in view.tellings}
    drawn = [(node.lane, publishers.get(node.document or "", "root")) for node in view.drawing.nodes]
    assert drawn == [(0, "root"), (1, "Sedge Post"), (2, "Osier Herald"), (3, "Halm Weekly"),
                     (0, "root"), (1, "Halm Radio")]
    assert [link.kind for link in view.drawing.links] == ["root", "parent", "parent", "root"]
    assert [node.row for node in view.drawing.nodes] == list(range(6))


def test_drawing_says_what_it_leaves_out(dispute: Tables) -> None:
    drawing = explain.claim_view(dispute, seals(dispute).id, drawn=2).drawing
    assert (drawing.left_out, len([node for node in drawing.nodes if node.document])) == (2, 2)


def test_drawing_survives_a_circle_of_parents(dispute: Tables) -> None:
    family = dispute.families[0]
    one, two, three = (member.document for member in family.members)
    why = (Reason("r", "r"),)
    members = tuple(Member(child, 0, 50, (Parent(parent, .9, why),))
                    for child, parent in ((one, three), (two, one), (three, two)))
    circle = replace(dispute, families=(Family(family.id, members, one),))
    drawing = explain.claim_view(circle, seals(dispute).id).drawing
    assert len([node for node in drawing.nodes if node.document]) == 4
    assert explain.why_text(explain.why(circle, family.id))


def test_passage_tells_its_parts_apart(dispute: Tables) -> None:
    index = explain.Index.of(dispute)
    attribution = dispute.attributions[0]
    view = passage(index, attribution.document, 0, 85, [attribution.id])
    assert view.text == index.documents[attribution.document].text[:85]
    assert [(run.part, run.text) for run in view.runs[:2]] == [("source", "Warden Ilka Soames"), ("", " ")]
    assert not view.runs[-1].inside


def test_article_shows_a_chain_of_two_and_its_labelled_parts(dispute: Tables) -> None:
    post = explain.article_view(dispute, dispute.documents[0].id)
    chain = next(said for said in post.said if said.inside)
    assert [str(chain.voice), str(chain.inside[0].voice)] == ["The Reed Agency: reported", "the mayor: asked"]
    weekly = explain.article_view(dispute, dispute.documents[2].id)
    assert [(part.says, part.own) for part in weekly.parts] == [("teaser of another article", False)]


def test_article_shows_the_listed_claims_that_no_attribution_stands_for(dispute: Tables) -> None:
    blog = dispute.documents[4].id
    listed = {line.id for line in explain.lists(dispute).nobody}
    view = explain.article_view(dispute, blog, listed)
    assert [line.text for line in view.alone] == ["Some 4,000 animals have been poisoned."]
    assert set(view.sole) | {line.id for line in view.alone} == listed
    cut_off = explain.article_view(dispute, blog, listed, most=0)
    assert (cut_off.said_left_out, len(cut_off.alone)) == (1, 2)


@pytest.mark.parametrize(("table", "kind"), [
    ("claims", "claim"), ("families", "family"), ("attributions", "attribution"), ("reuses", "reuse")])
def test_why_answers_for_every_id_and_its_beginning(dispute: Tables, table: str, kind: str) -> None:
    for row in getattr(dispute, table):
        chain = explain.why(dispute, row.id)
        assert (chain.id, chain.kind) == (row.id, kind)
        assert explain.why(dispute, row.id[:9]) == chain
        text = explain.why_text(chain)
        assert row.id in text
        assert "rule " in text
        assert "characters" in text


def test_why_of_a_claim_holds_every_link(dispute: Tables) -> None:
    text = explain.why_text(explain.why(dispute, seals(dispute).id))
    for link in ("origins 2", "root 1 (authority", "root 2 (witness", "earliest in this archive", "numbers disagree",
                 "matched = Warden Ilka Soames", "family f-", "attribution a-", "clips/0.html, characters 0 to 85"):
        assert link in text


def test_unknown_and_ambiguous_ids_are_refused_with_the_nearest(dispute: Tables) -> None:
    with pytest.raises(UsageError, match=r"no id 'c-zzz'.*nearest are c-"):
        explain.why(dispute, "c-zzz")
    with pytest.raises(UsageError, match=r"begins more than one id.*a-"):
        explain.why(dispute, "a-")
    with pytest.raises(UsageError, match="no id ''"):
        explain.why(dispute, "")
    with pytest.raises(UsageError, match="is not a claim"):
        explain.claim_view(dispute, dispute.families[0].id)


def test_an_empty_archive_has_its_views() -> None:
    nothing = Tables((), {}, (), (), (), (), (), (), (), (), ())
    assert explain.overview(nothing).from_day is None
    assert explain.lists(nothing) == explain.Lists((), (), ())
    with pytest.raises(UsageError, match="none yet"):
        explain.why(nothing, "c-1")


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_nothing(
        dispute: Tables, shuffle: Callable[[Tables, int], Tables], seed: int) -> None:
    other = shuffle(dispute, seed)
    assert explain.overview(other) == explain.overview(dispute)
    assert explain.lists(other) == explain.lists(dispute)
    for claim in dispute.claims:
        assert explain.why(other, claim.id) == explain.why(dispute, claim.id)
        assert explain.claim_view(other, claim.id) == explain.claim_view(dispute, claim.id)
    for family in dispute.families:
        assert explain.why(other, family.id) == explain.why(dispute, family.id)


@given(WORDS, WORDS)
def test_differences_hold_both_wordings(old: list[str], new: list[str]) -> None:
    pieces = differences(" ".join(old), " ".join(new))
    if pieces is not None:
        for text, mark in ((new, "dropped"), (old, "added")):
            kept = "".join(piece.text for piece in pieces if piece.mark != mark)
            assert kept.replace(" ", "") == "".join(text)


@given(st.text(max_size=40))
def test_what_is_shown_is_harmless(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert harmless(shown) == shown
    shown.encode("utf8")
    assert not set(shown) & {"\x1b", "\x00", "\u202e", "\u2066"}


@given(st.text(max_size=400), st.integers(2, 60))
def test_what_is_cut_is_short(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length
    assert "\n" not in cut(text, length)


def test_the_drawing_has_every_root_however_few_articles_are_drawn(dispute: Tables) -> None:
    claim = seals(dispute)
    for most in (1, 2, 40):
        drawn = explain.claim_view(dispute, claim.id, most).drawing
        assert {node.root for node in drawn.nodes if node.document is None} == {s.root for s in claim.statements}
        assert sum(node.document is not None for node in drawn.nodes) + drawn.left_out == 4


def test_an_article_that_has_it_from_two_roots_hangs_from_both(dispute: Tables) -> None:
    claim = seals(dispute)
    first = claim.statements[0]
    other = next(s.root for s in claim.statements if s.root != first.root)
    again = replace(first, start=first.end, end=first.end + 1, root=other)
    twice = replace(claim, statements=(*claim.statements, again))
    tables = replace(dispute, claims=tuple(twice if one is claim else one for one in dispute.claims))
    links = explain.claim_view(tables, claim.id).drawing.links
    mine = [link for link in links if link.end.document == first.document and link.start.document is None]
    assert {link.start.root for link in mine} == {first.root, other}
