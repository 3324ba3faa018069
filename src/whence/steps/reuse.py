"""Documents to the passages that any two of them share, and what one publisher repeats under many articles.

`find` is the whole step for documents in memory.  Its parts (`openings`, `notices`, `passages`) take arrays, so
that an archive on disk asks them of new documents only, to the same result.
"""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from whence.config import ReuseConfig
from whence.model import Document, Limit, Passage, Passages, Reuse, Segment, identify
from whence.text.copying import postings
from whence.text.copying.align import Aligned, Aligner, Run
from whence.text.copying.extend import Scoring
from whence.text.copying.postings import Crowd
from whence.text.copying.repeats import CONTEXT, LONGEST, repeated_starts
from whence.text.copying.scan import hash_form
from whence.text.copying.shingle import I64, U64, Bools, Words, read

TELLING = 5
"""Letters of a word that tells what a text is about; chosen, few function words are so long."""

ROW = np.dtype([("a", "u4"), ("b", "u4"), ("a_start", "u4"), ("a_end", "u4"), ("b_start", "u4"), ("b_end", "u4"),
                ("score", "f8"), ("boilerplate", "?")])
"""A shared passage: the texts by number, the older first, and where it stands in each, in code points."""
Rows = npt.NDArray[Any]

_STOP = re.compile(r"[.!?…。！？\n\r][\"'”’»)\]]*\s*\Z|\n\s*\Z")
"""What stands before the start of a notice, and closes it: the end of a sentence or of a line."""


class Texts(NamedTuple):
    """Texts that are taken together: their characters, their words, and the hash of each publisher (0 for none)."""

    contents: Sequence[str]
    words: Words
    publishers: U64


def find(documents: Sequence[Document], known: Sequence[Segment], config: ReuseConfig) -> Passages:
    """All pairs of documents that share a passage, verbatim or edited, and the boilerplate found on the way.

    `known` are the parts already labelled as not the article's own; a passage inside one is marked as boilerplate, and
    none runs across the edge of one.  `segments` of the result are the new ones only.  Reuses come by id of a, id of b,
    place; their direction is unknown.
    """
    documents = sorted(documents, key=lambda d: age(d.published, d.id))
    contents = [document.text for document in documents]
    texts = Texts(contents, read(contents), hash_publishers(d.publisher for d in documents))
    ids = [document.id for document in documents]
    ages = np.array([age(d.published, d.id) for d in documents], dtype="S")
    leads, tails = notices(texts, False, config), notices(texts, True, config)
    segments = boilerplate(ids, contents, leads, tails)
    foreign = outside(texts.words, ids, [*known, *segments])
    hits, _, crowd = postings.share(postings.postings(texts.words, config.seed, 0), ages, 0, config.together)
    older, younger = postings.unpair(hits.pairs[hits.counts >= config.hits])
    rows, _ = passages(texts.words, foreign, np.stack((older, younger), axis=1), config)
    reuses = [as_reuse(ids[row["a"]], ids[row["b"]], row) for row in rows]
    reuses.sort(key=lambda r: (r.a.document, r.b.document, r.a.start, r.b.start, r.a.end, r.b.end))
    return Passages(tuple(reuses), tuple(segments), tuple(limits(ids, crowd, config)))


def age(published: str | None, id: str) -> bytes:
    """What documents sort by, the earliest first: undated ones last, equal dates by id."""
    return f"{(published or '9999')[:40]}\x1f{id}".encode()


def hash_publishers(publishers: Iterable[str | None]) -> U64:
    """A number for each publisher; 0 where it is not known."""
    return np.array([hash_form(name) | 1 if name is not None else 0 for name in publishers], dtype=np.uint64)


# -- boilerplate -------------------------------------------------------------------------------------------------

def openings(texts: Texts, first: int, back: bool, config: ReuseConfig) -> U64:
    """Postings of how each text begins (or ends): texts without one in common share no notice."""
    return postings.openings(texts.words, texts.publishers, max(1, config.notice_words), first, back=back)


def notices(texts: Texts, back: bool, config: ReuseConfig) -> I64:
    """Where in each text the notice ends that its publisher puts before (or begins, that it puts after) articles that
    otherwise differ, in code points; -1 for none.

    A notice says nothing of its article; a repeated paragraph that takes up the article's own words is background, and
    stays.
    """
    places = np.full(len(texts.contents), -1, dtype=np.int64)
    words = texts.words
    by_publisher = defaultdict(list)
    for n, publisher in enumerate(texts.publishers.tolist()):
        if publisher:
            by_publisher[publisher].append(n)
    for mine in by_publisher.values():
        if len(mine) < config.notice_documents:
            continue
        sides = [_side(words, n, back) for n in mine]
        repeated = repeated_starts(sides, config.notice_documents)
        sizes = [_longest(texts.contents[n], words, n, repeated[row], back, config) for row, n in enumerate(mine)]
        echoes: dict[tuple[int, ...], list[float]] = defaultdict(list)
        for n, side, size in zip(mine, sides, sizes, strict=True):
            if size:
                echoes[tuple(side[:size])].append(_echo(words, n, size, back))
        for n, side, size in zip(mine, sides, sizes, strict=True):
            if size and float(np.mean(np.sort(echoes[tuple(side[:size])]))) <= config.notice_echo:
                places[n] = _place(texts.contents[n], words, n, size, back)
    return places


