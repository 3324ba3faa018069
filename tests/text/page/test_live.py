"""A live page's posts, with the times that they state."""
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.page import live, markup

HEAD = ("<html><head><title>Live: the pier of Ostrel</title>"
        "<meta property='article:published_time' content='2031-05-03T08:10:00+02:00'></head><body><article>"
        "<h1>Live: the pier of Ostrel</h1><p>Follow what happens at the pier of Ostrel, hour by hour, here.</p>")
LATE, EARLY = "Divers found the second boat under the pier of Ostrel.", "The pier of Ostrel gave way under a lorry."


def items(body: str) -> list[tuple[str, str | None]]:
    """The text and the time of each item of a page."""
    found = markup.read(f"{HEAD}{body}</article></body></html>")
    assert found is not None
    return [(found.text[part.start:part.end], part.published) for part in found.items]


def post(stamp: str, *paragraphs: str) -> str:
    """A post of the usual make."""
    return f"<div class='post'><p class='meta'>{stamp}</p>{''.join(f'<p>{text}</p>' for text in paragraphs)}</div>"


@pytest.mark.parametrize("stamp", [
    "<time datetime='2031-05-03T{}:00+02:00'>today</time>",
    "<span class='timestamp'>{}</span>",
    "<time>{}</time>",
])
def test_posts_have_the_times_that_they_state(stamp: str) -> None:
    found = items(post(stamp.format("14:40"), "Second boat found", LATE) + post(stamp.format("09:20"), EARLY))
    assert [(text[-len(told):], (at or "")[:16]) for (text, at), told in zip(found, (LATE, EARLY), strict=True)] == [
        (LATE, "2031-05-03T14:40"), (EARLY, "2031-05-03T09:20")]
    assert all(at is not None and at.endswith("+02:00") for _, at in found)


def test_times_between_paragraphs_part_them() -> None:
    stamp = "<time datetime='2031-05-03T{}+02:00'>{}</time>"
    found = items(f"{stamp.format('14:40', '2.40pm')}<p>{LATE}</p>{stamp.format('09:20', '9.20am')}<p>{EARLY}</p>")
    assert [text for text, _ in found] == [LATE, EARLY]


@pytest.mark.parametrize("body", [
    f"<p>{EARLY}</p><p>{LATE}</p>",
    post("<time datetime='2031-05-03T14:40+02:00'>14:40</time>", EARLY) + f"<p>{LATE}</p>",          # one time alone
    "<p><time datetime='2031-05-01T10:00'>Published 1 May 2031, 10:00</time></p><p><time datetime='2031-05-03T12:00'>"
    f"Updated 3 May 2031, 12:00</time></p><p>{EARLY}</p><p>{LATE}</p>",
    "<p><time datetime='2031-05-03T08:10'>08:10</time> <time datetime='2031-05-03T14:40'>14:40</time></p>"
    f"<p>{EARLY}</p><p>{LATE}</p>",                                                    # published, and updated
    f"<p>{EARLY}</p><blockquote><time datetime='2031-05-03T07:00'>7</time><p>{LATE}</p></blockquote>"
    "<figure><time datetime='2031-05-02T07:00'>2 May</time><figcaption>The pier of Ostrel.</figcaption></figure>",
])
def test_an_article_has_no_posts(body: str) -> None:
    assert items(body) == []


@pytest.mark.parametrize(("text", "published", "expected"), [
    (f"9.52am: {EARLY}\n9.56am: {LATE}\n12.04pm: The lorry was raised.", "2031-05-03",
     ["2031-05-03T09:52", "2031-05-03T09:56", "2031-05-03T12:04"]),
    (f"Live\n12:29 The Gazette reports:\n{LATE}\n12:14\n{EARLY}\n12:09 - Lorry raised", "2031-05-03T12:30:00Z",
     ["2031-05-03T12:29Z", "2031-05-03T12:14Z", "2031-05-03T12:09Z"]),
    (f"9.52am: {EARLY}\n9.56am: {LATE}\n12.04pm: The lorry was raised.", None, [None, None, None]),
    (f"9.52am: {EARLY}\n12.04pm: {LATE}\n10.30am: The lorry was raised.", "2031-05-03", []),          # no order
    ("10.30 will see the lorry raised.\n11.30 will see divers.\n12.30 will see speeches.", "2031-05-03", []),
    (f"9.52am: {EARLY}\n9.56am: {LATE}", "2031-05-03", []),
    ("14:10 The mayor came.\n14:20 Two boats left.\n14:30 It rained.", "2031-05-03",
     ["2031-05-03T14:10", "2031-05-03T14:20", "2031-05-03T14:30"]),
    ("1.10 Council\n1.11 Mayors\n1.12 Bridges", "2031-05-03", []),
])
def test_lines_that_begin_with_a_time_are_posts(text: str, published: str | None, expected: list[str | None]) -> None:
    found = live.clocked(text, published)
    assert [part.published for part in found] == expected
    assert all(part.end <= after.start for part, after in pairwise(found))


@given(st.text(max_size=300), st.sampled_from([None, "2031", "2031-05-03", "2031-05-03T08:10:00+02:00"]))
def test_any_text(text: str, published: str | None) -> None:
    for part in live.clocked(text, published):
        assert 0 <= part.start < part.end <= len(text)
