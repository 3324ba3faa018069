"""The commands as scripts and people meet them: exit statuses, one line on stderr, JSON, and what is printed."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence.cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WHENCE_ARCHIVE", raising=False)
    return Run()


class Run:
    """`run("claims", "--json")`: a command in an empty working folder."""

    def __call__(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def article(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(f"{text}\n", encoding="utf8")
    return path


SALT = "Salt prices rose by 4 per cent in Mellin last week, according to the Chamber of Trade."


def test_trace_tells_the_main_thing_and_writes_the_report(run: Run) -> None:
    result = run("trace", ROOT / "examples")
    assert result.exit_code == 0
    assert "15 new, 0 already here, 0 refused" in result.stdout
    assert re.search(r"\d–\d", result.stdout), "a range of origins"
    assert "whence why ID" in result.stdout
    assert Path("whence-archive/report.html").read_text(encoding="utf8").startswith("<!doctype html>")
    again = run("trace", ROOT / "examples")
    assert "0 new, 15 already here" in again.stdout
    assert "everything was up to date" in again.stdout


def test_every_listing_has_json(run: Run) -> None:
    traced = json.loads(run("trace", article("a.txt", SALT), article("b.txt", f"{SALT} So it goes."), "--json").stdout)
    assert [v["verdict"] for v in traced["verdicts"]] == ["added", "added"]
    (claim, *_) = json.loads(run("claims", "--min-documents", "2", "--json").stdout)
    assert set(claim) >= {"id", "text", "statements", "origins", "earliest"}
    assert json.loads(run("why", claim["id"], "--json").stdout)["id"] == claim["id"]
    assert json.loads(run("analyse", "--json").stdout) == []
    assert json.loads(run("verify", "--json").stdout) == []
    (hit, *_) = json.loads(run("find", "prices of salt", "--json").stdout)
    assert set(hit) == {"document", "external_id", "path", "url", "score", "start", "end",
                        "relation", "reasons", "claim", "low", "high", "contradicted_by"}


def test_analyse_tells_what_the_judge_took(run: Run) -> None:
    run("add", ROOT / "examples")
    assert re.search(r"network read [\d,]+ pairs of statements in \d+ of \d+ seconds", run("analyse").stdout)
    assert "network" not in run("analyse").stdout


def test_the_archive_is_named_by_option_or_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("add", article("a.txt", SALT), "-a", "mine").exit_code == 0
    assert run("claims").exit_code == 1
    monkeypatch.setenv("WHENCE_ARCHIVE", "mine")
    assert "Salt prices" in run("claims").stdout


@pytest.mark.parametrize(("command", "says"), [
    (["claims"], "whence-archive: there is no archive here. Name one with --archive"),
    (["why", "c-1"], "there is no archive here"),
    (["add", "nowhere.txt"], "nowhere.txt: not there. Check the path"),
    (["trace", "nowhere.txt"], "nowhere.txt: not there. Check the path"),
    (["find", "--queries", "none.jsonl", "--out", "hits.jsonl"], "there is no archive here"),
])
def test_an_error_is_one_line_that_says_how_to_mend_it(run: Run, command: list[str], says: str) -> None:
    result = run(*command)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert says in line
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [["nonsense"], ["claims", "--no-such"], ["export", "docx", "--out", "x"], ["trace"],
                                     ["find"], ["find", "x", "--queries", "q.jsonl"]])
def test_wrong_usage_is_status_2(run: Run, command: list[str]) -> None:
    assert run(*command).exit_code == 2


def test_status_1_only_if_nothing_could_be_taken_in(run: Run) -> None:
    good, empty = article("a.txt", SALT), Path("empty.txt")
    empty.touch()
    assert run("add", empty, good).exit_code == 0
    assert run("add", good).exit_code == 0
    assert run("add", empty).exit_code == 1


def test_debug_shows_the_traceback(run: Run) -> None:
    with pytest.raises(Exception, match="there is no archive here"):
        run("--debug", "claims")


def test_quotations_are_checked(run: Run) -> None:
    told = "Salt prices in Mellin rose. “We will not sell one grain of it before the summer fair,” said Orla Venn."
    row = {"publisher": "Mellin Echo", "published": "2031-05-01", "text": told}
    other = {"publisher": "Tarn Weekly", "published": "2031-05-03",
             "text": "The market was quiet. “We will sell one grain of it before the summer fair,” Orla Venn told the "
                     "Mellin Echo. The gulls were not."}
    Path("rows.jsonl").write_text("\n".join(map(json.dumps, (row, other))), encoding="utf8")
    run("add", "rows.jsonl")
    (found,) = json.loads(run("check-quotes", "--verdict", "altered", "--json").stdout)
    assert [piece["text"] for piece in found["diff"] if piece["mark"] == "dropped"] == ["not"]
    assert "[-not-]" in run("check-quotes").stdout
    assert "1 more is not held" in run("check-quotes").stdout
    assert "words_changed".replace("_", " ") in run("why", found["id"]).stdout
    assert "No such quotation" in run("check-quotes", "--verdict", "not_found").stdout
    assert run("check-quotes", "--verdict", "wrong").exit_code == 2


def test_many_queries_at_once(run: Run) -> None:
    run("add", article("a.txt", SALT))
    queries = ['{"id": 1, "text": "salt prices in Mellin"}', "", '{"id": "2", "text": "zzz"}']
    Path("q.jsonl").write_text("\n".join(queries), encoding="utf8")
    assert run("find", "--queries", "q.jsonl", "--top", "3", "--out", "hits.jsonl").exit_code == 0
    rows = [json.loads(line) for line in Path("hits.jsonl").read_text(encoding="utf8").splitlines()]
    assert [(row["query"], len(row["hits"])) for row in rows] == [("1", 1), ("2", 0)]
    Path("q.jsonl").write_text('{"id": "1"}\n', encoding="utf8")
    result = run("find", "--queries", "q.jsonl", "--out", "hits.jsonl")
    assert "q.jsonl:1: not a query" in result.stderr


def test_people_decide_and_undo(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHENCE_USER", "ana")
    run("add", article("a.txt", f"{SALT} The new bridge at Mellin was painted red."))
    assert "Nobody has decided anything yet." in run("log").stdout
    one, other = (claim["id"] for claim in json.loads(run("claims", "--json").stdout))
    (made,) = json.loads(run("decide", "merge", one, other, "--note", "market day", "--json").stdout)
    assert (made["kind"], made["verdict"], made["user"], made["note"]) == ("merge", "same", "ana", "market day")
    assert len(json.loads(run("claims", "--json").stdout)) == 1
    assert f"undo of {made['id']}, signed ana" in run("undo").stdout
    assert len(json.loads(run("claims", "--json").stdout)) == 2
    assert [line["decision"]["kind"] for line in json.loads(run("log", "--json").stdout)] == ["merge", "undo"]
    listed = run("log").stdout
    assert "[undone by d-" in listed
    assert "note: market day" in listed
    result = run("decide", "merge", "c-no", one)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "the nearest are" in result.stderr
    assert run("decide", "promote", one).exit_code == 2


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_exports_name_every_table(run: Run, format: str) -> None:
    run("add", article("a.txt", SALT))
    assert run("export", format, "--out", "tables").exit_code == 0
    names = ["attributions", "claims", "conflicts", "decisions", "documents", "families", "limits", "quote_checks",
             "rejects", "reuses", "segments", "suggestions"]
    assert sorted(path.name for path in Path("tables").iterdir()) == [f"{name}.{format}" for name in names]


def test_no_command_is_promised_before_it_works(run: Run) -> None:
    listed = run("--help").stdout
    assert "serve" not in listed
    assert "--engine" not in run("analyse", "--help").stdout
    assert "--fetch" not in run("trace", "--help").stdout


@pytest.mark.parametrize("command", list(main.commands))
def test_every_help_has_an_example(run: Run, command: str) -> None:
    assert f"whence {command}" in run(command, "--help").stdout.split("Example")[1]


def test_a_trace_that_took_nothing_in_leaves_nothing_and_says_so_once(run: Run) -> None:
    answer = run("trace", "nowhere.txt", "-a", "fresh")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == "whence: nowhere.txt: not there. Check the path\n"
    assert not Path("fresh").exists()
    Path("kept").mkdir()
    Path("kept/whence.toml").write_text("", encoding="utf8")
    assert run("add", "nowhere.txt", "-a", "kept").exit_code == 1
    assert [path.name for path in Path("kept").iterdir()] == ["whence.toml"]


def test_an_archive_that_held_something_is_never_taken_away(run: Run) -> None:
    Path("a.txt").write_text("The pier of Ostrel was shut on Monday, the ferry office said.", encoding="utf8")
    assert run("add", "a.txt").exit_code == 0
    assert run("add", "nowhere.txt").exit_code == 1
    assert len(json.loads(run("claims", "--json").stdout)) == 1


def test_owners_of_outlets_that_nobody_knows_are_named(run: Run) -> None:
    Path("a.txt").write_text("Publisher: Ostrel Post\n\nThe pier was shut on Monday, the ferry office said.", "utf8")
    run("add", "a.txt")
    Path("owners.csv").write_text("outlet,owner\nOstrel Post,X\nNo Such Gazette,X\n", encoding="utf8")
    assert "count for nothing yet: No Such Gazette\n" in run("owners", "owners.csv").stderr


def test_find_leaves_out_what_is_not_the_articles_own(run: Run) -> None:
    Path("a.txt").write_text("Pier shut\n\nThe pier of Ostrel was shut on Monday, the ferry office said. Nobody knows "
                             "for how long it will be shut.\n\nRead also: Ostrel bakes the longest loaf", "utf8")
    run("add", "a.txt")
    assert "loaf" not in run("find", "the longest loaf of Ostrel").stdout
    assert "Nothing in this archive says that" in run("find", "the pier of Marsk was painted green").stdout


def test_claims_are_narrowed_down_and_cut(run: Run) -> None:
    Path("a.txt").write_text("Date: 2031-05-02\n\nThe pier of Ostrel was shut on Monday, the ferry office said. The "
                             "bakers of Orle went on strike for better ovens.", encoding="utf8")
    run("add", "a.txt")
    assert [claim["text"][:9] for claim in json.loads(run("claims", "--about", "baker strike", "--json").stdout)] == [
        "The baker"]
    assert run("claims", "--since", "2032").stdout == "No claim is like that.\n"
    assert "1 more: --limit 0 lists all." in run("claims", "--limit", "1").stdout
