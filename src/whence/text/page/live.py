"""A live page's posts, each with the time that it states: out of a page's tree, or out of a text's lines."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whence.model import Segment
from whence.text.page import moments
from whence.text.page.furniture import Part
from whence.text.page.lines import letters, lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WORDS = 4
"""Words that a post has at least.  Chosen: fewer are a line of times, as under a headline ("Updated at 14:40")."""
CLOCKS = 3
"""Lines that begin with a time of day from which on a plain text is a live page's.  Chosen: a programme of two events
stands in many articles."""
FAR, NEAR = 20_000, 40
"""Letters after the last text found in which the next is looked for, and one of fewer WORDS: "Update" stands often.
Chosen: a widget's text, or a headline, in between."""

_beside = ("aside", "blockquote", "figure", "footer", "nav")
_blocks = ("p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd", "dt", "pre")
_timed_class = re.compile(r"(?:^|[ _-])(?:time|timestamp|clock|post-?date|date-?time)(?:$|[ _-])", re.IGNORECASE)
_clock = re.compile(r"\W{0,3}(?:(?:at|posted|updated)\s)?(?P<hour>[01]?\d|2[0-3])(?P<stop>[:.])(?P<minute>[0-5]\d)"
                    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s(?-i:[A-Z]{2,4})\b)?(?P<closed>\s*[-–—:|\]]|(?=\s|$))",
                    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a live page: when it was published, and its paragraphs and headings as they stand in the page."""

    published: str
    blocks: tuple[str, ...]


def posts(tree: HtmlElement, published: str | None) -> tuple[Post, ...]:
    """The posts of a page, in its order: what stands under one parent, each part with a time of day of its own.

    A time is a `time` element's `datetime`, or what is shown as one ("14:40"), on the day on which the page was
    `published`.  Nothing where only one part has any, or none has WORDS.
    """
    found: dict[HtmlElement, list[tuple[HtmlElement, str]]] = {}
    times = [(element, at) for element in _stamped(tree) if (at := _time(element, published))]
    holders = _holders(times)
    stamps: dict[HtmlElement, int] = {}
    for element, at in times:
        post = _post(element, holders)
        parent = post.getparent()
        stamps[post] = stamps.get(post, 0) + len(element.text_content().split())
        if parent is not None:
            found.setdefault(parent, []).append((post, at))
    some = [list(_parted(parent, begun, stamps)) for parent, begun in found.items() if len({at for _, at in begun}) > 1]
    return tuple(post for told in some if len(told) > 1 for post in told)


def place(told: Sequence[Post], text: str) -> list[Part]:
    """Where the posts stand in the text that was made of their page, as parts of it; those found nowhere left out."""
    places = [at for at, letter in enumerate(text) if letter.isalnum()]
    key = letters(text)
    found: list[Part] = []
    at = 0
    for post in told:
        mine: list[tuple[int, int]] = []
        for block in post.blocks:
            sought = letters(block)
            far = FAR if len(block.split()) >= WORDS else NEAR
            start = key.find(sought, at, at + far + len(sought)) if sought else -1
            if start >= 0:
                at = start + len(sought)
                mine.append((places[start], places[at - 1]))
        if mine:
            found.append(Part(mine[0][0], _closed(text, mine[-1][1] + 1), "item", post.published))
    return found


def _closed(text: str, end: int) -> int:
    """Where the marks after a text's last letter end."""
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def clocked(text: str, published: str | None) -> list[Part]:
    """The posts of a plain text of which CLOCKS lines or more begin with a time of day, all of them going one way.

    They have their times where it is known on which day the text was `published`.
    """
    all_lines = lines(text)
    starts = [(n, clock) for n, line in enumerate(all_lines) if (clock := _clock_of(line.text)) is not None]
    times = [clock for _, clock in starts]
    if len(starts) < CLOCKS or len(set(times)) < 2 or times not in (sorted(times), sorted(times, reverse=True)):
        return []
    ends = [*(n for n, _ in starts[1:]), len(all_lines)]
    return [Part(all_lines[n].start, all_lines[end - 1].end, "item", _on(published, clock))
            for (n, clock), end in zip(starts, ends, strict=True)]


