"""What the rules of reporting share: the draft of an attribution, and a line as it is being read."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from whence.model import Act, Span
from whence.text.speech.grammar import FINAL_WORDS, Group, is_finite, verb_group
from whence.text.speech.line import Line
from whence.text.speech.phrases import Phrase, subject_before

Rule = Callable[..., "Draft | None"]


@dataclass(slots=True)
class Draft:
    """An attribution as a rule finds it in one line.

    `speaker` is where the words stand that tell the kind of source: the antecedent of a "who", else the source itself.
    `hidden` says that somebody unnamed stands behind it ("it is understood that"); `values` are what the reason shows.
    """

    rule: Rule
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    act: Act
    frame: str = ""
    speaker: Span | None = None
    negated: bool = False
    unreal: bool = False
    hidden: bool = False
    values: dict[str, str] = field(default_factory=dict)


class Reading:
    """A line being read from left to right, with its drafts so far and who spoke last in it."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.drafts: list[Draft] = []
        self.speaker: Phrase | None = None
        self.told = 0
        """Up to where the line has been given to a speaker named after the words."""

    def draft(self, rule: Rule, group: Group, subject: Phrase | None, act: Act, frame: str = "") -> Draft:
        """A draft with its source and cue filled in."""
        made = Draft(rule, [], [self.line.span(group.first, group.last)], [], act, frame)
        made.negated, made.unreal = group.negated, group.unreal
        self.credit(made, subject)
        return made

    def credit(self, draft: Draft, subject: Phrase | None) -> None:
        """Give the draft this source."""
        if subject is None:
            return
        draft.source = [self.line.span(subject.first, subject.last)]
        draft.speaker = draft.source[0]
        if self.line.word(subject.last) in ("who", "which", "that") and subject.first == subject.last:
            antecedent = subject_before(self.line.tokens, subject.first - (self.line.word(subject.first - 1) == ","))
            if antecedent is not None:
                draft.speaker = self.line.span(antecedent.first, antecedent.last)

    def subject(self, group: Group) -> Phrase | None:
        """Whom the verb belongs to: the phrase before it, or the subject of the verb that it is joined to."""
        if self.line.word(group.first - 1) in ("and", "or", "but", "then"):
            return self.shared(group.first - 1)
        found = subject_before(self.line.tokens, group.first)
        if found is not None and self.line.word(found.last).endswith(("'s", "’")):
            return None
        return found

    def shared(self, before: int) -> Phrase | None:
        """The subject of the verbs before: of the one that reports, else of the nearest that has a subject."""
        if self.drafts and self.speaker is not None:
            return self.speaker
        return self.nearest(before)

    def nearest(self, before: int) -> Phrase | None:
        """The subject of the nearest verb before this token."""
        for at in range(before - 1, max(before - 30, -1), -1):
            if is_finite(self.line.tokens, at):
                found = subject_before(self.line.tokens, verb_group(self.line.tokens, at).first)
                if found is not None:
                    return found
        return None

    def tail_is_empty(self, at: int) -> bool:
        """Whether what follows only tells when, where or to whom it was said, to the end of the line."""
        line = self.line
        for position in range(at, min(at + 40, len(line))):
            word = line.word(position)
            if word in FINAL_WORDS:
                return True
            if line.is_quote(position) or word == "that":
                return False
            if is_finite(line.tokens, position) and not self._in_circumstance(position):
                return False
        return True

    def _in_circumstance(self, at: int) -> bool:
        return any(self.line.word(near) in ("who", "which", "as", "after", "when", "before", "while")
                   for near in range(max(at - 8, 0), at))
