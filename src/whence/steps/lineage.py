"""Shared passages to families: who took which passage from whom, how surely, and on what evidence."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from whence.config import LineageConfig
from whence.model import Document, Family, Lineage, Member, Parent, Passages, Reuse, identify
from whence.text.copying import descent
from whence.text.copying.align import Run
from whence.text.copying.collate import Collation, Common, Shared, collate, stretch, stretches
from whence.text.copying.direction import direct, thin
from whence.text.copying.kinship import HELD, SHOWN, Ground, Kinship, Link, Source, likeliest
from whence.text.copying.pedigree import circles, comes_from, oldest_first
from whence.text.copying.shingle import Words

MANY_DATED = 8
"""Dated articles that share a text from which an undated one is held to be a copy on that alone: were any of them as
likely the original as any other, the undated one would be with one chance in nine.  Chosen on the generated worlds.
"""

BRIDGE = 8
"""Words between two stretches of one passage: the gap at which alignment ends one (copying.align.Scoring)."""
NOBODY = Parent(None, 0.0, ())
CONFIDENCE = attrgetter("confidence")


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
    families = gather(kinship, {x: list(filter(is_family, mine)) for x, mine in links.items()}, alone, config)
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
    circle = circles(likeliest(links))
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

def is_family(link: Link) -> bool:
    """Whether a link shows one text: not where the two share a sentence alone, of which nobody is held to have it from
    the other; a formula, a count's usual frame or somebody's words make no family.
    """
    unseen = link.unseen is not None and link.unseen.confidence >= HELD
    single = any(ground.rule == descent.one_sentence for ground in link.best.grounds)
    return unseen or link.best.chance >= HELD or not single


def gather(kinship: Kinship, links: Mapping[int, Sequence[Link]], alone: Mapping[int, Parent],
           config: LineageConfig) -> list[Family]:
    """Each word followed from hand to hand to the document where it stands first: a family for each of those.

    What a document has of its own amid what it took is a family if it is a passage's length, and others took it over.
    """
    collation = kinship.collation
    held: dict[int, dict[int, int]] = {}                   # document -> family (its first document) -> words
    for x in oldest_first((x for x, held in collation.holds.items() if held), likeliest(links)):
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
