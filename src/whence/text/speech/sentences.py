"""Text -> paragraphs and list items by its lines, and each of those -> sentences; offsets into the text throughout."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from whence.model import Span
from whence.text.meaning.numerals import SMALL
from whence.text.speech import posts
from whence.text.speech.abbreviations import ALWAYS, MONTHS, SOMETIMES, STARTERS
from whence.text.speech.cues import TAGS

CLOSERS = "\"'”’“»«›)]}』」*"
OPENERS = "\"'“‘„‚‟«»‹([{『「*"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_MARKER = re.compile(r"(?:[-*•·▪◦‣–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\))\s+(?=\S)")
_STOP = re.compile(r"[.!?…]+(?:[ \u00a0\u202f]»(?=[\s,.;:!?]|\Z))?[\"'”’“»«›)\]}』」*]*|[。！？｡]+[\"'”’»)\]』」）]*")
_TAG = re.compile(r"(?:(?:the|[A-Z][\w.'’-]{0,30})\s+){1,5}?(?:also |then |later )?([a-z]+)\b")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“„«'‘—–/-]+\Z")
_FINAL = re.compile(r"[.!?…。！？｡:;][\"'”’“»«›)\]}』」*]*\s*\Z")

_GLUED = re.compile(r"[\"'“‘„‚«‹(\[]*([^\W\d_](?:[^\W\d_A-Z]*))(?![\w@/\\]|[.:]\w)")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+|(?<![^\W\d_])\d+)[\"'”’)\]]*\Z")
_ADDRESS = frozenset("@/\\_=.")
_HOSTS = frozenset("com net org".split())
"""How addresses end that papers also write with a capital ("Booking.Com")."""

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .'’/]{2,40}(?:, [\w .-]{1,30}){0,2}(?: ?\([^()\n]{1,40}\))?"
    r"|(?!The )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?:, [\w .-]{1,30}){0,2} ?\([A-Z][^()\n]{1,40}\))"
    r"(?: ?(?:--|–|—) ?| - )(?=[A-Z\"“‘„«'])")
LONGEST_DATELINE = 150
"""Characters.  Chosen: a place, a day and an agency."""
LONGEST_CHUNK = 60
"""Characters before a full stop that are looked at for an address.  Chosen: longer addresses are links."""
LONGEST_QUOTED = 2000
"""Characters before a straight quotation mark that are looked at for the one that it closes.  Chosen: a paragraph."""
LEAST_NAME = 5
"""Letters of a capital word that a full stop without a space after it may end.  Chosen: shorter ones are
abbreviations as often ("Adv.Rao said")."""
WRAPPED_LINE = 130
"""Characters: chosen; mail and plain-text pages wrap at 60 to 120 columns, a paragraph on one line is mostly longer."""
OPEN_LINE = 40
"""Characters: chosen; a shorter line without a full stop is a heading, a name or an address, not a wrapped line."""
RAGGED = 10
"""Characters that a wrapped line may fall short by, besides the word that had no room.  Chosen: wrapped by hand."""
LONGEST_ABBREVIATION = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: its span without its list marker, whether it is an item, and its lines."""

    span: Span
    item: bool
    lines: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    after_blank: bool
    item: bool
    final: bool

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


