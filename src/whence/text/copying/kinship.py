"""Texts that share passages to how surely one was taken from another, with the evidence for it."""
from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from whence.model import Document, Parent, Reason
from whence.text.copying import descent
from whence.text.copying.collate import Collation, forms, stretch
from whence.text.copying.credits import Credit, Names, credit_lines, credited, initials, known_names
from whence.text.copying.dates import window
from whence.text.copying.scan import hash_form
from whence.text.copying.shingle import Bools, Words, mix
from whence.text.copying.variants import Variants
from whence.text.normalize import words

DOUBT = 1.2
"""Log-odds against an unseen common source before any evidence: a date alone (SURE, UPDATED) makes it half likely."""
HELD = .5
"""The confidence from which a candidate is held to be a parent, as everyone who reads the tables expects."""
SHOWN = .2
"""The confidence from which an unseen source is shown as a candidate; chosen, below it every pair would have one."""
BESIDE = 6
"""Words between a credit line and the text it stands under: chosen, a byline's or a closing phrase's length."""

Weighed = list[tuple[float, "Ground"]]
"""Rules' weights, each with the ground that it stands on."""


class Ground(NamedTuple):
    """A rule and the values that it compared: a Reason, once somebody asks for it."""

    rule: Callable[..., object]
    values: Mapping[str, object]

    @classmethod
    def of(cls, rule: Callable[..., object], **values: object) -> Ground:
        """The ground that `rule` gives."""
        return cls(rule, values)


