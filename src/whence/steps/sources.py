"""Attributions and credit lines -> whom they name: authorities, outlets, the article's own newsroom, or nobody."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from whence.model import Corpus, Document, Reason, Source, Sources
from whence.text.meaning import names, newsroom, wires
from whence.text.speech import naming
from whence.text.speech.mentions import BACKWARD, Folded, Mention, mention

PASSES = 2
"""How many more of its statements are told on an outlet's word, from which a name is an outlet's.  Chosen: one sentence
misread makes no outlet.
"""


def resolve(corpus: Corpus, passing: Mapping[str, int] | None = None) -> Sources:
    """Whom each attribution names; `passing` has for attributions how many more of their statements are told on an
    outlet's word than on an authority's, as the networks read it.

    Names are one source where they agree in all their words, articles, titles and case aside; a short form is the
    fullest name that its own article gives for it; an acronym, an office or another name what articles of the archive
    explain it to be, where none explains it otherwise; a surname the one full name of the archive that has its office.
    Outlets are the archive's publishers, whoever a credit line names, and whoever is called a newspaper or the like, is
    said to have reported it, has a name as outlets have, or mostly passes on what it is said to say.
    """
    documents = [corpus.documents[d] for d in sorted(corpus.documents)]
    publisher = {document.id: publisher_key(document) for document in documents}
    labels = _publishers(documents, publisher)
    aliases = _aliases(documents) | _initials(labels)
    lines = {d.id: [(name, _long(name, aliases)) for name in _credited(d)] for d in documents}
    mentions = {d.id: [found for a in corpus.attributions.get(d.id, ()) if (found := mention(d, a, aliases))]
                for d in documents}
    for document in documents:
        for name, key in lines[document.id]:
            labels.setdefault(key, name)
        for name in naming.outlets(document.text):
            labels.setdefault(names.outlet_key(name), name)
    speaking = {found.words for document in documents for found in mentions[document.id] if _speaks(document, found)}
    passes = _passes_on(mentions, passing or {})
    for document in documents:
        for found in mentions[document.id]:
            if _is_outlet(document, found, found.words in speaking, found.words in passes):
                labels.setdefault(" ".join(found.words), found.text)
    full = _by_office(mentions)
    of: dict[str, Source] = {}
    for document in documents:
        of.update(_in_document(document, full[document.id], labels, publisher[document.id]))
    of = _labelled(of)
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


def _credited(document: Document) -> list[str]:
    """The outlets whose text a document shows itself to be or to use; where it does not tell whose own it is, agencies
    alone, since a name in brackets may be its own.
    """
    wire = wires.wire(document.text, document.publisher)
    named = [*([wire] if wire else []), *filter(wires.names_outlet, newsroom.credited(document.text))]
    known = document.publisher or document.url
    return [name for name in dict.fromkeys(named) if known or wires.is_agency(name)]


def _initials(labels: Mapping[str, str]) -> dict[Folded, Folded]:
    """The initials of each outlet's name, where no two outlets share them."""
    found: dict[Folded, set[Folded]] = defaultdict(set)
    for key in labels:
        if len(key.split()) > 2:
            found[("".join(word[0] for word in key.split()),)].add(tuple(key.split()))
    return {short: next(iter(long)) for short, long in found.items() if len(long) == 1}


def _long(name: str, aliases: Mapping[Folded, Folded]) -> str:
    other = aliases.get(naming.key(name))
    return " ".join(other) if other else names.outlet_key(name)


def _cue(document: Document, found: Mention) -> str:
    text = document.text if found.attribution.field == "text" else document.title or ""
    return " ".join(text[start:end] for start, end in found.attribution.cue)


def _speaks(document: Document, found: Mention) -> bool:
    """Whether somebody says, denies or asks, and does not only report."""
    cue = _cue(document, found).lower()
    return not naming.only_reports(cue) and "according to" not in cue


def _passes_on(mentions: Mapping[str, Sequence[Mention]], passing: Mapping[str, int]) -> frozenset[Folded]:
    """The names of those of whose statements more are told on an outlet's word than on an authority's."""
    counts: Counter[Folded] = Counter()
    for mine in mentions.values():
        for found in mine:
            counts[found.words] += passing.get(found.attribution.id, 0)
    return frozenset(words for words, count in counts.items() if count >= PASSES)


def _is_outlet(document: Document, found: Mention, speaks: bool, passes: bool) -> bool:
    """Whether a source has a name as outlets have, or is what something stood in, or is said to have told something
    first; or `passes` on what others say; or is only ever (`speaks`) said to have reported things, as outlets do.
    """
    if not found.named or not (found.text[0].isupper() or found.text[4:5].isupper()):
        return False
    text = document.text if found.attribution.field == "text" else document.title or ""
    first = any(newsroom.SCOOP.search(text[max(0, start - 12):end + 8]) for start, end in found.attribution.cue)
    if newsroom.media_name(found.words) or first or found.printed or passes:
        return True
    return not speaks and naming.passes_on(found.text, _cue(document, found), text)


# -- other names ---------------------------------------------------------------------------------------------------

def _aliases(documents: Sequence[Document]) -> dict[Folded, Folded]:
    """Acronyms, offices and other names that the archive's texts explain, where all that explain one agree."""
    found: dict[Folded, set[Folded]] = defaultdict(set)
    for document in documents:
        for short, long in (*names.acronyms(document.text).items(), *naming.aliases(document.text)):
            found[naming.key(short)].add(names.fold_name(long))
    return {short: long for short, (long, *others) in ((s, sorted(some)) for s, some in found.items())
            if not others and short and long and naming.key(" ".join(long)) != short}


