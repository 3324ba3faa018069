"""A text -> which names it says are of one bearer, and which it says are of outlets."""
from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from whence.text.meaning import names, newsroom

LONGEST = 80
"""Characters between two commas that are read.  Chosen: a longer piece is no name and no office."""

_CAP = r"[^\W\d_a-zß-öø-ÿ][\w&’'-]*"
_NAME = rf"(?:[Tt]he )?{_CAP}(?:[ -](?:(?:of|for)(?: the)? |(?:and|de|la|del|der|du|von|van|al) )?{_CAP}){{0,6}}"
"""A name as written, with small words inside."""
_KIND = (r"(?:newspaper|tabloid|broadsheet|daily|weekly|monthly|periodical|magazine|broadcaster|newswire|wire service|"
         r"(?:radio|television|TV) (?:station|channel|network)|news (?:agency|site|website|portal|outlet|service|"
         r"channel|organi[sz]ation)|press agency|website|[’”'\"]news[’”'\"] (?:web)?site|"
         r"(?:satire|satirical|gossip|parody|tech|technology|entertainment|hoax|fake news|celebrity) site)")
_KINDS = re.compile(rf"\b{_KIND}\b")
"""What outlets are.  Chosen: not "paper", "station", "site" or "agency" alone, which much else is too."""
_NAME_AFTER = re.compile(rf" (?:called |named )?(?P<name>{_NAME})")
_NAME_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_NAME})(?:, (?:a|an|the|its|another) (?:[\w’'-]+ ){{0,4}}| )$")
_ITSELF = re.compile(rf"(?:[\w’'-]+ ){{0,3}}?{_KIND} (?=(?:[Tt]he )?{_CAP})")
_PRINTED = re.compile(
    r"\b(?:report|article|story|piece|column|editorial|interview|item|feature|broadcast|documentary|dispatch)s? "
    rf"(?:[\w’'-]+ )?(?:in|on|carried by|published by|printed by|aired by) (?P<name>{_NAME})$")

_OWNED = re.compile(rf"(?P<outlet>{_NAME})[’']s? (?P<other>{_NAME})")
_PERSON = re.compile(rf"{_CAP} {_CAP}")
_JOURNALIST = re.compile(rf"{_CAP} {_CAP} (?:of|from|at|with|for) (?P<outlet>{_NAME})")

_REPORTED = re.compile(
    r"(?:(?:has|have|had|was|is|also|first|later|then|as) )*"
    r"(?:report(?:s|ed|ing)|(?:has|had|have) (?:also )?learn(?:ed|t))", re.IGNORECASE)
_BESIDE_PERSON = re.compile(
    r", (?:an?|who|whose|[a-z]+ (?:of|at|for|from|with|in)|\d\d|(?:the|its|their|his|her) [a-z]+)\b"
    r"|['’]s (?:mother|father|wife|husband|lawyer)\b|,? and (?:his|her)\b| (?:himself|herself)\b")
"""What stands after the name of a person: an office, an age, kin."""
_OFFICE_BEFORE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]n?|[Ff]ormer) (?:[a-z][\w’'-]* ){1,3}$")
BODIES = newsroom.NOT_MEDIA | frozenset(
    "society chamber guild board bureau embassy hospital clinic trust league directorate inspectorate brigade guard "
    "authority agency company bank group service corps force forces fund centre center school college academy church "
    "diocese parish museum observatory laboratory foundation organisation organization network coalition alliance "
    "movement campaign front cooperative corporation administration cabinet assembly senate chancellery registry "
    "consulate mission delegation regiment battalion fleet division tribunal city town village county district "
    "province region state republic kingdom port airport railway railways initiative project programme panel team "
    "estate works police parliament congress government army navy military customs".split())
"""Words in the names of bodies, which report things too, but not as news.  Chosen from general English."""

_NO_OUTLET = BODIES | names.TITLES | frozenset(
    "ombudsman prosecutor auditor regulator treasurer clerk registrar examiner inspector inspectors engineer engineers "
    "treasury crown presidency ombudswoman commissioner attorney advocate bailiff sheriff notary secretariat".split())
"""Words in names of what is no outlet: of bodies, and of offices that people hold.  Chosen from general English."""

_PIECES = re.compile(r"[^,.;:!?()\[\]\n“”\"–—]+")
_PLAIN = r"(?!(?:and|or|who|which|said|says|others?|a|an|was|were|is|are) )[a-z][\w’'-]*"
_OFFICE = re.compile(rf"(?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur) )?(?:{_PLAIN} ){{1,5}}?(?:of|for|in|at|with) {_NAME}"
                     rf"|{_NAME}['’]s?(?: {_PLAIN}){{1,4}}|[Tt]he {_CAP}(?: {_CAP})?(?: {_PLAIN}){{1,4}}")
"""A phrase that stands for one bearer everywhere: "the mayor of Orm", "Orm's mayor", "the Dutch customs service"."""
_ALONE = re.compile(rf"(?P<name>{_NAME})")
_OPENING = re.compile(r"(?:^|\b(?:said|says|told|adds|added|to|by|and|but|that|while|as|when|whom|with) )(?:[Tt]he )?$")
"""What stands before a name that an apposition follows: "In Orm, the mayor of Sarn" is none."""
_CALLED = re.compile(r"as (?P<other>.+?) (?:is|was|are|were)(?: \w+){0,2} (?:called|known)(?: \w+){0,3}")
_KNOWN_AS = re.compile(r"(?:\w+ )?(?:known|referred to|abbreviated)(?: \w+){0,3}? (?:as|to) "
                       rf"[‘']?(?P<other>{_NAME})['’]?|(?:or|short for|formerly|in English) (?P<short>{_NAME})"
                       r"(?: for short)?")


def outlets(text: str) -> tuple[str, ...]:
    """The names that a text says are of newspapers, stations, agencies and the like, in order, as written.

    >>> outlets("The daily Marsh Lamp and the Orm Eye, a weekly magazine, wrote so.")
    ('Marsh Lamp', 'Orm Eye')
    """
    found = []
    for kind in _KINDS.finditer(text):
        before = text[max(0, kind.start() - LONGEST):kind.start()]
        named = _NAME_AFTER.match(text, kind.end(), kind.end() + LONGEST) or _NAME_BEFORE.search(before)
        if named and names.names(named["name"]):
            found.append(re.sub(r"^[Tt]he ", "", named["name"]))
    return tuple(dict.fromkeys(found))


def only_reports(cue: str) -> bool:
    """Whether a cue says no more than that it was reported."""
    return _REPORTED.fullmatch(cue.strip()) is not None


def passes_on(name: str, cue: str, text: str) -> bool:
    """Whether an article's "`name` reported" makes an outlet of it: the cue says no more, the name has no word for what
    bodies are, and nowhere in the article it stands beside an office or inside a longer name, as persons' names do.

    >>> passes_on("The Marsh Lamp", "reported", "It sank, The Marsh Lamp reported.")
    True
    >>> passes_on("Jo Kemp", "reported", "Mayor Jo Kemp came. It sank, Jo Kemp reported.")
    False
    """
    bare = re.sub(r"^[Tt]he ", "", name)
    folded = names.fold_name(bare)
    if not only_reports(cue) or re.fullmatch(_NAME, bare) is None or _NO_OUTLET.intersection(folded):
        return False
    if bare != name:
        return True
    for place in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", text):
        before, after = text[max(0, place.start() - LONGEST):place.start()], text[place.end():place.end() + 30]
        last = before.rpartition(" ")[0].rpartition(" ")[2] if before.endswith(" ") else ""
        longer = last[:1].isupper() and last[-1:].isalpha() and bool(names.names(last))
        titled = last.lower().rstrip(".") in names.TITLES
        if titled or longer or _OFFICE_BEFORE.search(before) or _BESIDE_PERSON.match(after):
            return False
    return True


def printed_in(source: str) -> str | None:
    """The outlet that a source's words say it stood in: "a report in the Marsh Lamp"."""
    found = _PRINTED.search(source[-2 * LONGEST:])
    return found["name"] if found and not BODIES.intersection(names.fold_name(found["name"])) else None


def outlet_in(source: str) -> str | None:
    """The outlet that a source's words name with a place before it, or as that of its journalist.

    >>> outlet_in("Orm’s Daily Lamp"), outlet_in("the Daily Lamp's Jo Kemp"), outlet_in("Jo Kemp of the Daily Lamp")
    ('Daily Lamp', 'the Daily Lamp', 'the Daily Lamp')
    >>> outlet_in("Orm's Jo Kemp"), outlet_in("Jo Kemp of Orm")
    (None, None)
    """
    owned, at = _OWNED.fullmatch(source), _JOURNALIST.fullmatch(source)
    if owned and newsroom.media_name(names.fold_name(owned["other"])):
        return owned["other"]
    outlet = owned["outlet"] if owned and _PERSON.fullmatch(owned["other"]) else at["outlet"] if at else None
    return outlet if outlet and newsroom.media_name(names.fold_name(outlet)) else None


def without_kind(source: str) -> str:
    """An outlet's name without what tells that it is one.

    >>> without_kind("the newspaper Marsh Lamp"), without_kind("the Marsh Lamp")
    ('Marsh Lamp', 'the Marsh Lamp')
    """
    kind = _ITSELF.match(source)
    return source[kind.end():] if kind else source


def aliases(text: str) -> list[tuple[str, str]]:
    """What a text says is another name of something or somebody that it names: the other name, and the name.

    >>> aliases("Jo Kemp, mayor of Old Marlow, waved. The Ilmwacht, as the guard of Orm is called, slept.")
    [('mayor of Old Marlow', 'Jo Kemp'), ('the guard of Orm', 'Ilmwacht')]
    """
    pieces = [m for m in _PIECES.finditer(text) if m.end() - m.start() <= LONGEST]
    found = []
    for one, other in pairwise(pieces):
        between, after = text[one.end():other.start()], text[other.end():other.end() + 8]
        if between in (",", "(", "–", "—"):
            listed = after.startswith((", and ", ", or "))
            found += [pair for pair in _told(one[0].strip(" "), other[0].strip(" "), listed) if len(pair[0]) > 1]
    return found


def _told(left: str, right: str, listed: bool) -> Iterator[tuple[str, str]]:
    """The other name, and the name, that two pieces parted by a comma give."""
    named = names.names(left)[-1:]
    end = named[0].start if named and named[0].end == len(left) else None
    if end is None or _OPENING.search(left[:end]) is None:
        told = _ALONE.fullmatch(right) if _OFFICE.fullmatch(left) and not listed else None
        if told and names.names(right):
            yield left, right
        return
    name = left[end:]
    called = _CALLED.fullmatch(right) or _KNOWN_AS.fullmatch(right)
    if called:
        yield called["other"] or called["short"], name
    elif _OFFICE.fullmatch(right) and not listed:
        yield right, name


def key(name: str) -> tuple[str, ...]:
    """The words of a name or description in whatever order: "Old Marlow's mayor", "the mayor of Old Marlow"."""
    return tuple(sorted(names.fold_name(name)))
