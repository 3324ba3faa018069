"""The archive as a whole: what it promises whatever the order, the batches, the interruptions and the inputs."""
from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import whence
from whence import intake, run
from whence.archive import Archive, silent
from whence.errors import ArchiveError, BusyError, UsageError
from whence.model import Claim, Verdict
from whence.pipeline import STEPS

FIRE = ("Twelve barges burned in the harbour of Mellin on Tuesday night, the port captain said. “We saw the fire from "
        "the tower,” Ana Obrecht said, “but the pumps were dry.” The council will meet on Friday to hear of them.")
ARTICLES = {
    "post.txt": f"Barges burn in Mellin\n\n{FIRE}\n",
    "echo.txt": f"Harbour fire\n\n{FIRE.replace('Twelve', 'Twenty')} Nobody was hurt, the ferries run again.\n",
    "notes.txt": "Market notes\n\nThe price of salt rose by 4 per cent in Mellin. Traders blame the wet summer.\n",
}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of five articles, the working folder its parent's."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf8")
    rows = [{"id": "r1", "publisher": "Radio Mellin", "published": "2031-05-02", "text": f"{FIRE} More at eight."},
            {"id": "r2", "publisher": "The Quay", "published": "2031-05-01T06:00+02:00",
             "text": "Twelve barges burned in the harbour, Radio Mellin reported."}]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return folder


def exported(archive: Archive, out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in archive.export("jsonl", out)} | {
        "report": archive.report().read_bytes()}


def built(root: Path, batches: Sequence[Sequence[Path]]) -> dict[str, bytes]:
    """The exports of an archive made in batches, each analysed before the next comes."""
    with whence.open(root / "archive") as archive:
        for batch in batches:
            archive.add(*batch)
            archive.analyse()
        return exported(archive, root / "out")


def test_the_examples_of_the_documentation_hold(corpus: Path) -> None:
    with whence.open("archive") as archive:
        verdicts = archive.add("saved")
        assert [v.verdict for v in verdicts] == ["added"] * 5
        assert [entry.step for entry in archive.plan()] == [step.name for step in STEPS if step.name != "extract"]
        archive.analyse()
        assert archive.plan() == ()
        (claim, *_) = archive.claims(min_documents=3)
        assert "barges burned in the harbour" in claim.text
        assert archive.why(claim.id).id == claim.id
        assert archive.find("barges burned in the harbour of Mellin")[0].document in archive.tables().paths
        assert archive.verify() == []


