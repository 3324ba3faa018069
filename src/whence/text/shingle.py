"""Texts to arrays: the words of many texts end to end as 64-bit hashes, and the hashes of their shingles.

Hashes depend on nothing but the words, so they are the same in every process and every archive.
"""
from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whence.text.normalize import words

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""2**64 over the golden ratio, odd: Knuth's multiplicative hashing (The Art of Computer Programming 3, 6.4)."""
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
    known: dict[str, tuple[int, bool]] = {}
    hashes: list[U64] = []
    starts: list[I64] = []
    ends: list[I64] = []
    strong: list[Bools] = []
    offsets = [0]
    for text in texts:
        found = words(text)
        seen = [known.get(w.form) or known.setdefault(w.form, _measure(w.form)) for w in found]
        hashes.append(np.array([h for h, _ in seen], dtype=np.uint64))
        strong.append(np.array([s for _, s in seen], dtype=np.bool_))
        starts.append(np.array([w.start for w in found], dtype=np.int64))
        ends.append(np.array([w.end for w in found], dtype=np.int64))
        offsets.append(offsets[-1] + len(found))
    if not hashes:
        none = np.zeros(0, dtype=np.int64)
        return Words(none.astype(np.uint64), none, none, none.astype(np.bool_), np.zeros(1, dtype=np.int64))
    return Words(np.concatenate(hashes), np.concatenate(starts), np.concatenate(ends), np.concatenate(strong),
                 np.array(offsets, dtype=np.int64))


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
    values = (values ^ (values >> np.uint64(30))) * MULTIPLIER
    return values ^ (values >> np.uint64(27))


def _measure(form: str) -> tuple[int, bool]:
    digest = hashlib.blake2b(form.encode("utf8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little"), len(form) >= STRONG
