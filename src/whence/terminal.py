"""View models to what a person reads on a terminal: tables, lists and one-line verdicts."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whence.explain import ClaimLine, Found, Overview, QuoteLine
from whence.explain.words import cut
from whence.model import Document, Verdict
from whence.store.index import Hit

WIDEST = 12                                # claims in the summary; chosen: what fits a screen beside the rest
LONGEST_LIST = 8                           # inputs named a reason; chosen: enough to see which; --json gives all
LONGEST_SPEAKER = 80                       # characters of a speaker; chosen: a line beside the id
LONGEST_TEXT = 220                         # characters of a passage; chosen: three lines of a terminal
LONGEST_LINE = 400                         # characters of a verdict with its path; chosen: paths can be long


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or 100 columns into a file."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=100)


def verdicts(given: Sequence[Verdict], *, everything: bool = False) -> None:
    """What was taken in, and, by reason, what was not.  With `everything`, a line for each input first."""
    if everything:
        for verdict in given:
            note = f" ({verdict.note})" if verdict.note else ""
            click.echo(f"{verdict.verdict:9}  {cut(verdict.input + note, LONGEST_LINE)}")
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
        named = cut(", ".join(inputs[:LONGEST_LIST]), LONGEST_LINE)
        click.echo(f"  {label}: {named}{more}: {cut(reason, LONGEST_LINE)}")


def summary(seen: Overview) -> None:
    """The archive in two lines, and the claims that rank first."""
    days = [_day(when) for when in (seen.from_day, seen.to_day) if when]
    dates = " to ".join(dict.fromkeys(days)) or "undated"
    click.echo(f"The archive: {_count(seen.documents, 'article')} by {_count(seen.publishers, 'publisher')}, {dates}; "
               f"{_count(seen.statements, 'statement')}, {_count(seen.attributions, 'attribution')}, "
               f"{_count(seen.families, 'family', 'families')} of shared text.")
    if seen.indirect_unread:
        click.echo(f"  {_count(seen.indirect_unread, 'article')} in other languages than English: not read for "
                   "indirect speech, only for direct quotations")
    for limit in seen.limits:
        over = f"{limit.subject}: {limit.seen:,}, more than {limit.limit:,}"
        click.echo(cut(f"  cut short in {limit.step}: {over}", LONGEST_LINE))
    first = [line for line in seen.first if line.documents > 1]
    if first:
        console().print(claims(first, title="The claims to look at first"))
    else:
        click.echo("No claim is told by more than one article.")


def suggested(pairs: int, options: str) -> None:
    """That some names may be one source, and how to see which."""
    if pairs:
        click.echo(f"{_count(pairs, 'pair')} of names may be one source, which may change origins: "
                   f"whence suggestions{options}")


def _day(when: str) -> str:
    """A date as the views write it, without the time of day."""
    return when.split(",")[0]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def claims(chosen: Sequence[ClaimLine], *, title: str | None = None) -> Table:
    """A row a claim: its words and whose they are, how many documents tell it, its origins, and what disagrees."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, expand=True)
    table.add_column("claim", ratio=8)
    table.add_column("told\nby", justify="right")
    table.add_column("origins", justify="right")
    table.add_column("earliest in\nthis archive", ratio=3)
    table.add_column("conflicts", ratio=3)
    for line in chosen:
        speaker = cut(line.speaker, LONGEST_SPEAKER)
        words = Text.assemble((line.id, "dim"), "  ", (speaker, "italic"), "\n", line.text, "\n",
                              (f"{line.decided}\n" if line.decided else "", "dim"))
        disputed = "; ".join(line.conflicts) + (f": {', '.join(line.values)}" if line.conflicts and line.values else "")
        checked = f"checked by {', '.join(line.checked_by)}" if line.checked_by else ""
        table.add_row(words, str(line.documents), line.origins, Text(f"{line.earliest}\n{_day(line.published)}"),
                      Text("\n".join(filter(None, (disputed, checked)))))
    return table


def quotations(chosen: Sequence[QuoteLine]) -> Table:
    """A row a quotation: what became of it, its words, who is quoted where, and what it was held against."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("verdict", ratio=3)
    table.add_column("quotation", ratio=8)
    table.add_column("who, and where", ratio=4)
    table.add_column("against", ratio=4)
    for line in chosen:
        who = cut(line.who, LONGEST_SPEAKER)
        table.add_row(Text.assemble(line.verdict, "\n", (line.id, "dim")), Text(f"{line.quotation}\n"),
                      Text(f"{who}\n{line.where}"), Text(line.against))
    return table


def hits(rows: Sequence[Mapping[str, Any]], related: Sequence[Found], documents: Mapping[str, Document]) -> None:
    """Where a sentence stands: who published it, the words, and how they stand to what was asked."""
    if not rows:
        click.echo("Nothing in this archive shares a word with it.")
    elif not any(how.relation for how in related):
        click.echo("Nothing in this archive says that, or the contrary, as far as the judge can tell. The nearest:")
    for row, how in zip(rows, related, strict=True):
        document = documents[row["document"]]
        title_only = row["start"] is None
        words = document.title or "" if title_only else document.text[row["start"]:row["end"]]
        who = cut(f"{document.publisher or 'publisher unknown'}, {document.published or 'undated'}", LONGEST_SPEAKER)
        click.echo(f"{row['score']:6.2f}  {f'[{how.relation}] ' if how.relation else ''}{who}")
        click.echo(f"        {cut(words, LONGEST_TEXT)}")
        for reason in how.reasons[:1]:
            compared = "; ".join(f"{name} = {value}" for name, value in reason.values.items())
            click.echo(f"        {cut(f'{reason.rule}: {compared}'.replace('_', ' '), LONGEST_TEXT)}")
        claim = f"; claim {how.claim}, origins {_range(how)}" if how.claim else ""
        click.echo(f"        {cut(row['path'], LONGEST_TEXT)}{' (title)' if title_only else ''}{claim}")
    _denied(related, documents)


def _range(how: Found) -> str:
    return str(how.low) if how.low == how.high else f"{how.low}–{how.high}"


def _denied(related: Sequence[Found], documents: Mapping[str, Document]) -> None:
    """The claims that deny what was found, each once."""
    against = {contrary.claim: contrary for how in related for contrary in how.contradicted_by}
    if against:
        click.echo("\nClaims that deny one of these:")
    for contrary in against.values():
        publisher = documents[contrary.document].publisher or "publisher unknown"
        click.echo(f"  {contrary.claim}  {cut(contrary.text, LONGEST_TEXT)} ({cut(publisher, LONGEST_SPEAKER)})")


def hit_row(hit: Hit, document: Document, paths: Mapping[str, str]) -> dict[str, Any]:
    """A hit as scripts read it."""
    return {"document": hit.document, "external_id": document.external_id, "path": paths[hit.document],
            "url": document.url, "score": hit.score, "start": hit.start, "end": hit.end}
