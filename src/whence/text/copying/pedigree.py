"""Which text was taken from which, to who comes from whom through any number of hands.

Texts are numbers, and `sources` gives those that a text was taken from directly.  Time grows with the number of texts
and sources, not with the length of the lines: a chain of thousands of copies of copies costs no square.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

Sources = Mapping[int, Sequence[int]]


def oldest_first(texts: Iterable[int], sources: Sources) -> list[int]:
    """The texts and all that they come from, each after its sources; in a circle, one of its texts comes too early."""
    seen: set[int] = set()
    found: list[int] = []
    for start in texts:
        path: list[tuple[int, Iterator[int]]] = [] if start in seen else [(start, iter(sources.get(start, ())))]
        seen.add(start)
        while path:
            n, more = path[-1]
            unseen = next((y for y in more if y not in seen), None)
            if unseen is None:
                found.append(n)
                path.pop()
            else:
                seen.add(unseen)
                path.append((unseen, iter(sources.get(unseen, ()))))
    return found


def circles(sources: Sources) -> dict[int, int]:
    """A number for each text: two have the same if each comes from the other (Sharir 1981, strong components)."""
    copies: dict[int, list[int]] = defaultdict(list)
    for x, mine in sources.items():
        for y in mine:
            copies[y].append(x)
    found: dict[int, int] = {}
    for start in reversed(oldest_first(sources, sources)):
        todo = [] if start in found else [start]
        while todo:
            n = todo.pop()
            if n not in found:
                found[n] = start
                todo += copies.get(n, ())
    return found


def comes_from(x: int, y: int, sources: Sources) -> bool:
    """Whether x is y or comes from it; asks all that x comes from."""
    seen: set[int] = set()
    todo = [x]
    while todo:
        n = todo.pop()
        if n == y:
            return True
        if n not in seen:
            seen.add(n)
            todo += sources.get(n, ())
    return False


class Pedigree:
    """Answers who comes from whom among texts of which none comes from itself.

    Each text hangs from its first source in a forest, where those below a text have consecutive numbers; only texts
    with more sources, the doors to other branches, are asked one by one (like GRAIL; Yildirim, Chaoji and Zaki 2010).
    """

    def __init__(self, texts: Iterable[int], sources: Sources) -> None:
        self._sources = sources
        self._size: dict[int, int] = {}
        self._start: dict[int, int] = {}
        self._depth: dict[int, int] = {}
        self._door: dict[int, int | None] = {}
        self._roots: dict[int, frozenset[int]] = {}
        order = oldest_first(texts, sources)
        for x in reversed(order):
            self._size[x] = 1 + self._size.get(x, 0)
            for above in sources.get(x, ())[:1]:
                self._size[above] = self._size.get(above, 0) + self._size[x]
        free = 0
        below: dict[int, int] = {}                         # the next free number below a text
        for x in order:
            mine = sources.get(x, ())
            self._start[x] = below[mine[0]] if mine else free
            if mine:
                below[mine[0]] += self._size[x]
            else:
                free += self._size[x]
            below[x] = self._start[x] + 1
            self._depth[x] = 1 + max((self._depth[y] for y in mine), default=0)
            self._door[x] = x if len(mine) > 1 else self._door[mine[0]] if mine else None
            roots = [self._roots[y] for y in mine] or [frozenset((x,))]
            self._roots[x] = roots[0] if len(roots) == 1 else frozenset().union(*roots)

    def comes_from(self, x: int, y: int) -> bool:
        """Whether x is y or comes from it."""
        seen: set[int] = set()
        todo = [x]
        while todo:
            n = todo.pop()
            if self._start[y] <= self._start[n] < self._start[y] + self._size[y]:
                return True
            door = self._door[n]
            while door is not None and door not in seen and self._depth[door] > self._depth[y]:
                seen.add(door)
                first, *others = self._sources[door]
                todo += others
                door = self._door[first]
        return False

    def meet(self, x: int, y: int) -> bool:
        """Whether one text is at the origin of both."""
        return not self._roots[x].isdisjoint(self._roots[y])
