"""Rules for words that are reported without a speaker's own verb: passives, "according to", nouns, and colons."""
from __future__ import annotations

from whence.text.speech.complements import complement, content_after, said_before, second_half
from whence.text.speech.cues import DENIALS, LEXICON, NOUNS, UNOWNED_NOUNS, Cue
from whence.text.speech.drafts import Draft, Reading
from whence.text.speech.grammar import DETERMINER, PREPOSITION, REACH, STOPS, Group, is_finite
from whence.text.speech.line import Line
from whence.text.speech.phrases import Phrase, phrase_after, subject_before

REACH_OF_BY = 14
"""Tokens between a passive verb and the "by" that names who said it: chosen."""
LONGEST_SPEAKER = 8
"""Tokens before a speaker's colon: chosen; a name with its office."""
_SAYING = frozenset("saying telling writing stating warning claiming suggesting admitting".split())
_RAISING = frozenset("""
    expect believe say know think consider ask tell understand assume presume fear hope regard see suspect
""".split())
_POSSESSIVE = frozenset("his her its their my our your".split())
_EXISTS = frozenset("been were are was".split())


def passive_report(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """The report is in the passive ("it was claimed that", "is expected to"); its source follows "by", if named."""
    line = reading.line
    subject = subject_before(line.tokens, group.first)
    if subject is None:
        return None
    draft = reading.draft(passive_report, group, None, cue.act("t"), "passive")
    if cue.frames == "a":
        return _called(reading, draft, at, subject)
    after = _by(reading, draft, at)
    if subject.first == subject.last and line.word(subject.first) in ("it", "there"):
        if line.word(after) != "that":
            return None
        draft.hidden = cue.lemma in _RAISING
        rest = line.content(after, line.clause_end(after, "t"))
        draft.content = [rest] if rest else []
        return draft
    if "n" not in cue.frames and cue.lemma not in _RAISING and line.word(after) != "as":
        return None
    rest = line.content(after, line.clause_end(after)) if after < len(line) else None
    draft.content = [line.span(subject.first, subject.last)] + ([rest] if rest else [])
    return draft


def _called(reading: Reading, draft: Draft, at: int, subject: Phrase) -> Draft | None:
    """What somebody "was identified as ... by" whoever says so; without a "by" it is no report."""
    line = reading.line
    by = _find_by(line, at)
    phrase = phrase_after(line.tokens, by + 1) if by is not None else None
    if by is None or by == at + 1 or phrase is None:
        return None
    reading.credit(draft, phrase)
    said = line.content(at + 1, by)
    draft.content = [line.span(subject.first, subject.last), *([said] if said else [])]
    return draft


def _by(reading: Reading, draft: Draft, at: int) -> int:
    """Credit the source named right after "by"; the token after all that."""
    line = reading.line
    if line.word(at + 1) != "by":
        return at + 1
    phrase = phrase_after(line.tokens, at + 2)
    if phrase is None:
        return at + 1
    reading.credit(draft, phrase)
    draft.cue = [line.span(_first_token(line, draft), at + 1)]
    return phrase.last + 1


def _first_token(line: Line, draft: Draft) -> int:
    start = draft.cue[0].start
    low, high = 0, len(line) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if line.tokens[middle].start < start else (low, middle)
    return low


def quoted_as_saying(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """The words reach us through somebody else: "the minister was quoted as saying that"."""
    line = reading.line
    if line.word(at + 1) != "as" or line.word(at + 2) not in _SAYING:
        return None
    subject = subject_before(line.tokens, group.first)
    found = complement(line, at + 2, LEXICON[line.word(at + 2)])
    if subject is None or found is None:
        return None
    draft = reading.draft(quoted_as_saying, group, subject, "statement", found.frame)
    draft.cue = [line.span(group.first, at + 2)]
    draft.content = content_after(line, found)
    return draft


def reduced_passive(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """Something is named together with who says it: "a dam described as unsafe by two engineers"."""
    line = reading.line
    by = _find_by(line, at)
    if by is None or not ({"n", "t"} & set(cue.frames) or ("a" in cue.frames and by > at + 1)):
        return None
    stop = group.first - 1 if line.word(group.first - 1) == "," else group.first
    subject, phrase = subject_before(line.tokens, stop), phrase_after(line.tokens, by + 1)
    if subject is None or phrase is None:
        return None
    draft = reading.draft(reduced_passive, group, phrase, cue.act("n"), "passive")
    draft.content = [line.span(subject.first, subject.last)]
    if by > at + 1:
        said = line.content(at + 1, by)
        draft.content += [said] if said else []
    else:
        draft.cue = [line.span(group.first, by)]
    return draft


def _find_by(line: Line, at: int) -> int | None:
    """The "by" that goes with a participle: right after it, or after its "as ..."."""
    if line.word(at + 1) == "by":
        return at + 1
    if line.word(at + 1) != "as":
        return None
    for position in range(at + 2, min(at + REACH_OF_BY, len(line))):
        if line.word(position) == "by":
            return position
        if line.word(position) in STOPS or line.word(position) == "," or is_finite(line.tokens, position):
            return None
    return None


def asked_whether(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """A question is passed on without saying who put it: "Asked whether the dam was safe, he ..."."""
    line = reading.line
    if at != 0 or "o" not in cue.frames or line.word(1) not in ("whether", "if", "how", "why", "what", "about"):
        return None
    comma = next((p for p in range(1, min(40, len(line))) if line.word(p) == ","), None)
    if comma is None:
        return None
    draft = reading.draft(asked_whether, group, None, "other", "w")
    said = line.content(1, comma)
    draft.content = [said] if said else []
    return draft


def according_to(reading: Reading, at: int) -> Draft | None:
    """The source is named with "according to"."""
    line = reading.line
    opens = at == 0 or (at == 1 and line.word(0) in ("but", "and", "yet"))
    phrase = phrase_after(line.tokens, at + 2, opens_sentence=opens)
    if phrase is None:
        return None
    group = Group(at, at + 1, False, False, False, False)
    draft = reading.draft(according_to, group, phrase, "statement", "t")
    after = phrase.last + 1
    if opens:
        draft.content = second_half(line, after)
    else:
        draft.content = said_before(line, at - 1, reading.told)
        reading.told = after
        if line.word(at - 1) == "," and line.word(after) == ",":
            draft.content += second_half(line, after)
    return draft


def reporting_noun(reading: Reading, at: int) -> Draft | None:
    """The report is a noun: "the mayor's claim that", "there were reports that"; its source is its owner, if any."""
    line = reading.line
    of = line.word(at + 1) == "of" and line.word(at - 1) in _EXISTS and line.word(at) in UNOWNED_NOUNS
    if not of and (line.word(at + 1) != "that" or at + 2 >= len(line) or is_finite(line.tokens, at + 2)):
        return None
    owner, first = _owner(line, at)
    if owner is None and (line.word(at) not in UNOWNED_NOUNS or first != at):
        return None
    refused = line.word(first - 1) in DENIALS or line.word(first - 1) == "no"
    group = Group(first, at, False, refused, False, False)
    draft = reading.draft(reporting_noun, group, owner, NOUNS[line.word(at)], "t")
    stop = line.clause_end(at + 1)
    comma = next((p for p in range(at + 1, min(stop, at + REACH)) if line.word(p) == ","), stop)
    content = line.content(at + 1 + of, comma)
    draft.content = [content] if content else []
    return draft


def _owner(line: Line, at: int) -> tuple[Phrase | None, int]:
    """Whose claim it is ("his claim", "the port's recent claim"), and where the noun with its own adjectives begins."""
    for position in range(at - 1, max(at - 4, -1), -1):
        word = line.word(position)
        if word in _POSSESSIVE:
            return Phrase(position, position), position + 1
        if word.endswith(("'s", "s'")) and word not in ("it's", "that's", "there's", "he's", "she's"):
            return subject_before(line.tokens, position + 1), position + 1
        if word in DETERMINER | PREPOSITION | STOPS | {","} or is_finite(line.tokens, position):
            break
    return None, at


def colon_speaker(reading: Reading, heading: bool) -> Draft | None:
    """The speaker is named before a colon, as in a headline or a transcript: "Mayor: no money for the bridge"."""
    line = reading.line
    colon = next((p for p in range(1, min(LONGEST_SPEAKER + 1, len(line))) if line.word(p) == ":"), None)
    if colon is None or colon + 1 >= len(line) or not line.capital(0) or (colon == 1 and len(line.word(0)) < 3):
        return None
    if any(is_finite(line.tokens, p) or line.word(p) in STOPS or line.word(p) in PREPOSITION for p in range(colon)):
        return None
    if not line.is_quote(colon + 1) and not heading:
        return None
    group = Group(colon, colon, False, False, False, False)
    draft = reading.draft(colon_speaker, group, Phrase(0, colon - 1), "statement", "q")
    content = line.content(colon + 1, len(line))
    draft.content = [content] if content else []
    return draft
