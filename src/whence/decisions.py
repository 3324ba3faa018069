"""Decisions in the order in which they were made -> those that stand, and what they make of groups of statements."""
from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Generic, TypeVar

from whence.model import (
    Attribution,
    Corpus,
    Decision,
    DecisionKind,
    Document,
    Link,
    Place,
    Reason,
    Ruling,
    Rulings,
    Sentence,
    Subject,
)

VERDICTS: Mapping[DecisionKind, Ruling] = {
    "merge": "same", "split": "different", "same-source": "same", "different-source": "different",
    "speaker": "given", "dismiss": "dismissed", "confirm": "confirmed", "owners": "given", "undo": "withdrawn"}
"""What holds of a decision's subject from then on."""

NONE = Rulings()
"""Nobody decided anything."""

Thing = TypeVar("Thing", bound=Hashable)
Pairs = list[tuple[Thing, Thing]]


def undone(log: Sequence[Decision]) -> dict[str, str]:
    """By id, the decisions that another one superseded, and which; what undid may itself be undone."""
    found: dict[str, str] = {}
    for decision in reversed(log):
        if decision.supersedes is not None and decision.id not in found:
            found.setdefault(decision.supersedes, decision.id)
    return found


def standing(log: Sequence[Decision]) -> list[Decision]:
    """The decisions that nothing superseded, undoings aside, in their order."""
    gone = undone(log)
    return [decision for decision in log if decision.id not in gone and decision.kind != "undo"]


def rulings(log: Sequence[Decision]) -> Rulings:
    """What the decisions that stand ask of the steps.  Of two that contradict each other the later one wins."""
    stands = standing(log)
    one_claim, other_claim = _settled(stands, _of_claims)
    one_source, other_source = _settled(stands, _of_sources)
    last = {d.subject: d for d in stands if d.subject.kind == "attribution"}
    lists = [d.subject.owners for d in stands if d.kind == "owners"]
    speakers = {_attributed(d.subject): d for d in stands if d.kind == "speaker"}
    return Rulings(one_claim, other_claim, one_source, other_source,
                   tuple(subject for subject, d in last.items() if d.kind == "dismiss"), lists[-1] if lists else (),
                   tuple(speakers.values()))


def digest(rulings: Rulings, fields: Iterable[str]) -> str:
    """16 hex digits that stand for what these fields of the rulings say; empty where they say nothing."""
    told = [(name, *((str(r.one), str(r.other), r.by.id) if isinstance(r, Link) else (str(r),)))
            for name in fields for r in getattr(rulings, name)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] if told else ""


# -- which of them win -------------------------------------------------------------------------------------------

class Blocs(Generic[Thing]):
    """Things that are held to be one, and such blocs that are held apart."""

    def __init__(self) -> None:
        self._above: dict[Thing, Thing] = {}
        self._apart: dict[Thing, set[Thing]] = defaultdict(set)

    def root(self, thing: Thing) -> Thing:
        """What the thing's bloc is known by."""
        while (above := self._above.get(thing, thing)) != thing:
            self._above[thing] = self._above.get(above, above)
            thing = above
        return thing

    def join(self, one: Thing, other: Thing) -> bool:
        """Hold two to be one; False, and nothing done, where their blocs are held apart."""
        one, other = self.root(one), self.root(other)
        if other in self._apart[one]:
            return False
        if one != other:
            self._above[other] = one
            for third in self._apart.pop(other, set()):
                self._apart[third].discard(other)
                self._apart[third].add(one)
                self._apart[one].add(third)
        return True

    def part(self, one: Thing, other: Thing) -> bool:
        """Hold two apart; False, and nothing done, where they are held to be one."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return False
        self._apart[one].add(other)
        self._apart[other].add(one)
        return True


def _settled(stands: Sequence[Decision], read: Callable[[Decision], tuple[Pairs[Thing], Pairs[Thing]]],
             ) -> tuple[tuple[Link[Thing], ...], tuple[Link[Thing], ...]]:
    """What is one and what is not: the last decision holds whole, each earlier one where no later contradicts it."""
    blocs: Blocs[Thing] = Blocs()
    one: list[Link[Thing]] = []
    apart: list[Link[Thing]] = []
    for decision in reversed(stands):
        same, different = read(decision)
        one[:0] = [Link(a, b, decision) for a, b in same if blocs.join(a, b)]
        apart[:0] = [Link(a, b, decision) for a, b in different if blocs.part(a, b)]
    return tuple(one), tuple(apart)


def _of_claims(decision: Decision) -> tuple[Pairs[Place], Pairs[Place]]:
    subject = decision.subject
    if decision.kind not in ("merge", "split") and (decision.kind, subject.kind) != ("confirm", "claim"):
        return [], []
    same = [(subject.statements[0], other) for other in subject.statements[1:]]
    return same, [(one, subject.leaves) for one in subject.statements] if subject.leaves is not None else []


def _of_sources(decision: Decision) -> tuple[Pairs[str], Pairs[str]]:
    names = decision.subject.names
    if decision.subject.kind not in ("sources", "suggestion"):
        return [], []
    if decision.kind in ("same-source", "confirm"):
        return [(names[0], other) for other in names[1:]], []
    return [], list(combinations(names, 2))


# -- statements ----------------------------------------------------------------------------------------------------

def decided_one_claim(by: Decision) -> Reason:
    """A person decided that these statements are one claim."""
    return Reason.of(decided_one_claim, **signed(by))


def decided_another_claim(by: Decision) -> Reason:
    """A person decided that a statement is not of this claim, though it would have been joined."""
    return Reason.of(decided_another_claim, **signed(by))


def signed(by: Decision) -> dict[str, str]:
    """Who decided it and when, with the note, as a reason's values."""
    note = {"note": by.note} if by.note else {}
    return {"decision": by.id, "by": by.user, "at": by.at, **note}


