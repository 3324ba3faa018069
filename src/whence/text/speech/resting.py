"""A sentence that names no source, and those that its article names elsewhere -> the visible signs of what it rests on.

"A bear was loose in the town on Monday.  ...  The keeper told the Beacon that ..."
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, log
from typing import NamedTuple

from whence.model import Attribution, Sentence
from whence.text.meaning import names, newsroom
from whence.text.meaning.stems import STOP, stem
from whence.text.meaning.vocabulary import rarity
from whence.text.normalize import folded
from whence.text.speech import signs
from whence.text.speech.signs import SOURCE_KINDS, Sight

MOST = 24
"""Voices of an article that are looked at.  Chosen: one article in a hundred has more."""
FAR = 40
"""Sentences beyond which all are as far.  Chosen."""
UNNAMED = ("anonymous", "collective", "none")
"""Kinds of sources that nobody could look up."""
_ACCORDING = re.compile(r"\b(?:according to|citing|quoting)\b", re.IGNORECASE)
_REPORTS = re.compile(r"\b(?:report\w*|quot\w+|cit\w+|wr[io]te\w*|publish\w*|reveal\w*)\b", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:sa(?:y|ys|id|ying)|told|tells?|added|explained)\b", re.IGNORECASE)
_CONFIRMS = re.compile(r"\b(?:confirm\w*|announc\w*|identif\w*|releas\w*|statement)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|it|they|who|which|that)\Z", re.IGNORECASE)
_PRINTS = re.compile(r"\b(?:newspaper|paper|site|website|blog|magazine|report|reports|media|press|outlets?|agency|tv|"
                     r"television|radio|channel|story|article|post)\b", re.IGNORECASE)
_NOBODYS = re.compile(r"\b(?:sources?|reports|rumou?rs?|officials|experts|some|many|people|others)\b", re.IGNORECASE)
_RECORDS = re.compile(r"\b(?:video|footage|photos?|pictures?|images?|clip|documents?|court|papers|records|letter|"
                      r"statement|study|survey|poll)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|\w+ed)\b")
_PRESENT = re.compile(r"\b(?:is|are|has|have)\b")
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Voice:
    """One that an article names as a source: under which name, by which attributions, in which sentences (`places`)
    each of these is; how much of the article it says, and the stems of what it says, part by part.  `channel`: nobody
    who is named, but an outlet, to which he spoke.  `signs` are the numbers of OF_VOICE.
    """

    name: str
    channel: bool
    words: tuple[str, ...]
    attributions: list[Attribution] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    share: float = 0.0
    parts: list[frozenset[str]] = field(default_factory=list)
    cues: str = ""
    signs: Sequence[float] = ()

    def nearest(self, at: int) -> Attribution:
        """Of its attributions that which stands nearest to a sentence, an earlier one before a later one."""
        return self.attributions[min(range(len(self.places)), key=lambda n: (abs(self.places[n] - at), self.places[n]))]


@dataclass(frozen=True)
class Resting:
    """A sentence, the `number`-th of `sentences`, held against the voices of its article; `chances` are those of
    whose.KINDS for the sentence, `speakers` who says each sentence.
    """

    sight: Sight
    number: int
    sentences: Sequence[Sentence]
    speakers: Sequence[Attribution | None]
    voices: Sequence[Voice]
    chances: Sequence[float]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of the sentence's words."""
        return stems(self.sight.text)

    @cached_property
    def weight(self) -> float:
        """That of its stems."""
        return max(1e-9, _weight(self.stems))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of the names that stand in the sentence."""
        return frozenset(word for name in names.names(self.sight.text) for word in name.words)


class Heard(NamedTuple):
    """A voice, the `at`-th of all of an article of so many `sentences`, and its place by how much it says."""

    voice: Voice
    at: int
    rank: int
    voices: Sequence[Voice]
    sentences: int


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence held against one voice of its article: sentences since that was last heard, and until it is heard
    again (FAR where it isn't); and `shared`, how much of the sentence stands in one part of what the voice says, how
    alike the two are that are most alike, and how much of it stands in all parts together, by the weight of stems.
    """

    resting: Resting
    voice: Voice
    back: int
    ahead: int
    shared: tuple[float, float, float]

    @classmethod
    def of(cls, resting: Resting, voice: Voice) -> Held:
        """A sentence and a voice of its article."""
        here, mine, parts = resting.number, resting.stems, voice.parts
        both = [_weight(mine & part) for part in parts]
        alike = max((2 * one / max(1e-9, resting.weight + _weight(part)) for one, part in zip(both, parts, strict=True)
                     if one), default=0.0)
        said = _weight(mine.intersection(frozenset().union(*parts)))
        return cls(resting, voice, min((here - at for at in voice.places if at <= here), default=FAR),
                   min((at - here for at in voice.places if at >= here), default=FAR),
                   (max(both, default=0.0) / resting.weight, alike, said / resting.weight))

    def paragraphs(self, least: int, most: int) -> bool:
        """Whether the voice is heard so many paragraphs later."""
        sentences = self.resting.sentences
        mine = sentences[self.resting.number].paragraph
        return any(least <= sentences[at].paragraph - mine <= most for at in self.voice.places)

    def says(self, by: int) -> bool:
        """Whether the voice says the sentence that stands so many later."""
        at = self.resting.number + by
        speaker = self.resting.speakers[at] if 0 <= at < len(self.resting.speakers) else None
        return speaker is not None and any(speaker.id == mine.id for mine in self.voice.attributions)


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words that are no small ones."""
    return frozenset(stem(form) for form in folded(text) if form not in STOP and len(form) > 1)


def _weight(some: frozenset[str]) -> float:
    return fsum(map(rarity, some))


def voices(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> list[Voice]:
    """Those whom an article's own text names as sources, in its order; for somebody unnamed who spoke to an outlet, it.
    """
    starts = [sentence.start for sentence in sentences]
    found: dict[tuple[str, bool], Voice] = {}
    for one in sorted((a for a in attributions if a.field == "text" and a.source and a.cue),
                      key=lambda a: (a.cue[0], a.id)):
        channel = one.channel if one.source_kind in UNNAMED else None
        name = channel or one.speaker or " ".join(text[start:end] for start, end in one.source)
        words = names.fold_name(name)
        key = " ".join(words) or name.lower(), channel is not None
        _hear(found.setdefault(key, Voice(name, channel is not None, words)), one, text, sentences, starts)
    return _told(list(found.values())[:MOST], len(sentences))


def _told(found: Sequence[Voice], count: int) -> list[Voice]:
    """Voices with what tells of each."""
    loudest = sorted(range(len(found)), key=lambda at: (-found[at].share, at))
    for rank, at in enumerate(loudest):
        heard = Heard(found[at], at, rank, found, count)
        found[at].signs = [sign(heard) for sign in OF_VOICE.values()]
    return list(found)


def _hear(voice: Voice, one: Attribution, text: str, sentences: Sequence[Sentence], starts: Sequence[int]) -> None:
    voice.attributions.append(one)
    voice.places.append(max(0, bisect_left(starts, one.cue[0].start + 1) - 1))
    voice.share += sum(end - start for start, end in one.content) / max(1, len(text))
    voice.cues += " ".join(["", *(text[start:end] for start, end in one.cue)])
    for start, end in (*one.cue, *one.content):
        for at in range(max(0, bisect_left(starts, start + 1) - 1), bisect_left(starts, end)):
            voice.parts.append(stems(text[max(start, sentences[at].start):min(end, sentences[at].end)]))


def _near(count: int) -> float:
    return log(1 + min(count, FAR))


def _has(pattern: re.Pattern[str]) -> Callable[[Resting], float]:
    return lambda r: float(pattern.search(r.sight.text) is not None)


def _chance(kind: int) -> Callable[[Resting], float]:
    return lambda r: float(r.chances[kind])


def _cued(pattern: re.Pattern[str]) -> Callable[[Heard], float]:
    return lambda h: float(pattern.search(h.voice.cues) is not None)


def _called(pattern: re.Pattern[str]) -> Callable[[Heard], float]:
    return lambda h: float(pattern.search(h.voice.name) is not None)


def _any(test: Callable[[Attribution], bool]) -> Callable[[Heard], float]:
    return lambda h: float(any(map(test, h.voice.attributions)))


def _is_kind(kind: str) -> Callable[[Heard], float]:
    return _any(lambda a: a.source_kind == kind)


def _is_media(heard: Heard) -> float:
    return float(bool(heard.voice.words) and newsroom.media_name(heard.voice.words))


OF_SENTENCE: Mapping[str, Callable[[Resting], float]] = {
    "on an authority's word": _chance(0), "on an outlet's": _chance(1), "no statement": _chance(2),
    "on an unnamed one's": _chance(3), "on nobody's": _chance(4),
    "share that is quoted": lambda r: r.sight.quoted,
    "share that somebody says": lambda r: r.sight.covered,
    "cues": lambda r: float(min(r.sight.cues, signs.MOST)),
    **{name: lambda r, name=name: signs.SIGNS[name](r.sight) for name in (      # type: ignore[misc]
        "hearsay", "begins with a mark", "ends with a mark", "I", "we", "you", "people without a name",
        "place in the article", "the first", "begins a paragraph", "words", "sentences of the article",
        "share of the article that somebody says")},
    "one of the first three": lambda r: float(r.sight.at < 3),
    "voices": lambda r: log(1 + len(r.voices)),
    "words of reporting": lambda r: float(signs.REPORTS.search(r.sight.text) is not None),
    "words of names": lambda r: log(1 + len(r.named)),
    "a figure": _has(_FIGURE), "the past": _has(_PAST), "the present": _has(_PRESENT),
    "a record or picture": _has(_RECORDS),
}
"""What tells of a sentence whether it rests on any of the voices."""

OF_VOICE: Mapping[str, Callable[[Heard], float]] = {
    "share of the article": lambda h: h.voice.share,
    "share of what is said": lambda h: h.voice.share / max(1e-9, sum(one.share for one in h.voices)),
    "attributions": lambda h: log(1 + len(h.voice.attributions)),
    "rank by what it says": lambda h: log(1 + h.rank), "says most": lambda h: float(h.rank == 0),
    "heard first": lambda h: float(h.at == 0), "the only one": lambda h: float(len(h.voices) == 1),
    "sentence where it is first heard": lambda h: log(1 + min(h.voice.places)),
    "where it is first heard": lambda h: min(h.voice.places) / max(1, h.sentences),
    "an outlet that others spoke to": lambda h: float(h.voice.channel),
    "spoke to an outlet": _any(lambda a: a.channel is not None),
    "according to": _cued(_ACCORDING), "reports": _cued(_REPORTS), "says": _cued(_SAYS), "confirms": _cued(_CONFIRMS),
    "a pronoun": lambda h: float(_PRONOUN.match(h.voice.name) is not None),
    "prints or sends": _called(_PRINTS), "nobody's name": _called(_NOBODYS), "a record": _called(_RECORDS),
    "an outlet's name": _is_media,
    **{f"a source that is {kind}": _is_kind(kind) for kind in SOURCE_KINDS},
    "how sure": lambda h: max(a.score for a in h.voice.attributions),
    "a capital": lambda h: float(h.voice.name[:1].isupper() or h.voice.name[4:5].isupper()),
    "quoted": _any(lambda a: a.kind != "indirect"), "states": _any(lambda a: a.act == "statement"),
    "only acts": lambda h: float(all(a.act == "other" for a in h.voice.attributions)),
    "denies": _any(lambda a: a.negated), "inside another's words": _any(lambda a: a.parent is not None),
    "words of its name": lambda h: log(1 + len(h.voice.name.split())),
}
"""What tells of a voice whether sentences rest on it."""

OF_BOTH: Mapping[str, Callable[[Held], float]] = {
    "sentences back": lambda h: _near(h.back), "sentences ahead": lambda h: _near(h.ahead),
    "sentences between": lambda h: _near(min(h.back, h.ahead)),
    "heard before": lambda h: float(h.back < FAR), "heard after": lambda h: float(h.ahead < FAR),
    "heard right before": lambda h: float(h.back == 1), "heard right after": lambda h: float(h.ahead == 1),
    "heard in it": lambda h: float(h.back == 0),
    "in this paragraph": lambda h: float(h.paragraphs(0, 0)), "by the next": lambda h: float(h.paragraphs(0, 1)),
    "since the last": lambda h: float(h.paragraphs(-1, 0)),
    "says the sentence before": lambda h: float(h.says(-1)), "says it": lambda h: float(h.says(0)),
    "says the one after": lambda h: float(h.says(1)), "says the second after": lambda h: float(h.says(2)),
    "shared with one part": lambda h: h.shared[0], "most alike": lambda h: h.shared[1],
    "shared with all": lambda h: h.shared[2],
    "named in the sentence": lambda h: float(not h.resting.named.isdisjoint(h.voice.words)),
}
"""What tells of a sentence and a voice whether the one rests on the other."""


def signs_of(resting: Resting) -> tuple[list[float], list[list[float]]]:
    """The numbers of OF_SENTENCE, and for each voice those of OF_VOICE and of OF_BOTH."""
    held = [Held.of(resting, voice) for voice in resting.voices]
    return ([sign(resting) for sign in OF_SENTENCE.values()],
            [[*one.voice.signs, *(sign(one) for sign in OF_BOTH.values())] for one in held])
