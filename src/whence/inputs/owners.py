"""A CSV of outlets and who owns them -> its rows, checked."""
from __future__ import annotations

import csv
from pathlib import Path

from whence.errors import InputError
from whence.model import Owned

COLUMNS = ("outlet", "owner")
MEND = "Write a first line outlet,owner and below it a line for each outlet"


def read_owners(file: Path) -> tuple[Owned, ...]:
    """The rows of the file by outlet; other columns are passed over.  A file without rows is an empty list.

    Raises InputError where it is not UTF-8 or no such CSV, where a cell is empty, or where one outlet has two owners.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not set(COLUMNS) <= set(rows.fieldnames or ()):
                raise InputError(f"it has no columns {' and '.join(COLUMNS)}", where=str(file), mend=MEND)
            return _checked(file, [(rows.line_num, row["outlet"] or "", row["owner"] or "") for row in rows])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"it can't be read ({error})", where=str(file), mend=f"Name a CSV in UTF-8. {MEND}") from None


def _checked(file: Path, rows: list[tuple[int, str, str]]) -> tuple[Owned, ...]:
    owners: dict[str, str] = {}
    for line, *cells in rows:
        outlet, owner = (cell.strip() for cell in cells)
        if not outlet or not owner:
            raise InputError("an outlet or its owner is not named", where=f"{file}:{line}", mend=MEND)
        if owners.setdefault(outlet, owner) != owner:
            raise InputError(f"{outlet} has two owners, {owners[outlet]} and {owner}", where=f"{file}:{line}",
                             mend="Keep the one that counts: the owner of both, if there is one")
    return tuple(Owned(outlet, owner) for outlet, owner in sorted(owners.items()))
