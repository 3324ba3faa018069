"""Word and shingle hashes: the same everywhere, and never across two texts."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.text.copying.shingle import read, shingles
from whence.text.normalize import words

TEXTS = st.lists(st.text(alphabet="ab ", max_size=20), max_size=5)


def test_hashes_are_the_same_in_every_process() -> None:
    assert read(["Reeds, reeds"]).hashes.tolist() == [9508755104707775827] * 2


@given(TEXTS)
def test_words_lie_end_to_end(texts: list[str]) -> None:
    laid = read(texts)
    for n, text in enumerate(texts):
        low, high = laid.offsets[n], laid.offsets[n + 1]
        found = words(text)
        assert laid.starts[low:high].tolist() == [word.start for word in found]
        assert laid.ends[low:high].tolist() == [word.end for word in found]
        assert set(laid.texts()[low:high].tolist()) <= {n}


@given(TEXTS, st.integers(1, 4))
def test_shingles_are_those_of_the_slow_twin(texts: list[str], length: int) -> None:
    slow = []
    place = 0
    for text in texts:
        forms = [word.form for word in words(text)]
        slow += [(tuple(forms[n:n + length]), place + n) for n in range(len(forms) - length + 1)]
        place += len(forms)
    values, places = shingles(read(texts), length)
    assert places.tolist() == [at for _, at in slow]
    by_hash: dict[int, tuple[str, ...]] = {}
    for value, (forms_of, _) in zip(values.tolist(), slow, strict=True):
        assert by_hash.setdefault(value, forms_of) == forms_of
    assert len(by_hash) == len({forms_of for forms_of, _ in slow})


def test_short_and_long_words_are_told_apart() -> None:
    assert read(["of the marsh"]).strong.tolist() == [False, False, True]
