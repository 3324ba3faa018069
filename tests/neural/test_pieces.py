"""A passage as the encoders read it: offsets, case, quotation, and what hostile texts make of it."""
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.config import SegmentConfig
from whence.model import Document, Span
from whence.neural.pieces import CASES, PLAIN, QUOTES, memory, pieces, pieces_of, tokenizer
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


LETTERS = st.sampled_from("abÉ é\u0301.'“”—漢\x00\u200b\n\u00a0ßİΣ😀[#]") | st.characters(codec="utf-8")


@given(st.lists(st.text(LETTERS, max_size=30), max_size=4))
def test_pieces_are_those_of_the_whole_text_read_at_once(texts: list[str]) -> None:
    parts = [(f"x {text} y", Span(2, 2 + len(text))) for text in texts]
    for text, one in zip(texts, pieces_of(parts), strict=True):
        plain = tokenizer().encode(text.translate(PLAIN), add_special_tokens=False)
        begins = [at for at, word in enumerate(plain.word_ids) if at == 0 or plain.word_ids[at - 1] != word]
        afters = [*begins[1:], len(plain.ids)] if begins else []
        assert one.ids.tolist() == plain.ids and one.firsts.tolist() == begins
        assert one.starts.tolist() == [plain.offsets[at][0] + 2 for at in begins]
        assert one.ends.tolist() == [plain.offsets[at - 1][1] + 2 for at in afters]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whence.neural.pieces.REMEMBERED", 50)
    memory.cache_clear()
    texts = [" ".join(f"w{number}" for number in range(at, at + 30)) for at in range(0, 300, 20)]
    found = [pieces(text, whole(text))[0].ids.tolist() for text in texts]
    assert len(memory()) <= 50
    memory.cache_clear()
    assert found == [pieces(text, whole(text))[0].ids.tolist() for text in texts]


def test_half_a_character_is_read_as_unknown() -> None:
    text = "He said \ud800 twice."
    one = pieces(text, whole(text))[0]
    assert [text[start:end] for start, end in zip(one.starts, one.ends, strict=True)][:2] == ["He", "said"]


def test_tokenizer_is_loaded_once() -> None:
    assert tokenizer() is tokenizer()
