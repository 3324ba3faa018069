"""The words of two sentences in their order -> whether who did it to whom, what came first, or the way is exchanged."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from whence.text.meaning.stems import BE, FRONTS, STOP, stem

LEAST = 3
"""Words in common from which their order tells anything.  Chosen: two that act, and what is done."""
MOST_APART = 2
"""Words of each that the other may lack.  Chosen: more, and the words in common may play other parts in each."""
BEFORE_NOUNS = frozenset(
    "a an the of in on at by for from with no his her their its our my your this that these those some any each every "
    "both all two three four five six seven eight nine ten".split())
"""Words after which no verb stands."""
SEQUENCE = ("after", "before")
"""Words that tell which of two things came first."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence tells in which order.

    `stems` are its words of content, those of names among them, from where it comes to who, `whole` all of them;
    `verbs` the places in `stems` of words that may be verbs, `passive` of those told in the passive, `told_by` how many
    stand before who did it ("by"); `ends` are where a way begins and where it leads ("from", "to"); `clause` the words
    of the part that begins with `sequence` ("after" or "before"), if one does.  `fronted` says that it begins with
    when, where or why.
    """

    stems: tuple[str, ...]
    whole: frozenset[str]
    verbs: frozenset[int]
    passive: frozenset[int]
    told_by: int
    ends: tuple[str, str]
    sequence: str
    clause: frozenset[str]
    fronted: bool


@lru_cache(maxsize=20_000)
def line(words: tuple[tuple[str, bool], ...]) -> Line:
    """The line of a sentence, by its folded words and whether each is written as a name; commas are words too."""
    forms, named = [form for form, _ in words], [name for _, name in words]
    start = _after_front(forms)
    kept = [at for at, form in enumerate(forms) if at >= start and form not in STOP and form != ","]
    verbs = frozenset(place for place, at in enumerate(kept) if not named[at] and at
                      and forms[at - 1] not in BEFORE_NOUNS and not forms[at - 1].endswith("'s"))
    passive = frozenset(place for place, at in enumerate(kept) if not BE.isdisjoint(forms[max(0, at - 2):at]))
    told_by = sum(at < _last(forms, "by") for at in kept)
    ends = _follows(forms, "from"), _follows(forms, "to")
    sequence, clause = _clause(forms)
    whole = frozenset(stem(form) for form in forms if form not in STOP)
    return Line(tuple(stem(forms[at]) for at in kept), whole, verbs, passive, told_by, ends, sequence, clause,
                bool(forms) and forms[0] in FRONTS and start == 0)


def exchanged(one: Line, other: Line) -> bool:
    """Whether the same words tell of the same ones in exchanged parts."""
    shared = one.whole & other.whole
    if len(shared) < LEAST or min(len(line.whole - shared) for line in (one, other)) > MOST_APART:
        return False
    return _sequence_exchanged(one, other, shared) or _ends_exchanged(one, other) or _acting_exchanged(one, other)


def _acting_exchanged(one: Line, other: Line) -> bool:
    """Whether around a verb in both, those before it in the one stand after it in the other, though neither is the
    passive of the other; or stand before it in both, though the one is.
    """
    if one.fronted or other.fronted:
        return False
    for at in sorted(one.verbs):
        word = one.stems[at]
        to = next((to for to in sorted(other.verbs) if other.stems[to] == word), None)
        if to is None:
            continue
        before, after = set(one.stems[:at]), set(one.stems[at + 1:])
        first, then = set(other.stems[:to]), set(other.stems[to + 1:])
        if (at in one.passive) != (to in other.passive):
            told = at < one.told_by if at in one.passive else to < other.told_by
            if told and before & first and after & then and not before & then and not after & first:
                return True
        elif before & then and after & first and not before & first and before <= then | {word}:
            return True
    return False


def _sequence_exchanged(one: Line, other: Line, shared: frozenset[str]) -> bool:
    """Whether what came first in the one came later in the other."""
    if not one.sequence or one.sequence != other.sequence:
        return False
    mine, theirs = one.clause & shared, other.clause & shared
    return bool(mine and theirs) and not mine & theirs and mine <= other.whole - other.clause


def _ends_exchanged(one: Line, other: Line) -> bool:
    """Whether the one leads to where the other comes from, and the other way round."""
    return all(one.ends) and one.ends == (other.ends[1], other.ends[0])


def _after_front(forms: Sequence[str]) -> int:
    """Where a sentence that begins with when, where or why comes to who: after its first comma."""
    if not forms or forms[0] not in FRONTS or "," not in forms:
        return 0
    return forms.index(",") + 1


def _follows(forms: Sequence[str], word: str) -> str:
    """The stem of the first word of content after the last `word`, "" where there is none."""
    start = _last(forms, word) + 1
    return next((stem(form) for form in forms[start:] if form not in STOP), "") if start else ""


def _last(forms: Sequence[str], word: str) -> int:
    return max((at for at, form in enumerate(forms) if form == word), default=-1)


def _clause(forms: Sequence[str]) -> tuple[str, frozenset[str]]:
    """The word that tells the order of two things, and the stems of the part that it begins, up to a comma."""
    for word in SEQUENCE:
        if word in forms:
            start = forms.index(word)
            end = next((at for at in range(start, len(forms)) if forms[at] == ","), len(forms))
            return word, frozenset(stem(form) for form in forms[start:end] if form not in STOP)
    return "", frozenset()
