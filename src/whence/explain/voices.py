"""Turns a statement's attributions into voices: who says it, with what cue, and who passes it on."""
from __future__ import annotations

from dataclasses import dataclass

from whence.explain.index import Index
from whence.explain.words import flat
from whence.model import Act, Attribution, SourceKind, Statement

BEFORE_A_NAME = frozenset({"according to", "per", "as per", "in the words of"})
"""English cues that can't stand after the speaker; every other one does: "the mayor: said"."""

UNNAMED: frozenset[SourceKind] = frozenset({"anonymous", "none"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of a statement: the words that name them (empty where none do), the cue, and what kind they are.

    `speaker` is the fullest name that the article gives, where the words are shorter; `channel` the outlet through
    which the words came.
    """

    name: str
    cue: str
    source_kind: SourceKind
    act: Act
    attribution: str
    speaker: str | None = None
    channel: str | None = None

    @property
    def named(self) -> bool:
        """Whether a reader could go and ask them."""
        return bool(self.name) and self.source_kind not in UNNAMED

    @property
    def cue_leads(self) -> bool:
        """Whether the cue reads only before the name: "according to the mayor", "was reported by the agency"."""
        return self.cue.casefold() in BEFORE_A_NAME or self.cue.casefold().endswith(" by")

    @property
    def beside(self) -> str:
        """What is to be read after the name: " (Ada Boyd)" after "she", ", through the Beacon"."""
        return (f" ({self.speaker})" if self.speaker else "") + (f", through {self.channel}" if self.channel else "")

    def __str__(self) -> str:
        cue = f"{self.cue[0].lower()}{self.cue[1:]}" if self.cue_leads else self.cue
        who = f"{self.name}{self.beside}"
        if self.named and self.cue_leads:
            return f"{cue} {who}"
        if self.named:
            return f"{who}: {cue}" if cue else who
        name = self.name and f"“{self.name}”"
        return " ".join(part for part in ("nobody named:", *((cue, name) if self.cue_leads else (name, cue))) if part)


def voices(index: Index, statement: Statement) -> tuple[Voice, ...]:
    """Whose words a statement is, the outermost speaker before the others: the agency, then the minister it quotes."""
    attribution = index.attributions.get(statement.attribution or "")
    if attribution is None:
        return ()
    chain = chain_of(index, attribution)
    inner = _within(index, chain[-1], statement, {a.id for a in chain})
    return tuple(voice(index, a) for a in (*chain, *inner))


def chain_of(index: Index, attribution: Attribution) -> list[Attribution]:
    """The attributions that hold this one, outermost before the others, and itself last."""
    chain = [attribution]
    seen = {attribution.id}
    while (above := index.attributions.get(chain[0].parent or "")) is not None and above.id not in seen:
        chain.insert(0, above)
        seen.add(above.id)
    return chain


def voice(index: Index, attribution: Attribution) -> Voice:
    """An attribution's speaker and cue, in the document's own words, and whom these stand for."""
    name = spans_text(index, attribution, "source").rstrip(",;: ")
    full = flat(attribution.speaker or "")
    return Voice(name, spans_text(index, attribution, "cue"), attribution.source_kind, attribution.act, attribution.id,
                 full if full and full not in name else None,
                 flat(attribution.channel) if attribution.channel else None)


def spans_text(index: Index, attribution: Attribution, role: str) -> str:
    """The words of a role ("source", "cue" or "content"), parts that stand apart joined by an ellipsis."""
    document = index.documents.get(attribution.document)
    if document is None:
        return ""
    text = document.text if attribution.field == "text" else document.title or ""
    return flat(" … ".join(text[span.start:span.end] for span in getattr(attribution, role)))


def spoken(index: Index, statement: Statement) -> str:
    """Whose words a statement is, on one line.  Where it names no speaker, they are the article's: nobody is named."""
    chain = voices(index, statement)
    if chain:
        return " › ".join(str(voice) for voice in chain)
    document = index.documents.get(statement.document)
    whose = index.publisher(statement.document) if document and document.publisher else "the article"
    return f"nobody named; in {whose}’s own words"


def _within(index: Index, outer: Attribution, statement: Statement, seen: set[str]) -> list[Attribution]:
    """The attributions inside this one that lie in the same sentence, outer before inner."""
    inner: list[Attribution] = []
    while True:
        inside = [a for a in index.children.get(outer.id, []) if a.id not in seen and a.field == "text"
                  and any(statement.start <= span.start < statement.end for span in (*a.cue, *a.content))]
        if not inside:
            return inner
        outer = inside[0]
        seen.add(outer.id)
        inner.append(outer)
