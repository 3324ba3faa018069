"""Attributions and credit lines -> whom they name: authorities, outlets, the article's own newsroom, or nobody."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from whence.model import Attribution, Corpus, Document, Reason, Source, Sources
from whence.text.meaning import names, newsroom
from whence.text.normalize import words

VERSION = 1
LONGEST = 300
"""Code points of the longest source that is read.  Chosen: a longer one is a misread sentence."""

PRONOUNS = frozenset("he she they it who which i we you".split())
BACKWARD = frozenset("he she it who".split())
"""Pronouns that stand for whoever was named last."""
NOBODY = frozenset(
    "expert experts source sources official officials analyst analysts critic critics observer observers witness "
    "witnesses resident residents people person some many others several man woman men women insider insiders report "
    "reports rumour rumours rumor rumors media everyone nobody someone somebody anybody activist activists local "
    "locals neighbour neighbours neighbor neighbors user users study studies researcher researchers scientist "
    "scientists spokesman spokeswoman spokesperson spokespeople statement aide aides diplomat diplomats colleague "
    "colleagues friend friends relative relatives doctor doctors lawyer lawyers worker workers survivor survivors "
    "victim victims eyewitness eyewitnesses bystander bystanders author authors article articles story paper "
    "documents document agent agents investigator investigators one those these that this all most few reporter "
    "reporters journalist journalists".split())
"""Words for speakers whom nobody can look up by them: a name or a body must stand beside them."""
INSTITUTIONS = frozenset("police parliament congress prosecutors government ministry army navy military court senate "
                         "customs opposition management".split())
"""Bodies that are named without an article or a name of their own."""
_UNCERTAIN = frozenset("a an some many several two three one other few".split())
_DEFINITE = frozenset("the his her its their our".split())
_SPEAKS_FOR = re.compile(
    r"^(?:(?:the|a|an|its|their|one|two|several|some)\s+)?(?:[\w’'-]+\s+){0,2}"
    r"(?:spokes(?:man|woman|person|people)|officials?|statement|report|press release|representatives?|sources?|study|"
    r"survey|letter|figures|data|documents?|members?|director|head|chief|chairman|chairwoman|president|secretary)\s+"
    r"(?:for|of|from|at|by|with|in|inside|within)\s+(?P<body>(?:the\s+)?\S.*)$", re.IGNORECASE | re.DOTALL)
_SPOKESMAN_NAME = re.compile(r"^(?:\w+ ){0,3}spokes(?:man|woman|person) (?=[A-Z])")
_BRACKET = re.compile(r"\s*\([^)]{0,60}\)")
_PLACED = re.compile(r"\b(?:of|in|from|at|for|by|near|with|and)\b")
_PARTS = re.compile(r",\s+(?!and\b)| – | — ")

Folded = tuple[str, ...]
"""A name's folded words."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as an attribution has it: its words as written, folded, with acronyms spelt out, and whether they tell
    who that is.
    """

    attribution: Attribution
    text: str
    folded: Folded
    words: Folded
    named: bool


def resolve(corpus: Corpus) -> Sources:
    """Whom each attribution names.

    Names are one source where they agree in all their words, articles, titles and case aside; a short form is the
    fullest name that its own article gives for it, an acronym what some article of the archive explains it to be.
    Outlets are the archive's publishers, whoever a credit line names, and whoever is said to have reported something
    first, or has a name as outlets have.
    """
    documents = [corpus.documents[d] for d in sorted(corpus.documents)]
    publisher = {document.id: publisher_key(document) for document in documents}
    labels = _publishers(documents, publisher)
    expansions = _expansions(documents) | _initials(labels)
    lines = {d.id: [(name, _long(name, expansions)) for name in newsroom.credited(d.text)] for d in documents}
    for document in documents:
        for name, key in lines[document.id]:
            labels.setdefault(key, name)
    mentions = {d.id: _mentions(d, corpus.attributions.get(d.id, ()), expansions) for d in documents}
    for document in documents:
        for mention in mentions[document.id]:
            if mention.named and mention.text[0].isupper() and (
                    newsroom.media_name(mention.words) or _scoop(document.text, mention.attribution)):
                labels.setdefault(" ".join(mention.words), mention.text)
    of: dict[str, Source] = {}
    for document in documents:
        of.update(_in_document(mentions[document.id], labels, publisher[document.id]))
    credits = {d: tuple(dict.fromkeys(key for _, key in found if key != publisher[d])) for d, found in lines.items()}
    return Sources(of, publisher, credits, labels)


# -- outlets -------------------------------------------------------------------------------------------------------

def publisher_key(document: Document) -> str:
    """A document's outlet: its publisher, else the host of its URL, else one that is its own."""
    host = urlsplit(document.url).hostname if document.url else None
    return names.outlet_key(document.publisher or host or "") or f"document {document.id}"


