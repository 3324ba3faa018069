"""Quotations and the texts they are said to come from -> each exact, altered, shortened, not found, or not held."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from whence.config import QuotesConfig
from whence.model import Corpus, DiffPiece, HeldText, Limit, QuoteCheck, QuoteVerdict, Reason, Sources, identify
from whence.text.copying.align import Run
from whence.text.copying.dates import EVEN, before, window
from whence.text.copying.lookup import Lookup
from whence.text.copying.quoted import SEED, Match, hold, turns, verdict
from whence.text.copying.shingle import I64
from whence.text.speech.held import Held
from whence.text.speech.ties import Asked, Library, Tie, TieKind
from whence.text.speech.utterances import stretches

FOUND: Mapping[TieKind, int] = {"family": 2, "speaker": 3}
MISSED: Mapping[TieKind, int] = {"title": 1, "outlet": 4, "publisher": 4, "author": 4, "family": 5}
NONE_MEANT = 6
ORDER: Mapping[QuoteVerdict, int] = {"exact": 0, "shortened": 1, "altered": 2}


# -- what became of it --------------------------------------------------------------------------------------------

def same_words() -> Reason:
    """Its words stand in the text as they are quoted; capitals, quotation marks and closing punctuation aside."""
    return Reason.of(same_words)


def words_changed(share: float) -> Reason:
    """The text has it in other words: some were changed, put in, or taken out in a way that leaves no whole phrase."""
    return Reason.of(words_changed, words_that_agree=share)


def words_left_out(words: str) -> Reason:
    """What is quoted stands in the text word for word, but a part of it was left out: inside, or at an end of the
    sentence.
    """
    return Reason.of(words_left_out, left_out=words)


def editors_words(words: str) -> Reason:
    """What stands in square brackets was put in by an editor, as the brackets say, and is not the speaker's."""
    return Reason.of(editors_words, put_in=words)


def may_turn_sense(words: str) -> Reason:
    """What was left out says no or sets a condition, so that the quotation may say something else than the text."""
    return Reason.of(may_turn_sense, left_out=words)


def words_not_there(texts: int) -> Reason:
    """No text in this archive that it can come from has these words, or enough of them; another, which is not in this
    archive, may.
    """
    return Reason.of(words_not_there, texts=texts)


def no_text_held() -> Reason:
    """No text that it is known to come from is in this archive, so there is nothing to hold it against."""
    return Reason.of(no_text_held)


def only_by_its_words(words: int) -> Reason:
    """So few words are only looked up: they stand in the text or they don't."""
    return Reason.of(only_by_its_words, words=words)


def too_long(words: int) -> Reason:
    """It is longer than the longest quotation that is held against a text."""
    return Reason.of(too_long, words=words)


# -- the step -----------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Told:
    """What the texts of one tie have of a quotation: the `match` in text number `text`.

    Where none has enough of it, `meant` texts could have been meant, of which `text` is the nearest in time; 0, None
    where no text is known to be meant.
    """

    tie: Tie
    match: Match | None
    text: int | None
    meant: int

    @property
    def rank(self) -> int:
        """Of several ties, the lowest is told: found in what is named, missing in a text named by its title, found in
        the text copied from, in another that quotes the same speaker, missing in what is named, and then where no text
        is known to be meant.
        """
        if self.match is not None:
            return FOUND.get(self.tie.kind, 0)
        return MISSED[self.tie.kind] if self.meant else NONE_MEANT


def check(corpus: Corpus, sources: Sources, config: QuotesConfig) -> tuple[tuple[QuoteCheck, ...], tuple[Limit, ...]]:
    """Every quotation of a direct or mixed attribution, held against the texts it is said to come from, by id.

    Time grows with the quotations and with the texts that they may come from, not with their product.
    """
    library = Library.of(corpus, sources)
    asked = [one for document in library.documents for one in library.asked(document)]
    limits = [_limit(one, config) for one in asked if one.ties and len(one.tokens) > config.longest]
    found = _held_against(asked, library, config)
    checks = [_judged(one, told, library, config) for one, told in zip(asked, found, strict=True)]
    return tuple(sorted(checks, key=lambda c: c.id)), tuple(sorted(limits, key=lambda x: x.subject))


