"""Voices of an article, and signs of what a sentence rests on: numbers for any text, the right ones for plain cases."""
from __future__ import annotations

from math import isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import SegmentConfig
from whence.model import Attribution, Document, Sentence, Span
from whence.steps import segment, statements
from whence.text.speech import resting
from whence.text.speech.resting import Resting, Voice

TEXT = ("A bear was loose in Orle on Monday.\n\nThe bear had left the zoo, keeper Jo Kemp said. It ate honey, he "
        "added. A neighbour told the Orle Courier that he was afraid. Orle lies in the hills.")


def attribution(source: str, cue: str, content: str, *, speaker: str | None = None, channel: str | None = None,
                kind: str = "named") -> Attribution:
    def spans(words: str) -> tuple[Span, ...]:
        return (Span(TEXT.index(words), TEXT.index(words) + len(words)),)
    return Attribution(f"a-{cue}", "d", "text", spans(source), spans(cue), spans(content), "indirect",
                       kind, "statement", None, .9, speaker=speaker, channel=channel)  # type: ignore[arg-type]


TOLD = (attribution("keeper Jo Kemp", "said", "The bear had left the zoo", speaker="Jo Kemp"),
        attribution("he", "added", "It ate honey", speaker="Jo Kemp"),
        attribution("A neighbour", "told", "he was afraid", channel="the Orle Courier", kind="anonymous"))


def voices(text: str = TEXT) -> list[Voice]:
    return resting.voices(text, sentences(text), TOLD)


def sentences(text: str = TEXT) -> tuple[Sentence, ...]:
    made = Document("d", None, None, None, None, None, None, "en", "", text)
    return tuple(segment.sentences(made, SegmentConfig()))


def views(text: str = TEXT) -> list[Resting]:
    views_ = statements.resting_of(text, sentences(text), TOLD, [])
    return [Resting(view.sight, view.number, view.sentences, view.speakers, view.voices, (.1, .1, .1, .1, .6))
            for view in views_]


def test_one_who_is_heard_twice_is_one_voice_and_an_unnamed_one_is_the_outlet_he_spoke_to() -> None:
    assert [(voice.name, voice.channel, len(voice.attributions)) for voice in voices()] == [
        ("Jo Kemp", False, 2), ("the Orle Courier", True, 1)]


def test_the_nearest_attribution_is_that_of_the_sentence_next_to_it() -> None:
    kemp = voices()[0]
    assert [kemp.nearest(at).id for at in (0, 2, 4)] == ["a-said", "a-added", "a-added"]


def test_signs_tell_where_a_voice_is_heard_and_what_it_shares() -> None:
    _, held = resting.signs_of(views()[0])
    names = [*resting.OF_VOICE, *resting.OF_BOTH]
    kemp, courier = (dict(zip(names, row, strict=True)) for row in held)
    assert kemp["heard right after"] == 1
    assert courier["heard right after"] == 0
    assert kemp["shared with one part"] > courier["shared with one part"]
    assert courier["an outlet that others spoke to"] == 1


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_sentence_has_numbers(words: str) -> None:
    for view in views(f"{TEXT} {words}"):
        sentence, held = resting.signs_of(view)
        assert len(sentence) == len(resting.OF_SENTENCE)
        assert all(isfinite(number) for row in [sentence, *held] for number in row)
