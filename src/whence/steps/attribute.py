"""A document's sentences and what the extractor reads in them -> who is said to have said what, and on whose word."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from whence.config import AttributeConfig
from whence.model import Attribution, Document, QuoteKind, Reason, Seen, Segment, Sentence, Span, identify
from whence.neural.extractor import Link, Passage, Reading
from whence.neural.windows import LONGEST, windows
from whence.text.speech import abroad, forms, headings, mending, posts, running, turns, voices
from whence.text.speech.cues import is_cue
from whence.text.speech.people import Bearer, Cast
from whence.text.speech.prose import Draft, Prose

Read = Callable[[Sequence[str]], Sequence[Sequence[Link]]]
"""Texts -> what stands in each, its spans counted from the start of each: the extractor, or what it found before."""
DEEPEST = 2
"""Times that contents are read again: chosen; "A says that B says that C says" is as deep as reports go."""
FEWEST = 5
"""Words of a content that is read again: chosen; fewer hold no source, cue and content."""
NESTING = 6
"""Contents looked at for the one that holds a cue: chosen; reports nest two or three deep."""
_LETTER = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W\d_]+")
_THAT = re.compile(r"(?:[Tt]hat|[Hh]ow|[Ww]hether|[Aa]s)\s+")


# -- what is read --------------------------------------------------------------------------------------------------

def reads_indirect(document: Document) -> bool:
    """Whether indirect speech is read in a document: in English, and where its language is not known."""
    return document.language in (None, "en")


def passages(
    document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment], config: AttributeConfig
) -> list[Span]:
    """The passages of the text that the extractor reads, in order: the article's own, in English, and with letters."""
    if not reads_indirect(document):
        return []
    own = _own(sentences, segments)
    return [span for span in windows(document.text, own) if _LETTER.search(document.text, *span)]


def title(document: Document, config: AttributeConfig) -> str:
    """The title, as far as it is read: not where the text repeats it."""
    shown = (document.title or "")[:config.longest_title]
    return shown if shown.strip() and shown.strip() not in document.text else ""


def headline(document: Document, config: AttributeConfig) -> str:
    """The title, where it is read as a text of its own."""
    return title(document, config) if reads_indirect(document) else ""


def texts(
    document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment], config: AttributeConfig
) -> list[str]:
    """The texts that `attributions` will ask `read` for: the passages in order and, where there is one, the title."""
    spans = passages(document, sentences, segments, config)
    return [*(document.text[start:end] for start, end in spans), *filter(None, [headline(document, config)])]


def cut(document: Document, sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[Passage]:
    """The passages at `spans` as they are read, each with where its sentences end."""
    found: list[Passage] = []
    for span in spans:
        ends = [min(s.end, span.end) - span.start for s in _between(sentences, span)]
        found.append((document.text[slice(*span)], tuple(ends)))
    return found


def seen(document: Document, sentences: Sequence[Sentence], spans: Sequence[Span],
         read: Sequence[Reading]) -> list[Seen]:
    """What was seen of the sentences in the passages at `spans`, each as it was read; where a sentence is so long that
    two passages hold it, what was seen of its first part.
    """
    found: dict[int, Seen] = {}
    for span, reading in zip(spans, read, strict=True):
        for sentence, numbers in zip(_between(sentences, span), reading.seen, strict=True):
            found.setdefault(sentence.start, Seen(document.id, sentence.start, numbers))
    return list(found.values())


def _between(sentences: Sequence[Sentence], span: Span) -> Sequence[Sentence]:
    """The sentences that a span holds something of."""
    first = bisect_right(sentences, span.start, key=lambda s: s.end)
    return sentences[first:bisect_left(sentences, span.end, lo=first, key=lambda s: s.start)]


def attributions(
    document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment], config: AttributeConfig, read: Read
) -> tuple[Attribution, ...]:
    """The attributions of the document's own text and, where the text does not repeat it, of its title, in order.

    `read` is called with what `texts` lists, and then with contents that may hold another speaker's words.  Nothing is
    attributed inside a segment that is not the article's own.  In other languages than English only direct quotations
    are read (`reads_indirect`).  Beside reading, time in proportion to the length of the text.
    """
    spans = passages(document, sentences, segments, config)
    found = read(texts(document, sentences, segments, config))
    heading = title(document, config)
    body = Prose(document.text, _own(sentences, segments))
    above = Prose(heading, [Sentence(document.id, 0, len(heading), 0, "fragment")] if heading else [])
    cast = Cast(body, heading)
    drafts = _drafts(document, body, spans, found[:len(spans)], config)
    if reads_indirect(document):
        drafts = mending.mended(body, drafts, document.publisher)
        drafts += _inside(body, drafts, read)
        drafts += forms.reports(body, drafts)
        drafts = posts.taken(body, turns.taken(body, drafts))
    known = {words[-1].lower() for draft in drafts if (words := body.shown(draft.source).replace("’s", "").split())}
    made = _Field(document, "text", body, cast, config).attributions(drafts, known)
    drafts = _drafts(document, above, [Span(0, len(heading))], found[len(spans):], config)
    drafts = mending.mended(above, drafts, document.publisher) if heading and reads_indirect(document) else drafts
    return (*made, *_Field(document, "title", above, cast, config).attributions(drafts, known))


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


