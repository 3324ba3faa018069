"""Texts that share passages to how surely one was taken from another, with the evidence for it.

Each rule is a function whose docstring is what a reader sees.  The first four give log-odds that one text came before
the other and are added up; the weights are chosen, and the order they give is what the measurements judge.
"""
from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from whence.model import Document, Reason
from whence.text.collate import Collation, stretch
from whence.text.credits import credit_lines, credited, known_names
from whence.text.dates import Window, before, window
from whence.text.normalize import words
from whence.text.shingle import Words
from whence.text.variants import Variants, compare

COPIED, COINCIDED = .95, .4
"""The chance that a shared text was copied at all: more than a sentence, one sentence.  Chosen: below .5, one sentence
alone never makes a parent; both sides may have it from a press release or a speaker."""
CREDITED = .8
"""The chance that a credit line tells where the whole text comes from; chosen."""
DOUBT = 1.4
"""Log-odds against an unseen common source before any evidence: a date alone (SURE, UPDATED) makes it half likely."""
BEYOND = 8
"""Words shared beyond one sentence that show more than chance; fewer are a common phrase."""

_BREAK = re.compile(r"[.!?…。！？]\W*\s|[。！？]|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A text that another may have been taken from.

    `order` is the chance that it came first, `chance` that it is a source at all, `explains` the words it accounts for.
    """

    text: int
    explains: int
    order: float
    chance: float
    reasons: tuple[Reason, ...]


# -- rules -------------------------------------------------------------------------------------------------------

def dates(older: Window, younger: Window) -> float:
    """The publication dates, as precise as they are known, say which of the two came first.

    An update can bear a later date than its copies, and a date can be wrong, so no date decides alone.
    """
    return _log_odds(before(older, younger))


def undated(earlier: int, kin: int) -> float:
    """One of the two has no date; it may stand anywhere among the dated articles that share its text.

    Of its `kin` places after a dated article, `earlier` lie before this one.  Where that says nothing, the dated one
    is taken as the older: an article without a date is never the earliest while others have one.
    """
    return _log_odds((earlier + .8) / (kin + 1))


def credit(older_credits_younger: bool, younger_credits_older: bool) -> float:
    """One of the two names the other's publisher in a credit line."""
    return 3.0 * (younger_credits_older - older_credits_younger)


def lacks(older: int, younger: int) -> float:
    """A text can't be the source of words that it lacks: on each side, the words that others have too and it lacks.

    Only the passage that both have is compared, so a shortened copy is not held against anyone (the common-error
    method of textual criticism; Maas, Textkritik, 1927).
    """
    return max(-LK[1], min(LK[1], LK[0] * math.log((younger + 1) / (older + 1))))
LK=[.75,1.5]; FU=[.5,1.5]; SL=[.3,2.0]


def fuller(older: int, younger: int) -> float:
    """Where one has words and the other none, the one that has them is likelier the source: copies drop more than they add."""
    return max(-FU[1], min(FU[1], FU[0] * math.log((older + 1) / (younger + 1))))


def mended(older: int, younger: int) -> float:
    """One has misprints of words that the other has right: copies make misprints and rarely mend them."""
    return max(-SL[1], min(SL[1], SL[0] * (younger - older)))


def part_of(older: float, younger: float) -> float:
    """One text stands almost whole in the other, which goes on: a shortened copy is likelier than a continued one."""
    return float(younger > .9 > older) - float(older > .9 > younger)


def one_sentence(beyond: int) -> bool:
    """What the two share lies within one sentence: both may have it from whoever said it, without copying each other."""
    return beyond < BEYOND


def gains(places: int, reworded: int) -> float:
    """The article has words where the other has none, at more places than its own rewording explains."""
    return min(3.0, max(0.0, places - 1.2 * reworded))


def misprints(other: int, own: int) -> float:
    """The other has misprints where this article has the right word; who copies rarely mends them."""
    return min(3.0, max(0.0, other - 1 - .3 * own))


def goes_on(share: float, share_of_other: float, lost: int) -> float:
    """The article goes on beyond all that the other has, and lacks or changes words of it: each has what the other lacks."""
    return 2.0 * (share_of_other > .9 > share and lost > 0)


def not_held(outlet: str) -> float:
    """A credit line names an outlet of which no article in this archive shares the text."""
    return CREDITED * bool(outlet)


# -- weighing ----------------------------------------------------------------------------------------------------

class Kinship:
    """Weighs any two of the documents that a collation holds against each other."""

    def __init__(self, documents: Sequence[Document], collation: Collation) -> None:
        self.documents = documents
        self.collation = collation
        self.windows = [window(d.published) for d in documents]
        names = known_names(d.publisher for d in documents)
        held = [bool(collation.holds[n]) for n in range(len(documents))]
        self._credits = [credited(d.text, names) if held[n] else set() for n, d in enumerate(documents)]
        self._ends = [sentence_ends(d.text, collation.words, n) if held[n] else 0 for n, d in enumerate(documents)]
        self._variants: dict[tuple[int, int], Variants] = {}
        self._forms: dict[int, list[str]] = {}
        self._sizes = (collation.words.offsets[1:] - collation.words.offsets[:-1]).tolist()

    def age(self, n: int) -> tuple[bool, float, str]:
        """What documents are sorted by, earliest first: undated ones last, equal dates by id."""
        at = self.windows[n]
        return at is None, at.first + at.last if at else 0.0, self.documents[n].id

    def source(self, x: int, y: int) -> Source:
        """The text y, weighed as the source of x."""
        held = self.collation.holds[x][y]
        rules = self._dated(x, y) + self._credited(x, y) + self._lacking(x, y) + self._differing(x, y) + self._part(x, y)
        total = sum(weight for weight, _ in rules)
        reasons = [reason for weight, reason in rules if weight]
        order, copied = 1 / (1 + math.exp(-total)), COPIED
        beyond = outside_one(held, self._ends[x])
        if one_sentence(beyond) and self.documents[y].publisher not in self._credits[x]:
            copied = COINCIDED
            reasons.append(Reason.of(one_sentence, words_shared=held.bit_count(), beyond_one_sentence=beyond))
        return Source(y, held.bit_count(), order, order * copied, tuple(reasons))

    def variants(self, x: int, y: int) -> Variants:
        """What sets x apart from y in what they share."""
        if (x, y) not in self._variants:
            found = compare(self.collation.runs[x, y], self.forms(x), self.forms(y))
            self._variants[x, y], self._variants[y, x] = found, found.turned()
        return self._variants[x, y]

    def forms(self, n: int) -> list[str]:
        """The folded words of text n."""
        if n not in self._forms:
            self._forms[n] = [word.form for word in words(self.documents[n].text)]
        return self._forms[n]

    def unseen(self, x: int, y: int) -> tuple[float, tuple[Reason, ...]]:
        """How surely x and y both come from a text that is not in the archive, neither from the other; and why."""
        v = self.variants(x, y)
        dated = sum(weight for weight, _ in self._dated(x, y))
        named = sum(weight for weight, _ in self._credited(x, y))
        forward = self._against(x, y, v)
        backward = self._against(y, x, v.turned())
        not_from_y = sum(weight for weight, _ in forward) - dated * (dated < 0) - named
        not_from_x = sum(weight for weight, _ in backward) + dated * (dated > 0) + named
        chance = 1 / (1 + math.exp(-1.5 * (min(not_from_y, not_from_x) - DOUBT)))
        return chance, tuple(reason for weight, reason in (*forward, *backward) if weight)

    def _against(self, x: int, y: int, v: Variants) -> list[tuple[float, Reason]]:
        """The evidence that x was not taken from y."""
        of_x, of_y = self._shares(x, y)
        lost = v.losses + v.reworded + v.slips_x
        names = {"document": self.documents[x].id, "other": self.documents[y].id}
        return [(gains(v.gains, v.reworded), Reason.of(gains, **names, places=v.gains, reworded=v.reworded)),
                (misprints(v.slips_y, v.slips_x), Reason.of(misprints, **names, of_other=v.slips_y, own=v.slips_x)),
                (goes_on(of_x, of_y, lost), Reason.of(goes_on, **names, share=of_x, share_of_other=of_y, lost=lost))]

    def uncredited(self, x: int, y: int | None) -> tuple[float, tuple[Reason, ...]]:
        """How surely x comes from an outlet that it credits and of which no article here shares its text, and why."""
        kin = {_folded(self.documents[z].publisher) for z in self.collation.holds[x]} | {_folded(self.documents[x].publisher)}
        inherited = self.collation.holds[x][y] if y is not None else 0
        for line in credit_lines(self.documents[x].text):
            first, last = self.collation.span(x, line.start, line.end)
            if line.outlet not in kin and not inherited & stretch(first, last):
                return CREDITED, (Reason.of(not_held, outlet=self.documents[x].text[line.start:line.end]),)
        return 0.0, ()

    def _shares(self, x: int, y: int) -> tuple[float, float]:
        of_x = self.collation.covers[x][y].bit_count() / self._sizes[x]
        return of_x, self.collation.covers[y][x].bit_count() / self._sizes[y]

    def _dated(self, x: int, y: int) -> list[tuple[float, Reason]]:
        source, copy = self.windows[y], self.windows[x]
        shown = {"source": self.documents[y].published, "copy": self.documents[x].published}
        if source is not None and copy is not None:
            return [(dates(source, copy), Reason.of(dates, **shown))]
        if source is None and copy is None:
            return []
        free, dated, sign = (y, copy, 1) if source is None else (x, source, -1)
        kin = [w for z in self.collation.holds[free] if (w := self.windows[z]) is not None]
        earlier = sum(w != dated and dated is not None and w.last <= dated.first for w in kin)
        reason = Reason.of(undated, **shown, earlier=earlier, kin=len(kin))
        return [(sign * undated(earlier, len(kin)), reason)]

    def _credited(self, x: int, y: int) -> list[tuple[float, Reason]]:
        of_x, of_y = self.documents[x].publisher, self.documents[y].publisher
        by_x, by_y = of_y in self._credits[x], of_x in self._credits[y]
        if of_x == of_y or not (by_x or by_y):
            return []
        return [(credit(by_y, by_x), Reason.of(credit, source=of_y, copy=of_x, named=of_y if by_x else of_x))]

    def _lacking(self, x: int, y: int) -> list[tuple[float, Reason]]:
        source, copy = self.missing(x, y), self.missing(y, x)
        return [(lacks(source, copy), Reason.of(lacks, source_lacks=source, copy_lacks=copy))]

    def _differing(self, x: int, y: int) -> list[tuple[float, Reason]]:
        v = self.variants(x, y)
        return [(fuller(v.losses, v.gains), Reason.of(fuller, source=v.losses, copy=v.gains)),
                (mended(v.slips_y, v.slips_x), Reason.of(mended, source=v.slips_y, copy=v.slips_x))]

    def _part(self, x: int, y: int) -> list[tuple[float, Reason]]:
        of_x, of_y = self._shares(x, y)
        return [(part_of(of_y, of_x), Reason.of(part_of, share_of_source=of_y, share_of_copy=of_x))]

    def missing(self, x: int, y: int) -> int:
        """How many words of x, in what it shares with y, others share and y lacks."""
        holds = self.collation.holds[x]
        absent = self.collation.covers[x][y] & ~holds[y]
        found = 0
        if absent:
            for z, held in holds.items():
                if z != y:
                    found |= held & absent
        return found.bit_count()


# -- sentences ---------------------------------------------------------------------------------------------------

def sentence_ends(text: str, laid: Words, n: int) -> int:
    """The set of the words of text n after which a sentence ends; a short capitalised word (a title) ends none."""
    low, high = int(laid.offsets[n]), int(laid.offsets[n + 1])
    starts, ends = laid.starts[low:high].tolist(), laid.ends[low:high].tolist()
    found = 0
    for k in range(len(starts) - 1):
        title = ends[k] - starts[k] <= 4 and text[starts[k]].isupper()
        if starts[k + 1] - ends[k] > 1 and not title and _BREAK.search(text, ends[k], starts[k + 1]):
            found |= 1 << k
    return found


def outside_one(held: int, ends: int) -> int:
    """How many of the words `held` stand outside the sentence that holds most of them."""
    most = 0
    total = held.bit_count()
    while held:
        size = (ends & -ends).bit_length() or held.bit_length()
        most = max(most, (held & ((1 << size) - 1)).bit_count())
        held, ends = held >> size, ends >> size
    return total - most


def _folded(publisher: str | None) -> tuple[str, ...]:
    return tuple(word.form for word in words(publisher or ""))


def _log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))
