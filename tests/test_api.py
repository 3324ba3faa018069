"""The public names, and what importing them costs."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import whence


def test_every_public_name_is_there() -> None:
    assert all(getattr(whence, name).__name__ == name for name in whence.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_sort"):
        _ = whence.nothing_of_the_sort


def test_a_worker_imports_neither_the_report_nor_the_reading_of_pages() -> None:
    heavy = ["jinja2", "rich", "trafilatura", "lxml", "charset_normalizer", "py3langid", "concurrent.futures.process"]
    code = f"import sys, whence.pipeline, whence.intake; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_a_script_that_its_workers_run_again_is_told_how_to_mend_it(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text("import sys, whence\nfrom whence.engines import local\narchive = whence.open('a')\n"
                      "list(local.each(len, ['', ''], 2, expected=9))\n", "utf8")
    answer = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode
    assert 'Put what your script does under `if __name__ == "__main__":`' in answer.stderr
