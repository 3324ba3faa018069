"""Decisions on an archive: they survive recomputation, are undone without a trace in what is derived, and are shown."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import whence
from whence.archive import Archive
from whence.errors import InputError, UsageError
from whence.model import Claim

ROWS = [
    ("Orrin Post", "2031-05-01", "Warden Ilka Soames said 517 seals died at Osier Bay. The ferry to Halm ran late."),
    ("Halm Echo", "2031-05-02", "The Osier Harbour Board said that 517 seals died at Osier Bay. Leeks won a prize."),
    ("Sedge Mail", "2031-05-03", "Our reporter counted 514 seals that died at Osier Bay. A goose crossed the square."),
    ("Reed Courier", "2031-05-04", "Our reporter counted 530 seals that died at Osier Bay. The baker sang at noon."),
    ("Fen Gazette", "2031-05-05", "The OHB said that 517 seals died at Osier Bay. A new bell was hung in the tower."),
]


def rows(name: str, of: Sequence[tuple[str, str, str]]) -> Path:
    path = Path(name)
    path.write_text("".join(json.dumps({"publisher": p, "published": d, "text": t}) + "\n" for p, d, t in of), "utf8")
    return path


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHENCE_USER", "ana")
    with whence.open("archive") as opened:
        opened.add(rows("rows.jsonl", ROWS))
        yield opened


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The same archive, for tests that decide nothing in the end."""
    folder = tmp_path_factory.mktemp("untouched")
    with whence.open(folder / "archive") as opened:
        opened.add(rows(str(folder / "rows.jsonl"), ROWS))
        yield opened


def seals(archive: Archive) -> Claim:
    (found,) = [claim for claim in archive.claims() if "seals" in claim.text]
    return found


def about(archive: Archive, words: str) -> Claim:
    return next(claim for claim in archive.claims() if words in claim.text)


def derived(archive: Archive, out: str = "out") -> dict[str, bytes]:
    """All that is exported, the log itself aside."""
    shutil.rmtree(out, ignore_errors=True)
    return {path.name: path.read_bytes() for path in archive.export("jsonl", out) if path.stem != "decisions"}


def place(archive: Archive, claim: Claim, publisher: str) -> str:
    documents = {document.id: document.publisher for document in archive.tables().documents}
    return next(f"{s.document}:{s.start}" for s in claim.statements if documents[s.document] == publisher)


# -- claims ------------------------------------------------------------------------------------------------------

def test_a_merge_and_its_undoing(archive: Archive) -> None:
    before = derived(archive)
    one, other = about(archive, "ferry"), about(archive, "Leeks")
    (made,) = archive.decide("merge", one.id, other.id[:8], note="one fair")
    assert [entry.step for entry in archive.plan()][:3] == ["claims", "conflicts", "origins"]
    merged = about(archive, "ferry")
    assert (merged.id, len(merged.statements)) == (one.id, 2)
    assert any(reason.values.get("note") == "one fair" for reason in merged.reasons)
    archive.undo()
    assert derived(archive) == before
    assert [line.undone_by is not None for line in archive.log()] == [True, False]
    archive.undo(archive.log()[-1].decision.id)
    assert len(about(archive, "ferry").statements) == 2
    assert made.at.endswith("+00:00")


def test_a_split_takes_a_statement_out(archive: Archive) -> None:
    claim = seals(archive)
    apart = place(archive, claim, "Sedge Mail")
    archive.decide("split", claim.id, apart)
    told = {f"{s.document}:{s.start}": c.id for c in archive.claims() for s in c.statements}
    assert told[apart] != claim.id
    assert sorted(told.values()).count(claim.id) == len(claim.statements) - 1


def test_decisions_outlast_recomputation_and_growth(archive: Archive) -> None:
    claim = seals(archive)
    archive.decide("merge", about(archive, "ferry").id, about(archive, "Leeks").id)
    archive.decide("split", place(archive, claim, "Sedge Mail"))
    archive.decide("dismiss", about(archive, "goose").id)
    whole = derived(archive)
    shutil.rmtree("archive/derived")
    assert derived(archive) == whole
    archive.add(rows("more.jsonl", [("Quay News", "2031-04-28", "The ferry to Halm ran late.")]))
    grown = about(archive, "ferry")
    assert len(grown.statements) == 3
    assert grown.earliest.published == "2031-04-28"
    assert "dismissed by ana" in whence_why(archive, about(archive, "goose").id)


