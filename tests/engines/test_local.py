from __future__ import annotations

import math
import operator

import pytest

from whence.engines import local


@pytest.mark.parametrize("count", [0, 1, local.FEW, local.FEW + 3], ids=lambda n: f"{n} tasks")
def test_every_task_is_done_once(count: int) -> None:
    assert sorted(local.each(operator.neg, range(count))) == sorted(-n for n in range(count))


@pytest.mark.parametrize("count", [2, 6], ids=["in this process", "in others"])
def test_an_error_ends_it_and_is_told(count: int) -> None:
    with pytest.raises(ValueError, match=r"math domain|nonnegative|expected"):
        list(local.each(math.sqrt, [-1.0] * count))
