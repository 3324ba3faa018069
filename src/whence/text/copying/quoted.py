"""A quotation and the text it is said to come from -> what was kept, changed, left out and put in, word by word."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from whence.text.copying.align import Run, chains, common
from whence.text.copying.extend import Scoring
from whence.text.meaning.stems import NEGATIONS
from whence.text.speech.held import Held
from whence.text.speech.utterances import Token

SEED = 3
"""Words in a row by which a quotation is found, and that each side of a cut must keep; two are any common phrase."""
SHORT_WORD = 4
"""Letters from which a lone word that agrees amid changes is worth showing as kept; shorter ones are "the" and "of"."""
NEAREST = 8
"""Chains of a part that are tried; chosen: more than one speech repeats itself."""
LOOK_BACK = 200
"""Chains before one that may come before it in the quotation; chosen: more than any has, short of hostile ones."""
FAR = 400
"""Words after a marked cut in which the next few words are sought; chosen: a column of a newspaper."""
CONDITIONS = frozenset("if unless except but only until".split())
"""With the negations, the English words whose loss can turn a sentence round."""

Mark = Literal["same", "added", "dropped", "cut", "editor"]


class Change(NamedTuple):
    """A run of words: `same` in both, `added` by the quotation, `dropped` or `cut` (with a mark) from the text.

    `editor` is what the quotation itself marks as put in.  `forms` are its folded words, `edge` says that it lies
    before the first or after the last word that agrees.
    """

    mark: Mark
    text: str
    forms: tuple[str, ...]
    edge: bool


class Match(NamedTuple):
    """A quotation held against a text: how many of its words stand at [start, end) there, and what differs.

    `share` is that number over its own words; where it has words that the text does not, twice that over the words
    of both sides (Dice), what is left out at a mark or an end aside.
    """

    agreed: int
    share: float
    start: int
    end: int
    changes: tuple[Change, ...]


def hold(quotation: str, mine: Sequence[Token], held: Held, runs: Sequence[Run],
         whole: tuple[bool, bool]) -> Match | None:
    """The quotation (its tokens are `mine`) against a text, by the runs of words that are known to stand in both.

    `whole` says of the quotation's beginning and end whether it gives itself out for a sentence's; what the text's
    sentence has beyond it, inside its own quotation marks where it has any, is then left out.  None without a match.
    """
    codes = {token.form: n for n, token in enumerate(mine)}
    a = [codes[t.form] if t.kind != "cut" else -2 for t in mine]
    placed = _placed(mine, [run for run in runs if _agrees(mine, held, run)])
    if not placed:
        return None
    low, high = max(0, placed[0].b - len(mine) - SEED), placed[-1].b + placed[-1].size + len(mine) + SEED
    high += FAR if any(token.kind == "cut" for token in mine[placed[-1].a:]) else 0
    b = [codes.get(word.form, -1) for word in held.words[low:high]]
    moved = _filled(mine, a, b, [run._replace(b=run.b - low) for run in placed])
    placed = [run._replace(b=run.b + low) for run in moved]
    own = sum(token.kind == "word" for token in mine)
    agreed = sum(mine[k].kind == "word" for run in placed for k in range(run.a, run.a + run.size))
    changes = tuple(_changes(quotation, mine, held, placed, whole))
    last = placed[-1].b + placed[-1].size - 1
    lost = sum(len(c.forms) for c in changes if c.mark == "dropped" and not c.edge)
    share = agreed / max(1, own) if agreed == own else 2 * agreed / (own + agreed + lost)
    return Match(agreed, share, held.words[placed[0].b].start, held.words[last].end, changes)


def _agrees(mine: Sequence[Token], held: Held, run: Run) -> bool:
    """Whether the words do agree: the index that found the run knows them by their hashes and numbers only."""
    forms = [token.form for token in mine[run.a:run.a + run.size]]
    return forms == [word.form for word in held.words[run.b:run.b + run.size]]


def verdict(changes: Sequence[Change]) -> Literal["exact", "altered", "shortened"]:
    """What the changes make of a quotation.

    An unmarked cut inside it only shortens it where it leaves whole runs of words on either side and takes away no
    negation; else, as with any word that the text does not have, it is altered.
    """
    for n, change in enumerate(changes):
        if change.mark in ("added", "editor"):
            return "altered"
        if change.mark == "dropped" and not change.edge:
            around = [x for x in changes[max(0, n - 1):n + 2] if x.mark == "same"]
            if len(around) < 2 or min(len(x.forms) for x in around) < SEED or negates(change.forms):
                return "altered"
    return "shortened" if any(change.mark != "same" for change in changes) else "exact"


def negates(forms: Sequence[str]) -> bool:
    """Whether words say no."""
    return any(form in NEGATIONS or form.endswith("n't") for form in forms)


def turns(changes: Sequence[Change]) -> str:
    """What was left out that says no or sets a condition; empty where nothing does."""
    lost = (c for c in changes if c.mark in ("dropped", "cut"))
    return next((c.text for c in lost if negates(c.forms) or CONDITIONS.intersection(c.forms)), "")


# -- where the words stand ---------------------------------------------------------------------------------------

def _placed(mine: Sequence[Token], runs: Sequence[Run]) -> list[Run]:
    """The runs that tell most of the quotation in order of both texts; each part between two cuts in one stretch."""
    cuts = [k for k, token in enumerate(mine) if token.kind == "cut"]
    parts: dict[int, list[Run]] = {}
    for run in runs:
        parts.setdefault(bisect_left(cuts, run.a), []).append(run)
    found = [(chain, part) for part, some in sorted(parts.items())
             for chain in _chains(some)[:NEAREST]]
    found.sort(key=lambda item: (item[0][0].b, item[1], -sum(run.size for run in item[0])))
    total: list[float] = []
    before: list[int] = []
    for n, (chain, part) in enumerate(found):
        best, link = 0.0, -1
        for m in range(max(0, n - LOOK_BACK), n):
            other, earlier = found[m]
            parted = chain[0].b - other[-1].b - other[-1].size
            if earlier < part and parted >= 0 and total[m] - parted / 1e6 > best:
                best, link = total[m] - parted / 1e6, m
        total.append(best + sum(run.size for run in chain))
        before.append(link)
    n = max(range(len(found)), key=lambda n: (total[n], -n), default=-1)
    told: list[list[Run]] = []
    while n >= 0:
        told.append(found[n][0])
        n = before[n]
    return _apart([run for chain in reversed(told) for run in chain])


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of a part joined in order of both texts, best first; the shortest ones by themselves."""
    a, b, size = zip(*runs, strict=True)
    found = chains(range(len(runs)), a, b, size, Scoring(seed=SEED))
    joined = {n for chain in found for n in chain}
    return [[runs[n] for n in chain] for chain in [*found, *([n] for n in range(len(runs)) if n not in joined)]]


