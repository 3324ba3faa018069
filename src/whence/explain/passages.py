"""Turns spans of a document into passages to read: quoted in their context, with source, cue and content told apart."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from whence.explain.index import Index, day, title_of
from whence.explain.words import flat, harmless
from whence.model import Reason

Part = Literal["", "source", "cue", "content"]

CONTEXT = 160
"""Characters quoted before and after.  Chosen: about one sentence of news on either side."""

LONGEST = 1_500
"""Characters of one passage that are shown.  Chosen: a long paragraph; the place of the whole is always given."""

_PRECEDENCE: tuple[Part, ...] = ("source", "cue", "content")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a passage: whether it lies in what is being quoted, and what part it plays there."""

    text: str
    inside: bool
    part: Part = ""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage and where it stands: `start` and `end` are code points of the document's text as Whence keeps it.

    `cut` is the number of characters of the passage that are not shown, at its end.
    """

    document: str
    publisher: str
    published: str
    title: str
    path: str
    language: str | None
    start: int
    end: int
    runs: tuple[Run, ...]
    cut: int = 0

    @property
    def on(self) -> str:
        """The day alone, where the hour says nothing more."""
        return self.published.split(",")[0]

    @property
    def text(self) -> str:
        """The passage alone, without its context, on one line."""
        return " ".join("".join(run.text for run in self.runs if run.inside).split())


@dataclass(frozen=True, slots=True)
class Because:
    """A rule that applied, its own words, and the values that it compared, each with its name."""

    rule: str
    says: str
    values: tuple[tuple[str, str], ...]


def because(index: Index, reasons: Iterable[Reason]) -> tuple[Because, ...]:
    """Reasons made ready to read: where a value is a document's id, the document is named."""
    return tuple(Because(_spaced(reason.rule), flat(reason.says),
                         tuple((_spaced(name), _value(index, value)) for name, value in reason.values.items()))
                 for reason in reasons)


def _spaced(name: str) -> str:
    return flat(name).replace("_", " ")


def _value(index: Index, value: str) -> str:
    return index.name(value) if value in index.documents else flat(value)


def passage(index: Index, document: str, start: int, end: int, attributions: Iterable[str] = ()) -> PassageView:
    """The passage in its context; the sources, cues and contents of these attributions (by id) are told apart."""
    known = index.documents.get(document)
    text = known.text if known else ""
    shown_end = min(end, start + LONGEST)
    low, high = _context(text, start, shown_end)
    return PassageView(
        document=document, publisher=index.publisher(document), published=day(index.published(document, start)),
        title=title_of(known) if known else "(not in this archive)",
        path=flat(index.tables.paths.get(document, "")), language=known.language if known else None,
        start=start, end=end, runs=_runs(text, low, high, (start, shown_end), _parts(index, attributions)),
        cut=end - shown_end,
    )


def title_passage(index: Index, document: str) -> PassageView:
    """A document's title as a passage; its place is 0 to its length."""
    known = index.documents[document]
    title = known.title or ""
    return PassageView(document, index.publisher(document), day(known.published), title_of(known),
                       flat(index.tables.paths.get(document, "")), known.language, 0, len(title),
                       (Run(flat(title), True),))


def _context(text: str, start: int, end: int) -> tuple[int, int]:
    """Where to begin and end quoting: a little before and after, at white space where there is some near."""
    low, high = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    if low > 0 and (space := text.find(" ", low, start)) >= 0:
        low = space + 1
    if high < len(text) and (space := text.rfind(" ", end, high)) >= 0:
        high = space
    return low, high


def _parts(index: Index, attributions: Iterable[str]) -> list[tuple[int, int, Part]]:
    found = (index.attributions[a] for a in attributions if a in index.attributions)
    return [(span.start, span.end, part) for a in found if a.field == "text"
            for part in _PRECEDENCE for span in getattr(a, part)]


def _runs(text: str, low: int, high: int, quoted: tuple[int, int],
          parts: list[tuple[int, int, Part]]) -> tuple[Run, ...]:
    """The text from `low` to `high`, cut wherever what is quoted, or a part of it, begins or ends."""
    edges = {low, high, *quoted, *(edge for start, end, _ in parts for edge in (start, end))}
    places = sorted(edge for edge in edges if low <= edge <= high)
    runs: list[Run] = []
    for start, end in pairwise(places):
        over = {part for s, e, part in parts if s <= start and end <= e}
        part: Part = next((p for p in _PRECEDENCE if p in over), "")
        runs.append(Run(_SPACE.sub(" ", harmless(text[start:end])), quoted[0] <= start and end <= quoted[1], part))
    if runs and low > 0:
        runs.insert(0, Run("… ", False))
    if runs and high < len(text):
        runs.append(Run(" …", False))
    return tuple(runs)
