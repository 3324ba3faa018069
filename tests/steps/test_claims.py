"""Which statements say the same: labelled pairs, each set among other news; and what must hold for any archive."""
from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, said, vectors
from whence.config import SegmentConfig
from whence.model import Corpus, Document, Grouped, Passage, Reuse, Segment, Sources, identify
from whence.neural.embedder import SIZE, Vectors
from whence.steps import claims, conflicts, segment

CASES = Path(__file__).parents[1] / "cases" / "claims.csv"


def document(number: int, text: str, published: str | None = None) -> Document:
    name = f"{number:016x}"
    return Document(name, None, None, f"Number {number}", None, f"Outlet {number}", published, "en", name * 4, text)


def corpus(documents: Sequence[Document], reuses: Sequence[Reuse] = (), segments: Sequence[Segment] = ()) -> Corpus:
    sentences = {d.id: segment.sentences(d, SegmentConfig()) for d in documents}
    aside = {d.id: [s for s in segments if s.document == d.id] for d in documents}
    return Corpus({d.id: d for d in documents}, sentences, aside, {}, reuses, ())


def group(archive: Corpus, embed: Callable[[Sequence[str]], Vectors] = vectors) -> Grouped:
    with TemporaryDirectory() as folder:
        return Desk(Path(folder), embed=embed).gather(archive)


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


# -- copies ------------------------------------------------------------------------------------------------------

def whole(one: Document, other: Document) -> Reuse:
    a, b = sorted((one, other), key=lambda d: d.id)
    passages = Passage(a.id, 0, len(a.text)), Passage(b.id, 0, len(b.text))
    return Reuse(identify("r", a.id, b.id), *passages, .9, "unknown", .5, False)


STORY = ("The keeper rang the bell twice before the water came. He had slept badly, he wrote in his book, and the "
         "gauge was stuck at four. The wall gave way at dawn and 300 sheep were lost.")


def test_a_copy_with_another_number_is_one_text_and_a_conflict() -> None:
    one, other = document(1, STORY, "1911-05-01"), document(2, STORY.replace("300", "3,000"), "1911-05-02")
    archive = corpus([one, other], [whole(one, other)])
    grouped = group(archive)
    sheep = next(g for g in grouped.groupings if "sheep" in g.text)
    assert sheep.copies == (0, 0)
    assert [w.document for w in sheep.wordings] == [one.id, other.id]
    assert [w.value.number for w in sheep.wordings if w.value] == [300, 3000]
    found = conflicts.find(grouped, archive, Sources({}, {}, {}, {}))
    assert [(c.kind, c.claim) for c in found] == [("number", sheep.id)]
    assert [told.statements for told in found[0].values] == [(0,), (1,)]


def test_a_copied_sentence_with_another_name_or_a_denial_is_not_one_text() -> None:
    for changed in (STORY.replace("The keeper", "Jory Pell"), STORY.replace("gave way", "never gave way")):
        one, other = document(1, STORY), document(2, changed)
        grouped = group(corpus([one, other], [whole(one, other)]))
        together = [g for g in grouped.groupings if len(g.wordings) == 2]
        assert len(together) == 2 or changed.startswith("Jory")


def test_a_sentence_that_ran_into_the_next_is_still_the_copy() -> None:
    one, other = document(1, STORY), document(2, STORY.replace("four. The wall", "four; the wall"))
    grouped = group(corpus([one, other], [whole(one, other)]))
    assert len([g for g in grouped.groupings if len(g.wordings) == 2]) == 2


def test_one_short_sentence_in_common_proves_no_common_text() -> None:
    line = "The northern sluice at Orm was opened by 40 masked men before sunrise."
    one, other = document(1, line), document(2, line)
    grouped = group(corpus([one, other], [whole(one, other)]))
    assert [g.copies for g in grouped.groupings] == [(0, 1)]


def test_teasers_questions_and_fragments_state_nothing() -> None:
    text = STORY + " Who rang the bell?\n\nRead also: The keeper was seen in Orm with two large dogs."
    at = text.index("Read also")
    aside = Segment(document(1, "").id, at, len(text), "teaser")
    archive = corpus([document(1, text)], segments=[aside])
    (told,) = said(archive, archive.documents).values()
    assert [one.text for one in told] == STORY.replace(". ", ".|").split("|")