def test_a_second_look_takes_in_nothing_and_computes_nothing(corpus: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        archive.analyse()
        before = {path: path.stat().st_mtime_ns for path in Path("archive/derived").rglob("*.parquet")}
        assert {v.verdict for v in archive.add("saved")} == {"duplicate"}
        assert archive.analyse() == ()
        assert {path: path.stat().st_mtime_ns for path in Path("archive/derived").rglob("*.parquet")} == before


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_neither_order_nor_batches_change_a_byte(corpus: Path, tmp_path: Path, data: st.DataObject) -> None:
    names = ["saved/" + name for name in (*ARTICLES, "rows.jsonl")]
    order = [Path(name) for name in data.draw(st.permutations(names))]
    cut = data.draw(st.integers(1, len(order) - 1))
    shutil.rmtree(tmp_path / "one", ignore_errors=True)
    shutil.rmtree(tmp_path / "two", ignore_errors=True)
    assert built(tmp_path / "one", [order[:cut], order[cut:]]) == built(tmp_path / "two", [[Path("saved")]])


def test_deleting_what_is_derived_loses_nothing(corpus: Path, tmp_path: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        before = exported(archive, tmp_path / "out")
        shutil.rmtree("archive/derived")
        assert exported(archive, tmp_path / "again") == before


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_cut_off_at_any_step_nothing_is_lost(corpus: Path, tmp_path: Path, step: str) -> None:
    whole = built(tmp_path / "whole", [[Path("saved")]])

    def cut_off(name: str, done: int, total: int) -> None:
        if name == step:
            raise KeyboardInterrupt

    def interrupted() -> None:
        with Archive("cut", progress=cut_off) as archive:
            archive.add("saved")
            archive.analyse()

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with whence.open("cut") as archive:
        archive.add("saved")
        assert exported(archive, tmp_path / "out") == whole


def test_cut_off_between_evidence_and_record_nothing_is_lost(corpus: Path, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with whence.open("cut") as archive:
        with monkeypatch.context() as patch:
            patch.setattr(archive.folder.record, "take", killed)
            with pytest.raises(KeyboardInterrupt):
                archive.add("saved")
        archive.add("saved")
        assert archive.verify() == []
        assert exported(archive, tmp_path / "out") == built(tmp_path / "whole", [[Path("saved")]])


def test_a_changed_setting_makes_only_what_reads_it_stale(corpus: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        archive.analyse()
    Path("archive/whence.toml").write_text("[segment]\nfewest_words = 5\n", encoding="utf8")
    with whence.open("archive") as archive:
        stale = {entry.step: entry.reasons for entry in archive.plan()}
    assert "extract" not in stale
    assert "reuse" not in stale
    assert stale["segment"] == ("the setting fewest_words changed (4 to 5)",)
    assert stale["attribute"] == ("segment changed",)


def test_two_writers_are_kept_apart(corpus: Path) -> None:
    with whence.open("archive") as one, Archive("archive", wait=False) as two, one.folder.writing("move"), \
            pytest.raises(BusyError, match=r"another whence is writing to this archive \(move, process"):
        two.add("saved")


def test_a_writer_waits_its_turn_and_says_for_whom(corpus: Path) -> None:
    told: list[str] = []

    def add() -> list[Verdict]:
        with Archive("archive", waiting=told.append) as two:
            return two.add("saved")

    with whence.open("archive") as one, ThreadPoolExecutor(1) as pool:
        with one.folder.writing("move"):
            added = pool.submit(add)
            while not told:
                time.sleep(.01)
            assert not added.done()
        assert {verdict.verdict for verdict in added.result()} == {"added"}
        assert not (one.path / ".writer").exists()
    assert "waiting for another whence to end (move, process" in told[0]


def test_a_reader_sees_the_last_whole_state_while_another_writes(corpus: Path) -> None:
    told: list[str] = []
    with whence.open("archive") as one, Archive("archive", waiting=told.append) as two:
        one.add("saved/post.txt")
        before = one.tables()
        one.decide("dismiss", before.claims[0].id, user="ana")
        with one.folder.writing("add"):
            one.folder.derived.describe("claims", "0123456789abcdef", {})
            (one.path / "new.txt").write_text("The pier of Ostrel was shut on Monday, the ferry office said.", "utf8")
            list(intake.take_in(one.folder, [one.path / "new.txt"]))
            run.execute(one.folder, run.plan(one.folder), silent, only=("extract", "segment", "claims"))
            assert two.tables() == before
            assert [hit.document for hit in two.find("barges burned")] == [before.documents[0].id]
            assert two.tables().decisions == ()
        assert "this is the archive as it was 2" in told[0]
        after = two.tables()
        assert len(after.documents) == 2 and len(after.decisions) == 1
        assert not one.folder.derived.home("claims", "0123456789abcdef").exists()


def test_damage_is_found(corpus: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        (first, second, *_) = archive.folder.evidence.hashes()
        path = archive.folder.evidence.path(first)
        path.chmod(0o644)
        path.write_bytes(b"other bytes")
        archive.folder.evidence.path(second).unlink()
        wrong = archive.verify()
    assert any("not those it was kept for" in line for line in wrong)
    assert any("is missing" in line for line in wrong)


@pytest.mark.parametrize("step", ["extract", "index", "lineage", "claims", "origins"])
def test_a_damaged_table_is_noticed_and_made_anew(corpus: Path, tmp_path: Path, step: str) -> None:
    told: list[str] = []
    with whence.open("archive") as archive:
        archive.add("saved")
        before = exported(archive, tmp_path / "before")
    for path in sorted(Path("archive/derived", step).rglob("*.parquet")):
        if path.name != "inputs.parquet":
            content = bytearray(path.read_bytes())
            content[len(content) // 3] ^= 255
            path.write_bytes(content)
    for path in Path("archive/derived", step).rglob("*.sqlite"):
        path.write_bytes(path.read_bytes()[:5000])
    with Archive("archive", waiting=told.append) as archive:
        wrong = archive.verify()
        assert wrong and all("damaged; it is made anew when it is read" in line for line in wrong)
        archive.find("barges burned")
        assert exported(archive, tmp_path / "after") == before
        assert told and "was damaged, and is made anew" in told[0]
        assert archive.verify() == []


def test_two_damaged_parts_come_back_as_they_were(corpus: Path, tmp_path: Path) -> None:
    with whence.open("archive") as archive:
        for path in sorted(corpus.iterdir()):
            archive.add(path)
            archive.analyse()
        before = exported(archive, tmp_path / "before")
    damaged = sorted(Path("archive/derived/extract").rglob("documents.parquet"))[:2]
    for path in damaged:
        path.write_bytes(path.read_bytes()[:-9])
    (corpus / "new.txt").write_text("The pier of Ostrel was shut on Monday, the ferry office said.", encoding="utf8")
    with whence.open("archive") as archive:
        assert exported(archive, tmp_path / "after") == before
        archive.add(corpus / "new.txt")
        assert archive.verify() == []
        assert exported(archive, tmp_path / "more") == built(tmp_path / "whole", [sorted(corpus.iterdir())])


def test_what_is_kept_to_grow_by_is_made_anew_where_it_is_damaged(corpus: Path, tmp_path: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved/post.txt")
        archive.analyse()
    for path in Path("archive/derived/gathered").rglob("*.npz"):
        path.write_bytes(path.read_bytes()[:50])
    for path in Path("archive/derived/origins").rglob("meta.json"):
        path.write_text("{", encoding="utf8")
    with whence.open("archive") as archive:
        archive.add("saved")
        assert exported(archive, tmp_path / "after") == built(tmp_path / "whole", [[Path("saved")]])


def test_an_archive_may_lie_under_any_name(corpus: Path) -> None:
    with whence.open("100%25 sure? #1") as archive:
        archive.add("saved")
        assert archive.find("barges burned in the harbour")
        assert archive.verify() == []
        assert archive.find("barges burned in the harbour")


def test_a_state_that_is_swept_while_it_is_read_is_read_anew(corpus: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        before = archive.tables()
        state = archive._state()
        archive.folder.derived.sweep("origins", "none")
        with pytest.raises(FileNotFoundError):
            list(state.derived.read("origins", state.prints["origins"], "claims", Claim))
        archive._tables = None
        assert archive.tables() == before


def test_there_must_be_room_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(ArchiveError, match="something else here"):
        whence.open(tmp_path / "taken")
    with pytest.raises(ArchiveError, match="there is no archive here"):
        Archive(tmp_path / "none", create=False)


def test_an_unknown_id_says_what_there_is(corpus: Path) -> None:
    with whence.open("archive") as archive:
        archive.add("saved")
        with pytest.raises(UsageError, match="c-doesnotexist"):
            archive.why("c-doesnotexist")


def test_an_archive_leaves_no_file_open(corpus: Path) -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0

    def once() -> None:
        with whence.open("archive") as archive:
            archive.add("saved")
            archive.find("harbour")

    once()
    before = descriptors()
    for _ in range(10):
        once()
    assert descriptors() <= before


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.txt": (lambda path: path.write_bytes(b""), "empty"),
    "binary.html": (lambda path: path.write_bytes(bytes(range(256)) * 40), "not a page"),
    "cut.jsonl": (lambda path: path.write_text('{"id": "1", "te'), "not a whole JSON object"),
    "scripts.html": (lambda path: path.write_text("<html><script>var a = 1;</script></html>"), "no article"),
    "picture.png": (lambda path: path.write_bytes(b"\x89PNG"), "not a format"),
    "nothing": (lambda path: path.mkdir(), "no article in this folder"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_its_verdict_and_the_rest_goes_on(corpus: Path, name: str) -> None:
    make, reason = BAD[name]
    make(Path(name))
    with whence.open("archive") as archive:
        verdicts = archive.add(name, "saved")
        again = archive.add(name)
        rejects = archive.tables().rejects
    assert verdicts[0].verdict == again[0].verdict == "rejected"
    assert reason in (verdicts[0].note or "")
    assert [v.verdict for v in verdicts[1:]] == ["added"] * 5
    assert [reject.input.split(":")[0] for reject in rejects] == [name]


def test_broken_utf8_is_taken_in_and_said(corpus: Path) -> None:
    Path("broken.txt").write_bytes(b"A \xff headline\n\nThe bridge fell in the night, they said.")
    with whence.open("archive") as archive:
        (verdict,) = archive.add("broken.txt")
        assert verdict.verdict == "added"
        assert "U+FFFD" in (verdict.note or "")


def test_a_page_over_the_limit_is_refused_and_the_limit_recorded(corpus: Path) -> None:
    Path("huge.html").write_bytes(b"<p>" + b"word " * 10_000_000 + b"</p>")
    with whence.open("archive") as archive:
        (verdict,) = archive.add("huge.html")
        limits = archive.tables().limits
    assert "max_page_bytes" in (verdict.note or "")
    assert [(limit.subject, limit.limit) for limit in limits] == [("huge.html", 20_000_000)]


def test_a_loop_of_links_ends(corpus: Path) -> None:
    (corpus / "loop").symlink_to(corpus, target_is_directory=True)
    with whence.open("archive") as archive:
        assert [v.verdict for v in archive.add("saved")].count("added") == 5
