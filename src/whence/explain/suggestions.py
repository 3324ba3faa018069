"""Turns suggestions that two names are of one source into lines: why, what would change, and how to say yes or no."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whence.decisions import standing
from whence.explain.decided import MARKS
from whence.explain.index import Index
from whence.explain.passages import Because, because
from whence.explain.words import flat
from whence.model import Claim, Decision, Root, Suggestion, Tables
from whence.text.meaning.names import fold_name


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """One of the two: as articles write it, as it is read (the key of its source), and how many claims rest on it."""

    label: str
    name: str
    claims: int

    def __str__(self) -> str:
        plain = set(self.name.split()) <= set(fold_name(self.label))
        return self.label if plain else f"{self.label} (read as {self.name})"


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """Two names that may be of one source, why, and the commands that confirm or refuse it.

    `both` counts the claims that rest on both, whose origins a yes may lower; `decided` is what a person decided.
    """

    id: str
    one: SuggestedName
    other: SuggestedName
    both: int
    reasons: tuple[Because, ...]
    confirm: str
    refuse: str
    decided: str | None


def undecided(suggestions: Iterable[Suggestion], decisions: Sequence[Decision]) -> list[Suggestion]:
    """The suggestions about which nobody decided anything that stands."""
    about = [set(made.subject.names) for made in standing(decisions)
             if made.kind in MARKS and made.subject.kind in ("suggestion", "sources")]
    return [suggestion for suggestion in suggestions if not any(set(suggestion.names) <= names for names in about)]


def suggestion_lines(tables: Tables | Index, suggestions: Iterable[Suggestion],
                     options: str = "") -> list[SuggestionLine]:
    """The lines of these suggestions: first those with the most claims that rest on both, then on each, then on either.

    `options` are added to the commands.
    """
    index = Index.of(tables)
    suggestions = list(suggestions)
    resting = _resting(index.tables.claims, {name for suggestion in suggestions for name in suggestion.names})
    lines = [_line(index, suggestion, resting, options) for suggestion in suggestions]
    return sorted(lines, key=_weight)


def _weight(line: SuggestionLine) -> tuple[int, int, int, str]:
    counts = line.one.claims, line.other.claims
    return -line.both, -min(counts), -sum(counts), line.id


def _resting(claims: Iterable[Claim], names: set[str]) -> dict[str, set[str]]:
    """By name, the claims (by id) that have a root of that name."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for root in claim.origins.roots:
            for name in _names(root) & names:
                found[name].add(claim.id)
    return found


def _names(root: Root) -> set[str]:
    """What a root is known as: the keys of its sources, or of the outlet that it is."""
    return {reason.values["known_as"] for reason in root.reasons if "known_as" in reason.values} or {
        root.label.casefold().removeprefix("the ")}


def _line(index: Index, suggestion: Suggestion, resting: dict[str, set[str]], options: str) -> SuggestionLine:
    one, other = (SuggestedName(flat(label), flat(name), len(resting.get(name, ())))
                  for name, label in zip(suggestion.names, suggestion.labels, strict=True))
    both = resting.get(suggestion.names[0], set()) & resting.get(suggestion.names[1], set())
    return SuggestionLine(suggestion.id, one, other, len(both), because(index, suggestion.reasons),
                          f"whence decide confirm {suggestion.id}{options}",
                          f"whence decide dismiss {suggestion.id}{options}", index.signed(suggestion.id))


def suggestions_text(lines: Sequence[SuggestionLine]) -> str:
    """The lines for a terminal."""
    found = []
    for line in lines:
        found.append(f"{line.id}  {line.one}  =  {line.other} ?" + (f"  [{line.decided}]" if line.decided else ""))
        found += [f"    {reason.says}" for reason in line.reasons]
        found.append(f"    {_stakes(line)}")
        found += [f"    yes: {line.confirm}", f"    no:  {line.refuse}"] if line.decided is None else []
    return "\n".join(found)


def _stakes(line: SuggestionLine) -> str:
    count = f"claims resting on the one: {line.one.claims}, on the other: {line.other.claims}, on both: {line.both}"
    return f"{count}{'; a yes may lower their origins' if line.both else ''}"
