"""Attributions: labelled cases, what no input may break, and the chain of reports."""
from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Attribution, Document, Segment, Span
from whence.steps import attribute, segment

CASES = Path(__file__).parent.parent / "cases" / "attribution.csv"
PIECES = st.sampled_from(
    "said told according to by was reported that who , . : ; — - ( ) “ ” „ ‘ ’ ' \" '' « » and but The Boyd he it dam "
    "claim reports asked whether saying “No,” ? 5 % \n \n\n".split(" ")
)


def read(text: str, title: str | None = None, language: str | None = None,
         segments: tuple[Segment, ...] = ()) -> tuple[Document, tuple[Attribution, ...]]:
    sha256 = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()
    document = Document(sha256[:16], None, None, title, None, None, None, language, sha256, text)
    sentences = segment.sentences(document, SegmentConfig())
    return document, attribute.attributions(document, sentences, segments, AttributeConfig())


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " + ".join(text[start:end] for start, end in spans)


def shown(text: str) -> str:
    """Attributions as the cases write them: source | cue | content | kind | source_kind | act, and ^n, the parent."""
    _, found = read(text)
    ids = [attribution.id for attribution in found]
    written = []
    for a in found:
        parts = [words(text, a.source) or "-", words(text, a.cue), words(text, a.content), a.kind, a.source_kind, a.act]
        written.append(" | ".join([*parts, f"^{ids.index(a.parent) + 1}"] if a.parent else parts))
    return " || ".join(written)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['category']}: {case['text'][:40]}")
def test_case(case: dict[str, str]) -> None:
    found = shown(case["text"].replace("\\n", "\n"))
    if case["note"].startswith("gap:"):
        assert found != case["expected"], "this gap is closed: take the note away"
    else:
        assert found == case["expected"]


def test_three_in_ten_cases_are_traps() -> None:
    rows = cases()
    traps = [row for row in rows if not row["expected"] or row["note"].startswith("trap")]
    assert len(rows) >= 80
    assert 10 * len(traps) >= 3 * len(rows)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_whatever_the_text_spans_hold(text: str) -> None:
    document, found = read(text)
    assert len({attribution.id for attribution in found}) == len(found)
    by_id = {attribution.id: attribution for attribution in found}
    for attribution in found:
        assert attribution.cue and attribution.content and attribution.reasons
        for start, end in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        assert (attribution.source_kind in ("none", "anonymous")) or attribution.source
        chain = set()
        at: Attribution | None = attribution
        while at is not None and at.parent:
            assert at.id not in chain
            chain.add(at.id)
            at = by_id[at.parent]
    assert read(text)[1] == found
    assert document.text == text


@given(st.text(max_size=120))
def test_any_text_at_all(text: str) -> None:
    read(text)


@pytest.mark.parametrize("text", [
    "“a " * 10_000, "\"" * 10_000, "'a' " * 5_000, "“No,” said X, a, b, " * 2_000, "he said, " * 20_000,
    "“We lost,” he said. " * 2_000, "according to " * 20_000, "1234567890 " * 20_000,
    "\n\n".join(["“We lost and"] * 2_000), "X, who said, " * 10_000, "( " * 30_000,
])
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    read(text)


def test_segments_that_are_not_the_articles_own_are_left_out() -> None:
    text = "The dam is sound, Boyd said.\n\nThe tower is wet, Marsh said."
    document, all_of_it = read(text)
    assert len(all_of_it) == 2
    aside = (Segment(document.id, text.index("The tower"), len(text), "teaser"),)
    assert [words(text, a.source) for a in read(text, segments=aside)[1]] == ["Boyd"]
    item = (Segment(document.id, text.index("The tower"), len(text), "item"),)
    assert len(read(text, segments=item)[1]) == 2


def test_a_title_is_read_where_the_text_lacks_it() -> None:
    text = "The dam will hold, Ada Boyd said."
    _, found = read(text, title="Police: nobody hurt in the storm")
    title = [a for a in found if a.field == "title"]
    assert [words("Police: nobody hurt in the storm", a.content) for a in title] == ["nobody hurt in the storm"]
    assert not [a for a in read("Police: nobody hurt\n\n" + text, title="Police: nobody hurt")[1] if a.field == "title"]


def test_another_language_is_not_read() -> None:
    text = "“The dam is sound,” Boyd said."
    assert read(text, language="en")[1]
    assert read(text, language="nl")[1] == ()


def test_reasons_are_readable_and_tell_what_was_compared() -> None:
    _, (found,) = read("Boyd denied that the dam leaked.")
    assert [reason.rule for reason in found.reasons] == ["words_after_speaker", "not_said"]
    assert found.reasons[0].values["cue"] == "denied"
    _, (told,) = read("Ada Boyd told the Ostmark Herald that the dam was sound.")
    assert told.reasons[0].values["told to or asked of"] == "the Ostmark Herald"


def test_every_rule_has_a_score() -> None:
    _, found = read("\n\n".join(row["text"].replace("\\n", "\n") for row in cases()))
    assert {reason.rule for a in found for reason in a.reasons[:1]} <= set(attribute.SCORES)
