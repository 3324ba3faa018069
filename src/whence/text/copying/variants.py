"""Two texts and the words in which they agree to the places where they differ, by kind."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from whence.text.copying.align import Run

FAR = 60
"""Words between two places that agree beyond which what lies between is no longer compared: chosen, three sentences."""

MOVED = 3
"""Words in a row that the other text has elsewhere: they were moved, not added."""


class Witness:
    """The folded words of one text, with what every comparison with another asks of them; bit n of `ends` tells that
    a sentence ends with word n.
    """

    def __init__(self, forms: Sequence[str], ends: int = 0) -> None:
        self.forms = forms
        self.ends = ends

    def are_sentences(self, first: int, last: int) -> bool:
        """Whether the words [first, last) are whole sentences; or those a few words on or back, where it is as true to
        say that those were set in.
        """
        back, forward = 0, 0
        while back < min(first, FAR) and self.forms[first - 1 - back] == self.forms[last - 1 - back]:
            back += 1
        while forward < min(len(self.forms) - last, FAR) and self.forms[first + forward] == self.forms[last + forward]:
            forward += 1
        return any(self._ends(first + by) and self._ends(last + by) for by in range(-back, forward + 1))

    def _ends(self, word: int) -> bool:
        """Whether a sentence ends before a word."""
        return word in (0, len(self.forms)) or bool(self.ends >> (word - 1) & 1)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(self.forms)

    @cached_property
    def whole(self) -> str:
        """The words as one string, with a space before and after each."""
        return f" {' '.join(self.forms)} "


class Variants(NamedTuple):
    """How many places of each kind set text x apart from text y.

    `gains`: x has words, y none.  `losses`: y has words, x none.  (Whole sentences are neither: they are set between
    those of a text, and left out, without a change to it.)  `reworded`: both have other words.  `slips_y`: y has
    a misprint of what x has, `slips_x` the other way round.
    """

    gains: int
    losses: int
    reworded: int
    slips_x: int
    slips_y: int

    def turned(self) -> Variants:
        """The same seen from y."""
        return Variants(self.losses, self.gains, self.reworded, self.slips_y, self.slips_x)


ALIKE = Variants(0, 0, 0, 0, 0)
"""What sets apart texts that agree in one run: nothing."""


def compare(runs: Sequence[Run], x: Witness, y: Witness) -> Variants:
    """The variants between the agreeing `runs` of two texts.

    A misprint is a word spelled like the one at its place in the other text, and which neither text has elsewhere
    while the other word does stand elsewhere.
    """
    if len(runs) < 2:
        return ALIKE
    found = Counter[str]()
    for before, after in pairwise(runs):
        of_x, of_y = x.forms[before.a + before.size:after.a], y.forms[before.b + before.size:after.b]
        if after.b < before.b + before.size or max(len(of_x), len(of_y)) > FAR or not (of_x or of_y):
            continue
        if not of_y:
            found["gains"] += not x.are_sentences(before.a + before.size, after.a) and (
                len(of_x) < MOVED or f" {' '.join(of_x)} " not in y.whole)
        elif not of_x:
            found["losses"] += not y.are_sentences(before.b + before.size, after.b) and (
                len(of_y) < MOVED or f" {' '.join(of_y)} " not in x.whole)
        elif len(of_x) == len(of_y) and all(map(_alike, of_x, of_y)):
            for one, other in zip(of_x, of_y, strict=True):
                known_x = x.counts[one] + y.counts[one] > 1
                known_y = x.counts[other] + y.counts[other] > 1
                found["slips_x"] += known_y and not known_x
                found["slips_y"] += known_x and not known_y
        else:
            found["reworded"] += 1
    return Variants(found["gains"], found["losses"], found["reworded"], found["slips_x"], found["slips_y"])


def _alike(one: str, other: str) -> bool:
    """Whether one word could be a misprint of the other: at most a third of its letters differ, and none is a digit."""
    most = max(1, len(one) // 3)
    near = Levenshtein.distance(one, other, score_cutoff=most) <= most
    return near and not any(c.isdigit() for c in one + other)
