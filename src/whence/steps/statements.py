"""Sentences, attributions and shared passages -> statements, each with its speaker and whose text it shares."""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from whence.config import ClaimsConfig
from whence.model import Attribution, Corpus, Passage, Reuse, Sentence, Span, Utterance
from whence.text.copying.dates import window
from whence.text.meaning import names
from whence.text.meaning.closeness import Unions
from whence.text.meaning.wording import bag, denies, names_kept, overlap
from whence.text.normalize import words

VERSION = 3
WHOLE = 6
"""Words that a sentence must have to be looked for inside a longer one.  Chosen: fewer stand in many sentences."""
RUN = 4
"""Words in a row that stand in two texts by more than their form.  Chosen: a name or a turn of phrase is shorter."""
READ_FIRST, READ_AT_MOST = 20, 400
"""Code points that are read of a passage for each word wanted in common: enough for a copy, and for one much edited."""
ASIDE = ("boilerplate", "teaser", "comments", "menu")
"""Segments that are not the article's own text."""

Bags = Mapping[int, Counter[str]]
"""The words of each statement, by its index."""


def gather(corpus: Corpus, config: ClaimsConfig) -> tuple[Utterance, ...]:
    """The statements of the archive, those of the earliest document first (undated ones last, ties by id).

    Every sentence that states something and is the article's own is one.  Two share a text where they stand in one
    shared passage of `config.proof` words or more, at least `config.copied` of their words agree, numbers left out, and
    no name and no denial was exchanged.
    """
    moments = {d: moment(document.published) for d, document in corpus.documents.items()}
    said: list[Utterance] = []
    for document in sorted(corpus.documents, key=lambda d: (moments[d], d)):
        said.extend(_statements(document, corpus))
    found = _copies(said, corpus, config)
    return tuple(replace(one, copy_of=copy) for one, copy in zip(said, found, strict=True))


def moment(published: str | None) -> float:
    """Days since 1970, the middle of what a date can mean; infinity for none: what is undated is never the earliest."""
    found = window(published)
    return inf if found is None else (found.first + found.last) / 2


# -- who says it -------------------------------------------------------------------------------------------------

def _statements(document: str, corpus: Corpus) -> list[Utterance]:
    text = corpus.documents[document].text
    aside = [s for s in corpus.segments.get(document, ()) if s.label in ASIDE]
    own = sorted((s for s in corpus.sentences.get(document, ()) if s.form == "statement"
                  and not any(s.start < part.end and part.start < s.end for part in aside)), key=lambda s: s.start)
    known = {a.id: a for a in corpus.attributions.get(document, ()) if a.field == "text" and a.act != "other"}
    found = []
    for sentence, shares in zip(own, _shares(own, known), strict=True):
        speaker = _innermost(sentence, shares, known)
        apart = _apart(sentence, speaker, shares, known) if speaker is not None else ()
        found.append(Utterance(document, sentence.start, sentence.end, text[sentence.start:sentence.end],
                               speaker.id if speaker is not None else None, apart, -1))
    return found


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


def _apart(sentence: Sentence, speaker: Attribution, shares: Mapping[str, int],
           known: Mapping[str, Attribution]) -> tuple[Span, ...]:
    """The sources and cues inside the sentence, unless what is said is only a word or two of it."""
    chain: list[Attribution] = []
    step: Attribution | None = speaker
    while step is not None and step not in chain:
        chain.append(step)
        step = known.get(step.parent or "")
    spans = sorted({span for a in chain for span in (*a.source, *a.cue)
                    if sentence.start <= span[0] and span[1] <= sentence.end})
    if 2 * (shares[speaker.id] + sum(end - start for start, end in spans)) < sentence.end - sentence.start:
        return ()
    return tuple(Span(start - sentence.start, end - sentence.start) for start, end in spans)


# -- whose text it is ----------------------------------------------------------------------------------------------

