"""What stands for the code of a step: it changes with all that the step uses, and with nothing else."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from whence import code, pipeline
from whence.text.copying import lookup
from whence.text.meaning import numerals

ROOT = Path(code.__file__).parent
ASKS = ("import json, sys; from whence import code, pipeline; from pathlib import Path; kept = Path(sys.argv[1]); "
        "print(json.dumps({step.name: code.digest(step.make, kept=kept) for step in pipeline.STEPS}))")


def digests(copy: Path, kept: Path) -> dict[str, str]:
    """The steps' digests by a copy of the package."""
    answer = subprocess.run([sys.executable, "-c", ASKS, str(kept)], env={**os.environ, "PYTHONPATH": str(copy)},
                            capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(answer.stdout)
    return found


@cache
def unchanged(copy: Path) -> dict[str, str]:
    return digests(copy, copy / "code.json")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, to be changed."""
    home = tmp_path_factory.mktemp("code")
    shutil.copytree(ROOT, home / "whence", ignore=shutil.ignore_patterns("__pycache__"))
    return home


@pytest.mark.parametrize(("file", "old", "new", "stale"), [
    ("text/meaning/numerals.py", '"""A', '"""An', set()),                                      # a docstring
    ("text/copying/dates.py", "LATE = 2.0", "LATE = 2.0   # days", set()),                     # a comment
    ("text/copying/dates.py", "SURE, UPDATED, WRONG = .97, .15, .03", "SURE, UPDATED, WRONG = .97, .15, .04",
     {"lineage", "origins", "quotes"}),
    ("neural/viterbi.py", "def best(", "def best(*, unused: int = 0, ", {"attribute"}),
    ("explain/ranking.py", "LEAD = 500", "LEAD = 501", set()),                                  # shown, not derived
    ("text/meaning/data/stems.tsv", None, None, {"claims"}),
])
def test_a_changed_line_makes_stale_what_uses_it(copied: Path, tmp_path: Path, file: str, old: str | None,
                                                 new: str | None, stale: set[str]) -> None:
    path = copied / "whence" / file
    before, text = unchanged(copied), path.read_text("utf8")
    assert old is None or old in text
    path.write_text(f"{text}\nnew\tnew\n" if old is None or new is None else text.replace(old, new, 1), "utf8")
    try:
        after = digests(copied, tmp_path / "kept")
    finally:
        path.write_text(text, "utf8")
    found = {name for name in before if before[name] != after[name]}
    assert found >= stale if stale else not found


def test_files_and_libraries_are_part_of_it() -> None:
    used = set(code._read_code(None, "test").used([("whence.pipeline", "make_attribute")]))
    files = {one[1] for one in used if one[0] == "file"}
    assert {"neural/weights/reader.onnx", "neural/weights/tokenizer.json"} <= files
    assert {one[1] for one in used if one[0] == "library"} == {"onnxruntime", "tokenizers"}
    assert ("whence.neural.viterbi", "best") in {one[:2] for one in used}


def test_every_step_reaches_its_own_module() -> None:
    for step in pipeline.STEPS:
        if step.name not in ("embed", "index"):
            modules = {one[0] for one in code._read_code(None, "test").used([("whence.pipeline", step.make.__name__)])}
            assert f"whence.steps.{step.name}" in modules or step.name == "reuse", step.name


def test_what_is_kept_is_only_kept(tmp_path: Path) -> None:
    kept = tmp_path / "code.json"
    assert code.digest(lookup.Lookup, kept=kept) == code.digest(lookup.Lookup) != code.digest(numerals.numeral)
    assert json.loads(kept.read_text("utf8"))["digests"]
    kept.write_text("{", "utf8")
    code._read_code.cache_clear()
    assert code.digest(lookup.Lookup, kept=kept) == code.digest(lookup.Lookup)
