"""Scores of tags -> the best sequences of tags that may stand (Viterbi 1967), many rows at a time."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from whence.neural.spans import allowed

Array = np.ndarray[Any, Any]
NEVER = np.float32(-1e4)


def best(scores: Array, lengths: Array, moves: Array, tags: Sequence[str]) -> list[list[int]]:
    """For each row the best tags.

    scores: rows x words x tags; lengths: words of each row, at least one; moves: tags x tags, added to the score where
    one follows another (row: before).  What `allowed` bars never comes out.
    """
    follows, first, last = allowed(tags)
    moves = (moves + np.where(follows, 0, NEVER)).astype(np.float32)
    rows, words, kinds = scores.shape
    back = np.zeros((words, rows, kinds), np.int64)
    held = scores[:, 0] + np.where(first, 0, NEVER)
    for step in range(1, words):
        routes = held[:, :, None] + moves
        back[step] = routes.argmax(1)
        following = np.take_along_axis(routes, back[step][:, None], 1)[:, 0] + scores[:, step]
        going = (lengths > step)[:, None]
        held = np.where(going, following, held)
    state = (held + np.where(last, 0, NEVER)).argmax(1)
    path = np.zeros((rows, words), np.int64)
    every = np.arange(rows)
    for step in range(words - 1, -1, -1):
        path[:, step] = state
        state = np.where(lengths > step, back[step][every, state], state)
    return [row[:length].tolist() for row, length in zip(path, lengths, strict=True)]
