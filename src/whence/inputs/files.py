"""Paths as a person gives them into the files to read, and a reason for each that can't be."""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from whence.config import InputConfig
from whence.model import Reject

FileFormat = Literal["html", "text", "jsonl"]

FORMATS: dict[str, FileFormat] = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".md": "text",
                                  ".jsonl": "jsonl"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: the path to show (as given, with forward slashes, valid Unicode), the file itself, its format."""

    path: str
    file: Path
    format: FileFormat


def walk(paths: Sequence[str | Path], config: InputConfig) -> Iterator[Found | Reject]:
    """Each file under each path, in the order of the paths and of the names in a folder; each once under a path.

    Links to files and folders are followed; a folder that leads back into itself is read once.  Hidden files and
    folders inside a folder are passed over, and so is the folder of a Whence archive.  Never raises OSError.
    """
    seen: set[str] = set()
    for given in paths:
        top = Path(given)
        for one in _file(top) if not _is_folder(top) else _top(top):
            name = one.path if isinstance(one, Found) else one.input
            if name not in seen:
                seen.add(name)
                yield one


def _top(folder: Path) -> Iterator[Found | Reject]:
    """What is under a folder that was named by the user, who is told if that is nothing to read."""
    if _is_archive(folder):
        yield _reject(folder, "is a Whence archive itself. Name the folder of the articles")
        return
    anything = False
    for one in _folder(folder, set()):
        anything = anything or isinstance(one, Found)
        yield one
    if not anything:
        yield _reject(folder, f"no article in this folder. Whence reads {' '.join(FORMATS)}")


def _folder(folder: Path, visited: set[str]) -> Iterator[Found | Reject]:
    """The folder's files, then its folders; an explicit stack, since folders nest deeper than Python's calls."""
    stack = [folder]
    while stack:
        current = stack.pop()
        real = os.path.realpath(current)
        if real in visited:
            continue
        visited.add(real)
        try:
            names = sorted(name for name in os.listdir(current) if not name.startswith("."))
        except OSError as error:
            yield _reject(current, f"can't be read ({_why(error)}). Give yourself the right to read it")
            continue
        inner = []
        for name in names:
            path = current / name
            if not _is_folder(path):
                yield from _file(path)
            elif not _is_archive(path):
                inner.append(path)
        stack.extend(reversed(inner))


def _file(path: Path) -> Iterator[Found | Reject]:
    reason = _unreadable(path)
    if reason is not None:
        yield _reject(path, reason)
    else:
        yield Found(shown(path), path, FORMATS[path.suffix.lower()])


def _unreadable(path: Path) -> str | None:
    """Why this is no file that Whence can read, with how to mend it; None if it is one."""
    try:
        kind = os.stat(path)
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else "not there. Check the path"
    except (OSError, ValueError) as error:
        return f"can't be opened ({_why(error)})"
    if not stat.S_ISREG(kind.st_mode):
        return "not a file but a device, pipe or socket"
    if path.suffix.lower() not in FORMATS:
        return f"not a format that Whence reads ({path.suffix or 'no suffix'}). It reads {' '.join(FORMATS)}"
    if kind.st_size == 0:
        return "empty (0 bytes). Save or copy it again"
    try:
        with open(path, "rb") as stream:
            stream.read(1)
    except OSError as error:
        return f"can't be read ({_why(error)}). Give yourself the right to read it, then add it again"
    return None


def shown(path: str | PurePath) -> str:
    """The path with forward slashes, as valid Unicode: bytes of a name that are not UTF-8 are shown as U+FFFD."""
    return os.fsencode(PurePath(path).as_posix()).decode("utf8", "replace")


def _reject(path: Path, reason: str) -> Reject:
    return Reject(shown(path), "add", reason)


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_archive(folder: Path) -> bool:
    return (folder / "record.sqlite").is_file() and (folder / "evidence").is_dir()
