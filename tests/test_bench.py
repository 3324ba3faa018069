"""The floors are held: a figure below, or a floor lowered without a reason, is refused; and what is measured is told.

Scorers and their data are not part of this repository: small ones are written here that print what those print.
"""
from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).parents[2] / "shared"
CORPORA = ("data/news/fnc1-bodies.jsonl", "data/real/election.jsonl")
PRINTS = {
    "eval/score_pairs.py": {"pairs": 340, "precision": 0.8, "recall": 0.5, "denials_apart": None},
    "eval/score_sources.py": {"sentences": 226, "right": 0.6, "furniture": 0.0},
    "eval/score_rumours.py": {"gathered": 0.4, "strangers": 0.1, "claims": 22},
    "eval/score_verbatim.py": {"documents": 3, "recall": 1.0, "precision": 0.9},
    "eval/score_pile.py": {"share": 0.5, "kinds": {"one_claim": [7, 10], "find": [2, 3], "origins": [4, 5]}},
    "cases/check.py": {"whole": 3, "cases": 6,
                       "told": {"f01": False, "f02": True, "f05": False, "f09": True, "f10": False, "f13": True}},
}


@pytest.fixture(scope="module")
def quality(benchmark_script: Callable[[str], ModuleType]) -> ModuleType:
    return benchmark_script("quality")


@pytest.fixture
def shared(quality: ModuleType, tmp_path: Path) -> Path:
    """All that the scorers of PRINTS need, each of them printing one result whatever it is asked."""
    for scorer, result in PRINTS.items():
        path = tmp_path / "shared" / scorer
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"import sys\nassert sys.argv[-1] == '--json'\nprint({json.dumps(result)!r})", encoding="utf8")
    for name in (*quality.REAL, "election_pairs", "verbatim"):
        for need in quality.SCORERS[name].absent(tmp_path / "shared"):
            (tmp_path / "shared" / need).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "shared" / need).touch()
    return tmp_path / "shared"


