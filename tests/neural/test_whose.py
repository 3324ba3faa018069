"""On whose word a sentence is told: what is pooled of its words, and what is made of that and its signs."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Document, Seen, Sentence
from whence.neural import whose
from whence.neural.extractor import Passage, extractor
from whence.steps import attribute, segment, statements
from whence.text.speech import signs

TEXT = ("The dam at Orle is leaking, Mayor Ilka Soames said on Tuesday. It was built in 1904 and holds 30 million tons "
        "of water.\n\nThree officials said that the wall would be mended by June.\n\n"
        "Read more: Ten dams that nobody wants [Orle Courier]")


def document(text: str = TEXT, language: str = "en") -> Document:
    return Document("d" * 16, None, None, None, None, "The Orle Courier", None, language, "0" * 64, text)


def cut(made: Document) -> tuple[Sequence[Sentence], list[Passage]]:
    sentences = segment.sentences(made, SegmentConfig())
    return sentences, attribute.cut(made, sentences, attribute.passages(made, sentences, [], AttributeConfig()))


def seen(made: Document) -> list[Seen]:
    sentences, passages = cut(made)
    spans = attribute.passages(made, sentences, [], AttributeConfig())
    return attribute.seen(made, sentences, spans, extractor().look(passages))


def test_weights_fit_the_signs() -> None:
    assert len(whose.weights()) == whose.NETWORKS
    for known in whose.weights():
        assert len(known.means) == len(known.scales) == len(signs.SIGNS)
        assert known.hidden.shape[0] == known.straight.shape[0] == whose.POOLED + len(signs.SIGNS)


def test_every_sentence_that_is_read_is_seen_once() -> None:
    made = document()
    sentences, _ = cut(made)
    found = seen(made)
    assert [one.start for one in found] == [s.start for s in sentences]
    assert all(one.numbers for one in found)


def test_of_a_sentence_longer_than_a_passage_its_first_part_is_seen() -> None:
    made = document("The wall " + "and the wall " * 120 + "fell. It was old.")
    sentences, passages = cut(made)
    assert len(passages) > len({s.paragraph for s in sentences})
    assert [one.start for one in seen(made)] == [s.start for s in sentences]


def test_nothing_is_seen_where_nothing_is_read() -> None:
    assert seen(document(language="de")) == []


def test_a_sentence_is_seen_alike_beside_others_and_alone() -> None:
    one, other = ("The dam leaks, she said. The wall is old.", (24, 41)), ("It rains.", (9,))
    both = extractor().look([one, other])
    assert [extractor().look([passage])[0] for passage in (one, other)] == both


def test_chances_of_a_sentence_are_its_own() -> None:
    draw = np.random.default_rng(1)
    known = draw.normal(size=(7, whose.NETWORKS * whose.POOLED)).astype(np.float32)
    told = draw.normal(size=(7, len(signs.SIGNS))).astype(np.float32)
    found = whose.chances(known, told)
    assert found.shape == (7, len(whose.KINDS))
    assert found.sum(1) == pytest.approx(np.ones(7))
    for row in range(7):
        assert (whose.chances(known[row:row + 1], told[row:row + 1]) == found[row]).all()
    assert whose.chances(known[:0], told[:0]).shape == (0, len(whose.KINDS))


def test_what_is_written_is_read_again() -> None:
    row = np.linspace(-2, 2, whose.NETWORKS * whose.POOLED, dtype=np.float32)
    assert whose.unwritten([whose.written(row), ""])[0] == pytest.approx(row, abs=1e-3)
    assert not whose.unwritten([""]).any()
    assert whose.unwritten([]).shape == (0, whose.NETWORKS * whose.POOLED)


def test_statements_are_told_on_the_word_of_whoever_says_them() -> None:
    made = document()
    sentences, _ = cut(made)
    told = attribute.attributions(made, sentences, [], AttributeConfig(), extractor().read_all)
    by_id = {a.id: a for a in told}
    found = statements.of_document(made, sentences, [], told, seen(made))
    speakers = {one.text[:12]: by_id[one.attribution].speaker if one.attribution else None for one in found}
    assert speakers["The dam at O"] is not None
    assert speakers["It was built"] is None
    assert not any(text.startswith("Read more") for text in speakers)
