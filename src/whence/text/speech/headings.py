"""Headlines, captions and list items -> who speaks in them, by punctuation: "Mayor: no money", "No money – police"."""
from __future__ import annotations

import re
from collections.abc import Set

from whence.model import Span
from whence.text.meaning import names
from whence.text.speech.cues import HEADLINE_TAGS, TAGS
from whence.text.speech.prose import Draft, Prose
from whence.text.speech.speakers import ANONYMOUS, DOCUMENTS, OFFICES, ROLES, head_of

LONGEST_SPEAKER = 60
"""Characters of a speaker beside a colon or a dash: chosen; a name with an office."""
SCORE = .6
"""How sure such a form is: chosen; less than a verb of saying."""
_QUOTE_OPENS = "\"“„«‘‚'「『»”"
_LABELS = frozenset("""
    live update updated breaking watch video photo photos picture pictures gallery explainer explained analysis opinion
    comment review interview exclusive podcast briefing quiz recap factbox timeline profile obituary correction motto
    title headline caption inscription sign slogan quote answer question note verdict result source via credit read more
    poll options here why how what when where who warning tip tips
""".split())
"""Words before a colon that label what follows: chosen."""
_BUSY = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|it|they|there)\b|[.!?;:\"“”„«»]")
_WORD = re.compile(r"[^\W\d_]+")
_COLON = re.compile(r"\s*(:)\s+(?=\S)")
_LAST = re.compile(r"\s+([–—-]|--)\s+(?=\S)|\s*(:)\s+(?=\S)")
_TAGGED = re.compile(r",\s+(?=[^,]{4,80}\Z)")


def colon_speaker(heading: str) -> None:
    """The speaker is named beside a colon, as in a headline, a caption or a list: "Mayor: no money for the bridge"."""


def dash_speaker(heading: str) -> None:
    """The speaker is named after a dash at the end of a headline: "Two hurt in fire – police"."""


def tagged_speaker(heading: str) -> None:
    """The speaker and a verb of saying stand at the end of a headline: "No money for the bridge, says mayor"."""


def speakers(prose: Prose, span: Span, heading: bool, known: Set[str]) -> list[Draft]:
    """Who speaks in a sentence by its punctuation; in a heading also without quotation marks.

    `known` are the last words (in lower case) of names that speak elsewhere in the article: before a colon anything
    else may be a topic ("Ostmark: ...") or a label ("Live: ...").
    """
    found = _before_colon(prose, span, heading, known) or _after_quotation(prose, span)
    if not found and heading:
        found = _last(prose, span, known) or _tagged(prose, span)
    return [found] if found else []


def is_speaker(words: str, known: Set[str]) -> bool:
    """Whether words beside a colon or a dash plainly name a speaker: an office, a report, or somebody who speaks."""
    folded = names.fold_name(words)
    head = head_of(words)
    return bool(folded) and folded[-1] not in _LABELS and (
        head in OFFICES or head in ROLES or head in DOCUMENTS or head in ANONYMOUS or folded[-1] in known)


def is_label(words: str) -> bool:
    """Whether words before a colon label what follows, and name nobody: "Live", "Verdict".

    >>> is_label("Live"), is_label("Ada Boyd")
    (True, False)
    """
    return head_of(words) in _LABELS


def _before_colon(prose: Prose, span: Span, heading: bool, known: Set[str]) -> Draft | None:
    text = prose.text
    colon = _COLON.search(text, span.start, min(span.end, span.start + LONGEST_SPEAKER + 3))
    if colon is None or prose.quoted(colon.start(1)) is not None:
        return None
    speaker = text[span.start:colon.start()]
    verb = next((word for word in _WORD.finditer(speaker) if word.start() and word.group() in TAGS), None)
    if verb is not None:
        return _announced(prose, span, verb, colon)
    if not speaker[:1].isupper() or _BUSY.search(speaker) or head_of(speaker) in _LABELS:
        return None
    content = Span(colon.end(), span.end)
    if text[content.start] in _QUOTE_OPENS and prose.quoted(content.start) is not None:
        if not (is_speaker(speaker, known) or _is_name(speaker)) or not _is_speech(text[content.start:content.end]):
            return None
    elif not heading or not is_speaker(speaker, known):
        return None
    return _draft(prose, Span(span.start, colon.start()), Span(*colon.span(1)), content, colon_speaker)


