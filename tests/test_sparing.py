"""One bad article costs one article, and is told."""
from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

import whence
from whence import sparing
from whence.cli import main
from whence.model import Document, Reject
from whence.steps import attribute, conflicts, origins, quotes, segment, sources, statements

TEXT = "The pier of {} was shut on Monday, the ferry office said. “We waited too long,” said Ann Brae of the office."


def document(id: str) -> Document:
    return Document(id, None, None, None, None, None, None, "en", "", TEXT.format(id))


def test_what_fails_on_one_is_told_and_the_rest_is_made() -> None:
    rejects: list[Reject] = []

    def make(one: Document) -> int:
        return 1 // (one.id != "b")

    assert sparing.spared("segment", map(document, "abc"), make, rejects) == {"a": 1, "c": 1}
    assert [(reject.input, reject.step) for reject in rejects] == [("b", "segment")]
    assert "ZeroDivisionError" in rejects[0].reason


@pytest.mark.parametrize("error", [OSError("full"), MemoryError(), sqlite3.OperationalError("full")])
def test_no_article_is_to_blame_for_the_machine(error: Exception) -> None:
    def fail(_: object) -> int:
        raise error

    with pytest.raises(type(error)):
        sparing.spared("segment", [document("a")], fail, [])
    with pytest.raises(type(error)):
        sparing.without_failing([1, 2], fail, lambda item, error: None)


def test_those_that_fail_are_found_by_halves() -> None:
    tried: list[int] = []
    noted: list[tuple[int, str]] = []

    def attempt(some: Sequence[int]) -> list[int]:
        tried.append(len(some))
        return [100 // (one % 37) for one in some]

    good = [one for one in range(1, 101) if one % 37]
    assert sparing.without_failing(range(1, 101), attempt, lambda one, error: noted.append((one, str(error)))) == [
        100 // (one % 37) for one in good]
    assert [one for one, _ in noted] == [37, 74]
    assert len(tried) < 35
    with pytest.raises(ZeroDivisionError):
        sparing.without_failing([], lambda some: 1 // len(some), lambda one, error: None)


@pytest.mark.parametrize(("module", "function", "step"), [
    (segment, "sentences", "segment"), (attribute, "attributions", "attribute"),
    (statements, "of_document", "statements"), (statements, "names_of", "statements")])
def test_a_step_that_fails_on_one_article_does_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                          module: object, function: str, step: str) -> None:
    works = getattr(module, function)

    def fails(one: Document, *others: object) -> object:
        if "Orle" in one.text:
            raise ValueError("5.5-inch")
        return works(one, *others)

    monkeypatch.setattr(module, function, fails)
    for name in ("Orle", "Ostrel"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name), "utf8")
    with whence.open(tmp_path / "archive") as archive:
        archive.add(tmp_path / "Orle.txt", tmp_path / "Ostrel.txt")
        known = archive.tables()
        (failed,) = archive.failed()
    assert (failed.input, failed.step) == (str(tmp_path / "Orle.txt"), step) and "ValueError 5.5-inch" in failed.reason
    assert failed in known.rejects
    told = {statement.document for claim in known.claims for statement in claim.statements}
    assert told == {one.id for one in known.documents if "Ostrel" in one.text}


@pytest.mark.parametrize(("module", "function", "step"), [
    (sources, "resolve", "sources"), (conflicts, "find", "conflicts"), (origins, "count", "origins"),
    (quotes, "check", "quotes")])
def test_a_step_on_the_whole_does_without_what_it_fails_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                           module: object, function: str, step: str) -> None:
    works = getattr(module, function)
    for name in ("Orle", "Ostrel"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name), "utf8")
    with whence.open(tmp_path / "archive") as archive:
        archive.add(tmp_path / "Orle.txt", tmp_path / "Ostrel.txt")
        bad = next(one.id for one in archive.tables().documents if "Orle" in one.text)
        archive.decide("dismiss", archive.claims()[0].id, user="ana")

        def fails(first: object, *others: object) -> object:
            groupings = getattr(first, "groupings", first if isinstance(first, Sequence) else ())
            attributions = getattr(first, "attributions", {})
            if bad in attributions or any(wording.document == bad for one in groupings for wording in one.wordings):
                raise ValueError("5.5-inch")
            return works(first, *others)

        monkeypatch.setattr(module, function, fails)
        for name in ("sources", "conflicts", "origins", "quotes"):
            archive.folder.derived.sweep(name, "none")
        known = archive.tables()
        failed = archive.failed()
    assert {reject.step for reject in failed} == {step}
    assert {reject.input for reject in failed} == {str(tmp_path / "Orle.txt")}
    assert len(known.documents) == 2


def test_the_exit_status_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(one: Document, *_: object) -> object:
        raise ValueError("5.5-inch")

    monkeypatch.setattr(segment, "sentences", fails)
    (tmp_path / "a.txt").write_text(TEXT.format("Orle"), "utf8")
    answer = CliRunner().invoke(main, ["trace", str(tmp_path / "a.txt"), "-a", str(tmp_path / "archive")])
    assert answer.exit_code == 1
    assert "a.txt: step segment: it can't be worked on (ValueError 5.5-inch)" in answer.output
    assert "The whole of it:" in answer.output
