"""What a reader should see first among claims."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from whence.explain.ranking import ranked
from whence.model import Attribution, Claim, Conflict, Document, Earliest, Origins, Reason, Span, Statement

TEXT = "The dam leaks. " * 400
ARTICLES = {f"d{at}": Document(f"d{at}", None, None, None, None, None, None, "en", "", TEXT) for at in range(9)}


def claim(id: str, *places: tuple[int, int], attribution: str | None = None) -> Claim:
    told = tuple(Statement(f"d{document}", start, start + 14, attribution, 0, None) for document, start in places)
    return Claim(id, "The dam leaks.", told, Origins(1, 1, (), ()), Earliest(told[0].document, None))


def order(claims: Sequence[Claim], conflicts: Sequence[Conflict] = (), kind: Literal["direct", "indirect"] = "direct",
          ) -> list[str]:
    said = Attribution("a-1", "d1", "text", (), (), (Span(0, 14),), kind, "named", "statement", None, 1.0)
    found = ranked(claims, ARTICLES, {"a-1": said}, conflicts)
    assert sorted(one.rank for one in found) == list(range(1, len(claims) + 1))
    assert [one.id for one in found] == [one.id for one in claims]
    return [one.id for one in sorted(found, key=lambda one: one.rank)]


def test_what_many_tell_comes_before_what_few_tell() -> None:
    assert order([claim("few", (1, 0), (2, 0)), claim("many", (1, 15), (2, 15), (3, 15))]) == ["many", "few"]


def test_what_stands_near_the_beginning_comes_before_what_stands_below() -> None:
    assert order([claim("below", (1, 3000), (2, 3000), (3, 3000)), claim("lead", (1, 0), (2, 0))]) == ["lead", "below"]


def test_what_one_article_alone_tells_comes_last() -> None:
    assert order([claim("alone", (1, 0)), claim("below", (1, 5000), (2, 5000))]) == ["below", "alone"]


def test_an_article_that_says_it_twice_counts_once() -> None:
    assert order([claim("twice", (1, 0), (1, 15), (2, 15)), claim("thrice", (1, 30), (2, 30), (3, 30))]) == [
        "thrice", "twice"]


def test_a_quotation_counts_half() -> None:
    quoted, plain = claim("a", (1, 0), (2, 0), attribution="a-1"), claim("b", (1, 15), (2, 15))
    assert order([quoted, plain]) == ["b", "a"]
    assert order([quoted, plain], kind="indirect") == ["a", "b"]


def test_what_is_in_conflict_comes_before_the_rest() -> None:
    conflict = Conflict("x-1", "b", "number", (), (Reason("r", "", {}),))
    assert order([claim("a", (1, 0), (2, 0)), claim("b", (1, 15), (2, 15))], [conflict]) == ["b", "a"]