@pytest.fixture
def commands(quality: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What Whence is asked to do, in place of doing it; an export makes the folder of its tables."""
    asked: list[tuple[str, ...]] = []

    def whence(_: object, *arguments: str | Path) -> None:
        asked.append(tuple(map(str, arguments)))
        if "--out" in arguments:
            Path(arguments[arguments.index("--out") + 1]).mkdir(parents=True)

    monkeypatch.setattr(quality.Bench, "whence", whence)
    return asked


def measured(quality: ModuleType, shared: Path, *only: str) -> dict[str, float]:
    scratch = shared.with_name("scratch")
    scratch.mkdir()
    figures: dict[str, float] = quality.measure(quality.Bench(shared, scratch, (1,)), only).figures
    return figures


@pytest.mark.parametrize(("figure", "value", "entry", "verdict"), [
    ("a.f1", .95, {"floor": .94, "best": .945}, "ok"),
    ("a.f1", .93, {"floor": .94, "best": .945}, "below"),
    ("a.f1", .95, {"floor": .90, "best": .945}, "lowered"),
    ("a.f1", .95, {"floor": .90, "best": .945, "why": "recall was worth more"}, "ok"),
    ("a.f1", .89, {"floor": .90, "best": .945, "why": "recall was worth more"}, "below"),
    ("a.low_error", .3, {"floor": .35, "best": .345}, "ok"),
    ("a.low_error", .4, {"floor": .35, "best": .345}, "below"),
    ("a.low_error", .3, {"floor": .40, "best": .345}, "lowered"),
    ("rumours.dev_strangers", .13, {"floor": .14, "best": .131}, "ok"),
    ("rumours.dev_strangers", .15, {"floor": .14, "best": .131}, "below"),
    ("rumours.dev_invented", .3, {"floor": .29, "best": .286}, "below"),
    ("rumours.dev_high_error", 2.0, {"floor": 2.05, "best": 2.05}, "ok"),
    ("cascades_b.false_unseen", .4, {"floor": .33, "best": .329}, "below"),
    ("a.f1", .1, None, "no floor"),
])
def test_a_figure_is_judged_by_its_floor(quality: ModuleType, figure: str, value: float,
                                         entry: dict[str, object] | None, verdict: str) -> None:
    assert quality.judge(figure, value, entry) == verdict


def test_pinning_only_raises(quality: ModuleType) -> None:
    before = {"a.f1": {"floor": .94, "best": .945}, "a.low_error": {"floor": .35, "best": .345}}
    after = tomllib.loads(quality.pinned(before, {"a.f1": .9, "a.low_error": .2, "b.f1": .5555}))
    assert after == {"a.f1": {"floor": .94, "best": .945}, "a.low_error": {"floor": .2, "best": .2},
                     "b.f1": {"floor": .55, "best": .5555}}


def test_pinning_takes_figures_of_every_size(quality: ModuleType) -> None:
    found = {"rumours.dev_strangers": .131, "rumours.dev_high_error": 2.05, "piles.claims_facts": 30., "cases.f02": 0.}
    after = tomllib.loads(quality.pinned({}, found))
    assert {figure: entry["floor"] for figure, entry in after.items()} == {
        "rumours.dev_strangers": .14, "rumours.dev_high_error": 2.05, "piles.claims_facts": 30, "cases.f02": 0}
    assert [quality.judge(figure, found[figure], entry) for figure, entry in after.items()] == ["ok"] * 4


def test_no_floor_in_the_file_is_lowered_unsaid(quality: ModuleType) -> None:
    floors = tomllib.loads(quality.FLOORS.read_text(encoding="utf8"))
    assert floors
    for figure, entry in floors.items():
        assert quality.judge(figure, float(entry["best"]), entry) == "ok", figure


def test_without_the_data_it_says_so(quality: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["quality.py", "--shared", str(tmp_path)])
    assert quality.main() == 0
    assert "skipped: there is no" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "figures"), [
    ("rumours", {"dev_gathered": .4, "dev_strangers": .1}),
    ("pairs", {f"{gold}_{figure}": value for figure, value in (("precision", .8), ("recall", .5))
               for gold in ("dev", "train-1", "train-2", "train-3", "train-4")}),
    ("sources", {f"{gold}_{figure}": value for figure, value in (("right", .6), ("furniture", 0.))
                 for gold in ("dev", "train-1", "train-2")}),
    ("election_pairs", {"train-election_precision": .8, "train-election_recall": .5}),
    ("piles", {"harbour": .5, "bank": .5, "claims_facts": 18.}),
    ("cases", {"hold": .5, "f02": 1., "f05": 0., "f09": 1., "f10": 0., "f13": 1.}),
])
def test_figures_are_read_from_what_a_scorer_prints(quality: ModuleType, shared: Path, commands: list[tuple[str, ...]],
                                                    name: str, figures: dict[str, float]) -> None:
    assert measured(quality, shared, name) == {f"{name}.{figure}": value for figure, value in figures.items()}


def test_complaints_above_a_result_are_passed_on(quality: ModuleType, shared: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    scorer = shared / "cases/check.py"
    scorer.write_text(f"print('  exit 1 analyse')\n{scorer.read_text(encoding='utf8')}", encoding="utf8")
    assert measured(quality, shared, "cases")["cases.hold"] == .5
    assert "  exit 1 analyse" in capsys.readouterr().err


def test_a_corpus_is_analysed_once_for_all_that_read_it(quality: ModuleType, shared: Path,
                                                        commands: list[tuple[str, ...]]) -> None:
    measured(quality, shared, *quality.REAL, "election_pairs", "verbatim")
    assert [command[0] for command in commands] == ["add", "analyse", "export"] * 2
    assert {command[1] for command in commands if command[0] == "add"} == {str(shared / corpus) for corpus in CORPORA}


def test_what_a_scorer_made_for_itself_is_removed(quality: ModuleType, shared: Path,
                                                  commands: list[tuple[str, ...]]) -> None:
    scorer = shared / "eval/score_pile.py"
    scorer.write_text(f"import tempfile\ntempfile.mkdtemp()\n{scorer.read_text(encoding='utf8')}", encoding="utf8")
    measured(quality, shared, "piles", "verbatim")
    assert [left.name for left in shared.with_name("scratch").iterdir()] == ["kept"]


@pytest.mark.parametrize(("maker", "name", "drawn"), [("make_cascades", "cascades", 4),
                                                      ("make_cascades_b", "cascades_b", 3)])
def test_cascades_are_the_mean_over_their_worlds(quality: ModuleType, shared: Path, commands: list[tuple[str, ...]],
                                                 maker: str, name: str, drawn: int) -> None:
    (shared / f"eval/{maker}.py").touch()
    tell = "import sys, re; print('{\"documents\": 9, \"f1\": 0.%s}' % re.findall('world(.)', ' '.join(sys.argv))[0])"
    (shared / "eval/score_cascades.py").write_text(tell, encoding="utf8")
    scratch = shared.with_name("scratch")
    scratch.mkdir()
    figures = quality.measure(quality.Bench(shared, scratch, (1, 2, 3, 8)), [name]).figures
    assert figures == {f"{name}.f1": pytest.approx(sum((.1, .2, .3, .8)[:drawn]) / drawn)}


def run(quality: ModuleType, monkeypatch: pytest.MonkeyPatch, floors: Path, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["quality.py", *map(str, arguments)])
    monkeypatch.setattr(quality, "FLOORS", floors)
    status: int = quality.main()
    return status


def test_real_measures_what_nobody_fitted(quality: ModuleType, shared: Path, commands: list[tuple[str, ...]],
                                          monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                          tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('["verbatim.recall"]\nfloor = 1.0\nbest = 1.0\n', encoding="utf8")
    assert run(quality, monkeypatch, floors, "--real", "--shared", shared, "--pin") == 0
    assert list(quality.SCORERS)[:5] == list(quality.REAL)
    pinned = tomllib.loads(floors.read_text(encoding="utf8"))
    assert {figure.split(".")[0] for figure in pinned} == {"rumours", "pairs", "sources", "piles", "cases", "verbatim"}
    assert pinned["verbatim.recall"] == {"floor": 1., "best": 1.}
    assert "0 wrong" in capsys.readouterr().out


def test_a_real_figure_below_its_floor_fails(quality: ModuleType, shared: Path, commands: list[tuple[str, ...]],
                                             monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                             tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("\n".join(f'["rumours.dev_{figure}"]\nfloor = 0.05\nbest = 0.05\n'
                                for figure in ("strangers", "root")), encoding="utf8")
    assert run(quality, monkeypatch, floors, "--real", "--shared", shared) == 1
    printed = capsys.readouterr().out
    assert "1 wrong\n  rumours.dev_strangers (below)" in printed
    assert "rumours.dev_root: not measured, though it has a floor" in printed


def test_a_scorer_without_its_data_is_skipped_with_a_reason(
        quality: ModuleType, shared: Path, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (shared / "data/real/rumours-dev.jsonl").unlink()
    (shared / "cases/check.py").unlink()
    assert run(quality, monkeypatch, tmp_path / "none", "--only", "rumours", "cases", "piles", "--shared", shared) == 0
    printed = capsys.readouterr().out
    assert "rumours: skipped, there is no data/real/rumours-dev.jsonl" in printed
    assert "cases: skipped, there is no cases/check.py" in printed
    assert "piles.harbour" in printed
    assert not commands


def test_real_and_only_exclude_each_other(quality: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(quality, monkeypatch, tmp_path / "none", "--real", "--only", "cases")


def test_nothing_that_is_measured_is_missing_beside_this_checkout(quality: ModuleType) -> None:
    if not (SHARED / "eval").is_dir():
        pytest.skip(f"there is no {SHARED / 'eval'}")
    assert {name: absent for name, scorer in quality.SCORERS.items() if (absent := scorer.absent(SHARED))} == {}
