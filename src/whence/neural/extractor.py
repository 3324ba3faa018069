"""Passages of text -> spans of source, cue and content: who is said to have said what, by the trained extractor."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from whence.model import Span
from whence.neural.distances import between, distances
from whence.neural.pieces import FIRST, LAST, Pieces, pieces
from whence.neural.sessions import session
from whence.neural.spans import CUE_TAGS, LINK_TAGS, spans
from whence.neural.viterbi import best

VERSION = 1
"""Of the weights: raised whenever they change, since everything derived from them is then stale."""
TOGETHER = 64
"""Passages whose tags are decoded together: chosen; decoding then costs a fiftieth of reading."""
Array = np.ndarray[Any, Any]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with what it links, as spans of the text (code points), and how sure the extractor is (0 to 1)."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Extractor:
    """The two graphs and the moves between tags, in a folder (`reader.onnx`, `linker.onnx`, `moves.json`).

    A passage is read by itself, never in a batch: its numbers in 8 bits would depend on what stands beside it, and the
    same passage must read the same in every archive.  One passage takes no longer than its share of a batch.
    """

    def __init__(self, folder: Path) -> None:
        self.reader, self.linker = session(folder / "reader.onnx"), session(folder / "linker.onnx")
        moves = json.loads((folder / "moves.json").read_text(encoding="utf8"))
        self.cue_moves, self.link_moves = (np.array(moves[name], np.float32) for name in ("cues", "links"))

    def read(self, text: str, passages: Sequence[Span]) -> list[list[Link]]:
        """What stands in each of a text's passages."""
        made: list[list[Link]] = []
        for at in range(0, len(passages), TOGETHER):
            made += self._read_few(pieces(text, passages[at:at + TOGETHER]))
        return made

    def read_all(self, texts: Sequence[str]) -> list[list[Link]]:
        """What stands in each of several passages, each a text of its own."""
        made: list[list[Link]] = []
        for at in range(0, len(texts), TOGETHER):
            few = [pieces(text, [Span(0, len(text))])[0] for text in texts[at:at + TOGETHER]]
            made += self._read_few(few)
        return made

    def _read_few(self, few: Sequence[Pieces]) -> list[list[Link]]:
        known = [number for number, one in enumerate(few) if len(one.firsts)]
        vectors, scores = zip(*(self._vectors(few[number]) for number in known), strict=True) if known else ((), ())
        paths = decoded(scores, self.cue_moves, CUE_TAGS)
        made: list[list[Link]] = [[] for _ in few]
        cues = [[(first, after) for first, after, _ in spans(path, CUE_TAGS)] for path in paths]
        linked = [at for at, found in enumerate(cues) if found]
        links = [self._link_scores(vectors[at], cues[at]) for at in linked]
        rows = [row for found in links for row in found]
        ways = iter(zip(decoded(rows, self.link_moves, LINK_TAGS), rows, strict=True))
        for at in linked:
            sure = certainty(scores[at], paths[at])
            for cue in cues[at]:
                path, row = next(ways)
                link = _link(few[known[at]], cue, path, float(sure[slice(*cue)].mean()), certainty(row, path))
                if link.content:
                    made[known[at]].append(link)
        return made

    def _vectors(self, one: Pieces) -> tuple[Array, Array]:
        """The vectors of the words of a passage, and the scores of their cue tags."""
        ids = np.concatenate([[FIRST], one.ids, [LAST]])[None]
        words, cues = self.reader.run(None, {
            "ids": ids, "case": np.pad(one.case, 1)[None], "quote": np.pad(one.quote, 1)[None],
            "mask": np.ones_like(ids), "firsts": one.firsts[None] + 1})
        return words, cues[0]

    def _link_scores(self, words: Array, cues: list[Range]) -> list[Array]:
        """For each cue of a passage the scores of the link tags."""
        length = words.shape[1]
        far = np.stack([distances(length, cue) for cue in cues])
        amid = np.stack([between(length, cue, cues) for cue in cues])
        scores: Array = self.linker.run(None, {
            "words": words, "rows": np.zeros(len(cues), np.int64), "ends": np.array(cues) - [0, 1], "distance": far,
            "between": amid, "mask": np.ones(far.shape, np.float32)})[0]
        return list(scores)


def decoded(scores: Sequence[Array], moves: Array, tags: Sequence[str]) -> list[list[int]]:
    """The best tags of rows of different lengths (words x tags each)."""
    if not scores:
        return []
    lengths = np.array([len(row) for row in scores])
    block = np.zeros((len(scores), int(lengths.max()), len(tags)), np.float32)
    for number, row in enumerate(scores):
        block[number, :len(row)] = row
    return best(block, lengths, moves, tags)


def certainty(scores: Array, path: Sequence[int]) -> Array:
    """For each word the share that the tag chosen has among all tags, by its own score alone (softmax)."""
    odds = np.exp(scores - scores.max(1, keepdims=True))
    share: Array = odds[np.arange(len(path)), path] / odds.sum(1)
    return share


def _link(one: Pieces, cue: Range, path: Sequence[int], sure: float, links: Array) -> Link:
    """Words to spans; the certainty is that of the cue times that of the words it links."""
    found = spans(path, LINK_TAGS)

    def cut(role: str) -> tuple[Span, ...]:
        return tuple(Span(int(one.starts[first]), int(one.ends[after - 1]))
                     for first, after, name in found if name == role)

    taken = [links[first:after] for first, after, _ in found]
    share = float(np.concatenate(taken).mean()) if taken else 0.0
    whole = Span(int(one.starts[cue[0]]), int(one.ends[cue[1] - 1]))
    return Link(whole, cut("source"), cut("content"), round(sure * share, 3))


@cache
def extractor() -> Extractor:
    """The extractor that ships with the package."""
    return Extractor(Path(str(resources.files("whence.neural").joinpath("weights"))))
