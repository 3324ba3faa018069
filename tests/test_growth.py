"""An archive that grows, in any order and any batches, has the passages and the lineage of one made in one go."""
from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence import growth, kin
from whence.config import Config, LineageConfig, ReuseConfig
from whence.model import Document, Family, Limit, Lineage, Passages, Reuse, Segment
from whence.steps import lineage, reuse
from whence.store.runs import Runs
from whence.store.tables import Derived, from_arrow
from whence.text.copying.collate import Comparer
from whence.text.copying.postings import ordinals

PIECES = [
    "The keeper of the old lighthouse counted eleven boats before the fog came down over the bay.",
    "Seven of them were never seen again, although their owners searched along the coast until winter.",
    "A board of inquiry sat for nine weeks in the town hall and heard forty people under oath.",
    "Its chairman wrote that the bell had been out of order since the spring and nobody had mended it.",
    "Its chairman wrote that the horn had been out of tune since the summer and nobody had seen to it.",
    "Prices of leeks rose for the third week in a row, and cooks were told to look for other greens.",
    "\n\nDo you want more news like this? Write to us and become a friend of our small paper today.",
    "\n\nAll rights reserved by the paper.",
    "Told by the Sedge Post (Sedge Post).",
]
ARTICLES = st.lists(st.tuples(st.sampled_from([None, "2031-05-03", "2031-05-04T10:00", "2031-05-20"]),
                              st.sampled_from([None, "Osier Herald", "Osier Herald", "Sedge Post", "Halm"]),
                              st.lists(st.sampled_from(PIECES), min_size=1, max_size=5)), max_size=12)
SETTINGS = Config(reuse=ReuseConfig(together=4), lineage=LineageConfig(members=3))


def article(published: str | None, publisher: str | None, pieces: Sequence[str]) -> tuple[Document, list[Segment]]:
    text = " ".join(pieces)
    sha = hashlib.sha256(f"{publisher}|{published}|{text}".encode()).hexdigest()
    teaser = text.find(PIECES[5])
    segments = [Segment(sha[:16], teaser, teaser + 60, "teaser")] if len(pieces) == 4 and teaser >= 0 else []
    return Document(sha[:16], None, None, None, None, publisher, published, None, sha, text), segments


def grown(root: Path, batches: Iterable[Sequence[tuple[Document, list[Segment]]]]) -> dict[str, list[Any]]:
    derived = Derived(root)
    found: dict[str, list[Any]] = {}
    for batch in batches:
        if batch:
            segments = [segment for _, mine in batch for segment in mine]
            derived.write("extract", "x", [d.id for d, _ in batch], {
                "documents": (Document, [d for d, _ in batch]), "segments": (Segment, segments)})
        shelf = growth.bring(growth.home(derived, SETTINGS, "x"), root / "extract" / "x", derived.parts("extract", "x"),
                             SETTINGS.reuse)
        parts = kin.bring(kin.home(derived, SETTINGS, shelf.folder), shelf, SETTINGS.lineage)
        found = {"segments": from_arrow(growth.segments(shelf), Segment),
                 "limits": growth.limits(shelf, SETTINGS.reuse), "families": [], "reuses": [], "cuts": []}
        for path in parts.values():
            for kind, row, name in (("families", Family, "families"), ("reuses", Reuse, "reuses"),
                                    ("limits", Limit, "cuts")):
                found[name] += from_arrow(pq.read_table(path / f"{kind}.parquet"), row)
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def at_once(articles: Sequence[tuple[Document, list[Segment]]]) -> dict[str, list[Any]]:
    documents = [document for document, _ in articles]
    passages: Passages = reuse.find(documents, [s for _, segments in articles for s in segments], SETTINGS.reuse)
    traced: Lineage = lineage.trace(documents, passages, SETTINGS.lineage)
    found = {"segments": passages.segments, "limits": passages.limits, "families": traced.families,
             "reuses": traced.reuses, "cuts": traced.limits}
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


