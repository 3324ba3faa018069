"""How what was found stands to what was asked: labelled pairs, and what the command and the library say of it."""
from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import whence
from desk import read, vectors
from whence import explain
from whence.archive import Archive
from whence.cli import main
from whence.config import ClaimsConfig
from whence.explain.finding import LONGEST
from whence.model import Document, Tables
from whence.store.index import Hit

FILE = Path(__file__).parent / "cases" / "relations.csv"
CASES = list(csv.DictReader(FILE.read_text(encoding="utf8").splitlines()))
ROWS = [
    ("Sedge Post", "2031-05-03", "Warden Ilka Soames said that at least 40 seals died in Osier Bay after the spill. "
                                 "The works have stood there for a century."),
    ("Osier Herald", "2031-05-04", "The owners denied that any seals had died in Osier Bay after the spill."),
    ("Halm Weekly", "2031-05-06", "More than 400 seals died in Osier Bay after the spill, Ilka Soames said."),
]


def related(asked: str, found: str, title: bool = False) -> explain.Found:
    text = "" if title else found
    document = Document("0" * 16, None, None, found, None, "Sedge Post", None, "en", "", text)
    tables = Tables((document,), {}, (), (), (), (), (), (), (), (), ())
    hit = Hit(document.id, 1.0, None, None) if title else Hit(document.id, 1.0, 0, len(found))
    (told,) = explain.relate(asked, [hit], tables, explain.Encoders(vectors, read), ClaimsConfig())
    return told


@pytest.mark.parametrize("case", [pytest.param(
    case, id=f"{case['category']}: {case['note']}",
    marks=[pytest.mark.xfail(strict=False, reason=case["not_yet"])] if case["not_yet"] else []) for case in CASES])
def test_relation(case: dict[str, str]) -> None:
    told = related(case["asked"], case["found"])
    assert (told.relation or "") == case["expected"]
    assert bool(told.reasons) == bool(case["expected"]), "each has its rule"
    assert related(case["asked"], case["found"], title=True).relation == told.relation


def test_text_without_a_stop_is_not_held_against_anything() -> None:
    assert related("At least 40 seals died", "seals died " * LONGEST).relation is None
    assert related("seals died " * LONGEST, "At least 40 seals died").relation is None


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("finding")
    rows = "".join(json.dumps({"publisher": p, "published": d, "text": t}) + "\n" for p, d, t in ROWS)
    (folder / "rows.jsonl").write_text(rows, "utf8")
    with whence.open(folder / "archive") as opened:
        opened.add(folder / "rows.jsonl")
        yield opened


def find(archive: Archive, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["find", *arguments, "-a", str(archive.path)], catch_exceptions=False)


def test_the_claims_that_deny_come_along_where_they_are_not_found(archive: Archive) -> None:
    asked = "At least 40 seals died in Osier Bay after the spill"
    (best,) = archive.find(asked, top=1)
    (how,) = archive.relate(asked, [best])
    assert how.relation == "same words"
    (denying,) = how.contradicted_by
    assert denying.text == ROWS[1][2]
    printed = find(archive, asked, "--top", "1").stdout
    assert "[same words] Sedge Post" in printed
    assert f"Claims that deny one of these:\n  {denying.claim}  The owners denied" in printed


def test_a_dismissed_denial_does_not(archive: Archive) -> None:
    asked = "At least 40 seals died in Osier Bay after the spill"
    conflicts = [conflict.id for conflict in archive.tables().conflicts if conflict.kind == "negation"]
    archive.decide("dismiss", conflicts[0], user="ana")
    assert not any(how.contradicted_by for how in archive.relate(asked, archive.find(asked, top=1)))
    archive.undo(user="ana")


def test_the_command_says_it_in_json_and_in_words(archive: Archive) -> None:
    rows = json.loads(find(archive, "Some 12 seals died in Osier Bay after the spill", "--json").stdout)
    told = {row["relation"] for row in rows if row["claim"] and row["relation"]}
    assert told == {"contradiction"}
    number = next(row for row in rows if row["reasons"][0]["rule"] == "other_number")
    assert number["reasons"][0]["values"]["asked"] == "about 12 seals"
    assert (number["low"], number["high"]) <= (number["high"], number["high"])
    printed = find(archive, "Some 12 seals died in Osier Bay after the spill").stdout
    assert "[contradiction] " in printed
    assert "other number: asked = about 12 seals; found = at least 40 seals" in printed


def test_many_queries_keep_their_columns(archive: Archive, tmp_path: Path) -> None:
    asked, out = tmp_path / "q.jsonl", tmp_path / "hits.jsonl"
    asked.write_text(json.dumps({"id": "q1", "text": "seals in Osier Bay"}), "utf8")
    assert find(archive, "--queries", str(asked), "--out", str(out)).exit_code == 0
    (row,) = map(json.loads, out.read_text("utf8").splitlines())
    assert set(row["hits"][0]) == {"document", "external_id", "path", "url", "score", "start", "end"}


@pytest.mark.parametrize(("arguments", "status", "says"), [
    ((" ",), 2, "TEXT is empty: give the sentence to look for"),
    (("--queries", "q.jsonl"), 2, "give either TEXT, or --queries with --out"),
])
def test_bad_input_says_how_to_mend_it(archive: Archive, arguments: tuple[str, ...], status: int, says: str) -> None:
    result = find(archive, *arguments)
    assert (result.exit_code, says in result.stderr) == (status, True)


def test_hits_that_cannot_be_written_are_one_line(archive: Archive, tmp_path: Path) -> None:
    asked = tmp_path / "q.jsonl"
    asked.write_text(json.dumps({"id": "q1", "text": "seals"}), "utf8")
    result = find(archive, "--queries", str(asked), "--out", str(tmp_path / "none" / "hits.jsonl"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "can't be written" in result.stderr
    assert "with --out" in result.stderr
