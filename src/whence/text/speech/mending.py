"""What the extractor found -> the same without what is nobody's words, and with its ends put right."""
from __future__ import annotations

import re
from collections.abc import Sequence

from whence.model import Span
from whence.text.speech import channels
from whence.text.speech.cues import TAGS, is_quoting, is_strong
from whence.text.speech.prose import Draft, Prose
from whence.text.speech.speakers import OFFICES, head_of, kind_of

_ADDRESSED = re.compile(r"(?:is|are|was|were|been|being|be|get|got)\s+(?:\w+ly\s+|also\s+|never\s+|not\s+)?"
                        r"(?:told|informed|asked|warned|reminded|assured|ordered|advised|notified)\Z", re.IGNORECASE)
_SEEMING = re.compile(r"(?:would |may |might )?(?:appear|seem)(?:s|ed)?(?: to be| to have been| to)?", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:\w+ly |not |also )*(?:is|are|was|were|be|being|(?:has |have |had )?been)\b", re.IGNORECASE)
_TOLD_ON = re.compile(r"and (?!that\b|to\b|would\b)[a-z]")
_OWNED = re.compile(r"(?:['’]s?|\b(?:his|her|its|their|my|our|your|whose))\Z", re.IGNORECASE)
_ACCORDING = re.compile(r"\s*according to\s*\Z", re.IGNORECASE)
_JOINED = re.compile(r"(?:,|;)?\s+(?:and|but|while|whereas|though|although)\s+(?:(?:also|then|later)\s+)?\Z")
_FIRST = re.compile(r"[^\W\d_]+")
_JOINED_TO = re.compile(r"\b(?:and|but) that\b")
PLAIN_NOUNS = frozenset("belief beliefs opinion opinions statement statements allegation allegations assertion "
                        "assertions accusation accusations suspicion suspicions speculation conviction".split())
"""Reporting nouns that are no form of a verb."""
PRONOUNS = frozenset("he she it they we i you who which that some few many nobody his her its "
                     "their my our your".split())
SURE = .5
"""How sure the extractor must be of what it reads inside a content: chosen, with the articles of PolNeAR's dev part in
view; it was not trained on any such."""
_SHUT = {"(": ")", "[": "]", "{": "}"}
REACH = 40
"""Characters before a clause in which the word that joins it is looked for: chosen."""


def mended(prose: Prose, drafts: Sequence[Draft], outlet: str | None) -> list[Draft]:
    """The drafts that stand, each with its spans put right; `outlet` is the document's publisher."""
    kept = []
    for draft in drafts:
        _without_dateline(prose, draft)
        _split_at_verb(prose, draft)
        _without_quotation(prose, draft)
        _without_brackets(prose, draft)
        _without_aside(prose, draft)
        _in_its_part(prose, draft)
        _with_one_source(prose, draft)
        if draft.source and _ADDRESSED.search(prose.text[slice(*draft.cue)]) and draft.source[0].end <= draft.cue.start:
            draft.source = []
        channel = channels.channel(prose, draft, outlet)
        if channel is not None:
            draft.channel = channel.name
            channels.without(draft, channel.span, prose.text)
        if draft.content and not _is_nobodys(prose, draft):
            kept.append(draft)
    _share_sources(prose, kept)
    _one_speaker(prose, kept)
    return kept


def _one_speaker(prose: Prose, drafts: Sequence[Draft]) -> None:
    """A quotation whose own sentence tells who speaks is not that of the speaker in a sentence before it as well."""
    own: dict[Span, list[Draft]] = {}
    for draft in drafts:
        here = prose.sentence(draft.cue.start)
        if draft.source and prose.quoted(draft.cue.start) is None:
            for span in draft.content:
                if prose.is_quoted(span) and prose.sentence(span.start) == here:
                    own.setdefault(span, []).append(draft)
    for draft in drafts:
        here = prose.sentence(draft.cue.start)
        draft.content = [span for span in draft.content if draft in own.get(span, ()) or not own.get(span)
                         or prose.sentence(span.start) == here] or draft.content


