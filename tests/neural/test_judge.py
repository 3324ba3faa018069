"""The trained judge's arithmetic: chances, which pairs are left open, and two opinions added."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.model import Span
from whence.neural import judge
from whence.neural.judge import ANY, CONTRARY, DENIED, OTHER, SAME, SPECIFIC, Floats, Weights
from whence.neural.pieces import FIRST, LAST, Pieces, pieces_of
from whence.text.meaning.features import FEATURES


def known(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    """A judge of two features, the one for SAME and the other for CONTRARY."""
    told: dict[str, object] = {
        "names": ("alike", "denied"), "means": np.zeros(2), "scales": np.ones(2),
        "coefficients": np.array([[0., 0], [2, 0], [0, 1]]), "biases": np.array([1., 0, 0]), "open": (.2, .9),
        "mixed": (1.0, 1.0), "within": -1.0}
    monkeypatch.setattr(judge, "weights", lambda: Weights(**{**told, **changed}))  # type: ignore[arg-type]


def logs(*chances: tuple[float, float, float]) -> Floats:
    found: Floats = np.log(np.array(chances))
    return found


def test_the_weights_are_those_of_the_features() -> None:
    assert judge.weights().names == tuple(name for name, _ in FEATURES)
    assert judge.weights().coefficients.shape == (3, len(FEATURES))
    assert (judge.weights().scales > 0).all()


@given(st.lists(st.lists(st.floats(-50, 50), min_size=len(FEATURES), max_size=len(FEATURES)), max_size=4))
def test_chances_add_up_and_are_the_same_in_any_company(rows: list[list[float]]) -> None:
    features = np.array(rows).reshape(-1, len(FEATURES))
    found = judge.weigh(features)
    assert np.exp(found).sum(1) == pytest.approx(np.ones(len(rows)))
    for at in range(len(rows)):
        assert (judge.weigh(features[at:at + 1])[0] == found[at]).all()


def test_features_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch)
    assert judge.weigh(np.array([[0., 0], [5, 0], [0, 5]])).argmax(1).tolist() == [OTHER, SAME, CONTRARY]


def test_what_is_not_clearly_something_else_is_left_open_by_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, open=(.5, .3, .05))
    told = logs((.9, .05, .05), (.6, .35, .05), (.05, .93, .02), (.05, .05, .9))
    for kind, opened in ((ANY, [False, False, True, True]), (DENIED, [False, True, True, True]),
                         (SPECIFIC, [True] * 4)):
        assert judge.left_open(told, np.full(4, kind)).tolist() == opened
    known(monkeypatch, open=(2, 2, 2))
    assert not judge.left_open(told, np.array([ANY, DENIED, SPECIFIC, ANY])).any()


def test_two_opinions_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch)
    plain = np.array([[0., 0, 0, 0, 9]], np.float32)
    alike = judge.settle(logs((1 / 3, 1 / 3, 1 / 3)), plain)[0]
    assert alike == pytest.approx([.5, .25, .25]), "partial and other are OTHER"
    read = np.array([[3., 0, 0, 0, 0], [0, 0, 0, 3, 0], [0, 3, 0, 0, 0]], np.float32)
    told = logs(*[(1 / 3, 1 / 3, 1 / 3)] * 3)
    assert judge.settle(told, read).argmax(1).tolist() == [SAME, CONTRARY, OTHER]
    known(monkeypatch, mixed=(1.0, 0.0))
    assert judge.settle(logs((.2, .6, .2)), plain)[0] == pytest.approx([.1875, .5625, .25])


def test_what_weighed_most_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, coefficients=np.array([[0., 0], [2, -3], [0, 1]]))
    assert judge.weighed_most([1, 1], 2) == [("denied", -3.0), ("alike", 2.0)]
    assert judge.weighed_most([1, 0], 1) == [("alike", 2.0)]


def pieces(text: str) -> Pieces:
    (found,) = pieces_of([(text, Span(0, len(text)))])
    return found


def test_two_sentences_are_read_with_marks_between_them() -> None:
    one, other = pieces("Seals died."), pieces("A word " * judge.LONGEST)
    read = judge.inputs(one, other)
    assert len({len(row) for row in read.values()}) == 1
    assert (read["ids"][0], read["ids"][-1], read["ids"][len(one.ids) + 1]) == (FIRST, LAST, LAST)
    assert read["side"].tolist() == [0] * (len(one.ids) + 2) + [1] * (judge.LONGEST + 1)


def test_the_order_of_a_pair_is_nothing() -> None:
    class Network:
        """Gives what tells apart which sentence was read first."""

        def run(self, _: object, read: dict[str, Floats]) -> list[Floats]:
            return [np.array([[*read["ids"][1:6]]], np.float32)]

    encoder = judge.CrossEncoder.__new__(judge.CrossEncoder)
    encoder.network = Network()
    two = ("Seals died at Osier Bay.", "No animal was hurt by it.")
    assert (encoder.read([two]) == encoder.read([two[::-1]])).all()
    assert judge.answers([two, two]).shape == (2,)


def test_two_sentences_of_one_article_say_the_same_less_often() -> None:
    known_ = np.array([0, .3, .9, 1])
    found = judge.within_article(known_)
    assert (found[1:3] < known_[1:3]).all() and (np.diff(found) > 0).all()
    assert found[[0, 3]] == pytest.approx([0, 1], abs=1e-6)
