"""PolNeAR's stand-off files -> passages with tagged words, as the network is trained on them."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from whence.config import SegmentConfig
from whence.model import Document, Span
from whence.neural.pieces import LONGEST, Pieces, pieces
from whence.neural.windows import windows
from whence.steps import segment

ROLES = ("source", "cue", "content")
_MARK = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)", re.MULTILINE)
_EVENT = re.compile(r"^E\d+\tAttribution\S*?:T\d+((?: \S+)*)\s*$", re.MULTILINE)
Fragments = dict[str, list[Span]]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its attributions: for each, the spans of its three roles."""

    name: str
    text: str
    attributions: list[Fragments]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with its cues and, for each, its sources and contents, in words (first, after the last)."""

    pieces: Pieces
    cues: list[tuple[int, int]]
    links: list[list[tuple[int, int, str]]]


def articles(folder: Path) -> list[Article]:
    """The articles of a part of PolNeAR (`text/`, `attributions/`), each with its first annotator's attributions."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(re.sub(r"_[0-9A-Za-z]+\.ann$", "", path.name), path)
    made = []
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in first:
            with path.open(encoding="utf8", newline="") as file:
                text = file.read()
            with first[path.stem].open(encoding="utf8", newline="") as file:
                made.append(Article(path.stem, text, _attributions(file.read(), text)))
    return made


def _attributions(annotation: str, text: str) -> list[Fragments]:
    marks = {mark[1]: (mark[2].lower(), [Span(*map(int, part.split())) for part in mark[3].split(";")])
             for mark in _MARK.finditer(annotation)}
    made = []
    for event in _EVENT.finditer(annotation):
        found: Fragments = {role: [] for role in ROLES}
        for argument in event[1].split():
            role, _, name = argument.partition(":")
            role = re.sub(r"\d+$", "", role).lower()
            if role not in ROLES or marks.get(name, ("",))[0] != role:
                break
            found[role] += marks[name][1]
        else:
            found = {role: joined(spans, text) for role, spans in found.items()}
            if found["cue"] and found["content"]:
                made.append(found)
    return made


def joined(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans without outer white space, those that only white space parts joined."""
    made: list[Span] = []
    for start, end in sorted(spans):
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        if start >= end:
            continue
        if made and (start <= made[-1].end or not text[made[-1].end:start].strip()):
            made[-1] = Span(made[-1].start, max(end, made[-1].end))
        else:
            made.append(Span(start, end))
    return made


def passages(text: str) -> list[Span]:
    """The passages of an article, as the attribute step cuts them."""
    document = Document("", None, None, None, None, None, None, None, "", text)
    return windows(text, segment.sentences(document, SegmentConfig()))


def examples(article: Article) -> Iterator[Example]:
    """The article's passages with what is annotated in them; an attribution belongs where its cue stands."""
    for read in pieces(article.text, passages(article.text)):
        if not len(read.firsts) or len(read.ids) > 2 * LONGEST:
            continue
        low, high = read.starts[0], read.ends[-1]
        cues, links = [], []
        for found in article.attributions:
            if not low <= found["cue"][0].start < high:
                continue
            cue = _words(read, found["cue"][0])
            spans = [(*_words(read, span), role) for role in ("source", "content") for span in found[role]
                     if span.start < high and span.end > low]
            if cue is not None and cue not in cues:
                cues.append(cue)
                links.append([span for span in spans if span[1] > span[0]])
        yield Example(read, cues, links)


def _words(read: Pieces, span: Span) -> tuple[int, int]:
    first = int(np.searchsorted(read.ends, span.start, side="right"))
    return first, max(int(np.searchsorted(read.starts, span.end)), first)
