"""Claims-to-be, sources and families -> claims with the root of every statement and an honest range of origins."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from whence.config import OriginsConfig
from whence.model import (
    Attribution,
    Claim,
    Corpus,
    Earliest,
    Family,
    Grouping,
    LowGroup,
    Origins,
    Reason,
    Root,
    RootKind,
    Source,
    Sources,
    Statement,
    Wording,
)
from whence.text import newsroom
from whence.text.closeness import Unions
from whence.text.wording import bag, overlap

VERSION = 1
HELD = 0.5
"""The confidence from which a candidate is held to be a parent (CONTRACT: parents)."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a claim, however many articles carry it, told by the earliest of them.

    `wordings` are the indices of those that carry it; `chain` are the sources it names, the outermost first; `publishers`
    all outlets that carry it; `from_unseen` says that the articles come from a text that is not in the archive.
    """

    index: int
    head: Wording
    wordings: tuple[int, ...]
    sentence: str
    chain: tuple[Source, ...]
    own: str
    publishers: frozenset[str]
    credits: tuple[str, ...]
    from_unseen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a text rests on: `key` is the same for roots that are one on proof."""

    kind: RootKind
    key: tuple[str, str]
    label: str
    reason: Reason


@dataclass(slots=True)
class Settled:
    """The roots of one claim as they are found: by text, then joined."""

    texts: list[Text]
    found: dict[int, Found] = field(default_factory=dict)
    follows: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, list[Reason]] = field(default_factory=lambda: defaultdict(list))


def count(groupings: Sequence[Grouping], corpus: Corpus, sources: Sources, config: OriginsConfig) -> tuple[Claim, ...]:
    """The claims with their origins, in the order of `groupings`.

    Every statement goes to its root: by shared text to the earliest article that has it, by what it credits to the
    outlet's own statement, and there to the first of ROOTS that holds.
    """
    lines = _Lines(corpus)
    return tuple(_claim(grouping, corpus, sources, lines, config) for grouping in groupings)


# -- what a text rests on: the first that holds is its root ------------------------------------------------------

def saw_for_itself(text: Text, sources: Sources) -> Found | None:
    """The article says that its own newsroom saw it or holds the proof ("our reporter saw", "documents seen by us")."""
    plain = newsroom.outside_quotes(text.sentence)
    match = newsroom.OWN_STAFF_SAW.search(plain) or newsroom.HELD_BY_OWN.search(plain) or _own_name_saw(plain, text, sources)
    if match is None and not any(source.kind in ("authority", "nobody") for source in text.chain):
        match = newsroom.FIRST_PERSON.search(plain)
    if match is None:
        return None
    return Found("witness", ("witness", str(text.index)), sources.labels.get(text.own, text.own),
                 Reason.of(saw_for_itself, words=match[0]))


def names_authority(text: Text, sources: Sources) -> Found | None:
    """It names the person or body on whose authority it is told."""
    source = next((s for s in reversed(text.chain) if s.kind == "authority" and s.key is not None), None)
    if source is None:
        return None
    return Found("authority", ("authority", source.key or ""), source.label,
                 Reason.of(names_authority, named=source.label, known_as=source.key))


def credits_unseen_outlet(text: Text, sources: Sources) -> Found | None:
    """It credits an outlet or agency, and no statement of that outlet's own on this is in the archive."""
    outlet = _credited(text, sources)
    if outlet is None:
        return None
    label = sources.labels.get(outlet, outlet)
    return Found("unseen", ("unseen", outlet), label, Reason.of(credits_unseen_outlet, outlet=label))


def comes_from_unseen(text: Text, sources: Sources) -> Found | None:
    """It names no source, and the articles that have it come from an earlier text that is not in the archive."""
    if not text.from_unseen:
        return None
    return Found("unseen", ("unseen text", str(text.index)), "an earlier text that is not in the archive",
                 Reason.of(comes_from_unseen, articles=len(text.wordings)))


def names_nobody(text: Text, sources: Sources) -> Found:
    """It names no source that could be looked up: whoever is meant by words such as "experts" or "officials", they are
    nobody's in particular, so they may be the same as another's or not.
    """
    said = next((s.label for s in reversed(text.chain) if s.kind == "nobody" and s.label), "nobody")
    return Found("assertion", ("assertion", str(text.index)), sources.labels.get(text.own, text.own),
                 Reason.of(names_nobody, source=said))


ROOTS: tuple[Callable[[Text, Sources], Found | None], ...] = (
    saw_for_itself, names_authority, credits_unseen_outlet, comes_from_unseen, names_nobody)


def _own_name_saw(plain: str, text: Text, sources: Sources) -> re.Match[str] | None:
    """"seen by the Sarn Beacon", "a Sarn Beacon reporter saw", in the Sarn Beacon or a copy of its text."""
    if not newsroom.STAFF_OR_HELD.search(plain):
        return None
    for publisher in sorted(text.publishers):
        name = re.escape(re.sub(r"^[Tt]he ", "", sources.labels.get(publisher, publisher)))
        match = re.search(newsroom.HELD_BY.format(name=name), plain) or re.search(newsroom.STAFF_OF.format(name=name), plain)
        if match is not None:
            return match
    return None


