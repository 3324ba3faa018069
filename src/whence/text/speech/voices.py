"""A source and cue in their text -> what kind of source it is, whom it stands for, and what it does."""
from __future__ import annotations

import re
from dataclasses import dataclass

from whence.model import Reason, SourceKind
from whence.text.speech import abroad
from whence.text.speech.cues import Told, told
from whence.text.speech.people import Bearer, Cast
from whence.text.speech.prose import Draft, Prose
from whence.text.speech.speakers import kind_of

_IF = re.compile(r"(?:^|\W)(?:if|unless|until|whether|lest)\s+$", re.IGNORECASE)
_ASKING = re.compile(r"\W*(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|should|may|might|why)\b",
                     re.IGNORECASE)
_NOBODY = re.compile(r"(?:nobody|no one|no-one|none|neither|no [a-z])", re.IGNORECASE)
_PERSONAL = frozenset("he she his her him hers".split())
_RELATIVE = frozenset("who which that whom whose".split())
_THINGS = frozenset("it its".split())
_MANY = frozenset("they their them we our us you i my me those these both all some many others".split())
_HIDDEN = re.compile(r"\b(?:understood|learn(?:ed|t)|rumou?red|whispered|leaked)\b")
_NOT_TO_BE_NAMED = re.compile(
    r"\b(?:condition of anonymity|anonymously|(?:not (?:be|to be)|(?:declin|refus)\w+ to be) (?:named|identified))")
_ANTECEDENT = re.compile(r"[^,.;:()“”\"]{1,80}\Z")


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of who speaks and how: `speaker` is the fullest name that the document gives."""

    kind: SourceKind
    speaker: Bearer | None
    told: Told
    reasons: tuple[Reason, ...]


def named(source: str) -> None:
    """The source's words hold a name: of a person, or of a body with a name of its own."""


def role(source: str) -> None:
    """The source's words tell what somebody is (an office, a job, a body), but no name stands with them."""


def document(source: str) -> None:
    """The source is something written or recorded: a report, a letter, a law, a poll."""


def anonymous(source: str) -> None:
    """The source is said to know, but the text names nobody who could be asked."""


def collective(source: str) -> None:
    """The source is many people at once."""


def none(source: str) -> None:
    """The text does not tell who said it."""


KINDS = {"named": named, "role": role, "document": document, "anonymous": anonymous, "collective": collective,
         "none": none}


def stands_for(mention: str, name: str) -> None:
    """A short name, an office or a pronoun stands for the fullest name that the article gives for it."""


def not_said(cue: str) -> None:
    """What follows was not said, or is denied, or is only imagined as said ("did not say", "denied", "would say"), so
    the source is not held to have stated it."""


def hedged(cue: str) -> None:
    """The writer leaves open whether it was said at all, or said so ("appeared to suggest", "reportedly told")."""


def hear(prose: Prose, cast: Cast, draft: Draft, language: str | None, last: Bearer | None) -> Voice:
    """Who speaks in a draft, and how.  `last` is whoever spoke last before it; `language` is None for English."""
    source = prose.shown(draft.source[:1]).strip(" ,;:–—")
    cue = prose.text[draft.cue.start:draft.cue.end]
    if language is not None:
        kind: SourceKind = abroad.kind(source, language)
        speaker, how = cast.named(source) if kind == "named" else None, Told(abroad.act(cue, language), False, False)
    else:
        kind, speaker = _who(prose, cast, draft, source, last)
        how = _how(prose, draft, source, cue)
    reasons = [Reason.of(KINDS[kind], source=source or "none")]
    if speaker is not None and speaker.label != source:
        reasons.append(Reason.of(stands_for, mention=source, name=speaker.label))
    if how.negated or (how.act == "other" and _unsaid(prose, draft, source)):
        reasons.append(Reason.of(not_said, cue=cue))
    if how.hedged:
        reasons.append(Reason.of(hedged, cue=cue))
    return Voice(kind, speaker, how, tuple(reasons))


def _who(prose: Prose, cast: Cast, draft: Draft, source: str, last: Bearer | None) -> tuple[SourceKind, Bearer | None]:
    plain = source.lower()
    at = draft.source[0].start if draft.source else draft.cue.start
    cue = prose.text[draft.cue.start:draft.cue.end].lower()
    if not source:
        return ("anonymous" if _HIDDEN.search(cue) else "none"), None
    if plain in _PERSONAL:
        bearer = cast.meant(plain, at, last)
        return ("named" if bearer else "role"), bearer
    if plain in _RELATIVE:
        return _related(prose, cast, at)
    if plain in _THINGS:
        if re.search(r"\breads?\b", cue):
            return "document", None
        body = last if last is not None and not last.person and plain == "it" else None
        return ("named" if body else "role"), body
    if plain in _MANY:
        return ("role" if plain in ("i", "my", "me") else "collective"), None
    kind = kind_of(source)
    if kind == "named":
        return kind, cast.named(source, at)
    if kind == "role" and _NOT_TO_BE_NAMED.search(_around(prose, draft)):
        return "anonymous", None
    return kind, (cast.holder(source) or cast.described(source, at)) if kind == "role" else None


def _related(prose: Prose, cast: Cast, at: int) -> tuple[SourceKind, Bearer | None]:
    """The kind and name of the noun that a "who" goes with: what stands right before it."""
    sentence = prose.sentences[prose.sentence(at)]
    before = prose.text[max(sentence.start, at - 120):at].rstrip(" ,")
    found = _ANTECEDENT.search(before)
    words = found.group().strip() if found else ""
    if not words:
        return "role", None
    kind = kind_of(words)
    return kind, cast.named(words) if kind == "named" else None


def _around(prose: Prose, draft: Draft) -> str:
    sentence = prose.sentences[prose.sentence(draft.cue.start)]
    return prose.text[max(sentence.start, draft.cue.start - 200):min(sentence.end, draft.cue.end + 200)]


def _how(prose: Prose, draft: Draft, source: str, cue: str) -> Told:
    sentence = prose.sentences[prose.sentence(draft.cue.start)]
    ends = [span.end for span in (*draft.source, *draft.content) if span.end <= draft.cue.start]
    before = prose.text[max(sentence.start, draft.cue.start - 24, *ends):draft.cue.start]
    content = prose.shown(draft.content[:1])[:120]
    how = told(cue, content, before)
    if _NOBODY.match(source):
        return Told("other", not how.negated, how.hedged)
    return how._replace(act="other") if _unsaid(prose, draft, source) else how


def _unsaid(prose: Prose, draft: Draft, source: str) -> bool:
    """Whether the words are only imagined as said: "if the mayor says", "Has the mayor said that …?"."""
    if not draft.source or prose.quoted(draft.cue.start) is not None:
        return False
    sentence = prose.sentences[prose.sentence(draft.cue.start)]
    at = draft.source[0].start
    if _IF.search(prose.text[max(sentence.start, at - 20):at]):
        return True
    asked = sentence.form == "question" and _ASKING.match(prose.text, sentence.start, sentence.end)
    return bool(asked) and not any(prose.marks_in(span) for span in draft.content)
