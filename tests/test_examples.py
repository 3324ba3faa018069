"""`examples/`, traced whole, against its full answer in `cases/examples.json` (which says how it is read).

An entry of the answer with a `not yet` says why Whence does not give that answer so far; when it does, the test that
expects the miss fails, and the `not yet` must go.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import whence
from whence import explain
from whence.model import Attribution, Claim, Document, Statement, Tables

ROOT = Path(__file__).parents[1]
ANSWER: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "examples.json").read_text(encoding="utf8"))

LISTS = {"told often but by one origin": "one_origin", "numbers that disagree": "numbers",
         "said by nobody named": "nobody"}
Entry = dict[str, Any]


def entries(part: str, name: Callable[[Entry], str], what: str = "") -> pytest.MarkDecorator:
    """A test for each entry of a part of the answer; `what` names the test, where only some of an entry's miss it."""
    cases = [pytest.param(entry, id=name(entry), marks=missed(entry, what)) for entry in ANSWER[part]]
    return pytest.mark.parametrize("entry", cases)


def missed(entry: Entry, what: str) -> list[pytest.MarkDecorator]:
    """That an answer is `not yet` given; or not `always`, where it lies so near the judge's threshold, or the
    extractor's, that processors round it to either side.
    """
    if "not yet" in entry:
        return [pytest.mark.xfail(strict=True, reason=entry["not yet"])]
    reason = entry.get("not always", {}).get(what)
    return [pytest.mark.xfail(strict=False, reason=reason)] if reason else []


@dataclass(frozen=True)
class Traced:
    """The examples' tables, and their documents by the names that the answer gives them."""

    tables: Tables
    documents: dict[str, Document]

    def name(self, id: str) -> str:
        return next(name for name, document in self.documents.items() if document.id == id)

    def statement(self, article: str, sentence: str) -> tuple[Claim, Statement]:
        """The claim and the statement whose span covers a sentence."""
        document = self.documents[article]
        assert document.text.count(sentence) == 1, f"not once in {article}: {sentence}"
        start = document.text.index(sentence)
        for claim in self.tables.claims:
            for statement in claim.statements:
                if statement.document == document.id and statement.start <= start < statement.end:
                    assert start + len(sentence) <= statement.end
                    return claim, statement
        raise AssertionError(f"no statement in {article}: {sentence}")

    def claim(self, label: str) -> Claim:
        """The claim that the first statement of an answer's claim is in."""
        first = next(entry for entry in ANSWER["claims"] if entry["label"] == label)["statements"][0]
        return self.statement(first["article"], first["sentence"])[0]

    def words(self, attribution: Attribution, role: str) -> str:
        """What an attribution's source, cue or content covers, pieces joined."""
        document = next(d for d in self.documents.values() if d.id == attribution.document)
        text = document.text if attribution.field == "text" else document.title or ""
        return " ".join(text[span.start:span.end] for span in getattr(attribution, role))


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Traced:
    with whence.open(tmp_path_factory.mktemp("archive")) as archive:
        archive.add(ROOT / "examples")
        known = archive.tables()
    documents = {}
    for entry in ANSWER["articles"]:
        (found,) = [d for d in known.documents if known.paths[d.id].endswith(f"examples/{entry['path']}")
                    and d.external_id == entry.get("external_id")]
        documents[entry["name"]] = found
    assert len(documents) == len(known.documents)
    return Traced(known, documents)


def plain(name: str) -> str:
    """A name without its article."""
    return name.lower().removeprefix("the ").strip()


@entries("articles", lambda entry: str(entry["name"]))
def test_articles(traced: Traced, entry: Entry) -> None:
    document = traced.documents[entry["name"]]
    for field in ("publisher", "language", "title", "author"):
        if field in entry:
            assert getattr(document, field) == entry[field], field
    if "published" in entry:
        assert moment(document.published) == moment(entry["published"])
    assert document.text.count(entry["contains"]) == 1
    for phrase in entry.get("not_in_text", []):
        assert phrase not in document.text
    mine = [s for s in traced.tables.segments if s.document == document.id]
    for part in entry.get("segments", []):
        at = document.text.index(part["phrase"])
        assert any(s.label == part["label"] and s.start <= at < s.end for s in mine), part
    if "items" in entry:
        items = [document.text[s.start:s.end] for s in mine if s.label == "item"]
        assert len(items) == len(entry["items"])
        assert all(begins in item for begins, item in zip(entry["items"], items, strict=True))


def moment(written: str | None) -> object:
    return datetime.fromisoformat(written) if written and "T" in written else written


@entries("copies", lambda entry: str(entry["article"]))
def test_copies(traced: Traced, entry: Entry) -> None:
    document = traced.documents[entry["article"]].id
    told = [parent for family in traced.tables.families for member in family.members if member.document == document
            for parent in member.parents if parent.confidence >= .5]
    names = {traced.name(parent.document) if parent.document else None for parent in told}
    if entry["parents"]:
        assert names
        assert names <= {*entry["parents"], *entry.get("also_right", [])}
    else:
        assert not names


@entries("families", lambda entry: str(entry["earliest"]))
def test_families(traced: Traced, entry: Entry) -> None:
    families = {frozenset(traced.name(m.document) for m in f.members): f for f in traced.tables.families}
    assert set(families) == {frozenset(part["members"]) for part in ANSWER["families"]}
    assert traced.name(families[frozenset(entry["members"])].earliest) == entry["earliest"]


