"""Sentences, attributions and shared passages -> statements, each with its speaker and with whose text it shares."""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from whence.config import ClaimsConfig
from whence.model import Attribution, Corpus, Passage, Reuse, Sentence, Span, Utterance
from whence.text import names
from whence.text.closeness import Unions
from whence.text.dates import window
from whence.text.normalize import words
from whence.text.wording import bag, denies, names_kept, overlap

VERSION = 1
WHOLE = 6
"""Words that a sentence must have to be looked for as a part of a longer one.  Chosen: fewer stand in many sentences."""
ASIDE = ("boilerplate", "teaser", "comments", "menu")
"""Segments that are not the article's own text."""


def moment(published: str | None) -> float:
    """Days since 1970, the middle of what the date can mean; infinity where there is none: undated is never earliest."""
    found = window(published)
    return inf if found is None else (found.first + found.last) / 2


def gather(corpus: Corpus, config: ClaimsConfig) -> tuple[Utterance, ...]:
    """The statements of the archive, those of the earliest document first (undated ones last, ties by id).

    Every sentence that states something and is the article's own is one.  Two share a text where they stand in one shared
    passage, at least `config.copied` of their words agree, numbers left out, and no name and no denial was exchanged.
    """
    said = _statements(corpus)
    common = names.common_words(corpus.documents[d].text for d in sorted(corpus.documents))
    found = _copies(said, corpus, config, common)
    return tuple(replace(one, copy_of=copy) for one, copy in zip(said, found, strict=True))


def _statements(corpus: Corpus) -> list[Utterance]:
    found: list[Utterance] = []
    moments = {d: moment(document.published) for d, document in corpus.documents.items()}
    for document in sorted(corpus.documents, key=lambda d: (moments[d], d)):
        text = corpus.documents[document].text
        aside = [s for s in corpus.segments.get(document, ()) if s.label in ASIDE]
        own = [s for s in corpus.sentences.get(document, ()) if s.form == "statement"
               and not any(s.start < part.end and part.start < s.end for part in aside)]
        speakers = _speakers(sorted(own, key=lambda s: s.start), corpus.attributions.get(document, ()))
        for sentence in sorted(own, key=lambda s: s.start):
            attribution, apart = speakers.get(sentence.start, (None, ()))
            found.append(Utterance(document, sentence.start, sentence.end, text[sentence.start:sentence.end], attribution, apart, -1))
    return found


