"""The command line: each command opens the archive, asks one thing of it, and prints what comes back."""
from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from whence import explain, terminal
from whence.archive import Archive
from whence.errors import ArchiveError, InputError, UsageError, WhenceError
from whence.exports.tables import FORMATS
from whence.model import Decision, DecisionKind, QuoteVerdict, Reject, Verdict

HERE = "whence-archive"
TURN = "whence.wait"
"""Where a command's context notes whether it may wait for another process."""


class Commands(click.Group):
    """Errors as one line on stderr and exit status 1, without a traceback unless `--debug` asks for it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and say what went wrong as its user would want to hear it."""
        try:
            return super().invoke(ctx)
        except WhenceError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"whence: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # The reader (head, less) has gone: nothing is wrong, and nothing more can be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except click.ClickException:
            raise
        except Exception as error:
            if ctx.params.get("debug") or isinstance(error, click.exceptions.Exit | click.Abort):
                raise
            click.echo(f"whence: {worded(error)}", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a person needs them, not of the alphabet."""
        return list(self.commands)


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SAFE = "Nothing that was taken in is lost, and the same command goes on where this one stopped"


def worded(error: Exception) -> str:
    """What went wrong outside of Whence, or in it, in one line: what, where, and how to mend it."""
    words = " ".join(str(error).split())[:300]
    full = isinstance(error, OSError) and (error.errno in FULL or "No space left" in words or "too large" in words)
    if full or (isinstance(error, sqlite3.OperationalError) and ("full" in words or "disk I/O" in words)):
        where = getattr(error, "filename", None)
        return f"{f'{where}: ' if where else ''}the disk, or what may be written to it, is full. Make room. {SAFE}"
    if isinstance(error, MemoryError):
        return f"there is not enough memory. Close other programs, or use a machine with more. {SAFE}"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or words}. See that it is there and that you may read and write it. {SAFE}"
    if isinstance(error, sqlite3.Error):
        return f"the record can't be used ({words}). `whence verify` tells what is wrong with it"
    if isinstance(error, BrokenExecutor):
        return f"a worker process ended before its time, perhaps for want of memory. {SAFE}"
    return (f"something failed that should not have ({type(error).__name__}: {words}). {SAFE}. "
            "`whence --debug ...` shows where; please report it")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="whence")
def main(debug: bool) -> None:
    """Who says it, where it stands earliest in a pile of articles, and how many independent origins stand behind it.

    Begin with a folder of saved articles (.html .txt .md .jsonl):

    \b
        whence trace my-articles/

    It reads them, prints the claims that a reader should see first, and writes report.html for the rest.
    """


def archive_option(function: Callable[..., None]) -> Callable[..., None]:
    """-a/--archive and --no-wait, the same for every command."""
    option = click.option("-a", "--archive", type=click.Path(path_type=Path, file_okay=False), envvar="WHENCE_ARCHIVE",
                          default=HERE, show_default=f"$WHENCE_ARCHIVE, else ./{HERE}", help="The archive's folder.")
    turn = click.option("--no-wait", is_flag=True, expose_value=False, callback=_note_turn,
                        help="Stop where another whence is writing to the archive, instead of waiting for it.")
    return option(turn(function))


def _note_turn(context: click.Context, parameter: click.Parameter, no_wait: bool) -> None:
    context.meta[TURN] = not no_wait


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(path_type=Path))


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Archive]:
    """The archive, with progress bars where a person is looking."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def progress(step: str, done: int, total: int) -> None:
            """Move the step's bar."""
            if step not in tasks:
                tasks[step] = bars.add_task(step)
            bars.update(tasks[step], completed=done, total=total or None)

        wait = click.get_current_context().meta.get(TURN, True)
        with Archive(path, create=create, progress=progress, wait=wait, waiting=_told(console)) as archive:
            yield archive


def _told(console: Console) -> Callable[[str], None]:
    """Says a line on stderr, once."""
    said: set[str] = set()

    def tell(line: str) -> None:
        """Print it, unless it was printed before."""
        if line not in said:
            said.add(line)
            console.print(f"whence: {line}", markup=False, highlight=False, soft_wrap=True)
    return tell


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=1))


