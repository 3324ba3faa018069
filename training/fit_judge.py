r"""Fit the regression that weighs what is cheap to tell of two sentences, and write it with how the two opinions meet.

    python training/fit_judge.py --real FOLDER --news fnc1-bodies.jsonl --out judge.json \
        [--open ANY DENIED SPECIFIC] [--mixed REGRESSION NETWORK]

It is fitted to judged pairs of real news, those of others and our own (judge_pairs.py), but for the development pairs
and for those of the archive that is left out, on which it is then measured.  `--open` and `--mixed` are what
neural/judge.py says of them; as they stand, nothing is open to the cross-encoder.
"""
from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from judge_pairs import DEV, LEFT_OUT, articles, real_pairs
from whence.neural.embedder import embedder
from whence.neural.judge import CONTRARY, OTHER, SAME
from whence.text.meaning import names
from whence.text.meaning.calendar import day_of
from whence.text.meaning.contents import Article, Content, content
from whence.text.meaning.features import FEATURES, Pair, features
from whence.text.meaning.vocabulary import plain_words

STRENGTH, STEPS = .3, 4000
PARTIAL = .5
"""What a partial pair counts: its label is the least sure."""
CLASSES = {"same": SAME, "conflict": SAME, "denial": CONTRARY}


class Reader:
    """Judged pairs -> their features; every sentence and every article is read once."""

    def __init__(self, known: Mapping[tuple[str, str], Mapping[str, Any]], texts: Sequence[str]) -> None:
        self.known = {name: row for (_, name), row in known.items()}
        self.vectors = dict(zip(texts, embedder().vectors(texts), strict=True))
        self.articles: dict[str, Article] = {}

    def article(self, name: str) -> Article:
        """What is known of an article, as steps/statements.py has it."""
        if name not in self.articles:
            row = self.known[name]
            found = names.names(f"{row.get('title') or ''}\n{row['text']}", plain_words())
            self.articles[name] = Article(frozenset(word for one in found for word in one.words),
                                          day_of(row.get("published")))
        return self.articles[name]

    def features(self, row: Mapping[str, Any]) -> list[float]:
        """The features of a pair."""
        sides = row["a"], row["b"]
        one, other = (self.vectors[side["text"]] for side in sides)
        mine, theirs = (self.article(side["id"]) for side in sides)
        return features(Pair(self.content(sides[0], mine), self.content(sides[1], theirs), float(one @ other),
                             (mine, theirs)))

    @staticmethod
    def content(side: Mapping[str, Any], article: Article) -> Content:
        """What a sentence says, on the day of its article."""
        return content(side["text"], article.day)


def fitted(rows: Sequence[Mapping[str, Any]], told: Any) -> tuple[StandardScaler, LogisticRegression]:
    """The regression over OTHER, SAME and CONTRARY."""
    classes = [CLASSES.get(row["label"], OTHER) for row in rows]
    weights = [PARTIAL if row["label"] == "partial" else 1.0 for row in rows]
    scaler = StandardScaler().fit(told)
    regression = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    return scaler, regression.fit(scaler.transform(told), classes, sample_weight=weights)


def figures(rows: Sequence[Mapping[str, Any]], joined: Sequence[bool]) -> dict[str, float]:
    """How right it is to join what is joined, partial pairs left out.

    Weighted, a pair stands for those of its stratum that were not drawn: it counts the stratum's size by its share.
    """
    drawn = Counter(row["stratum"] for row in rows)
    found: dict[str, float] = {}
    for kind in ("", "_weighted"):
        count: Counter[tuple[str, bool]] = Counter()
        for row, together in zip(rows, joined, strict=True):
            count[row["label"], together] += row["size"] / drawn[row["stratum"]] if kind else 1
        right, missed = (count["same", here] + count["conflict", here] for here in (True, False))
        wrong = count["denial", True] + count["different", True]
        precision, recall = right / max(right + wrong, 1e-9), right / max(right + missed, 1e-9)
        found |= {f"precision{kind}": precision, f"recall{kind}": recall,
                  f"f1{kind}": 2 * precision * recall / max(precision + recall, 1e-9)}
        for label in ("denial", "different") if not kind else ():
            told = count[label, False] + count[label, True]
            if told:
                found[f"{label}_apart"] = count[label, False] / told
    return {name: round(value, 3) for name, value in found.items()}


def written(path: Path, scaler: Any, regression: Any, opened: Sequence[float], mixed: Sequence[float]) -> None:
    """Write the weights as neural/judge.py reads them."""
    told = {"means": scaler.mean_, "scales": scaler.scale_, "coefficients": regression.coef_,
            "biases": regression.intercept_}
    kept = {"names": [name for name, _ in FEATURES], **{name: one.round(6).tolist() for name, one in told.items()},
            "open": list(opened), "mixed": list(mixed)}
    path.write_text(json.dumps(kept, indent=1), encoding="utf8")


def main() -> None:
    """Fit, write, and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--open", type=float, nargs=3, default=(2.0, 2.0, 2.0), metavar=("ANY", "DENIED", "SPECIFIC"))
    parser.add_argument("--mixed", type=float, nargs=2, default=(1.0, 0.0), metavar=("REGRESSION", "NETWORK"))
    parser.add_argument("--least", type=float, default=.5, help="the least chance at which a pair is joined")
    args = parser.parse_args()
    pairs = list(real_pairs(args.real, args.news))
    reader = Reader(articles(args.real, args.news), sorted({row[side]["text"] for _, row in pairs for side in "ab"}))
    told = np.array([reader.features(row) for _, row in pairs])
    learned = np.array([name not in (DEV, LEFT_OUT) for name, _ in pairs])
    scaler, regression = fitted([row for name, row in pairs if name not in (DEV, LEFT_OUT)], told[learned])
    written(args.out, scaler, regression, args.open, args.mixed)
    for name in (DEV, LEFT_OUT):
        here = [at for at, (found, _) in enumerate(pairs) if found == name]
        chances = regression.predict_proba(scaler.transform(told[here]))[:, SAME]
        found = figures([pairs[at][1] for at in here], [bool(chance >= args.least) for chance in chances])
        print(json.dumps({"set": name, **found}))


if __name__ == "__main__":
    main()
