"""Readings are kept by text, for several processes, once each."""
from __future__ import annotations

from pathlib import Path

from whence.model import Span
from whence.neural.extractor import Link
from whence.store.readings import Readings

LINK = Link(Span(4, 8), (Span(0, 3),), (Span(9, 12), Span(14, 20)), .75)


def test_what_was_kept_is_found_again_by_text(tmp_path: Path) -> None:
    one, other = Readings(tmp_path / "sub" / "r.sqlite"), Readings(tmp_path / "sub" / "r.sqlite")
    one.keep({"a text": [LINK], "none here": []})
    assert other.find(["a text", "none here", "never read"]) == {"a text": [LINK], "none here": []}
    other.keep({"a text": []})
    assert one.find(["a text"]) == {"a text": [LINK]}
    one.close()
    other.close()


def test_many_texts_and_odd_ones(tmp_path: Path) -> None:
    kept = Readings(tmp_path / "r.sqlite")
    texts = [f"text {number} \ud800" for number in range(1500)]
    kept.keep({text: [LINK] for text in texts})
    assert set(kept.find(texts)) == set(texts)
    kept.close()
