"""Alignment: each kernel against a slow, obvious twin, and what must be found whatever surrounds it."""
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.text.copying.align import Aligned, Aligner, Run, agreeing
from whence.text.copying.seeds import join, merge
from whence.text.copying.shingle import read

CODES = st.lists(st.integers(0, 4), max_size=40)


def align(a: str, b: str) -> list[Aligned]:
    return Aligner(read([a, b])).align(np.array([[0, 1]]))[0].get(0, [])


def longest_common(a: list[int], b: list[int]) -> int:
    rows = [[0] * (len(b) + 1)]
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            row.append(rows[-1][j] + 1 if x == y else max(row[-1], rows[-1][j + 1]))
        rows.append(row)
    return rows[-1][-1]


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 9), max_size=30))
def test_join_pairs_all_that_are_equal(left: list[int], right: list[int]) -> None:
    one, other = join(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), most=99)
    slow = {(i, j) for i, x in enumerate(left) for j, y in enumerate(right) if x == y}
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == sorted(slow)


def test_join_of_one_value_repeated_costs_no_square() -> None:
    one, _ = join(np.zeros(5000, dtype=np.int64), np.zeros(4000, dtype=np.int64))
    assert len(one) <= 2 * 5000


@given(CODES, CODES, st.integers(1, 3))
def test_merge_gives_maximal_exact_runs(a: list[int], b: list[int], length: int) -> None:
    hits = [(i, j) for i in range(len(a) - length + 1) for j in range(len(b) - length + 1)
            if a[i:i + length] == b[j:j + length]]
    slow = []
    for i, j in hits:
        if (i - 1, j - 1) not in hits:
            size = length
            while (i + size - length + 1, j + size - length + 1) in hits:
                size += 1
            slow.append([i, j, size])
    rows = np.array(hits, dtype=np.int64).reshape(-1, 2)
    _, runs = merge(np.zeros(len(rows), dtype=np.int64), rows[:, 0], rows[:, 1], length)
    assert runs.tolist() == sorted(slow)


@given(CODES, CODES)
def test_agreeing_words_are_a_longest_common_subsequence(a: list[int], b: list[int]) -> None:
    runs = agreeing(a, b)
    assert all(a[r.a:r.a + r.size] == b[r.b:r.b + r.size] for r in runs)
    assert sum(r.size for r in runs) == longest_common(a, b)


def test_a_long_passage_is_aligned_in_windows() -> None:
    a = list(range(9000))
    b = [x for x in a if x % 50]
    runs = agreeing(a, b, window=256)
    assert sum(r.size for r in runs) == len(b)


WORDS = st.lists(st.sampled_from([f"{a}{b}" for a in "bdgklmnprst" for b in ("ara", "eno", "ilu", "oti")]), max_size=40)


@settings(max_examples=60)
@given(WORDS, WORDS, WORDS, WORDS)
def test_every_verbatim_run_of_twelve_words_is_found(before: list[str], after: list[str], left: list[str],
                                                     right: list[str]) -> None:
    run = [f"word{n}" for n in range(12)]
    a, b = before + run + after, left + run + right
    found = align(" ".join(a), " ".join(b))
    assert any(r.a <= len(before) and len(before) + 12 <= r.a + r.size and r.a - r.b == len(before) - len(left)
               for one in found for r in one.runs)


def test_ends_are_exact_to_a_word() -> None:
    shared = "the keeper of the old lighthouse counted eleven boats before the fog came down over the whole bay"
    found = align("Nobody had asked him. " + shared + " and stayed", "On that day " + shared + ", he says")
    assert [(one.a, one.b) for one in found] == [((4, 22), (3, 21))]


def test_an_edited_passage_is_one_passage() -> None:
    first = ("the keeper of the old lighthouse counted eleven boats before the fog came down over the whole bay "
             "and wrote each of their names into the book that his father had left him").split()
    second = [word for n, word in enumerate(first) if n % 9 != 4]
    found = align(" ".join(first), " ".join(second))
    assert len(found) == 1
    assert found[0].matched == len(second)
    assert found[0].score == 2 * len(second) / (len(first) + len(second))


def test_a_sentence_that_one_side_lacks_parts_two_passages() -> None:
    one = "the keeper of the old lighthouse counted eleven boats before the fog came down over the whole bay"
    two = "seven of them were never seen again although their owners searched along the coast until the winter came"
    middle = " while nobody in town believed that story since keepers drink rather more than they ought to "
    found = align(f"{one} {two}", one + middle + two)
    assert [one.matched for one in found] == [18, 18]


def test_nothing_in_common_gives_nothing() -> None:
    assert align("a few words", "entirely other ones") == []
    assert align("", "") == []


def test_runs_are_named() -> None:
    assert Aligned((Run(1, 2, 3), Run(5, 6, 2))).a == (1, 7)
