"""A fact-check's text -> what it quotes in order to judge it, and what it finds of that in its own words."""
from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from whence.text.page.furniture import Part
from whence.text.page.lines import Line, letters, lines

LONGEST = 600
"""Characters of the longest claim, or verdict, that is taken.  Chosen: a paragraph; what is longer is an article."""
WORDS = 4
"""Words that a claim has at least.  Chosen: as many as a statement."""

_label = r"[\W_]{{0,4}}(?:{})(?: #?\d{{1,2}})?[*_]{{0,2}}\s?(?:[:：—–]|[*_]{{0,2}}$)[*_]{{0,2}}\s*"
CLAIM = re.compile(_label.format(
    r"(?:the |what (?:was|is|they) )?claim(?:ed|s)?(?: reviewed| being checked)?|the (?:statement|post)|"
    r"(?:the )?(?:myth|allegation|rumou?r)"), re.IGNORECASE)
VERDICT = re.compile(_label.format(
    r"(?:(?:the|our|[\w.&]{2,20}[’']s?) )?(?:verdict|rating|ruling|assessment|conclusion|fact[- ]check|facts?|"
    r"finding|reality|truth)s?|what (?:we found|is true|the facts are)"), re.IGNORECASE)
"""What stands above, or before, the claim and the verdict of a fact-check.  From the pages of members of the
International Fact-Checking Network, most of which print one of these."""
_within = re.compile(r"[”\"»’'.!?]\s+(?=(?:the |our )?(?:verdict|rating|ruling|assessment|conclusion|fact[- ]check|"
                     r"facts?)\s?[:：—–])", re.IGNORECASE)


def checked(text: str, reviewed: Sequence[str] = ()) -> list[Part]:
    """What a text quotes in order to judge it: what stands under or behind "Claim:" where a verdict follows, and the
    lines that say what its page marks up as `reviewed`.
    """
    all_lines = lines(text)
    found = {part.start: part for part in (*_labelled(text, all_lines), *_marked(all_lines, reviewed))}
    return [found[start] for start in sorted(found)]


def says(text: str, end: int, all_lines: Sequence[Line] | None = None) -> str | None:
    """What a text finds of the claim that it quotes up to `end`, in its own words: its verdict, else what follows,
    before the next claim.  `all_lines` are the text's, where they are known.
    """
    known = lines(text) if all_lines is None else all_lines
    at = bisect_right(known, end, key=lambda line: line.end)
    rest = text[max(known[at].start, end):known[at].end].strip() if at < len(known) else ""
    first: str | None = None
    found = ""
    for line in ((rest,) if rest else ()), (one.text for one in islice(known, at + 1, None)):
        for words in line:
            if CLAIM.match(words[:LONGEST]):
                return first
            if found:
                return " ".join(words.split())[:LONGEST]
            label = VERDICT.match(words[:LONGEST])
            if label and words[label.end():]:
                return " ".join(words[label.end():].split())[:LONGEST]
            found = words if label else ""
            first = first or " ".join(words.split())[:LONGEST]
    return first


def reviewed(scripts: Sequence[str]) -> list[str]:
    """The claims that ClaimReview markup (schema.org) in a page's JSON-LD scripts is about."""
    return [claim for script in scripts for claim in _reviews(script)]


def _labelled(text: str, all_lines: Sequence[Line]) -> Iterator[Part]:
    """Claims with a label, each where a verdict stands somewhere below it."""
    last = max((line.start for line in all_lines if VERDICT.match(line.text)), default=0)
    for number, line in enumerate(all_lines):
        label = CLAIM.match(line.text[:LONGEST])
        if not label:
            continue
        alone = label.end() == len(line.text)
        if alone and (number + 1 == len(all_lines) or VERDICT.match(all_lines[number + 1].text[:LONGEST])):
            continue                       # the claim is a picture
        start, end = (all_lines[number + 1][:2]) if alone else (line.start + label.end(), line.end)
        close = _within.search(text, start, end)
        if close or line.start < last:
            end = close.start() + 1 if close else end
            if end - start <= LONGEST and len(text[start:end].split()) >= WORDS:
                yield Part(start, end, "checked")


def _marked(all_lines: Sequence[Line], reviewed: Sequence[str]) -> Iterator[Part]:
    wanted = {letters(claim).casefold() for claim in reviewed if len(claim.split()) >= WORDS}
    for line in all_lines:
        label = CLAIM.match(line.text[:LONGEST])
        if len(line.text) <= LONGEST and letters(line.text[label.end() if label else 0:]).casefold() in wanted:
            yield Part(line.start + (label.end() if label else 0), line.end, "checked")


def _reviews(script: str) -> Iterator[str]:
    try:
        waiting: list[Any] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("claimReviewed"), str):
                yield node["claimReviewed"]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