def _apart(runs: Sequence[Run]) -> list[Run]:
    """The runs without what two of them both have."""
    found: list[Run] = []
    for run in runs:
        trim = max(found[-1].a + found[-1].size - run.a, found[-1].b + found[-1].size - run.b, 0) if found else 0
        if trim < run.size:
            found.append(Run(run.a + trim, run.b + trim, run.size - trim))
    return found


def _filled(mine: Sequence[Token], a: Sequence[int], b: Sequence[int], runs: Sequence[Run]) -> list[Run]:
    """The runs with the words that agree between them, and just before and after."""
    full: list[Run] = []
    runs = _apart([_extended(a, b, run) for run in runs])
    at = 0, max(0, runs[0].b - runs[0].a - SEED)
    for run in [*runs, Run(len(a), min(len(b), runs[-1].b + runs[-1].size + len(a) + FAR), 0)]:
        full += _gap(mine, a, b, at, (run.a, run.b))
        if run.size:
            full.append(run)
        at = run.a + run.size, run.b + run.size
    return _apart(full)


def _extended(a: Sequence[int], b: Sequence[int], run: Run) -> Run:
    """The run with the words beside it that agree too; it may have been found by some of its words only."""
    low, high = 0, run.size
    while run.a + low > 0 and run.b + low > 0 and a[run.a + low - 1] == b[run.b + low - 1]:
        low -= 1
    while run.a + high < len(a) and run.b + high < len(b) and a[run.a + high] == b[run.b + high]:
        high += 1
    return Run(run.a + low, run.b + low, high - low)


