"""What holds of claims in whatever order and batches articles come, and whatever people decide in between."""
from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, said, vectors
from whence.config import ClaimsConfig, SegmentConfig
from whence.decisions import NONE, VERDICTS, rulings, subject_of
from whence.model import (
    Attribution,
    Corpus,
    Decision,
    DecisionKind,
    Document,
    Grouped,
    Passage,
    Place,
    Reuse,
    Rulings,
    Sources,
    Span,
    Subject,
    identify,
)
from whence.neural import embedder
from whence.neural.embedder import Vectors
from whence.steps import conflicts, judging, segment
from whence.text.copying.dates import moment
from whence.text.meaning.features import Pair

SHARED = Path(__file__).parents[2] / "shared/data/real/election.jsonl"
SAID = [
    "Warden Ilka Soames said that 517 seals died at Osier Bay on Monday.",
    "At least 517 seals died at Osier Bay on Monday, Ilka Soames said.",
    "Some 540 seals died at Osier Bay on Tuesday, the warden said.",
    "No seals died at Osier Bay on Monday.",
    "The owners denied that any seals had died at Osier Bay.",
    "The mayor of Orm closed the northern sluice on 4 May 1911.",
    "The northern sluice was closed by the mayor of Orm.",
    "The mayor of Orm did not close the northern sluice.",
    "The mayor of Orm wants to close the northern sluice next week.",
]
STORY = ("The keeper rang the bell twice before the water came. He had slept badly, he wrote in his book, and the "
         "gauge was stuck at four. The wall gave way at dawn and 300 sheep were lost.")
ELSE = ("The orchestra of Velm played nine symphonies in a row. Its tuba fell silent twice, and the audience threw "
        "carnations.")
DAYS = ["1911-05-02", "1911-05-03", "1911-05-03T10:00", "1911-05", None]
NOBODY = Sources({}, {}, {}, {})


def document(number: int, text: str, published: str | None) -> Document:
    name = identify("", str(number), text)[1:].ljust(16, "0")
    return Document(name, None, None, None, None, f"Outlet {number}", published, "en", name * 4, text)


@st.composite
def archives(draw: st.DrawFn) -> list[Document]:
    """Articles about the seals or the sluice, and copies of a story, edited or not; some have no date."""
    made = []
    for number in range(draw(st.integers(2, 6))):
        day = draw(st.sampled_from(DAYS))
        if draw(st.integers(0, 2)) == 0:
            text = draw(st.sampled_from([STORY, STORY.replace("300", "3,000"), STORY.replace("gave", "never gave")]))
        else:
            text = " ".join(draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=3, unique=True)))
        made.append(document(number, text, day))
    return made


def corpus(documents: Sequence[Document]) -> Corpus:
    """Documents with their sentences, and the passage that copies of the story share."""
    copies = sorted((d for d in documents if d.text.startswith(STORY[:50])), key=lambda d: d.id)
    reuses = [Reuse(identify("r", a.id, b.id), Passage(a.id, 0, len(a.text)), Passage(b.id, 0, len(b.text)), .9,
                    "unknown", .5, False) for at, a in enumerate(copies) for b in copies[at + 1:]]
    sentences = {d.id: segment.sentences(d, SegmentConfig()) for d in documents}
    return Corpus({d.id: d for d in documents}, sentences, {}, {d.id: told(d) for d in documents}, reuses, ())


def told(document: Document) -> list[Attribution]:
    """Whoever is named before "said" says the sentence."""
    found: list[Attribution] = []
    for source in ("Warden Ilka Soames", "Ilka Soames", "the warden"):
        start = document.text.find(f"{source} said")
        if start >= 0 and not any(a.source[0].start <= start <= a.source[0].end for a in found):
            end, cue = start + len(source), start + len(source) + 1
            begin = document.text.rfind(". ", 0, start) + 1
            found.append(Attribution(identify("a", document.id, start), document.id, "text", (Span(start, end),),
                                     (Span(cue, cue + 4),), (Span(begin, end),), "indirect", "named", "statement",
                                     None, 1.0))
    return found


