"""Quotations held against the texts they are said to come from."""
from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import QuotesConfig, SegmentConfig
from whence.model import (
    Attribution,
    Corpus,
    Document,
    Family,
    Member,
    QuoteCheck,
    QuoteKind,
    Span,
    identify,
)
from whence.steps import quotes, segment, sources
from whence.text.speech.utterances import tokens
from whence.text.speech.venues import Names, venues

CASES = Path(__file__).parents[1] / "cases" / "quotes.csv"
SIGNS = {"same": "{}", "added": "+{}+", "dropped": "-{}-", "cut": "~{}~", "editor": "={}="}
_MARKUP = re.compile(r"[{}<>]")


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str, text: str, publisher: str | None, **known: str | None) -> Document:
    ident = identify("d", name)[2:].ljust(16, "0")
    return Document(ident, None, None, known.get("title"), known.get("author"), publisher, known.get("published"), "en",
                    ident * 4, text)


def marked(name: str, text: str, publisher: str | None, published: str | None,
           kind: QuoteKind) -> tuple[Document, Attribution]:
    """A document whose text shows its speaker as <…> and its content as {…}."""
    spans: dict[str, list[Span]] = {"<": [], "{": []}
    opened = [0]
    for taken, sign in enumerate(_MARKUP.finditer(text)):
        at = sign.start() - taken
        if sign[0] in spans:
            opened.append(at)
        else:
            spans["{" if sign[0] == "}" else "<"].append(Span(opened.pop(), at))
    made = document(name, _MARKUP.sub("", text), publisher, published=published)
    source, content = tuple(spans["<"]), tuple(spans["{"])
    return made, Attribution(identify("a", made.id, content), made.id, "text", source, (), content, kind,
                             "named" if source else "none", "statement", None, 1.0)


def corpus(documents: list[Document], attributions: list[Attribution], families: tuple[Family, ...] = ()) -> Corpus:
    by_id = {d.id: d for d in documents}
    return Corpus(by_id, {d.id: segment.sentences(d, SegmentConfig()) for d in documents}, {},
                  {d.id: [a for a in attributions if a.document == d.id] for d in documents}, (), families)


def check(row: Mapping[str, str]) -> QuoteCheck:
    kind: QuoteKind = "mixed" if row["kind"] == "mixed" else "direct"
    quoting, said = marked("quoting", row["quoting"], "Tarn Weekly", row["date"] or "2031-05-06", kind)
    held = document("held", row["held"], row["publisher"] or "Tarn Weekly", title=row["title"] or None,
                    author=row["author"] or None, published=row["published"] or "2031-05-04")
    whole = [Member(d.id, 0, len(d.text), ()) for d in (held, quoting)]
    families = (Family("f-1", tuple(whole), held.id),) if row["copied"] else ()
    known = corpus([quoting, held], [said], families)
    found, _ = quotes.check(known, sources.resolve(known), QuotesConfig())
    return found[0]


def shown(found: QuoteCheck) -> str:
    return " ".join(SIGNS[piece.mark].format(piece.text) for piece in found.diff)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["note"])
def test_verdict(row: dict[str, str]) -> None:
    found = check(row)
    assert found.verdict == row["verdict"], found
    assert shown(found) == row["diff"]
    assert found.reasons


SPEECH = "“We will drain the lower marsh before the first frost, and nobody will lose a field,” Soames said."
TOLD = "<Ilka Soames> told the Sarn Beacon: {“We will drain the lower marsh after the first frost.”}"


def several() -> tuple[list[Document], list[Attribution]]:
    made = [marked(f"quoting {n}", f"Note {n}. {TOLD}", f"Tarn Weekly {n}", "2031-05-06", "direct") for n in range(3)]
    held = [document(f"held {n}", f"Part {n}. {SPEECH}", "Sarn Beacon", published=f"2031-05-0{n + 1}")
            for n in range(8)]
    return [*held, *(d for d, _ in made)], [a for _, a in made]


@settings(max_examples=10)
@given(st.permutations(range(11)))
def test_neither_the_order_of_inputs_nor_an_exact_copy_changes_a_verdict(order: list[int]) -> None:
    documents, said = several()
    whole, shuffled = corpus(documents, said), corpus([documents[n] for n in order], said[::-1])
    found, _ = quotes.check(whole, sources.resolve(whole), QuotesConfig())
    assert quotes.check(shuffled, sources.resolve(shuffled), QuotesConfig())[0] == found
    assert {(c.verdict, c.against.document if c.against else "") for c in found} == {("altered", documents[0].id)}


def test_what_is_held_against_re_extracts() -> None:
    documents, said = several()
    known = corpus(documents, said)
    for found in quotes.check(known, sources.resolve(known), QuotesConfig())[0]:
        assert found.against is not None
        text = known.documents[found.against.document].text
        assert text[found.against.start:found.against.end] == "We will drain the lower marsh before the first frost"
        quoting = next(a for a in said if a.id == found.attribution)
        assert known.documents[quoting.document].text[found.start:found.end].startswith("“We will")


def test_a_quotation_over_the_limit_is_not_held_against_anything_and_the_limit_says_so() -> None:
    documents, said = several()
    known = corpus(documents, said)
    found, limits = quotes.check(known, sources.resolve(known), replace(QuotesConfig(), longest=5))
    assert {c.verdict for c in found} == {"source_not_held"}
    assert [(limit.limit, limit.seen) for limit in limits] == [(5, 10)] * 3


@settings(max_examples=50)
@given(st.text(alphabet="ab “”\"'….[]()!\n", max_size=60))
def test_any_words_quoted_whole_are_exact(words: str) -> None:
    row = {"quoting": f"In “The Long Water” it is said: {{“{re.sub('[{}<>]', '', words)}”}}", "title": "The Long Water",
           "held": f"“{words}”", "publisher": "Dyke Office"}
    quoting, said = marked("quoting", row["quoting"], "Tarn Weekly", None, "mixed")
    known = corpus([quoting, document("held", row["held"], "Dyke Office", title="The Long Water")], [said])
    found, _ = quotes.check(known, sources.resolve(known), QuotesConfig())
    plain = all(token.kind == "word" for token in tokens(words))
    assert not plain or {c.verdict for c in found} <= {"exact", "source_not_held", "not_found", "shortened"}


@pytest.mark.parametrize("words", ["…" * 400, "a " * 900, "[b] " * 400, "no … " * 300, "“" * 900, "a b c … " * 200])
def test_hostile_quotations_end(words: str) -> None:
    text = f"<Ilka Soames> told the Sarn Beacon: {{“{words}”}}"
    quoting, said = marked("quoting", text, "Tarn Weekly", None, "direct")
    known = corpus([quoting, document("held", f"Soames said: “{words}”", "Sarn Beacon")], [said])
    assert quotes.check(known, sources.resolve(known), QuotesConfig())


@pytest.mark.parametrize(("text", "expected"), [
    ("Kemp told the Sarn Beacon on Monday.", ["sarn beacon"]),
    ("Kemp said in an interview with the daily Sarn Beacon.", ["sarn beacon"]),
    ("Kemp told the O.M.S. of it.", ["orm morning star"]),
    ("Kemp, who edits the Sarn Beacon, spoke.", []),
    ("A reporter for the Sarn Beacon said so.", []),
    ("Kemp told the sarn beacon keeper.", []),
    ("Kemp told the Star.", ["orm morning star"]),
    ("Kemp told the Star Street school.", []),
])
def test_venues(text: str, expected: list[str]) -> None:
    assert [key for key, _ in venues(text, Names.of(["sarn beacon", "orm morning star"]))] == expected
