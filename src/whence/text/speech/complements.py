"""A cue in a line -> what was said, asked or believed: where it begins, before or after the cue, and where it ends."""
from __future__ import annotations

from typing import NamedTuple

from whence.model import Span
from whence.text.speech.cues import SPEECH_PREPOSITIONS, Cue, is_finite_cue
from whence.text.speech.grammar import (
    CONJUNCTION,
    DASHES,
    DAY,
    DETERMINER,
    FINAL_WORDS,
    NEGATION,
    PREPOSITION,
    REACH,
    is_adverb,
    is_finite,
)
from whence.text.speech.line import Line

ADDRESSEES = 12
"""Tokens between a cue and what it announces ("told reporters in the capital on Monday that"): chosen."""
BETWEEN_HALVES = 20
"""Tokens between the two halves of a parted quotation ("“…,” said X, a baker of Y, “…”"): chosen."""
DATELINE = 12
"""Tokens in which a dateline ends: chosen; a place, a date and an agency."""
_WH = frozenset("what how whether why if who when where".split())
_SCENE = frozenset("when while as because if although though asked still instead since".split())


class Complement(NamedTuple):
    """What follows a cue: its frame (a letter of `cues`), its first and the cue's last token, and who is addressed."""

    frame: str
    first: int
    last: int
    addressee: Span | None = None


def content_after(line: Line, complement: Complement) -> list[Span]:
    """The text of a complement, to where its clause ends."""
    first = complement.first
    found = line.content(first, max(line.clause_end(first, complement.frame), first + 1))
    return [found] if found else []


def complement(line: Line, at: int, cue: Cue) -> Complement | None:
    """What the verb at `at` announces after it, or None where nothing does that this verb may announce."""
    after = _past_insertion(line, at + 1)
    word, frames = line.word(after), cue.frames
    if not word or word in FINAL_WORDS:
        return None
    if line.is_quote(after):
        return Complement("q", after, at) if "q" in frames or "n" in frames else None
    if word in (",", ":"):
        announced = "q" in frames and (line.is_quote(after + 1) or word == ":")
        return Complement("q", after + 1, at) if announced else None
    if word == "that" and "t" in frames:
        return Complement("t", after, at)
    if "i" in frames and (word == "to" or (word == "not" and line.word(after + 1) == "to")):
        return Complement("i", after, at)
    if word in _WH and "w" in frames:
        return Complement("w", after, at)
    return _announced_later(line, after, cue) or _object(line, after, at, cue)


def _past_insertion(line: Line, after: int) -> int:
    """Past adverbs, a day, and an aside between commas ("said, however, that")."""
    start = after
    while after - start < 6 and (is_adverb(line.word(after)) or line.word(after) in DAY):
        if line.word(after) in NEGATION:
            break
        after += 1
    if line.word(after) == "," and line.word(after + 2) == "," and not line.is_quote(after + 1):
        return after + 3
    return after


def _object(line: Line, after: int, at: int, cue: Cue) -> Complement | None:
    word, frames = line.word(after), cue.frames
    if word in PREPOSITION:
        spoken_of = "p" in frames and word in SPEECH_PREPOSITIONS
        return Complement("p", after + 1, after) if spoken_of else None
    if word in CONJUNCTION or word in (")", "than") or word in DASHES:
        return None
    if "t" in frames and _clause_follows(line, after):
        return Complement("t", after, at)
    if word == "so" and "t" in frames:
        return Complement("t", after, at)
    return Complement("n", after, at) if "n" in frames else None


def _announced_later(line: Line, after: int, cue: Cue) -> Complement | None:
    """A clause or quotation that follows an addressee, a place or a day."""
    addressed = "o" in cue.frames and line.word(after) not in PREPOSITION
    if not addressed and line.word(after) not in PREPOSITION:
        return None
    for position in range(after + 1, min(after + ADDRESSEES, len(line))):
        word = line.word(position)
        frame = _announces(line, position, cue, addressed)
        if frame:
            # whoever is asked to act is part of what is asked; whoever is told that something is so is not
            first = after if frame == "i" else after + 1 if frame == "bare" else position
            last = position - 1 if frame != "bare" else after
            return Complement("t" if frame == "bare" else frame, first, after - 1, line.span(after, last))
        if word in FINAL_WORDS or line.is_quote(position):
            return None
    return None


