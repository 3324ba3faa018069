"""A text's credit lines to the outlets they name: "(Outlet)", "Source: Outlet", "first appeared in Outlet".

English wordings only; a bracketed name is read in any language that has capitals.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from whence.text.meaning import wires
from whence.text.normalize import Word, words

SHORT = 25
"""Words in a sentence that can be a credit line; chosen: a longer one tells something."""

SHORTEST = 2
"""Letters of initials that name an outlet."""

_ENDS = re.compile(r"[.!?\n\r]")
_GIVES = re.compile(
    r"\b(?:source|via|credit|courtesy of|reprinted|republished|reproduced|originally|(?:first|previously) "
    r"(?:appeared|published|ran|reported)|(?:appeared|published) (?:first|originally)|contributed to|"
    r"with (?:reporting|material|files) (?:by|from)|reporting by|additional reporting|syndicated|translated from)\b",
    re.IGNORECASE)

_NAME = r"(?P<name>[A-Z][\w.&'’-]{0,30}(?:[ ](?:of|the|and|for|de|la|[A-Z][\w.&'’-]{0,30})){0,5})"
_CLOSES = r"[.!\s]*(?=\n|\Z)"
_OPENS = r"(?:\A|\n|(?<=[.!?”\"])[ ])"
_LINES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple((needs, re.compile(pattern)) for needs, pattern in (
    (("(",), rf"\A[^\n()]{{0,60}}\({_NAME}\)\s*[-–—]"),                       # a dateline: PLACE (Outlet) -
    (("(", "["), rf"{_OPENS}\s*(?P<alone>[(\[]){_NAME}[)\]]{_CLOSES}"),
    (("ource:",), rf"{_OPENS}\s*[Ss]ource:\s*{_NAME}{_CLOSES}"),
    (("first ", "originally ", "previously "),
     rf"\b(?:first|originally|previously) (?:appeared|ran|published|reported) (?:in|on|by|at) {_NAME}{_CLOSES}"),
    ((" first ", " originally "),
     rf"\b(?:appeared|published) (?:first|originally) (?:in|on|by|at) {_NAME}{_CLOSES}"),
    (("printed ", "published ", "produced "),
     rf"\b(?:[Rr]eprinted|[Rr]epublished|[Rr]eproduced) (?:from|courtesy of|with (?:the )?permission (?:of|from)) "
     rf"{_NAME}{_CLOSES}"),
))
"""What a text must hold for a line to be looked for at all (one of these), and the line."""


class Credit(NamedTuple):
    """A credit line's outlet, as its folded words, and where the name stands."""

    outlet: tuple[str, ...]
    start: int
    end: int


Names = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Publishers by the first folded word of their names: (all folded words, publisher), longest first."""


@lru_cache(maxsize=4096)
def initials(publisher: str | None) -> str:
    """The first letters of a name of two words or more, folded, which credit lines give for it; else nothing.

    >>> initials("Reed News Agency")
    'rna'
    """
    forms = words(publisher or "")
    return "".join(word.form[0] for word in forms) if len(forms) > 1 else ""


def known_names(publishers: Iterable[str | None]) -> Names:
    """Publishers as `credited` looks for them, by name and by initials; of two alike, the first in spelling order."""
    folded: dict[tuple[str, ...], str] = {}
    known = sorted({p for p in publishers if p})
    for publisher in known:
        folded.setdefault(tuple(word.form for word in words(publisher)), publisher)
    for publisher in known:
        if len(short := initials(publisher)) >= SHORTEST:
            folded.setdefault((short,), publisher)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for forms, publisher in folded.items():
        if forms:
            by_first.setdefault(forms[0], []).append((forms, publisher))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for first, rows in by_first.items()}


def credited(text: str, names: Names, forms: Sequence[str] | None = None) -> set[str]:
    """The publishers that the text's credit lines name.

    A credit line is a short sentence that holds a publisher's name in brackets, or nothing else, or says that the
    publisher gives or gave the text.  `forms` are the text's folded words, where they are known already.
    """
    if forms is not None and not _names_any(forms, names):
        return set()
    found: set[str] = set()
    spans = words(text)
    end = 0
    for n, word in enumerate(spans):
        for name, publisher in names.get(word.form, ()) if n >= end else ():
            if tuple(w.form for w in spans[n:n + len(name)]) == name:
                if len(name) == 1 and name[0] == initials(publisher) and not text[word.start:word.end].isupper():
                    continue
                end = n + len(name)
                if publisher not in found and _is_credit(text, spans, n, n + len(name)):
                    found.add(publisher)
                break
    return found


def _names_any(forms: Sequence[str], names: Names) -> bool:
    places = [n for n, form in enumerate(forms) if form in names]
    return any(tuple(forms[n:n + len(name)]) == name for n in places for name, _ in names[forms[n]])


def credit_lines(text: str) -> list[Credit]:
    """The credit lines that say where the whole text comes from, whatever outlet they name, by place."""
    found = set()
    for needs, pattern in _LINES:
        for match in pattern.finditer(text) if any(need in text for need in needs) else ():
            fits = wires.bracketed_outlet if match.groupdict().get("alone") else wires.names_outlet
            if not fits(match["name"]):
                continue
            outlet = tuple(word.form for word in words(match["name"]))
            found.add(Credit(outlet, match.start("name"), match.end("name")))
    return sorted(found, key=lambda credit: credit.start)


def _is_credit(text: str, forms: list[Word], first: int, last: int) -> bool:
    """Whether a name, the words [first, last) of the text, stands in a credit line."""
    start, end = forms[first].start, forms[last - 1].end
    if text[start - 1:start] in ("(", "[") and text[end:end + 1] in (")", "]"):
        return True
    low, high = forms[max(0, first - SHORT)].start, forms[min(len(forms), last + SHORT) - 1].end
    before = _ENDS.split(text[low:start])[-1]
    after = _ENDS.split(text[end:high])[0]
    rest = words(before + " " + after)
    return not rest or (len(rest) < SHORT and bool(_GIVES.search(f"{before} {after}")))
