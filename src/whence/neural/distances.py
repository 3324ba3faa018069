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
_FARTHEST = int(_STEPS[-1]) + 1
_FAR = np.arange(_FARTHEST + 1)
_BEFORE = np.where(_FAR <= NEAR, _FAR, NEAR + 1 + np.searchsorted(_STEPS, _FAR))
_KINDS = np.concatenate([_BEFORE[::-1], _BEFORE[1:] + (KINDS - 1) // 2])
"""The kinds of distances from `_FARTHEST` words before the cue to as many after it."""


def distances(words: int, cues: Array) -> Array:
    """For each cue and word (cues x words) the kind of the word's distance to the cue: 0 inside it.

    cues: their first words, and the words after their last (cues x 2).
    """
    places = np.arange(words)
    signed = np.maximum(places - cues[:, 1:] + 1, 0) - np.maximum(cues[:, :1] - places, 0)
    return _KINDS.take(signed + _FARTHEST, mode="clip")


def between(words: int, cues: Array) -> Array:
    """For each cue and word the other cues that begin between them, up to three; plus four where the word is in one."""
    first, after = cues[:, :1], cues[:, 1:]
    begun = np.bincount(cues[:, 0], minlength=words + 1)[:words].cumsum()
    inside = begun - np.bincount(cues[:, 1], minlength=words + 1)[:words].cumsum()
    places = np.arange(words)
    since = places >= first
    apart = np.abs(begun - since - (begun[first] - 1))
    found: Array = np.minimum(apart, 3) + 4 * (inside > (since & (places < after)))
    return found
