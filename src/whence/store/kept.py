"""What an encoder made of each text, by the text itself: every text of an archive is read once."""
from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

WAIT = 60.0
"""Seconds to wait for another process to write: chosen; each writes for a few hundredths of a second."""
AT_ONCE = 500
"""Keys looked up at a time: SQLite takes 999 at least."""


class Kept:
    """A file of bytes by text, which several processes may use at the same time.  Losing it loses nothing but time."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, made BLOB) WITHOUT ROWID")

    def find(self, texts: Iterable[str]) -> dict[str, bytes]:
        """What was made of those texts that have been read."""
        keys = {_key(text): text for text in texts}
        found: dict[str, bytes] = {}
        wanted = list(keys)
        with closing(self.connection.cursor()) as cursor:
            for at in range(0, len(wanted), AT_ONCE):
                few = wanted[at:at + AT_ONCE]
                marks = ",".join("?" * len(few))
                rows = cursor.execute(f"SELECT key, made FROM kept WHERE key IN ({marks})", few)  # noqa: S608
                found |= {keys[key]: made for key, made in rows}
        return found

    def keep(self, made: Mapping[str, bytes]) -> None:
        """Add what was made of more texts; what is there already stays."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)",
                               [(_key(text), one) for text, one in made.items()])
            cursor.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).digest()[:16]
