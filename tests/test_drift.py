"""Where a value changed on its way: labelled small family trees, and that the order of the tables changes nothing."""
from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence import explain
from whence.explain.values import FOLLOWED
from whence.model import (
    Claim,
    Conflict,
    ConflictKind,
    Decision,
    Document,
    Earliest,
    Family,
    Member,
    Origins,
    Parent,
    Passage,
    Reason,
    Reuse,
    Root,
    Statement,
    Subject,
    Tables,
    Told,
    Value,
)

FILE = Path(__file__).parent / "cases" / "drift.csv"
CASES = list(csv.DictReader(FILE.read_text(encoding="utf8").splitlines()))
NODE = re.compile(r"([A-Z])(?:([<~])([A-Z*+]+))?(?:=(.+))?")
WHY = (Reason("r", "r"),)


def planted(tree: str) -> Tables:
    """The tables of a tree such as "A=12; B<A=15": in each family every two articles share their first hundred words.

    "~" stands for a candidate that is not held to be a parent, "*" for a text that is not in the archive; what follows
    a "|" stands in the sentence beside the value.
    """
    kind: ConflictKind = next((kind for kind in FOLLOWED if tree.startswith(f"{kind}: ")), "number")
    groups = [[match.groups(default="") for node in part.split(";") if (match := NODE.fullmatch(node.strip()))]
              for part in tree.removeprefix(f"{kind}: ").split("/")]
    nodes = [node for group in groups for node in group]
    texts: dict[str, str] = {}
    statements: list[Statement] = []
    for name, _, _, given_words in nodes:
        start = len(texts.setdefault(name, ""))
        value, _, beside = given_words.partition("|")
        texts[name] += f"They counted {value or 'dozens of them'}{beside} in the bay. "
        given = Value(0.0, None, None, value) if value and kind == "number" else None
        statements.append(Statement(name, start, len(texts[name]) - 1, None, 0, given))
    values = [node[3].partition("|")[0] for node in nodes]
    told = {value: tuple(n for n, mine in enumerate(values) if mine == value) for value in values if value}
    conflict = Conflict("x-1", "c-1", kind, tuple(Told(value, at) for value, at in told.items()))
    claim = Claim("c-1", texts[nodes[0][0]], tuple(statements),
                  Origins(1, 1, (Root("assertion", "A", ()),), ()), Earliest(nodes[0][0], None))
    documents = tuple(Document(name, None, None, None, None, name, f"2031-05-{3 + ord(name) - 65:02}", "en", "", text)
                      for name, text in texts.items())
    families = tuple(_family(group, texts, number) for number, group in enumerate(groups))
    reuses = tuple(Reuse(f"r-{a}{b}", Passage(a, 0, len(texts[a])), Passage(b, 0, len(texts[b])), .9, "unknown", .5,
                         False) for group in groups for a in {n[0] for n in group} for b in {n[0] for n in group}
                   if a < b)
    return Tables(documents, {}, (), (), (), reuses, families, (claim,), (conflict,) if len(told) > 1 else (), (), ())


def _family(group: list[tuple[str, ...]], texts: dict[str, str], number: int) -> Family:
    members = {name: Member(name, 0, len(texts[name]), tuple(
        Parent(None if parent == "*" else parent, .9 if way == "<" else .3, WHY)
        for parent in parents.split("+") if parent)) for name, way, parents, _ in group}
    return Family(f"f-{number}", tuple(members.values()), min(members))


def told(tables: Tables) -> str:
    """What a way says, as the cases write it."""
    index = explain.Index.of(tables)
    found = explain.way(index, tables.claims[0])
    lines = []
    for drift in found.changes:
        before = ", ".join(dict.fromkeys(f"“{taken.teller.value}”" for taken in drift.taken))
        lines.append(f"{drift.by.publisher} {drift.how} {before} to “{drift.by.value}” from "
                     + ", ".join(taken.teller.publisher for taken in drift.taken))
        lines += [f"carried {' '.join(teller.publisher for teller in drift.carried)}"] if drift.carried else []
    for left in found.undirected:
        lines.append(f"{'*?' if left.unseen else '??'} "
                     + " ".join(f"{teller.publisher} “{teller.value}”" for teller in left.tellers))
    return "; ".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['category']}: {case['note']}")
def test_drift(case: dict[str, str]) -> None:
    assert told(planted(case["tree"])) == case["expected"]


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_order_of_the_tables_changes_nothing(case: dict[str, str], chance: object) -> None:
    tables = planted(case["tree"])
    shuffled = replace(tables, families=tuple(
        replace(family, members=family.members[::-1]) for family in tables.families[::-1]),
        documents=tables.documents[::-1], reuses=tables.reuses[::-1])
    assert told(shuffled) == told(tables)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(10, 13)), min_size=1, max_size=20))
def test_any_tree_has_a_way(links: list[tuple[int, int, int]]) -> None:
    """Circles, parents that are later, parents of oneself: a change has parents, and gives what none of them does."""
    tree = "; ".join(f"{chr(65 + child)}<{chr(65 + parent)}={value}" for child, parent, value in links)
    tables = planted(tree)
    for drift in explain.way(explain.Index.of(tables), tables.claims[0]).changes:
        assert drift.taken
        assert drift.how == "chose" or drift.by.value not in {taken.teller.value for taken in drift.taken}
        assert drift.by.number not in {teller.number for teller in drift.carried}
        assert {teller.value for teller in drift.carried} <= {drift.by.value}


def test_in_words() -> None:
    tables = planted("A=at least 12; B<A=15; C<B=15; D<B=15; E<B=15; F<B=15; G<F=at least 12")
    says = [drift.says for drift in explain.way(explain.Index.of(tables), tables.claims[0]).changes]
    assert says == ["B (4 May 2031) took it from A (0.90) and made “at least 12” into “15”; "
                    "C, D and 2 more carried that on.",
                    "G (9 May 2031) took it from F (0.90) and changed “15” back to “at least 12”."]


def test_a_dismissed_conflict_is_no_drift() -> None:
    tables = planted("A=12; B<A=15")
    assert "made “12” into “15”" in explain.why_text(explain.why(tables, "c-1"))
    index = explain.Index.of(tables)
    made = replace(index, decided={"x-1": _dismissal()})
    assert explain.way(made, tables.claims[0]) == explain.Way()


def _dismissal() -> Decision:
    return Decision("d-1", "dismiss", Subject("conflict"), "dismissed", "ana", "2031-05-03", None, None)


def test_why_has_it_for_scripts_too(dispute: Tables) -> None:
    claim = max(dispute.claims, key=explain.spread)
    found = explain.why(dispute, claim.id).way
    assert found is not None
    assert [(drift.by.publisher, drift.by.value) for drift in found.changes] == [("Halm Weekly", "More than 400")]
    assert explain.why(dispute, dispute.families[0].id).way is None


def test_a_quotation_shows_what_differs() -> None:
    tables = planted(next(case["tree"] for case in CASES if case["tree"].startswith("quotation")))
    text = explain.why_text(explain.why(tables, "c-1"))
    assert "B (4 May 2031) took it from A (0.90) and changed the quotation; C carried that on." in text
    assert "what differs: we had to [-leave-] {+flee+} that night" in text