def _limit(one: Asked, config: QuotesConfig) -> Limit:
    subject = f"words of the quotation at {one.utterance.start} of {one.attribution.document}"
    return Limit("quotes", subject, config.longest, len(one.tokens))


@dataclass(frozen=True)
class Search:
    """What is needed to look a quotation up; `naming` gives the texts that have a speaker's name."""

    library: Library
    lookup: Lookup
    naming: Mapping[str, I64]
    config: QuotesConfig
    _meant: dict[tuple[int, str], I64] = field(default_factory=dict)

    def meant(self, one: Asked, tie: Tie) -> I64:
        """The texts of which one is meant; of an outlet's, those that name the speaker."""
        if not tie.strong or (tie.kind == "outlet" and not one.speaker):
            return tie.texts[:0]
        if tie.kind != "outlet":
            return tie.texts
        key = int(tie.texts[0]), one.speaker          # an article has one publisher, so its first tells an outlet
        if key not in self._meant:
            self._meant[key] = np.intersect1d(tie.texts, self.naming[one.speaker], assume_unique=True)
        return self._meant[key]

    def accepts(self, one: Asked, tie: Tie, held: Held, match: Match, sure: bool) -> bool:
        """Whether a text has enough of a quotation for it to be that one; `sure` where it is a text that is meant."""
        if tie.kind == "speaker":
            return self._heard_before(one, held, match)
        if len(one.tokens) > self.config.short:
            few = match.agreed < self.config.least
            return match.share >= (self.config.weak if few or not sure else self.config.alike)
        said = tie.kind != "outlet" or held.spoken(match.start)
        return sure and said and verdict(match.changes) == "exact"

    def _heard_before(self, one: Asked, held: Held, match: Match) -> bool:
        """Whether a text that quotes the same speaker has enough of it, and is not the later of the two; what only the
        later could have changed is not held against the earlier.
        """
        if match.agreed < self.config.least or match.share < self.config.alike or not held.spoken(match.start):
            return False
        mine = self.library.documents[self.library.numbers[one.attribution.document]]
        chance = before(window(held.published), window(mine.published))
        return chance > EVEN if verdict(match.changes) == "altered" else chance >= EVEN


def _held_against(asked: Sequence[Asked], library: Library, config: QuotesConfig) -> list[list[Told]]:
    """What the texts of each tie of each quotation have of it."""
    within = [one if len(one.tokens) <= config.longest else None for one in asked]
    speakers = sorted({one.speaker for one in within if one and one.ties and one.speaker})
    ways = {id(tie.texts): tie.texts for one in within if one for tie in one.ties}
    wanted = {number for texts in ways.values() for number in texts.tolist()}
    texts = (document.text if n in wanted else "" for n, document in enumerate(library.documents))
    quotations = [stretches(one.tokens) if one and one.ties else [] for one in within]
    lookup = Lookup([*quotations, *([(0, name)] for name in speakers)], texts, SEED)
    naming = {name: lookup.texts_with(len(asked) + n) for n, name in enumerate(speakers)}
    search = Search(library, lookup, naming, config)
    matches = _matches(asked, quotations, search)
    return [[_told(one, tie, matches.get((n, t), []), search) for t, tie in enumerate(one.ties if within[n] else ())]
            for n, one in enumerate(asked)]


Found = Mapping[tuple[int, int], list[tuple[int, Match]]]
"""By a quotation's number and a tie's: the texts that have it."""


