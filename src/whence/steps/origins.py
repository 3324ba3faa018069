"""Claims-to-be, sources and families -> claims with the root of every statement and an honest range of origins."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

from whence.config import OriginsConfig
from whence.model import (
    Claim,
    Corpus,
    Earliest,
    Grouping,
    LowGroup,
    Origins,
    Reason,
    Root,
    Shown,
    Source,
    Sources,
    Statement,
    Wording,
)
from whence.text.copying.dates import EVEN, WRONG, Window, before, window
from whence.text.copying.oddities import Account, Lore, phrases
from whence.text.meaning import bearers
from whence.text.meaning.dependence import Support, Two, depends
from whence.text.meaning.grounds import Ground, Text, ground, names_authority, outlet_of, saw_for_itself
from whence.text.meaning.names import outlet_key
from whence.text.meaning.unions import Unions
from whence.text.meaning.wording import bag, overlap

Rests = Mapping[tuple[str, int], Sequence[Shown]]
"""Whom an article may show a statement to rest on, the likeliest first, by document and by where it begins."""
RESTS = .5
"""The chance from which a statement that names no source rests on one that its article names elsewhere: likelier than
on none and on all others.  In five folds of what people judged .71 of those told are right with it, .66 with .4."""
AGREED = .2
"""The same where others tell the claim on that source's word.  Chosen on the rumours' development set."""
LITTLE = .1
"""The least that is left for those who have a name, so that a trace of one is not all.  Chosen."""
SOMEBODY = ("authority", "outlet")
NAMED = 1 / 3
"""The share of a text's articles that must name whose word it is.  Chosen, and not tried against others."""
KEPT = 2_000
"""Articles whose words are kept at hand.  Chosen: some 100 MB."""


def count(groupings: Sequence[Grouping], corpus: Corpus, sources: Sources, config: OriginsConfig,
          rests: Rests | None = None) -> tuple[Claim, ...]:
    """The claims with their origins, in the order of `groupings`.

    Every statement goes to its root: by shared text to the earliest article that has it, by what it credits to the
    outlet's own statement, and there to what that text rests on (grounds.GROUNDS).  `rests` has the attributions of
    those whom articles show statements to rest on that name nobody themselves.  `high` counts the roots that no
    proof makes one; `low` those with an authority or witness of their own, less what DEPENDENCE joins, at least one.
    """
    lines = Lines.of(corpus, config.held, rests or {})
    near = sorted(groupings, key=lambda one: one.wordings[0].document)       # so that what `lines` keeps serves more
    found = {grouping.id: _claim(grouping, corpus, sources, lines) for grouping in near}
    return tuple(found[grouping.id] for grouping in groupings)