@main.command(short_help="Take in, analyse, summarise, write report.html.")
@inputs_argument
@archive_option
@json_option
def trace(inputs: Sequence[Path], archive: Path, as_json: bool) -> None:
    """The main job in one go: take in, analyse, summarise, and write report.html.

    \b
    Examples:
        whence trace my-articles/
        whence trace page.html feed.jsonl -a dispute-2031
    """
    with opened(archive, create=True) as opened_archive:
        verdicts = opened_archive.add(*inputs)
        if nothing(verdicts):
            opened_archive.unmake()
        if as_json and nothing(verdicts):
            print_json({"verdicts": verdicts})
        elif not as_json and not (nothing(verdicts) and len(verdicts) == 1):
            terminal.verdicts(verdicts)
        complain_if_nothing(verdicts)
        stale = opened_archive.analyse()
        known = opened_archive.tables()
        page = opened_archive.report()
        failed = opened_archive.failed()
    if as_json:
        print_json({"verdicts": verdicts, "computed": [entry.step for entry in stale], "report": str(page),
                    "overview": explain.overview(known)})
    else:
        if not stale:
            click.echo("Nothing new to compute: everything was up to date.")
        seen = explain.overview(known, terminal.WIDEST)
        terminal.summary(seen)
        terminal.suggested(seen.suggestions, at(archive))
        click.echo(f"The whole of it: {page}\nWhy a number:    whence why ID{at(archive)}")
    complain_of(failed)


@main.command(short_help="Take inputs in; one verdict for each.")
@inputs_argument
@archive_option
@json_option
def add(inputs: Sequence[Path], archive: Path, as_json: bool) -> None:
    """Take inputs in; one verdict for each: added, duplicate or rejected (why).

    \b
    Example:
        whence add today/*.html
    """
    with opened(archive, create=True) as opened_archive:
        verdicts = opened_archive.add(*inputs)
        if nothing(verdicts):
            opened_archive.unmake()
    if as_json:
        print_json(verdicts)
    elif not (nothing(verdicts) and len(verdicts) == 1):
        terminal.verdicts(verdicts, everything=True)
    complain_if_nothing(verdicts)


@main.command(short_help="Bring everything derived up to date.")
@archive_option
@json_option
@click.option("--dry-run", is_flag=True, help="Say what is stale and why; compute nothing.")
def analyse(archive: Path, as_json: bool, dry_run: bool) -> None:
    """Bring everything derived up to date; does only what is stale, and says what and why.

    \b
    Example:
        whence analyse --dry-run
    """
    began = time.perf_counter()
    with opened(archive) as opened_archive:
        stale = opened_archive.plan() if dry_run else opened_archive.analyse()
        took = time.perf_counter() - began
        told = not dry_run and not as_json
        pairs, seconds = opened_archive.readings() if told and "claims" in {entry.step for entry in stale} else (0, 0.0)
        open_pairs = len(opened_archive.suggestions()) if told else 0
        failed = [] if dry_run else opened_archive.failed()
    if as_json:
        print_json(stale)
        complain_of(failed)
        return
    for entry in stale:
        noun = "article" if entry.documents == 1 else "articles"
        click.echo(f"{entry.step}: {entry.documents:,} {noun}, because {'; '.join(entry.reasons)}")
    if pairs:
        click.echo(f"The judge's network read {pairs:,} pairs of statements in {seconds:.0f} of {took:.0f} seconds.")
    if not stale:
        click.echo("Nothing to compute: everything is up to date.")
    terminal.suggested(open_pairs, at(archive))
    complain_of(failed)


@main.command(short_help="Claims with their origins, first what a reader should see first.")
@archive_option
@json_option
@click.option("--min-documents", type=click.IntRange(1), default=1, show_default=True,
              help="Only claims told by at least so many documents.")
