"""What a sentence says, taken apart."""
from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.contents import FIGURES, LONGEST, content


def test_a_sentence_is_taken_apart() -> None:
    found = content("Ilka Soames denied on Monday that 517 seals had not died at “Osier Bay” on 4 June 1911.")
    assert ("ilka", "soames") in found.names
    assert 517 in [quantity.number for quantity in found.quantities]
    assert [(day.year, day.month, day.day) for day in found.dates] == [(1911, 6, 4)]
    assert found.weekdays == {"monday"}
    assert (found.negations, found.refutations, found.plans) == (1, 1, 0)
    assert 0 < found.quoted < .2
    assert found.weight > 0
    assert not found.stems & {"the", "on", "that", "at"}


def test_denials_and_plans_are_counted() -> None:
    assert content("Nobody came and it wasn't so.").negations == 2
    assert content("They would plan to come if they could.").plans == 4
    assert content("It rained.").plans == 0


def test_a_day_told_by_its_distance_needs_the_day_of_publication() -> None:
    assert content("It rained yesterday.").dates == ()
    told = content("It rained yesterday.", date(1911, 5, 4)).dates
    assert [(day.year, day.month, day.day) for day in told] == [(1911, 5, 3)]


def test_tables_and_text_without_a_stop_are_read_in_part() -> None:
    assert len(content("It had " + ", ".join(f"{n} seals" for n in range(3, 60))).quantities) == FIGURES
    assert content("seal " * LONGEST) == content(("seal " * LONGEST)[:LONGEST])


@given(st.text(max_size=300))
def test_any_text_has_its_content(text: str) -> None:
    found = content(text, date(1911, 5, 4))
    assert found == content(text, date(1911, 5, 4))
    assert 0 <= found.quoted <= 1
    assert found.weight >= 0