def _share_sources(prose: Prose, drafts: Sequence[Draft]) -> None:
    """A verb that only an "and" or a comma joins to another report has its subject: "said A and warned that B"."""
    last: Draft | None = None
    for draft in sorted(drafts, key=lambda d: d.cue):
        here = prose.sentence(draft.cue.start)
        before = prose.text[max(0, draft.cue.start - REACH):draft.cue.start]
        word = _FIRST.match(prose.text, *draft.cue)
        if not draft.source and last is not None and prose.sentence(last.cue.start) == here and word and (
                (_JOINED.search(before) and word.group().lower() in TAGS)
                or (before.endswith(", ") and word.group().endswith("ing"))):
            draft.source = list(last.source)
        if draft.source:
            last = draft


def _is_nobodys(prose: Prose, draft: Draft) -> bool:
    """Whether these are nobody's words: a credit line, a dateline, a title in quotation marks, the reporter's own
    "seemed", or "according to" where it means "in line with".
    """
    text, cue = prose.text, prose.text[slice(*draft.cue)]
    sentence = prose.sentences[prose.sentence(draft.cue.start)]
    if draft.cue.start < channels.dateline(text, sentence.start, sentence.end):
        return True
    if channels.is_credit(text, sentence.start, sentence.end):
        return True
    if not draft.source and _SEEMING.fullmatch(cue):
        return True
    if _is_kind_of_belief(prose, draft):
        return True
    marks = [mark for span in draft.content for mark in prose.marks_in(span)]
    if marks and all(map(prose.is_title, marks)) and all(map(prose.is_quoted, draft.content)):
        return not is_quoting(cue)
    return _ACCORDING.match(cue) is not None and not _is_on_the_word(prose, draft)


def _is_kind_of_belief(prose: Prose, draft: Draft) -> bool:
    """Whether the words are a name for a kind of report or belief ("folk beliefs about the sea"): a noun that nobody
    has, with what seems its source right before it.
    """
    word = _FIRST.match(prose.text, *draft.cue)
    if word is None or word.group().lower() not in PLAIN_NOUNS or len(draft.source) != 1:
        return False
    source = draft.source[0]
    return (not prose.text[source.end:draft.cue.start].strip() and source.end <= draft.cue.start
            and _OWNED.search(prose.text[slice(*source)]) is None)


def _is_on_the_word(prose: Prose, draft: Draft) -> bool:
    """Whether "according to" tells whose word it is: set off by a comma, or with somebody or something that speaks."""
    before = prose.text[max(0, draft.cue.start - 2):draft.cue.start].strip()
    sentence = prose.sentences[prose.sentence(draft.cue.start)]
    if not before or before[-1] in ",—–-;”\"" or draft.cue.start - sentence.start < 6:
        return True
    source = prose.shown(draft.source[:1])
    return kind_of(source) in ("named", "anonymous", "collective") or head_of(source) in OFFICES


def _without_dateline(prose: Prose, draft: Draft) -> None:
    text = prose.text
    for spans in (draft.source, draft.content):
        for number, (start, end) in enumerate(spans):
            sentence = prose.sentences[prose.sentence(start)]
            begun = channels.dateline(text, sentence.start, sentence.end)
            if sentence.start <= start < begun:
                spans[number] = Span(min(begun, end), end)
    draft.source = [span for span in draft.source if span.end > span.start]
    draft.content = [span for span in draft.content if span.end > span.start]


def _split_at_verb(prose: Prose, draft: Draft) -> None:
    """Of "Boyd told the council:" with the colon for a cue, the verb is the cue, and the source ends before it."""
    text = prose.text
    if text[slice(*draft.cue)].strip() != ":" or len(draft.source) != 1:
        return
    source = draft.source[0]
    for word in re.finditer(r"[a-z]+", text[source.start:source.end]):
        if word.group() in TAGS and word.start() > 1:
            start = source.start + word.start()
            draft.source = [Span(source.start, source.start + len(text[source.start:start].rstrip()))]
            draft.cue = Span(start, source.start + word.end())
            return


def _without_quotation(prose: Prose, draft: Draft) -> None:
    """A quotation is no part of a source: what follows the speaker in marks goes on with what was said."""
    for number, span in enumerate(draft.source):
        mark = next((m for m in prose.marks_in(span) if m.start > span.start and not prose.is_title(m)), None)
        if mark is not None and any(prose.is_quoted(content) for content in draft.content):
            end = span.start + len(prose.text[span.start:mark.start].rstrip(" ,"))
            draft.source[number] = Span(span.start, end)
            draft.content = sorted({*draft.content, Span(mark.start, mark.end)})


