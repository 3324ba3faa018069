"""Names that may be one source: listed with what a yes touches, decided upon, and no longer listed."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence import explain
from whence.cli import main
from whence.explain.suggestions import SuggestedName
from whence.model import Decision, LowGroup, Reason, Subject, Suggestion, Tables, identify

ROWS = [("Orrin Post", "The Osier Harbour Board said that 517 seals died at Osier Bay."),
        ("Fen Gazette", "The OHB said that 517 seals died at Osier Bay."),
        ("Halm Echo", "Halden Rusk said the ferry to Halm will run late all week.")]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHENCE_USER", "ana")
    monkeypatch.delenv("WHENCE_ARCHIVE", raising=False)
    rows = "".join(json.dumps({"publisher": publisher, "text": text}) + "\n" for publisher, text in ROWS)
    Path("rows.jsonl").write_text(rows, "utf8")
    return lambda *arguments: CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_suggestions_are_told_of_listed_and_decided(run: Callable[..., Result]) -> None:
    traced = run("trace", "rows.jsonl", "-a", "mine")
    assert "1 pair of names may be one source, which may change origins: whence suggestions -a mine" in traced.stdout
    assert "1 pair of names may be one source" in run("analyse", "-a", "mine").stdout
    (pair,) = json.loads(run("suggestions", "-a", "mine", "--json").stdout)
    assert {pair["one"]["name"], pair["other"]["name"]} == {"ohb", "osier harbour board"}
    assert (pair["one"]["claims"], pair["other"]["claims"], pair["both"]) == (1, 1, 1)
    text = run("suggestions", "-a", "mine").stdout
    assert pair["reasons"][0]["says"] in text
    assert f"yes: whence decide confirm {pair['id']} -a mine" in text
    assert f"no:  whence decide dismiss {pair['id']} -a mine" in text
    assert "both are roots of 1 claim; joined" in run("why", pair["id"], "-a", "mine").stdout
    assert run(*pair["confirm"].split()[1:]).exit_code == 0
    assert "all are decided" in run("suggestions", "-a", "mine").stdout
    assert "[confirmed by ana" in run("suggestions", "-a", "mine", "--all").stdout
    assert "pair of names" not in run("trace", "rows.jsonl", "-a", "mine").stdout
    claim = json.loads(run("claims", "-a", "mine", "--min-documents", "2", "--json").stdout)[0]
    assert claim["origins"]["high"] == 1
    run("undo", "-a", "mine")
    assert len(json.loads(run("suggestions", "-a", "mine", "--json").stdout)) == 1


def test_no_archive_is_one_line(run: Callable[..., Result]) -> None:
    result = run("suggestions")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "there is no archive here. Name one with --archive" in result.stderr


def test_an_archive_without_suggestions_says_so(run: Callable[..., Result]) -> None:
    Path("rows.jsonl").write_text(json.dumps({"text": ROWS[2][1]}), "utf8")
    assert "suggestions" not in run("trace", "rows.jsonl").stdout
    assert json.loads(run("suggestions", "--json").stdout) == []
    assert "No two names here may be one source" in run("suggestions").stdout


def test_those_that_touch_the_most_claims_come_first(dispute: Tables) -> None:
    """Of pairs that nobody's claims rest on both of, the one with more claims; a pair that a claim rests on leads."""
    widest = max(dispute.claims, key=explain.spread)
    known = (Reason("names_authority", "It names them.", {"known_as": "ilka soames"}),)
    radio = (Reason("names_authority", "It names them.", {"known_as": "halm radio"}),)
    roots = tuple(replace(root, reasons=reasons)
                  for root, reasons in zip(widest.origins.roots, (known, radio), strict=True))
    origins = replace(widest.origins, roots=roots, low_groups=(LowGroup((0, 1), known),))
    pairs = [("ilka soames", "soames"), ("halm radio", "ilka soames"), ("board", "harbour board")]
    made = tuple(Suggestion(identify("s", *names), names, (names[0].title(), names[1].title()), known)
                 for names in pairs)
    tables = replace(dispute, claims=(replace(widest, origins=origins),), suggestions=made)
    lines = explain.suggestion_lines(tables, made)
    assert [(line.one.name, line.other.name, line.both) for line in lines] == [
        ("halm radio", "ilka soames", 1), ("ilka soames", "soames", 0), ("board", "harbour board", 0)]


def test_names_decided_upon_by_name_are_decided(dispute: Tables) -> None:
    subject = Subject("sources", names=("ilka soames", "soames"))
    made = Decision("d-1", "different-source", subject, "different", "ana", "2031-05-03T10:00:00+00:00", None, None)
    undone = replace(made, id="d-2", kind="undo", subject=Subject("decision"), supersedes="d-1")
    assert len(explain.undecided(dispute.suggestions, ())) == 1
    assert explain.undecided(dispute.suggestions, (made,)) == []
    assert len(explain.undecided(dispute.suggestions, (made, undone))) == 1


def test_a_name_that_reads_as_another_says_so() -> None:
    assert str(SuggestedName("Ministry", "ministry order", 1)) == "Ministry (read as ministry order)"
    assert str(SuggestedName("the Board of Orm", "board orm", 1)) == "the Board of Orm"
