"""Statements -> claims-to-be: groups of statements that say the same, and which of these deny each other."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from whence import decisions
from whence.config import ClaimsConfig
from whence.model import (
    Corpus,
    Denial,
    Grouped,
    Grouping,
    Reason,
    Rulings,
    Utterance,
    Value,
    Wording,
    identify,
)
from whence.text.meaning import names, numbers, wording
from whence.text.meaning.calendar import day_of
from whence.text.meaning.closeness import Vectors
from whence.text.meaning.likeness import Articles, Kin, Texts, compare, groups, ordered
from whence.text.meaning.numbers import Quantity
from whence.text.meaning.slots import same_slot

VERSION = 3

def group(said: Sequence[Utterance], corpus: Corpus, config: ClaimsConfig, vectors: Vectors,
          rulings: Rulings = decisions.NONE) -> Grouped:
    """The statements grouped by what they say; one that nobody repeats is a group of its own.

    `said` is what the statements step found, in its order.  Those that share a text are one; other wordings are joined
    where one of pairs.JOINS holds and none of pairs.BARS; `vectors` gives what an encoder makes of texts.  No chains:
    every text of a group agrees with the one in its centre.  What people decided comes last, and wins.
    """
    common = names.common_words(corpus.documents[d].text for d in sorted(corpus.documents))
    said = _altered(said)
    heads = [index for index, one in enumerate(said) if one.copy_of == index]
    place = {head: index for index, head in enumerate(heads)}
    texts = _texts(corpus, config, vectors, common, [said[head] for head in heads])
    contents, kin = texts.contents, compare(texts)
    centre = groups(texts, kin)
    members: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(said):
        members[centre[place[one.copy_of]]].append(index)
    found, decided = decisions.regroup(list(members.values()), said, rulings)
    given = {head: contents[at].quantities for at, head in enumerate(heads) if not said[head].apart}
    groupings: list[Grouping] = []
    ids: dict[int, str] = {}
    for mine in found:
        name = identify("c", said[mine[0]].document, said[mine[0]].start)
        ids.update((place[m], name) for m in mine if m in place)
        counted = [given[m] if m in given else numbers.quantities(said[m].text) for m in mine]
        whose = [place[said[m].copy_of] for m in mine]
        reasons = *_reasons(mine, said, place, kin, centre), *(reason for m in mine for reason in decided.get(m, ()))
        groupings.append(_grouping(name, [said[m] for m in mine], whose, counted, reasons))
    return Grouped(tuple(sorted(groupings, key=lambda g: g.id)), _denials(kin, ids), kin.limits)


def _texts(corpus: Corpus, config: ClaimsConfig, vectors: Vectors, common: frozenset[str],
           said: Sequence[Utterance]) -> Texts:
    """Statements as texts that can be held against each other."""
    contents = []
    for one in said:
        article = corpus.documents[one.document]
        when = day_of(article.published)
        contents.append(wording.content(one.text, one.apart, common, article.text, when))
    articles = Articles([one.document for one in said], corpus, common)
    return Texts([wording.said_alone(one.text, one.apart) for one in said], contents, articles, config, vectors)


def _altered(said: Sequence[Utterance]) -> Sequence[Utterance]:
    """The statements, each copy that was altered until it says something else a text of its own."""
    own: dict[tuple[int, str], int] = {}
    same: set[tuple[int, str]] = set()
    for index, one in enumerate(said):
        key = one.copy_of, one.text
        if one.copy_of == index or one.text == said[one.copy_of].text or key in own or key in same:
            continue
        if wording.altered(said[one.copy_of].text, one.text):
            own[key] = index
        else:
            same.add(key)
    return [replace(one, copy_of=own.get((one.copy_of, one.text), one.copy_of)) for one in said] if own else said


def shared_passage(one: Utterance, other: Utterance) -> bool:
    """It stands at the same place of a passage that the articles share: one was copied from the other, or both from a
    third.
    """
    return one.copy_of == other.copy_of


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
        joined = kin.reasons.get(ordered(place[head], middle))
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