def _publishers(documents: Sequence[Document], publisher: Mapping[str, str]) -> dict[str, str]:
    """Each outlet's name as its documents mostly have it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        counts[publisher[document.id]][document.publisher or document.url or "an unknown publisher"] += 1
    return {key: min(found, key=lambda name: (-found[name], name)) for key, found in sorted(counts.items())}


def _initials(labels: Mapping[str, str]) -> dict[Folded, Folded]:
    """The initials of each outlet's name, where no two outlets share them."""
    found: dict[Folded, set[Folded]] = defaultdict(set)
    for key in labels:
        if len(key.split()) > 2:
            found[("".join(word[0] for word in key.split()),)].add(tuple(key.split()))
    return {short: next(iter(long)) for short, long in found.items() if len(long) == 1}


def _long(name: str, expansions: Mapping[Folded, Folded]) -> str:
    folded = names.fold_name(name)
    return " ".join(expansions[folded]) if folded in expansions else names.outlet_key(name)


def _scoop(text: str, attribution: Attribution) -> bool:
    return any(newsroom.SCOOP.search(text[max(0, start - 12):end + 8]) for start, end in attribution.cue)


# -- mentions ------------------------------------------------------------------------------------------------------

def _expansions(documents: Sequence[Document]) -> dict[Folded, Folded]:
    """Acronyms that the archive's texts explain, where all that explain one agree."""
    found: dict[Folded, set[Folded]] = defaultdict(set)
    for document in documents:
        for short, long in names.acronyms(document.text).items():
            found[names.fold_name(short)].add(names.fold_name(long))
    return {short: next(iter(long)) for short, long in found.items() if len(long) == 1}


def _mentions(document: Document, attributions: Sequence[Attribution],
              expansions: Mapping[Folded, Folded]) -> list[Mention]:
    found = []
    for attribution in attributions:
        place = document.text if attribution.field == "text" else document.title or ""
        text = " ".join(place[start:end] for start, end in attribution.source).strip()
        text = _BRACKET.sub("", text[:LONGEST + 1]).strip(" ,:;–—-")
        if attribution.speaker and not _is_named(_body(text or "it")):
            text = attribution.speaker          # whom a pronoun or an office stands for, as the attribute step read it
        if text and len(text) <= LONGEST:
            body = _body(text)
            bare = _without_titles(body)
            found.append(Mention(attribution, body, bare, expansions.get(bare, bare), _is_named(body)))
    return found