@click.option("--conflicts", is_flag=True, help="Only claims whose statements disagree.")
@click.option("--about", metavar="WORDS", help="Only claims in which all of these words stand, in any form.")
@click.option("--source", metavar="NAME", help="Only claims told on the word of somebody of this name.")
@click.option("--publisher", metavar="NAME", help="Only claims told by an outlet of this name.")
@click.option("--since", metavar="DAY", help="Only claims told by an article of this day or a later one.")
@click.option("--until", metavar="DAY", help="Only claims told by an article of this day or an earlier one.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="At most so many; 0 for all.")
def claims(archive: Path, as_json: bool, limit: int, **asked: Any) -> None:
    """Claims by their rank, with their origins low to high: first what many articles tell near their beginnings.

    \b
    Examples:
        whence claims --min-documents 3 --conflicts
        whence claims --about "bridge closed" --source "Ann Brae" --since 2031-05-02
    """
    with opened(archive) as opened_archive:
        found = opened_archive.claims(**asked)
        index = explain.Index.of(opened_archive.tables())
    chosen = found[:limit] if limit else found
    if as_json:
        print_json(chosen)
    elif not found:
        click.echo("No claim is like that.")
    else:
        terminal.console().print(terminal.claims([explain.claim_line(index, claim) for claim in chosen]))
    if len(chosen) < len(found):
        click.echo(f"{len(found) - len(chosen):,} more: --limit 0 lists all.", err=as_json)


@main.command(short_help="The whole chain behind a claim, family or attribution.")
@click.argument("id")
@archive_option
@json_option
def why(id: str, archive: Path, as_json: bool) -> None:
    """The whole chain behind a claim, a family, an attribution, a reuse, a quotation check or a suggestion, rule by
    rule, with the values compared; for a claim also where its number, date, quotation or speaker changed on the way,
    and who carried that on.

    The beginning of an id is enough where only one begins so.

    \b
    Example:
        whence why c-4f1a
    """
    with opened(archive) as opened_archive:
        chain = opened_archive.why(id)
    if as_json:
        print_json(chain)
    else:
        click.echo(explain.why_text(chain))


@main.command(short_help="Where a sentence, or another wording of it, stands.")
@click.argument("text", required=False)
@archive_option
@json_option
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, metavar="K",
              help="At most so many documents.")
@click.option("--queries", type=click.Path(path_type=Path, dir_okay=False), metavar="Q.JSONL",
              help='Many texts at once: rows {"id", "text"}.')
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="HITS.JSONL",
              help="Where the answers to --queries go.")
def find(text: str | None, archive: Path, as_json: bool, top: int, queries: Path | None, out: Path | None) -> None:
    """Where this sentence, or another wording of it, stands: best first.

    A sentence that says the same is marked: the same words, other wording, or a contradiction (it is denied, or the
    number or date cannot both be right), each with the rule that tells. What is only about the same is not marked.

    \b
    Examples:
        whence find "The dam broke in the night"
        whence find --queries q.jsonl --top 5 --out hits.jsonl
    """
    if (text is None) == (queries is None) or (queries is None) != (out is None):
        raise click.UsageError("give either TEXT, or --queries with --out")
    if text is not None and not text.strip():
        raise click.UsageError("TEXT is empty: give the sentence to look for, in quotation marks")
    with opened(archive) as opened_archive:
        asked = [("", text)] if text is not None else read_queries(queries) if queries else []
        found = opened_archive.find_all([words for _, words in asked], top)
        known = opened_archive.near({hit.document for hits in found for hit in hits})
        related = opened_archive.relate(text, found[0]) if text is not None else []
    documents = {document.id: document for document in known.documents}
    answers = [[terminal.hit_row(hit, documents[hit.document], known.paths) for hit in hits] for hits in found]
    if out is not None:
        rows = [{"query": name, "hits": hits} for (name, _), hits in zip(asked, answers, strict=True)]
        try:
            out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")
        except OSError as error:
            raise UsageError(f"can't be written ({error.strerror})", where=str(out),
                             mend="Name a file that you may write to with --out") from None
        click.echo(f"{len(rows)} {'query' if len(rows) == 1 else 'queries'} answered: {out}")
    elif as_json:
        print_json([{**row, **msgspec.to_builtins(how)} for row, how in zip(answers[0], related, strict=True)])
    else:
        terminal.hits(answers[0], related, documents)