def _credited(text: Text, sources: Sources) -> str | None:
    """The outlet that the statement, or failing that a credit line of its article, takes it from."""
    outer = next((s.key for s in text.chain if s.kind == "outlet" and s.key not in text.publishers), None)
    if outer is not None:
        return outer
    named = any(s.kind == "authority" for s in text.chain)
    return next((outlet for outlet in text.credits if outlet not in text.publishers), None) if not named else None


# -- following -----------------------------------------------------------------------------------------------------

def told_by_outlet(text: Text, other: Text, outlet: str, sources: Sources) -> Reason:
    """It passes on what another outlet reported, and that outlet's own statement is in the archive: what that one rests
    on, this one does.
    """
    return Reason.of(told_by_outlet, outlet=sources.labels.get(outlet, outlet), statement=other.sentence)


def cited_in_circle(texts: Sequence[Text]) -> Reason:
    """Each of these passes it on from another of them, so none is the other's origin."""
    return Reason.of(cited_in_circle, texts=len(texts))


def _follow(settled: Settled, sources: Sources) -> None:
    """Relays to the outlet's own statement, where the claim holds one; circles end in their earliest text."""
    for text in settled.texts:
        outlet = _credited(text, sources)
        own = [other for other in settled.texts if other is not text and outlet is not None and _tells(other, outlet)]
        if outlet is None or not own or saw_for_itself(text, sources) is not None:
            continue
        mine = bag(text.sentence)
        best = min(own, key=lambda other: (outlet not in other.publishers, -overlap(mine, bag(other.sentence)), other.index))
        settled.follows[text.index] = best.index
        settled.reasons[text.index].append(told_by_outlet(text, best, outlet, sources))
    at = {text.index: text for text in settled.texts}
    for start in sorted(settled.follows):
        seen = [start]
        while seen[-1] in settled.follows and settled.follows[seen[-1]] not in seen:
            seen.append(settled.follows[seen[-1]])
        if seen[-1] in settled.follows:
            circle = seen[seen.index(settled.follows[seen[-1]]):]
            first = min(circle)
            del settled.follows[first]
            settled.reasons[first].append(cited_in_circle([at[index] for index in circle]))


def _tells(text: Text, outlet: str) -> bool:
    return outlet in text.publishers or outlet in text.credits


# -- joining: `high` ---------------------------------------------------------------------------------------------

def same_text(text: Text) -> Reason:
    """The articles share this text, so they are one origin, told by the earliest of them in this archive."""
    return Reason.of(same_text, statements=len(text.wordings), earliest=text.head.document)


def same_source(texts: Sequence[Text], label: str) -> Reason:
    """Different articles name the same source for it."""
    return Reason.of(same_source, source=label, texts=len(texts))


def same_article(text: Text) -> Reason:
    """The article says it more than once, and names its source in another place."""
    return Reason.of(same_article, sentence=text.sentence)


def _rest(settled: Settled, sources: Sources) -> None:
    """What each text rests on: its own root, or that of the text it was followed to."""
    by_document: dict[str, list[Text]] = defaultdict(list)
    for text in settled.texts:
        if text.index not in settled.follows:
            settled.found[text.index] = next(found for rule in ROOTS if (found := rule(text, sources)) is not None)
        by_document[text.head.document].append(text)
    for mine in by_document.values():
        rooted = [t for t in mine if t.index in settled.found]
        sourced = [t for t in rooted if settled.found[t.index].kind in ("authority", "witness")]
        target = (sourced or rooted)[:1]
        for text in rooted:
            if settled.found[text.index].kind == "assertion" and target and text is not target[0]:
                del settled.found[text.index]
                settled.follows[text.index] = target[0].index
                settled.reasons[text.index].append(same_article(text))


# -- joining more: `low` -------------------------------------------------------------------------------------------

def own_support(root: Root) -> Reason:
    """It names an authority, or saw for itself, so it does not need any other to stand."""
    return Reason.of(own_support, kind=root.kind, label=root.label)


def nothing_named(roots: Sequence[Root]) -> Reason:
    """No statement names an authority or a witness, so all of them may rest on one and the same."""
    return Reason.of(nothing_named, roots=len(roots))


def name_within_name(one: Root, other: Root) -> Reason | None:
    """The one's name is part of the other's, so they may be one source under two names."""
    mine, theirs = (set(re.findall(r"\w+", root.label.casefold())) - {"the", "a", "of"} for root in (one, other))
    if one.kind != "authority" or other.kind != "authority" or not mine or not theirs or not (mine <= theirs or theirs <= mine):
        return None
    return Reason.of(name_within_name, one=one.label, other=other.label)


