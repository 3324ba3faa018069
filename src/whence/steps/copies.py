"""Passages that two articles share -> which of their statements share a text."""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from whence.config import ClaimsConfig
from whence.model import Passage, Reuse, Utterance
from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words
from whence.text.meaning.wording import bag, denies, in_common, names_kept, overlap
from whence.text.normalize import folded

WHOLE = 6
"""Words that a sentence must have to be looked for inside a longer one.  Chosen: fewer stand in many sentences."""
RUN = 4
"""Words in a row that stand in two texts by more than their form.  Chosen: a name or a turn of phrase is shorter."""
READ_FIRST, READ_AT_MOST = 20, 400
"""Code points that are read of a passage for each word wanted in common: enough for a copy, and for one much edited."""

Bags = Mapping[int, Counter[str]]
"""The words of each statement of a document."""


def find(texts: tuple[str, str], mine: Sequence[Utterance], theirs: Sequence[Utterance], reuses: Sequence[Reuse],
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
