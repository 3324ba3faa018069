"""Texts -> what the encoders make of them: asked of what is kept first, and read by all cores where it is not."""
from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import parent_process
from pathlib import Path

import msgspec
import numpy as np

from whence.neural import embedder, extractor, judge
from whence.neural.embedder import Vectors
from whence.neural.extractor import Passage, Reading
from whence.neural.judge import Readings
from whence.store.kept import Kept
from whence.store.tables import Derived

NAME = "readings"
TASK = 64
"""Texts that one thread reads at a time: chosen; some tenths of a second of work."""
AT_ONCE = 4096
"""Texts read before they are kept: chosen; a run that is cut off loses half a minute of work."""
SEPARATOR = "\n\x1f\n"
"""Between the parts of a key that is more than one text: what no text of an article holds."""

Read = Callable[[Sequence[str]], Sequence[bytes]]


def links(derived: Derived, passages: Sequence[Passage]) -> dict[Passage, Reading]:
    """What is said in each of several passages, and seen of its sentences; spans are offsets into the passage."""
    keys = {_passage_key(passage): passage for passage in passages}
    made = _made(derived, f"links-{derived.made_by(_read_links)}", list(keys), _read_links)
    return {keys[key]: msgspec.msgpack.decode(one, type=Reading) for key, one in made.items()}


def _passage_key(passage: Passage) -> str:
    text, ends = passage
    return SEPARATOR.join([text, ",".join(map(str, ends))])


def _passage(key: str) -> Passage:
    text, _, ends = key.rpartition(SEPARATOR)
    return text, tuple(map(int, ends.split(","))) if ends else ()


def vectors(derived: Derived, texts: Sequence[str]) -> Vectors:
    """The vectors of several texts: texts x 384, each of length one, as precise as they are kept (16 bits)."""
    made = _made(derived, f"vectors-{derived.made_by(_read_vectors)}", texts, _read_vectors)
    rows = np.frombuffer(b"".join(made[text] for text in texts), np.float16).reshape(-1, embedder.SIZE)
    found: Vectors = rows.astype(np.float32)
    return found


def judged(derived: Derived, pairs: Sequence[tuple[str, str]]) -> Readings:
    """What the judge reads in pairs of sentences: pairs x 5; the two of a pair in either order are one."""
    keys = [SEPARATOR.join(sorted(pair)) for pair in pairs]
    made = _made(derived, f"judged-{derived.made_by(_read_pairs)}", keys, _read_pairs)
    found: Readings = np.frombuffer(b"".join(made[key] for key in keys), np.float32).reshape(-1, judge.OUTPUTS)
    return found


def _read_pairs(keys: Sequence[str]) -> list[bytes]:
    pairs = [(one, other) for one, _, other in (key.partition(SEPARATOR) for key in keys)]
    return [row.tobytes() for row in judge.cross_encoder().read(pairs)]


def _read_links(keys: Sequence[str]) -> list[bytes]:
    return [msgspec.msgpack.encode(found) for found in extractor.extractor().look([_passage(key) for key in keys])]


def _read_vectors(texts: Sequence[str]) -> list[bytes]:
    return [row.tobytes() for row in embedder.embedder().vectors(texts).astype(np.float16)]


def _made(derived: Derived, name: str, texts: Sequence[str], read: Read) -> dict[str, bytes]:
    """What `read` makes of each text, by the text.  What was never read is read now, and kept."""
    kept = Kept(_file(derived, name))
    try:
        found = kept.find(texts)
        fresh = sorted(set(texts) - found.keys(), key=lambda text: (len(text), text))
        for at in range(0, len(fresh), AT_ONCE):
            some = fresh[at:at + AT_ONCE]
            made = dict(zip(some, _spread(read, some), strict=True))
            kept.keep(made)
            found |= made
    finally:
        kept.close()
    return found


def _spread(read: Read, texts: Sequence[str]) -> list[bytes]:
    """`read` on all cores, in the order of `texts`; a worker process, which has its share of them, uses one."""
    tasks = [texts[at:at + TASK] for at in range(0, len(texts), TASK)]
    cores = 1 if parent_process() is not None else min(os.cpu_count() or 1, len(tasks))
    if cores <= 1:
        return [one for task in tasks for one in read(task)]
    with ThreadPoolExecutor(cores) as pool:
        return [one for few in pool.map(read, tasks) for one in few]


def _file(derived: Derived, name: str) -> Path:
    """Where readings are kept.  Those that other code or weights made are removed."""
    folder = derived.folder / NAME
    kind = name.rpartition("-")[0]
    for old in folder.glob(f"{kind}-*.sqlite*"):
        if not old.name.startswith(f"{name}.sqlite"):
            old.unlink(missing_ok=True)
    return folder / f"{name}.sqlite"
