"""Turns an archive's tables into look-ups by id, by document and by time, built once and asked many times."""
from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from whence.errors import UsageError
from whence.explain.decided import marked
from whence.explain.words import cut, flat
from whence.model import (
    Attribution,
    Claim,
    Conflict,
    Decision,
    Document,
    Family,
    Member,
    QuoteCheck,
    Reuse,
    Segment,
    Sentence,
    Statement,
    Suggestion,
    Tables,
)
from whence.text.copying.dates import moment
from whence.text.page.live import published_at

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KINDS = {"claims": "c-…", "families": "f-…", "attributions": "a-…", "reuses": "r-…", "conflicts": "x-…",
         "suggestions": "s-…", "quote_checks": "q-…"}
EXPLAINED = ("claims", "families", "attributions", "reuses", "quote_checks", "suggestions")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
"""Written out here, since those of `strftime` follow the machine's language."""

NAME_LENGTH = 60
"""Chosen: two lines of a phone; the longest publishers' names in use stay whole."""


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups over `tables`; lists are in the order of the text or of time, never of a set."""

    tables: Tables
    documents: Mapping[str, Document]
    rank: Mapping[str, int]
    attributions: Mapping[str, Attribution]
    children: Mapping[str, list[Attribution]]
    attributions_of: Mapping[str, list[Attribution]]
    segments_of: Mapping[str, list[Segment]]
    claims: Mapping[str, Claim]
    conflicts_of: Mapping[str, list[Conflict]]
    statements_of: Mapping[str, list[tuple[Claim, Statement]]]
    families: Mapping[str, Family]
    memberships: Mapping[str, list[tuple[Family, Member]]]
    reuses: Mapping[str, Reuse]
    reuses_between: Mapping[tuple[str, str], list[Reuse]]
    conflicts: Mapping[str, Conflict]
    suggestions: Mapping[str, Suggestion]
    suggested_for: Mapping[str, list[Suggestion]]
    decided: Mapping[str, Decision]
    quote_checks: Mapping[str, QuoteCheck]
    checks_of: Mapping[str, list[QuoteCheck]]

    @classmethod
    def of(cls, tables: Tables | Index) -> Index:
        """The index of these tables; an index comes back as it is, so that callers with many questions build one."""
        if isinstance(tables, Index):
            return tables
        segments = sorted(tables.segments, key=attrgetter("start", "end", "label"))
        families = sorted(tables.families, key=attrgetter("id"))
        reuses = sorted(tables.reuses, key=attrgetter("id"))
        placed = _by_place(tables.attributions)
        suggestions = sorted(tables.suggestions, key=attrgetter("id"))
        in_time = sorted(tables.documents, key=lambda d: (moment(d.published), d.id))
        return cls(
            tables=tables,
            documents={d.id: d for d in in_time},
            rank={d.id: i for i, d in enumerate(in_time)},
            attributions={a.id: a for a in tables.attributions},
            children=_lists((a.parent, a) for a in placed if a.parent),
            attributions_of=_lists((a.document, a) for a in placed),
            segments_of=_lists((s.document, s) for s in segments),
            claims={c.id: c for c in tables.claims},
            conflicts_of=_lists((c.claim, c) for c in sorted(tables.conflicts, key=lambda c: (c.kind, c.id))),
            statements_of=_lists((s.document, (c, s)) for c in tables.claims for s in c.statements),
            families={f.id: f for f in tables.families},
            memberships=_lists((m.document, (f, m)) for f in families for m in f.members),
            reuses={r.id: r for r in tables.reuses},
            reuses_between=_lists(((r.a.document, r.b.document), r) for r in reuses),
            conflicts={c.id: c for c in tables.conflicts},
            suggestions={s.id: s for s in suggestions},
            suggested_for=_lists((name, s) for s in suggestions for name in s.names),
            decided=marked(tables),
            quote_checks={q.id: q for q in tables.quote_checks},
            checks_of=_lists((q.attribution, q) for q in sorted(tables.quote_checks, key=attrgetter("start", "id"))),
        )

    def sentences(self, document: str) -> list[Sentence]:
        """A document's sentences, in the text's order."""
        return sorted((s for s in self.tables.sentences if s.document == document), key=attrgetter("start"))

    def signed(self, id: str) -> str | None:
        """What a person decided about a claim, conflict, attribution or suggestion, and who; None where nobody did."""
        made = self.decided.get(id)
        if made is None:
            return None
        return f"{made.verdict} by {flat(made.user)}, {day(made.at)}" + (f": {flat(made.note)}" if made.note else "")

    def put_aside(self, id: str) -> bool:
        """Whether a person dismissed it."""
        return id in self.decided and self.decided[id].verdict == "dismissed"

    @property
    def dismissed(self) -> set[str]:
        """The ids of all that people dismissed."""
        return {id for id in self.decided if self.put_aside(id)}

    def between(self, one: str, other: str) -> list[Reuse]:
        """The passages that two documents share, whichever of them is `a`."""
        return [*self.reuses_between.get((one, other), []), *self.reuses_between.get((other, one), [])]

    def claims_with(self, attribution: Attribution) -> list[tuple[Claim, Statement]]:
        """The statements, each with its claim, that rest on this attribution."""
        return [(c, s) for c, s in self.statements_of.get(attribution.document, []) if s.attribution == attribution.id]

    def families_at(self, document: str, start: int, end: int) -> list[tuple[Family, Member]]:
        """The families of which this run of the document's text is a part, with the document's member of each."""
        return [(f, m) for f, m in self.memberships.get(document, []) if m.start < end and start < m.end]

    def publisher(self, document: str) -> str:
        """Who published it; where that is unknown, so much is said, with the document's own id or its file."""
        known = self.documents.get(document)
        if known and known.publisher and known.publisher.strip():
            return cut(known.publisher, NAME_LENGTH)
        path = self.tables.paths.get(document, "")
        handle = (known.external_id if known else None) or path.rsplit("/", 1)[-1] or document
        return f"publisher unknown ({cut(handle, NAME_LENGTH)})"

    def published(self, document: str, start: int) -> str | None:
        """When the innermost item in which a place of a document stands was published; else when the document was."""
        known = self.documents.get(document)
        return published_at(self.segments_of.get(document, ()), start) or (known.published if known else None)

    def in_time(self, statement: Statement) -> tuple[float, str, int]:
        """Sorts statements by when they were published, the undated last."""
        return moment(self.published(statement.document, statement.start)), statement.document, statement.start

    def name(self, document: str) -> str:
        """Publisher, date and title on one line, each said to be unknown where it is."""
        known = self.documents.get(document)
        if known is None:
            return f"{document} (not in this archive)"
        return f"{self.publisher(document)}, {day(known.published)}: {title_of(known)}"