@main.command("check-quotes", short_help="Quotations against the texts held.")
@archive_option
@json_option
@click.option("--verdict", type=click.Choice(list(explain.VERDICTS)), help="Only quotations of this verdict.")
def check_quotes(archive: Path, as_json: bool, verdict: QuoteVerdict | None) -> None:
    """Quotations against the texts that they are said to come from: exact, altered (with what differs), shortened, not
    found; or the source is not held.

    \b
    Example:
        whence check-quotes --verdict altered
    """
    with opened(archive) as opened_archive:
        chosen = opened_archive.check_quotes(verdict)
        index = explain.Index.of(opened_archive.tables())
    if as_json:
        print_json(chosen)
        return
    shown = [check for check in chosen if verdict or check.verdict != "source_not_held"]
    if shown:
        terminal.console().print(terminal.quotations(explain.quote_lines(index, shown)))
        click.echo("[-left out-]  {+put in+}    Why a verdict: whence why ID")
    if len(shown) < len(chosen):
        click.echo(f"The source of {len(chosen) - len(shown)} more is not held: --verdict source_not_held lists them.")
    elif not chosen:
        click.echo("No such quotation in this archive.")


def read_queries(path: Path) -> list[tuple[str, str]]:
    """The ids and texts of a file of queries.  Raises InputError at the first row that is none."""
    asked = []
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read ({error})", where=str(path), mend="Name a UTF-8 file of JSON lines") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                asked.append((str(row["id"]), str(row["text"])))
            except (ValueError, KeyError, TypeError):
                raise InputError("not a query", where=f"{path}:{number}",
                                 mend='Write each row as {"id": "q1", "text": "the sentence"}') from None
    return asked


def at(archive: Path) -> str:
    """How to name this archive to the next command: not at all where it is the one that is found anyway."""
    return "" if str(archive) == HERE else f" -a {archive}"


def nothing(verdicts: Sequence[Verdict]) -> bool:
    """Whether not one input could be taken in."""
    return all(verdict.verdict == "rejected" for verdict in verdicts)


def complain_of(failed: Sequence[Reject]) -> None:
    """Raises InputError where a step failed on an article, once all else is done and told."""
    if failed:
        first = failed[0]
        more = f", and {len(failed) - 1} more; `whence export jsonl` lists them in rejects.jsonl" if failed[1:] else ""
        raise InputError(f"step {first.step}: {first.reason}{more}", where=first.input)


def complain_if_nothing(verdicts: Sequence[Verdict]) -> None:
    """Raises InputError where not one input could be taken in."""
    if nothing(verdicts):
        what = verdicts[0].note if len(verdicts) == 1 else f"none of the {len(verdicts)} inputs could be taken in"
        raise InputError(what or "nothing could be taken in", where=verdicts[0].input if len(verdicts) == 1 else None,
                         mend=None if len(verdicts) == 1 else "See the reasons above, or `whence add --json`")


@main.command(short_help="Names that may be one source, to confirm or refuse.")
@archive_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Also those that somebody decided about.")
def suggestions(archive: Path, as_json: bool, everything: bool) -> None:
    """Pairs of names that may be of one source, each with why and the commands that confirm or refuse it.

    They are counted as two until somebody says that they are one. Those that touch the most claims come first.

    \b
    Example:
        whence suggestions --all
    """
    with opened(archive) as opened_archive:
        chosen = opened_archive.suggestions(everything=everything)
        lines = explain.suggestion_lines(opened_archive.tables(), chosen, at(archive)) if chosen else []
    if as_json:
        print_json(lines)
    elif lines:
        click.echo(explain.suggestions_text(lines))
    else:
        click.echo("No two names here may be one source" + ("." if everything else ", or all are decided: --all."))


note_option = click.option("--note", metavar="TEXT", help="Why: it stays with the decision.")


@main.command(short_help="Say what is one, what is not, what to put aside; signed.")
@click.argument("kind", type=click.Choice(explain.DECIDED), metavar="|".join(explain.DECIDED))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--nobody", is_flag=True, help="Of `speaker`: nobody says it, in place of a name.")
@note_option
@archive_option
@json_option
def decide(kind: DecisionKind, ids: Sequence[str], nobody: bool, note: str | None, archive: Path,
           as_json: bool) -> None:
    """Append a decision: signed ($WHENCE_USER, else your login), dated, undone by `whence undo` and never lost.

    \b
    merge            these claims are one
    split            these statements are not of the claim that they stand in
    same-source      these names are of one source
    different-source these names are not of one source
    speaker          whoever has this name says it, or nobody (an attribution, then the name)
    dismiss          put a claim, conflict, attribution or suggestion aside
    confirm          keep it, and mark it as looked at

    An ID is that of a claim, conflict, attribution or suggestion, or its beginning; a statement, as document:start; for
    sources a name. Where two decisions contradict each other, the later one holds.

    \b
    Examples:
        whence decide merge c-4f1a c-90b2 --note "both are the count of 14 May"
        whence decide split 1f0c9a7be2d34451:120
        whence decide same-source "AMB" "Ambrel Monitoring Bureau"
        whence decide speaker a-77c0 "Ilka Soames"
    """
    if nobody and (kind != "speaker" or len(ids) != 1):
        raise click.UsageError("--nobody goes with speaker and one attribution, in place of a name.")
    with opened(archive) as opened_archive:
        made = opened_archive.decide(kind, *ids, *([""] if nobody else []), note=note)
    show_decisions(made, as_json, archive)


