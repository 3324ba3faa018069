r"""Learn what a sentence that names no source rests on, from articles of real news that people judged -> rests.npz.

    python training/train_rests.py --news fnc1-bodies.jsonl --out rests.npz [--cache rows.npz] [--folds N]

The judged sentences are those of sources/resting.csv (places only), the texts those of the Fake News Challenge.
`--folds` parts them into so many, by article, and tells how well each is read by what was learned from the rest.
"""
from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from train_whose import texts
from whence.config import AttributeConfig, SegmentConfig
from whence.model import Document
from whence.neural import rests
from whence.neural.extractor import Extractor, extractor
from whence.neural.rests import FAR, NETWORKS, Weights
from whence.steps import attribute, segment, statements
from whence.text.speech import resting

OURS = Path(__file__).parent / "sources" / "resting.csv"
HIDDEN, NONE_HIDDEN, DROPPED = 24, 8, .3
EPOCHS, BATCH, RATE, DECAY = 30, 16, 3e-3, .03
"""Chosen with HIDDEN, NONE_HIDDEN and DROPPED in folds."""
GONE = -1e4
LEAST = (.2, .3, .4, .5, .6, .7)


@dataclass(frozen=True)
class Row:
    """A judged sentence: its article, its signs, those of the voices of the article, and which of these it rests on;
    `whom` tells whether it rests on anybody, be he among them or not.
    """

    article: str
    sentence: np.ndarray[Any, Any]
    voices: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    whom: bool


def gathered(news: Path) -> list[Row]:
    """Every judged sentence with what is seen of it."""
    judged: dict[str, list[dict[str, str]]] = defaultdict(list)
    with OURS.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            judged[row["id"]].append(row)
    known, reader = texts([news]), extractor()
    found = []
    for number, (name, mine) in enumerate(sorted(judged.items())):
        found += looked_at(reader, known[name], mine)
        if number % 50 == 0:
            print(f"{number} of {len(judged)} articles", flush=True)
    return found


def looked_at(reader: Extractor, document: Document, judged: Sequence[dict[str, str]]) -> list[Row]:
    """The judged sentences of one article."""
    sentences, config = segment.sentences(document, SegmentConfig()), AttributeConfig()
    spans = attribute.passages(document, sentences, [], config)
    told = attribute.attributions(document, sentences, [], config, reader.read_all)
    seen = attribute.seen(document, sentences, spans, reader.look(attribute.cut(document, sentences, spans)))
    views = statements.resting_of(document.text, sentences, told, seen)
    at = {sentence.start: number for number, sentence in enumerate(sentences)}
    rows = []
    for row in judged:
        view = views[at[int(row["start"])]]
        if not view.chances:
            continue                       # the reader was not asked: it is outside what is read
        right = {int(start) for start in row["sources"].split(";") if start}
        sentence, voices = resting.signs_of(view)
        rows.append(Row(document.id, np.array(sentence, np.float32),
                        np.array(voices, np.float32).reshape(-1, len(resting.OF_VOICE) + len(resting.OF_BOTH)),
                        np.array([any(a.source[0].start in right for a in voice.attributions) for voice in view.voices],
                                 np.float32), row["label"] == "whom"))
    return rows


def kept(path: Path, news: Path) -> list[Row]:
    """Rows from a file, which is made where it is not there."""
    if not path.exists():
        rows = gathered(news)
        np.savez(path, articles=[row.article for row in rows], sentences=np.stack([row.sentence for row in rows]),
                 voices=np.concatenate([row.voices for row in rows]), right=np.concatenate([row.right for row in rows]),
                 ends=np.cumsum([len(row.voices) for row in rows]), whom=[row.whom for row in rows])
    with np.load(path) as held:
        voices, right = (np.split(held[name], held["ends"][:-1]) for name in ("voices", "right"))
        return [Row(str(article), sentence, mine, wanted, bool(whom)) for article, sentence, mine, wanted, whom in zip(
            held["articles"], held["sentences"], voices, right, held["whom"], strict=True)]


