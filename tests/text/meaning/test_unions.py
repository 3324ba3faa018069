"""Items joined into sets."""
from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.unions import Unions

SIZE = 8


def test_items_are_sets_of_their_own_until_joined() -> None:
    unions = Unions(3)
    assert [unions.root(item) for item in range(3)] == [0, 1, 2]
    unions.join(2, 1)
    assert [unions.root(item) for item in range(3)] == [0, 1, 1]


@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))), st.randoms(use_true_random=False))
def test_the_order_of_joins_changes_nothing(joins: list[tuple[int, int]], shuffle: random.Random) -> None:
    one, other = Unions(SIZE), Unions(SIZE)
    for a, b in joins:
        one.join(a, b)
    for a, b in shuffle.sample(joins, len(joins)):
        other.join(b, a)
    roots = [one.root(item) for item in range(SIZE)]
    assert roots == [other.root(item) for item in range(SIZE)]
    assert all(roots[a] == roots[b] for a, b in joins)
    assert all(root == min(item for item in range(SIZE) if roots[item] == root) for root in roots)