def regroup(groups: Sequence[Sequence[int]], at: Mapping[Place, int],
            rulings: Rulings) -> tuple[list[list[int]], dict[int, list[Reason]]]:
    """Groups of statements (by number) as people decided, and the reasons, by a statement they are about.

    `groups` are those that a decision is about, `at` the statements that decisions name and that are there.  What is
    decided about a statement that is not there waits until it is.  First, whatever leaves a group leaves it; then what
    is one is joined, each with its whole group; then whatever thereby came back to what it is held apart from leaves
    again.  What is held to be one stays together throughout.
    """
    joins = [(at[r.one], at[r.other], r.by) for r in rulings.one_claim if r.one in at and r.other in at]
    leaves = [(at[r.one], at[r.other], r.by) for r in rulings.other_claim if r.one in at and r.other in at]
    blocs: Blocs[int] = Blocs()
    for one, other, _ in joins:
        blocs.join(one, other)
    found = [list(group) for group in groups]
    home = {index: number for number, group in enumerate(found) for index in group} if joins or leaves else {}
    reasons: dict[int, list[Reason]] = defaultdict(list)
    _leave(found, home, leaves, blocs, reasons)
    for one, other, by in joins:
        _move(found, home, home[other], home[one], found[home[other]])
        reasons[one].append(decided_one_claim(by))
    _leave(found, home, leaves, blocs, reasons)
    return [sorted(group) for group in found if group], reasons


def _leave(groups: list[list[int]], home: dict[int, int], leaves: Iterable[tuple[int, int, Decision]],
           blocs: Blocs[int], reasons: dict[int, list[Reason]]) -> None:
    for one, other, by in leaves:
        if home[one] == home[other]:
            mine = [index for index in groups[home[one]] if blocs.root(index) == blocs.root(one)]
            groups.append([])
            _move(groups, home, home[one], len(groups) - 1, mine)
            reasons[one].append(decided_another_claim(by))
            reasons[other].append(decided_another_claim(by))


def _move(groups: list[list[int]], home: dict[int, int], old: int, new: int, indices: Sequence[int]) -> None:
    if old == new:
        return
    gone = set(indices)
    groups[new] = [*groups[new], *indices]
    groups[old] = [index for index in groups[old] if index not in gone]
    home.update((index, new) for index in indices)


# -- attributions --------------------------------------------------------------------------------------------------

def subject_of(attribution: Attribution, document: Document, sentences: Sequence[Sentence]) -> Subject:
    """How a decision refers to an attribution: the sentence it begins in, its source and its cue as they are written.

    `sentences` are the document's, in the text's order.  An attribution of the title has no sentence.
    """
    title = attribution.field == "title"
    text = document.title or "" if title else document.text
    first = min((span.start for spans in (attribution.source, attribution.cue, attribution.content) for span in spans),
                default=0)
    start = None if title else max((s.start for s in sentences if s.start <= first), default=0)
    source, cue = (" ".join(text[s:e] for s, e in spans) for spans in (attribution.source, attribution.cue))
    return Subject("attribution", (Place(document.id, start),), names=(source,), words=(cue,))


def decided_speaker(by: Decision) -> Reason:
    """A person decided who says it."""
    name = by.subject.words[1]
    return Reason.of(decided_speaker, **({"name": name} if name else {}), **signed(by))


def _attributed(subject: Subject) -> Subject:
    """The attribution whose speaker a decision gives."""
    return replace(subject, kind="attribution", words=subject.words[:1])


def as_decided(corpus: Corpus, rulings: Rulings) -> Corpus:
    """The archive without the attributions that people dismissed, and with the speakers that people gave."""
    kept = without(corpus, rulings.dismissed)
    if not rulings.speakers:
        return kept
    return replace(kept, attributions=spoken(kept.attributions, kept.documents, kept.sentences, rulings.speakers))


def spoken(attributions: Mapping[str, Sequence[Attribution]], documents: Mapping[str, Document],
           sentences: Mapping[str, Sequence[Sentence]], speakers: Sequence[Decision],
           ) -> dict[str, Sequence[Attribution]]:
    """The attributions of documents, by document, with the speakers that people gave."""
    given = {_attributed(by.subject): by for by in speakers}
    found = dict(attributions)
    for name in sorted({subject.statements[0].document for subject in given} & documents.keys()):
        told = [(a, given.get(subject_of(a, documents[name], sentences.get(name, ()))))
                for a in attributions.get(name, ())]
        found[name] = [a if by is None else _spoken(a, by) for a, by in told]
    return found


def _spoken(attribution: Attribution, by: Decision) -> Attribution:
    name = by.subject.words[1]
    return replace(attribution, speaker=name or None, source_kind="named" if name else "none",
                   reasons=(*attribution.reasons, decided_speaker(by)))


def without(corpus: Corpus, dismissed: Sequence[Subject]) -> Corpus:
    """The archive without the attributions that people dismissed: what they say of a statement counts no more."""
    if not dismissed:
        return corpus
    gone = set(dismissed)
    documents = {place.document for subject in dismissed for place in subject.statements}
    kept = dict(corpus.attributions)
    for name in sorted(documents & corpus.documents.keys()):
        document, sentences = corpus.documents[name], corpus.sentences.get(name, ())
        kept[name] = [a for a in corpus.attributions.get(name, ()) if subject_of(a, document, sentences) not in gone]
    return replace(corpus, attributions=kept)
