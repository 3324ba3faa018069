"""The record, one SQLite file: what was taken in, under which paths, what was refused, runs, decisions.  The truth."""
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from whence.decisions import VERDICTS
from whence.errors import ArchiveError
from whence.model import Capture, Decision, DecisionKind, Limit, Reject, Subject, identify
from whence.store import chain

FILE = "record.sqlite"
LAYOUT = 3                                 # PRAGMA user_version of a record written by this code

FIRST = """
CREATE TABLE captures (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, blob TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    format TEXT NOT NULL, taken TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sightings (capture TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (capture, path)) STRICT, WITHOUT ROWID;
CREATE TABLE rejects (
    input TEXT NOT NULL, step TEXT NOT NULL, file TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (input, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE limits (
    step TEXT NOT NULL, subject TEXT NOT NULL, "limit" INTEGER NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (step, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, detail TEXT NOT NULL
) STRICT;
"""
DECISIONS = """
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
    verdict TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, note TEXT, supersedes TEXT
) STRICT;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are undone by later ones, never removed'); END;
CREATE TRIGGER decisions_hold BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are undone by later ones, never changed'); END;
"""
LAYOUTS = (FIRST, DECISIONS, chain.LAYOUT)
"""What each layout adds to the one before it."""


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record:
    """An open record.  Readers never block; each write is one short `BEGIN IMMEDIATE` transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._prepare()
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise self._unusable(error) from None
            raise

    def _unusable(self, error: sqlite3.Error) -> ArchiveError:
        return ArchiveError(f"the record can't be opened ({error})", where=str(self.path),
                            mend="Restore record.sqlite from a copy, give yourself the right to write here, or begin "
                                 "a new archive")

    def _prepare(self) -> None:
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if layout > LAYOUT:
            raise ArchiveError(f"written by a later Whence (layout {layout}; this one reads {LAYOUT})",
                               where=str(self.path), mend="Upgrade Whence")
        if layout == LAYOUT:
            return
        with self.writing() as db:
            (layout,) = db.execute("PRAGMA user_version").fetchone()     # another process may have been here first
            for statement in ";\n".join(LAYOUTS[layout:]).split(";\n"):
                if statement.strip():
                    db.execute(statement)
            if layout < LAYOUT:
                chain.link_all(db)
            db.execute(f"PRAGMA user_version = {LAYOUT}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    # -- captures
    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that are captured already."""
        wanted = json.dumps(list(ids))
        rows = self._db.execute("SELECT id FROM captures WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
        return {row[0] for row in rows}

    def take(self, captures: Iterable[Capture]) -> None:
        """Add captures (those known already only gain a path), in one transaction."""
        batch = list(captures)
        taken = now()
        with self.writing() as db:
            for c in batch:
                told = c.id, c.sha256, c.blob, c.offset, c.length, c.format, taken
                if db.execute("INSERT OR IGNORE INTO captures VALUES (?, ?, ?, ?, ?, ?, ?)", told).rowcount:
                    chain.link(db, "captures", (c.id,))
                if db.execute("INSERT OR IGNORE INTO sightings VALUES (?, ?)", (c.id, c.path)).rowcount:
                    chain.link(db, "sightings", (c.id, c.path))

    def captures(self) -> list[Capture]:
        """All captures by id, each under the smallest of its paths."""
        rows = self._db.execute("""
            SELECT c.id, c.sha256, c.blob, c.offset, c.length, c.format, min(s.path)
            FROM captures c JOIN sightings s ON s.capture = c.id GROUP BY c.id ORDER BY c.id""")
        return [Capture(*row) for row in rows]

    # -- what was not taken in
    def refuse(self, file: str, rejects: Iterable[Reject], limits: Iterable[Limit] = ()) -> None:
        """Replace what is known to be refused of one file: a file that was mended is no longer refused."""
        with self.writing() as db:
            gone = db.execute("DELETE FROM rejects WHERE file = ? RETURNING *", (file,)).fetchall()
            refused = {(r.input, r.step): (r.input, r.step, file, r.reason) for r in rejects}
            for key in refused:
                gone += db.execute("DELETE FROM rejects WHERE input = ? AND step = ? RETURNING *", key).fetchall()
            db.executemany("INSERT INTO rejects VALUES (?, ?, ?, ?)", refused.values())
            chain.count(db, "rejects", list(refused.values()), gone)
            gone = db.execute("DELETE FROM limits WHERE subject = ? RETURNING *", (file,)).fetchall()
            cut = {(x.step, x.subject): (x.step, x.subject, x.limit, x.seen) for x in limits}
            for key in cut:
                gone += db.execute("DELETE FROM limits WHERE step = ? AND subject = ? RETURNING *", key).fetchall()
            db.executemany("INSERT INTO limits VALUES (?, ?, ?, ?)", cut.values())
            chain.count(db, "limits", list(cut.values()), gone)

    def rejects(self) -> list[Reject]:
        """What was refused on the way in, by input."""
        rows = self._db.execute("SELECT input, step, reason FROM rejects ORDER BY input, step")
        return [Reject(*row) for row in rows]

    def limits(self) -> list[Limit]:
        """The cuts made on the way in."""
        rows = self._db.execute('SELECT step, subject, "limit", seen FROM limits ORDER BY step, subject')
        return [Limit(*row) for row in rows]

    # -- runs
    def begin(self, command: str) -> int:
        """Note that a command began; returns the run's number."""
        with self.writing() as db:
            insert = "INSERT INTO runs (command, started, detail) VALUES (?, ?, '{}')"
            run = db.execute(insert, (command, now())).lastrowid
        assert run is not None
        return run

    def end(self, run: int, detail: Mapping[str, object]) -> None:
        """Note that a run ended, and what it did."""
        with self.writing() as db:
            db.execute("UPDATE runs SET ended = ?, detail = ? WHERE id = ?", (now(), json.dumps(detail), run))
            chain.link(db, "runs", (run,))

    # -- decisions
    def decide(self, kind: DecisionKind, subject: Subject, user: str, note: str | None = None,
               supersedes: str | None = None) -> Decision:
        """Append a decision; nothing ever changes or removes one."""
        written, verdict, at = msgspec.json.encode(subject).decode(), VERDICTS[kind], now()
        with self.writing() as db:
            (number,) = db.execute("SELECT count(*) FROM decisions").fetchone()
            made = Decision(identify("d", number, kind, written, user, at), kind, subject, verdict, user, at, note,
                            supersedes)
            db.execute("INSERT INTO decisions (id, kind, subject, verdict, user, at, note, supersedes) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (made.id, kind, written, verdict, user, at, note, supersedes))
            chain.link(db, "decisions", db.execute("SELECT max(number) FROM decisions").fetchone())
        return made

    def decisions(self) -> list[Decision]:
        """All decisions in the order in which they were made."""
        rows = self._db.execute("SELECT id, kind, subject, verdict, user, at, note, supersedes FROM decisions "
                                "ORDER BY number")
        names = ("id", "kind", "subject", "verdict", "user", "at", "note", "supersedes")
        found = [dict(zip(names, row, strict=True)) | {"subject": json.loads(row[2])} for row in rows]
        return msgspec.convert(found, list[Decision])

    # -- for `verify`
    def check(self) -> list[str]:
        """What SQLite finds wrong with the file, and what was changed since it was recorded; empty for nothing."""
        try:
            wrong = [row[0] for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return wrong + list(chain.broken(self._db))
        except sqlite3.DatabaseError as error:
            return [f"it can't be read whole ({error})"]
