"""Scores of tags -> the best sequences of tags that may stand (Viterbi 1967), many rows at a time."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from whence.neural.spans import allowed

Array = np.ndarray[Any, Any]
NEVER = np.float32(-1e4)
TINY = np.float32(1e-30)


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
        following = routes.max(1) + scores[:, step]
        going = (lengths > step)[:, None]
        held = np.where(going, following, held)
    state = (held + np.where(last, 0, NEVER)).argmax(1)
    path = np.zeros((rows, words), np.int64)
    every = np.arange(rows)
    for step in range(words - 1, -1, -1):
        path[:, step] = state
        state = np.where(lengths > step, back[step][every, state], state)
    return [row[:length].tolist() for row, length in zip(path, lengths, strict=True)]


def shares(scores: Array, lengths: Array, moves: Array, tags: Sequence[str]) -> Array:
    """For each row, word and tag the share of all ways through the row that have that tag there (forward-backward).

    As `best`; rows x words x tags, 0 beyond a row's end.
    """
    follows, first, last = (part.astype(np.float32) for part in allowed(tags))
    rows, words, kinds = scores.shape
    chance = np.exp(scores - scores.max(2, keepdims=True)).transpose(1, 0, 2)
    step_on = np.exp(moves).astype(np.float32) * follows
    forward, backward = np.empty((words, rows, kinds), np.float32), np.empty((words, rows, kinds), np.float32)
    forward[0] = _whole(chance[0] * first)
    for step in range(1, words):
        forward[step] = _whole(forward[step - 1] @ step_on * chance[step])
    backward[words - 1] = last
    for step in range(words - 2, -1, -1):
        following = _whole((backward[step + 1] * chance[step + 1]) @ step_on.T)
        backward[step] = np.where((lengths == step + 1)[:, None], last, following)
    both = (forward * backward).transpose(1, 0, 2)
    found: Array = both / (both.sum(2, keepdims=True) + TINY) * (np.arange(words) < lengths[:, None])[..., None]
    return found


def _whole(parts: Array) -> Array:
    """Rows that sum to one, so that long texts don't run out of digits."""
    found: Array = parts / (parts.sum(1, keepdims=True) + TINY)
    return found
