"""The quick answers on who comes from whom are those of a slow walk, on any links and on very long chains."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.text.copying.pedigree import Pedigree, circles, comes_from, oldest_first

LINKS = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3, unique=True))


@given(LINKS)
def test_a_circle_holds_those_who_come_from_each_other(links: dict[int, list[int]]) -> None:
    found = circles(links)
    for x in found:
        for y in found:
            both = comes_from(x, y, links) and comes_from(y, x, links)
            assert (found[x] == found[y]) == both


@given(LINKS)
def test_the_pedigree_answers_as_a_walk_does(links: dict[int, list[int]]) -> None:
    links = {x: [y for y in mine if y < x] for x, mine in links.items()}
    pedigree = Pedigree(range(10), links)
    for x in range(10):
        for y in range(10):
            assert pedigree.comes_from(x, y) == comes_from(x, y, links)
            shared = any(comes_from(x, z, links) and comes_from(y, z, links) for z in range(10))
            assert pedigree.meet(x, y) == shared


@given(LINKS)
def test_sources_come_before_their_copies(links: dict[int, list[int]]) -> None:
    links = {x: [y for y in mine if y < x] for x, mine in links.items()}
    order = oldest_first(links, links)
    assert sorted(order) == sorted({*links, *(y for mine in links.values() for y in mine)})
    assert all(order.index(y) < order.index(x) for x, mine in links.items() for y in mine)


def test_a_chain_of_a_hundred_thousand_copies_is_followed() -> None:
    many = 100_000
    links = {x: [x - 1] for x in range(1, many)}
    pedigree = Pedigree(range(many), links)
    assert all(pedigree.comes_from(x, x // 2) for x in range(many))
    assert not any(pedigree.comes_from(x // 2, x) for x in range(1, many))
    assert pedigree.meet(1, many - 1)
    assert len(set(circles(links).values())) == many
