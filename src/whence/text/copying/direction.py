"""Passages and who was taken from whom to the way that each passage went, and which of a large family's are kept."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from whence.model import Direction, Family, Limit, Parent, Reason, Reuse
from whence.text.copying.kinship import HELD, Kinship, Link, likeliest
from whence.text.copying.pedigree import Pedigree


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
    lines = Pedigree(kinship.collation.holds, likeliest(told))
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
