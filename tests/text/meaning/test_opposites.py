"""Words that rule each other out."""
from __future__ import annotations

import pytest

from whence.text.meaning.opposites import opposed
from whence.text.meaning.stems import stem


@pytest.mark.parametrize(("one", "other", "one_side", "expected"), [
    ("killed goats", "injured goats", False, True),
    ("eastern gate", "western gate", False, True),
    ("killed", "died", False, False),
    ("morning", "dawn", False, False),
    ("killed injured", "injured", False, False),
    ("bought mill", "sold mill", True, True),
    ("bought mill", "sold mill", False, False),
    ("kettle", "saddle", True, False),
])
def test_opposed(one: str, other: str, one_side: bool, expected: bool) -> None:
    mine, theirs = (frozenset(map(stem, words.split())) for words in (one, other))
    assert opposed(mine - theirs, theirs - mine, mine, theirs, one_side) is expected
    assert opposed(theirs - mine, mine - theirs, theirs, mine, one_side) is expected
