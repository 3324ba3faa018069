"""A sentence among its neighbours and attributions -> the visible signs of on whose word it is told, as numbers."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from whence.model import Attribution, Sentence, Span

MOST = 4
"""Cues and marks of quotation beyond which more are no sign.  Chosen."""
_MARK = re.compile(r"[\"“”„«»]")
_OPENS = re.compile(r"\s*[\"“'‘„«]")
_CLOSED = re.compile(r"[.!?][\"”'’)\]]*\s*\Z")
_QUOTED_TO_THE_END = re.compile(r"[\"”]\W*\Z")
_CUT = re.compile(r"(?:…|\.\.\.)\W*\Z")
_LABELLED = re.compile(r"[^.:]{2,40}:\s")
_HANDLE = re.compile(r"[@#]\w")
_LINK = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co)\b")
_BRACKET = re.compile(r"[\[\]|©]")
_HEARSAY = re.compile(r"\b(?:reported(?:ly)?|alleged(?:ly)?|rumou?r\w*|apparently|believed|claimed|purported\w*|"
                      r"said to|unconfirmed)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"\b(?:sources?|officials?|experts?|critics|many|some|people|witnesses|residents|analysts|"
                      r"insiders?|supporters|observers)\b", re.IGNORECASE)
_FIRST = re.compile(r"\bI\b")
_US = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:r)?\b", re.IGNORECASE)
REPORTS = re.compile(r"\b(?:report\w*|accord\w*|quot\w+|cit\w+|wr[io]te\w*|published)\b", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:sa(?:y|ys|id|ying)|told|tells?|added|explained|asked)\b", re.IGNORECASE)
_PRINTS = re.compile(r"\b(?:newspaper|news|times|post|daily|mail|tribune|journal|magazine|website|site|blog|tabloid|"
                     r"paper|broadcaster|channel|tv|television|agency|press|radio|media|reporters?)\b", re.IGNORECASE)
SOURCE_KINDS = ("named", "role", "document", "anonymous", "collective", "none")
QUOTES = ("direct", "mixed", "indirect")
ACTS = ("statement", "belief", "other")
FORMS = ("statement", "question", "fragment")
SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class Beside:
    """The sentence before or after: what share of it somebody says, how many cues it holds, whether the same speaker
    says some of it, and how it looks.
    """

    covered: float
    cues: int
    same: bool
    joined: bool
    closed: bool
    length: int
    form: str


@dataclass(frozen=True)
class Sight:
    """A sentence as it is looked at: its words, its place (`at` of `count`), and who says it.

    `covered` and `quoted` are the shares of it that lie in contents, and in those of direct or mixed quotations;
    `cues` counts attributions whose cue it holds; `speaker` says most of it, `mine` is how much, `here` whether the
    sentence itself tells so, `gap` the letters between it and the cue; `told` is the share of the article that somebody
    says.
    """

    text: str
    form: str
    at: int
    count: int
    begins: bool
    covered: float
    quoted: float
    cues: int
    speaker: Attribution | None
    mine: float
    here: bool
    gap: int
    source: str
    cue: str
    before: Beside | None
    after: Beside | None
    told: float

    @cached_property
    def letters(self) -> list[str]:
        """Its letters."""
        return [sign for sign in self.text if sign.isalpha()]

    @cached_property
    def words(self) -> list[str]:
        """What stands between its spaces."""
        return self.text.split()


def sights(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution],
           speakers: Sequence[Attribution | None]) -> list[Sight]:
    """The sentences of a document's own text, in order, with the speaker of each, as they are looked at."""
    said = [a for a in attributions if a.field == "text"]
    spans = [(span, a) for a in said for span in a.content]
    cues = sorted({span.start for a in said for span in a.cue})
    held = _within(sentences, spans)
    counts = [bisect_left(cues, s.end) - bisect_left(cues, s.start) for s in sentences]
    shares = [_share(s, [span for span, _ in mine]) for s, mine in zip(sentences, held, strict=True)]
    told = sum(span.end - span.start for span, _ in spans) / max(1, len(text))
    found = []
    for at, (sentence, speaker) in enumerate(zip(sentences, speakers, strict=True)):
        before, after = (_beside(text, sentences, at, at + by, held, shares, counts, speaker) for by in (-1, 1))
        length = max(1, sentence.end - sentence.start)
        mine = [] if speaker is None else speaker.content
        found.append(Sight(
            text[sentence.start:sentence.end], sentence.form, at, len(sentences),
            at == 0 or sentences[at - 1].paragraph != sentence.paragraph, shares[at],
            _share(sentence, [span for span, a in held[at] if a.kind != "indirect"]), counts[at], speaker,
            sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in mine) / length,
            speaker is not None and any(sentence.start <= start and end <= sentence.end for start, end in speaker.cue),
            0 if speaker is None else min(max(0, sentence.start - end, start - sentence.end)
                                          for start, end in speaker.cue),
            "" if speaker is None else " ".join(text[start:end] for start, end in speaker.source),
            "" if speaker is None else " ".join(text[start:end] for start, end in speaker.cue), before, after, told))
    return found


