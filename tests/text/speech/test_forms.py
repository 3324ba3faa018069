"""Reports in fixed forms, without a speaker's own verb."""
from __future__ import annotations

import pytest

from whence.config import SegmentConfig
from whence.model import Document
from whence.steps import segment
from whence.text.speech import forms
from whence.text.speech.prose import Prose


@pytest.mark.parametrize(("text", "source", "content"), [
    ("Dorte Halvey, identified as an informer by the intelligence service, spoke at three meetings.",
     "the intelligence service", "an informer"),
    ("The man was recognised as a spy by two agents last year.", "two agents", "a spy"),
    ("He was described as the best of them by Mayor Jo Kemp.", "Mayor Jo Kemp", "the best of them"),
])
def test_who_is_called_something(text: str, source: str, content: str) -> None:
    document = Document("d", None, None, None, None, None, None, "en", "", text)
    prose = Prose(text, segment.sentences(document, SegmentConfig()))
    (draft,) = forms.reports(prose, [])
    assert (prose.shown(draft.source), prose.shown(draft.content)) == (source, content)
    assert draft.rule is forms.called_so


@pytest.mark.parametrize("text", ["The shed was used as a store by the guild.", "She was hired as a clerk by the town.",
                                  "“He was named as a spy by the agents,” she said."])
def test_who_is_not_called_anything(text: str) -> None:
    document = Document("d", None, None, None, None, None, None, "en", "", text)
    assert forms.reports(Prose(text, segment.sentences(document, SegmentConfig())), []) == []
