"""Words of many texts to sorted postings, and postings to the pairs of texts that share enough of them.

A posting is one 64-bit number: 40 bits of a shingle's hash, then 24 of the ordinal of the text it stands in.  So a sort
brings together what shares a shingle, and two sorted runs merge into one (log-structured merging, O'Neil et al. 1996).
Of 300 million shingles two share 40 bits once in 3,700; a pair needs several shared shingles to be compared at all.
"""
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from whence.text.copying.shingle import I64, U64, Bools, Words, mix, shingles

ORDINAL_BITS = 24
MOST_TEXTS = 1 << ORDINAL_BITS
_BITS = np.uint64(ORDINAL_BITS)
_MASK = np.uint64(MOST_TEXTS - 1)

Ages = npt.NDArray[Any]
"""What the texts sort by, the earliest first, by ordinal: byte strings."""


class Hits(NamedTuple):
    """Pairs of texts (as `pair` makes them, ascending) and how many shingles each gained or lost."""

    pairs: I64
    counts: I64


class Crowd(NamedTuple):
    """Shingles that more texts share than are all held against each other: their hashes, earliest text and size."""

    values: U64
    first: I64
    sizes: I64


def postings(words: Words, length: int, first: int) -> U64:
    """The postings of the texts' shingles, sorted, each once; the first text has the ordinal `first`."""
    values, at = shingles(words, length)
    text = (words.texts()[at] + first).astype(np.uint64)
    return once(values & ~_MASK | text)


def once(values: U64) -> U64:
    """The values sorted, each once (np.unique hashes, which is slower)."""
    values = np.sort(values)
    return values[np.flatnonzero(np.diff(values, prepend=values[:1] ^ np.uint64(1)))] if len(values) else values


def openings(words: Words, publishers: U64, length: int, first: int, *, back: bool) -> U64:
    """Sorted postings of each text's first (or last) `length` words together with its publisher's hash (0 for none)."""
    sizes = np.diff(words.offsets)
    mine = np.flatnonzero((sizes >= length) & (publishers != 0))
    value = mix(publishers[mine] + np.uint64(back))
    for step in range(length):
        at = words.offsets[mine + 1] - 1 - step if back else words.offsets[mine] + step
        value = mix(value ^ words.hashes[at])
    return np.sort(value & ~_MASK | (mine + first).astype(np.uint64))


def ordinals(found: U64) -> I64:
    """The texts of postings."""
    return (found & _MASK).astype(np.int64)


def values(found: U64) -> U64:
    """The hashes of postings, each once, with room for the ordinal below."""
    tops = found & ~_MASK
    return tops[np.flatnonzero(np.diff(tops, prepend=tops[:1] ^ np.uint64(MOST_TEXTS)))] if len(tops) else tops


def pair(one: I64, other: I64) -> I64:
    """Two ordinals as one number, the smaller first."""
    return np.minimum(one, other) << ORDINAL_BITS | np.maximum(one, other)


def unpair(pairs: I64) -> tuple[I64, I64]:
    """The two ordinals of each pair, the smaller first."""
    return pairs >> ORDINAL_BITS, pairs & (MOST_TEXTS - 1)


def tally(pairs: I64) -> Hits:
    """Equal pairs counted together."""
    return summed(pack(Hits(pairs, np.ones(1, dtype=np.int64))))


def pack(hits: Hits) -> U64:
    """Pairs with their counts as one number each, which sort as the pairs do; a count above 65,535 is that."""
    return hits.pairs.astype(np.uint64) << np.uint64(16) | np.minimum(hits.counts, 0xFFFF).astype(np.uint64)


def summed(packed: U64) -> Hits:
    """What `pack` made, in any order: the counts of equal pairs added up."""
    packed = np.sort(packed)
    pairs = (packed >> np.uint64(16)).astype(np.int64)
    begin = np.flatnonzero(np.diff(pairs, prepend=-1))
    sums = np.add.reduceat((packed & np.uint64(0xFFFF)).astype(np.int64), begin) if len(begin) else begin
    return Hits(pairs[begin], sums)


def share(found: U64, ages: Ages, known: int, together: int) -> tuple[Hits, Hits, Crowd]:
    """What texts from the ordinal `known` on add: pairs that gain shingles, pairs that lose some, and the crowds.

    `found` are sorted postings, with all of each hash.  All texts that share a shingle are paired; where more than
    `together` do, each is paired with the earliest and the one before it only.  So a pair of known texts loses a
    shingle where others come between them; it never gains one.
    """
    group, text, sizes = _groups(found)
    begin = np.cumsum(sizes) - sizes
    fresh = np.add.reduceat(text >= known, begin, dtype=np.int64) if len(begin) else sizes
    few = (sizes <= together) & (fresh > 0) & (sizes > 1)
    gained = [_all(text, begin[few], sizes[few], known)]
    lost: list[I64] = []
    many = np.flatnonzero((sizes > together) & (fresh > 0))
    ranks = _ranks(text, group, sizes > together, ages)
    firsts = []
    for g in many.tolist():
        members = text[begin[g]:begin[g] + sizes[g]]
        members = members[np.argsort(ranks[members])]
        firsts.append(int(members[0]))
        now, old = _near(members), members[members < known]
        before = _near(old) if len(old) > together else _all(old, np.zeros(1, np.int64), np.array([len(old)]), 0)
        gained.append(now[(now & (MOST_TEXTS - 1)) >= known])
        before = np.sort(before)
        at = np.minimum(np.searchsorted(now, before), len(now) - 1)
        lost.append(before[now[at] != before])
    crowd = Crowd(found[begin[many]] & ~_MASK, np.array(firsts, dtype=np.int64), sizes[many])
    return tally(np.concatenate(gained)), tally(np.concatenate([np.zeros(0, np.int64), *lost])), crowd


def _groups(found: U64) -> tuple[I64, I64, I64]:
    """For each posting the number of its hash, and its text; for each hash how many texts have it."""
    tops = found >> _BITS
    new = np.diff(tops, prepend=tops[:1]) != 0
    group = np.cumsum(new)
    sizes = np.bincount(group) if len(group) else np.zeros(0, dtype=np.int64)
    return group, ordinals(found), sizes


def _all(text: I64, begin: I64, sizes: I64, known: int) -> I64:
    """All pairs within the groups that hold a text from `known` on."""
    found = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes).tolist():
        rows = text[begin[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        pairs = pair(rows[:, one], rows[:, other]).ravel()
        found.append(pairs[(pairs & (MOST_TEXTS - 1)) >= known])
    return np.concatenate(found)


def _near(members: I64) -> I64:
    """Each member, by age, paired with the earliest and with the one before it."""
    pairs = np.sort(np.concatenate((pair(members[:1], members[1:]), pair(members[:-1], members[1:]))))
    return pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]


def _ranks(text: I64, group: I64, large: Bools, ages: Ages) -> I64:
    """The places of the texts of large groups by age, by ordinal."""
    members = np.unique(text[large[group]]) if len(group) else text
    ranks = np.zeros(int(members[-1]) + 1 if len(members) else 0, dtype=np.int64)
    ranks[members[np.argsort(ages[members], kind="stable")]] = np.arange(len(members))
    return ranks
