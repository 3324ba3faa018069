"""What the claims step keeps: it counts once committed, and a run that was cut off leaves nothing behind."""
from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from whence.neural.cells import PROBES
from whence.neural.embedder import SIZE
from whence.store.claimed import DOCUMENTS, STATEMENTS, Claimed


def add(state: Claimed, number: int) -> None:
    """One document, with two statements, their vectors and a pair."""
    state.add_documents(pa.table([[f"d{number}"], ["1911-05-01"], [["osier"]]], names=DOCUMENTS.names))
    first, owner = len(state), state.ordinals[f"d{number}"]
    state.add_statements(pa.table([[owner] * 2, [0, 9], [8, 20], [None, "a-1"], [f"one {number}", f"two {number}"],
                                   [None, f"said {number}"], ["one denied", None], [None, "1911-05-02"],
                                   [None, None]],
                                  names=STATEMENTS.names), [0, 1])
    two = np.array([first, first + 1])
    state.add_vectors(two, np.full((2, SIZE), number, np.int8), np.full((2, PROBES), number, np.int16))
    state.add_pairs(two[:1], two[1:], np.array([.5]))
    state.denied[first, first + 1] = f"says {number}"
    state.shared[f"pair {number}"] = "digest"
    state.manifest.parts.append(f"part-{number}")


def told(state: Claimed) -> object:
    """All that a state holds."""
    vectors, cells = state.vectors()
    arrays = [{name: array.tolist() for name, array in some.items()} for some in (state.of, state.pairs, state.links)]
    return deepcopy((state.documents.to_pylist(), state.statements.to_pylist(), state.ordinals, arrays, state.denied,
                     state.shared, vectors.tolist(), cells.tolist(), state.manifest))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_what_is_committed_is_there_again(tmp_path: Path) -> None:
    state = Claimed(tmp_path / "state")
    assert len(state) == 0
    for number in (1, 2):
        add(state, number)
        state.commit()
        assert told(Claimed(state.folder)) == told(state)
    assert state.texts([3, 0]) == ["two 2", "one 1"]
    assert state.said([3, 0]) == ["said 2", "one 1"]
    assert state.column("start").tolist() == [0, 9, 0, 9]
    assert state.of["row"].tolist() == [0, 1, 2, 3]


def test_only_the_generation_that_counts_is_kept(tmp_path: Path) -> None:
    state = Claimed(tmp_path)
    add(state, 1)
    state.commit()
    (tmp_path / "shelf-1").mkdir()
    (tmp_path / "shelf-2").mkdir()
    state.manifest.shelves["shelf"] = "shelf-2"
    state.commit()
    assert {path.name for path in tmp_path.iterdir()} == {
        "manifest.json", "vectors.bin", "cells.bin", "documents-2.arrow", "statements-2.arrow", "arrays-2.npz",
        "told-2.json", "shelf-2"}


def test_a_run_that_was_cut_off_leaves_nothing_behind(tmp_path: Path) -> None:
    state = Claimed(tmp_path)
    add(state, 1)
    state.commit()
    before = told(state)
    add(state, 2)                          # cut off before it was committed: vectors were added to their file
    again = Claimed(tmp_path)
    assert told(again) == before
    add(again, 3)
    again.commit()
    whole = Claimed(tmp_path.with_name("whole"))
    add(whole, 1)
    whole.commit()
    add(whole, 3)
    whole.commit()
    assert told(again) == told(whole)
    assert files(tmp_path)["vectors.bin"] == files(whole.folder)["vectors.bin"]


def test_a_commit_that_was_cut_off_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = Claimed(tmp_path)
    add(state, 1)
    state.commit()
    before = told(Claimed(tmp_path))
    add(state, 2)

    def cut_off(self: Path, target: object) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            state.commit()
    again = Claimed(tmp_path)
    assert told(again) == before
    again.commit()
    assert sorted(files(tmp_path)) == ["arrays-2.npz", "cells.bin", "documents-2.arrow", "manifest.json",
                                       "statements-2.arrow", "told-2.json", "vectors.bin"]


def test_a_reset_forgets_everything(tmp_path: Path) -> None:
    state = Claimed(tmp_path / "state")
    add(state, 1)
    state.commit()
    state.reset()
    assert told(state) == told(Claimed(tmp_path / "other"))
    assert not state.folder.exists()
    add(state, 2)
    state.commit()
    assert Claimed(state.folder).texts([0]) == ["one 2"]
