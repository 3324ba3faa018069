"""Two texts and the words in which they agree to the places where they differ, by kind."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from whence.text.align import Run

FAR = 60
"""Words between two places that agree beyond which what lies between is no longer compared: chosen, three sentences."""

MOVED = 3
"""Words in a row that the other text has elsewhere: they were moved, not added."""


class Variants(NamedTuple):
    """How many places of each kind set text x apart from text y.

    `gains`: x has words, y none.  `losses`: y has words, x none.  `reworded`: both have other words.  `slips_y`: y has
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


def compare(runs: Sequence[Run], x: Sequence[str], y: Sequence[str]) -> Variants:
    """The variants between the agreeing `runs`; `x` and `y` are the folded words of both texts.

    A misprint is a word spelled like the one at its place in the other text, and which neither text has elsewhere
    while the other word does stand elsewhere.
    """
    counts = Counter(x) + Counter(y)
    whole_x, whole_y = f" {' '.join(x)} ", f" {' '.join(y)} "
    found = Counter[str]()
    for before, after in pairwise(runs):
        of_x, of_y = x[before.a + before.size:after.a], y[before.b + before.size:after.b]
        if after.b < before.b + before.size or max(len(of_x), len(of_y)) > FAR or not (of_x or of_y):
            continue
        if not of_y:
            found["gains"] += len(of_x) < MOVED or f" {' '.join(of_x)} " not in whole_y
        elif not of_x:
            found["losses"] += len(of_y) < MOVED or f" {' '.join(of_y)} " not in whole_x
        elif len(of_x) == len(of_y) and all(map(_alike, of_x, of_y)):
            for one, other in zip(of_x, of_y, strict=True):
                known_x, known_y = counts[one] > 1, counts[other] > 1
                found["slips_x"] += known_y and not known_x
                found["slips_y"] += known_x and not known_y
        else:
            found["reworded"] += 1
    return Variants(found["gains"], found["losses"], found["reworded"], found["slips_x"], found["slips_y"])


def _alike(one: str, other: str) -> bool:
    """Whether one word could be a misprint of the other: at most a third of its letters differ, and none is a digit."""
    most = max(1, len(one) // 3)
    if any(c.isdigit() for c in one + other):
        return False
    return Levenshtein.distance(one, other, score_cutoff=most) <= most
