"""Judged pairs -> the group of every text, found anew only where a pair changed; people's decisions on top."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from whence import decisions
from whence.config import ClaimsConfig
from whence.model import Place, Reason, Rulings
from whence.steps import claims
from whence.store.claimed import Array, Claimed

WHOLE = 10_000
"""Chances as whole numbers: to four decimals, as they are kept."""
NEVER = -1 << 50
"""What two texts of which one denies the other, or that are told of others (judging.APART), add to a sum of chances:
no sum is positive with it.
"""

Touched = tuple[set[int], set[int]]


def group(state: Claimed, changed: Array, order: Array, config: ClaimsConfig) -> None:
    """Find the groups of the texts that a changed pair (2 x n) or a new text can move.

    Two groups are made one only where a pair of them is `config.agree` sure at least, so that nothing moves in texts
    that no chain of such pairs ties to a changed one.
    """
    node, pairs = state.of["node"], state.pairs
    contrary = (pairs["contrary"] >= config.contrary) | (pairs["same"] < 0)
    moved = np.zeros(len(state), np.bool_)
    moved[changed.reshape(-1)] = True
    moved |= node & (state.of["group"] < 0)
    _spread(moved, pairs, pairs["judged"] & ~contrary & (pairs["same"] >= config.agree))
    moved &= node
    kept = moved[pairs["one"]] & moved[pairs["other"]] & pairs["judged"] & (
        (pairs["same"] >= config.faint) | contrary)
    sure = np.round(pairs["same"][kept].astype(np.float64) * WHOLE).astype(np.int64)
    sure = np.where(contrary[kept], NEVER, sure)
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, one in zip(pairs["one"][kept].tolist(), pairs["other"][kept].tolist(), sure.tolist(), strict=True):
        near[a][b] = near[b][a] = one
    quoted = set(np.flatnonzero(state.quoted_only()).tolist())
    apart = {one: near.pop(one, {}) for one in np.flatnonzero(moved & state.quoted_only()).tolist()}
    near = {one: {other: sure for other, sure in others.items() if other not in quoted} for one, others in near.items()}
    least = round(config.agree * WHOLE)
    found = claims.groups(sorted(near, key=order.__getitem__), near, least)
    groups = state.of["group"]
    groups[~node] = -1
    groups[moved] = np.flatnonzero(moved)
    groups[list(found)] = list(found.values())
    sizes = np.bincount(groups[node & ~state.quoted_only()], minlength=len(state))
    for one, others in apart.items():
        told = {other: sure for other, sure in others.items() if other not in quoted}
        groups[one] = _nearest(one, told, groups, sizes, order, least)


def _nearest(quoted: int, near: Mapping[int, int], groups: Array, sizes: Array, order: Array, least: int) -> int:
    """The group that what a fact-check quotes most surely says the same as on average, `least` at least; else itself.
    It joins no two groups, since it isn't told.
    """
    sums: dict[int, int] = defaultdict(int)
    for other, sure in near.items():
        sums[int(groups[other])] += sure
    means = {group: total / int(sizes[group]) for group, total in sums.items() if sizes[group]}
    best = max(means, key=lambda group: (means[group], -order[group]), default=quoted)
    return best if means.get(best, 0) >= least else quoted


def _spread(moved: Array, pairs: Mapping[str, Array], strong: Array) -> None:
    one, other = pairs["one"][strong], pairs["other"][strong]
    while True:
        grown = moved[one] != moved[other]
        if not grown.any():
            return
        moved[one[grown]] = moved[other[grown]] = True


def label(state: Claimed, order: Array, rulings: Rulings) -> tuple[set[int], dict[int, list[Reason]]]:
    """Give each statement the earliest of its claim, by groups and people's decisions; returns the labels that
    decisions are about, and their reasons by statement.
    """
    head = state.of["head"]
    labels = np.where(head >= 0, state.of["group"][head], -1).astype(np.int32)
    state.of["label"] = labels
    links = *rulings.one_claim, *rulings.other_claim
    at = _places(state, {place for link in links for place in (link.one, link.other)})
    mine = sorted({int(labels[index]) for index in at.values()})
    members = np.flatnonzero(np.isin(labels, mine)) if mine else np.zeros(0, np.int64)
    groups = [members[labels[members] == one].tolist() for one in mine]
    found, reasons = decisions.regroup(groups, at, rulings)
    for some in found:
        labels[some] = min(some, key=order.__getitem__)
    return {*mine, *(int(labels[some[0]]) for some in found)}, reasons


def _places(state: Claimed, places: set[Place]) -> dict[Place, int]:
    documents = sorted({state.ordinals[place.document] for place in places if place.document in state.ordinals})
    if not documents:
        return {}
    ids, starts, owners = state.documents.column("id"), state.column("start"), state.column("document")
    held = np.flatnonzero((state.of["label"] >= 0) & np.isin(owners, documents))
    there = {Place(ids[int(owners[at])].as_py(), int(starts[at])): at for at in held.tolist()}
    return {place: there[place] for place in places if place in there}


def touched(state: Claimed, before: Mapping[str, Array], ruled: set[int], judged: Array) -> Touched:
    """The labels of claims to be written anew, and of those that were written and are no more as they were.

    `before` are labels and heads of the run before, `judged` pairs (2 x n) of which another thing is told now.
    """
    count = len(before["label"])
    labels, head = state.of["label"], state.of["head"]
    changed = np.ones(len(labels), np.bool_)
    changed[:count] = (labels[:count] != before["label"]) | (head[:count] != before["head"])
    changed[judged[0][labels[judged[0]] == labels[judged[1]]]] = True    # why its texts are together is told otherwise
    ours = ruled | set(state.manifest.ruled)
    state.manifest.ruled = sorted(ruled)
    old = set(np.unique(before["label"][changed[:count]]).tolist()) | ours
    anew = set(np.unique(labels[changed]).tolist()) | _held(labels, old)
    return anew - {-1}, (old | anew) - {-1}


def _held(labels: Array, wanted: Sequence[int] | set[int]) -> set[int]:
    """Those of some labels that statements have."""
    return set(np.unique(labels[np.isin(labels, list(wanted))]).tolist()) if wanted else set()
