"""Copied sentences: how many of their words agree, and whether names or denials were exchanged."""
from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from rapidfuzz.fuzz import ratio

from whence.text.meaning.names import Name
from whence.text.meaning.stems import NEGATIONS, REFUTATIONS
from whence.text.normalize import folded

MISREAD = 70
"""Likeness (RapidFuzz ratio, 0 to 100) from which two names at one place of a copied text are one name misspelt or
misread.  Chosen: two wrong letters in eight."""


def denies(told: Sequence[str]) -> bool:
    """Whether folded words say that something is not so ("not", "denied", "false", ...)."""
    return any(form in NEGATIONS or form in REFUTATIONS or form.endswith("n't") for form in told)


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Dice coefficient of two bags of words: twice what they share by what both hold."""
    both = one.total() + other.total()
    return 2 * in_common(one, other) / both if both else 0.0


def in_common(one: Counter[str], other: Counter[str]) -> int:
    """How many words two bags have in common."""
    return sum(min(times, other[word]) for word, times in one.items() if word in other)


def bag(sentence: str) -> Counter[str]:
    """The words of a sentence, numbers in digits put as one, so that a changed number does not part two copies."""
    return Counter("#" if form[0].isdigit() else form for form in folded(sentence))


def names_kept(one: Iterable[Name], other: Iterable[Name], all_one: Container[str], all_other: Container[str]) -> bool:
    """Whether a copied sentence kept its names: dropped, added or misread is kept, another in its place is not.

    `all_one` and `all_other` hold all folded words of the two sentences, however they are written.
    """
    mine = {word for name in one for word in name.words if word not in all_other}
    theirs = {word for name in other for word in name.words if word not in all_one}
    if not mine or not theirs:
        return True
    fewer, more = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return all(any(ratio(word, them) >= MISREAD for them in more) for word in fewer)
