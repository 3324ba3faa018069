"""A text, its sentences and its quotations, with quick ways to ask which of them hold a place."""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from whence.model import Sentence, Span
from whence.text.speech.quotes import Quotation, quotations


@dataclass(slots=True)
class Draft:
    """Somebody's words as they were found: spans of source, cue and content, how sure (0 to 1), and by which rule.

    `values` are what the reason shows; `channel` is the outlet to which the words were given.
    """

    source: list[Span]
    cue: Span
    content: list[Span]
    score: float
    rule: Callable[..., object]
    values: dict[str, str] = field(default_factory=dict)
    channel: str | None = None


class Prose:
    """A text or title with its own sentences (in order) and, paragraph by paragraph, its quotations."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text, self.sentences = text, sentences
        self.paragraphs = list(_paragraphs(sentences))
        self.marks: list[Quotation] = []
        for paragraph in self.paragraphs:
            self.marks += quotations(text, paragraph[0].start, paragraph[-1].end, speech=True)
        self._ends = [sentence.end for sentence in sentences]
        self._paragraph_of = [number for number, few in enumerate(self.paragraphs) for _ in few]
        self._mark_ends = [mark.end for mark in self.marks]

    def shown(self, spans: Sequence[Span]) -> str:
        """The words of spans, joined by spaces."""
        return " ".join(self.text[start:end] for start, end in spans)

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a place, else of the next one (of the last, after all)."""
        return min(bisect_right(self._ends, at), len(self._ends) - 1)

    def paragraph(self, sentence: int) -> Span:
        """The span of the paragraph that a sentence (by number) stands in."""
        number = self._paragraph_of[sentence]
        return Span(self.paragraphs[number][0].start, self.paragraphs[number][-1].end)

    def quoted(self, at: int) -> Quotation | None:
        """The quotation that holds a place."""
        number = bisect_right(self._mark_ends, at)
        found = self.marks[number] if number < len(self.marks) else None
        return found if found is not None and found.start <= at else None

    def marks_in(self, span: Span) -> Sequence[Quotation]:
        """The quotations that begin or end inside a span, or hold it."""
        first = bisect_right(self._mark_ends, span.start)
        after = bisect_left(self.marks, span.end, lo=first, key=lambda mark: mark.start)
        return self.marks[first:after]

    def is_quoted(self, span: Span) -> bool:
        """Whether a span lies within quotations, but for white space between them."""
        marks = self.marks_in(span)
        at = span.start
        for mark in marks:
            if self.text[at:mark.start].strip(" ,"):
                return False
            at = max(at, mark.end)
        return bool(marks) and not self.text[at:span.end].strip(" ,.;:")

    def is_title(self, mark: Quotation) -> bool:
        """Whether what stands in marks is written like a name or title: “Old Ferry”, “The Salt Road”."""
        words = self.text[mark.start:min(mark.end, mark.start + 120)].strip("\"'“”„‟«»‹›‘’‚ ").split()
        large = [word for word in words if word[0].isupper()]
        small = [word for word in words if not word[0].isupper() and len(word) > 3]
        return bool(large) and not small and words[0][0].isupper() and words[-1][-1] not in ".!?,"

    def is_quotation(self, span: Span) -> bool:
        """Whether a span is nothing but quotations and the white space between them."""
        at = span.start
        for mark in self.marks_in(span):
            if self.text[at:mark.start].strip():
                return False
            at = mark.end
        return at > span.start and not self.text[at:span.end].strip()


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    gathered: list[Sentence] = []
    for sentence in sentences:
        if gathered and gathered[-1].paragraph != sentence.paragraph:
            yield gathered
            gathered = []
        gathered.append(sentence)
    if gathered:
        yield gathered