@dataclass(frozen=True, slots=True)
class Source:
    """A text that another may have been taken from.

    `order` is the chance that it came first, `chance` that it is a source at all, `explains` the words it accounts for.
    """

    text: int
    explains: int
    order: float
    chance: float
    grounds: tuple[Ground, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, as a person reads it."""
        return _reasons(self.grounds)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a document's words `region` (a set) were taken from: the likeliest source first, then others."""

    region: int
    sources: tuple[Source, ...]
    unseen: Parent | None = None

    @property
    def best(self) -> Source:
        """The likeliest source."""
        return self.sources[0]


def likeliest(links: Mapping[int, Sequence[Link]]) -> dict[int, list[int]]:
    """The likeliest sources of each text."""
    return {x: [link.best.text for link in mine] for x, mine in links.items()}


class Kinship:
    """Weighs any two of the documents that a collation holds against each other."""

    def __init__(self, documents: Sequence[Document], collation: Collation) -> None:
        self.documents = documents
        self.collation = collation
        self.windows = [window(d.published) for d in documents]
        self._ages = [(at is None, at.first + at.last if at else 0.0, document.id)
                      for at, document in zip(self.windows, documents, strict=True)]
        of: dict[int, Names] = {}
        for kin in collation.components():      # kin alone, so that what comes beside them changes nothing
            of |= dict.fromkeys(kin, known_names(documents[z].publisher for z in kin))
        named = _hold_any(collation.words, {first for names in of.values() for first in names})
        self._credits = [credited(d.text, of[n], forms(d.text, collation.words, n)) if n in of and named[n] else set()
                         for n, d in enumerate(documents)]
        self._orders: dict[tuple[int, int], float] = {}
        self._shared: dict[int, int] = {}
        self._lines: dict[int, list[Credit]] = {}
        self._sizes = (collation.words.offsets[1:] - collation.words.offsets[:-1]).tolist()

    def age(self, n: int) -> tuple[bool, float, str]:
        """What documents are sorted by, earliest first: undated ones last, equal dates by id."""
        return self._ages[n]

    def source(self, x: int, y: int) -> Source:
        """The text y, weighed as the source of x."""
        held = self.collation.holds[x][y]
        rules = [*self._dated(x, y), *self._credited(x, y), *self._differing(x, y), *self._part(x, y)]
        total = sum(weight for weight, _ in rules)
        grounds = [ground for weight, ground in rules if weight]
        order, copied = 1 / (1 + math.exp(-total)), descent.COPIED
        beyond = self.collation.beyond(x, y)
        if descent.one_sentence(beyond) and self.documents[y].publisher not in self._credits[x]:
            copied = descent.COINCIDED
            grounds.append(Ground.of(descent.one_sentence, words_shared=held.bit_count(), beyond_one_sentence=beyond))
        elif total == 0 and self._are_twins(x, y):
            copied = 1.0
            grounds.append(Ground.of(descent.twins, publisher=self.documents[x].publisher))
        return Source(y, held.bit_count(), order, order * copied, tuple(grounds))

    def sources(self, x: int) -> dict[int, Source]:
        """The texts that are likelier older than x than younger, weighed; of equals, the one that sorts first.

        A pair is weighed from the one that sorts last, for both: least often twice if texts are asked youngest first.
        """
        found = {}
        for y in self.collation.holds[x]:
            if self._ages[y] < self._ages[x]:
                source = self.source(x, y)
                self._orders[x, y] = source.order
                if source.order >= .5:
                    found[y] = source
            elif (self._orders.get((y, x)) or self.source(y, x).order) < .5:
                found[y] = self.source(x, y)
        return found

    def unseen(self, x: int, y: int) -> tuple[float, tuple[Reason, ...]]:
        """How surely x and y both come from a text that is not in the archive, neither from the other; and why."""
        v = self.collation.variants(x, y)
        dated = sum(weight for weight, _ in self._dated(x, y))
        named = sum(weight for weight, _ in self._credited(x, y))
        forward = self._against(x, y, v)
        backward = self._against(y, x, v.turned())
        not_from_y = sum(weight for weight, _ in forward) - dated * (dated < 0) - named
        not_from_x = sum(weight for weight, _ in backward) + dated * (dated > 0) + named
        chance = 1 / (1 + math.exp(-1.5 * (min(not_from_y, not_from_x) - DOUBT)))
        if chance < SHOWN:
            return chance, ()
        return chance, _reasons(ground for weight, ground in (*forward, *backward) if weight)

    def _against(self, x: int, y: int, v: Variants) -> Weighed:
        """The evidence that x was not taken from y."""
        of_x, of_y = self._shares(x, y)
        lost = v.losses + v.reworded + v.slips_x
        names = {"document": self.documents[x].id, "other": self.documents[y].id}
        slips = {"of_other": v.slips_y, "own": v.slips_x}
        shares = {"share": of_x, "share_of_other": of_y, "lost": lost}
        extra = {"places": v.gains, "reworded": v.reworded}
        return [(descent.gains(v.gains, v.reworded), Ground.of(descent.gains, **names, **extra)),
                (descent.misprints(v.slips_y, v.slips_x), Ground.of(descent.misprints, **names, **slips)),
                (descent.goes_on(of_x, of_y, lost), Ground.of(descent.goes_on, **names, **shares))]

    def uncredited(self, x: int, y: int | None) -> tuple[float, tuple[Reason, ...]]:
        """How surely x comes from an outlet that it credits and of which no article here shares its text, and why."""
        publishers = [self.documents[z].publisher for z in (x, *self.collation.holds[x])]
        kin = {_folded(p) for p in publishers} | {(initials(p),) for p in publishers}
        inherited = self.collation.holds[x][y] if y is not None else 0
        if x not in self._lines:
            self._lines[x] = credit_lines(self.documents[x].text)
        for line in self._lines[x]:
            words_of = stretch(*self.collation.span(x, line.start, line.end))
            if line.outlet not in kin and not inherited & words_of:
                without = self._carry_on_without(x, words_of)
                outlet = self.documents[x].text[line.start:line.end]
                reason = Reason.of(descent.not_held, outlet=outlet, without_it=without)
                return descent.not_held(without), (reason,)
        return 0.0, ()

    def _carry_on_without(self, x: int, credit: int) -> int:
        """How many documents share the text right beside a credit line of x, and lack the line."""
        beside = (credit << BESIDE | credit >> BESIDE) & ~credit
        held = self.collation.holds[x].values()
        return sum(1 for words_of in held if words_of & beside and not words_of & credit)

    def _shares(self, x: int, y: int) -> tuple[float, float]:
        of_x = self.collation.covers[x][y].bit_count() / self._sizes[x]
        return of_x, self.collation.covers[y][x].bit_count() / self._sizes[y]

    def _dated(self, x: int, y: int) -> Weighed:
        source, copy = self.windows[y], self.windows[x]
        shown = {"source": self.documents[y].published, "copy": self.documents[x].published}
        if source is not None and copy is not None:
            return [(descent.dates(source, copy), Ground.of(descent.dates, **shown))]
        if source is None and copy is None:
            return []
        free, dated, sign = (y, copy, 1) if source is None else (x, source, -1)
        kin = [w for z in self.collation.holds[free] if (w := self.windows[z]) is not None]
        earlier = sum(w != dated and dated is not None and w.last <= dated.first for w in kin)
        ground = Ground.of(descent.undated, **shown, earlier=earlier, kin=len(kin))
        return [(sign * descent.undated(earlier, len(kin)), ground)]

    def _credited(self, x: int, y: int) -> Weighed:
        of_x, of_y = self.documents[x].publisher, self.documents[y].publisher
        by_x, by_y = of_y in self._credits[x], of_x in self._credits[y]
        if of_x == of_y or not (by_x or by_y):
            return []
        named = of_y if by_x else of_x
        return [(descent.credit(by_y, by_x), Ground.of(descent.credit, source=of_y, copy=of_x, named=named))]

    def _differing(self, x: int, y: int) -> Weighed:
        absent = {"source": self.missing(x, y), "copy": self.missing(y, x)}
        v = self.collation.variants(x, y)
        more = {"source": v.losses, "copy": v.gains}
        slips = {"source": v.slips_y, "copy": v.slips_x}
        return [(descent.lacks(**absent), Ground.of(descent.lacks, **absent)),
                (descent.fuller(**more), Ground.of(descent.fuller, **more)),
                (descent.mended(**slips), Ground.of(descent.mended, **slips))]

    def _are_twins(self, x: int, y: int) -> bool:
        """Whether both are one outlet's and nearly all of each stands in the other."""
        outlet = self.documents[x].publisher
        if outlet is None or outlet != self.documents[y].publisher:
            return False
        return min(self._shares(x, y)) > descent.WHOLE

    def _part(self, x: int, y: int) -> Weighed:
        of_x, of_y = self._shares(x, y)
        return [(descent.part_of(of_y, of_x), Ground.of(descent.part_of, share_of_source=of_y, share_of_copy=of_x))]

    def missing(self, x: int, y: int) -> int:
        """How many words of x, in what it shares with y, others share and y lacks."""
        if x not in self._shared:              # once a text: a text that thousands print would cost the square
            self._shared[x] = reduce(or_, self.collation.holds[x].values())
        return (self.collation.covers[x][y] & ~self.collation.holds[x][y] & self._shared[x]).bit_count()


def _hold_any(words: Words, forms: Iterable[str]) -> Bools:
    """Which texts hold any of some folded words."""
    hashes = mix(np.array([hash_form(form) for form in sorted(forms)], dtype=np.uint64))
    found = np.zeros(len(words.offsets) - 1, dtype=np.bool_)
    found[words.texts()[np.isin(words.hashes, hashes)]] = True
    return found


def _reasons(grounds: Iterable[Ground]) -> tuple[Reason, ...]:
    return tuple(Reason.of(ground.rule, **ground.values) for ground in grounds)


@lru_cache(maxsize=4096)
def _folded(publisher: str | None) -> tuple[str, ...]:
    return tuple(word.form for word in words(publisher or ""))