class Network(nn.Module):
    """What neural/rests.py runs, with dropout."""

    def __init__(self, sentence: int, voice: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(sentence + voice, HIDDEN), nn.Linear(HIDDEN, 1)
        self.straight = nn.Linear(sentence + voice, 1)
        self.drop, self.few = nn.Dropout(DROPPED), nn.Dropout(DROPPED / 2)
        self.none_hidden, self.none_out = nn.Linear(sentence, NONE_HIDDEN), nn.Linear(NONE_HIDDEN, 1)

    def forward(self, sentence: Tensor, voices: Tensor) -> Tensor:
        """Scores of the voices (n x most x signs of both), and that of none as the last: n x most + 1."""
        none = self.none_out(self.drop(self.none_hidden(self.few(sentence)).relu()))
        scores = self.out(self.drop(self.hidden(self.few(voices)).relu())) + self.straight(voices)
        return torch.cat([scores[..., 0], none], 1)


def learned(rows: Sequence[Row]) -> tuple[Weights, ...]:
    """What the networks learn from rows: the chance of all that are right, or of none, is to be one.  Sentences that
    rest on somebody who is not among the voices teach nothing.
    """
    fit = [row for row in rows if len(row.voices) and (row.right.any() or not row.whom)]
    both = [np.hstack([np.broadcast_to(row.sentence, (len(row.voices), len(row.sentence))), row.voices]) for row in fit]
    means, scales = np.concatenate(both).mean(0), np.concatenate(both).std(0) + 1e-3
    told = torch.zeros(len(fit), resting.MOST, both[0].shape[1])
    wanted = torch.full((len(fit), resting.MOST + 1), GONE)
    barred = torch.full((len(fit), resting.MOST + 1), GONE)
    for at, (row, one) in enumerate(zip(fit, both, strict=True)):
        told[at, :len(one)] = torch.tensor(np.clip((one - means) / scales, -FAR, FAR))
        barred[at, :len(one)] = barred[at, -1] = 0
        wanted[at, :len(one)][torch.tensor(row.right > 0)] = 0
        wanted[at, -1] = GONE if row.right.any() else 0
    size = len(fit[0].sentence)
    return tuple(_learned(told, barred, wanted, size, means, scales, seed) for seed in range(NETWORKS))


def _learned(told: Tensor, barred: Tensor, wanted: Tensor, size: int, means: np.ndarray[Any, Any],
             scales: np.ndarray[Any, Any], seed: int) -> Weights:
    """What one network learns; `barred` is added to the scores of voices that are not there, `wanted` to those that
    are not right.
    """
    torch.manual_seed(seed)
    draw, network = np.random.default_rng(seed), Network(size, told.shape[2] - size)
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    batches = len(told) // BATCH + 1
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS * batches)
    for _ in range(EPOCHS):
        for some in np.array_split(draw.permutation(len(told)), batches):
            scores = (network(told[some, 0, :size], told[some]) + barred[some]).log_softmax(1)
            loss = -(scores + wanted[some]).logsumexp(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    layers = ("hidden", "out", "straight", "none_hidden", "none_out")
    held = {name: getattr(network, name) for name in layers}
    return Weights(means=means, scales=scales,
                   **{name: layer.weight.detach().numpy().T.copy() for name, layer in held.items()},
                   **{f"{name}_biases": layer.bias.detach().numpy() for name, layer in held.items()})


def tell(rows: Sequence[Row], weights: Sequence[tuple[Weights, ...]]) -> None:
    """Print, for each least chance, the share that is right, and how many of those told and of all on whom sentences
    rest are right; `weights` has what reads each row.
    """
    found = []
    for row, known in zip(rows, weights, strict=True):
        rests.weights = lambda known=known: known  # type: ignore[assignment]
        found.append(rests.chances(row.sentence.tolist(), row.voices.tolist()))
    for least in LEAST:
        told = [int(one.argmax()) if len(one) and one.max() >= least else None for one in found]
        good = sum(at is not None and row.right[at] > 0 for at, row in zip(told, rows, strict=True))
        none = sum(at is None and not row.whom for at, row in zip(told, rows, strict=True))
        named, some = sum(at is not None for at in told), sum(row.whom for row in rows)
        print(f"from {least}: {(good + none) / len(rows):.3f} of {len(rows)} right; of those told "
              f"{good / max(1, named):.3f}, of those to be told {good / some:.3f}", flush=True)


def in_folds(rows: Sequence[Row], count: int) -> None:
    """Tell how well each fold is read by what was learned from the others."""
    articles = sorted({row.article for row in rows})
    fold = dict(zip(articles, np.random.default_rng(0).permutation(len(articles)) % count, strict=True))
    known = [learned([row for row in rows if fold[row.article] != number]) for number in range(count)]
    tell(rows, [known[fold[row.article]] for row in rows])


def main() -> None:
    """Gather, learn, tell, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("rests-rows.npz"))
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = kept(args.cache, args.news)
    if args.folds:
        in_folds(rows, args.folds)
    weights = learned(rows)
    held = {field.name: np.stack([getattr(one, field.name) for one in weights]) for field in fields(Weights)}
    np.savez(args.out, allow_pickle=False, **{name: array.astype(np.float32) for name, array in held.items()})


if __name__ == "__main__":
    main()
