"""The evidence on whether one text was taken from another, as numbers, to log-odds and chances: one rule, one function.

A rule's first paragraph is what a reader sees beside the values it compared.  The weights are chosen so that no rule
but a date far off decides alone; the chances are what the measurements judge.
"""
from __future__ import annotations

import math

from whence.text.copying.dates import Window, before

COPIED, COINCIDED = .75, .4
"""The chance that a shared text was copied at all: more than a sentence, one sentence.  Chosen: below .5, one sentence
alone never makes a parent; both sides may have it from a press release or a speaker."""
CREDITED = .8
"""The chance that a credit line tells where the whole text comes from; chosen."""
DOUBTED = .45
"""The same where all that share the text carry the line: it may be part of the story.  Shown, and not held."""
BEYOND = 8
"""Words shared beyond one sentence that show more than chance; fewer are a common phrase."""
TOUCHES = 2
"""Places at which whoever sets his own paragraphs around a text changes a word of it.  Chosen on generated worlds."""
WHOLE = .9
"""The share of a text that is nearly all of it; chosen: an edit leaves as much."""


# -- which came first: log-odds that one is older, that is, likelier the source; the weights add up ---------------

def dates(source: Window, copy: Window) -> float:
    """The publication dates, as precise as they are known, say which of the two came first.

    An update can bear a later date than its copies, and a date can be wrong, so no date decides alone.
    """
    return _log_odds(before(source, copy))


def undated(earlier: int, kin: int) -> float:
    """One of the two has no date; it may stand anywhere among the dated articles that share its text.

    Of its `kin` places after a dated article, `earlier` lie before this one.  Where that says nothing, the dated one
    is taken as the older: an article without a date is never the earliest while others have one.
    """
    return _log_odds((earlier + .8) / (kin + 1))


def credit(source_credits_copy: bool, copy_credits_source: bool) -> float:
    """One of the two names the other's publisher in a credit line."""
    return 3.0 * (copy_credits_source - source_credits_copy)


def lacks(source: int, copy: int) -> float:
    """A text can't be the source of words that it lacks: on each side, the words that others have too and it lacks.

    Only the passage that both have is compared, so a shortened copy is not held against anyone (the common-error
    method of textual criticism; Maas, Textkritik, 1927).
    """
    return _capped(math.log((copy + 1) / (source + 1)), 1.5)


def fuller(source: int, copy: int) -> float:
    """Where one has words and the other none, the one that has them is likelier the source: copies drop more than they
    add.
    """
    return _capped(.5 * math.log((source + 1) / (copy + 1)), 1.5)


def mended(source: int, copy: int) -> float:
    """One has misprints of words that the other has right: copies make misprints and rarely mend them."""
    return _capped(.3 * (copy - source), 2.0)


def part_of(source: float, copy: float) -> float:
    """One text stands almost whole in the other, which goes on: a shortened copy is likelier than a continued one."""
    return float(copy > WHOLE > source) - float(source > WHOLE > copy)


def one_sentence(beyond: int) -> bool:
    """What the two share lies within one sentence: both may have it from whoever said it, without copying."""
    return beyond < BEYOND


def twins(publisher: str) -> None:
    """One outlet published both, nearly all of each stands in the other, and nothing tells which came first: they are
    one article on two pages, of which one was taken from the other.
    """


def gains(places: int, reworded: int) -> float:
    """The article has words where the other has none, at more places than its own rewording explains."""
    return min(3.0, max(0.0, places - 1.2 * reworded))


def misprints(other: int, own: int) -> float:
    """The other has misprints where this article has the right word; who copies rarely mends them."""
    return min(3.0, max(0.0, other - 1 - .3 * own))


def goes_on(share: float, share_of_other: float, lost: int) -> float:
    """The article goes on beyond all that the other has, and lacks words of it: each has what the other lacks."""
    return 2.0 * (share_of_other > WHOLE > share and lost > TOUCHES)


def not_held(without: int) -> float:
    """A credit line names an outlet of which no article in this archive shares the text.

    Others that share the text without the line show that the line is this article's own, not part of the story.
    """
    return CREDITED if without else DOUBTED


def _capped(weight: float, most: float) -> float:
    return max(-most, min(most, weight))


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))
