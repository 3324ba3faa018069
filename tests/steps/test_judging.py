"""Which pairs are read by the cross-encoder, what is made of that, and what a reason tells."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from whence.neural import judge
from whence.neural.judge import CONTRARY, OTHER, SAME, Readings
from whence.steps import judging
from whence.text.meaning.contents import Article, content
from whence.text.meaning.features import Pair

NOBODY = Article(frozenset(), None)
ONE = "At least 517 seals died at Osier Bay on 4 May 1911, Ilka Soames said."
LIKE = "Ilka Soames said that 517 seals died at Osier Bay on 4 May 1911."
UNLIKE = "The orchestra of Velm played nine symphonies in a row."


def pair(one: str, other: str, cosine: float) -> Pair:
    return Pair(content(one), content(other), cosine, (NOBODY, NOBODY))


def never(pairs: Sequence[tuple[str, str]]) -> Readings:
    raise AssertionError(f"{pairs} were to be read")


def no_texts(rows: Sequence[int]) -> list[tuple[str, str]]:
    raise AssertionError(f"the texts of {rows} were asked for")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that leaves every pair open and weighs both opinions alike."""
    known = judge.weights()
    made = judge.Weights(known.names, known.means, known.scales, known.coefficients, known.biases, (0, 0, 0), (1, 1),
                         known.within)
    monkeypatch.setattr(judge, "weights", lambda: made)


def test_chances_add_up_and_what_is_alike_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "left_open", lambda told, kinds: np.zeros(len(told), np.bool_))
    found = judging.judged(judging.measured([pair(ONE, LIKE, .97), pair(ONE, UNLIKE, .05)]), no_texts, never)
    assert found.chances.sum(1) == pytest.approx([1, 1])
    assert found.chances.argmax(1).tolist() == [SAME, OTHER]
    assert not found.asked.any()


def test_nothing_is_judged_of_nothing() -> None:
    found = judging.judged(judging.measured([]), no_texts, never)
    assert found.chances.shape == (0, 3)


@pytest.mark.usefixtures("opened")
def test_what_is_left_open_is_read_and_both_opinions_count() -> None:
    asked: list[tuple[str, str]] = []

    def contrary(pairs: Sequence[tuple[str, str]]) -> Readings:
        asked.extend(pairs)
        return np.array([[0, 0, 0, 90, 0]] * len(pairs), np.float32)

    found = judging.judged(judging.measured([pair(ONE, LIKE, .97), pair(ONE, UNLIKE, .05)]),
                           lambda rows: [(ONE, (LIKE, UNLIKE)[row]) for row in rows], contrary)
    assert asked == [(ONE, LIKE), (ONE, UNLIKE)]
    assert found.chances.argmax(1).tolist() == [CONTRARY, CONTRARY]
    assert judging.says(pair(ONE, LIKE, .97), .9, asked=True)["judged_by"] == "words, and a reading of both"


def test_a_reason_tells_what_was_compared() -> None:
    both = pair(ONE, LIKE, .97)
    says = judging.says(both, .974, asked=False)
    assert says["judged_by"] == "words"
    assert says["score"] == "0.97"
    assert set(says["words_in_common"].split(", ")) <= set(both.one.forms)
    assert says["names"] == "osier bay, ilka soames | ilka soames, osier bay"
    assert says["numbers"].split(" | ")[0].split(", ")[0] == "517"
    assert len(says["weighed_most"].split("; ")) == judging.WEIGHED
    bare = pair("It rained.", "It poured.", .7)
    assert not {"names", "numbers", "days"} & set(judging.says(bare, .5, asked=False))
