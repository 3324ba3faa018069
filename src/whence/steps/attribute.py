"""A document's sentences -> who is said to have said what: source, cue, content, and which stands inside which."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import Literal

from whence.config import AttributeConfig
from whence.model import Act, Attribution, Document, QuoteKind, Reason, Segment, Sentence, SourceKind, Span, identify
from whence.text.speech.cues import DENIALS
from whence.text.speech.drafts import Draft
from whence.text.speech.line import Line
from whence.text.speech.quotes import Quotation, quotations
from whence.text.speech.reporting import read
from whence.text.speech.reports import colon_speaker
from whence.text.speech.speakers import OFFICES, kind_of

VERSION = 1
Field = Literal["text", "title"]
_MARKS = "\"“”„‟«»‹›「」『』‘’'″`"


def attributions(
    document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment], config: AttributeConfig
) -> tuple[Attribution, ...]:
    """The attributions of the document's own text and, where the text does not repeat it, of its title, in order.

    Only English is read: a document known to be in another language gives none.  Nothing is attributed inside a segment
    that is not the article's own, nor inside a quotation.  Time in proportion to the length of the text.
    """
    if document.language not in (None, "en"):
        return ()
    marks: list[Quotation] = []
    drafts = _read_text(document.text, _own(sentences, segments), config, marks)
    found = _finish(document, "text", document.text, drafts, marks)
    if document.title and document.title.strip() and document.title.strip() not in document.text:
        title = document.title[:config.longest_title]
        marks = quotations(title, 0, len(title))
        found += _finish(document, "title", title, read(Line(title, 0, len(title), marks), heading=True), marks)
    return tuple(found)


def _own(sentences: Sequence[Sentence], segments: Sequence[Segment]) -> list[Sentence]:
    """The sentences outside segments that are not the article's own; the items of a digest are."""
    aside = sorted((segment.start, segment.end) for segment in segments if segment.label != "item")
    starts = [start for start, _ in aside]
    ends: list[int] = []
    for _, end in aside:
        ends.append(max(end, ends[-1]) if ends else end)

    def is_own(sentence: Sentence) -> bool:
        """Whether no segment that is not the article's own reaches to the sentence's start."""
        at = bisect_right(starts, sentence.start) - 1
        return at < 0 or ends[at] <= sentence.start

    return [sentence for sentence in sentences if is_own(sentence)]


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    gathered: list[Sentence] = []
    for sentence in sentences:
        if gathered and gathered[-1].paragraph != sentence.paragraph:
            yield gathered
            gathered = []
        gathered.append(sentence)
    if gathered:
        yield gathered


def _read_text(
    text: str, sentences: Sequence[Sentence], config: AttributeConfig, all_marks: list[Quotation]
) -> list[Draft]:
    """The drafts of all paragraphs; a quotation that goes on in the next paragraph goes to its speaker there.

    The quotations are added to `all_marks` on the way.
    """
    drafts: list[Draft] = []
    speaking: Draft | None = None
    for number, paragraph in enumerate(_paragraphs(sentences)):
        marks = quotations(text, paragraph[0].start, paragraph[-1].end)
        all_marks += marks
        heading = len(paragraph) == 1 and (number == 0 or paragraph[0].form == "fragment")
        narrated = False
        for span in _lines(paragraph, marks):
            line = Line(text, span.start, span.end, marks)
            if len(line) == 1 and line.is_quote(0):
                if speaking is not None and not narrated:
                    _go_on(speaking, span)
                continue
            found = read(line, heading and span.end - span.start <= config.longest_title)
            drafts += found
            spoken = [draft for draft in found if draft.frame == "q"]
            narrated = not spoken
            speaking = spoken[-1] if spoken else speaking
        speaking = None if narrated else speaking
    # by their last word, people and offices go on being named
    speakers = {_shown(text, d.source).split()[-1] for d in drafts if d.source and d.rule is not colon_speaker}
    return [draft for draft in drafts if draft.content and _is_credible(text, draft, speakers)]


def _is_credible(text: str, draft: Draft, speakers: Set[str]) -> bool:
    """Whether the words before a colon name a speaker, not a topic: somebody quoted, an office or a report."""
    if draft.rule is not colon_speaker or text[draft.content[0].start] in _MARKS:
        return True
    name = _shown(text, draft.source).split()[-1]
    return name in speakers or name.lower() in OFFICES or kind_of(name.lower()) in ("document", "anonymous")


def _go_on(draft: Draft, span: Span) -> None:
    """Add a sentence that is all quotation to what the speaker before it said."""
    draft.content.append(span)
    draft.values["goes on"] = "the next sentence or paragraph is all quotation"


