"""What a person asks for -> the claims that answer to it: words, whose word, who published it, from when to when."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from whence.errors import UsageError
from whence.explain.index import Index
from whence.explain.lines import spread
from whence.model import Claim
from whence.text.copying.dates import window
from whence.text.meaning import names
from whence.text.meaning.stems import stem
from whence.text.normalize import words

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims are wanted.  Each field that is set narrows them down.

    `about`: all of these words (in any form) stand in one statement or another; `source`: a root or an attribution goes
    by this name, or one that it is a part of; `publisher`: an outlet of this name tells it; `since`, `until`: an
    article of these days, or between them, does (ISO 8601: a day, a month or a year).
    """

    min_documents: int = 1
    conflicts: bool = False
    about: str | None = None
    source: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None


def choose(index: Index, asked: Asked) -> list[Claim]:
    """The claims that are wanted, in the order of the tables.  Raises UsageError for a day that is none."""
    tests = list(_tests(index, asked))
    return [claim for claim in index.tables.claims if all(test(claim) for test in tests)]


def _tests(index: Index, asked: Asked) -> Iterator[Callable[[Claim], bool]]:
    if asked.min_documents > 1:
        yield lambda claim: spread(claim) >= asked.min_documents
    if asked.conflicts:
        disputed = {conflict.claim for conflict in index.tables.conflicts if not index.put_aside(conflict.id)}
        yield lambda claim: claim.id in disputed
    if asked.since or asked.until:
        first, last = _edge(asked.since, 0, float("-inf")), _edge(asked.until, 1, float("inf"))
        yield lambda claim: any(first < at[1] and at[0] < last for at in _days(index, claim))
    if asked.publisher:
        outlet = asked.publisher
        known = {id for id, document in index.documents.items() if _is_called(document.publisher or "", outlet)}
        yield lambda claim: any(s.document in known for s in claim.statements)
    if asked.source:
        source = asked.source
        yield lambda claim: any(_is_called(name, source) for name in _sources(index, claim))
    if asked.about:
        wanted = {stem(word.form) for word in words(asked.about)}
        yield lambda claim: wanted <= {stem(word.form) for word in words(" ".join(_texts(index, claim)))}


def _edge(day: str | None, side: int, default: float) -> float:
    """Where a span of days begins (0) or ends (1), in days since 1970."""
    if day is None:
        return default
    found = window(day) if _DAY.fullmatch(day) else None
    if found is None:
        raise UsageError(f"{day!r} is no day", mend="Write it as 2031-05-02, 2031-05 or 2031")
    return found[side]


def _days(index: Index, claim: Claim) -> Iterator[tuple[float, float]]:
    """When the articles that tell a claim may have been published; a moment is as long as it can be told apart."""
    for statement in claim.statements:
        found = window(index.published(statement.document, statement.start))
        if found is not None:
            yield found.first, max(found.last, found.first + 1e-9)


def _sources(index: Index, claim: Claim) -> Iterator[str]:
    """The names on whose word a claim is told."""
    yield from (root.label for root in claim.origins.roots if root.kind in ("authority", "unseen"))
    for statement in claim.statements:
        said = index.attributions.get(statement.attribution or "")
        document = index.documents.get(statement.document)
        if said is not None and document is not None and said.field == "text":
            yield said.speaker or " ".join(document.text[start:end] for start, end in said.source)


def _texts(index: Index, claim: Claim) -> Iterator[str]:
    for statement in claim.statements:
        if (document := index.documents.get(statement.document)) is not None:
            yield document.text[statement.start:statement.end]


def _is_called(name: str, wanted: str) -> bool:
    """Whether all words of a name that is looked for are in another, in order."""
    sought, held = names.fold_name(wanted), names.fold_name(name)
    return bool(sought) and len(sought) <= len(held) and names.same(sought, held)

