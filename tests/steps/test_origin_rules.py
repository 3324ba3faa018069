"""The rules of origins one by one, on claims made by hand: no extractor and no encoder, so that it takes a second.

`tests/cases/roots.csv` has an article a line: `Outlet day: whom it names; what else`.  Whom it names: `soames` an
authority, `Lantern` an outlet, `?` somebody without a name, `own` its newsroom, nothing for nobody; `Lantern > soames`
that the one reported what the other said.  What else: `saw` (its reporter did), `via Wire` (a credit line), `unseen`
(taken from a text that is not held), `words ...` (the sentence itself), `says ...` (another sentence of the article),
`decided` (a person decided who that is).  `Outlet day = Other` is a copy of the other's text (`first`: not taken from
it; `: kemp` or `: -`: though read otherwise), `from Other` is taken from it, `Outlet day +` one more statement of the
article before, `x` for the day no date.  "Herald" and "Post" go by their keys, "The Mercury" has an article.

Expected are `roots` ("kind label: lines" with + between), `rules` of each root's reasons, `low` (the roots of a group
with & between), and `joins`, the rules that made groups of several.
"""
from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from whence.config import OriginsConfig
from whence.model import (
    Attribution,
    Claim,
    Corpus,
    Document,
    Family,
    Grouping,
    Member,
    Parent,
    Reason,
    Sentence,
    Source,
    Sources,
    Value,
    Wording,
    identify,
)
from whence.steps import origins

CASES = Path(__file__).parents[1] / "cases" / "roots.csv"
LINE = re.compile(r"(?P<outlet>\w+) (?P<day>\d+|x)(?: (?P<more>\+))?(?: = (?P<of>\w+))?(?:: (?P<rest>.+))?")


