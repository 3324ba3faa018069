"""What a live page and a fact-check come to in claims: the time of a post, and who checked what in what words."""
from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import whence
from whence import Archive, explain
from whence.model import Claim

TOLD = "At least 120 people were killed when a chemical depot exploded at Orlin Quay, the dock workers' union said."
ARTICLES = {
    "post.txt": f"Publisher: Orlin Post\nDate: 2031-05-02\n\n{TOLD} The depot had stood empty for years.\n",
    "check.txt": "Publisher: Plainly\nDate: 2031-05-01\n\nClaim: “At least 120 people were killed when a chemical "
                 "depot exploded at Orlin Quay.”\n\nVerdict: False. Two people were hurt; nobody died.\n\nThe hospital "
                 "of Orlin told Plainly that it treated two people.\n",
    "other.txt": "Publisher: Plainly\nDate: 2031-05-03\n\nClaim: “The moon over Marsk was painted green by bakers.”\n\n"
                 "Verdict: Satire.\n",
}
LIVE = """<html><head><title>Live: the dam at Marsk</title><meta property="og:site_name" content="Marsk Lamp">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body><article>
<h1>Live: the dam at Marsk</h1><p>Follow what happens at the dam of Marsk on this page, hour by hour, all day.</p>
<div class="post"><time datetime="2031-05-02T15:30:00+02:00">15:30</time><p>Engineers closed the third gate of the Marsk
dam, the water office said on Friday afternoon.</p></div>
<div class="post"><time datetime="2031-05-02T09:10:00+02:00">09:10</time><p>Water is running over the crown of the dam
at Marsk, and the road below it is shut to all traffic.</p></div></article></body></html>"""
COPY = ("Publisher: Orlin Post\nDate: 2031-05-02T12:00:00+02:00\n\nEngineers closed the third gate of the Marsk "
        "dam, the water office said on Friday afternoon. The town slept badly, its mayor said.\n")


def by_text(archive: Archive, begins: str) -> Claim:
    (found,) = [claim for claim in archive.tables().claims if any(
        claim.text.startswith(begins) for _ in claim.statements[:1])]
    return found


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of a rumour and two fact-checks, the one of something that nobody tells."""
    home = tmp_path_factory.mktemp("checked")
    for name, text in ARTICLES.items():
        (home / name).write_text(text, "utf8")
    with whence.open(home / "archive") as archive:
        archive.add(*(home / name for name in ARTICLES))
        yield archive


def test_what_is_quoted_to_be_judged_is_no_statement_but_a_check(checked: Archive) -> None:
    claim = by_text(checked, "At least 120")
    known = {document.id: document for document in checked.tables().documents}
    assert [known[statement.document].publisher for statement in claim.statements] == ["Orlin Post"]
    (check,) = claim.checks
    assert (known[check.document].publisher, check.says) == ("Plainly", "False. Two people were hurt; nobody died.")
    assert known[check.document].text[check.start:check.end].startswith("“At least 120 people")
    assert claim.earliest.document == claim.statements[0].document
    assert not [one for one in checked.tables().claims if "moon" in one.text]
    assert {s.label for s in checked.tables().segments} == {"header", "checked"}


def test_who_checked_it_is_told(checked: Archive) -> None:
    index, claim = explain.Index.of(checked.tables()), by_text(checked, "At least 120")
    assert explain.claim_line(index, claim).checked_by == ("Plainly",)
    told = explain.why_text(checked.why(claim.id))
    head, _, detail = told.partition("In detail:")
    assert len(head.splitlines()) < 24 and "checked by Plainly: False." in head
    assert "checked by Plainly, 1 May 2031: False. Two people were hurt; nobody died." in detail
    assert "Checked by" in checked.report().read_text("utf8")


def test_checks_come_the_same_in_any_order(checked: Archive, tmp_path: Path) -> None:
    names = sorted(ARTICLES)
    random.Random(4).shuffle(names)
    for name in names:
        (tmp_path / name).write_text(ARTICLES[name], "utf8")
    with whence.open(tmp_path / "archive") as archive:
        for name in names:
            archive.add(tmp_path / name)
            assert archive.analyse()
        assert archive.tables().claims == checked.tables().claims


def test_the_earliest_is_by_the_posts_own_time(tmp_path: Path) -> None:
    (tmp_path / "live.html").write_text(LIVE, "utf8")
    (tmp_path / "copy.txt").write_text(COPY, "utf8")
    with whence.open(tmp_path / "archive") as archive:
        archive.add(tmp_path / "live.html", tmp_path / "copy.txt")
        publishers = {document.id: document.publisher for document in archive.tables().documents}
        gate, crown = by_text(archive, "Engineers closed"), by_text(archive, "Water is running")
        assert [publishers[statement.document] for statement in gate.statements] == ["Orlin Post", "Marsk Lamp"]
        assert gate.earliest.published == "2031-05-02T12:00:00+02:00"
        assert crown.earliest.published == "2031-05-02T09:10:00+02:00"
        told = [telling.passage.published for telling in explain.claim_view(archive.tables(), gate.id).tellings]
        assert [time.split(", ")[1][:5] for time in told] == ["12:00", "15:30"]
