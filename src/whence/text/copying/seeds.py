"""Pairs of texts, as word arrays, to the exact runs of words that they share.

Every shingle is looked up in a table of those of the pair's first text, which is laid out once for all its partners:
time grows with the words of the pairs, and no sort sees more than what is shared.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from whence.text.copying.shingle import I64, Words, shingles

I32 = npt.NDArray[np.int32]


class Places(NamedTuple):
    """Shingles of the texts, end to end: numbers for what they say, equal where they are, and their first words.

    Text t's are at [first[t], first[t + 1]).
    """

    kinds: I32
    at: I64
    first: I64


class Seeds:
    """The shingles that two or more of the texts in `words` share, ready to be looked up."""

    def __init__(self, words: Words, length: int) -> None:
        self.words, self.length = words, length
        values, at = shingles(words, length)
        order = np.argsort(values, kind="stable")
        new = np.diff(values[order], prepend=~values[order[:1]]) != 0
        text = words.texts()[at]
        group = np.cumsum(new) - 1
        sizes = np.bincount(group)
        twice = np.zeros(len(sizes), dtype=np.bool_)
        twice[group[1:][~new[1:] & (text[order[1:]] == text[order[:-1]])]] = True
        kinds = np.empty(len(at), dtype=np.int32)
        kinds[order] = group
        self._count = len(sizes)
        self._once = _places(words, kinds, at, (sizes > 1) & ~twice)
        self._twice = _places(words, kinds, at, (sizes > 1) & twice)

    def runs(self, pairs: I64) -> tuple[I64, I64]:
        """All maximal runs of `length` words or more that the two texts of each row share.

        The row that each belongs to, and rows (first word in a, first word in b, words); by row, then by place.
        """
        owners, ones, others = zip(self._single(pairs), self._repeated(pairs), strict=True)
        owner = np.concatenate(owners)
        a = np.concatenate(ones) - self.words.offsets[pairs[owner, 0]]
        b = np.concatenate(others) - self.words.offsets[pairs[owner, 1]]
        return merge(owner, a, b, self.length)

    def _single(self, pairs: I64) -> tuple[I64, I64, I64]:
        """Shared shingles that no text has twice: the row, and the place in either text."""
        kinds, at, first = self._once
        order = np.argsort(pairs[:, 0], kind="stable")
        texts, begin = np.unique(pairs[order, 0], return_index=True)
        low, high = first[pairs[order, 1]], first[pairs[order, 1] + 1]
        parts = (kinds[one:end] for one, end in zip(low.tolist(), high.tolist(), strict=True))
        wanted = np.concatenate([kinds[:0], *parts])
        ends = np.cumsum(high - low)
        bounds = np.append(0, ends)[np.append(begin, len(pairs))].tolist()
        table = np.full(int(kinds.max()) + 1 if len(kinds) else 0, -1, dtype=np.int64)
        found = np.empty(len(wanted), dtype=np.int64)
        for n, text in enumerate(texts.tolist()):
            mine = kinds[first[text]:first[text + 1]]
            table[mine] = at[first[text]:first[text + 1]]
            table.take(wanted[bounds[n]:bounds[n + 1]], out=found[bounds[n]:bounds[n + 1]])
            table[mine] = -1
        hit = np.flatnonzero(found >= 0)
        owner = np.searchsorted(ends, hit, "right")
        return order[owner], found[hit], at[hit - ends[owner] + high[owner]]

    def _repeated(self, pairs: I64) -> tuple[I64, I64, I64]:
        """The same for shingles that some text has more than once."""
        kinds, at, first = self._twice
        owner_a, place_a = spread(first[pairs[:, 0]], first[pairs[:, 0] + 1])
        owner_b, place_b = spread(first[pairs[:, 1]], first[pairs[:, 1] + 1])
        left, right = join(owner_a * self._count + kinds[place_a], owner_b * self._count + kinds[place_b])
        return owner_a[left], at[place_a[left]], at[place_b[right]]


def _places(words: Words, kinds: I32, at: I64, wanted: npt.NDArray[np.bool_]) -> Places:
    """The places of the kinds that are wanted, numbered anew."""
    mine = wanted[kinds]
    numbers = (np.cumsum(wanted) - 1).astype(np.int32)
    return Places(numbers[kinds[mine]], at[mine], np.searchsorted(at[mine], words.offsets))


def spread(first: I64, last: I64) -> tuple[I64, I64]:
    """The ranges [first[n], last[n]) end to end, and the n of each."""
    sizes = last - first
    owner = np.repeat(np.arange(len(first), dtype=np.int64), sizes)
    begin = np.cumsum(sizes) - sizes
    return owner, np.arange(len(owner), dtype=np.int64) + np.repeat(first - begin, sizes)


def join(left: I64, right: I64, most: int = 8) -> tuple[I64, I64]:
    """Indices of equal values, in `left` and `right`.

    A value that stands more than `most` times on a side is joined first to first, second to second and so on, counted
    from the start and from the end: a text of one word repeated costs no square.
    """
    order_l, order_r = np.argsort(left, kind="stable"), np.argsort(right, kind="stable")
    sorted_l, sorted_r = left[order_l], right[order_r]
    low, high = np.searchsorted(sorted_r, sorted_l, "left"), np.searchsorted(sorted_r, sorted_l, "right")
    mine_low, mine_high = np.searchsorted(sorted_l, sorted_l, "left"), np.searchsorted(sorted_l, sorted_l, "right")
    rank = np.arange(len(left)) - mine_low
    theirs, mine = high - low, mine_high - mine_low
    few = (theirs > 0) & (theirs <= most) & (mine <= most)
    owner, place = spread(low[few], high[few])
    many = (theirs > 0) & ~few
    front = many & (rank < theirs)
    back = many & (mine - rank <= theirs) & (mine != theirs)
    lefts = (np.flatnonzero(few)[owner], np.flatnonzero(front), np.flatnonzero(back))
    rights = (place, (low + rank)[front], (high - (mine - rank))[back])
    return order_l[np.concatenate(lefts)], order_r[np.concatenate(rights)]


def merge(owner: I64, a: I64, b: I64, length: int) -> tuple[I64, I64]:
    """Hits of shingles (owner, a, b) to maximal runs: their owners, and rows (a, b, size), by owner, a, b."""
    order = sort(owner, b - a, a)
    owner, a, b = owner[order], a[order], b[order]
    follows = (owner[1:] == owner[:-1]) & (b[1:] - a[1:] == b[:-1] - a[:-1]) & (a[1:] - a[:-1] <= length)
    begin = np.flatnonzero(np.concatenate(([True], ~follows))) if len(a) else np.zeros(0, dtype=np.int64)
    end = np.concatenate((begin[1:], [len(a)]))[:len(begin)] - 1
    rows = np.stack((a[begin], b[begin], a[end] - a[begin] + length), axis=1)
    order = sort(owner[begin], rows[:, 0], rows[:, 1])
    return owner[begin][order], rows[order]


def sort(*columns: I64) -> I64:
    """The order of rows by the columns, the first one first; packed into one number a row where that has room."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int64)
    packed, bits = np.zeros(len(columns[0]), dtype=np.int64), 0
    for column in columns:
        low = int(column.min())
        width = (int(column.max()) - low).bit_length()
        packed, bits = packed << width | (column - low), bits + width
        if bits > 62:
            return np.lexsort(columns[::-1])
    return np.argsort(packed, kind="stable")
