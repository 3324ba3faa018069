"""The signs of a sentence that names no source, and of those its article names -> the chance that it rests on each.

A small network scores each voice of the article by the signs of both (text/speech/resting.py), another the chance that
the sentence rests on none of them; what is likeliest is told (a softmax over all and none).  Trained on sentences of
real news that people judged by the whole article (docs/resting-model.md).
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from whence.neural.networks import shipped

NETWORKS = 4
"""Networks that are asked, whose mean counts."""
FAR = 4.0
"""Standard deviations from the mean beyond which a sign counts as this far: chosen, so that no odd text weighs all."""

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What one network learned (`rests.npz` holds those of all, one after the other).

    `means` and `scales` are of the signs of a sentence and then of a voice; `hidden`, `out` and `straight` weigh both,
    `none_hidden` and `none_out` those of the sentence alone.
    """

    means: Floats
    scales: Floats
    hidden: Floats
    hidden_biases: Floats
    out: Floats
    out_biases: Floats
    straight: Floats
    straight_biases: Floats
    none_hidden: Floats
    none_hidden_biases: Floats
    none_out: Floats
    none_out_biases: Floats


@cache
def weights() -> tuple[Weights, ...]:
    """Those that ship."""
    return shipped("rests.npz", Weights, NETWORKS)


def chances(sentence: Sequence[float], voices: Sequence[Sequence[float]]) -> Floats:
    """The chance that a sentence rests on each of some voices, by their signs (resting.signs_of); what is left to one
    is that it rests on none.
    """
    found = np.zeros(len(voices), np.float32)
    if len(voices):
        for known in weights():
            found += _chances(known, np.asarray(sentence, np.float32), np.asarray(voices, np.float32)) / NETWORKS
    return found


def _chances(known: Weights, sentence: Floats, voices: Floats) -> Floats:
    both = np.hstack([np.broadcast_to(sentence, (len(voices), len(sentence))), voices])
    weighed = np.clip((both - known.means) / known.scales, -FAR, FAR).astype(np.float32)
    scores = np.maximum(weighed @ known.hidden + known.hidden_biases, 0) @ known.out + known.out_biases
    scores += weighed @ known.straight + known.straight_biases
    alone = weighed[0, :len(sentence)]
    none = np.maximum(alone @ known.none_hidden + known.none_hidden_biases, 0) @ known.none_out + known.none_out_biases
    likely = np.exp(np.append(scores[:, 0], none) - max(scores.max(), none.max()))
    found: Floats = (likely / likely.sum())[:-1].astype(np.float32)
    return found
