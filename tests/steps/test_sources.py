"""Whom a source names: one source under several names, outlets, the own newsroom, and nobody."""
from __future__ import annotations

import pytest

from whence.model import Attribution, Corpus, Document, Source, Span, identify
from whence.steps.sources import resolve

HEAD = "The Sarn Port Authority (SPA) met on Monday. "


Article = tuple[str, str, tuple[str, ...]]
"""Publisher, text, and the sources in the text."""


def archive(*articles: Article) -> tuple[Corpus, dict[tuple[str, str], str]]:
    """The articles, and the id of the attribution to each source, by publisher and words."""
    documents, attributions, ids = {}, {}, {}
    for number, (publisher, text, named) in enumerate(articles):
        name = f"{number:016x}"
        documents[name] = Document(name, None, None, None, None, publisher, None, "en", name * 4, text)
        mine = []
        for words in named:
            start = text.index(words)
            cue = Span(start + len(words) + 1, text.index(" ", start + len(words) + 1))
            ident = identify("a", name, start)
            ids[publisher, words] = ident
            mine.append(attribution(ident, name, Span(start, start + len(words)), cue))
        attributions[name] = mine
    return Corpus(documents, {}, {}, attributions, (), ()), ids


def attribution(ident: str, name: str, source: Span, cue: Span) -> Attribution:
    return Attribution(ident, name, "text", (source,), (cue,), (), "indirect", "named", "statement", None, 1.0)


def one(source: str, text: str | None = None) -> Source:
    corpus, ids = archive(("The Beacon", text or f"{HEAD}Then {source} said it.", (source,)))
    return resolve(corpus).of[ids["The Beacon", source]]


@pytest.mark.parametrize(("source", "kind", "key"), [
    ("warden Ilka Soames", "authority", "ilka soames"),
    ("Mayor Jo Kemp", "authority", "jo kemp"),
    ("the interior minister Jo Kemp", "authority", "jo kemp"),
    ("Ilka Soames, the warden of Orm,", "authority", "ilka soames"),
    ("the Harbour Office", "authority", "harbour office"),
    ("a spokeswoman for the Harbour Office", "authority", "harbour office"),
    ("officials at the Harbour Office", "authority", "harbour office"),
    ("a report by the Harbour Office", "authority", "harbour office"),
    ("the SPA", "authority", "sarn port authority"),
    ("the net menders' guild", "authority", "net menders guild"),
    ("the mayor of Orm", "authority", "mayor orm"),
    ("Inspector Soames of the Orm police", "authority", "soames"),
    ("the weekly magazine Marsh Lamp", "outlet", "marsh lamp"),
    ("a report in the Marsh Lamp", "outlet", "marsh lamp"),
    ("a report by the Marsh Lamp", "authority", "marsh lamp"),
    ("police", "authority", "police"),
    ("experts", "nobody", None),
    ("some residents of Orm", "nobody", None),
    ("a spokesman", "nobody", None),
    ("officials", "nobody", None),
    ("an unnamed official", "nobody", None),
    ("the Beacon", "own", "beacon"),
    ("our reporter", "own", "beacon"),
    ("US officials", "nobody", None),
    ("the Orm Gazette", "outlet", "orm gazette"),
])
def test_source(source: str, kind: str, key: str | None) -> None:
    found = one(source)
    assert (found.kind, found.key) == (kind, key)
    assert found.reasons or found.kind == "own"


def test_a_short_name_is_the_fullest_of_its_article_only() -> None:
    corpus, ids = archive(("The Beacon", "Ilka Soames said so. Later Soames left.", ("Ilka Soames",)),
                          ("The Lantern", "Soames said so.", ("Soames",)))
    found = resolve(corpus).of
    assert found[ids["The Lantern", "Soames"]].key == "soames"
    assert found[ids["The Beacon", "Ilka Soames"]].key == "ilka soames"


