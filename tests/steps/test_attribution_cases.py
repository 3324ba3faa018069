"""The labelled attributions of `cases/attribution.csv`, held against the step's.

A case agrees where each expected attribution is paired with one that is found (the largest overlap of the cues first),
none is left over, and of each pair the sources overlap (or both are empty), the contents share at least half of their
joint characters (as PolNeAR's annotators are compared), and kind, source_kind and act are the same; in the categories
that are about them also speaker, channel, parent, negated and hedged.  The spans in the file follow PolNeAR's habits:
auxiliaries, adverbs, prepositions and a colon right behind the verb belong to the cue; "that" and quotation marks to
the content, but not the full stop after indirect speech; a relative clause or an apposition to the source.

Two tests: with the extractor's spans, and with the expected spans given (as far as one passage shows them, and only
those with a word for a cue), so that what is said of the spans is judged apart from finding them.
"""
from __future__ import annotations

import csv
import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

from whence.config import AttributeConfig, SegmentConfig
from whence.model import Attribution, Document, Span
from whence.neural.extractor import Link, extractor
from whence.steps import attribute, segment

FOLDER = Path(__file__).parent.parent / "cases"
FLOORS = {"extracted": (.90, .75), "given": (.98, .90)}
"""The least share of all cases, and of the worst category, that must agree."""
JUDGED = {"speaker": ("resolved",), "channel": ("channel",), "parent": ("nesting",), "negated": ("denial",),
          "hedged": ("hedged",)}
"""The categories in which an option that a row does not give means that there is none; elsewhere it is not judged."""
Given = Callable[[Sequence[str]], Sequence[Sequence[Link]]]


@dataclass(frozen=True)
class Told:
    """One expected attribution: its words, each role's parts, and its options."""

    source: tuple[str, ...]
    cue: str
    content: tuple[str, ...]
    kind: str
    source_kind: str
    act: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A row of the cases."""

    text: str
    language: str | None
    field: str
    expected: tuple[Told, ...]
    category: str
    sign: str


def cases(file: str = "attribution.csv") -> list[Case]:
    with (FOLDER / file).open(encoding="utf8", newline="") as opened:
        return [Case(row["text"].replace("\\n", "\n"), row["language"] or None, row["field"],
                     tuple(told(part) for part in row["expected"].split(" || ") if part), row["category"], row["kind"])
                for row in csv.DictReader(opened)]


def told(written: str) -> Told:
    source, cue, content, kind, source_kind, act, *options = written.replace("\\n", "\n").split(" | ")
    given = {name: value or "yes" for name, _, value in (option.partition("=") for option in options)}
    return Told(tuple(part for part in source.split(" + ") if part != "-"), cue, tuple(content.split(" + ")),
                kind, source_kind, act, given)


def read(case: Case, given: Given) -> tuple[Attribution, ...]:
    text, title = (case.text, None) if case.field == "text" else ("Nothing else is known of it so far.", case.text)
    sha256 = hashlib.sha256(case.text.encode("utf8")).hexdigest()
    document = Document(sha256[:16], None, None, title, None, None, None, case.language, sha256, text)
    sentences = segment.sentences(document, SegmentConfig())
    found = attribute.attributions(document, sentences, (), AttributeConfig(), given)
    return tuple(a for a in found if a.field == case.field)


# -- the answers as links ------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Placed:
    """Where an expected attribution stands in its text."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]


def placed(case: Case) -> list[Placed]:
    """The spans of a case's attributions: of all places where the words stand, those closest together."""
    taken: set[Span] = set()
    made = []
    for one in case.expected:
        found = min((p for p in _ways(case.text, one) if p.cue not in taken), key=_spread)
        taken.add(found.cue)
        made.append(found)
    return made


def _ways(text: str, one: Told) -> Iterator[Placed]:
    content: list[Span] = []
    at = 0
    for part in one.content:
        start = text.find(part, at)
        assert start >= 0, (text, part)
        content.append(Span(start, start + len(part)))
        at = start + len(part)
    cues = [span for span in _places(text, one.cue) if not any(_meet(span, other) for other in content)]
    for cue, *source in product(cues, *(_places(text, part) for part in one.source)):
        if not any(_meet(span, other) for span in source for other in (cue, *content)):
            yield Placed(tuple(source), cue, tuple(content))


def _places(text: str, words: str) -> list[Span]:
    bound = r"(?<!\w)" if words[0].isalnum() and words[0].isascii() else ""
    after = r"(?!\w)" if words[-1].isalnum() and words[-1].isascii() else ""
    found = [Span(*match.span()) for match in re.finditer(bound + re.escape(words) + after, text)]
    assert found, (text, words)
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _spread(found: Placed) -> int:
    def gap(one: Span, other: Span) -> int:
        return max(one.start - other.end, other.start - one.end, 0)
    return sum(gap(found.cue, span) for span in found.source) + min(gap(found.cue, span) for span in found.content)


