"""What an archive holds, and what an article says around a quotation -> the texts that the quotation may come from."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whence.model import Attribution, Corpus, Document, Reason, Sources
from whence.text.copying.shingle import I64
from whence.text.meaning.names import fold_name, untitled
from whence.text.speech.held import Held
from whence.text.speech.utterances import Token, Utterance, around, place, tokens, utterances
from whence.text.speech.venues import WRITING, Names, Titles, venues

_BY = re.compile(r",|;|&|\band\b|\bby\b", re.IGNORECASE)
NEVER = "9999"
"""Sorts the undated last."""


def told_to_outlet(outlet: str) -> Reason:
    """It is said to have been told to, or published by, an outlet of which articles are in this archive."""
    return Reason.of(told_to_outlet, outlet=outlet)


def outlets_own_words(outlet: str) -> Reason:
    """It is quoted as the words of an outlet or body that published texts in this archive."""
    return Reason.of(outlets_own_words, publisher=outlet)


def names_the_text(title: str) -> Reason:
    """The title of the text that it is from is named beside it, and a text of this title is in this archive."""
    return Reason.of(names_the_text, title=title)


def quotes_an_author(author: str) -> Reason:
    """It is quoted as the words of somebody who is the author of texts in this archive."""
    return Reason.of(quotes_an_author, author=author)


def copied_with_its_text(family: str) -> Reason:
    """The passage around it is shared with an earlier text in this archive, which it was copied from at some remove."""
    return Reason.of(copied_with_its_text, family=family)


def said_by_the_same(speaker: str) -> Reason:
    """A text in this archive that is not later has the same speaker say it."""
    return Reason.of(said_by_the_same, speaker=speaker)


TieKind = Literal["title", "outlet", "publisher", "author", "family", "speaker"]
RULES: Mapping[TieKind, Callable[[str], Reason]] = {
    "title": names_the_text, "outlet": told_to_outlet, "publisher": outlets_own_words, "author": quotes_an_author,
    "family": copied_with_its_text, "speaker": said_by_the_same}


@dataclass(frozen=True, slots=True)
class Tie:
    """A way to texts (their numbers, in order) that a quotation may come from.

    `strong` where one of them is the text meant, so that words which it lacks are missing.
    """

    kind: TieKind
    named: str
    strong: bool
    texts: I64

    @property
    def reason(self) -> Reason:
        """The rule that ties them."""
        return RULES[self.kind](self.named)


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation, what ties it to texts in the archive, and its speaker's last name (empty where nobody is named)."""

    attribution: Attribution
    utterance: Utterance
    text: str
    tokens: Sequence[Token]
    ties: tuple[Tie, ...]
    speaker: str


