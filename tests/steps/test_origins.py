"""Roots, low and high: small archives with their answers, and what must hold for any archive."""
from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk
from whence.config import AttributeConfig, OriginsConfig, SegmentConfig
from whence.model import (
    Claim,
    Corpus,
    Document,
    Family,
    Grouping,
    Member,
    Parent,
    Passage,
    Reuse,
    Wording,
    identify,
)
from whence.neural.extractor import extractor
from whence.steps import attribute, origins, segment, sources

CASES = Path(__file__).parents[1] / "cases" / "origins_small.csv"
LINE = re.compile(r"(?P<outlet>\w+) (?P<day>\d)(?: < (?P<unseen>\?)?(?: ?(?P<parent>\w+))?)?(?:: (?P<text>.+))?")
NOUNS = "kettle saddle turnip ribbon candle barrel hammer thimble bucket feather cushion button pebble ladder".split()
VERBS = "fell stood lay hung rolled leaned".split()


def filler(outlet: str) -> str:
    """A paragraph that no other outlet has: what its copies share besides the statement."""
    draw = random.Random(outlet)
    lines = []
    for _ in range(6):
        one, other = draw.sample(NOUNS, 2)
        lines.append(f"The {one} {draw.choice(VERBS)} by the {other} of {outlet.lower()}ville.")
    return " ".join(lines)


def read(notation: str) -> Corpus:
    """An archive from its notation, one article a line: `Outlet day: text`, `Outlet day < Outlet` for a copy, `<` and a
    question mark for an article from a text that is not in the archive, with the sibling that has its text.
    """
    texts: dict[str, str] = {}
    lines = [match for line in notation.strip().split("\n") if (match := LINE.fullmatch(line.strip()))]
    for line in sorted(lines, key=lambda line: (line["parent"] is not None, line["day"])):
        outlet, parent = line["outlet"], line["parent"]
        texts[outlet] = texts[parent] if parent else f"{line['text']}\n\n{filler(outlet)}"
    documents = {line["outlet"]: document(line["outlet"], line["day"], texts[line["outlet"]]) for line in lines}
    members: dict[str, list[Member]] = {}
    for line in lines:
        mine = documents[line["outlet"]]
        if line["parent"] or line["unseen"]:
            above = None if line["unseen"] else documents[line["parent"]].id
            members.setdefault(mine.text, []).append(Member(mine.id, 0, len(mine.text), (Parent(above, .9, ()),)))
    families = [Family(identify("f", text), tuple(mine), mine[0].document) for text, mine in members.items()]
    return corpus(list(documents.values()), families)


def document(outlet: str, day: str, text: str) -> Document:
    name = identify("", outlet)[1:].ljust(16, "0")
    return Document(name, None, None, None, None, f"The {outlet}", f"1911-05-0{day}", "en", name * 4, text)


def corpus(documents: Sequence[Document], families: Sequence[Family]) -> Corpus:
    reuses = []
    for at, one in enumerate(documents):
        for other in documents[:at]:
            if one.text == other.text:
                a, b = (Passage(name, 0, len(one.text)) for name in sorted((one.id, other.id)))
                reuses.append(Reuse(identify("r", a.document, b.document), a, b, 1.0, "unknown", .5, False))
    sentences = {d.id: segment.sentences(d, SegmentConfig()) for d in documents}
    attributions = {d.id: attribute.attributions(d, sentences[d.id], [], AttributeConfig(), extractor().read_all)
                    for d in documents}
    return Corpus({d.id: d for d in documents}, sentences, {}, attributions, reuses, families)


def trace(archive: Corpus) -> tuple[Claim, ...]:
    with TemporaryDirectory() as folder:
        grouped = Desk(Path(folder)).gather(archive)
    return origins.count(grouped.groupings, archive, sources.resolve(archive), OriginsConfig())


def seals(archive: Corpus) -> Claim:
    """The claim about the seals, which all statements about them must be."""
    found = [claim for claim in trace(archive) if "seals" in claim.text]
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["archive"][:60].replace("\n", " / "))
def test_case(row: dict[str, str]) -> None:
    found = seals(read(row["archive"])).origins
    told = {reason.rule: dict(reason.values) for root in found.roots for reason in root.reasons}
    assert (found.low, found.high) == (int(row["low"]), int(row["high"])), told
    assert sorted(root.kind for root in found.roots) == sorted(row["kinds"].split()), told


# -- reasons -------------------------------------------------------------------------------------------------------

def rules(notation: str) -> list[str]:
    return [reason.rule for root in seals(read(notation)).origins.roots for reason in root.reasons]


