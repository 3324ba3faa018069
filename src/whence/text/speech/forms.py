"""Fixed forms of English in which the extractor found nothing -> reports without a speaker's own verb."""
from __future__ import annotations

import re
from collections.abc import Callable

from whence.model import Span
from whence.text.speech.cues import TAGS
from whence.text.speech.prose import Draft, Prose

SCORE = .5
"""How sure such a find is: chosen, until there are enough of them in annotated articles to be counted."""
LONGEST = 600
"""Characters of a sentence that are looked at: chosen; a longer one is a list or a page without stops."""
SHORTEST = 8
"""Characters of a content: chosen; less is no clause."""
_PARTS = re.compile(r"\b(?:and|or|that|which|who|whom|while|as|because|if|than)\b")
_PASSIVE = (
    "said claimed alleged reported announced understood believed thought assumed feared expected hoped suggested "
    "argued rumoured rumored revealed confirmed disclosed known agreed decided ruled predicted estimated "
    "acknowledged admitted"
).replace(" ", "|")
_NOUNS = (
    "claims? assertions? allegations? accusations? suggestions? contention insistence warnings? complaints? arguments? "
    "beliefs? fears? hopes? suspicions? conviction admissions? announcements? denials? rumou?rs? reports? predictions? "
    "findings? conclusions? view opinion"
).replace(" ", "|")
_CLAUSE_ENDS = re.compile(r"[.;:!?](?=\s|\Z)|,\s+(?:but|and|which|who|though|although|while)\b|\s[—–-]\s")
_FINITE = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|came|comes|went|goes|"
    r"gained|made|proved|remains?|remained|seems?|seemed|appears?|appeared|led|drew|sparked|caused|rests?|rested|turned)\b")
_IMPERSONAL = re.compile(
    rf"\b[Ii]t (?P<cue>(?:is|was|has been|had been|has also been|is being) (?:\w+ly )?(?:{_PASSIVE}))"
    r"(?: (?:on|in|at|by|late|early|earlier|last|yesterday|this) [^,.;:]{2,40}?)? (?P<content>that\s)")
_ASKED = re.compile(
    r"(?P<cue>(?:Asked|\b[Ww]hen asked)(?: (?:about|on))?) "
    r"(?P<content>(?<=about )|(?<=on )|(?=whether |if |how |why |what |who ))")
_NOUN = re.compile(
    rf"(?P<source>\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|"
    rf"(?:(?:[Tt]he|[Aa]n?) )?(?:[\w-]+ ){{0,3}}?[\w-]+(?:['’]s|s['’])) )?"
    rf"(?P<cue>(?(source)|\b[Tt]he )(?:{_NOUNS})) (?P<content>that\s)")
_EXISTS = re.compile(
    r"\b[Tt]here (?:is|are|was|were|has been|have been|had been) (?:\w+ )?"
    r"(?P<cue>(?:reports?|rumou?rs?|allegations?|claims?|complaints?|suggestions?|accusations?|fears?)(?P<of> of)?) "
    r"(?P<content>(?(of)|that\s))")
_CAP = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_TAGGED = re.compile(
    rf"(?P<content>[^\s“”\"][^“”\"]{{14,}}?), (?P<source>[Tt]he (?:[a-z’'-]+ ){{0,2}}[a-z’'-]+|(?:[Tt]he )?{_CAP}"
    rf"(?: (?:of |for |the |de |van |von )?{_CAP}){{0,4}}) "
    rf"(?P<cue>{'|'.join(sorted(TAGS))}|went on|goes on)(?=[,.;]|\Z)")
_CALLED = re.compile(
    r"(?P<cue>\b(?:identified|recogni[sz]ed|described|denounced|named|label?led|branded|characteri[sz]ed|designated|listed|"
    r"regarded|exposed|unmasked|portrayed|outed)) as (?P<content>(?:an?|the|one) [^,.;:()]{3,80}?) "
    r"by (?P<source>[^,.;:()]{3,80}?)(?=[,.;:()]|\Z| (?:on|in|at|last|this|and|who|which|was|were|is|has|had)\b)")


def impersonal_report(cue: str) -> None:
    """The report is in the passive, with nobody to ask: "it was claimed that", "it is understood that"."""


def asked_about(cue: str) -> None:
    """A question is passed on without saying who put it: "Asked whether the dam was safe, he ..."."""


def reporting_noun(cue: str) -> None:
    """The report is a noun: "the mayor's claim that", "there were reports that"; its source is its owner, if any."""


def called_so(cue: str) -> None:
    """Somebody is called something in the passive, and by whom is told: "identified as an informer by the Office"."""


def tagged(cue: str) -> None:
    """Somebody and a verb of saying stand between commas in what is said: "The dam, the warden went on, is sound"."""


FORMS: tuple[tuple[str, re.Pattern[str], Callable[[str], None]], ...] = (
    ("hat ", _IMPERSONAL, impersonal_report), ("sked ", _ASKED, asked_about), ("here ", _EXISTS, reporting_noun),
    ("hat ", _NOUN, reporting_noun), (" by ", _CALLED, called_so), (", ", _TAGGED, tagged))
"""What a sentence must hold for a form to be looked for, the form, and the rule."""


def reports(prose: Prose, drafts: list[Draft]) -> list[Draft]:
    """The reports in these forms whose cue and content no draft touches, in the text's order."""
    taken = sorted(span for draft in drafts for span in (draft.cue, *draft.content))
    made: list[Draft] = []
    for sentence in prose.sentences:
        low, high = sentence.start, min(sentence.end, sentence.start + LONGEST)
        shown = prose.text[low:high]
        for needed, form, rule in FORMS:
            match = form.search(prose.text, low, high) if needed in shown else None
            draft = _draft(prose, match, high, rule) if match else None
            if draft is not None and not _touches(taken, draft):
                made.append(draft)
                break
    return made


def _draft(prose: Prose, match: re.Match[str], high: int, rule: Callable[[str], None]) -> Draft | None:
    named = match.groupdict()
    if rule in (called_so, tagged):
        source, cue, content = (Span(*match.span(name)) for name in ("source", "cue", "content"))
        return None if prose.quoted(cue.start) is not None else Draft([source], cue, [content], SCORE, rule)
    start = match.start("content")
    end = _clause_end(prose.text, start, high, rule is reporting_noun and "of" not in named)
    cue, content = Span(*match.span("cue")), Span(start, end)
    if end - start < SHORTEST or prose.quoted(cue.start) is not None:
        return None
    begun, stop = match.span("source") if named.get("source") else (0, 0)
    return Draft([Span(begun, stop - 1)] if stop else [], cue, [content], SCORE, rule)


def _clause_end(text: str, start: int, high: int, is_subject: bool) -> int:
    """Where a clause ends: with its sentence or its part of it; as the subject of another, before that one's verb."""
    ends = _CLAUSE_ENDS.search(text, start, high)
    stop = ends.start() if ends else high
    verbs = list(_FINITE.finditer(text, start, stop)) if is_subject else []
    if len(verbs) > 1 and not _PARTS.search(text, verbs[0].end(), verbs[1].start()):
        stop = verbs[1].start()
    comma = text.find(", ", start, stop)
    return comma if comma > start and not is_subject and text[start:start + 5] != "that " else stop


def _touches(taken: list[Span], draft: Draft) -> bool:
    low = min(draft.cue.start, *(span.start for span in draft.content))
    high = max(draft.cue.end, *(span.end for span in draft.content))
    return any(span.start < high and low < span.end for span in taken)
