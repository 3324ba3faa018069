"""What the attribute step costs beside its encoder, and how soon the first attribution comes in a fresh process.

    python bench/attribution.py [--texts FOLDER] [--runs 5] [--json]

Reads the `.txt` files of a folder (by default the examples), each identical paragraph once, on one core.  The ratio is
the step's wordpieces a second (sentences given; cutting, wordpieces, encoder, linker, decoding, and all structure) over
those of the bare int8 encoder, which is handed the same passages as ready arrays, one at a time as the step reads them:
those of the texts, and the contents that are read again.  No word is known at the start of a run.  Both are timed in
turn in one process, the median of the runs, in seconds of the processor, since other work may share the machine.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Document, Sentence, Span
from whence.neural.extractor import Link, extractor, marks
from whence.neural.pieces import memory, pieces_of
from whence.steps import attribute, segment

ROOT = Path(__file__).parents[1]
FRESH = """
from whence.config import AttributeConfig, SegmentConfig
from whence.model import Document
from whence.neural.extractor import extractor
from whence.steps import attribute, segment
text = "The mayor of Orle said on Monday that the bridge would stay closed until spring."
document = Document("d", None, None, None, None, None, None, "en", "", text)
found = attribute.attributions(document, segment.sentences(document, SegmentConfig()), (), AttributeConfig(),
                               extractor().read_all)
assert found
"""


def documents(folder: Path) -> list[Document]:
    """The texts of a folder as English documents."""
    return [Document(path.stem, None, None, None, None, None, None, "en", "", path.read_text(encoding="utf8"))
            for path in sorted(folder.rglob("*.txt"))]


def step(held: Sequence[tuple[Document, Sequence[Sentence]]]) -> list[str]:
    """The whole step as the pipeline runs it; returns every text that was read."""
    memory.cache_clear()
    config = AttributeConfig()
    known: dict[str, Sequence[Link]] = {}

    def read(texts: Sequence[str]) -> Sequence[Sequence[Link]]:
        fresh = sorted({text for text in texts if text not in known}, key=lambda text: (len(text), text))
        known.update(zip(fresh, extractor().read_all(fresh), strict=True))
        return [known[text] for text in texts]

    read([text for document, sentences in held for text in attribute.texts(document, sentences, (), config)])
    for document, sentences in held:
        attribute.attributions(document, sentences, (), config, read)
    return list(known)


def bare(held: Sequence[dict[str, np.ndarray[Any, Any]]]) -> None:
    """The encoder alone."""
    for one in held:
        extractor().reader.run(None, one)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def startup(runs: int) -> float:
    """Wall-clock seconds of a fresh process to its first attribution, the median."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", FRESH], check=True)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--texts", type=Path, default=ROOT / "examples")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    held = [(document, segment.sentences(document, SegmentConfig())) for document in documents(args.texts)]
    if not held:
        parser.error(f"there is no .txt file in {args.texts}")
    texts = step(held)
    read = [one for one in pieces_of([(text, Span(0, len(text))) for text in texts]) if len(one.ids)]
    count, arrays = sum(len(one.ids) for one in read), [marks(one) for one in read]
    both = [(timed(lambda: step(held)), timed(lambda: bare(arrays))) for _ in range(args.runs)]
    figures = {"wordpieces": count,
               "step_tokens_per_second": round(count / median(one for one, _ in both)),
               "encoder_tokens_per_second": round(count / median(two for _, two in both)),
               "ratio": round(median(two / one for one, two in both), 3),
               "first_attribution_seconds": round(startup(args.runs), 2)}
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name.replace('_', ' '):28} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
