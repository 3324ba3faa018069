"""A sentence (or several that one quotation holds together) -> its tokens, and where its clauses end."""
from __future__ import annotations

from collections.abc import Sequence

from whence.model import Span
from whence.text.speech.cues import LEXICON, is_finite_cue
from whence.text.speech.grammar import ADVERB, DASHES, DETERMINER, FINAL_WORDS, SUBJECT_PRONOUN, is_adverb, is_finite
from whence.text.speech.quotes import Quotation
from whence.text.speech.tokens import QUOTE, Token, tokens

_NOT_TRAILING = frozenset("including nothing something everything anything during morning evening king spring".split())
_RELATIVE = frozenset("which who where when".split())
_CONTRAST = frozenset("but while though although whereas despite so".split())


class Line:
    """A line of `text[start:end]` as `tokens`; all methods take token positions, and cost no more than a look."""

    def __init__(self, text: str, start: int, end: int, quotations: Sequence[Quotation]) -> None:
        self.text, self.start, self.end = text, start, end
        self.tokens: list[Token] = tokens(text, start, end, quotations)
        self._ends = self._clause_ends(early=False)
        self._early_ends = self._clause_ends(early=True)

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """The token's word, or "" beyond either end."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter (a quotation counts as one)."""
        return 0 <= at < len(self.tokens) and self.tokens[at].capital

    def is_quote(self, at: int) -> bool:
        """Whether a quotation stands at this token."""
        return self.word(at) == QUOTE

    def span(self, first: int, last: int) -> Span:
        """Where tokens `first` to `last` (both included) stand in the text."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def content(self, first: int, stop: int) -> Span | None:
        """Where tokens `first` to `stop` (not included) stand, without the stops and commas at either end."""
        stop = min(stop, len(self.tokens))
        while stop > first and (self.word(stop - 1) in FINAL_WORDS or self.word(stop - 1) in (",", ":", "—", "–", "-")):
            stop -= 1
        while first < stop and self.word(first) in (",", ":", "—", "–", "-", ";"):
            first += 1
        return self.span(first, stop - 1) if first < stop else None

    def clause_end(self, at: int, frame: str = "") -> int:
        """The first token at or after `at` that no longer belongs to what is reported there.

        A that-clause (frame "t") runs on over more than another complement does.
        """
        ends = self._ends if frame == "t" else self._early_ends
        return ends[at] if at < len(ends) else len(self.tokens)

    def _clause_ends(self, early: bool) -> list[int]:
        ends = [len(self.tokens)] * (len(self.tokens) + 1)
        for at in range(len(self.tokens) - 1, -1, -1):
            ends[at] = at if self._breaks(at, early) else ends[at + 1]
        return ends

    def _breaks(self, at: int, early: bool) -> bool:
        word, following = self.tokens[at].word, self.word(at + 1)
        if word in FINAL_WORDS:
            return True
        if word == ",":
            if following in _CONTRAST and self.is_quote(at + 2):
                return False
            if following in _CONTRAST or following == "according" or (early and following in _RELATIVE):
                return True
            if following.endswith("ing") and following not in _NOT_TRAILING and (early or following in LEXICON):
                return True
            return following == "and" and self._new_cue(at + 2)
        if word in DASHES and early:
            return following in DETERMINER or following.endswith("ing")
        if word == "by" and early:
            return following.endswith("ing")
        return word == "and" and self._shared_cue(at + 1)

    def _new_cue(self, at: int) -> bool:
        """Whether a reporting clause of its own begins here ("he added")."""
        if self.word(at) in SUBJECT_PRONOUN:
            return True
        if self.capital(at):
            return any(is_finite_cue(self.word(near)) for near in range(at + 1, at + 5))
        return self._shared_cue(at)

    def _shared_cue(self, at: int) -> bool:
        while self.word(at) in ADVERB or is_adverb(self.word(at)):
            at += 1
        return at < len(self.tokens) and is_finite_cue(self.word(at)) and is_finite(self.tokens, at)
