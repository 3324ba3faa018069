"""A saved article's text into the parts of it that are not the article's own, and the items of a digest.

Nothing is cut: each rule marks lines, and the list of rules is the whole method.  A rule that is unsure marks nothing,
since a marked sentence makes no statement.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from whence.model import SegmentLabel
from whence.text.page import sitewords
from whence.text.page.lines import (
    HEADLINE_CHARACTERS,
    PARAGRAPH,
    Line,
    begins_with,
    ends_with,
    is_cut,
    is_ended,
    is_headline,
    is_paragraph,
    lines,
)

SUMMARY = 400
"""Characters of the longest whole summary under a teaser's headline.  Chosen: longer ones are cut by the sites."""

FURNITURE = 350
"""Characters of the longest line of menus and footers.  Chosen: a cookie notice in full."""

TOP = 15
"""Lines from the first in which a breadcrumb or a doubled headline can stand.  Chosen: a menu printed one a line."""

HEAD = 20_000
"""Characters in which a plain text's headline must stand.  Chosen: what stands above an article, with room to spare."""

CORRECTION = 1_000
"""Characters of the longest note of a correction.  Chosen: several things put right in one."""

COMMENT_PARAGRAPHS = 3
"""Paragraphs that a comment may have; more below the last mark of one are the article.  Chosen: most have one."""

_bullet = re.compile(r"(?:[-*•–—·▪]|\d{1,2}[.)])\s+\S")
_dash = re.compile(r"[-*•–—·▪]\s")
_separators = re.compile(r"\s?[|›»>/·•→]\s?|\s[-–—]\s|\t|  ")
_words = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Part(NamedTuple):
    """A run of code points with what it is; for an item, when it says that it was published."""

    start: int
    end: int
    label: SegmentLabel
    published: str | None = None


@dataclass(slots=True)
class Layout:
    """The lines of a text with what the rules have made of them; `body` is the first line that is a paragraph."""

    lines: list[Line]
    body: int
    labels: dict[int, SegmentLabel] = field(default_factory=dict)

    def mark(self, indices: Iterable[int], label: SegmentLabel) -> None:
        """Label lines; what an earlier rule said of a line stands."""
        for index in indices:
            self.labels.setdefault(index, label)


def label(text: str, title: str | None = None) -> list[Part]:
    """The parts of `text` that are not the article's own, and a digest's items, in order of their start.

    Parts of the first kind do not overlap; an item may hold some.  Takes time in proportion to the text.
    """
    layout = _read(text)
    parts: list[Part] = []
    previous = -2
    for index in sorted(layout.labels):
        line, kind = layout.lines[index], layout.labels[index]
        if previous == index - 1 and parts[-1].label == kind:
            parts[-1] = Part(parts[-1].start, line.end, kind)
        else:
            parts.append(Part(line.start, line.end, kind))
        previous = index
    return sorted(parts + items(layout, title), key=lambda part: part[:3])


def headline(text: str) -> str | None:
    """The headline that a plain text begins with, if it does: a short line set off from the paragraphs below it."""
    head = text[:HEAD]
    layout = _read(head)
    own = [line for index, line in enumerate(layout.lines[:2 * TOP]) if index not in layout.labels]
    if not own:
        return None
    first, following = own[0], own[1] if len(own) > 1 else None
    set_off = is_headline(first) and following is not None and _set_off(head, first, following)
    if not set_off and not first.text.startswith("#"):
        return None
    return " ".join(first.text[:HEADLINE_CHARACTERS].strip("#").split()) or None


def _read(text: str) -> Layout:
    found = lines(text)
    layout = Layout(found, next((i for i, line in enumerate(found) if is_paragraph(line)), len(found)))
    for rule in RULES:
        rule(layout)
    return layout


def _set_off(text: str, line: Line, following: Line) -> bool:
    """Whether a line stands apart from the next: by a blank line, or by being far shorter than the paragraph below."""
    if text[line.end:following.start].replace("\r\n", "\n").count("\n") > 1:
        return True
    return is_paragraph(following) and len(following.text) > 2 * len(line.text) and not following.text[0].islower()


# -- the rules ------------------------------------------------------------------------------------------------------

