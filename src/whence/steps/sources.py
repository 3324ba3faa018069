"""Attributions and credit lines -> whom they name: authorities, outlets, the article's own newsroom, or nobody."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from whence.model import Attribution, Corpus, Document, Reason, Source, Sources
from whence.text import names, newsroom
from whence.text.normalize import words

VERSION = 1

PRONOUNS = frozenset("he she they it who which i we you".split())
NOBODY = frozenset(
    "expert experts source sources official officials analyst analysts critic critics observer observers witness witnesses "
    "resident residents people person some many others several man woman men women insider insiders report reports rumour "
    "rumours rumor rumors media everyone nobody someone somebody anybody activist activists local locals neighbour "
    "neighbours neighbor neighbors user users study studies researcher researchers scientist scientists spokesman "
    "spokeswoman spokesperson spokespeople statement aide aides diplomat diplomats colleague colleagues friend friends "
    "relative relatives doctor doctors lawyer lawyers worker workers survivor survivors victim victims eyewitness "
    "eyewitnesses bystander bystanders author authors article articles story paper documents document agent agents "
    "investigator investigators one those these that this all most few reporter reporters journalist journalists".split())
"""Words for speakers whom nobody can look up by them: a name or a body must stand beside them."""
INSTITUTIONS = frozenset("police parliament congress prosecutors government ministry army navy military court senate "
                         "customs opposition management".split())
"""Bodies that are named without an article or a name of their own."""
_SPEAKS_FOR = re.compile(
    r"^(?:(?:the|a|an|its|their|one|two|several|some)\s+)?(?:[\w’'-]+\s+){0,2}"
    r"(?:spokes(?:man|woman|person|people)|officials?|statement|report|press release|representatives?|sources?|study|survey|"
    r"letter|figures|data|documents?|members?|director|head|chief|chairman|chairwoman|president|secretary)\s+"
    r"(?:for|of|from|at|by|with|in|inside|within)\s+(?P<body>(?:the\s+)?\S.*)$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^)]{0,60}\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as an attribution has it: its words as written, folded, and whether they hold a name or a definite body."""

    attribution: Attribution
    text: str
    words: tuple[str, ...]
    named: bool


def resolve(corpus: Corpus) -> Sources:
    """Whom each attribution names.

    Names are one source where they agree in all their words, articles, titles and case aside; a short form is the fullest
    name that its own article gives for it, an acronym what some article of the archive explains it to be.  Outlets are
    the archive's publishers, whoever a credit line names, and whoever is said to have reported something first, or has
    a name as outlets have.
    """
    documents = [corpus.documents[d] for d in sorted(corpus.documents)]
    labels = _publishers(documents)
    publisher = {document.id: publisher_key(document) for document in documents}
    expansions = _expansions(documents)
    lines = {d.id: newsroom.credited(d.text) for d in documents}
    credits = {d: tuple(dict.fromkeys(outlet_key(name) for name in found)) for d, found in lines.items()}
    for document in documents:
        for name in lines[document.id]:
            labels.setdefault(outlet_key(name), name)
    mentions = {d.id: _mentions(d, corpus.attributions.get(d.id, ()), expansions) for d in documents}
    for document in documents:
        for mention in mentions[document.id]:
            if mention.named and (_scoop(document.text, mention.attribution) or (
                    newsroom.media_name(mention.words) and mention.text[0].isupper())):
                labels.setdefault(" ".join(mention.words), mention.text)
    of: dict[str, Source] = {}
    for document in documents:
        of.update(_in_document(document, mentions[document.id], labels, publisher[document.id]))
    return Sources(of, publisher, {d: tuple(k for k in found if k != publisher[d]) for d, found in credits.items()}, labels)


# -- outlets -------------------------------------------------------------------------------------------------------

def outlet_key(name: str) -> str:
    """An outlet's name folded: "The Sarn Beacon" and "sarn beacon" are one, and so is the host "sarn-beacon.example"."""
    host = re.fullmatch(r"(?:www\.)?([\w-]+)(?:\.[\w-]+)+", name.strip().lower())
    return " ".join(names.fold_name(host[1].replace("-", " ") if host else name)) or name.casefold()


def publisher_key(document: Document) -> str:
    """A document's outlet: its publisher, else the host of its URL, else one that is its own."""
    host = urlsplit(document.url).hostname if document.url else None
    return outlet_key(document.publisher or host or "") or f"document {document.id}"


