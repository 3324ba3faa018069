"""Attributions: what no input and no reading may break, and what is read of a document at all."""
from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Attribution, Document, Segment, Sentence, Span
from whence.neural.extractor import Link, extractor
from whence.steps import attribute, segment

PIECES = st.sampled_from(
    "said told according to by was reported that who , . : ; — - ( ) “ ” „ ‘ ’ ' \" '' « » 「 」 and but The Boyd he "
    "she it dam claim reports asked whether saying “No,” ? 5 % Mayor: Ada – police … [ ] \n \n\n".split(" ")
)
CONFIG = AttributeConfig()


def known(text: str, title: str | None = None, language: str | None = None) -> tuple[Document, Sequence[Sentence]]:
    sha256 = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()
    document = Document(sha256[:16], None, None, title, None, None, None, language, sha256, text)
    return document, segment.sentences(document, SegmentConfig())


def found(text: str, title: str | None = None, language: str | None = None, read: attribute.Read | None = None,
          segments: tuple[Segment, ...] = ()) -> tuple[Attribution, ...]:
    document, sentences = known(text, title, language)
    return attribute.attributions(document, sentences, segments, CONFIG, read or extractor().read_all)


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " + ".join(text[start:end] for start, end in spans)


def anything(texts: Sequence[str]) -> list[list[Link]]:
    """A reader that finds sources, cues and contents anywhere in a text, by its length alone."""
    made = []
    for text in texts:
        draw = random.Random(len(text))
        spans = [Span(at, draw.randint(at + 1, len(text))) for at in (draw.randrange(len(text)) for _ in range(9))] \
            if text.strip() else []
        made.append([Link(spans[n], tuple(spans[n + 1:n + 1 + draw.randrange(2)]), (spans[n + 2],), .5)
                     for n in range(0, len(spans) - 2, 3)])
    return made


def nothing(texts: Sequence[str]) -> list[list[Link]]:
    return [[] for _ in texts]


def check(text: str, title: str, made: tuple[Attribution, ...]) -> None:
    assert len({a.id for a in made}) == len(made)
    by_id = {a.id: a for a in made}
    for a in made:
        assert a.cue and a.content and a.reasons
        place = text if a.field == "text" else title
        for start, end in (*a.source, *a.cue, *a.content):
            assert 0 <= start < end <= len(place)
        assert a.source_kind in ("none", "anonymous") or a.source
        assert all(reason.says and reason.says != reason.rule for reason in a.reasons)
        chain = {a.id}
        while a.parent is not None:
            a = by_id[a.parent]
            assert a.id not in chain
            chain.add(a.id)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from([None, "en", "de", "ja", "ar", "xx"]))
def test_whatever_the_text_and_whatever_is_read_spans_hold(text: str, language: str | None) -> None:
    title = text[::-1][:60]
    made = found(text, title, language, anything)
    check(text, title, made)
    assert found(text, title, language, anything) == made


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120))
def test_any_text_at_all(text: str) -> None:
    check(text, text[5:], found(text, text[5:], read=anything))


@pytest.mark.parametrize("text", [
    "“a " * 10_000, "\"" * 10_000, "'a' " * 5_000, "“No,” said X, a, b, " * 2_000, "he said, " * 10_000,
    "“We lost,” he said. " * 2_000, "Boyd Boyd " * 10_000, "1234567890 " * 20_000, "Ada Boyd: “No way.” " * 2_000,
    "\n\n".join(["“We lost and"] * 2_000), "X, who said, " * 10_000, "( " * 30_000, "\n".join(["A – police"] * 2_000),
    "The Sarn Port Authority (SPA) said. She said. " * 1_000, "「あああ」" * 3_000,
])
@pytest.mark.parametrize("language", [None, "de", "ja"])
def test_hostile_texts_are_read_to_their_end(text: str, language: str | None) -> None:
    found(text, language=language, read=nothing if len(text) > 60_000 else anything)


def test_what_is_asked_for_is_what_is_listed() -> None:
    document, sentences = known("The dam will hold, Ada Boyd said.\n\nIt was wet.", title="Police: nobody hurt")
    asked: list[list[str]] = []

    def read(texts: Sequence[str]) -> list[list[Link]]:
        asked.append(list(texts))
        return nothing(texts)

    attribute.attributions(document, sentences, (), CONFIG, read)
    assert asked[0] == attribute.texts(document, sentences, (), CONFIG)
    assert asked[0] == ["The dam will hold, Ada Boyd said.", "It was wet.", "Police: nobody hurt"]


def test_segments_that_are_not_the_articles_own_are_left_out() -> None:
    text = "The dam is sound, Boyd said.\n\nThe tower is wet, Marsh said."
    document, sentences = known(text)
    assert len(attribute.passages(document, sentences, (), CONFIG)) == 2
    aside = (Segment(document.id, text.index("The tower"), len(text), "teaser"),)
    assert [words(text, a.source) for a in found(text, segments=aside)] == ["Boyd"]
    item = (Segment(document.id, text.index("The tower"), len(text), "item"),)
    assert len(attribute.passages(document, sentences, item, CONFIG)) == 2


def test_a_title_is_read_where_the_text_lacks_it() -> None:
    text, title = "The dam will hold, Ada Boyd said.", "Police: nobody hurt in the storm"
    above = [a for a in found(text, title) if a.field == "title"]
    assert [(words(title, a.source), words(title, a.content)) for a in above] == \
        [("Police", "nobody hurt in the storm")]
    assert not [a for a in found(f"{title}\n\n{text}", title) if a.field == "title"]


def test_other_languages_are_read_for_direct_quotation_only() -> None:
    text = "„Der Damm hält“, sagte Ada Boyd. Sie sagte, der Damm halte."
    document, sentences = known(text, language="de")
    assert not attribute.reads_indirect(document)
    assert not attribute.texts(document, sentences, (), CONFIG)
    (only,) = found(text, language="de")
    assert words(text, only.content) == "„Der Damm hält“"
    assert only.reasons[0].rule == "direct_quotation"


def test_an_outlet_is_neither_source_nor_content() -> None:
    text = "Ada Boyd told the Ostmark Herald that the dam was sound."

    def misread(texts: Sequence[str]) -> list[list[Link]]:
        herald = text.index("the Ostmark")
        link = Link(Span(9, 13), (Span(0, 8),), (Span(herald, len(text) - 1),), .9)
        return [[link] if one == text else [] for one in texts]

    (only,) = found(text, read=misread)
    assert (words(text, only.content), only.channel) == ("that the dam was sound", "Ostmark Herald")


def test_reasons_are_readable_and_tell_what_was_compared() -> None:
    text = "Ada Boyd runs the port. She denied that the dam leaked."
    (only,) = found(text)
    assert [reason.rule for reason in only.reasons] == ["extracted", "named", "stands_for", "not_said"]
    assert only.reasons[2].values == {"mention": "She", "name": "Ada Boyd"}
    assert (only.speaker, only.negated, only.act) == ("Ada Boyd", True, "other")
