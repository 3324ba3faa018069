"""Odd turns of phrase and odd spellings that two articles have in common."""
from __future__ import annotations

import pytest

from whence.text.copying.oddities import Account, Lore, misspelt, phrases, turns


@pytest.mark.parametrize(("one", "other", "shared"), [
    ("It came on a bicycle with no brakes.", "On a bicycle with no brakes it came.", ["on a bicycle with no brakes"]),
    ("It hung like wet felt there.", "Like wet felt it hung.", ["like wet felt"]),
    ("The sea was as flat as a piano.", "Water as flat as a piano.", ["as flat as a piano"]),
    ("As soon as it began they left.", "They left as soon as it began.", []),
    ("It happened in the middle of the night.", "In the middle of the night it began.", []),
    ("She came on a bicycle.", "He came on a bicycle.", []),
    ("A man from Marsh End came with two old dogs.", "A man from Orm End came with two old dogs.", []),
    ("He had 12 brown horses and 5 donkeys.", "She had 13 brown horses and 6 donkeys.", []),
])
def test_turns(one: str, other: str, shared: list[str]) -> None:
    assert turns(Account("a", one, phrases([one])), Account("b", other, phrases([other]))) == shared


def test_a_turn_of_phrase_stands_in_one_piece_in_both() -> None:
    one = Account("a", "", phrases(["The kettle stood by the candle.", "A saddle stood by the feather of a hen."]))
    other = Account("b", "", phrases(["The kettle stood by the feather of a hen."]))
    assert turns(one, other) == ["stood by the feather of a hen"]


@pytest.mark.parametrize("text", ["like wet felt " * 20_000, "x " * 100_000, "A" * 200_000])
def test_hostile_texts_are_compared(text: str) -> None:
    assert len(turns(Account("a", text, phrases([text])), Account("b", text, phrases([text])))) < 2


@pytest.mark.parametrize(("texts", "found"), [
    (["at Lochmaddock", "in Lochmaddock", "by Lochmadock", "of Lochmadock"], [("Lochmaddock", "Lochmadock")]),
    (["at Lochmaddock", "in Lochmaddock", "by Lochmadock"], []),
    (["at Lochmaddock", "in Lochmaddock", "by Lochmadock", "by Lochmadock"], []),
    (["at Lochmaddock, off Lochmadock", "in Lochmaddock", "by Lochmadock", "of Lochmadock"], []),
    (["with Hansen", "for Hansen", "to Jansen", "by Jansen"], []),
    (["the Ormish Norwegians", "some Norwegians", "a Norwegian", "one Norwegian"], []),
    (["a man of Orme", "a cat of Orme", "off Ormme", "at Ormme"], []),
])
def test_misspelt(texts: list[str], found: list[tuple[str, str]]) -> None:
    lore = Lore({str(number): text for number, text in enumerate(texts)})
    assert misspelt(Account("0", texts[0], ()), Account("1", texts[1], ()), lore) == found


def test_a_turn_of_phrase_is_looked_for_in_all_other_texts() -> None:
    lore = Lore({"a": "Like wet felt it hung.", "b": "It was like wet felt.", "c": "Felt was wet."})
    assert lore.is_only("like wet felt", frozenset("ab"))
    assert not lore.is_only("like wet felt", frozenset("a"))
