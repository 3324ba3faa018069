"""How long statements to origins, and `find`, take on many invented articles, beyond what the encoders take.

    python bench/claims.py --generate N [--scratch DIR] [--json]

Measures archives of a tenth of N articles and of N.  The articles are those of bench/corpus.py, with names, numbers and
speakers; what the encoders would make of them is stood in for: by vectors of their words, by the speakers that are
known from how the articles were made, and by an opinion of pairs that leaves all as it is; their time is not counted.
Articles are about events, as many as keep the pairs that are near enough to be judged at about what they are in the
1,683 articles of FNC-1 (3.7 for each text), since an archive mostly grows by new events.  `find` is asked 200
sentences, a word of each changed, of the index of all articles; there the encoder reads the question as it does for
anybody.
"""
from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

import corpus
from speed import Taken
from whence import pipeline, reading
from whence.config import Config
from whence.model import Attribution, Document, Seen, Segment, Sentence, Span, identify
from whence.neural import cells, embedder, judge
from whence.neural.embedder import Vectors
from whence.neural.judge import Readings
from whence.pipeline import STEPS, Job
from whence.store.index import Index
from whence.store.tables import Derived

FINGERPRINTS = {step.name: "x" for step in STEPS}
SAID = " said."
NAMES, NUMBERS, SPOKEN = 12, 40, 4         # one word in so many is a name, a number; one sentence in so many is said
EVENT, POINT = 9, 6                        # articles on one event; of a sentence's 18 words, those of its point there
ABOUT = .35                                # cosine of two sentences that lie in one cell and have no word in common
LEXICON_MEAN = 10.0                        # how telling a word is that is of one event alone (log of its rareness)
ASKED = 200


def dressed(document: Document, events: int) -> Document:
    """The article with names, numbers and speakers in place of some of its words, the same ones everywhere, and in each
    sentence words of one of `events`; copies are mostly about that of their original.
    """
    sentences = []
    event = zlib.crc32(" ".join(document.text.split(maxsplit=3)[:3]).encode()) % events
    for number, sentence in enumerate(document.text.replace("\n\n", " ").split(". ")):
        words = [_dressed(word) for word in sentence.rstrip(".").split()]
        words[3:3 + POINT] = [_point(event, number, at) for at in range(len(words[3:3 + POINT]))]
        if number % SPOKEN == 0 and len(words) > 2:
            words[-2:] = [f"{words[-3]},", words[-2].capitalize(), words[-1].capitalize(), SAID.strip(" .")]
        sentences.append(" ".join(words).strip() + ".")
    return replace(document, text=" ".join(s[0].upper() + s[1:] for s in sentences if len(s) > 1))


def _dressed(word: str) -> str:
    code = zlib.crc32(word.encode())
    if code % NUMBERS == 1:
        return str(code % 900 + 3)
    return word.capitalize() if code % NAMES == 0 and len(word) > 4 else word


