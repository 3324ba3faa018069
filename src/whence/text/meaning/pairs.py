"""Two sentences held against each other -> what makes them one claim, what keeps them apart, or a denial."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from whence.config import ClaimsConfig
from whence.text.meaning import calendar, names, opposites, roles, wording
from whence.text.meaning.numbers import comparable
from whence.text.meaning.stems import ALLEGATIONS, stem
from whence.text.meaning.wording import Content

COUNTED = 3
"""Words in common of two sentences that count the same thing, that among them.  Chosen: two besides what is counted."""
RELATED = 3
"""Words of names that two articles on one matter have in common.  Chosen: a place, a person and a body."""
HEARSAY = frozenset(shape for word in {*ALLEGATIONS, "contrary"} for shape in (word, stem(word)))
"""What a denial calls what it denies."""
ONCE = frozenset(stem(word) for word in (
    "died dies death born birth abolished founded established inaugurated demolished signed ratified completed built "
    "erected assassinated murdered executed invented discovered premiered buried crowned abdicated dissolved sank "
    "began").split())
"""What happens to anybody or anything only once, so that two dates of it disagree."""
CLOSE = 1.1
"""The most by which two numbers that are roughly the same differ; as of numbers.SHADES."""
NEVER = 2.0
"""More than any cosine."""
SURE = 3
"""Significant digits of a number that two sentences about one name share only where both speak of one thing.  Chosen:
by chance it is one in 900."""
FEW = 6
"""Words in which two sentences may differ for these to be held against each other.  Chosen: the sum of many words'
vectors is near that of any others."""
TELLING = 2
"""Significant digits of a number that two sentences about one name hardly share by chance: one in 90."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts held against each other: what each says, how alike their words and meanings are (0 to 1), and where to
    read their articles.

    `meaning` is the cosine of what the encoder makes of them, `left` that of the words by which they differ.  `around`
    gives the names in the article that the first (0) or the second (1) stands in.
    """

    one: Content
    other: Content
    alike: float
    meaning: float
    left: float
    around: Callable[[int], frozenset[str]]
    config: ClaimsConfig


Rule = Callable[[Pair], bool]
"""What joins two, keeps them apart, or makes one the denial of the other; its docstring is the reason."""


# -- what joins: the first that holds is the reason ----------------------------------------------------------------

def same_words(pair: Pair) -> bool:
    """Both say it in nearly the same words, about the same names or numbers."""
    least = pair.config.meant if _other_number(pair) else pair.config.likely
    if pair.alike < pair.config.worded or pair.meaning < least:
        return False
    shared = pair.one.features & pair.other.features
    if (pair.one.names and pair.other.names) or any(map(is_number, shared)):
        return True
    if pair.alike < pair.config.bare:
        return False
    if len(shared) >= pair.config.unnamed:
        return True
    identical = min(pair.alike, pair.meaning) >= pair.config.identical
    return len(shared) >= COUNTED and (identical or bool(pair.around(0) & pair.around(1)))


def same_meaning(pair: Pair) -> bool:
    """Both say the same in other words, by the measure of an encoder, about somebody or something that both name."""
    if not name_in_both(pair):
        return False
    if pair.meaning >= pair.config.meant:
        return True
    return pair.meaning >= pair.config.bridged and differ(pair) and _bridged(pair) and _same_names(pair)


def same_number(pair: Pair) -> bool:
    """Both give the same number in connection with the same name, and say much the same by the measure of an encoder;
    the more digits the number has, the less they need to be alike.
    """
    return name_in_both(pair) and pair.meaning >= {
        0: NEVER, 1: pair.config.rounded, 2: pair.config.numbered}.get(_shared_digits(pair), pair.config.exact)


def same_count(pair: Pair) -> bool:
    """Both say how many of one thing, though not the same number, and share other words besides."""
    return (pair.alike >= pair.config.tallied and pair.meaning >= pair.config.tallying
            and len(pair.one.features & pair.other.features) >= COUNTED
            and wording.count_the_same(pair.one, pair.other))


JOINS: tuple[Rule, ...] = (same_words, same_meaning, same_number, same_count)


# -- what keeps apart ----------------------------------------------------------------------------------------------

def other_names(pair: Pair) -> bool:
    """Each names a person, place or body that stands against one that the other names."""
    return not wording.names_agree(wording.told_names(pair.one, pair.other), wording.told_names(pair.other, pair.one))


def name_unheard_of(pair: Pair) -> bool:
    """One names somebody or something that the other's whole article does not mention, and the articles have hardly a
    name in common.
    """
    if bool(pair.one.names) == bool(pair.other.names) or len(pair.around(0) & pair.around(1)) >= RELATED:
        return False
    named, other, around = (pair.one, pair.other, pair.around(1)) if pair.one.names else (
        pair.other, pair.one, pair.around(0))
    return not any(around.issuperset(name) or any(names.akin(name, who) for who in other.speakers)
                   for name in named.names)


def other_matter(pair: Pair) -> bool:
    """Neither names anybody or anything, and the names in their articles are all different."""
    if pair.one.names or pair.other.names:
        return False
    mine, theirs = pair.around(0), pair.around(1)
    return len(mine & theirs) < min(len(mine), len(theirs), RELATED)


def other_time(pair: Pair) -> bool:
    """They speak of different days or years, not so near that one may be mistaken, of what can happen again."""
    if not pair.one.dates or not pair.other.dates or ONCE & (pair.one.features | pair.other.features):
        return False
    return not any(calendar.agree(one, other) or calendar.misprinted(one, other)
                   for one in pair.one.dates for other in pair.other.dates)


def plan_or_fact(pair: Pair) -> bool:
    """One tells it as done, the other as planned, wished or possible."""
    if any(one.refuted and one.hearsay for one in (pair.one, pair.other)):
        return False                       # talk of a plan that is denied need not name it as one
    return pair.one.planned != pair.other.planned


def other_measure(pair: Pair) -> bool:
    """Each gives one number, and they measure different things: money and a length, or a length and a count."""
    if len(pair.one.quantities) != 1 or len(pair.other.quantities) != 1:
        return False
    one, other = pair.one.quantities[0], pair.other.quantities[0]
    return not comparable(one, other) and (None not in (one.unit, other.unit) or one.number == other.number)


def other_turn(pair: Pair) -> bool:
    """They speak of different ones of a kind: "the first" and "the second"."""
    return bool(pair.one.turns and pair.other.turns) and not pair.one.turns & pair.other.turns


def one_more(pair: Pair) -> bool:
    """One speaks of one more of a kind ("another", "a second"), the other does not."""
    return pair.one.another != pair.other.another


def other_bearer(pair: Pair) -> bool:
    """One speaks of somebody by way of the name that the other speaks of: "her son", "a brother of his"."""
    return pair.one.by_way != pair.other.by_way


def roles_exchanged(pair: Pair) -> bool:
    """They tell of the same ones in exchanged parts: who did it to whom, what came first, or the way."""
    return roles.exchanged(roles.line(pair.one.line), roles.line(pair.other.line))


def other_word(pair: Pair) -> bool:
    """Each has words that the other has not, and by these they hardly mean the same."""
    if same_number(pair) and _shared_digits(pair) >= SURE:
        return False
    return differ(pair) and not _bridged(pair)


def opposite(pair: Pair) -> bool:
    """One has a word that rules out what the other has in its place: injured and killed, east and west."""
    mine, theirs = (frozenset(map(stem, told)) | (one.marks - two.marks) for told, one, two in zip(
        words_left(pair), (pair.one, pair.other), (pair.other, pair.one), strict=True))
    firsts = [next(iter(one.order), "") for one in (pair.one, pair.other)]
    return opposites.opposed(mine, theirs, pair.one.features, pair.other.features, firsts[0] == firsts[1])


def differ(pair: Pair) -> bool:
    """Whether each has plain words that the other has not, and not so many that they tell other things besides."""
    return all(0 < len(left) <= FEW for left in words_left(pair))


def _same_names(pair: Pair) -> bool:
    """Whether each names all that the other names."""
    mine, theirs = wording.told_names(pair.one, pair.other), wording.told_names(pair.other, pair.one)
    return all(any(names.akin(one, other) for other in there) for here, there in ((mine, theirs), (theirs, mine))
               for one in here)


def words_left(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plain words of each that the other has not."""
    return wording.left(pair.one, pair.other), wording.left(pair.other, pair.one)


