"""Where words stand as seen from a cue: how far before or after, and how many other cues lie between."""
from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
NEAR = 12
"""Words told apart one by one on each side; beyond, distances are in steps that grow: chosen."""
_STEPS = np.array([16, 20, 26, 34, 46, 64, 90, 130])
KINDS = 2 * (NEAR + len(_STEPS) + 1) + 1
BETWEEN = 8
"""Other cues between (0, 1, 2, 3 and more), for words outside and inside another cue."""


def distances(words: int, cue: tuple[int, int]) -> Array:
    """For each word the kind of its distance to the cue (first word, word after the last): 0 inside it."""
    places = np.arange(words)
    before, after = np.maximum(cue[0] - places, 0), np.maximum(places - cue[1] + 1, 0)
    far = np.maximum(before, after)
    kind = np.where(far <= NEAR, far, NEAR + 1 + np.searchsorted(_STEPS, far))
    found: Array = np.where(after > 0, kind + (KINDS - 1) // 2, kind) * (far > 0)
    return found


def between(words: int, cue: tuple[int, int], cues: list[tuple[int, int]]) -> Array:
    """For each word the cues that begin between it and the cue, up to three; plus four where it is in another cue."""
    begins, inside = np.zeros(words + 1, np.int64), np.zeros(words, np.int64)
    for first, after in cues:
        if (first, after) != cue:
            begins[first] += 1
            inside[first:after] = 4
    total = np.cumsum(begins)[:words]
    middle = total[min(cue[0], words - 1)]
    found: Array = np.minimum(np.abs(total - middle), 3) + inside
    return found
