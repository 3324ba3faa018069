"""Examples -> batches of about one size, as tensors."""
from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from polnear import Example
from whence.neural.distances import between, distances
from whence.neural.spans import CUE_TAGS, LINK_TAGS, tag

FIRST, LAST = 101, 102
"""The tokenizer's marks of start and end."""


@dataclass(slots=True)
class Passages:
    """Passages as tensors: what the encoder reads, and where their words begin."""

    ids: Tensor
    case: Tensor
    quote: Tensor
    mask: Tensor
    firsts: Tensor
    words: Tensor       # which of the words are real: batch x words


@dataclass(slots=True)
class Pairs:
    """Cues of a batch of passages as tensors: the passage's row, and what the linker is told of it."""

    row: Tensor
    ends: Tensor        # first and last word: pairs x 2
    distance: Tensor
    between: Tensor


def padded(rows: Sequence[np.ndarray], fill: int = 0) -> Tensor:
    """Rows of different lengths -> one tensor."""
    made = np.full((len(rows), max((len(row) for row in rows), default=1)), fill, np.int64)
    for number, row in enumerate(rows):
        made[number, :len(row)] = row
    return torch.from_numpy(made)


def passages(batch: Sequence[Example]) -> Passages:
    """The encoder's view of a batch."""
    ids = padded([np.concatenate([[FIRST], example.pieces.ids, [LAST]]) for example in batch])
    case, quote = (padded([np.concatenate([[0], getattr(example.pieces, name), [0]]) for example in batch])
                   for name in ("case", "quote"))
    firsts = padded([example.pieces.firsts + 1 for example in batch])
    words = padded([np.ones(len(example.pieces.firsts), np.int64) for example in batch]).bool()
    return Passages(ids, case, quote, (ids > 0).long(), firsts, words)


def pairs(batch: Sequence[Example], cues: Sequence[Sequence[tuple[int, int]]]) -> Pairs:
    """The linker's view of the cues of a batch."""
    row: list[int] = []
    ends: list[tuple[int, int]] = []
    far: list[np.ndarray] = []
    amid: list[np.ndarray] = []
    for number, (example, found) in enumerate(zip(batch, cues, strict=True)):
        words, places = len(example.pieces.firsts), np.array(found, np.int64).reshape(-1, 2)
        row += [number] * len(found)
        ends += [(first, after - 1) for first, after in found]
        far += list(distances(words, places))
        amid += list(between(words, places))
    return Pairs(torch.tensor(row, dtype=torch.long), torch.tensor(ends, dtype=torch.long).reshape(-1, 2),
                 padded(far), padded(amid))


def cue_tags(batch: Sequence[Example]) -> Tensor:
    """The tags of the cues: batch x words."""
    return padded([tag(len(example.pieces.firsts), [(*cue, "cue") for cue in example.cues], CUE_TAGS)
                   for example in batch])


def link_tags(example: Example, links: Sequence[tuple[int, int, str]]) -> np.ndarray:
    """The tags of one cue's source and contents."""
    return tag(len(example.pieces.firsts), links, LINK_TAGS)


def shuffled(examples: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """All examples once, in batches of about `pieces` wordpieces with padding, alike in length, in a random order."""
    order = sorted(examples, key=lambda example: len(example.pieces.ids) + rng.random() * 12)
    made: list[list[Example]] = [[]]
    for example in order:
        if made[-1] and (len(made[-1]) + 1) * (len(example.pieces.ids) + 2) > pieces:
            made.append([])
        made[-1].append(example)
    rng.shuffle(made)
    yield from made
