r"""Learn on whose word a sentence is told, from sentences of real news that people judged -> whose.npz.

    python training/train_whose.py --real FOLDER --news fnc1-bodies.jsonl --out whose.npz [--cache rows.npz] [--folds N]

`--real` holds the sentences that others judged (`sources-*.jsonl`) and `election.jsonl`; with the bodies of the Fake
News Challenge (`--news`) that gives the texts of our own (sources/judged.csv: places only).  The development sentences
are left out of what ships, and so are their articles.  `--folds` parts all that others judged into so many, by article,
and tells how well each is read by what was learned from the rest.
"""
from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Document, Span
from whence.neural import whose
from whence.neural.extractor import Extractor, extractor, marks
from whence.neural.pieces import pieces_of
from whence.neural.whose import HEADS, KINDS, NETWORKS, NOBODY, POOLED, READER, WIDTH, Weights
from whence.steps import attribute, segment, statements
from whence.text.speech import signs

OURS = Path(__file__).parent / "sources" / "judged.csv"
DEV, OTHERS = "dev", ("train-1", "train-2", "train-3")
WITNESS = "witness"
"""A label too rare to learn: six in 650.  What the writer saw is told by rules, and counts as nobody's here."""
LONGEST = 64
"""Words of a sentence that are pooled in training: 99 of 100 are shorter."""
HIDDEN, DROPPED, SMOOTHED = 48, .4, .05
EPOCHS, BATCH, RATE, DECAY = 16, 32, 2e-3, .02
"""Chosen with HIDDEN, DROPPED and SMOOTHED in folds of what others judged."""


@dataclass(frozen=True)
class Rows:
    """Judged sentences: the reader's vectors of the words of each, its signs, its kind, its set and its article."""

    words: Sequence[np.ndarray[Any, Any]]
    signs: np.ndarray[Any, Any]
    kinds: np.ndarray[Any, Any]
    sets: np.ndarray[Any, Any]
    articles: np.ndarray[Any, Any]


