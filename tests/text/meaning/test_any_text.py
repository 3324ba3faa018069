"""No text breaks what is read in it: numbers, dates, names and sentences."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning import calendar, contents, names, numbers, numerals
from whence.text.speech import sentences

NUMBERS = [*(
    "0 6 7 00 000 5.5 4.7 0.0 -5 1/0 1⁄0 ½ 3½ ² ٣ ٣٣٣ ०५ 𝟙𝟚𝟛 Ⅳ 1e400 1,000 1.000 1.2.3 3,00,000 1’250 5٫5 31 2011 "
    "12/3/2015 99/99/2015 2011-13-40 one two twenty point half quarter quarters third dozen hundred thousand million "
    "lakh crore couple few several tens dozens thousands").split(), "9" * 45, "1" * 18, "1" * 500]
UNITS = (
    "- – — inch m km k % € $ £ degrees fahrenheit Article iPhone May Jan. a an and of to in out or from between more "
    "odd + per cent people years ago ( ) “ ” ‘ ’ . ? ! : , İ ß ﬁ said. U.S. Dr.").split()
JOINED = st.lists(st.tuples(st.sampled_from([*NUMBERS, *UNITS]), st.sampled_from(["", " ", "-", ".", "\u2009", "\n"])),
                  max_size=12).map(lambda pairs: "".join(token + glue for token, glue in pairs))


@given(st.one_of(st.text(max_size=200), JOINED))
def test_any_text_is_read(text: str) -> None:
    for quantity in numbers.quantities(text):
        assert 0 <= quantity.number <= quantity.high < 1e19
        assert numbers.agree(quantity, quantity)
    for token in numerals.tokens(text):
        assert not text[token.start:token.end].isspace()
    for day in calendar.dates(text):
        assert text[day.start:day.end]
    for name in names.names(text):
        names.plain_opener(text, name, text)
    contents.content(text)


@given(JOINED)
def test_sentences_are_exact(text: str) -> None:
    for block in sentences.blocks(text):
        end = block.span.start
        for span in sentences.split(text, *block.span):
            assert end <= span.start < span.end <= block.span.end
            assert not text[end:span.start].strip()
            end = span.end


@pytest.mark.parametrize("text", [
    "The iPhone 6 5.5-inch model is out.", "It read 6 5.5 or 6 5,5 or 7 1,2.", "٣ ²٣.٣ 4 ٣.٣", "1 " + "9.9 " * 400,
])
def test_numbers_in_a_row(text: str) -> None:
    contents.content(text)