def _publishers(documents: Sequence[Document]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        counts[publisher_key(document)][document.publisher or document.url or "an unknown publisher"] += 1
    return {key: min(found, key=lambda name: (-found[name], name)) for key, found in sorted(counts.items())}


def _scoop(text: str, attribution: Attribution) -> bool:
    return any(newsroom.SCOOP.search(text[max(0, start - 12):end + 8]) for start, end in attribution.cue)


# -- mentions ------------------------------------------------------------------------------------------------------

def _expansions(documents: Sequence[Document]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Acronyms that the archive's texts explain, where all that explain one agree."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for document in documents:
        for short, long in names.acronyms(document.text).items():
            found[names.fold_name(short)].add(names.fold_name(long))
    return {short: next(iter(long)) for short, long in found.items() if len(long) == 1}


def _mentions(document: Document, attributions: Sequence[Attribution], expansions: Mapping[tuple[str, ...], tuple[str, ...]]) -> list[Mention]:
    found = []
    for attribution in attributions:
        place = document.text if attribution.field == "text" else document.title or ""
        text = " ".join(place[start:end] for start, end in attribution.source).strip()
        text = _BRACKET.sub("", text).strip(" ,:;–—-")
        if not text or len(text) > 300:
            continue
        body = _body(text)
        folded = _strip_titles(body)
        found.append(Mention(attribution, body, expansions.get(folded, folded), _is_named(body, text)))
    return found


def _body(text: str) -> str:
    """The person or body in a source's words: of an apposition the part with the longest name, of a speaker his body."""
    parts = [part.strip() for part in re.split(r",\s+(?!and\b)| – | — ", text) if part.strip()]
    best = max(parts, key=lambda part: (len(max((n.words for n in names.names(part)), key=len, default=())), -parts.index(part)))
    best = re.sub(r"^(?:\w+ ){0,3}spokes(?:man|woman|person) (?=[A-Z])", "", best)
    speaks = _SPEAKS_FOR.match(best)
    return speaks["body"] if speaks else best


def _strip_titles(text: str) -> tuple[str, ...]:
    folded = names.fold_name(text)
    bare = tuple(word for word in folded if word not in names.TITLES)
    return bare or folded


def _is_named(body: str, text: str) -> bool:
    """Whether it can be told who that is: a name, or a definite body; not "experts", "a spokesman", "some residents"."""
    folded = [w.form for w in words(body)]
    if not folded or folded[-1].removesuffix("'s") in NOBODY and not names.names(body[1:] if body[0].isupper() else body):
        return False
    if any(name.words for name in names.names(body)):
        return folded[0] not in ("a", "an", "some", "many", "several", "two", "three", "one", "other", "few") and folded[-1] not in NOBODY
    definite = folded[0] in ("the", "his", "her", "its", "their", "our") and len(folded) > 1
    return (definite and not NOBODY.intersection(folded)) or folded[-1] in INSTITUTIONS


# -- one document --------------------------------------------------------------------------------------------------

def same_name(mention: Mention, full: tuple[str, ...]) -> Reason:
    """All that use this name, title, article and case aside, speak of one source."""
    return Reason.of(same_name, name=mention.text, read_as=" ".join(full))


def fullest_name(mention: Mention, full: tuple[str, ...]) -> Reason:
    """A short form stands for the fullest name that the same article gives."""
    return Reason.of(fullest_name, name=mention.text, read_as=" ".join(full))


def nobody_named(text: str) -> Reason:
    """The words name nobody who could be looked up."""
    return Reason.of(nobody_named, words=text)


def _in_document(document: Document, mentions: Sequence[Mention], labels: Mapping[str, str], own: str) -> dict[str, Source]:
    """The source of each of the document's attributions, pronouns taken for the last one named before them."""
    full = _fullest([m for m in mentions if m.named])
    found: dict[str, Source] = {}
    last: Source | None = None
    for mention in mentions:
        if mention.text.lower() in PRONOUNS:
            if mention.text.lower() in ("he", "she", "it", "who") and last is not None:
                found[mention.attribution.id] = last
                continue
            found[mention.attribution.id] = Source(None, mention.text, "nobody", (nobody_named(mention.text),))
            continue
        source = _source(mention, full, labels, own)
        if source.kind in ("authority", "outlet"):
            last = source
        found[mention.attribution.id] = source
    return found


def _fullest(named: Sequence[Mention]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each name of a document the longest one there that it is a short form of, if there is only one such."""
    known = sorted({m.words for m in named}, key=lambda name: (-len(name), name))
    found = {}
    for name in known:
        longer = [other for other in known if len(other) > len(name) and len(name) < 3 and names.same(name, other)
                  and (name[-1] == other[-1] or len(name) == 1)]
        tops = [other for other in longer if not any(len(o) > len(other) and names.same(other, o) for o in longer)]
        found[name] = tops[0] if len(tops) == 1 else name
    return found


def _source(mention: Mention, full: Mapping[tuple[str, ...], tuple[str, ...]], labels: Mapping[str, str], own: str) -> Source:
    key = outlet_key(mention.text) if "." in mention.text else " ".join(mention.words)
    if key == own or newsroom.OWN.fullmatch(mention.text) or newsroom.OWN.match(mention.text):
        return Source(own, labels.get(own, mention.text), "own")
    if key in labels and (mention.text[0].isupper() or any(c.isupper() for c in mention.text[4:])):
        return Source(key, labels[key], "outlet", (same_name(mention, mention.words),))
    if not mention.named or mention.attribution.source_kind == "anonymous":
        return Source(None, mention.text, "nobody", (nobody_named(mention.text),))
    fuller = full.get(mention.words, mention.words)
    rule = same_name if fuller == mention.words else fullest_name
    return Source(" ".join(fuller), mention.text, "authority", (rule(mention, fuller),))
