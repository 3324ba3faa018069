"""Sentences and attributions -> statements, each with its speaker; and shared passages -> which share a text."""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf

import numpy as np

from whence.config import ClaimsConfig
from whence.model import (
    ArticleNames,
    Attribution,
    Document,
    Passage,
    Reuse,
    Seen,
    Segment,
    Sentence,
    Span,
    Utterance,
)
from whence.neural import whose
from whence.text.copying.dates import window
from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words
from whence.text.meaning.wording import bag, denies, in_common, names_kept, overlap
from whence.text.normalize import folded
from whence.text.speech import forms, signs
from whence.text.speech.bare import bare

VERSION = 7
WHOLE = 6
"""Words that a sentence must have to be looked for inside a longer one.  Chosen: fewer stand in many sentences."""
RUN = 4
"""Words in a row that stand in two texts by more than their form.  Chosen: a name or a turn of phrase is shorter."""
READ_FIRST, READ_AT_MOST = 20, 400
"""Code points that are read of a passage for each word wanted in common: enough for a copy, and for one much edited."""
LIKELY = .5
"""The chance from which a sentence is left out as furniture: likelier than all else together."""
CALLED = forms.called_so.__name__
UNNAMED = ("anonymous", "collective", "none")
"""Kinds of sources that nobody could look up: what is told on their word rests on nobody all the same."""
ASIDE = ("boilerplate", "teaser", "comments", "menu")
"""Segments that are not the article's own text."""

Bags = Mapping[int, Counter[str]]
"""The words of each statement of a document."""


def of_document(document: Document, sentences: Sequence[Sentence], segments: Sequence[Segment],
                attributions: Sequence[Attribution], seen: Sequence[Seen] = ()) -> tuple[Utterance, ...]:
    """The statements of one document, in the text's order: every sentence that states something and is its own text.

    `seen` is what the reader sees of sentences: where there is anything, it is told on whose word each is.
    """
    aside = [part for part in segments if part.label in ASIDE]
    own = sorted((s for s in sentences if not any(s.start < part.end and part.start < s.end for part in aside)),
                 key=lambda s: s.start)
    speakers = speakers_of(own, attributions)
    found = []
    for sentence, speaker, heard in _told(document.text, own, attributions, speakers, seen):
        text = document.text[sentence.start:sentence.end]
        said = None if heard is None else _said(sentence, text, heard)
        found.append(Utterance(document.id, sentence.start, sentence.end, text,
                               speaker.id if speaker is not None else None, said if said != text else None))
    return tuple(found)


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


def moment(published: str | None) -> float:
    """Days since 1970, the middle of what a date can mean; infinity for none: what is undated is never the earliest."""
    found = window(published)
    return inf if found is None else (found.first + found.last) / 2


# -- who says it -------------------------------------------------------------------------------------------------

