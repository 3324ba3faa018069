"""Tags of words -> spans, and spans -> tags: begin, inside, end, or a span of one word."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

CUE_TAGS = ("O", "B-cue", "I-cue", "E-cue", "U-cue")
LINK_TAGS = ("O", "B-source", "I-source", "E-source", "U-source", "B-content", "I-content", "E-content", "U-content")
Array = np.ndarray[Any, Any]


@cache
def allowed(tags: tuple[str, ...]) -> tuple[Array, Array, Array]:
    """Which tag may follow which (row: before), which may be first, and which last.

    >>> follows, first, last = allowed(CUE_TAGS)
    >>> follows[1].tolist(), first.tolist(), last.tolist()
    ([False, False, True, True, False], [True, True, False, False, True], [True, False, False, True, True])
    """
    opens = np.array([tag[0] in "BI" for tag in tags])
    goes_on = np.array([tag[0] in "IE" for tag in tags])
    role = np.array([tag[2:] for tag in tags])
    follows = np.where(opens[:, None], goes_on[None] & (role[:, None] == role[None]), ~goes_on[None])
    return follows, ~goes_on, ~opens


def tag(words: int, spans: Sequence[tuple[int, int, str]], tags: Sequence[str]) -> Array:
    """Numbers of tags for spans (first word, word after the last, role); a later span overwrites no earlier one.

    >>> tag(5, [(1, 4, "cue")], CUE_TAGS).tolist()
    [0, 1, 2, 3, 0]
    """
    made = np.zeros(words, np.int64)
    for first, after, role in spans:
        if made[first:after].any():
            continue
        if after - first == 1:
            made[first] = tags.index(f"U-{role}")
            continue
        made[first:after] = tags.index(f"I-{role}")
        made[first], made[after - 1] = tags.index(f"B-{role}"), tags.index(f"E-{role}")
    return made


def spans(numbers: Sequence[int], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of a sequence that obeys `allowed`.

    >>> spans([0, 1, 2, 3, 4], CUE_TAGS)
    [(1, 4, 'cue'), (4, 5, 'cue')]
    """
    found: list[tuple[int, int, str]] = []
    begun = 0
    for place, number in enumerate(numbers):
        if not number:
            continue
        name = tags[number]
        if name[0] in "BU":
            begun = place
        if name[0] in "EU":
            found.append((begun, place + 1, name[2:]))
    return found
