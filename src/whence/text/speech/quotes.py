"""A paragraph -> its outermost quotations by the marks of several languages, balanced or not, in one pass."""
from __future__ import annotations

import re
from dataclasses import dataclass

PAIRS = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "‘": "’", "‚": "‘’", "'": "'",
}
"""Opening marks and what may close them (CLDR's delimiters; German closes „ with “, Dutch with ”)."""
_MARK = re.compile(r"''|``|[\"“”„‟«»‹›「」『』‘’‚'″]")
_ELIDED = re.compile(r"(?:[Tt]is|[Tt]was|em|[Cc]ause|[Tt]il|\d\d)\b")
"""What an apostrophe in the shape of an opening mark shortens."""
_STRAIGHT = ("\"", "''", "``", "″")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is False where the paragraph ends before a closing mark."""

    start: int
    end: int
    closed: bool


def quotations(text: str, start: int, end: int, speech: bool = False) -> list[Quotation]:
    """The outermost quotations of a paragraph, in order; they never overlap.

    A mark that nothing closes is a quotation to the paragraph's end only where it opens the paragraph, or follows a
    colon or comma (a speech goes on in the next paragraph); elsewhere it is a stray mark and opens nothing.  Single
    marks count only where they enclose words, so that an apostrophe opens nothing.  Where `speech` is likely (what is
    read for its speakers), a quotation may also stay open after a full stop, or in single marks, and open with the
    closing mark, as in Swedish.  Time in proportion to the length.
    """
    found: list[Quotation] = []
    opener: re.Match[str] | None = None
    for mark in _MARK.finditer(text, start, end):
        if opener is None:
            opens = _opens(text, mark, start, end) or (speech and _opens_as_closed(text, mark, start, end))
            opener = mark if opens else None
        elif _closes(text, opener.group(), mark, end) or (opener.group() == "”" and mark.group() in "”“\""):
            if mark.start() > opener.end():
                found.append(Quotation(opener.start(), mark.end(), True))
            opener = None
        elif _is_weaker(opener.group(), mark.group()) and _opens(text, mark, start, end):
            opener = mark
    if opener is not None and opener.end() < end and (
            _may_stay_open(text, opener, start) or (speech and _goes_on(text, opener, start, end))):
        found.append(Quotation(opener.start(), end, False))
    return found


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign, before, after = mark.group(), text[max(start, mark.start() - 1):mark.start()], text[mark.end():mark.end() + 1]
    if not after or mark.end() >= end:
        return False
    if sign in ("'", "‘", "‚"):
        return (not before or before in " \t\n\xa0([—–-\"“:") and after.isalpha()
    if sign in _STRAIGHT:
        return not after.isspace() and after not in ".,;:!?)" and not before.isalnum()
    return sign in PAIRS and not (sign == "»" and before.strip() and not after.isalnum())


def _closes(text: str, opener: str, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    if opener in _STRAIGHT:
        return sign in _STRAIGHT or sign == "”"
    if opener == "“" and sign in ("\"", "''"):
        return True
    if sign not in PAIRS.get(opener, ""):
        return False
    if sign in ("’", "'", "‘"):
        before, after = text[mark.start() - 1], text[mark.end():min(mark.end() + 1, end)]
        return not after.isalnum() and not before.isspace()
    return True


def _is_weaker(opener: str, sign: str) -> bool:
    """Whether a mark met inside a quotation shows that its opener was none: a double mark inside a single one."""
    return opener in ("'", "‘", "‚") and sign not in ("'", "‘", "’", "‚")


def _may_stay_open(text: str, opener: re.Match[str], start: int) -> bool:
    if opener.group() in ("'", "‘", "‚", "»"):
        return False
    before = text[max(start, opener.start() - 3):opener.start()].strip()
    return not before or before[-1] in ":,"


def _opens_as_closed(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a closing double mark opens: after white space or nothing, before a letter."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    return mark.group() == "”" and before.isspace() and mark.end() < end and text[mark.end()].isalpha()


def _goes_on(text: str, opener: re.Match[str], start: int, end: int) -> bool:
    """Whether a quotation begins where a sentence does, or after a comma, and runs on into the next paragraph."""
    before, after = text[max(start, opener.start() - 3):opener.start()].strip(), text[opener.end():opener.end() + 5]
    if opener.group() == "‘":
        return not _ELIDED.match(after) and (before[-1:] == "," or (not before and after[:1].isupper()))
    double = opener.group() in ("“", "„", "«", '"', "「")
    return double and before[-1:] in (".", "!", "?", "”") and after[:1].isupper()
