"""Paths as a person gives them: what is found under them, in which order, and what is refused and why."""
from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from whence.config import InputConfig
from whence.inputs import files
from whence.inputs.files import Found
from whence.model import Reject

CONFIG = InputConfig()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, content: str = "The pier is shut.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf8")
    return path


def walked(*paths: str | Path) -> list[str]:
    """The paths found, and those refused with a ! before them."""
    return [one.path if isinstance(one, Found) else f"!{one.input}" for one in files.walk(paths, CONFIG)]


def refusal(*paths: str | Path) -> Reject:
    rejects = [one for one in files.walk(paths, CONFIG) if isinstance(one, Reject)]
    assert len(rejects) == 1 and rejects[0].step == "add"
    return rejects[0]


def test_a_folder_is_walked_in_order_under_the_name_given(here: Path) -> None:
    for name in ("in/b.txt", "in/a.HTML", "in/z/c.md", "in/d/e.jsonl", "in/d/f.xhtml", "in/g.htm"):
        put(here / name)
    expected = ["in/a.HTML", "in/b.txt", "in/g.htm", "in/d/e.jsonl", "in/d/f.xhtml", "in/z/c.md"]
    assert walked("in") == walked("./in/") == expected
    formats = [one.format for one in files.walk(["in"], CONFIG) if isinstance(one, Found)]
    assert formats == ["html", "text", "html", "jsonl", "html", "text"]
    assert walked(here / "in")[0] == (here / "in" / "a.HTML").as_posix()


def test_a_path_is_given_once(here: Path) -> None:
    put(here / "in/a.txt")
    assert walked("in", "in/a.txt", "./in") == ["in/a.txt"]


def test_other_formats_are_refused_hidden_ones_passed_over(here: Path) -> None:
    for name in ("in/a.txt", "in/a_files/style.css", "in/none", "in/.hidden.txt", "in/.git/b.txt"):
        put(here / name)
    assert walked("in") == ["in/a.txt", "!in/none", "!in/a_files/style.css"]
    assert "(.css)" in refusal("in/a_files/style.css").reason


def test_an_archive_is_passed_over(here: Path) -> None:
    for name in ("in/a.txt", "in/archive/record.sqlite", "in/archive/evidence/ab/cdef.txt", "in/archive/report.html"):
        put(here / name)
    assert walked("in") == ["in/a.txt"]
    assert "archive" in refusal("in/archive").reason


@pytest.mark.parametrize(("name", "reason"), [
    ("missing.txt", "not there"), ("missing", "not there"), ("a\0b.txt", "can't"), ("x" * 5_000 + ".txt", "can't"),
])
def test_a_path_that_is_not_there(here: Path, name: str, reason: str) -> None:
    assert reason in refusal(name).reason


def test_a_folder_without_articles(here: Path) -> None:
    (here / "in" / "deeper").mkdir(parents=True)
    (here / "page.html").mkdir()
    assert "no article" in refusal("in").reason
    assert "no article" in refusal("page.html").reason


def test_an_empty_file(here: Path) -> None:
    put(here / "a.txt", "")
    assert "0 bytes" in refusal("a.txt").reason


def test_links_are_followed_but_not_in_circles(here: Path) -> None:
    put(here / "in/a.txt")
    put(here / "elsewhere/b.txt")
    (here / "in/loop").symlink_to(here / "in", target_is_directory=True)
    (here / "in/other").symlink_to(here / "elsewhere", target_is_directory=True)
    (here / "elsewhere/back").symlink_to(here / "in", target_is_directory=True)
    (here / "in/c.txt").symlink_to(here / "elsewhere/b.txt")
    (here / "in/gone.txt").symlink_to(here / "nowhere.txt")
    (here / "in/self.txt").symlink_to(here / "in/self.txt")
    assert walked("in") == ["in/a.txt", "in/c.txt", "!in/gone.txt", "!in/self.txt", "in/other/b.txt"]


def test_what_is_no_file_is_not_opened(here: Path) -> None:
    os.mkfifo(here / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        assert "pipe" in refusal("pipe.txt").reason and "pipe" in refusal("socket.txt").reason


def test_what_may_not_be_read_is_refused_and_the_rest_goes_on(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here / "in/a.txt")
    put(here / "in/secret.txt")
    put(here / "in/shut/b.txt")
    really_open, really_list = open, os.listdir

    def refuse_file(path: Path, mode: str) -> object:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, mode)

    def refuse_folder(path: Path) -> list[str]:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return really_list(path)

    monkeypatch.setattr(files, "open", refuse_file, raising=False)
    monkeypatch.setattr(os, "listdir", refuse_folder)
    assert walked("in") == ["in/a.txt", "!in/secret.txt", "!in/shut"]
    assert "Permission denied" in refusal("in/secret.txt").reason


def test_a_name_that_is_no_unicode_is_shown_as_some(here: Path) -> None:
    with open(os.fsencode(here) + b"/caf\xe9.txt", "w", encoding="utf8") as stream:
        stream.write("The pier is shut.")
    assert walked(".") == ["caf\ufffd.txt"]


def test_deep_folders(here: Path) -> None:
    deep = Path(*["d"] * 200)
    put(here / deep / "a.txt")
    assert walked("d") == [f"{deep.as_posix()}/a.txt"]
