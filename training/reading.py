"""A trained network -> the attributions of articles and how well they agree with people's, while training."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from batches import pairs, passages
from network import Extractor
from polnear import ROLES, Article, Fragments, examples, joined
from whence.model import Span
from whence.neural.spans import CUE_TAGS, LINK_TAGS, spans
from whence.neural.viterbi import best


@torch.no_grad()
def read(model: Extractor, texts: Sequence[Article]) -> list[list[Fragments]]:
    """What the network finds in each article, in float32."""
    from train_extractor import link_scores, word_vectors

    model.eval()
    made = []
    for article in texts:
        kept: list[Fragments] = []
        held = list(examples(article))
        for batch in (held[at:at + 32] for at in range(0, len(held), 32)):
            tensors = passages(batch)
            vectors = word_vectors(model, tensors)
            lengths = tensors.words.sum(1).numpy()
            found = best(model.tagger(vectors).numpy(), lengths, model.cue_chain.moves.numpy(), CUE_TAGS)
            cues = [[(first, after) for first, after, _ in spans(row, CUE_TAGS)] for row in found]
            if not any(cues):
                continue
            links = pairs(batch, cues)
            rows = links.row.numpy()
            paths = best(link_scores(model, vectors, tensors, links).numpy(), lengths[rows],
                         model.link_chain.moves.numpy(), LINK_TAGS)
            for row, (first, last), path in zip(rows, links.ends.tolist(), paths, strict=True):
                read_ = batch[row].pieces
                fragments: Fragments = {role: [] for role in ROLES}
                for begin, after, role in [(first, last + 1, "cue"), *spans(path, LINK_TAGS)]:
                    fragments[role].append(Span(int(read_.starts[begin]), int(read_.ends[after - 1])))
                if fragments["content"]:
                    kept.append({role: joined(part, article.text) for role, part in fragments.items()})
        made.append(kept)
    return made


def score(texts: Sequence[Article], found: Sequence[Sequence[Fragments]]) -> dict[str, Any]:
    """F1 of exact fragments by role, and of whole relations (sources meet, contents share half of their letters)."""
    made: dict[str, Any] = {}
    for role in ROLES:
        counts = np.zeros(3)
        for article, got in zip(texts, found, strict=True):
            gold = {span for one in article.attributions for span in one[role]}
            mine = {span for one in got for span in one[role]}
            counts += (len(gold & mine), len(mine), len(gold))
        made[role] = round(2 * counts[0] / (counts[1] + counts[2]), 4)
    counts = np.zeros(3)
    for article, got in zip(texts, found, strict=True):
        counts += (_right(article.attributions, got), len(got), len(article.attributions))
    return {**made, "relation": round(2 * counts[0] / (counts[1] + counts[2]), 4),
            "precision": round(counts[0] / max(counts[1], 1), 4), "recall": round(counts[0] / counts[2], 4)}


def _right(gold: Sequence[Fragments], got: Sequence[Fragments]) -> int:
    """Pairs, the largest overlap of cues first, that agree."""
    order = sorted((-_shared(a["cue"], b["cue"]), -_shared(a["content"], b["content"]), j, i)
                   for i, a in enumerate(got) for j, b in enumerate(gold) if _shared(a["cue"], b["cue"]))
    used: set[tuple[str, int]] = set()
    right = 0
    for _, _, j, i in order:
        if ("gold", j) in used or ("got", i) in used:
            continue
        used |= {("gold", j), ("got", i)}
        a, b = got[i], gold[j]
        shared = _shared(a["content"], b["content"])
        total = sum(e - s for s, e in a["content"]) + sum(e - s for s, e in b["content"]) - shared
        alike = bool(_shared(a["source"], b["source"])) if a["source"] or b["source"] else True
        right += alike and 2 * shared >= total
    return right


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
