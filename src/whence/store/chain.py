"""The record's rows, each tied to all before it by a digest, so that `verify` tells of any that was changed since.

What is only ever appended is chained: each link holds the digest of the one before and of its own row (as in Haber and
Stornetta 1991).  What is replaced when a file is mended has a sum of its rows' digests instead, which is the same in
whatever order they came and went (Bellare and Micciancio 1997, AdHASH).
"""
from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence

LAYOUT = """
CREATE TABLE chain (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, row TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TABLE sums (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
CHAINED = {
    "captures": ("SELECT * FROM captures WHERE id IS ?", "SELECT id FROM captures ORDER BY id"),
    "sightings": ("SELECT * FROM sightings WHERE capture IS ? AND path IS ?",
                  "SELECT capture, path FROM sightings ORDER BY capture, path"),
    "runs": ("SELECT * FROM runs WHERE id IS ?", "SELECT id FROM runs WHERE ended IS NOT NULL ORDER BY id"),
    "decisions": ("SELECT * FROM decisions WHERE number IS ?", "SELECT number FROM decisions ORDER BY number"),
}
"""Tables that are only ever appended to: how a row of each is had by its key, and all keys; a run counts once it has
ended.
"""
SUMMED = {"rejects": "SELECT * FROM rejects", "limits": "SELECT * FROM limits"}
MODULUS = 1 << 256

Row = Sequence[object]


def link(db: sqlite3.Connection, name: str, key: Row) -> None:
    """Chain a row of a table, which its key tells."""
    row = db.execute(CHAINED[name][0], tuple(key)).fetchone()
    last = db.execute("SELECT digest FROM chain ORDER BY number DESC LIMIT 1").fetchone()
    db.execute("INSERT INTO chain (name, row, digest) VALUES (?, ?, ?)",
               (name, json.dumps(list(key)), _digest(last[0] if last else "", name, row)))


def link_all(db: sqlite3.Connection) -> None:
    """Chain and sum what an older layout holds."""
    for name, (_, keys) in CHAINED.items():
        for key in db.execute(keys).fetchall():
            link(db, name, key)
    for name, rows in SUMMED.items():
        count(db, name, added=db.execute(rows).fetchall())


def count(db: sqlite3.Connection, name: str, added: Sequence[Row] = (), gone: Sequence[Row] = ()) -> None:
    """Bring the sum of a table up to date with rows that came and went."""
    held = db.execute("SELECT value FROM sums WHERE name = ?", (name,)).fetchone()
    value = (int(held[0], 16) if held else 0) + _sum(added) - _sum(gone)
    db.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", (name, f"{value % MODULUS:064x}"))


def broken(db: sqlite3.Connection) -> Iterator[str]:
    """What is not as it was recorded; each in a line."""
    before = ""
    seen: dict[str, set[str]] = {name: set() for name in CHAINED}
    for name, key, digest in db.execute("SELECT name, row, digest FROM chain ORDER BY number").fetchall():
        if name not in CHAINED or not _holds(db, name, key, before, digest):
            yield f"{name} {key}: changed, or taken away, since it was recorded"
        else:
            seen[name].add(key)
        before = digest
    for name, (_, keys) in CHAINED.items():
        extra = sorted({json.dumps(list(key)) for key in db.execute(keys).fetchall()} - seen[name])
        yield from (f"{name} {key}: not as it was recorded, or put in by other means" for key in extra)
    for name, rows in SUMMED.items():
        held = db.execute("SELECT value FROM sums WHERE name = ?", (name,)).fetchone()
        if (held[0] if held else f"{0:064x}") != f"{_sum(db.execute(rows).fetchall()) % MODULUS:064x}":
            yield f"{name}: its rows are not those that were recorded"


def _holds(db: sqlite3.Connection, name: str, key: str, before: str, digest: str) -> bool:
    """Whether a link fits its row and the link before it."""
    try:
        row = db.execute(CHAINED[name][0], json.loads(key)).fetchone()
    except (ValueError, TypeError, sqlite3.Error):
        return False
    return row is not None and _digest(before, name, row) == digest


def _digest(before: str, name: str, row: Row) -> str:
    return hashlib.sha256(json.dumps([before, name, list(row)]).encode()).hexdigest()


def _sum(rows: Sequence[Row]) -> int:
    return sum(int.from_bytes(hashlib.sha256(json.dumps(list(row)).encode()).digest(), "big") for row in rows)