@dataclass(slots=True)
class Made:
    """An archive and its one claim, as they come to be from a case's lines."""

    documents: dict[str, Document] = field(default_factory=dict)
    sentences: dict[str, list[Sentence]] = field(default_factory=dict)
    attributions: dict[str, list[Attribution]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    credits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wordings: list[Wording] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    parents: dict[int, str | None] = field(default_factory=dict)

    def article(self, outlet: str, day: str, said: Sequence[str]) -> str:
        name = outlet.ljust(16, "0")
        date = None if day == "x" else f"1911-05-{int(day):02}"
        text = " ".join(said)
        self.documents[name] = Document(name, None, None, None, None, outlet, date, "en", name * 4, text)
        self.sentences[name] = []
        at = 0
        for sentence in said:
            self.sentences[name].append(Sentence(name, at, at + len(sentence), 0, "statement"))
            at += len(sentence) + 1
        return name

    def say(self, document: str, start: int, end: int, chain: Sequence[str], decided: bool) -> None:
        above = None
        for name in chain:
            id_ = identify("a", document, start, name, above or "")
            mine = Attribution(id_, document, "text", (), (), (), "indirect", "named", "statement", above, 1.0)
            self.attributions.setdefault(document, []).append(mine)
            self.sources[id_] = source(name, self.documents[document].publisher or "", decided)
            above = id_
        self.wordings.append(Wording(document, start, end, above, Value(517, None, "seals", "517 seals")))


def source(name: str, own: str, decided: bool) -> Source:
    reasons = (Reason("decided_one_source", "", {"decision": "d-1"}),) * decided
    if name == "own":
        return Source(own.lower(), own, "own", reasons)
    if name == "?":
        return Source(None, "experts", "nobody", reasons)
    return Source(name.lower(), name.title(), "outlet" if name[0].isupper() else "authority", reasons)


def read(archive: str) -> tuple[Made, Corpus, Sources]:
    made = Made()
    at: dict[str, int] = {}
    for number, line in enumerate(archive.split("\n")):
        match = LINE.fullmatch(line.strip())
        assert match, line
        outlet, of = match["outlet"], match["of"]
        names, *rest = [part.strip() for part in (match["rest"] or "").split(";")]
        told = {first: after for first, _, after in (part.partition(" ") for part in rest)}
        sentence = told.get("words", "Our reporter counted 517 seals." if "saw" in told else "517 seals died.")
        if of:
            other = made.wordings[at[of]]
            before = made.documents[other.document].text
            sentence = told.get("words", before[other.start:other.end])
            names = names or made.named[at[of]]
        chain = [name.strip() for name in names.split(">") if name.strip() not in ("", "-")]
        made.named.append(names)
        if match["more"]:
            document = made.wordings[-1].document
            start = len(made.documents[document].text) + 1
            text = f"{made.documents[document].text} {sentence}"
            old = made.documents[document]
            made.documents[document] = Document(document, None, None, None, None, outlet, old.published, "en",
                                                document * 4, text)
            made.sentences[document].append(Sentence(document, start, start + len(sentence), 0, "statement"))
        else:
            document = made.article(outlet, match["day"], [sentence, *([told["says"]] if "says" in told else [])])
            start = 0
        made.credits[document] = made.credits.get(document, ()) + ((told["via"].lower(),) if "via" in told else ())
        made.say(document, start, start + len(sentence), chain, "decided" in told)
        made.copies.append(made.copies[at[of]] if of else number)
        if (of and "first" not in told) or "unseen" in told:
            made.parents[number] = made.wordings[at[of]].document if of else None
        if "from" in told:
            made.parents[number] = told["from"].ljust(16, "0")
        at.setdefault(outlet, number)
    return made, *whole(made)


def whole(made: Made) -> tuple[Corpus, Sources]:
    told = {n: made.wordings[n] for n in made.parents}
    members = [Member(told[n].document, told[n].start, told[n].end, (Parent(parent, .9, ()),))
               for n, parent in made.parents.items()]
    families = [Family("f-1", tuple(members), members[0].document)] if members else []
    corpus = Corpus(made.documents, made.sentences, {}, made.attributions, (), families)
    publisher = {name: (document.publisher or "").lower() for name, document in made.documents.items()}
    labels = {key: key.title() for key in publisher.values()}
    labels |= {s.key: s.label for s in made.sources.values() if s.kind == "outlet" and s.key}
    labels = {key: label for key, label in labels.items() if key != "herald"} | {"wire": "The Wire"}
    labels |= {"mercury": "The Mercury"} if "mercury" in labels else {}
    return corpus, Sources(made.sources, publisher, made.credits, labels,
                           {"beacon": "Marsh Holding", "lantern": "Marsh Holding", "courier": "Fen Trust"})


def trace(archive: str, apart: frozenset[tuple[str, str]] = frozenset()) -> Claim:
    made, corpus, named = read(archive)
    text = corpus.documents[made.wordings[0].document].text
    grouping = Grouping("c-1", text, tuple(made.wordings), tuple(made.copies), (Reason("joined", ""),))
    named = Sources(named.of, named.publisher, named.credits, named.labels, named.owners, apart)
    (claim,) = origins.count([grouping], corpus, named, OriginsConfig())
    return claim


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def listed(cell: str, by: str = "+") -> list[str]:
    return [part.strip() for part in cell.split(by) if part.strip()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["category"] + ": " + (row["note"] or row["archive"][:50]))
def test_case(row: dict[str, str]) -> None:
    claim = trace(row["archive"])
    found = claim.origins
    told = [[n for n, statement in enumerate(claim.statements) if statement.root == at] for at in range(found.high)]
    assert [f"{root.kind} {root.label}: {' '.join(map(str, lines))}" for root, lines in
            zip(found.roots, told, strict=True)] == listed(row["roots"])
    assert [" ".join(reason.rule for reason in root.reasons) for root in found.roots] == listed(row["rules"])
    assert ["&".join(map(str, group.roots)) for group in found.low_groups] == row["low"].split()
    assert (found.low, found.high) == (len(found.low_groups), len(found.roots))
    first = "own_support" if any(root.kind in ("authority", "witness") for root in found.roots) else "nothing_named"
    joins = [reason.rule for group in found.low_groups for reason in group.reasons]
    assert [rule for rule in joins if rule != first] == row["joins"].split()
    assert joins.count(first) == len(found.low_groups)


# -- what the reasons say --------------------------------------------------------------------------------------------

TWO = "Mercury 1: soames; says Spring came on a bicycle with no brakes.\nCourier 2: kemp; says {}"
SAID: list[tuple[str, str, dict[str, str]]] = [
    ("Beacon 1:  ; saw", "saw_for_itself", {"words": "Our reporter counted"}),
    ("Beacon 1: soames", "names_authority", {"named": "Soames", "known_as": "soames"}),
    ("Beacon 1: Star", "credits_unseen_outlet", {"outlet": "Star"}),
    ("Beacon 1:  ; unseen\nLantern 2 = Beacon", "comes_from_unseen", {"articles": "2"}),
    ("Beacon 1: ?", "names_nobody", {"source": "experts"}),
    ("Beacon 1", "names_nobody", {"source": "nobody"}),
    ("Beacon 1: own; words It died.", "names_nobody", {"source": "nobody"}),
    ("Beacon 1: soames\nLantern 2 = Beacon", "same_text", {"statements": "2", "earliest": "Beacon".ljust(16, "0")}),
    ("Beacon 1: soames\nLantern 2: soames", "same_source", {"source": "Soames", "texts": "2"}),
    ("Beacon 1: soames; words Seals died.\nLantern 2: Beacon", "told_by_outlet",
     {"outlet": "Beacon", "statement": "Seals died."}),
    ("herald 1: soames; words It died.\nherald 1 +: kemp\nLantern 2: Herald", "told_by_outlet",
     {"outlet": "herald", "statement": "517 seals died."}),
    ("Beacon 1: soames; words Seals died.\nBeacon 1 +", "same_article", {"statement": "Seals died."}),
    ("Beacon 1: Herald\nherald 2: Beacon; words Seals died.", "cited_in_circle",
     {"cites": "Beacon → herald → Beacon", "texts": "517 seals died. | Seals died."}),
    ("Beacon 1: soames", "own_support", {"kind": "authority", "label": "Soames"}),
    ("Beacon 1\nLantern 2", "nothing_named", {"roots": "2"}),
    ("Mercury 1: soames\nCourier 2: ilka soames", "name_within_name", {"one": "Soames", "other": "Ilka Soames"}),
    ("Beacon 1:  ; saw\nLantern 2:  ; saw", "one_owner",
     {"owner": "Marsh Holding", "one": "Beacon", "other": "Lantern"}),
    (TWO.format("On a bicycle with no brakes it came."), "one_turn_of_phrase",
     {"words": "on a bicycle with no brakes"}),
    ("Mercury 1: soames; says Off the Tessaliah.\nCourier 2: kemp; says On the Tessaliah.\nBeacon 3: Star; says By the "
     "Thessalia.\nLantern 4: Star; says In the Thessalia.", "one_error", {"both": "Tessaliah", "others": "Thessalia"}),
]


@pytest.mark.parametrize("case", SAID, ids=lambda case: case[1])
def test_a_reason_tells_what_it_compared(case: tuple[str, str, dict[str, str]]) -> None:
    archive, rule, values = case
    found = trace(archive).origins
    reasons = [r for root in found.roots for r in root.reasons] + [r for g in found.low_groups for r in g.reasons]
    assert [dict(reason.values) for reason in reasons if reason.rule == rule] == [values]
    assert all(reason.says for reason in reasons)


def test_a_claim_keeps_what_its_group_was() -> None:
    made, _, _ = read("Beacon 1: soames\nLantern 2")
    claim = trace("Beacon 1: soames\nLantern 2")
    assert (claim.id, claim.text, claim.reasons) == ("c-1", "517 seals died.", (Reason("joined", ""),))
    assert (claim.earliest.document, claim.earliest.published) == ("Beacon".ljust(16, "0"), "1911-05-01")
    assert [(s.document, s.start, s.end, s.attribution, s.value) for s in claim.statements] == [
        (w.document, w.start, w.end, w.attribution, w.value) for w in made.wordings]


@pytest.mark.parametrize("archive", ["Mercury 1: soames\nCourier 2: ilka soames",
                                     "Mercury 1: ilka soames\nCourier 2: soames"])
def test_names_that_a_person_holds_apart_are_two(archive: str) -> None:
    assert trace(archive, frozenset((("ilka soames", "soames"),))).origins.low == 2
    assert trace(archive, frozenset((("ilka kemp", "kemp"),))).origins.low == 1


@pytest.mark.parametrize("case", [(5, 9, .9, False), (5, 10, .9, False), (5, 11, .9, True), (19, 30, .9, True),
                                  (20, 30, .9, False), (12, 15, .9, True), (12, 15, .5, True), (12, 15, .49, False)])
def test_a_statement_has_the_parents_that_its_passage_is_likely_to_have(case: tuple[int, int, float, bool]) -> None:
    start, end, confidence, held = case
    family = Family("f-1", (Member("d", start, end, (Parent("p", confidence, ()),)),), "d")
    lines = origins.Lines.of(Corpus({}, {}, {}, {}, (), [family]), .5, {})
    assert lines.parents_of(Wording("d", 10, 20, None, None)) == ({"p"} if held else set())