def test_undated_statements_come_last() -> None:
    documents = [document(1, STORY), document(2, STORY, "1911-05-02"), document(3, STORY, "1911-05-01T10:00")]
    for grouping in group(corpus(documents)).groupings:
        assert [told.document for told in grouping.wordings] == [documents[at].id for at in (2, 1, 0)]


def test_an_encoder_may_bring_pairs_but_the_judge_decides() -> None:
    archive = corpus([document(1, "Floods took the bridge at Reedport."),
                      document(2, "A painter restored the fountain on Hob Square."),
                      document(3, "Trains to Velden ran late all week.")])
    asked: list[Sequence[str]] = []

    def alike(texts: Sequence[str]) -> Vectors:
        """An encoder to which all is one."""
        asked.append(texts)
        return np.eye(1, SIZE, dtype=np.float32).repeat(len(texts), 0)

    assert [len(g.wordings) for g in group(archive, alike).groupings] == [1, 1, 1]
    assert sum(map(len, asked)) == 3


def test_what_is_not_near_is_not_judged() -> None:
    line = "The river swept the crossing at Reedport away."
    archive = corpus([document(1, line), document(2, line.replace("crossing", "bridge"))])
    apart = group(archive, lambda texts: np.eye(len(texts), SIZE, dtype=np.float32))
    assert len(apart.groupings) == 2


# -- groups --------------------------------------------------------------------------------------------------------

def near(*pairs: tuple[int, int, int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for one, other, sure in pairs:
        found.setdefault(one, {})[other] = found.setdefault(other, {})[one] = sure
    return found


def test_a_text_is_in_a_group_because_it_agrees_with_the_whole_of_it() -> None:
    assert claims.groups([5, 3, 8], near((5, 3, 9), (3, 8, 8)), 5) == {5: 5, 3: 5, 8: 8}
    assert claims.groups([5, 3, 8], near((5, 3, 9), (3, 8, 8)), 4) == {5: 5, 3: 5, 8: 5}
    assert claims.groups([5, 3, 8], near((5, 3, 7), (3, 8, 7)), 6) == {5: 5, 3: 5, 8: 8}, "ties: the earliest"


def slow_groups(order: Sequence[int], sure: dict[int, dict[int, int]], least: int) -> dict[int, int]:
    """The same by looking at all pairs of groups each time."""
    groups = [[text] for text in order if text in sure]
    while True:
        means = [(-Fraction(sum(sure[a].get(b, 0) for a in one for b in other), len(one) * len(other)), i, j)
                 for i, one in enumerate(groups) for j, other in enumerate(groups) if i < j]
        best = min(means, default=None)
        if best is None or -best[0] < least:
            return {text: group[0] for group in groups for text in group}
        _, i, j = best
        groups[i] = sorted([*groups[i], *groups.pop(j)], key=list(order).index)


@settings(max_examples=300)
@given(st.permutations(range(6)), st.integers(1, 6), st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda two: two[0] != two[1]), st.integers(1, 9)))
def test_groups_are_those_of_the_slow_way(order: list[int], least: int, sure: dict[tuple[int, int], int]) -> None:
    pairs = near(*((one, other, s) for (one, other), s in sure.items()))
    assert claims.groups([text for text in order if text in pairs], pairs, least) == slow_groups(order, pairs, least)


# -- any archive ---------------------------------------------------------------------------------------------------

LINES = [row[side] for row in rows() for side in ("one", "other")]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=3), min_size=1, max_size=6),
       st.randoms(use_true_random=False))
def test_order_changes_nothing_and_every_statement_has_one_place(texts: list[list[str]], shuffle: Random) -> None:
    documents = [document(number, " ".join(lines), f"1911-05-0{number % 3 + 1}") for number, lines in enumerate(texts)]
    first = group(corpus(documents))
    shuffled = list(documents)
    shuffle.shuffle(shuffled)
    assert group(corpus(shuffled)) == first
    places = [(w.document, w.start) for g in first.groupings for w in g.wordings]
    assert len(places) == len(set(places)) == sum(
        map(len, said(corpus(documents), [d.id for d in documents]).values()))
    for grouping in first.groupings:
        assert all(grouping.copies[copy] == copy <= at for at, copy in enumerate(grouping.copies))
        assert grouping.id == identify("c", grouping.wordings[0].document, grouping.wordings[0].start)
