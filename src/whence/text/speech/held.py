"""A text -> its words, and which of them are spoken: what quotations are held against."""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from whence.text.normalize import Word, words
from whence.text.speech.quotes import quotations

NEARBY = 200
"""Characters between two quotations of which one goes on with the other; chosen: a line or two on who says it."""
_CLOSING = "\"“”„‟«»‹›「」『』‘’'″` "


@dataclass(frozen=True)
class Held:
    """A text that quotations are held against, with when it was published; `sentences` are its sentences' spans, in
    order.
    """

    text: str
    sentences: Sequence[tuple[int, int]]
    published: str | None = None

    @cached_property
    def words(self) -> list[Word]:
        """Its words, folded."""
        return words(self.text)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Its quotations, paragraph by paragraph."""
        found, start = [], 0
        for line in self.text.splitlines(keepends=True):
            found += [(q.start, q.end) for q in quotations(self.text, start, start + len(line))]
            start += len(line)
        return found

    def speech(self, place: int) -> bool:
        """Whether word number `place` stands in quotation marks."""
        return self.spoken(self.words[place].start)

    def spoken(self, start: int) -> bool:
        """Whether the character at `start` stands in quotation marks."""
        return self._mark(start) is not None

    def _mark(self, start: int) -> int | None:
        at = bisect_right(self.quoted, (start, len(self.text))) - 1
        return at if at >= 0 and start < self.quoted[at][1] else None

    def sentence(self, place: int) -> tuple[int, int]:
        """The first word of the sentence of word number `place`, and the one after its last."""
        start = self.words[place].start
        at = bisect_right(self.sentences, (start, len(self.text))) - 1
        if at < 0 or start >= self.sentences[at][1]:
            return place, place + 1
        low, high = self.sentences[at]
        return bisect_left(self.words, low, key=_start), bisect_left(self.words, high, key=_start)

    def heard(self, first: int, last: int, speech: bool) -> list[int]:
        """The words [first, last), with `speech` only those in quotation marks: who says so is not what was said."""
        found = (place for place in range(first, last) if not speech or self.speech(place))
        return [place for place in found if self.words[place].form != "sic"]

    def before(self, place: int, speech: bool) -> list[int]:
        """The words of its sentence before word number `place`, with `speech` those that its speaker said."""
        first = self.sentence(place)[0]
        at = self._mark(self.words[place].start) if speech else None
        while at and self._goes_on(at - 1):
            at -= 1
        low = first if at is None else max(first, bisect_left(self.words, self.quoted[at][0], key=_start))
        return self.heard(low, place, speech)

    def after(self, place: int, speech: bool) -> list[int]:
        """The words of its sentence after word number `place`, with `speech` those that its speaker said."""
        last = self.sentence(place)[1]
        at = self._mark(self.words[place].start) if speech else None
        while at is not None and at + 1 < len(self.quoted) and self._goes_on(at):
            at += 1
        high = last if at is None else min(last, bisect_left(self.words, self.quoted[at][1], key=_start))
        return self.heard(place + 1, high, speech)

    def _goes_on(self, at: int) -> bool:
        """Whether a quotation only breaks off for "she said" and goes on with the next one in its sentence."""
        (start, end), (next_start, next_end) = self.quoted[at], self.quoted[at + 1]
        said = self.text[start:end].rstrip(_CLOSING)
        more = self.text[next_start:next_end].lstrip(_CLOSING)
        return said[-1:] not in (".", "!", "?") and more[:1].islower() and next_start - end < NEARBY

    def shown(self, places: Sequence[int]) -> str:
        """Words, as they stand; parts that something stands between are joined by a space."""
        pieces: list[tuple[int, int]] = []
        for n, place in enumerate(places):
            if n and place == places[n - 1] + 1:
                pieces[-1] = pieces[-1][0], self.words[place].end
            else:
                pieces.append((self.words[place].start, self.words[place].end))
        return " ".join(self.text[start:end] for start, end in pieces)


def _start(word: Word) -> int:
    return word.start
