"""How properties are drawn, and the archive that the library's doctests speak of: `examples/`, traced once."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import whence
from whence.archive import Archive

# No timing inside tests: a slow machine is no failure.  CI draws the same cases every time; people draw new ones.
settings.register_profile("whence", deadline=None, suppress_health_check=[HealthCheck.too_slow],
                          derandomize="CI" in os.environ)
settings.load_profile("whence")

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with whence.open(tmp_path_factory.mktemp("examples") / "archive") as archive:
        archive.add(EXAMPLES)
        yield archive


@pytest.fixture(autouse=True)
def _names_in_doctests(request: pytest.FixtureRequest, doctest_namespace: dict[str, object],
                       monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a doctest, `archive` is the examples' archive and the working folder is an empty one."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace["archive"] = request.getfixturevalue("examples")
        doctest_namespace["examples"] = EXAMPLES
        monkeypatch.chdir(tmp_path)