@dataclass(slots=True)
class Lines:
    """Held parents, and whom a statement names through its attribution, for the whole archive."""

    corpus: Corpus
    parents: Mapping[str, Sequence[tuple[int, int, str | None]]]
    above: Mapping[str, str | None]
    lore: Lore
    rests: Rests
    channels: Mapping[str, str]
    phrases: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, corpus: Corpus, held: float, rests: Rests) -> Lines:
        """Read from an archive; `held` is the confidence from which a candidate is held to be a parent."""
        parents: dict[str, list[tuple[int, int, str | None]]] = defaultdict(list)
        for family in corpus.families:
            for member in family.members:
                parents[member.document] += [(member.start, member.end, parent.document) for parent in member.parents
                                             if parent.confidence >= held]
        above = {a.id: a.parent for mine in corpus.attributions.values() for a in mine}
        channels = {a.id: a.channel for mine in corpus.attributions.values() for a in mine if a.channel is not None}
        lore = Lore({name: document.text for name, document in corpus.documents.items()})
        return cls(corpus, parents, above, lore, rests, channels)

    def parents_of(self, wording: Wording) -> set[str | None]:
        """The held parents of the passages that a statement stands in; None for a text that is not in the archive."""
        return {parent for start, end, parent in self.parents.get(wording.document, ())
                if start < wording.end and wording.start < end}

    def sentence(self, wording: Wording) -> str:
        """A statement's words."""
        return self.corpus.documents[wording.document].text[wording.start:wording.end]

    def heard(self, wording: Wording) -> str | None:
        """Whom a statement tells of as if he said it, where it is told on the article's own word."""
        if wording.attribution is not None:
            return None
        inside = (a for a in self.corpus.attributions.get(wording.document, ())
                  if a.field == "text" and a.act != "other" and a.source
                  and any(wording.start <= start and end <= wording.end for start, end in a.cue)
                  and any(start < wording.end and wording.start < end for start, end in a.content))
        found = min(inside, key=lambda a: a.cue, default=None)
        if found is None:
            return None
        text = self.corpus.documents[wording.document].text
        return found.speaker or " ".join(text[start:end] for start, end in found.source)

    def account(self, document: str, grouping: Grouping) -> Account:
        """An article with its sentences but those of a claim."""
        text, sentences = self.corpus.documents[document].text, self.corpus.sentences.get(document, ())
        if document not in self.phrases:
            if len(self.phrases) >= KEPT:
                del self.phrases[next(iter(self.phrases))]
            self.phrases[document] = phrases(text[s.start:s.end] for s in sentences)
        apart = {(wording.start, wording.end) for wording in grouping.wordings if wording.document == document}
        return Account(document, text, [forms for s, forms in zip(sentences, self.phrases[document], strict=True)
                                        if (s.start, s.end) not in apart])

    def when(self, wording: Wording) -> Window | None:
        """When a statement's article, or its item in it, was published, as far as it is known."""
        return window(self.published(wording))

    def published(self, wording: Wording) -> str | None:
        """The same as it is stated."""
        return wording.published or self.corpus.documents[wording.document].published

    def chain(self, attribution: str | None, sources: Sources) -> tuple[Source, ...]:
        """Whom an attribution names, the outermost first."""
        chain: dict[str, Source] = {}
        step = attribution
        while step is not None and step in sources.of and step not in chain:
            chain[step] = self._spoken_to(step, sources)
            step = self.above.get(step)
        return tuple(reversed(chain.values()))

    def _spoken_to(self, attribution: str, sources: Sources) -> Source:
        """The source of an attribution; the outlet to which somebody spoke who is not named."""
        source, channel = sources.of[attribution], self.channels.get(attribution)
        if source.kind != "nobody" or channel is None:
            return source
        key = outlet_key(channel)
        label = sources.labels.get(key, channel)
        return Source(key, label, "outlet", (spoken_to(source.label, label),))


@dataclass(slots=True)
class Settled:
    """Where the texts of one claim lead: each to its own ground, or on to another text; with each step's reasons."""

    texts: dict[int, Text]
    follows: dict[int, int] = field(default_factory=dict)
    grounds: dict[int, Ground] = field(default_factory=dict)
    reasons: dict[int, list[Reason]] = field(default_factory=lambda: defaultdict(list))


def _claim(grouping: Grouping, corpus: Corpus, sources: Sources, lines: Lines) -> Claim:
    settled = Settled({text.index: text for text in _texts(grouping, sources, lines)})
    _read_as_one(settled, sources, lines)
    _rest_on_article(settled, grouping, sources, lines)
    _read_as_one(settled, sources, lines)
    _follow_outlets(settled, sources)
    _close_circles(settled, sources)
    _break_circles(settled, sources)
    for text in settled.texts.values():
        if text.index not in settled.follows:
            settled.grounds.setdefault(text.index, ground(text, sources))
    _follow_article(settled)
    rooted = _roots(settled)
    roots = tuple(rooted.roots)
    root_of = {text: number for number, mine in enumerate(rooted.texts) for text in mine}
    statements = tuple(Statement(w.document, w.start, w.end, w.attribution, root_of[copy], w.value)
                       for w, copy in zip(grouping.wordings, grouping.copies, strict=True))
    groups = low_groups(roots, _supports(grouping, settled, rooted, lines), sources, lines.lore)
    first = grouping.wordings[0]
    return Claim(grouping.id, grouping.text, statements, Origins(len(groups), len(roots), roots, groups),
                 Earliest(first.document, lines.published(first)), grouping.reasons, checks=grouping.checks)


