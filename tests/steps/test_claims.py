"""Which statements say the same: labelled pairs, each set among other news; and what must hold for any archive."""
from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
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
NEWS = """\
The choir of Larkham sang until midnight. A painter restored the fountain on Hob Square. Snow closed the pass \
to Velden for two days. The school in Pell opened a second kitchen. Farmers in Velden sold their wool early. \
The library bought a map of the old canals. A lorry lost its load of turnips near Pell. The observatory \
reported a faint comet. The seals of the guild were broken again. The bakers agreed on a price for rye bread. \
A bishop visited the fishing fleet at Larkham. The pumps in the valley were oiled. Trains to Velden ran late \
all week. The council met on Hob Square. Wardens fed the swans in the park at Pell. The mill at Larkham ground \
its last corn. A fire broke out in a barn near Velden. The ferry to the island was painted green. Divers \
trained in the lake above Pell. The dam keeper retired after his birthday."""


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

def near(*pairs: tuple[int, int, float]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    for one, other, sure in pairs:
        found.setdefault(one, {})[other] = found.setdefault(other, {})[one] = sure
    return found


def test_a_text_joins_the_centre_that_it_agrees_with_best_and_no_chain_is_made() -> None:
    assert claims.centres([5, 3, 8], near((5, 3, .9), (3, 8, .9))) == {5: 5, 3: 5, 8: 8}
    assert claims.centres([5, 3, 8], near((5, 8, .6), (3, 8, .9))) == {5: 5, 3: 3, 8: 3}
    assert claims.centres([5, 3, 8], near((5, 8, .7), (3, 8, .7))) == {5: 5, 3: 3, 8: 5}


@given(st.permutations(range(6)), st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(.5, 1)))
def test_a_text_that_comes_later_moves_none_that_came_before(order: list[int], sure: dict[tuple[int, int], float],
                                                             ) -> None:
    pairs = near(*((one, other, s) for (one, other), s in sure.items() if one != other))
    found = claims.centres(order, pairs)
    for count in range(len(order)):
        assert claims.centres(order[:count], pairs) == {text: found[text] for text in order[:count]}
    assert all(middle == text or (found[middle] == middle and middle in pairs[text])
               for text, middle in found.items())


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