def test_a_pronoun_is_who_was_named_last() -> None:
    corpus, ids = archive(("The Beacon", "Ilka Soames said so. Later she said more.", ("Ilka Soames", "she")))
    assert resolve(corpus).of[ids["The Beacon", "she"]].key == "ilka soames"


@pytest.mark.parametrize(("told", "named", "key"), [
    ("Ilka Soames, warden of Osier Bay, slept.", "The warden of Osier Bay", "ilka soames"),
    ("The Ilmwacht, as the guard of Orm is called, slept.", "The guard of Orm", "ilmwacht"),
    ("Ilka Soames, warden of Osier Bay, slept. Otto Kemp, the warden of Osier Bay, woke.", "The warden of Osier Bay",
     "warden osier bay"),
])
def test_another_article_explains_an_office_if_none_explains_it_otherwise(told: str, named: str, key: str) -> None:
    corpus, ids = archive(("The Beacon", told, ()), ("The Lantern", f"{named} said so.", (named,)))
    assert resolve(corpus).of[ids["The Lantern", named]].key == key


def test_a_surname_with_an_office_is_the_one_full_name_that_has_it() -> None:
    one, other = "Inspector Soames of the Orm police", "Ilka Soames, an inspector with the Orm police,"
    corpus, ids = archive(("The Beacon", f"{one} said so.", (one,)), ("The Lantern", f"{other} said so.", (other,)))
    assert resolve(corpus).of[ids["The Beacon", one]].key == "ilka soames"


def test_a_body_that_is_only_called_what_it_is_has_the_name_that_its_article_gives() -> None:
    text = "The Guild of Salvors met. Later the guild said so."
    corpus, ids = archive(("The Beacon", text, ("the guild",)))
    assert resolve(corpus).of[ids["The Beacon", "the guild"]].key == "guild salvors"


def test_whoever_only_reports_is_an_outlet() -> None:
    corpus, ids = archive(("The Beacon", "Marsh Eye reported it.", ("Marsh Eye",)))
    assert resolve(corpus).of[ids["The Beacon", "Marsh Eye"]].kind == "outlet"
    corpus, ids = archive(("The Beacon", "Marsh Eye reported it.", ("Marsh Eye",)),
                          ("The Lantern", "Marsh Eye denied it.", ("Marsh Eye",)))
    assert resolve(corpus).of[ids["The Beacon", "Marsh Eye"]].kind == "authority"


def test_publishers_and_credited_names_are_outlets() -> None:
    corpus, ids = archive(("The Beacon", "The Lantern said so. Then the TSK said so.", ("The Lantern", "the TSK")),
                          ("The Lantern", "Nothing was said by anybody. (TSK)", ()))
    found = resolve(corpus)
    assert found.of[ids["The Beacon", "The Lantern"]].kind == "outlet"
    assert found.of[ids["The Beacon", "the TSK"]].kind == "outlet"
    assert [found.credits[d] for d in sorted(found.credits)] == [(), ("tsk",)]


def test_whoever_reported_it_first_is_an_outlet() -> None:
    assert one("Quill", "As Quill first reported , it was so.").kind == "authority"
    corpus, ids = archive(("The Beacon", "Quill first reported it on Monday.", ("Quill",)))
    mine = corpus.attributions["0" * 16][0]
    whole = attribution(mine.id, mine.document, mine.source[0], Span(6, 20))
    again = Corpus(corpus.documents, {}, {}, {mine.document: [whole]}, (), ())
    assert resolve(again).of[ids["The Beacon", "Quill"]].kind == "outlet"


def test_a_host_is_the_outlet_of_that_name() -> None:
    known = (("a" * 16, "https://www.sarn-beacon.example/1", None), ("b" * 16, None, "The Sarn Beacon"),
             ("c" * 16, None, None))
    documents = {name: Document(name, None, url, None, None, publisher, None, "en", name * 4, "Nothing.")
                 for name, url, publisher in known}
    found = resolve(Corpus(documents, {}, {}, {}, (), ())).publisher
    assert found["a" * 16] == found["b" * 16] != found["c" * 16]
