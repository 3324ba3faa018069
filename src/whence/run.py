"""What is stale and why, as data (`plan`), and making it so no longer (`execute`).

Each step's output is filed under a fingerprint of its code, its whole configuration, everything it reads and what
people decided about it.  A step on single documents is stale for the documents that none of its parts were made from; a
step on the whole archive is stale where nothing is filed under its fingerprint.  So nothing is computed twice, and
nothing stale is ever read.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from whence import decisions
from whence.code import digest
from whence.config import Config, fingerprint
from whence.engines import local
from whence.model import Capture, Rulings
from whence.pipeline import GROWN, STEPS, Job, Step
from whence.store import whole
from whence.store.folder import Folder
from whence.store.record import now
from whence.store.tables import remove
from whence.store.whole import Whole

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""

PAGE = .025
"""Seconds that it takes to extract a saved page; measured on 40 of news sites.  Of a text it takes a hundredth."""
BATCH = 256                                # documents a part; chosen: a second or two of work that a kill can lose


@dataclass(frozen=True, slots=True)
class Stale:
    """A step that is not up to date: why, and for how many documents."""

    step: str
    reasons: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is stale, first step first, and the fingerprint under which each step's output is or will be filed.

    `rulings` are what people had decided when it was planned, in so many decisions (`decided`).
    """

    stale: tuple[Stale, ...]
    fingerprints: Mapping[str, str]
    captures: tuple[Capture, ...]
    rulings: Rulings = decisions.NONE
    decided: int = 0


def plan(folder: Folder) -> Plan:
    """Compare what the record holds with what is derived.  Changes nothing."""
    captures = tuple(folder.record.captures())
    ids = {capture.id for capture in captures}
    made = folder.record.decisions()
    rulings = decisions.rulings(made)
    prints = fingerprints(folder.config, ids, folder.derived.made_by, rulings)
    stale: list[Stale] = []
    for step in STEPS:
        missing = len(ids - folder.derived.done(step.name, prints[step.name]))
        if missing:
            mine = _meta(folder, step, prints, rulings) | {"documents": len(ids)}
            stale.append(Stale(step.name, tuple(_reasons(folder, step, mine)), missing))
    return Plan(tuple(stale), prints, captures, rulings, len(made))


def fingerprints(config: Config, ids: Iterable[str], code: Callable[..., str] = digest,
                 rulings: Rulings = decisions.NONE) -> dict[str, str]:
    """The fingerprint of every step for an archive that holds the documents `ids` and what people decided; `code` gives
    what stands for a function's code.
    """
    everything = fingerprint("archive", "", config.inputs, ids)
    prints: dict[str, str] = {}
    for step in STEPS:
        reads = [prints[name] for name in step.reads] + ([] if step.single else [everything])
        reads += [digest for digest in [decisions.digest(rulings, step.heeds)] if digest]
        settings = getattr(config, step.name, None)
        prints[step.name] = fingerprint(step.name, code(step.make), settings, reads)
    return prints


def _reasons(folder: Folder, step: Step, mine: Mapping[str, Any]) -> Iterable[str]:
    known = folder.derived.described(step.name)
    if not known:
        yield "it never ran"
        return
    last = known[-1]
    if last.get("code") != mine["code"]:
        yield "its code, or a file or library that this reads by, changed"
    for name, value in mine["config"].items():
        if last["config"].get(name) != value:
            yield f"the setting {name} changed ({last['config'].get(name)} to {value})"
    if last["documents"] != mine["documents"]:
        yield f"the archive grew ({last['documents']} to {mine['documents']} articles)"
    if last.get("decisions", "") != mine["decisions"]:
        yield "people decided otherwise"
    for name, its in mine["reads"].items():
        if last["reads"].get(name) != its:
            yield f"{name} changed"
    if last["fingerprint"] == mine["fingerprint"] and last["documents"] == mine["documents"]:
        yield "it was cut off before it ended"


def _meta(folder: Folder, step: Step, prints: Mapping[str, str], rulings: Rulings) -> dict[str, Any]:
    settings = getattr(folder.config, step.name, None)
    return {"fingerprint": prints[step.name], "code": folder.derived.made_by(step.make),
            "config": asdict(settings) if settings else {}, "reads": {name: prints[name] for name in step.reads},
            "decisions": decisions.digest(rulings, step.heeds)}


def execute(folder: Folder, todo: Plan, progress: Progress, only: Sequence[str] | None = None) -> None:
    """Do what `todo` says is stale (of the steps in `only`, where given), step by step.

    Whatever interrupts it, the parts that were finished stay and the next plan leaves them out.  Once all is done that
    state counts as whole, and what other states left is removed.
    """
    stale = {entry.step for entry in todo.stale}
    for step in STEPS:
        if step.name not in stale or (only is not None and step.name not in only):
            continue
        mine = todo.fingerprints[step.name]
        meta = _meta(folder, step, todo.fingerprints, todo.rulings) | {"documents": len(todo.captures)}
        folder.derived.describe(step.name, mine, meta)
        jobs = _jobs(folder, step, todo)
        progress(step.name, 0, len(jobs))
        pages = sum(capture.format == "html" for job in jobs for capture in job.captures) if step.single else 0
        for done, _ in enumerate(local.each(step.make, jobs, len(jobs), PAGE * pages / max(1, len(jobs))), 1):
            progress(step.name, done, len(jobs))
    if only is None:
        settle(folder, todo)


def settle(folder: Folder, done: Plan) -> None:
    """Note the state of which nothing is stale as whole, and remove what others left."""
    derived, prints = folder.derived, done.fingerprints
    parts = {step.name: derived.parts(step.name, prints[step.name]) for step in STEPS}
    whole.write(derived.folder, Whole(prints, parts, done.decided, now()))
    for step in STEPS:
        derived.sweep(step.name, prints[step.name])


def mend(folder: Folder, prints: Mapping[str, str]) -> list[str]:
    """Remove what is damaged of the tables under these fingerprints, so that it is made anew: the files' names."""
    found = []
    single = {step.name for step in STEPS if step.single}
    for step, part, file in list(folder.derived.damaged(prints)):
        home = folder.derived.home(step, prints[step])
        found.append(str(home / part / file))
        for name in sorted(single) if step in single else ():      # made anew, articles may be parted otherwise
            remove(folder.derived.home(name, prints[name]) / part)
        if step not in single:
            remove(home)
        if step in single or step in GROWN:
            forget(folder, GROWN.get(step, GROWN["reuse"]))
    return found


def forget(folder: Folder, names: Iterable[str]) -> None:
    """Remove what steps keep besides their tables, to be made anew."""
    for name in names:
        remove(folder.derived.folder / name)


def _jobs(folder: Folder, step: Step, todo: Plan) -> list[Job]:
    """The parts that a step still has to make: new documents in batches, the parts of the first step, or one of all."""
    job = Job(folder.root, folder.config, todo.fingerprints, rulings=todo.rulings)
    mine = todo.fingerprints[step.name]
    if not step.single:
        return [replace(job, captures=todo.captures)]
    if step.reads:
        first = STEPS[0].name
        have = set(folder.derived.parts(step.name, mine))
        parts = folder.derived.parts(first, todo.fingerprints[first])
        return [replace(job, part=part) for part in parts if part not in have]
    done = folder.derived.done(step.name, mine)
    missing = [capture for capture in todo.captures if capture.id not in done]
    return [replace(job, captures=tuple(missing[i:i + BATCH])) for i in range(0, len(missing), BATCH)]
