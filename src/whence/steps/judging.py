"""Pairs of statements -> the chances that the two say the same, or the contrary; an encoder reads those left open."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whence.neural import judge
from whence.neural.judge import Floats
from whence.text.meaning.features import FEATURES, Pair, features
from whence.text.meaning.stems import stem
from whence.text.meaning.vocabulary import rarity

WEIGHED = 3
"""Features that a reason names.  Chosen: a line of text."""
APART = -1.0
"""In the place of the chance that two say the same where they are told of others: no claim holds both."""
SHOWN = 5
"""Words, names, numbers or days that a reason shows.  Chosen: a line of text."""

Two = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What is seen of n pairs: their features (n x FEATURES), the kind of each (judge.ANY, ...), and whether both are
    worded alike, or alike but for names that were exchanged, so that there is nothing to read.
    """

    features: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.int64]
    alike: npt.NDArray[np.bool_]
    exchanged: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """For n pairs: the chances of OTHER, SAME and CONTRARY (n x 3), and whether the cross-encoder read them."""

    chances: Floats
    asked: npt.NDArray[np.bool_]


def measured(pairs: Sequence[Pair]) -> Measured:
    """What is seen of pairs, each by itself."""
    return Measured(np.array([features(pair) for pair in pairs], np.float64).reshape(len(pairs), len(FEATURES)),
                    np.array([_kind(pair) for pair in pairs], np.int64),
                    np.array([pair.one.forms == pair.other.forms for pair in pairs], np.bool_),
                    np.array([pair.exchanged for pair in pairs], np.bool_))


def judged(pairs: Measured, texts: Callable[[Sequence[int]], Sequence[Two]], read: judge.Read) -> Judged:
    """What the judge finds of pairs; `texts` gives the two sentences of those, by their places, that `read` is to read.

    Two sentences that are word for word the same but for whom or what they name tell of other people, places or events.
    (So it was in all 131 such pairs of those that were written for training; among 3,500 of real news there was none.)
    """
    weighed = judge.weigh(pairs.features)
    chances = np.exp(weighed)
    chances[pairs.exchanged] = 0
    chances[pairs.exchanged, judge.OTHER] = 1
    asked = judge.left_open(weighed, pairs.kinds) & ~pairs.alike & ~pairs.exchanged
    rows = np.flatnonzero(asked).tolist()
    if rows:
        chances[rows] = judge.settle(weighed[rows], read(texts(rows)))
    return Judged(chances, asked)


def _kind(pair: Pair) -> int:
    if pair.names_in_common and pair.figures[0]:
        return judge.SPECIFIC
    return judge.DENIED if pair.denied_once else judge.ANY


def says(pair: Pair, sure: float, asked: bool) -> dict[str, str]:
    """What a reason tells of a judged pair: how sure the judge is, what weighed most, and the values compared."""
    told = features(pair)
    values = {label: value for (label, _), value in zip(FEATURES, told, strict=True)}
    weighed = judge.weighed_most(told, WEIGHED)
    found = {"score": f"{sure:.2f}", "judged_by": "words, and a reading of both" if asked else "words",
             "weighed_most": "; ".join(f"{label} {values[label]:.2f} ({added:+.1f})" for label, added in weighed)}
    shared = sorted(pair.shared, key=lambda shape: (-rarity(shape), shape))[:SHOWN]
    found["words_in_common"] = ", ".join(_as_written(shape, pair.one.forms) for shape in shared)
    for label, both in (("names", [[" ".join(name) for name in one.names] for one in (pair.one, pair.other)]),
                        ("numbers", [[f"{q.number:g}" for q in one.quantities] for one in (pair.one, pair.other)]),
                        ("days", [[str(day) for day in one.dates] for one in (pair.one, pair.other)])):
        if any(both):
            found[label] = " | ".join(", ".join(some[:SHOWN]) or "none" for some in both)
    return {label: value for label, value in found.items() if value}


def _as_written(shape: str, forms: Sequence[str]) -> str:
    """The word of which `shape` is the stem, as the sentence has it."""
    return next((form for form in forms if stem(form) == shape), shape)
