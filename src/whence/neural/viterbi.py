"""Scores of tags -> the best sequences of tags that may stand (Viterbi 1967), many rows at a time."""
from __future__ import annotations

from typing import Any

import numpy as np

from whence.neural.spans import allowed

Array = np.ndarray[Any, Any]
NEVER = np.float32(-1e4)
WHOLE = 8
"""Words after which chances are scaled to sum to one again: chosen; a double has digits for ten times as many."""


def best(scores: Array, lengths: Array, moves: Array, tags: tuple[str, ...]) -> list[list[int]]:
    """For each row the best tags.

    scores: rows x words x tags; lengths: words of each row, at least one; moves: tags x tags, added to the score where
    one follows another (row: before).  What `allowed` bars never comes out.
    """
    follows, first, last = allowed(tags)
    moves = (moves + np.where(follows, 0, NEVER)).astype(np.float32)
    rows, words, kinds = scores.shape
    told = np.ascontiguousarray(scores.transpose(1, 2, 0))
    held = np.empty((words, kinds, rows), np.float32)
    held[0] = told[0] + np.where(first, 0, NEVER)[:, None]
    for step in range(1, words):
        np.add((held[step - 1][:, None] + moves[..., None]).max(0), told[step], out=held[step])
    final = (held[lengths - 1, :, np.arange(rows)] + np.where(last, 0, NEVER)).argmax(1)
    path = np.empty((words, rows), np.int64)
    path[words - 1] = final
    for step in range(words - 2, -1, -1):
        before = (held[step] + moves[:, path[step + 1]]).argmax(0)
        path[step] = np.where(lengths > step + 1, before, final)
    return [row[:length] for row, length in zip(path.T.tolist(), lengths.tolist(), strict=True)]


def shares(scores: Array, lengths: Array, moves: Array, tags: tuple[str, ...]) -> Array:
    """For each row, word and tag the share of all ways through the row that have that tag there (forward-backward).

    As `best`; rows x words x tags, 0 beyond a row's end.  Both directions go in one loop: the rows from their first
    word on, and the rows from their last word back.
    """
    follows, first, last = allowed(tags)
    step_on = np.exp(moves.astype(float)) * follows
    steps = np.stack([step_on.T, step_on])
    rows, words, kinds = scores.shape
    every, places = np.arange(rows), np.arange(words)[:, None]
    turned = np.where(places < lengths, lengths - 1 - places, places)
    chance = np.exp(scores - scores.max(2, keepdims=True), dtype=float).transpose(1, 0, 2)
    both = np.ascontiguousarray(np.stack([chance, chance[turned, every]], 1).transpose(0, 1, 3, 2))
    come = np.empty((words, 2, kinds, rows))
    come[0] = np.stack([first, last])[..., None]
    for step in range(1, words):
        state = come[step - 1] * both[step - 1]
        if step % WHOLE == 0:
            state /= state.sum(1, keepdims=True)
        np.matmul(steps, state, out=come[step])
    forward, backward = come.transpose(1, 0, 3, 2)
    ways = forward * chance * backward[turned, every]
    found: Array = ways / ways.sum(2, keepdims=True) * (places < lengths)[..., None]
    return found.transpose(1, 0, 2)
