"""Shared passages to families: who took which passage from whom, how surely, and on what evidence."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from whence.config import LineageConfig
from whence.model import Direction, Document, Family, Limit, Lineage, Member, Parent, Passages, Reason, Reuse, identify
from whence.text.copying import descent
from whence.text.copying.align import Run
from whence.text.copying.collate import Collation, Common, Shared, collate, stretch, stretches
from whence.text.copying.kinship import SHOWN, Ground, Kinship, Source
from whence.text.copying.pedigree import Pedigree, circles, comes_from, oldest_first
from whence.text.copying.shingle import Words

VERSION = 2

HELD = .5
"""The confidence from which a candidate is held to be a parent, as everyone who reads the tables expects."""
MANY_DATED = 8
"""Dated articles that share a text from which an undated one is held to be a copy on that alone: were any of them as
likely the original as any other, the undated one would be with one chance in nine.  Chosen on the generated worlds.
"""

BRIDGE = 8
"""Words between two stretches of one passage: the gap at which alignment ends one (copying.align.Scoring)."""
NOBODY = Parent(None, 0.0, ())
CONFIDENCE = attrgetter("confidence")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a document's words `region` (a set) were taken from: the likeliest source first, then others."""

    region: int
    sources: tuple[Source, ...]
    unseen: Parent | None = None

    @property
    def best(self) -> Source:
        """The likeliest source."""
        return self.sources[0]


def trace(documents: Sequence[Document], passages: Passages, config: LineageConfig,
          collation: Collation | None = None) -> Lineage:
    """Families of the passages, parents with confidence and reasons, and the reuses with their direction.

    Boilerplate makes no family and keeps its direction unknown.  The parents at a confidence of .5 and above form no
    cycle.  A family is named after the document in which its text stands first.  `collation` is what `lay_out` makes of
    the same documents and passages, where that is known already.
    """
    documents = sorted(documents, key=lambda d: d.id)
    collation = collation or lay_out(documents, passages.reuses)
    kinship = Kinship(documents, collation)
    youngest_first = sorted((x for x, held in collation.holds.items() if held), key=kinship.age, reverse=True)
    chosen = {x: choose(x, kinship, config) for x in youngest_first}
    links, alone = doubt(without_circles(chosen, kinship), kinship)
    families = gather(kinship, links, alone, config)
    reuses, limits = thin(direct(passages.reuses, kinship, links), families, config.members)
    return Lineage(tuple(families), tuple(reuses), tuple(limits))


def lay_out(documents: Sequence[Document], reuses: Sequence[Reuse], words: Words | None = None,
            known: Mapping[tuple[int, int], Common] | None = None) -> Collation:
    """The documents, which come by id, beside each other in what they share that is not boilerplate.

    `words` are the documents', `known` what pairs of them, the smaller id first, are known to have in common.
    """
    at = {document.id: n for n, document in enumerate(documents)}
    shared = [Shared(at[r.a.document], r.a.start, r.a.end, at[r.b.document], r.b.start, r.b.end)
              for r in reuses if not r.boilerplate]
    return collate([d.text for d in documents], shared, words, known)


# -- parents -----------------------------------------------------------------------------------------------------

def choose(x: int, kinship: Kinship, config: LineageConfig) -> list[Link]:
    """The likeliest source of document x, then of what that one does not cover, and so on; surest words first.

    """
    collation = kinship.collation
    left = {y: (source, collation.holds[x][y]) for y, source in kinship.sources(x).items()}
    links: list[Link] = []
    done = 0
    while left:
        ranked = sorted(left, key=lambda y: (-worth(left[y][0], left[y][1] & ~done), kinship.age(y)))
        first = ranked[0]
        if (left[first][1] & ~done).bit_count() < config.least_words:
            break
        region = collation.covers[x][first] & ~done
        near = [y for y in ranked[1:] if 2 * (left[y][1] & region).bit_count() > (left[first][1] & region).bit_count()]
        sources = [left[first][0]] + [_runner_up(left[y][0]) for y in near[:config.candidates - 1]]
        links.append(Link(region, tuple(sources)))
        done |= region
        left = {y: pair for y, pair in left.items() if y != first}
    return links


def worth(source: Source, new: int) -> float:
    """What orders sources: how many words one explains weighs more than how surely it is older."""
    return float(new.bit_count()) ** 3 * source.chance


def _runner_up(source: Source) -> Source:
    """A source that explains a passage less well than another: shown, and not held to be a parent."""
    return replace(source, chance=min(source.chance / 2, HELD - .01))


def without_circles(links: Mapping[int, Sequence[Link]], kinship: Kinship) -> dict[int, list[Link]]:
    """The links less those that close a circle; the surest are laid first."""
    circle = circles(_texts(links))
    order = sorted(((link.best.chance, x, n) for x, mine in links.items() for n, link in enumerate(mine)),
                   key=lambda row: (-row[0], kinship.age(row[1]), row[2]))
    kept: dict[int, list[Link]] = defaultdict(list)
    inside: dict[int, list[int]] = defaultdict(list)       # those kept of which a circle could be made
    for _, x, n in order:
        source = links[x][n].best.text
        if circle[source] == circle[x]:
            if comes_from(source, x, inside):
                continue
            inside[x].append(source)
        kept[x].append(links[x][n])
    return kept


