"""All the data that passes between steps: frozen, slotted, and the same shape as the exported tables.

Spans are half-open pairs of Unicode code points into `Document.text` (or into the title, where a field says
so).  Identifiers are derived from content, so they are the same in every archive that holds the same inputs.
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar

SegmentLabel = Literal["boilerplate", "teaser", "comments", "menu", "header", "checked", "item"]
QuoteKind = Literal["direct", "indirect", "mixed"]
SourceKind = Literal["named", "role", "document", "anonymous", "collective", "none"]
Act = Literal["statement", "belief", "other"]
Direction = Literal["a_to_b", "b_to_a", "common_source", "unknown"]
RootKind = Literal["authority", "witness", "assertion", "unseen"]
ConflictKind = Literal["number", "date", "quotation", "attribution", "negation"]
QuoteVerdict = Literal["exact", "altered", "shortened", "not_found", "source_not_held"]
DiffMark = Literal["same", "added", "dropped", "cut", "editor"]
DecisionKind = Literal[
    "merge", "split", "same-source", "different-source", "speaker", "dismiss", "confirm", "owners", "undo"]
Ruling = Literal["same", "different", "dismissed", "confirmed", "given", "withdrawn"]
SubjectKind = Literal[
    "statements", "sources", "claim", "conflict", "attribution", "speaker", "suggestion", "owners", "decision"]

Thing = TypeVar("Thing")

ID_LENGTH = 16
"""Hex digits of a document's id: at ten million documents, two share one with a chance below 1 in 300,000."""


class Span(NamedTuple):
    """A half-open run of code points."""

    start: int
    end: int