@dataclass(frozen=True)
class Library:
    """The archive's texts, numbered by date and id (the undated last), by whom and what they can be named.

    `families` gives each text's passages that are copies: start, end, the family, and the number of its earliest text;
    `speaking` the texts that quote somebody, by the last word of his name.
    """

    documents: Sequence[Document]
    days: Sequence[str]
    numbers: Mapping[str, int]
    corpus: Corpus
    sources: Sources
    names: Names
    titles: Titles
    publishers: Mapping[str, I64]
    authors: Mapping[str, I64]
    families: Mapping[str, Sequence[tuple[int, int, str, int]]]
    speaking: Mapping[str, I64]

    @classmethod
    def of(cls, corpus: Corpus, sources: Sources) -> Library:
        """The library of an archive."""
        documents = sorted(corpus.documents.values(), key=lambda d: (day(d) or NEVER, d.id))
        numbers = {document.id: n for n, document in enumerate(documents)}
        publishers: dict[str, list[int]] = defaultdict(list)
        authors: dict[str, list[int]] = defaultdict(list)
        for n, document in enumerate(documents):
            publishers[sources.publisher[document.id]].append(n)
            for name in dict.fromkeys(person(part) for part in _BY.split(document.author or "")):
                if " " in name:
                    authors[name].append(n)
        families: dict[str, list[tuple[int, int, str, int]]] = defaultdict(list)
        for family in corpus.families:
            for member in family.members:
                if member.document != family.earliest:
                    families[member.document].append((member.start, member.end, family.id, numbers[family.earliest]))
        days = [day(document) or NEVER for document in documents]
        return cls(documents, days, numbers, corpus, sources, Names.of(key for key in publishers if key.split()),
                   Titles.of((d.title, d.id) for d in documents if d.title), _arrays(publishers), _arrays(authors),
                   {document: sorted(found) for document, found in families.items()},
                   _speaking(documents, corpus, sources))

    def asked(self, document: Document) -> Iterator[Asked]:
        """The quotations of a document."""
        sentences = self.corpus.sentences.get(document.id, ())
        for attribution in self.corpus.attributions.get(document.id, ()):
            if attribution.kind == "indirect":
                continue
            text = place(document, attribution)
            ties: tuple[Tie, ...] | None = None
            for utterance in utterances(text, attribution):
                if ties is None:
                    ties = tuple(self._named(document, attribution, *around(text, attribution, sentences)))
                copied = tuple(self._copied(document, attribution, utterance))
                words = text[utterance.start:utterance.end]
                yield Asked(attribution, utterance, words, tokens(words), (*ties, *copied, *self._said(attribution)),
                            last_name(attribution, self.sources))

    def held(self, text: int) -> Held:
        """A text, to hold quotations against."""
        document = self.documents[text]
        sentences = [(s.start, s.end) for s in self.corpus.sentences.get(document.id, ())]
        return Held(document.text, sentences, document.published)

    def later(self, text: int, document: str) -> bool:
        """Whether a text is dated later than a document (by its id); one without a date is not."""
        mine, theirs = day(self.documents[self.numbers[document]]), self.days[text]
        return bool(mine) and f"{mine}~" < theirs < NEVER

    def meant(self, document: str, texts: I64) -> tuple[int, int | None]:
        """How many of `texts` are not dated later than a document and not itself, and the nearest of them in time."""
        number = self.numbers[document]
        mine = self.days[number]
        before = int(np.searchsorted(texts, bisect_right(self.days, f"{mine}~") if mine < NEVER else len(self.days)))
        undated = max(before, int(np.searchsorted(texts, bisect_left(self.days, NEVER))))
        some = [int(n) for n in (*texts[max(0, before - 2):before], *texts[undated:][-2:]) if n != number]
        at = int(np.searchsorted(texts, number))
        mine_too = at < len(texts) and int(texts[at]) == number
        dated = [n for n in some if self.days[n] < NEVER]
        return before + len(texts) - undated - mine_too, max(dated or some, default=None)

    # -- by what the article says
    def _named(self, document: Document, attribution: Attribution, here: list[str], before: list[str]) -> Iterator[Tie]:
        """The ties that the words around a quotation give, title first."""
        own = self.sources.publisher[document.id]
        for pieces, close in ((here, True), (before, False)):
            for bearer in dict.fromkeys(b for piece in pieces for b in self.titles.named(piece) if b != document.id):
                text = self.numbers[bearer]
                yield Tie("title", self.documents[text].title or "", close, np.array([text], dtype=np.int64))
        for pieces, close in ((here, True), (before, False)):
            for key, short in dict.fromkeys(v for piece in pieces for v in venues(piece, self.names)):
                if not short or self._in_full(key, document):
                    yield Tie("outlet", self._label(key), close and key != own, self.publishers[key])
        source = self.sources.of.get(attribution.id)
        if source is None or source.key is None:
            return
        if source.kind == "outlet" and source.key in self.publishers:
            yield Tie("publisher", self._label(source.key), source.key != own, self.publishers[source.key])
        if source.kind == "authority" and person(source.key) in self.authors:
            wrote = any(WRITING.search(piece) for piece in here)
            yield Tie("author", source.label, wrote, self.authors[person(source.key)])

    def _label(self, key: str) -> str:
        return self.sources.labels.get(key, key)

    def _in_full(self, key: str, document: Document) -> bool:
        """Whether the article gives the whole name of an outlet that it calls by the last word of it."""
        return self._label(key).removeprefix("The ").casefold() in document.text.casefold()

    def _copied(self, document: Document, attribution: Attribution, utterance: Utterance) -> Iterator[Tie]:
        """The earliest texts of the families whose passages hold the quotation, or a part of it."""
        for start, end, family, earliest in self.families.get(document.id, ()) if attribution.field == "text" else ():
            if start < utterance.end and utterance.start < end:
                inside = start <= utterance.start and utterance.end <= end
                yield Tie("family", family, inside, np.array([earliest], dtype=np.int64))

    def _said(self, attribution: Attribution) -> Iterator[Tie]:
        """The texts that quote the same speaker."""
        texts = self.speaking.get(last_name(attribution, self.sources))
        if texts is not None and len(texts) > 1:
            yield Tie("speaker", self.sources.of[attribution.id].label, False, texts)


def last_name(attribution: Attribution, sources: Sources) -> str:
    """The last word of the name of whoever speaks; empty where nobody is named."""
    source = sources.of.get(attribution.id)
    named = source is not None and source.kind == "authority" and source.key
    return source.key.split()[-1] if source is not None and source.key and named else ""


def _speaking(documents: Sequence[Document], corpus: Corpus, sources: Sources) -> dict[str, I64]:
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for n, document in enumerate(documents):
        for attribution in corpus.attributions.get(document.id, ()):
            if attribution.kind != "indirect" and (name := last_name(attribution, sources)):
                found[name][n] = None
    return _arrays({name: list(numbers) for name, numbers in found.items()})


def day(document: Document) -> str:
    """The day, month or year a document is dated; empty for none."""
    return (document.published or "")[:10]


def person(name: str) -> str:
    """A person's name folded, without titles."""
    return " ".join(untitled(fold_name(name)))


def _arrays(found: Mapping[str, list[int]]) -> dict[str, I64]:
    return {key: np.array(numbers, dtype=np.int64) for key, numbers in found.items()}
