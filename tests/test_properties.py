"""What holds for any archive, from articles to tables: order, batches, copies, decisions, and what every root has."""
from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import whence
from whence.model import Claim, Tables

OUTLETS = ["The Beacon", "Marsh Lantern", "Courier of Orm", "Sedge Mercury"]
SAID = [
    "Warden Ilka Soames said that 517 seals died at Osier Bay on Monday.",
    "Ilka Soames, warden of Osier Bay, said that 540 seals died at Osier Bay on Monday.",
    "The Harbour Office (HO) said that 517 seals died at Osier Bay on Monday.",
    "517 seals died at Osier Bay on Monday, the HO said.",
    "Our reporter counted 517 seals that died at Osier Bay on Monday.",
    "At least 517 seals died at Osier Bay on Monday.",
    "Experts say that 517 seals died at Osier Bay on Monday.",
    "The Orm Gazette reported that 517 seals died at Osier Bay on Monday.",
    "No seals died at Osier Bay on Monday, the fishmonger Otto Kemp said.",
    *(f"{outlet} reported that 517 seals died at Osier Bay on Monday." for outlet in OUTLETS),
]
THINGS = "kettle saddle turnip ribbon candle barrel hammer thimble bucket feather cushion button pebble ladder".split()

FORMS = [
    "Behind every {0} in {2} there lay a broken {1}.",
    "Nobody would trade one {0} for another {1} at the fair of {2}.",
    "A {0} and half a {1} were all that {2} had left.",
    "They hid their only {0} under somebody's {1} when {2} was searched.",
    "With each new {0} the price of a {1} rose in {2}.",
    "Whoever lost a {0} could borrow a {1} from the mill at {2}.",
    "Children of {2} painted a {0} next to a flying {1}.",
    "Old songs from {2} tell how a {0} fell in love with a {1}.",
    "It takes two hands to mend a {0} but three for a {1}, people of {2} joke.",
    "Last winter some {0} froze to its {1} near {2}.",
    "Without a proper {0} no {1} ever leaves {2} by train.",
    "Rain had turned the {0} of {2} into a kind of {1}.",
]
ELSE = ("The orchestra of Velm played nine symphonies in a row. Conductor Ada Pirrip said that 61 musicians had "
        "rehearsed since January. Its tuba fell silent twice, and the audience threw carnations.")
Row = Mapping[str, str | None]
Ranges = dict[tuple[str, int], tuple[int, int]]


@st.composite
def archives(draw: st.DrawFn) -> list[Row]:
    """Articles of different outlets about the seals: their own, each with some lines that no other has, or copies."""
    rows: list[Row] = []
    for at, outlet in enumerate(OUTLETS[:draw(st.integers(2, len(OUTLETS)))]):
        day = draw(st.sampled_from([f"1911-05-0{at + 1}", "1911-05-02", None]))
        if rows and draw(st.integers(0, 3)) == 0:
            text = draw(st.sampled_from(rows))["text"]
        else:
            said = draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=2, unique=True))
            text = " ".join([*said, filler(outlet)])
        rows.append({"publisher": outlet, "published": day, "text": text})
    return rows


def filler(outlet: str) -> str:
    """A few lines that no other outlet has, and no form that another's have."""
    pick = random.Random(outlet)
    forms = FORMS[OUTLETS.index(outlet)::len(OUTLETS)]
    return " ".join(form.format(*pick.sample(THINGS, 2), outlet.split()[-1]) for form in forms)


def traced(batches: Sequence[Sequence[Row]], decide: bool = False) -> tuple[Tables, dict[str, bytes]]:
    """An archive of these batches: its tables, and as exported; with `decide` two claims were made one, and parted."""
    with TemporaryDirectory() as folder, whence.open(Path(folder) / "archive") as archive:
        for number, rows in enumerate(batches):
            file = Path(folder) / f"{number}.jsonl"
            file.write_text("".join(json.dumps(row, sort_keys=True) + "\n" for row in rows), encoding="utf8")
            archive.add(file)
            archive.analyse()
        if decide:
            one, other = (claim.id for claim in sorted(archive.claims(), key=lambda claim: claim.id)[:2])
            archive.decide("merge", one, other)
            archive.analyse()
            archive.undo()
        out = archive.export("jsonl", Path(folder) / "out")
        names = ("claims", "conflicts", "families", "attributions")
        return archive.tables(), {path.stem: path.read_bytes() for path in out if path.stem in names}


def ranges(tables: Tables) -> Ranges:
    """Low and high of the claim that each statement stands in, by its document and start."""
    return {(statement.document, statement.start): (claim.origins.low, claim.origins.high)
            for claim in tables.claims for statement in claim.statements}


@settings(max_examples=4)
@given(archives(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_neither_the_order_nor_the_batches_change_a_claim(rows: list[Row], shuffle: random.Random, cut: int) -> None:
    again = shuffle.sample(rows, len(rows))
    assert traced([again[:cut], again[cut:]])[1] == traced([rows])[1]


@settings(max_examples=5)
@given(archives(), st.data())
def test_an_exact_copy_by_one_more_outlet_changes_no_range(rows: list[Row], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(rows))
    day = "1911-05-09" if copied["published"] else None    # the first date of a text tells which Monday is meant
    before = ranges(traced([rows])[0])
    after = ranges(traced([[*rows, {"publisher": "Fen Signal", "published": day, "text": copied["text"]}]])[0])
    assert {place: after[place] for place in before} == before


@settings(max_examples=4)
@given(archives())
def test_a_merge_and_its_undoing_change_nothing(rows: list[Row]) -> None:
    assert traced([rows], decide=True)[1] == traced([rows])[1]


@settings(max_examples=4)
@given(archives())
def test_an_article_about_something_else_touches_no_claim(rows: list[Row]) -> None:
    other: Row = {"publisher": "Velm Evening Post", "published": "1911-05-02", "text": ELSE}
    before, after = (traced([told])[0] for told in (rows, [*rows, other]))
    mine = {document.id for document in before.documents}
    kept = [claim for claim in after.claims if mine.intersection(told.document for told in claim.statements)]
    assert [_told(claim) for claim in kept] == [_told(claim) for claim in before.claims]
    ids = {claim.id for claim in kept}
    assert [c.values for c in after.conflicts if c.claim in ids] == [c.values for c in before.conflicts]


def _told(claim: Claim) -> tuple[object, ...]:
    """All of a claim but its reasons, which tell how rare a word is in the whole archive."""
    roots = [(root.kind, root.label) for root in claim.origins.roots]
    return claim.id, claim.text, claim.statements, claim.earliest, claim.origins.low, claim.origins.high, roots


@settings(max_examples=5)
@given(archives())
def test_every_range_is_sound_and_every_root_and_group_has_its_reasons(rows: list[Row]) -> None:
    for claim in traced([rows])[0].claims:
        own = claim.origins
        assert 1 <= own.low <= own.high == len(own.roots)
        assert own.low == len(own.low_groups)
        assert all(reason.says for root in own.roots for reason in root.reasons) and all(r.reasons for r in own.roots)
        assert all(group.reasons and group.roots for group in own.low_groups)
        grouped = [index for group in own.low_groups for index in group.roots]
        assert len(grouped) == len(set(grouped)) and set(grouped) <= set(range(own.high))
        assert {statement.root for statement in claim.statements} == set(range(own.high))
