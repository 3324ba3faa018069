"""A source's words -> the person or body that they name, and what else they say of it."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from whence.decisions import decided_speaker
from whence.model import Attribution, Document
from whence.text.meaning import names, newsroom
from whence.text.normalize import words
from whence.text.speech import naming

LONGEST = 300
"""Code points of the longest source that is read.  Chosen: a longer one is a misread sentence."""

BACKWARD = frozenset("he she it who".split())
"""Pronouns that stand for whoever was named last."""
NOBODY = frozenset(
    "expert experts source sources official officials analyst analysts critic critics observer observers witness "
    "witnesses resident residents people person some many others several man woman men women insider insiders report "
    "reports rumour rumours rumor rumors media everyone nobody someone somebody anybody activist activists local "
    "locals neighbour neighbours neighbor neighbors user users study studies researcher researchers scientist "
    "scientists spokesman spokeswoman spokesperson spokespeople statement aide aides diplomat diplomats colleague "
    "colleagues friend friends relative relatives doctor doctors lawyer lawyers worker workers survivor survivors "
    "victim victims eyewitness eyewitnesses bystander bystanders author authors article articles story paper "
    "documents document agent agents investigator investigators one those these that this all most few reporter "
    "reporters journalist journalists".split())
"""Words for speakers whom nobody can look up by them: a name or a body must stand beside them."""
INSTITUTIONS = frozenset("police parliament congress prosecutors government ministry army navy military court senate "
                         "customs opposition management".split())
"""Bodies that are named without an article or a name of their own."""
_UNCERTAIN = frozenset("a an some many several two three one other few".split())
_DEFINITE = frozenset("the his her its their our".split())
_SPEAKS_FOR = re.compile(
    r"^(?:(?:the|a|an|its|their|one|two|several|some)\s+)?(?:[\w’'-]+\s+){0,2}"
    r"(?:spokes(?:man|woman|person|people)|officials?|statement|report|press release|representatives?|sources?|study|"
    r"survey|letter|figures|data|documents?|members?|director|head|chief|chairman|chairwoman|president|secretary)\s+"
    r"(?:for|of|from|at|by|with|in|inside|within)\s+(?P<body>(?!state\b)(?:the\s+)?\S.*)$", re.IGNORECASE | re.DOTALL)
_SPOKEN_FOR = re.compile(
    r"(?:(?:the|a|an|another|one) )?(?P<body>[A-Z][\w’'&.-]*(?: [A-Z][\w’'&.-]*)*) "
    r"(?:spokes(?:man|woman|person|people)|representatives?)\Z")
_OF_FORCE = re.compile(
    rf"(?:(?:the|a|an|one|another) )?(?P<body>{'|'.join(sorted(INSTITUTIONS))}) (?:spokes(?:man|woman|person|people))",
    re.IGNORECASE)
"""Who speaks for a body that is named without an article: "a police spokesman"."""
_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ch|sh)\Z")
"""How words for what is of a country end: "an Iraqi spokesman" speaks for nobody in particular."""
_SPOKESMAN_NAME = re.compile(r"^(?:\w+ ){0,3}spokes(?:man|woman|person) (?=[A-Z])")
_BRACKET = re.compile(r"\s*\([^)]{0,60}\)")
_PLACED = re.compile(r"\b(?:of|in|from|at|for|by|near|with|and)\b")
_PARTS = re.compile(r",\s+(?!and\b)| – | — ")
_OFFICE_FIRST = re.compile(
    r"(?:(?:the|a|an|its|their) )?(?P<office>(?:[\w’'-]+ ){1,4}?)(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}) "
    r"(?:of|from|at|with|for) (?:the )?[\w’' -]+")
"""An office, who holds it, and where: "Inspector Boyd of the Orm police"."""
_OWNERS = re.compile(
    r"(?P<owner>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2})['’]s? (?:[a-z][\w-]+ |[A-Z]{2,4} ){1,3}"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3})\Z")
"""Whose he is, what he is to him, and his name: "the zoo's keeper Jo Kemp", "Orle's PR Jo Kemp"."""
_TITLED = re.compile(
    r"(?:[Tt]he )?(?P<owner>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) "
    r"(?i:(?:secretary|minister) of (?:state|defen[cs]e|health|justice|the interior|foreign affairs)"
    rf"|{'|'.join(sorted(names.TITLES, key=lambda title: (-len(title), title)))})\.? "
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3})\Z")
"""Of which place or party, a title, and a name: "Orle Republican Rep. Jo Kemp"."""
_OFFICE_OF = re.compile(r"(?:the |a |an )?(?:[\w’'-]+ ){1,4}?(?:of|for|in|at) ", re.IGNORECASE)
_TITLES_OR_BODIES = names.TITLES | naming.BODIES
NO_OFFICE = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady former acting interim deputy vice senior junior chief head "
    "local new old young own with who in at from by and on to as is was told".split())
"""Words beside a name that tell no office of a person by themselves."""

Folded = tuple[str, ...]
"""A name's folded words."""
Read = Literal["same", "explained", "office"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as an attribution has it: its words as written, folded, with other names of the same bearer read into
    them (`read` says how), and whether they tell who that is; `told` is what else they say of it ("inspector"), and
    `printed` whether it is what something stood in.
    """

    attribution: Attribution
    text: str
    folded: Folded
    words: Folded
    named: bool
    told: frozenset[str]
    read: Read = "same"
    printed: bool = False


def mention(document: Document, attribution: Attribution, aliases: Mapping[Folded, Folded]) -> Mention | None:
    """What a source's words name; None for no words, or too many.  `aliases` give by `naming.key` what else a name or
    an office is called.
    """
    given = next((reason for reason in attribution.reasons if reason.rule == decided_speaker.__name__), None)
    if given is not None and "name" not in given.values:
        return None                         # a person found that nobody says it
    place = document.text if attribution.field == "text" else document.title or ""
    written = " ".join(place[start:end] for start, end in attribution.source).strip()
    if given is not None:
        written = attribution.speaker or ""
    written = _BRACKET.sub("", written[:LONGEST + 1]).strip(" ,:;–—-")
    words = _read(written, attribution.speaker)
    if words is None:
        return None
    other = next((aliases[key] for key in words.keys if key in aliases), None)
    if other is None or other == words.bare:
        return Mention(attribution, words.body, words.bare, words.bare, words.named, words.told, printed=words.printed)
    return Mention(attribution, words.body, words.bare, other, True, words.told, "explained", words.printed)


_PAPERS = frozenset("report statement article story paper study document".split())
"""Of NOBODY, what a name can end with: that of a paper ("National Report"), or of a work."""


class _Words(NamedTuple):
    """What a source's words come to, whichever attribution has them; `keys` are those that it may be explained by."""

    body: str
    bare: Folded
    named: bool
    told: frozenset[str]
    printed: bool
    keys: tuple[Folded, ...]


@lru_cache(maxsize=65536)
def _read(written: str, speaker: str | None) -> _Words | None:
    text = written
    if speaker and not (_holds_name(written) and _is_named(_body(written))):
        text = speaker                      # whom a pronoun or an office stands for, as the attribute step read it
    if not text or len(text) > LONGEST:
        return None
    printed = naming.printed_in(text) or naming.outlet_in(text)
    body = printed or _body(naming.without_kind(text))
    bare = _without_titles(body)
    told = frozenset(names.fold_name(written)) - set(bare) - NO_OFFICE
    keys = tuple(dict.fromkeys(map(naming.key, (text, body, " ".join(bare)))))
    return _Words(body, bare, _is_named(body), told, printed is not None, keys)


def _holds_name(text: str) -> bool:
    """Whether a source's words hold a name or a body that goes without one: not "she", "the mayor"."""
    return bool(names.names(text)) or (bool(text) and text.split()[-1].lower() in INSTITUTIONS)


def _body(text: str) -> str:
    """The person or body in a source's words: of an apposition the full name, of a speaker whom he speaks for."""
    first, *others = [part.strip() for part in _PARTS.split(text) if part.strip()] or [text]
    parts = [first, *(part for part in others if part[0].isupper() or not names.names(first))]
    longest = [max((len(name.words) for name in names.names(part)), default=0) for part in parts]
    full = next((part for part, length in zip(parts, longest, strict=True) if length > 1), None)
    best = _SPOKESMAN_NAME.sub("", full or parts[longest.index(max(longest))])
    speaks = _SPEAKS_FOR.match(best)
    spoken_for = _SPOKEN_FOR.match(best)
    force = _OF_FORCE.fullmatch(best)
    if force:
        return force["body"].lower()
    if spoken_for and _ADJECTIVE.search(spoken_for["body"]) is None:
        return spoken_for["body"]
    return speaks["body"] if speaks else _person(best)


def _person(text: str) -> str:
    """The name alone of "the interior minister Jo Kemp", or "Inspector Boyd of the Orm police"."""
    placed = _OFFICE_FIRST.fullmatch(text)
    if placed and _is_office(placed["office"].split()[-1]) and not _TITLES_OR_BODIES.intersection(
            names.fold_name(placed["name"])):
        return placed["name"]
    whose = _OWNERS.match(text) or _TITLED.match(text)
    if whose and not _TITLES_OR_BODIES.intersection(names.fold_name(whose["name"])) and not newsroom.media_name(
            names.fold_name(whose["owner"])):
        text = whose["name"]
    found = names.names(text)
    last = found[-1] if found else None
    if last is None or len(last.words) < 2 or last.end != len(text):
        return text
    before = text[:last.start]
    office = before.split()[-1:]
    return text[last.start:] if office and office[0].islower() and _PLACED.search(before) is None else text


def _is_office(word: str) -> bool:
    return word.islower() or word.lower() in names.TITLES


def _without_titles(text: str) -> Folded:
    """A folded name without what only stands before one: "Mayor Jo Kemp", but not "the mayor of Orm"."""
    folded = names.fold_name(text)
    if _OFFICE_OF.match(text):
        return folded
    return names.untitled(folded) or folded


def _is_named(body: str) -> bool:
    """Whether it tells who that is: a name, or a definite body; not "experts", "a spokesman", "some residents"."""
    folded = [w.form.removesuffix("'s") for w in words(body)]
    if not folded:
        return False
    inside = body if body[0].islower() else body[0].lower() + body[1:]
    if folded[-1] in NOBODY and not any(len(name.words) > 1 for name in names.names(inside)):
        return _is_title(body, folded)
    if names.names(body):
        return folded[0] not in _UNCERTAIN and (folded[-1] not in NOBODY or _is_title(body, folded))
    definite = folded[0] in _DEFINITE and len(folded) > 1 and not NOBODY.intersection(folded)
    return definite or folded[-1] in INSTITUTIONS


def _is_title(body: str, folded: Sequence[str]) -> bool:
    """Whether a document's words are its name or its publisher's: "National Report", not "National reports"."""
    return len(folded) > 1 and folded[-1] in _PAPERS and all(word[0].isupper() for word in body.split()) \
        and folded[0] not in _UNCERTAIN
