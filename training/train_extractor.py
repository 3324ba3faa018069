"""Train the extractor on PolNeAR's training part, with a checkpoint after each epoch; started again, it goes on.

    python training/train_extractor.py --data POLNEAR --minilm model.safetensors --out FOLDER [--epochs 10] [--seed 1]

`POLNEAR` holds `train/` and `dev/`.  Figures on dev are printed after each epoch and choose nothing but the epoch.
"""
from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from batches import Pairs, Passages, cue_tags, link_tags, padded, pairs, passages, shuffled
from network import LAYERS, Extractor
from polnear import Example, articles, examples
from reading import read, score
from whence.neural.spans import CUE_TAGS, spans

PIECES = 1600


def word_vectors(model: Extractor, batch: Passages) -> Tensor:
    """Vectors of the words of a batch: that of each word's first piece."""
    vectors = model.encoder(batch.ids, batch.case, batch.quote, batch.mask)
    return vectors.gather(1, batch.firsts[..., None].expand(-1, -1, vectors.shape[2]))


def link_scores(model: Extractor, vectors: Tensor, batch: Passages, found: Pairs) -> Tensor:
    """The linker's scores for all cues of a batch: pairs x words x tags."""
    own = vectors[found.row]
    cue = own.gather(1, found.ends[..., None].expand(-1, -1, own.shape[2])).flatten(1)
    length = found.distance.shape[1]
    return model.linker(own[:, :length], cue, found.distance, found.between, batch.words[found.row][:, :length].float())


def jittered(cue: tuple[int, int], words: int, rng: random.Random) -> tuple[int, int]:
    """The cue, or now and then one that is a word longer or shorter, since cues are not found exactly either."""
    first, after = cue
    if rng.random() < .1:
        first = max(0, first + rng.choice((-1, 1)))
    if rng.random() < .1:
        after = min(words, after + rng.choice((-1, 1)))
    return (first, after) if first < after else cue


def false_cues(scores: Tensor, batch: list[Example]) -> list[list[tuple[int, int]]]:
    """What the tagger as it is now takes for cues, and what meets no cue: the linker learns to find nothing there."""
    made = []
    for row, example in zip(scores.detach().float().argmax(2).tolist(), batch, strict=True):
        tags = row[:len(example.pieces.firsts)]
        found = [(first, after) for first, after, _ in spans(tags, CUE_TAGS)
                 if not any(first < cue[1] and cue[0] < after for cue in example.cues)]
        made.append(found[:4])
    return made


def losses(model: Extractor, batch: list[Example], rng: random.Random) -> tuple[Tensor, Tensor]:
    """The tagger's and the linker's loss of a batch, each a mean over words."""
    tensors = passages(batch)
    vectors = word_vectors(model, tensors)
    scores = model.tagger(vectors)
    weight = tensors.words.sum()
    cue_loss = model.cue_chain.loss(scores, cue_tags(batch), tensors.words).sum() / weight
    wrong = false_cues(scores, batch)
    cues, tags = [], []
    for example, others in zip(batch, wrong, strict=True):
        words = len(example.pieces.firsts)
        cues.append([jittered(cue, words, rng) for cue in example.cues] + others)
        tags += [link_tags(example, links) for links in example.links] + [np.zeros(words, np.int64)] * len(others)
    if not tags:
        return cue_loss, cue_loss * 0
    found = pairs(batch, cues)
    length = found.distance.shape[1]
    link = model.link_chain.loss(link_scores(model, vectors, tensors, found), padded(tags),
                                 tensors.words[found.row][:, :length])
    return cue_loss, link.sum() / weight


def optimizer(model: Extractor, rate: float) -> torch.optim.Optimizer:
    """AdamW: lower layers learn slower (by .9 a layer), new parts five times as fast."""
    groups = []
    model.encoder.words.weight.requires_grad_(False)   # half of all weights; too few texts to move them well
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = LAYERS + 1
        if name.startswith("encoder."):
            part = name.split(".")
            depth = int(part[2]) + 1 if part[1] == "layers" else 0
            factor = 5.0 if part[1] in ("case", "quote") else .9 ** (LAYERS - depth)
        else:
            factor = 20.0 if "chain" in name else 5.0
        decay = .01 if parameter.dim() > 1 and "chain" not in name else 0.0
        groups.append({"params": [parameter], "lr": rate * factor, "weight_decay": decay, "base": rate * factor})
    return torch.optim.AdamW(groups, betas=(.9, .98), eps=1e-6, fused=True)


def main() -> None:
    """Train, with a line of figures after each epoch."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--dropout", type=float, default=.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="articles to train on, for a trial")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    kept = [example for article in articles(args.data / "train")[:args.limit] for example in examples(article)]
    dev = articles(args.data / "dev")
    model = Extractor(args.dropout)
    model.encoder.load_minilm(args.minilm)
    steps = sum(1 for _ in shuffled(kept, PIECES, random.Random(0))) * args.epochs
    stepper = optimizer(model, args.rate)
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint, done, step = args.out / "last.pt", 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        stepper.load_state_dict(state["stepper"])
        done, step = state["epoch"], state["step"]
        rng = random.Random(args.seed + done)
    for epoch in range(done, args.epochs):
        began, sums, count = time.perf_counter(), [0.0, 0.0], 0
        model.train()
        for batch in shuffled(kept, PIECES, rng):
            share = min(1.0, (step + 1) / (.06 * steps)) * max(0.0, (steps - step) / steps)
            for group in stepper.param_groups:
                group["lr"] = group["base"] * share
            with torch.autocast("cpu", torch.bfloat16):
                cue, link = losses(model, batch, rng)
            (cue + link).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            stepper.step()
            stepper.zero_grad(set_to_none=True)
            step += 1
            count += 1
            sums = [sums[0] + cue.item(), sums[1] + link.item()]
            if count % 100 == 0:
                print(f"  {count} steps, {time.perf_counter() - began:.0f} s, cue {sums[0] / count:.4f}, "
                      f"link {sums[1] / count:.4f}", flush=True)
        torch.save({"model": model.state_dict()}, args.out / f"epoch{epoch + 1}.pt")
        torch.save({"model": model.state_dict(), "stepper": stepper.state_dict(), "epoch": epoch + 1, "step": step},
                   checkpoint)
        figures = score(dev, read(model, dev))
        print(json.dumps({"epoch": epoch + 1, "seconds": round(time.perf_counter() - began),
                          "loss": [round(part / count, 4) for part in sums], **figures}), flush=True)


if __name__ == "__main__":
    main()
