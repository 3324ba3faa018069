"""Fit MiniLM's sentence vectors to claims: what is said now beside the checked claim that it repeats.

    python training/train_embedder.py --claims FOLDER... --sentences FILE --minilm model.safetensors --out FOLDER

Each `FOLDER` holds `claims.jsonl`, `queries-train.jsonl` and `qrels-train.tsv`; `FILE` one plain sentence a line.  The
loss is the in-batch softmax over cosines (Henderson et al. 2017) with hard negatives, plus the distance from the
vectors as they were for the plain sentences, so that what the encoder knew of other wordings is kept.
"""
from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from network import Encoder
from whence.neural.pieces import tokenizer

LONGEST = 128
TEMPERATURE = .05
HARD = 3
"""Hard negatives a query: the best wrong ones of the encoder as it was."""


class Embedder(nn.Module):
    """Wordpieces -> the mean of their vectors, of length one."""

    def __init__(self, dropout: float = .1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: batch x length."""
        none = torch.zeros_like(ids)
        vectors = self.encoder(ids, none, none, mask).float()
        weight = mask[..., None].float()
        return functional.normalize((vectors * weight).sum(1) / weight.sum(1), dim=1)


@dataclass(slots=True)
class Task:
    """Claims (text and title) and the queries that repeat them: (words, claims by index)."""

    claims: list[str]
    titles: list[str]
    queries: list[tuple[str, list[int]]]


def task(folder: Path, part: str) -> Task:
    """A part (train, dev) of a set of claims."""
    rows = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf8").splitlines()]
    place = {row["id"]: at for at, row in enumerate(rows)}
    wanted: dict[str, list[int]] = {}
    for line in (folder / f"qrels-{part}.tsv").read_text(encoding="utf8").splitlines():
        query, _, claim, _ = line.split()
        wanted.setdefault(query, []).append(place[claim])
    texts = [json.loads(line) for line in (folder / f"queries-{part}.jsonl").read_text(encoding="utf8").splitlines()]
    return Task([row["text"] for row in rows], [row["title"] or "" for row in rows],
                [(row["text"], wanted[row["id"]]) for row in texts if row["id"] in wanted])


def titled(known: Task, count: int, rng: random.Random) -> list[tuple[str, list[int]]]:
    """Titles of fact-checks as queries for the claims that they check: what the domain tells of itself, unlabelled."""
    named = [at for at, title in enumerate(known.titles) if title and title != known.claims[at]]
    return [(known.titles[at], [at]) for at in rng.sample(named, min(count, len(named)))]


def batch(texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Texts as padded wordpieces with their mask."""
    rows = [[101, *one.ids[:LONGEST], 102] for one in tokenizer().encode_batch(list(texts), add_special_tokens=False)]
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, :len(row)] = torch.tensor(row)
    return ids, (ids > 0).long()