def judged(real: Path) -> Iterator[dict[str, Any]]:
    """All judged sentences: where each stands, its label and its set."""
    for name in (DEV, *OTHERS):
        for line in (real / f"sources-{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            yield {"id": row["id"], "start": row["start"], "end": row["end"], "label": row["gold"], "set": name}
    with OURS.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            yield {**row, "start": int(row["start"]), "end": int(row["end"]), "set": "ours"}


def texts(paths: Iterable[Path]) -> dict[str, Document]:
    """The articles of several files, by their ids there."""
    found = {}
    for path in paths:
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            found[str(row["id"])] = Document(str(row["id"]), None, None, row.get("title"), None, row.get("publisher"),
                                             row.get("published"), "en", "", row["text"])
    return found


def looked_at(reader: Extractor, document: Document) -> tuple[list[Span], np.ndarray[Any, Any], np.ndarray[Any, Any],
                                                              list[list[float]]]:
    """A document's sentences, its words' starts and vectors, and the signs of each sentence."""
    sentences, config = segment.sentences(document, SegmentConfig()), AttributeConfig()
    told = attribute.attributions(document, sentences, [], config, reader.read_all)
    sights = signs.sights(document.text, sentences, told, statements.speakers_of(sentences, told))
    starts, vectors = [np.zeros(0, np.int64)], [np.zeros((0, READER), np.float32)]
    for span in attribute.passages(document, sentences, [], config):
        one = pieces_of([(document.text, span)])[0]
        if len(one.firsts):
            starts.append(one.starts)
            vectors.append(reader.reader.run(None, marks(one))[0])
    return ([Span(s.start, s.end) for s in sentences], np.concatenate(starts), np.concatenate(vectors),
            [signs.signs(sight) for sight in sights])


def gathered(real: Path, news: Path) -> Rows:
    """Every judged sentence with what is seen of it."""
    known, reader = texts([news, real / "election.jsonl"]), extractor()
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in judged(real):
        by_article.setdefault(row["id"], []).append(row)
    words, told, kinds, sets, articles = [], [], [], [], []
    for number, (name, rows) in enumerate(sorted(by_article.items())):
        spans, starts, vectors, seen = looked_at(reader, known[name])
        for row in rows:
            at = max(range(len(spans)), key=lambda n: min(spans[n].end, row["end"]) - max(spans[n].start, row["start"]))
            words.append(vectors[(starts >= spans[at].start) & (starts < spans[at].end)][:LONGEST].astype(np.float16))
            told.append(seen[at])
            kinds.append(NOBODY if row["label"] == WITNESS else KINDS.index(row["label"]))
            sets.append(row["set"])
            articles.append(name)
        if number % 100 == 0:
            print(f"{number} of {len(by_article)} articles", flush=True)
    return Rows(words, np.array(told, np.float32), np.array(kinds), np.array(sets), np.array(articles))


def kept(path: Path, real: Path, news: Path) -> Rows:
    """Rows from a file, which is made where it is not there."""
    if not path.exists():
        rows = gathered(real, news)
        ends = np.cumsum([len(some) for some in rows.words])
        np.savez(path, words=np.concatenate(rows.words), ends=ends, signs=rows.signs, kinds=rows.kinds, sets=rows.sets,
                 articles=rows.articles)
    with np.load(path) as held:
        words = np.split(held["words"], held["ends"][:-1])
        return Rows(words, held["signs"], held["kinds"], held["sets"], held["articles"])


class Network(nn.Module):
    """What neural/whose.py runs, with dropout."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.queries, self.values = nn.Linear(READER, HEADS), nn.Linear(READER, POOLED)
        self.hidden, self.out = nn.Linear(POOLED + count, HIDDEN), nn.Linear(HIDDEN, len(KINDS))
        self.straight, self.drop = nn.Linear(POOLED + count, len(KINDS)), nn.Dropout(DROPPED)

    def forward(self, words: Tensor, held: Tensor, told: Tensor) -> Tensor:
        """Scores of KINDS: `words` n x longest x READER, `held` tells which are there, `told` the signs."""
        words = self.drop(words)
        share = self.queries(words).masked_fill(~held[..., None], -1e4).softmax(1)
        values = self.values(words).unflatten(2, (HEADS, WIDTH))
        both = torch.cat([(share[..., None] * values).sum(1).flatten(1), self.drop(told)], 1)
        scores: Tensor = self.out(self.drop(self.hidden(both).relu())) + self.straight(both)
        return scores


def learned(rows: Rows, mine: np.ndarray[Any, Any]) -> tuple[Weights, ...]:
    """What the networks learn from the rows at `mine`."""
    return tuple(_learned(rows, mine, seed) for seed in range(NETWORKS))


def _learned(rows: Rows, mine: np.ndarray[Any, Any], seed: int) -> Weights:
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    means, scales = rows.signs[mine].mean(0), rows.signs[mine].std(0) + 1e-3
    told = np.clip((rows.signs - means) / scales, -whose.FAR, whose.FAR)
    network = Network(told.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(mine) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps)
    for _ in range(EPOCHS):
        order = draw.permutation(mine)
        for at in range(0, len(order), BATCH):
            some = order[at:at + BATCH]
            scores = network(*_batch(rows.words, told, some))
            loss = nn.functional.cross_entropy(scores, torch.tensor(rows.kinds[some]), label_smoothing=SMOOTHED)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return _weights(network, means, scales)


def _batch(words: Sequence[np.ndarray[Any, Any]], told: np.ndarray[Any, Any],
           some: np.ndarray[Any, Any]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(1, *(len(words[at]) for at in some))
    block, held = np.zeros((len(some), longest, READER), np.float32), np.zeros((len(some), longest), np.bool_)
    for row, at in enumerate(some):
        block[row, :len(words[at])] = words[at]
        held[row, :max(1, len(words[at]))] = True
    return torch.tensor(block), torch.tensor(held), torch.tensor(told[some], dtype=torch.float32)


def _weights(network: Network, means: np.ndarray[Any, Any], scales: np.ndarray[Any, Any]) -> Weights:
    layers = {name: getattr(network, name) for name in ("queries", "values", "hidden", "out", "straight")}
    weights = {name: layer.weight.detach().numpy().T.copy() for name, layer in layers.items()}
    named = {"queries": "query_biases", "values": "value_biases"}
    biases = {named.get(name, f"{name}_biases"): layer.bias.detach().numpy() for name, layer in layers.items()}
    return Weights(means=means, scales=scales, **weights, **biases)


def found(rows: Rows, weights: tuple[Weights, ...], mine: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What the weights make of rows, as the package runs them: chances, n x 5."""
    whose.weights = lambda: weights  # type: ignore[assignment]
    seen = np.concatenate([whose.pooled(words := rows.words[at].astype(np.float32), range(len(words)), [len(words)])
                           for at in mine])
    return whose.chances(whose.unwritten([whose.written(row) for row in seen]), rows.signs[mine])


def told(name: str, chances: np.ndarray[Any, Any], kinds: np.ndarray[Any, Any]) -> None:
    """Print the share that is right, of all and of each kind."""
    best = chances.argmax(1)
    by_kind = {kind: f"{(best[kinds == at] == at).mean():.3f}" for at, kind in enumerate(KINDS) if (kinds == at).any()}
    print(f"{name}: {(best == kinds).mean():.3f} of {len(kinds)} right", by_kind, flush=True)


def in_folds(rows: Rows, count: int) -> None:
    """Tell how well what others judged is read by what was learned from other articles."""
    theirs = np.flatnonzero(rows.sets != "ours")
    articles = np.unique(rows.articles[theirs])
    fold = dict(zip(articles, np.random.default_rng(0).integers(0, count, len(articles)), strict=True))
    chances = np.zeros((len(rows.kinds), len(KINDS)))
    for number in range(count):
        mine = np.array([at for at in theirs if fold[rows.articles[at]] == number])
        apart = set(rows.articles[mine])
        rest = np.array([at for at in range(len(rows.kinds)) if rows.articles[at] not in apart])
        chances[mine] = found(rows, learned(rows, rest), mine)
    told(f"{count} folds", chances[theirs], rows.kinds[theirs])
    for name in (DEV, *OTHERS):
        mine = np.flatnonzero(rows.sets == name)
        told(f"  {name}", chances[mine], rows.kinds[mine])


def main() -> None:
    """Gather, learn, tell, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("whose-rows.npz"))
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    rows = kept(args.cache, args.real, args.news)
    if args.folds:
        in_folds(rows, args.folds)
    dev = rows.sets == DEV
    apart = set(rows.articles[dev])
    weights = learned(rows, np.array([at for at in range(len(dev)) if rows.articles[at] not in apart]))
    told(DEV, found(rows, weights, np.flatnonzero(dev)), rows.kinds[dev])
    held = {field.name: np.stack([getattr(one, field.name) for one in weights]) for field in fields(Weights)}
    np.savez(args.out, allow_pickle=False, **{name: array.astype(np.float32) for name, array in held.items()})


if __name__ == "__main__":
    main()
