"""Small archives judged by hand -> of how many claims Whence finds the roots, low and high that it should.

How the archives were judged (`tests/cases/origins.csv`).  `archive`: articles, parted by an empty line and "--", each
with "Outlet | date | title" above its text; a line break is written as \\n.  `claim` is a text that a statement of the
claim contains, `roots` what its statements rest on ("kind:label"), `owners` the list that a user hands in
("Outlet=Owner + ...").

- Two roots are one only for shared text, an explicit credit, or one name: the same words, an acronym or a translated
  name that an article explains, an office and a name that one article puts together, a surname with the same office.
- A source that is not named ("experts", "people familiar with the matter") is nobody in particular: an assertion each.
- Whom somebody told it ("told the Post") is not where it comes from; what an outlet "reported" is.
- A ring of outlets that cite each other ends outside of the archive: one root, unseen.
- `low` leaves out assertions and what is unseen, and joins witnesses of one owner, and accounts with one mistake or odd
  figure of speech; but not those that are merely near in time or that say what everybody says.

`WHENCE_ORIGINS=origins_second.csv` judges another file of cases, which was written by others, blind.
"""
from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import whence
from whence.model import Claim, Tables

CASES = Path(__file__).parents[1] / "cases" / os.environ.get("WHENCE_ORIGINS", "origins.csv")
FLOOR = .90
TELLING = re.compile(r"[^\W\d_]{6,}")

Row = dict[str, str]
Report = Callable[[Mapping[str, Sequence[bool]]], float]


@dataclass(frozen=True, slots=True)
class Found:
    """The range, and the roots as "kind:label", of the claim that a case asks for."""

    low: int
    high: int
    roots: tuple[str, ...]

    def agrees(self, row: Row) -> bool:
        """Whether low, high and the kinds of the roots are as judged by hand."""
        kinds, wanted = (Counter(kind(root) for root in roots) for roots in (self.roots, row["roots"].split(" + ")))
        return (self.low, self.high) == (int(row["low"]), int(row["high"])) and kinds == wanted

    def labels_agree(self, row: Row) -> bool:
        """Whether each root that has a label in the case is there by that name or a longer or shorter form of it."""
        told = [words(root) for root in self.roots]
        wanted = [words(root) for root in row["roots"].split(" + ") if ":" in root]
        return all(any(one <= other or other <= one for other in told if one and other) for one in wanted)


def kind(root: str) -> str:
    return root.split(":")[0]


def words(root: str) -> set[str]:
    return set(re.findall(r"\w+", root.partition(":")[2].casefold())) - {"the"}


def rows() -> list[Row]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def articles(archive: str) -> list[dict[str, str | None]]:
    """The articles of an archive in its notation, as rows of a .jsonl file."""
    found = []
    for part in archive.replace("\\n", "\n").split("\n\n--\n"):
        header, text = part.split("\n", 1)
        outlet, published, title = (field.strip() or None for field in header.split("|"))
        found.append({"publisher": outlet, "published": published, "title": title, "text": text})
    return found


def archives(cases: list[Row]) -> list[list[int]]:
    """Rows put together so that no two in one archive are about the same: no outlet and hardly a longer word
    in common.  An archive of its own for each would take ten times as long.
    """
    found: list[tuple[list[int], list[tuple[set[str | None], set[str]]]]] = []
    for number, row in enumerate(cases):
        told = {article["publisher"] for article in articles(row["archive"])}
        mine = {word.casefold() for word in TELLING.findall(row["archive"])}
        home = next((at for at in found
                     if all(not told & outlets and len(mine & theirs) < 5 for outlets, theirs in at[1])), None)
        if home is None:
            found.append(home := ([], []))
        home[0].append(number)
        home[1].append((told, mine))
    return [numbers for numbers, _ in found]


def hand_in_owners(archive: whence.Archive, file: Path, cases: list[Row]) -> None:
    """Write the rows' lists of owners into the file, and hand it in as a user would."""
    pairs = sorted({(outlet, owner) for row in cases for outlet, _, owner in
                    (pair.partition("=") for pair in row["owners"].split(" + ")) if owner})
    if pairs:
        with file.open("w", encoding="utf8", newline="") as stream:
            csv.writer(stream).writerows([("outlet", "owner"), *pairs])
        archive.owners(file)


def claim_of(tables: Tables, number: int, row: Row) -> Claim | None:
    """The claim that has a statement with the row's text in it, case aside; of several, the most told."""
    documents = {d.id: d.text for d in tables.documents if (d.external_id or "").split()[0] == str(number)}
    having = [claim for claim in tables.claims
              if any(row["claim"].casefold() in documents[told.document][told.start:told.end].casefold()
                     for told in claim.statements if told.document in documents)]
    return max(having, key=lambda claim: (len(claim.statements), claim.id), default=None)


def judge(tables: Tables, number: int, row: Row) -> Found:
    claim = claim_of(tables, number, row)
    if claim is None:
        return Found(0, 0, ())
    return Found(claim.origins.low, claim.origins.high,
                 tuple(f"{root.kind}:{root.label}" for root in claim.origins.roots))


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Found]:
    """What Whence finds for each row, by the row's number."""
    cases, found = rows(), {}
    for numbers in archives(cases):
        folder = tmp_path_factory.mktemp("origins")
        told = [json.dumps({"id": f"{n} {at}", **article})
                for n in numbers for at, article in enumerate(articles(cases[n]["archive"]))]
        (folder / "news.jsonl").write_text("\n".join(told), encoding="utf8")
        with whence.open(folder / "archive") as archive:
            archive.add(folder / "news.jsonl")
            hand_in_owners(archive, folder / "owners.csv", [cases[n] for n in numbers])
            tables = archive.tables()
        found.update({n: judge(tables, n, cases[n]) for n in numbers})
    return found


def test_most_origins_are_as_by_hand(traced: dict[int, Found], report: Report) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    labelled = []
    for number, row in enumerate(rows()):
        found = traced[number]
        right[row["category"]].append(found.agrees(row))
        if not found.agrees(row):
            print(f"{row['category']} ({row['note']}): {row['low']}-{row['high']} {row['roots']}, "
                  f"found {found.low}-{found.high} {' + '.join(found.roots)}")
        else:
            labelled.append(found.labels_agree(row))
    print(f"of those that agree, {sum(labelled)} of {len(labelled)} have the labels too")
    assert report(right) >= FLOOR