def extracted(cue: str) -> None:
    """The extractor, a model trained on news articles in which people marked every source, cue and content, reads these
    words as somebody's."""


def _drafts(
    document: Document, prose: Prose, spans: Sequence[Span], found: Sequence[Sequence[Link]], config: AttributeConfig
) -> list[Draft]:
    if not reads_indirect(document):
        return abroad.drafts(prose, document.language or "")
    made = []
    for span, links in zip(spans, found, strict=False):
        made += [_moved(link, span.start, extracted) for link in links if link.score >= config.least_score]
    return [draft for draft in made if draft.score >= config.least_strange
            or any(map(is_cue, _WORDS.findall(prose.text[slice(*draft.cue)])))]


def _moved(link: Link, by: int, rule: Callable[..., object]) -> Draft:
    """A draft from a link whose spans are counted from `by`."""
    source, content = ([Span(start + by, end + by) for start, end in spans] for spans in (link.source, link.content))
    return Draft(source, Span(link.cue.start + by, link.cue.end + by), content, link.score, rule)


def read_again(cue: str) -> None:
    """What somebody is said to have said was read again by itself, and the extractor reads these words in it as
    somebody else's."""


def _inside(prose: Prose, drafts: Sequence[Draft], read: Read) -> list[Draft]:
    """The drafts inside the contents of others: each content in indirect speech that holds a verb of saying is read as
    a text of its own, for the extractor was trained on articles in which no such inner one is marked.
    """
    found: list[Draft] = []
    known = {draft.cue for draft in drafts}
    layer = list(drafts)
    for _ in range(DEEPEST):
        spans = sorted({inner for draft in layer for span in draft.content if (inner := _within(prose, draft, span))})
        again = read([prose.text[start:end] for start, end in spans]) if spans else ()
        layer = [_moved(link, span.start, read_again)
                 for span, links in zip(spans, again, strict=True) for link in links]
        layer = [draft for draft in layer if draft.cue not in known and prose.quoted(draft.cue.start) is None]
        layer = mending.beside(prose, [*drafts, *found], mending.mended(prose, layer, None))
        known |= {draft.cue for draft in layer}
        found += layer
    return found


def _within(prose: Prose, draft: Draft, span: Span) -> Span | None:
    """The clause of a content that is worth reading by itself: without its "that", and with a verb of saying."""
    that = _THAT.match(prose.text, span.start, span.end)
    start = that.end() if that else span.start
    words = _WORDS.findall(prose.text, start, min(span.end, start + LONGEST))
    if span.end - start > LONGEST or len(words) < FEWEST or prose.is_quoted(span):
        return None
    return Span(start, span.end) if any(is_cue(word) for word in words[1:]) else None


