"""The report: one page that needs nothing else, says whose words are whose, and can't be made to do harm."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from whence.exports.report import Caps, render
from whence.model import Claim, Tables
from whence.steps.quotes import may_turn_sense

NOTHING = Tables((), {}, (), (), (), (), (), (), (), (), ())
EVIL = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}\u202e\x00\ud800"
VOID = {"meta", "link", "br", "rect", "circle", "path"}


class Reader(HTMLParser):
    """Reads a page as a person and a screen reader would: what is open where, links, headings, and the words alone."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids[value or ""] += 1
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


def poisoned(value: Any) -> Any:
    """The same rows with every free text of theirs replaced; ids and what a type restricts are kept."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"id", "document", "earliest", "parent", "attribution", "claim", "kind", "source_kind", "act", "field",
                "direction", "label", "mark", "verdict", "text", "published", "start", "end"}
        shown = {"label"} if type(value).__name__ == "Root" else set()
        if type(value).__name__ in ("Value", "Claim"):
            shown.add("text")
        return replace(value, **{f.name: poisoned(getattr(value, f.name)) for f in fields(value)
                                 if f.name not in kept - shown or is_dataclass(getattr(value, f.name))})
    if isinstance(value, str):
        return EVIL
    if isinstance(value, dict):
        return {EVIL: EVIL}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(poisoned(item) for item in value)
    return value


def many(tables: Tables, claims: int) -> Tables:
    """The claim that spreads widest, so many times over under ids of its own."""
    widest = max(tables.claims, key=lambda claim: len(claim.statements))
    return replace(tables, conflicts=(), claims=tuple(replace(widest, id=f"c-{i:012}") for i in range(claims)))


@pytest.fixture(scope="module")
def page(dispute: Tables) -> str:
    return render(dispute)


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page: str) -> None:
    read = Reader(page)
    assert not read.open
    assert [name for name, count in read.ids.items() if count > 1] == []
    targets = {value[1:] for _, name, value in read.attributes if name == "href" and value[0] == "#"}
    assert len(targets) > 10
    assert targets <= set(read.ids)
    assert {value for _, name, value in read.attributes if name == "aria-labelledby"} <= set(read.ids)


def test_headings_are_in_order(page: str) -> None:
    headings = Reader(page).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(headings))


def test_the_page_needs_nothing_else(page: str) -> None:
    read = Reader(page)
    assert not set(read.tags) & {"script", "iframe", "object", "embed", "img", "form", "base", "audio", "video"}
    names = {name for _, name, _ in read.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "srcset", "action", "xlink:href")]
    assert {value[0] for tag, name, value in read.attributes if tag == "a" and name == "href"} == {"#"}
    assert [value for tag, name, value in read.attributes if tag == "link" and name == "href"] == ["data:,"]
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_the_same_tables_give_the_same_bytes_in_any_order(
        dispute: Tables, shuffle: Callable[[Tables, int], Tables], page: str) -> None:
    assert render(dispute) == page
    assert render(shuffle(dispute, 7)) == page


def test_promises_are_kept_in_every_wording(page: str) -> None:
    words = Reader(page).words
    assert not re.search(r"\b(true|false|truth|lie|fake|proves?d?|first)\b", words, re.IGNORECASE)
    assert "earliest in this archive" in words.lower()
    assert "A program derived everything on this page" in words


@pytest.mark.parametrize("words", [
    "Told often, by one origin", "Numbers that disagree", "Said by nobody named",       # the lists
    "the file is empty", "clips/b.html", "f-000000000000",                              # what was not taken in
    "Warden Ilka Soames: said", "2 independent origins", "More than 400",               # a claim
    "teaser of another article, not the article’s own text",                            # labelled parts
    "The Reed Agency: reported", "the mayor: asked", "nobody named (“Experts”): say",   # who says what
    "clips/0.html, characters 0 to 85", "Earliest in this archive",
    "Halm Weekly (6 May 2031) took it from Osier Herald (0.80) and made “At least 40” into “More than 400”",
    "Changed from “At least 40”; 6 May 2031",                                           # beside the drawing
    "≠ Altered: quoted by Osier Herald, 3 May 2031, 11:30 UTC, held against Sedge Post",  # the list of quotations
    "≠ Altered, held against Sedge Post", "? Not found, held against", "… Shortened, held against",
    "= Exact, held against", "– Source not held: nothing here to hold this quotation against",
    "1 pair of names may be one source", "Warden Ilka Soames and Soames", "whence decide confirm s-1",
    "whence decide dismiss s-1",
])
def test_the_page_says(page: str, words: str) -> None:
    assert words in " ".join(Reader(page).words.split())


def test_wordings_mark_differences_by_more_than_colour(page: str) -> None:
    read = Reader(page)
    assert read.tags["ins"] > 2
    assert read.tags["del"] > 2
    assert "line-through" in page
    assert "[dropped: " in page


def test_a_quotation_tells_its_marks_apart_by_more_than_colour(page: str) -> None:
    assert 'at least 40 seals <del>died</del> <ins>were killed</ins> <del class="marked">in Osier Bay</del>' in page
    for kind in ("[added: ", "[dropped: ", "[left out, and marked so: ", "[put in by an editor, and marked so: "):
        assert kind in page, "what a screen reader says before it"


def test_a_quotation_that_may_turn_the_sense_says_so(dispute: Tables) -> None:
    altered = next(check for check in dispute.quote_checks if check.verdict == "shortened")
    turned = replace(altered, reasons=(may_turn_sense("but not before noon"),))
    page = render(replace(dispute, quote_checks=(turned,)))
    assert page.count("What was left out says no or sets a condition") == 5, "beside it, in two lists, as their reasons"


def test_quotations_beyond_the_cap_are_counted(dispute: Tables) -> None:
    one = dispute.quote_checks[0]
    checks = tuple(replace(one, id=f"q-{number:04}") for number in range(7))
    words = Reader(render(replace(dispute, quote_checks=checks), Caps(quotations=2))).words
    assert "5 more quotations; whence check-quotes --verdict altered has all of them." in words


def test_hostile_texts_stay_texts(dispute: Tables) -> None:
    documents = tuple(replace(d, text=(EVIL * 9)[:len(d.text)], title=EVIL, publisher=EVIL, author=EVIL, url=EVIL,
                              published=EVIL, language=EVIL, external_id=EVIL) for d in dispute.documents)
    page = render(replace(poisoned(replace(dispute, documents=())), documents=documents,
                          paths={d.id: EVIL for d in documents}))
    read = Reader(page)
    assert not read.tags["script"]
    assert not read.tags["img"]
    assert not read.open
    assert "alert(1)" in read.words
    assert "{{7*7}}" in read.words
    assert not set(page) & {"\u202e", "\x00", "\ud800"}
    page.encode("utf8")


def test_an_empty_archive_has_a_page() -> None:
    words = Reader(render(NOTHING)).words
    assert "0 articles" in words
    assert "No claim is told by more than one of these articles." in words


def test_what_is_left_out_is_said(dispute: Tables) -> None:
    caps = Caps(claims=3, drawn=2, wordings=1, passages=1, articles=2, said=0, listed=1, inputs=1)
    page = render(many(dispute, 5), caps)
    words = " ".join(Reader(page).words.split())
    for said in ("Of 5 claims that more than one article tells, 3 are shown", "2 later articles are not drawn",
                 "and 1 more;", "3 more wordings", "3 more passages",
                 "2 of 5 articles are shown", "2 more attributions"):
        assert said in words
    shown = Reader(page)
    assert {value[1:] for _, name, value in shown.attributes if name == "href" and value[0] == "#"} <= set(shown.ids)


def test_a_claim_that_a_list_leads_to_is_shown_beyond_the_cap(dispute: Tables) -> None:
    widest: Claim = max(dispute.claims, key=lambda claim: len(claim.statements))
    assert f'<article class="claim" id="{widest.id}"' in render(dispute, Caps(claims=0))


def test_a_large_archive_keeps_its_page_small(dispute: Tables) -> None:
    few, lots = render(many(dispute, 70)), render(many(dispute, 700))
    assert abs(len(lots) - len(few)) < 200
