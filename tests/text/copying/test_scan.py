"""The scanner finds the words that its slow twin finds, in any script, alone or among other texts."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.text.copying.scan import hash_form, scan
from whence.text.normalize import words

LETTERS = "abZ1_ '’ʼ＇\u00ad\u200bé\u0301ÉßİﬁŁ\n.\U0001F600\ud800\u0e01\u0e31東"
TEXTS = st.lists(st.text(alphabet=LETTERS, max_size=20) | st.text(max_size=20), max_size=5)


@given(TEXTS)
def test_words_hashes_and_places_are_those_of_the_twin(texts: list[str]) -> None:
    slow = [word for text in texts for word in words(text)]
    parts = list(scan(texts))
    assert [h for part in parts for h in part.hashes.tolist()] == [hash_form(word.form) for word in slow]
    assert [s for part in parts for s in part.starts.tolist()] == [word.start for word in slow]
    assert [e for part in parts for e in part.ends.tolist()] == [word.end for word in slow]
    assert [n for part in parts for n in part.lengths.tolist()] == [len(word.form) for word in slow]
    assert [n for part in parts for n in part.counts.tolist()] == [len(words(text)) for text in texts]


def test_copies_hash_alike() -> None:
    (plain,), (fancy,) = scan(["Don't"]), scan(["DON’T"])
    assert plain.hashes.tolist() == fancy.hashes.tolist() == [hash_form("don't")]
