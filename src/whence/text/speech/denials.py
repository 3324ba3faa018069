"""A sentence that denies something in so many words -> the clause that it denies: "X denied that …", "It is not true
that …", "The claim that … is false".
"""
from __future__ import annotations

import re

from whence.text.speech.cues import DENIALS

LEAST = 4
"""Words of a clause that is held against other statements; chosen, as of `bare.LEAST`."""
LONGEST = 1_000
"""Code points of a sentence that is looked at; chosen, as of forms.LONGEST with room for a long letter."""

_NOUN = (r"(?:allegations?|accusations?|claims?|reports?|rumou?rs?|suggestions?|assertions?|stories|story|statements?|"
         r"speculation|idea|notion|news)")
_UNTRUE = (r"(?:(?:\w+ly |just |a complete |pure )?(?:not true|untrue|false|a lie|lies|wrong|incorrect|nonsense|"
           r"baseless|unfounded|groundless|fabricated|a fabrication|a hoax|an? invention|not the case|"
           r"without foundation))")
_IS = r"(?:is|are|was|were|’s|'s)"
_DENIES = (r"(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|"
           r"disput(?:es?|ed|ing))")
_ENDS = r"(?=[.!?,”\"]*\Z|[,”\"]+ [^,;]{0,40}\b(?:said|says|told|added|according)\b|;)"
_FRAMES = tuple(re.compile(pattern) for pattern in (
    rf"\b[Ii]t(?: is| was|’s|'s) {_UNTRUE} (?:to say )?that (?P<clause>.+?){_ENDS}",
    rf"\b(?:[Tt]he|[Aa]ny|[Tt]hese|[Tt]hose|[Aa]ll) (?:\w+ ){{0,2}}{_NOUN} that (?P<clause>.+?),? {_IS} {_UNTRUE}\b",
    rf"\b(?:[Tt]here {_IS} no truth (?:in|to)|{_DENIES}) (?:as \w+ )?(?:the |any |all )?(?:\w+ ){{0,2}}?{_NOUN} that "
    rf"(?P<clause>.+?){_ENDS}",
    rf"(?<!not )(?<!never )\b{_DENIES} that (?P<clause>.+?){_ENDS}",
))
_HINT = re.compile(rf"{_UNTRUE}|{_DENIES}|no truth")
_WORDS = re.compile(r"[^\W\d_]+")
_REFUSES = frozenset("decline refuse refusal".split())
_STEMS = tuple(lemma.rstrip("ey") for lemma in DENIALS - _REFUSES)


def is_denial(cue: str) -> bool:
    """Whether a cue denies, and does not only leave unsaid.

    >>> is_denial("has denied"), is_denial("did not say"), is_denial("declined to say")
    (True, False, False)
    """
    return any(word.startswith(_STEMS) for word in _WORDS.findall(cue.lower())) and "not" not in cue.lower().split()


def denied(sentence: str) -> str | None:
    """The clause that a sentence denies, as a sentence of its own; None where it denies none in so many words.

    >>> denied("The allegation that our client moved the money abroad is false.")
    'Our client moved the money abroad'
    >>> denied("The ministry denied that the dam had leaked, and said so twice.") is None
    False
    """
    text = sentence[:LONGEST]
    if _HINT.search(text) is None:
        return None
    for frame in _FRAMES:
        found = frame.search(text)
        if found is not None:
            clause = found["clause"].strip(" ,;:")
            return clause[:1].upper() + clause[1:] if len(_WORDS.findall(clause)) >= LEAST else None
    return None