DEPENDENCE: tuple[Callable[[Root, Root], Reason | None], ...] = (name_within_name,)


def _low(roots: Sequence[Root]) -> tuple[LowGroup, ...]:
    own = [index for index, root in enumerate(roots) if root.kind in ("authority", "witness")]
    if not own:
        return (LowGroup(tuple(range(len(roots))), (nothing_named(roots),)),)
    unions = Unions(len(roots))
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for at, one in enumerate(own):
        for other in own[:at]:
            reason = next((r for rule in DEPENDENCE if (r := rule(roots[other], roots[one])) is not None), None)
            if reason is not None and unions.root(one) != unions.root(other):
                unions.join(one, other)
                reasons[one].append(reason)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in own:
        groups[unions.root(index)].append(index)
    return tuple(LowGroup(tuple(mine), (own_support(roots[mine[0]]), *(r for i in mine for r in reasons[i])))
                 for mine in groups.values())


# -- one claim -----------------------------------------------------------------------------------------------------

def _claim(grouping: Grouping, corpus: Corpus, sources: Sources, lines: _Lines, config: OriginsConfig) -> Claim:
    settled = Settled(_texts(grouping, corpus, sources, lines))
    _follow(settled, sources)
    _rest(settled, sources)
    roots, root_of = _roots(settled)
    statements = tuple(Statement(w.document, w.start, w.end, w.attribution, root_of[grouping.copies[at]], w.value)
                       for at, w in enumerate(grouping.wordings))
    groups = _low(roots)
    first = grouping.wordings[0].document
    return Claim(grouping.id, grouping.text, statements, Origins(len(groups), len(roots), tuple(roots), groups),
                 Earliest(first, corpus.documents[first].published), grouping.reasons)


def _texts(grouping: Grouping, corpus: Corpus, sources: Sources, lines: _Lines) -> list[Text]:
    carried: dict[int, list[int]] = defaultdict(list)
    for at, copy in enumerate(grouping.copies):
        carried[copy].append(at)
    texts = []
    for index, mine in carried.items():
        documents = {grouping.wordings[at].document for at in mine}
        heads = [at for at in mine if not lines.parents[grouping.wordings[at].document] & documents] or mine
        head = grouping.wordings[heads[0]]
        text = corpus.documents[head.document].text
        texts.append(Text(
            index, head, tuple(mine), text[head.start:head.end], _chain(head, lines, sources), sources.publisher[head.document],
            frozenset(sources.publisher[d] for d in documents),
            tuple(dict.fromkeys(c for at in mine for c in sources.credits.get(grouping.wordings[at].document, ()))),
            any(d in lines.unseen for d in documents)))
    return texts


def _chain(wording: Wording, lines: _Lines, sources: Sources) -> tuple[Source, ...]:
    """Whom the statement names, the outermost first."""
    chain: list[Source] = []
    step, seen = wording.attribution, set[str]()
    while step is not None and step in lines.attributions and step not in seen:
        seen.add(step)
        if step in sources.of:
            chain.insert(0, sources.of[step])
        step = lines.attributions[step].parent
    return tuple(chain)


def _roots(settled: Settled) -> tuple[list[Root], dict[int, int]]:
    """The distinct roots in the order of their earliest statement, and by text which is its own."""
    end: dict[int, int] = {}
    for text in settled.texts:
        here = text.index
        while here in settled.follows:
            here = settled.follows[here]
        end[text.index] = here
    by_key: dict[tuple[str, str], list[Text]] = defaultdict(list)
    for text in settled.texts:
        by_key[settled.found[end[text.index]].key].append(text)
    roots, root_of = [], {}
    for number, mine in enumerate(by_key.values()):
        ends = [text for text in mine if end[text.index] == text.index]
        found = settled.found[ends[0].index]
        reasons = [found.reason]
        if len(ends) > 1:
            reasons.append(same_source(ends, found.label))
        for text in mine:
            reasons += [same_text(text)] * (len(text.wordings) > 1) + settled.reasons.get(text.index, [])
            root_of[text.index] = number
        roots.append(Root(found.kind, found.label, tuple(reasons)))
    return roots, root_of


class _Lines:
    """Held parents and attributions of the whole archive, by document and by id."""

    def __init__(self, corpus: Corpus) -> None:
        self.attributions: Mapping[str, Attribution] = {a.id: a for d in corpus.attributions for a in corpus.attributions[d]}
        self.parents: dict[str, set[str]] = defaultdict(set)
        self.unseen: set[str] = set()
        for document, parent in _held(corpus.families):
            if parent is None:
                self.unseen.add(document)
            else:
                self.parents[document].add(parent)


def _held(families: Iterable[Family]) -> Iterable[tuple[str, str | None]]:
    for family in families:
        for member in family.members:
            for parent in member.parents:
                if parent.confidence >= HELD:
                    yield member.document, parent.document
