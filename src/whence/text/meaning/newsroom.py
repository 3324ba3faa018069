"""Phrases by which a text tells that its own newsroom saw it, that a name is an outlet's, or whose text an article is.

Written from general newsroom English; each pattern is bounded, so that a text without stops costs what its length does.
"""
from __future__ import annotations

import re

_OUTLET = (r"(?:newspaper|paper|newsroom|magazine|broadcaster|station|channel|website|site|publication|outlet|agency|"
           r"news agency|news organi[sz]ation|programme|program|bureau|daily|weekly|journal|review|blog|podcast|title)")
_STAFF = (r"(?:reporters?|correspondents?|journalists?|photographers?|cameram[ae]n|camerawom[ae]n|film crew|crew|"
          r"reporting team|news team|team|staff|stringers?|writers?|editors?|columnists?|investigators)")
_PERCEIVED = (r"(?:saw|seen|sees|witness(?:ed|es)?|watched|watches|counts?|counted|observed|visit(?:ed|s)|heard|hears|"
              r"photographed|filmed|found|documented|confirm(?:ed|s)|verif(?:ied|ies)|establish(?:ed|es)|examined|"
              r"review(?:ed|s)|obtained|inspected|toured|checked|measured|recorded|look(?:ed)? (?:at|into|through)|"
              r"(?:was|were) (?:there|present|able to (?:see|confirm|verify|count|visit|establish)|at the scene|"
              r"on the scene|shown|given access))")
_HOLDS = (r"(?:seen|obtained|reviewed|verified|examined|viewed|inspected|read|heard|analy[sz]ed|authenticated|held|"
          r"checked)")

OWN = re.compile(rf"\b(?:our|this|{_OUTLET}['’]s)(?: own)?(?: [\w’'-]+){{0,2}} (?:{_STAFF}|{_OUTLET})\b", re.IGNORECASE)
"""The text's own newsroom, as a text speaks of it."""
SOME_OUTLET = re.compile(
    r"the (?:[a-z-]+ ){0,2}(?:newspaper|paper|magazine|broadcaster|website|site|publication|outlet|tabloid|blog)")
"""An outlet that a text has named before."""
OWN_STAFF_SAW = re.compile(
    rf"\bby the (?:count|tally|reckoning|estimate|measurements?|observations?|watch) of (?:our|this {_OUTLET}['’]s)"
    rf"(?: [\w’'-]+){{0,2}} {_STAFF}\b|"
    rf"\b(?:our(?: [\w’'-]+){{0,2}} {_STAFF}|this (?:{_OUTLET})(?:['’]s)?(?: [\w’'-]+){{0,2}}(?: {_STAFF})?)\b"
    rf"[^.;?!\n]{{0,60}}?\b{_PERCEIVED}\b", re.IGNORECASE)
HELD_BY_OWN = re.compile(rf"\b{_HOLDS} (?:[\w’'-]+ly )?by (?:(?-i:us)\b|our\b|this (?:{_OUTLET})\b)", re.IGNORECASE)
FIRST_PERSON = re.compile(
    r"\b(?:I|[Ww]e)(?: [a-z]+ly| also| then| ourselves| myself)? (?:saw|witnessed|watched|counted|visited|heard|"
    r"photographed|filmed|examined|inspected|measured|obtained)\b")
HELD_BY = _HOLDS + r" (?:[\w’'-]+ly )?by (?:[Tt]he )?{name}\b"
SHORT_SAW = (r"(?:^|[,;.] |\band |\bwhich |\bas )[Tt]he {name} (?:itself |also |then )?"
             r"(?:saw|watched|counted|witnessed|observed|visited|filmed|photographed|toured|measured|inspected)\b")
"""To be filled with the last word of an outlet's own name, by which it calls itself."""
STAFF_OF = (r"(?:\b{name}(?:['’]s)?(?: [\w’'-]+){{0,2}} " + _STAFF + r"|\b" + _STAFF
            + r" (?:for|from|of|with) (?:[Tt]he )?{name})\b[^.;?!\n]{{0,60}}?\b" + _PERCEIVED + r"\b")
