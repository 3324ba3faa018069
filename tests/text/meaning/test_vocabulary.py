"""How telling words are, by the table that ships."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.stems import stem
from whence.text.meaning.vocabulary import plain_words, rarity


def test_what_news_says_every_day_tells_less() -> None:
    assert rarity(stem("government")) < rarity(stem("zeppelin"))
    assert rarity(stem("zeppelin")) <= rarity("zzzz")


@given(st.text(max_size=20))
def test_any_word_weighs_something_at_most_what_an_unseen_one_does(word: str) -> None:
    assert 0 <= rarity(word) <= rarity("zzzz")


def test_plain_words_are_no_names() -> None:
    assert {"the", "police", "water"} <= plain_words()
    assert not {"obama", "london", "monday"} & plain_words()
