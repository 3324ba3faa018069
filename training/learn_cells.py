"""Learn the cells by which neighbours are found: k-means over the vectors of statements of news.

    python training/learn_cells.py --archives FOLDER... --out src/whence/neural/weights/cells.npy

An archive is what `whence run` makes of a pile of articles.  Each count of cells is tried in turn, from one seed, with
how uneven the cells are (1: all alike); the last is written, in whole numbers of 8 bits.
"""
from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from whence.neural.cells import whole
from whence.neural.embedder import embedder

COUNTS = (256, 1024, 2048)
STEPS, BLOCK, SEED = 8, 8192, 1


def statements(archive: Path) -> set[str]:
    """The statements of an archive's articles."""
    texts: dict[str, str] = {}
    for file in (archive / "derived" / "extract").rglob("documents.parquet"):
        texts.update((row["id"], row["text"]) for row in pq.read_table(file, columns=["id", "text"]).to_pylist())
    found: set[str] = set()
    for file in (archive / "derived" / "segment").rglob("sentences.parquet"):
        found.update(texts[row["document"]][row["start"]:row["end"]] for row in pq.read_table(file).to_pylist()
                     if row["form"] == "statement")
    return found


def nearest(vectors: Any, centres: Any) -> Any:
    """The centre nearest to each vector."""
    return np.concatenate([(vectors[at:at + BLOCK] @ centres.T).argmax(1) for at in range(0, len(vectors), BLOCK)])


def learned(vectors: Any, count: int, rng: np.random.Generator) -> Any:
    """Centres of length one, from some of the vectors."""
    centres = vectors[rng.choice(len(vectors), count, replace=False)].copy()
    for _ in range(STEPS):
        near = nearest(vectors, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, near, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    sizes = np.bincount(near, minlength=count).astype(float)
    print(f"{count} cells, unevenness {(sizes ** 2).sum() * count / sizes.sum() ** 2:.2f}")
    return centres


def main() -> None:
    """Read, learn, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--archives", type=Path, nargs="+", required=True)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    texts = sorted(set().union(*(statements(archive) for archive in args.archives)))
    kept = embedder().vectors(texts).astype(np.float16).astype(np.float32)      # as an archive keeps them
    vectors = np.unique(kept.round(4), axis=0).astype(np.float32)
    rng = np.random.default_rng(SEED)
    centres = [learned(vectors, count, rng) for count in args.counts][-1]
    np.save(args.out, whole(centres))


if __name__ == "__main__":
    main()