def boilerplate_lines(layout: Layout) -> None:
    """What the site prints under every article: rights, cookies, newsletters, the link out of its mobile version."""
    layout.mark((i for i, line in enumerate(layout.lines)
                 if len(line.text) <= FURNITURE and sitewords.BOILERPLATE.fullmatch(line.text)), "boilerplate")


def corrections(layout: Layout) -> None:
    """A note that takes back what an earlier version said: what it repeats of that, nobody says any more."""
    layout.mark((i for i, line in enumerate(layout.lines)
                 if len(line.text) <= CORRECTION and sitewords.CORRECTION.match(line.text)), "boilerplate")


def sections(layout: Layout) -> None:
    """A heading such as "Popular posts" or "Comments" opens a part that is not the article's own.

    The part ends at the next such heading, or where the article's paragraphs go on.
    """
    heads = [(i, kind) for i, line in enumerate(layout.lines) if i not in layout.labels and (kind := _heading(line))]
    tail = _summaries(layout)
    for (start, kind), (end, _) in pairwise([*heads, (len(layout.lines), "menu")]):
        if kind == "teaser":
            layout.mark(_teasers(layout, start, end, tail), "teaser")
        else:
            layout.mark(_comments(layout, start, end, tail), "comments")


def teaser_lines(layout: Layout) -> None:
    """A line that only points to another article: "Read also: …", "Continue reading"."""
    layout.mark((i for i, line in enumerate(layout.lines) if len(line.text) <= FURNITURE
                 and (sitewords.TEASER_LINE.match(line.text) or sitewords.MORE_LINK.fullmatch(line.text))), "teaser")


def cut_snippets(layout: Layout) -> None:
    """Below the article, headlines each with the cut beginning of its article: two or more, or a headline repeated."""
    own = layout.lines
    pairs = [i for i in range(layout.body + 1, len(own) - 1) if is_headline(own[i]) and is_cut(own[i + 1])]
    several = {i for one, other in pairwise(pairs) if other - one == 2 for i in (one, other)}
    for index in pairs:
        if index in several or begins_with(own[index + 1], own[index]):
            layout.mark([index, index + 1], "teaser")


def menu_lines(layout: Layout) -> None:
    """Navigation and share bars: a known phrase, or a line of nothing but the names of sections and networks."""
    layout.mark((i for i, line in enumerate(layout.lines) if len(line.text) <= FURNITURE
                 and (sitewords.MENU_LINE.fullmatch(line.text) or _only_menu_words(line))), "menu")


def breadcrumbs(layout: Layout) -> None:
    """Above the article, the way from the home page to it: begun with "Home", or parted by arrows or bars."""
    for index, (line, below) in enumerate(pairwise(layout.lines[:min(TOP, layout.body) + 1])):
        if line.text.startswith("|"):    # a row of a table, as trafilatura writes it
            continue
        titled = len(below.text.split()) > 2 and len(line.text) > len(below.text) and ends_with(line, below)
        pieces = [piece for piece in _separators.split(line.text[:FURNITURE]) if piece.strip()]
        from_home = sitewords.HOME.match(line.text) and (titled or len(pieces) > 1)
        short = len(pieces) > 3 and all(len(piece.split()) <= 3 for piece in pieces)
        if from_home or (titled and len(pieces) > 2) or short:
            layout.mark([index], "menu")


def doubled_headline(layout: Layout) -> None:
    """Above the article, a headline that the site prints once more for itself: the last one is the article's."""
    latest: dict[str, int] = {}
    for index, line in enumerate(layout.lines[:min(TOP, layout.body)]):
        if is_headline(line) and len(line.text.split()) > 2:
            layout.mark([latest[line.text]] if line.text in latest else [], "menu")
            latest[line.text] = index


def menu_runs(layout: Layout) -> None:
    """Above the article, four lines or more of one to three words: a menu printed one entry a line."""
    run: list[int] = []
    for index in range(layout.body + 1):
        line = layout.lines[index] if index < layout.body else None
        if line and len(line.text) <= 40 and len(line.text.split()) <= 3 and not is_ended(line):
            run.append(index)
            continue
        layout.mark(run if len(run) >= 4 and layout.body < len(layout.lines) else [], "menu")
        run = []