@settings(max_examples=80, deadline=None)
@given(ARTICLES, st.data())
def test_any_order_and_any_batches_give_what_one_go_gives(rows: list[tuple[str | None, str | None, list[str]]],
                                                         data: st.DataObject) -> None:
    articles = list({d.id: (d, s) for d, s in (article(*row) for row in rows)}.values())
    order = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=4)))
    batches = [order[low:high] for low, high in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(growth, "BULK", data.draw(st.sampled_from([0, growth.BULK])))
        patch.setattr(kin, "SMALL", data.draw(st.sampled_from([0, kin.SMALL])))
        assert grown(Path(folder), batches) == at_once(articles)


def test_one_more_article_looks_up_instead_of_reading_all() -> None:
    articles = [article(f"2031-05-{n + 1:02}", f"Paper {n % 5}", [PIECES[n % 4], f"Number {n} of many.", PIECES[6]])
                for n in range(28)]
    with tempfile.TemporaryDirectory() as folder:
        assert grown(Path(folder), [articles[1:27], articles[27:], articles[:1]]) == at_once(articles)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "fogg", "a"])),
                                                      max_size=4)), min_size=2, max_size=7))
def test_what_a_pair_has_in_common_is_found_once(rows: list[tuple[int, list[tuple[int, str]]]]) -> None:
    articles = {}
    for n, (day, edits) in enumerate(rows):
        words = " ".join(PIECES[:4]).split()
        for place, word in edits:
            words[place] = word
        one = article(f"2031-05-{day + 1:02}", f"Paper {n}", [" ".join(words)])     # notices of one change passages
        articles[one[0].id] = one
    texts: list[frozenset[str]] = []
    compared = Comparer.runs

    def counted(comparer: Comparer, x: int, y: int, spans: Any) -> Any:
        texts.append(frozenset((comparer.texts[x], comparer.texts[y])))
        return compared(comparer, x, y, spans)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Comparer, "runs", counted)
        found = grown(Path(folder), [[one] for one in articles.values()])
        ids = {document.id: document.text for document, _ in articles.values()}
        pairs = {frozenset((r.a.document, r.b.document)) for r in found["reuses"]}
        assert len(texts) <= len(articles) * (len(articles) - 1) // 2
        assert {frozenset(ids[name] for name in pair) for pair in pairs} <= set(texts)
    assert found == at_once(list(articles.values()))


def test_what_a_killed_run_left_is_made_anew(tmp_path: Path) -> None:
    articles = [article(None, "Osier Herald", [piece, PIECES[6]]) for piece in PIECES[:5]]
    grown(tmp_path, [articles[:4]])
    (shelf,) = (tmp_path / growth.NAME).iterdir()
    (shelf / "volume-000002-000000").mkdir()
    (shelf / "state-000002").mkdir()
    assert grown(tmp_path, [articles[4:]]) == at_once(articles)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=20), max_size=6))
def test_runs_hold_what_was_added_whatever_is_merged(batches: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), "some", [])
        for n, batch in enumerate(batches):
            np.save(Path(folder) / f"some-{n}.npy", np.sort(np.array(batch, dtype=np.uint64)))
            runs.add([f"some-{n}.npy"], n)
        everything = sorted(value for batch in batches for value in batch)
        assert [value for n in range(runs.ranges()) for value in runs.range(n).tolist()] == everything
        low = np.unique(np.array(everything, dtype=np.uint64) >> np.uint64(60)) << np.uint64(60)
        assert runs.lookup(low, low + np.uint64((1 << 60) - 1)).tolist() == [
            v for v in everything if v % (1 << 60) != (1 << 60) - 1]


def test_kin_are_found_along_any_chain() -> None:
    rows = np.zeros(6, dtype=reuse.ROW)
    rows["a"], rows["b"] = [8, 7, 6, 5, 1, 3], [7, 6, 5, 4, 2, 9]
    rows["boilerplate"] = [False] * 5 + [True]
    assert kin.components(rows, 10).tolist() == [0, 1, 1, 3, 4, 4, 4, 4, 4, 9]
    assert ordinals(np.array([7], dtype=np.uint64)).tolist() == [7]