def _texts(links: Mapping[int, Sequence[Link]]) -> dict[int, list[int]]:
    """The likeliest sources of each document."""
    return {x: [link.best.text for link in mine] for x, mine in links.items()}


def doubt(links: Mapping[int, Sequence[Link]], kinship: Kinship) -> tuple[dict[int, list[Link]], dict[int, Parent]]:
    """The links with the chance that a text outside the archive is the true source; and those documents without a
    link that come from one.

    Where two documents have it from an unseen text, the older has too, unless it was taken from a third.
    """
    doubted: dict[int, list[Link]] = defaultdict(list)
    alone: dict[int, Parent] = {}
    for x, mine in links.items():
        for link in mine:
            y = link.best.text
            chance, reasons = kinship.unseen(x, y)
            if chance >= HELD and y not in links:
                alone[y] = max(alone.get(y, NOBODY), Parent(None, round(chance, 4), reasons), key=CONFIDENCE)
            credited = Parent(None, *kinship.uncredited(x, y))
            parent = max(credited, Parent(None, round(chance, 4), reasons), key=CONFIDENCE)
            sources = tuple(order_unproven(source) for source in link.sources)
            weaker = tuple(replace(s, chance=min(s.chance, 1 - parent.confidence)) for s in sources)
            doubted[x].append(Link(link.region, weaker if parent.confidence >= HELD else sources,
                                   parent if parent.confidence >= SHOWN else None))
    for x, held in kinship.collation.holds.items():
        if held and x not in links:
            found = max(alone.get(x, NOBODY), Parent(None, *kinship.uncredited(x, None)), key=CONFIDENCE)
            alone |= {x: found} if found.confidence >= SHOWN else {}
    return doubted, alone


def order_unproven(source: Source) -> Source:
    """One of the two has no date, few dated articles share the text, and nothing in words or credits tells which came
    before the other: it may be the source, and is not held to be.
    """
    grounds = {ground.rule: ground.values for ground in source.grounds if ground.rule != descent.one_sentence}
    dated = grounds.get(descent.undated, {}).get("kin", MANY_DATED)
    if len(grounds) > 1 or not isinstance(dated, int) or dated >= MANY_DATED:
        return source
    ground = Ground.of(order_unproven, dated_articles=dated)
    return replace(source, chance=min(source.chance, HELD - .01), grounds=(*source.grounds, ground))


# -- families ----------------------------------------------------------------------------------------------------

def gather(kinship: Kinship, links: Mapping[int, Sequence[Link]], alone: Mapping[int, Parent],
           config: LineageConfig) -> list[Family]:
    """Each word followed from hand to hand to the document where it stands first: a family for each of those.

    What a document has of its own amid what it took is a family if it is a passage's length, and others took it over.
    """
    collation = kinship.collation
    held: dict[int, dict[int, int]] = {}                   # document -> family (its first document) -> words
    for x in oldest_first((x for x, held in collation.holds.items() if held), _texts(links)):
        mine: dict[int, int] = defaultdict(int)
        rest = 0
        for cover in collation.covers[x].values():
            rest |= cover
        for link in links.get(x, ()):
            for root, words in inherited(link, collation.runs(x, link.best.text), held[link.best.text]).items():
                mine[root] |= words & rest
                rest &= ~words
        for first, last in stretches(rest, bridge=BRIDGE):
            if last - first >= config.own_words:
                mine[x] |= rest & stretch(first, last)
        held[x] = {root: words for root, words in mine.items() if words}
    by_root: dict[int, list[int]] = defaultdict(list)
    for x, mine in held.items():
        for root in mine:
            by_root[root].append(x)
    families = (_family(root, members, held, kinship, links, alone) for root, members in by_root.items())
    return sorted((f for f in families if len({m.document for m in f.members}) > 1), key=lambda f: f.id)


def inherited(link: Link, runs: Sequence[Run], held: Mapping[int, int]) -> dict[int, int]:
    """The words of a link's region by the family that its source has them from.

    `runs` are in order, the document first; words between two runs go with the run before them.
    """
    found: dict[int, int] = defaultdict(int)
    for n, (word, source, size) in enumerate(runs):
        until = runs[n + 1][0] if n + 1 < len(runs) and 0 <= runs[n + 1][0] - word - size <= 8 else word + size
        for root, words in held.items():
            part = words >> source & ((1 << size) - 1)
            if part:
                whole = part.bit_count() == size
                found[root] |= (stretch(word, until) if whole else part << word) & link.region
    return found


