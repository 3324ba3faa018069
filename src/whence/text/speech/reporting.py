"""A line -> drafts of its attributions, by rules on the cue verb's place; their docstrings are what the user reads."""
from __future__ import annotations

from whence.model import Span
from whence.text.speech.complements import (
    begins_phrase,
    complement,
    content_after,
    quoted_after,
    said_before,
    second_half,
    sets_the_scene,
)
from whence.text.speech.cues import AMBIGUOUS, LEXICON, NOUNS, REACTING, Cue
from whence.text.speech.drafts import Draft, Reading
from whence.text.speech.grammar import BE, DASHES, DETERMINER, REACH, SUBJECT_PRONOUN, Group, verb_group
from whence.text.speech.line import Line
from whence.text.speech.phrases import Phrase, phrase_after, subject_before
from whence.text.speech.reports import (
    according_to,
    asked_whether,
    colon_speaker,
    passive_report,
    quoted_as_saying,
    reduced_passive,
    reporting_noun,
)

_PLURAL = frozenset("they we i you who that some many most others people police both all several few women men".split())
_BEFORE_PARTICIPLE = (",", "by", "and", "in", "while", "without", "of", "for", "")
_QUANTIFIER = frozenset("that which all some both many most few several one half".split())


def read(line: Line, heading: bool = False) -> list[Draft]:
    """The drafts of a line, in the order of their cues; a `heading` may name its speaker by a colon."""
    reading = Reading(line)
    colon = colon_speaker(reading, heading)
    if colon is not None:
        return [colon]
    for at, token in enumerate(line.tokens):
        draft = None
        if token.word == "according" and line.word(at + 1) == "to":
            draft = according_to(reading, at)
        elif token.word in LEXICON and _may_be_verb(line, at):
            draft = _verb(reading, at, LEXICON[token.word])
        if draft is None and token.word in NOUNS:
            draft = reporting_noun(reading, at)
        # a cue that ends its line with a colon announces the next paragraph
        if draft is not None and draft.frame != "q" and line.word(len(line) - 1) == "?":
            draft.unreal = True
        if draft is not None and (draft.content or (draft.frame == "q" and line.word(len(line) - 1) == ":")):
            reading.drafts.append(draft)
    return reading.drafts


def _may_be_verb(line: Line, at: int) -> bool:
    """Not a part of a name ("Voice of Reason"), except in a headline, where every word may have a capital."""
    if not line.capital(at) or at == 0 or not line.capital(at - 1):
        return True
    return line.word(at) not in AMBIGUOUS and bool(LEXICON[line.word(at)].forms & {"present"})


def _verb(reading: Reading, at: int, cue: Cue) -> Draft | None:
    line = reading.line
    group = verb_group(line.tokens, at)
    before = line.word(group.first - 1)
    if before in DETERMINER - _QUANTIFIER or any(line.word(p) == "to" for p in range(group.first, at)):
        return None
    if cue.forms == {"present"} and group.finite:
        return None
    if "ing" in cue.forms:
        progressive = any(line.word(near) in BE for near in range(group.first, at))
        return _active(reading, at, cue, group) if progressive else trailing_participle(reading, at, cue, group)
    if group.passive and "participle" in cue.forms:
        return quoted_as_saying(reading, at, cue, group) or passive_report(reading, at, cue, group)
    if "participle" in cue.forms and not group.finite:
        found = reduced_passive(reading, at, cue, group) or asked_whether(reading, at, cue, group)
        if found is not None:
            return found
    if "base" in cue.forms and "past" not in cue.forms and not group.finite and not _is_plural(before):
        return None
    return _active(reading, at, cue, group)


def _is_plural(word: str) -> bool:
    return word in _PLURAL or word[-1:] in "%0123456789" or (word.endswith("s") and not word.endswith(("ss", "'s")))


