"""A sentence as the extractor's reader sees it, with the visible signs around it -> on whose word it is told.

The reader's vectors of a sentence's words are pooled by attention (Lin et al. 2017, one layer), which is done once,
where they are read; a layer weighs what is pooled together with the signs (text/speech/signs.py).  Trained on sentences
of real news that people judged (docs/whose-model.md).
"""
from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from whence.neural.networks import shipped

AUTHORITY, OUTLET, FURNITURE, ANONYMOUS, NOBODY = range(5)
KINDS = ("authority", "outlet", "furniture", "anonymous", "nobody")
"""Whoever is named or has an office; another outlet; none, being no statement of the article; somebody unnamed; the
article itself."""
READER = 384
"""Numbers of the reader's vector of a word."""
NETWORKS = 2
"""Networks that are asked, whose mean counts: two are right in .844 of the judged sentences, one in .832, four in .843.
"""
HEADS, WIDTH = 4, 16
POOLED = HEADS * WIDTH
FAR = 4.0
"""Standard deviations from the mean beyond which a sign counts as this far: chosen, so that no odd text weighs all."""

Floats = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What one network learned (`whose.npz` holds those of all, one after the other): `queries` READER x HEADS and
    `values` READER x POOLED with their biases; `means` and `scales`, one for each sign; `hidden`, `out` and `straight`:
    the layers over what is pooled and the signs.
    """

    queries: Floats
    query_biases: Floats
    values: Floats
    value_biases: Floats
    means: Floats
    scales: Floats
    hidden: Floats
    hidden_biases: Floats
    out: Floats
    out_biases: Floats
    straight: Floats
    straight_biases: Floats


@cache
def weights() -> tuple[Weights, ...]:
    """Those that ship."""
    return shipped("whose.npz", Weights, NETWORKS)


def pooled(words: Floats, starts: Sequence[int] | Numbers, ends: Sequence[int]) -> Floats:
    """What a passage's sentences come to: sentences x NETWORKS * POOLED.

    `words` are the reader's vectors, n x READER, `starts` where each word starts; `ends` where the sentences end, in
    order.  A sentence without words comes to nothing but zeros.
    """
    found = np.zeros((len(ends), NETWORKS * POOLED), np.float32)
    first = 0
    for row, after in enumerate(np.searchsorted(np.asarray(starts), np.asarray(ends)).tolist()):
        if after > first:
            found[row] = np.concatenate([_attended(words[first:after], known) for known in weights()])
        first = after
    return found


def _attended(words: Floats, known: Weights) -> Floats:
    asked = words @ known.queries + known.query_biases
    share = np.exp(asked - asked.max(0))
    share /= share.sum(0)
    values = (words @ known.values + known.value_biases).reshape(-1, HEADS, WIDTH)
    made: Floats = (share[:, :, None] * values).sum(0).reshape(-1)
    return made


def written(row: Floats) -> str:
    """What is seen of a sentence, as it is kept: in 16 bits."""
    return b64encode(row.astype(np.float16).tobytes()).decode("ascii")


def unwritten(rows: Sequence[str]) -> Floats:
    """What is seen of sentences, as it was `written`: n x NETWORKS * POOLED."""
    nothing = bytes(2 * NETWORKS * POOLED)
    found: Floats = np.frombuffer(b"".join(b64decode(row) or nothing for row in rows), np.float16).astype(np.float32)
    return found.reshape(-1, NETWORKS * POOLED)


def chances(seen: Floats, signs: Floats) -> Floats:
    """The chances of KINDS, n x 5, for sentences (n x NETWORKS * POOLED) with their signs: the networks' mean.  Each is
    weighed by itself, so that it comes to the same beside whatever others.
    """
    found = np.zeros((len(seen), len(KINDS)), np.float32)
    for at, known in enumerate(weights()):
        weighed = np.clip((signs - known.means) / known.scales, -FAR, FAR).astype(np.float32)
        for row, both in enumerate(np.hstack([seen[:, at * POOLED:(at + 1) * POOLED], weighed])):
            scores = np.maximum(both @ known.hidden + known.hidden_biases, 0) @ known.out + known.out_biases
            scores += both @ known.straight + known.straight_biases
            likely = np.exp(scores - scores.max())
            found[row] += likely / likely.sum() / NETWORKS
    return found
