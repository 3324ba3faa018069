"""The steps in their order: what each reads, and how its pure function is run over the archive's tables."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.compute as pc

from whence import decisions, gathering, growth, kin, reading
from whence.config import Config
from whence.inputs import articles
from whence.model import (
    ArticleNames,
    Attribution,
    Capture,
    Claim,
    Conflict,
    Corpus,
    Denial,
    Document,
    Family,
    Grouped,
    Grouping,
    Limit,
    QuoteCheck,
    Reject,
    Reuse,
    Rulings,
    Seen,
    Segment,
    Sentence,
    Shown,
    Sourced,
    Sources,
    Suggestion,
    Utterance,
)
from whence.neural import whose
from whence.neural.extractor import Link
from whence.sparing import refused, spared, without_failing
from whence.steps import (
    aliases,
    attribute,
    conflicts,
    extract,
    origins,
    quotes,
    segment,
    sources,
    statements,
)
from whence.store import index
from whence.store.evidence import Evidence
from whence.store.tables import Contents, Derived, read_table, to_arrow, write_table

Row = TypeVar("Row")
Part = TypeVar("Part", Segment, Sentence, Attribution, Seen)


@dataclass(frozen=True, slots=True)
class Job:
    """One part to make: of `captures`, or of what is already filed under the name `part`.  Small, to be sent about.

    `rulings` are what people decided.
    """

    root: Path
    config: Config
    fingerprints: Mapping[str, str]
    captures: tuple[Capture, ...] = ()
    part: str = ""
    rulings: Rulings = decisions.NONE

    @property
    def derived(self) -> Derived:
        """The derived tables."""
        return Derived(self.root / "derived")

    def all(self, step: str, table: str, row: type[Row]) -> list[Row]:
        """Every row of a table that an earlier step made."""
        return list(self.derived.read(step, self.fingerprints[step], table, row))

    def some(self, step: str, table: str, row: type[Row], column: str, values: Iterable[str]) -> list[Row]:
        """The rows of a table that an earlier step made that hold one of `values` in a column."""
        return list(self.derived.read_where(step, self.fingerprints[step], table, row, column, values))

    def mine(self, step: str, table: str, row: type[Row]) -> list[Row]:
        """The rows of this part that an earlier step made."""
        return self.derived.rows(step, self.fingerprints[step], self.part, table, row)

    def corpus(self) -> Corpus:
        """All that is known before claims, by document."""
        segments = [*self.all("extract", "segments", Segment), *self.all("reuse", "segments", Segment)]
        documents = sorted(self.all("extract", "documents", Document), key=lambda d: d.id)
        return Corpus(
            documents={document.id: document for document in documents},
            sentences=by_document(sorted(self.all("segment", "sentences", Sentence), key=place)),
            segments=by_document(sorted(segments, key=place)),
            attributions=by_document(sorted(self.all("attribute", "attributions", Attribution), key=lambda a: a.id)),
            reuses=sorted(self.all("lineage", "reuses", Reuse), key=lambda r: r.id),
            families=sorted(self.all("lineage", "families", Family), key=lambda f: f.id))

    def corpus_as_decided(self) -> Corpus:
        """The same as people decided of attributions and their speakers; for steps that heed these."""
        return decisions.as_decided(self.corpus(), self.rulings)

    def write_part(self, step: str, tables: Contents) -> None:
        """File the step's tables for this part."""
        ids = self.derived.inputs("extract", self.fingerprints["extract"], self.part)
        self.derived.write(step, self.fingerprints[step], ids, tables)

    def write_whole(self, step: str, tables: Contents) -> None:
        """File the step's tables for the whole archive."""
        self.derived.write(step, self.fingerprints[step], self.ids, tables)

    @property
    def ids(self) -> list[str]:
        """The ids of the captures that the part is made from."""
        return [capture.id for capture in self.captures]


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is run.  `single` steps take documents one by one; `reads` names the steps whose tables it reads.

    `make` writes one part; the code that it uses is part of the step's fingerprint, as are the decisions of the kinds
    that it heeds: the names of fields of Rulings.
    """

    name: str
    reads: tuple[str, ...]
    single: bool
    make: Callable[[Job], None]
    heeds: tuple[str, ...] = ()


def make_extract(job: Job) -> None:
    """Captures to documents, the labelled parts of their text, and what could not be read."""
    evidence = Evidence(job.root / "evidence")
    documents: list[Document] = []
    segments: list[Segment] = []
    rejects: list[Reject] = []
    raws = iter(evidence.read_all((capture.blob, capture.offset, capture.length) for capture in job.captures))
    made = spared("extract", job.captures, lambda capture: extract.extract(
        articles.page(capture.id, capture.sha256, capture.format, next(raws)), job.config.extract), rejects)
    for found in made.values():
        if isinstance(found, Reject):
            rejects.append(found)
        else:
            documents.append(found[0])
            segments.extend(found[1])
    job.derived.write("extract", job.fingerprints["extract"], [c.id for c in job.captures], {
        "documents": (Document, documents), "segments": (Segment, segments), "rejects": (Reject, rejects)})


def make_segment(job: Job) -> None:
    """Documents to sentences."""
    rejects: list[Reject] = []
    found = spared("segment", job.mine("extract", "documents", Document),
                   lambda d: segment.sentences(d, job.config.segment), rejects)
    job.write_part("segment", {"sentences": (Sentence, _all(found)), "rejects": (Reject, rejects)})


def _all(found: Mapping[str, Iterable[Row]]) -> list[Row]:
    return [row for rows in found.values() for row in rows]


def make_attribute(job: Job) -> None:
    """Sentences to attributions."""
    sentences = by_document(job.mine("segment", "sentences", Sentence))
    segments = by_document(job.mine("extract", "segments", Segment))
    documents, config = job.mine("extract", "documents", Document), job.config.attribute
    rejects: list[Reject] = []
    spans = spared("attribute", documents, lambda d: attribute.passages(d, sentences[d.id], segments[d.id], config),
                   rejects)
    documents = [d for d in documents if d.id in spans]
    cut = {d.id: attribute.cut(d, sentences[d.id], spans[d.id]) for d in documents}
    read = reading.links(job.derived, [*(passage for some in cut.values() for passage in some),
                                       *((text, ()) for d in documents if (text := attribute.headline(d, config)))])
    known = {text: found.links for (text, _), found in read.items()}

    def links(texts: Sequence[str]) -> Sequence[Sequence[Link]]:
        """What is said in each text; contents that are read again are not known beforehand."""
        fresh = [(text, ()) for text in texts if text not in known]
        known.update((text, found.links) for (text, _), found in reading.links(job.derived, fresh).items())
        return [known[text] for text in texts]

    found = spared("attribute", documents, lambda d: attribute.attributions(d, sentences[d.id], segments[d.id], config,
                                                                            links), rejects)
    seen = spared("attribute", [d for d in documents if d.id in found], lambda d: attribute.seen(
        d, sentences[d.id], spans[d.id], [read[passage] for passage in cut[d.id]]), rejects)
    job.write_part("attribute", {"attributions": (Attribution, _all(found)), "seen": (Seen, _all(seen)),
                                 "rejects": (Reject, rejects)})


def make_embed(job: Job) -> None:
    """Sentences and titles to their vectors, which are kept by their words: the tables hold nothing."""
    documents = {d.id: d for d in job.mine("extract", "documents", Document)}
    told = job.mine("segment", "sentences", Sentence)
    reading.vectors(job.derived, [documents[s.document].text[s.start:s.end] for s in told]
                    + [d.title for d in documents.values() if d.title])
    job.write_part("embed", {})


def make_index(job: Job) -> None:
    """Sentences and titles to the index of their words and their meaning."""
    documents = {d.id: d for d in sorted(job.all("extract", "documents", Document), key=lambda d: d.id)}
    aside = by_document(s for s in job.all("extract", "segments", Segment)
                        if s.label in statements.ASIDE and s.label != "checked")
    own = (s for s in job.all("segment", "sentences", Sentence)
           if not any(s.start < part.end and part.start < s.end for part in aside.get(s.document, ())))
    told = sorted(own, key=place)
    with job.derived.building("index", job.fingerprints["index"], job.ids) as part:
        index.build(part, documents, told, lambda texts: reading.vectors(job.derived, texts))


def shelf(job: Job) -> tuple[Path, list[str]]:
    """Where the passages of all documents are kept, and the parts of the extract step that they come from."""
    extracted = job.fingerprints["extract"]
    return growth.home(job.derived, job.config, extracted), job.derived.parts("extract", extracted)


def make_reuse(job: Job) -> None:
    """Documents to the passages they share.  What is shared is kept on the shelf; the tables hold the rest."""
    folder, parts = shelf(job)
    job.derived.sweep(growth.NAME, folder.name)
    extracted = job.derived.home("extract", job.fingerprints["extract"])
    grown = growth.bring(folder, extracted, parts, job.config.reuse)
    with job.derived.building("reuse", job.fingerprints["reuse"], job.ids) as part:
        write_table(growth.segments(grown), part / "segments.parquet")
        write_table(to_arrow(growth.limits(grown, job.config.reuse), Limit), part / "limits.parquet")


def make_lineage(job: Job) -> None:
    """Shared passages to families."""
    folder, parts = shelf(job)
    grown = growth.bring(folder, job.derived.home("extract", job.fingerprints["extract"]), parts, job.config.reuse)
    kept = kin.home(job.derived, job.config, folder)
    job.derived.sweep(kin.NAME, kept.name)
    for name, path in kin.bring(kept, grown, job.config.lineage).items():
        job.derived.adopt("lineage", job.fingerprints["lineage"], name, path)
    job.write_whole("lineage", {"families": (Family, []), "reuses": (Reuse, []), "limits": (Limit, [])})


def make_statements(job: Job) -> None:
    """Sentences and attributions to statements, and the names in their articles."""
    unread = {reject.input for reject in job.mine("attribute", "rejects", Reject)}   # who says it isn't known
    documents = [d for d in job.mine("extract", "documents", Document) if d.id not in unread]
    sentences = by_document(job.mine("segment", "sentences", Sentence))
    segments = by_document(job.mine("extract", "segments", Segment))
    told = by_document(job.mine("attribute", "attributions", Attribution))
    seen = by_document(job.mine("attribute", "seen", Seen))
    rejects: list[Reject] = []
    names = spared("statements", documents, statements.names_of, rejects)
    said = spared("statements", [d for d in documents if d.id in names], lambda d: statements.of_document(
        d, sentences[d.id], segments[d.id], told[d.id], seen[d.id]), rejects)
    job.write_part("statements", {"statements": (Utterance, _all(said)), "rejects": (Reject, rejects),
                                  "articles": (ArticleNames, list(names.values()))})


def make_claims(job: Job) -> None:
    """Statements to groups that say the same, and which of these deny each other."""
    folder = gathering.home(job.derived, job.config, job.fingerprints)
    job.derived.sweep(gathering.NAME, folder.name)
    shelves = gathering.bring(folder, _sources(job), job.config.claims, job.rulings)
    for name, path in shelves.items():
        job.derived.adopt("claims", job.fingerprints["claims"], name, path)
    job.write_whole("claims", {})


def _sources(job: Job) -> gathering.Sources:
    """Where the claims step finds what it reads."""
    derived, prints = job.derived, job.fingerprints
    parts = {part: derived.home("statements", prints["statements"]) / part
             for part in derived.parts("statements", prints["statements"])}
    passages = [derived.home("lineage", prints["lineage"]) / part
                for part in derived.parts("lineage", prints["lineage"])]
    hidden = [(s.document, s.start, s.end) for s in job.all("reuse", "segments", Segment)
              if s.label in statements.ASIDE]
    return gathering.Sources(parts, passages, prints["lineage"], hidden, partial(_texts, job), partial(_without, job),
                             partial(reading.vectors, derived), partial(reading.judged, derived))


def _texts(job: Job, documents: Iterable[str]) -> dict[str, str]:
    """The texts of documents, by id."""
    return {d.id: d.text for d in job.some("extract", "documents", Document, "id", documents)}


def _without(job: Job, documents: Sequence[str]) -> dict[str, tuple[Utterance, ...]]:
    """The statements of documents as they are without the attributions that people dismissed."""
    held = {d.id: d for d in job.some("extract", "documents", Document, "id", documents)}
    sentences = by_document(sorted(job.some("segment", "sentences", Sentence, "document", documents), key=place))
    segments = by_document(job.some("extract", "segments", Segment, "document", documents))
    told = by_document(job.some("attribute", "attributions", Attribution, "document", documents))
    seen = by_document(job.some("attribute", "seen", Seen, "document", documents))
    corpus = Corpus(held, sentences, segments, told, (), ())
    kept = decisions.without(corpus, job.rulings.dismissed)
    return {id: statements.of_document(held[id], sentences[id], segments[id], kept.attributions[id], seen[id])
            for id in documents}


def make_sources(job: Job) -> None:
    """Attributions to whom they name, and which names may be one."""
    corpus, rejects = job.corpus_as_decided(), list[Reject]()
    read = resolved(job, corpus, rejects)
    decided = aliases.decide(read, corpus, job.rulings)
    bearers = [Sourced(a, s.written, s.key, s.label) for a, s in sorted(decided.of.items()) if s.key is not None]
    bearers += [Sourced("", key, key, label) for key, label in sorted(decided.labels.items())]
    job.write_whole("sources", {"sources": (Sourced, bearers), "suggestions": (Suggestion, aliases.suggest(read)),
                                "rejects": (Reject, rejects)})


def resolved(job: Job, corpus: Corpus, rejects: list[Reject]) -> Sources:
    """Whom attributions name; the articles on which that fails, without theirs, and told in `rejects`."""
    def attempt(documents: Sequence[str]) -> Sources:
        """By the attributions of these alone."""
        some = {id: corpus.attributions.get(id, ()) for id in documents}
        return sources.resolve(replace(corpus, attributions=some), _passing(job))

    return without_failing(sorted(corpus.documents), attempt,
                           lambda id, error: rejects.append(refused("sources", id, error)))


def make_conflicts(job: Job) -> None:
    """Groups and sources to what disagrees in each."""
    corpus = job.corpus_as_decided()
    groupings, rejects = job.all("claims", "groupings", Grouping), list[Reject]()
    denials, who = job.all("claims", "denials", Denial), named(job, corpus)

    def attempt(some: Sequence[Grouping]) -> Sequence[Conflict]:
        """Of these groups, and the denials among them."""
        held = {grouping.id for grouping in some}
        return conflicts.find(Grouped(some, [d for d in denials if {d.one, d.other} <= held]), corpus, who)

    found = without_failing(groupings, attempt, partial(_note, "conflicts", rejects))
    job.write_whole("conflicts", {"conflicts": (Conflict, found), "rejects": (Reject, rejects)})


def _note(step: str, rejects: list[Reject], grouping: Grouping, error: Exception) -> None:
    rejects.append(refused(step, grouping.wordings[0].document, error))


def make_origins(job: Job) -> None:
    """Groups to claims with their roots, low and high."""
    corpus = job.corpus_as_decided()
    groupings, rejects = job.all("claims", "groupings", Grouping), list[Reject]()
    who, rests = named(job, corpus), _rests(job)
    found = without_failing(groupings, lambda some: origins.count(some, corpus, who, job.config.origins, rests),
                            partial(_note, "origins", rejects))
    job.write_whole("origins", {"claims": (Claim, found), "rejects": (Reject, rejects)})


def _rests(job: Job) -> dict[tuple[str, int], list[Shown]]:
    """Those on whom statements may rest that name nobody, by document and start."""
    return {(document, start): [Shown(one["attribution"], one["chance"]) for one in shown]
            for shown, document, start in _told(job, ["shown", "document", "start"]) if shown}


def _told(job: Job, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Columns of the statements that have something in the first of them."""
    home = job.derived.home("statements", job.fingerprints["statements"])
    for part in job.derived.parts("statements", job.fingerprints["statements"]):
        table = read_table(home / part / "statements.parquet", columns)
        table = table.filter(pc.is_valid(table.column(columns[0])))
        yield from zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def make_quotes(job: Job) -> None:
    """Quotations to what became of them, where the text that they are from is held."""
    corpus = job.corpus_as_decided()
    who, rejects = named(job, corpus), list[Reject]()

    def attempt(some: Sequence[str]) -> tuple[Sequence[QuoteCheck], Sequence[Limit]]:
        """Of the quotations in these articles, against all texts."""
        told = {id: corpus.attributions.get(id, ()) for id in some}
        return quotes.check(replace(corpus, attributions=told), who, job.config.quotes)

    found, limits = without_failing(sorted(corpus.documents), attempt,
                                    lambda id, error: rejects.append(refused("quotes", id, error)))
    job.write_whole("quotes", {"quote_checks": (QuoteCheck, found), "limits": (Limit, limits),
                               "rejects": (Reject, rejects)})


