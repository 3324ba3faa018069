"""Whose text an article shows itself to be, by its dateline, byline or signature: an agency's or another outlet's."""
from __future__ import annotations

import re

from whence.text.meaning.vocabulary import plain_words
from whence.text.normalize import words

HEAD = 400
"""Code points in which a text tells whose it is: its dateline and byline.  Chosen: a headline and a long sentence."""
AGENCIES = frozenset(tuple(name.split()) for name in (
    "aap", "adnkronos", "afp", "agence france presse", "agencia efe", "anadolu agency", "ani", "ansa", "ap", "apa",
    "associated press", "australian associated press", "austria presse agentur", "belga", "bernama", "bloomberg",
    "bloomberg news", "canadian press", "cihan", "cna", "ctk", "deutsche presse agentur", "dpa", "dow jones newswires",
    "efe", "fars news agency", "ians", "ina", "interfax", "irna", "isna", "itar tass", "jiji press", "kcna", "kuna",
    "kyodo", "kyodo news", "lusa", "ma'an", "mena", "mti", "nan", "ntb", "pa", "pa media", "pap", "petra",
    "press association", "press trust of india", "pti", "religion news service", "reuters", "ria novosti", "rns",
    "ritzau", "sana", "sapa", "spa", "sputnik", "tanjug", "tass", "tt", "united press international", "upi", "wafa",
    "xinhua", "xinhua news agency", "yonhap", "yonhap news agency"))
"""News agencies by their folded names (of the European Alliance, OANA and FANA, and others whose name stands in English
datelines): where an article does not tell whose it is, only these are not its own newsroom."""
CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?(?:TV|AM|FM|\d{1,2}))?\Z")
"""Stations of the United States (47 CFR 73.3550): their dateline is their own."""
NO_OUTLET = frozenset(
    "via news source sources video videos updated update ends file excerpt more photo photos image images picture "
    "pictures graphic watch read story opinion analysis exclusive live breaking".split())
"""Words that stand where a credit could, and name nobody."""
_INITIALS = re.compile(r"[A-Z]{1,3}\Z")
"""As a writer signs; an outlet that goes by so few letters is known by them (is_agency)."""
_PICTURE = re.compile(r"\b(?:photos?|pictures?|images?|photograph\w*|pressphoto)\b", re.IGNORECASE)
_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})"
_DATELINES = tuple(re.compile(pattern) for pattern in (
    rf"(?:\A|\n)[^\n()]{{0,60}}\({_NAME}\) ?(?:-{{1,2}}|–|—)", rf"\A\({_NAME}\)\s"))
_BYLINES = tuple(re.compile(pattern) for pattern in (
    rf"(?:\A|\n)(?:[Bb]y:? )?{_NAME}\s*(?:\n|\||\Z)", rf"(?:\A|\n)[Bb]y:? [^\n,|]{{3,60}}[,|] {_NAME}\s*(?:\n|\Z)"))
_SIGNED = re.compile(rf"\n\s*{_NAME}\.?\s*\Z")
_LAST = 120
"""Code points in which an agency's name can sign a text.  Chosen."""


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's.

    >>> is_agency("The Associated Press"), is_agency("Marlow Beacon")
    (True, False)
    """
    folded = tuple(word.form for word in words(name))
    return folded in AGENCIES or (folded[:1] == ("the",) and folded[1:] in AGENCIES)


def names_outlet(name: str) -> bool:
    """Whether what stands in a credit line can be an outlet: no single letter, no heading, no picture's credit.

    >>> [name for name in ("R", "Via", "AFP Photo", "Sarn Wire") if names_outlet(name)]
    ['Sarn Wire']
    """
    folded = [word.form for word in words(name)]
    return len("".join(folded)) > 1 and folded[0] not in NO_OUTLET and folded[0] != "with" and (
        _PICTURE.search(name) is None)


def bracketed_outlet(name: str) -> bool:
    """Whether what stands alone in brackets can be an outlet: neither a remark of one plain word nor initials.

    >>> [name for name in ("Ends", "Graphic", "JK", "AP", "Reuters", "Sarn Wire") if bracketed_outlet(name)]
    ['AP', 'Reuters', 'Sarn Wire']
    """
    folded = [word.form for word in words(name)]
    if is_agency(name):
        return True
    return names_outlet(name) and (len(folded) > 1 or (folded[0] not in plain_words() and not _INITIALS.match(name)))


def wire(text: str, publisher: str | None) -> str | None:
    """The agency or outlet whose text an article shows itself to be, as written; None where it shows none but its own.

    >>> wire("SARN (Sarn Wire) — Dredging resumed.", "The Marlow Beacon")
    'Sarn Wire'
    >>> wire("MARLOW (KMLW) — Dredging resumed.", "The Marlow Beacon") is None
    True
    """
    head = text[:HEAD]
    datelines = [found["name"] for pattern in _DATELINES if (found := pattern.search(head))]
    bylines = [found["name"] for pattern in _BYLINES for found in pattern.finditer(head)]
    bylines += [found["name"] for found in _SIGNED.finditer(text[-_LAST:])]
    return next((name for name in datelines if is_agency(name) or _is_anothers(name, publisher)),
                next(filter(is_agency, bylines), None))


def _is_anothers(name: str, publisher: str | None) -> bool:
    own = {word.form for word in words(publisher or "")}
    return bool(own) and names_outlet(name) and CALL_SIGN.match(name) is None and not own.issuperset(
        word.form for word in words(name))
