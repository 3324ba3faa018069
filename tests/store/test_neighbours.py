"""The nearest vectors, against looking through all of them."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from whence.store import neighbours
from whence.store.neighbours import Neighbours


def vectors(count: int) -> np.ndarray:
    rng = np.random.default_rng(count)
    middles = rng.normal(size=(20, 16))
    made = middles[rng.integers(20, size=count)] + rng.normal(scale=.4, size=(count, 16))
    found: np.ndarray = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return found


@pytest.mark.parametrize("count", [1, 7, 3000])
def test_a_few_rows_are_all_looked_through(tmp_path: Path, count: int) -> None:
    rows = vectors(count)
    neighbours.build(tmp_path, iter([rows[:count // 2], rows[count // 2:]]), count, 16)
    found, cosines = Neighbours(tmp_path).find(rows[0], 5)
    assert found[0] == 0 and cosines[0] == pytest.approx(1, abs=.02)
    assert (np.diff(cosines) <= 0).all() and len(found) == min(5, count)


def test_cells_find_nearly_all_that_a_full_search_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "WHOLE", 1500)
    monkeypatch.setattr(neighbours, "CELL", 100)
    rows = vectors(6000)
    neighbours.build(tmp_path, iter([rows]), len(rows), 16)
    opened = Neighbours(tmp_path)
    hit = 0
    for query in rows[::300]:
        right = set(np.argsort(-(rows @ query), kind="stable")[:10].tolist())
        found, cosines = opened.find(query, 10)
        hit += len(right & set(found.tolist()))
        assert opened.cosines(found, query) == pytest.approx(cosines)
    assert hit >= .9 * 200


def test_the_same_rows_give_the_same_files(tmp_path: Path) -> None:
    rows = vectors(500)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        neighbours.build(tmp_path / name, iter([rows]), len(rows), 16)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
