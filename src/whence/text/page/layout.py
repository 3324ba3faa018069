"""A page's tree -> the same as its reader sees it: loose text as paragraphs, an article put aside as an article."""
from __future__ import annotations

import re

from lxml.html import HtmlElement, builder

BLOCKS = frozenset("address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
                   "h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split())
"""Elements that begin on a line of their own.  From the HTML Standard, 15.3 (Rendering: flow content)."""
HOLDERS = ("div", "section", "article", "main", "td", "blockquote")
"""Elements that may hold paragraphs, in which text can stand loose."""
LOOSE = 4
"""Words of loose text that make a paragraph; chosen: fewer are a label or a link."""

_body = re.compile(r"(?:^|[ _-])(?:article|story|entry|post|main)[ _-]?(?:body|text|content)(?:$|[ _-])", re.IGNORECASE)


def tidy(tree: HtmlElement) -> None:
    """Change a parsed page so that each paragraph, and the article, is marked as what it is."""
    for holder in tree.iter(*HOLDERS):
        _wrap_loose(holder)
    _free_articles(tree)


def _free_articles(tree: HtmlElement) -> None:
    """Take the article out of an `aside` that is named as its body, or holds most of what the page around it tells."""
    outer = [one for one in tree.iter("aside") if next(one.iterancestors("aside"), None) is None]
    told: dict[HtmlElement, int] = {}
    for aside in outer:
        around = next((one for one in aside.iterancestors("article", "main", "body")), tree)
        if around not in told:
            told[around] = _told(around)
        own = _told(aside)
        if own and (_body.search(aside.get("class", "")) or 2 * own > told[around]):
            aside.tag = "div"


def _wrap_loose(holder: HtmlElement) -> None:
    """Put text that stands between the blocks of an element into paragraphs, with the inline elements in it."""
    if not any(child.tag in BLOCKS for child in holder):
        return
    before: HtmlElement | None = None
    run: list[HtmlElement] = []
    for child in [*holder, None]:
        if child is not None and child.tag not in BLOCKS:
            run.append(child)
            continue
        text = (holder.text if before is None else before.tail) or ""
        if len((text + "".join(map(_words, run))).split()) >= LOOSE:
            _move(holder, before, run, child)
        before, run = child, []


def _words(inline: HtmlElement) -> str:
    """The text of an inline element (none of a comment), and what follows it."""
    return f"{inline.text_content() if isinstance(inline.tag, str) else ''}{inline.tail or ''}"


def _move(holder: HtmlElement, before: HtmlElement | None, run: list[HtmlElement], child: HtmlElement | None) -> None:
    """Move what stands between two blocks of an element (None: its edge) into a paragraph of its own."""
    one = holder if before is None else before
    paragraph = builder.P((holder.text if before is None else before.tail) or "")
    if before is None:
        one.text = None
    else:
        one.tail = None
    paragraph.extend(run)
    if child is None:
        holder.append(paragraph)
    else:
        child.addprevious(paragraph)


def _told(element: HtmlElement) -> int:
    """Characters of an element's paragraphs that end like a sentence."""
    texts = (paragraph.text_content().strip() for paragraph in element.iter("p"))
    return sum(len(text) for text in texts if text.endswith((".", "!", "?", "”", "\"", "»")))