def _within(sentences: Sequence[Sentence],
            spans: Sequence[tuple[Span, Attribution]]) -> list[list[tuple[Span, Attribution]]]:
    """For each sentence the spans that lie in it, cut to it."""
    ends = [s.end for s in sentences]
    found: list[list[tuple[Span, Attribution]]] = [[] for _ in sentences]
    for span, attribution in spans:
        for at in range(bisect_left(ends, span.start + 1), len(sentences)):
            sentence = sentences[at]
            if sentence.start >= span.end:
                break
            found[at].append((Span(max(span.start, sentence.start), min(span.end, sentence.end)), attribution))
    return found


def _share(sentence: Sentence, spans: Sequence[Span]) -> float:
    """What share of a sentence lies in spans, which may overlap."""
    count, reached = 0, sentence.start
    for start, end in sorted(spans):
        count += max(0, end - max(start, reached))
        reached = max(reached, end)
    return count / max(1, sentence.end - sentence.start)


def _beside(text: str, sentences: Sequence[Sentence], mine: int, at: int,
            held: Sequence[Sequence[tuple[Span, Attribution]]], shares: Sequence[float], counts: Sequence[int],
            speaker: Attribution | None) -> Beside | None:
    if not 0 <= at < len(sentences):
        return None
    sentence = sentences[at]
    return Beside(shares[at], counts[at], speaker is not None and any(a.id == speaker.id for _, a in held[at]),
                  sentence.paragraph == sentences[mine].paragraph,
                  _CLOSED.search(text, sentence.start, sentence.end) is not None, sentence.end - sentence.start,
                  sentence.form)


def _has(pattern: re.Pattern[str]) -> Callable[[Sight], float]:
    return lambda s: float(pattern.search(s.text) is not None)


def _is_form(form: str) -> Callable[[Sight], float]:
    return lambda s: float(s.form == form)


def _speaks(name: str, value: str, here: bool = False) -> Callable[[Sight], float]:
    return lambda s: float(s.speaker is not None and getattr(s.speaker, name) == value and (s.here or not here))


def _flag(name: str) -> Callable[[Sight], float]:
    return lambda s: float(s.speaker is not None and bool(getattr(s.speaker, name)))


def _near(name: str, side: str) -> Callable[[Sight], float]:
    def value(sight: Sight) -> float:
        """The number of the sentence on that side."""
        beside: Beside | None = getattr(sight, side)
        return 0.0 if beside is None else float(getattr(beside, name))
    return value


def _length(side: str) -> Callable[[Sight], float]:
    near = _near("length", side)
    return lambda s: log(1 + near(s))


def _is_beside(side: str, form: str) -> Callable[[Sight], float]:
    def value(sight: Sight) -> float:
        """Whether the sentence on that side has the form."""
        beside: Beside | None = getattr(sight, side)
        return float(beside is not None and beside.form == form)
    return value