STAFF_OR_HELD = re.compile(rf"\b(?:{_STAFF}|{_HOLDS} (?:\w+ly )?by)\b")
"""HELD_BY and STAFF_OF are to be filled with an outlet's own name (escaped): what it holds, and what its staff
perceived; STAFF_OR_HELD is what a sentence must have for either.
"""

MEDIA_WORDS = frozenset(
    "news times post gazette tribune herald courier observer mail express review radio tv television channel daily "
    "weekly magazine journal chronicle telegraph press newspaper newswire broadcaster today mirror sun globe "
    "independent standard sentinel dispatch examiner inquirer bulletin ledger echo argus broadcasting media zeitung "
    "tageblatt nachrichten kurier presse tagblatt diario periodico gazeta gazzetta giornale corriere jornal journalen "
    "avisen tidende krant dagblad".split())
"""Words of which newspapers, stations and agencies make their names."""
NOT_MEDIA = frozenset(
    "ministry office department council union court party committee commission conference secretary officer institute "
    "university association federation club freedom".split())

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w&’'-]*(?:[ -](?:[A-Z][\w&’'-]*|of|the|de|des|der|and)){0,5})"
_THIS = r"\b(?:[Tt]his|[Tt]he) (?:story|article|report|piece|text|item)"
CREDITS = tuple(re.compile(pattern) for pattern in (
    rf"(?:^|[.!?…][\"”’)]?)\s*\({_NAME}\)\s*(?=$|\n|[A-Z])",
    rf"^.{{0,60}}?\({_NAME}\) ?(?:-{{1,2}}|–|—)",
    rf"(?:^|[.!?…\n][\"”’)]?\s{{0,3}})(?:Source|Via|Credit|Courtesy of|Originally from)s?:? {_NAME}\s*(?:$|[.\n])",
    _THIS + r"(?: was| has)?(?: been)? (?:first|originally|previously)"
    rf" (?:appeared|published|ran|run|posted|reported) (?:in|on|by|at) {_NAME}",
    rf"\b(?:[Rr]epublished|[Rr]eprinted|[Rr]eproduced|[Ss]yndicated) (?:with (?:the )?permission )?"
    rf"(?:from|of|by) {_NAME}",
    rf"(?:^|[.!?…\n]\s{{0,3}}){_NAME} contributed to this (?:report|story|article)",
))
"""Lines that tell whose text an article is or uses."""
SCOOP = re.compile(r"\b(?:first|exclusively) (?:reported|revealed|disclosed|published)\b"
                   r"|\b(?:reported|revealed) first\b|\bbroke the (?:story|news)\b", re.IGNORECASE)
"""What is said of outlets only: to report something first."""
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»")


DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w .-]{1,30})?(?: \([^)]{1,40}\))? ?(?:-{1,2}|–|—) ")
"""The place, and often the agency, that a report begins with."""


def own_words(sentence: str) -> list[tuple[int, int]]:
    """Where a sentence only tells where it was written, or that its newsroom saw it or holds the proof.

    >>> text = "Two boats sank, as our reporter saw."
    >>> [text[start:end] for start, end in own_words(text)]
    ['our reporter saw']
    """
    dateline = DATELINE.match(sentence)
    found = [match.span() for pattern in (OWN_STAFF_SAW, HELD_BY_OWN) for match in pattern.finditer(sentence)]
    return [dateline.span(), *found] if dateline else found


def credited(text: str) -> tuple[str, ...]:
    """The names in the text's credit lines, as written, in order.

    >>> credited("Dredging resumed. (Sarn Wire) Follow us. This story first appeared in The Marlow Beacon.")
    ('Sarn Wire', 'The Marlow Beacon')
    """
    found = {match.start("name"): match["name"] for pattern in CREDITS for match in pattern.finditer(text)}
    return tuple(found[start] for start in sorted(found))


def media_name(words: tuple[str, ...]) -> bool:
    """Whether folded words are those of an outlet's name, by the words that such names are made of."""
    if MEDIA_WORDS.intersection(words):
        return not NOT_MEDIA.intersection(words)
    return len(words) == 1 and len(words[0]) > 6 and words[0].endswith(("press", "news", "newswire"))


def outside_quotes(text: str) -> str:
    """`text` with what stands in quotation marks blanked out."""
    return _QUOTED.sub(lambda quote: " " * len(quote[0]), text)
