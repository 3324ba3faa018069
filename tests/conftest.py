"""What several tests share: a small archive about an invented dispute, its tables made by hand."""
from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from whence.model import (
    Attribution,
    Claim,
    Conflict,
    DiffPiece,
    Direction,
    Document,
    Earliest,
    Family,
    HeldText,
    Limit,
    LowGroup,
    Member,
    Origins,
    Parent,
    Passage,
    QuoteCheck,
    QuoteVerdict,
    Reason,
    Reject,
    Reuse,
    Root,
    RootKind,
    Segment,
    SourceKind,
    Span,
    Statement,
    Suggestion,
    Tables,
    Told,
    Value,
    identify,
)

T = TypeVar("T")

POST = """Warden Ilka Soames said that at least 40 seals died in Osier Bay after the dye spill. \
The works have stood there for a century.

The Reed Agency reported that the mayor asked the owners to stop the pumps."""
HERALD = """At least 40 seals died in Osier Bay after the dye spill, warden Ilka Soames said. \
The owners have not replied."""
WEEKLY = """More than 400 seals died in Osier Bay after the dye spill, warden Ilka Soames said on Monday.

Also in the news: ten ways to grow a better leek"""
RADIO = """Our reporter counted 38 dead seals on the sand of Osier Bay. The gates of the works were shut."""
BLOG = """Some 4,000 animals have been poisoned. Experts say the dye stays in the mud for decades."""


def _rule(words: str) -> Reason:
    return Reason("credited_source", words, {"matched": "Warden Ilka Soames"})


class Archive:
    """Builds tables from texts and the words in them, so that no test counts code points."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.attributions: list[Attribution] = []

    def document(self, publisher: str | None, published: str | None, title: str | None, text: str) -> str:
        key = identify("", publisher, text)[1:].ljust(16, "0")
        self.documents[key] = Document(key, None, f"https://news.example/{key}", title, None, publisher, published,
                                       "en", key * 4, text)
        return key

    def span(self, document: str, words: str) -> tuple[Span, ...]:
        start = self.documents[document].text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    def said(self, document: str, words: Sequence[str], kind: SourceKind = "named", parent: str | None = None) -> str:
        source, cue, content = (self.span(document, part) for part in words)
        key = identify("a", document, *words)
        reasons = (Reason("verb_of_saying", "A verb of saying links a name and a clause.", {"verb": words[1]}),)
        self.attributions.append(Attribution(key, document, "text", source, cue, content, "indirect", kind, "statement",
                                             parent, .9, reasons))
        return key

    def statement(self, document: str, words: str, by: str | None = None, root: int = 0,
                  value: tuple[float, str] | None = None) -> Statement:
        span = self.span(document, words)[0]
        quantity = Value(value[0], None, "seal", value[1]) if value else None
        return Statement(document, span.start, span.end, by, root, quantity)

    def claim(self, statements: Sequence[Statement], roots: Sequence[tuple[RootKind, str]], low: int) -> Claim:
        lead = statements[0]
        document = self.documents[lead.document]
        groups = tuple(LowGroup((i,), (_rule("It has an authority or a witness of its own."),))
                       for i, (kind, _) in enumerate(roots) if kind in ("authority", "witness"))
        origins = Origins(low, len(roots), tuple(Root(kind, label, (_rule("It names who it has it from."),))
                                                 for kind, label in roots), groups)
        return Claim(identify("c", lead.document, lead.start), document.text[lead.start:lead.end], tuple(statements),
                     origins, Earliest(lead.document, document.published), (_rule("The words agree but for a few."),))


@pytest.fixture(scope="session")
def dispute() -> Tables:
    """Seals said to have died: a warden's count, told by three, grown on the way; a witness; one that names nobody."""
    made = Archive()
    post = made.document("Sedge Post", "2031-05-03T08:00+00:00", "Seals dead after spill", POST)
    herald = made.document("Osier Herald", "2031-05-03T11:30+00:00", "Dye spill kills seals, warden says", HERALD)
    weekly = made.document("Halm Weekly", "2031-05-06", "Hundreds of seals dead", WEEKLY)
    radio = made.document("Halm Radio", "2031-05-04", "On the sand", RADIO)
    blog = made.document(None, None, None, BLOG)
    seals = _seals(made, post, herald, weekly, radio)
    agency = made.said(post, ("The Reed Agency", "reported", "the mayor asked the owners to stop the pumps"))
    mayor = made.said(post, ("the mayor", "asked", "the owners to stop the pumps"), "role", agency)
    experts = made.said(blog, ("Experts", "say", "the dye stays in the mud for decades"), "anonymous")
    others = (
        made.claim([made.statement(post, POST.split("\n\n")[1], mayor)], [("unseen", "The Reed Agency")], 1),
        made.claim([made.statement(blog, "Some 4,000 animals have been poisoned.", value=(4000, "Some 4,000"))],
                   [("assertion", "publisher unknown")], 1),
        made.claim([made.statement(blog, BLOG.split(". ")[1], experts)], [("authority", "Experts")], 1),
    )
    numbers = Conflict(identify("x", seals.id), seals.id, "number",
                       (Told("40", (0, 1)), Told("400", (2,)), Told("38", (3,))), (_rule("The numbers differ."),))
    teaser = made.span(weekly, "Also in the news: ten ways to grow a better leek")[0]
    families, reuses = _lineage(made, post, herald, weekly)
    return Tables(
        documents=tuple(made.documents.values()), paths={d: f"clips/{i}.html" for i, d in enumerate(made.documents)},
        segments=(Segment(weekly, teaser.start, teaser.end, "teaser"),), sentences=(),
        attributions=tuple(made.attributions), reuses=reuses, families=families, claims=(seals, *others),
        conflicts=(numbers,),
        rejects=tuple(Reject(f"clips/{name}.html", "add", "the file is empty") for name in ("empty", "b")),
        limits=(Limit("reuse", "f-000000000000", 100, 140),),
        suggestions=(Suggestion("s-1", ("ilka soames", "soames"), ("Warden Ilka Soames", "Soames"),
                                (_rule("The one is part of the other."),)),),
        quote_checks=_checks(made, post, (seals.statements[1].attribution, seals.statements[2].attribution, agency,
                                          mayor, experts)),
    )


