"""Words with offsets: folded alike where copies vary, and spans that re-extract."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.normalize import fold, words


@pytest.mark.parametrize(("text", "forms"), [
    ("Don't stop: 3 cafés!", ["don't", "stop", "3", "cafés"]),
    ("Don’t STOP", ["don't", "stop"]),
    ("'quoted' words’", ["quoted", "words"]),
    ("cafe\u0301s cafés", ["cafés", "cafés"]),
    ("co\u00adop\u200bera\ufefftion", ["cooperation"]),
    ("snake_case _x_", ["snake", "case", "x"]),
    ("ＦＵＬＬ ﬁne", ["full", "fine"]),
    ("東京 2021年", ["東", "京", "2021", "年"]),
    ("タワーへ", ["タ", "ワ", "ー", "へ"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("한국어 문장", ["한국어", "문장"]),
    ("كتاب\u200cها", ["كتابها"]),
    ("", []), ("  … — \n", []), ("''''", []),
])
def test_words_are_folded(text: str, forms: list[str]) -> None:
    assert [word.form for word in words(text)] == forms


def test_thai_is_cut_into_characters_with_their_marks() -> None:
    assert [word.form for word in words("กี่คน")] == ["กี่", "ค", "น"]


@given(st.text(max_size=200))
def test_spans_re_extract_in_order(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        assert fold(text[word.start:word.end]) == word.form
        at = word.end


@given(st.text(alphabet="abAB'1 .-", max_size=60))
def test_ascii_is_read_as_any_script_is(text: str) -> None:
    plain, other = words(text), words(text + " é")
    assert plain == other[:-1]


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not fold(text).isascii()


def test_a_long_hostile_text_is_read_once() -> None:
    assert len(words("a'" * 200_000 + "é")) == 1
