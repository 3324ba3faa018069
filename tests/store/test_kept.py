"""What encoders made is kept by text, for several processes, once each."""
from __future__ import annotations

from pathlib import Path

from whence.store.kept import Kept


def test_what_was_kept_is_found_again_by_text(tmp_path: Path) -> None:
    one, other = Kept(tmp_path / "sub" / "k.sqlite"), Kept(tmp_path / "sub" / "k.sqlite")
    one.keep({"a text": b"1", "none here": b""})
    assert other.find(["a text", "none here", "never read"]) == {"a text": b"1", "none here": b""}
    other.keep({"a text": b"2"})
    assert one.find(["a text"]) == {"a text": b"1"}
    one.close()
    other.close()


def test_many_texts_and_odd_ones(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "k.sqlite")
    texts = [f"text {number} \ud800" for number in range(1500)]
    kept.keep(dict.fromkeys(texts, b"x"))
    assert set(kept.find(texts)) == set(texts)
    kept.close()