@main.command(short_help="Undo the last decision, or another; both stay in the log.")
@click.argument("id", required=False)
@note_option
@archive_option
@json_option
def undo(id: str | None, note: str | None, archive: Path, as_json: bool) -> None:
    """Undo the last decision that stands, or the one of this ID. What undid one can be undone by its ID.

    \b
    Example:
        whence undo d-3b0c --note "they are two counts after all"
    """
    with opened(archive) as opened_archive:
        made = opened_archive.undo(id, note)
    show_decisions([made], as_json, archive)


@main.command(short_help="Every decision: who, when, about what.")
@archive_option
@json_option
def log(archive: Path, as_json: bool) -> None:
    """Every decision, the oldest first: who made it, when, about what, and whether it was undone.

    \b
    Example:
        whence log --json
    """
    with opened(archive) as opened_archive:
        lines = opened_archive.log()
    if as_json:
        print_json(lines)
    else:
        click.echo(explain.log_text(lines))


@main.command(short_help="Say who owns which outlet, from a CSV.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@note_option
@archive_option
@json_option
def owners(file: Path, note: str | None, archive: Path, as_json: bool) -> None:
    """Take a list of who owns which outlet: a CSV with the columns outlet and owner.

    Outlets of one owner count once for `low`. The list takes the place of the one before, stands in the log as a
    decision does, and `whence undo` brings the one before back.

    \b
    Example:
        whence owners owners.csv
    """
    with opened(archive) as opened_archive:
        made = opened_archive.owners(file, note)
        unknown = opened_archive.unknown(made)
    show_decisions([made], as_json, archive)
    if unknown:
        told = ", ".join(map(explain.flat, unknown))
        click.echo(f"Not known here, so that they count for nothing yet: {told}", err=True)


def show_decisions(made: Sequence[Decision], as_json: bool, archive: Path) -> None:
    """What was decided, and how to take it back."""
    if as_json:
        print_json(made)
        return
    for decision in made:
        undid = f" of {decision.supersedes}" if decision.supersedes else ""
        click.echo(f"{decision.id}  {decision.kind}{undid}, signed {decision.user}, {decision.at}")
    click.echo(f"To take it back: whence undo {made[-1].id}{at(archive)}")


@main.command(short_help="Tables for other programs, or the report for readers.")
@click.argument("format", type=click.Choice([*FORMATS, "report"]))
@archive_option
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="The folder to write to (for `report`, the file).")
def export(format: str, archive: Path, out: Path) -> None:
    """Every table as a file, for other programs; or the report, one page for readers.

    \b
    Examples:
        whence export jsonl --out tables/
        whence export report --out dispute.html
    """
    with opened(archive) as opened_archive:
        written = opened_archive.export(format, out)
    click.echo(f"{len(written)} {'file' if len(written) == 1 else 'files'}: {out}")


@main.command(short_help="Evidence and record against their hashes.")
@archive_option
@json_option
def verify(archive: Path, as_json: bool) -> None:
    """Every byte of evidence against its hash, the record against the evidence.  Exit status 1 if anything is wrong.

    \b
    Example:
        whence verify
    """
    with opened(archive) as opened_archive:
        wrong = opened_archive.verify()
    if as_json:
        print_json(wrong)
    elif not wrong:
        click.echo("Every byte is as it was taken in.")
    for line in [] if as_json else wrong:
        click.echo(line)
    if wrong:
        raise ArchiveError(f"{len(wrong)} things do not hold together", where=str(archive),
                         mend="Restore the files named above from a copy, or add their sources again")
