"""What stands of a log of decisions, which of two that contradict each other wins, and what that makes of groups."""
from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from whence.decisions import VERDICTS, digest, regroup, rulings, standing, undone
from whence.model import Decision, DecisionKind, Owned, Place, Rulings, Subject

FIELDS = ("one_claim", "other_claim", "one_source", "other_source", "dismissed", "owners", "speakers")
COUNT = 7


def place(number: int) -> Place:
    return Place(f"{number:016x}", 0)


AT = {place(number): number for number in range(COUNT)}
"""The statements that are there."""


def decision(number: int, kind: DecisionKind, subject: Subject, supersedes: str | None = None) -> Decision:
    return Decision(f"d-{number:03}", kind, subject, VERDICTS[kind], "ana", f"2031-05-01T10:00:{number:02}+00:00", None,
                    supersedes)


def merge(number: int, *of: int) -> Decision:
    return decision(number, "merge", Subject("statements", tuple(map(place, of))))


def split(number: int, leaves: int, *of: int) -> Decision:
    return decision(number, "split", Subject("statements", tuple(map(place, of)), leaves=place(leaves)))


def same(number: int, *names: str) -> Decision:
    return decision(number, "same-source", Subject("sources", names=names))


def different(number: int, *names: str) -> Decision:
    return decision(number, "different-source", Subject("sources", names=names))


def undo(number: int, which: int) -> Decision:
    return decision(number, "undo", Subject("decision"), f"d-{which:03}")


def groups(machine: Sequence[Sequence[int]], *log: Decision) -> set[frozenset[int]]:
    found, _ = regroup(machine, AT, rulings(log))
    assert sorted(index for group in found for index in group) == sorted(index for group in machine for index in group)
    return {frozenset(group) for group in found}


def sets(*of: Sequence[int]) -> set[frozenset[int]]:
    return {frozenset(group) for group in of}


# -- the log -----------------------------------------------------------------------------------------------------

def test_an_undoing_can_be_undone() -> None:
    log = [merge(0, 1, 2), undo(1, 0), undo(2, 1)]
    assert standing(log[:2]) == []
    assert standing(log) == log[:1]
    assert undone(log) == {"d-001": "d-002"}


def test_of_two_that_contradict_each_other_the_later_holds() -> None:
    assert groups([[0], [1]], merge(0, 0, 1), split(1, 0, 1)) == sets([0], [1])
    assert groups([[0, 1]], split(0, 0, 1), merge(1, 0, 1)) == sets([0, 1])
    assert groups([[0, 1]], split(0, 0, 1), merge(1, 0, 1), undo(2, 1)) == sets([0], [1])


def test_a_later_decision_takes_from_an_earlier_one_only_what_it_contradicts() -> None:
    assert groups([[0], [1], [2]], merge(0, 0, 1, 2), split(1, 0, 1)) == sets([0, 2], [1])


def test_what_is_one_by_two_decisions_is_not_parted_by_an_earlier_one() -> None:
    found = rulings([different(0, "a", "c"), same(1, "a", "b"), same(2, "b", "c")])
    assert (len(found.one_source), found.other_source) == (2, ())


def test_the_last_list_of_owners_that_stands_holds() -> None:
    def owners(number: int, owner: str) -> Decision:
        return decision(number, "owners", Subject("owners", owners=(Owned("The Beacon", owner),)))

    log = [owners(0, "one"), owners(1, "two")]
    assert rulings(log).owners == log[1].subject.owners
    assert rulings([*log, undo(2, 1)]).owners == log[0].subject.owners


def test_what_is_only_marked_makes_nothing_stale() -> None:
    marked = decision(0, "dismiss", Subject("claim", (place(1),)))
    assert digest(rulings([marked]), FIELDS) == ""
    assert digest(rulings([merge(0, 1, 2)]), ["owners"]) == ""
    assert digest(rulings([merge(0, 1, 2)]), FIELDS) != digest(rulings([merge(0, 1, 3)]), FIELDS)


# -- groups ------------------------------------------------------------------------------------------------------

def test_a_merge_takes_the_whole_groups() -> None:
    assert groups([[0, 1], [2, 3], [4]], merge(0, 1, 2)) == sets([0, 1, 2, 3], [4])


