"""Texts -> which of them say the same, or the contrary, and why; and groups of them that agree with their centre."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf, log

from whence.config import ClaimsConfig
from whence.model import Corpus, Limit, Reason
from whence.text.meaning import closeness, names, wording
from whence.text.meaning.closeness import Closeness, Vectors
from whence.text.meaning.pairs import (
    Pair,
    barred,
    denial,
    is_number,
    joined,
    open_to_words,
    said_like_a_third,
    words_left,
)
from whence.text.meaning.wording import Content

ROUGH = 1.5 * log(10)
"""The weight of a number that is the same but for "about", "at least" and so on: that of one and a half digits."""
AT_ONCE = 20_000
"""Pairs whose vectors are held at a time.  Chosen: some 60 MB."""

Two = tuple[int, int]
"""Two texts by their indices, the smaller first."""
Worth = Callable[[Content, Content, float], bool]
"""Whether two contents that have so much in common are to be read by the encoder."""


@dataclass(slots=True)
class Kin:
    """What comparing the texts found: how alike those are that say the same, why, and which deny each other."""

    edges: dict[Two, float] = field(default_factory=dict)
    reasons: dict[Two, Reason] = field(default_factory=dict)
    denials: dict[Two, Reason] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()


class Articles:
    """The words of the names in the article that each text stands in, those of its sources aside, read when they are
    asked for.
    """

    def __init__(self, documents: Sequence[str], corpus: Corpus, common: frozenset[str]) -> None:
        self._documents, self._corpus, self._common = documents, corpus, common
        self._names: dict[str, frozenset[str]] = {}

    def around(self, *texts: int) -> Callable[[int], frozenset[str]]:
        """A function that gives the names around the first of `texts` for 0, around the second for 1, and so on."""
        return lambda which: self.names(texts[which])

    def names(self, index: int) -> frozenset[str]:
        """The words of the names in a text's article and its title."""
        document = self._corpus.documents[self._documents[index]]
        if document.id not in self._names:
            sources = [span for a in self._corpus.attributions.get(document.id, ()) if a.field == "text"
                       for span in a.source]
            text = wording.blanked(document.text, sources)
            found = names.names(f"{document.title or ''}\n{text}", self._common)
            self._names[document.id] = frozenset(word for name in found for word in name.words)
        return self._names[document.id]


class Texts:
    """Texts that can be held against each other; `vectors` gives what an encoder makes of several."""

    def __init__(self, texts: Sequence[str], contents: Sequence[Content], articles: Articles, config: ClaimsConfig,
                 vectors: Vectors) -> None:
        self.contents, self.config = contents, config
        self.features = [one.features for one in contents]
        self.weight = closeness.weights(self.features, _ceiling)
        self._close = Closeness(self.features, self.weight, is_number)
        self._texts, self._articles, self._vectors = texts, articles, vectors
        self._phrases = closeness.Phrases(vectors)

    def pairs(self, twos: Iterable[Two], worth: Worth) -> Iterator[tuple[Two, Pair]]:
        """The pairs that are `worth` having the encoder read, by what they say and the words that they share."""
        alike = {two: self._alike(two) for two in twos}
        wanted = [two for two in alike if worth(self.contents[two[0]], self.contents[two[1]], alike[two])]
        meant = closeness.cosines(wanted, self._texts, self._vectors)
        found = [Pair(self.contents[two[0]], self.contents[two[1]], alike[two], meaning, 0.0,
                      self._articles.around(*two), self.config) for two, meaning in zip(wanted, meant, strict=True)]
        left = self._phrases.nearness([words_left(pair) if open_to_words(pair) else ((), ()) for pair in found])
        for two, pair, near in zip(wanted, found, left, strict=True):
            yield two, replace(pair, left=near)

    def _alike(self, two: Two) -> float:
        """The share of their weighted words that two have in common, a number that is roughly the same with them."""
        one, other = (self.contents[index] for index in two)
        if not one.quantities or not other.quantities:
            return self._close(*two)
        rough = not any(map(is_number, one.features & other.features)) and wording.same_number(one, other) is not None
        return self._close(*two, ROUGH if rough else 0.0)


