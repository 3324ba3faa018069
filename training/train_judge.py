r"""Train the judge of two sentences: first on public pairs and on claims, then on judged pairs of real news.

    python training/train_judge.py --stage pre --rows rows.jsonl --minilm model.safetensors --out FOLDER
    python training/train_judge.py --stage fine --rows rows.jsonl --start FOLDER/pre0.pt --out FOLDER
    python training/train_judge.py --stage traps --rows rows.jsonl --start FOLDER/fine2.pt --out FOLDER
    python training/train_judge.py --stage spoken --rows rows.jsonl --start FOLDER/traps0.pt --out FOLDER
    python training/train_judge.py --stage bare --rows rows.jsonl --start FOLDER/spoken1.pt --out FOLDER

`rows.jsonl` is what judge_pairs.py writes.  The loss is the cross entropy with the four chances that a row wants, plus
that of the rank where it wants one.  After each epoch the network is written (`pre0.pt`, `fine0.pt` and so on) and
looked at on the development pairs, on the archive that is left out and on the invented sets that are held back.
"""
from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from judge_pairs import DEV, HELD, LEFT_OUT, Row
from network import Judge
from whence.model import Span
from whence.neural.judge import inputs
from whence.neural.pieces import Pieces, pieces_of

THREADS, BATCH = 2, 32
COUNTED = 110
"""Pieces of a sentence by which rows of like length are put together."""
SAMPLE, SEED = 1, 0
"""Seeds: of which rows are taken, and of the network's beginning, its dropout, and the order of the rows."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage takes of each set (a share; of claims, of the wrong ones), for how long, and how fast."""

    shares: Mapping[str, float]
    wrong_claims: float
    epochs: int
    rate: float


STAGES = {
    "pre": Stage({"sick": .35, "mrpc": .6, "sts": .8, "breaking": .4, "fever": 1.0, "med": .15}, .05, 1, 1e-4),
    "fine": Stage({"invented": .55, "exchanged": .8, "negated": .8}, .04, 3, 8e-5),
    "traps": Stage({"invented": .2, "trap": 1.0, "cases": 1.0}, .02, 1, 7e-5),
    "spoken": Stage({"invented": .75, "spoken": .5, "trap": .3, "cases": .5, "negated": .5}, .02, 2, 7e-5),
    "bare": Stage({"invented": .8, "spoken": .35, "itself": .5, "trap": .25, "cases": .5, "negated": .5},
                  .02, 1, 6e-5),
}


class Texts:
    """The wordpieces of all sentences, read once."""

    def __init__(self, rows: Sequence[Row]) -> None:
        texts = sorted({text for row in rows for text in (row.a, row.b)})
        read = pieces_of([(text, Span(0, len(text))) for text in texts])
        self.pieces: dict[str, Pieces] = dict(zip(texts, read, strict=True))

    def length(self, row: Row) -> int:
        """Pieces of both, by which rows are put in order."""
        return sum(min(COUNTED, len(self.pieces[text].ids)) for text in (row.a, row.b))

    def batch(self, pairs: Sequence[tuple[str, str]]) -> tuple[Tensor, ...]:
        """Ids, case, quote, side and mask of some pairs, padded."""
        read = [inputs(self.pieces[one], self.pieces[other]) for one, other in pairs]
        made = np.zeros((5, len(read), max(len(one["ids"]) for one in read)), np.int64)
        for at, one in enumerate(read):
            for part, name in enumerate(("ids", "case", "quote", "side")):
                made[part, at, :len(one[name])] = one[name]
            made[4, at, :len(one["ids"])] = 1
        return tuple(torch.from_numpy(made))


def rows_of(path: Path) -> list[Row]:
    """The rows that judge_pairs.py wrote."""
    return [Row(**json.loads(line)) for line in path.read_text(encoding="utf8").split("\n") if line]


def chosen(rows: Sequence[Row], stage: Stage, fine: bool) -> list[Row]:
    """The rows of a stage: those of judged pairs whole, of each other set a share."""
    rng = random.Random(SAMPLE)
    judged = [row for row in rows if row.set.startswith(("pairs-train", "judged")) and row.set != LEFT_OUT]
    found = judged if fine else []
    for name, share in stage.shares.items():
        found += [row for row in rows if row.set.partition("-")[0] == name and row.set != HELD and rng.random() < share]
    return found + [row for row in rows if row.rank is not None and (row.rank or rng.random() < stage.wrong_claims)]


def loss_of(scores: Tensor, rows: Sequence[Row]) -> Tensor:
    """The loss of a batch: of the chances and of the rank, where a row wants them."""
    soft = torch.tensor([row.soft or (0.0,) * 4 for row in rows])
    weights = torch.tensor([row.weight for row in rows])
    rank = torch.tensor([-1.0 if row.rank is None else row.rank for row in rows])
    chances = -(soft * functional.log_softmax(scores[:, :4], 1)).sum(1)
    ranks = functional.binary_cross_entropy_with_logits(scores[:, 4], rank.clamp(0), reduction="none")
    return (weights * (chances + (rank >= 0).float() * ranks)).mean()