def published_at(segments: Iterable[Segment], start: int) -> str | None:
    """When the innermost item around a place of a text says that it was published; None where none is, or says so."""
    around = [part for part in segments if part.published and part.start <= start < part.end]
    return min(around, key=lambda part: part.end - part.start).published if around else None


def _stamped(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that show a time, or hold one, and do not stand in what is set beside the posts."""
    for element in tree.iter("time", "span", "div", "p", "a", "abbr"):
        if ((element.tag == "time" or _timed_class.search(element.get("class") or ""))
                and next(element.iterancestors(*_beside), None) is None):
            yield element


def _time(element: HtmlElement, published: str | None) -> str | None:
    """When an element says that something was published, to the minute; None where it says no time of day."""
    stated = moments.iso(element.get("datetime"))
    if stated is not None and len(stated) > len("2031-04-02"):
        return stated
    shown = " ".join(element.text_content().split()) if len(element) < 3 else ""
    found = _clock.fullmatch(shown)
    return _on(published, _of(found)) if found else None


def _holders(times: Iterable[tuple[HtmlElement, str]]) -> dict[HtmlElement, set[str]]:
    """For each element, the times that it holds."""
    held: dict[HtmlElement, set[str]] = {}
    for element, at in times:
        for one in (element, *element.iterancestors()):
            held.setdefault(one, set()).add(at)
    return held


def _post(element: HtmlElement, holders: dict[HtmlElement, set[str]]) -> HtmlElement:
    """The largest element around one that shows a time which holds no other time."""
    for above in element.iterancestors():
        if len(holders[above]) > 1:
            break
        element = above
    return element


def _parted(parent: HtmlElement, begun: Sequence[tuple[HtmlElement, str]],
            stamps: Mapping[HtmlElement, int]) -> Iterator[Post]:
    """The posts under one parent: each from the part that shows its time to the next that shows another; `stamps` has
    how many words the times of a part have.
    """
    at = dict(begun)
    published: str | None = None
    blocks: list[str] = []
    stamp = 0
    for child in [*parent, None]:
        if child is None or child in at:
            if published is not None and sum(len(block.split()) for block in blocks) - stamp >= WORDS:
                yield Post(published, tuple(blocks))
            published, blocks, stamp = at.get(child), [], stamps.get(child, 0)
        if child is not None and isinstance(child.tag, str):
            blocks += _texts(child)


def _texts(element: HtmlElement) -> Iterator[str]:
    """The texts of the paragraphs and headings in an element, itself among them."""
    for block in element.iter(*_blocks):
        yield " ".join(block.text_content().split())


def _clock_of(line: str) -> tuple[int, int] | None:
    """The time of day that a line begins with, and does not go on to tell of ("10.30 will see the start")."""
    found = _clock.match(line)
    if not found:
        return None
    rest = line[found.end():].lstrip()
    if found["closed"].strip() or found["half"]:
        return _of(found)
    numbered = found["stop"] == "." and len(found["hour"]) == 1         # "1.10 Council": a section
    return None if numbered or (rest and rest[0].islower()) else _of(found)


def _of(found: re.Match[str]) -> tuple[int, int]:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    return (hour % 12 + (12 if half == "p" else 0) if half else hour), int(found["minute"])


def _on(published: str | None, clock: tuple[int, int]) -> str | None:
    """A time of day on the day of a publication, with its offset."""
    if published is None or len(published) < len("2031-04-02"):
        return None
    offset = re.search(r"(?:Z|[+-]\d\d:?\d\d)$", published[10:])
    return f"{published[:10]}T{clock[0]:02}:{clock[1]:02}{offset[0] if offset else ''}"