def _side(words: Words, n: int, back: bool) -> list[int]:
    """The words at the beginning (or end) of a text, as far as a notice could reach, from the outside in."""
    low, high = int(words.offsets[n]), int(words.offsets[n + 1])
    reach = LONGEST + CONTEXT + 1
    side: list[int] = (words.hashes[max(low, high - reach):high][::-1] if back
                       else words.hashes[low:min(high, low + reach)]).tolist()
    return side


def _place(content: str, words: Words, n: int, size: int, back: bool) -> int:
    """Where a notice of `size` words begins, after the text, or ends, before it."""
    if back:
        return int(words.starts[words.offsets[n + 1] - size])
    return len(content[:int(words.starts[words.offsets[n] + size])].rstrip())


def boilerplate(ids: Sequence[str], contents: Sequence[str], leads: I64, tails: I64) -> list[Segment]:
    """The notices as labelled parts, by document and place."""
    found = [Segment(ids[n], 0, int(leads[n]), "boilerplate") for n in np.flatnonzero(leads >= 0).tolist()]
    found += [Segment(ids[n], int(tails[n]), len(contents[n]), "boilerplate")
              for n in np.flatnonzero(tails >= 0).tolist()]
    return sorted(found, key=lambda s: (s.document, s.start))


def _longest(content: str, words: Words, n: int, repeated: Bools, back: bool, config: ReuseConfig) -> int:
    """How many words the longest repeated start (or end) of one text has that is whole sentences; 0 for none.

    It leaves the article as many words as make two texts differ.
    """
    low, high = int(words.offsets[n]), int(words.offsets[n + 1])
    for size in reversed(np.flatnonzero(repeated[:max(0, high - low - config.notice_leaves) + 1]).tolist()):
        start = int(words.starts[high - size if back else low + size])
        if size >= config.notice_words and _STOP.search(content, max(0, start - 20), start):
            return int(size)
    return 0


def _echo(words: Words, n: int, size: int, back: bool) -> float:
    """The share of a notice's longer words that the rest of its text takes up."""
    low, high = int(words.offsets[n]), int(words.offsets[n + 1])
    inside, rest = (slice(high - size, high), slice(low, high - size)) if back else (slice(low, low + size),
                                                                                  slice(low + size, high))
    longer = words.hashes[inside][words.ends[inside] - words.starts[inside] >= TELLING]
    others = set(words.hashes[rest].tolist())
    return sum(word in others for word in longer.tolist()) / len(longer) if len(longer) else 0.0


def outside(words: Words, ids: Sequence[str], segments: Sequence[Segment]) -> Bools:
    """Which words stand in a part that is not the article's own."""
    where = {name: n for n, name in enumerate(ids)}
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


# -- passages ----------------------------------------------------------------------------------------------------

def limits(ids: Sequence[str], crowd: Crowd, config: ReuseConfig) -> list[Limit]:
    """One cut for each earliest document whose words more than `config.together` documents share.

    `ids` are looked up by what `crowd.first` says.
    """
    seen: dict[str, int] = {}
    for first, size in zip(crowd.first.tolist(), crowd.sizes.tolist(), strict=True):
        seen[ids[first]] = max(seen.get(ids[first], 0), size)
    return [Limit("reuse", f"documents that share words of {name}, each held against the earliest and the one before",
                  config.together, count) for name, count in sorted(seen.items())]


def passages(words: Words, foreign: Bools, pairs: I64, config: ReuseConfig) -> tuple[Rows, Bools]:
    """What the pairs of texts (older, younger) share, as ROWs, by pair and place; and which pairs may be alike.

    `foreign` says which words stand in a part that is not the article's own.  A pair may be alike there only, in pieces
    too short to tell of; it is then looked at anew when it is found that they are the article's own after all.
    """
    before = np.concatenate(([0], np.cumsum(foreign))).tolist() if foreign.any() else None
    aligner = Aligner(words, Scoring(config.hits, config.seed, least=config.least, exact=config.exact), foreign)
    shared, looked_at = aligner.align(pairs)
    may_be_alike = ~looked_at
    found = []
    for n, alike in shared.items():
        a, b = pairs[n].tolist()
        may_be_alike[n] = True
        at_a, at_b = int(words.offsets[a]), int(words.offsets[b])
        for one in alike:
            whole = before is None or (before[at_a + one.a[1]] == before[at_a + one.a[0]]
                                       and before[at_b + one.b[1]] == before[at_b + one.b[0]])
            for part, flag in ((one, False),) if whole else _parts(one, a, b, words, foreign, config):
                (low_a, high_a), (low_b, high_b) = part.a, part.b
                found.append((a, b, at_a + low_a, at_a + high_a - 1, at_b + low_b, at_b + high_b - 1,
                              round(part.score, 4), flag))
    rows = np.array(found, dtype=ROW)
    for start, end in (("a_start", "a_end"), ("b_start", "b_end")):
        rows[start], rows[end] = words.starts[rows[start]], words.ends[rows[end]]
    return rows, may_be_alike


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


def as_reuse(older: str, younger: str, row: Any) -> Reuse:
    """A ROW as the table has it; the two documents by id."""
    sides = (Passage(older, int(row["a_start"]), int(row["a_end"])),
             Passage(younger, int(row["b_start"]), int(row["b_end"])))
    left, right = sorted(sides, key=lambda p: p.document)
    name = identify("r", left.document, left.start, left.end, right.document, right.start, right.end)
    return Reuse(name, left, right, float(row["score"]), "unknown", 0.0, bool(row["boilerplate"]))
