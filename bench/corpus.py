"""Any number of invented articles, as the extract step leaves them: Zipf's words, three in ten copied or edited."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.model import Document, Segment
from whence.store.tables import Derived

WORDS, LEXICON, OUTLETS = 300, 20_000, 40
COPIED = .3                                # of the articles take over another's text; half of those edit it
REPRINTED = 200                            # one text is printed once for every so many articles
PART = 2_048                               # documents a part, and drawn at a time
CHANGED, CUT = .08, .5                     # of an edited copy's words; the copies that lose their end
START = datetime(2031, 1, 1)


def lexicon(rng: np.random.Generator) -> list[str]:
    """Invented words, each once."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < LEXICON:
        found["".join(rng.choice(syllables, size=int(rng.integers(1, 5))))] = None
    return list(found)


def articles(count: int, more: int) -> Iterator[list[Document]]:
    """`count` articles in lists, then `more` in another: the same, whatever `more` is."""
    rng = np.random.default_rng(1)
    words = np.array(lexicon(rng), dtype=object)
    weights = np.cumsum(1 / np.arange(1, LEXICON + 1))
    drawn = np.zeros((count + more, WORDS), dtype=np.int16)
    sizes = [min(PART, count - at) for at in range(0, count, PART)] + ([more] if more else [])
    first = 0
    for size in sizes:
        here = slice(first, first + size)
        drawn[here] = np.searchsorted(weights, rng.random((size, WORDS)) * weights[-1])
        yield [_article(n, drawn, words, rng) for n in range(first, first + size)]
        first += size


def _article(n: int, drawn: npt.NDArray[np.int16], words: npt.NDArray[Any], rng: np.random.Generator) -> Document:
    length = WORDS
    if n and (n % REPRINTED == 0 or rng.random() < COPIED):
        drawn[n] = drawn[0 if n % REPRINTED == 0 else int(rng.integers(n))]
        if rng.random() < .5:
            places = np.flatnonzero(rng.random(WORDS) < CHANGED)
            drawn[n, places] = rng.integers(LEXICON, size=len(places))
            length = WORDS - int(rng.integers(WORDS // 2)) if rng.random() < CUT else WORDS
    mine = words[drawn[n, :length]].tolist()
    sentences = [" ".join(mine[at:at + 18]).capitalize() + "." for at in range(0, length, 18)]
    text = "\n\n".join(" ".join(sentences[at:at + 3]) for at in range(0, len(sentences), 3))
    sha256 = hashlib.sha256(f"{n} {text}".encode()).hexdigest()
    published = (START + timedelta(minutes=2 * n)).isoformat(timespec="minutes")
    return Document(sha256[:16], str(n), None, None, None, f"Outlet {int(rng.integers(OUTLETS))}", published, "en",
                    sha256, text)


def write(derived: Path, count: int, more: int) -> None:
    """Write the parts of the extract step for `count` articles and `more` besides, where they are not there yet."""
    tables = Derived(derived)
    there = {id for part in tables.parts("extract", "x") for id in tables.inputs("extract", "x", part)}
    for batch in articles(count, more):
        if batch[0].id not in there:
            tables.write("extract", "x", [d.id for d in batch],
                         {"documents": (Document, batch), "segments": (Segment, [])})