def blocks(text: str) -> list[Block]:
    """The paragraphs, headings and list items of a text, in order.

    A blank line always parts two of them.  A single line end parts them too unless the text is wrapped: most of its
    lines then break off in mid-sentence, at about the same width.
    """
    lines = list(_lines(text))
    width = _wrapped_at(lines)
    headings = {at for at in range(len(lines) - 1) if width and _is_heading(text, lines, at, width)}
    made: list[Block] = []
    for position, line in enumerate(lines):
        before = lines[position - 1] if position else None
        if before is not None and not line.after_blank and not line.item and headings.isdisjoint(
                (position - 1, position)) and _goes_on(text, before, line, width > 0):
            last = made[-1]
            made[-1] = Block(Span(last.span.start, line.end), last.item, last.lines + 1)
            continue
        marker = _MARKER.match(text, line.start, line.end) if line.item else None
        made.append(Block(Span(marker.end() if marker else line.start, line.end), line.item, 1))
    return made


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a mark that closes a sentence (or a colon that announces one).

    >>> ends_sentence("“We never closed.”"), ends_sentence("Harbour news in brief")
    (True, False)
    """
    return _FINAL.search(text[-20:]) is not None


def split(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a block, in order, without the white space around them; closing marks stay with theirs.

    >>> line = "Dr. J. Ames came at 5.30 p.m. on Monday. “Is it open?” she asked. It was."
    >>> [line[s:e] for s, e in split(line, 0, len(line))]
    ['Dr. J. Ames came at 5.30 p.m. on Monday.', '“Is it open?” she asked.', 'It was.']
    """
    for part, signs in posts.parts(text, start, end):
        if signs:
            yield part
        else:
            yield from _split(text, *part)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    begun = dateline(text, start, end)
    if begun > start and (opening := _trim(text, start, begun)):
        yield opening
    for stop in _STOP.finditer(text, start, end):
        if stop.start() > begun and _is_boundary(text, stop, begun, end):
            after = stop.end() - _opens(text, stop, start, end)
            trimmed = _trim(text, begun, after)
            if trimmed:
                yield trimmed
            begun = after
    rest = _trim(text, begun, end)
    if rest:
        yield rest


def dateline(text: str, start: int, end: int) -> int:
    """Where a report's own words begin after the place, day and agency that it opens with; `start` where it has none.

    >>> line = "OSTREY, May 3 (Fenwire) — The mill burned."
    >>> line[dateline(line, 0, len(line)):]
    'The mill burned.'
    """
    found = _DATELINE.match(text, start, min(end, start + LONGEST_DATELINE))
    return found.end() if found else start


def _lines(text: str) -> Iterator[_Line]:
    blank = False
    last_end = 0
    for found in _LINE.finditer(text):
        trimmed = _trim(text, *found.span())
        blank = blank or _holds_blank(text, last_end, found.start())
        last_end = found.end()
        if trimmed is None:
            blank = True
            continue
        item = _MARKER.match(text, trimmed.start, trimmed.end) is not None \
            and posts.SIGNATURE.match(text, trimmed.start, trimmed.end) is None
        tail = text[max(trimmed.end - 20, trimmed.start):trimmed.end]
        yield _Line(trimmed.start, trimmed.end, blank, item, ends_sentence(tail))
        blank = False


def _holds_blank(text: str, start: int, end: int) -> bool:
    """Whether the line ends between two lines make an empty line; CR LF is one line end."""
    between = text[start:end]
    return "\u2029" in between or len(between.replace("\r\n", "\n")) > 1


