"""Pairs of sentences judged by hand, each told in two articles among other news -> how many Whence judges alike.

How the pairs were judged (`tests/cases/claims.csv`):

- `same`: both tell one thing, whoever is said to say it, however much detail of time, place or manner one of them adds.
  A different number, date or quotation of the one thing stays inside; `conflict` names what then disagrees ("number",
  "date", "quotation", "attribution"), and is empty where "at least", a range, a rounding or another unit explains it.
- `different`: another place, person, event, span of time, or thing counted; the plan, attempt, order or demand and not
  the deed; who did it to whom exchanged; sentences without a name in articles on two matters.
- `contradicting`: the one says that it is not so: "not", "nobody", "failed to", or it is called untrue.

`one_number`, `other_number` and `qualifier` are the numbers as the sentences give them and what qualifies them,
`one_around` and `other_around` a sentence that comes before it in the same article, `one_published` and
`other_published` its date where it matters.  A `trap` looks like another verdict than its own.

The floors stand on the second and third sets, which were written by others, blind; rules of an earlier version were
mended beside the second, nothing beside the third.  `claims.csv` trained the judge (docs/judge-model.md).
`WHENCE_CLAIMS=claims_fourth.csv` judges another file of cases: the fourth is for figures that nobody looks at while
working.
"""
from __future__ import annotations

import csv
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import whence
from whence.model import Claim, Tables

FOLDER = Path(__file__).parents[1] / "cases"
FLOORS = {"claims_second.csv": .50, "claims_third.csv": .52}
"""Of the verdicts: a little below what was measured, since processors round differently."""
CONFLICTS = .85
TELLING = re.compile(r"[^\W\d_]{5,}")
OUTLETS = ("Quillon Herald", "Lagan Gazette", "The Marram Post", "Corwen Today", "Ostler Weekly", "Radio Sablon",
           "The Tansy Mirror", "Kelso Bay Dispatch", "Ember Chronicle", "Daily Pomona", "The Fenwick Argus")
PARTS = tuple(part.split() for part in (
    "weary cheerful elderly clumsy bearded sleepy stubborn quiet restless barefoot lanky tidy",
    "baker plumber widow juggler clerk tailor cobbler painter lodger violinist porter butcher",
    "hid oiled painted dropped borrowed mended polished wrapped lifted traded kicked sketched",
    "kettle saddle turnip ribbon candle barrel hammer thimble bucket feather cushion trowel",
    "behind beside under above near inside",
    "chapel stable orchard stairwell greenhouse bandstand pantry washhouse belfry kiosk attic hedge"))
"""What lines of other news are drawn from."""

Row = dict[str, str]
Report = Callable[[Mapping[str, Sequence[bool]]], float]


@dataclass(frozen=True, slots=True)
class Judged:
    """What Whence made of a pair: its verdict, and the kinds of conflict in the claim that both are in."""

    verdict: str
    conflicts: frozenset[str]


def rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def archives(cases: list[Row]) -> list[list[int]]:
    """Rows put together so that no two in one archive speak of the same: they share no two longer words."""
    found: list[tuple[list[int], list[set[str]]]] = []
    for number, row in enumerate(cases):
        told = " ".join((row["one"], row["other"], row["one_around"], row["other_around"]))
        mine = {word.casefold() for word in TELLING.findall(told)}
        home = next((at for at in found if all(len(mine & other) < 2 for other in at[1])), None)
        if home is None:
            found.append(home := ([], []))
        home[0].append(number)
        home[1].append(mine)
    return [numbers for numbers, _ in found]


