"""An archive's folder, opened: its evidence, record, derived tables and configuration, with one writer at a time."""
from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from whence.config import Config, load
from whence.errors import ArchiveError, BusyError
from whence.store.evidence import Evidence
from whence.store.record import FILE, Record, now
from whence.store.tables import Derived

LOCK, WRITER = ".lock", ".writer"
Waiting = Callable[[str], None]
"""Told, once, for whom a writer waits."""


class Folder:
    """What the steps run on.  `root` is made where it is missing, unless it holds something else."""

    def __init__(self, root: Path, *, create: bool = True) -> None:
        self.root = root
        self.made = not (root / FILE).exists()
        if not (root / FILE).exists():
            if not create:
                raise ArchiveError("there is no archive here", where=str(root),
                                   mend="Name one with --archive, or make one with `whence trace INPUT`")
            self._make(root)
        self.config: Config = load(root)
        self.evidence = Evidence(root / "evidence")
        self.record = Record(root / FILE)
        self.derived = Derived(root / "derived")

    @staticmethod
    def _make(root: Path) -> None:
        if root.is_file() or (root.is_dir() and not _is_ours(root)):
            raise ArchiveError("there is something else here already", where=str(root),
                               mend="Name an empty or a new folder with --archive")
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"the folder can't be made ({error.strerror})", where=str(root),
                               mend="Name another with --archive") from None

    @contextmanager
    def writing(self, command: str = "write", wait: Waiting | None = None) -> Iterator[None]:
        """Hold the archive for one writer's `command`.  Where another holds it, `wait` is told for whom, and the turn
        is waited for; without it, raises BusyError at once.  A killed process holds nothing.
        """
        lock = FileLock(self.root / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if wait is None:
                raise BusyError(f"another whence is writing to this archive ({self.writer()})", where=str(self.root),
                                mend="Wait for it to end, then try again") from None
            wait(self.writer())
            lock.acquire()
        try:
            if not (self.root / FILE).exists():
                raise ArchiveError("it was taken away by another process meanwhile", where=str(self.root),
                                   mend="Try again")
            with suppress(OSError):
                (self.root / WRITER).write_text(f"{command}, process {os.getpid()}, since {now()}", encoding="utf8")
            yield
        finally:
            with suppress(OSError):
                (self.root / WRITER).unlink(missing_ok=True)
            lock.release()

    def writer(self) -> str:
        """Who is writing, as far as it is known."""
        try:
            return (self.root / WRITER).read_text("utf8")[:200] or "it has just begun"
        except (OSError, UnicodeDecodeError):
            return "it has just begun"

    def close(self) -> None:
        """Release the record."""
        self.record.close()

    def unmake(self) -> None:
        """Take an archive away again that was made just now and that nothing came into; another is left as it is."""
        if not self.made:
            return
        try:
            with self.writing("unmake"):
                if self.record.captures() or self.record.decisions():
                    return
                self.close()
                self._remove()
        except BusyError:
            return
        with suppress(OSError):                # a configuration stays, and its folder with it
            (self.root / LOCK).unlink(missing_ok=True)
            self.root.rmdir()

    def _remove(self) -> None:
        for entry in self.root.iterdir():
            if entry.is_dir() and entry.name in ("evidence", "derived"):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(FILE):
                entry.unlink(missing_ok=True)


def _is_ours(root: Path) -> bool:
    """An empty folder, one that holds nothing but a configuration, or an archive that was cut off while being made."""
    ours = {"whence.toml", LOCK, WRITER, "evidence", "derived"}
    return all(entry.name in ours or entry.name.startswith("record.sqlite") for entry in root.iterdir())
