"""What a saved page says of itself, and what it does not."""
from __future__ import annotations

import pytest

from whence.text.page import markup

PARAGRAPHS = (
    "The pier of Ostrel will stay shut until the spring, the ferry office said on Monday, and no date has been set.",
    "“We found rust in nine of the forty posts,” said the engineer, Mara Tolk, who has looked after it for ten years.",
    "Two boats a day will leave from the old quay instead, at eight in the morning and at six in the evening.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(head: str = "", body: str = BODY, above: str = "") -> markup.Article:
    found = markup.read(f"{above}<html><head><title>Pier shut</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
                        f"<article><h1>Pier shut</h1>{body}</article><footer>© Gazette</footer></body></html>")
    assert found is not None
    return found


def test_text_keeps_paragraphs_and_lists_on_lines_of_their_own() -> None:
    found = page(body=f"{BODY}<ul><li>The old quay</li><li>The new quay</li></ul>")
    assert found.text.split("\n") == [*PARAGRAPHS, "- The old quay", "- The new quay"]
    assert found.title == "Pier shut"


@pytest.mark.parametrize(("head", "body", "expected"), [
    ("<meta property='article:published_time' content='2031-05-03T08:15:00+02:00'>", "", "2031-05-03T08:15:00+02:00"),
    ("<meta name='date' content='2031-05-03'>", "", "2031-05-03"),
    ("<meta name='date' content='2031-05-03'><script type='application/ld+json'>{\"@type\": \"NewsArticle\", "
     "\"datePublished\": \"2031-05-03T08:15:00Z\"}</script>", "", "2031-05-03T08:15:00+00:00"),
    ("<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \"datePublished\": \"2001-01-01\"}, "
     "{\"@type\": \"NewsArticle\", \"datePublished\": \"2031-05-03\"}]}</script>", "", "2031-05-03"),
    ("", "<time datetime='2031-05-03T08:15'>Saturday</time>", "2031-05-03T08:15"),
    ("", "<span itemprop='datePublished' content='2031-05-03'>Saturday</span>", "2031-05-03"),
    ("", "<p class='dateline'>Published on 3 May 2031</p>", "2031-05-03"),
    ("<link rel='canonical' href='https://gazette.example/2031/05/03/pier'>", "", "2031-05-03"),
    ("<link rel='canonical' href='https://gazette.example/2031/may/03/pier'>", "", "2031-05-03"),
    ("<meta property='article:modified_time' content='2031-05-03'>", "", None),
    ("<meta name='date' content='2031-02-30'>", "", None),
    ("<meta name='date' content='today'>", "<p>© 2031 Gazette</p>", None),
    ("", "<p>The pier was built on 3 May 1931.</p>", None),
    ("", "<time datetime='2031-05-03'></time><time datetime='2031-05-04'></time>", None),
    ("<script type='application/ld+json'>{\"@type\": \"WebSite\", \"datePublished\": \"2001-01-01\"}</script>", "",
     None),
    ("<script type='application/ld+json'>{\"@type\": \"ItemList\", \"itemListElement\": [{\"@type\": \"NewsArticle\", "
     "\"datePublished\": \"2029-01-01\"}]}</script>", "", None),
    ("<script type='application/ld+json'>[{\"@type\": \"NewsArticle\", \"headline\": \"Crane sold\", "
     "\"datePublished\": \"2029-01-01\"}, {\"@type\": \"NewsArticle\", \"headline\": \"Pier shut\", "
     "\"datePublished\": \"2031-05-03\"}]"
     "</script>", "", "2031-05-03"),
    ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2031-05-03\", "
     "\"mentions\": {\"@type\": \"Report\", \"datePublished\": \"2029-01-01\"}}</script>", "", "2031-05-03"),
    ("", "<aside>More: <time datetime='2029-01-01'>1 January 2029</time></aside>", None),
    ("", "<div class='related'><span class='date'>1 January 2029</span></div>", None),
    ("<script type='application/ld+json'>" + "[" * 5_000 + "</script>", "", None),
])
def test_published(head: str, body: str, expected: str | None) -> None:
    assert page(head, body + BODY).published == expected


@pytest.mark.parametrize(("head", "expected"), [
    ("<meta property='og:site_name' content='Harbour Gazette'>", "Harbour Gazette"),
    ("<meta name='copyright' content='Copyright 2031'>", None),
    ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Pier shut\", \"publisher\": "
     "{\"@type\": \"Organization\", \"name\": \"Pier shut\"}}</script>", None),
    ("", None),
])
def test_publisher(head: str, expected: str | None) -> None:
    assert page(head).publisher == expected


@pytest.mark.parametrize(("head", "above", "expected"), [
    ("<link rel='canonical' href='https://gazette.example/pier'>", "", "https://gazette.example/pier"),
    ("<meta property='og:url' content='https://gazette.example/pier'>", "", "https://gazette.example/pier"),
    ("<link rel='canonical' href='/pier'>", "", None),
    ("<base href='https://gazette.example/'>", "", None),
    ("", "<!-- saved from url=(0028)https://gazette.example/pier -->", "https://gazette.example/pier"),
    ("", "<!--\n Page saved with SingleFile \n url: https://gazette.example/pier \n-->", "https://gazette.example/pier"),
])
def test_address(head: str, above: str, expected: str | None) -> None:
    assert page(head, above=above).url == expected


@pytest.mark.parametrize("html", [
    "", " ", "x", "<", "<html></html>", "<script>let x = 1</script>", "\ufffd" * 100, "<p>", "<![CDATA[", "<!DOCTYPE",
    "<html><head><script>" + "document.write(1);" * 50 + "</script></head><body><noscript></noscript></body></html>",
])
def test_a_page_without_an_article_is_none(html: str) -> None:
    found = markup.read(html)
    assert found is None or found.text.strip()


@pytest.mark.parametrize("body", [
    f"{PARAGRAPHS[0]}<p></p>{PARAGRAPHS[1]}<div>{PARAGRAPHS[2]}<b></b></div>",
    f"<section>{PARAGRAPHS[0]}<div><p>{PARAGRAPHS[1]}</p>{PARAGRAPHS[2]}</div></section>",
    f"<aside>{BODY}</aside>",
    f"<p>A short note.</p><aside class='story-body'>{BODY}</aside>",
])
def test_each_paragraph_is_a_line(body: str) -> None:
    assert [line for line in page(body=body).text.split("\n") if line != "A short note."] == list(PARAGRAPHS)
