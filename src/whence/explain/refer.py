"""Turns what a person points at (ids, statements, names) into what a decision refers to, so that it survives."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from whence.decisions import subject_of
from whence.errors import UsageError
from whence.explain.index import Index, resolve
from whence.explain.lines import earliest_statement
from whence.explain.words import flat
from whence.model import Claim, Conflict, DecisionKind, Place, Sourced, Statement, Subject, Tables
from whence.text.meaning import names

_STATEMENT = re.compile(r"([0-9a-f]{4,16}):(\d{1,9})")
DECIDED: tuple[DecisionKind, ...] = ("merge", "split", "same-source", "different-source", "speaker", "dismiss",
                                      "confirm")
"""What can be decided of something that is pointed at."""
DECIDABLE = ("claims", "conflicts", "attributions", "suggestions")


def subjects(tables: Tables, sourced: Sequence[Sourced], kind: DecisionKind, given: Sequence[str]) -> list[Subject]:
    """What a decision of this kind about `given` refers to: one subject, or, to dismiss or confirm, one for each.

    Claims are given by their id or as a statement of theirs, `document:start`; sources by a name or an attribution's
    id.  The beginning of an id is enough.  Raises UsageError, saying how to mend it, where something is not there, or
    can't be decided so.
    """
    index = Index.of(tables)
    if kind == "merge":
        return [_merged(index, given)]
    if kind == "split":
        return [_split(index, given)]
    if kind in ("same-source", "different-source"):
        return [_sources(Bearers(index, sourced), kind, given)]
    if kind == "speaker":
        return [_spoken(index, given)]
    return [_marked(index, kind, one) for one in dict.fromkeys(given)]


# -- claims and statements -----------------------------------------------------------------------------------------

def _place(statement: Statement) -> Place:
    return Place(statement.document, statement.start)


def _statement(index: Index, given: str) -> tuple[Claim, Statement] | None:
    """The statement that `document:start` names, with its claim; None where it is not written so."""
    match = _STATEMENT.fullmatch(given)
    if match is None:
        return None
    documents = [document for document in index.documents if document.startswith(match[1])]
    if len(documents) != 1:
        what = "begins more than one document's id" if documents else "is no document of this archive"
        raise UsageError(f"{match[1]} {what}", mend="`whence why` with the claim's id names its statements")
    found = index.statements_of.get(documents[0], [])
    here = next(((claim, s) for claim, s in found if s.start == int(match[2])), None)
    if here is None:
        near = sorted({s.start for _, s in found}, key=lambda start: abs(start - int(match[2])))[:4]
        mend = f"The nearest begin at {', '.join(map(str, near))}" if near else "This document makes no statements"
        raise UsageError(f"no statement begins at {match[2]}", where=documents[0], mend=mend)
    return here


def _claim(index: Index, given: str) -> tuple[Claim, Place]:
    """A claim, by its id or by a statement of it, and the statement by which it is referred to."""
    here = _statement(index, given)
    if here is not None:
        return here[0], _place(here[1])
    claim = index.claims.get(resolve(index, given))
    if claim is None:
        raise UsageError(f"{flat(given)} is not a claim", mend="`whence claims` lists them; a statement of one, as "
                                                               "document:start, does as well")
    return claim, _place(earliest_statement(claim))


def _merged(index: Index, given: Sequence[str]) -> Subject:
    found = [_claim(index, one) for one in given]
    if len({claim.id for claim, _ in found}) < 2:
        raise UsageError("they are one claim already" if len(given) > 1 else "one claim alone can't be merged",
                         where=found[0][0].id, mend="Name two claims; `whence decide confirm` keeps one as it is")
    return Subject("statements", tuple(dict.fromkeys(place for _, place in found)))


def _split(index: Index, given: Sequence[str]) -> Subject:
    """Statements, and the earliest of those that they leave; the claim itself may be named beside them."""
    apart = [here for one in given if (here := _statement(index, one)) is not None]
    named = [_claim(index, one)[0] for one in given if _STATEMENT.fullmatch(one) is None]
    claims = {claim.id: claim for claim in (*named, *(claim for claim, _ in apart))}
    if not apart or len(claims) > 1:
        what = "no statement is named that is not of it" if not apart else "the statements are not of one claim"
        raise UsageError(what, where=", ".join(claims), mend="Name statements of one claim, as document:start; "
                                                             "`whence why` with the claim's id lists them")
    (claim,) = claims.values()
    places = tuple(dict.fromkeys(_place(statement) for _, statement in apart))
    rest = [_place(s) for s in claim.statements if _place(s) not in places]
    if not rest:
        raise UsageError("all of its statements are named, so nothing would be left", where=claim.id,
                         mend="Name only those that are not of it")
    first = _place(earliest_statement(claim))
    return Subject("statements", places, leaves=first if first in rest else rest[0])


# -- names ---------------------------------------------------------------------------------------------------------

class Bearers:
    """Whom names name in this archive: attributed sources and outlets, by their names as written and as read."""

    def __init__(self, index: Index, sourced: Iterable[Sourced]) -> None:
        self.index, self.rows = index, list(sourced)
        self.by_attribution = {row.attribution: row for row in self.rows if row.attribution}

    def find(self, given: str) -> tuple[str, str]:
        """The name that is meant, as written and as read (the key of its source), both folded."""
        if re.fullmatch(r"a-[0-9a-f]+", given):
            id = resolve(self.index, given)
            row = self.by_attribution.get(id)
            if row is None:
                raise UsageError("it names nobody who could be looked up", where=id,
                                 mend="Name a source by the words that articles use for it")
            return row.written or row.key, row.key
        folded = " ".join(names.fold_name(given))
        bare = " ".join(word for word in folded.split() if word not in names.TITLES)
        tests = (lambda r: r.written == folded, lambda r: r.key == folded, lambda r: bare in (r.written, r.key),
                 lambda r: r.label.casefold() == given.casefold(), lambda r: r.key == names.outlet_key(given))
        keys = next((keys for test in tests if (keys := sorted({row.key for row in self.rows if test(row)}))), [])
        if len(keys) != 1:
            raise self._unknown(given, keys)
        return folded if any(row.written == folded for row in self.rows) else keys[0], keys[0]

    def _unknown(self, given: str, keys: Sequence[str]) -> UsageError:
        if keys:
            return UsageError(f"{flat(given)!r} is short for more than one source",
                              mend=f"Give the full name: {', '.join(keys[:6])}")
        known = sorted({row.label for row in self.rows})
        near = get_close_matches(given, known, 3, .5)
        mend = f"The nearest are {', '.join(map(flat, near))}" if near else "Give it as articles write it"
        return UsageError(f"no source is called {flat(given)!r} in this archive", mend=mend)


def _sources(bearers: Bearers, kind: DecisionKind, given: Sequence[str]) -> Subject:
    found = [bearers.find(one) for one in given]
    keys = tuple(sorted({key for _, key in found}))
    written = tuple(sorted({name for name, _ in found}))
    if kind == "same-source" and len(keys) < 2:
        raise UsageError("these names are one source already" if len(given) > 1 else "one name alone is one source",
                         where=keys[0], mend="Name two sources or more")
    if kind == "different-source" and len(keys) == 1 and len(written) < 2:
        raise UsageError("this is one name", where=keys[0], mend="Give two names that are not of one source")
    if kind == "different-source" and len(keys) not in (1, len(given)):
        raise UsageError("some of these names are one source, others are not", where=", ".join(keys),
                         mend="Decide about two names at a time")
    return Subject("sources", names=keys if len(keys) > 1 else written)


def _spoken(index: Index, given: Sequence[str]) -> Subject:
    """An attribution and the name of who speaks; an empty one for nobody."""
    if len(given) != 2:
        raise UsageError("a speaker needs an attribution's id and one name",
                         mend="`whence decide speaker a-1f0c \"Jo Kemp\"`, or --nobody in place of the name")
    attribution = index.attributions[resolve(index, given[0], ("attributions",))]
    subject = subject_of(attribution, index.documents[attribution.document], index.sentences(attribution.document))
    return replace(subject, kind="speaker", words=(*subject.words, " ".join(given[1].split())))


# -- what is dismissed or confirmed --------------------------------------------------------------------------------

def _marked(index: Index, kind: DecisionKind, given: str) -> Subject:
    id = resolve(index, given, DECIDABLE)
    if id in index.suggestions:
        return Subject("suggestion", names=index.suggestions[id].names)
    if id in index.conflicts:
        return _conflict(index, index.conflicts[id])
    if id in index.attributions:
        attribution = index.attributions[id]
        sentences = index.sentences(attribution.document)
        return subject_of(attribution, index.documents[attribution.document], sentences)
    claim = index.claims[id]
    first = _place(earliest_statement(claim))
    rest = (_place(s) for s in claim.statements if _place(s) != first) if kind == "confirm" else ()
    return Subject("claim", (first, *rest))


def _conflict(index: Index, conflict: Conflict) -> Subject:
    claims = [index.claims[conflict.claim]]
    values = tuple(told.value for told in conflict.values)
    if conflict.kind == "negation":
        claims += [index.claims[value] for value in values if value != conflict.claim and value in index.claims]
        values = ()
    return Subject("conflict", tuple(_place(earliest_statement(claim)) for claim in claims),
                   words=(conflict.kind, *values))
