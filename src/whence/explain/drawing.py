"""Turns a claim's origins, and who took it from whom, into a drawing: a row a node, a lane a step away from the origin.

The roots stand in the leftmost lane, each above the documents that rest on it.  A document stands one lane to the right
of the one it was taken from, and below it; among those taken from one text the earliest stands highest.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whence.explain.index import Index
from whence.model import Claim, Statement

HELD = .5
"""From this confidence on, a candidate is held to be a parent (a definition, not a measurement)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A root (`document` None) or a document that tells the claim, at its row and lane, both counted from 0.

    `parents` are the documents of the drawing that it was taken from, each with the confidence; `unseen` says that it
    is held to come from a text that is not in the archive.
    """

    row: int
    lane: int
    root: int
    document: str | None = None
    parents: tuple[tuple[str, float], ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two rows: from a root, from the likeliest parent, or from one more parent."""

    start: Node
    end: Node
    kind: Literal["root", "parent", "also"]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes in the order of their rows, and the arrows; `left_out` counts the documents that are not drawn."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    lanes: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What a document hangs from: its root, the `others` that it has for the claim, and its parents in the drawing,
    the likeliest first.
    """

    root: int
    others: tuple[int, ...]
    parents: tuple[tuple[str, float], ...]
    unseen: bool


def draw(index: Index, claim: Claim, statements: Sequence[Statement], most: int) -> Drawing:
    """The drawing of a claim whose statements are given in order of time: all of its roots; of its documents the
    earliest, at most `most`.
    """
    documents = list(dict.fromkeys(statement.document for statement in statements))
    drawn = documents[:most]
    places = {document: _place(index, document, statements, set(drawn)) for document in drawn}
    above = _above(places)
    nodes = _rows(places, above, list(dict.fromkeys(statement.root for statement in statements)))
    by_document = {node.document: node for node in nodes if node.document}
    roots = {node.root: node for node in nodes if node.document is None}
    links: list[Link] = []
    for document, node in by_document.items():
        parent = above[document]
        if parent is None:
            links.append(Link(roots[node.root], node, "root"))
        links += [Link(roots[other], node, "also") for other in places[document].others]
        for name, confidence in node.parents:
            links.append(Link(by_document[name], node, "parent" if name == parent else "also", confidence))
    lanes = 1 + max((node.lane for node in nodes), default=0)
    return Drawing(tuple(nodes), tuple(links), lanes, len(documents) - len(drawn))


def _place(index: Index, document: str, statements: Sequence[Statement], drawn: set[str]) -> _Place:
    mine = [statement for statement in statements if statement.document == document]
    parents: dict[str, float] = {}
    unseen = False
    for statement in mine:
        for _, member in index.families_at(document, statement.start, statement.end):
            for parent in member.parents:
                if parent.confidence < HELD:
                    continue
                if parent.document is None:
                    unseen = True
                elif parent.document in drawn and parent.document != document:
                    parents[parent.document] = max(parent.confidence, parents.get(parent.document, 0.0))
    likeliest = sorted(parents.items(), key=lambda pair: (-pair[1], index.rank[pair[0]]))
    own, *others = dict.fromkeys(statement.root for statement in mine)
    return _Place(own, tuple(others), tuple(likeliest), unseen)


def _above(places: dict[str, _Place]) -> dict[str, str | None]:
    """The parent under which each document is drawn: the likeliest of the same root; none where that makes a circle."""
    above: dict[str, str | None] = {}
    for document, place in places.items():
        above[document] = next((name for name, _ in place.parents if places[name].root == place.root), None)
    for document in places:
        seen = {document}
        at = above[document]
        while at is not None and at not in seen:
            seen.add(at)
            at = above[at]
        if at is not None:
            above[document] = None
    return above


def _rows(places: dict[str, _Place], above: dict[str, str | None], roots: Sequence[int]) -> list[Node]:
    """The roots in their order, each followed by what hangs from it, depth before breadth."""
    under: dict[str | None, list[str]] = {}
    for document in places:
        under.setdefault(above[document], []).append(document)
    nodes: list[Node] = []
    for root in roots:
        nodes.append(Node(len(nodes), 0, root))
        waiting = [(document, 1) for document in reversed(under.get(None, [])) if places[document].root == root]
        while waiting:
            document, lane = waiting.pop()
            place = places[document]
            nodes.append(Node(len(nodes), lane, root, document, place.parents, place.unseen))
            waiting += [(child, lane + 1) for child in reversed(under.get(document, []))]
    return nodes
