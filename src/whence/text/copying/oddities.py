"""Two articles -> the odd turns of phrase and odd spellings that both have, as accounts of their own would not."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np

from whence.text.meaning.names import CALENDAR
from whence.text.meaning.stems import NEGATIONS, STOP

SHORTEST = 6
"""Words of a turn of phrase.  Chosen: shorter ones are shared by chance."""
TELLING = 2
"""Words in it that are not everyday ones: chosen, one of them is the subject that both write about."""
LETTERS = 6
"""Letters of a name whose spelling is looked at.  Chosen: among shorter ones many differ in one letter."""
OTHERS = 2
"""Texts that spell a name otherwise, for a spelling to be an error.  Chosen: one alone may be the error itself."""
REPEATED = 4
"""Times that words stand in one article from which they are a phrase of its own, or a list; chosen."""
EVERYDAY = STOP | NEGATIONS | CALENDAR | frozenset(
    "people man men woman women child children family families friend home house street road city town village country "
    "area region place site scene year years month months week weeks day days night nights morning afternoon evening "
    "hour hours minute minutes time today yesterday tomorrow middle beginning end part side number hundreds thousands "
    "dozens million percent government police officials official authorities spokesman spokeswoman minister ministry "
    "president mayor council court judge law party leader members group company workers work job money price cost "
    "school hospital church building water fire car truck bus train boat ship plane weather storm rain snow wind "
    "report reports news media newspaper statement interview letter question answer reason cause case fact word words "
    "dead death deaths died die killed injured wounded hurt taken arrested found left lost held kept called known seen "
    "heard told asked began begun started stopped ended opened closed happened caused expected believed thought needed "
    "wanted tried investigation investigated investigating inquiry immediately currently recently far long little big "
    "large small great good bad old young high low early late open public local national international former able "
    "comment comments declined respond responded request requests condition anonymity spoke speaking control wake "
    "light likely possible clear sure whole half full different important following early main social foreign general "
    "northern southern eastern western north south east west black white red second third later ago amid via".split())
"""Words that make no turn of phrase odd.  Chosen: general English of the news, for small archives can't show it."""

Gram = tuple[str, str, str]
Array = np.ndarray[Any, Any]
_NAMES = re.compile(rf"(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]{{{LETTERS - 1},24}}\b")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Account:
    """An article and those of its sentences that are compared (each as the `phrases` of its words), read once however
    often it is compared.
    """

    def __init__(self, document: str, text: str, forms: Sequence[Sequence[str]]) -> None:
        self.document = document
        self.text = text
        self.forms = forms

    @cached_property
    def grams(self) -> Mapping[Gram, Sequence[tuple[int, int]]]:
        """Every three words in a row, with the sentences and places where they stand; the REPEATED aside."""
        found: dict[Gram, list[tuple[int, int]]] = defaultdict(list)
        for number, forms in enumerate(self.forms):
            for at, gram in enumerate(_grams(forms)):
                if all(gram):
                    found[gram].append((number, at))
        return {gram: places for gram, places in found.items() if len(places) < REPEATED}

    @cached_property
    def names(self) -> frozenset[str]:
        """The longer names in the article, as spelt."""
        return frozenset(_NAMES.findall(self.text))


def turns(one: Account, other: Account) -> list[str]:
    """The odd turns of phrase that two articles have in common, without names and numbers.

    A turn is SHORTEST words in a row with TELLING that are no everyday words, or a comparison with such words.

    >>> spring = phrases(["Spring came on a bicycle with no brakes, like wet felt."])
    >>> other = phrases(["On a bicycle with no brakes came spring.", "Like wet felt it was."])
    >>> turns(Account("a", "", spring), Account("b", "", other))
    ['on a bicycle with no brakes', 'like wet felt']
    """
    found: dict[str, None] = {}
    for forms in () if one.grams.keys().isdisjoint(other.grams) else other.forms:
        for at, gram in enumerate(_grams(forms)):
            for number, place in one.grams.get(gram, ()):
                theirs = one.forms[number]
                begun = not at or not place or not forms[at - 1] or forms[at - 1] != theirs[place - 1]
                run = _run(forms[at:], theirs[place:]) if begun else []
                if _is_odd(run):
                    found[" ".join(run)] = None
    return list(found)


def _run(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """The words that two sentences begin with alike, up to a blank."""
    end = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b or not a), None)
    return one[:min(len(one), len(other)) if end is None else end]


def phrases(sentences: Iterable[str]) -> list[list[str]]:
    """The folded words of sentences; empty for a name inside one and for a number, which make no turn of phrase."""
    return [["" if word[0].isdigit() or (at and word[0].isupper()) else word.lower().replace("’", "'")
             for at, word in enumerate(_WORDS.findall(sentence))] for sentence in sentences]


