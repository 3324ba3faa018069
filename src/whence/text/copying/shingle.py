"""Texts to arrays: the words of many texts end to end as 64-bit hashes, and the hashes of their shingles.

Hashes depend on nothing but the words, so they are the same in every process and every archive.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whence.text.copying.scan import MULTIPLIER, Scanned, scan

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STRONG = 4
"""Letters from which a word counts whole as evidence of copying; shorter ones, mostly function words, count half."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many texts, end to end: text t's are at [offsets[t], offsets[t + 1]).

    `hashes` are 64-bit; `starts` and `ends` are code points in each word's own text; `strong` says which have STRONG
    letters or more.
    """

    hashes: U64
    starts: I64
    ends: I64
    strong: Bools
    offsets: I64

    def texts(self) -> I64:
        """The text each word stands in, shape (words,)."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int64), np.diff(self.offsets))


def read(texts: Iterable[str]) -> Words:
    """The words of `texts` as arrays; memory is about 25 bytes a word."""
    none = np.zeros(0, dtype=np.int64)
    parts = [Scanned(none.astype(np.uint64), none, none, none, none), *scan(texts)]
    hashes, starts, ends, lengths, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Words(mix(hashes), starts, ends, lengths >= STRONG, np.concatenate(([0], np.cumsum(counts))))


def shingles(words: Words, length: int) -> tuple[U64, I64]:
    """The hash of each run of `length` words that lies within one text, and the position of its first word."""
    count = len(words.hashes) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    text = words.texts()
    value = np.zeros(count, dtype=np.uint64)
    for step in range(length):
        value = mix(value ^ words.hashes[step:step + count])
    inside = np.flatnonzero(text[:count] == text[length - 1:])
    return value[inside], inside


def mix(values: U64) -> U64:
    """A bijection of 64-bit numbers that spreads every bit (the first half of splitmix64's finalizer)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(MULTIPLIER)
    return values ^ (values >> np.uint64(27))
