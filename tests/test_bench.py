"""The floors are held: a figure below, or a floor lowered without a reason, is refused."""
from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def quality(benchmark_script: Callable[[str], ModuleType]) -> ModuleType:
    return benchmark_script("quality")


@pytest.mark.parametrize(("figure", "value", "entry", "verdict"), [
    ("a.f1", .95, {"floor": .94, "best": .945}, "ok"),
    ("a.f1", .93, {"floor": .94, "best": .945}, "below"),
    ("a.f1", .95, {"floor": .90, "best": .945}, "lowered"),
    ("a.f1", .95, {"floor": .90, "best": .945, "why": "recall was worth more"}, "ok"),
    ("a.f1", .89, {"floor": .90, "best": .945, "why": "recall was worth more"}, "below"),
    ("a.low_error", .3, {"floor": .35, "best": .345}, "ok"),
    ("a.low_error", .4, {"floor": .35, "best": .345}, "below"),
    ("a.low_error", .3, {"floor": .40, "best": .345}, "lowered"),
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
