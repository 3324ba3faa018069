"""What is told of two sentences: each feature on a pair that has it and one that has not; the order is nothing."""
from __future__ import annotations

from datetime import date
from math import isfinite, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.meaning.contents import Article, content
from whence.text.meaning.features import FEATURES, Pair, features

NOBODY = Article(frozenset(), None)
SEALS = "Ilka Soames said that 517 seals died at Osier Bay on 4 May 1911."
TUBA = "its tuba fell silent twice"


def told(one: str, other: str, cosine: float = .5, articles: tuple[Article, Article] = (NOBODY, NOBODY),
         ) -> dict[str, float]:
    found = features(Pair(content(one), content(other), cosine, articles))
    return dict(zip((name for name, _ in FEATURES), found, strict=True))


@pytest.mark.parametrize(("name", "one", "other", "value"), [
    ("words in common, by weight", SEALS, SEALS, 1),
    ("words in common, by weight", SEALS, TUBA, 0),
    ("share of the one's words in the other", "seals died", SEALS, 1),
    ("share of the other's words in the one", SEALS, SEALS, 1),
    ("pairs of words in common", SEALS, SEALS, 1),
    ("pairs of words in common", SEALS, TUBA, 0),
    ("words in a row in common", "a tuba fell silent", TUBA, log(4)),
    ("words in a row in common", SEALS, TUBA, 0),
    ("rare words in common", "a zeppelin rose", "the zeppelin fell", 1),
    ("rarest word in common", SEALS, TUBA, 0),
    ("words that only the one has", "seals died", SEALS, 0),
    ("words that only the other has", SEALS, SEALS, 0),
    ("names in common", SEALS, "We met Ilka Soames.", 2),
    ("names that one lacks", SEALS, SEALS, 0),
    ("names that one lacks", "We saw Osier Bay.", "We met Otto Kemp.", 1),
    ("names that both lack", "We saw Osier Bay.", "We met Otto Kemp.", 1),
    ("both name somebody", SEALS, SEALS, 1),
    ("both name somebody", SEALS, TUBA, 0),
    ("neither names anybody", TUBA, TUBA, 1),
    ("neither names anybody", SEALS, TUBA, 0),
    ("numbers in common", "it lost 40 seals", "it has 40 seals", 1),
    ("other numbers", "it lost 40 seals", "it lost 50 seals", 1),
    ("other numbers", "it lost 40 seals", "it lost 40 seals", 0),
    ("a number in one only", "it lost 40 seals", "it lost seals", 1),
    ("a number in one only", "it lost 40 seals", "it lost 50 seals", 0),
    ("a day in common", "it fell on 4 May 1911", "it lay on 4 May 1911", 1),
    ("other days", "it fell on 4 May 1911", "it fell on 5 May 1911", 1),
    ("other days", "it fell on 4 May 1911", "it fell", 0),
    ("other weekdays", "it fell on Monday", "it fell on Friday", 1),
    ("other weekdays", "it fell on Monday", "it fell", 0),
    ("a denial in one only", "it fell", "it never fell", 1),
    ("a denial in one only", "it did not fall", "it never fell", 0),
    ("called untrue in one only", "it fell", "a rumour that it fell", 1),
    ("a denial in both", "it did not fall", "it never fell", 1),
    ("a plan in one only", "it fell", "it will fall", 1),
    ("more quoted in one", "it fell", "it fell", 0),
    ("more quoted in one", "it fell", "“it fell”", 1),
    ("quoted in both", "“it fell”", "“it fell”", 1),
    ("length of the shorter", "it fell", "it fell down", log(3)),
    ("length of the longer", "it fell", "it fell down", log(4)),
])
def test_a_feature_is_told(name: str, one: str, other: str, value: float) -> None:
    assert told(one, other)[name] == pytest.approx(value)


def test_articles_are_told() -> None:
    named, later = Article(frozenset({"osier", "soames"}), date(1911, 5, 4)), Article(frozenset({"kemp"}),
                                                                                     date(1912, 5, 4))
    found = told(SEALS, SEALS, .25, (named, named))
    assert (found["closeness of meaning"], found["articles alike by their names"]) == (.25, 1)
    assert (found["days between the articles"], found["articles days apart"]) == (0, 0)
    apart = told(SEALS, SEALS, .25, (named, later))
    assert (apart["articles alike by their names"], apart["articles days apart"]) == (0, 1)
    assert apart["days between the articles"] == pytest.approx(log(367))
    assert told(SEALS, SEALS, .25, (named, NOBODY))["days between the articles"] == 0


TEXTS = st.text(max_size=80) | st.sampled_from([
    SEALS, TUBA, "“Nobody” will deny 40 of 50 seals on Monday, Otto Kemp said."])
ARTICLES = st.builds(Article, st.frozensets(st.sampled_from(["osier", "soames", "kemp"])), st.none() | st.dates())


@given(TEXTS, TEXTS, st.floats(-1, 1), ARTICLES, ARTICLES)
def test_any_two_texts_have_them_and_their_order_is_nothing(one: str, other: str, cosine: float, mine: Article,
                                                           theirs: Article) -> None:
    a, b = content(one, mine.day), content(other, theirs.day)
    found = features(Pair(a, b, cosine, (mine, theirs)))
    assert all(map(isfinite, found))
    assert found == features(Pair(b, a, cosine, (theirs, mine)))


@pytest.mark.parametrize(("one", "other", "wanted"), [
    ("The Orle quarry will close in June.", "The Tarnby quarry will close in June.", True),
    ("Mayor Jo Kemp of Orle has resigned.", "Mayor Ada Roth of Orle has resigned.", True),
    ("The Orle quarry will close in June.", "The Orle quarry will close in May.", False),
    ("The Orle quarry will close in June.", "The Tarnby quarry will shut in June.", False),
    ("Orle’s quarry will close in June.", "Tarnby’s quarry will close in June.", True),
    ("Kemp said the dam leaks.", "Roth said the dam leaks.", False),
    ("The dam leaks, according to Kemp.", "The dam leaks, according to Roth.", False),
    ("Saleh left Orle.", "Salih left Orle.", False),
    ("Kemp beat Roth in Orle.", "Roth beat Kemp in Orle.", False),
    ("The old quarry will close in June.", "The new quarry will close in June.", False),
])
def test_names_exchanged(one: str, other: str, wanted: bool) -> None:
    assert Pair(content(one), content(other), .9, (NOBODY, NOBODY)).exchanged == wanted
