"""View models to what a person reads on a terminal: tables, lists and one-line verdicts."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whence.model import Claim, Document, Tables, Verdict
from whence.store.index import Hit

WIDEST = 12                                # claims in the summary; chosen: what fits a screen beside the rest
LONGEST_LIST = 8                           # inputs named a reason; chosen: enough to see which; --json gives all
LONGEST_TEXT = 220                         # characters of a claim or passage in a table; chosen: three lines of it

_unprintable = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or 100 columns into a file."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=100)


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """One line that can do a terminal no harm: control and direction characters become spaces; cut with an ellipsis."""
    line = " ".join(_unprintable.sub(" ", text).split())
    return line if len(line) <= longest else line[:longest - 1].rstrip() + "…"


def verdicts(given: Sequence[Verdict], *, everything: bool = False) -> None:
    """What was taken in, and, by reason, what was not.  With `everything`, a line for each input first."""
    if everything:
        for verdict in given:
            note = f" ({verdict.note})" if verdict.note else ""
            click.echo(f"{verdict.verdict:9}  {plain(verdict.input + note, 400)}")
    count = Counter(verdict.verdict for verdict in given)
    click.echo(f"Taken in: {count['added']} new, {count['duplicate']} already here, {count['rejected']} refused.")
    if not everything:
        _reasons("refused", [v for v in given if v.verdict == "rejected"])
        _reasons("note", [v for v in given if v.verdict != "rejected" and v.note])


def _reasons(label: str, given: Sequence[Verdict]) -> None:
    by_reason: dict[str, list[str]] = {}
    for verdict in given:
        by_reason.setdefault(verdict.note or "", []).append(verdict.input)
    for reason, inputs in by_reason.items():
        more = f" and {len(inputs) - LONGEST_LIST} more" if len(inputs) > LONGEST_LIST else ""
        click.echo(f"  {label}: {plain(', '.join(inputs[:LONGEST_LIST]), 400)}{more}: {plain(reason, 400)}")


def claims(chosen: Sequence[Claim], known: Tables, *, title: str | None = None) -> Table:
    """A row a claim: its words, how many documents tell it, its origins, where it stands earliest, its conflicts."""
    documents = {document.id: document for document in known.documents}
    conflicts: dict[str, list[str]] = {}
    for conflict in known.conflicts:
        values = " / ".join(plain(told.value, 24) for told in conflict.values) if conflict.kind == "number" else ""
        conflicts.setdefault(conflict.claim, []).append(f"{conflict.kind} {values}".strip())
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    table.add_column("claim", ratio=5)
    table.add_column("told by", justify="right")
    table.add_column("origins", justify="right")
    table.add_column("earliest in this archive", ratio=2)
    table.add_column("conflicts", ratio=2)
    for claim in chosen:
        earliest = documents[claim.earliest.document]
        table.add_row(
            Text.assemble((claim.id, "dim"), "\n", plain(claim.text)),
            str(len({statement.document for statement in claim.statements})),
            origins(claim.origins.low, claim.origins.high),
            Text(plain(f"{earliest.publisher or 'publisher unknown'}, {claim.earliest.published or 'undated'}")),
            Text("; ".join(dict.fromkeys(conflicts.get(claim.id, [])))))
    return table


def origins(low: int, high: int) -> str:
    """An honest range, or the one number that it comes to.

    >>> origins(1, 3), origins(2, 2)
    ('1–3', '2')
    """
    return str(low) if low == high else f"{low}–{high}"


def hits(rows: Sequence[Mapping[str, Any]], documents: Mapping[str, Document]) -> None:
    """Where a sentence stands: who published it, and the words."""
    if not rows:
        click.echo("Nothing in this archive shares a word with it.")
    for row in rows:
        document = documents[row["document"]]
        title_only = row["start"] is None
        words = document.title or "" if title_only else document.text[row["start"]:row["end"]]
        who = plain(f"{document.publisher or 'publisher unknown'}, {document.published or 'undated'}", 80)
        click.echo(f"{row['score']:6.2f}  {who}\n        {plain(words)}")
        click.echo(f"        {plain(row['path'], 120)}{' (title)' if title_only else ''}")


def hit_row(hit: Hit, document: Document, paths: Mapping[str, str]) -> dict[str, Any]:
    """A hit as scripts read it."""
    return {"document": hit.document, "external_id": document.external_id, "path": paths[hit.document],
            "url": document.url, "score": hit.score, "start": hit.start, "end": hit.end}
