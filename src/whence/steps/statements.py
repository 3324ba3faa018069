"""Sentences and attributions -> statements: on whose word each is told, and what it rests on where it names nobody."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from whence.model import (
    ArticleNames,
    Attribution,
    Document,
    Seen,
    Segment,
    Sentence,
    Shown,
    Span,
    Utterance,
)
from whence.neural import rests, whose
from whence.neural.whose import Floats
from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words
from whence.text.page import checks, live
from whence.text.page.lines import lines
from whence.text.speech import denials, forms, posts, resting, signs, turns
from whence.text.speech.bare import bare
from whence.text.speech.resting import UNNAMED, Resting

LIKELY = .5
"""The chance from which a sentence is left out as furniture: likelier than all else together."""
LEAST, MOST = .03, 8
"""The chance from which somebody may be whom a sentence rests on, and how many such are kept of one.  Chosen: nobody
likelier is left out."""
ASIDE = ("boilerplate", "teaser", "comments", "menu", "header", "checked")
"""Segments that are not the article's own text."""
PLAIN = (turns.turn.__name__, posts.signed_post.__name__)
"""Rules by which layout tells who speaks: a network that reads sentences one by one sees nothing of it."""
CALLED = forms.called_so.__name__


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that states something: who says it; whom the attributions alone give for it; and, where nobody says it
    who could be looked up, those whom its article may show it to rest on.  `word` is the kind of those on whose word it
    is told, where that was looked at.
    """

    sentence: Sentence
    speaker: Attribution | None
    heard: Attribution | None
    shown: tuple[Shown, ...]
    word: str | None


def of_document(document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment],
                attributions: Sequence[Attribution], seen: Sequence[Seen] = ()) -> tuple[Utterance, ...]:
    """The statements of one document, in the text's order: every sentence that states something and is its own text.

    `seen` is what the reader sees of sentences: where there is anything, it is told on whose word each is.
    """
    aside = [part for part in segments if part.label in ASIDE]
    own = sorted((s for s in sentences if not any(s.start < part.end and part.start < s.end for part in aside)),
                 key=lambda s: s.start)
    found = []
    for one in told(document.text, own, attributions, seen):
        text = document.text[one.sentence.start:one.sentence.end]
        said = None if one.heard is None else _said(one.sentence, text, one.heard)
        found.append(Utterance(document.id, one.sentence.start, one.sentence.end, text,
                               None if one.speaker is None else one.speaker.id, said if said != text else None,
                               one.shown, one.word, denials.denied(text),
                               live.published_at(segments, one.sentence.start)))
    return *found, *_checked(document, sentences, segments)


def _checked(document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment]) -> Iterator[Utterance]:
    """What a fact-check quotes in order to judge it, sentence by sentence, with what it says of it."""
    parts = [part for part in segments if part.label == "checked"]
    all_lines = lines(document.text) if parts else []
    ordered = sorted(sentences, key=lambda s: s.start)
    starts = [s.start for s in ordered]
    for part in parts:
        says = checks.says(document.text, part.end, all_lines) or ""
        for sentence in ordered[max(0, bisect_left(starts, part.start) - 1):bisect_left(starts, part.end)]:
            start, end = max(sentence.start, part.start), min(sentence.end, part.end)
            if sentence.form != "fragment" and 2 * (end - start) > sentence.end - sentence.start:
                yield Utterance(document.id, start, end, document.text[start:end], None, checked=says)


def _said(sentence: Sentence, text: str, speaker: Attribution) -> str:
    """What the speaker says in a sentence, where the sentence itself tells that he does."""
    cue, content = (_within(sentence, spans) for spans in (speaker.cue, speaker.content))
    return bare(text, cue[0], content) if cue and content else text


def _within(sentence: Sentence, spans: Sequence[Span]) -> list[Span]:
    """Spans of a document as far as they lie in a sentence, counted from its start."""
    moved = (Span(max(start, sentence.start) - sentence.start, min(end, sentence.end) - sentence.start)
             for start, end in spans)
    return [span for span in moved if span.start < span.end]


def names_of(document: Document) -> ArticleNames:
    """When a document was published, and the words of all names in it, its title's among them."""
    found = names.names(f"{document.title or ''}\n{document.text}", plain_words())
    return ArticleNames(document.id, document.published, tuple(sorted({word for name in found for word in name.words})))


# -- on whose word -------------------------------------------------------------------------------------------------

