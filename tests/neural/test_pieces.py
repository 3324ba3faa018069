"""A passage as the encoders read it: offsets, case, quotation, and what hostile texts make of it."""
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.config import SegmentConfig
from whence.model import Document, Span
from whence.neural.pieces import CASES, QUOTES, pieces, tokenizer
from whence.neural.windows import LONGEST, windows
from whence.steps import segment


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def document(text: str) -> Document:
    return Document("d", None, None, None, None, None, None, None, "", text)


def test_words_marks_and_places() -> None:
    text = "“We’re OK,” Ada McKay said."
    one = pieces(text, whole(text))[0]
    shown = [text[start:end] for start, end in zip(one.starts, one.ends, strict=True)]
    assert shown == ["“", "We", "’", "re", "OK", ",", "”", "Ada", "McKay", "said", "."]
    assert one.case[one.firsts].tolist() == [0, 2, 0, 1, 3, 0, 0, 2, 4, 1, 0]
    assert one.quote[one.firsts].tolist() == [1, 2, 2, 2, 2, 2, 3, 0, 0, 0, 0]


def test_the_style_of_quotation_marks_changes_no_piece() -> None:
    straight, curly = ('"Yes," she said.', "“Yes,” she said.")
    assert pieces(straight, whole(straight))[0].ids.tolist() == pieces(curly, whole(curly))[0].ids.tolist()


def test_the_tokenizers_own_marks_are_plain_words_in_a_text() -> None:
    text = "He wrote [SEP] and [CLS]."
    assert not {101, 102} & set(pieces(text, whole(text))[0].ids.tolist())


@given(st.text(max_size=80))
def test_any_text_has_words_in_order_inside_it(text: str) -> None:
    one = pieces(text, whole(text))[0]
    assert (np.diff(one.starts) > 0).all() and (one.ends > one.starts).all() and (one.ends <= len(text)).all()
    assert (one.case < CASES).all() and (one.quote < QUOTES).all() and len(one.ids) == len(one.case) == len(one.quote)


@given(st.text(alphabet="ab .“”\n", max_size=3000))
def test_windows_hold_all_words_once(text: str) -> None:
    sentences = segment.sentences(document(text), SegmentConfig())
    made = windows(text, sentences)
    assert all(0 < end - start <= LONGEST for start, end in made)
    assert all(a.end <= b.start for a, b in pairwise(made))
    held = "".join(text[start:end] for start, end in made)
    assert "".join(held.split()) == "".join("".join(text[s.start:s.end] for s in sentences).split())


@pytest.mark.parametrize("text", ["x" * 300_000, "word " * 60_000, '" ' * 10_000, "1.2.3" * 50_000])
def test_texts_without_a_break_are_cut(text: str) -> None:
    sentences = segment.sentences(document(text), SegmentConfig())
    made = windows(text, sentences)
    assert max(end - start for start, end in made) <= LONGEST
    assert pieces(text, made[:3])


def test_tokenizer_is_loaded_once() -> None:
    assert tokenizer() is tokenizer()
