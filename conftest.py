"""The archive that the library's doctests speak of: `examples/`, traced once."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import whence
from whence.archive import Archive

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
