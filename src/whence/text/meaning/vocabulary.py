"""How common words are in news at large: a table that ships, so that what two texts share weighs the same everywhere.

Counted once by training/count_words.py over some 2,500 articles (docs/judge-model.md names them); an archive's own
words change nothing in it.
"""
from __future__ import annotations

from functools import cache
from importlib import resources
from math import log

UNSEEN = 2
"""Added to each count, so that a word that was never counted weighs a little more than one that was seen twice."""


@cache
def _rarities() -> tuple[float, dict[str, float]]:
    """That of a stem that was never counted, and those of the stems that were."""
    lines = _read("stems.tsv").splitlines()
    sentences = int(lines[0])
    counts = ((word, int(count)) for word, count in (line.split("\t") for line in lines[1:]))
    return log(sentences / UNSEEN), {word: max(0.0, log(sentences / (count + UNSEEN))) for word, count in counts}


def rarity(stem: str) -> float:
    """How telling a stem is, at least 0: log(n / (df + UNSEEN)) over n sentences of which df have it (Spärck
    Jones 1972).

    >>> rarity("minist") < rarity("zeppelin")
    True
    """
    unseen, known = _rarities()
    return known.get(stem, unseen)


@cache
def plain_words() -> frozenset[str]:
    """Folded words that news writes in lower case at least as often as with a capital inside a sentence, so that one at
    the head of a sentence is no name.
    """
    return frozenset(_read("plain.txt").split())


def _read(name: str) -> str:
    return resources.files("whence.text.meaning").joinpath(f"data/{name}").read_text(encoding="utf8")
