"""Turns where a sentence was found into how each place stands to it: the same words, other wording, a contradiction."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from whence.config import ClaimsConfig
from whence.explain.decided import dismissed
from whence.explain.words import cut, flat
from whence.model import Attribution, Claim, Corpus, Document, Reason, Span, Statement, Tables
from whence.store.index import Hit
from whence.text.meaning import calendar, names, numbers, wording
from whence.text.meaning.closeness import Vectors
from whence.text.meaning.likeness import Articles, Texts
from whence.text.meaning.pairs import Pair, barred, denial, joined
from whence.text.normalize import words

Relation = Literal["same words", "other wording", "contradiction"]

Judged = tuple[Relation | None, tuple[Reason, ...]]

LEAST = 4
"""Words that must stand one after the other to be called the same.  Chosen: fewer are a term, not a statement."""
LONGEST = 10_000
"""Code points of a sentence that is held against another.  Chosen: longer ones are no sentences, but text without a
full stop."""
_STOP = re.compile(r"(?<=[.!?])[\s”\"’)]+")
ASKED = "asked"
"""The id of what was asked, beside those of documents, which are hexadecimal."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What was found: the words of a document, and the spans of them that only tell who speaks."""

    document: str
    text: str
    apart: tuple[Span, ...]


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

class _Asked(Articles):
    """What was asked stands in no article: where it names nobody, it is taken to be about what the other is about."""

    def around(self, *texts: int) -> Callable[[int], frozenset[str]]:
        """As of Articles."""
        return lambda which: self.names(texts[which]) or self.names(texts[1 - which])


def relate(asked: str, hits: Sequence[Hit], tables: Tables, vectors: Vectors, config: ClaimsConfig) -> list[Found]:
    """How each of the hits that `find` gave stands to the sentence that was asked.

    Only these sentences are read by the encoder (`vectors`), by the rules that make claims (text/meaning/pairs).
    """
    held = {document.id: document for document in tables.documents}
    told = _statements(tables, hits)
    sentences = _sentences(tables, hits, told, held)
    judged = _judge(asked, sentences, held, vectors, config)
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


def _sentences(tables: Tables, hits: Sequence[Hit], told: Mapping[Hit, tuple[Claim, Statement]],
               held: Mapping[str, Document]) -> list[_Sentence]:
    documents = {hit.document for hit in told}
    known = {a.id: a for a in tables.attributions if a.document in documents}
    found = []
    for hit in hits:
        chain = list(_chain(known, told[hit][1].attribution)) if hit in told else []
        begin, end = hit.start or 0, hit.end or 0
        apart = tuple(Span(span.start - begin, span.end - begin) for a in chain if a.field == "text"
                      for span in (*a.source, *a.cue) if begin <= span.start and span.end <= end)
        document = held[hit.document]
        found.append(_Sentence(document.id, document.title or "" if hit.start is None else document.text[begin:end],
                               apart))
    return found


def _chain(known: Mapping[str, Attribution], id: str | None) -> Iterator[Attribution]:
    """An attribution and those that hold it."""
    seen: set[str] = set()
    while id is not None and id in known and id not in seen:
        seen.add(id)
        yield known[id]
        id = known[id].parent


def _judge(asked: str, sentences: Sequence[_Sentence], held: Mapping[str, Document], vectors: Vectors,
           config: ClaimsConfig) -> list[Judged]:
    found: list[Judged] = [(None, ())] * len(sentences)
    fit = [at for at, sentence in enumerate(sentences) if len(sentence.text) <= LONGEST]
    if not asked.strip() or len(asked) > LONGEST or not fit:
        return found
    read = [_Sentence(ASKED, asked, ()), *(sentences[at] for at in fit)]
    documents = {sentence.document: held[sentence.document] for sentence in read[1:]}
    common = names.common_words(document.text for _, document in sorted(documents.items()))
    documents[ASKED] = Document(ASKED, None, None, None, None, None, None, None, "", asked)
    articles = _Asked([sentence.document for sentence in read], Corpus(documents, {}, {}, {}, (), ()), common)
    contents = [wording.content(sentence.text, sentence.apart, common) for sentence in read]
    told = [wording.said_alone(sentence.text, sentence.apart) for sentence in read]
    twos = [(0, at) for at in range(1, len(read))]
    for (_, at), pair in Texts(told, contents, articles, config, vectors).pairs(twos, lambda *_: True):
        found[fit[at - 1]] = _relation(pair, asked, read[at].text)
    return found


def _relation(pair: Pair, asked: str, text: str) -> Judged:
    """How a text stands to what was asked: a denial before all else (unless the text is a sentence of what was asked),
    then what stands there word for word, then other wordings and what disagrees in them.
    """
    alike = {"words_in_common": pair.alike, "alike_in_meaning": pair.meaning}
    alone = any(_forms(sentence) == _forms(text) for sentence in _STOP.split(asked))
    if denial(pair) and not barred(pair) and not alone:
        return "contradiction", (Reason.of(denial, **alike),)
    same = _same_words(_forms(asked), _forms(text))
    if same:
        return "same words", (same,)
    rule = joined(pair)
    if rule is None:
        return None, ()
    apart = _numbers_apart(pair) or _dates_apart(pair, asked, text)
    return ("contradiction" if apart else "other wording"), (*([apart] if apart else []), Reason.of(rule, **alike))


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
            if numbers.comparable(one, other) and wording.same_unit(one, other)]
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
