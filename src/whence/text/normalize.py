"""Text to words: each folded to a form that copies share, with the code points it stands at.

A word is a run of letters and digits, with the marks, apostrophes and invisible characters inside it.  Chinese,
Japanese, Thai, Lao, Khmer and Burmese, which put no spaces between words, are cut into characters.
"""
from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from typing import NamedTuple

APOSTROPHES = "'’ʼ＇"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space, joiners, byte-order mark: inside a word they change nothing that a reader sees."""
UNSPACED = (
    "\u0e00-\u0eff"              # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Hiragana, Katakana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)

_ASCII = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_TAGS = min(sys.maxunicode, 0x20000)       # where Han begins, and the tags after it: no marks of words
_DROPPED = str.maketrans(dict.fromkeys(map(ord, INVISIBLE)) | dict.fromkeys(map(ord, APOSTROPHES), "'"))


class Word(NamedTuple):
    """A word's folded form and its half-open span in code points."""

    form: str
    start: int
    end: int


def fold(text: str) -> str:
    """`text` with what copies vary in taken out: compatibility forms, case, invisible characters, apostrophes.

    >>> fold("ＣＡＦÉ\u00ad’s") == fold("cafe\u0301's")
    True
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED))


def words(text: str) -> list[Word]:
    """The words of `text` in order, folded; spans do not overlap and hold no white space.

    >>> words("Don't stop: 3 cafés!")[0]
    Word(form="don't", start=0, end=5)
    >>> [w.form for w in words("東京 2021")]
    ['東', '京', '2021']
    """
    if text.isascii():
        return [Word(m.group().lower(), m.start(), m.end()) for m in _ASCII.finditer(text)]
    found = [Word(fold(m.group()), m.start(), m.end()) for m in _any_script().finditer(text)]
    return [word for word in found if word.form]


def folded(text: str) -> list[str]:
    """The folded forms of `words`, which are found sooner without their places.

    >>> folded("Don't stop: 3 cafés!") == [word.form for word in words("Don't stop: 3 cafés!")]
    True
    """
    if text.isascii():
        return _ASCII.findall(text.lower())
    return [word.form for word in words(text)]


@cache
def _any_script() -> re.Pattern[str]:
    """What `words` looks for in any script; built once, since `re` has no class for combining marks."""
    extending = _marks() + INVISIBLE
    letter = rf"[^\W_{UNSPACED}]"
    inside = rf"(?:{letter}|[{extending}])"
    return re.compile(rf"[{UNSPACED}][{extending}]*|{letter}{inside}*(?:[{APOSTROPHES}]{letter}{inside}*)*")


def is_extending(letter: str) -> bool:
    """Whether a character belongs to the letter before it: a combining mark, or one that is not seen."""
    return letter in INVISIBLE or (ord(letter) < _TAGS and unicodedata.category(letter)[0] == "M")


def _marks() -> str:
    """All combining marks of this Python's Unicode, as ranges for a character class."""
    kinds = "".join([kind[0] for kind in map(unicodedata.category, map(chr, range(_TAGS)))])
    return "".join(f"\\U{run.start():08x}-\\U{run.end() - 1:08x}" for run in re.finditer("M+", kinds))