SIGNS: Mapping[str, Callable[[Sight], float]] = {
    **{f"a {form} by its form": _is_form(form) for form in FORMS},
    "share that somebody says": lambda s: s.covered,
    "nobody says any of it": lambda s: float(s.covered == 0),
    "somebody says less than a third": lambda s: float(s.covered < .3),
    "share that is quoted": lambda s: s.quoted,
    "cues": lambda s: min(s.cues, MOST),
    "somebody says most of it": lambda s: float(s.speaker is not None),
    "share that the speaker says": lambda s: s.mine,
    "its own cue": lambda s: float(s.here),
    "letters to the cue": lambda s: log(1 + s.gap),
    "how sure the attribution is": lambda s: 0.0 if s.speaker is None else s.speaker.score,
    **{f"a speaker that is {kind}": _speaks("source_kind", kind) for kind in SOURCE_KINDS},
    **{f"a speaker that is {kind}, here": _speaks("source_kind", kind, here=True) for kind in SOURCE_KINDS},
    **{f"{kind} speech": _speaks("kind", kind) for kind in QUOTES},
    **{f"an act of {act}": _speaks("act", act) for act in ACTS},
    "a name for the speaker": _flag("speaker"),
    "a channel": _flag("channel"),
    "not said, or denied": _flag("negated"),
    "left open whether said": _flag("hedged"),
    "inside another's words": _flag("parent"),
    "a cue of reporting": lambda s: float(REPORTS.search(s.cue) is not None),
    "a cue of saying": lambda s: float(_SAYS.search(s.cue) is not None),
    "words of the source": lambda s: log(1 + len(s.source.split())),
    "a source with a capital": lambda s: float(s.source[:1].isupper()),
    "a speaker without words": lambda s: float(s.speaker is not None and not s.source),
    "a source that prints or sends": lambda s: float(_PRINTS.search(s.source) is not None),
    "words": lambda s: log(1 + len(s.words)),
    "under six words": lambda s: float(len(s.words) < 6),
    "marks of quotation": lambda s: float(min(len(_MARK.findall(s.text)), MOST)),
    "begins with a mark": lambda s: float(_OPENS.match(s.text) is not None),
    "ends with a mark": _has(_QUOTED_TO_THE_END),
    "ends as sentences do": _has(_CLOSED),
    "breaks off": _has(_CUT),
    "begins with a label": lambda s: float(_LABELLED.match(s.text) is not None),
    "ends with a colon": lambda s: float(s.text.rstrip().endswith(":")),
    "a handle or tag": _has(_HANDLE),
    "an address": _has(_LINK),
    "brackets and bars": _has(_BRACKET),
    "share of capitals": lambda s: sum(map(str.isupper, s.letters)) / max(1, len(s.letters)),
    "share of words with a capital": lambda s: sum(w[0].isupper() for w in s.words) / max(1, len(s.words)),
    "share of figures": lambda s: sum(map(str.isdigit, s.text)) / max(1, len(s.text)),
    "I": _has(_FIRST), "we": _has(_US), "you": _has(_YOU),
    "hearsay": _has(_HEARSAY),
    "people without a name": _has(_UNNAMED),
    "place in the article": lambda s: s.at / max(1, s.count),
    "the first": lambda s: float(s.at == 0),
    "the last": lambda s: float(s.at == s.count - 1),
    "one of the last three": lambda s: float(s.at >= s.count - 3),
    "sentences of the article": lambda s: log(max(1, s.count)),
    "begins a paragraph": lambda s: float(s.begins),
    "a paragraph of its own": lambda s: float(s.begins and (s.after is None or not s.after.joined)),
    "begins with a small letter": lambda s: float(s.text[:1].islower()),
    "a line break inside": lambda s: float("\n" in s.text.strip()),
    "begins with a bullet": lambda s: float(s.text[:1] in "([-–—•*" if s.text else False),
    "share of the article that somebody says": lambda s: s.told,
    **{f"{side}: {name}": _near(name, side)
       for side in SIDES for name in ("covered", "cues", "same", "joined", "closed")},
    **{f"{side}: length": _length(side) for side in SIDES},
    **{f"{side}: a {form}": _is_beside(side, form) for side in SIDES for form in FORMS},
}


def signs(sight: Sight) -> list[float]:
    """The numbers of SIGNS, in their order."""
    return [sign(sight) for sign in SIGNS.values()]
