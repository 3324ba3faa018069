"""Sets of features into the pairs that share much, and those into stars: groups that agree with their centre."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import log
from typing import Any

import numpy as np

TOLD_BY = 6
"""How many of an item's features that are common by themselves are looked up together.  Chosen: 15 pairs an item; two
sentences that say the same mostly share two of their six most telling words, or a rare one."""

PRIOR = 1000
"""Chosen: a day of one newspaper has about so many sentences."""

Vectors = Callable[[Sequence[str]], np.ndarray[Any, np.dtype[np.float32]]]
"""Texts to their vectors: texts x size, each of length one."""

Edges = Mapping[tuple[int, int], float]
"""How close two items are, by their indices, the smaller first."""


def weights(items: Iterable[frozenset[str]], ceiling: Callable[[str], float]) -> dict[str, float]:
    """How telling each feature is: its inverse document frequency, log(1 + n / df), at most what `ceiling` says.

    Counted as if PRIOR more sets were there, each feature in one of a hundred: a small archive is about one thing, and
    what its texts have in common is not therefore empty.
    """
    sets = list(items)
    counts = Counter(feature for item in sets for feature in item)
    seen = len(sets) + PRIOR
    return {feature: min(log(1 + seen / (count + PRIOR / 100)), ceiling(feature)) for feature, count in counts.items()}


class Closeness:
    """Weighted Dice coefficients of sets of features, 0 to 1.

    A feature that is `optional` counts where both sets have it, and not against them where only one does.
    """

    def __init__(self, items: Sequence[frozenset[str]], weight: Mapping[str, float],
                 optional: Callable[[str], bool]) -> None:
        number = {feature: at for at, feature in enumerate(sorted(weight))}     # sets of small integers meet fastest
        self._sets = [frozenset(sorted(number[feature] for feature in item)) for item in items]
        self._weight = [weight[feature] for feature in number]
        self._held_against = [0.0 if optional(feature) else weight[feature] for feature in number]
        self._totals = [sum(self._held_against[at] for at in sorted(mine)) for mine in self._sets]

    def __call__(self, one: int, other: int, extra: float = 0.0) -> float:
        """How close two items are, by their indices; `extra` is the weight of what else they share."""
        both = self._sets[one] & self._sets[other]
        shared = sum(map(self._weight.__getitem__, both)) + extra
        apart = self._totals[one] + self._totals[other] - 2 * sum(map(self._held_against.__getitem__, both))
        return 2 * shared / (2 * shared + max(apart, 0.0)) if shared else 0.0


def cosines(pairs: Sequence[tuple[int, int]], texts: Sequence[str], vectors: Vectors) -> list[float]:
    """How alike the texts of each pair (by their indices) are in meaning: the cosine of their vectors, at least 0."""
    if not pairs:
        return []
    wanted = sorted({texts[index] for pair in pairs for index in pair})
    row = {text: at for at, text in enumerate(wanted)}
    made = vectors(wanted)
    one, other = (made[[row[texts[pair[side]]] for pair in pairs]] for side in (0, 1))
    found: list[float] = np.einsum("ij,ij->i", one, other).clip(0, 1).astype(float).tolist()
    return found


class Phrases:
    """How near the words of two phrases are in meaning, each word read by itself, and only once."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._known: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}

    def nearness(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[float]:
        """For each pair of phrases the cosine of the sums of their words' vectors, at least 0; 0 where one is empty."""
        wanted = sorted({word for pair in pairs for phrase in pair for word in phrase} - self._known.keys())
        if wanted:
            self._known.update(zip(wanted, self._vectors(wanted), strict=True))
        return [self._near(one, other) if one and other else 0.0 for one, other in pairs]

    def _near(self, one: Sequence[str], other: Sequence[str]) -> float:
        mine, theirs = (np.sum([self._known[word] for word in phrase], axis=0) for phrase in (one, other))
        size = float(np.linalg.norm(mine)) * float(np.linalg.norm(theirs))
        return max(0.0, float(mine @ theirs) / size) if size else 0.0


def candidates(items: Sequence[frozenset[str]], weight: Mapping[str, float],
               most: int) -> tuple[list[tuple[int, int]], int]:
    """Pairs of items worth comparing, sorted, and how many look-ups were cut off.

    Two items meet where they share a feature that at most `most` items have; or two, or if those are too common three,
    of the TOLD_BY most telling of their commoner ones; or all.  What more than `most` items share even so is not looked
    up, so the time grows with the number of items.
    """
    having: dict[str, int] = Counter(feature for item in items for feature in item)
    groups: dict[Hashable, list[int]] = defaultdict(list)
    paired: dict[tuple[str, ...], list[int]] = defaultdict(list)
    telling: list[list[str]] = []
    for index, item in enumerate(items):
        common = sorted((f for f in item if having[f] > most), key=lambda f: (-weight.get(f, 0.0), f))
        telling.append(sorted(common[:TOLD_BY]))
        for feature in item:
            if 1 < having[feature] <= most:
                groups[feature].append(index)
        for pair in combinations(telling[-1], 2):
            paired[pair].append(index)
    groups.update((pair, found) for pair, found in paired.items() if len(found) <= most)
    tripled: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in sorted({index for found in paired.values() if len(found) > most for index in found}):
        for triple in combinations(telling[index], 3):
            if all(len(paired[pair]) > most for pair in combinations(triple, 2)):
                tripled[triple].append(index)
    cut = sum(len(found) > most for found in tripled.values())
    groups.update((triple, found) for triple, found in tripled.items() if len(found) <= most)
    alike: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        alike[item].append(index)
    pairs = {two for found in groups.values() for two in combinations(found, 2)}
    pairs.update((found[0], other) for item, found in alike.items() if item for other in found[1:])
    return sorted(pairs), cut


def stars(size: int, edges: Edges) -> list[int]:
    """For each of `size` items the centre of its star: an item that every member is close to, so that nothing chains.

    Items are taken by the sum of their closenesses, most first (ties: the smaller index); one that is not in a star yet
    becomes a centre and takes its free neighbours; at last each member goes to the closest centre.  (Aslam, Pelekhov
    and Rus, 2004: The star clustering algorithm for static and dynamic information organization.)
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in edges.items():
        near[one][other] = near[other][one] = score
    degree = {item: sum(sorted(scores.values())) for item, scores in near.items()}
    centres: set[int] = set()
    taken: set[int] = set()
    for item in sorted(near, key=lambda item: (-degree[item], item)):
        if item not in taken:
            centres.add(item)
            taken.update((item, *near[item]))
    found = list(range(size))
    for item in near:
        if item not in centres:
            found[item] = min((centre for centre in near[item] if centre in centres), key=lambda c: (-near[item][c], c))
    return found


class Unions:
    """Items joined into sets, each known by its smallest index, so that the order of joins changes nothing."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, item: int) -> int:
        """The smallest index of the item's set."""
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Put two items' sets together."""
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
