"""Parts of the statements step -> statements that are held: added, made anew where people dismissed who says them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from whence.gathering.sources import Sources
from whence.model import Rulings, Utterance
from whence.store.claimed import DOCUMENTS, STATEMENTS, Array, Claimed, digest
from whence.store.tables import read_table, to_arrow
from whence.text.copying.dates import moment
from whence.text.meaning import contents


def take_in(state: Claimed, sources: Sources) -> None:
    """Add the statements of parts that are new."""
    for part in sorted(set(sources.parts) - set(state.manifest.parts)):
        articles = read_table(sources.parts[part] / "articles.parquet")
        state.add_documents(pa.table([articles.column(name) for name in ("document", "published", "names")],
                                     names=DOCUMENTS.names))
        _add(state, read_table(sources.parts[part] / "statements.parquet"))
        state.manifest.parts.append(part)
    state.pack()


def _add(state: Claimed, rows: pa.Table) -> None:
    documents = rows.column("document").to_pylist()
    numbered = pa.array([state.ordinals[id] for id in documents], pa.int32())
    state.add_statements(pa.table([numbered, *(rows.column(name) for name in STATEMENTS.names[1:])],
                                  names=STATEMENTS.names),
                         [contents.denies(text) for text in rows.column("text").to_pylist()])


def patch(state: Claimed, sources: Sources, rulings: Rulings) -> None:
    """Make the statements of documents anew of which other attributions are dismissed than before."""
    dismissed: dict[str, list[str]] = defaultdict(list)
    for subject in rulings.dismissed:
        for place in subject.statements:
            if place.document in state.ordinals:
                dismissed[place.document].append(str(subject))
    wanted = {document: digest(*sorted(told)) for document, told in dismissed.items()}
    changed = sorted(d for d in {*wanted, *state.manifest.patched}
                     if wanted.get(d) != state.manifest.patched.get(d) and d in state.ordinals)
    if changed:
        numbers = [state.ordinals[document] for document in changed]
        state.of["alive"][np.isin(state.column("document"), numbers)] = False
        said = sources.without(changed)
        _add(state, to_arrow([one for document in changed for one in said[document]], Utterance))
    state.manifest.patched = wanted


def in_time(state: Claimed) -> Array:
    """For each statement its place in time: by when its item or its document was published, undated ones after all
    dated, and after those what is quoted only to be judged.
    """
    ids = state.documents.column("id").to_pylist()
    by_id = np.empty(len(ids), np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    documents = state.column("document")
    moments = _moments(state.documents.column("published").to_pylist())[documents]
    of_items = state.statements.column("published")
    timed = np.flatnonzero(of_items.is_valid().to_numpy())
    moments[timed] = _moments(of_items.take(pa.array(timed)).to_pylist())
    sorted_ = np.lexsort((state.column("start"), by_id[documents], moments, state.quoted_only()))
    found = np.empty(len(sorted_), np.int64)
    found[sorted_] = np.arange(len(sorted_))
    return found


def _moments(published: Sequence[str | None]) -> Array:
    known = {one: moment(one) for one in set(published)}
    return np.array([known[one] for one in published], np.float64)


def live(state: Claimed, hidden: Sequence[tuple[str, int, int]]) -> Array:
    """Which statements count: those held as they stand now, outside parts that the articles of one publisher repeat."""
    found = np.zeros(len(state), np.bool_)
    if hidden:
        documents, starts, ends = (state.column(name) for name in ("document", "start", "end"))
        parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for id, start, end in hidden:
            if id in state.ordinals:
                parts[state.ordinals[id]].append((start, end))
        for at in np.flatnonzero(np.isin(documents, list(parts))):
            found[at] = any(starts[at] < end and start < ends[at] for start, end in parts[int(documents[at])])
    counted: Array = state.of["alive"] & ~found
    return counted
