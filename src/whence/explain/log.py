"""Turns an archive's decisions into its log: who decided what about which words, when, and whether it still holds."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whence.decisions import undone
from whence.explain.index import Index, day
from whence.explain.words import cut, flat
from whence.model import Decision, Place, Tables

TEXT_LENGTH = 160
"""Characters of a statement that are quoted.  Chosen: two lines of a terminal; its place is given."""
MOST = 8
"""Statements, names or outlets of one decision that are shown; the rest is counted.  `whence log --json` has all."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One decision, in words; `about` quotes what it refers to.

    `undone_by` is the decision that superseded it, if that one stands; `missing` counts the statements that it refers
    to and that are not in this archive as it is now: what it says of them waits until they are.
    """

    decision: Decision
    about: tuple[str, ...]
    undone_by: str | None
    missing: int


def log(tables: Tables | Index) -> tuple[LogLine, ...]:
    """Every decision in the order in which they were made."""
    index = Index.of(tables)
    decisions = index.tables.decisions
    texts = _texts(index, decisions)
    gone = undone(decisions)
    return tuple(LogLine(decision, tuple(_about(index, decision, texts)), gone.get(decision.id),
                         sum(place not in texts for place in _places(decision))) for decision in decisions)


def _places(decision: Decision) -> list[Place]:
    subject = decision.subject
    return [*subject.statements, *([subject.leaves] if subject.leaves else [])]


def _texts(index: Index, decisions: Sequence[Decision]) -> dict[Place, str]:
    """The words of every statement or title that a decision refers to, where it is there."""
    wanted = {place for decision in decisions for place in _places(decision)}
    documents = {place.document for place in wanted} & index.documents.keys()
    texts = {Place(d, None): index.documents[d].title or "" for d in documents}
    for sentence in index.tables.sentences if documents else ():
        if sentence.document in documents:
            text = index.documents[sentence.document].text[sentence.start:sentence.end]
            texts[Place(sentence.document, sentence.start)] = text
    return texts


def _about(index: Index, decision: Decision, texts: Mapping[Place, str]) -> Iterator[str]:
    subject = decision.subject
    if decision.supersedes:
        yield f"decision {decision.supersedes}"
    for place in subject.statements[:MOST]:
        yield _quoted(index, place, texts)
    if len(subject.statements) > MOST:
        yield f"and {len(subject.statements) - MOST:,} more statements"
    if subject.leaves is not None:
        yield f"not of the claim of {_quoted(index, subject.leaves, texts)}"
    if subject.kind == "speaker":
        yield flat(f"{subject.names[0] or 'nobody'} ({subject.words[0]}): {subject.words[1] or 'nobody'}")
        return
    if subject.words:
        yield flat(f"{subject.words[0]}: {' | '.join(subject.words[1:])}".rstrip(": "))
    yield from (flat(name) for name in subject.names[:MOST])
    yield from (flat(f"{owned.outlet}: owned by {owned.owner}") for owned in subject.owners[:MOST])
    if len(subject.owners) > MOST:
        yield f"and {len(subject.owners) - MOST:,} more outlets"


def _quoted(index: Index, place: Place, texts: Mapping[Place, str]) -> str:
    where = place.document if place.start is None else f"{place.document}:{place.start}"
    if place not in texts:
        return f"{where} (not in this archive as it is now)"
    return f"“{cut(texts[place], TEXT_LENGTH)}” ({index.publisher(place.document)}, {where})"


def log_text(lines: Sequence[LogLine]) -> str:
    """The log for a terminal, the oldest decision on top."""
    found = []
    for line in lines:
        made = line.decision
        state = f" [undone by {line.undone_by}]" if line.undone_by else ""
        waits = f" [{line.missing} of its statements not in this archive as it is now]" if line.missing else ""
        found.append(f"{made.id}  {made.kind}, {flat(made.user)}, {day(made.at)}{state}{waits}")
        found += [f"    {about}" for about in line.about]
        found += [f"    note: {flat(made.note)}"] if made.note else []
    return "\n".join(found) or "Nobody has decided anything yet."