def whence_why(archive: Archive, id: str) -> str:
    return archive.why(id).heading + " ".join(str(step) for step in archive.why(id).steps)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(ROWS))), st.integers(1, len(ROWS) - 1))
def test_the_same_decisions_over_any_order_of_growth_give_the_same(archive: Archive, order: list[int],
                                                                    cut: int) -> None:
    if not archive.log():
        archive.decide("split", place(archive, seals(archive), "Halm Echo"))
        archive.decide("merge", about(archive, "ferry").id, about(archive, "goose").id)
        archive.decide("same-source", "Ilka Soames", "OHB")
    shutil.rmtree("other", ignore_errors=True)
    with whence.open("other") as other:
        for line in archive.log():                             # decided before a single article has come
            made = line.decision
            other.folder.record.decide(made.kind, made.subject, made.user)
        other.add(rows("first.jsonl", [ROWS[i] for i in order[:cut]]))
        other.analyse()
        other.add(rows("rest.jsonl", [ROWS[i] for i in order[cut:]]))
        (mine, theirs) = ([(c.text, len(c.statements), c.origins.low, c.origins.high) for c in a.claims()]
                          for a in (archive, other))
    assert mine == theirs


# -- sources -----------------------------------------------------------------------------------------------------

def test_names_are_one_source_once_a_person_says_so(archive: Archive) -> None:
    before = derived(archive)
    assert seals(archive).origins.high == 5
    (suggestion,) = archive.tables().suggestions
    assert set(suggestion.labels) == {"The Osier Harbour Board", "The OHB"}
    assert "perhaps the same as" in whence_why(archive, seals(archive).id)
    archive.decide("confirm", suggestion.id)
    assert seals(archive).origins.high == 4
    archive.undo()
    archive.decide("same-source", "OHB", "the Osier Harbour Board")
    assert seals(archive).origins.high == 4
    assert "perhaps" not in whence_why(archive, seals(archive).id)
    archive.decide("different-source", "OHB", "Osier Harbour Board")
    assert seals(archive).origins.high == 5
    archive.undo()
    archive.undo()
    assert derived(archive) == before


def test_a_dismissed_attribution_counts_no_more(archive: Archive) -> None:
    (warden,) = [a for a in archive.tables().attributions if a.document == seals(archive).earliest.document]
    assert "Ilka Soames" in {root.label for root in seals(archive).origins.roots}
    archive.decide("dismiss", warden.id)
    assert "Ilka Soames" not in {root.label for root in seals(archive).origins.roots}
    assert warden.id in {a.id for a in archive.tables().attributions}
    assert "dismissed by ana" in archive.why(warden.id).heading


def test_a_person_mends_who_says_it(archive: Archive) -> None:
    before = derived(archive)
    (warden,) = [a for a in archive.tables().attributions if a.document == seals(archive).earliest.document]
    archive.decide("speaker", warden.id, "Jo  Kemp", note="it is her tape")
    labels = {root.label for root in seals(archive).origins.roots}
    assert "Jo Kemp" in labels
    assert "Ilka Soames" not in labels
    assert "decided speaker" in whence_why(archive, warden.id)
    assert any("Warden Ilka Soames (said): Jo Kemp" in about for line in archive.log() for about in line.about)
    archive.decide("speaker", warden.id, "")
    assert not {"Jo Kemp", "Ilka Soames"} & {root.label for root in seals(archive).origins.roots}
    archive.undo()
    assert "Jo Kemp" in {root.label for root in seals(archive).origins.roots}
    archive.undo()
    assert derived(archive) == before


def test_the_speaker_that_a_person_gave_is_one_with_others_of_that_name(archive: Archive) -> None:
    high = seals(archive).origins.high
    board = next(a for a in archive.tables().attributions if (a.speaker or "").endswith("Board"))
    archive.decide("speaker", board.id, "Ilka Soames")
    assert seals(archive).origins.high < high


