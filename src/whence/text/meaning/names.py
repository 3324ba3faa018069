"""Text into the names that it holds (of people, places, bodies), folded so that their variants meet."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from whence.text.meaning.numerals import FEW, PARTS, SCALES, SMALL, VAGUE
from whence.text.normalize import fold

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady baron baroness count countess prince princess king queen "
    "president chancellor premier prime minister vice deputy secretary senator sen congressman congresswoman rep "
    "representative governor gov mayor judge justice chief general gen colonel col major maj captain capt lieutenant "
    "lt sergeant sgt commander admiral inspector detective constable officer sheriff ambassador bishop archbishop "
    "cardinal pope father sister brother reverend rev rabbi imam sheikh ayatollah spokesman spokeswoman spokesperson "
    "director chairman chairwoman warden coroner treasurer envoy curator rector dean abbot vicar provost marshal "
    "corporal coach chair former acting interim ex".split())
"""What stands before a person's name and is not part of it."""

SURNAMES = frozenset("dean king judge pope bishop prince major marshal abbot baron chancellor".split())
"""Titles that are surnames too: "Stephen King"."""
_MISTERS = frozenset("mr mrs ms miss dr prof professor sir".split())

TWIN = re.compile(r"^(?:www\d?|m|amp|mobile|wap)\.(?=[\w-]+\.)")
"""What stands before an outlet's host and makes no other outlet of it."""

CALENDAR = frozenset("january february march april may june july august september october november december "
                     "monday tuesday wednesday thursday friday saturday sunday feb apr aug sept oct nov dec".split())
LINKS = frozenset("of the de del della der den van von du la le al el bin ibn for y e da di dos zu".split())
"""Small words that may stand inside a name, between two capitalised ones."""

_PLACES_SHORT = frozenset(("st", "mt", "ft"))
_COUNTS = frozenset((*SMALL, *SCALES, *VAGUE, *FEW, *PARTS, *(f"{part}s" for part in PARTS)))
_COUNTED = _COUNTS | {"and", "a"}
_OPENERS = _COUNTS | frozenset(
    "the a an this that these those it he she they we you i his her its their our my your in on at by for from with "
    "as of to and but or so yet nor if when while after before since until because although though however meanwhile "
    "also then there here what who why how where which not no yes all some many most more both each every any another "
    "other according during under over about between among against despite within without instead still even only just "
    "later earlier last next first second now today yesterday tomorrow once twice again nearly almost around least "
    "nobody nothing everyone everybody someone somebody anyone anybody never none neither unless whereas".split())
"""Words that begin a sentence and are no name there, for archives too small to show it by themselves."""

