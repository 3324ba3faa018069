"""Sentences -> vectors that lie close together where they say nearly the same."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from whence.neural.pieces import FIRST, HALVES, LAST, tokenizer
from whence.neural.sessions import session

SIZE = 384
LONGEST = 128
"""Wordpieces of a sentence that are read: what MiniLM was trained on (all-MiniLM-L6-v2's card)."""
Vectors = np.ndarray[Any, np.dtype[np.float32]]


class Embedder:
    """The encoder in a file (`embedder.onnx`).  A sentence is read by itself, never in a batch, as `Extractor` says."""

    def __init__(self, folder: Path) -> None:
        self.encoder = session(folder / "embedder.onnx")

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A vector of length one for each text: texts x 384.  The cosine of two is their product."""
        made = np.zeros((len(texts), SIZE), np.float32)
        whole = [text.translate(HALVES) for text in texts]
        for row, one in enumerate(tokenizer().encode_batch(whole, add_special_tokens=False)):
            ids = np.array([[FIRST, *one.ids[:LONGEST], LAST]], np.int64)
            made[row] = self.encoder.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0][0]
        return made


@cache
def embedder() -> Embedder:
    """The embedder that ships with the package."""
    return Embedder(Path(str(resources.files("whence.neural").joinpath("weights"))))