def open_to_words(pair: Pair) -> bool:
    """Whether it depends on the words in which two differ how near they are, all else told."""
    if not pair.config.bridged <= pair.meaning < pair.config.agreeing or not differ(pair):
        return False
    hopeful = replace(pair, left=1.0)
    return any(join(hopeful) for join in JOINS) and not other_word(hopeful) \
        and not any(bar(pair) for bar in (*BARS, opposite))


def _bridged(pair: Pair) -> bool:
    """Whether two that differ in some words mean the same as wholes, the less surely the nearer those words are."""
    numbered = _shared_digits(pair) == TELLING or wording.count_the_same(pair.one, pair.other)
    known = pair.config.shown if numbered else 0.0
    return pair.meaning + pair.config.bridging * pair.left + known >= pair.config.agreeing


def _in_one_frame(pair: Pair) -> bool:
    """Whether two are worded alike, names and numbers aside."""
    mine, theirs = (one.features - one.marks for one in (pair.one, pair.other))
    return 2 * len(mine & theirs) >= pair.config.framed * (len(mine) + len(theirs))


def not_what_is_denied(pair: Pair) -> bool:
    """Both deny something, and not the same; or in nearly the same words one denies what the other does not."""
    if _negative(pair.one) and _negative(pair.other):
        return all(one.denied and not one.denied & other.features
                   for one, other in ((pair.one, pair.other), (pair.other, pair.one)))
    return _negative(pair.one) != _negative(pair.other) and _in_one_frame(pair)