@pytest.fixture(scope="session")
def shuffle() -> Callable[[Tables, int], Tables]:
    """Gives the same tables with the rows of each in another order, by a seed."""
    def shuffled(tables: Tables, seed: int) -> Tables:
        chance = random.Random(seed)

        def rows(of: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(chance.sample(of, len(of)))

        return Tables(
            rows(tables.documents), dict(rows(tuple(tables.paths.items()))), rows(tables.segments),
            rows(tables.sentences), rows(tables.attributions), rows(tables.reuses), rows(tables.families),
            rows(tables.claims), rows(tables.conflicts), rows(tables.rejects), rows(tables.limits),
            (), rows(tables.suggestions), rows(tables.quote_checks))

    return shuffled


def _seals(made: Archive, post: str, herald: str, weekly: str, radio: str) -> Claim:
    warden = (
        made.said(post, ("Warden Ilka Soames", "said", "at least 40 seals died in Osier Bay after the dye spill")),
        made.said(herald, ("warden Ilka Soames", "said", "At least 40 seals died in Osier Bay after the dye spill")),
        made.said(weekly, ("warden Ilka Soames", "said", "More than 400 seals died in Osier Bay after the dye spill")),
    )
    statements = (
        made.statement(post, POST[:POST.index(".") + 1], warden[0], 0, (40, "at least 40")),
        made.statement(herald, HERALD[:HERALD.index(".") + 1], warden[1], 0, (40, "At least 40")),
        made.statement(weekly, WEEKLY[:WEEKLY.index(".") + 1], warden[2], 0, (400, "More than 400")),
        made.statement(radio, RADIO[:RADIO.index(".") + 1], None, 1, (38, "38")),
    )
    return made.claim(statements, [("authority", "Warden Ilka Soames"), ("witness", "Halm Radio")], 2)


def _checks(made: Archive, post: str, quoted: Sequence[str | None]) -> tuple[QuoteCheck, ...]:
    """Of each verdict one."""
    pieces = (DiffPiece("same", "at least 40 seals"), DiffPiece("dropped", "died"), DiffPiece("added", "were killed"),
              DiffPiece("cut", "in Osier Bay"), DiffPiece("editor", "there"))
    verdicts: tuple[QuoteVerdict, ...] = ("altered", "shortened", "exact", "not_found", "source_not_held")
    contents = {a.id: a.content[0] for a in made.attributions}
    return tuple(
        QuoteCheck(f"q-{verdict}", id or "", *contents[id or ""], verdict,
                   None if verdict == "source_not_held" else HeldText(post, None if verdict == "not_found" else 0, 9),
                   pieces if verdict in ("altered", "shortened") else (), (_rule("The words were held together."),))
        for id, verdict in zip(quoted, verdicts, strict=True))


def _lineage(made: Archive, post: str, herald: str, weekly: str) -> tuple[tuple[Family, ...], tuple[Reuse, ...]]:
    later = _rule("It is later and shares most of its words.")
    one, two, three = (Member(d, 0, made.documents[d].text.index("."), parents) for d, parents in (
        (post, ()),
        (herald, (Parent(post, .9, (later,)),)),
        (weekly, (Parent(herald, .8, (later,)), Parent(post, .3, (later,)))),
    ))
    sides = sorted(((post, one), (herald, two)))
    a, b = (Passage(document, member.start, member.end) for document, member in sides)
    way: Direction = "a_to_b" if a.document == post else "b_to_a"
    reuse = Reuse(identify("r", post, herald), a, b, .82, way, .9, False, (later,))
    return (Family(identify("f", post), (one, two, three), post),), (reuse,)


BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="session")
def benchmark_script() -> Callable[[str], ModuleType]:
    """Loads a script of bench/, by its name, as a module."""
    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        if str(BENCH) not in sys.path:     # where it finds its neighbours
            sys.path.insert(0, str(BENCH))
        sys.modules[spec.name] = module    # dataclasses look their module up by its name
        spec.loader.exec_module(module)
        return module
    return load


@pytest.fixture(scope="session")
def report() -> Callable[[Mapping[str, Sequence[bool]]], float]:
    """Prints the share right per category; returns the share of all."""
    def tell(right: Mapping[str, Sequence[bool]]) -> float:
        every = [ok for mine in right.values() for ok in mine]
        for name, mine in [*right.items(), ("all", every)]:
            print(f"{name:22} {sum(mine):4} of {len(mine):4}  {sum(mine) / len(mine):.3f}")
        return sum(every) / len(every)
    return tell