def _by_office(mentions: Mapping[str, Sequence[Mention]]) -> dict[str, Sequence[Mention]]:
    """Mentions, those of a surname with an office read as the only full name of the archive that has both."""
    holders: dict[tuple[str, str], set[tuple[Folded, frozenset[str]]]] = defaultdict(set)
    for mine in mentions.values():
        for found in mine:
            if len(found.words) > 1 and found.named:
                for office in found.told:
                    holders[found.words[-1], office].add((found.words, found.told))

    def whole(found: Mention) -> Mention:
        """The mention under the full name, if there is one."""
        if len(found.words) != 1:
            return found
        some = {words for office in found.told for words, told in holders.get((found.words[0], office), ())
                if told <= found.told or found.told <= told}
        return replace(found, words=min(some), read="office") if len(some) == 1 else found

    return {document: [whole(found) for found in mine] for document, mine in mentions.items()}


def _labelled(of: Mapping[str, Source]) -> dict[str, Source]:
    """Sources, those of another name under the name as it is written where it is written whole."""
    whole: dict[str | None, set[str]] = defaultdict(set)
    for source in of.values():
        if source.kind == "authority" and source.key == source.written:
            whole[source.key].add(source.label)
    return {id_: replace(source, label=min(whole[source.key])) if source.key != source.written and source.key in whole
            else source for id_, source in of.items()}


# -- one document --------------------------------------------------------------------------------------------------

def same_name(name: str, full: Folded) -> Reason:
    """All that use this name, title, article and case aside, speak of one source."""
    return Reason.of(same_name, name=name, read_as=" ".join(full))


def fullest_name(name: str, full: Folded) -> Reason:
    """A short form stands for the fullest name that the same article gives."""
    return Reason.of(fullest_name, name=name, read_as=" ".join(full))


def explained_name(name: str, full: Folded) -> Reason:
    """An article of this archive tells that this is another name, or the office, of the same."""
    return Reason.of(explained_name, name=name, read_as=" ".join(full))


def name_with_office(name: str, full: Folded) -> Reason:
    """In this archive only one full name has this surname with this office."""
    return Reason.of(name_with_office, name=name, read_as=" ".join(full))


def last_named(name: str, full: str) -> Reason:
    """A pronoun stands for whoever the article named last as a source, "the newspaper" for the outlet."""
    return Reason.of(last_named, name=name, read_as=full)


def nobody_named(name: str) -> Reason:
    """The words name nobody who could be looked up."""
    return Reason.of(nobody_named, name=name)


def _in_document(document: Document, mentions: Sequence[Mention], labels: Mapping[str, str],
                 own: str) -> dict[str, Source]:
    """The source of each of a document's attributions."""
    full = _fullest([one for one in mentions if one.named]) | _headed(document, mentions)
    found: dict[str, Source] = {}
    last: Source | None = None
    outlet: Source | None = None
    for one in mentions:
        pronoun = one.text.lower()
        meant = last if pronoun in BACKWARD else outlet if _is_some_outlet(one) else None
        if meant is not None:
            reason = last_named(one.text, meant.label)
            found[one.attribution.id] = Source(meant.key, meant.label, meant.kind, (reason,), meant.written)
            continue
        source = replace(_source(one, full, labels, own), written=" ".join(one.folded))
        last = source if source.kind in ("authority", "outlet") else last
        outlet = source if source.kind == "outlet" else outlet
        found[one.attribution.id] = source
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


def _headed(document: Document, mentions: Sequence[Mention]) -> dict[Folded, Folded]:
    """For each source that is only called what it is ("the guild") the one name in the document that says so."""
    wanted = {mention.words for mention in mentions if len(mention.words) == 1 and mention.text.islower()
              and mention.words[0] in naming.BODIES}
    found: dict[Folded, set[Folded]] = defaultdict(set)
    for name in names.names(document.text) if wanted else ():
        for word in {name.words[0], name.words[-1]} if len(name.words) > 1 else ():
            found[(word,)].add(name.words)
    return {short: next(iter(found[short])) for short in wanted if len(found[short]) == 1}


def _source(mention: Mention, full: Mapping[Folded, Folded], labels: Mapping[str, str], own: str) -> Source:
    key = names.outlet_key(mention.text) if "." in mention.text else " ".join(mention.words)
    if key == own or newsroom.OWN.match(mention.text):
        return Source(own, labels.get(own, mention.text), "own")
    capital = mention.text[0].isupper() or mention.text[4:5].isupper()         # "the Beacon", and not "the beacon"
    if key in labels and capital:
        return Source(key, labels[key], "outlet", (same_name(mention.text, mention.words),))
    if _is_some_outlet(mention) or not mention.named or mention.attribution.source_kind == "anonymous":
        return Source(None, mention.text, "nobody", (nobody_named(mention.text),))
    fuller = full.get(mention.words, mention.words)
    rule = fullest_name if fuller != mention.words else READ[mention.read]
    return Source(" ".join(fuller), _label(mention.text), "authority", (rule(mention.text, fuller),))


def _is_some_outlet(mention: Mention) -> bool:
    return newsroom.SOME_OUTLET.fullmatch(mention.text[:1].lower() + mention.text[1:]) is not None


READ: Mapping[str, Callable[[str, Folded], Reason]] = {
    "same": same_name, "explained": explained_name, "office": name_with_office}


def _label(text: str) -> str:
    """A person's name without what stands before it: "Jo Kemp" for "Mayor Jo Kemp"."""
    parts = text.split(" ")
    while len(parts) > 2 and parts[0].lower().rstrip(".") in names.TITLES and parts[1][:1].isupper():
        parts = parts[1:]
    return " ".join(parts)