# -- pairs ---------------------------------------------------------------------------------------------------------

def compare(texts: Texts) -> Kin:
    """Which of the texts say the same, or the contrary, and why."""
    config = texts.config
    found, cut = closeness.candidates([one.features | one.lookups for one in texts.contents], texts.weight,
                                      config.most_alike)
    kin = Kin()
    if cut:
        kin.limits = (Limit("claims", "words that more statements share than are looked up", config.most_alike, cut),)

    for at in range(0, len(found), AT_ONCE):
        for two, pair in texts.pairs(found[at:at + AT_ONCE], partial(_worth_reading, config)):
            _weigh(kin, two, pair)
    return kin


def _worth_reading(config: ClaimsConfig, one: Content, other: Content, alike: float) -> bool:
    """Whether a rule may join two texts, by what is cheap to tell."""
    if not one.names or not other.names:
        return alike >= config.counted
    if one.names == other.names:
        return True
    return wording.names_agree(wording.told_names(one, other), wording.told_names(other, one))


def _weigh(kin: Kin, two: Two, pair: Pair) -> None:
    rule = (None if barred(pair) else denial) if denial(pair) else joined(pair)
    if rule is None:
        return
    reason = Reason.of(rule, words_in_common=pair.alike, alike_in_meaning=pair.meaning)
    if rule is denial:
        kin.denials[two] = reason
    else:
        kin.edges[two], kin.reasons[two] = max(pair.alike, pair.meaning), reason


def ordered(one: int, other: int) -> Two:
    """Two texts, the smaller first."""
    return (one, other) if one < other else (other, one)


def _ceiling(feature: str) -> float:
    """A number weighs at most what its digits tell: one in nine numbers of one digit is the same by chance."""
    return log(10) * wording.digits(float(feature[1:])) if is_number(feature) else inf


# -- groups --------------------------------------------------------------------------------------------------------

def groups(texts: Texts, kin: Kin) -> list[int]:
    """For each text the centre of its group: stars, and then those whose members are worded like one of another star's
    and agree with its centre.  Adds the reasons of the latter to `kin`.
    """
    centre = settle(texts.contents, kin.edges)
    members = _members(centre)
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in kin.edges.items():
        near[one][other] = near[other][one] = score
    kept: set[int] = set()
    for middle in sorted(members, key=lambda middle: (-len(members[middle]), middle)):
        pull: dict[int, float] = defaultdict(float)
        for index in members[middle]:
            for other in sorted(near.get(index, {})):
                if centre[other] in kept and centre[other] != middle:
                    pull[centre[other]] += near[index][other]
        for other in sorted(pull, key=lambda other: (-pull[other], other)):
            if _agree(texts, kin, members[middle], other):
                for index in members[middle]:
                    centre[index] = other
                break
        else:
            kept.add(middle)
    return centre


def _agree(texts: Texts, kin: Kin, mine: Sequence[int], middle: int) -> bool:
    """Whether each of a star agrees with the centre of another."""
    pairs = list(texts.pairs([ordered(index, middle) for index in mine], lambda *_: True))
    if not all(said_like_a_third(pair) for _, pair in pairs):
        return False
    for two, pair in pairs:
        kin.reasons.setdefault(two, Reason.of(said_like_a_third, words_in_common=pair.alike,
                                              alike_in_meaning=pair.meaning))
    return True


def settle(contents: Sequence[Content], edges: Mapping[Two, float]) -> list[int]:
    """For each text the centre of its star; one whose names stand against those of a closer member stays alone."""
    centre = closeness.stars(len(contents), edges)
    for middle, mine in _members(centre).items():
        held = {frozenset(contents[middle].names)}
        others = [index for index in mine if index != middle]
        for index in sorted(others, key=lambda i: (-edges[ordered(i, middle)], i)):
            if all(wording.names_agree(contents[index].names, other) for other in held):
                held.add(frozenset(contents[index].names))
            else:
                centre[index] = index
    return centre


def _members(centre: Sequence[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for index, middle in enumerate(centre):
        members[middle].append(index)
    return members