def _announced(prose: Prose, span: Span, verb: re.Match[str], colon: re.Match[str]) -> Draft | None:
    """A speaker, a verb of saying, a colon and a quotation: "Boyd told the council: “…”"."""
    speaker = prose.text[span.start:span.start + verb.start()].rstrip()
    mark = prose.quoted(colon.end())
    if mark is None or _BUSY.search(speaker) or not speaker[:1].isupper():
        return None
    stop = colon.end(1) if span.start + verb.end() == colon.start(1) else span.start + verb.end()
    source, cue = Span(span.start, span.start + len(speaker)), Span(span.start + verb.start(), stop)
    return _draft(prose, source, cue, Span(mark.start, span.end), colon_speaker)


def _after_quotation(prose: Prose, span: Span) -> Draft | None:
    """A quotation, a colon or dash, and the speaker: "“Not one boat came”: survivor of the flood"."""
    mark = prose.quoted(span.start)
    beside = _LAST.match(prose.text, mark.end, span.end) if mark is not None and mark.closed else None
    if mark is None or beside is None or span.end - beside.end() > LONGEST_SPEAKER:
        return None
    speaker = prose.text[beside.end():span.end]
    if _BUSY.search(speaker) or not (is_speaker(speaker, frozenset()) or _is_name(speaker)):
        return None
    cue = Span(*beside.span(1 if beside[1] else 2))
    return _draft(prose, Span(beside.end(), span.end), cue, Span(mark.start, mark.end), colon_speaker)


def _last(prose: Prose, span: Span, known: Set[str]) -> Draft | None:
    begun = max(span.start, span.end - LONGEST_SPEAKER - 3)
    dashes = list(_LAST.finditer(prose.text, begun, span.end))
    dash = dashes[-1] if dashes else None
    if dash is None or dash[2] or prose.quoted(dash.start(1)) is not None:
        return None
    speaker = prose.text[dash.end():span.end]
    if _BUSY.search(speaker) or len(speaker.split()) > 5 or not is_speaker(speaker, known):
        return None
    source, content = Span(dash.end(), span.end), Span(span.start, dash.start())
    return _draft(prose, source, Span(*dash.span(1)), content, dash_speaker)


def _tagged(prose: Prose, span: Span) -> Draft | None:
    comma = _TAGGED.search(prose.text, span.start, span.end)
    if comma is None or prose.quoted(comma.start()) is not None:
        return None
    words = prose.text[comma.end():span.end].split()
    verb = next((word for word in (words[0], words[-1]) if word.lower() in HEADLINE_TAGS), None)
    if verb is None or not 2 <= len(words) <= 7:
        return None
    stop = comma.end() + len(verb)
    if verb is words[0]:
        cue, source = Span(comma.end(), stop), Span(stop + 1, span.end)
    else:
        cue, source = Span(span.end - len(verb), span.end), Span(comma.end(), span.end - len(verb) - 1)
    return _draft(prose, source, cue, Span(span.start, comma.start()), tagged_speaker)


def _draft(prose: Prose, source: Span, cue: Span, content: Span, rule: object) -> Draft | None:
    assert callable(rule)
    text = prose.text
    end = content.end
    while end > content.start and text[end - 1] in " .":
        end -= 1
    end = content.end if prose.quoted(content.end - 1) is not None else end
    return Draft([source], cue, [Span(content.start, end)], SCORE, rule) if end > content.start else None


def _is_name(words: str) -> bool:
    """Whether words beside a quotation can be a person's: a capital word that is no label, or a name of several."""
    found = names.names(f"so {words}")
    return bool(found) and found[0].start < 5 + len(words) and found[0].words[-1] not in _LABELS


def _is_speech(quotation: str) -> bool:
    """Whether a quotation holds more than a title or a single word."""
    inner = quotation.strip(_QUOTE_OPENS + "’”»“")
    return len(inner.split()) > 1
