"""A text -> whom its short names, offices and pronouns stand for: the fullest name that the text itself gives."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from whence.text.meaning import names
from whence.text.meaning.newsroom import MEDIA_WORDS, NOT_MEDIA
from whence.text.speech.prose import Prose
from whence.text.speech.speakers import head_of

Gender = Literal["he", "she"]
REACH = 4
"""Sentences back in which the name that a pronoun stands for is looked for: chosen."""
TITLE = 25
"""Characters of a title before the name that a sentence begins with: chosen."""
LONGEST = 8
"""Words of a name: chosen; a longer run of capitals is a headline."""
_HE = frozenset("mr sir lord king prince father brother son husband uncle grandfather nephew spokesman chairman "
                "businessman congressman policeman fisherman abbot monsieur herr señor".split())
_SHE = frozenset("mrs ms miss lady dame queen princess mother sister daughter wife aunt grandmother niece widow "
                 "spokeswoman chairwoman businesswoman congresswoman policewoman madame frau señora".split())
_UNNAMED = {"he": re.compile(r"\b(?<!her )(?<!his )(?:man|boy|father|brother|son|husband|widower|uncle|grandfather|"
                             r"nephew)\b(?![’'])"),
            "she": re.compile(r"\b(?<!her )(?<!his )(?:woman|girl|mother|sister|daughter|wife|widow|aunt|grandmother|"
                              r"niece)\b(?![’'])")}
"""Somebody without a name whom a pronoun may mean; "her mother" is told by the way, and the text goes on about her."""
_PRONOUN = re.compile(r"\b(he|she|his|her|him|hers)\b", re.IGNORECASE)
_OF: dict[str, Gender] = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
_BESIDE = re.compile(r"\b(?:in|at|from|near|to|of|with|by|for|against|on|over|under|behind|across|about)\s+$")
_PERSONS = frozenset(
    "lawmaker legislator politician senator congressman congresswoman mp deputy councillor singer actor actress "
    "musician rapper comedian author writer novelist poet professor economist historian scientist biologist physicist "
    "engineer billionaire businessman businesswoman entrepreneur activist campaigner dissident lawyer athlete player "
    "striker footballer golfer champion coach star model presenter anchor pilot farmer teacher doctor surgeon priest "
    "cleric teenager pensioner veteran candidate".split())
"""What a person is called by who speaks for himself; a spokesman or an official speaks for another."""
_APPOSED = re.compile(r",\s+(?:the|a|an|its|their|his|her)\s+([^,.;:()]{3,60})")
_OFFICE_BEFORE = re.compile(r"\b(?:the|its|their|his|her|[\w’']+['’]s)\s+([^,.;:()]{3,40}),\s*$", re.IGNORECASE)
_BODIES = (MEDIA_WORDS - {"independent", "standard", "sun"}) | NOT_MEDIA | frozenset(
    "institute party bank company agency authority street river bay port university school board fund trust inc ltd "
    "group corporation centre center museum hospital army navy front movement alliance assembly parliament congress "
    "government police city county north south east west sea island islands mountain mountains road square bridge"
    .split())
"""Words in names of what is no person."""


@dataclass(slots=True)
class Bearer:
    """Whoever has a name: its fullest form, folded and as written, and what the text tells of them."""

    words: tuple[str, ...]
    label: str
    person: bool
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A bearer's name at [start, end): `owner` of something ("Boyd's"), or `beside` the sentence's topic ("in Orm")."""

    start: int
    end: int
    bearer: Bearer
    owner: bool
    beside: bool


