"""A text into its lines, and what a line looks like: a paragraph, a headline, a snippet cut off by a site."""
from __future__ import annotations

import re
from typing import NamedTuple

HEADLINE_CHARACTERS = 160
HEADLINE_WORDS = 24
"""The longest line taken for a headline.  Chosen: broadsheet headlines with a kicker stay below."""

PARAGRAPH = 90
"""Characters from which a line that ends like a sentence is a paragraph.  Chosen: one full printed line and a bit."""

_line = re.compile(r"[^\r\n]+")
_ends = re.compile(r"(?:[.!?。！？।؟][\"'”’»)\]*_]{0,3}(?:\s?\([^()]{1,40}\))?|[:;,])$")    # a credit may follow
_cut = re.compile(r"(?:\.\.\.|…)[\])\"”]?(?:\s?(?:read more|continue reading|more|»|›|→)\W{0,2})?$", re.IGNORECASE)


class Line(NamedTuple):
    """A line that is not blank: the span of its text without the white space around it, and that text."""

    start: int
    end: int
    text: str


def lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order."""
    found = []
    for match in _line.finditer(text):
        if stripped := match[0].strip():
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(Line(start, start + len(stripped), stripped))
    return found


def letters(text: str) -> str:
    """The letters and digits of a text, by which a line is known again however it is spaced and marked."""
    return "".join(filter(str.isalnum, text))


def is_ended(line: Line) -> bool:
    """Ended like a sentence or a part of one: by a full stop, a question or exclamation mark, a comma or a colon."""
    return _ends.search(line.text[-50:]) is not None


def is_paragraph(line: Line) -> bool:
    """Long, and ended like a sentence, not cut off."""
    return len(line.text) >= PARAGRAPH and is_ended(line) and not is_cut(line)


def is_headline(line: Line) -> bool:
    """Short, not begun in lower case, and not ended with a full stop."""
    text = line.text
    if len(text) > HEADLINE_CHARACTERS or len(text.split()) > HEADLINE_WORDS or text[0].islower():
        return False
    return any(map(str.isalpha, text)) and (text.endswith(("?", "!")) or not is_ended(line))


def is_cut(line: Line) -> bool:
    """Ended by an ellipsis, as sites cut the beginning of another article."""
    return len(line.text) >= PARAGRAPH / 2 and _cut.search(line.text[-40:]) is not None


def begins_with(line: Line, beginning: Line) -> bool:
    """Whether a line begins with the words of another, of a headline's length."""
    return folded(line.text[:2 * HEADLINE_CHARACTERS]).startswith(folded(beginning.text[:HEADLINE_CHARACTERS]))


def ends_with(line: Line, ending: Line) -> bool:
    """Whether a line ends with the words of another that is no longer than a headline."""
    return (len(ending.text) <= HEADLINE_CHARACTERS
            and folded(line.text[-2 * HEADLINE_CHARACTERS:]).endswith(folded(ending.text)))


def folded(text: str) -> str:
    """The text without regard to case or the kind of white space."""
    return " ".join(text.split()).casefold()