def _lines(paragraph: Sequence[Sentence], marks: Sequence[Quotation]) -> Iterator[Span]:
    """The paragraph's sentences, those that one quotation holds together as one."""
    starts = [mark.start for mark in marks]
    begun = paragraph[0].start
    for sentence, following in zip(paragraph, [*paragraph[1:], None], strict=True):
        at = bisect_right(starts, sentence.end - 1) - 1
        inside = at >= 0 and marks[at].end > sentence.end
        if following is None or not inside:
            yield Span(begun, sentence.end)
            begun = following.start if following is not None else sentence.end


def _finish(
    document: Document, name: Field, text: str, drafts: Sequence[Draft], marks: Sequence[Quotation]
) -> list[Attribution]:
    """Drafts -> attributions in the order of their cues, one a cue, with their parents."""
    drafts = sorted(drafts, key=lambda draft: (draft.cue, draft.content))
    drafts = [next(same) for _, same in groupby(drafts, key=lambda draft: draft.cue)]
    ids = [identify("a", document.id, name, draft.source, draft.cue, draft.content) for draft in drafts]
    parents = _parents(drafts)
    ends = [mark.end for mark in marks]
    made = []
    for draft, id_, parent in zip(drafts, ids, parents, strict=True):
        reasons = [Reason.of(draft.rule, cue=_shown(text, draft.cue), **draft.values)]
        if draft.negated or draft.unreal or _shown(text, draft.cue).split()[-1] in DENIALS:
            reasons.append(Reason.of(not_said, cue=_shown(text, draft.cue)))
        made.append(Attribution(
            id_, document.id, name, tuple(draft.source), tuple(draft.cue), tuple(draft.content),
            _kind(draft, marks, ends), _source_kind(text, draft), _act(draft, len(reasons) > 1),
            None if parent is None else ids[parent], SCORES[draft.rule.__name__], tuple(reasons)))
    return made


def not_said(draft: Draft) -> None:
    """What follows was not said, or is denied, or is only imagined as said ("did not say", "denied", "would say"), so
    the source is not held to have stated it."""


def _act(draft: Draft, unsaid: bool) -> Act:
    return "other" if unsaid and draft.act == "statement" else draft.act


def _shown(text: str, spans: Sequence[Span]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _kind(draft: Draft, marks: Sequence[Quotation], ends: Sequence[int]) -> QuoteKind:
    """Direct where every part of the content is one quotation, mixed where it holds or touches some, else indirect."""
    inside = [(marks[at], span) for span in draft.content for at in [bisect_right(ends, span.start)]
              if at < len(marks) and marks[at].start < span.end]
    if not inside:
        return "indirect"
    whole = all(mark.start <= span.start and span.end - 1 <= mark.end for mark, span in inside)
    return "direct" if whole and len(inside) == len(draft.content) else "mixed"


def _source_kind(text: str, draft: Draft) -> SourceKind:
    if draft.speaker is None:
        return "anonymous" if draft.hidden else "none"
    return kind_of(text[draft.speaker.start:draft.speaker.end])


def _parents(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the innermost content that holds its cue, if longer than its own: no chain is a circle."""
    held = sorted((span.start, -span.end, number) for number, draft in enumerate(drafts) for span in draft.content)
    lengths = [sum(end - start for start, end in draft.content) for draft in drafts]
    order = sorted(range(len(drafts)), key=lambda number: drafts[number].cue[0].start)
    parents: list[int | None] = [None] * len(drafts)
    open_: list[tuple[int, int]] = []
    position = 0
    for number in order:
        cue = drafts[number].cue[0]
        while position < len(held) and held[position][0] <= cue.start:
            open_.append((-held[position][1], held[position][2]))
            position += 1
        while open_ and open_[-1][0] <= cue.start:
            open_.pop()
        for end, holder in reversed(open_[-NESTING:]):
            if end >= cue.end and holder != number and lengths[holder] > lengths[number]:
                parents[number] = holder
                break
    return parents


NESTING = 6
"""Contents looked at for the one that holds a cue: chosen; reports nest two or three deep."""

SCORES = {
    "words_before_speaker": .92, "speaker_after_verb": .93, "words_after_speaker": .66, "trailing_participle": .55,
    "passive_report": .38, "quoted_as_saying": .50, "reduced_passive": .13, "according_to": .79, "as_reported": .57,
    "reporting_noun": .33, "colon_speaker": .82, "asked_whether": .71,
}
"""The share of each rule's finds that agree with people's in source, cue, and half of the content's letters: measured
on the 840 articles of PolNeAR's training part (`quoted_as_saying` is too rare there, and chosen)."""