class Cast:
    """The names of a text (and of its title), by the words they are called by."""

    def __init__(self, prose: Prose, title: str = "") -> None:
        self.prose = prose
        self.bearers: dict[tuple[str, ...], Bearer] = {}
        self.called: dict[str, list[Bearer]] = defaultdict(list)
        self.offices: dict[str, list[Bearer]] = defaultdict(list)
        self.mentions: list[Mention] = []
        for text in (prose.text, title):
            for short, long in names.acronyms(text).items():
                self.called[short.lower()] = [self._bearer(names.fold_name(long), long, person=False)]
        found = [(text, name) for text in (prose.text, title) for name in _names(text)]
        for _, (_, _, words, label) in sorted(found, key=lambda one: -len(one[1][2])):
            self._know(words, label)
        for text, (start, end, words, _) in found:
            self._note(text, start, end, words, is_text=text is prose.text)
        self._starts = [mention.start for mention in self.mentions]

    def _bearer(self, words: tuple[str, ...], label: str, person: bool) -> Bearer:
        return self.bearers.setdefault(words, Bearer(words, label, person))

    def _know(self, words: tuple[str, ...], label: str) -> None:
        """A name of several words is a bearer of its own, unless a longer one ends like it."""
        if len(words) < 2:
            return
        for other in self.called.get(words[-1], ()):
            if len(other.words) > len(words) and names.same(words, other.words):
                return
        known = len(self.bearers)
        bearer = self._bearer(words, label, not _BODIES.intersection(words) and len(words) < 5)
        if len(self.bearers) > known:
            for word in dict.fromkeys((words[-1], words[0]) if bearer.person else (words[-1],)):
                self.called[word].append(bearer)

    def _note(self, text: str, start: int, end: int, words: tuple[str, ...], is_text: bool) -> None:
        bearer = self.of(words)
        if bearer is None:
            return
        before, after = text[max(0, start - 40):start], text[end:end + 70]
        gender = _gender(before)
        if gender and (len(words) > 1 or len(self.called.get(words[-1], ())) == 1):
            bearer.gender = gender
        for role in (_APPOSED.match(after), _OFFICE_BEFORE.search(before)):
            if role and len(words) > 1 and not after.startswith(("'s", "’s")):
                self._hold(head_of(role[1]), bearer)
        titles = re.findall(r"[\w-]+", before[-25:])
        if len(words) > 1 and titles and titles[-1].lower() in names.TITLES:
            self._hold(titles[-1].lower(), bearer)
        if is_text:
            owner = text[end - 2:end] in ("'s", "’s") or after.startswith(("'s", "’s", "' ", "’ "))
            self.mentions.append(Mention(start, end, bearer, owner, _BESIDE.search(before) is not None))

    def _hold(self, office: str, bearer: Bearer) -> None:
        if bearer not in self.offices[office]:
            self.offices[office].append(bearer)

    def of(self, words: tuple[str, ...], gender: Gender | None = None, at: int | None = None) -> Bearer | None:
        """Whoever is called by these folded words; of several, whoever the text named last before place `at`; None
        where nobody is, or that is not known.
        """
        if not words:
            return None
        if words in self.bearers:
            return self.bearers[words]
        found = [b for b in self.called.get(words[-1], ()) if len(words) == 1 or names.same(words, b.words)]
        if len(found) > 1 and gender:
            self._tell_apart(found)
            found = [b for b in found if b.gender == gender]
        if len(found) > 1 and at is not None:
            before = self.mentions[:bisect_left(self._starts, at)]
            found = [m.bearer for m in before if any(m.bearer is b for b in found)][-1:]
        return found[0] if len(found) == 1 else None

    def _tell_apart(self, bearers: list[Bearer]) -> None:
        """Give those of one surname the gender that their first full mention's sentence tells."""
        for mention in self.mentions:
            if mention.bearer in bearers and mention.bearer.gender is None:
                mention.bearer.gender = self._told_after(mention) or None

    def _told_after(self, mention: Mention) -> Gender | None:
        """The gender by the first pronoun after a mention, if no other person is named before it."""
        sentence = self.prose.sentences[self.prose.sentence(mention.start)]
        following = self._starts[bisect_left(self._starts, mention.end):][:1]
        stop = min([sentence.end, *following])
        found = _PRONOUN.search(self.prose.text, mention.end, stop)
        return _OF[found[1].lower()] if found and not mention.beside and not mention.owner else None

    def named(self, source: str, at: int | None = None) -> Bearer | None:
        """The bearer whose name, short or full, stands in a source's words at a place of the text; the fullest, where
        several do.
        """
        best: Bearer | None = None
        for start, _, words, _ in _names(source[:300]):
            found = self.of(words, _gender(source[max(0, start - 12):start]), at)
            if found and (best is None or (found.person and not best.person)):
                best = found
        return best or self._titled(source)

    def _titled(self, source: str) -> Bearer | None:
        """The bearer of a surname that is a title too, where the text gave the full name: "Dean" after "Jo Dean"."""
        words = names.fold_name(source)
        alone = len(words) == 1 and words[0] in names.SURNAMES and source[:1].isupper()
        return self.of((words[0],)) if alone else None

    def holder(self, source: str) -> Bearer | None:
        """Who holds the office, or is the body, that a definite phrase names: "the mayor", "the union"."""
        plain = source.strip(" ,").lower()
        if not plain.startswith(("the ", "its ", "their ")) and " " in plain:
            return None
        head = head_of(plain)
        held = self.offices.get(head, [])
        bodies = [b for b in self.called.get(head, ()) if not b.person]
        found = held if held and plain.count(" ") < 3 else bodies if plain.count(" ") < 2 else []
        return found[0] if len(found) == 1 else None

    def described(self, source: str, at: int) -> Bearer | None:
        """Whom a definite phrase for a person without an office stands for ("the lawmaker", "the singer"): the person
        named in its own sentence before it, else in the one before that; of several the one with whom that begins.
        """
        if not source.lower().startswith("the ") or source.lower().split()[-1] not in _PERSONS:
            return None
        number = self.prose.sentence(at)
        for back in range(number, max(-1, number - 2), -1):
            sentence = self.prose.sentences[back]
            here = [m for m in self._between(sentence.start, min(at, sentence.end)) if m.bearer.person and not m.owner]
            here = [m for m in here if self.prose.quoted(m.start) is None]
            if here:
                alone = all(m.bearer is here[0].bearer for m in here)
                return here[0].bearer if alone or here[0].start - sentence.start < TITLE else None
        return None

    def meant(self, pronoun: str, at: int, last: Bearer | None) -> Bearer | None:
        """Whom a "he" or "she" at a place means: of the nearest sentence that names persons, whoever spoke last, else
        the first; nobody, where somebody without a name stands in the way.
        """
        gender = _OF.get(pronoun.lower())
        if gender is None:
            return None
        number = self.prose.sentence(at)
        for back in range(number, max(-1, number - REACH - 1), -1):
            sentence = self.prose.sentences[back]
            stop = min(at, sentence.end)
            here = [m for m in self._between(sentence.start, stop) if self.prose.quoted(m.start) is None]
            persons = [m for m in here if not m.beside and m.bearer.person and self._fits(m, gender)]
            fitting = [m.bearer for m in persons if not m.owner] or [m.bearer for m in persons]
            if not any(b.gender == gender for b in fitting) and self._is_in_the_way(gender, sentence.start, stop):
                return None
            if fitting:
                found = last if last in fitting else fitting[0]
                found.gender = gender
                return found
        return last if last is not None and last.person and last.gender in (None, gender) else None

    def _is_in_the_way(self, gender: Gender, start: int, stop: int) -> bool:
        """Whether somebody without a name, whom the pronoun may mean, stands in the text outside quotations."""
        found = _UNNAMED[gender].finditer(self.prose.text, start, stop)
        return any(self.prose.quoted(match.start()) is None for match in found)

    def _fits(self, mention: Mention, gender: Gender) -> bool:
        bearer = mention.bearer
        if bearer.gender is None:
            bearer.gender = self._told_after(mention)
        return bearer.gender in (None, gender)

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self._starts, start):bisect_left(self._starts, end)]


