"""Sentences -> pairs of one form that do not say the same, and pairs that do though they differ: the judge's traps.

    imported by judge_pairs.py; `pairs/exclusive.txt` has the words that are put for one another

In a sentence one thing is changed (a name, who does it to whom, a word for one that it rules out, a denial, a turn, a
month, a number, a clause), and the result is held against the sentence, or against one that says the same.
"""
from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words

Soft = tuple[float, float, float, float]
Change = Callable[[str, random.Random], str | None]
OTHER: Soft = (0, .05, .95, 0)
CONTRARY: Soft = (0, 0, .05, .95)
SHORTEST, LONGEST = 40, 260
"""Code points of a sentence that is changed.  Chosen: a line to three."""
CONTRARIES = tuple(tuple(pair.split("/")) for pair in (
    "safe/unsafe alive/dead more/fewer accepted/rejected approved/rejected won/lost guilty/innocent rose/fell "
    "increased/decreased open/closed legal/illegal possible/impossible successful/unsuccessful supports/opposes "
    "backed/opposed true/false confirmed/denied allowed/banned higher/lower gained/lost real/fake able/unable "
    "survived/died passed/failed").split())
AUXILIARIES = "will would did was is has were are can".split()
TURNS = "first second third fourth fifth sixth".split()
MONTHS = ("January February March April May June July August September October November December").split()
NUMBERS = (17, 23, 41, 58, 76, 120, 240, 310, 650, 900, 1400)
_NUMBER = re.compile(r"\b(\d{2,}|\d[\d,.]*\d)\b")


def exclusive() -> list[list[list[str]]]:
    """The lines of the list, each its choices, each its words."""
    lines = (Path(__file__).parent / "pairs" / "exclusive.txt").read_text(encoding="utf8").splitlines()
    return [[cell.split() for cell in line.split("|")] for line in lines if not line.startswith("#")]


def _swapped(text: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}\b(?! not)", new, text, count=1)


def _one_of(words: Sequence[str]) -> Change:
    def change(text: str, rng: random.Random) -> str | None:
        told = [word for word in words if re.search(rf"\b{word}\b", text)]
        return _swapped(text, rng.choice(told), rng.choice([w for w in words if w not in told])) if told else None
    return change


def _contrary(text: str, rng: random.Random) -> str | None:
    pairs = [*CONTRARIES, *(pair[::-1] for pair in CONTRARIES), *((word, f"{word} not") for word in AUXILIARIES)]
    found = [pair for pair in pairs if re.search(rf"\b{pair[0]}\b(?! not)", text)]
    return _swapped(text, *rng.choice(found)) if found else None


def _excluded(lines: Sequence[Sequence[Sequence[str]]]) -> Change:
    def change(text: str, rng: random.Random) -> str | None:
        plain = set(re.findall(r"[a-z]+", text))
        found = [(line, cell, word) for line in lines for cell in line for word in cell if word in plain]
        if not found:
            return None
        line, cell, word = rng.choice(found)
        return _swapped(text, word, rng.choice(rng.choice([other for other in line if other is not cell])))
    return change


def _renamed(bank: Mapping[int, Sequence[str]]) -> Change:
    def change(text: str, rng: random.Random) -> str | None:
        found = [name for name in names.names(text, plain_words()) if name.start and len(name.words) in bank]
        if not found:
            return None
        name = rng.choice(found)
        return text.replace(text[name.start:name.end], rng.choice(bank[len(name.words)]))
    return change


def _exchanged(text: str, rng: random.Random) -> str | None:
    found = [text[name.start:name.end] for name in names.names(text, plain_words())]
    if len(found) < 2:
        return None
    one, other = rng.sample(found, 2)
    if one in other or other in one:
        return None
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _renumbered(text: str, rng: random.Random) -> str | None:
    found = _NUMBER.search(text)
    return None if found is None else f"{text[:found.start()]}{rng.choice(NUMBERS)}{text[found.end():]}"


def _cut(text: str, rng: random.Random) -> str | None:
    at = text.rfind(", ")
    return f"{text[:at]}." if at > SHORTEST else None


def _said(text: str, rng: random.Random) -> str | None:
    return text.rstrip(".") + rng.choice((", officials said.", ", according to reports.", ", a spokesman said."))


def kinds(sentences: Sequence[str]) -> list[tuple[str, int, Soft, Change]]:
    """The kinds of traps in the order in which they are tried: name, how many at most, what is wanted, the change."""
    bank: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for text in sentences:
        for name in names.names(text, plain_words()):
            if name.start and len(name.words) in bank:
                bank[len(name.words)].append(text[name.start:name.end])
    return [("name", 1100, OTHER, _renamed(bank)), ("role", 350, (.05, .05, .9, 0), _exchanged),
            ("exclusive", 600, (0, .05, .75, .2), _excluded(exclusive())), ("contrary", 700, CONTRARY, _contrary),
            ("turn", 200, OTHER, _one_of(TURNS)), ("month", 200, (.2, .1, .7, 0), _one_of(MONTHS)),
            ("number", 350, (.85, .15, 0, 0), _renumbered), ("cut", 500, (.85, .15, 0, 0), _cut),
            ("said", 400, (.95, .05, 0, 0), _said)]


def traps(sentences: Sequence[str], same: Mapping[str, str],
          rng: random.Random) -> Iterator[tuple[str, str, str, Soft]]:
    """Traps (name, the two sentences, what is wanted), one a sentence at most; `same` has for some sentences another
    that says the same, against which the changed one is held in six of ten.
    """
    fit = sorted({text for text in sentences if SHORTEST < len(text) < LONGEST})
    rng.shuffle(fit)
    made: Counter[str] = Counter()
    tried = kinds(fit[:4000])
    for text in fit:
        other = same[text] if text in same and rng.random() < .6 else text
        for name, most, soft, change in tried:
            changed = change(text, rng) if made[name] < most else None
            if changed is not None and changed != text:
                made[name] += 1
                yield f"trap-{name}", changed, other, soft
                break
