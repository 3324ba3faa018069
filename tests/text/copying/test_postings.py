"""Pairs of texts that share shingles: as a slow twin counts them, and the same in whatever batches the texts come."""
from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.text.copying.postings import ordinals, pair, postings, share, unpair, values
from whence.text.copying.shingle import I64, U64, read

TEXTS = st.lists(st.text(alphabet="abc ", max_size=12), max_size=9)
LENGTH, TOGETHER = 2, 3


def ages(texts: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
    """Text n is the older the larger n is modulo 3."""
    return np.array([f"{2 - n % 3} {n:03}" for n in range(len(texts))], dtype="S8")


def slow(texts: list[str]) -> Counter[tuple[int, int]]:
    order = ages(texts).tolist()
    groups: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for n, text in enumerate(texts):
        forms = text.split()
        for at in range(len(forms) - LENGTH + 1):
            groups[tuple(forms[at:at + LENGTH])].add(n)
    found: Counter[tuple[int, int]] = Counter()
    for group in groups.values():
        old = sorted(group, key=lambda n: order[n])
        pairs = set(combinations(sorted(group), 2))
        if len(group) > TOGETHER:
            pairs = {(min(x, y), max(x, y)) for x, y in [*((old[0], y) for y in old[1:]),
                                                        *pairwise(old)]}
        found.update(pairs)
    return found


def counted(pairs: I64, counts: I64) -> dict[tuple[int, int], int]:
    low, high = unpair(pairs)
    return dict(zip(zip(low.tolist(), high.tolist(), strict=True), counts.tolist(), strict=True))


def laid(texts: list[str], first: int = 0) -> U64:
    return postings(read(texts), LENGTH, first)


@given(TEXTS)
def test_pairs_are_those_of_the_slow_twin(texts: list[str]) -> None:
    gained, lost, crowd = share(laid(texts), ages(texts), 0, TOGETHER)
    assert counted(*gained) == dict(slow(texts))
    assert len(lost.pairs) == 0
    assert (crowd.sizes > TOGETHER).all()


@settings(max_examples=200)
@given(TEXTS, st.integers(0, 9))
def test_batches_gain_and_lose_to_the_same_pairs(texts: list[str], cut: int) -> None:
    cut = min(cut, len(texts))
    before = Counter(counted(*share(laid(texts[:cut]), ages(texts), 0, TOGETHER)[0]))
    found = np.sort(np.concatenate((laid(texts[:cut]), laid(texts[cut:], cut))))
    wanted = values(laid(texts[cut:], cut))
    found = found[np.isin(values(found)[np.searchsorted(values(found), found, "right") - 1], wanted)]
    gained, lost, _ = share(found, ages(texts), cut, TOGETHER)
    before.update(counted(*gained))
    before.subtract(counted(*lost))
    assert {pair: count for pair, count in before.items() if count} == dict(slow(texts))
    assert min(before.values(), default=0) >= 0


def test_a_pair_is_one_number() -> None:
    one, other = np.array([5, 2]), np.array([3, 70_000])
    assert [side.tolist() for side in unpair(pair(one, other))] == [[3, 2], [5, 70_000]]
    assert ordinals(laid(["a b c", "", "b c"], 7)).tolist() in ([7, 7, 9], [7, 9, 7])
