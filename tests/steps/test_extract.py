"""Pages into documents and segments: what is kept as it is, what is found, and what is refused."""
from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.config import ExtractConfig
from whence.model import Document, Page, Reject, Segment
from whence.steps.extract import extract

TEXT = """Skip to content

Pier to stay shut until spring

The pier of Ostrel will stay shut until the spring, the ferry office said on Monday, and no date has been set for it.

Related

Crane falls into the basin
"""
HTML = """<!DOCTYPE html><html lang="en"><head><title>Pier shut | Harbour Gazette</title>
<meta property="og:title" content="Pier to stay shut"><meta property="og:site_name" content="Harbour Gazette">
<meta name="author" content="Ann Brae"><meta property="article:published_time" content="2031-05-03T08:15:00+02:00">
<link rel="canonical" href="https://www.gazette.example/pier"></head><body><article><h1>Pier to stay shut</h1>
<p>The pier of Ostrel will stay shut until the spring, the ferry office said on Monday, and no date has been set.</p>
<p>Two boats a day will leave from the old quay instead, at eight in the morning and at six in the evening.</p>
</article></body></html>"""


def page(content: str, *, markup: bool = False, **fields: str) -> Page:
    sha256 = hashlib.sha256(content.encode("utf8", "surrogatepass")).hexdigest()
    return Page(sha256[:16], sha256, content, markup, **fields)


def document(given: Page) -> tuple[Document, tuple[Segment, ...]]:
    found = extract(given, ExtractConfig())
    assert not isinstance(found, Reject), found
    return found


def test_text_is_kept_and_its_furniture_labelled() -> None:
    made, segments = document(page(TEXT))
    assert made.text == TEXT and made.language == "en"
    assert made.title == "Pier to stay shut until spring"
    assert [(s.label, TEXT[s.start:s.end].split("\n")[0]) for s in segments] == [
        ("menu", "Skip to content"), ("teaser", "Related")]
    assert (made.publisher, made.published, made.url, made.author, made.external_id) == (None,) * 5


def test_html_gives_text_and_metadata() -> None:
    made, _ = document(page(HTML, markup=True))
    assert made.text.startswith("The pier of Ostrel") and made.text.count("\n") == 1
    assert made.title == "Pier to stay shut" and made.author == "Ann Brae" and made.language == "en"
    assert made.publisher == "Harbour Gazette" and made.published == "2031-05-03T08:15:00+02:00"
    assert made.url == "https://www.gazette.example/pier"


def test_what_came_beside_the_page_goes_before_what_it_says() -> None:
    made, _ = document(page(HTML, markup=True, title="Other", publisher="Tarn Post", published="2031-05-04",
                            url="https://tarn.example/1", author="B. Loe", external_id="7"))
    assert (made.title, made.publisher, made.published, made.url, made.author, made.external_id) == (
        "Other", "Tarn Post", "2031-05-04", "https://tarn.example/1", "B. Loe", "7")


@pytest.mark.parametrize(("url", "expected"), [
    ("https://www.gazette.example/pier", "gazette.example"), ("gazette.example/pier", "gazette.example"),
    ("http://user:pw@Gazette.example:8080/x", "gazette.example"),
    ("not a url", None), ("http://[", None), ("https://", None), ("x" * 9_999, None),
])
def test_publisher_is_else_the_host(url: str, expected: str | None) -> None:
    assert document(page("The pier is shut.", url=url))[0].publisher == expected


def test_a_date_that_is_none_is_left_out() -> None:
    assert document(page("The pier is shut.", published="last week"))[0].published is None


def test_a_row_without_a_title_keeps_none() -> None:
    assert document(page(TEXT, external_id="7"))[0].title is None


@pytest.mark.parametrize(("text", "expected"), [
    ("Der Steg bleibt bis zum Frühjahr geschlossen, sagte das Fährbüro am Montag.", "de"),
    ("La jetée restera fermée jusqu’au printemps, a dit lundi le bureau des bacs.", "fr"),
    ("12 34 56 78", None), ("...", None), ("Ja.", None),
])
def test_language(text: str, expected: str | None) -> None:
    assert document(page(text))[0].language == expected


@pytest.mark.parametrize(("content", "markup"), [
    ("", False), (" \n\t", False), ("", True),
    ("<html><head><script>let a = 1;</script></head><body><script>document.write(a)</script></body></html>", True),
    ("<html><body>" + "<div>" * 10_000 + "</body></html>", True),
])
def test_nothing_to_read_is_refused_with_a_reason(content: str, markup: bool) -> None:
    given = page(content, markup=markup)
    found = extract(given, ExtractConfig())
    assert isinstance(found, Reject) and found.input == given.id and found.step == "extract" and found.reason


def test_entities_that_grow_a_billionfold_do_not() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    hostile = HTML.replace("<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY e0 "xxxxxxxxxx">{entities}]>')
    made, _ = document(page(hostile.replace("Two", "&e9; Two"), markup=True))
    assert "The pier of Ostrel" in made.text and len(made.text) < 10_000


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_kept_or_refused(text: str) -> None:
    found = extract(page(text), ExtractConfig())
    if isinstance(found, Reject):
        assert not text.strip()
    else:
        assert found[0].text == text
        assert all(0 <= s.start < s.end <= len(text) and s.document == found[0].id for s in found[1])


MARKUP = ["<p>", "</p>", "<div", ">", "<", "&amp;", "&#0;", "</", "<!--", "<table><tr>", "\ufffd", "a b c", "<script>",
          "<title>", "<meta name=date content=2031>", "<link rel=canonical href='https://['>"]


@given(st.lists(st.sampled_from(MARKUP), max_size=40).map("".join))
def test_any_markup_gives_a_document_or_a_reason(html: str) -> None:
    found = extract(page(html, markup=True), ExtractConfig())
    assert isinstance(found, Reject) or found[0].text.strip()


def test_plain_text_is_read_without_the_parsers_of_html() -> None:
    code = ("import sys; from whence.config import ExtractConfig; from whence.model import Page\n"
            "from whence.steps.extract import extract\n"
            "extract(Page('0', '0', 'The pier is shut until the spring.', False), ExtractConfig())\n"
            "print('trafilatura' in sys.modules)")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
