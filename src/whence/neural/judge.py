"""Two statements -> whether they say the same, the contrary, or something else: a trained judge.

What is cheap to tell (text/meaning/features.py) is weighed first, by a multinomial logistic regression.  Where that
leaves it open, a cross-encoder reads the two sentences together (MiniLM with marks of case, quotation and side), and
the two opinions are added.  Both were trained on pairs of real news that people judged (docs/judge-model.md).
"""
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.model import Span
from whence.neural.pieces import FIRST, HALVES, LAST, Pieces, pieces_of
from whence.neural.sessions import session

LONGEST = 90
"""Wordpieces of a sentence that are read: as in training (99 of 100 sentences of news are shorter)."""
OUTPUTS = 5
"""What the cross-encoder gives: scores of same, partial, other and contrary, and one that ranks answers to a query."""
OTHER, SAME, CONTRARY = range(3)
ANY, DENIED, SPECIFIC = range(3)
"""Kinds of pairs: one in which only one denies something, and one that names one bearer and tells one number, are read
more readily than any other, since few words tell what they say.
"""

Floats = npt.NDArray[np.float64]
Readings = npt.NDArray[np.float32]
Two = tuple[str, str]
Read = Callable[[Sequence[Two]], Readings]
"""Pairs of sentences to what the cross-encoder gives for each: n x OUTPUTS."""


class CrossEncoder:
    """The network in a file (`judge.onnx`).  A pair is read by itself, never in a batch, as `Extractor` says."""

    def __init__(self, folder: Path) -> None:
        self.network = session(folder / "judge.onnx")

    def read(self, pairs: Sequence[Two]) -> Readings:
        """What the network gives for each pair; the one that sorts first is read first, so that order is nothing."""
        texts = sorted({text for pair in pairs for text in pair})
        plain = [text.translate(HALVES) for text in texts]
        known = dict(zip(texts, pieces_of([(text, Span(0, len(text))) for text in plain]), strict=True))
        made = np.zeros((len(pairs), OUTPUTS), np.float32)
        for row, pair in enumerate(pairs):
            one, other = (known[text] for text in sorted(pair))
            made[row] = self.network.run(None, inputs(one, other))[0]
        return made


def inputs(one: Pieces, other: Pieces) -> dict[str, npt.NDArray[np.int64]]:
    """What the network reads of two sentences: wordpieces with marks of case, quotation, and which of the two."""
    mine, theirs = min(LONGEST, len(one.ids)), min(LONGEST, len(other.ids))
    none, ends = np.zeros(1, np.int64), np.array([LAST])
    return {
        "ids": np.concatenate([[FIRST], one.ids[:mine], ends, other.ids[:theirs], ends]),
        "case": np.concatenate([none, one.case[:mine], none, other.case[:theirs], none]),
        "quote": np.concatenate([none, one.quote[:mine], none, other.quote[:theirs], none]),
        "side": np.concatenate([np.zeros(mine + 2, np.int64), np.ones(theirs + 1, np.int64)]),
    }


@dataclass(frozen=True, slots=True)
class Weights:
    """The regression, what opens a pair to the cross-encoder, and how the two opinions are added (`judge.json`).

    `means`, `scales`: one for each feature; `coefficients`: 3 x features, `biases`: 3, in the order of OTHER, SAME and
    CONTRARY.  A pair is open where its chance of SAME or CONTRARY is `open` at least, which has one for each kind of
    pairs.  `mixed` are the weights of the two opinions, `within` what is added to the logit of SAME within one article.
    """

    names: tuple[str, ...]
    means: Floats
    scales: Floats
    coefficients: Floats
    biases: Floats
    open: tuple[float, float, float]
    mixed: tuple[float, float]
    within: float


@cache
def weights() -> Weights:
    """Those that ship."""
    text = resources.files("whence.neural").joinpath("weights/judge.json").read_text(encoding="utf8")
    told = json.loads(text)
    arrays = {name: np.array(told[name], np.float64) for name in ("means", "scales", "coefficients", "biases")}
    return Weights(tuple(told["names"]), **arrays, open=tuple(told["open"]), mixed=tuple(told["mixed"]),
                   within=float(told["within"]))


def weigh(features: Floats) -> Floats:
    """What the regression makes of pairs: logarithms of the chances of OTHER, SAME and CONTRARY, n x 3."""
    known = weights()
    scaled = (features - known.means) / known.scales
    return _chances(np.stack([(scaled * row).sum(1) for row in known.coefficients], 1) + known.biases)


def left_open(told: Floats, kinds: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which pairs of some kinds the cross-encoder is to read, by what the regression makes of them."""
    found: npt.NDArray[np.bool_] = 1 - np.exp(told[:, OTHER]) >= np.array(weights().open)[kinds]
    return found


def settle(told: Floats, read: Readings) -> Floats:
    """The two opinions added: chances of OTHER, SAME and CONTRARY, n x 3.

    Whether it is the contrary is the cross-encoder's to say: no word by itself tells a denial from what it denies.
    """
    mine, theirs = weights().mixed
    logs = _chances(read[:, :4].astype(np.float64))
    sure = mine * (told[:, SAME] - told[:, OTHER]) + theirs * (logs[:, 0] - np.logaddexp(logs[:, 1], logs[:, 2]))
    contrary = np.exp(logs[:, 3])
    same = (1 - contrary) / (1 + np.exp(-sure))
    return np.stack([1 - contrary - same, same, contrary], 1)


def within_article(same: Floats) -> Floats:
    """The chances that two sentences of one article say the same, by what was found of them as if of two.

    Two sentences that are alike tell the same much less often where one article has both: it goes on.
    """
    odds: Floats = same / np.maximum(1 - same, 1e-9) * np.exp(weights().within)
    return odds / (1 + odds)


def weighed_most(features: Sequence[float], count: int) -> list[tuple[str, float]]:
    """The features that weighed most for SAME or against it, with what each added, the largest first."""
    known = weights()
    row = known.coefficients[SAME] - known.coefficients[OTHER]
    added = (np.array(features) - known.means) / known.scales * row
    return [(known.names[at], float(added[at])) for at in np.argsort(-np.abs(added), kind="stable")[:count]]


def _chances(scores: Floats) -> Floats:
    """Scores as logarithms of chances."""
    top = scores.max(1, keepdims=True)
    found: Floats = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
    return found


@cache
def cross_encoder() -> CrossEncoder:
    """The one that ships with the package."""
    return CrossEncoder(Path(str(resources.files("whence.neural").joinpath("weights"))))


def answers(pairs: Sequence[Two]) -> Floats:
    """How surely the second of each pair tells what the first one asks or repeats: a logit, by which the cross-encoder
    ranks claims for a query (it learned that from those of CheckThat!, docs/judge-model.md).
    """
    found: Floats = cross_encoder().read(pairs)[:, 4].astype(np.float64)
    return found
