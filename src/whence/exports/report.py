"""Turns an archive's tables into one HTML page that needs nothing else: no script, font or picture from anywhere."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from whence.explain import (
    VERDICTS,
    ArticleView,
    ClaimLine,
    ClaimView,
    Index,
    Lists,
    Overview,
    QuoteLine,
    Said,
    SuggestionLine,
    article_view,
    by_rank,
    by_verdict,
    claim_view,
    lists,
    overview,
    quote_lines,
    spread,
    suggestion_lines,
    undecided,
)
from whence.explain.quotations import sense_may_turn
from whence.explain.words import harmless
from whence.model import Claim, QuoteVerdict, Tables

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a large archive the page shows.  Each cut is stated there, with the command that shows the rest.

    Chosen so that the page of the largest archive stays under some megabytes, which a phone still opens: the claims
    told in detail, the documents drawn of each, its wordings and passages; the articles, and the attributions of each;
    the lines of a list, the inputs named for one reason; how many claims have their drawing unfolded; and the
    quotations listed of each verdict.
    """

    claims: int = 60
    drawn: int = 40
    wordings: int = 15
    passages: int = 25
    articles: int = 100
    said: int = 60
    listed: int = 12
    inputs: int = 10
    unfolded: int = 4
    quotations: int = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """The quotations of one verdict: how many there are, and those that are listed."""

    kind: QuoteVerdict
    verdict: str
    total: int
    lines: tuple[QuoteLine, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows.

    `turned` are the quotations cut so that the sense may turn; `anchors` are the claims (by id) that the page has a
    place for, `shown` the articles, and `quoted` the quotation checks that stand beside their quotation in an article.
    """

    overview: Overview
    lists: Lists
    turned: tuple[QuoteLine, ...]
    claims: tuple[ClaimView, ...]
    shared: int
    articles: tuple[ArticleView, ...]
    anchors: frozenset[str]
    publishers: dict[str, str]
    checks: tuple[Checked, ...]
    suggestions: tuple[SuggestionLine, ...]
    shown: frozenset[str]
    quoted: frozenset[str]


def render(tables: Tables, caps: Caps | None = None) -> str:
    """The page.  The same tables give the same bytes: it holds no clock and nothing of the machine."""
    caps = caps or Caps()
    return _environment().get_template("page.html.j2").render(page=compose(tables, caps), caps=caps)


def compose(tables: Tables, caps: Caps) -> Page:
    """What the page shows of these tables.

    Claims that two documents or more tell are shown in detail, by their rank, as far as the cap goes, and those that a
    list leads to, or a fact-check judges, in any case.  What else one document alone tells stands under its article.
    """
    index = Index.of(tables)
    found = lists(index)
    listed = [line for each in (found.one_origin, found.numbers, found.nobody) for line in each[:caps.listed]]
    wanted = {line.id for line in listed}
    shared = [claim for claim in by_rank(index.tables.claims, index.dismissed) if spread(claim) > 1]
    detailed = [claim for rank, claim in enumerate(shared) if rank < caps.claims or claim.id in wanted]
    detailed += [claim for claim in index.tables.claims if spread(claim) == 1
                 and (claim.checks or _disputed(index, claim, wanted))]
    told = {claim.id for claim in detailed}
    alone = [line for line in listed if line.id not in told]
    shown = _articles(index, caps.articles, alone)
    articles = tuple(article_view(index, document, wanted - told, caps.said) for document in shown)
    return Page(
        overview=overview(index), lists=found, turned=tuple(sense_may_turn(index)),
        shared=len(shared), articles=articles,
        claims=tuple(claim_view(index, claim.id, caps.drawn) for claim in detailed),
        anchors=frozenset(told | {line.id for line in alone}),
        publishers={document: index.publisher(document) for document in index.documents},
        checks=_checks(index, caps.quotations),
        suggestions=tuple(suggestion_lines(index, undecided(index.tables.suggestions, index.tables.decisions))),
        shown=frozenset(shown),
        quoted=frozenset(id for view in articles for id in _quoted(view.said)),
    )


def _checks(index: Index, most: int) -> tuple[Checked, ...]:
    """The quotations by their verdicts, at most so many of each."""
    found = []
    for kind, verdict in VERDICTS.items():
        checks = by_verdict(index, kind)
        if checks:
            found.append(Checked(kind, verdict, len(checks), tuple(quote_lines(index, checks[:most]))))
    return tuple(found)


def _quoted(said: Iterable[Said]) -> Iterator[str]:
    """The quotation checks (by id) of attributions and of those inside them."""
    for item in said:
        yield from (line.id for line in item.checks)
        yield from _quoted(item.inside)


def _disputed(index: Index, claim: Claim, wanted: set[str]) -> bool:
    """One article that contradicts itself, where a list leads to it: its values are shown in detail."""
    return claim.id in wanted and claim.id in index.conflicts_of


def _articles(index: Index, most: int, alone: Iterable[ClaimLine]) -> list[str]:
    """The articles to show, in order of time: those that a list leads to, then those that share the most claims."""
    needed = {index.claims[line.id].earliest.document for line in alone}
    shares = {document: sum(1 for claim, _ in index.statements_of.get(document, []) if spread(claim) > 1)
              for document in index.documents} if len(index.documents) > most else {}
    ranked = sorted(index.documents, key=lambda d: (d not in needed, -shares.get(d, 0), index.rank[d]))
    return sorted(ranked[:max(most, len(needed))], key=lambda d: index.rank[d])


def _finalize(value: object) -> object:
    """Every text that the template prints, made harmless before it is escaped; markup of the template's own is kept."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              finalize=_finalize, trim_blocks=True, lstrip_blocks=True)
    environment.filters["count"] = _count
    return environment


def _count(number: int, noun: str) -> str:
    """The number with its noun: "1 article", "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