@contextmanager
def desk(config: ClaimsConfig | None = None) -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        yield Desk(Path(folder), config)


def all_of(archive: Corpus, grouped: Grouped, at: Desk) -> tuple[object, ...]:
    """All that is derived from claims here: claims with their reasons, what denies them, conflicts and limits."""
    return grouped.groupings, grouped.denials, conflicts.find(grouped, archive, NOBODY), at.limits


def at_once(documents: Sequence[Document], ruled: Rulings = NONE, config: ClaimsConfig | None = None) -> object:
    with desk(config) as new:
        archive = corpus(documents)
        return all_of(archive, new.gather(archive, ruled), new)


# -- order and batches -----------------------------------------------------------------------------------------------

@settings(max_examples=25)
@given(archives(), st.randoms(use_true_random=False), st.lists(st.integers(1, 5), max_size=3), st.booleans())
def test_neither_the_order_nor_the_batches_change_anything(
        documents: list[Document], shuffle: random.Random, cuts: list[int], crowded: bool) -> None:
    config = ClaimsConfig(most_near=2, crowded=.8) if crowded else None
    again = shuffle.sample(documents, len(documents))
    with desk(config) as grown:
        for end in sorted({min(cut, len(again)) for cut in cuts} | {len(again)}):
            archive = corpus(again[:end])
            found = all_of(archive, grown.gather(archive), grown)
        assert found == at_once(documents, config=config)


@settings(max_examples=10)
@given(archives())
def test_an_article_about_something_else_leaves_every_claim_as_it_is(documents: list[Document]) -> None:
    with desk() as grown:
        before = grown.gather(corpus(documents))
        after = grown.gather(corpus([*documents, document(99, ELSE, "1911-05-01")]))
    ids = {grouping.id for grouping in before.groupings}
    assert [grouping for grouping in after.groupings if grouping.id in ids] == before.groupings
    assert after.denials == before.denials


@settings(max_examples=10)
@given(archives())
def test_parts_that_turn_out_to_be_repeated_are_out_and_come_back(documents: list[Document]) -> None:
    archive = corpus(documents)
    hidden = [(documents[0].id, 0, len(documents[0].text))]
    with desk() as grown, desk() as new:
        before = grown.gather(archive)
        assert grown.gather(archive, hidden=hidden) == new.gather(archive, hidden=hidden)
        assert grown.gather(archive) == before


# -- what is not done again ----------------------------------------------------------------------------------------

def test_what_was_judged_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[frozenset[str]]] = []
    measured = judging.measured

    def counted(pairs: Sequence[Pair]) -> judging.Measured:
        asked.append({frozenset((" ".join(p.one.forms), " ".join(p.other.forms))) for p in pairs})
        return measured(pairs)

    monkeypatch.setattr(judging, "measured", counted)
    documents = [document(number, line, f"1911-05-0{number + 1}") for number, line in enumerate(SAID[:5])]
    one_more = document(9, SAID[5] + " 520 seals died at Osier Bay on Monday.", "1911-05-08")
    with desk() as grown:
        grown.gather(corpus(documents))
        first = [pair for pairs in asked for pair in pairs]
        assert len(first) == len(set(first)) > 0
        asked.clear()
        grown.gather(corpus(documents))
        assert asked == []
        grown.gather(corpus([*documents, one_more]))
        second = [pair for pairs in asked for pair in pairs]
    assert second
    assert all("520 seals died at osier bay on monday" in pair or any("sluice" in one for one in pair)
               for pair in second)