def article(number: int, side: str, row: Row) -> dict[str, str]:
    """The sentence in an article of its own, between two lines of other news."""
    draw = random.Random(f"{number} {side}")
    lines = []
    for _ in range(4):
        how, who, did, what, where, place = (draw.choice(part) for part in PARTS)
        lines.append(f"The {how} {who} {did} a {what} {where} the {place}.")
    body = " ".join(filter(None, (row[f"{side}_around"], row[side])))
    text = f"{lines[0]} {lines[1]}\n\n{body}\n\n{lines[2]} {lines[3]}"
    day = row[f"{side}_published"] or ("2031-03-05" if side == "one" else "2031-03-06")
    outlet = OUTLETS[(2 * number + (side == "other")) % len(OUTLETS)]
    return {"id": f"{number} {side}", "publisher": outlet, "published": day, "text": text}


def claim_of(tables: Tables, number: int, side: str, row: Row) -> Claim | None:
    """The claim that the sentence is a statement of."""
    document = next(d for d in tables.documents if d.external_id == f"{number} {side}")
    start = document.text.index(row[side])
    return next((claim for claim in tables.claims for told in claim.statements
                 if told.document == document.id and told.start <= start < told.end), None)


def judge(tables: Tables, number: int, row: Row) -> Judged:
    one, other = claim_of(tables, number, "one", row), claim_of(tables, number, "other", row)
    if one is None or other is None:
        return Judged("no statement", frozenset())
    kinds = frozenset(conflict.kind for conflict in tables.conflicts if conflict.claim == one.id)
    if one.id == other.id:
        return Judged("same", kinds - {"negation"})
    denied = any(conflict.kind == "negation" and conflict.claim == one.id
                 and other.id in {told.value for told in conflict.values} for conflict in tables.conflicts)
    return Judged("contradicting" if denied else "different", frozenset())


@dataclass(frozen=True)
class Verdicts:
    """The cases of a file, and what Whence makes of each, by its number."""

    name: str
    cases: list[Row]
    judged: dict[int, Judged]


@pytest.fixture(scope="module", params=[os.environ["WHENCE_CLAIMS"]] if "WHENCE_CLAIMS" in os.environ else FLOORS)
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """What Whence makes of every row of a file."""
    cases, found = rows(request.param), {}
    for numbers in archives(cases):
        folder = tmp_path_factory.mktemp("claims")
        told = [json.dumps(article(n, side, cases[n])) for n in numbers for side in ("one", "other")]
        (folder / "news.jsonl").write_text("\n".join(told), encoding="utf8")
        with whence.open(folder / "archive") as archive:
            archive.add(folder / "news.jsonl")
            tables = archive.tables()
        found.update({n: judge(tables, n, cases[n]) for n in numbers})
    return Verdicts(request.param, cases, found)


def test_most_pairs_are_judged_as_by_hand(verdicts: Verdicts, report: Report) -> None:
    cases, judged = verdicts.cases, verdicts.judged
    right: dict[str, list[bool]] = defaultdict(list)
    for number, row in enumerate(cases):
        verdict = judged[number].verdict
        right[row["category"]].append(verdict == row["verdict"])
        if verdict != row["verdict"]:
            print(f"{row['category']}: {row['verdict']}, judged {verdict}: {row['one']} / {row['other']}")
    for kind in ("plain", "trap"):
        report({kind: [judged[n].verdict == row["verdict"] for n, row in enumerate(cases) if row["kind"] == kind]})
    print(Counter((row["verdict"], judged[n].verdict) for n, row in enumerate(cases)))
    assert report(right) >= FLOORS.get(verdicts.name, 0)


def test_most_conflicts_inside_a_claim_are_found_and_no_others(verdicts: Verdicts, report: Report) -> None:
    """Of the pairs that are rightly one claim: which kinds of conflict are in it."""
    right: dict[str, list[bool]] = defaultdict(list)
    judged = verdicts.judged
    for number, row in enumerate(verdicts.cases):
        if row["verdict"] == judged[number].verdict == "same":
            wanted, found = row["conflict"] or "none", " ".join(sorted(judged[number].conflicts)) or "none"
            right[wanted].append(found == wanted)
            if found != wanted:
                print(f"{wanted}, found {found}: {row['one']} / {row['other']}")
    assert report(right) >= CONFLICTS
