"""The last whole state of an archive: what readers see while another process is writing."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from whence.store.tables import replace_text

FILE = "whole.json"


@dataclass(frozen=True, slots=True)
class Whole:
    """For every step the fingerprint that held and the parts that were there, and how many decisions had been made."""

    fingerprints: Mapping[str, str]
    parts: Mapping[str, Sequence[str]]
    decisions: int
    at: str


def read(folder: Path) -> Whole | None:
    """What is noted in a folder of derived tables; None where nothing is, or what is can't be read."""
    try:
        return Whole(**json.loads((folder / FILE).read_text("utf8")))
    except (OSError, ValueError, TypeError):
        return None


def write(folder: Path, whole: Whole) -> None:
    """Note it, in place of what was noted before."""
    folder.mkdir(parents=True, exist_ok=True)
    replace_text(folder / FILE, json.dumps(asdict(whole)))
