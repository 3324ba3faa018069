"""Statements -> claims-to-be: groups of statements that say the same, and which of these deny each other."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log

from whence import decisions
from whence.config import ClaimsConfig
from whence.model import (
    Corpus,
    Denial,
    Grouped,
    Grouping,
    Limit,
    Reason,
    Rulings,
    Utterance,
    Value,
    Wording,
    identify,
)
from whence.text.meaning import calendar, closeness, names, numbers, wording
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.slots import same_slot
from whence.text.meaning.wording import Content

VERSION = 1
ROUGH = 1.5 * log(10)
"""The weight of a number that is the same but for "about", "at least" and so on: that of one and a half digits."""
COUNTED = 3
"""Words in common of two sentences that count the same thing, that among them.  Chosen: two besides what is counted."""
RELATED = 3
"""Words of names that two articles on one matter have in common.  Chosen: a place, a person and a body."""
TELLING = 3
"""Significant digits of a number that two sentences about one name hardly share by chance: one in 900."""

Near = Iterable[tuple[int, int, float]]
"""Pairs of statements, by index, that something else (an encoder) holds to be alike, and how much (0 to 1)."""
Two = tuple[int, int]
"""Two texts by their indices, the smaller first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts held against each other: what each says, how alike they are (0 to 1), and where to read their articles.

    `around` gives the names in the article that the first (0) or the second (1) stands in.
    """

    one: Content
    other: Content
    alike: float
    around: Callable[[int], frozenset[str]]
    config: ClaimsConfig


@dataclass(slots=True)
class Kin:
    """What comparing the texts found: how alike those are that say the same, why, and which deny each other."""

    edges: dict[Two, float] = field(default_factory=dict)
    reasons: dict[Two, Reason] = field(default_factory=dict)
    denials: dict[Two, Reason] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()


def group(said: Sequence[Utterance], corpus: Corpus, config: ClaimsConfig, near: Near = (),
          rulings: Rulings = decisions.NONE) -> Grouped:
    """The statements grouped by what they say; one that nobody repeats is a group of its own.

    `said` is what the statements step found, in its order.  Those that share a text are one; other wordings are joined
    where one of JOINS holds and none of BARS.  `near` may hand in more pairs to hold to the same rules.  No chains:
    every text of a group agrees with the one in its centre.  What people decided comes last, and wins.
    """
    heads = [index for index, one in enumerate(said) if one.copy_of == index]
    place = {head: index for index, head in enumerate(heads)}
    common = names.common_words(corpus.documents[d].text for d in sorted(corpus.documents))
    contents = [wording.content(said[head].text, said[head].apart, common) for head in heads]
    more = {_two(place[said[a].copy_of], place[said[b].copy_of]): alike for a, b, alike in sorted(near)}
    kin = compare(contents, Articles([said[head].document for head in heads], corpus, common), config, more)
    centre = settle(contents, kin.edges)
    members: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(said):
        members[centre[place[one.copy_of]]].append(index)
    groups, decided = decisions.regroup(list(members.values()), said, rulings)
    told = {head: contents[at].quantities for at, head in enumerate(heads) if not said[head].apart}
    groupings: list[Grouping] = []
    ids: dict[int, str] = {}
    for mine in groups:
        name = identify("c", said[mine[0]].document, said[mine[0]].start)
        ids.update((place[m], name) for m in mine if m in place)
        counted = [told[m] if m in told else numbers.quantities(said[m].text) for m in mine]
        texts = [place[said[m].copy_of] for m in mine]
        reasons = *_reasons(mine, said, place, kin, centre), *(reason for m in mine for reason in decided.get(m, ()))
        groupings.append(_grouping(name, [said[m] for m in mine], texts, counted, reasons))
    return Grouped(tuple(sorted(groupings, key=lambda g: g.id)), _denials(kin, ids), kin.limits)


# -- what joins: the first that holds is the reason ----------------------------------------------------------------

def shared_passage(one: Utterance, other: Utterance) -> bool:
    """It stands at the same place of a passage that the articles share: one was copied from the other, or both from a
    third.
    """
    return one.copy_of == other.copy_of


def same_words(pair: Pair) -> bool:
    """Both say it in nearly the same words, about the same names or numbers."""
    if pair.alike < pair.config.worded:
        return False
    shared = pair.one.features & pair.other.features
    if (pair.one.names and pair.other.names) or any(map(_is_number, shared)):
        return True
    return len(shared) >= pair.config.unnamed and pair.alike >= pair.config.bare


def same_number(pair: Pair) -> bool:
    """Both give the same number in connection with the same name, and share other words besides: two, or one where they
    count the same thing by it; a number of three digits or more tells enough without.
    """
    if pair.alike < pair.config.counted or not _name_in_both(pair):
        return False
    counted = wording.same_number(pair.one, pair.other)
    if counted is None:
        return False
    if counted[0].number == counted[1].number and wording.digits(counted[0].number) >= TELLING:
        return True
    others = [feature for feature in pair.one.features & pair.other.features if not _is_number(feature)
              and not any(feature in name for name in pair.one.names)]
    return len(others) >= (1 if wording.same_unit(*counted) else 2)


def same_count(pair: Pair) -> bool:
    """Both say how many of one thing, though not the same number, and share other words besides."""
    return (pair.alike >= pair.config.tallied and len(pair.one.features & pair.other.features) >= COUNTED
            and wording.count_the_same(pair.one, pair.other))


JOINS: tuple[Callable[[Pair], bool], ...] = (same_words, same_number, same_count)


# -- what keeps apart ----------------------------------------------------------------------------------------------

def other_names(pair: Pair) -> bool:
    """Each names a person, place or body that stands against one that the other names."""
    return not wording.names_agree(pair.one.names, pair.other.names)


def name_unheard_of(pair: Pair) -> bool:
    """One names somebody or something that the other's whole article does not mention, and the articles have hardly a
    name in common.
    """
    if bool(pair.one.names) == bool(pair.other.names) or len(pair.around(0) & pair.around(1)) >= RELATED:
        return False
    named, around = (pair.one, pair.around(1)) if pair.one.names else (pair.other, pair.around(0))
    return not any(around.issuperset(name) for name in named.names)


def other_time(pair: Pair) -> bool:
    """They speak of different days or years."""
    if not pair.one.dates or not pair.other.dates:
        return False
    return not any(calendar.agree(one, other) for one in pair.one.dates for other in pair.other.dates)


def plan_or_fact(pair: Pair) -> bool:
    """One tells it as done, the other as planned, wished or possible."""
    return pair.one.planned != pair.other.planned


BARS: tuple[Callable[[Pair], bool], ...] = (plan_or_fact, other_time, other_names, name_unheard_of)


def denial(pair: Pair) -> bool:
    """They speak of the same in nearly the same words, or the one has nearly all that the other says; and one says that
    it is not so.
    """
    if _denies(pair.one, pair.other) == _denies(pair.other, pair.one):
        return False
    denying, other = (pair.one, pair.other) if _denies(pair.one, pair.other) else (pair.other, pair.one)
    shared = len(denying.features & other.features)
    return same_words(pair) or (_name_in_both(pair) and shared >= max(2, .8 * len(denying.features)))


def _denies(one: Content, other: Content) -> bool:
    return one.refuted or bool(one.denied & other.features)


def _name_in_both(pair: Pair) -> bool:
    return any(names.same(one, other) for one in pair.one.names for other in pair.other.names)


# -- comparing -----------------------------------------------------------------------------------------------------

class Articles:
    """The words of the names in the article that each text stands in, read when they are asked for."""

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
            found = names.names(f"{document.title or ''}\n{document.text}", self._common)
            self._names[document.id] = frozenset(word for name in found for word in name.words)
        return self._names[document.id]


def compare(contents: Sequence[Content], articles: Articles, config: ClaimsConfig, more: Mapping[Two, float]) -> Kin:
    """Which of the texts say the same, or the contrary, and why."""
    features = [one.features for one in contents]
    weight = closeness.weights(features, _ceiling)
    pairs, cut = closeness.candidates([one.features | one.lookups for one in contents], weight, config.most_alike)
    close = closeness.Closeness(features, weight, _is_number)
    kin = Kin()
    if cut:
        kin.limits = (Limit("claims", "words that more statements share than are looked up", config.most_alike, cut),)
    for a, b in sorted({*pairs, *more}):
        alike = max(close(a, b, ROUGH), more.get((a, b), 0.0))
        if alike < config.counted:
            continue
        one, other = contents[a], contents[b]
        if any(map(_is_number, features[a] & features[b])) or wording.same_number(one, other) is None:
            alike = max(close(a, b), more.get((a, b), 0.0))
        pair = Pair(one, other, alike, articles.around(a, b), config)
        rule = denial if denial(pair) else next((rule for rule in JOINS if rule(pair)), None)
        if rule is None or any(bar(pair) for bar in BARS):
            continue
        if rule is denial:
            kin.denials[a, b] = Reason.of(denial, words_in_common=alike)
        else:
            kin.edges[a, b], kin.reasons[a, b] = alike, Reason.of(rule, words_in_common=alike)
    return kin


def _two(one: int, other: int) -> Two:
    return (one, other) if one < other else (other, one)


def _is_number(feature: str) -> bool:
    return feature[0] == "#"


def _ceiling(feature: str) -> float:
    """A number weighs at most what its digits tell: one in nine numbers of one digit is the same by chance."""
    return log(10) * wording.digits(float(feature[1:])) if _is_number(feature) else inf


def settle(contents: Sequence[Content], edges: Mapping[Two, float]) -> list[int]:
    """For each text the centre of its group; one whose names stand against those of a closer member stays alone."""
    centre = closeness.stars(len(contents), edges)
    members: dict[int, list[int]] = defaultdict(list)
    for index, middle in enumerate(centre):
        if index != middle:
            members[middle].append(index)
    for middle, mine in members.items():
        held = {frozenset(contents[middle].names)}
        for index in sorted(mine, key=lambda i: (-edges[_two(i, middle)], i)):
            if all(wording.names_agree(contents[index].names, other) for other in held):
                held.add(frozenset(contents[index].names))
            else:
                centre[index] = index
    return centre


# -- telling -------------------------------------------------------------------------------------------------------

def _grouping(name: str, mine: Sequence[Utterance], texts: Sequence[int], counted: Sequence[Sequence[Quantity]],
              reasons: tuple[Reason, ...]) -> Grouping:
    first = {text: at for at, text in reversed(list(enumerate(texts)))}
    copies = tuple(first[text] for text in texts)
    followed = same_slot(counted, copies)
    values = [None if q is None else _value(one.text, q) for one, q in zip(mine, followed, strict=True)]
    wordings = tuple(Wording(one.document, one.start, one.end, one.attribution, value)
                     for one, value in zip(mine, values, strict=True))
    return Grouping(name, mine[0].text, wordings, copies, reasons)


def _value(text: str, quantity: Quantity) -> Value:
    """The quantity with its qualifier in the text's own words ("over", not "more than")."""
    before = text[quantity.start:quantity.digits[0]].strip("$€£¥ ").lower()
    qualifier = (before or quantity.qualifier) if quantity.qualifier else None
    return Value(quantity.number, qualifier, quantity.unit, text[quantity.start:quantity.end])


def _reasons(mine: Sequence[int], said: Sequence[Utterance], place: Mapping[int, int], kin: Kin,
             centre: Sequence[int]) -> tuple[Reason, ...]:
    """One reason for each text that was joined, and one for the copies of each."""
    texts: dict[int, list[int]] = defaultdict(list)
    for m in mine:
        texts[said[m].copy_of].append(m)
    told = {place[head] for head in texts}
    found = []
    for head, copies in texts.items():
        middle = centre[place[head]]
        joined = kin.reasons.get(_two(place[head], middle))
        if joined is not None and middle in told:
            found.append(Reason(joined.rule, joined.says, {**joined.values, "text": said[head].text}))
        if len(copies) > 1:
            found.append(Reason.of(shared_passage, statements=len(copies), text=said[head].text))
    return tuple(found)


def _denials(kin: Kin, ids: Mapping[int, str]) -> tuple[Denial, ...]:
    found: dict[tuple[str, str], Reason] = {}
    for (a, b), reason in sorted(kin.denials.items(), key=lambda item: item[0]):
        if ids[a] != ids[b]:
            one, other = sorted((ids[a], ids[b]))
            found.setdefault((one, other), reason)
    return tuple(Denial(*two, (found[two],)) for two in sorted(found))