def day(published: str | None) -> str:
    """A date as a reader writes it, as precise as it is known.

    >>> day("2031-05-03T10:20+02:00"), day("2031-05-03"), day("2031-05"), day(None)
    ('3 May 2031, 10:20 +02:00', '3 May 2031', 'May 2031', 'undated')
    """
    if not published:
        return "undated"
    try:
        at = datetime.fromisoformat(published if len(published) != len("2031-05") else f"{published}-01")
    except ValueError:
        return flat(published)
    text = f"{MONTHS[at.month - 1]} {at.year}"
    if len(published) == len("2031-05"):
        return text
    text = f"{at.day} {text}"
    if len(published) == len("2031-05-03"):
        return text
    offset = at.strftime("%z")
    zone = {"": "", "+0000": " UTC"}.get(offset, f" {offset[:3]}:{offset[3:5]}")
    return f"{text}, {at:%H:%M}{zone}"


def title_of(document: Document) -> str:
    """The document's title on one line, or that it has none."""
    return cut(document.title, 200) if document.title and document.title.strip() else "(no title)"


def resolve(index: Index, given: str, among: Sequence[str] = EXPLAINED) -> str:
    """The one id that `given` is, or begins, among these tables.  Raises UsageError, naming the nearest, where there is
    none or several.
    """
    tables: list[Mapping[str, object]] = [getattr(index, name) for name in among]
    if any(given in table for table in tables):
        return given
    every = sorted(key for table in tables for key in table)
    kinds = "Ids are those of " + ", ".join(f"{kind} ({KINDS[kind]})" for kind in among)
    at = bisect_left(every, given)
    matches = [key for key in every[at:at + 4] if given and key.startswith(given)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(f"{flat(given)} begins more than one id", mend=f"Give more of it: {', '.join(matches)}")
    near = every[max(0, at - 2):at + 2]
    nearest = f"the nearest are {', '.join(near)}" if near else "this archive has none yet"
    raise UsageError(f"no id {flat(given)!r} in this archive", mend=f"{kinds}; {nearest}")


def _lists(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    lists: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return dict(lists)


def _by_place(attributions: Iterable[Attribution]) -> list[Attribution]:
    """The title's before the text's, then by where they begin; the wider of two before the narrower."""
    return sorted(attributions, key=_place)


def _place(attribution: Attribution) -> tuple[bool, int, int, str]:
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    start, end = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
    return (attribution.field == "text", start, -end, attribution.id)
