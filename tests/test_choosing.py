"""Which claims answer to what is asked for."""
from __future__ import annotations

from dataclasses import replace

import pytest

from whence.errors import UsageError
from whence.explain import Asked, Index, choose
from whence.model import Claim, Tables


def chosen(tables: Tables, **asked: str) -> list[str]:
    return [claim.id for claim in choose(Index.of(tables), Asked(**asked))]  # type: ignore[arg-type]


def told(tables: Tables, claim: Claim) -> str:
    texts = {document.id: document.text for document in tables.documents}
    return " ".join(texts[s.document][s.start:s.end] for s in claim.statements)


def test_nothing_asked_for_is_everything(dispute: Tables) -> None:
    assert chosen(dispute) == [claim.id for claim in dispute.claims]


def test_words_in_any_form(dispute: Tables) -> None:
    found = chosen(dispute, about="seal died")
    assert found and all("seals" in told(dispute, claim) for claim in dispute.claims if claim.id in found)
    assert chosen(dispute, about="seals quarrelled") == []


def test_whose_word_and_which_outlet(dispute: Tables) -> None:
    labels = {root.label for claim in dispute.claims for root in claim.origins.roots if root.kind == "authority"}
    assert labels
    for label in labels:
        assert chosen(dispute, source=label)
    outlets = {document.publisher for document in dispute.documents if document.publisher}
    for outlet in outlets:
        mine = {document.id for document in dispute.documents if document.publisher == outlet}
        wanted = [claim.id for claim in dispute.claims if mine & {s.document for s in claim.statements}]
        assert set(wanted) <= set(chosen(dispute, publisher=outlet.split()[-1]))
    assert chosen(dispute, source="Nobody Atall") == chosen(dispute, publisher="Nowhere Times") == []


def test_days(dispute: Tables) -> None:
    days = sorted(document.published[:10] for document in dispute.documents if document.published)
    assert chosen(dispute, since="2190") == chosen(dispute, until="1800-01") == []
    assert set(chosen(dispute, since=days[0], until=days[-1])) == set(chosen(dispute, since=days[0]))
    one = replace(dispute.documents[0], published="2040-02-03T10:00:00+02:00")
    later = replace(dispute, documents=(one, *dispute.documents[1:]))
    wanted = [claim.id for claim in later.claims if one.id in {s.document for s in claim.statements}]
    assert chosen(later, since="2040-02-03") == chosen(later, since="2040", until="2040-02") == wanted
    assert chosen(later, since="2040-02-04") == []


@pytest.mark.parametrize("day", ["yesterday", "2031-13-40", "2031/10/15", "20311015", "2031-1-5", ""])
def test_what_is_no_day_is_refused(dispute: Tables, day: str) -> None:
    if day:
        with pytest.raises(UsageError, match=r"is no day\. Write it as 2031-05-02"):
            chosen(dispute, since=day)
    else:
        assert chosen(dispute, since=day) == chosen(dispute)
