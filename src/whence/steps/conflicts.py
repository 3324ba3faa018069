"""Claims-to-be and sources -> what their statements disagree on: number, date, quotation, speaker; and denials."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from whence.model import Conflict, ConflictKind, Corpus, Denial, Grouped, Grouping, Reason, Sources, Told, identify
from whence.text.meaning import calendar, numbers
from whence.text.meaning.calendar import Date
from whence.text.meaning.numbers import measure
from whence.text.meaning.wording import overlap
from whence.text.normalize import words

LEAST_QUOTED = 4
"""Words that a quotation must have to be held against another; chosen: shorter ones are terms, not utterances."""
ONE_UTTERANCE = .5
"""Words that two quotations in one claim have in common if they are of one utterance.  Chosen: half of them."""
_QUOTED = re.compile(r"“([^“”]{1,2000})”|\"([^\"]{1,2000})\"|„([^„“”]{1,2000})[“”]|«([^«»]{1,2000})»")

Thing = TypeVar("Thing")
Values = Mapping[str, Sequence[int]]
"""What is told, and by which statements (their indices in the claim)."""


def find(grouped: Grouped, corpus: Corpus, sources: Sources) -> tuple[Conflict, ...]:
    """The conflicts of every claim, by claim and kind.

    A denial is a conflict of both claims: its values are the claims' ids, and only the claim's own has its statements.
    """
    found = []
    for grouping in grouped.groupings:
        for kind, rule in RULES if len(grouping.wordings) > 1 else ():
            values = rule(grouping, corpus, sources)
            if values is not None:
                told = tuple(Told(value, tuple(at)) for value, at in values.items())
                reason = Reason.of(rule, values=" | ".join(values))
                found.append(Conflict(identify("x", kind, grouping.id), grouping.id, kind, told, (reason,)))
    by_id = {grouping.id: grouping for grouping in grouped.groupings}
    found += [conflict for denial in grouped.denials for conflict in _denied(denial, by_id)]
    return tuple(sorted(found, key=lambda c: (c.claim, c.kind, c.id)))


def numbers_differ(grouping: Grouping, corpus: Corpus, sources: Sources) -> Values | None:
    """They give numbers of the same thing that cannot all be right, also when "at least", "about" and the like are
    allowed for.
    """
    told: dict[Hashable, list[int]] = defaultdict(list)
    read: dict[Hashable, numbers.Quantity] = {}
    shown: dict[Hashable, str] = {}
    for at, wording in enumerate(grouping.wordings):
        quantity = next(iter(numbers.quantities(wording.value.text)), None) if wording.value else None
        if quantity is not None and wording.value is not None:
            key = (quantity.number, quantity.high, quantity.qualifier, measure(quantity))
            told[key].append(at)
            read.setdefault(key, quantity)
            shown.setdefault(key, wording.value.text)
    return _named(shown, told) if _any_apart(list(read.values()), numbers.agree) else None


def dates_differ(grouping: Grouping, corpus: Corpus, sources: Sources) -> Values | None:
    """They give different days or years for it."""
    told: dict[Hashable, list[int]] = defaultdict(list)
    read: dict[Hashable, Date] = {}
    for at, text in enumerate(_texts(grouping, corpus)):
        dates = calendar.dates(text)
        if len(dates) == 1:
            key = (dates[0].year, dates[0].month, dates[0].day)
            told[key].append(at)
            read.setdefault(key, dates[0])
    if not _any_apart(list(read.values()), calendar.agree):
        return None
    return _named({key: str(date) for key, date in read.items()}, told)


def quotations_differ(grouping: Grouping, corpus: Corpus, sources: Sources) -> Values | None:
    """One utterance is told with quotations whose words differ: changed, cut short or added to."""
    told: dict[Hashable, list[int]] = defaultdict(list)
    shown: dict[Hashable, str] = {}
    first: Counter[str] = Counter()
    for at, text in enumerate(_texts(grouping, corpus)):
        quoted, forms = _quoted(text)
        first = first or Counter(forms)
        if forms and (grouping.copies[at] == grouping.copies[0] or overlap(first, Counter(forms)) >= ONE_UTTERANCE):
            told[forms].append(at)
            shown.setdefault(forms, quoted)
    return _named(shown, told) if len(told) > 1 else None


def _quoted(text: str) -> tuple[str, tuple[str, ...]]:
    """What a sentence quotes, as it is written and as folded words; nothing where that is hardly an utterance."""
    quoted = [part for match in _QUOTED.finditer(text) for part in match.groups() if part]
    forms = tuple(w.form for part in quoted for w in words(part))
    return (" … ".join(quoted), forms) if len(forms) >= LEAST_QUOTED else ("", ())


def speakers_differ(grouping: Grouping, corpus: Corpus, sources: Sources) -> Values | None:
    """One text, or one quotation, is told as the words of different speakers."""
    told: dict[Hashable, list[int]] = defaultdict(list)
    shown: dict[Hashable, str] = {}
    names: list[frozenset[str]] = []
    quotes = [_quoted(text)[1] for text in _texts(grouping, corpus)]
    first = next((forms for forms in quotes if forms), None)
    for at, wording in enumerate(grouping.wordings):
        source = sources.of.get(wording.attribution or "")
        one_text = grouping.copies[at] == grouping.copies[0] or (first is not None and quotes[at] == first)
        if source is None or source.kind != "authority" or not one_text:
            continue
        told[source.key].append(at)
        if shown.setdefault(source.key, source.label) == source.label:
            names.append(frozenset((source.key or "").split()))
    return _named(shown, told) if _any_apart(names, lambda one, other: one <= other or other <= one) else None


RULES: tuple[tuple[ConflictKind, Callable[[Grouping, Corpus, Sources], Values | None]], ...] = (
    ("number", numbers_differ), ("date", dates_differ), ("quotation", quotations_differ),
    ("attribution", speakers_differ))


def _denied(denial: Denial, groupings: Mapping[str, Grouping]) -> Iterable[Conflict]:
    for mine, other in ((denial.one, denial.other), (denial.other, denial.one)):
        values = Told(mine, tuple(range(len(groupings[mine].wordings)))), Told(other, ())
        yield Conflict(identify("x", "negation", mine, other), mine, "negation", values, denial.reasons)


def _any_apart(told: Sequence[Thing], agree: Callable[[Thing, Thing], bool]) -> bool:
    """Whether two do not agree; each is held against the others only once, however often it is told."""
    distinct = list(dict.fromkeys(told))
    return any(not agree(one, other) for at, one in enumerate(distinct) for other in distinct[:at])


def _texts(grouping: Grouping, corpus: Corpus) -> Iterable[str]:
    for wording in grouping.wordings:
        yield corpus.documents[wording.document].text[wording.start:wording.end]


def _named(shown: Mapping[Hashable, str], told: Mapping[Hashable, list[int]]) -> Values:
    """The values as they are shown, earliest first; two that read alike are one."""
    found: dict[str, list[int]] = {}
    for key, at in sorted(told.items(), key=lambda item: item[1]):
        found[shown[key]] = sorted([*found.get(shown[key], []), *at])
    return found
