"""Two roots that each name an authority or saw for themselves -> what shows that the one may rest on the other."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whence.model import Reason, Root, Sources
from whence.text.copying.oddities import Account, Lore, misspelt, turns


@dataclass(frozen=True, slots=True)
class Support:
    """A root that counts; the key of its source, or of the outlet that saw for itself; the articles that name it; and
    all that carry a statement that rests on it (their ids).
    """

    root: Root
    bearer: str
    accounts: Sequence[Account] = ()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Two:
    """Two supports, and what is known of sources and of all the texts."""

    one: Support
    other: Support
    sources: Sources
    lore: Lore

    def accounts(self) -> list[tuple[Account, Account]]:
        """Their articles in pairs, without those that name both, which only shows that they were asked together."""
        return [(a, b) for a in self.one.accounts for b in self.other.accounts
                if a.document not in self.other.documents and b.document not in self.one.documents]


def depends(two: Two) -> Reason | None:
    """The reason that the first of DEPENDENCE gives."""
    return next((reason for rule in DEPENDENCE if (reason := rule(two)) is not None), None)


# -- the rules, in their order -----------------------------------------------------------------------------------

def name_within_name(two: Two) -> Reason | None:
    """The one's name is part of the other's, so they may be one source under two names."""
    one, other = two.one.root, two.other.root
    mine, theirs = (set(re.findall(r"\w+", root.label.casefold())) - {"the", "a", "of"} for root in (one, other))
    if one.kind != "authority" or other.kind != "authority" or not mine or not theirs:
        return None
    bearers = two.one.bearer, two.other.bearer
    if (min(bearers), max(bearers)) in two.sources.apart:
        return None
    return Reason.of(name_within_name, one=one.label, other=other.label) if mine <= theirs or theirs <= mine else None


def one_owner(two: Two) -> Reason | None:
    """Both are outlets of one owner, by the list of owners that a person gave, so the one may rest on the other."""
    owner, other = (two.sources.owners.get(support.bearer) for support in (two.one, two.other))
    if owner is None or owner != other:
        return None
    return Reason.of(one_owner, owner=owner, one=two.one.root.label, other=two.other.root.label)


def one_error(two: Two) -> Reason | None:
    """The articles that name them misspell a name as no more than they do, so they may go back to one text."""
    found = next((found for a, b in two.accounts() for found in misspelt(a, b, two.lore)), None)
    return None if found is None else Reason.of(one_error, both=found[0], others=found[1])


def one_turn_of_phrase(two: Two) -> Reason | None:
    """The articles that name them share an odd turn of phrase that no other has, so they may go back to one text."""
    mine = two.one.documents | two.other.documents
    found = next((found for a, b in two.accounts() for found in turns(a, b) if two.lore.is_only(found, mine)), None)
    return None if found is None else Reason.of(one_turn_of_phrase, words=found)


DEPENDENCE: tuple[Callable[[Two], Reason | None], ...] = (name_within_name, one_owner, one_error, one_turn_of_phrase)