def _family(root: int, members: Sequence[int], held: Mapping[int, Mapping[int, int]], kinship: Kinship,
            links: Mapping[int, Sequence[Link]], alone: Mapping[int, Parent]) -> Family:
    collation, documents = kinship.collation, kinship.documents
    rows = []
    for x in members:
        for first, last in stretches(held[x][root], bridge=BRIDGE):
            mine = [link for link in links.get(x, ()) if link.region & stretch(first, last)]
            sources = [source for link in mine for source in link.sources]
            parents = [Parent(documents[s.text].id, round(s.chance, 4), s.reasons) for s in sources]
            parents += [link.unseen for link in mine if link.unseen]
            if x in alone and not mine:
                parents.append(alone[x])
            parents.sort(key=lambda p: (-p.confidence, p.document or ""))
            rows.append(Member(documents[x].id, *collation.place(x, first, last), tuple(parents)))
    rows.sort(key=lambda m: (m.document, m.start))
    earliest = min(members, key=kinship.age)
    return Family(identify("f", documents[root].id), tuple(rows), documents[earliest].id)


# -- direction ---------------------------------------------------------------------------------------------------

def came_through(source: str, copy: str) -> str:
    """The one was taken from the other, directly or through others between them."""
    return f"{source} {copy}"


def from_one_text(first: str, second: str) -> str:
    """Neither was taken from the other: both go back to one text in the archive."""
    return f"{first} {second}"


def direct(reuses: Sequence[Reuse], kinship: Kinship, links: Mapping[int, Sequence[Link]]) -> list[Reuse]:
    """The reuses with the direction that the parents give them, its confidence and reasons."""
    at = {document.id: n for n, document in enumerate(kinship.documents)}
    told = {x: [link for link in mine if link.best.chance >= HELD] for x, mine in links.items()}
    lines = Pedigree(kinship.collation.holds, _texts(told))
    found = []
    for reuse in reuses:
        a, b = at[reuse.a.document], at[reuse.b.document]
        if reuse.boilerplate:
            found.append(reuse)
        elif lines.comes_from(a, b):
            found.append(_directed(reuse, "b_to_a", a, b, kinship, told))
        elif lines.comes_from(b, a):
            found.append(_directed(reuse, "a_to_b", b, a, kinship, told))
        else:
            found.append(_beside(reuse, [*_unseen(a, b, links), *_unseen(b, a, links)], a, b, lines, told))
    return found


def _beside(reuse: Reuse, unseen: Sequence[Parent], a: int, b: int, lines: Pedigree,
            told: Mapping[int, Sequence[Link]]) -> Reuse:
    """The reuse between two documents of which neither was taken from the other."""
    for parent in unseen:
        return replace(reuse, direction="common_source", confidence=parent.confidence, reasons=parent.reasons)
    if not lines.meet(a, b):
        return reuse
    surest = min(told[n][0].best.chance for n in (a, b))
    reason = Reason.of(from_one_text, first=reuse.a.document, second=reuse.b.document)
    return replace(reuse, direction="common_source", confidence=round(surest, 4), reasons=(reason,))


def _unseen(copy: int, source: int, links: Mapping[int, Sequence[Link]]) -> list[Parent]:
    """The unseen source that the two are held to have in common, where they are."""
    return [link.unseen for link in links.get(copy, ()) if link.best.text == source
            and link.unseen is not None and link.unseen.confidence >= HELD]


def _directed(reuse: Reuse, direction: Direction, copy: int, source: int, kinship: Kinship,
              told: Mapping[int, Sequence[Link]]) -> Reuse:
    for link in told[copy]:
        if link.best.text == source:
            return replace(reuse, direction=direction, confidence=round(link.best.chance, 4), reasons=link.best.reasons)
    weighed = kinship.source(copy, source)
    names = kinship.documents[source].id, kinship.documents[copy].id
    reasons = (Reason.of(came_through, source=names[0], copy=names[1]), *weighed.reasons)
    return replace(reuse, direction=direction, confidence=round(max(HELD, weighed.order), 4), reasons=reasons)


def thin(reuses: Sequence[Reuse], families: Sequence[Family], most: int) -> tuple[list[Reuse], list[Limit]]:
    """The reuses less those of families with more than `most` documents, where only each member's with its parents
    and with the earliest are kept; and the cuts made."""
    large: dict[str, list[tuple[str, set[frozenset[str]]]]] = defaultdict(list)
    limits = []
    for family in families:
        names = {member.document for member in family.members}
        if len(names) <= most:
            continue
        limits.append(Limit("lineage", f"reuses within {family.id}: parents and the earliest only", most, len(names)))
        kept = {frozenset((m.document, p.document)) for m in family.members for p in m.parents if p.document}
        kept |= {frozenset((name, family.earliest)) for name in names}
        for name in sorted(names):
            large[name].append((family.id, kept))
    found = []
    for reuse in reuses:
        mine = dict(large.get(reuse.a.document, ()))
        both = [mine[name] for name, _ in large.get(reuse.b.document, ()) if name in mine]
        pair = frozenset((reuse.a.document, reuse.b.document))
        if reuse.boilerplate or not both or any(pair in kept for kept in both):
            found.append(reuse)
    return found, limits