def _without_aside(prose: Prose, draft: Draft) -> None:
    """What the reporter tells on after a quotation is not the speaker's (“…,” she said, and her voice was hoarse)."""
    *quoted, last = draft.content or [draft.cue]
    if (quoted and last.start >= draft.cue.end and all(map(prose.is_quoted, quoted)) and not prose.marks_in(last)
            and _TOLD_ON.match(prose.text, *last)):
        draft.content = quoted


def _in_its_part(prose: Prose, draft: Draft) -> None:
    """A source before its cue does not reach over a semicolon."""
    for number, (start, end) in enumerate(draft.source):
        cut = prose.text.rfind("; ", start, end)
        if cut > start and end <= draft.cue.start:
            draft.source[number] = Span(cut + 2, end)


def _with_one_source(prose: Prose, draft: Draft) -> None:
    """A source is one phrase, the one next to the cue (of 17,210 in PolNeAR's training part six are in pieces); and a
    name right before "told", "claims" and the like is their subject, not part of what is told.
    """
    if len(draft.source) > 1:
        draft.source = [min(draft.source, key=lambda span: min(abs(span.end - draft.cue.start),
                                                               abs(span.start - draft.cue.end)))]
    if not draft.source and len(draft.content) > 1 and draft.content[0].end <= draft.cue.start:
        first, cue = draft.content[0], prose.text[slice(*draft.cue)]
        between = prose.text[first.end:draft.cue.start]
        if not between.strip() and kind_of(prose.text[slice(*first)]) == "named" and not _PASSIVE.match(cue):
            draft.source, draft.content = [first], draft.content[1:]


def _without_brackets(prose: Prose, draft: Draft) -> None:
    """Opening brackets that nothing in the content closes stand outside it."""
    for number, (begun, end) in enumerate(draft.content):
        start = begun
        while start < end and prose.text[start] in _SHUT and _SHUT[prose.text[start]] not in prose.text[start:end]:
            start += 1
        draft.content[number] = Span(start, end)


def beside(prose: Prose, drafts: Sequence[Draft], inner: Sequence[Draft]) -> list[Draft]:
    """The drafts found inside the contents of others, told apart: those that really stand inside, and those that stand
    beside, after an "and" (“X said A and Y said B”, “X said A and warned that B”), whose clause the outer content then
    loses.
    """
    kept = []
    held = _held(prose, drafts)
    for draft in inner:
        begins = min([draft.cue, *draft.source]).start
        joint = _JOINED.search(prose.text, max(0, begins - REACH), begins)
        holder = _holder(held.get(prose.sentence(draft.cue.start), ()), draft.cue)
        if joint is not None and holder is not None and _JOINED_TO.search(prose.text[slice(*holder[1])]) is None:
            outer, span = holder
            if not draft.source:
                draft.source = list(outer.source)
            cut = Span(span.start, joint.start())
            outer.content = [cut if one == span else one for one in outer.content if one != span or cut.end > cut.start]
            kept.append(draft)
        elif draft.source and draft.score >= SURE and _is_another(prose, draft):
            kept.append(draft)
    return kept


def _held(prose: Prose, drafts: Sequence[Draft]) -> dict[int, list[tuple[Draft, Span]]]:
    """For each sentence (by number) the contents that reach into it, each with its draft."""
    found: dict[int, list[tuple[Draft, Span]]] = {}
    for draft in drafts:
        for span in draft.content:
            for number in range(prose.sentence(span.start), prose.sentence(span.end - 1) + 1):
                found.setdefault(number, []).append((draft, span))
    return found


def _holder(held: Sequence[tuple[Draft, Span]], cue: Span) -> tuple[Draft, Span] | None:
    """The draft with the shortest content that holds a cue, and that content."""
    around = [(draft, span) for draft, span in held if span.start <= cue.start and cue.end <= span.end]
    return min(around, key=lambda one: one[1].end - one[1].start, default=None)


def _is_another(prose: Prose, draft: Draft) -> bool:
    """Whether an inner source can be somebody else than the outer one, which pronouns mostly mean, and speaks."""
    source, cue = prose.shown(draft.source[:1]).lower(), prose.text[slice(*draft.cue)]
    words = [word.group() for word in _FIRST.finditer(cue.lower())]
    return source not in PRONOUNS and (is_quoting(cue) or any(map(is_strong, words)))