def named(job: Job, corpus: Corpus) -> Sources:
    """Whom attributions name, as people decided."""
    return aliases.decide(resolved(job, corpus, []), corpus, job.rulings)


def _passing(job: Job) -> dict[str, int]:
    """For attributions how many more of their statements are told on an outlet's word than on an authority's."""
    counts: dict[str, int] = defaultdict(int)
    for attribution, word in _told(job, ["attribution", "word"]):
        counts[attribution] += (word == whose.KINDS[whose.OUTLET]) - (word == whose.KINDS[whose.AUTHORITY])
    return counts


def place(row: Segment | Sentence) -> tuple[str, int, int]:
    """Sorts by document, then by the text's order."""
    return row.document, row.start, row.end


def by_document(rows: Iterable[Part]) -> Mapping[str, list[Part]]:
    """Rows by the document they belong to; a document without rows has an empty list."""
    found: dict[str, list[Part]] = defaultdict(list)
    for row in rows:
        found[row.document].append(row)
    return found


GROWN = {"reuse": (growth.NAME, kin.NAME, gathering.NAME), "lineage": (kin.NAME, gathering.NAME),
         "claims": (gathering.NAME,)}
"""What steps keep besides their tables, of which these are links: where a table is damaged, so is that."""

STEPS = (
    Step("extract", (), True, make_extract),
    Step("segment", ("extract",), True, make_segment),
    Step("attribute", ("extract", "segment"), True, make_attribute),
    Step("embed", ("extract", "segment"), True, make_embed),
    Step("index", ("extract", "segment", "embed"), False, make_index),
    Step("reuse", ("extract",), False, make_reuse),
    Step("lineage", ("extract", "reuse"), False, make_lineage),
    Step("statements", ("extract", "segment", "attribute"), True, make_statements),
    Step("claims", ("extract", "segment", "attribute", "embed", "statements", "reuse", "lineage"), False, make_claims,
         ("one_claim", "other_claim", "dismissed")),
    Step("sources", ("extract", "segment", "attribute", "statements", "lineage"), False, make_sources,
         ("one_source", "other_source", "dismissed", "speakers")),
    Step("conflicts", ("claims", "sources"), False, make_conflicts,
         ("one_source", "other_source", "dismissed", "speakers")),
    Step("origins", ("statements", "claims", "sources"), False, make_origins,
         ("one_source", "other_source", "owners", "dismissed", "speakers")),
    Step("quotes", ("extract", "segment", "attribute", "statements", "lineage"), False, make_quotes,
         ("one_source", "other_source", "dismissed", "speakers")),
)