def identify(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but its parts: `prefix-` and 12 hex digits of their SHA-256.

    >>> identify("c", "00c0ffee00c0ffee", 12)
    'c-9d9f1a87e572'
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf8', 'surrogatepass')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step decided as it did: the rule's name, its own words, and the values it compared.

    `says` is the first paragraph of the rule's docstring, so the code, the documentation and what a person reads on
    the screen are one text.
    """

    rule: str
    says: str
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Callable[..., object], **values: object) -> Reason:
        """The reason that `rule` gives, with the values it compared (floats to two decimals)."""
        shown = {name: f"{value:.2f}" if isinstance(value, float) else str(value) for name, value in values.items()}
        return cls(rule.__name__.strip("_"), _says(rule), shown)


@cache
def _says(rule: Callable[..., object]) -> str:
    return " ".join((rule.__doc__ or rule.__name__).split("\n\n")[0].split())


# -- taking in ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Capture:
    """One article's bytes as they came: `length` bytes at `offset` of the evidence file `blob`.

    `id` is the first 16 hex digits of `sha256`, the hash of exactly those bytes (for JSONL, of the row's line without
    its line end).  `format` says how to read them.  `path` is the smallest of the paths it was seen under.
    """

    id: str
    sha256: str
    blob: str
    offset: int
    length: int
    format: Literal["html", "text", "row"]
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """A capture's bytes decoded, with what came beside the text (a JSONL row's fields); None where nothing was said.

    `markup` says that `content` is HTML; otherwise it is the article's text, kept as it is.
    """

    id: str
    sha256: str
    content: str
    markup: bool
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """An input, or an article of it, that was not taken in, and why."""

    input: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one input.  `note` is set where something was lost or repaired on the way in."""

    input: str
    verdict: Literal["added", "duplicate", "rejected"]
    document: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A cut that a configured limit made: nothing is left out in silence."""

    step: str
    subject: str
    limit: int
    seen: int


# -- one document ------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Document:
    """An article's own text and what is known of it.

    `text` is what every span refers to, and never changes.  `published` is ISO 8601, as precise as known (a day, or a
    minute with its offset), else None.  Paths are not here: they belong to the record.
    """

    id: str
    external_id: str | None
    url: str | None
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    language: str | None
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the text that is not the article's own (teaser, menu, comments, boilerplate), or an item of a digest or
    live page, with the time that it states.
    """

    document: str
    start: int
    end: int
    label: SegmentLabel
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or list item, or heading) of a text, without the white space around it.

    `paragraph` counts from 0.  `form` is what it looks like: only a `statement` can become a Statement.
    """

    document: str
    start: int
    end: int
    paragraph: int
    form: Literal["statement", "question", "fragment"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what: spans of source, cue and content in the text or the title.

    `parent` is the attribution whose content holds this one ("the agency reported that the minister asked ...").
    `speaker` is the fullest name that the document gives for the source; `channel` the outlet to which the words were
    given ("told the Beacon").  `negated`: this was not said, or is denied; `hedged`: the writer leaves that open.
    """

    id: str
    document: str
    field: Literal["text", "title"]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: QuoteKind
    source_kind: SourceKind
    act: Act
    parent: str | None
    score: float
    reasons: tuple[Reason, ...] = ()
    speaker: str | None = None
    channel: str | None = None
    negated: bool = False
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the extractor's reader sees of a sentence of a document's own text: numbers, as `whose.written` has them."""

    document: str
    start: int
    numbers: str


# -- between documents -------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage that two documents share.

    `a` is the document with the smaller id; `score` is the share of words that agree, 0 to 1.
    """

    id: str
    a: Passage
    b: Passage
    score: float
    direction: Direction
    confidence: float
    boilerplate: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """A candidate for where a member's passage was taken from; `document` None is an unseen common source.

    At a confidence of .5 and above it is held to be a parent.
    """

    document: str | None
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A document's part in a family, and whom it was taken from."""

    document: str
    start: int
    end: int
    parents: tuple[Parent, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Passages that come from one text, with who took it from whom.  `earliest` is a document's id."""

    id: str
    members: tuple[Member, ...]
    earliest: str


@dataclass(frozen=True, slots=True)
class Passages:
    """What the reuse step finds: shared passages, the boilerplate it recognised, and the cuts it made."""

    reuses: tuple[Reuse, ...]
    segments: tuple[Segment, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the lineage step finds: families, the same reuses with their direction, and the cuts it made."""

    families: tuple[Family, ...]
    reuses: tuple[Reuse, ...]
    limits: tuple[Limit, ...]


# -- claims and origins ------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Value:
    """A quantity as a statement gives it: the number, what qualifies it ("at least"), its unit, and the words."""

    number: float
    qualifier: str | None
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody whom an article names, by an attribution, and the chance that a statement of it rests on him."""

    attribution: str
    chance: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """A statement before anything is joined: a sentence of an article's own text.

    `attribution` is the innermost one that says most of it, `said` what is said in it without who says it, where that
    is another text; `shown` are those whom the article may show it to rest on, the likeliest first, where it names
    nobody itself; `word` is the kind of those on whose word it is told (whose.KINDS), where that was looked at;
    `denied` is the clause that it denies in so many words; `published` is when its item says that it was published;
    `checked` is what the article finds of it, where it quotes it only in order to judge it: it is no statement then.
    """

    document: str
    start: int
    end: int
    text: str
    attribution: str | None
    said: str | None = None
    shown: tuple[Shown, ...] = ()
    word: str | None = None
    denied: str | None = None
    published: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What an article's statements are told besides themselves: when it was published, and the names in it (words)."""

    document: str
    published: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement before its root is known: a sentence of an article's own text, who says it, and its quantity;
    `published` is when its item says that it was published.
    """

    document: str
    start: int
    end: int
    attribution: str | None
    value: Value | None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Where a fact-check quotes a claim, and what it says of it in its own words."""

    document: str
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """Wordings held to say the same, earliest first, with what joined them to the first: a claim without origins.

    `copies` gives for each wording the index of the earliest one that it shares its text with (its own, where none).
    `checks` are the fact-checks that judge it.
    """

    id: str
    text: str
    wordings: tuple[Wording, ...]
    copies: tuple[int, ...]
    reasons: tuple[Reason, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """Two claims (by id, the smaller first) of which one says that it is so and the other that it is not."""

    one: str
    other: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the claims step finds: the claims-to-be, and which of them deny each other."""

    groupings: Sequence[Grouping]
    denials: Sequence[Denial]


@dataclass(frozen=True, slots=True)
class Source:
    """Whom or what an attribution names: `key` is the same for all that name the same bearer, None for nobody named.

    An `outlet` passes on what others said; `own` is the article's own newsroom.  `written` is the name as the article
    writes it, folded, before anything else was read into it.
    """

    key: str | None
    label: str
    kind: Literal["authority", "outlet", "own", "nobody"]
    reasons: tuple[Reason, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A row of what the sources step found: an attribution's source, under its name as written and as it is read.

    A row for an outlet itself has no attribution ("").
    """

    attribution: str
    written: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names (keys of sources, the smaller first) that may be of one bearer, though not plainly enough to join them.

    `labels` are the names as articles write them.
    """

    id: str
    names: tuple[str, str]
    labels: tuple[str, str]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the sources step finds.

    `of` gives each attribution's source by the attribution's id; `publisher` each document's outlet (its key);
    `credits` the outlets that a document's credit lines name, by the document's id; `labels` an outlet's name by key.
    `owners` gives an outlet's owner by its key, `apart` pairs of keys (the smaller first) that a person holds apart.
    """

    of: Mapping[str, Source]
    publisher: Mapping[str, str]
    credits: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    owners: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is known of an archive before its claims.  Each mapping is by the document's id, in the text's order."""

    documents: Mapping[str, Document]
    sentences: Mapping[str, Sequence[Sentence]]
    segments: Mapping[str, Sequence[Segment]]
    attributions: Mapping[str, Sequence[Attribution]]
    reuses: Sequence[Reuse]
    families: Sequence[Family]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article's own text, whole, with who says it and the index of its root in its claim."""

    document: str
    start: int
    end: int
    attribution: str | None
    root: int
    value: Value | None


@dataclass(frozen=True, slots=True)
class Root:
    """What a statement rests on once shared text and relays are followed back."""

    kind: RootKind
    label: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LowGroup:
    """Roots (by index) that `low` counts once, with what joined them."""

    roots: tuple[int, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind a claim: an honest range, 1 <= low <= high."""

    low: int
    high: int
    roots: tuple[Root, ...]
    low_groups: tuple[LowGroup, ...]


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest document of a claim *in this archive*."""

    document: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same: `text` is the earliest, verbatim; `reasons` say what joined the others to it.

    `rank` is 1 for what a reader should see first; it depends on all claims, and is 0 until these are known.
    """

    id: str
    text: str
    statements: tuple[Statement, ...]
    origins: Origins
    earliest: Earliest
    reasons: tuple[Reason, ...] = ()
    rank: int = 0
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One of the values that disagree, and the statements (by index in the claim) that tell it."""

    value: str
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements of one claim that disagree."""

    id: str
    claim: str
    kind: ConflictKind
    values: tuple[Told, ...]
    reasons: tuple[Reason, ...] = ()


# -- what people decide ------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement begins; `start` is None for a document's title."""

    document: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Owned:
    """An outlet and who owns it, as a person's list says."""

    outlet: str
    owner: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision refers to, in terms that survive recomputation: statements, and names of sources.

    - `statements`: of `merge`, the earliest of each claim; of `split`, those that leave the claim of the statement
      `leaves`; of a claim that is confirmed, all of it; of any other claim or conflict, the earliest of it, and for a
      denial that of the other claim too.  Of an attribution, the sentence that it begins in.
    - `names`: of sources, as they are read (their keys); of an attribution, its source in the article's words.
    - `words`: of a conflict, its kind and the values that were in conflict; of an attribution, its cue, and of the
      speaker of one the name that a person gave, too (empty for nobody).
    - `owners`: the whole list of owners.
    """

    kind: SubjectKind
    statements: tuple[Place, ...] = ()
    leaves: Place | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    owners: tuple[Owned, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, signed and dated (UTC); never changed.  An `undo` supersedes another by its id.

    `verdict` is what holds of the subject from then on, until a later decision says otherwise.
    """

    id: str
    kind: DecisionKind
    subject: Subject
    verdict: Ruling
    user: str
    at: str
    note: str | None
    supersedes: str | None


@dataclass(frozen=True, slots=True)
class Link(Generic[Thing]):
    """Two things that a decision says are one, or are not; in the latter case, `one` is what leaves."""

    one: Thing
    other: Thing
    by: Decision


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the decisions that stand ask of the steps; the later of two that contradict each other has won already."""

    one_claim: tuple[Link[Place], ...] = ()
    other_claim: tuple[Link[Place], ...] = ()
    one_source: tuple[Link[str], ...] = ()
    other_source: tuple[Link[str], ...] = ()
    dismissed: tuple[Subject, ...] = ()
    owners: tuple[Owned, ...] = ()
    speakers: tuple[Decision, ...] = ()


# -- quotations ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class HeldText:
    """What a quotation was held against: the place in a document where its words stand, None where they don't."""

    document: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Words of a quotation beside the text that it is from: the `same`, `added` to the text, or `dropped` from it.

    `cut` is dropped where the quotation marks it (with "…"), `editor` what it marks as put in (in square brackets).
    """

    mark: DiffMark
    text: str


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """A quotation held against the text that it is said to come from.

    It stands at [start, end), marks included, in its attribution's field.  `diff` is empty unless it differs.
    """

    id: str
    attribution: str
    start: int
    end: int
    verdict: QuoteVerdict
    against: HeldText | None
    diff: tuple[DiffPiece, ...]
    reasons: tuple[Reason, ...] = ()


# -- all of it ---------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Tables:
    """Everything an analysed archive knows, as the exports and the explanations read it.

    `paths` gives the path that each document (by id) was taken in from; `decisions` stand in the order of the log.
    """

    documents: tuple[Document, ...]
    paths: Mapping[str, str]
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    reuses: tuple[Reuse, ...]
    families: tuple[Family, ...]
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    rejects: tuple[Reject, ...]
    limits: tuple[Limit, ...]
    decisions: tuple[Decision, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    quote_checks: tuple[QuoteCheck, ...] = ()