def speakers_of(sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> list[Attribution | None]:
    """Who says each of a document's sentences, which are in order, as far as the attributions tell."""
    known = {a.id: a for a in attributions if a.field == "text" and a.act != "other"}
    return [_innermost(sentence, shares, known)
            for sentence, shares in zip(sentences, _shares(sentences, known), strict=True)]


def told(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
         seen: Sequence[Seen]) -> Iterator[Told]:
    """The sentences of a document's own text, which are in order, that state something; `seen` is what the extractor's
    reader saw of them.
    """
    views = resting_of(text, sentences, attributions, seen)
    deniers = [a for a in attributions if a.field == "text" and a.negated and a.source
               and denials.is_denial(" ".join(text[start:end] for start, end in a.cue))]
    callers = [a for a in attributions if any(reason.rule == CALLED for reason in a.reasons)]
    before: Attribution | None = None
    for at, (sentence, view) in enumerate(zip(sentences, views, strict=True)):
        speaker = view.speakers[at]
        kind = _kind(view.chances) if view.chances else None
        found = speaker
        if speaker is not None and any(reason.rule in PLAIN for reason in speaker.reasons):
            kind = whose.AUTHORITY
        if speaker is not None and kind in (whose.NOBODY, whose.ANONYMOUS) and speaker.source_kind not in UNNAMED:
            found = _in_sentence(sentence, callers)
        elif kind == whose.AUTHORITY and speaker is None and at and _follows(sentences[at - 1], sentence):
            found = before
        found = found or _in_sentence(sentence, deniers)
        if sentence.form == "statement" and kind != whose.FURNITURE:
            named = found is not None and found.source_kind not in UNNAMED
            yield Told(sentence, found, speaker or found, () if named or kind is None else _shown(view),
                       None if kind is None else whose.KINDS[kind])
        before = found


def resting_of(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
               seen: Sequence[Seen]) -> list[Resting]:
    """Each sentence beside the voices of its article."""
    speakers = speakers_of(sentences, attributions)
    numbers = {one.start: one.numbers for one in seen if one.numbers}
    sights = signs.sights(text, sentences, attributions, speakers)
    looked = [at for at, sentence in enumerate(sentences) if sentence.start in numbers]
    chances: dict[int, Floats] = {}
    if looked:
        told = np.array([signs.signs(sights[at]) for at in looked], np.float32)
        found = whose.chances(whose.unwritten([numbers[sentences[at].start] for at in looked]), told)
        chances = dict(zip(looked, found, strict=True))
    voices = resting.voices(text, sentences, attributions)
    return [Resting(sight, at, sentences, speakers, voices, chances[at].tolist() if at in chances else ())
            for at, sight in enumerate(sights)]


def _kind(chances: Sequence[float]) -> int:
    """On whose word a sentence is told, one of whose.KINDS."""
    likely = list(chances)
    if likely[whose.FURNITURE] < LIKELY:                   # a statement lost is the worse mistake
        likely[whose.FURNITURE] = 0
    return max(range(len(likely)), key=likely.__getitem__)


def _shown(view: Resting) -> tuple[Shown, ...]:
    """Those whom a sentence may rest on, each by the attribution of his that is nearest, the likeliest first."""
    if not view.voices:
        return ()
    chances = rests.chances(*resting.signs_of(view))
    order = [int(at) for at in np.argsort(-chances, kind="stable")[:MOST] if chances[at] >= LEAST]
    return tuple(Shown(view.voices[at].nearest(view.number).id, round(float(chances[at]), 4)) for at in order)


def _in_sentence(sentence: Sentence, some: Sequence[Attribution]) -> Attribution | None:
    """The first of some attributions whose cue stands in a sentence.

    Asked of those who call another something ("named as an informer by the Office, she spoke ..."), which is never the
    article's own word, and of those who deny something: what is denied is not their word, that it is denied is.
    """
    return next((a for a in some if any(sentence.start <= start < sentence.end for start, _ in a.cue)), None)


def _follows(one: Sentence, other: Sentence) -> bool:
    """Whether a sentence stands in the paragraph of the one before it, or in the next."""
    return other.paragraph - one.paragraph <= 1


def _shares(sentences: Sequence[Sentence], known: Mapping[str, Attribution]) -> list[dict[str, int]]:
    """For each sentence, how many of its code points each attribution says, by the attribution's id."""
    starts = [s.start for s in sentences]
    found: list[dict[str, int]] = [{} for _ in sentences]
    for attribution in known.values():
        for start, end in attribution.content:
            for at in range(max(0, bisect_left(starts, start + 1) - 1), bisect_left(starts, end)):
                here = min(end, sentences[at].end) - max(start, sentences[at].start)
                if here > 0:
                    found[at][attribution.id] = found[at].get(attribution.id, 0) + here
    return found


def _innermost(sentence: Sentence, shares: Mapping[str, int], known: Mapping[str, Attribution]) -> Attribution | None:
    """Who says most of a sentence, or whom that one quotes with at least half of it.

    Whoever is named goes before nobody, and whoever the sentence itself says it of, if at least half of it is his,
    before those whose words began in another: where one was read on too far, the sentence still tells its own speaker.
    """
    named = {a: share for a, share in shares.items() if known[a].source} or dict(shares)
    most = max(named.values(), default=0)
    here = {a: share for a, share in named.items() if 2 * share >= most
            and any(sentence.start <= start and end <= sentence.end for start, end in known[a].cue)}
    best = min(here or named, key=lambda a: (-named[a], a), default=None)
    while best is not None:
        inner = [a for a in named if known[a].parent == best and 2 * named[a] >= named[best]]
        if not inner:
            return known[best]
        named = {a: share for a, share in named.items() if a != best}         # so that no circle of parents goes on
        best = min(inner, key=lambda a: (-named[a], a))
    return None
