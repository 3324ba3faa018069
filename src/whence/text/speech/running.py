"""Quotations that run on over sentences and paragraphs -> all of them the contents of whoever speaks."""
from __future__ import annotations

import re
from collections.abc import Sequence

from whence.model import Sentence, Span
from whence.text.meaning import names
from whence.text.speech.abroad import direct_quotation
from whence.text.speech.cues import TAGS
from whence.text.speech.prose import Draft, Prose

LONGEST_LEAD = 300
"""Characters of a sentence that announces a quotation: chosen."""
_LEADING = re.compile(
    r"(?:In|At|On|After|Before|During|For|By|Speaking|Asked|Then|But|And|Later|Yesterday|Today)\b[^,]{0,120},\s+")
_FROM = re.compile(
    r"(?:(?:[Aa]nd|[Tt]hen|[Aa]lso|[Nn]ext|[Mm]ore|[Tt]his|[Hh]ere|[Ww]ords?|[Rr]eaction)"
    r"(?: (?:is|was|came|comes|too))? )?"
    r"(?P<cue>(?:[Ff]rom|[Bb]y)(?: the (?:desk|office|pen|keyboard|account) of)?) (?P<source>[^:]{3,120})")
"""A lead-in without a verb: "And from the deputy mayor, Ada Boyd:"."""
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does)\b")
_TOKEN = re.compile(r"[\w’'-]+")
_HELPERS = frozenset("has have had then also later once simply finally only".split())


def announced(words: str) -> None:
    """A sentence that ends with a verb of saying and a colon announces the quotation that the next paragraph is."""


def only_leads(text: str) -> bool:
    """Whether a line only names whose words follow: "And from the deputy mayor, Ada Boyd:"."""
    return text.endswith(":") and _FROM.fullmatch(text[:-1]) is not None and _VERB.search(text) is None


def run_on(prose: Prose, drafts: list[Draft]) -> None:
    """Add to each draft the quotations that go on after it, or that began before it, sentence by sentence.

    A sentence or paragraph that is all quotation, and has no speaker of its own, goes on with whoever's quotation
    stands right before it; what an open quotation began in the paragraphs before goes to whoever closes it.
    """
    at_sentence = _by_sentence(prose, drafts)
    covered = _covered(prose, drafts)
    speaking: Draft | None = None
    waiting: list[Span] = []
    for number, sentence in enumerate(prose.sentences):
        own = [d for d in at_sentence.get(number, ()) if _speaks(prose, d)]
        span = Span(sentence.start, sentence.end)
        if own:
            _precede(own[0], waiting)
            speaking, waiting = own[-1], []
        elif number in covered:
            speaking, waiting = covered[number], []
        elif prose.is_quotation(span):
            speaking, waiting = _go_on(prose, drafts, speaking, waiting, span)
        else:
            waiting = _opened(prose, sentence)
            speaking = None if waiting else _lead(prose, number, drafts)


def _by_sentence(prose: Prose, drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
    found: dict[int, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda draft: draft.cue):
        found.setdefault(prose.sentence(draft.cue.start), []).append(draft)
    return found


def _covered(prose: Prose, drafts: Sequence[Draft]) -> dict[int, Draft]:
    """The sentences that are somebody's quoted content already, whole or but for their end."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        if not _speaks(prose, draft):
            continue
        for start, end in draft.content:
            for number in range(prose.sentence(start), prose.sentence(end - 1) + 1):
                sentence = prose.sentences[number]
                if min(end, sentence.end) - max(start, sentence.start) > (sentence.end - sentence.start) // 2:
                    found[number] = draft
    return found


def _speaks(prose: Prose, draft: Draft) -> bool:
    """Whether a draft tells who speaks a quotation: its cue stands outside quotations, some of its content inside; or,
    as in French, in the middle of it.
    """
    if draft.rule is direct_quotation:
        return True
    return prose.quoted(draft.cue.start) is None and any(prose.marks_in(span) for span in draft.content)


def _go_on(
    prose: Prose, drafts: list[Draft], speaking: Draft | None, waiting: list[Span], span: Span
) -> tuple[Draft | None, list[Span]]:
    if speaking is None:
        return None, [*waiting, span] if not prose.marks_in(span)[-1].closed else []
    speaking.content.append(span)
    speaking.values["goes on"] = "the next sentence or paragraph is all quotation"
    if speaking.rule is announced and speaking not in drafts:
        drafts.append(speaking)
    return speaking, []


def _precede(draft: Draft, waiting: list[Span]) -> None:
    if waiting:
        draft.content = [*(span for span in waiting if span not in draft.content), *draft.content]
        draft.values["goes on"] = "the quotation opens in a paragraph before"


def _opened(prose: Prose, sentence: Sentence) -> list[Span]:
    """The quotation that a sentence opens and that nothing closes in its paragraph."""
    marks = prose.marks_in(Span(sentence.start, sentence.end))
    if marks and not marks[-1].closed and marks[-1].start >= sentence.start:
        return [Span(marks[-1].start, min(marks[-1].end, sentence.end))]
    return []


def _lead(prose: Prose, number: int, drafts: Sequence[Draft]) -> Draft | None:
    """The speaker whom a sentence ending in a colon announces, where the next paragraph opens with a quotation."""
    sentence = prose.sentences[number]
    text = prose.text
    if text[sentence.end - 1] != ":" or sentence.end - sentence.start > LONGEST_LEAD:
        return None
    leading = _LEADING.match(text, sentence.start, sentence.end)
    first = leading.end() if leading else sentence.start
    words = list(_TOKEN.finditer(text, first, sentence.end))
    for at in range(len(words) - 1, max(0, len(words) - 9), -1):
        if words[at].group().lower() in TAGS:
            begun = at
            while begun > 1 and words[begun - 1].group().lower() in _HELPERS:
                begun -= 1
            stop = sentence.end if words[at].end() == sentence.end - 1 else words[at].end()
            source = Span(first, first + len(text[first:words[begun].start()].rstrip()))
            return Draft([source], Span(words[begun].start(), stop), [], .5, announced)
    return _lead_without_verb(prose, Span(sentence.start, sentence.end - 1))


def _lead_without_verb(prose: Prose, lead: Span) -> Draft | None:
    """The speaker of a lead-in that only names him."""
    found = _FROM.fullmatch(prose.text, *lead)
    if found is None or _VERB.search(found["source"]) or not names.names(f"so {found['source']}"):
        return None
    return Draft([Span(*found.span("source"))], Span(*found.span("cue")), [], .5, announced)
