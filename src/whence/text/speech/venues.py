"""What stands around a quotation -> the outlets and titles that it is said to come from."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from whence.text.meaning.names import LINKS, fold_name
from whence.text.normalize import words
from whence.text.speech.quotes import quotations

LEAST_INITIALS = 3
"""Words of a name whose initials are read for it; chosen: two letters abbreviate too many things."""
LEAST_TITLE = 4
"""Words of a title that is known without quotation marks; chosen: shorter ones are everyday phrases."""
LEAST_QUOTED_TITLE = 2
"""Words of a title in quotation marks; one word in them is a term."""

_TOKEN = re.compile(r"\w[\w&’'.-]*")
_VENUE = re.compile(
    r"(?:\b(?:told|tells|telling|informed|to|in|on|via)"
    r"|\b(?:interview|interviews|conversation|spoke|speaking|speaks|talk|talked|talking|chat|exchange|call|shared)"
    r"\s+with"
    r"|\b(?:published|printed|carried|run|aired|broadcast|released|issued|posted|reported|quoted|cited|obtained|"
    r"recorded|given|interviewed|transcribed)(?:\s+\w+ly)?\s+by"
    r"|\b(?:wrote|writes|writing|written|article|column|essay|letter|op-ed|piece|commentary|statement)\s+(?:for|from))"
    r"\s+(?:(?:the|its|The)\s+)?(?:[a-z]+(?:ly|-based)?\s+)?(?:newspaper|daily|weekly|magazine|broadcaster|station|"
    r"agency|website|outlet)?\s*[\"“‘'«]?$")
WRITING = re.compile(
    r"\b(?:writes?|wrote|writing|written|columns?|articles?|essays?|op-eds?|commentary|editorial|blogs?|posted|posts?|"
    r"statement|report|press release|book|letter|memo(?:randum)?|paper)\b", re.IGNORECASE)
"""English words for speech that was written down by its speaker."""

Folded = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Outlets by every name they go by.  `long` are whole names and initials, `short` a whole name's last word."""

    by_first: Mapping[str, Sequence[tuple[Folded, str]]]
    short: Mapping[str, str]

    @classmethod
    def of(cls, keys: Iterable[str]) -> Names:
        """The names of the outlets `keys` (folded names, their words parted by spaces)."""
        known = sorted(set(keys))
        initials: dict[str, list[str]] = defaultdict(list)
        lasts: dict[str, list[str]] = defaultdict(list)
        found: dict[str, list[tuple[Folded, str]]] = defaultdict(list)
        for key in known:
            name = tuple(key.split())
            found[name[0]].append((name, key))
            if len(name) >= LEAST_INITIALS:
                initials["".join(word[0] for word in name)].append(key)
            if len(name) > 1:
                lasts[name[-1]].append(key)
        for short, (key, *others) in initials.items():
            if not others and short not in known:
                found[short].append(((short,), key))
        for names in found.values():
            names.sort(key=lambda name: (-len(name[0]), name))
        return cls(found, {last: mine[0] for last, mine in lasts.items() if len(mine) == 1 and last not in known})


def venues(text: str, names: Names) -> list[tuple[str, bool]]:
    """The outlets that `text` says something was said to or published in, in order; True for a short name.

    >>> venues("Kemp told the Sarn Beacon, as the Orm Star's editor knows.", Names.of(["sarn beacon", "orm star"]))
    [('sarn beacon', False)]
    """
    found = []
    tokens = [(m, fold_name(m[0])) for m in _TOKEN.finditer(text)]
    tokens = [(m, folded) for m, folded in tokens if folded]
    for n, (match, folded) in enumerate(tokens):
        if not match[0][0].isupper() or not _VENUE.search(text[max(0, match.start() - 60):match.start()]):
            continue
        some = [word for m, part in tokens[n:n + 8] for word in part]
        key = next((key for name, key in names.by_first.get(folded[0], ()) if tuple(some[:len(name)]) == name), None)
        short = names.short.get(folded[0]) if key is None and _ends(text, match.end()) else None
        if key is not None or short is not None:
            found.append((key or short or "", key is None))
    return found


def _ends(text: str, end: int) -> bool:
    """Whether a name ends here: "the Beacon", and not "the Beacon Street school"."""
    after = _TOKEN.match(text, end + 1)
    return after is None or not after[0][0].isupper() or after[0].lower() in LINKS


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles by their first words, each with whatever bears it."""

    by_start: Mapping[Folded, Sequence[tuple[Folded, str]]]

    @classmethod
    def of(cls, titles: Iterable[tuple[str, str]]) -> Titles:
        """Titles, each with the name of its bearer; those of a single word are left out."""
        found: dict[Folded, list[tuple[Folded, str]]] = defaultdict(list)
        for title, bearer in titles:
            forms = tuple(word.form for word in words(title))
            if len(forms) >= LEAST_QUOTED_TITLE:
                found[forms[:LEAST_QUOTED_TITLE]].append((forms, bearer))
        return cls({start: sorted(some) for start, some in found.items()})

    def named(self, text: str) -> Iterator[str]:
        """The bearers of the titles that stand in `text`: whole in quotation marks, or of four words and more."""
        for quote in quotations(text, 0, len(text)):
            forms = tuple(word.form for word in words(text[quote.start:quote.end]))
            yield from (bearer for title, bearer in self.by_start.get(forms[:LEAST_QUOTED_TITLE], ()) if title == forms)
        found = words(text)
        for n, word in enumerate(found):
            forms = tuple(w.form for w in found[n:n + LEAST_QUOTED_TITLE])
            if text[word.start].isupper() and forms in self.by_start:
                for title, bearer in self.by_start[forms]:
                    if len(title) >= LEAST_TITLE and tuple(w.form for w in found[n:n + len(title)]) == title:
                        yield bearer
