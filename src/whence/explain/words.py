"""Turns texts that were taken in, hostile ones included, into what a screen can show: made harmless, cut, compared."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from whence.text.normalize import UNSPACED

Mark = Literal["same", "added", "dropped"]

MAX_WORDS = 2_000
"""Chosen: longer than any sentence a person wrote; comparing two takes memory with the product of their lengths."""

KIN = .4
"""Chosen by looking: with fewer of its words in common, marking each difference hides more than it shows."""

# Controls, bidirectional embeddings, overrides and isolates, lone surrogates and non-characters: each can make a page
# or a terminal show something else than what was written.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
                     "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s]")
_SAME_MARK = str.maketrans("“”„«»‘’‚–—", "\"\"\"\"\"'''--")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a wording held against another: the same in both, added to it, or dropped from the other."""

    text: str
    mark: Mark


def harmless(text: str) -> str:
    """The text with every character that could deceive a page or a terminal replaced by U+FFFD; same length.

    >>> harmless("safe\\x1b[31m \\u202egnp.exe")
    'safe�[31m �gnp.exe'
    """
    return _UNSAFE.sub("\ufffd", text)


def flat(text: str) -> str:
    """The text on one line, made harmless, its runs of white space each one space."""
    return " ".join(harmless(text).split())


def cut(text: str, length: int) -> str:
    """The text on one line, cut before a word to at most `length` characters where it is longer, with an ellipsis.

    >>> cut("The reservoir fell by nine metres", 20)
    'The reservoir fell …'
    """
    text = flat(text[:4 * length + 64]) + ("" if len(text) <= 4 * length + 64 else " …")
    if len(text) <= length:
        return text
    head = text[:length - 1]
    return head[:head.rfind(" ") + 1 or length - 1] + "…"


def word_key(text: str) -> str:
    """What two wordings have in common that differ in nothing but white space and the make of their quotation marks."""
    return " ".join(text.translate(_SAME_MARK).split())


def differences(earlier: str, later: str) -> tuple[Piece, ...] | None:
    """`later` word by word against `earlier`; None where they are too long, or too unlike, for that to help a reader.

    The longest common run of words stays (Indel distance, RapidFuzz); quotation marks of another make count as same.
    """
    old, new = _words(earlier), _words(later)
    if max(len(old), len(new)) > MAX_WORDS:
        return None
    old_keys, new_keys = _keys(old), _keys(new)
    if Indel.normalized_similarity(old_keys, new_keys) < KIN:
        return None
    pieces: list[Piece] = []
    for step in Indel.opcodes(old_keys, new_keys):
        if step.tag == "delete":
            pieces.append(Piece("".join(old[step.src_start:step.src_end]), "dropped"))
        else:
            mark: Mark = "same" if step.tag == "equal" else "added"
            pieces.append(Piece("".join(new[step.dest_start:step.dest_end]), mark))
    return _tidy(pieces)


def marked(pieces: Iterable[Piece]) -> str:
    """Differences where there are no colours, as wdiff writes them.

    >>> marked((Piece("At least", "same"), Piece(" 12", "dropped"), Piece(" 15", "added"), Piece(" seals", "same")))
    'At least [-12-] {+15+} seals'
    """
    shown = {"same": "{}", "added": "{{+{}+}}", "dropped": "[-{}-]"}
    return "".join((" " if piece.text.startswith(" ") and piece.mark != "same" else "")
                   + shown[piece.mark].format(piece.text if piece.mark == "same" else piece.text.strip())
                   for piece in pieces)


def _words(text: str) -> list[str]:
    """Words and marks, each with one space before it where the text has any."""
    return [(" " if match.start() and text[match.start() - 1].isspace() else "") + match[0]
            for match in _WORD.finditer(text)]


def _keys(words: Iterable[str]) -> list[str]:
    return [word.strip().translate(_SAME_MARK) for word in words]


def _tidy(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Changes on either side of a lone comma or hyphen become one, dropped words before added ones."""
    tidy: list[Piece] = []
    dropped, added = "", ""
    for i, piece in enumerate(pieces):
        if piece.mark == "dropped":
            dropped += piece.text
        elif piece.mark == "added":
            added += piece.text
        elif (dropped or added) and i + 1 < len(pieces) and not any(c.isalnum() for c in piece.text):
            dropped, added = dropped + piece.text, added + piece.text
        else:
            tidy += _change(dropped, added)
            dropped = added = ""
            tidy.append(piece)
    return tuple(tidy + _change(dropped, added))


def _change(dropped: str, added: str) -> list[Piece]:
    return [*([Piece(dropped, "dropped")] if dropped else []), *([Piece(added, "added")] if added else [])]
