"""What lineage reads off texts: dates, credit lines, variants, notices, and sets of words."""
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.model import Document
from whence.text.copying import descent
from whence.text.copying.align import Run, agreeing
from whence.text.copying.collate import Shared, collate, outside_one, sentence_ends, stretch, stretches
from whence.text.copying.credits import credit_lines, credited, known_names
from whence.text.copying.dates import before, window
from whence.text.copying.kinship import Kinship
from whence.text.copying.repeats import LONGEST, repeated_starts
from whence.text.copying.variants import Variants, Witness, compare

# -- dates

@pytest.mark.parametrize(("one", "other", "low", "high"), [
    ("2031-05-03T08:00", "2031-05-09", .9, 1),
    ("2031-05-09", "2031-05-03T08:00+00:00", 0, .1),
    ("2031-05-03T09:00", "2031-05-03T08:00", .1, .3),          # an update, perhaps
    ("2031-05-03", "2031-05-03", .5, .5),
    ("2031-05-03", "2031-05-03T18:00", .55, .9),
    ("2031-05-03T18:00", "2031-05-03", .1, .45),
    ("2031-05", "2031-06-20", .9, 1),
    (None, "2031-05-03", .5, .5),
    ("soon", "2031-05-03", .5, .5), ("2031-13-40", "2031-05-03", .5, .5),
])
def test_before(one: str | None, other: str | None, low: float, high: float) -> None:
    assert low <= before(window(one), window(other)) <= high


DATES = st.one_of(st.none(), st.dates().map(str), st.datetimes().map(lambda d: d.isoformat(timespec="minutes")))


@given(DATES, DATES)
def test_before_and_after_add_up(one: str | None, other: str | None) -> None:
    there, back = before(window(one), window(other)), before(window(other), window(one))
    assert 0 < there < 1
    assert there + back == pytest.approx(1)


# -- credit lines

NAMES = known_names(["Osier Herald", "Sedge Post", "Post", None])


@pytest.mark.parametrize(("text", "publishers"), [
    ("The gates stayed shut.\n\n(Osier Herald)", {"Osier Herald"}),
    ("The gates stayed shut. (OSIER HERALD)", {"Osier Herald"}),
    ("The gates stayed shut. Source: Sedge Post", {"Sedge Post"}),
    ("This article was first published in Sedge Post on Monday.", {"Sedge Post"}),
    ("The gates stayed shut.\nSedge Post", {"Sedge Post"}),
    ("Lena Marsh of Sedge Post contributed to this story.", {"Sedge Post"}),
    ("The mayor told Sedge Post that the gates stayed shut.", set()),
    ("He read the Osier Herald every day.", set()),
    ("", set()),
])
def test_credits(text: str, publishers: set[str]) -> None:
    assert credited(text, NAMES) == publishers


@pytest.mark.parametrize(("text", "outlets"), [
    ("HALM (Reed Agency) - The gates stayed shut.", ["reed agency"]),
    ("The gates stayed shut. (Reed Agency)", ["reed agency"]),
    ("The gates stayed shut.\n\nSource: Reed Agency.", ["reed agency"]),
    ("This was first published in Reed Weekly.", ["reed weekly"]),
    ("The gates (see above) stayed shut (Halm is a town) for a week.", []),
    ("The works (Halm) are shut.", []),
])
def test_credit_lines_of_any_outlet(text: str, outlets: list[str]) -> None:
    assert [" ".join(line.outlet) for line in credit_lines(text)] == outlets


# -- variants

def variants(x: str, y: str) -> Variants:
    a, b = x.split(), y.split()
    code = {form: n for n, form in enumerate(sorted({*a, *b}))}
    return compare(agreeing([code[w] for w in a], [code[w] for w in b]), Witness(a), Witness(b))


def test_variants_by_kind() -> None:
    x = "seals came to the marsh at night and the keeper saw the seals leave the marsh"
    assert variants(x, x) == Variants(0, 0, 0, 0, 0)
    assert variants(x, x.replace("at night ", "")).gains == 1
    assert variants(x.replace("at night ", ""), x).losses == 1
    assert variants(x, x.replace("keeper saw", "guard noticed")).reworded == 1
    assert variants(x, x.replace("the marsh at", "the narsh at")).slips_y == 1
    assert variants(x.replace("the marsh at", "the narsh at"), x).slips_x == 1


