"""Turns one document into who says what in it: its attributions nested, the parts not its own, what it alone states."""
from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from whence.explain.index import Index, day, title_of
from whence.explain.lines import ClaimLine, claim_line, spread
from whence.explain.quotations import QuoteLine, quote_line
from whence.explain.voices import Voice, spans_text, voice
from whence.explain.words import cut, flat
from whence.model import Attribution, QuoteKind, SegmentLabel, SourceKind, Tables
from whence.steps.attribute import reads_indirect

QUOTE_WORDS: dict[QuoteKind, str] = {
    "direct": "word for word", "indirect": "in other words", "mixed": "partly word for word",
}
SOURCE_WORDS: dict[SourceKind, str] = {
    "named": "named", "role": "named by office", "document": "a document", "anonymous": "not named",
    "collective": "a group", "none": "nobody named",
}
SEGMENT_WORDS: dict[SegmentLabel, str] = {
    "boilerplate": "repeated under this publisher's articles", "teaser": "teaser of another article",
    "comments": "readers' comments", "menu": "menu or navigation", "header": "says what the text is",
    "checked": "quoted to be judged",
    "item": "item of a digest",
}
PART_LENGTH = 240
"""Characters of a labelled part that are quoted.  Chosen: enough to recognise it; the place of the whole is given."""

MOST = 60
"""Attributions of one article that are shown.  Chosen: twice what a long article of news holds."""

CONTENT_LENGTH = 600
"""Characters of an attributed content that are quoted.  Chosen: a long paragraph."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, those inside it, and the claim (by id) in which its statement stands, with its origins.

    `decided` is what a person decided about it, `checks` what became of the quotations in it.
    """

    id: str
    voice: Voice
    kind: str
    source_kind: str
    content: str
    title: bool
    claim: str | None
    origins: str | None
    documents: int
    inside: tuple[Said, ...]
    decided: str | None = None
    checks: tuple[QuoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """A labelled part of the text: not the article's own (boilerplate, teaser, comments, menu), or a digest's item."""

    says: str
    own: bool
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One document.

    `said_left_out` counts outermost attributions that are not in `said`.  `sole` pairs each claim that only this
    document tells with the attribution in `said` that stands for it; `alone` are those asked for that none stands for;
    `shared` counts the claims that others tell too.  `indirect` is False where, for its language, only direct
    quotations were read.
    """

    document: str
    publisher: str
    published: str
    title: str
    author: str | None
    url: str | None
    path: str
    language: str | None
    indirect: bool
    said: tuple[Said, ...]
    said_left_out: int
    sole: Mapping[str, str]
    parts: tuple[PartView, ...]
    alone: tuple[ClaimLine, ...]
    shared: int


def article_view(tables: Tables | Index, document: str, listed: Container[str] = (), most: int = MOST) -> ArticleView:
    """One document by its whole id: at most `most` attributions, and the claims of `listed` that none of them shows."""
    index = Index.of(tables)
    known = index.documents[document]
    told = index.statements_of.get(document, [])
    claims = {claim.id: claim for claim, _ in told}
    by_attribution = {statement.attribution: claim.id for claim, statement in told if statement.attribution}
    attributions = index.attributions_of.get(document, [])
    here = {a.id for a in attributions}
    outermost = [a for a in attributions if a.parent not in here]
    said = tuple(_said(index, a, by_attribution, {a.id}) for a in outermost[:most])
    sole = {claim: id for claim, id in reversed(_shown(said)) if spread(claims[claim]) == 1}
    alone = (c for c in claims.values() if c.id in listed and c.id not in sole and spread(c) == 1)
    return ArticleView(
        document=document, publisher=index.publisher(document), published=day(known.published), title=title_of(known),
        author=flat(known.author) if known.author else None, url=cut(known.url, 300) if known.url else None,
        path=flat(index.tables.paths.get(document, "")), language=known.language,
        indirect=reads_indirect(known),
        said=said, said_left_out=len(outermost) - len(said), sole=sole,
        parts=_parts(index, document), alone=tuple(claim_line(index, claim) for claim in alone),
        shared=sum(1 for claim in claims.values() if spread(claim) > 1),
    )


def _shown(said: Iterable[Said]) -> list[tuple[str, str]]:
    """Each claim that these attributions, or those inside them, stand for, with the attribution's id."""
    pairs: list[tuple[str, str]] = []
    for item in said:
        pairs += [(item.claim, item.id)] if item.claim else []
        pairs += _shown(item.inside)
    return pairs


def _said(index: Index, attribution: Attribution, claims: dict[str, str], seen: set[str]) -> Said:
    inside = [a for a in index.children.get(attribution.id, []) if a.id not in seen]
    seen |= {a.id for a in inside}
    claim = index.claims.get(claims.get(attribution.id, ""))
    line = claim_line(index, claim) if claim else None
    return Said(
        id=attribution.id, voice=voice(index, attribution), kind=QUOTE_WORDS[attribution.kind],
        source_kind=SOURCE_WORDS[attribution.source_kind],
        content=cut(spans_text(index, attribution, "content"), CONTENT_LENGTH), title=attribution.field == "title",
        claim=line.id if line else None, origins=line.origins if line else None,
        documents=line.documents if line else 0,
        inside=tuple(_said(index, a, claims, seen) for a in inside), decided=index.signed(attribution.id),
        checks=tuple(quote_line(index, check) for check in index.checks_of.get(attribution.id, ())),
    )


def _parts(index: Index, document: str) -> tuple[PartView, ...]:
    text = index.documents[document].text
    return tuple(PartView(SEGMENT_WORDS[s.label], s.label == "item", s.start, s.end,
                          cut(text[s.start:s.end], PART_LENGTH)) for s in index.segments_of.get(document, []))
