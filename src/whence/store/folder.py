"""An archive's folder, opened: its evidence, record, derived tables and configuration, with one writer at a time."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from whence.config import Config, load
from whence.errors import ArchiveError
from whence.store.evidence import Evidence
from whence.store.record import FILE, Record
from whence.store.tables import Derived

LOCK = ".lock"


class Folder:
    """What the steps run on.  `root` is made where it is missing, unless it holds something else."""

    def __init__(self, root: Path, *, create: bool = True) -> None:
        self.root = root
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
    def writing(self) -> Iterator[None]:
        """Hold the archive for one writer; a second one is told so at once.  A killed process holds nothing."""
        try:
            lock = FileLock(self.root / LOCK, timeout=0).acquire()
        except Timeout:
            raise ArchiveError("another whence is writing to this archive", where=str(self.root),
                               mend="Wait for it to end, then try again") from None
        with lock:
            yield

    def close(self) -> None:
        """Release the record."""
        self.record.close()


def _is_ours(root: Path) -> bool:
    """An empty folder, one that holds nothing but a configuration, or an archive that was cut off while being made."""
    return all(entry.name in {"whence.toml", LOCK, "evidence", "derived"} or entry.name.startswith("record.sqlite")
               for entry in root.iterdir())
