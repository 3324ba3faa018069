"""Who does what to whom, by the order of the words."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.roles import exchanged, line


def said(text: str) -> tuple[tuple[str, bool], ...]:
    """A sentence's words as `line` reads them."""
    spaced = text.replace(",", " ,").rstrip(".").split()
    return tuple((word.lower(), at > 0 and word[0].isupper()) for at, word in enumerate(spaced))


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("The potter Jory sued the Orm chapel.", "The Orm chapel sued the potter Jory.", True),
    ("A ferry was rammed by the Orm tug.", "A ferry rammed the Orm tug.", True),
    ("A ferry was rammed by the Orm tug.", "The Orm tug rammed a ferry.", False),
    ("After nine weeks, the ferry reached Orm with salt.", "The ferry reached Orm with salt after nine weeks.", False),
    ("After the wardens came, the choir left Orm.", "The wardens came to Orm after the choir left.", True),
    ("The mule carried salt from Orm to Pell.", "The mule carried salt from Pell to Orm.", True),
    ("Jory was expelled from Orm chapel.", "Orm chapel expelled Jory.", False),
])
def test_exchanged(one: str, other: str, expected: bool) -> None:
    assert exchanged(line(said(one)), line(said(other))) is exchanged(line(said(other)), line(said(one))) is expected


@given(st.lists(st.tuples(st.sampled_from("after by from to was jory orm sued chapel , the".split()), st.booleans())))
def test_nothing_is_exchanged_with_itself(words: list[tuple[str, bool]]) -> None:
    read = line(tuple(words))
    assert not exchanged(read, read) or len(set(read.stems)) < len(read.stems) or read.ends[0] == read.ends[1]
