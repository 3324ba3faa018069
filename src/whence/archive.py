"""An archive as the library, the command line and the workbench hold it: take in, analyse, ask, export."""
from __future__ import annotations

import getpass
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from multiprocessing import current_process
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar
from zipfile import BadZipFile

from whence import explain, gathering, intake, reading, run
from whence.decisions import rulings, spoken, standing, undone
from whence.errors import BusyError, UsageError
from whence.exports import report, tables
from whence.inputs.owners import read_owners
from whence.model import (
    Attribution,
    Capture,
    Claim,
    Conflict,
    Decision,
    DecisionKind,
    Document,
    Family,
    Limit,
    QuoteCheck,
    QuoteVerdict,
    Reject,
    Reuse,
    Segment,
    Sentence,
    Sourced,
    Subject,
    Suggestion,
    Tables,
    Verdict,
)
from whence.neural.embedder import embedder
from whence.neural.judge import answers, cross_encoder
from whence.pipeline import GROWN, by_document
from whence.store import whole
from whence.store.evidence import hash_file
from whence.store.folder import Folder, Waiting
from whence.store.index import Hit, Index
from whence.store.tables import DAMAGE, Derived
from whence.text.meaning import names

REPORT = "report.html"
Answer = TypeVar("Answer")
Row = TypeVar("Row", Attribution, Claim, Conflict, Document, Family, QuoteCheck, Reuse, Suggestion)


def silent(step: str, done: int, total: int) -> None:
    """Progress that is shown to nobody."""


def unheard(line: str) -> None:
    """What is told to nobody."""


class State(NamedTuple):
    """What is read: every step's fingerprint, the tables that count, and the decisions that they follow."""

    prints: Mapping[str, str]
    derived: Derived
    decisions: tuple[Decision, ...]


