"""A plain text's first lines -> what they say that it is: its title, author, outlet, date and address.

Three forms: `Title: …` lines in any order, YAML front matter, and the head of a release or a saved article, which has a
date or an address on a line of its own.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from whence.text.meaning.newsroom import media_name
from whence.text.normalize import words
from whence.text.page import moments
from whence.text.page.lines import Line, is_paragraph, lines

LINES = 12
"""Lines in which a head must end.  Chosen: a release's letterhead with room to spare."""
HEAD = 4_000
"""Characters in which a head must end: front matter with a long list of tags."""
WORDS_BESIDE = 6
"""Words that may stand before the date on its line ("Marensk, 5 March 2036").  Chosen."""
NAME_WORDS = 7
"""Words of the longest name of an outlet.  Chosen."""

_FIELDS = {"title": "title", "headline": "title", "publisher": "publisher", "outlet": "publisher", "site": "publisher",
           "source": "publisher", "blog": "publisher", "date": "published", "published": "published",
           "posted": "published", "author": "author", "by": "author", "byline": "author", "url": "url", "link": "url",
           "permalink": "url"}
"""What people and programs write before a value, and what it is."""
_OTHER_DATES = re.compile(r"(?:saved|updated|modified|accessed|retrieved|printed|archived|captured)\b", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<name>[A-Za-z]{2,9}) ?:\s+(?P<value>\S.*)")
_BY = re.compile(r"[Bb]y (?P<value>[^\W\d_a-z][^,;:.!?]{2,50})\Z")
_ADDRESS = re.compile(r"https?://\S+\Z")
_RELEASE = re.compile(r"\W*(?:(?:press|media|news) release|press statement|statement|for immediate release)\b",
                      re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first `end` code points of a text say of it; None for what they don't."""

    end: int = 0
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


def read(text: str) -> Head:
    """The head of a text; an empty one where it has none.  `published` is ISO 8601."""
    front = _FRONT.match(text, 0, HEAD)
    if front is not None:
        return _told(_Found(front.end(), dict(_fields(front["fields"].split("\n")))))
    return _told(_above(text))


@dataclass(slots=True)
class _Found:
    """The fields of a head that were found, and where it ends."""

    end: int = 0
    fields: dict[str, str] = field(default_factory=dict)


def _told(found: _Found) -> Head:
    head = Head(found.end, **{name: value for name, value in found.fields.items() if name != "published"})
    return replace(head, published=moments.iso(found.fields.get("published")))


def _fields(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The fields of front matter; the first of a kind counts."""
    seen: set[str] = set()
    for row in rows:
        for name, value in _labelled(row.strip()):
            if name not in seen:
                seen.add(name)
                yield name, value


def _labelled(row: str) -> Iterator[tuple[str, str]]:
    match = _LABELLED.fullmatch(row)
    name = _FIELDS.get(match["name"].lower()) if match else None
    value = match["value"].strip().strip("\"'").strip() if match else ""
    if name is not None and value:
        yield ("url" if _ADDRESS.match(value) else name), value


def _above(text: str) -> _Found:
    """What the lines above the first paragraph say."""
    found = _Found()
    unread: list[Line] = []
    release = False
    for line in lines(text[:HEAD])[:LINES]:
        if is_paragraph(line):
            break
        told = dict(_line(line.text))
        release = release or _RELEASE.match(line.text) is not None
        if told or _OTHER_DATES.match(line.text):
            found.fields = {**told, **found.fields}
            found.end = line.end
        else:
            unread.append(line)
    if not found.fields.keys() & {"published", "url", "title", "publisher"}:
        return _Found()
    plain = [line.text for line in unread if line.end < found.end and not _RELEASE.match(line.text)]
    if plain and "publisher" not in found.fields and _is_outlet(plain[0], release):
        found.fields["publisher"] = re.sub(r"\s*\([^()]{1,12}\)\Z", "", plain.pop(0))
    if plain and all(line.end < found.end for line in unread):
        found.fields.setdefault("title", plain[-1])
    return found


def _line(row: str) -> Iterator[tuple[str, str]]:
    """What one line of a head says."""
    if _ADDRESS.match(row):
        yield "url", row
        return
    if _OTHER_DATES.match(row):
        return
    labelled = list(_labelled(row))
    by = _BY.match(row)
    if labelled:
        yield from labelled
    elif by is not None:
        yield "author", by["value"].strip()
    elif (date := _dated(row)) is not None:
        yield "published", date


def _dated(row: str) -> str | None:
    """The date that a line ends with, or is."""
    if len(row) > moments.LONGEST or "\"" in row or "“" in row:
        return None
    pieces = row.split(" ")
    for first in range(min(len(pieces), WORDS_BESIDE + 1)):
        if (date := moments.iso(" ".join(pieces[first:]))) is not None and len(date) >= len("2036-03-05"):
            return date
    return None


def _is_outlet(row: str, release: bool) -> bool:
    """Whether the first line of a head names who published it: a paper by its name, whoever sent out a release."""
    folded = tuple(word.form for word in words(row))
    return 0 < len(folded) <= NAME_WORDS and (release or media_name(folded))