def _texts(grouping: Grouping, sources: Sources, lines: Lines) -> Iterable[Text]:
    """The texts of a claim, each told by the earliest of its articles that none of the others is a parent of."""
    carried: dict[int, list[Wording]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    for at, copy in enumerate(grouping.copies):
        carried[copy].append(grouping.wordings[at])
        places[copy].append(at)
    for index, mine in carried.items():
        documents: set[str | None] = {wording.document for wording in mine}
        head = next((w for w in mine if not lines.parents_of(w) & documents), mine[0])
        yield Text(index, head.document, tuple(places[index]), lines.sentence(head), _chain(head, mine, sources, lines),
                   sources.publisher[head.document], frozenset(sources.publisher[w.document] for w in mine),
                   sources.credits.get(head.document, ()), lines.when(head), _since(mine, sources, lines),
                   None in lines.parents_of(head), lines.heard(head))


def _chain(head: Wording, mine: Sequence[Wording], sources: Sources, lines: Lines) -> tuple[Source, ...]:
    """Whom a text names, as most of its articles do that are word for word as `head` or not known to be later.  Copies
    that are word for word the same and were read differently are read as most of them were.  Whoever is named by NAMED
    of all goes before nobody: who copies a text leaves its source out more often than he invents one.
    """
    said, when = lines.sentence(head), lines.when(head)
    chains: dict[tuple[str | None, ...], tuple[Source, ...]] = {}
    counts: dict[str, Counter[tuple[str | None, ...]]] = defaultdict(Counter)
    for wording in mine:
        sentence = lines.sentence(wording)
        if sentence == said or before(when, lines.when(wording)) <= EVEN:
            chain = lines.chain(wording.attribution, sources)
            key = tuple(source.key for source in chain)
            chains.setdefault(key, chain)
            counts[sentence][key] += 1
    votes: Counter[tuple[str | None, ...]] = Counter()
    for keys in counts.values():
        votes[max(keys, key=lambda key: (keys[key], key != ()))] += keys.total()
    named = {key: times for key, times in votes.items() if any(key)}
    some = named if sum(named.values()) >= NAMED * votes.total() else votes
    return chains[max(some, key=lambda key: (some[key], any(key), len(key), tuple(map(str, key))))]


def _since(mine: Sequence[Wording], sources: Sources, lines: Lines) -> Mapping[str, Window | None]:
    """When each outlet that carries a text, or is credited with it, first did; None where that is not known."""
    found: dict[str, Window | None] = {}
    for wording in mine:
        when = lines.when(wording)
        for outlet in (sources.publisher[wording.document], *sources.credits.get(wording.document, ())):
            known = found.get(outlet)
            found[outlet] = when if known is None or (when is not None and when < known) else known
    return found


# -- one source under several names ---------------------------------------------------------------------------------

def one_bearer(name: str, other: str) -> Reason:
    """Of those on whose word the claim is told, the one's name is a part of the other's, and of nobody else's."""
    return Reason.of(one_bearer, name=name, read_as=other)


def _read_as_one(settled: Settled, sources: Sources, lines: Lines) -> None:
    """Read names of the claim's sources that are of one bearer under one of them."""
    named: dict[str, Source] = {}
    where: dict[str, set[str]] = defaultdict(set)
    for text in settled.texts.values():
        for source in text.chain:
            if source.kind in SOMEBODY and source.key is not None:
                named[source.key] = source
                where[source.key].add(lines.corpus.documents[text.document].text)
    if len(named) < 2:
        return
    stands = bearers.one_bearer({key: source.label for key, source in named.items()}, where, sources.apart,
                                frozenset(sources.publisher.values()))
    outlets = {stands[key] for key, source in named.items() if key in stands and source.kind == "outlet"}
    for index, text in list(settled.texts.items()) if stands else ():
        chain = tuple(_standing(source, named, stands, outlets) for source in text.chain)
        settled.texts[index] = replace(text, chain=chain)
        settled.reasons[index] += [one_bearer(old.label, new.label) for old, new in zip(text.chain, chain, strict=True)
                                   if old.key != new.key]


def _standing(source: Source, named: Mapping[str, Source], stands: Mapping[str, str], outlets: set[str]) -> Source:
    """A source under the name that stands for it; it is an outlet where any of its names is one's."""
    if source.kind not in SOMEBODY or source.key is None or source.key not in stands:
        return source
    one = named[stands[source.key]]
    kind: Literal["authority", "outlet"] = "outlet" if one.key in outlets else "authority"
    return replace(source, key=one.key, label=one.label, kind=kind)


# -- what an article shows elsewhere -------------------------------------------------------------------------------

def spoken_to(name: str, outlet: str) -> Reason:
    """Whoever spoke is not named, so that what he said to an outlet rests on that outlet's report."""
    return Reason.of(spoken_to, name=name, outlet=outlet)


def shown_elsewhere(source: Source) -> Reason:
    """It names no source itself, but its article shows elsewhere whom it has it from, as networks read it that learned
    from articles that people judged (docs/resting-model.md).
    """
    return Reason.of(shown_elsewhere, source=source.label)


def _rest_on_article(settled: Settled, grouping: Grouping, sources: Sources, lines: Lines) -> None:
    """Give texts that name nobody the source that their articles show them to rest on, unless the article itself names
    one for another statement of the claim: one that is likely (RESTS), or one on whose word others tell the claim and
    that is not unlikely (AGREED).  Where one article alone tells it, it is told on that one's word, and there is
    nothing to count.
    """
    if len({wording.document for wording in grouping.wordings}) < 2:
        return
    naming = {text.document for text in settled.texts.values() if _names_somebody(text)}
    bare = {index: list(_shown(text, grouping, sources, lines)) for index, text in settled.texts.items()
            if text.document not in naming and saw_for_itself(text, sources) is None}
    for index, shown in bare.items():
        _rest(settled, index, [one for one in shown if one[0] >= RESTS])
    told = {_told_by(text) for text in settled.texts.values()} - {None}
    for index, shown in bare.items():
        if not _names_somebody(settled.texts[index]):
            _rest(settled, index, [one for one in shown if one[0] >= AGREED and _told_by(one[1]) in told])


def _shown(text: Text, grouping: Grouping, sources: Sources, lines: Lines) -> Iterator[tuple[float, Text]]:
    """A text with each of those on whom it may rest, the likeliest first, and how likely that is if it is not somebody
    without a name: what unnamed sources say in an article that shows an outlet is mostly that outlet's.
    """
    head = next(grouping.wordings[at] for at in text.wordings if grouping.wordings[at].document == text.document)
    known = [(shown.chance, replace(text, chain=lines.chain(shown.attribution, sources), heard=None))
             for shown in lines.rests.get((head.document, head.start), ())]
    named = [(chance, resting) for chance, resting in known if _names_somebody(resting)]
    rest = 1 - sum(chance for chance, resting in known if not _names_somebody(resting))
    yield from ((chance / max(rest, LITTLE), resting) for chance, resting in named)


def _rest(settled: Settled, index: int, shown: Sequence[tuple[float, Text]]) -> None:
    """Let a text rest on the likeliest of those shown, if there are any."""
    if shown:
        settled.texts[index] = shown[0][1]
        source = next(s for s in reversed(shown[0][1].chain) if s.kind in SOMEBODY)
        settled.reasons[index].append(shown_elsewhere(source))


def _told_by(text: Text) -> tuple[str, str] | None:
    """The outlet or authority on whose word a text is told."""
    outlet = outlet_of(text)
    if outlet is not None:
        return "outlet", outlet
    named = next((source.key for source in reversed(text.chain) if source.kind == "authority"), None)
    return None if named is None else ("authority", named)


def _names_somebody(text: Text) -> bool:
    return _told_by(text) is not None


# -- following -----------------------------------------------------------------------------------------------------

def told_by_outlet(outlet: str, other: Text) -> Reason:
    """It passes on what another outlet reported, and that outlet's own statement is in the archive: what that one rests
    on, this one does.
    """
    return Reason.of(told_by_outlet, outlet=outlet, statement=other.sentence)


def cited_in_circle(outlets: Sequence[str], texts: Sequence[Text]) -> Reason:
    """These outlets cite each other for it in a circle, so none of them is its origin, and what the first of them had
    it from is not in the archive, unless it names whose word it is.
    """
    return Reason.of(cited_in_circle, cites=" → ".join(outlets), texts=" | ".join(text.sentence for text in texts))


def same_article(other: Text) -> Reason:
    """The same article says it more than once; where it names a source, its other statements of this rest on it too."""
    return Reason.of(same_article, statement=other.sentence)


def _follow_outlets(settled: Settled, sources: Sources) -> None:
    """What is passed on, to the outlet's own statement, else to one that credits it, if that may have come before it:
    one that likely did before one that hardly did, the likest, then the earliest.
    """
    having_it: dict[str, list[Text]] = defaultdict(list)
    for text in settled.texts.values():
        for outlet in text.since:
            having_it[outlet].append(text)
    for text in settled.texts.values():
        named = outlet_of(text)
        if named is None or saw_for_itself(text, sources) is not None:
            continue
        outlet, mine = named, bag(text.sentence)
        having = [(other, before(other.since[outlet], text.when)) for other in having_it[outlet] if other is not text]
        ranked = [(chance < EVEN, outlet not in other.publishers, -overlap(mine, bag(other.sentence)), other.index)
                  for other, chance in having if chance > WRONG]
        if ranked:
            settled.follows[text.index] = min(ranked)[3]
            other = settled.texts[min(ranked)[3]]
            settled.reasons[text.index].append(told_by_outlet(sources.labels.get(outlet, outlet), other))


def _close_circles(settled: Settled, sources: Sources) -> None:
    """An outlet's own text that is dated too late for what cites it is followed all the same where it leads back, so
    that a circle is one whatever its dates.
    """
    own: dict[str, int] = {}
    for text in settled.texts.values():
        for publisher in text.publishers:
            own.setdefault(publisher, text.index)
    late: dict[int, int] = {}
    for text in settled.texts.values():
        outlet = outlet_of(text)
        if outlet in own and text.index not in settled.follows and saw_for_itself(text, sources) is None:
            late[text.index] = own[outlet]
    onward = late | settled.follows
    for start in late:
        at, seen = late[start], {start}
        while at not in seen and at in onward:
            seen.add(at)
            at = onward[at]
        if at == start:
            settled.follows[start] = late[start]


def _break_circles(settled: Settled, sources: Sources) -> None:
    """A circle of texts that pass it on from each other ends in the earliest of them that names an authority, else in
    the earliest.
    """
    for start in sorted(settled.follows):
        seen = [start]
        while (after := settled.follows.get(seen[-1])) is not None and after not in seen:
            seen.append(after)
        if after is not None:
            circle = [settled.texts[index] for index in seen[seen.index(after):]]
            end = min(circle, key=lambda text: (names_authority(text, sources) is None, text.index))
            del settled.follows[end.index]
            at = circle.index(end)
            _end_in_circle(settled, [*circle[at:], *circle[:at]], sources)


def _end_in_circle(settled: Settled, circle: Sequence[Text], sources: Sources) -> None:
    """Give the first text of a circle, each of which cites the next, its ground."""
    end = circle[0]
    named = {outlet_of(text) for text in circle}
    if len(named) == 1 and not any(named & text.publishers for text in circle):      # all have it from one not held
        settled.grounds[end.index] = ground(end, sources)
        settled.reasons[end.index].clear()
        return
    outlets = [sources.labels.get(text.own, text.own) for text in (*circle, end)]
    reason = cited_in_circle(outlets, circle)
    authority = names_authority(end, sources)
    if authority is not None:
        settled.reasons[end.index].append(reason)
    label = f"{', '.join(outlets[:-2])} and {outlets[-2]}, citing each other"
    settled.grounds[end.index] = authority or Ground("unseen", ("circle", str(end.index)), label, reason)


def _follow_article(settled: Settled) -> None:
    """An article's bare statements to its sourced one of the same claim, else to its first."""
    by_document: dict[str, list[Text]] = defaultdict(list)
    for index in settled.grounds:
        by_document[settled.texts[index].document].append(settled.texts[index])
    for mine in by_document.values():
        own = [text for text in mine if settled.grounds[text.index].kind in ("authority", "witness")] or mine
        for text in mine:
            if text is not own[0] and settled.grounds[text.index].kind == "assertion":
                del settled.grounds[text.index]
                settled.follows[text.index] = own[0].index
                settled.reasons[text.index].append(same_article(own[0]))


# -- `high`: what proof makes one ----------------------------------------------------------------------------------

def same_text(text: Text) -> Reason:
    """The articles share this text, so they are one origin, told by the earliest of them in this archive."""
    return Reason.of(same_text, statements=len(text.wordings), earliest=text.document)


def same_source(label: str, texts: Sequence[Text]) -> Reason:
    """Different texts name the same source for it."""
    return Reason.of(same_source, source=label, texts=len(texts))


def same_newsroom(label: str, texts: Sequence[Text]) -> Reason:
    """What articles of one newsroom saw or assert is one origin."""
    return Reason.of(same_newsroom, outlet=label, texts=len(texts))


@dataclass(frozen=True, slots=True)
class Rooted:
    """The distinct roots of a claim in the order of their earliest statement, and the texts (by index) of each."""

    roots: Sequence[Root]
    texts: Sequence[Sequence[int]]


def _roots(settled: Settled) -> Rooted:
    ends: dict[int, int] = {}
    for index in settled.texts:
        ends[index] = index
        while ends[index] in settled.follows:
            ends[index] = settled.follows[ends[index]]
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, end in ends.items():
        by_key[settled.grounds[end].key].append(index)
    roots: list[Root] = []
    for mine in by_key.values():
        grounded = [settled.texts[index] for index in mine if ends[index] == index]
        found = settled.grounds[grounded[0].index]
        one = same_newsroom if found.kind in ("witness", "assertion") else same_source
        reasons = [found.reason] + [one(found.label, grounded)] * (len(grounded) > 1)
        reasons += _decided(grounded, found)
        for index in mine:
            if len(settled.texts[index].wordings) > 1:
                reasons.append(same_text(settled.texts[index]))
            reasons += settled.reasons.get(index, [])
        roots.append(Root(found.kind, found.label, tuple(reasons)))
    return Rooted(roots, list(by_key.values()))


def _decided(texts: Sequence[Text], found: Ground) -> list[Reason]:
    """What people decided about the source that these texts name, each decision once."""
    reasons = [reason for text in texts for source in text.chain if source.key == found.key[1]
               for reason in source.reasons if "decision" in reason.values]
    return list({(r.rule, r.values["decision"]): r for r in reasons}.values())


# -- `low`: what stands on its own ----------------------------------------------------------------------------------

def own_support(root: Root) -> Reason:
    """It names an authority, or saw for itself, so it does not rest on any of the others."""
    return Reason.of(own_support, kind=root.kind, label=root.label)


def nothing_named(roots: Sequence[Root]) -> Reason:
    """No statement names an authority or saw for itself, so all of them may rest on one and the same."""
    return Reason.of(nothing_named, roots=len(roots))


def _supports(grouping: Grouping, settled: Settled, rooted: Rooted, lines: Lines) -> dict[int, Support]:
    """The roots that count, by index, with the articles that name each."""
    own = [index for index, root in enumerate(rooted.roots) if root.kind in ("authority", "witness")]
    found = {}
    for index in own:
        grounded = [settled.texts[at] for at in rooted.texts[index] if at in settled.grounds]
        told = [at for text in rooted.texts[index] for at in settled.texts[text].wordings]
        documents = frozenset(grouping.wordings[at].document for at in told)
        accounts = [lines.account(text.document, grouping) for text in grounded] if len(own) > 1 else []
        witness = rooted.roots[index].kind == "witness"
        bearer = grounded[0].own if witness else settled.grounds[grounded[0].index].key[1]
        found[index] = Support(rooted.roots[index], bearer, accounts, documents)
    return found


def low_groups(roots: Sequence[Root], supports: Mapping[int, Support], sources: Sources,
               lore: Lore) -> tuple[LowGroup, ...]:
    """The roots that `low` counts (`supports`, by index), those that depend on each other as one; where none counts,
    all of them as one.
    """
    if not supports:
        return (LowGroup(tuple(range(len(roots))), (nothing_named(roots),)),)
    unions = Unions(len(roots))
    joined: list[tuple[int, Reason]] = []
    for one, other in combinations(sorted(supports), 2):
        if unions.root(one) != unions.root(other):
            reason = depends(Two(supports[one], supports[other], sources, lore))
            if reason is not None:
                unions.join(one, other)
                joined.append((one, reason))
    groups: dict[int, list[int]] = defaultdict(list)
    for index in sorted(supports):
        groups[unions.root(index)].append(index)
    reasons = {first: [reason for one, reason in joined if one in mine] for first, mine in groups.items()}
    return tuple(LowGroup(tuple(mine), (own_support(roots[first]), *reasons[first])) for first, mine in groups.items())
