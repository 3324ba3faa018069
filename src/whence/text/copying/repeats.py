"""The texts of one publisher to the words that it puts before or after many of them."""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LONGEST = 120
"""Words looked at: chosen, longer than most notices under articles, shorter than most articles."""
CONTEXT = 4
"""Words beyond a notice by which two texts are told apart: copies of one story go on alike, and count once."""


def repeated_starts(texts: Sequence[Sequence[int]], many: int) -> npt.NDArray[np.bool_]:
    """Which beginnings of the texts (word codes) are repeated, shape (texts, LONGEST + 1).

    [t, n] says that the first n words of text t begin `many` texts which then go on differently.  Found in the sorted
    texts, where equal beginnings stand together, as repeats are in a suffix array (Manber and Myers 1993); time grows
    with the number of texts.  For endings hand in the texts reversed.
    """
    repeated = np.zeros((len(texts), LONGEST + 1), dtype=np.bool_)
    if len(texts) < many:
        return repeated
    cut = [tuple(text[:LONGEST + CONTEXT]) for text in texts]
    order = np.array(sorted(range(len(texts)), key=lambda n: cut[n]))
    shared = np.array([_shared(cut[a], cut[b]) for a, b in pairwise(order)], dtype=np.int64)
    for size in range(1, LONGEST + 1):
        group = np.concatenate(([0], np.cumsum(shared < size)))
        apart = np.concatenate(([0], (shared >= size) & (shared < size + CONTEXT))).astype(np.int64)
        kinds = 1 + np.bincount(group, weights=apart)
        repeated[order, size] = kinds[group] >= many
        if kinds.max() < many and shared.max() < size:
            break
    return repeated


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many words two texts begin with alike; equal texts go on alike for ever."""
    if one == other:
        return LONGEST + CONTEXT
    size = 0
    for x, y in zip(one, other, strict=False):
        if x != y:
            break
        size += 1
    return size