def _gap(mine: Sequence[Token], a: Sequence[int], b: Sequence[int], low: tuple[int, int],
         high: tuple[int, int]) -> list[Run]:
    """What agrees in a gap: where a cut is marked its parts as they stand, else what corresponds word by word."""
    n = high[0] - low[0]
    if any(token.kind == "cut" for token in mine[low[0]:high[0]]):
        return list(_parts(a, b, low, high))
    room = 2 * n + SEED
    if high[0] == len(a):                  # after the last word the text goes on for ever
        high = high[0], min(high[1], low[1] + room)
    if n == 0 or high[1] - low[1] > room:
        return []
    return [run for run in common(a, b, low, high)
            if run.size > 1 or len(mine[run.a].form) >= SHORT_WORD or _level(run, low, high)]


def _level(run: Run, low: tuple[int, int], high: tuple[int, int]) -> bool:
    """Whether a lone word stands as far from what agrees beside it in both texts, give or take a word."""
    return min(abs((run.a - at[0]) - (run.b - at[1])) for at in (low, high)) <= 1


def _parts(a: Sequence[int], b: Sequence[int], low: tuple[int, int], high: tuple[int, int]) -> Iterator[Run]:
    """The stretches between marks of a cut, each where it stands next, whole."""
    at = low[1]
    first = low[0]
    for k in range(low[0], high[0] + 1):
        if k < high[0] and a[k] != -2:
            continue
        part = list(a[first:k])
        places = (p for p in range(at, min(high[1], at + FAR) - len(part) + 1) if list(b[p:p + len(part)]) == part)
        place = next(places, None) if part else None
        if place is not None:
            yield Run(first, place, len(part))
            at = place + len(part)
        first = k + 1


# -- what differs ------------------------------------------------------------------------------------------------

def _changes(quotation: str, mine: Sequence[Token], held: Held, runs: Sequence[Run],
             whole: tuple[bool, bool]) -> Iterator[Change]:
    first, last = runs[0].b, runs[-1].b + runs[-1].size
    speech = held.speech(first) and held.speech(last - 1)
    head = mine[:runs[0].a]
    before = held.before(first, speech)
    yield from _between(quotation, head, held, before if _asks(head, whole[0]) else before[-len(head):] if head else [],
                        True)
    for n, run in enumerate(runs):
        after = runs[n + 1] if n + 1 < len(runs) else None
        same = mine[run.a:run.a + run.size]
        yield Change("same", quotation[same[0].start:same[-1].end], tuple(t.form for t in same), False)
        gap = mine[run.a + run.size:after.a if after else len(mine)]
        if after is None:
            rest = held.after(last - 1, speech)
            yield from _between(quotation, gap, held, rest if _asks(gap, whole[1]) else rest[:len(gap)], True)
        else:
            yield from _between(quotation, gap, held, held.heard(run.b + run.size, after.b, speech), False)


def _asks(edge: Sequence[Token], whole: bool) -> bool:
    """Whether an end of the quotation answers for the rest of the sentence: by a mark of a cut, or as a whole one."""
    return any(token.kind == "cut" for token in edge) or (whole and not edge)


def _between(quotation: str, gap: Sequence[Token], held: Held, places: Sequence[int], edge: bool) -> Iterator[Change]:
    """What the text has, and then what the quotation has, between words that agree."""
    marked = any(token.kind == "cut" for token in gap)
    if places:
        forms = tuple(held.words[place].form for place in places)
        yield Change("cut" if marked else "dropped", held.shown(places), forms, edge)
    kinds: tuple[tuple[Literal["word", "editor"], Mark], ...] = (("word", "added"), ("editor", "editor"))
    for kind, mark in kinds:
        some = [token for token in gap if token.kind == kind]
        if some:
            shown = " ".join(quotation[t.start:t.end] for t in some)
            yield Change(mark, f"[{shown}]" if mark == "editor" and "[" not in shown else shown,
                         tuple(t.form for t in some), edge)