def site_name(layout: Layout) -> None:
    """The first line, where the site's menu comes right under it and the article's headline only then."""
    above = [line for i, line in enumerate(layout.lines[1:layout.body], 1) if i not in layout.labels]
    if layout.labels.get(1) == "menu" and layout.body < len(layout.lines) and any(map(is_headline, above)):
        layout.mark([0], "menu")


RULES: tuple[Callable[[Layout], None], ...] = (
    boilerplate_lines, corrections, sections, teaser_lines, cut_snippets, menu_lines, breadcrumbs, doubled_headline,
    menu_runs, site_name)


def items(layout: Layout, title: str | None) -> list[Part]:
    """The items of a digest ("News in brief"): each from its own heading, or its bullet, to the next.

    Only where the title or the first lines announce a digest, and two items or more are there.
    """
    all_lines = layout.lines
    own = [i for i in range(len(all_lines)) if i not in layout.labels]
    heads = [title or "", *(all_lines[i].text for i in own[:3])]
    if not any(len(head) <= HEADLINE_CHARACTERS and sitewords.DIGEST.search(head) for head in heads):
        return []
    starts = {i for i, below in pairwise(own) if is_headline(all_lines[i]) and is_paragraph(all_lines[below])
              and not sitewords.DIGEST.search(all_lines[i].text) and not _dash.match(all_lines[i].text)}
    if len(starts) < 2:
        starts = {i for i in own if _bullet.match(all_lines[i].text) and len(all_lines[i].text) >= PARAGRAPH / 2}
    found: list[Part] = []
    for index in own if len(starts) > 1 else []:
        if index in starts:
            found.append(Part(all_lines[index].start, all_lines[index].end, "item"))
        elif found:
            found[-1] = Part(found[-1].start, all_lines[index].end, "item")
    return found


# -- what the rules share -------------------------------------------------------------------------------------------

def _heading(line: Line) -> SegmentLabel | None:
    if len(line.text) > HEADLINE_CHARACTERS:
        return None
    if sitewords.TEASER_HEAD.fullmatch(line.text):
        return "teaser"
    return "comments" if sitewords.COMMENT_HEAD.fullmatch(line.text) else None


def _summaries(layout: Layout) -> int:
    """The first line from which on there are only short lines and short summaries, each under a headline."""
    first = len(layout.lines)
    for above, line in reversed([*pairwise(layout.lines)]):
        if is_paragraph(line) and not (len(line.text) <= SUMMARY and is_headline(above)):
            break
        first -= 1
    return first


def _teasers(layout: Layout, start: int, end: int, tail: int) -> range:
    """The lines of a part that a teaser heading opens at `start`; from `tail` on, summaries are teasers too."""
    stop = start + 1
    while stop < end:
        line, above = layout.lines[stop], layout.lines[stop - 1]
        summary = stop - 1 > start and (stop >= tail or (is_headline(above) and begins_with(line, above)))
        if is_paragraph(line) and not summary:
            break
        stop += 1
    if stop == layout.body and stop - 1 > start:
        stop -= 1    # above the article, the line before its first paragraph is its own headline
    return range(start, stop)


def _comments(layout: Layout, start: int, end: int, tail: int) -> range:
    """The lines of a part that a comments heading opens at `start`.

    Readers speak as far as the marks of comments go ("Reply", "3 hours ago"), and to the end if little follows.  With
    no marks, they do if all that follows is short paragraphs each under a name; else it is a button in mid-article.
    """
    inside = range(start + 1, end)
    last = max((i for i in inside if _is_comment_mark(layout.lines[i])), default=start)
    paragraphs = [i for i in inside if i > last and is_paragraph(layout.lines[i])]
    if last == start:
        return range(start, end if tail <= start + 2 and len(paragraphs) > 1 else start + 1)
    under = paragraphs[0] if paragraphs else last
    return range(start, end if len(paragraphs) <= COMMENT_PARAGRAPHS else under + 1)


def _is_comment_mark(line: Line) -> bool:
    return len(line.text) <= HEADLINE_CHARACTERS and sitewords.COMMENT_MARK.fullmatch(line.text) is not None


def _only_menu_words(line: Line) -> bool:
    words = _words.findall(line.text.lower())
    return bool(words) and not is_ended(line) and all(word in sitewords.MENU_WORDS for word in words)