def _gender(before: str) -> Gender | None:
    words = before.split()
    last = words[-1].lower().rstrip(".") if words and before[-1] in " \u00a0" else ""
    return "he" if last in _HE else "she" if last in _SHE else None


def _names(text: str) -> list[tuple[int, int, tuple[str, ...], str]]:
    """The names in a text: start, end, folded words, and as written without titles before and a possessive after."""
    found = []
    for name in _whole(text):
        if len(name.words) > LONGEST:
            continue
        shown = text[name.start:name.end]
        parts = shown.split(" ")
        titled = [at for at, part in enumerate(parts[:-1]) if part.lower().rstrip(".") in names.TITLES]
        cut = titled[-1] + 1 if titled else 0
        bare = " ".join(parts[cut:])
        start = name.end - len(bare)
        bare = re.sub(r"['’]s$", "", bare)
        words = names.untitled(names.fold_name(bare)) or names.untitled(names.fold_name(shown))
        if words:
            found.append((start, name.end, words, bare))
    return found


def _whole(text: str) -> list[names.Name]:
    """The names in a text, those joined that the possessive of a plural parts ("the Orm Growers' Union")."""
    found: list[names.Name] = []
    for name in names.names(text):
        last = found[-1] if found else None
        if last and last.words[-1].endswith("s") and text[last.end:name.start] in ("' ", "’ "):
            found[-1] = names.Name(last.start, name.end, (*last.words, *name.words))
        else:
            found.append(name)
    return found