def test_statements_that_leave_by_one_decision_stay_together() -> None:
    assert groups([[0, 1, 2, 3]], split(0, 0, 1, 2)) == sets([0, 3], [1, 2])


def test_who_leaves_one_group_may_be_put_into_another() -> None:
    assert groups([[0, 1], [2, 3]], split(0, 0, 1), merge(1, 1, 2)) == sets([0], [1, 2, 3])


def test_a_split_outlasts_a_merge_of_the_others() -> None:
    assert groups([[0, 1], [2, 3]], split(0, 2, 1), merge(1, 0, 2)) == sets([0, 2, 3], [1])


def test_a_confirmed_claim_stays_whole_whatever_is_derived_next() -> None:
    confirmed = decision(0, "confirm", Subject("claim", (place(0), place(1), place(2))))
    assert groups([[0], [1, 3], [2]], confirmed) == sets([0, 1, 2, 3])


def test_what_is_decided_of_a_statement_that_is_not_there_waits() -> None:
    assert groups([[0], [1]], merge(0, 1, 99)) == sets([0], [1])


def test_each_change_has_its_reason() -> None:
    _, reasons = regroup([[0, 1], [2]], AT, rulings([split(0, 0, 1), merge(1, 0, 2)]))
    told = {(index, reason.rule, reason.values["decision"]) for index, mine in reasons.items() for reason in mine}
    assert told == {(0, "decided_another_claim", "d-000"), (1, "decided_another_claim", "d-000"),
                    (0, "decided_one_claim", "d-001")}


numbers = st.integers(0, COUNT - 1)


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    made: list[Decision] = []
    for number in range(draw(st.integers(0, 8))):
        of = draw(st.lists(numbers, min_size=2, max_size=4, unique=True))
        kind = draw(st.sampled_from(["merge", "split", "undo"]))
        if kind == "undo" and made:
            made.append(undo(number, draw(st.integers(0, number - 1))))
        else:
            made.append(merge(number, *of) if kind != "split" else split(number, *of))
    return made


@st.composite
def partitions(draw: st.DrawFn) -> list[list[int]]:
    label = draw(st.lists(numbers, min_size=COUNT, max_size=COUNT))
    return [mine for name in range(COUNT) if (mine := [i for i in range(COUNT) if label[i] == name])]


@settings(max_examples=300)
@given(partitions(), logs())
def test_whatever_the_machine_finds_every_ruling_holds(machine: list[list[int]], log: list[Decision]) -> None:
    found = rulings(log)
    home = {index: group for group in groups(machine, *log) for index in group}
    for link in found.one_claim:
        assert home[int(link.one.document, 16)] == home[int(link.other.document, 16)]
    for link in found.other_claim:
        assert home[int(link.one.document, 16)] != home[int(link.other.document, 16)]


@settings(max_examples=200)
@given(partitions(), logs(), st.lists(numbers, min_size=2, max_size=3, unique=True), st.booleans())
def test_a_decision_and_its_undoing_change_nothing(machine: list[list[int]], log: list[Decision], of: list[int],
                                                   joins: bool) -> None:
    number = len(log)
    made = merge(number, *of) if joins else split(number, *of)
    again = [*log, made, undo(number + 1, number)]
    assert rulings(again) == rulings(log)
    assert groups(machine, *again) == groups(machine, *log)


@settings(max_examples=200)
@given(partitions(), logs(), st.lists(numbers, min_size=2, max_size=3, unique=True), st.booleans())
def test_the_last_decision_holds_whole(machine: list[list[int]], log: list[Decision], of: list[int],
                                       joins: bool) -> None:
    last = merge(len(log), *of) if joins else split(len(log), *of)
    home = {index: group for group in groups(machine, *log, last) for index in group}
    if joins:
        assert len({home[index] for index in of}) == 1
    else:
        assert home[of[0]] not in [home[index] for index in of[1:]]


@settings(max_examples=100)
@given(partitions(), logs())
def test_the_order_of_the_machines_groups_changes_nothing(machine: list[list[int]], log: list[Decision]) -> None:
    assert groups(machine, *log) == groups([group[::-1] for group in machine[::-1]], *log)


def test_nobody_decided_anything() -> None:
    assert rulings([]) == Rulings()
    assert groups([[0, 1], [2]]) == sets([0, 1], [2])