def _copies(said: Sequence[Utterance], corpus: Corpus, config: ClaimsConfig) -> list[int]:
    """For each statement the index of the earliest one whose text it shares (its own, where there is none)."""
    common = names.common_words(corpus.documents[d].text for d in sorted(corpus.documents))
    of: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(said):
        of[one.document].append(index)
    bags: dict[int, Counter[str]] = {}
    unions = Unions(len(said))
    for reuses in _by_pair(corpus.reuses):
        if not _proves(corpus, reuses, config.proof):
            continue
        mine = _inside(of[reuses[0].a.document], said, [reuse.a for reuse in reuses])
        theirs = _inside(of[reuses[0].b.document], said, [reuse.b for reuse in reuses])
        for index in (*mine, *theirs):
            if index not in bags:
                bags[index] = bag(said[index].text)
        for a, b in _pairs(mine, theirs, bags, config.copied):
            if unions.root(a) != unions.root(b) and _kept(said[a].text, said[b].text, common):
                unions.join(a, b)
    return [unions.root(index) for index in range(len(said))]


def _by_pair(reuses: Sequence[Reuse]) -> list[list[Reuse]]:
    """The passages of each two documents, boilerplate left out; by the documents' ids and place."""
    pairs: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for reuse in sorted(reuses, key=lambda r: (r.a.document, r.b.document, r.a.start, r.b.start)):
        if not reuse.boilerplate:
            pairs[reuse.a.document, reuse.b.document].append(reuse)
    return list(pairs.values())


def _proves(corpus: Corpus, reuses: Sequence[Reuse], proof: int) -> bool:
    """Whether the passages have enough words in common, word for word, to prove that text was taken: one plain sentence
    may be written twice, and sentences of one form agree in their small words.
    """
    count = 0
    for reuse in reuses:
        one, other = (corpus.documents[p.document].text[p.start:p.end] for p in (reuse.a, reuse.b))
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
    mine, theirs = ([word.form for word in words(text)] for text in (one, other))
    runs = {tuple(theirs[at:at + RUN]) for at in range(len(theirs) - RUN + 1)}
    count = reached = 0
    for at in range(len(mine) - RUN + 1):
        if tuple(mine[at:at + RUN]) in runs:
            count += at + RUN - max(at, reached)
            reached = at + RUN
    return count


def _inside(indices: Sequence[int], said: Sequence[Utterance], passages: Sequence[Passage]) -> list[int]:
    """The statements of a document of which at least half stands in the passages."""
    held: Counter[int] = Counter()
    for passage in passages:
        low = bisect_left(indices, passage.start, key=lambda i: said[i].end)
        high = bisect_left(indices, passage.end, key=lambda i: said[i].start)
        for index in indices[low:high]:
            held[index] += min(said[index].end, passage.end) - max(said[index].start, passage.start)
    return sorted(index for index, count in held.items() if 2 * count >= said[index].end - said[index].start)


def _pairs(mine: Sequence[int], theirs: Sequence[int], bags: Bags, least: float) -> list[tuple[int, int]]:
    """Each of `mine` with the one of `theirs` whose words it shares, if it shares enough; none is taken twice."""
    exact: dict[frozenset[tuple[str, int]], list[int]] = defaultdict(list)
    having: dict[str, list[int]] = defaultdict(list)
    for other in theirs:
        exact[frozenset(bags[other].items())].append(other)
    found, left = [], []
    for one in mine:
        equal = exact.get(frozenset(bags[one].items()))
        if equal:
            found.append((one, equal.pop(0)))
        else:
            left.append(one)
    free = set(theirs) - {other for _, other in found}
    for other in sorted(free):
        for word in bags[other]:
            having[word].append(other)
    near = ((-_likeness(bags[one], bags[other], least), one, other) for one in left
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
    if alike < least and shorter >= WHOLE and (one & other).total() >= .9 * shorter:
        return least
    return alike


def _kept(one: str, other: str, common: frozenset[str]) -> bool:
    """Whether a sentence and its copy still say the same: no name exchanged, no denial put in or taken out."""
    forms, others = [w.form for w in words(one)], [w.form for w in words(other)]
    if forms == others:
        return True
    plain, plains = {w for f in forms for w in names.fold_name(f)}, {w for f in others for w in names.fold_name(f)}
    alike_in_length = 10 * min(len(forms), len(others)) >= 8 * max(len(forms), len(others))
    if alike_in_length and denies(forms) != denies(others):
        return False                       # of a sentence cut short, a "not" may be in what was cut
    return names_kept(names.names(one, common), names.names(other, common), plain, plains)
