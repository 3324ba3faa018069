"""Names that people hold to be one source or not, and names that may be one, as suggestions."""
from __future__ import annotations

import csv
from pathlib import Path

import pytest

from whence.decisions import VERDICTS, rulings
from whence.model import Attribution, Corpus, Decision, DecisionKind, Owned, Source, Sources, Subject
from whence.steps import aliases

CASES = Path(__file__).parents[1] / "cases" / "suggestions.csv"


def decision(kind: DecisionKind, *names: str, owners: tuple[Owned, ...] = ()) -> Decision:
    subject = Subject("owners" if owners else "sources", names=names, owners=owners)
    return Decision(f"d-{kind}{names}", kind, subject, VERDICTS[kind], "ana", "2031-05-01T10:00:00+00:00", None, None)


def found(*named: tuple[str, str], outlets: dict[str, str] | None = None) -> tuple[Sources, Corpus]:
    """One document of the outlet "own", with an attribution for each name as written and as read."""
    of = {f"a-{at}": Source(key, key.title(), "authority", (), written) for at, (written, key) in enumerate(named)}
    attributions = [Attribution(a, "d", "text", (), (), (), "direct", "named", "statement", None, 1.0) for a in of]
    sources = Sources(of, {"d": "own"}, {"d": ("wire",)}, {"own": "Own", "wire": "The Wire", **(outlets or {})})
    return sources, Corpus({}, {}, {}, {"d": attributions}, (), ())


def keys(sources: Sources) -> list[str | None]:
    return [source.key for source in sources.of.values()]


def test_nothing_decided_changes_nothing() -> None:
    sources, corpus = found(("soames", "ilka soames"), ("harbour board", "harbour board"))
    assert aliases.decide(sources, corpus, rulings([])) == sources


def test_names_that_are_one_go_by_the_longest() -> None:
    sources, corpus = found(("soames", "soames"), ("ilka soames", "ilka soames"), ("board", "board"))
    decided = aliases.decide(sources, corpus, rulings([decision("same-source", "soames", "ilka soames")]))
    assert keys(decided) == ["ilka soames", "ilka soames", "board"]
    assert [len(source.reasons) for source in decided.of.values()] == [1, 1, 0]


def test_an_outlet_gives_its_name_to_all_that_are_one_with_it() -> None:
    sources, corpus = found(("wire service of orm", "wire service of orm"))
    log = [decision("same-source", "wire service of orm", "wire")]
    decided = aliases.decide(sources, corpus, rulings(log))
    assert [(source.key, source.kind) for source in decided.of.values()] == [("wire", "outlet")]
    log = [decision("same-source", "wire", "own")]
    assert aliases.decide(sources, corpus, rulings(log)).credits == {"d": ()}


def test_a_name_held_apart_is_itself_again() -> None:
    sources, corpus = found(("ohb", "osier harbour board"), ("osier harbour board", "osier harbour board"))
    log = [decision("different-source", "ohb", "osier harbour board")]
    decided = aliases.decide(sources, corpus, rulings(log))
    assert keys(decided) == ["ohb", "osier harbour board"]
    assert decided.apart == {("ohb", "osier harbour board")}
    log.append(decision("same-source", "osier harbour board", "board of the bay"))
    assert keys(aliases.decide(sources, corpus, rulings(log)))[0] == "ohb"


def test_owners_go_by_the_outlets_names() -> None:
    sources, corpus = found()
    log = [decision("owners", owners=(Owned("The Wire", "Marsh Holding"),))]
    assert aliases.decide(sources, corpus, rulings(log)).owners == {"wire": "Marsh Holding"}


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["names"])
def test_suggestion(row: dict[str, str]) -> None:
    labels = row["names"].split("; ")
    of = {f"a-{at}": Source(label.removeprefix("the ").lower(), label, "authority") for at, label in enumerate(labels)}
    made = aliases.suggest(Sources(of, {}, {}, {}))
    expected = {frozenset(pair.split(" = ")) for pair in row["suggested"].split("; ") if pair}
    assert {frozenset(suggestion.labels) for suggestion in made} == expected
    assert all(suggestion.reasons for suggestion in made)


def test_an_outlet_of_nothing_but_white_space_is_suggested_to_be_nobody() -> None:
    of = {"a-1": Source("jo kemp", "Jo Kemp", "authority")}
    assert aliases.suggest(Sources(of, {}, {}, {" ": " "})) == ()