def attributions(document: Document, sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Those that `dressed` wrote."""
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        if document.text[start:end].endswith(SAID):
            comma = document.text.rindex(",", start, end)
            cue = end - len(SAID) + 1
            source, content = Span(comma + 2, cue - 1), Span(start, comma)
            yield Attribution(identify("a", document.id, start), document.id, "text", (source,), (Span(cue, end - 1),),
                              (content,), "indirect", "named", "statement", None, 1.0)


def _point(event: int, number: int, at: int) -> str:
    """A word that only one sentence of an event's articles has."""
    return "".join("bdfgklmnprstvz"[int(digit)] + "aeiou"[int(digit) % 5]
                   for digit in str(zlib.crc32(f"{event} {number} {at}".encode())))


class StandIn:
    """Vectors of words in place of what the encoder makes of texts; `seconds` is what they took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._words = np.random.default_rng(1).standard_normal((65536, embedder.SIZE)).astype(np.float32)
        centres = np.load(Path(cells.__file__).parent / "weights" / "cells.npy").astype(np.float32)
        self._centres = centres / np.linalg.norm(centres, axis=1, keepdims=True)
        lexicon = corpus.lexicon(np.random.default_rng(1))
        self._telling = {word: float(np.log(2 + at)) for at, word in enumerate(lexicon)}      # Zipf: as 1 / rarity

    def vectors(self, _: object, texts: Sequence[str]) -> Vectors:
        """Texts x 384, each of length one; those of texts with the same words are near."""
        began = time.perf_counter()
        found = np.array([self._vector(text) for text in texts], np.float32).reshape(-1, embedder.SIZE)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        self.seconds += time.perf_counter() - began
        return found

    def _vector(self, text: str) -> Vectors:
        """A sum of the words' vectors, each by how telling it is, and of what the sentence is about: an encoder makes
        little of "the" and "of", and its vectors lie in all cells alike.
        """
        words = text.lower().rstrip(".").split() or [""]
        telling = np.array([self._telling.get(word, LEXICON_MEAN) for word in words], np.float32)
        mine = telling @ self._words[[zlib.crc32(word.encode()) % len(self._words) for word in words]]
        about = next((word for word in words if word not in self._telling), words[0])
        centre = self._centres[zlib.crc32(about.encode()) % len(self._centres)]
        found: Vectors = (1 - ABOUT) ** .5 * mine / np.linalg.norm(mine) + ABOUT ** .5 * centre
        return found

    def judged(self, _: object, pairs: Sequence[tuple[str, str]]) -> Readings:
        """Pairs x 5, all alike: what the judge has of the words stands."""
        return np.zeros((len(pairs), judge.OUTPUTS), np.float32)

    def stand_in(self) -> None:
        """Be asked from now on in place of the encoders."""
        reading.vectors = self.vectors  # type: ignore[assignment]
        reading.judged = self.judged  # type: ignore[assignment]


def prepared(root: Path, count: int) -> Job:
    """An archive of `count` articles up to lineage, without what encoders make."""
    derived = Derived(root / "derived")
    for batch in corpus.articles(count, 0):
        documents = [dressed(document, max(1, count // EVENT)) for document in batch]
        derived.write("extract", "x", [d.id for d in documents],
                      {"documents": (Document, documents), "segments": (Segment, [])})
    job = Job(root, Config(), FINGERPRINTS)
    for part in derived.parts("extract", "x"):
        mine = replace(job, part=part)
        pipeline.make_segment(mine)
        told = pipeline.by_document(mine.mine("segment", "sentences", Sentence))
        found = [a for d in mine.mine("extract", "documents", Document) for a in attributions(d, told[d.id])]
        mine.write_part("attribute", {"attributions": (Attribution, found), "seen": (Seen, [])})
    pipeline.make_reuse(job)
    pipeline.make_lineage(job)
    return job


def measured(what: str, job: Job, make: Callable[[Job], None], stand_in: StandIn) -> Taken:
    """A step's seconds without those of the vectors."""
    stand_in.seconds, began = 0.0, time.perf_counter()
    make(job)
    seconds = time.perf_counter() - began - stand_in.seconds
    return Taken(what, round(seconds, 1), round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def asked(job: Job, stand_in: StandIn) -> list[float]:
    """Milliseconds that each of 200 questions took, warm."""
    folder = next((job.root / "derived/index/x").glob("part-*"))

    def embed(texts: Sequence[str]) -> Vectors:
        embedder.embedder().vectors(texts)
        return stand_in.vectors(None, texts)

    index, rng, took = Index(folder, embed), np.random.default_rng(1), []
    first = job.derived.parts("extract", "x")[0]
    documents = job.derived.rows("extract", "x", first, "documents", Document)
    for number in range(2 * ASKED):
        words = documents[int(rng.integers(len(documents)))].text.split(". ")[1].split()
        words[int(rng.integers(len(words)))] = "harbour"
        began = time.perf_counter()
        index.find(" ".join(words), 10)
        if number >= ASKED:                # the first half warms the file cache
            took.append(1000 * (time.perf_counter() - began))
    index.close()
    return took


def make_statements(job: Job) -> None:
    """Those of every part."""
    for part in job.derived.parts("extract", FINGERPRINTS["extract"]):
        pipeline.make_statements(replace(job, part=part))


def measure(root: Path, count: int) -> list[Taken]:
    """Each step from statements to origins of `count` articles."""
    stand_in = StandIn()
    stand_in.stand_in()
    job = prepared(root, count)
    steps = (("statements", make_statements), ("claims", pipeline.make_claims), ("sources", pipeline.make_sources),
             ("conflicts", pipeline.make_conflicts), ("origins", pipeline.make_origins))
    return [measured(f"{step} {count:,}", job, make, stand_in) for step, make in steps]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--generate", type=int, metavar="N", default=10_000)
    parser.add_argument("--scratch", type=Path, help="a folder on a disk with 20 KB an article to spare")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.scratch) as folder:
        small = measure(Path(folder) / "small", args.generate // 10)
        large = measure(Path(folder) / "large", args.generate)
        job, stand_in = Job(Path(folder) / "large", Config(), FINGERPRINTS), StandIn()
        stand_in.stand_in()
        pipeline.make_index(job)
        found = asked(job, stand_in)
    growth = sum(t.seconds for t in large) / max(.1, sum(t.seconds for t in small))
    find = {f"p{share}": round(float(np.percentile(found, share)), 1) for share in (50, 95)}
    if args.json:
        print(json.dumps({"took": [asdict(t) for t in small + large], "growth": round(growth, 1), "find_ms": find}))
        return 0
    for took in small + large:
        print(f"{took.what:20} {took.seconds:8.1f} s {took.peak:8,.0f} MiB")
    print(f"statements to origins: {growth:.1f} times the time for 10 times the articles")
    print(f"find, warm: {find['p50']} ms (median), {find['p95']} ms (p95)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
