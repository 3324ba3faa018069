from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from whence.errors import ArchiveError
from whence.model import Capture, Limit, Place, Reject, Subject
from whence.store.record import FIRST, Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    opened = Record(tmp_path / "record.sqlite")
    yield opened
    opened.close()


def capture(name: str, path: str) -> Capture:
    return Capture(name * 16, name * 64, "b" * 64, 0, 10, "text", path)


def test_a_capture_has_the_smallest_of_its_paths(record: Record) -> None:
    record.take([capture("1", "z.txt")])
    record.take([capture("1", "a.txt"), capture("2", "m.txt")])
    assert [(c.id[0], c.path) for c in record.captures()] == [("1", "a.txt"), ("2", "m.txt")]
    assert record.known(["1" * 16, "9" * 16]) == {"1" * 16}


def test_a_mended_file_is_no_longer_refused(record: Record) -> None:
    record.refuse("f.jsonl", [Reject("f.jsonl:2", "add", "cut")], [Limit("add", "f.jsonl", 5, 9)])
    assert len(record.rejects()) == len(record.limits()) == 1
    record.refuse("f.jsonl", [])
    assert [*record.rejects(), *record.limits()] == []


def test_a_transaction_that_fails_leaves_nothing(record: Record) -> None:
    def fails() -> None:
        with record.writing() as db:
            db.execute("INSERT INTO sightings VALUES ('x', 'y')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with record.writing() as db:
        assert db.execute("SELECT count(*) FROM sightings").fetchone() == (0,)


def test_a_file_that_is_no_record_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.write_bytes(b"this is not a database at all, but it is long enough" * 10)
    with pytest.raises(ArchiveError, match=r"record\.sqlite: the record can't be opened"):
        Record(path)


def test_a_record_from_a_later_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveError, match="later Whence"):
        Record(path)


def test_decisions_come_back_as_they_were_made_and_in_their_order(record: Record) -> None:
    one = record.decide("merge", Subject("statements", (Place("1" * 16, 4), Place("2" * 16, 0))), "ana", "one fire")
    two = record.decide("undo", Subject("decision"), "bo", supersedes=one.id)
    assert record.decisions() == [one, two]
    assert (one.verdict, one.note, two.supersedes) == ("same", "one fire", one.id)


def test_the_same_decision_twice_is_two_decisions(record: Record) -> None:
    made = [record.decide("dismiss", Subject("claim", (Place("1" * 16, 4),)), "ana") for _ in range(3)]
    assert len({decision.id for decision in made}) == 3


@pytest.mark.parametrize("change", ["DELETE FROM decisions", "UPDATE decisions SET note = 'other'"])
def test_a_decision_is_never_changed_or_removed(record: Record, change: str) -> None:
    made = record.decide("dismiss", Subject("claim", (Place("1" * 16, 4),)), "ana")

    def tampers() -> None:
        with record.writing() as db:
            db.execute(change)

    with pytest.raises(sqlite3.IntegrityError, match="undone by later ones"):
        tampers()
    assert record.decisions() == [made]


def test_a_record_from_before_there_were_decisions_gains_them(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    db = sqlite3.connect(path)
    db.executescript(FIRST)
    db.execute("PRAGMA user_version = 1")
    db.close()
    opened = Record(path)
    assert opened.decisions() == []
    opened.decide("dismiss", Subject("claim", (Place("1" * 16, 4),)), "ana")
    opened.close()
    again = Record(path)
    assert len(again.decisions()) == 1
    again.close()


def filled(path: Path) -> None:
    """A record with something of everything in it."""
    with closing(Record(path)) as record:
        record.take([capture("1", "a.txt"), capture("2", "b.txt"), capture("1", "c.txt")])
        run = record.begin("add")
        record.refuse("f.jsonl", [Reject("f.jsonl:2", "add", "cut")], [Limit("add", "f.jsonl", 5, 9)])
        record.refuse("g.jsonl", [Reject("g.jsonl", "add", "empty")])
        record.refuse("g.jsonl", [Reject("g.jsonl", "add", "not there"), Reject("g.jsonl", "add", "not there")])
        record.end(run, {"added": 2})
        record.decide("dismiss", Subject("claim", (Place("d", 0),)), "ana", "weather")
        assert record.check() == []


@pytest.mark.parametrize("change", [
    "UPDATE captures SET offset = 7 WHERE id LIKE '1%'",
    "UPDATE captures SET taken = '2031-01-01' WHERE id LIKE '2%'",
    "DELETE FROM captures WHERE id LIKE '2%'",
    "INSERT INTO captures SELECT '3', sha256, blob, offset, length, format, taken FROM captures LIMIT 1",
    "UPDATE sightings SET path = 'aa.txt' WHERE path = 'a.txt'",
    "DELETE FROM sightings WHERE path = 'c.txt'",
    "UPDATE runs SET detail = '{}'",
    "DELETE FROM runs",
    "UPDATE rejects SET reason = 'fine' WHERE input = 'g.jsonl'",
    "DELETE FROM rejects",
    "UPDATE limits SET seen = 8",
    "DROP TRIGGER decisions_hold; UPDATE decisions SET user = 'bo'",
    "DROP TRIGGER decisions_stay; DELETE FROM decisions",
    "UPDATE chain SET digest = replace(digest, 'a', 'b') WHERE number = 2",
    "UPDATE chain SET row = '[]' WHERE number = 1",
    "DELETE FROM chain WHERE number = 3",
    "UPDATE sums SET value = '00' WHERE name = 'limits'",
])
def test_whatever_is_changed_by_other_means_is_noticed(tmp_path: Path, change: str) -> None:
    filled(tmp_path / "record.sqlite")
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as db:
        db.executescript(change)
    with closing(Record(tmp_path / "record.sqlite")) as record:
        assert record.check()


def test_an_older_record_is_chained_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path / "record.sqlite")
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as db:
        db.executescript("DROP TABLE chain; DROP TABLE sums; PRAGMA user_version = 2")
    with closing(Record(tmp_path / "record.sqlite")) as record:
        assert record.check() == []
        assert len(record.captures()) == 2 and len(record.decisions()) == 1
