"""A page's tree -> when the page says that its article was published: never a change, another story's or the site's."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import LxmlError
from lxml.html import HtmlElement

from whence.text.page import moments

PUBLISHED = ("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
             "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "article.published",
             "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "dc.date.issued",
             "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
             "originalpublicationdate", "rnews:datepublished", "date")
"""Names of `meta` elements that state when an article was published, the plainest first.  From htmldate (Barbaresi
2020), its DATE_ATTRIBUTES without those that state a change or a copyright year."""

LINKED = "//script[@type='application/ld+json']"
"""Where a page's JSON-LD stands, as an XPath."""

DEEPEST = 200
"""Levels of JSON-LD walked.  Chosen: real pages nest under 10."""

_article = re.compile("Article|Posting|Report|ClaimReview")
_page = re.compile("WebPage|CreativeWork")
_of_others = frozenset("itemlistelement haspart ispartof relatedlink mentions citation comment review video image "
                       "subjectof isbasedon significantlink".split())
"""Properties of JSON-LD (schema.org) whose values are other things than the page's article."""

_dated_path = re.compile(r"/((?:19|20)\d\d)[/-](?:(0?[1-9]|1[0-2])|([a-z]{3}))[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_dated_class = ("//*[self::time or self::span or self::p or self::div or self::abbr or self::li]"
                "[re:test(concat(@class, ' ', @id), '(^|[ _-])(date|dateline|published|publish|pubdate|posted|"
                "post-date|timestamp|entry-date)($|[ _-])', 'i')]")
_regular = {"re": "http://exslt.org/regular-expressions"}
_beside = re.compile(r"(?:^|[ _-])(?:related|comments?|sidebar|popular|recommend\w*|teasers?|trending|read-?more|"
                     r"more-\w+|latest|widget|footer|copyright)(?:$|[ _-])", re.IGNORECASE)


def published(tree: HtmlElement, url: str | None, title: str | None) -> str | None:
    """When the page says that it was published: the most trusted statement, to the minute if another of that day is.

    Dates of a change, of a copyright, of other articles on the page, of the site, or found loose in the text are not
    used.  `title` tells the page's own article from others in its JSON-LD.
    """
    stated = [found for written in _statements(tree, title) if (found := moments.iso(written))]
    if url and (path := _dated_path.search(url)):
        year, month, name, day = path.groups()
        stated += filter(None, [moments.iso(f"{year}-{month}-{day}" if month else f"{day} {name} {year}")])
    if not stated:
        return _shown(tree)
    same_day = [found for found in stated if found[:10].startswith(stated[0][:10])]
    return max(same_day, key=len)


def _statements(tree: HtmlElement, title: str | None) -> Iterator[str]:
    """Every statement of the publication's date in the page's metadata, the most trusted first."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    yield from (metas[name] for name in PUBLISHED if name in metas)
    yield from _linked([script.text or "" for script in tree.xpath(LINKED)], title)
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        if not _stands_beside(element):
            yield element.get("content") or element.get("datetime") or element.text_content()
    yield from (time.get("datetime") for time in tree.xpath("//time[@pubdate][@datetime]") if not _stands_beside(time))
    shown = [time.get("datetime") for time in tree.xpath("//time[@datetime]") if not _stands_beside(time)]
    if len({moment[:10] for moment in shown}) == 1:
        yield shown[0]


def _linked(scripts: list[str], title: str | None) -> Iterator[str]:
    """`datePublished` in JSON-LD: of articles whose headline is the page's title, of other articles, of the page."""
    found: list[tuple[int, str]] = []
    for script in scripts:
        try:
            stack: list[tuple[Any, int]] = [(json.loads(script, strict=False), 0)]
        except (ValueError, RecursionError):
            continue
        while stack:
            node, depth = stack.pop()
            inner = list(node) if isinstance(node, list) else []
            if isinstance(node, dict):
                inner = [value for name, value in node.items() if name.lower() not in _of_others]
                found += _own_date(node, title)
            if depth < DEEPEST:
                stack.extend((value, depth + 1) for value in reversed(inner))
    yield from (date for _, date in sorted(found, key=lambda one: one[0]))


def _own_date(node: dict[str, Any], title: str | None) -> list[tuple[int, str]]:
    """The date of a JSON-LD node, with how far it is from being the page's article's."""
    date, kind = node.get("datePublished"), str(node.get("@type") or "")
    if not isinstance(date, str):
        return []
    if _article.search(kind):
        headline = node.get("headline") or node.get("name")
        return [(0 if isinstance(headline, str) and title and _alike(headline, title) else 1, date)]
    return [(2, date)] if not kind or _page.search(kind) else []


def _alike(one: str, other: str) -> bool:
    mine, theirs = (" ".join(text.split()).casefold() for text in (one, other))
    return mine == theirs or (min(len(mine), len(theirs)) > 10 and (mine in theirs or theirs in mine))


def _shown(tree: HtmlElement) -> str | None:
    """The first date in an element whose class or id says that it is one: what a reader sees under the headline."""
    try:
        elements = tree.xpath(_dated_class, namespaces=_regular)
    except LxmlError:
        return None
    for element in elements[:20]:    # chosen: later ones are other articles' dates
        if not _stands_beside(element) and (day := moments.day_within(" ".join(element.text_content().split()))):
            return day
    return None


def _stands_beside(element: HtmlElement) -> bool:
    """Whether an element is in a part of the page that is not the article: a menu, a footer, other stories."""
    for one in (element, *element.iterancestors()):
        if one.tag in ("aside", "nav", "footer") or _beside.search(f"{one.get('class', '')} {one.get('id', '')}"):
            return True
        if one.tag in ("article", "main", "body"):
            return False
    return False
