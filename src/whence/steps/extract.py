"""A decoded page into the Document that is kept, and the Segments of it that are not the article's own."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from whence.config import ExtractConfig
from whence.model import Document, Page, Reject, Segment
from whence.text.meaning import names
from whence.text.page import checks, furniture, heads, live, moments, tongue
from whence.text.page.furniture import Part
from whence.text.page.heads import Head

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


LANGUAGE_LETTERS = 20
"""Letters below which a text's language is not judged.  Chosen: about four words."""

_host = re.compile(r"(?:[a-z][a-z0-9+.-]{0,15}:)?(?://)?(?:[^/?#@]{0,100}@)?([\w.-]{1,253})(?::\d{1,5})?(?:[/?#]|$)",
                   re.IGNORECASE)

EMPTY_PAGE = ("no article text found in this page (perhaps only scripts, menus or links). Save it again once it has "
              "loaded, or put its text into a .txt file")


class Found(NamedTuple):
    """A page's document, the posts in it if it is a live page, and the claims that it is marked up to judge."""

    document: Document
    posts: Sequence[Part]
    reviewed: Sequence[str] = ()


def extract(page: Page, config: ExtractConfig) -> tuple[Document, tuple[Segment, ...]] | Reject:
    """The article of a page and its labelled parts, or why there is none (`input` is the page's id).

    Text is kept exactly as it came; of HTML, the main text is (see `markup.read`).  What came beside the text (a
    row's fields) goes before what the page says of itself.  The publisher is else the host of the address, without
    "www."; what can't be read as a date is left out.  Never raises.
    """
    head = Head() if page.markup or _is_row(page) else heads.read(page.content)
    found = _from_markup(page, config) if page.markup else _from_text(page, head, config)
    if isinstance(found, Reject):
        return found
    document, posts, reviewed = found
    parts = [part for part in furniture.label(document.text, document.title)
             if part.start >= head.end and not (posts and part.label == "item")]
    parts += [part for part in checks.checked(document.text, reviewed)
              if not any(other.start < part.end and part.start < other.end for other in parts if other.label != "item")]
    above = [Segment(page.id, 0, head.end, "header")] if head.end else []
    return document, (*above, *(Segment(page.id, *part) for part in sorted([*parts, *posts], key=_place)))


def _place(part: Part) -> tuple[int, int, str]:
    return part.start, part.end, part.label


def _from_text(page: Page, head: Head, config: ExtractConfig) -> Found | Reject:
    if not page.content.strip():
        return Reject(page.id, "extract", "no text in it")
    headline = None if _is_row(page) else furniture.headline(page.content[head.end:])
    url = page.url or head.url
    document = Document(
        id=page.id, external_id=page.external_id, url=url, title=page.title or head.title or headline,
        author=page.author or head.author, publisher=page.publisher or head.publisher or host(url),
        published=moments.iso(page.published) or head.published,
        language=language(page.content[head.end:], config), sha256=page.sha256, text=page.content)
    return Found(document, live.clocked(document.text, document.published))


def _is_row(page: Page) -> bool:
    """Whether something beside the text says what it is, so that its first lines are its own."""
    return bool(page.external_id or page.url or page.publisher or page.published)


def _from_markup(page: Page, config: ExtractConfig) -> Found | Reject:
    # Here and not above, so that archives of plain text start without trafilatura, which takes .3 s to import.
    from whence.text.page import markup

    article = markup.read(page.content)
    if article is None:
        return Reject(page.id, "extract", EMPTY_PAGE)
    url = page.url or article.url
    document = Document(
        id=page.id, external_id=page.external_id, url=url, title=page.title or article.title,
        author=page.author or article.author, publisher=page.publisher or article.publisher or host(url),
        published=moments.iso(page.published) or article.published, language=language(article.text, config),
        sha256=page.sha256, text=article.text)
    return Found(document, article.items or live.clocked(document.text, document.published), article.reviewed)


def host(url: str | None) -> str | None:
    """The host of an address, in lower case and without "www.", "m." or "amp."; None where there is none.

    >>> host("https://www.Harbour-Post.example/a?b"), host("harbour-post.example/a"), host("http://[")
    ('harbour-post.example', 'harbour-post.example', None)
    """
    found = _host.match(url.strip()) if url else None
    name = names.TWIN.sub("", found[1].lower()) if found else ""
    return name if "." in name else None


def language(text: str, config: ExtractConfig) -> str | None:
    """The ISO 639-1 code of the text's language; None where it is too unsure.

    By its small words where they leave no doubt (see `tongue`), else by py3langid (Lui and Baldwin 2012).
    """
    sample = text[:config.language_sample]
    if sum(map(str.isalpha, sample[:200])) < LANGUAGE_LETTERS:
        return None
    if plain := tongue.recognise(sample):
        return plain
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= config.language_certainty else None


@cache
def _identifier() -> LanguageIdentifier:
    # Here and not above, so that archives in a language that is plain do without its model, .6 s to unpack.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
