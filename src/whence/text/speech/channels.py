"""A sentence -> the outlet that somebody's words were given to, and what in it is a credit, not anybody's words."""
from __future__ import annotations

import re
from typing import NamedTuple

from whence.model import Span
from whence.text.meaning import names, newsroom
from whence.text.speech.prose import Draft, Prose

AGENCIES = frozenset("""
    reuters afp ap upi bbc cnn nbc cbs abc npr pbs itv rte cbc dpa apa ansa efe lusa belga anp tass interfax ria xinhua
    kyodo jiji yonhap antara pti ani anadolu irna bloomberg politico axios euronews deutschlandfunk
""".split())
"""Agencies and stations whose names no word like "news" gives away, from their own imprints; none is rated."""
_NAME = r"(?P<name>(?:[A-Z]|\d{1,3}[a-z]{0,3}\d?[A-Z])[\w&’'.-]*(?:[ -](?:[A-Z][\w&’'-]*|of|de|des|der|du|la)){0,5})"
_TO = re.compile(
    rf"\s*(?:exclusively\s+|(?:in|during) an interview\s+)?(?:to |with )?(?P<whole>(?:the |our |this )?(?:{_NAME}|"
    rf"(?P<own>(?<=this )\w+|(?<=our )\w+)))")
_THROUGH = re.compile(
    rf"\b(?:(?:[Ii]n|[Dd]uring|[Ff]or) an? (?:[\w’'-]+ ){{0,3}}(?:interview|statement|message|email|e-mail|call|"
    rf"conversation|op-ed|column|essay|article|letter)s?"
    rf" (?:with|to|on|in|for|by|(?:broadcast|published|aired|carried|printed) (?:by|in|on))"
    rf"|(?:[Ii]n|[Dd]uring) (?:comments|remarks|interviews|statements) (?:to|with|on|for|carried by|published by)"
    rf"|(?:[Ss]peaking|[Tt]alking|spoke|spoken|speaks|talked) (?:exclusively )?(?:to|with|on)"
    rf"|(?:wrote|writes|written|[Ww]riting) (?:an? [\w’'-]+ )?(?:in|for)"
    rf"|(?:[Ii]nterviewed|quoted|cited) (?:by|in|on)) (?:the |our |this )?{_NAME}")
_HIDDEN = re.compile(r"\b(?:sources?|insiders?|whistle-?blowers?|tipsters?|(?:people|persons?|those) (?:familiar|close|"
                     r"briefed|with (?:direct )?knowledge))\b", re.IGNORECASE)
"""Who gives word to newsrooms alone, so that whoever is told is one, whatever its name."""
_ADDRESSING = re.compile(r"\b(?:t(?:old|ells?|elling)|inform(?:s|ed|ing)?|assur(?:es?|ed|ing)|remind(?:s|ed)?)\b")
_GIVING = re.compile(r"\s+to (?=(?:the )?[A-Z])")
_SENTENCE_CREDIT = re.compile(
    r"\W*(?:(?:additional |with |further )?(?:reporting|material|files?|contributions?) (?:by|from)\b|"
    r"(?:writing|editing|compiled|translated|edited|produced|graphics?|maps?|photographs?|illustrations?) by\b|"
    r"(?:photos?|pictures?|images?|videos?|graphics?|illustrations?|credits?|sources?|copyright|via|file photo|"
    r"maps?)\b[^.?!:]{0,12}:|"
    r"by [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}(?:,[^.]{0,60})?$|"
    r"(?:this|the) (?:story|article|report|piece|text|item)(?: was| has)?(?: been)? "
    r"(?:first|originally|previously|also) (?:appeared|published|ran|run|posted|reported)|"
    r"©|\(c\) \d|copyright \d|all rights reserved)", re.IGNORECASE)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’/-]{2,40}(?:, [\w .-]{1,30})?(?: ?\([^)]{1,40}\))? ?(?:--|-|–|—) ?(?=[A-Z\"“‘„«'])")
LONGEST_CREDIT = 300
"""Characters of a credit line: chosen; a longer sentence tells something."""


class Channel(NamedTuple):
    """An outlet's name as written, and where it stands, its article included."""

    name: str
    span: Span


def is_outlet(name: str, publisher: str | None = None) -> bool:
    """Whether a name is that of an outlet, by its words.

    >>> is_outlet("Orm Gazette"), is_outlet("Reuters"), is_outlet("Ada Boyd"), is_outlet("Orm Council")
    (True, True, False, False)
    """
    folded = names.fold_name(name)
    known = bool(folded) and publisher is not None and folded == names.fold_name(publisher)
    return known or (len(folded) < 3 and folded[:1] != () and folded[0] in AGENCIES) or newsroom.media_name(folded)


def channel(prose: Prose, draft: Draft, publisher: str | None) -> Channel | None:
    """The outlet that a draft's words were given to: right after the cue ("told the Beacon"), or elsewhere in the
    sentence ("in an interview with the Beacon", "wrote in the Beacon").
    """
    text, cue = prose.text, draft.cue
    hidden = _HIDDEN.search(prose.shown(draft.source[:1])) is not None
    sentence = prose.sentences[prose.sentence(cue.start)]
    stop = min(sentence.end, cue.end + 120)
    shown = text[cue.start:cue.end]
    follows = _GIVING.match(text, cue.end, stop)
    if _ADDRESSING.search(shown) or follows:
        found = _channel(_TO.match(text, follows.end() if follows else cue.end, stop), publisher, hidden)
        if found:
            return found
    for match in _THROUGH.finditer(text, max(sentence.start, cue.start - 300), min(sentence.end, cue.end + 300)):
        found = _channel(match, publisher, hidden)
        if found and not any(span.start <= found.span.start < span.end for span in draft.content):
            return found
    return None


def _channel(match: re.Match[str] | None, publisher: str | None, hidden: bool) -> Channel | None:
    """The outlet in a match; to whomever a hidden source spoke, that is one."""
    if match is None or not match["name"]:
        return None
    whole = match["name"].rstrip(".")
    name, start = whole, match.start("name")
    while name and not is_outlet(name, publisher):
        name = name.rpartition(" ")[0]
    name = name or (whole if hidden and names.untitled(names.fold_name(whole)) == names.fold_name(whole) else "")
    name = re.sub(r"['’]s$", "", name)
    begun = match.start("whole") if "whole" in match.groupdict() else start
    return Channel(name, Span(begun, start + len(name))) if name else None


def without(draft: Draft, span: Span, text: str) -> None:
    """Take an outlet's name out of the sources, and off the contents that begin with it."""
    kept = [s for s in draft.source if s.end <= span.start or s.start >= span.end or s.end > span.end + 1]
    draft.source = kept
    cut = []
    for start, end in draft.content:
        if span.start <= start < span.end or start <= span.start < start + 2:
            start = span.end
            while start < end and text[start] in " ,":
                start += 1
        if start < end:
            cut.append(Span(start, end))
    draft.content = cut


def is_credit(text: str, start: int, end: int) -> bool:
    """Whether a sentence is a credit line: who wrote, photographed or first published the text, or a chart's source."""
    return end - start <= LONGEST_CREDIT and _SENTENCE_CREDIT.match(text, start, end) is not None


def dateline(text: str, start: int, end: int) -> int:
    """Where a sentence's own words begin, after a dateline: the place, often with the agency, and a dash."""
    found = _DATELINE.match(text, start, min(end, start + 120))
    return found.end() if found else start