def _active(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    line = reading.line
    if line.word(at + 1) in ("nothing", "anything"):
        return None
    found = speaker_after_verb(reading, at, cue, group)
    if found is not None:
        return found
    subject = reading.subject(group)
    if subject is None:
        return None
    if line.word(at) in AMBIGUOUS and not group.finite and not _reads_as_verb(line, at, subject):
        return None
    made = as_reported(reading, at, cue, group, subject) or words_before_speaker(reading, at, cue, group, subject) \
        or words_after_speaker(reading, at, cue, group, subject)
    if made is not None:
        reading.speaker = subject
        made.negated = made.negated or line.word(subject.first) in ("no", "nobody", "none", "neither")
        made.unreal = made.unreal or line.word(subject.outer) in ("if", "unless", "whether")
    return made


def _reads_as_verb(line: Line, at: int, subject: Phrase) -> bool:
    """Whether a form that may be a noun is a verb here."""
    if subject.first == subject.last and line.word(subject.last) in SUBJECT_PRONOUN | {"which", "that"}:
        return True
    opening, closing = line.word(subject.first), subject.last
    if not (line.capital(closing) or opening in DETERMINER or opening[0].isdigit() or _is_plural(line.word(closing))):
        return False
    following = line.word(at + 1)
    return following in ("that", "whether", "how", "what", "why", "to", ":") or begins_phrase(line, at + 1)


def speaker_after_verb(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """The words come first and the speaker is named after the verb: “…,” said the speaker."""
    line, before = reading.line, group.first - 1
    if "r" not in cue.frames or (before < 1 and not line.is_quote(before)) or group.finite:
        return None
    parted = line.word(before) == "," or line.word(before) in DASHES
    quoted = line.is_quote(before) or (parted and line.is_quote(before - 1))
    if not quoted and line.word(before) != ",":
        return None
    phrase = phrase_after(line.tokens, at + 1)
    if phrase is None or line.word(at + 1) == "that":
        return None
    # "X, a spokesman, said Y had failed": the comma closes an apposition and what follows the verb is a clause
    if not quoted and (not reading.tail_is_empty(phrase.last + 1) or subject_before(line.tokens, group.first)):
        return None
    draft = reading.draft(speaker_after_verb, group, phrase, cue.act("q"), "q")
    reading.speaker = phrase
    draft.content = said_before(line, before, reading.told) + quoted_after(line, phrase.last + 1)
    reading.told = phrase.last + 1
    return draft


def words_before_speaker(reading: Reading, at: int, cue: Cue, group: Group, subject: Phrase) -> Draft | None:
    """The words come first, then the speaker and the verb: “…,” the speaker said."""
    line, outer = reading.line, subject.outer
    relative = subject.first == subject.last and line.word(subject.first) in ("who", "which", "that")
    if "r" not in cue.frames or outer < 0 or group.negated or relative:
        return None
    parted = line.word(outer) == "," or line.word(outer) in DASHES
    quoted = line.is_quote(outer) or (parted and line.is_quote(outer - 1))
    if quoted and line.word(at + 1) == "that":
        return None
    inserted = not quoted and line.word(outer) == "," and line.word(at + 1) == ","
    ends_line = line.word(outer) == "," and outer > 2 and reading.tail_is_empty(at + 1)
    if not quoted and not inserted and (not ends_line or sets_the_scene(line, outer)):
        return None
    draft = reading.draft(words_before_speaker, group, subject, cue.act("q" if quoted else "t"), "q")
    draft.content = said_before(line, outer, reading.told)
    draft.content += quoted_after(line, at + 1) if quoted else second_half(line, at + 1) if inserted else []
    reading.told = at + 1
    return draft


def words_after_speaker(reading: Reading, at: int, cue: Cue, group: Group, subject: Phrase) -> Draft | None:
    """The speaker and the verb come first, and what was said, asked or believed follows."""
    line = reading.line
    found = complement(line, at, cue)
    if found is None:
        return None
    draft = reading.draft(words_after_speaker, group, subject, cue.act(found.frame), found.frame)
    draft.cue = [line.span(group.first, found.last if found.frame == "p" and found.addressee is None else at)]
    if found.addressee is not None:
        draft.values["told to or asked of"] = line.text[found.addressee.start:found.addressee.end][:80]
    draft.content = content_after(line, found)
    # "the bishop, who denied it, said", "if the bishop says so, we ...": the clause ends with its comma
    aside = line.word(subject.last) in ("who", "which") and line.word(subject.outer) == ","
    if draft.content and (aside or line.word(subject.outer) in ("if", "unless", "when", "which", "whom")):
        draft.content = _to_comma(line, found.first, draft.content[0])
    return draft


def _to_comma(line: Line, first: int, content: Span) -> list[Span]:
    """The content up to its first comma: "the bishop, who denied it, ..." goes on about the bishop."""
    comma = next((p for p in range(first, min(first + REACH, len(line))) if line.word(p) == ","), None)
    if comma is None or line.tokens[comma].start >= content.end:
        return [content]
    cut = line.content(first, comma)
    return [cut] if cut else [content]


def as_reported(reading: Reading, at: int, cue: Cue, group: Group, subject: Phrase) -> Draft | None:
    """The source stands in a clause with "as": "the dam was sound, as the engineers had reported"."""
    line, outer = reading.line, subject.outer
    if line.word(outer) != "as" or not set(cue.frames) & {"t", "r"}:
        return None
    after = at + 1
    while line.word(after) in ("in", "on", "at", "earlier", "first") and after < at + 5:
        after += 1
    if outer == 0 and line.word(after) == ",":
        draft = reading.draft(as_reported, group, subject, cue.act("t"), "t")
        draft.content = second_half(line, after)
        return draft
    if line.word(outer - 1) == "," and reading.tail_is_empty(after):
        draft = reading.draft(as_reported, group, subject, cue.act("t"), "t")
        draft.content = said_before(line, outer - 1, reading.told)
        return draft
    return None


def trailing_participle(reading: Reading, at: int, cue: Cue, group: Group) -> Draft | None:
    """A further thing the same speaker said, hung on to the sentence with "adding", "saying", "calling" or the like."""
    line = reading.line
    before = line.word(group.first - 1)
    if group.passive or before.endswith(("'s", "s'")) or (before not in _BEFORE_PARTICIPLE and not reading.drafts):
        return None
    found = complement(line, at, cue)
    if found is None or (found.frame == "p" and line.word(at) not in REACTING):
        return None
    subject = reading.shared(group.first) if before in _BEFORE_PARTICIPLE else subject_before(line.tokens, group.first)
    if subject is None:
        return None
    draft = reading.draft(trailing_participle, group, subject, cue.act(found.frame), found.frame)
    if found.frame == "p":
        draft.cue = [line.span(group.first, found.last)]
    draft.content = content_after(line, found)
    return draft
