"""Direct quotations in other languages than English -> their speakers, where a verb of saying stands beside them."""
from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from whence.model import Act, SourceKind, Span
from whence.text.speech.prose import Draft, Prose
from whence.text.speech.tongues import ASKS, EAST, EAST_OFFICES, HELPERS, SAYS

FEWEST = 2
"""Words of a quotation: chosen; a single word in marks is mostly a name or a doubt."""
REACH = 160
"""Characters beside a quotation in which its speaker is looked for: chosen."""
SCORE = .7
"""How sure such a find is: chosen, until a corpus of other languages is at hand."""

SHORTEST_EAST = 4
"""Characters of a quotation in Japanese or Chinese: chosen; a shorter one is mostly a name."""
_NAME_PARTS = frozenset("de del della di da do dos van von der den ten ter la le el al bin zu af av".split())
_TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*|[^\w\s]")
_MARKS_BETWEEN = frozenset(",.;:–—-")
_SENTENCE_START = re.compile(r".*[.!?…»”\n]\s", re.DOTALL)
LONGEST_SOURCE = 10
"""Words of a source: chosen; a name with its office."""
_CASELESS = frozenset(("ar", "fa", "he", "ur"))


class Word(NamedTuple):
    """A word or mark at [start, end) of the text."""

    start: int
    end: int
    text: str


def direct_quotation(language: str) -> None:
    """A quotation in another language, with a verb of saying and a speaker right beside it; indirect speech is not read
    in this language."""


def drafts(prose: Prose, language: str) -> list[Draft]:
    """The quotations of a text in `language` (ISO 639-1) whose speaker stands right beside them, with the speaker."""
    if language not in SAYS and language not in EAST:
        return []
    found = []
    for number, mark in enumerate(prose.marks):
        east = language in EAST
        if not mark.closed or not _is_speech(prose.text[mark.start:mark.end], east):
            continue
        before, after = _room(prose, number)
        draft = _eastern(before, after, language) if east else \
            _named_after(after, language) or _named_before(before, language)
        whole = Span(mark.start, mark.end)
        told = (*draft, [whole]) if draft is not None else None if east else _named_inside(prose, whole, language)
        if told is not None:
            source, cue, content = told
            found.append(Draft([source], cue, content, SCORE, direct_quotation, {"language": language}))
    return found


def kind(source: str, language: str) -> SourceKind:
    """Whether a source names somebody: by capitals, or in scripts without them by length."""
    if language in EAST:
        office = next((office for office in EAST_OFFICES if source.endswith(office)), "")
        return "named" if len(source) - len(office) > 1 else "role"
    words = source.split()
    if language in _CASELESS:
        return "named" if len(words) > 1 else "role"
    capitals = [word for word in words if word[:1].isupper()]
    least = 2 if language == "de" or not words[0][:1].isupper() else 1
    return "named" if len(capitals) >= least and (len(capitals) > 1 or len(words) == 1) else "role"


def act(cue: str, language: str) -> Act:
    """Whether a cue states or asks."""
    words = [word.text for word in _words(cue.lower(), 0, len(cue))]
    return "other" if _asks(language).intersection(words) else "statement"


@cache
def _asks(language: str) -> frozenset[str]:
    return frozenset(ASKS.get(language, "").split())


@cache
def _verbs(language: str) -> frozenset[str]:
    return _asks(language) | frozenset(SAYS[language].split())


@cache
def _helpers(language: str) -> frozenset[str]:
    return frozenset(HELPERS.get(language, "").split())


def _words(text: str, start: int, end: int) -> list[Word]:
    return [Word(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text, start, end)]


def _room(prose: Prose, number: int) -> tuple[tuple[Prose, int, int], tuple[Prose, int, int]]:
    """How far a quotation's speaker may stand before and after it: in its paragraph, and between its neighbours."""
    mark = prose.marks[number]
    paragraph = prose.paragraph(prose.sentence(mark.start))
    low, high = max(paragraph.start, mark.start - REACH), min(paragraph.end, mark.end + REACH)
    low = max([low, *(other.end for other in prose.marks[max(0, number - 1):number])])
    high = min([high, *(other.start for other in prose.marks[number + 1:number + 2])])
    return (prose, low, mark.start), (prose, mark.end, max(high, mark.end))


def _is_speech(quotation: str, east: bool) -> bool:
    inner = quotation.strip("\"'“”„‟«»‹›「」『』‘’‚ \u00a0\u202f")
    return len(inner) >= SHORTEST_EAST if east else len(inner.split()) >= FEWEST


def _named_after(room: tuple[Prose, int, int], language: str) -> tuple[Span, Span] | None:
    """“…”, said Ada Boyd; or “…”, Ada Boyd said: source and cue."""
    words = _words(room[0].text, room[1], room[2])
    at = next((n for n, word in enumerate(words) if word.text not in _MARKS_BETWEEN), len(words))
    if at > 2:
        return None
    cue = _cue(words, at, language)
    if cue is not None:
        stop = _speaker(words, cue, language)
        return (_span(words, cue, stop), _span(words, at, cue)) if stop > cue else None
    stop = _speaker(words, at, language)
    cue = _cue(words, stop, language) if stop > at else None
    return (_span(words, at, stop), _span(words, stop, cue)) if cue is not None else None