# -- one text or title ---------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class _Field:
    """The text or the title of a document, on the way from drafts to attributions."""

    document: Document
    name: Literal["text", "title"]
    prose: Prose
    cast: Cast
    config: AttributeConfig

    def attributions(self, drafts: list[Draft], known: Set[str]) -> list[Attribution]:
        """Drafts -> attributions in the order of their cues, with their parents."""
        if not self.prose.sentences:
            return []
        if reads_indirect(self.document):
            drafts = self._with_headings(drafts, known)
        running.run_on(self.prose, drafts)
        drafts = _single([draft for draft in drafts if _tidied(self.prose.text, draft)])
        parents = _parents(drafts)
        return self._made(drafts, parents)

    def _with_headings(self, drafts: list[Draft], known: Set[str]) -> list[Draft]:
        """Drafts with those of headlines, captions and list items in which the extractor found nothing."""
        prose = self.prose
        taken = {prose.sentence(draft.cue.start) for draft in drafts
                 if draft.rule in (turns.turn, posts.signed_post) or prose.text[slice(*draft.cue)].strip() != ":"}
        added: list[Draft] = []
        instead: set[int] = set()
        for number, sentence in enumerate(prose.sentences):
            if number not in taken and sentence.end - sentence.start <= self.config.longest_title:
                heading = sentence.form == "fragment" or number == 0
                found = headings.speakers(prose, Span(sentence.start, sentence.end), heading, known)
                added += found
                if found or heading:
                    instead.add(number)
        return [d for d in drafts if prose.sentence(d.cue.start) not in instead] + added

    def _made(self, drafts: Sequence[Draft], parents: Sequence[int | None]) -> list[Attribution]:
        ids = [identify("a", self.document.id, self.name, d.source, [d.cue], d.content) for d in drafts]
        foreign = None if reads_indirect(self.document) else self.document.language
        made: list[Attribution] = []
        last: Bearer | None = None
        for draft, id_, parent in zip(drafts, ids, parents, strict=True):
            voice = voices.hear(self.prose, self.cast, draft, foreign, last)
            last = voice.speaker or last
            through = draft.channel if parent is None else None
            reasons = [Reason.of(draft.rule, cue=self.prose.text[slice(*draft.cue)], **draft.values), *voice.reasons]
            if through is not None:
                reasons.append(Reason.of(passed_on, outlet=through))
            made.append(Attribution(
                id_, self.document.id, self.name, tuple(draft.source), (draft.cue,), tuple(draft.content),
                _kind(self.prose, draft), voice.kind, voice.told.act, None if parent is None else ids[parent],
                draft.score, tuple(reasons), voice.speaker.label if voice.speaker else None, through,
                voice.told.negated, voice.told.hedged))
        return made


def passed_on(outlet: str) -> None:
    """The words were given to an outlet, through which they reach the reader; they are still the speaker's own."""


def _tidied(text: str, draft: Draft) -> bool:
    """Drop the spans of a draft that hold nothing to be seen; whether a cue and a content are left."""
    draft.source, draft.content = ([span for span in spans if text[slice(*span)].strip()]
                                   for spans in (draft.source, draft.content))
    return bool(draft.content and text[slice(*draft.cue)].strip())


def _single(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft a cue, in the order of their cues."""
    found: dict[Span, Draft] = {}
    for draft in sorted(drafts, key=lambda d: (d.cue, d.content)):
        found.setdefault(draft.cue, draft)
    return list(found.values())


def _kind(prose: Prose, draft: Draft) -> QuoteKind:
    """Direct where every part of the content is quotation, mixed where it holds some that is no mere name, else
    indirect."""
    if all(prose.is_quoted(span) for span in draft.content):
        return "direct"
    marks = [mark for span in draft.content for mark in prose.marks_in(span)]
    return "mixed" if any(not prose.is_title(mark) for mark in marks) else "indirect"


def _parents(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the innermost content that holds its cue, if longer than its own: no chain is a circle."""
    held = sorted((span.start, -span.end, number) for number, draft in enumerate(drafts) for span in draft.content)
    lengths = [sum(end - start for start, end in draft.content) for draft in drafts]
    parents: list[int | None] = [None] * len(drafts)
    open_: list[tuple[int, int]] = []
    position = 0
    for number, draft in enumerate(drafts):
        cue = draft.cue
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
