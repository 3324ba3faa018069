"""Tokens before or after a verb -> the noun phrase that speaks, with its appositions, found by its edges (English)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whence.text.speech.grammar import (
    AUXILIARY,
    CONJUNCTION,
    DASHES,
    DAY,
    DETERMINER,
    MONTH,
    OPENING,
    PREPOSITION,
    PRONOUN,
    REACH,
    STOPS,
    SUBJECT_PRONOUN,
    SUBORDINATE,
    is_adverb,
    is_finite,
)
from whence.text.speech.tokens import QUOTE, Token

_APPOSITIVE = frozenset("who which whose a an of".split())
_RELATIVE = frozenset("who which that whose".split())
_EDGES = STOPS | DASHES | SUBORDINATE | {QUOTE, ",", "("}
_ARTICLES = frozenset("a an the of his her its their".split())
_CIRCUMSTANCE = frozenset("a an interview response his her reference remarks".split()) | DAY | MONTH
BRACKET_REACH = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `last`, both included, of a noun phrase."""

    first: int
    last: int

    @property
    def outer(self) -> int:
        """The token before it, -1 at the line's start."""
        return self.first - 1


def subject_before(line: Sequence[Token], before: int) -> Phrase | None:
    """The noun phrase that ends just before token `before`, with its appositions, or None where none stands there."""
    last = before - 1
    if last < 0:
        return None
    if line[last].word in SUBJECT_PRONOUN:
        return Phrase(last, last)
    at = last
    if line[last].word == "," or line[last].word in DASHES:
        comma = line[last].word == ","
        opening = _apposition(line, last) or _stray_comma(line, last) if comma else _paired_dash(line, last)
        if opening is None:
            return None
        at = opening - 1
    first = _trim_left(line, _walk(line, at, before), at)
    if first is None or not _is_nominal(line, first, at):
        return None
    return Phrase(first, _trim_right(line, first, last))


def _apposition(line: Sequence[Token], comma: int) -> int | None:
    """The comma that opens the apposition which ends at this one, looking back over several in a row."""
    opening = _comma_before(line, comma, REACH)
    while opening:
        before = _comma_before(line, opening, BRACKET_REACH)
        inside = line[opening + 1].word
        nested = inside in _APPOSITIVE and line[before + 1].word in _APPOSITIVE
        chained = nested or line[opening - 1].word[0].isdigit()
        if not before or not chained:
            return opening
        opening = before
    return None


def _stray_comma(line: Sequence[Token], comma: int) -> int | None:
    """The comma itself where it closes nothing: what is before it opens the sentence ("The Port (PO), said")."""
    if comma < 1 or line[comma - 1].word == QUOTE or (not line[comma - 1].capital and line[comma - 1].word != ")"):
        return None
    return comma if _walk(line, comma - 1, comma) == 0 and line[0].capital else None


def _comma_before(line: Sequence[Token], at: int, reach: int) -> int:
    for position in range(at - 1, max(at - reach, 0), -1):
        if line[position].word == ",":
            return position
        if line[position].word in STOPS or line[position].word == QUOTE:
            return 0
    return 0


def _paired_dash(line: Sequence[Token], dash: int) -> int | None:
    for at in range(dash - 1, max(dash - REACH, 0), -1):
        if line[at].word == line[dash].word:
            return at
        if line[at].word in STOPS:
            return None
    return None


def _walk(line: Sequence[Token], at: int, before: int) -> int:
    """The leftmost token of the phrase that ends at `at`."""
    while at >= 0 and before - at < REACH:
        word = line[at].word
        if word == ")":
            opening = _bracket(line, at)
            if opening is None:
                return at + 1
            at = opening
        elif word == "," and _is_list_comma(line, at):
            pass
        elif word in _EDGES or (word in CONJUNCTION and not _joins_nouns(line, at)):
            return at + 1
        elif is_finite(line, at):
            relative = _relative(line, at)
            if relative is None:
                return at + 1
            at = relative
        at -= 1
    return at + 1


def _bracket(line: Sequence[Token], closing: int) -> int | None:
    return next((at for at in range(closing - 1, max(closing - BRACKET_REACH, -1), -1) if line[at].word == "("), None)


def _is_list_comma(line: Sequence[Token], comma: int) -> bool:
    """Whether a comma parts the members of a list of names ("Ames, Boyd and Cole said")."""
    if comma == 0 or comma + 2 >= len(line) or not (line[comma - 1].capital and line[comma + 1].capital):
        return False
    return any(line[at].word in ("and", "or") and not is_finite(line, at - 1)
               for at in range(comma + 2, min(comma + 6, len(line))))