def _named_inside(prose: Prose, mark: Span, language: str) -> tuple[Span, Span, list[Span]] | None:
    """« …, said Ada Boyd. … »: source, cue, and what is said before and after."""
    words = _words(prose.text, mark.start, mark.end)
    for at in range(2, len(words) - 2):
        cue = _cue(words, at, language) if words[at - 1].text in ",?!" else None
        stop = _speaker(words, cue, language) if cue is not None else at
        if cue is not None and stop > cue and stop < len(words) and words[stop].text in (".", ","):
            said = [Span(mark.start, words[at - 1].end), Span(words[stop].end, mark.end)]
            said = [span for span in said if _is_speech(prose.text[slice(*span)], east=False)]
            return (_span(words, cue, stop), _span(words, at, cue), said) if said else None
    return None


def _named_before(room: tuple[Prose, int, int], language: str) -> tuple[Span, Span] | None:
    """Ada Boyd said: “…”; or, where verbs come first, said Ada Boyd: “…”."""
    prose, low, high = room
    begun = _SENTENCE_START.match(prose.text, low, high)
    words = _words(prose.text, begun.end() if begun else low, high)
    colon = bool(words) and words[-1].text == ":"
    while words and words[-1].text in ":,":
        words.pop()
    if not words or len(words) > LONGEST_SOURCE + 4:
        return None
    first = _cue(words, 0, language)
    if first is not None and colon and _speaker(words, first, language) == len(words):
        return _span(words, first, len(words)), _span(words, 0, first)
    at = next((n for n in range(max(1, len(words) - 3), len(words)) if _cue(words, n, language) == len(words)), None)
    if at is None or not any(word.text[0].isupper() for word in words[:at]) or language in _CASELESS:
        return None
    cue = _span(words, at, len(words))
    if colon and prose.text[cue.end:cue.end + 1] == ":":
        cue = Span(cue.start, cue.end + 1)
    return _span(words, 0, at), cue


def _cue(words: list[Word], at: int, language: str) -> int | None:
    """The word after a verb of saying (with its helper) at a place, or None."""
    helped = at < len(words) and words[at].text.lower() in _helpers(language)
    stop = at + helped
    return stop + 1 if stop < len(words) and words[stop].text.lower() in _verbs(language) else None


def _speaker(words: list[Word], at: int, language: str) -> int:
    """The word after a speaker that begins at a place; the place itself where none plainly does.

    A name with what stands before it in lower case ("la ministra Ana Sol"), a name after an office and a comma ("le
    maire de Sarn, Jo Kol"), and an office in lower case after a name and a comma.
    """
    stop = _name(words, at, language)
    if stop == at:
        return _after_office(words, at, language)
    if stop + 1 < len(words) and words[stop].text == ",":
        beside = stop + 1
        if not words[at].text[0].isupper() and words[beside].text[0].isupper():
            return _name(words, beside, language)
        ends = next((n for n in range(beside, min(beside + 9, len(words))) if words[n].text in ".,;"), len(words))
        apposed = words[beside:ends]
        if words[beside].text.islower() and 1 < len(apposed) < 9 and not any(w.text.isdigit() for w in apposed):
            return ends
    return stop


def _after_office(words: list[Word], at: int, language: str) -> int:
    """The word after an office in lower case, a comma and a name ("la maire, Ada Boyd"); the place itself otherwise."""
    comma = next((n for n in range(at, min(at + 6, len(words))) if not words[n].text[0].isalpha()), at)
    if comma == at or words[comma].text != "," or comma + 1 >= len(words) or not words[comma + 1].text[0].isupper():
        return at
    return _name(words, comma + 1, language)


def _name(words: list[Word], at: int, language: str) -> int:
    caseless = language in _CASELESS
    stop = at
    for n in range(at, min(at + LONGEST_SOURCE, len(words))):
        text = words[n].text
        if not text[0].isalpha():
            break
        if text[0].isupper() or caseless:
            stop = n + 1
            if caseless and stop - at == 4:
                break
        elif (stop > at and text not in _NAME_PARTS) or n - max(at, stop) > 3:
            break
    return stop


def _span(words: list[Word], first: int, stop: int) -> Span:
    return Span(words[first].start, words[stop - 1].end)


def _eastern(before: tuple[Prose, int, int], after: tuple[Prose, int, int], language: str) -> tuple[Span, Span] | None:
    """Japanese: the speaker with a particle, the quotation, the verb; Chinese: the speaker, the verb, the quotation."""
    prose, low, high = before
    text = prose.text
    marker, verbs = EAST[language]
    if language == "ja":
        cue = re.compile(f"と(?P<cue>{verbs})").match(text, after[1], after[2])
        before_it = re.compile(rf"(?:.*[。、\s])?(?P<source>[^。、\s]{{2,24}}?){marker}、?$", re.DOTALL)
        source = before_it.match(text[low:high])
        if cue is None or source is None:
            return None
        return Span(low + source.start("source"), low + source.end("source")), Span(*cue.span("cue"))
    said = rf"(?P<source>[^。！？，,\s]{{2,24}}?)(?P<cue>{verbs})[：:，,]?\s*$"
    found = re.compile(rf"(?:.*[。！？，,\s])?{said}", re.DOTALL)
    match = found.match(text[low:high])
    if match is None:
        return None
    begun, cut, stop = match.start("source"), match.end("source"), match.end("cue")
    return Span(low + begun, low + cut), Span(low + cut, low + stop)
