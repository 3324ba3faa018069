"""What the documentation says is what the code does."""
from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import whence
from whence import Archive

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "api.md"])
def test_generated_pages_are_fresh(name: str) -> None:
    fresh = generator().pages()[name]
    assert (ROOT / "docs" / name).read_text(encoding="utf8") == fresh, "run: python docs/generate.py"


def test_quoted_output_is_fresh(examples: Archive) -> None:
    fresh = generator().method(examples)
    assert (ROOT / "docs" / "method.md").read_text(encoding="utf8") == fresh, "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_public_names_are_pinned() -> None:
    assert whence.__all__ == [
        "Archive", "ArchiveError", "Attribution", "Claim", "ConfigError", "Decision", "Document", "Family",
        "InputError", "Tables", "UsageError", "Verdict", "WhenceError", "open"]
    assert all(hasattr(whence, name) for name in whence.__all__)


@pytest.mark.parametrize("name", [n for n in vars(whence.Archive) if not n.startswith("_") and n != "folder"])
def test_every_public_method_has_a_doctest(name: str) -> None:
    method = getattr(whence.Archive, name)
    assert ">>> " in (method.__doc__ or "")