def _speakers(sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> dict[int, tuple[str, tuple[Span, ...]]]:
    """By a sentence's start, the attribution that says most of it (the innermost), and the spans that tell who speaks."""
    starts = [s.start for s in sentences]
    covered: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    known = {a.id: a for a in attributions if a.field == "text"}
    for attribution in known.values():
        for start, end in attribution.content:
            for at in range(max(0, bisect_left(starts, start + 1) - 1), bisect_left(starts, end)):
                covered[at][attribution.id] += max(0, min(end, sentences[at].end) - max(start, sentences[at].start))
    found = {}
    for at, shares in covered.items():
        best = max(sorted(shares), key=lambda a: shares[a])
        inner = [a for a in sorted(shares) if known[a].parent == best and 2 * shares[a] >= shares[best]]
        while inner:
            best = inner[0]
            inner = [a for a in sorted(shares) if known[a].parent == best and 2 * shares[a] >= shares[best]]
        if shares[best]:
            found[sentences[at].start] = best, _apart(sentences[at], best, shares, known)
    return found


def _apart(sentence: Sentence, best: str, shares: Mapping[str, int], known: Mapping[str, Attribution]) -> tuple[Span, ...]:
    chain: list[Attribution] = []
    step: str | None = best
    while step in known and known[step] not in chain:
        chain.append(known[step])
        step = known[step].parent
    spans = sorted({span for a in chain for span in (*a.source, *a.cue) if sentence.start <= span[0] and span[1] <= sentence.end})
    if 2 * (shares[best] + sum(end - start for start, end in spans)) < sentence.end - sentence.start:
        return ()                          # a word or two in quotation marks: the rest is not only who speaks
    return tuple(Span(start - sentence.start, end - sentence.start) for start, end in spans)


# -- copies ------------------------------------------------------------------------------------------------------

def _copies(said: Sequence[Utterance], corpus: Corpus, config: ClaimsConfig, common: frozenset[str]) -> list[int]:
    """For each statement the index of the earliest one whose text it shares (its own, where there is none)."""
    of: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(said):
        of[one.document].append(index)
    bags: dict[int, Counter[str]] = {}
    unions = Unions(len(said))
    for reuse in corpus.reuses:
        if reuse.boilerplate or not _proves(corpus, reuse, config.proof):
            continue
        mine, theirs = _inside(of[reuse.a.document], said, reuse.a), _inside(of[reuse.b.document], said, reuse.b)
        for index in (*mine, *theirs):
            if index not in bags:
                bags[index] = bag(said[index].text)
        for one, other in _pairs(mine, theirs, bags, config.copied):
            if unions.root(one) != unions.root(other) and _kept(said[one].text, said[other].text, common):
                unions.join(one, other)
    return [unions.root(index) for index in range(len(said))]


def _proves(corpus: Corpus, reuse: Reuse, proof: int) -> bool:
    """Whether the passage is long enough to prove that text was taken: one plain sentence may be written twice."""
    return all(len(words(corpus.documents[p.document].text[p.start:p.end][:20 * proof])) >= proof for p in (reuse.a, reuse.b))


def _inside(indices: Sequence[int], said: Sequence[Utterance], passage: Passage) -> list[int]:
    """The statements of a document of which at least half stands in the passage."""
    low = bisect_left(indices, passage.start, key=lambda i: said[i].end)
    high = bisect_left(indices, passage.end, key=lambda i: said[i].start)
    return [i for i in indices[low:high]
            if 2 * (min(said[i].end, passage.end) - max(said[i].start, passage.start)) >= said[i].end - said[i].start]


def _pairs(mine: Sequence[int], theirs: Sequence[int], bags: Mapping[int, Counter[str]], least: float) -> list[tuple[int, int]]:
    """Each of `mine` with the one of `theirs` whose words it shares, if it shares enough; none is taken twice."""
    exact: dict[frozenset[tuple[str, int]], list[int]] = defaultdict(list)
    having: dict[str, list[int]] = defaultdict(list)
    for other in theirs:
        exact[frozenset(bags[other].items())].append(other)
        for word in bags[other]:
            having[word].append(other)
    found, left = [], []
    for one in mine:
        equal = exact[frozenset(bags[one].items())]
        if equal:
            found.append((one, equal.pop(0)))
        else:
            left.append(one)
    taken = {other for _, other in found}
    near = [(-_likeness(bags[one], bags[other], least), one, other) for one in left
            for other in sorted({other for word in bags[one] for other in having[word]} - taken)]
    free = set(left)
    for likeness, one, other in sorted(near):
        if likeness <= -least and one in free and other not in taken:
            free.discard(one)
            taken.add(other)
            found.append((one, other))
    return found


def _likeness(one: Counter[str], other: Counter[str], least: float) -> float:
    """Words in common; where the one holds nearly all of the other (a sentence that ran into the next), at least `least`."""
    alike = overlap(one, other)
    if alike < least and min(one.total(), other.total()) >= WHOLE and (one & other).total() >= .9 * min(one.total(), other.total()):
        return least
    return alike


def _kept(one: str, other: str, common: frozenset[str]) -> bool:
    """Whether a sentence and its copy still say the same: no name exchanged, no denial put in or taken out."""
    if one == other:
        return True
    forms, others = [w.form for w in words(one)], [w.form for w in words(other)]
    if forms == others:
        return True
    plain, plains = {w for f in forms for w in names.fold_name(f)}, {w for f in others for w in names.fold_name(f)}
    return denies(forms) == denies(others) and names_kept(names.names(one, common), names.names(other, common), plain, plains)
