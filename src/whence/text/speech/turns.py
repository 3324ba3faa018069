"""A transcript or interview -> its turns: whoever's name stands before a colon says what follows, to the turn's end."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from whence.model import Span
from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words
from whence.text.speech.headings import is_label
from whence.text.speech.prose import Draft, Prose

FEWEST = 3
"""Turns that make a text a transcript: chosen; two colons stand in many articles."""
SCORE = .8
"""How sure a turn's speaker is: chosen; its form leaves little doubt."""
_LABEL = re.compile(r"(?P<name>[^\W\d_a-z][\w.’'-]*(?: [\w.’'&-]+){0,7}?(?:, [^:\n.!?,]{2,40}){0,2})"
                    r"(?: ?[(\[][^()\[\]\n]{1,40}[)\]])?(?P<colon>:)\s+(?=\S)")
_HEADED = re.compile(r"(?:[A-Z][a-z]+ )?(?:[Qq]uestion|[Aa]nswer|[Rr]eply|[Rr]esponse|[Rr]ejoinder) (?:by|from|of) "
                     r"(?P<name>[^\W\d_a-z][^:\n()]{2,80}?)(?: ?\([^()\n]{1,60}\))?(?: to [^:\n]{2,80})?(?P<colon>:)\Z")
"""A line that heads what somebody asked or answered in writing: "Answer by Ada Boyd, Minister of Works:"."""
_STAGE = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]\Z")


class Turn(NamedTuple):
    """Where a speaker's name stands, the colon, and what is said (a span for each paragraph)."""

    name: Span
    colon: Span
    said: list[Span]


def turn(cue: str) -> None:
    """The text is a transcript: a name and a colon begin each turn, and all of it until the next is the speaker's."""


def taken(prose: Prose, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those of turns in the place of what was read at their colons; all as they are in a text that is
    no transcript.
    """
    found = turns(prose)
    begun = {one.colon for one in found}
    made = [Draft([one.name], one.colon, one.said, SCORE, turn) for one in found if one.said]
    return [*(draft for draft in drafts if draft.cue not in begun), *made]


def turns(prose: Prose) -> list[Turn]:
    """The turns of a transcript, in order: FEWEST paragraphs or more, each begun by a name and a colon, of two speakers
    or more, and no fewer than there are other paragraphs after the first of them; or two written questions and answers
    under heads that say so.  What follows in paragraphs without a name goes on with the turn; remarks in brackets do
    not.
    """
    spans = [Span(few[0].start, few[-1].end) for few in prose.paragraphs]
    heads = [_HEADED.match(prose.text, *span) for span in spans]
    if sum(head is not None for head in heads) > 1:
        return list(_parted(prose, spans, heads))
    labels = [_label(prose, span) for span in spans]
    begun = [at for at, label in enumerate(labels) if label is not None]
    speakers = {label["name"].split(",")[0].split()[-1].casefold() for label in labels if label is not None}
    if len(begun) < FEWEST or len(speakers) < 2 or 2 * len(begun) < len(spans) - begun[0]:
        return []
    return list(_parted(prose, spans[begun[0]:], labels[begun[0]:]))


def _parted(prose: Prose, spans: Sequence[Span], labels: Sequence[re.Match[str] | None]) -> Iterator[Turn]:
    current: Turn | None = None
    for span, label in zip(spans, labels, strict=True):
        if label is not None:
            if current is not None:
                yield current
            said = [Span(label.end(), span.end)] if label.end() < span.end else []
            current = Turn(Span(*label.span("name")), Span(*label.span("colon")), said)
        elif current is not None and not _STAGE.match(prose.text, span.start, span.end):
            current.said.append(span)
    if current is not None:
        yield current


def _label(prose: Prose, paragraph: Span) -> re.Match[str] | None:
    """The name and colon that begin a paragraph: a name as names are written, or in capitals."""
    found = _LABEL.match(prose.text, paragraph.start, paragraph.end)
    if found is None or is_label(found["name"]):
        return None
    name = found["name"].split(",")[0]
    if plain_words().issuperset(names.fold_name(name)):                      # "Claim:", "Last Update:"
        return None
    small = [word for word in name.split() if word[0].islower() and word not in names.LINKS]
    return found if not small and (name.isupper() or names.names(f"so {name}")) else None
