from __future__ import annotations

import types
import typing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.model import (
    Attribution,
    Claim,
    Conflict,
    Document,
    Family,
    Limit,
    Member,
    Reject,
    Reuse,
    Segment,
    Sentence,
    Span,
)
from whence.store.tables import Derived, from_arrow, to_arrow

TYPES = [Attribution, Claim, Conflict, Document, Family, Limit, Reject, Reuse, Segment, Sentence]
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=4), bool: st.booleans(),
    int: st.integers(-2**63, 2**63 - 1), float: st.floats(allow_nan=False)}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that a row may hold."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is types.UnionType:
        return st.none() | values(arguments[0])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is not None:
        return st.dictionaries(PLAIN[str], PLAIN[str], max_size=2)
    hints = typing.get_type_hints(hint)
    return st.builds(hint, **{name: values(inner) for name, inner in hints.items()})


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_written_is_read_back(row: type, data: st.DataObject) -> None:
    rows = data.draw(st.lists(values(row), max_size=2))
    assert from_arrow(to_arrow(rows, row), row) == rows


def test_spans_stay_spans() -> None:
    given_ = Attribution("a", "d", "text", (Span(0, 1),), (), (), "direct", "named", "statement", None, 1.0)
    (back,) = from_arrow(to_arrow([given_], Attribution), Attribution)
    assert back.source[0].end == 1


def test_a_part_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    derived = Derived(tmp_path)
    with pytest.raises(KeyboardInterrupt), derived.building("step", "f", ["1"]):
        raise KeyboardInterrupt
    assert derived.done("step", "f") == set()
    derived.write("step", "f", ["1", "2"], {"limits": (Limit, [Limit("s", "x", 1, 2)])})
    assert derived.done("step", "f") == {"1", "2"}
    assert list(derived.read("step", "f", "limits", Limit)) == [Limit("s", "x", 1, 2)]


def test_other_fingerprints_are_swept_away(tmp_path: Path) -> None:
    derived = Derived(tmp_path)
    for fingerprint in ("old", "new"):
        derived.write("step", fingerprint, ["1"], {})
    derived.sweep("step", "new")
    assert not derived.parts("step", "old")
    assert derived.parts("step", "new")


def test_rows_are_found_by_a_value_in_a_column_or_inside_a_list(tmp_path: Path) -> None:
    derived = Derived(tmp_path)
    families = [Family(f"f-{n}", (Member(f"d{n}", 0, 9, ()), Member("both" if n < 2 else "none", 0, 9, ())), f"d{n}")
                for n in range(3)]
    derived.write("lineage", "x", ["a"], {"families": (Family, families[:2])})
    derived.write("lineage", "x", ["b"], {"families": (Family, families[2:])})

    def found(column: str, *values: str) -> list[str]:
        return sorted(f.id for f in derived.read_where("lineage", "x", "families", Family, column, values))

    assert found("members.document", "both") == ["f-0", "f-1"]
    assert found("members.document", "d0", "both", "d2") == ["f-0", "f-1", "f-2"]
    assert found("id", "f-2", "f-9") == ["f-2"]
    assert found("id") == []
