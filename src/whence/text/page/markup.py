"""A saved page's HTML into the article's own text, and the title, author, outlet, date and address that it states."""
from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction, extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from whence.text.page import moments

for _noisy in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_noisy).addHandler(logging.NullHandler())    # else Python prints their warnings on stderr

DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
"""What trafilatura tells htmldate.  Its date is not used; a fixed bound keeps today's date out of the result."""

PUBLISHED = ("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
             "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "article.published",
             "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "dc.date.issued",
             "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
             "originalpublicationdate", "rnews:datepublished", "date")
"""Names of `meta` elements that state when an article was published, the plainest first.  From htmldate (Barbaresi
2020), its DATE_ATTRIBUTES without those that state a change or a copyright year."""

DEEPEST = 200
"""Levels of JSON-LD walked.  Chosen: real pages nest under 10."""

_whole_page = re.compile("<(?:html|body|head)", re.IGNORECASE)
_saved_from = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->|Page saved with SingleFile\s+url: (\S+)")
_dated_path = re.compile(r"/((?:19|20)\d\d)[/-](?:(0?[1-9]|1[0-2])|([a-z]{3}))[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_no_outlet = re.compile(r"^\W*(?:copyright|©|\(c\)|all rights|\d+\W*$|https?://|\W*$)", re.IGNORECASE)
_dated_class = ("//*[self::time or self::span or self::p or self::div or self::abbr or self::li]"
                "[re:test(concat(@class, ' ', @id), '(^|[ _-])(date|dateline|published|publish|pubdate|posted|"
                "post-date|timestamp|entry-date)($|[ _-])', 'i')]")
_regular = {"re": "http://exslt.org/regular-expressions"}


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds: paragraphs one a line, list items as "- item"; None for what the page does not say."""

    text: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None


def read(html: str) -> Article | None:
    """The article in a page, by trafilatura (Barbaresi 2021) in its fast mode without comments; None if it holds none.

    The mode was chosen on 92 pages of article-extraction-benchmark: four-word-run F1 .956 against .955 with the slow
    fall-backs, .950 without tables, .952 with comments.
    """
    if not _whole_page.search(html[:5000]):    # a fragment, which trafilatura holds to be no HTML
        html = f"<html><body>{html}</body></html>"
    tree = load_html(html)
    if tree is None:
        return None
    try:
        found = extract_metadata(tree, date_config=dict(DATES))
        url = _address(tree, html)
        body = bare_extraction(tree, include_comments=False, fast=True, with_metadata=False)
    except Exception:  # noqa: BLE001  hostile pages make the parsers beneath raise anything
        return None
    text = (body.text if isinstance(body, Document) else None) or ""
    if not text.strip():
        return None
    title = found.title or None
    outlet = found.sitename if found.sitename and not _no_outlet.match(found.sitename) else None
    return Article(_untitled(text, title), title, found.author or None, outlet, _published(tree, url), url)


def _untitled(text: str, title: str | None) -> str:
    """The text without its first line where that only repeats the title, which is kept beside it."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and rest and first.strip().casefold() == title.strip().casefold() else text


def _address(tree: HtmlElement, html: str) -> str | None:
    """The article's own address: the canonical link, og:url, or the one that a browser noted when it saved the page."""
    stated = [*tree.xpath("//link[@rel='canonical']/@href"), *tree.xpath("//meta[@property='og:url']/@content")]
    stated += [address for found in _saved_from.findall(html[:5000]) for address in found]
    for address in stated:
        if address.strip().lower().startswith(("http://", "https://")):
            return str(address.strip())
    return None


def _published(tree: HtmlElement, url: str | None) -> str | None:
    """When the page says that it was published: the most trusted statement, to the minute if another of that day is.

    Dates of a change, of a copyright or found loose in the text are not used.
    """
    stated = [found for written in _statements(tree) if (found := moments.iso(written))]
    if url and (path := _dated_path.search(url)):
        year, month, name, day = path.groups()
        stated += filter(None, [moments.iso(f"{year}-{month}-{day}" if month else f"{day} {name} {year}")])
    if not stated:
        return _shown_date(tree)
    same_day = [found for found in stated if found[:10].startswith(stated[0][:10])]
    return max(same_day, key=len)


def _statements(tree: HtmlElement) -> Iterator[str]:
    """Every statement of the publication's date in the page's metadata, the most trusted first."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    yield from (metas[name] for name in PUBLISHED if name in metas)
    for script in tree.xpath("//script[@type='application/ld+json']"):
        yield from _linked_dates(script.text or "")
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("content") or element.get("datetime") or element.text_content()
    yield from tree.xpath("//time[@pubdate]/@datetime")
    moments = tree.xpath("//time/@datetime")
    if len({moment[:10] for moment in moments}) == 1:
        yield moments[0]


def _linked_dates(script: str) -> Iterator[str]:
    """`datePublished` of the articles in a JSON-LD block, then of anything else in it."""
    try:
        stack: list[tuple[Any, int]] = [(json.loads(script, strict=False), 0)]
    except (ValueError, RecursionError):
        return
    others: list[str] = []
    while stack:
        node, depth = stack.pop()
        inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        if depth < DEEPEST:
            stack.extend((value, depth + 1) for value in reversed(inner))
        stated = node.get("datePublished") if isinstance(node, dict) else None
        if isinstance(stated, str):
            if re.search("Article|Posting|Report", str(node.get("@type"))):
                yield stated
            else:
                others.append(stated)
    yield from others


def _shown_date(tree: HtmlElement) -> str | None:
    """The first date in an element whose class or id says that it is one: what a reader sees under the headline."""
    try:
        elements = tree.xpath(_dated_class, namespaces=_regular)
    except LxmlError:
        return None
    for element in elements[:20]:    # chosen: later ones are other articles' dates
        if day := moments.day_within(" ".join(element.text_content().split())):
            return day
    return None