def links(case: Case) -> Given:
    """A reader that finds exactly what is expected, as far as one passage shows it, and nothing that has no words."""
    spans = placed(case)

    def given(texts: Sequence[str]) -> list[list[Link]]:
        made = []
        for text in texts:
            start = case.text.find(text)
            here = Span(start, start + len(text)) if start >= 0 else Span(-1, -1)
            made.append([link for one in spans if (link := _link(one, here, case.text)) is not None])
        return made
    return given


def _link(one: Placed, here: Span, text: str) -> Link | None:
    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start - here.start, s.end - here.start) for s in spans if here.start <= s.start < here.end)
    content = moved(one.content)
    if not here.start <= one.cue.start < here.end or not content or not any(map(str.isalpha, text[slice(*one.cue)])):
        return None
    return Link(moved([one.cue])[0], moved(one.source), content, .9)


# -- agreement -----------------------------------------------------------------------------------------------------

def differences(case: Case, found: Sequence[Attribution]) -> list[str]:
    """What keeps the attributions found from being the expected ones."""
    spans = placed(case)
    left = dict(enumerate(found))
    pairs: list[tuple[int, Attribution]] = []
    wrong = []
    for number, one in enumerate(spans):
        best = max(left, key=lambda n: _common(left[n].cue, [one.cue]), default=None)
        if best is None or not _common(left[best].cue, [one.cue]):
            wrong.append(f"missing: {case.expected[number].cue}")
            continue
        pairs.append((number, left.pop(best)))
    wrong += [f"too much: {shown(case.text, one)}" for one in left.values()]
    for number, one_found in pairs:
        wrong += _unlike(case, number, spans[number], one_found, pairs)
    return wrong


def _unlike(
    case: Case, number: int, span: Placed, found: Attribution, pairs: Sequence[tuple[int, Attribution]]
) -> list[str]:
    expected, written = case.expected[number], shown(case.text, found)
    wrong = []
    if bool(span.source) != bool(found.source) or (span.source and not _common(span.source, found.source)):
        wrong.append(f"source: {written}")
    if 2 * _common(span.content, found.content) < _joint(span.content, found.content):
        wrong.append(f"content: {written}")
    wrong += [f"{name} is not {getattr(expected, name)}: {written}" for name in ("kind", "source_kind", "act")
              if getattr(expected, name) != getattr(found, name)]
    numbers = {pair.id: str(n + 1) for n, pair in pairs}
    given = {"speaker": found.speaker, "channel": found.channel, "parent": numbers.get(found.parent or ""),
             "negated": "yes" if found.negated else None, "hedged": "yes" if found.hedged else None}
    return wrong + [f"{name} is {given[name]}, not {expected.options.get(name)}: {written}" for name in given
                    if _is_judged(case, expected, name) and expected.options.get(name) != given[name]]


def _is_judged(case: Case, expected: Told, option: str) -> bool:
    """Whether an option is compared: where it is given, or its absence tells; a full name may stand for itself."""
    absent = case.category in JUDGED[option] and not (option == "speaker" and expected.source_kind == "named")
    return option in expected.options or absent


def _common(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def _joint(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in (*one, *other)) - _common(one, other)


def shown(text: str, a: Attribution) -> str:
    parts = (" + ".join(text[s.start:s.end] for s in spans) or "-" for spans in (a.source, a.cue, a.content))
    return " | ".join((*parts, a.kind, a.source_kind, a.act))


def table(agreed: Sequence[tuple[Case, bool]]) -> tuple[str, float, float]:
    """The shares that agree by category and kind, a line each; that of all; that of the worst category."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for case, right in agreed:
        counts[case.category][right] += 1
        counts[f"({case.sign})"][right] += 1
    shares = {name: count[True] / count.total() for name, count in sorted(counts.items())}
    every = sum(right for _, right in agreed) / len(agreed)
    worst = min(share for name, share in shares.items() if not name.startswith("("))
    lines = [f"{name:16}{share:5.2f}  {counts[name][True]} of {counts[name].total()}" for name, share in shares.items()]
    return "\n".join([*lines, f"all {every:.3f}, worst category {worst:.3f}"]), every, worst


@pytest.mark.parametrize("spans", ["extracted", "given"])
def test_cases(spans: str) -> None:
    agreed, wrong = [], []
    for case in cases(os.environ.get("WHENCE_CASES", "attribution.csv")):
        found = read(case, extractor().read_all if spans == "extracted" else links(case))
        unlike = differences(case, found)
        agreed.append((case, not unlike))
        wrong += [f"{case.category} {case.sign}: {case.text!r}: {one}" for one in unlike]
    lines, every, worst = table(agreed)
    print("\n".join([*wrong, f"-- spans {spans}", lines]))
    assert every >= FLOORS[spans][0]
    assert worst >= FLOORS[spans][1]


def test_a_third_of_the_cases_are_negatives_or_traps() -> None:
    every = cases()
    assert len(every) >= 240
    assert 3 * sum(case.sign != "positive" for case in every) >= len(every)
    assert min(Counter(case.category for case in every).values()) >= 10
