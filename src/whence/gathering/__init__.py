"""New statements to what they change in an archive's claims: held against what is near them, and nothing else again.

Whatever depends on two texts is computed from these two alone and kept: which statements share a passage, and what the
judge finds of two texts.  From that, groups are found anew where a pair of them changed, and only claims of which a
member, its text or its group changed are written again.  So the outcome is that of all documents at once.
"""
from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from whence.config import ClaimsConfig, Config, fingerprint
from whence.gathering import copying, grouping, pairing, taking, telling
from whence.gathering.sources import Sources
from whence.model import Rulings
from whence.neural import judge
from whence.store.claimed import Claimed, manifest_of
from whence.store.tables import Derived

__all__ = ["NAME", "Sources", "bring", "home", "readings"]

NAME = "gathered"


def home(derived: Derived, config: Config, fingerprints: Mapping[str, str]) -> Path:
    """Where the state lies for one configuration and what single documents are read from (steps' fingerprints)."""
    reads = [fingerprints[name] for name in ("extract", "attribute", "embed", "statements")]
    return derived.home(NAME, fingerprint(NAME, derived.made_by(bring), config.claims, reads))


def bring(folder: Path, sources: Sources, config: ClaimsConfig, rulings: Rulings) -> dict[str, Path]:
    """The folders, by name, that hold the claims-to-be of all documents."""
    state = Claimed(folder)
    if set(state.manifest.parts) - set(sources.parts):
        state.reset()
    before = {name: state.of[name].copy() for name in ("head", "label")}
    taking.take_in(state, sources)
    taking.patch(state, sources, rulings)
    order, live = taking.in_time(state), taking.live(state, sources.hidden)
    copying.link(state, sources, live, config)
    copying.set_heads(state, live, order)
    gone = pairing.pair_up(state, sources, config)
    timed = replace(sources, read=_timed(sources.read, state))
    limits, judged = pairing.judge_open(state, timed, config, order)
    grouping.group(state, np.concatenate([gone, judged], 1), order, config)
    ruled, reasons = grouping.label(state, order, rulings)
    telling.shelve(state, grouping.touched(state, before, ruled, judged), config, order, reasons)
    telling.tell_rest(state, config, limits)
    state.commit()
    return {name: folder / path for name, path in state.manifest.shelves.items()}


def _timed(read: judge.Read, state: Claimed) -> judge.Read:
    """`read`, with what it takes noted in the state."""
    state.manifest.pairs, state.manifest.seconds = 0, 0.0
    return partial(_note, read, state)


def _note(read: judge.Read, state: Claimed, pairs: Sequence[judge.Two]) -> judge.Readings:
    began = time.perf_counter()
    found = read(pairs)
    state.manifest.pairs += len(pairs)
    state.manifest.seconds += time.perf_counter() - began
    return found


def readings(folder: Path) -> tuple[int, float]:
    """How many pairs the judge's network was asked for in the last run, and the seconds that took."""
    manifest = manifest_of(folder)
    return manifest.pairs, manifest.seconds
