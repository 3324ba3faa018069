"""Sentences: labelled cases, and that no text breaks the step."""
from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.config import SegmentConfig
from whence.model import Document
from whence.steps import segment

CASES = Path(__file__).parent.parent / "cases" / "sentences.csv"


def document(text: str) -> Document:
    sha256 = hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()
    return Document(sha256[:16], None, None, None, None, None, None, None, sha256, text)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def shown(text: str) -> str:
    """The sentences as the cases write them: `form: words`, parted by || in a paragraph and by ¶ between two."""
    written, before = "", None
    for sentence in segment.sentences(document(text), SegmentConfig()):
        if before is not None:
            written += " || " if sentence.paragraph == before else " ¶ "
        words = text[sentence.start:sentence.end].replace("\n", "\\n").replace("\r", "\\r")
        written += f"{sentence.form}: {words}"
        before = sentence.paragraph
    return written


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['category']}: {case['text'][:40]}")
def test_case(case: dict[str, str]) -> None:
    assert shown(case["text"].replace("\\n", "\n").replace("\\r", "\r")) == case["expected"]


@given(st.text(alphabet=st.one_of(st.sampled_from(" .!?…\n\r\"“”'()-1aAé。「」\u2028"), st.characters()), max_size=200))
def test_sentences_cover_all_that_is_visible_in_order(text: str) -> None:
    found = segment.sentences(document(text), SegmentConfig())
    position = paragraph = 0
    for sentence in found:
        assert position <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start:sentence.end] == text[sentence.start:sentence.end].strip()
        assert sentence.paragraph >= paragraph
        position, paragraph = sentence.end, sentence.paragraph
    outside = set(range(len(text))) - {at for s in found for at in range(s.start, s.end)}
    assert not any(text[at].isalpha() and not text[at].isspace() for at in outside if not _is_marker(text, at))


def _is_marker(text: str, at: int) -> bool:
    """A list's letter, as in "a) the bridge", stands outside its item."""
    return text[at + 1:at + 2] == ")"


def test_two_megabytes_without_a_line_break() -> None:
    text = "the harbour is closed and " * 80_000
    assert len(segment.sentences(document(text), SegmentConfig())) == 1


def test_a_heading_is_no_fragment_where_it_is_all_there_is() -> None:
    alone = segment.sentences(document("Ferry returns to the harbour"), SegmentConfig())
    headed = segment.sentences(document("Ferry returns to the harbour\n\nIt came at noon."), SegmentConfig())
    assert (alone[0].form, headed[0].form) == ("statement", "fragment")


def test_the_limits_are_settings() -> None:
    text = "It was wet.\n\nThe wall was wet for nine years."
    few = segment.sentences(document(text), SegmentConfig(fewest_words=3))
    assert [sentence.form for sentence in few] == ["statement", "statement"]