def epoch_of(rows: Sequence[Row], texts: Texts, rng: random.Random) -> list[list[Row]]:
    """The batches of an epoch: rows of about one length together, in any order."""
    order = sorted(range(len(rows)), key=lambda at: texts.length(rows[at]) + rng.random() * 14)
    batches = [[rows[at] for at in order[start:start + BATCH]] for start in range(0, len(order), BATCH)]
    rng.shuffle(batches)
    return batches


def train(model: Judge, rows: Sequence[Row], texts: Texts, stage: Stage, after: Any) -> None:
    """Train, calling `after(epoch, figures)`."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    model.encoder.words.weight.requires_grad_(False)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    stepper = torch.optim.AdamW(weights, lr=stage.rate, weight_decay=.01, fused=True)
    steps, step = stage.epochs * -(-len(rows) // BATCH), 0
    for epoch in range(stage.epochs):
        model.train()
        began, losses = time.perf_counter(), []
        for few in epoch_of(rows, texts, rng):
            for group in stepper.param_groups:
                group["lr"] = stage.rate * min(1.0, (step + 1) / (.08 * steps)) * (steps - step) / steps
            loss = loss_of(model(*texts.batch([either(row, rng) for row in few])), few)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            stepper.step()
            stepper.zero_grad(set_to_none=True)
            step += 1
            losses.append(loss.item())
        after(epoch, {"loss": round(float(np.mean(losses)), 4), "seconds": round(time.perf_counter() - began)})


def either(row: Row, rng: random.Random) -> tuple[str, str]:
    """The two sentences, in either order."""
    return (row.a, row.b) if rng.random() < .5 else (row.b, row.a)


@torch.no_grad()
def read(model: Judge, rows: Sequence[Row], texts: Texts) -> Any:
    """The four chances of each row: rows x 4."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda at: texts.length(rows[at]))
    made = torch.zeros(len(rows), 4)
    for start in range(0, len(order), BATCH):
        few = order[start:start + BATCH]
        made[few] = model(*texts.batch([(rows[at].a, rows[at].b) for at in few]))[:, :4].softmax(1)
    return made.numpy()


def area(right: Any, told: Any) -> float:
    """The area under the curve of true and false positives: how often what is right is told higher."""
    ranks = np.empty(len(told))
    ranks[np.argsort(told, kind="stable")] = np.arange(1, len(told) + 1)
    ones = int(right.sum())
    return float((ranks[right].sum() - ones * (ones + 1) / 2) / (ones * (len(right) - ones)))


def f1(right: Any, told: Any) -> float:
    """F1 of what is told."""
    return float(2 * (right & told).sum() / max(1, right.sum() + told.sum()))


def figures(told: Any, rows: Sequence[Row]) -> dict[str, float]:
    """How well `same` is told, partial pairs left out, and what denials and partial pairs are taken for."""
    labels = np.array([row.label for row in rows])
    whole, right = labels != "partial", np.isin(labels, ("same", "conflict"))
    same, denial = told[:, 0], labels == "denial"
    best = max(np.linspace(.02, .98, 97), key=lambda least: f1(right[whole], same[whole] >= least))
    found = {"auc": area(right[whole], same[whole]), "f1": f1(right[whole], same[whole] >= best), "at": float(best),
             "f1_at_half": f1(right[whole], same[whole] >= .5), "partial_joined": float((same[~whole] >= .5).mean()),
             "others_contrary": float((told[~denial, 3] > .5).mean())}
    if denial.any():
        found |= {"denials_apart": float((same[denial] < .5).mean()),
                  "denials_contrary": float((told[denial, 3] > .5).mean())}
    return {name: round(value, 4) for name, value in found.items()}


def main() -> None:
    """Train a stage."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--stage", choices=sorted(STAGES), required=True)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, help="all-MiniLM-L6-v2, from which `pre` starts")
    parser.add_argument("--start", type=Path, help="the network from which `fine` starts")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if (args.stage == "pre") != (args.start is None) or (args.stage == "pre") == (args.minilm is None):
        parser.error("pre starts from --minilm, fine from --start")
    torch.set_num_threads(THREADS)
    torch.manual_seed(SEED)
    model = Judge()
    if args.minilm:
        model.encoder.load_minilm(args.minilm)
    else:
        model.load_state_dict(torch.load(args.start, weights_only=True))
    rows, stage = rows_of(args.rows), STAGES[args.stage]
    texts = Texts(rows)
    looked = {name: [row for row in rows if row.set == name] for name in (DEV, LEFT_OUT, HELD)}
    args.out.mkdir(parents=True, exist_ok=True)

    def after(epoch: int, told: dict[str, float]) -> None:
        torch.save(model.state_dict(), args.out / f"{args.stage}{epoch}.pt")
        found = {name: figures(read(model, few, texts), few) for name, few in looked.items()}
        print(json.dumps({"epoch": epoch, **told, **found}), flush=True)

    train(model, chosen(rows, stage, fine=args.stage != "pre"), texts, stage, after)


if __name__ == "__main__":
    main()
