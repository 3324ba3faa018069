"""An archive as the library, the command line and the workbench hold it: take in, analyse, ask, export."""
from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from whence import explain, intake, run
from whence.exports import report, tables
from whence.model import (
    Attribution,
    Capture,
    Claim,
    Conflict,
    Document,
    Family,
    Limit,
    Reject,
    Reuse,
    Segment,
    Sentence,
    Tables,
    Verdict,
)
from whence.store.evidence import hash_file
from whence.store.folder import Folder
from whence.store.index import FILE as INDEX
from whence.store.index import Hit, Index

REPORT = "report.html"
Row = TypeVar("Row", Attribution, Claim, Conflict, Document, Family, Reuse)


def silent(step: str, done: int, total: int) -> None:
    """Progress that is shown to nobody."""


class Archive:
    """An open archive.  Use it in a `with` statement, or close it.

    Whatever is asked of it is first brought up to date, so that no answer is ever stale; what is up to date already
    is not computed again.
    """

    def __init__(self, path: str | Path, *, create: bool = True, progress: run.Progress = silent) -> None:
        """Open the archive in the folder `path`, which is made where it is missing (or, with `create` False, refused).

        `progress` is called with a step's name, how much of it is done and how much there is.
        Raises ArchiveError where something else is in the folder.
        """
        self.folder = Folder(Path(path), create=create)
        self.path = self.folder.root
        self._progress = progress
        self._tables: tuple[dict[str, str], Tables] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the archive's files.

        >>> import whence
        >>> archive = whence.open("empty")
        >>> archive.close()
        """
        self.folder.close()

    # -- taking in and bringing up to date
    def add(self, *inputs: str | Path) -> list[Verdict]:
        """Take in files and folders: a verdict for every article or file, `added`, `duplicate` or `rejected` (why).

        >>> [(v.verdict, v.note) for v in archive.add(examples / "halyard-news.html", "nowhere.txt")]
        [('duplicate', None), ('rejected', 'not there. Check the path')]
        """
        with self._run("add") as detail:
            verdicts = []
            for verdict in intake.take_in(self.folder, inputs):
                verdicts.append(verdict)
                self._progress("add", len(verdicts), 0)
            todo = run.plan(self.folder)
            run.execute(self.folder, todo, self._progress, only=("extract",))
            unread = {reject.input: reject.reason for reject in self._unread(todo.fingerprints)}
            verdicts = [_judged(verdict, unread) for verdict in verdicts]
            detail.update(Counter(verdict.verdict for verdict in verdicts))
        return verdicts

    def plan(self) -> tuple[run.Stale, ...]:
        """What is stale and why; empty where everything derived is up to date.

        >>> import whence
        >>> with whence.open("new") as mine:
        ...     _ = mine.add(examples / "halyard-news.html")
        ...     mine.plan()[0]
        Stale(step='segment', reasons=('it never ran',), documents=1)
        """
        return run.plan(self.folder).stale

    def analyse(self) -> tuple[run.Stale, ...]:
        """Bring everything derived up to date; returns what was stale.

        >>> _ = archive.analyse()
        >>> archive.analyse()                    # the second time there is nothing to do
        ()
        """
        return self._current().stale

    def _current(self) -> run.Plan:
        """Bring everything derived up to date; the plan of what was stale, with every step's fingerprint."""
        todo = run.plan(self.folder)
        if todo.stale:
            with self._run("analyse") as detail:
                todo = run.plan(self.folder)   # another process may have done it before this one held the archive
                run.execute(self.folder, todo, self._progress)
                detail.update({entry.step: entry.documents for entry in todo.stale})
        return todo

    @contextmanager
    def _run(self, command: str) -> Iterator[dict[str, object]]:
        """One writer's run, noted in the record with what it did."""
        with self.folder.writing():
            self.folder.evidence.sweep()
            number = self.folder.record.begin(command)
            detail: dict[str, object] = {}
            yield detail
            self.folder.record.end(number, detail)

    # -- asking
    def tables(self) -> Tables:
        """Everything the archive knows.

        >>> tables = archive.tables()
        >>> len(tables.documents)
        15
        >>> sorted({segment.label for segment in tables.segments})
        ['comments', 'item', 'menu', 'teaser']
        """
        prints = dict(self._current().fingerprints)
        if self._tables is None or self._tables[0] != prints:
            self._tables = prints, self._load(prints)
        return self._tables[1]

    def _load(self, prints: dict[str, str]) -> Tables:
        derived = self.folder.derived
        segments = [*derived.read("extract", prints["extract"], "segments", Segment),
                    *derived.read("reuse", prints["reuse"], "segments", Segment)]
        limits = [*self.folder.record.limits(), *derived.read("reuse", prints["reuse"], "limits", Limit),
                  *derived.read("lineage", prints["lineage"], "limits", Limit),
                  *derived.read("claims", prints["claims"], "limits", Limit)]
        paths = {capture.id: capture.path for capture in self.folder.record.captures()}
        unread = [replace(reject, input=paths[reject.input]) for reject in self._unread(prints)]
        return Tables(
            documents=_sorted(derived.read("extract", prints["extract"], "documents", Document)),
            paths=paths,
            segments=tuple(sorted(segments, key=lambda s: (s.document, s.start, s.end, s.label))),
            sentences=tuple(sorted(derived.read("segment", prints["segment"], "sentences", Sentence),
                                   key=lambda s: (s.document, s.start))),
            attributions=_sorted(derived.read("attribute", prints["attribute"], "attributions", Attribution)),
            reuses=_sorted(derived.read("lineage", prints["lineage"], "reuses", Reuse)),
            families=_sorted(derived.read("lineage", prints["lineage"], "families", Family)),
            claims=_sorted(derived.read("origins", prints["origins"], "claims", Claim)),
            conflicts=_sorted(derived.read("claims", prints["claims"], "conflicts", Conflict)),
            rejects=tuple(sorted([*self.folder.record.rejects(), *unread], key=lambda r: (r.input, r.step))),
            limits=tuple(sorted(limits, key=lambda x: (x.step, x.subject))))

    def _unread(self, prints: Mapping[str, str]) -> list[Reject]:
        """Articles, by id, that were taken in and turned out to hold no text."""
        return list(self.folder.derived.read("extract", prints["extract"], "rejects", Reject))

    def claims(self, min_documents: int = 1, *, conflicts: bool = False) -> list[Claim]:
        """Claims told by at least so many documents (with `conflicts`, only those in conflict), widest spread first.

        >>> widest = archive.claims(min_documents=3)[0]
        >>> widest.origins.low, widest.origins.high
        (3, 5)
        """
        known = self.tables()
        disputed = {conflict.claim for conflict in known.conflicts}
        return explain.by_spread(claim for claim in known.claims if explain.spread(claim) >= min_documents
                                 and (not conflicts or claim.id in disputed))

    def why(self, id: str) -> explain.Why:
        """The whole chain behind a claim, a family, an attribution or a reuse.  Raises UsageError for an unknown id.

        >>> archive.why(archive.claims()[0].id).kind
        'claim'
        """
        return explain.why(self.tables(), id)

    def find(self, text: str, top: int = 10) -> list[Hit]:
        """Where a sentence, or another wording of it, stands: the best `top` documents, best first.

        >>> best = archive.find("the ferry sailings were cancelled", top=1)[0]
        >>> text = next(d.text for d in archive.tables().documents if d.id == best.document)
        >>> "erry s" in text[best.start:best.end]
        True
        """
        return self.find_all([text], top)[0]

    def find_all(self, texts: Sequence[str], top: int = 10) -> list[list[Hit]]:
        """`find` for many texts.

        >>> [len(hits) for hits in archive.find_all(["dam", "zzzz"], top=2)]
        [2, 0]
        """
        prints = self._current().fingerprints
        parts = self.folder.derived.parts("index", prints["index"])
        if not parts:                      # an archive without a single capture
            return [[] for _ in texts]
        opened = Index(self.folder.derived.home("index", prints["index"]) / parts[0] / INDEX)
        try:
            return [opened.find(text, top) for text in texts]
        finally:
            opened.close()

    # -- giving out
    def export(self, format: str, out: str | Path) -> list[Path]:
        """Write every table into the folder `out` (jsonl, csv, parquet), or the page to the file `out` (report).

        >>> [path.name for path in archive.export("csv", "tables")][:3]
        ['documents.csv', 'segments.csv', 'attributions.csv']
        """
        if format == "report":
            return [self.report(out)]
        return tables.write(self.tables(), format, Path(out))

    def report(self, out: str | Path | None = None) -> Path:
        """Write the report, one self-contained page (`report.html` in the archive unless `out` names another file).

        >>> archive.report("dispute.html").name
        'dispute.html'
        """
        path = Path(out) if out is not None else self.path / REPORT
        partial = path.with_name(f".{path.name}.part")
        partial.write_text(report.render(self.tables()), encoding="utf8")
        partial.replace(path)
        return path

    def verify(self) -> list[str]:
        """Every byte of evidence against its hash, and the record against the evidence: what is wrong, or nothing.

        >>> archive.verify()
        []
        """
        wrong = [f"{self.folder.record.path}: {line}" for line in self.folder.record.check()]
        evidence = self.folder.evidence
        damaged = set()
        for sha256 in evidence.hashes():
            if hash_file(evidence.path(sha256)) != sha256:
                damaged.add(sha256)
                wrong.append(f"{evidence.path(sha256)}: the bytes are not those it was kept for")
        for capture in self.folder.record.captures():
            if capture.blob not in evidence:
                wrong.append(f"{capture.path}: its evidence {capture.blob[:12]}… is missing")
            elif capture.blob not in damaged and self._hash(capture) != capture.sha256:
                wrong.append(f"{capture.path} ({capture.id}): the record does not agree with the evidence")
        return wrong

    def _hash(self, capture: Capture) -> str:
        raw = self.folder.evidence.read(capture.blob, capture.offset, capture.length)
        return hashlib.sha256(raw).hexdigest()


def _judged(verdict: Verdict, unread: dict[str, str]) -> Verdict:
    """A page that was taken in but holds no article is refused, however often it is handed in."""
    reason = unread.get(verdict.document or "")
    return replace(verdict, verdict="rejected", note=reason) if reason else verdict


def _sorted(rows: Iterator[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.id))