def test_a_denial_is_judged_with_what_is_less_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [SAID[0], SAID[3], SAID[2]]
    asked: set[frozenset[str]] = set()
    measured = judging.measured

    def noted(pairs: Sequence[Pair]) -> judging.Measured:
        asked.update(frozenset((pair.one.forms[0], pair.other.forms[0])) for pair in pairs)
        return measured(pairs)

    def embed(texts: Sequence[str]) -> Vectors:
        """All in one cell or nearly, with cosines of .55."""
        at = embedder.embedder().vectors(lines[:1])[0]
        found = np.zeros((len(texts), embedder.SIZE), np.float32)
        for row, text in enumerate(texts):
            aside = np.eye(embedder.SIZE, dtype=np.float32)[lines.index(text)]
            aside -= (aside @ at) * at
            found[row] = np.sqrt(.55) * at + np.sqrt(.45) * aside / np.linalg.norm(aside)
        return found

    monkeypatch.setattr(judging, "measured", noted)
    grown = Desk(tmp_path)
    grown.embed = embed
    grown.gather(corpus([document(number, line, None) for number, line in enumerate(lines)]))
    assert asked == {frozenset(("no", "warden")), frozenset(("no", "some"))}


def test_one_form_with_other_names_is_another_claim(tmp_path: Path) -> None:
    texts = [f"{form} Nobody came." for town in ("Orle", "Tarnby")
             for form in (f"The {town} quarry will close in June.", f"{town}’s quarry is to close in June.")]
    archive = corpus([document(number, text, "1911-05-02") for number, text in enumerate(texts)])
    for grouping in Desk(tmp_path).gather(archive).groupings:
        said_ = {archive.documents[w.document].text[w.start:w.end] for w in grouping.wordings}
        assert len({"Orle" in text for text in said_}) == 1, said_


def test_who_denies_it_is_tied_to_what_he_denies(tmp_path: Path) -> None:
    texts = ["The mayor of Orm closed the northern sluice on 4 May 1911.",
             "The council denied that the mayor of Orm had closed the northern sluice."]
    archive = corpus([document(number, text, "1911-05-02") for number, text in enumerate(texts)])
    grouped = Desk(tmp_path).gather(archive)
    assert len(grouped.groupings) == 2 and len(grouped.denials) == 1


def test_vectors_are_made_once(tmp_path: Path) -> None:
    documents = [document(number, line, None) for number, line in enumerate(SAID[:3])]
    grown = Desk(tmp_path)
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return vectors(texts)

    grown.embed = embed
    grown.gather(corpus(documents[:2]))
    grown.gather(corpus(documents))
    assert sorted(asked) == sorted(SAID[:3])


def test_claims_that_nothing_touches_are_not_written_again(tmp_path: Path) -> None:
    documents = [document(number, line, None) for number, line in enumerate(SAID)]
    grown = Desk(tmp_path)
    grown.gather(corpus(documents))
    before = {path.name for path in grown.state.glob("shelf-*")}
    grown.gather(corpus(documents))
    assert {path.name for path in grown.state.glob("shelf-*")} == before


def test_a_part_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    documents = [document(number, line, None) for number, line in enumerate(SAID[:4])]
    Desk(tmp_path / "one").gather(corpus(documents))
    again = Desk(tmp_path / "one" / "again")
    again.folder.mkdir()
    (tmp_path / "one" / "gathered").rename(again.state)
    assert again.gather(corpus(documents[2:])) == Desk(tmp_path / "two").gather(corpus(documents[2:]))


# -- decisions -----------------------------------------------------------------------------------------------------

def decision(number: int, kind: DecisionKind, subject: Subject, supersedes: str | None = None) -> Decision:
    return Decision(f"d-{number:03}", kind, subject, VERDICTS[kind], "ana", f"2031-05-01T10:00:{number:02}+00:00", None,
                    supersedes)