@pytest.mark.parametrize(("added", "gains"), [
    ("Nobody had seen it.", 0),
    ("Nobody had seen it. The keeper slept.", 0),
    ("at night,", 1),
    ("By Gen. Marsh and Ann Dean.", 0),
    ("The keeper slept there.", 0),
])
def test_whole_sentences_are_no_gains(added: str, gains: int) -> None:
    one, other = "The old marsh filled with seals again.", "the keeper saw the seals leave the marsh."
    text, without = f"{one} {added} {other}", f"{one} {other}"
    found = collate([text, without], [Shared(0, 0, len(text), 1, 0, len(without))])
    assert (found.variants(0, 1).gains, found.variants(1, 0).losses) == (gains, gains)


def test_a_number_is_never_a_misprint() -> None:
    assert variants("162 seals and 162 birds died", "162 seals and 165 birds died").reworded == 1


# -- sets of words

@given(st.sets(st.integers(0, 60)), st.integers(1, 5))
def test_stretches_cover_the_set(members: set[int], bridge: int) -> None:
    found = stretches(sum(1 << n for n in members), bridge)
    covered = {n for first, last in found for n in range(first, last)}
    assert members <= covered
    assert all(first in members and last - 1 in members for first, last in found)
    assert all(later[0] - one[1] >= bridge for one, later in pairwise(found))
    if bridge == 1:
        assert members == covered


def test_collation_holds_words_at_their_places() -> None:
    a, b = "Well: seals came to the old marsh", "seals came to an old marsh"
    found = collate([a, b], [Shared(0, 6, len(a), 1, 0, len(b))])
    assert stretches(found.holds[0][1]) == [(1, 4), (5, 7)]
    assert stretches(found.holds[1][0]) == [(0, 3), (4, 6)]
    assert stretches(found.covers[0][1]) == [(1, 7)]
    assert found.runs(0, 1) == [Run(1, 0, 3), Run(5, 4, 2)]
    assert found.runs(1, 0) == [Run(0, 1, 3), Run(4, 5, 2)]
    assert found.place(0, 1, 3) == (6, 16)


def test_words_beyond_one_sentence() -> None:
    text = "Seals came at night. Gen. Lena Marsh saw them. They left"
    ends = sentence_ends(text, collate([text], []).words, 0)
    assert stretches(ends) == [(3, 4), (8, 9)]
    assert outside_one(stretch(0, 4), ends) == 0
    assert outside_one(stretch(2, 9), ends) == 2


# -- notices

def test_a_notice_ends_where_texts_go_on_differently() -> None:
    notice = [1, 2, 3, 4]
    texts = [notice + [10 * n + k for k in range(8)] for n in range(1, 4)]
    found = repeated_starts(texts, 3)
    assert found[:, 4].all()
    assert not found[:, 5].any()
    assert found.shape == (3, LONGEST + 1)


def test_copies_of_one_story_are_no_notice() -> None:
    assert not repeated_starts([[1, 2, 3, 4, 5, 6]] * 5, 3).any()


# -- rules

def test_rules_weigh_both_ways_alike() -> None:
    for rule in (descent.lacks, descent.fuller, descent.mended):
        assert rule(3, 8) == -rule(8, 3)
        assert rule(4, 4) == 0
    assert descent.lacks(0, 5) > 0 > descent.lacks(5, 0)
    assert descent.fuller(5, 0) > 0
    assert descent.mended(0, 5) > 0
    assert descent.part_of(.4, 1.0) == 1


def test_rewording_explains_words_that_are_added() -> None:
    assert descent.gains(4, 0) > 2
    assert descent.gains(9, 20) == 0


def test_an_undated_article_is_not_taken_for_the_earliest() -> None:
    texts = ["Seals came to the old marsh at night"] * 2
    dates = [None, "2031-05-03"]
    documents = [Document(f"{n:016x}", None, None, None, None, None, date, None, "0" * 64, text)
                 for n, (text, date) in enumerate(zip(texts, dates, strict=True))]
    kinship = Kinship(documents, collate(texts, [Shared(0, 0, 36, 1, 0, 36)]))
    assert kinship.source(0, 1).order > .5 > kinship.source(1, 0).order
