r"""Fit what is added to the judge's logit of SAME where both sentences stand in one article, and write it.

    python training/fit_within.py --real FOLDER --news fnc1-bodies.jsonl --out judge.json

The judge learned from pairs of two articles.  Pairs of one article that people judged (pairs/within.csv) tell how much
less often two sentences that look as alike say the same there: one number, by maximum likelihood, since a slope and
further features added nothing (log loss in five folds .446 with the shift and a slope, .446 with all of them).  It is
written so that a pair of one article that is as likely as not to say the same comes to the average from which groups
are one: an article that is counted once anyway loses little by what is left apart in it.
"""
from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fit_judge import Reader
from judge_pairs import OURS, articles
from whence.config import ClaimsConfig
from whence.neural import judge
from whence.steps import judging
from whence.text.meaning.features import Pair

SAYS = ("same", "conflict")
STEPS = 30

Floats = npt.NDArray[np.float64]


def shift(chances: Floats, same: npt.NDArray[np.bool_]) -> float:
    """The number that, added to the logits of `chances`, makes `same` likeliest (Newton's method)."""
    clipped = np.clip(chances, 1e-3, 1 - 1e-3)
    logits, found = np.log(clipped / (1 - clipped)), 0.0
    for _ in range(STEPS):
        now = 1 / (1 + np.exp(-(logits + found)))
        found += float((same - now).sum() / (now * (1 - now)).sum())
    return found


def main() -> None:
    """Fit, print, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    known = articles(args.real, args.news)
    with (OURS / "within.csv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    both = [tuple(known[row["archive"], row["id"]]["text"][int(row[f"{side}_start"]):int(row[f"{side}_end"])]
                  for side in "ab") for row in rows]
    reader = Reader(known, sorted({text for two in both for text in two}))
    pairs = []
    for row, (one, other) in zip(rows, both, strict=True):
        article = reader.article(row["id"])
        mine, theirs = (reader.content({"text": text}, article) for text in (one, other))
        pairs.append(Pair(mine, theirs, float(reader.vectors[one] @ reader.vectors[other]), (article, article)))
    found = judging.judged(judging.measured(pairs), lambda some: [(both[at][0], both[at][1]) for at in some],
                           judge.cross_encoder().read)
    same = np.array([row["label"] in SAYS for row in rows])
    moved = shift(found.chances[:, judge.SAME].astype(np.float64), same)
    agree = ClaimsConfig().agree
    joined = moved + float(np.log(agree / (1 - agree)))        # what is as likely as not comes to `agree`
    print(json.dumps({"pairs": len(rows), "same": int(same.sum()), "moved": round(moved, 3),
                      "within": round(joined, 3)}))
    told = {**json.loads(args.out.read_text("utf8")), "within": round(joined, 1)}
    args.out.write_text(json.dumps(told, indent=1), "utf8")


if __name__ == "__main__":
    main()