def _body(text: str) -> str:
    """The person or body in a source's words: of an apposition the full name, of a speaker whom he speaks for."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()] or [text]
    longest = [max((len(name.words) for name in names.names(part)), default=0) for part in parts]
    full = next((part for part, length in zip(parts, longest, strict=True) if length > 1), None)
    best = _SPOKESMAN_NAME.sub("", full or parts[longest.index(max(longest))])
    speaks = _SPEAKS_FOR.match(best)
    return speaks["body"] if speaks else _person(best)


def _person(text: str) -> str:
    """The name alone of "the interior minister Jo Kemp"."""
    found = names.names(text)
    last = found[-1] if found else None
    if last is None or len(last.words) < 2 or last.end != len(text):
        return text
    before = text[:last.start]
    return text[last.start:] if before.islower() and _PLACED.search(before) is None else text


def _without_titles(text: str) -> Folded:
    folded = names.fold_name(text)
    return tuple(word for word in folded if word not in names.TITLES) or folded


def _is_named(body: str) -> bool:
    """Whether it tells who that is: a name, or a definite body; not "experts", "a spokesman", "some residents"."""
    folded = [w.form.removesuffix("'s") for w in words(body)]
    if not folded:
        return False
    inside = body if body[0].islower() else body[0].lower() + body[1:]
    if folded[-1] in NOBODY and not any(len(name.words) > 1 for name in names.names(inside)):
        return False
    if names.names(body):
        return folded[0] not in _UNCERTAIN and folded[-1] not in NOBODY
    definite = folded[0] in _DEFINITE and len(folded) > 1 and not NOBODY.intersection(folded)
    return definite or folded[-1] in INSTITUTIONS


# -- one document --------------------------------------------------------------------------------------------------

def same_name(name: str, full: Folded) -> Reason:
    """All that use this name, title, article and case aside, speak of one source."""
    return Reason.of(same_name, name=name, read_as=" ".join(full))


def fullest_name(name: str, full: Folded) -> Reason:
    """A short form stands for the fullest name that the same article gives."""
    return Reason.of(fullest_name, name=name, read_as=" ".join(full))


def last_named(name: str, full: str) -> Reason:
    """A pronoun stands for whoever the article named last as a source."""
    return Reason.of(last_named, name=name, read_as=full)


def nobody_named(name: str) -> Reason:
    """The words name nobody who could be looked up."""
    return Reason.of(nobody_named, name=name)


def _in_document(mentions: Sequence[Mention], labels: Mapping[str, str], own: str) -> dict[str, Source]:
    """The source of each of a document's attributions."""
    full = _fullest([mention for mention in mentions if mention.named])
    found: dict[str, Source] = {}
    last: Source | None = None
    for mention in mentions:
        pronoun = mention.text.lower()
        if pronoun in BACKWARD and last is not None:
            reason = last_named(mention.text, last.label)
            found[mention.attribution.id] = Source(last.key, last.label, last.kind, (reason,), last.written)
            continue
        source = replace(_source(mention, full, labels, own), written=" ".join(mention.folded))
        last = source if source.kind in ("authority", "outlet") else last
        found[mention.attribution.id] = source
    return found


def _fullest(named: Sequence[Mention]) -> dict[Folded, Folded]:
    """For each name of a document the longest one there that it is a short form of, if there is only one such."""
    known = sorted({mention.words for mention in named if len(mention.words) < 8})
    with_word: dict[str, list[Folded]] = defaultdict(list)
    for name in known:
        for word in sorted({*name, "".join(word[0] for word in name)}):
            with_word[word].append(name)
    found = {}
    for name in known:
        longer = [other for other in with_word[name[-1]] if len(name) < min(3, len(other)) and names.same(name, other)]
        tops = [other for other in longer if not any(len(o) > len(other) and names.same(other, o) for o in longer)]
        found[name] = tops[0] if len(tops) == 1 else name
    return found


def _source(mention: Mention, full: Mapping[Folded, Folded], labels: Mapping[str, str], own: str) -> Source:
    key = names.outlet_key(mention.text) if "." in mention.text else " ".join(mention.words)
    if key == own or newsroom.OWN.match(mention.text):
        return Source(own, labels.get(own, mention.text), "own")
    capital = mention.text[0].isupper() or mention.text[4:5].isupper()         # "the Beacon", and not "the beacon"
    if key in labels and capital:
        return Source(key, labels[key], "outlet", (same_name(mention.text, mention.words),))
    if not mention.named or mention.attribution.source_kind == "anonymous":
        return Source(None, mention.text, "nobody", (nobody_named(mention.text),))
    fuller = full.get(mention.words, mention.words)
    rule = same_name if fuller == mention.words else fullest_name
    return Source(" ".join(fuller), _label(mention.text), "authority", (rule(mention.text, fuller),))


def _label(text: str) -> str:
    """A person's name without what stands before it: "Jo Kemp" for "Mayor Jo Kemp"."""
    parts = text.split(" ")
    while len(parts) > 2 and parts[0].lower().rstrip(".") in names.TITLES and parts[1][:1].isupper():
        parts = parts[1:]
    return " ".join(parts)