def _wrapped_at(lines: list[_Line]) -> float:
    """The usual length of the lines that break off in mid-sentence where most do, so that the text is wrapped; else 0.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank and not b.item]
    broken = [a.length for a, _ in pairs if not a.final and OPEN_LINE <= a.length <= WRAPPED_LINE]
    return median(broken) if len(pairs) > 1 and 2 * len(broken) > len(pairs) else 0


def _is_heading(text: str, lines: list[_Line], at: int, width: float) -> bool:
    """Whether a line of wrapped text stands for itself: after a sentence's end, without one, and before a capital word
    that would have had room on it.
    """
    line, after = lines[at], lines[at + 1]
    first = text[after.start:after.start + LONGEST_CHUNK].split()[0]
    begins = at == 0 or line.after_blank or lines[at - 1].final
    room = line.length + 1 + len(first) + RAGGED <= width
    return begins and room and not line.final and not line.item and text[line.end - 1] not in ",，、" \
        and not after.after_blank and first[0].isupper()


def _goes_on(text: str, before: _Line, line: _Line, wrapped: bool) -> bool:
    if wrapped:
        return before.length >= OPEN_LINE or not before.final
    return not before.final and text[line.start].islower()


def _is_boundary(text: str, stop: re.Match[str], begun: int, end: int) -> bool:
    marks, after = stop.group(), stop.end()
    if after >= end or marks[0] in "。！？｡":
        return True
    closed = len(marks) > 1 and marks[-1] in CLOSERS
    following = _next_word(text, after, end)
    if following[:1].islower() or (not text[after].isspace() and not _is_glued(text, stop, begun, end)):
        return False
    if marks[0] in "!?" and closed and _is_tagged(text[after:after + 140].lstrip()):
        return False
    return marks != "." or not _is_abbreviation(text, stop.start(), begun, following)


def _is_glued(text: str, stop: re.Match[str], begun: int, end: int) -> bool:
    """Whether a sentence ends at a mark without a space after it ("he said.The mill"), and no address, file, initial or
    brand goes on there ("example.com", "J.K.Ames", "Yahoo!News").
    """
    marks, after = stop.group(), stop.end()
    found = _GLUED.match(text, after, min(end, after + 40))
    if found is None or (len(found[1]) == 1 and found[1] not in "AI"):
        return len(marks) > 1 and marks[-1] in "”»" and text[after].isupper()
    if len(marks) > 1 and marks[-1] in CLOSERS:
        return True
    word = found[1].casefold()
    before = text[max(begun, stop.start() - LONGEST_CHUNK):stop.start()].split()[-1:] or [""]
    last = _LAST_WORD.search(before[0])
    if word in STARTERS or word in SMALL:
        initials = last is not None and len(last[0]) == 1 and "." in before[0]
        return not initials or before[0].casefold() in SOMETIMES
    if last is None or word in _HOSTS or not _ADDRESS.isdisjoint(before[0]):
        return False
    if last[0].isdigit() or last[0].islower():
        return len(last[0]) > 1 or last[0].isdigit()
    return marks == "." and len(last[0]) >= LEAST_NAME and text[found.end(1):found.end(1) + 2].strip().islower()


def _opens(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether the last mark opens the next sentence's quotation, set without a space: "he said.“The mill"."""
    mark, after = stop.group()[-1], stop.end()
    if len(stop.group()) < 2 or mark not in "\"“«" or after >= end or text[after].isspace():
        return False
    before = text[max(start, after - LONGEST_QUOTED):after - 1]
    if mark == '"':
        return before.count(mark) % 2 == 0
    return before.rfind("„" if mark == "“" else "»") <= before.rfind(mark)


def _is_tagged(following: str) -> bool:
    """Whether a speaker and a verb of saying follow a quotation: “Is it?” Ada Boyd asked."""
    tag = _TAG.match(following)
    return tag is not None and tag.group(1) in TAGS


def _is_abbreviation(text: str, stop: int, begun: int, following: str) -> bool:
    before = _WORD_BEFORE.search(text, max(begun, stop - LONGEST_ABBREVIATION), stop)
    if before is None:
        return False
    word, next_word = before.group(), following.casefold()
    if word.isdigit():
        return len(word) <= 2 and (next_word in MONTHS or before.start() == begun)
    lowered = word.casefold()
    if lowered in ALWAYS:
        return word != "no" or following[:1].isdigit()
    if lowered in SOMETIMES:
        return next_word not in STARTERS and (word[0].isupper() or "." in word)
    initial = len(word) == 1 and word.isupper() and word != "I"
    dotted = "." in word and all(len(part) == 1 for part in word.split("."))
    return (initial or dotted) and next_word not in STARTERS


def _next_word(text: str, start: int, end: int) -> str:
    """The word that begins after a sentence's end, without white space and opening marks; at most 40 characters on."""
    stripped = text[start:min(end, start + 40)].lstrip().lstrip(OPENERS)
    found = re.match(r"\w+", stripped)
    return found.group() if found else stripped[:1]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
