"""Signs of on whose word a sentence is told: numbers for any text, and the right ones for plain cases."""
from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import SegmentConfig
from whence.model import Attribution, Document, Sentence, Span
from whence.steps import segment, statements
from whence.text.speech import signs
from whence.text.speech.signs import SIGNS, Sight

TEXT = "The dam leaks, Mayor Soames said. It is old. “Nobody is safe.”"


def sentences(text: str) -> Sequence[Sentence]:
    made = Document("d", None, None, None, None, None, None, "en", "", text)
    return segment.sentences(made, SegmentConfig())


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    spans = [Span(at, at + len(part)) for part in (source, cue, content) if (at := text.index(part)) >= 0]
    return Attribution("a", "d", "text", (spans[0],), (spans[1],), (spans[2],), "indirect", "named", "statement", None,
                       .9)


def looked_at(text: str, *told: Attribution) -> list[Sight]:
    own = sentences(text)
    return signs.sights(text, own, told, statements.speakers_of(own, told))


def sign(sight: Sight, name: str) -> float:
    return SIGNS[name](sight)


def test_a_sentence_that_tells_its_speaker() -> None:
    first, second, third = looked_at(TEXT, attribution(TEXT, "Mayor Soames", "said", "The dam leaks"))
    assert sign(first, "its own cue") == 1
    assert 0 < sign(first, "share that somebody says") < .5
    assert sign(first, "a speaker that is named, here") == 1
    assert sign(first, "a cue of saying") == 1
    assert sign(second, "nobody says any of it") == 1
    assert sign(second, "before: cues") == 1
    assert sign(third, "begins with a mark") == 1
    assert sign(third, "the last") == 1


def test_words_of_a_speaker_that_run_on() -> None:
    _, second, _ = looked_at(TEXT, attribution(TEXT, "Mayor Soames", "said", "It is old"))
    assert sign(second, "its own cue") == 0
    assert sign(second, "letters to the cue") > 0
    assert sign(second, "share that the speaker says") > .8


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_every_text_has_signs(text: str) -> None:
    for sight in looked_at(text):
        assert all(isfinite(number) for number in signs.signs(sight))


@given(st.data())
def test_every_span_has_signs(data: st.DataObject) -> None:
    spans = [tuple(Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(TEXT))] * 2)))) for _ in range(2))
             for _ in range(3)]
    told = Attribution("a", "d", "text", spans[0], spans[1], spans[2], "direct", "role", "belief", None, 1.0)
    for sight in looked_at(TEXT, told):
        assert all(isfinite(number) for number in signs.signs(sight))
        assert 0 <= sign(sight, "share that somebody says") <= 1