@st.composite
def logs(draw: st.DrawFn, archive: Corpus) -> list[Decision]:
    """Merges, splits, dismissed attributions and undoings; some statements that they name come only later."""
    places = [Place(one.document, one.start) for mine in said(archive, archive.documents).values() for one in mine]
    attributed = [(a, archive.documents[id]) for id, some in archive.attributions.items() for a in some]
    made: list[Decision] = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["merge", "split", "dismiss", "undo"]))
        two = tuple(draw(st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)))
        if kind == "undo" and made:
            made.append(decision(number, "undo", Subject("decision"), draw(st.sampled_from(made)).id))
        elif kind == "dismiss" and attributed:
            one, where = draw(st.sampled_from(attributed))
            made.append(decision(number, "dismiss", subject_of(one, where, archive.sentences[where.id])))
        elif kind == "split":
            made.append(decision(number, "split", Subject("statements", two[:1], leaves=two[1])))
        else:
            made.append(decision(number, "merge", Subject("statements", two)))
    return made


def enough(documents: Sequence[Document]) -> bool:
    return sum(len(mine) for mine in said(corpus(documents), [d.id for d in documents]).values()) > 1


@settings(max_examples=25)
@given(archives().filter(enough), st.data())
def test_decisions_give_what_they_give_on_a_new_archive(documents: list[Document], data: st.DataObject) -> None:
    archive = corpus(documents)
    log = data.draw(logs(archive))
    with desk() as grown:
        grown.gather(corpus(documents[:2]), rulings(log[:1]))
        for count in range(len(log) + 1):
            found = all_of(archive, grown.gather(archive, rulings(log[:count])), grown)
            assert found == at_once(documents, rulings(log[:count]))
        assert all_of(archive, grown.gather(archive), grown) == at_once(documents), "undone"


def test_two_that_deny_each_other_and_were_made_one_are_not_said_to_be_judged_the_same(tmp_path: Path) -> None:
    one, other = document(1, SAID[0], "1911-05-01"), document(2, "No seals died at Osier Bay on Monday.", "1911-05-02")
    archive = corpus([one, other])
    merge = decision(0, "merge", Subject("statements", (Place(one.id, 0), Place(other.id, 0))))
    made = Desk(tmp_path, ClaimsConfig(same=.999, agree=.999, contrary=0.0))
    assert [len(g.wordings) for g in made.gather(archive).groupings] == [1, 1]
    (both,) = made.gather(archive, rulings([merge])).groupings
    assert {reason.rule for reason in both.reasons} == {"decided_one_claim"}


# -- in order of time ----------------------------------------------------------------------------------------------

def homes(grouped: Grouped) -> Mapping[tuple[str, int], str]:
    return {(told.document, told.start): grouping.id for grouping in grouped.groupings for told in grouping.wordings}


def left(before: Mapping[tuple[str, int], str], after: Mapping[tuple[str, int], str]) -> list[tuple[str, int]]:
    """The statements that are in another claim than before, though the one that led their claim leads one still."""
    leads = set(after.values())
    return [place for place, home in before.items() if after[place] != home and home in leads]


@pytest.mark.xfail(strict=False, reason="average linkage: a text that comes later may draw one away")
@settings(max_examples=15)
@given(archives())
def test_in_order_of_time_no_statement_leaves_its_claim(documents: list[Document]) -> None:
    dated = sorted((replace(d, published=d.published or "1911-06-01") for d in documents),
                   key=lambda d: (moment(d.published), d.id))
    with desk() as grown:
        before: Mapping[tuple[str, int], str] = {}
        for end in range(1, len(dated) + 1):
            after = homes(grown.gather(corpus(dated[:end])))
            assert left(before, after) == []
            before = after


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared, which is not part of this repository")
def test_in_order_of_time_no_statement_of_real_news_leaves_its_claim(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in SHARED.read_text("utf8").splitlines()]
    documents = [document(at, row["text"], row.get("published")) for at, row in enumerate(rows)]
    documents.sort(key=lambda d: (moment(d.published), d.id))
    some, grown = documents[:60], Desk(tmp_path)
    before: Mapping[tuple[str, int], str] = {}
    for end in range(10, 61, 10):
        after = homes(grown.gather(corpus(some[:end])))
        assert left(before, after) == []
        before = after
    assert before == homes(Desk(tmp_path / "new").gather(corpus(some)))
