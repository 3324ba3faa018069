"""Where the claims step reads what it needs of other steps."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whence.model import Utterance
from whence.neural import judge
from whence.neural.embedder import Vectors


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the step reads: parts of the statements step by name, the passages' parts, what hides statements, and how
    to look up documents, to embed sentences and to have pairs read.
    """

    parts: Mapping[str, Path]
    passages: Sequence[Path]
    lineage: str
    hidden: Sequence[tuple[str, int, int]]
    texts: Callable[[Iterable[str]], Mapping[str, str]]
    without: Callable[[Sequence[str]], Mapping[str, Sequence[Utterance]]]
    vectors: Callable[[Sequence[str]], Vectors]
    read: judge.Read
