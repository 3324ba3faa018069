"""Texts that are new -> the pairs that lie within the radius, each judged once; and why two are judged as they are."""
from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

import numpy as np

from whence.config import ClaimsConfig
from whence.engines import local
from whence.gathering.lots import AT_ONCE, SECONDS, Lot, lot
from whence.gathering.sources import Sources
from whence.model import Limit
from whence.neural import cells, judge
from whence.steps import candidates, judging
from whence.store.claimed import Array, Claimed


def pair_up(state: Claimed, sources: Sources, config: ClaimsConfig) -> Array:
    """Find what is near the texts that are new, and forget pairs of those that are no more; returns the pairs (2 x n)
    that are gone.
    """
    node = state.of["head"] == np.arange(len(state))
    gone = _forget(state, node)
    new = node & ~state.of["node"]
    state.of["node"] = node
    _embed(state, sources, np.flatnonzero(new & (state.of["row"] < 0)))
    if new.any():
        places = np.flatnonzero(node)
        rows = state.of["row"][places]
        vectors, lying = state.vectors()
        reach = candidates.Reach(config.radius, config.denied_radius, state.of["denies"][places])
        for one, other, cosine in candidates.near(np.asarray(vectors[rows]), np.asarray(lying[rows]), new[places],
                                                  reach):
            first, second = places[one], places[other]
            state.add_pairs(np.minimum(first, second), np.maximum(first, second), cosine)
    return gone


def _forget(state: Claimed, node: Array) -> Array:
    kept = node[state.pairs["one"]] & node[state.pairs["other"]]
    gone = np.stack([state.pairs["one"][~kept], state.pairs["other"][~kept]])
    if not kept.all():
        state.pairs = {name: array[kept] for name, array in state.pairs.items()}
        for pair in zip(*gone.tolist(), strict=True):
            state.denied.pop(pair, None)
    return gone


def _embed(state: Claimed, sources: Sources, bare: Array) -> None:
    for at in range(0, len(bare), AT_ONCE):
        some = bare[at:at + AT_ONCE]
        made = cells.whole(sources.vectors(state.points(some)))
        state.add_vectors(some, made, cells.cells(made))


def judge_open(state: Claimed, sources: Sources, config: ClaimsConfig, order: Array) -> tuple[list[Limit], Array]:
    """Judge what was not yet; returns the cuts made, and the pairs (2 x n) that are judged now and were not before, or
    were and are no more.
    """
    cut, full = _crowded(state, config)
    gone = state.pairs["judged"] & cut
    state.pairs["judged"][gone] = False
    for pair in zip(state.pairs["one"][gone].tolist(), state.pairs["other"][gone].tolist(), strict=True):
        state.denied.pop(pair, None)
    fresh = np.flatnonzero(~state.pairs["judged"] & ~cut)
    _judge(state, sources, config, order, fresh)
    changed = np.concatenate([fresh, np.flatnonzero(gone)])
    limits = [Limit("claims", "statements near more others than are judged", config.most_near, full)] if full else []
    return limits, np.stack([state.pairs["one"][changed], state.pairs["other"][changed]])


def _crowded(state: Claimed, config: ClaimsConfig) -> tuple[Array, int]:
    """Which pairs are not judged, since one of them is near too many others; and how many such texts there are."""
    one, other, cosine = (state.pairs[name] for name in ("one", "other", "cosine"))
    cut, crowd = np.zeros(len(one), np.bool_), np.zeros(len(state), np.bool_)
    for some in (cosine >= config.radius, cosine < config.radius):   # a denial crowds nothing else out
        full = _count(state, one[some]) + _count(state, other[some]) > config.most_near
        cut |= some & (full[one] | full[other]) & (cosine < config.crowded)
        crowd |= full
    return cut, int(crowd.sum())


def _count(state: Claimed, places: Array) -> Array:
    return np.bincount(places, minlength=len(state))


def _judge(state: Claimed, sources: Sources, config: ClaimsConfig, order: Array, rows: Array) -> None:
    """Judge the pairs at `rows`, one lot after the other."""
    begins = range(0, len(rows), AT_ONCE)
    denying, owners = state.denying(), state.column("document")
    lots = ((rows[at:at + AT_ONCE], lot(state, order, rows[at:at + AT_ONCE])) for at in begins)
    for mine, pairs in local.each(measure, lots, len(begins), SECONDS):
        found = judging.judged(pairs, partial(_texts, state, mine), sources.read)
        state.pairs["judged"][mine], state.pairs["asked"][mine] = True, found.asked
        for name, of in (("same", judge.SAME), ("contrary", judge.CONTRARY)):
            state.pairs[name][mine] = np.round(found.chances[:, of], 4)
        _judge_denied(state, sources, order, mine, denying)
        within = mine[owners[state.pairs["one"][mine]] == owners[state.pairs["other"][mine]]]
        state.pairs["same"][within] = np.round(judge.within_article(state.pairs["same"][within]), 4)
        state.pairs["same"][mine[pairs.exchanged]] = judging.APART
        _tell_contrary(state, order, mine[state.pairs["contrary"][mine] >= config.contrary])


def _judge_denied(state: Claimed, sources: Sources, order: Array, rows: Array, denying: Array) -> None:
    """Judge pairs once more of which one, or each, denies a clause in so many words, by that clause: who denies what
    the other says tells the contrary, and who denies the same says the same.  `denying` are the statements that do.
    """
    mine, theirs = (denying[state.pairs[name][rows]] for name in ("one", "other"))
    rows, both = rows[mine | theirs], (mine & theirs)[mine | theirs]
    if not len(rows):
        return
    pairs = judging.measured(lot(state, order, rows, points=True).pairs())
    found = judging.judged(pairs, partial(_points, state, rows), sources.read)
    same = np.round(found.chances[:, judge.SAME], 4)
    state.pairs["asked"][rows] |= found.asked
    for which, raised, lowered in ((both, "same", "contrary"), (~both, "contrary", "same")):
        some, chances = rows[which], same[which]
        state.pairs[raised][some] = np.maximum(state.pairs[raised][some], chances)
        state.pairs[lowered][some] = np.minimum(state.pairs[lowered][some], 1 - chances)


def measure(task: tuple[Array, Lot]) -> tuple[Array, judging.Measured]:
    """What is seen of a lot of pairs, for one process among others; with the pairs' rows."""
    return task[0], judging.measured(task[1].pairs())


def _tell_contrary(state: Claimed, order: Array, rows: Array) -> None:
    """Keep why the pairs at `rows` are held to be contrary."""
    one, other, sure, asked = (state.pairs[name][rows].tolist() for name in ("one", "other", "contrary", "asked"))
    for pair, *told in zip(lot(state, order, rows).pairs(), one, other, sure, asked, strict=True):
        state.denied[told[0], told[1]] = json.dumps(judging.says(pair, told[2], told[3]))


def _texts(state: Claimed, rows: Array, chosen: Sequence[int]) -> list[tuple[str, str]]:
    some = rows[chosen]
    return list(zip(state.said(state.pairs["one"][some]), state.said(state.pairs["other"][some]), strict=True))


def _points(state: Claimed, rows: Array, chosen: Sequence[int]) -> list[tuple[str, str]]:
    some = rows[chosen]
    one, other = state.pairs["one"][some], state.pairs["other"][some]
    return [(denied or said, its or theirs) for denied, said, its, theirs in zip(
        state.denied_clauses(one), state.said(one), state.denied_clauses(other), state.said(other), strict=True)]
