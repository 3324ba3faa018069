"""The changes that bench/mutants.py makes to code, and that a test which looks notices them."""
from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def bench(benchmark_script: Callable[[str], ModuleType]) -> ModuleType:
    return benchmark_script("mutants")


@pytest.mark.parametrize(("line", "changes"), [
    ("return a < b", {"a <= b", "a >= b", "return None"}),
    ("return a and b", {"a or b", "return None"}),
    ("return not a", {"a", "return None"}),
    ("return a + 1", {"a - 1", "2", "return None"}),
    ("return min(a, b)", {"max", "min(None, b)", "min(a, None)", "return None"}),
    ("return f'{a}'", {"return None"}),
    ("return a if b else 0", {"a", "0", "1", "return None"}),
    ("if a: b.c()", {"if True", "if False", "pass"}),
    ("'''Words.'''", set()),
])
def test_every_place_is_changed(bench: ModuleType, line: str, changes: set[str]) -> None:
    source = f"def rule(a: int = 3, b: str | None = None):\n    {line}\n"
    assert {mutant.after for mutant in bench.mutants("m", source)} == changes


def test_what_is_held_to_change_nothing_has_a_reason(bench: ModuleType) -> None:
    listed = tomllib.loads(bench.EQUIVALENT.read_text(encoding="utf8"))
    assert all(name.partition(": ")[0] in bench.MODULES and reason for name, reason in listed.items())