_PEOPLES = frozenset("n an ian ean in ish ese i".split())
"""How a place's name ends where it is that of its people, after the whole name, or all but its last letter."""
SPELT = 6
"""Letters of a given name that is spelt in several ways.  Chosen: of shorter ones one letter makes another name."""
RESPELT = 88
"""Likeness (RapidFuzz ratio) of two spellings of one given name, before one surname.  Chosen: one letter in nine."""
MISSPELT = 70
"""Likeness of two words of names that begin alike and may be one, spelt in two ways.  Chosen: two letters of six."""
_AFTER_ADVERB = re.compile(r",? (\d|[^\W\d_]+)")
_AFTER_ADVERBS = _COUNTS | frozenset("all every no none nobody it he she they there we i this these those".split())
"""What an adverb that begins a sentence stands before, and a name hardly; no articles: "Emily, the warden"."""
_UMLAUTS = re.compile("([aou])e")
_INSIDE, _WORD_ENDS = re.compile(r"(?<=[^\W\d_] )|(?<=[^\W\d_], )"), re.compile(r"(?!\w)")
_PLAIN_BEGINS, _PLAIN_ENDS = re.compile(r"(?<![\w.@/-])"), re.compile(r"(?![\w@-]|\.\w)")
_FOLLOWS = re.compile(r" ([^\W\d_]+)")
_CAPITALISED = re.compile(r"(?<![^\W\d_])[^\W\d_a-z](?:[^\W\d_]|['’.\-](?=[^\W\d_]))*\d*")
_LOWER = re.compile(r"(?<![\w.])[^\W\d_A-Z]{2,}(?!\w)")
_UPPER = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]+")
_FOLDED = re.compile(r"[^\W_](?:[^\W_]|['.](?=[^\W_])|\.)*")
_STARTS = re.compile(r"(?:^|\s{2,}|[.!?:;][\"'”’)\]]*\s+|[\n\r]\s*|[\"“„«‘(\[]|[-–—•*]\s+)$")
_BRACKETED = re.compile(r"\(([A-Z][\w.&-]{1,9})\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `text[start:end]`; `words` are its folded words without titles and small words."""

    start: int
    end: int
    words: tuple[str, ...]


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """The folded words that `texts` write in lower case at least as often as with a capital inside a sentence.

    Such a word with a capital at the start of a sentence is no name.
    """
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        lower.update(_LOWER.findall(text))
        upper.update(_UPPER.findall(text))
    capital: Counter[str] = Counter()
    for word, count in upper.items():
        capital[word.lower()] += count
    return frozenset(word for word, count in lower.items() if count >= capital[word])


def names(text: str, common: Container[str] = frozenset()) -> tuple[Name, ...]:
    """The runs of capitalised words in `text`, in order; small words between two of them belong to the run.

    Days, months, and words in `common` at the start of a sentence are none.  Titles are left out.

    >>> [name.words for name in names("Police in Old Marlow met Mayor Jo van Dyke and the Bank of Sarn.", {"police"})]
    [('old', 'marlow'), ('jo', 'dyke'), ('bank', 'sarn')]
    """
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in _CAPITALISED.finditer(text):
        if not match[0][0].isupper():
            continue
        if run and not _joined(text[run[-1].end():match.start()], text, run[-1].end()):
            found.extend(_close(run))
            run = []
        if _capital(text, match, common, bool(run)):
            run.append(match)
        else:
            found.extend(_close(run))
            run = []
    return (*found, *_close(run))


def _joined(gap: str, text: str, last: int) -> bool:
    """Whether a name runs on over what stands between two capitalised words: a space or hyphen, one or two small words,
    or the full stop of an initial or a title ("J. Kol", "Dr. Kol").
    """
    if gap in (" ", "-", "–"):
        return True
    if gap == ". ":
        before = re.search(r"[^\W\d_]+$", text[max(0, last - 12):last])
        return before is not None and (len(before[0]) == 1 or before[0].lower() in TITLES | _PLACES_SHORT)
    between = gap.split(" ")
    return len(between) in (3, 4) and between[0] == between[-1] == "" and LINKS.issuperset(between[1:-1])


def _capital(text: str, match: re.Match[str], common: Container[str], running: bool) -> bool:
    word = match[0]
    folded = fold(word)
    if not word[0].isupper() or folded in CALENDAR or word in ("I", "I'm", "I’m", "I've", "I’ve"):
        return False
    if running or not _STARTS.search(text[max(0, match.start() - 6):match.start()]):
        return True
    plain = folded.removesuffix("'s")
    if _COUNTED.issuperset(plain.split("-")):
        return False                       # "Twenty-five people", "Two-and-a-half years"
    return plain not in _OPENERS and plain not in common and folded not in common


def _close(run: list[re.Match[str]]) -> list[Name]:
    flat = untitled([word for match in run for word in fold_name(match[0])])
    return [Name(run[0].start(), run[-1].end(), flat)] if flat else []


def fold_name(name: str) -> tuple[str, ...]:
    """The words of a name, without case, accents, possessives, stops in abbreviations, articles and small words.

    >>> fold_name("The Côte-d'Or’s U.N. Office")
    ('cote', "d'or", 'un', 'office')
    """
    plain = fold(name)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = (re.sub(r"'s?$", "", word.replace(".", "")) for word in _FOLDED.findall(plain))
    return tuple(word for word in words if word and word not in LINKS and word not in ("a", "an"))


def untitled(words: Sequence[str]) -> tuple[str, ...]:
    """The folded words of a name without its titles; the last word is a surname after another that is none.

    >>> untitled(("mayor", "jo", "kemp")), untitled(("jo", "king")), untitled(("mr", "dean")), untitled(("king",))
    (('jo', 'kemp'), ('jo', 'king'), ('dean',), ())
    """
    last = len(words) > 1 and words[-1] in SURNAMES and (words[-2] not in TITLES or words[-2] in _MISTERS)
    return tuple(word for at, word in enumerate(words) if word not in TITLES or (last and at == len(words) - 1))


def outlet_key(name: str) -> str:
    """An outlet's name folded: "The Sarn Beacon", "sarn beacon" and the host "www.sarn-beacon.example" are one."""
    host = re.fullmatch(r"([\w-]+)(?:\.[\w-]+)+", TWIN.sub("", name.strip().lower()))
    return " ".join(fold_name(host[1].replace("-", " ") if host else name)) or name.casefold()


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folded names can be of one bearer: the one's words are among the other's, in order, or its initials.

    >>> same(("jo", "dyke"), ("dyke",)), same(("north", "sarn"), ("south", "sarn")), same(("bs",), ("bank", "sarn"))
    (True, False, True)
    """
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
        return True
    rest = iter(long)
    return all(any(word == mine for word in rest) for mine in short)


@lru_cache(maxsize=200_000)
def akin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folded names can be of one bearer, as `same` says; or in another order, with initials for given
    names, or where the one is what the other's people are called.

    >>> akin(("university", "marlow"), ("marlow", "university")), akin(("j", "kol"), ("jo", "kol"))
    (True, True)
    >>> akin(("sarnia",), ("sarnian",)), akin(("sarn",), ("sarnia", "bank"))
    (True, False)
    """
    if not any(mine[0] == word[0] for mine in one for word in other):
        return False                       # whatever follows needs words that begin alike
    if same(one, other) or (len(one) > 1 and sorted(one) == sorted(other)):
        return True
    if len(one) == len(other) > 1 and one[-1] == other[-1] and len(one[0]) >= SPELT <= len(other[0]):
        return one[1:] == other[1:] and ratio(one[0], other[0]) >= RESPELT
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(any(_one_word(mine, word) for word in rest) for mine in short)


def alike(one: str, other: str) -> bool:
    """Whether two folded words of names can be one, in another form or spelling.

    >>> alike("sarnia", "sarnian"), alike("saleh", "salih"), alike("sarn", "orle")
    (True, True, False)
    """
    return _one_word(one, other) or (one[0] == other[0] and ratio(one, other) >= MISSPELT)


def _one_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if len(short) > 4 and short[0] == long[0] and _UMLAUTS.sub(r"\1", short) == _UMLAUTS.sub(r"\1", long):
        return True
    people = (long[len(short):] in _PEOPLES and long.startswith(short)) \
        or (long[len(short) - 1:] in _PEOPLES and long.startswith(short[:-1]))
    return short == long or (len(short) > 4 and people)


def plain_opener(text: str, name: Name, article: str) -> bool:
    """Whether a name of one word at the start of a text is likely none, but a plain word with the capital of its place:
    one that the article also has in lower case, an adverb before what it belongs to ("Roughly 30", "Sadly, they"), or a
    plural ("Thieves made off"); unless the article has it as a name inside a sentence.

    >>> text = "Thieves met Kol."
    >>> plain_opener(text, names(text)[0], text)
    True
    """
    written = text[name.start:name.end]
    if len(name.words) > 1 or any(map(str.isalnum, text[:name.start])) or not written[1:].islower():
        return False
    if _stands(written, article, _INSIDE, _WORD_ENDS):
        return False
    if _stands(written.lower(), article, _PLAIN_BEGINS, _PLAIN_ENDS):
        return True
    if written.endswith("ly") and (after := _AFTER_ADVERB.match(text, name.end)) is not None:
        return after[1].isdecimal() or after[1].lower() in _AFTER_ADVERBS
    follows = _FOLLOWS.match(text, name.end)
    return follows is not None and written.endswith(("s", "men")) \
        and not written.endswith(("ss", "us", "is", "'s", "’s")) and follows[1] not in ("was", "is", "has", "does")


def _stands(word: str, text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> bool:
    """Whether `word` stands somewhere in `text` where the one pattern matches before it and the other behind it."""
    at = text.find(word)
    while at >= 0:
        if begins.match(text, at) and ends.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def acronyms(text: str) -> dict[str, str]:
    """Short forms that the text itself explains in brackets: "the Sarn Port Authority (SPA)" gives SPA.

    The shortest run of words before the bracket whose letters spell the short form, from the first letter of its first
    word (Schwartz and Hearst, 2003: A simple algorithm for identifying abbreviation definitions).

    >>> acronyms("The Sarn Port Authority (SPA) and the Sarn Zoo (closed) agreed.")
    {'SPA': 'Sarn Port Authority'}
    """
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        short = match[1].rstrip(".")
        if sum(c.isupper() for c in short) < 2:
            continue
        before = text[max(0, match.start() - 40 - 12 * len(short)):match.start()].rstrip()
        long = _spelt(short, before)
        if long is not None:
            found.setdefault(short.replace(".", ""), long)
    return found


def _spelt(short: str, before: str) -> str | None:
    at = len(before)
    letters = [c.lower() for c in short if c.isalnum()]
    for number, letter in enumerate(reversed(letters), 1):
        first = number == len(letters)
        at -= 1
        while at >= 0 and not (before[at].lower() == letter and (not first or at == 0 or not before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    long = before[at:]
    return long if long[0].isupper() and "\n" not in long and len(long.split()) <= 2 * len(letters) + 2 else None
