"""Small networks whose weights ship as arrays, of each name those of all networks one after the other."""
from __future__ import annotations

from dataclasses import fields
from importlib import resources
from typing import Any, TypeVar

import numpy as np

Weights = TypeVar("Weights")


def shipped(name: str, kind: type[Weights], count: int) -> tuple[Weights, ...]:
    """The weights of `count` networks from a file among those that ship, each as a `kind`: a dataclass of arrays."""
    path = resources.files("whence.neural").joinpath(f"weights/{name}")
    told: Any = kind
    with path.open("rb") as file, np.load(file) as held:
        arrays = {field.name: held[field.name].astype(np.float32) for field in fields(told)}
    return tuple(kind(**{name: array[at] for name, array in arrays.items()}) for at in range(count))
