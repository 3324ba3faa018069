"""Passages of text -> spans of source, cue and content: who is said to have said what, by the trained extractor.

What its reader sees in a passage's sentences is kept beside them, for `whose` to tell on whose word each is told.
"""
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
from whence.neural import whose
from whence.neural.distances import BETWEEN, between, distances
from whence.neural.pieces import FIRST, LAST, Pieces, pieces_of
from whence.neural.sessions import session
from whence.neural.spans import CUE_TAGS, LINK_TAGS, spans
from whence.neural.viterbi import best, shares

TOGETHER = 64
"""Passages whose tags are decoded together: chosen; decoding then costs a fiftieth of reading."""
Array = np.ndarray[Any, Any]
Range = tuple[int, int]
Passage = tuple[str, tuple[int, ...]]
"""A text that is read in one go, and where its sentences end, if anybody wants to know what is seen of them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with what it links, as spans of the text (code points), and how sure the extractor is (0 to 1)."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said in a passage, and what is seen of its sentences (`whose.written`)."""

    links: list[Link]
    seen: list[str]


class Extractor:
    """The two graphs and the moves between tags, in a folder (`reader.onnx`, `linker.onnx`, `moves.json`).

    A passage is read by itself, never in a batch: its numbers in 8 bits would depend on what stands beside it, and the
    same passage must read the same in every archive.  One passage takes no longer than its share of a batch.
    """

    def __init__(self, folder: Path) -> None:
        self.reader, self.linker = session(folder / "reader.onnx"), session(folder / "linker.onnx")
        moves = json.loads((folder / "moves.json").read_text(encoding="utf8"))
        self.cue_moves, self.link_moves = (np.array(moves[name], np.float32) for name in ("cues", "links"))

    def read_all(self, texts: Sequence[str]) -> list[list[Link]]:
        """What stands in each of several passages, each a text of its own."""
        return [reading.links for reading in self.look([(text, ()) for text in texts])]

    def look(self, passages: Sequence[Passage]) -> list[Reading]:
        """What stands in each of several passages, and what is seen of their sentences."""
        made: list[Reading] = []
        for at in range(0, len(passages), TOGETHER):
            some = passages[at:at + TOGETHER]
            made += self._look_at_few(pieces_of([(text, Span(0, len(text))) for text, _ in some]),
                                      [ends for _, ends in some])
        return made

    def _look_at_few(self, few: Sequence[Pieces], ends: Sequence[Sequence[int]]) -> list[Reading]:
        made = [Reading([], [""] * len(one)) for one in ends]
        known = [number for number, one in enumerate(few) if len(one.firsts)]
        read = [self.reader.run(None, feed) for feed in [marks(few[number]) for number in known]]
        for number, (words, _) in zip(known, read, strict=True):
            if ends[number]:
                made[number].seen[:] = map(whose.written, whose.pooled(words, few[number].starts, ends[number]))
        scores = [told for _, told in read]
        paths = decoded(scores, self.cue_moves, CUE_TAGS)
        cues = [np.array([cue[:2] for cue in spans(path, CUE_TAGS)], np.int64) for path in paths]
        linked = [at for at, found in enumerate(cues) if len(found)]
        sure = certain([scores[at] for at in linked], [paths[at] for at in linked], self.cue_moves, CUE_TAGS)
        asked = [_places(read[at][0], cues[at]) for at in linked]
        rows = [row for feed in asked for row in self.linker.run(None, feed)[0]]
        paths = decoded(rows, self.link_moves, LINK_TAGS)
        ways = zip(paths, certain(rows, paths, self.link_moves, LINK_TAGS), strict=True)
        for at, clear in zip(linked, sure, strict=True):
            for first, after in cues[at].tolist():
                link = _link(few[known[at]], (first, after), float(clear[first:after].min()), *next(ways))
                if link.content:
                    made[known[at]].links.append(link)
        return made


def marks(one: Pieces) -> dict[str, Array]:
    """What the reader takes in of a passage."""
    rows = np.zeros((3, len(one.ids) + 2), np.int64)
    rows[0, 0], rows[0, -1] = FIRST, LAST
    rows[0, 1:-1], rows[1, 1:-1], rows[2, 1:-1] = one.ids, one.case, one.quote
    return {"ids": rows[0], "case": rows[1], "quote": rows[2], "firsts": one.firsts + 1}


def _places(words: Array, cues: Array) -> dict[str, Array]:
    """What the linker takes in of a passage's words (words x 384) and its cues (first word, word after the last)."""
    places = distances(len(words), cues) * BETWEEN + between(len(words), cues)
    return {"words": words, "ends": cues - [0, 1], "places": places}


def decoded(scores: Sequence[Array], moves: Array, tags: tuple[str, ...]) -> list[list[int]]:
    """The best tags of rows of different lengths (words x tags each)."""
    return best(*_block(scores), moves, tags) if scores else []


def certain(
    scores: Sequence[Array], paths: Sequence[Sequence[int]], moves: Array, tags: tuple[str, ...]
) -> list[Array]:
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


def _link(one: Pieces, cue: Range, sure: float, path: Sequence[int], share: Array) -> Link:
    """Words to spans; the certainty is that of the cue times that of the words it links."""
    found = spans(path, LINK_TAGS)
    source, content = (tuple(_span(one, first, after) for first, after, role in found if role == wanted)
                       for wanted in ("source", "content"))
    each = share.tolist()
    taken = [chance for first, after, _ in found for chance in each[first:after]]
    return Link(_span(one, *cue), source, content, round(sure * sum(taken) / max(len(taken), 1), 3))


def _span(one: Pieces, first: int, after: int) -> Span:
    return Span(int(one.starts[first]), int(one.ends[after - 1]))


@cache
def extractor() -> Extractor:
    """The extractor that ships with the package."""
    return Extractor(Path(str(resources.files("whence.neural").joinpath("weights"))))
