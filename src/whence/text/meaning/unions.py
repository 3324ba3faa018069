"""Items joined into sets, in any order of joins."""
from __future__ import annotations


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
