"""Lint and types are part of the tests."""
from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FUNCTION = 40                      # lines; the house's own bound


@pytest.mark.parametrize("tool", [["ruff", "check", "."], ["mypy"]], ids=["ruff", "mypy --strict"])
def test_tool_finds_nothing(tool: list[str]) -> None:
    found = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_functions_are_short_and_public_ones_are_documented() -> None:
    long, mute = [], []
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
                    long.append(name)
                if not node.name.startswith("_") and ast.get_docstring(node) is None:
                    mute.append(name)
    assert not long
    assert not mute