@pytest.mark.parametrize("given", [(), ("a-0",), ("Ilka Soames", "Jo Kemp"), ("a", "b", "c")], ids=len)
def test_a_speaker_needs_an_attribution_and_a_name(untouched: Archive, given: Sequence[str]) -> None:
    with pytest.raises(UsageError):
        untouched.decide("speaker", *given)


def test_outlets_of_one_owner_count_once_for_low(archive: Archive) -> None:
    low = seals(archive).origins.low
    Path("owners.csv").write_text("outlet,owner\nSedge Mail,Marsh Holding\nThe Reed Courier,Marsh Holding\n", "utf8")
    archive.owners("owners.csv")
    assert [entry.step for entry in archive.plan()] == ["origins"]
    assert seals(archive).origins.low == low - 1
    reasons = [reason for group in seals(archive).origins.low_groups for reason in group.reasons]
    assert [r.values["owner"] for r in reasons if r.rule == "one_owner"] == ["Marsh Holding"]
    archive.undo()
    assert seals(archive).origins.low == low


@pytest.mark.parametrize(("text", "says"), [
    ("outlet;owner\na;b\n", "no columns outlet and owner"), ("outlet,owner\nHalm Echo,\n", "owners.csv:2: an outlet"),
    ("outlet,owner\nHalm Echo,A\nHalm Echo,B\n", "Halm Echo has two owners"), ("", "no columns"),
])
def test_a_list_of_owners_is_checked(untouched: Archive, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "owners.csv").write_text(text, "utf8")
    with pytest.raises(InputError, match=says):
        untouched.owners(tmp_path / "owners.csv")
    assert untouched.log() == []


# -- marks -------------------------------------------------------------------------------------------------------

def test_a_dismissed_conflict_comes_back_with_a_new_value(archive: Archive) -> None:
    claim = seals(archive)
    (conflict,) = [c for c in archive.tables().conflicts if c.claim == claim.id and c.kind == "number"]
    assert claim in archive.claims(conflicts=True)
    archive.decide("dismiss", conflict.id)
    assert archive.plan() == ()
    assert archive.claims(conflicts=True) == []
    said = "Our reporter counted 518 seals that died at Osier Bay."
    archive.add(rows("more.jsonl", [("Quay News", "2031-05-05", said)]))
    assert [c.id for c in archive.claims(conflicts=True)] == [claim.id]


def test_a_dismissed_claim_stands_last_and_a_confirmed_one_is_marked(archive: Archive) -> None:
    archive.decide("dismiss", seals(archive).id)
    assert archive.claims()[-1].id == seals(archive).id
    archive.decide("confirm", seals(archive).id)
    assert archive.claims()[0].id == seals(archive).id
    assert "confirmed by ana" in archive.report().read_text("utf8")


# -- what can't be decided ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("kind", "given", "says"), [
    ("merge", ["c-zzz", "c-yyy"], "no id 'c-zzz'.*nearest"), ("merge", ["SEALS"], "can't be merged"),
    ("split", ["SEALS"], "no statement is named"), ("split", ["0123:0"], "is no document"),
    ("merge", ["DOCUMENT:1", "SEALS"], "no statement begins at 1.*begin at 0"),
    ("same-source", ["Nobody Such", "OHB"], "no source is called 'Nobody Such'"),
    ("same-source", ["OHB", "the OHB"], "one source already"), ("different-source", ["OHB"], "this is one name"),
    ("confirm", ["f-0"], "claims \\(c-…\\), conflicts"), ("nonsense", ["SEALS"], "can't be decided"),
])
def test_what_is_not_there_is_said_with_how_to_mend_it(untouched: Archive, kind: str, given: list[str],
                                                       says: str) -> None:
    claim = seals(untouched)
    ids = [one.replace("SEALS", claim.id).replace("DOCUMENT", claim.earliest.document) for one in given]
    with pytest.raises(UsageError, match=says):
        untouched.decide(kind, *ids)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="nothing stands"):
        untouched.undo()
    assert untouched.log() == []
