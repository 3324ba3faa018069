from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from whence.model import Document, Sentence
from whence.neural.embedder import Vectors, embedder
from whence.store.index import Index, build

TEXTS = {
    "d1": ("Dam at Orle fails", "The dam at Orle broke in the night. Nobody was hurt."),
    "d2": ("Weather", "Rain is expected over the hills of Tessin."),
    "d3": ("Orle mourns", "A minute of silence was held on Monday."),
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    documents = {name: Document(name, None, None, title, None, None, None, "en", "", text)
                 for name, (title, text) in TEXTS.items()}
    first = len("The dam at Orle broke in the night.")
    sentences = [Sentence("d1", 0, first, 0, "statement"), Sentence("d1", first + 1, 52, 0, "statement"),
                 *(Sentence(d, 0, len(TEXTS[d][1]), 0, "statement") for d in ("d2", "d3"))]
    build(tmp_path, documents, sentences, embedder().vectors)
    opened = Index(tmp_path, embedder().vectors)
    yield opened
    opened.close()


def test_the_best_sentence_comes_first(index: Index) -> None:
    hits = index.find("At night the dam of Orle broke", 5)
    assert (hits[0].document, hits[0].start, hits[0].end) == ("d1", 0, 35)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_a_document_comes_once_and_no_more_than_asked_for(index: Index) -> None:
    hits = index.find("Orle dam rain silence", 2)
    assert len({h.document for h in hits}) == len(hits) == 2


def test_a_hit_on_the_title_alone_has_no_span(index: Index) -> None:
    (hit, *_) = index.find("mourns", 5)
    assert (hit.document, hit.start, hit.end) == ("d3", None, None)


@pytest.mark.parametrize("text", ["", "   ", "…!?", '"', "NEAR(", "a* OR b", "title:x", "\x00", "NOT"])
def test_no_text_is_an_error(index: Index, text: str) -> None:
    assert isinstance(index.find(text, 3), list)


def test_a_reading_beside_what_was_asked_moves_the_best(tmp_path: Path) -> None:
    documents = {name: Document(name, None, None, None, None, None, None, "en", "", text) for name, text in (
        ("d1", "The dam at Orle broke in the night."), ("d2", "The dam at Orle broke in the morning."))}
    build(tmp_path, documents, [Sentence(d.id, 0, len(d.text), 0, "statement") for d in documents.values()],
          embedder().vectors)
    asked: list[tuple[str, str]] = []

    def ranked(by: float) -> list[str]:
        def rank(pairs: Sequence[tuple[str, str]]) -> Vectors:
            asked.extend(pairs)
            return np.array([by if "morning" in text else -by for _, text in pairs], np.float32)

        opened = Index(tmp_path, embedder().vectors, rank)
        hits = opened.find("At night the dam of Orle broke", 2)
        opened.close()
        assert all(0 <= hit.score <= 1 for hit in hits)
        return [hit.document for hit in hits]

    assert ranked(50) == ["d2", "d1"]
    assert ranked(-50) == ["d1", "d2"]
    assert asked[0] == ("At night the dam of Orle broke", "The dam at Orle broke in the night.")
