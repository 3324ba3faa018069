"""Quotations, as stretches of words, and texts -> which texts hold which words; nothing else is indexed."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from whence.text.copying.align import Run
from whence.text.copying.seeds import merge, spread
from whence.text.copying.shingle import I64, U64, Bools, read, shingles

BATCH = 1_024
"""Texts read at a time; chosen: some 15 MiB of words, so that memory does not grow with the archive."""
REPEATS = 8
"""Places in one text that a run of words is tried at; chosen: more than one speech repeats itself."""

Stretch = tuple[int, str]
"""Words in a row, parted by spaces, and the number of the first."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where runs of one length stand: their hashes (sorted), and for each its text's number and its first word's."""

    values: U64
    texts: I64
    words: I64

    @classmethod
    def of(cls, texts: Iterable[str], wanted: dict[int, U64]) -> dict[int, Places]:
        """Where the runs of words in `wanted` (sorted hashes, by length) stand; one pass over the texts."""
        none = np.zeros(0, dtype=np.int64)
        found = {length: [(none.astype(np.uint64), none, none)] for length in wanted}
        first, rest = 0, iter(texts)
        while batch := list(islice(rest, BATCH)):
            words = read(batch)
            text = words.texts()
            for length, values in wanted.items():
                hashes, at = shingles(words, length)
                at = at[np.isin(hashes, values)]
                hashes = hashes[np.isin(hashes, values)]
                found[length].append((hashes, text[at] + first, at - words.offsets[text[at]]))
            first += len(batch)
        return {length: cls._sorted(rows) for length, rows in found.items()}

    @classmethod
    def _sorted(cls, rows: Sequence[tuple[U64, I64, I64]]) -> Places:
        values, texts, words = (np.concatenate(column) for column in zip(*rows, strict=True))
        order = np.lexsort((words, texts, values))
        return cls(values[order], texts[order], words[order])

    def ranges(self, values: U64) -> tuple[I64, I64]:
        """Where the rows of each of `values` begin and end."""
        return (np.searchsorted(self.values, values, "left").astype(np.int64),
                np.searchsorted(self.values, values, "right").astype(np.int64))


@dataclass(frozen=True, slots=True)
class Sought:
    """The runs of words of one quotation: `length` words each, their hashes, and the number of each one's first."""

    length: int
    values: U64
    words: I64


class Lookup:
    """What of each quotation stands in which texts."""

    def __init__(self, quotations: Sequence[Sequence[Stretch]], texts: Iterable[str], seed: int) -> None:
        """Reads the texts once.  A quotation is looked for by its runs of `seed` words, or whole where it has fewer."""
        self._sought = _sought(quotations, seed)
        wanted = {length: np.unique(np.concatenate([s.values for s in self._sought if s.length == length]))
                  for length in sorted({s.length for s in self._sought})}
        self._places = Places.of(texts, wanted)

    def texts_with(self, number: int) -> I64:
        """The texts that hold any run of words of quotation `number`, in order."""
        sought = self._sought[number]
        _, at = spread(*self._places[sought.length].ranges(sought.values))
        return np.unique(self._places[sought.length].texts[at])

    def best(self, number: int, allowed: I64, most: int, together: int) -> list[tuple[int, list[Run]]]:
        """The `most` texts of `allowed` (sorted) that share most with quotation `number`: the runs that stand in both.

        Runs that stand in more than `together` places tell nothing beside rarer ones and are passed over, so that time
        grows with what is quoted and not with the archive.
        """
        sought = self._sought[number]
        places = self._places[sought.length]
        low, high = places.ranges(sought.values)
        sizes = high - low
        good = (sizes > 0) & (sizes <= max([together, *np.sort(sizes[sizes > 0])[:1].tolist()]))
        owner, at = spread(low[good], high[good])
        mine = _among(places.texts[at], allowed)
        texts, a, b = places.texts[at[mine]], sought.words[good][owner[mine]], places.words[at[mine]]
        width = int(a.max(initial=0)) + 1
        found, counts = np.unique(np.unique(texts * width + a) // width, return_counts=True)
        chosen = found[np.lexsort((found, -counts))][:most]
        mine = np.isin(texts, chosen) & (_repeats(texts, a, b) < REPEATS)
        owner, runs = merge(texts[mine], a[mine], b[mine], sought.length)
        return [(int(text), [Run(*run) for run in runs[owner == text].tolist()]) for text in chosen]


def _repeats(texts: I64, a: I64, b: I64) -> I64:
    """For each place `b` in a text, how many earlier ones there the run `a` has."""
    order = np.lexsort((b, a, texts))
    new = np.concatenate(([True], (np.diff(texts[order]) != 0) | (np.diff(a[order]) != 0)))[:len(order)]
    at = np.arange(len(order))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = at - np.maximum.accumulate(np.where(new, at, 0))
    return found


def _among(texts: I64, some: I64) -> Bools:
    """Which of `texts` are among `some`, which are sorted and not empty."""
    found: Bools = some[np.minimum(np.searchsorted(some, texts), len(some) - 1)] == texts
    return found


def _sought(quotations: Sequence[Sequence[Stretch]], seed: int) -> list[Sought]:
    """The runs of words that each quotation is looked for by."""
    lengths = [min(seed, max((len(words.split()) for _, words in stretches), default=0)) for stretches in quotations]
    owners = [n for n, stretches in enumerate(quotations) for _ in stretches]
    firsts = [first for stretches in quotations for first, _ in stretches]
    laid = read([words for stretches in quotations for _, words in stretches])
    text = laid.texts()
    found: list[list[tuple[U64, I64]]] = [[] for _ in quotations]
    for length in sorted({length for length in lengths if length}):
        hashes, at = shingles(laid, length)
        stretch = text[at]
        bounds = np.searchsorted(stretch, np.arange(len(owners) + 1))
        for n, owner in enumerate(owners):
            if lengths[owner] == length:
                mine = slice(bounds[n], bounds[n + 1])
                found[owner].append((hashes[mine], at[mine] - laid.offsets[n] + firsts[n]))
    none = np.zeros(0, dtype=np.int64)
    return [Sought(max(1, length), *(np.concatenate(column) for column in zip((none.astype(np.uint64), none), *rows,
                                                                            strict=True)))
            for length, rows in zip(lengths, found, strict=True)]
