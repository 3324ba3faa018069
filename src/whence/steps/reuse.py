"""Documents to the passages that any two of them share, and what one publisher repeats under many articles."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from whence.config import ReuseConfig
from whence.model import Document, Limit, Passage, Passages, Reuse, Segment, identify
from whence.text.align import Aligned, Aligner, Run, Scoring, spread
from whence.text.repeats import repeated_starts
from whence.text.shingle import I64, Bools, Words, read, shingles

VERSION = 1

TELLING = 5
"""Letters of a word that tells what a text is about; chosen, few function words are so long."""

_STOP = re.compile(r"[.!?…。！？\n\r][\"'”’»)\]]*\s*\Z|\n\s*\Z")
"""What stands before the start of a notice, and closes it: the end of a sentence or of a line."""


def find(documents: Sequence[Document], known: Sequence[Segment], config: ReuseConfig) -> Passages:
    """All pairs of documents that share a passage, verbatim or edited, and the boilerplate found on the way.

    `known` are the parts already labelled as not the article's own; a passage inside one is marked as boilerplate, and
    none runs across the edge of one.  `segments` of the result are the new ones only.  Reuses come by id of a, id of b,
    place; their direction is unknown.
    """
    documents = sorted(documents, key=_age)
    words = read(document.text for document in documents)
    segments = boilerplate(documents, words, config)
    foreign = _foreign(documents, words, [*known, *segments])
    pairs, limits = candidates(documents, words, foreign, config)
    aligner = Aligner(words, Scoring(seed=config.seed, least=config.least, exact=config.exact))
    reuses = []
    for a, b, found in aligner.align(pairs):
        for one in found:
            parts = _parts(one, a, b, words, foreign, config)
            reuses += [_reuse(documents, words, a, b, part, flag) for part, flag in parts]
    reuses.sort(key=lambda r: (r.a.document, r.b.document, r.a.start, r.b.start, r.a.end, r.b.end))
    return Passages(tuple(reuses), tuple(segments), tuple(limits))


# -- boilerplate -------------------------------------------------------------------------------------------------

def boilerplate(documents: Sequence[Document], words: Words, config: ReuseConfig) -> list[Segment]:
    """What a publisher puts word for word before or after articles that otherwise differ, by document and place.

    A notice says nothing of its article; a repeated paragraph that takes up the article's own words is background, and
    stays.
    """
    by_publisher = defaultdict(list)
    for n, document in enumerate(documents):
        if document.publisher is not None:
            by_publisher[document.publisher].append(n)
    _, codes = np.unique(words.hashes, return_inverse=True)
    found: list[Segment] = []
    for mine in by_publisher.values():
        if len(mine) < config.notice_documents:
            continue
        texts = [codes[words.offsets[n]:words.offsets[n + 1]] for n in mine]
        for back in (False, True):
            sides = [text[::-1].tolist() if back else text.tolist() for text in texts]
            repeated = repeated_starts(sides, config.notice_documents)
            sizes = [_longest(documents[n], words, n, repeated[row], back, config) for row, n in enumerate(mine)]
            echoes: dict[tuple[int, ...], list[float]] = defaultdict(list)
            for n, side, size in zip(mine, sides, sizes, strict=True):
                echoes[tuple(side[:size])].append(_echo(words, n, size, back))
            for n, side, size in zip(mine, sides, sizes, strict=True):
                if size and float(np.mean(echoes[tuple(side[:size])])) <= config.notice_echo:
                    found.append(_notice(documents[n], words, n, size, back))
    return sorted(found, key=lambda s: (s.document, s.start))


def _longest(document: Document, words: Words, n: int, repeated: Bools, back: bool, config: ReuseConfig) -> int:
    """How many words the longest repeated start (or end) of one text has that is whole sentences; 0 for none.

    It leaves the article as many words as make two texts differ.
    """
    low, high = int(words.offsets[n]), int(words.offsets[n + 1])
    for size in reversed(np.flatnonzero(repeated[:max(0, high - low - config.notice_leaves) + 1]).tolist()):
        start = int(words.starts[high - size if back else low + size])
        if size >= config.notice_words and _STOP.search(document.text, max(0, start - 20), start):
            return int(size)
    return 0


def _echo(words: Words, n: int, size: int, back: bool) -> float:
    """The share of a notice's longer words that the rest of its text takes up."""
    low, high = int(words.offsets[n]), int(words.offsets[n + 1])
    inside, rest = (slice(high - size, high), slice(low, high - size)) if back else (slice(low, low + size),
                                                                                  slice(low + size, high))
    longer = words.hashes[inside][words.ends[inside] - words.starts[inside] >= TELLING]
    return float(np.isin(longer, words.hashes[rest]).mean()) if len(longer) else 0.0


def _notice(document: Document, words: Words, n: int, size: int, back: bool) -> Segment:
    if back:
        return Segment(document.id, int(words.starts[words.offsets[n + 1] - size]), len(document.text), "boilerplate")
    after = int(words.starts[words.offsets[n] + size])
    return Segment(document.id, 0, len(document.text[:after].rstrip()), "boilerplate")