@entries("claims", lambda entry: str(entry["label"]), "claims")
def test_claims(traced: Traced, entry: Entry) -> None:
    found = [traced.statement(s["article"], s["sentence"]) for s in entry["statements"]]
    claim = found[0][0]
    assert {c.id for c, _ in found} == {claim.id}, "its statements are not one claim"
    assert len(claim.statements) == len(found), "a statement too many"
    assert traced.name(claim.earliest.document) == entry["earliest"]


@entries("claims", lambda entry: str(entry["label"]), "origins")
def test_origins(traced: Traced, entry: Entry) -> None:
    claim = traced.claim(entry["label"])
    assert (claim.origins.low, claim.origins.high) == (entry["low"], entry["high"])
    for told in entry["statements"]:
        _, statement = traced.statement(told["article"], told["sentence"])
        root, wanted = claim.origins.roots[statement.root], entry["roots"][told["root"]]
        assert root.kind == wanted["kind"], told
        if "label" in wanted:
            assert plain(root.label) in {plain(label) for label in [wanted["label"], *wanted.get("also_right", [])]}
        if "number" in told:
            assert statement.value is not None
            assert (statement.value.number, statement.value.qualifier) == (told["number"], told.get("qualifier"))


@entries("claims", lambda entry: str(entry["label"]), "conflicts")
def test_conflicts(traced: Traced, entry: Entry) -> None:
    claim = traced.claim(entry["label"])
    assert {c.kind for c in traced.tables.conflicts if c.claim == claim.id} == set(entry["conflicts"])


@entries("apart", lambda entry: " and ".join(entry["claims"]))
def test_what_only_looks_alike_stays_apart(traced: Traced, entry: Entry) -> None:
    assert len({traced.claim(label).id for label in entry["claims"]}) == len(entry["claims"])


@entries("apart_sentences", lambda entry: str(entry["sentences"][0]["article"]))
def test_other_sentences_stay_apart(traced: Traced, entry: Entry) -> None:
    claims = {traced.statement(s["article"], s["sentence"])[0].id for s in entry["sentences"]}
    assert len(claims) == len(entry["sentences"])


@entries("attributions", lambda entry: f"{entry['article']}: {entry['content_starts'][:40]}", "attributions")
def test_attributions(traced: Traced, entry: Entry) -> None:
    document = traced.documents[entry["article"]]
    mine = [a for a in traced.tables.attributions if a.document == document.id]
    found = [a for a in mine if a.field == entry.get("field", "text") and is_told(traced, a, entry)]
    assert found, [(traced.words(a, "source"), traced.words(a, "cue"), traced.words(a, "content")[:60]) for a in mine]
    attribution = found[0]
    assert attribution.kind == entry["kind"]
    assert attribution.source_kind in [entry["source_kind"], *entry.get("also_right", [])]
    if "parent_cue" in entry:
        parent = next(a for a in mine if a.id == attribution.parent)
        assert entry["parent_cue"] in traced.words(parent, "cue")


def is_told(traced: Traced, attribution: Attribution, entry: Entry) -> bool:
    """Source and cue are the least that the spans must hold; `that` and quotation marks may stand before a content."""
    content = traced.words(attribution, "content").strip()
    starts = content.removeprefix("that ").removeprefix("to ").lstrip("“„«‘\" \u00a0")
    wanted = entry["content_starts"].lstrip("“„«‘\" \u00a0")
    return (plain(entry["source"]) in plain(traced.words(attribution, "source"))
            and (entry["cue"] in traced.words(attribution, "cue") or entry["cue"] == ":")
            and starts.startswith(wanted.removeprefix("that "))
            and content.rstrip().endswith(entry.get("content_ends", "")))


@entries("nobody_says", lambda entry: str(entry["article"]))
def test_what_nobody_says(traced: Traced, entry: Entry) -> None:
    _, statement = traced.statement(entry["article"], entry["sentence"])
    assert statement.attribution is None


@entries("must_stay_attributed", lambda entry: str(entry["accusation"]))
def test_an_accusation_is_never_a_statement_of_its_own(traced: Traced, entry: Entry) -> None:
    _, statement = traced.statement(entry["article"], entry["sentence"])
    text = traced.documents[entry["article"]].text[statement.start:statement.end]
    assert entry["accusation"] in text
    assert entry["on_the_word_of"] in text
    assert statement.attribution is not None
    attribution = next(a for a in traced.tables.attributions if a.id == statement.attribution)
    assert entry["on_the_word_of"] in traced.words(attribution, "source")


@entries("lists", lambda entry: str(entry["list"]))
def test_lists_a_reader_looks_for_first(traced: Traced, entry: Entry) -> None:
    found = explain.lists(traced.tables)
    listed = {line.id for line in getattr(found, LISTS[entry["list"]])}
    assert {traced.claim(label).id for label in entry["must"]} <= listed
    labels = {traced.claim(part["label"]).id: part["label"] for part in ANSWER["claims"]}
    assert {labels[id] for id in listed if id in labels} <= {*entry["must"], *entry["also_right"]}
