from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from whence.errors import ArchiveError
from whence.store.evidence import Evidence


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(tmp_path / "evidence")


def kept(evidence: Evidence, tmp_path: Path, raw: bytes) -> str:
    source = tmp_path / "source"
    source.write_bytes(raw)
    return evidence.keep(source)


def test_bytes_come_back_by_their_hash(evidence: Evidence, tmp_path: Path) -> None:
    sha256 = kept(evidence, tmp_path, b"a page, as it came\r\n")
    assert sha256 == hashlib.sha256(b"a page, as it came\r\n").hexdigest()
    assert evidence.read(sha256, 2, 4) == b"page"
    assert list(evidence.hashes()) == [sha256]


def test_what_is_kept_is_read_only(evidence: Evidence, tmp_path: Path) -> None:
    assert evidence.path(kept(evidence, tmp_path, b"x")).stat().st_mode & 0o222 == 0


def test_the_same_bytes_are_kept_once(evidence: Evidence, tmp_path: Path) -> None:
    assert kept(evidence, tmp_path, b"x") == kept(evidence, tmp_path, b"x")
    assert len(list(evidence.hashes())) == 1


def test_a_copy_that_is_cut_off_leaves_nothing_under_a_hash(evidence: Evidence, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        kept(evidence, tmp_path, b"x")
    assert list(evidence.hashes()) == []
    assert list(evidence.folder.glob("*")) == [evidence.folder / hashlib.sha256(b"x").hexdigest()[:2]]


def test_missing_and_short_evidence_is_told_apart_with_how_to_mend_it(evidence: Evidence, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"can't be read .* `whence verify`"):
        evidence.read("0" * 64, 0, 1)
    sha256 = kept(evidence, tmp_path, b"abc")
    with pytest.raises(ArchiveError, match="shorter than the record says"):
        evidence.read(sha256, 1, 9)


def test_pieces_of_several_files_come_in_the_order_asked(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path / "evidence")
    kept = []
    for name, raw in (("one", b"eleven boats"), ("two", b"a lighthouse")):
        (tmp_path / name).write_bytes(raw)
        kept.append(evidence.keep(tmp_path / name))
    places = [(kept[0], 7, 5), (kept[0], 0, 6), (kept[1], 2, 10), (kept[0], 7, 5)]
    assert list(evidence.read_all(places)) == [b"boats", b"eleven", b"lighthouse", b"boats"]
    with pytest.raises(ArchiveError, match="shorter"):
        list(evidence.read_all([(kept[0], 0, 6), (kept[0], 7, 50)]))