def _foreign(documents: Sequence[Document], words: Words, segments: Sequence[Segment]) -> Bools:
    """Which words stand in a part that is not the article's own."""
    where = {document.id: n for n, document in enumerate(documents)}
    foreign = np.zeros(len(words.hashes), dtype=np.bool_)
    for segment in segments:
        n = where.get(segment.document)
        if n is None or segment.label == "item":
            continue
        low, high = words.offsets[n], words.offsets[n + 1]
        first = low + np.searchsorted(words.ends[low:high], segment.start, "right")
        last = low + np.searchsorted(words.starts[low:high], segment.end, "left")
        foreign[first:last] = True
    return foreign


# -- candidates --------------------------------------------------------------------------------------------------

def candidates(documents: Sequence[Document], words: Words, foreign: Bools,
               config: ReuseConfig) -> tuple[I64, list[Limit]]:
    """Pairs of documents worth aligning, rows (a, b) with a before b, and the cuts that `config.together` made.

    A pair shares `config.hits` shingles of its own text, or a verbatim run of `config.exact` words of any.  Where more
    than `config.together` documents share a shingle, each is held against the earliest and the one before it only.
    """
    value, place = shingles(words, config.seed)
    text = words.texts()[place]
    inside = np.concatenate(([0], np.cumsum(foreign)))
    strange = inside[place + config.seed] > inside[place]
    order = np.lexsort((text, value))
    value, text, strange, place = value[order], text[order], strange[order], place[order]
    once = np.concatenate(([True], (value[1:] != value[:-1]) | (text[1:] != text[:-1])))[:len(value)]
    value, text, strange = value[once], text[once], strange[once]
    group = np.cumsum(np.concatenate(([0], value[1:] != value[:-1])))[:len(value)]
    first, second, own = _together(group, text, strange, config.together)
    keys, which = np.unique(first * len(documents) + second, return_inverse=True)
    mine, all_hits = np.bincount(which, weights=own), np.bincount(which)
    good = keys[(mine >= config.hits) | (all_hits > config.exact - config.seed)] if len(keys) else keys
    pairs = np.stack((good // max(1, len(documents)), good % max(1, len(documents))), axis=1)
    return pairs, _limits(documents, group, text, config.together)


def _together(group: I64, text: I64, strange: Bools, together: int) -> tuple[I64, I64, Bools]:
    """Pairs within each group of texts that share a shingle; whether the shingle is both texts' own."""
    sizes = np.bincount(group)
    begin = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    end = begin + sizes
    at = np.arange(len(group), dtype=np.int64)
    few = sizes[group] <= together
    owner, later = spread(at[few] + 1, end[group[few]])
    pairs = [(at[few][owner], later)]
    many = at[~few]
    after_first = many[many > begin[group[many]]]
    pairs.append((begin[group[after_first]], after_first))
    after_second = many[many > begin[group[many]] + 1]
    pairs.append((after_second - 1, after_second))
    left, right = np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])
    return text[left], text[right], ~(strange[left] | strange[right])


def _limits(documents: Sequence[Document], group: I64, text: I64, together: int) -> list[Limit]:
    """One cut for each earliest document whose words more than `together` documents share."""
    sizes = np.bincount(group)
    begin = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    seen: dict[str, int] = {}
    for g in np.flatnonzero(sizes > together).tolist():
        name = documents[text[begin[g]]].id
        seen[name] = max(seen.get(name, 0), int(sizes[g]))
    return [Limit("reuse", f"documents that share words of {name}, each held against the earliest and the one before",
                  together, count) for name, count in sorted(seen.items())]


# -- passages ----------------------------------------------------------------------------------------------------

def _parts(one: Aligned, a: int, b: int, words: Words, foreign: Bools,
           config: ReuseConfig) -> Iterator[tuple[Aligned, bool]]:
    """The passage cut where a side leaves or enters a part that is not the article's own, and whether it is in one."""
    at_a, at_b = int(words.offsets[a]), int(words.offsets[b])
    parts: list[tuple[bool, list[Run]]] = []
    for run in one.runs:
        flags = foreign[at_a + run.a:at_a + run.a + run.size] | foreign[at_b + run.b:at_b + run.b + run.size]
        edges = [0, *(np.flatnonzero(flags[1:] != flags[:-1]) + 1).tolist(), run.size]
        for low, high in pairwise(edges):
            flag = bool(flags[low])
            if not parts or parts[-1][0] != flag:
                parts.append((flag, []))
            parts[-1][1].append(Run(run.a + low, run.b + low, high - low))
    for flag, runs in parts:
        part = Aligned(tuple(runs))
        if len(parts) == 1 or part.matched >= config.exact:
            yield part, flag


def _reuse(documents: Sequence[Document], words: Words, a: int, b: int, one: Aligned, flag: bool) -> Reuse:
    sides = []
    for n, (low, high) in ((a, one.a), (b, one.b)):
        at = int(words.offsets[n])
        sides.append(Passage(documents[n].id, int(words.starts[at + low]), int(words.ends[at + high - 1])))
    left, right = sorted(sides, key=lambda p: p.document)
    name = identify("r", left.document, left.start, left.end, right.document, right.start, right.end)
    return Reuse(name, left, right, round(one.score, 4), "unknown", 0.0, flag)


def _age(document: Document) -> tuple[str, str]:
    return document.published or "9999", document.id