def _grams(forms: Sequence[str]) -> Iterator[Gram]:
    """Every three words in a row."""
    return zip(forms, forms[1:], forms[2:], strict=False)


def _is_odd(run: Sequence[str]) -> bool:
    if len(run) >= SHORTEST and sum(map(_is_telling, run)) >= TELLING:
        return True
    if "like" in run and any(run[at] == "like" and all(map(_is_telling, run[at + 1:at + 3]))
                             for at in range(len(run) - 2)):
        return True
    return "as" in run and any(run[at] == run[at + 2] == "as" and _is_telling(run[at + 1])
                               for at in range(len(run) - 2))


def _is_telling(form: str) -> bool:
    """Whether a folded word is no everyday one."""
    return form not in EVERYDAY and len(form) > 2


class Lore:
    """All the texts of an archive, by document: how they spell names, and which turns of phrase are common to them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._usual: dict[str, str | None] = {}
        self._known: dict[str, frozenset[str]] = {}

    @cached_property
    def spellings(self) -> Counter[str]:
        """In how many different texts each longer name stands, as spelt; copies of one text count once."""
        texts = dict.fromkeys(self.texts.values())
        return Counter(name for text in texts for name in dict.fromkeys(_NAMES.findall(text)))

    def usual(self, name: str) -> str | None:
        """How OTHERS or more texts, and no fewer than have this spelling, spell the same name."""
        if name not in self._usual:
            least = max(OTHERS, self.spellings[name])
            self._usual[name] = min((near for near in _near(name) if self.spellings[near] >= least), default=None)
        return self._usual[name]

    def is_only(self, turn: str, documents: frozenset[str]) -> bool:
        """Whether no other than these documents has a turn of phrase, as a sentence begins or inside one."""
        if turn not in self._known:
            begun = turn[:1].upper() + turn[1:]
            self._known[turn] = frozenset(name for name in self._having(turn)
                                          if turn in self.texts[name] or begun in self.texts[name])
        return self._known[turn] <= documents

    @cached_property
    def _holders(self) -> tuple[Sequence[str], Array, Array]:
        """The documents in order; the hashes of their telling words, sorted; and where in that order each stands."""
        order = sorted(self.texts)
        hashed = [np.fromiter({crc32(word.encode()) for word in _WORDS.findall(self.texts[name].lower())
                               if _is_telling(word)}, np.uint32) for name in order]
        hashes = np.concatenate([*hashed, np.empty(0, np.uint32)])
        places = np.repeat(np.arange(len(order), dtype=np.uint32), [len(mine) for mine in hashed])
        by_hash = np.argsort(hashes, kind="stable")
        return order, hashes[by_hash], places[by_hash]

    def _having(self, turn: str) -> Iterator[str]:
        """The documents that have the rarest telling word of a turn, and so all that have the turn."""
        order, hashes, places = self._holders
        wanted = np.array([crc32(word.encode()) for word in turn.split() if _is_telling(word)], np.uint32)
        begins, ends = (np.searchsorted(hashes, wanted, side).tolist() for side in ("left", "right"))
        rarest = min(map(slice, begins, ends), key=lambda span: span.stop - span.start, default=slice(0, len(places)))
        return (order[at] for at in places[rarest].tolist())


def misspelt(one: Account, other: Account, lore: Lore) -> list[tuple[str, str]]:
    """The spellings that two articles share while others have another, which neither has, of the same name; with it.

    >>> texts = {"a": "aboard the Tessaliah", "b": "in the Tessaliah", "c": "on the Thessalia", "d": "by the Thessalia"}
    >>> misspelt(Account("a", texts["a"], ()), Account("b", texts["b"], ()), Lore(texts))
    [('Tessaliah', 'Thessalia')]
    """
    found = [(name, lore.usual(name)) for name in sorted(one.names & other.names)]
    return [(name, usual) for name, usual in found if usual is not None and usual not in one.names | other.names]


def _near(name: str) -> set[str]:
    """The words that a letter left out, put in, changed or moved makes of a name, its first and its ending aside."""
    shorter = {name[:at] + name[at + 1:] for at in range(1, len(name))}
    near = shorter | {name[:at] + letter + name[at:] for at in range(1, len(name)) for letter in _LETTERS}
    near |= {word[:at] + letter + word[at:] for word in shorter for at in range(1, len(word) + 1)
             for letter in _LETTERS}
    return {word for word in near if _prefix(word, name) < min(len(word), len(name)) - 2}


def _prefix(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    alike = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(alike, min(len(one), len(other)))
