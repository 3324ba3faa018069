"""Names that tell one claim -> which of them are of one bearer: the one is the core of the other, and of no other."""
from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import combinations

from whence.text.meaning import names
from whence.text.meaning.unions import Unions

FULL = 2
"""Words from which a name is taken for a full one, whatever it stands in: there are two of a surname in one story, and
seldom two of a name.  Chosen."""

_LINKS = frozenset("of by with from for and or to in at on as who that via nor".split())
"""Words after which a name is that of somebody else than the whole: "the leader of Orm", "Orle and Orm"."""
_OTHERS = frozenset("other another fake parody spoof so-called alleged purported".split())
_PLACED = frozenset("of from in at".split())
_KINDS = frozenset("newspaper daily weekly tabloid broadsheet magazine agency news wire website site channel network "
                   "station jr sr".split())
"""What may follow a name without another bearer: what outlets are, and which of two of one name."""
_OPENERS = frozenset("the a an its our their il la le el der die das".split())
_POSSESSIVE = re.compile(r"[’']s?$")
_EDGES = "\"'“”‘’«»()[],;:"


def one_bearer(labels: Mapping[str, str], texts: Mapping[str, Collection[str]], apart: Collection[tuple[str, str]] = (),
               known: Collection[str] = ()) -> dict[str, str]:
    """For each name (by its key, with how it is written) that is of one bearer with others, the key that stands for
    all: one of `known`, else the shortest full name.  Keys that are `apart` (the smaller first) stay so.

    A name is part of a longer one that ends in it ("Ann Brae", "Orle councillor Ann Brae"), goes on with a place or a
    kind ("Ann Brae of Orle", "Lamp newspaper"), or has a middle name more.  A single word is so only where all longer
    names that it is part of are one, and each of its `texts` has that name somewhere.

    >>> labels = {"brae": "Brae", "ann brae": "Ann Brae", "mayor": "Orle Mayor Ann Brae"}
    >>> one_bearer(labels, {"brae": ["Ann Brae came.  Brae said so."]})
    {'ann brae': 'ann brae', 'brae': 'ann brae', 'mayor': 'ann brae'}
    >>> one_bearer(labels, {"brae": ["Brae said so."]})
    {'ann brae': 'ann brae', 'mayor': 'ann brae'}
    """
    keys = sorted(labels)
    words = {key: _words(labels[key]) for key in keys}
    longer = {short: [long for long in keys if long != short and _is_part(words[short], words[long])
                      and (min(short, long), max(short, long)) not in apart] for short in keys}
    groups = Unions(len(keys))
    place = {key: at for at, key in enumerate(keys)}
    for short in sorted(keys, key=lambda key: -len(words[key])):
        full = len(words[short]) >= FULL
        if full or len({groups.root(place[long]) for long in longer[short]}) == 1:
            for long in longer[short]:
                if full or _stands(words[long], texts.get(short, ())):
                    groups.join(place[short], place[long])
    found: dict[int, list[str]] = {}
    for key in keys:
        found.setdefault(groups.root(place[key]), []).append(key)
    return {key: _standing(mine, words, known) for mine in found.values()
            if len(mine) > 1 and not any(pair in apart for pair in combinations(mine, 2)) for key in mine}


def _stands(name: tuple[str, ...], texts: Collection[str]) -> bool:
    """Whether each of some texts has the end of a name: as much of it as makes a full one."""
    last = (re.escape(word.removesuffix("'s")) for word in name[-FULL:])
    wanted = re.compile(r"(?:['’]s)?\W+".join(last), re.IGNORECASE)
    return bool(texts) and all(wanted.search(text) for text in texts)


def _standing(keys: Collection[str], words: Mapping[str, tuple[str, ...]], known: Collection[str]) -> str:
    """The key that stands for all."""
    return min(keys, key=lambda key: (key not in known, len(words[key]) < FULL, len(words[key]), key))


def _words(label: str) -> tuple[str, ...]:
    """The words of a name, folded one by one, without what opens it and its titles; possessives keep their mark."""
    found = [bare for word in label.split() if (bare := word.strip(_EDGES))]
    begins = next((at for at, word in enumerate(found) if word[0].isupper()), 0)
    if not (_LINKS | _OTHERS).intersection(found[:begins]):
        found = found[begins:]                 # "film industry publication Variety"
    folded = [_folded(word) for word in found]
    while folded and (folded[0] in _OPENERS or folded[0] in names.TITLES):
        del folded[0]
    return tuple(word for word in folded if word)


def _folded(word: str) -> str:
    owns = _POSSESSIVE.search(word) is not None
    bare = "".join(names.fold_name(word)) or word.lower()
    return f"{bare}'s" if owns else bare


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not short or len(short) > len(long) or short[-1].endswith("'s"):
        return False
    if short == long:
        return True
    if len(short) >= FULL and long[:len(short)] == short and long[len(short)] in _PLACED:
        return True
    if len(short) == FULL and len(long) == FULL + 1 and (short[0], short[-1]) == (long[0], long[-1]):
        return not _LINKS.intersection(long)
    end = len(long)
    while end > len(short) and long[end - 1] in _KINDS:
        end -= 1
    before = long[:end - len(short)]
    return long[end - len(short):end] == short and not _LINKS.intersection(before) and not _OTHERS.intersection(before)
