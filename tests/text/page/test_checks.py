"""What a fact-check quotes in order to judge it, and what it finds."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.page import checks

SAID = "The pier of Ostrel sank in one night."
FOUND = "False. It was taken down over two months."
MORE = "The ferry office showed us the contract."


@pytest.mark.parametrize("text", [
    f"Claim: {SAID}\n\nVerdict: {FOUND}\n\n{MORE}",
    f"CLAIM\n{SAID}\nOUR VERDICT\n{FOUND}\n{MORE}",
    f"Did it sink?\n\n**The claim:** {SAID}\n\n{MORE}\n\n**Our rating:** {FOUND}",
    f"What was claimed\n\n{SAID}\n\nWhat we found\n\n{FOUND}",
    f"Myth 2: {SAID}\nFact: {FOUND}",
    f"Claim: “{SAID}” Verdict: {FOUND}",
    f"THE STATEMENT: {SAID}\n{MORE}\nTHE GAZETTE'S ASSESSMENT: {FOUND}".replace("THE GAZETTE'S", "Gazette's"),
])
def test_a_claim_with_its_verdict(text: str) -> None:
    (part,) = checks.checked(text)
    assert (text[part.start:part.end].strip("“”"), part.label) == (SAID, "checked")
    assert checks.says(text, part.end) == FOUND


@pytest.mark.parametrize("text", [
    f"Claim: {SAID}\n\n{MORE}",                                  # nobody judges it
    f"The claim that the pier sank is old.\n\nVerdict: {FOUND}",
    f"Claim: it sank\nVerdict: {FOUND}",                         # too short to be told
    f"Verdict: {FOUND}\n\nClaim: {SAID}",
    "Claim:\nVerdict:",
    f"Claim:\nVerdict: {FOUND}\n{MORE}",                      # the claim is a picture
])
def test_what_is_no_fact_check(text: str) -> None:
    assert checks.checked(text) == []


def test_markup_tells_what_is_judged() -> None:
    script = '[{"@graph": [{"@type": "ClaimReview", "claimReviewed": "The pier of Ostrel sank in one night"}]}, "{"]'
    text = f"Did it sink?\n{SAID}\n{MORE}"
    (part,) = checks.checked(text, checks.reviewed([script, "{", "[]"]))
    assert (text[part.start:part.end], checks.says(text, part.end)) == (SAID, MORE)


@given(st.lists(st.sampled_from(["Claim:", "Verdict:", SAID, FOUND, " ", "\n", "“", "**", "Fact", "—"]), max_size=12))
def test_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for part in checks.checked(text):
        assert 0 <= part.start < part.end <= len(text)
        checks.says(text, part.end)
