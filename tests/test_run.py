"""Plans as data: what is stale, why, and how much of it."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whence import intake, run
from whence.config import Config, ReuseConfig
from whence.pipeline import STEPS
from whence.store.folder import Folder

TEXT = "The lock at Harrow Weir was closed on Monday after a barge struck its gate, the keeper said. Article {}."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    monkeypatch.chdir(tmp_path)
    opened = Folder(tmp_path / "archive")
    yield opened
    opened.close()


def add(folder: Folder, *names: str) -> None:
    for name in names:
        Path(name).write_text(TEXT.format(name), encoding="utf8")
    list(intake.take_in(folder, names))


def execute(folder: Folder, only: tuple[str, ...] | None = None) -> list[str]:
    """The steps that ran."""
    ran: list[str] = []
    run.execute(folder, run.plan(folder), lambda step, done, total: ran.append(step), only)
    return list(dict.fromkeys(ran))


def test_an_empty_archive_has_nothing_stale(folder: Folder) -> None:
    assert run.plan(folder).stale == ()


def test_a_plan_changes_nothing(folder: Folder) -> None:
    add(folder, "a.txt")
    assert run.plan(folder) == run.plan(folder)
    assert not folder.derived.folder.exists()


def test_at_first_everything_is_stale_in_the_order_of_the_steps(folder: Folder) -> None:
    add(folder, "a.txt", "b.txt")
    names = [step.name for step in STEPS]
    assert [(s.step, s.reasons, s.documents) for s in run.plan(folder).stale] == [
        (name, ("it never ran",), 2) for name in names]
    assert execute(folder) == names
    assert run.plan(folder).stale == ()
    assert execute(folder) == []


def test_growth_touches_single_steps_for_the_new_articles_only(folder: Folder) -> None:
    add(folder, "a.txt", "b.txt")
    execute(folder)
    add(folder, "c.txt")
    stale = {entry.step: entry for entry in run.plan(folder).stale}
    assert stale["attribute"].documents == 1
    assert stale["reuse"].documents == 3
    assert stale["reuse"].reasons == ("the archive grew (2 to 3 articles)",)


def test_only_the_steps_asked_for_run(folder: Folder) -> None:
    add(folder, "a.txt")
    assert execute(folder, only=("extract",)) == ["extract"]
    assert "extract" not in {entry.step for entry in run.plan(folder).stale}


def test_fingerprints_depend_on_content_and_settings_alone() -> None:
    here = run.fingerprints(Config(), ["1", "2"])
    assert here == run.fingerprints(Config(), ["2", "1"])
    more = run.fingerprints(Config(), ["1", "2", "3"])
    assert {name for name in here if here[name] == more[name]} == {"extract", "segment", "attribute", "embed",
                                                                          "statements"}
    other = run.fingerprints(Config(reuse=ReuseConfig(seed=5)), ["1", "2"])
    assert {name for name in here if here[name] != other[name]} == {"reuse", "lineage", "claims", "sources",
                                                                    "conflicts", "origins", "quotes"}