def speakers_of(sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> list[Attribution | None]:
    """Who says each of a document's sentences, which are in order, as far as the attributions tell."""
    known = {a.id: a for a in attributions if a.field == "text" and a.act != "other"}
    return [_innermost(sentence, shares, known)
            for sentence, shares in zip(sentences, _shares(sentences, known), strict=True)]


def _told(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
          speakers: Sequence[Attribution | None], seen: Sequence[Seen],
          ) -> Iterator[tuple[Sentence, Attribution | None, Attribution | None]]:
    """The sentences that state something, each with whoever says it, and with whom the attributions alone give for it.
    """
    kinds = _kinds(text, sentences, attributions, speakers, seen)
    callers = [a for a in attributions if any(reason.rule == CALLED for reason in a.reasons)]
    before: Attribution | None = None
    for at, (sentence, speaker, kind) in enumerate(zip(sentences, speakers, kinds, strict=True)):
        told = speaker
        if speaker is not None and kind in (whose.NOBODY, whose.ANONYMOUS) and speaker.source_kind not in UNNAMED:
            told = _calling(sentence, callers)
        elif kind == whose.AUTHORITY and speaker is None and at and _follows(sentences[at - 1], sentence):
            told = before
        if sentence.form == "statement" and kind != whose.FURNITURE:
            yield sentence, told, speaker or told
        before = told


def _kinds(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
           speakers: Sequence[Attribution | None], seen: Sequence[Seen]) -> list[int | None]:
    """On whose word each sentence is told (whose.KINDS); None where nothing was seen of it."""
    numbers = {one.start: one.numbers for one in seen if one.numbers}
    looked = [at for at, sentence in enumerate(sentences) if sentence.start in numbers]
    kinds: list[int | None] = [None] * len(sentences)
    if looked:
        sights = signs.sights(text, sentences, attributions, speakers)
        told = np.array([signs.signs(sights[at]) for at in looked], np.float32)
        chances = whose.chances(whose.unwritten([numbers[sentences[at].start] for at in looked]), told)
        chances[chances[:, whose.FURNITURE] < LIKELY, whose.FURNITURE] = 0      # a statement lost is the worse mistake
        for at, kind in zip(looked, chances.argmax(1).tolist(), strict=True):
            kinds[at] = kind
    return kinds


def _calling(sentence: Sentence, callers: Sequence[Attribution]) -> Attribution | None:
    """Whoever calls another something in a sentence that the article itself tells ("named as an informer by the Office,
    she spoke ..."): that is never the article's own word.
    """
    return next((a for a in callers if any(sentence.start <= start < sentence.end for start, _ in a.cue)), None)


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


# -- whose text it is ----------------------------------------------------------------------------------------------

def copies(texts: tuple[str, str], mine: Sequence[Utterance], theirs: Sequence[Utterance], reuses: Sequence[Reuse],
           config: ClaimsConfig) -> list[tuple[int, int]]:
    """Which statements of two documents share a text, by their places in `mine` and `theirs`.

    `texts` are the documents' and `reuses` the passages that they share, boilerplate left out.  Two statements share a
    text where they stand in one shared passage, at least `config.copied` of their words agree, numbers left out, and no
    name and no denial was exchanged; and the passages have `config.proof` words in common, word for word.
    """
    if not _proves(texts, reuses, config.proof):
        return []
    ones, others = _inside(mine, [reuse.a for reuse in reuses]), _inside(theirs, [reuse.b for reuse in reuses])
    bags = [{at: bag(said[at].text) for at in some} for some, said in ((ones, mine), (others, theirs))]
    return [(a, b) for a, b in _pairs(bags[0], bags[1], config.copied)
            if _kept(mine[a].text, theirs[b].text)]


def _proves(texts: tuple[str, str], reuses: Sequence[Reuse], proof: int) -> bool:
    """Whether the passages have enough words in common, word for word, to prove that text was taken: one plain sentence
    may be written twice, and sentences of one form agree in their small words.
    """
    count = 0
    for reuse in reuses:
        one, other = (text[p.start:p.end] for text, p in zip(texts, (reuse.a, reuse.b), strict=True))
        for size in (READ_FIRST * proof, READ_AT_MOST * proof):
            found = _verbatim(one[:size], other[:size])
            if count + found >= proof:
                return True
            if size >= max(len(one), len(other)):
                break
        count += found
    return False


def _verbatim(one: str, other: str) -> int:
    """How many words of one text stand in the other with RUN or more in a row."""
    mine, theirs = folded(one), folded(other)
    runs = {tuple(theirs[at:at + RUN]) for at in range(len(theirs) - RUN + 1)}
    count = reached = 0
    for at in range(len(mine) - RUN + 1):
        if tuple(mine[at:at + RUN]) in runs:
            count += at + RUN - max(at, reached)
            reached = at + RUN
    return count


def _inside(said: Sequence[Utterance], passages: Sequence[Passage]) -> list[int]:
    """The statements of a document, by their places, of which at least half stands in the passages."""
    held: Counter[int] = Counter()
    for passage in passages:
        low = bisect_left(said, passage.start, key=lambda one: one.end)
        high = bisect_left(said, passage.end, key=lambda one: one.start)
        for index in range(low, high):
            held[index] += min(said[index].end, passage.end) - max(said[index].start, passage.start)
    return sorted(index for index, count in held.items() if 2 * count >= said[index].end - said[index].start)


def _pairs(bags: Bags, others: Bags, least: float) -> list[tuple[int, int]]:
    """Each of the one's statements with that of the other whose words it shares, if it shares enough; none is taken
    twice.
    """
    exact: dict[frozenset[tuple[str, int]], list[int]] = defaultdict(list)
    having: dict[str, list[int]] = defaultdict(list)
    for other in others:
        exact[frozenset(others[other].items())].append(other)
    found, left = [], []
    for one in bags:
        equal = exact.get(frozenset(bags[one].items()))
        if equal:
            found.append((one, equal.pop(0)))
        else:
            left.append(one)
    free = set(others) - {other for _, other in found}
    for other in sorted(free):
        for word in others[other]:
            having[word].append(other)
    near = ((-_likeness(bags[one], others[other], least), one, other) for one in left
            for other in sorted({other for word in bags[one] for other in having.get(word, ())}))
    unpaired = set(left)
    for _, one, other in sorted(pair for pair in near if pair[0] <= -least):
        if one in unpaired and other in free:
            unpaired.discard(one)
            free.discard(other)
            found.append((one, other))
    return found


def _likeness(one: Counter[str], other: Counter[str], least: float) -> float:
    """Words in common; at least `least` where the one holds nearly all of the other (a sentence ran into the next)."""
    alike = overlap(one, other)
    shorter = min(one.total(), other.total())
    if alike < least and shorter >= WHOLE and in_common(one, other) >= .9 * shorter:
        return least
    return alike


def _kept(one: str, other: str) -> bool:
    """Whether a sentence and its copy still say the same: no name exchanged, no denial put in or taken out."""
    mine, theirs = folded(one), folded(other)
    if mine == theirs:
        return True
    plain, plains = {w for f in mine for w in names.fold_name(f)}, {w for f in theirs for w in names.fold_name(f)}
    alike_in_length = 10 * min(len(mine), len(theirs)) >= 8 * max(len(mine), len(theirs))
    if alike_in_length and denies(mine) != denies(theirs):
        return False                       # of a sentence cut short, a "not" may be in what was cut
    common = plain_words()
    return names_kept(names.names(one, common), names.names(other, common), plain, plains)