def test_a_relay_tells_its_way() -> None:
    notation = "Beacon 1: Warden Ilka Soames said that 517 seals died at Osier Bay.\n" \
               "Lantern 2: The Beacon reported that 517 seals died at Osier Bay."
    assert rules(notation) == ["names_authority", "told_by_outlet"]


def test_a_circle_is_named() -> None:
    notation = "Beacon 1: The Lantern reported that 517 seals died at Osier Bay.\n" \
               "Lantern 2: The Beacon reported that 517 seals died at Osier Bay."
    assert "cited_in_circle" in rules(notation)


def test_the_root_of_a_copy_is_its_parents() -> None:
    found = seals(read("Beacon 1: Our reporter counted 517 seals that died at Osier Bay.\nLantern 2 < Beacon"))
    assert [statement.root for statement in found.statements] == [0, 0]
    assert found.origins.roots[0].label == "The Beacon"
    assert found.earliest.published == "1911-05-01"


def test_a_wrong_date_does_not_hide_the_parent() -> None:
    found = seals(read("Lantern 1 < Beacon\nBeacon 1: Our reporter counted 517 seals that died at Osier Bay."))
    assert found.origins.roots[0].label == "The Beacon"


def test_whoever_is_heard_and_put_aside_is_told() -> None:
    text = "The guild hopes that 517 seals died at Osier Bay."
    archive = corpus([document("Beacon", "1", text)], [])
    (name,) = archive.documents
    (attribution,) = [a for a in archive.attributions[name] if "guild" in text[a.source[0].start:a.source[0].end]]
    for said, wanted in ((attribution.id, []), (None, ["told_by_itself"])):
        wording = Wording(name, 0, len(text), said, None)
        grouping = Grouping("c-1", text, (wording,), (0,), ())
        (claim,) = origins.count([grouping], archive, sources.resolve(archive), OriginsConfig())
        told = [reason for root in claim.origins.roots for reason in root.reasons if reason.rule == "told_by_itself"]
        assert [reason.rule for reason in told] == wanted
        assert all(reason.values == {"heard": "The guild"} for reason in told)


# -- any archive ---------------------------------------------------------------------------------------------------

OUTLETS = ["Beacon", "Lantern", "Courier", "Mercury", "Herald"]
SAID = ["{c}", "Warden Ilka Soames said that {c}", "The Harbour Office said that {c}",
        "Experts say that {c}", "Our reporter counted {c}", "The Sarn Gazette reported that {c}",
        *(f"The {o} reported that {{c}}" for o in OUTLETS)]


@st.composite
def notations(draw: st.DrawFn) -> list[str]:
    lines: list[str] = []
    for at, outlet in enumerate(OUTLETS[:draw(st.integers(1, len(OUTLETS)))]):
        day = draw(st.integers(1, 9)) if not at else at + 1
        if at and draw(st.booleans()):
            lines.append(f"{outlet} {at + 1} < {draw(st.sampled_from(OUTLETS[:at]))}")
        else:
            text = draw(st.sampled_from(SAID)).format(c="517 seals that died at Osier Bay were burnt.")
            lines.append(f"{outlet} {min(day, at + 1)}: {text[0].upper()}{text[1:]}")
    return lines


@settings(max_examples=40, deadline=None)
@given(notations(), st.randoms(use_true_random=False))
def test_any_archive(lines: list[str], shuffle: random.Random) -> None:
    archive = read("\n".join(lines))
    found = trace(archive)
    for claim in found:
        own = claim.origins
        assert 1 <= own.low <= own.high == len(own.roots)
        assert own.low == len(own.low_groups)
        assert all(root.reasons for root in own.roots)
        assert all(group.reasons and group.roots for group in own.low_groups)
        assert {statement.root for statement in claim.statements} == set(range(own.high))
    documents = list(archive.documents.values())
    shuffle.shuffle(documents)
    again = corpus(documents, tuple(reversed(archive.families)))
    assert trace(replace(again, reuses=list(reversed(again.reuses)))) == found


@settings(max_examples=25, deadline=None)
@given(notations(), st.data())
def test_an_exact_copy_by_one_more_outlet_changes_neither_low_nor_high(lines: list[str], data: st.DataObject) -> None:
    before = seals(read("\n".join(lines))).origins
    outlet = data.draw(st.sampled_from([line.split()[0] for line in lines]))
    after = seals(read("\n".join([*lines, f"Signal 9 < {outlet}"]))).origins
    assert (after.low, after.high) == (before.low, before.high)
