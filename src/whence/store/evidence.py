"""Raw bytes as they came, kept read-only under their SHA-256; nothing here is ever changed or removed."""
from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from whence.errors import ArchiveError

BLOCK = 1 << 20                            # bytes read at a time; chosen: large enough that hashing dominates


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Evidence:
    """The folder `evidence/`: `ab/cdef...` holds the bytes whose SHA-256 is `abcdef...`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or would."""
        return self.folder / sha256[:2] / sha256[2:]

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def keep(self, source: Path) -> str:
        """Keep a copy of a file and return its hash.  The copy appears whole or not at all, whatever interrupts it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".taking-")
        digest = hashlib.sha256()
        try:
            with os.fdopen(handle, "wb") as copy, source.open("rb") as original:
                while block := original.read(BLOCK):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            sha256 = digest.hexdigest()
            target = self.path(sha256)
            target.parent.mkdir(exist_ok=True)
            os.chmod(name, 0o444)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return sha256

    def read(self, sha256: str, offset: int, length: int) -> bytes:
        """`length` bytes from `offset` of one piece of evidence.  Raises ArchiveError where it is missing or short."""
        (raw,) = self.read_all([(sha256, offset, length)])
        return raw

    def read_all(self, places: Iterable[tuple[str, int, int]]) -> Iterator[bytes]:
        """`read` for many (hash, offset, length); a file is opened once for those in it that follow one another."""
        for sha256, some in groupby(places, key=itemgetter(0)):
            try:
                with self.path(sha256).open("rb") as file:
                    for _, offset, length in some:
                        file.seek(offset)
                        raw = file.read(length)
                        if len(raw) != length:
                            raise ArchiveError("evidence is shorter than the record says", where=str(self.path(sha256)),
                                               mend="Run `whence verify`; restore the file from a copy")
                        yield raw
            except OSError as error:
                raise ArchiveError(f"evidence can't be read ({error.strerror})", where=str(self.path(sha256)),
                                   mend="Run `whence verify`; restore the file or add its source again") from None

    def hashes(self) -> Iterator[str]:
        """The hash that every file kept here is named by, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.iterdir()):
                yield folder.name + file.name

    def sweep(self) -> None:
        """Remove what a killed process left half-written (files that were never under their hash)."""
        for left in self.folder.glob(".taking-*"):
            left.unlink(missing_ok=True)