@torch.no_grad()
def embed(model: Embedder, texts: Sequence[str], size: int = 64) -> Tensor:
    """The vectors of many texts, those of one length together."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    made = torch.zeros(len(texts), 384)
    for at in range(0, len(order), size):
        few = order[at:at + size]
        with torch.autocast("cpu", torch.bfloat16):
            made[few] = model(*batch([texts[i] for i in few]))
    return made


def hard_negatives(model: Embedder, known: Task, claims: Tensor) -> list[list[int]]:
    """For each query the claims (as vectors) that look most like it and are not what it repeats."""
    best = (embed(model, [text for text, _ in known.queries]) @ claims.T).topk(20, 1).indices.tolist()
    return [[at for at in row if at not in right][:10] for row, (_, right) in zip(best, known.queries, strict=True)]


def figures(model: Embedder, known: Task, claims: Tensor, titles: Tensor) -> float:
    """MAP@5 of the mean cosine to claim and title, as vectors."""
    queries = embed(model, [text for text, _ in known.queries])
    best = (queries @ (claims + titles).T).topk(5, 1).indices.tolist()
    total = 0.0
    for row, (_, right) in zip(best, known.queries, strict=True):
        hits = 0
        for rank, at in enumerate(row, 1):
            if at in right:
                hits += 1
                total += hits / rank / len(right)
    return total / len(known.queries)


def main() -> None:
    """Train, with a line of figures after each epoch."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--claims", type=Path, nargs="+", required=True)
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--keep", type=float, default=2.0, help="weight of staying near the vectors as they were")
    parser.add_argument("--titles", type=int, default=0, help="titles of each set to train on beside its queries")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tasks, devs = [task(folder, "train") for folder in args.claims], [task(folder, "dev") for folder in args.claims]
    for known in tasks:
        known.queries = known.queries * (2 if args.titles else 1) + titled(known, args.titles, rng)
    model = Embedder()
    model.encoder.load_minilm(args.minilm)
    model.encoder.words.weight.requires_grad_(False)
    plain = [line for line in args.sentences.read_text(encoding="utf8").splitlines() if line.strip()]
    before = embed(model, plain)
    held = [(embed(model, known.claims), embed(model, known.titles)) for known in tasks]
    hard = [hard_negatives(model, known, claims) for known, (claims, _) in zip(tasks, held, strict=True)]
    report(model, devs, held, 0)
    stepper = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=args.rate, weight_decay=.01,
                                fused=True)
    items = [(number, at) for number, known in enumerate(tasks) for at in range(len(known.queries))]
    size, step = 24, 0
    steps = args.epochs * (len(items) // size)
    args.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(args.epochs):
        model.train()
        rng.shuffle(items)
        began, losses = time.perf_counter(), []
        for at in range(0, len(items) - size + 1, size):
            few = items[at:at + size]
            queries, texts, owner = [], [], []
            for number, place in few:
                query, right = tasks[number].queries[place]
                queries.append(query)
                chosen = rng.choice(right)
                wrong = rng.sample(hard[number][place], min(HARD, len(hard[number][place])))
                for claim in [chosen, *wrong]:
                    by_title = rng.random() < .3 and tasks[number].titles[claim] not in ("", query)
                    texts.append(tasks[number].titles[claim] if by_title else tasks[number].claims[claim])
                    owner.append((number, claim))
            counts = [1 + min(HARD, len(hard[number][place])) for number, place in few]
            firsts = torch.tensor(np.cumsum([0, *counts[:-1]]))
            for group in stepper.param_groups:
                group["lr"] = args.rate * min(1.0, (step + 1) / (.1 * steps)) * (steps - step) / steps
            sample = rng.sample(range(len(plain)), size)
            with torch.autocast("cpu", torch.bfloat16):
                asked, held = model(*batch(queries)), model(*batch(texts))
                kept = model(*batch([plain[i] for i in sample]))
            scores = asked @ held.T / TEMPERATURE
            for row, (number, place) in enumerate(few):       # another right claim in the batch is no negative
                for column, (other, claim) in enumerate(owner):
                    if other == number and claim in tasks[number].queries[place][1] and column != int(firsts[row]):
                        scores[row, column] = -1e4
            loss = functional.cross_entropy(scores, firsts) + args.keep * (1 - (kept * before[sample]).sum(1)).mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            stepper.step()
            stepper.zero_grad(set_to_none=True)
            step += 1
            losses.append(loss.item())
        torch.save({"model": model.state_dict()}, args.out / f"epoch{epoch + 1}.pt")
        print(json.dumps({"epoch": epoch + 1, "loss": round(float(np.mean(losses)), 4),
                          "seconds": round(time.perf_counter() - began)}), flush=True)
    report(model, devs, [(embed(model, known.claims), embed(model, known.titles)) for known in tasks], args.epochs)


def report(model: Embedder, devs: Sequence[Task], held: Sequence[tuple[Tensor, Tensor]], epoch: int) -> None:
    """A line of figures on the development queries."""
    found = [round(figures(model, known, *vectors), 4) for known, vectors in zip(devs, held, strict=True)]
    print(json.dumps({"epoch": epoch, "map_at_5": found}), flush=True)


if __name__ == "__main__":
    main()
