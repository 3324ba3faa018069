from __future__ import annotations

import math
import operator

import pytest

from whence.engines import local


@pytest.mark.parametrize("start", [-1.0, 60.0], ids=["in others", "in this process"])
@pytest.mark.parametrize("count", [0, 1, 5], ids=lambda n: f"{n} tasks")
def test_every_task_is_done_once(count: int, start: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "START", start)
    assert sorted(local.each(operator.neg, range(count), count)) == sorted(-n for n in range(count))


@pytest.mark.parametrize("start", [-1.0, 60.0], ids=["in others", "in this process"])
def test_an_error_ends_it_and_is_told(start: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "START", start)
    with pytest.raises(ValueError, match=r"math domain|nonnegative|expected"):
        list(local.each(math.sqrt, [1.0, -1.0, -1.0, -1.0], 4))
