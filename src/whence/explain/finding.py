"""Turns where a sentence was found into how each place stands to it: the same words, other wording, a contradiction."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whence.config import ClaimsConfig
from whence.explain.decided import dismissed
from whence.explain.words import cut, flat
from whence.model import Claim, Document, Reason, Statement, Tables
from whence.neural import cells, judge
from whence.neural.embedder import Vectors
from whence.steps import claims, judging, statements
from whence.store.index import Hit
from whence.text.meaning import calendar, numbers
from whence.text.meaning.contents import Article, content
from whence.text.meaning.features import Pair
from whence.text.normalize import words

Relation = Literal["same words", "other wording", "contradiction"]

Judged = tuple[Relation | None, tuple[Reason, ...]]

LEAST = 4
"""Words that must stand one after the other to be called the same.  Chosen: fewer are a term, not a statement."""
LONGEST = 10_000
"""Code points of a sentence that is held against another.  Chosen: longer ones are no sentences, but text without a
full stop."""
_STOP = re.compile(r"(?<=[.!?])[\s”\"’)]+")


@dataclass(frozen=True, slots=True)
class Encoders:
    """What makes vectors of sentences, and what reads pairs of them."""

    vectors: Callable[[Sequence[str]], Vectors]
    read: judge.Read


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What was found: words of a document."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Contrary:
    """A claim that denies another, by its id, and its earliest statement."""

    claim: str
    text: str
    document: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """How a hit stands to what was asked, and why; `relation` None where no rule tells: it may only be about the same.

    `claim` is the claim that its statement stands in, `low` and `high` its origins, and `contradicted_by` the claims
    that deny it, whether they were found or not.
    """

    relation: Relation | None
    reasons: tuple[Reason, ...]
    claim: str | None
    low: int | None
    high: int | None
    contradicted_by: tuple[Contrary, ...]


# -- rules: what a person reads is the docstring -------------------------------------------------------------------

def words_in_order(count: int) -> Reason:
    """The words of the one stand in the other, all of them, one after the other; capitals and punctuation aside."""
    return Reason.of(words_in_order, words=count)


def other_number(one: str, other: str) -> Reason:
    """Both say it of the same thing, and the numbers cannot both be right, also when "at least", "about" and the like
    are allowed for.
    """
    return Reason.of(other_number, asked=one, found=other)


def other_date(one: str, other: str) -> Reason:
    """Both say it of the same thing, and give different days or years for it."""
    return Reason.of(other_date, asked=one, found=other)


# -- judging -------------------------------------------------------------------------------------------------------

def relate(asked: str, hits: Sequence[Hit], tables: Tables, encoders: Encoders, config: ClaimsConfig) -> list[Found]:
    """How each of the hits that `find` gave stands to the sentence that was asked, by the judge that makes claims."""
    held = {document.id: document for document in tables.documents}
    told = _statements(tables, hits)
    judged = _judge(asked, _sentences(hits, held), held, encoders, config)
    aside = dismissed(tables) if tables.decisions else set()
    claims = {claim.id: claim for claim in tables.claims} if told else {}
    denied = _denials(tables, {claim.id for claim, _ in told.values()} - aside, aside)
    found = []
    for hit, (relation, reasons) in zip(hits, judged, strict=True):
        claim = told[hit][0] if hit in told else None
        against = tuple(_contrary(claims[id]) for id in denied.get(claim.id, ()) if id in claims) if claim else ()
        low, high = (claim.origins.low, claim.origins.high) if claim else (None, None)
        found.append(Found(relation, reasons, claim.id if claim else None, low, high, against))
    return found


def _statements(tables: Tables, hits: Sequence[Hit]) -> dict[Hit, tuple[Claim, Statement]]:
    """The statements that stand where the hits do, each with its claim."""
    wanted = {(hit.document, hit.start): hit for hit in hits if hit.start is not None}
    return {wanted[statement.document, statement.start]: (claim, statement) for claim in tables.claims
            for statement in claim.statements if (statement.document, statement.start) in wanted}


def _sentences(hits: Sequence[Hit], held: Mapping[str, Document]) -> list[_Sentence]:
    found = []
    for hit in hits:
        document = held[hit.document]
        text = document.title or "" if hit.start is None else document.text[hit.start:hit.end]
        found.append(_Sentence(document.id, text))
    return found


def _judge(asked: str, sentences: Sequence[_Sentence], held: Mapping[str, Document], encoders: Encoders,
           config: ClaimsConfig) -> list[Judged]:
    found: list[Judged] = [(None, ())] * len(sentences)
    fit = [at for at, sentence in enumerate(sentences) if len(sentence.text) <= LONGEST]
    if not asked.strip() or len(asked) > LONGEST or not fit:
        return found
    mine = content(asked)
    one, *others = cells.whole(encoders.vectors([asked, *(sentences[at].text for at in fit)])).astype(np.float64)
    pairs = []
    for at, other in zip(fit, others, strict=True):
        document = held[sentences[at].document]
        about = Article(frozenset(statements.names_of(document).names), calendar.day_of(document.published))
        cosine = float(one @ other / max(1e-9, np.linalg.norm(one) * np.linalg.norm(other)))
        pairs.append(Pair(mine, content(sentences[at].text, about.day), cosine, (Article(about.names, None), about)))
    told = judging.judged(judging.measured(pairs), lambda rows: [(asked, sentences[fit[row]].text) for row in rows],
                          encoders.read)
    for row, at in enumerate(fit):
        found[at] = _relation(pairs[row], told, row, (asked, sentences[at].text), config)
    return found


def _relation(pair: Pair, told: judging.Judged, row: int, texts: tuple[str, str], config: ClaimsConfig) -> Judged:
    """How a text stands to what was asked: a denial before all else (unless the text is a sentence of what was asked),
    then what stands there word for word, then other wordings and what disagrees in them.
    """
    asked, text = texts
    same, contrary = (float(told.chances[row, at]) for at in (judge.SAME, judge.CONTRARY))
    was_read = bool(told.asked[row])
    if pair.cosine < config.radius:                    # two so far apart are not judged for claims either
        same = contrary = 0.0
    alone = any(_forms(sentence) == _forms(text) for sentence in _STOP.split(asked))
    if contrary >= config.contrary and not alone:
        return "contradiction", (claims.judged_contrary(judging.says(pair, contrary, was_read)),)
    words_alike = _same_words(_forms(asked), _forms(text))
    if words_alike:
        return "same words", (words_alike,)
    if same < config.same:
        return None, ()
    apart = _numbers_apart(pair) or _dates_apart(pair, asked, text)
    return ("contradiction" if apart else "other wording"), (
        *([apart] if apart else []), claims.judged_the_same(judging.says(pair, same, was_read)))


def _forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def _same_words(asked: list[str], text: list[str]) -> Reason | None:
    """Whether the shorter of two stands in the other, word for word."""
    short, long = sorted((asked, text), key=len)
    if len(short) < LEAST or f" {' '.join(short)} " not in f" {' '.join(long)} ":
        return None
    return words_in_order(len(short))


def _numbers_apart(pair: Pair) -> Reason | None:
    """That both count or measure one thing, and no number of the one can be one of the other."""
    twos = [(one, other) for one in pair.one.quantities for other in pair.other.quantities
            if numbers.comparable(one, other) and numbers.same_unit(one, other)]
    if not twos or any(numbers.agree(*two) for two in twos):
        return None
    one, other = twos[0]
    return other_number(_shown(one), _shown(other))


def _shown(quantity: numbers.Quantity) -> str:
    high = f" to {quantity.high:,g}" if quantity.high != quantity.number else ""
    return " ".join(part for part in (quantity.qualifier, f"{quantity.number:,g}{high}", quantity.unit) if part)


def _dates_apart(pair: Pair, asked: str, text: str) -> Reason | None:
    """That both give dates, and none of the one can be one of the other."""
    one, other = pair.one.dates, pair.other.dates
    if not one or not other or any(calendar.agree(mine, theirs) for mine in one for theirs in other):
        return None
    return other_date(flat(asked[one[0].start:one[0].end]), flat(text[other[0].start:other[0].end]))


# -- the claims that deny ------------------------------------------------------------------------------------------

def _denials(tables: Tables, wanted: set[str], aside: set[str]) -> dict[str, list[str]]:
    """By claim (of `wanted`), those that deny it, less what people dismissed."""
    found: dict[str, list[str]] = defaultdict(list)
    for conflict in tables.conflicts:
        if conflict.kind == "negation" and conflict.claim in wanted and conflict.id not in aside:
            found[conflict.claim] += [told.value for told in conflict.values if told.value != conflict.claim]
    return found


def _contrary(claim: Claim) -> Contrary:
    first = min((s for s in claim.statements if s.document == claim.earliest.document), key=lambda s: s.start,
                default=claim.statements[0])
    return Contrary(claim.id, cut(claim.text, LONGEST), first.document, first.start)