BARS: tuple[Rule, ...] = (
    plan_or_fact, other_time, other_turn, one_more, other_measure, other_names, other_bearer, name_unheard_of,
    other_matter, roles_exchanged)
"""What keeps two sentences out of one claim, and a denial from what it would deny."""
BARS_OF_JOINS: tuple[Rule, ...] = (not_what_is_denied, opposite, other_word)
"""What keeps two out of one claim besides."""


def barred(pair: Pair) -> bool:
    """Whether one of BARS keeps two apart, also where the one may deny the other."""
    return any(bar(pair) for bar in BARS)


def joined(pair: Pair) -> Rule | None:
    """The first of JOINS that holds, which makes two one claim; None where none does, or something keeps them apart."""
    rule = next((rule for rule in JOINS if rule(pair)), None)
    return None if rule is None or barred(pair) or any(bar(pair) for bar in BARS_OF_JOINS) else rule


def denial(pair: Pair) -> bool:
    """They speak of the same, the one has nearly all that the other says, and one says that it is not so."""
    if _negative(pair.one) == _negative(pair.other):
        return False
    denying, other = (pair.one, pair.other) if _negative(pair.one) else (pair.other, pair.one)
    named = name_in_both(pair) or any(names.akin(one, two) for one in denying.speakers for two in other.names)
    if not named and not same_words(pair):
        return False
    shared = len(denying.features & other.features)
    told = denying.features - HEARSAY
    plain = other.features - other.marks
    if denying.refuted:
        return shared >= max(2, .6 * len(other.features)) and 2 * len(plain & denying.features) >= len(plain)
    return bool(denying.denied & other.features) and shared >= max(2, .8 * len(told))


def _negative(one: Content) -> bool:
    """Whether a sentence says that something is not so; to refute a "not" is to say that it is."""
    return one.refuted != bool(one.denied)


def name_in_both(pair: Pair) -> bool:
    """Whether both name one thing."""
    return any(names.akin(one, other) for one in pair.one.names for other in pair.other.names)


def _other_number(pair: Pair) -> bool:
    """Whether both give numbers, and none that the other gives."""
    return bool(pair.one.quantities and pair.other.quantities) and wording.same_number(pair.one, pair.other) is None


def _shared_digits(pair: Pair) -> int:
    """Significant digits of the number that both give, 0 for none; where it is only roughly the same, two at most if
    the two are within a tenth of each other, else one.
    """
    counted = wording.same_number(pair.one, pair.other)
    if counted is None:
        return 0
    low, high = sorted(one.number for one in counted)
    told = min(wording.digits(low), wording.digits(high))
    return told if low == high else min(told, 2) if high <= CLOSE * low else 1


def said_like_a_third(pair: Pair) -> bool:
    """It is worded like another statement of the claim, and gives the same number in connection with the same name as
    the one in its centre.
    """
    return pair.meaning >= pair.config.exact and name_in_both(pair) and _shared_digits(pair) >= TELLING \
        and not any(bar(pair) for bar in (*BARS, *BARS_OF_JOINS))


def is_number(feature: str) -> bool:
    """Whether a feature is a number ("#1200")."""
    return feature[0] == "#"
