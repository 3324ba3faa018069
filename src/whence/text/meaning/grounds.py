"""A text of a claim -> what it rests on by its own words: a witness, an authority, an unseen source, or nobody."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from whence.model import Reason, RootKind, Source, Sources
from whence.text.copying.dates import Window
from whence.text.meaning import newsroom


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a claim, however many articles carry it, as its earliest one (`document`) has it.

    `wordings` are the indices in the claim of those that carry it, `index` the first; `chain` the sources it names, the
    outermost first; `own` the outlet of its earliest article, `publishers` the outlets of all; `credits` the outlets
    that the earliest credits; `when` is the date of the earliest, `since` gives when each outlet that carried it, or is
    credited with it, first did; `from_unseen` says that its articles were found to come from a text that is not in the
    archive; `heard` is whom it tells of as if he said it, where it is told on the article's own word.
    """

    index: int
    document: str
    wordings: tuple[int, ...]
    sentence: str
    chain: tuple[Source, ...]
    own: str
    publishers: frozenset[str]
    credits: tuple[str, ...]
    when: Window | None
    since: Mapping[str, Window | None]
    from_unseen: bool
    heard: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a text rests on.  Grounds with one `key` are one on proof."""

    kind: RootKind
    key: tuple[str, str]
    label: str
    reason: Reason


def ground(text: Text, sources: Sources) -> Ground:
    """The first of GROUNDS that holds."""
    return next(found for rule in GROUNDS if (found := rule(text, sources)) is not None)


def outlet_of(text: Text) -> str | None:
    """The outlet that the text takes it from: the one its words name, or, where they name nobody, its credit line."""
    named = next((s.key for s in text.chain if s.kind == "outlet" and s.key not in text.publishers), None)
    if named is not None or any(source.kind == "authority" for source in text.chain):
        return named
    return next((outlet for outlet in text.credits if outlet not in text.publishers), None)


# -- the rules, in their order -----------------------------------------------------------------------------------

def saw_for_itself(text: Text, sources: Sources) -> Ground | None:
    """The article says that its own newsroom saw it or holds the proof ("our reporter saw", "documents seen by us")."""
    plain = newsroom.outside_quotes(text.sentence)
    found = newsroom.OWN_STAFF_SAW.search(plain) or newsroom.HELD_BY_OWN.search(plain)
    found = found or _own_name_saw(plain, text, sources)
    if found is None and all(source.kind == "own" for source in text.chain):
        found = newsroom.FIRST_PERSON.search(plain)
    if found is None:
        return None
    reason = Reason.of(saw_for_itself, words=found[0])
    return Ground("witness", ("witness", text.own), sources.labels.get(text.own, text.own), reason)


def credits_unseen_outlet(text: Text, sources: Sources) -> Ground | None:
    """It credits an outlet or agency, and no statement of that outlet's own on this is in the archive."""
    outlet = outlet_of(text)
    if outlet is None:
        return None
    label = sources.labels.get(outlet, outlet)
    return Ground("unseen", ("unseen", outlet), label, Reason.of(credits_unseen_outlet, outlet=label))


def names_authority(text: Text, sources: Sources) -> Ground | None:
    """It names the person or body on whose authority it is told."""
    source = next((s for s in reversed(text.chain) if s.kind == "authority"), None)
    if source is None or source.key is None:
        return None
    reason = Reason.of(names_authority, named=source.label, known_as=source.key)
    return Ground("authority", ("authority", source.key), source.label, reason)


def comes_from_unseen(text: Text, sources: Sources) -> Ground | None:
    """It names no source, and the articles that have it come from an earlier text that is not in the archive."""
    if not text.from_unseen:
        return None
    reason = Reason.of(comes_from_unseen, articles=len(text.wordings))
    return Ground("unseen", ("unseen text", str(text.index)), "an earlier text that is not in the archive", reason)


def names_nobody(text: Text, sources: Sources) -> Ground:
    """It names no source that could be looked up.  Words such as "experts" or "officials" are nobody's in particular,
    so whoever is meant may be the same as another's, or not.
    """
    said = next((s.label for s in reversed(text.chain) if s.kind == "nobody" and s.label), "nobody")
    reason = told_by_itself(text.heard) if text.heard and not text.chain else Reason.of(names_nobody, source=said)
    return Ground("assertion", ("assertion", text.own), sources.labels.get(text.own, text.own), reason)


def told_by_itself(heard: str) -> Reason:
    """It tells of somebody who acts, hopes, plans or is quoted in passing, but its main point is told on the article's
    own word, as a network reads it that learned from sentences that people judged (docs/whose-model.md).
    """
    return Reason.of(told_by_itself, heard=heard)


GROUNDS: tuple[Callable[[Text, Sources], Ground | None], ...] = (
    saw_for_itself, credits_unseen_outlet, names_authority, comes_from_unseen, names_nobody)


def _own_name_saw(plain: str, text: Text, sources: Sources) -> re.Match[str] | None:
    """ "seen by the Sarn Beacon", "a Sarn Beacon reporter saw", "the Beacon watched", in the Sarn Beacon or a copy of
    its text.
    """
    for publisher in sorted(text.publishers):
        short = sources.labels.get(publisher, publisher).rpartition(" ")[2]
        if short.lower() in newsroom.MEDIA_WORDS and (
                match := re.search(newsroom.SHORT_SAW.format(name=re.escape(short)), plain)) is not None:
            return match
    if newsroom.STAFF_OR_HELD.search(plain) is None:
        return None
    for publisher in sorted(text.publishers):
        name = re.escape(re.sub(r"^[Tt]he ", "", sources.labels.get(publisher, publisher)))
        for pattern in (newsroom.HELD_BY, newsroom.STAFF_OF):
            if (match := re.search(pattern.format(name=name), plain)) is not None:
                return match
    return None
