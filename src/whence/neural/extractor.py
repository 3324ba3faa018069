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
from whence.neural.spans import CUE_TAGS, LINK_TAGS, spans, tag
from whence.neural.viterbi import best, shares

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
        made: list[list[Link]] = [[] for _ in few]
        cues = [[(first, after) for first, after, _ in spans(path, CUE_TAGS)]
                for path in decoded(scores, self.cue_moves, CUE_TAGS)]
        linked = [at for at, found in enumerate(cues) if found]
        told = [scores[at] for at in linked]
        sure = certain(told, [tag(len(scores[at]), [(*cue, "cue") for cue in cues[at]], CUE_TAGS) for at in linked],
                       self.cue_moves, CUE_TAGS)
        links = [self._link_scores(vectors[at], cues[at]) for at in linked]
        rows = [row for found in links for row in found]
        paths = decoded(rows, self.link_moves, LINK_TAGS)
        ways = iter(zip(paths, certain(rows, paths, self.link_moves, LINK_TAGS), strict=True))
        for at, clear in zip(linked, sure, strict=True):
            for cue in cues[at]:
                path, share = next(ways)
                link = _link(few[known[at]], cue, path, float(clear[slice(*cue)].min()), share)
                if link.content:
                    made[known[at]].append(link)
        return made

    def _vectors(self, one: Pieces) -> tuple[Array, Array]:
        """The vectors of the words of a passage, and the scores of their cue tags."""
        marks = np.zeros((3, 1, len(one.ids) + 2), np.int64)
        marks[0, 0, 0], marks[0, 0, -1] = FIRST, LAST
        marks[:, 0, 1:-1] = one.ids, one.case, one.quote
        words, cues = self.reader.run(None, {"ids": marks[0], "case": marks[1], "quote": marks[2],
                                             "mask": np.ones_like(marks[0]), "firsts": one.firsts[None] + 1})
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
    return best(*_block(scores), moves, tags) if scores else []


def certain(scores: Sequence[Array], paths: Sequence[Sequence[int]], moves: Array, tags: Sequence[str]) -> list[Array]:
    """For each word of each row how sure the tag is that it has."""
    if not scores:
        return []
    share = shares(*_block(scores), moves, tags)
    return [share[row, np.arange(len(path)), path] for row, path in enumerate(paths)]


def _block(scores: Sequence[Array]) -> tuple[Array, Array]:
    """Rows of different lengths as one array, and their lengths."""
    lengths = np.array([len(row) for row in scores])
    block = np.zeros((len(scores), int(lengths.max()), scores[0].shape[1]), np.float32)
    for number, row in enumerate(scores):
        block[number, :len(row)] = row
    return block, lengths


def _link(one: Pieces, cue: Range, path: Sequence[int], sure: float, share: Array) -> Link:
    """Words to spans; the certainty is that of the cue times that of the words it links."""
    found = spans(path, LINK_TAGS)

    def cut(role: str) -> tuple[Span, ...]:
        return tuple(Span(int(one.starts[first]), int(one.ends[after - 1]))
                     for first, after, name in found if name == role)

    taken = np.concatenate([share[first:after] for first, after, _ in found]) if found else np.zeros(1)
    whole = Span(int(one.starts[cue[0]]), int(one.ends[cue[1] - 1]))
    return Link(whole, cut("source"), cut("content"), round(sure * float(taken.mean()), 3))


@cache
def extractor() -> Extractor:
    """The extractor that ships with the package."""
    return Extractor(Path(str(resources.files("whence.neural").joinpath("weights"))))
