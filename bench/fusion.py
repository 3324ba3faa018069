"""What MiniLM as it is and plain BM25 find of claims told in other words: the peer that `find` is held against.

Scores are z-scores over the claims of a query, .3 of BM25 (Robertson and Walker 1994; k1 1.2, b .75; no stemming,
English stop words) and .7 of the mean cosine to claim and title.
"""
from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from whence.neural.embedder import Embedder
from whence.store.index import STOP_WORDS

K1, B = 1.2, .75
WORDS, MEANING = .3, .7
TOP = 10
Array = np.ndarray[Any, Any]


def hits(data: Path, queries: Path, weights: Path, out: Path) -> None:
    """Write the best claims for each query as `whence find --queries` does; `weights` holds an `embedder.onnx`."""
    claims = [json.loads(line) for line in (data / "claims.jsonl").read_text(encoding="utf8").splitlines()]
    asked = [json.loads(line) for line in queries.read_text(encoding="utf8").splitlines()]
    texts, titles, questions = ([row[key] or "" for row in rows]
                                for rows, key in ((claims, "text"), (claims, "title"), (asked, "text")))
    model = Embedder(weights)
    cosines = model.vectors(questions) @ (model.vectors(texts) + model.vectors(titles)).T
    words = bm25([f"{title} {text}" for title, text in zip(titles, texts, strict=True)], questions)
    scores = WORDS * standard(words) + MEANING * standard(cosines)
    with out.open("w", encoding="utf8") as file:
        for row, query in zip(scores, asked, strict=True):
            best = np.argsort(-row, kind="stable")[:TOP]
            file.write(json.dumps({"query": query["id"], "hits": [
                {"external_id": claims[at]["id"], "score": float(row[at])} for at in best]}) + "\n")


def bm25(texts: Sequence[str], queries: Sequence[str]) -> Array:
    """BM25 of every text for every query: queries x texts."""
    bags = [Counter(_words(text)) for text in texts]
    lengths = np.array([bag.total() for bag in bags], float)
    holding: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for word, count in bag.items():
            holding[word].append((number, count))
    scores = np.zeros((len(queries), len(texts)))
    for row, query in zip(scores, queries, strict=True):
        for word in set(_words(query)) & holding.keys():
            at, counts = np.array(holding[word]).T
            rarity = np.log(1 + (len(texts) - len(at) + .5) / (len(at) + .5))
            row[at] += rarity * counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths[at] / lengths.mean()))
    return scores


def standard(scores: Array) -> Array:
    """The z-scores of each row."""
    found: Array = (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)
    return found


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS]