def _joins_nouns(line: Sequence[Token], at: int) -> bool:
    """Whether "and" joins two nouns, not two clauses: names on both sides, or no verb before it in the clause."""
    if line[at].word not in ("and", "or", "nor") or at == 0 or at + 1 >= len(line) or line[at - 1].word in (",", QUOTE):
        return False
    if line[at - 1].capital and line[at + 1].capital and at > 1:
        return True
    for position in range(at - 1, max(at - BRACKET_REACH, -1), -1):
        word = line[position].word
        if word in STOPS or word in (",", QUOTE) or word in DASHES or word in SUBORDINATE:
            return True
        if is_finite(line, position):
            return False
    return True


def _relative(line: Sequence[Token], verb: int) -> int | None:
    """Where the relative pronoun stands whose clause this verb is ("voters who backed the mayor said")."""
    at = verb - 1
    while at > 0 and verb - at < 5 and (line[at].word in AUXILIARY or is_adverb(line[at].word)):
        at -= 1
    return at if at > 0 and line[at].word in _RELATIVE and line[at - 1].word not in (",", QUOTE) else None


def _trim_left(line: Sequence[Token], first: int, last: int) -> int | None:
    while first <= last and (line[first].word in OPENING or is_adverb(line[first].word) or line[first].word in DASHES):
        first += 1
    return first if first <= last else None


def _trim_right(line: Sequence[Token], first: int, last: int) -> int:
    """Without a day or year that stands between subject and verb ("the minister on Monday said")."""
    dated = line[last].word in DAY or line[last].word.isdigit()
    if last - first >= 2 and line[last - 1].word in ("on", "in") and dated:
        return last - 2
    if last > first and line[last].word in DAY:
        return last - 1
    return last


def _is_nominal(line: Sequence[Token], first: int, last: int) -> bool:
    opening = line[first].word
    if opening in PREPOSITION or opening == "not":
        return False
    if opening in DETERMINER and opening not in PRONOUN and first == last:
        return False
    return any(token.word[0].isalnum() and token.word not in AUXILIARY for token in line[first:last + 1])


def phrase_after(line: Sequence[Token], at: int, opens_sentence: bool = False) -> Phrase | None:
    """The noun phrase that begins at token `at`, with its appositions ("said X, a clerk").

    Where it opens the sentence ("According to the port, ..."), a comma ends it unless another closes an apposition.
    """
    if at >= len(line) or not line[at].word[0].isalnum():
        return None
    if line[at].word in SUBJECT_PRONOUN:
        return Phrase(at, at)
    if line[at].word in PREPOSITION or line[at].word in SUBORDINATE - {"that"}:
        return None
    end = at
    while end + 1 < len(line) and end - at < REACH and not _ends_phrase(line, end + 1, opens_sentence):
        end += 1
    if line[end].word in PREPOSITION:
        # "..., the majority of which": not an apposition but a clause of its own
        end = next((p for p in range(end, at, -1) if line[p].word == ","), end)
    return Phrase(at, end - 1 if line[end].word == "," and end > at else end)


def _ends_phrase(line: Sequence[Token], at: int, opens_sentence: bool) -> bool:
    word = line[at].word
    if word == ",":
        return not (_closes_apposition(line, at) if opens_sentence else _apposes(line, at))
    if word == QUOTE or word in STOPS or word in DASHES or word in _RELATIVE or word in ("when", "while"):
        return True
    if word in ("on", "during", "after", "before", "as", "in", "at", "by") and _is_circumstance(line, at):
        return True
    return word in DAY or is_finite(line, at)


def _apposes(line: Sequence[Token], comma: int) -> bool:
    if comma + 1 >= len(line):
        return False
    following = line[comma + 1]
    if following.word in _ARTICLES or following.word[0].isdigit() or following.capital:
        return True
    return following.word.isalpha() and following.word not in SUBORDINATE | CONJUNCTION | PREPOSITION \
        and not following.word.endswith("ing") and not is_adverb(following.word)


def _closes_apposition(line: Sequence[Token], comma: int) -> bool:
    """Whether a second comma follows with no verb between ("According to Ada Boyd, a spokeswoman, the port ...")."""
    inside = line[comma + 1].word if comma + 1 < len(line) else ","
    if inside not in _ARTICLES | {"who"} and not inside[0].isdigit():
        return False
    for at in range(comma + 1, min(comma + 15, len(line))):
        if line[at].word == ",":
            return at + 1 < len(line) and not line[at + 1].word.endswith("ing")
        if is_finite(line, at) or line[at].word in STOPS or line[at].word in ("and", QUOTE):
            return False
    return False


def _is_circumstance(line: Sequence[Token], at: int) -> bool:
    """Whether a preposition after a speaker's name tells when or how it was said, not who the speaker is."""
    if line[at].word in ("during", "after", "before", "as") or at + 1 >= len(line):
        return True
    following = line[at + 1].word
    return following in _CIRCUMSTANCE or following[0].isdigit()