class Archive:
    """An open archive.  Use it in a `with` statement, or close it.

    Whatever is asked of it is first brought up to date, so that no answer is ever stale; what is up to date already
    is not computed again.
    """

    def __init__(self, path: str | Path, *, create: bool = True, progress: run.Progress = silent,
                 wait: bool = True, waiting: Waiting = unheard) -> None:
        """Open the archive in the folder `path`, which is made where it is missing (or, with `create` False, refused).

        `progress` is called with a step's name, how much of it is done and how much there is.  Where another process is
        writing, a writer waits its turn and a reader sees the last whole state; `waiting` is told either in a line.
        With `wait` False a writer raises BusyError instead.
        Raises ArchiveError where something else is in the folder, UsageError in a script that doesn't keep worker
        processes from running it again (`if __name__ == "__main__":`).
        """
        if getattr(current_process(), "_inheriting", False):
            raise UsageError("opened anew by a worker process, which runs the script that started it", where=str(path),
                             mend="Put what your script does under `if __name__ == \"__main__\":`")
        self.folder = Folder(Path(path), create=create)
        self.path = self.folder.root
        self._progress = progress
        self._waiting, self._may_wait = waiting, wait
        self._tables: tuple[tuple[dict[str, str], tuple[Decision, ...]], Tables] | None = None

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
        with self._run("add", self._may_wait) as detail:
            verdicts = []
            for verdict in intake.take_in(self.folder, inputs):
                verdicts.append(verdict)
                self._progress("add", len(verdicts), 0)
            todo = run.plan(self.folder)
            run.execute(self.folder, todo, self._progress, only=("extract",))
            refused = _refused(self.folder.derived, todo.fingerprints, ["extract"])
            unread = {reject.input: reject.reason for reject in refused}
            verdicts = [_judged(verdict, unread) for verdict in verdicts]
            detail.update(Counter(verdict.verdict for verdict in verdicts))
        return verdicts

    def unmake(self) -> None:
        """Take the archive away again, where this object made it and nothing came into it.

        >>> import whence
        >>> from pathlib import Path
        >>> archive = whence.open("in-vain")
        >>> [verdict.verdict for verdict in archive.add("nowhere.txt")], archive.unmake(), Path("in-vain").exists()
        (['rejected'], None, False)
        """
        self.folder.unmake()

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

    def readings(self) -> tuple[int, float]:
        """How many pairs of statements the judge's network read when claims were last made, and the seconds it took.

        >>> pairs, seconds = archive.readings()
        >>> (pairs > 0) == (seconds > 0)
        True
        """
        prints = self._state().prints
        return gathering.readings(gathering.home(self.folder.derived, self.folder.config, prints))

    def _current(self) -> run.Plan:
        """Bring everything derived up to date; the plan of what was stale, with every step's fingerprint."""
        todo = run.plan(self.folder)
        return self._bring(wait=self._may_wait) if todo.stale else todo

    def _bring(self, wait: bool) -> run.Plan:
        """Do what is stale once the archive is this process's own; the plan of that."""
        with self._run("analyse", wait) as detail:
            todo = run.plan(self.folder)       # another process may have done it before this one held the archive
            if todo.stale:
                todo = self._execute(todo)
            detail.update({entry.step: entry.documents for entry in todo.stale})
        return todo

    def _execute(self, todo: run.Plan) -> run.Plan:
        """Do what is stale, and return what was done; where something that it reads was damaged, that is made anew
        first: tables, else what is kept besides them.
        """
        try:
            run.execute(self.folder, todo, self._progress)
            return todo
        except (*DAMAGE, EOFError, BadZipFile) as error:
            found = self._mend(todo.fingerprints)
            if not found and isinstance(error, OSError):
                raise
            if not found:
                run.forget(self.folder, (*GROWN["reuse"], reading.NAME))
                self._waiting("what is kept to grow by was damaged, and is made anew")
            again = run.plan(self.folder)
            run.execute(self.folder, again, self._progress)
            return replace(again, stale=todo.stale)

    def _state(self) -> State:
        """What is to be read: everything brought up to date, or, while another process is writing, the last state that
        was whole.
        """
        todo = run.plan(self.folder)
        if todo.stale:
            try:
                todo = self._bring(wait=False)
            except BusyError:
                held = whole.read(self.folder.derived.folder)
                if held is not None:
                    self._waiting(f"another whence is writing ({self.folder.writer()}): this is the archive as it was "
                                  f"{held.at}")
                    return State(held.fingerprints, Derived(self.folder.derived.folder, held.parts),
                                 tuple(self.folder.record.decisions()[:held.decisions]))
                todo = self._bring(wait=self._may_wait)
        derived = self.folder.derived
        parts = {step: derived.parts(step, print_) for step, print_ in todo.fingerprints.items()}
        return State(todo.fingerprints, Derived(derived.folder, parts),
                     tuple(self.folder.record.decisions()[:todo.decided]))

    def _read(self, ask: Callable[[State], Answer]) -> Answer:
        """The answer of `ask` by the state of the archive; asked again where a writer removed that state meanwhile, or
        a table was damaged and has been made anew.
        """
        mended: set[str] = set()
        while True:
            state = self._state()
            try:
                return ask(state)
            except DAMAGE:
                if self._state().prints != state.prints:
                    continue
                with self.folder.writing("mend", self._turn if self._may_wait else None):
                    found = set(self._mend(state.prints)) - mended
                if not found:
                    raise
                mended |= found

    def _mend(self, prints: Mapping[str, str]) -> list[str]:
        """The tables that were damaged: removed, to be made anew, and told."""
        found = run.mend(self.folder, prints)
        for name in found:
            self._waiting(f"{name} was damaged, and is made anew")
        return found

    @contextmanager
    def _run(self, command: str, wait: bool) -> Iterator[dict[str, object]]:
        """One writer's run, noted in the record with what it did."""
        with self.folder.writing(command, self._turn if wait else None):
            self.folder.evidence.sweep()
            number = self.folder.record.begin(command)
            detail: dict[str, object] = {}
            yield detail
            self.folder.record.end(number, detail)

    def _turn(self, writer: str) -> None:
        self._waiting(f"waiting for another whence to end ({writer})")

    # -- asking
    def tables(self) -> Tables:
        """Everything the archive knows.

        >>> tables = archive.tables()
        >>> len(tables.documents)
        15
        >>> sorted({segment.label for segment in tables.segments})
        ['comments', 'item', 'menu', 'teaser']
        """
        return self._read(self._loaded)

    def _loaded(self, state: State) -> Tables:
        current = dict(state.prints), state.decisions
        if self._tables is None or self._tables[0] != current:
            self._tables = current, self._load(state)
        return self._tables[1]

    def _load(self, state: State) -> Tables:
        prints, derived, decisions = state
        segments = [*derived.read("extract", prints["extract"], "segments", Segment),
                    *derived.read("reuse", prints["reuse"], "segments", Segment)]
        limits = [*self.folder.record.limits(), *derived.read("reuse", prints["reuse"], "limits", Limit),
                  *derived.read("lineage", prints["lineage"], "limits", Limit),
                  *derived.read("claims", prints["claims"], "limits", Limit),
                  *derived.read("quotes", prints["quotes"], "limits", Limit)]
        known = derived.done("extract", prints["extract"])
        paths = {id: path for id, path in self._paths().items() if id in known}
        unread = [replace(reject, input=paths[reject.input]) for reject in _refused(derived, prints, prints)]
        documents = _sorted(derived.read("extract", prints["extract"], "documents", Document))
        sentences = tuple(sorted(derived.read("segment", prints["segment"], "sentences", Sentence),
                                 key=lambda s: (s.document, s.start)))
        conflicts = _sorted(derived.read("conflicts", prints["conflicts"], "conflicts", Conflict))
        told = _sorted(derived.read("attribute", prints["attribute"], "attributions", Attribution))
        return Tables(
            documents=documents,
            paths=paths,
            segments=tuple(sorted(segments, key=lambda s: (s.document, s.start, s.end, s.label))),
            sentences=sentences,
            attributions=_spoken(told, documents, sentences, rulings(decisions).speakers),
            reuses=_sorted(derived.read("lineage", prints["lineage"], "reuses", Reuse)),
            families=_sorted(derived.read("lineage", prints["lineage"], "families", Family)),
            claims=explain.ranked(_sorted(derived.read("origins", prints["origins"], "claims", Claim)),
                                  {d.id: d for d in documents}, {a.id: a for a in told}, conflicts),
            conflicts=conflicts,
            rejects=tuple(sorted([*self.folder.record.rejects(), *unread], key=lambda r: (r.input, r.step))),
            limits=tuple(sorted(limits, key=lambda x: (x.step, x.subject))),
            decisions=decisions,
            suggestions=_sorted(derived.read("sources", prints["sources"], "suggestions", Suggestion)),
            quote_checks=_sorted(derived.read("quotes", prints["quotes"], "quote_checks", QuoteCheck)))

    def near(self, documents: Collection[str]) -> Tables:
        """What `find` needs to tell of these documents, by id: the documents, their claims, and what denies these.

        Other tables are empty, so that a few hits in a large archive come fast.

        >>> hits = archive.find("the ferry sailings were cancelled", top=2)
        >>> {hit.document for hit in hits} <= {d.id for d in archive.near([hit.document for hit in hits]).documents}
        True
        """
        return self._read(partial(self._near, documents))

    def _near(self, documents: Collection[str], state: State) -> Tables:
        prints, derived, decisions = state
        wanted = {*documents, *(place.document for one in decisions for place in one.subject.statements)}
        mine = list(derived.read_where("origins", prints["origins"], "claims", Claim, "statements.document", wanted))
        ids = {claim.id for claim in mine}
        conflicts = list(derived.read_where("conflicts", prints["conflicts"], "conflicts", Conflict, "claim", ids))
        denying = {value.value for one in conflicts if one.kind == "negation" for value in one.values} - ids
        others = list(derived.read_where("origins", prints["origins"], "claims", Claim, "id", denying))
        known = wanted | {statement.document for claim in others for statement in claim.statements}
        told = derived.read_where("segment", prints["segment"], "sentences", Sentence, "document", wanted)
        return Tables(
            documents=_sorted(derived.read_where("extract", prints["extract"], "documents", Document, "id", known)),
            paths={capture.id: capture.path for capture in self.folder.record.captures()}, segments=(),
            sentences=tuple(told),
            attributions=_sorted(derived.read_where("attribute", prints["attribute"], "attributions", Attribution,
                                                    "document", wanted)),
            reuses=(), families=(), claims=_sorted([*mine, *others]), conflicts=_sorted(conflicts), rejects=(),
            limits=(), decisions=decisions)

    def failed(self) -> list[Reject]:
        """What a step failed on after it had been taken in, by path: it is left out of that step, and the rest is done.

        >>> archive.failed()
        []
        """
        paths = self._paths()
        told = self._read(lambda state: list(_refused(
            state.derived, state.prints, [step for step in state.prints if step != "extract"])))
        return sorted((replace(reject, input=paths[reject.input]) for reject in told),
                      key=lambda reject: (reject.input, reject.step))

    def _paths(self) -> dict[str, str]:
        """The path of every article that was taken in, by its id."""
        return {capture.id: capture.path for capture in self.folder.record.captures()}

    def claims(self, min_documents: int = 1, *, conflicts: bool = False, about: str | None = None,
               source: str | None = None, publisher: str | None = None, since: str | None = None,
               until: str | None = None) -> list[Claim]:
        """Claims by rank, on top what a reader should see first: those told by at least so many documents; with
        `conflicts`, in conflict; `about` these words; on the word of a `source`, or told by a `publisher`, of this name
        or one that it is a part of; told by an article `since` a day, and `until` one (2031-05-02, 2031-05 or 2031).

        Those that a person dismissed come last; a conflict that a person dismissed is none.  Raises UsageError for a
        day that is none.

        >>> first = archive.claims(min_documents=3)[0]
        >>> first.rank, 1 <= first.origins.low <= first.origins.high
        (1, True)
        >>> len(archive.claims(2, about="killed at Doskala", source="Documentation Centre", until="2031-10-15"))
        1
        """
        index = explain.Index.of(self.tables())
        asked = explain.Asked(min_documents, conflicts, about, source, publisher, since, until)
        return explain.by_rank(explain.choose(index, asked), index.dismissed)

    def why(self, id: str) -> explain.Why:
        """The whole chain behind a claim (and how it changed on the way: `way`), a family, an attribution, a reuse, a
        quotation check or a suggestion.  Raises UsageError for an unknown id.

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
        return self._read(partial(self._found, texts, top))

    def _found(self, texts: Sequence[str], top: int, state: State) -> list[list[Hit]]:
        print_ = state.prints["index"]
        parts = state.derived.parts("index", print_)
        if not parts:                      # an archive without a single capture
            return [[] for _ in texts]
        opened = Index(state.derived.home("index", print_) / parts[0], embedder().vectors, answers)
        try:
            return [opened.find(text, top) for text in texts]
        finally:
            opened.close()

    def relate(self, text: str, hits: Sequence[Hit]) -> list[explain.Found]:
        """How each of the hits that `find` gave stands to `text`: the same words, other wording, or a contradiction.

        Each comes with the rules that tell, the claim that its statement stands in, and the claims that deny that one.

        >>> asked = "Nobody was killed when gendarmes cleared the protest camp at Doskala."
        >>> "contradiction" in {found.relation for found in archive.relate(asked, archive.find(asked, top=5))}
        True
        """
        known = self.near([hit.document for hit in hits])
        encoders = explain.Encoders(embedder().vectors, lambda pairs: cross_encoder().read(pairs))
        return explain.relate(text, hits, known, encoders, self.folder.config.claims)

    def check_quotes(self, verdict: QuoteVerdict | None = None) -> list[QuoteCheck]:
        """Quotations against the texts held (with `verdict` only those), altered ones before the rest.

        Raises UsageError for a verdict that is none.

        >>> [(piece.mark, piece.text[:30]) for piece in archive.check_quotes("shortened")[0].diff]
        [('same', 'I accept responsibility for wh'), ('dropped', 'but only if an inquiry shows t')]
        """
        return explain.by_verdict(self.tables(), verdict)

    def suggestions(self, *, everything: bool = False) -> list[Suggestion]:
        """Pairs of names that may be of one source and nobody decided about (with `everything`, all pairs), by id.

        `decide` with "confirm" joins the two names of one, with "dismiss" holds them apart.

        >>> all(pair.names < pair.names[::-1] for pair in archive.suggestions(everything=True))
        True
        """
        return self._read(partial(self._suggested, everything))

    @staticmethod
    def _suggested(everything: bool, state: State) -> list[Suggestion]:
        found = _sorted(state.derived.read("sources", state.prints["sources"], "suggestions", Suggestion))
        return list(found) if everything else explain.undecided(found, state.decisions)

    # -- deciding
    def decide(self, kind: DecisionKind, *ids: str, note: str | None = None, user: str | None = None) -> list[Decision]:
        """Append what a person decided: signed, dated, undone by `undo` alone, and replayed over whatever comes next.

        - `merge`: these claims (ids, or a statement of each as `document:start`) are one.
        - `split`: these statements (`document:start`) are not of the claim that they stand in.
        - `same-source`, `different-source`: these names (or attributions, by id) are of one source, or are not.
        - `speaker`: an attribution, by id, is the words of whoever has this name; of nobody, where it is empty.
        - `dismiss`, `confirm`: a claim, conflict, attribution or suggestion is put aside, or kept and marked; each is a
          decision of its own.

        Where two contradict each other, the later one holds.  `user` is $WHENCE_USER or the login's name where not
        given.  Raises UsageError for an id or name that is not there, or can't be decided so.

        >>> claim = archive.claims()[-1]
        >>> made = archive.decide("dismiss", claim.id, note="about the weather", user="ana")
        >>> [(decision.verdict, decision.user) for decision in made]
        [('dismissed', 'ana')]
        >>> _ = archive.undo(user="ana")
        """
        if kind not in explain.DECIDED:
            raise UsageError(f"{kind!r} can't be decided", mend=f"Kinds are {', '.join(explain.DECIDED)}")
        known = self.tables()
        sourced = self._read(lambda state: list(state.derived.read("sources", state.prints["sources"], "sources",
                                                                   Sourced)))
        subjects = explain.subjects(known, sourced, kind, ids)
        return [self.folder.record.decide(kind, subject, user or login(), note) for subject in subjects]

    def undo(self, id: str | None = None, note: str | None = None, user: str | None = None) -> Decision:
        """Undo the last decision that stands, or the one of this id (its beginning is enough); both stay in the log.

        What undid a decision can be undone by its id.  Raises UsageError where there is nothing to undo.

        >>> (made,) = archive.decide("dismiss", archive.claims()[0].id, user="ana")
        >>> archive.undo(user="ana").supersedes == made.id
        True
        """
        made = self.folder.record.decisions()
        gone = undone(made)
        found = standing(made)[-1:] if id is None else [d for d in made if d.id.startswith(id) and d.id not in gone]
        if len(found) != 1:
            what = "nothing stands that could be undone" if id is None else (
                f"{id} begins more than one decision's id" if found else f"{id} is no decision that stands")
            raise UsageError(what, mend="`whence log` has every decision, and which are undone")
        return self.folder.record.decide("undo", Subject("decision"), user or login(), note, found[0].id)

    def log(self) -> list[explain.LogLine]:
        """Every decision, the oldest first: who made it, when, about what, and whether it was undone.

        >>> _ = archive.decide("dismiss", archive.claims()[0].id, user="ana"), archive.undo(user="ana")
        >>> [(line.decision.kind, line.undone_by is not None) for line in archive.log()[-2:]]
        [('dismiss', True), ('undo', False)]
        """
        return list(explain.log(self.tables()))

    def owners(self, file: str | Path, note: str | None = None, user: str | None = None) -> Decision:
        """Take a list of who owns which outlet (a CSV with columns `outlet` and `owner`) in place of the one before.

        Outlets of one owner count once for `low`.  It is a decision as others are, and undone as they are.  Raises
        InputError where the file can't be read as such.

        >>> with open("owners.csv", "w") as file:
        ...     print("outlet,owner", "Ambrel Free Press,Gorge Holding", sep="\\n", file=file)
        >>> archive.owners("owners.csv", user="ana").subject.owners
        (Owned(outlet='Ambrel Free Press', owner='Gorge Holding'),)
        >>> _ = archive.undo(user="ana")
        """
        subject = Subject("owners", owners=read_owners(Path(file)))
        return self.folder.record.decide("owners", subject, user or login(), note)

    def unknown(self, made: Decision) -> list[str]:
        """The outlets of a list of owners that no article here is of, and none names.

        >>> with open("others.csv", "w") as file:
        ...     print("outlet,owner", "No Such Gazette,Gorge Holding", sep="\\n", file=file)
        >>> archive.unknown(archive.owners("others.csv", user="ana")), archive.undo(user="ana").kind
        (['No Such Gazette'], 'undo')
        """
        held = self._read(lambda state: {row.key for row in state.derived.read(
            "sources", state.prints["sources"], "sources", Sourced) if not row.attribution})
        return [owned.outlet for owned in made.subject.owners if names.outlet_key(owned.outlet) not in held]

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

        The file's folder is made where it is missing.  Raises UsageError where `out` can't be written to.

        >>> archive.report("dispute.html").name
        'dispute.html'
        """
        path = Path(out) if out is not None else self.path / REPORT
        page = report.render(self.tables())
        unfinished = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(page, encoding="utf8")
            unfinished.replace(path)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise UsageError(f"can't be written ({error.strerror})", where=str(path),
                             mend="Name a file that you may write to") from None
        return path

    def verify(self) -> list[str]:
        """Every byte of evidence against its hash, the record against its chain and the evidence, and derived tables
        against their checksums: what is wrong, or nothing.  Tables that are damaged are made anew when they are read.

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
        derived, prints = self.folder.derived, run.plan(self.folder).fingerprints
        return wrong + [f"{derived.home(step, prints[step]) / part / file}: damaged; it is made anew when it is read"
                        for step, part, file in derived.damaged(prints)]

    def _hash(self, capture: Capture) -> str:
        raw = self.folder.evidence.read(capture.blob, capture.offset, capture.length)
        return hashlib.sha256(raw).hexdigest()


def _refused(derived: Derived, prints: Mapping[str, str], steps: Iterable[str]) -> Iterator[Reject]:
    """What steps refused, by the ids of articles."""
    for step in steps:
        yield from derived.read(step, prints[step], "rejects", Reject)


def login() -> str:
    """Who decides: $WHENCE_USER, else the name that the person is logged in by.  Raises UsageError for neither."""
    try:
        return os.environ.get("WHENCE_USER", "").strip() or getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError("nobody is logged in to sign it", mend="Set WHENCE_USER to your name") from None


def _judged(verdict: Verdict, unread: dict[str, str]) -> Verdict:
    """A page that was taken in but holds no article is refused, however often it is handed in."""
    reason = unread.get(verdict.document or "")
    return replace(verdict, verdict="rejected", note=reason) if reason else verdict


def _spoken(attributions: Sequence[Attribution], documents: Sequence[Document], sentences: Sequence[Sentence],
            speakers: Sequence[Decision]) -> tuple[Attribution, ...]:
    """Attributions with the speakers that people gave."""
    wanted = {by.subject.statements[0].document for by in speakers}
    if not wanted:
        return tuple(attributions)
    given = spoken(by_document([a for a in attributions if a.document in wanted]),
                   {d.id: d for d in documents if d.id in wanted},
                   by_document([s for s in sentences if s.document in wanted]), speakers)
    mended = {a.id: a for some in given.values() for a in some}
    return tuple(mended.get(a.id, a) for a in attributions)


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.id))