def _matches(asked: Sequence[Asked], quotations: Sequence[object], search: Search) -> Found:
    """Each quotation against the texts that share most with it; a text is read once for all its quotations."""
    pairs: list[tuple[int, int, int, list[Run]]] = []
    for n, one in enumerate(asked):
        for t, tie in enumerate(one.ties if quotations[n] else ()):
            found = search.lookup.best(n, tie.texts, search.config.texts + 1, search.config.together)
            pairs += [(text, n, t, runs) for text, runs in found
                      if search.library.documents[text].id != one.attribution.document]
    matches: dict[tuple[int, int], list[tuple[int, Match]]] = defaultdict(list)
    for text, some in groupby(sorted(pairs), key=lambda pair: pair[0]):
        held = search.library.held(text)
        for _, n, t, runs in some:
            one, tie = asked[n], asked[n].ties[t]
            short = len(one.tokens) <= search.config.short
            whole = (False, False) if short else (one.utterance.begins, one.utterance.ends)
            match = hold(one.text, one.tokens, held, runs, whole)
            sure = _has(search.meant(one, tie), text) and (
                tie.kind == "title" or not search.library.later(text, one.attribution.document))
            if match is not None and search.accepts(one, tie, held, match, sure):
                matches[n, t].append((text, match))
    return matches


def _told(one: Asked, tie: Tie, found: Sequence[tuple[int, Match]], search: Search) -> Told:
    """What the texts of a tie have of a quotation: one that is not later before a later one, then the likest."""
    library, document = search.library, one.attribution.document
    if found:
        text, match = min(found, key=lambda item: (library.later(item[0], document), ORDER[verdict(item[1].changes)],
                                                   -item[1].share, item[0]))
        return Told(tie, match, text, 1)
    meant, nearest = library.meant(document, search.meant(one, tie))
    return Told(tie, None, nearest, meant)


def _judged(one: Asked, told: Sequence[Told], library: Library, config: QuotesConfig) -> QuoteCheck:
    """The verdict on a quotation, by the tie that tells most."""
    best = min(told, key=lambda t: t.rank, default=None)
    against, diff = None, tuple[DiffPiece, ...]()
    named = tuple(t.tie.reason for t in told[:1] if t.tie.kind != "speaker")
    given: QuoteVerdict = "source_not_held"
    reasons: tuple[Reason, ...] = (no_text_held(),)
    if len(one.tokens) > config.longest:
        named, reasons = (), (too_long(len(one.tokens)),)
    elif best is not None and best.text is not None:
        named, document = (best.tie.reason,), library.documents[best.text].id
        if best.match is None:
            given, against, reasons = "not_found", HeldText(document, None, None), (words_not_there(best.meant),)
        else:
            given, against = verdict(best.match.changes), HeldText(document, best.match.start, best.match.end)
            reasons = tuple(_why(best.match, given))
            diff = tuple(DiffPiece(c.mark, c.text) for c in best.match.changes) if given != "exact" else ()
        if len(one.tokens) <= config.short:
            reasons = (*reasons, only_by_its_words(len(one.tokens)))
    key, at = identify("q", one.attribution.id, one.utterance.start), one.utterance
    return QuoteCheck(key, one.attribution.id, at.start, at.end, given, against, diff, (*named, *reasons))


def _why(match: Match, given: QuoteVerdict) -> Iterator[Reason]:
    """The rules behind a verdict on words that were found."""
    left = [c.text for c in match.changes if c.mark in ("dropped", "cut")]
    put = [c.text for c in match.changes if c.mark == "editor"]
    if given == "exact":
        yield same_words()
    elif given == "shortened":
        yield words_left_out(" … ".join(left))
    else:
        yield words_changed(match.share)
    if put:
        yield editors_words(" ".join(put))
    if turns(match.changes):
        yield may_turn_sense(turns(match.changes))


def _has(some: I64, number: int) -> bool:
    at = int(np.searchsorted(some, number))
    return at < len(some) and int(some[at]) == number