def _announces(line: Line, position: int, cue: Cue, addressed: bool) -> str | None:
    word = line.word(position)
    if word == "that" and ("t" in cue.frames) and line.word(position - 1) not in PREPOSITION:
        return "t"
    if line.is_quote(position) and line.word(position - 1) in (",", ":") and "q" in cue.frames:
        return "q"
    if word in ("whether", "if", "how", "what", "why") and "w" in cue.frames:
        return "w"
    if addressed and word == "to":
        return "i"
    if addressed and word in ("about", "of", "against"):
        return "p"
    return "bare" if addressed and is_finite(line.tokens, position) else None


def _clause_follows(line: Line, after: int) -> bool:
    for position in range(after, min(after + 14, len(line))):
        word = line.word(position)
        if word in FINAL_WORDS or word == ",":
            return False
        if position > after and is_finite(line.tokens, position):
            return True
    return False


def sets_the_scene(line: Line, stop: int) -> bool:
    """Whether the line up to token `stop` only tells when, where or who ("In a letter, the mayor said ...")."""
    at = 0
    while line.word(at) in CONJUNCTION or is_adverb(line.word(at)) or line.word(at) == ",":
        at += 1
    if line.word(at) in PREPOSITION or line.word(at) in _SCENE or line.word(at).endswith("ing"):
        return True
    return not any(is_finite(line.tokens, near) for near in range(max(at, stop - REACH), stop))


def said_before(line: Line, last: int, begun: int = 0) -> list[Span]:
    """What was said before the speaker, up to token `last`: a quotation that ends there, else the line from `begun`."""
    at = last
    while at >= 0 and (line.word(at) == "," or line.word(at) in DASHES):
        at -= 1
    if line.is_quote(at):
        before, span = line.word(at - 1), line.span(at, at)
        stands_alone = not before or before == ":" or before in FINAL_WORDS or before in DASHES
        if stands_alone or (before == "," and _is_sentence(line.text[span.start:span.end])):
            return [span]
    first = begun or _past_dateline(line)
    while line.word(first) == "," or line.word(first) in ("but", "and", "still", "yet"):
        first += 1
    found = line.content(first, last + 1)
    return [found] if found else []


def _past_dateline(line: Line) -> int:
    """The first token after a dateline ("OSTMARK (Coast News) — ")."""
    for at in range(1, min(DATELINE, len(line))):
        shouted = line.text[line.start:line.tokens[at].start].isupper()
        if line.word(at) in DASHES and (shouted or line.word(at - 1) == ")"):
            return at + 1
    return 0


def _is_sentence(quotation: str) -> bool:
    """Whether a quotation holds a sentence of its own: it begins with a capital and ends with a stop or comma."""
    inner = quotation[:40].lstrip("\"'“‘„«`")
    return inner[:1].isupper() and quotation[-4:].rstrip("\"'”’»“")[-1:] in (",", ".", "?", "!", "…")


def quoted_after(line: Line, at: int) -> list[Span]:
    """A second quotation of the same speaker, after the speaker: “…,” she said, “…”."""
    for position in range(at, min(at + BETWEEN_HALVES, len(line))):
        word = line.word(position)
        if line.is_quote(position):
            if line.word(position - 1) not in (",", ":", ".", "that") and line.word(position - 1) not in DASHES:
                return []
            found = line.content(position, max(line.clause_end(position), position + 1))
            return [found] if found else []
        if word in FINAL_WORDS or word.endswith("ing") or is_finite(line.tokens, position):
            break
    return []


def second_half(line: Line, at: int) -> list[Span]:
    """The rest of a clause that the speaker's name parted: "The bridge, officials said, will close"."""
    if line.word(at + 1) in CONJUNCTION | {"while", "although", "though"}:
        reports = any(is_finite_cue(line.word(near)) for near in range(at + 2, at + 2 + ADDRESSEES))
        if reports:
            return []
    found = line.content(at, line.clause_end(at + 1))
    return [found] if found else []


def begins_phrase(line: Line, at: int) -> bool:
    """Whether a noun phrase plainly begins at this token."""
    return line.word(at) in DETERMINER or line.capital(at) or line.is_quote(at)
