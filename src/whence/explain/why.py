"""Turns an id into the whole chain behind it: each step with its rule, the values compared, and the passages."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whence.explain.articles import QUOTE_WORDS, SOURCE_WORDS
from whence.explain.claims import ROOT_WORDS, ClaimView, ConflictView, RootView, Telling, claim_view
from whence.explain.drawing import HELD
from whence.explain.drift import Drift, Way
from whence.explain.index import Index, resolve
from whence.explain.lines import claim_line
from whence.explain.passages import Because, PassageView, because, passage, title_passage
from whence.explain.quotations import quote_line
from whence.explain.suggestions import suggestion_lines
from whence.explain.voices import chain_of, spans_text, voice
from whence.explain.words import cut, marked
from whence.model import Attribution, Family, Member, QuoteCheck, Reuse, Suggestion, Tables

DIRECTIONS = {
    "a_to_b": "the lower is held to be taken from the upper",
    "b_to_a": "the upper is held to be taken from the lower",
    "common_source": "both are held to be taken from a text that is not in this archive",
    "unknown": "which was taken from which is not known",
}


SHOWN = 8
"""Roots, values and checks that a summary names.  Chosen: with the rest they fit a screen of 24 lines."""
LABEL = 90
"""Characters of a label in it.  Chosen: a line."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain: what was found, by which rules, in which passages, and what it rests on in turn."""

    heading: str
    reasons: tuple[Because, ...] = ()
    passages: tuple[PassageView, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The whole chain behind a claim, family, attribution, reuse, quotation check or suggestion.

    `summary` has the outcome in a few lines, where the chain is long; `way` holds what a claim's steps say of how its
    values changed, with the statements by their numbers.
    """

    id: str
    kind: str
    heading: str
    steps: tuple[Step, ...]
    way: Way | None = None
    summary: tuple[str, ...] = ()


def why(tables: Tables | Index, id: str) -> Why:
    """The chain behind an id or the beginning of one.  Raises UsageError, naming the nearest, where there is none."""
    index = Index.of(tables)
    whole = resolve(index, id)
    if whole in index.claims:
        return _claim(index, whole)
    if whole in index.families:
        return _family(index, index.families[whole])
    if whole in index.attributions:
        return _attribution(index, index.attributions[whole])
    if whole in index.quote_checks:
        return _quotation(index, index.quote_checks[whole])
    if whole in index.suggestions:
        return _suggestion(index, index.suggestions[whole])
    return _reuse(index, index.reuses[whole])


def _claim(index: Index, id: str) -> Why:
    view = claim_view(index, id)
    line = view.line
    tellings = {telling.number: telling for telling in view.tellings}
    said = tuple(Step(_headed(telling), (), (telling.passage,), _said_steps(index, telling))
                 for telling in view.tellings)
    roots = tuple(_root(root, tellings) for root in view.roots)
    groups = tuple(Step(f"low counts {_numbers(group.roots)}: {', '.join(group.labels)}", group.reasons)
                   for group in view.low_groups)
    families = tuple(Step(f"family {family}: {_members(index.families[family])}") for family in view.families)
    steps = [
        Step(f"{_count(line.statements, 'statement')} in {_count(line.documents, 'document')} are held to say the same",
             view.reasons, (), said),
        Step(f"origins {line.origins}. {view.range_words}", (), (), (*roots, *groups)),
        *(_conflict(conflict) for conflict in view.conflicts),
        *(Step(f"checked by {check.passage.publisher}, {check.passage.published}: {check.says or 'see there'}", (),
               (check.passage,)) for check in view.checks),
        *_way(view.way),
    ]
    if families:
        steps.append(Step("shared text: `whence why` with a family's id tells who took it from whom", (), (), families))
    return Why(id, "claim", f"{line.speaker} | {view.text}{_decided(index, id)}", tuple(steps), view.way,
               tuple(_summary(view)))


def _summary(view: ClaimView) -> Iterator[str]:
    """A claim's range, its roots and what is in conflict: what fits a screen."""
    line = view.line
    yield (f"told by {_count(line.documents, 'document')}, origins {line.origins}; earliest in this archive: "
           f"{line.earliest}, {line.published}")
    yield view.range_words
    counted = {number for group in view.low_groups for number in group.roots}
    for root in view.roots[:SHOWN]:
        mark = "low counts it" if root.number in counted else "may rest on another"
        yield (f"  {root.number + 1}. {cut(root.label, LABEL)} ({root.kind}; {mark}), "
               f"{_count(root.documents, 'document')}")
    if len(view.roots) > SHOWN:
        yield f"  and {_count(len(view.roots) - SHOWN, 'more root')}"
    if line.conflicts:
        yield "; ".join(line.conflicts) + (f": {', '.join(line.values[:SHOWN])}" if line.values else "")
    for check in view.checks[:SHOWN]:
        yield f"checked by {check.passage.publisher}: {cut(check.says, LABEL)}"


def _way(way: Way) -> Iterator[Step]:
    if way.changes or way.undirected:
        yield Step("how it changed on the way; in brackets, how sure it is who took it from whom, 0 to 1", (), (), (
            *map(_drift, way.changes), *(Step(found.says) for found in way.undirected)))


def _drift(drift: Drift) -> Step:
    return Step(drift.says, (), (), (Step(f"what differs: {marked(drift.pieces)}"),) if drift.pieces else ())


def _headed(telling: Telling) -> str:
    mark = " [earliest in this archive]" if telling.earliest else ""
    value = f" [{telling.value}]" if telling.value else ""
    where = f"{telling.passage.publisher}, {telling.passage.published}"
    statement = f"{telling.passage.document}:{telling.passage.start}"
    return f"{where}{mark}{value}. {telling.speaker}; root {telling.root + 1} (statement {statement})"


def _said_steps(index: Index, telling: Telling) -> tuple[Step, ...]:
    return tuple(Step(f"attribution {v.attribution}: {v}{_decided(index, v.attribution)}",
                      because(index, index.attributions[v.attribution].reasons))
                 for v in telling.voices)


def _decided(index: Index, id: str) -> str:
    signed = index.signed(id)
    return f" [{signed}]" if signed else ""


def _root(root: RootView, tellings: dict[int, Telling]) -> Step:
    whose = _tellers(tellings[number] for number in root.tellings)
    return Step(f"root {root.number + 1} ({root.kind}: {ROOT_WORDS[root.kind]}): {root.label}; reached from {whose}",
                root.reasons, (), tuple(Step(f"{other.says}: `whence decide confirm {other.id}` joins them, dismiss "
                                             "holds them apart", other.reasons) for other in root.perhaps))


def _conflict(conflict: ConflictView) -> Step:
    values = (f"claim {value.claim}: {value.value}" if value.claim else f"{value.value}: {_tellers(value.tellings)}"
              for value in conflict.values)
    decided = f", {conflict.decided}" if conflict.decided else ""
    return Step(f"{conflict.says} (conflict {conflict.id}){decided}", conflict.reasons, (), tuple(map(Step, values)))


def _tellers(tellings: Iterable[Telling]) -> str:
    return "; ".join(dict.fromkeys(f"{t.passage.publisher}, {t.passage.published}" for t in tellings)) or "no statement"


def _family(index: Index, family: Family) -> Why:
    order = sorted(family.members,
                   key=lambda m: (m.document != family.earliest, index.rank.get(m.document, 0), m.start))
    heading = f"{_members(family)} share a passage; earliest in this archive: {index.name(family.earliest)}"
    return Why(family.id, "family", heading, tuple(_member(index, family, member) for member in order))


def _member(index: Index, family: Family, member: Member) -> Step:
    parents = []
    for parent in sorted(member.parents, key=lambda p: (-p.confidence, p.document or "")):
        held = "held to be taken from" if parent.confidence >= HELD else "a candidate, not held to be a parent:"
        name = index.name(parent.document) if parent.document else "a text that is not in this archive"
        shared = tuple(Step(f"reuse {r.id}: {r.score:.0%} of the words agree", because(index, r.reasons))
                       for r in (index.between(member.document, parent.document) if parent.document else []))
        heading = f"{held} {name}, confidence {parent.confidence:.2f}"
        parents.append(Step(heading, because(index, parent.reasons), (), shared))
    mark = " [earliest in this archive]" if member.document == family.earliest else ""
    tail = "" if parents else "; nothing in this archive is shown to precede it"
    return Step(f"{index.name(member.document)}{mark}{tail}", (),
                (passage(index, member.document, member.start, member.end),), tuple(parents))


def _attribution(index: Index, attribution: Attribution) -> Why:
    quoted = passage(index, attribution.document, *_extent(attribution), [attribution.id]) \
        if attribution.field == "text" else title_passage(index, attribution.document)
    parts = tuple(Step(f"{role}: {spans_text(index, attribution, role) or 'none'}")
                  for role in ("source", "cue", "content"))
    kinds = f"{QUOTE_WORDS[attribution.kind]} ({attribution.kind}); speaker: {SOURCE_WORDS[attribution.source_kind]} "\
            f"({attribution.source_kind}); {attribution.act}{_doubts(attribution)}; score {attribution.score:.2f}"
    steps = [Step(kinds, because(index, attribution.reasons), (quoted,), parts)]
    chain = chain_of(index, attribution)[:-1]
    steps += [Step(f"inside attribution {a.id}: {voice(index, a)}", because(index, a.reasons)) for a in chain]
    steps += [Step(f"holds attribution {a.id}: {voice(index, a)}") for a in index.children.get(attribution.id, [])]
    lines = (claim_line(index, claim) for claim, _ in index.claims_with(attribution))
    steps += [Step(f"its statement stands in claim {line.id}, origins {line.origins}: {line.text}") for line in lines]
    heading = f"{voice(index, attribution)} | {index.name(attribution.document)}{_decided(index, attribution.id)}"
    return Why(attribution.id, "attribution", heading, tuple(steps))


def _doubts(attribution: Attribution) -> str:
    """What the cue takes back: ", not said or denied", ", hedged"."""
    return (", not said or denied" if attribution.negated else "") + (", hedged" if attribution.hedged else "")


def _reuse(index: Index, reuse: Reuse) -> Why:
    both = tuple(passage(index, side.document, side.start, side.end) for side in (reuse.a, reuse.b))
    families = sorted({f.id for side in (reuse.a, reuse.b)
                       for f, _ in index.families_at(side.document, side.start, side.end)
                       if {m.document for m in f.members} >= {reuse.a.document, reuse.b.document}})
    marked = "; marked as boilerplate, so it counts neither for lineage nor for claims" if reuse.boilerplate else ""
    steps = [Step(f"{reuse.score:.0%} of the words agree{marked}", (), both),
             Step(f"{DIRECTIONS[reuse.direction]}, confidence {reuse.confidence:.2f}", because(index, reuse.reasons)),
             *(Step(f"part of family {family}") for family in families)]
    heading = f"a passage shared by {index.name(reuse.a.document)} and {index.name(reuse.b.document)}"
    return Why(reuse.id, "reuse", heading, tuple(steps))


def _quotation(index: Index, check: QuoteCheck) -> Why:
    line, attribution = quote_line(index, check), index.attributions[check.attribution]
    quoted = passage(index, attribution.document, check.start, check.end) if attribution.field == "text" \
        else title_passage(index, attribution.document)
    steps = [Step(f"quoted in attribution {attribution.id}: {line.who}", (), (quoted,))]
    held = check.against
    found = () if held is None or held.start is None or held.end is None else (
        passage(index, held.document, held.start, held.end),)
    against = f"{line.verdict}: held against {line.against}" if held else line.verdict
    differs = (Step(f"what differs: {line.quotation}"),) if check.diff else ()
    return Why(check.id, "quotation", f"{line.who} | {line.where}",
               (*steps, Step(against, line.reasons, found, differs)))


def _suggestion(index: Index, suggestion: Suggestion) -> Why:
    (line,) = suggestion_lines(index, [suggestion])
    rests = (Step(f"{name}: a root of {_count(name.claims, 'claim')}") for name in (line.one, line.other))
    fewer = "; joined, these may have fewer origins" if line.both else ""
    steps = (Step("they may be one source", line.reasons, (), tuple(rests)),
             Step(f"both are roots of {_count(line.both, 'claim')}{fewer}"),
             Step(f"`{line.confirm}` joins them, `{line.refuse}` holds them apart"))
    return Why(line.id, "suggestion", f"{line.one} | {line.other}{_decided(index, line.id)}", steps)


def _extent(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    return min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)


def _members(family: Family) -> str:
    return _count(len({member.document for member in family.members}), "document")


def _numbers(roots: Sequence[int]) -> str:
    shown = [str(number + 1) for number in roots]
    return f"root {shown[0]}" if len(shown) == 1 else f"roots {', '.join(shown)} as one"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def why_text(why: Why) -> str:
    """The chain as indented text, a rule a line, for a terminal: control characters made harmless."""
    lines = [f"{why.kind} {why.id}", f"  {why.heading}", ""]
    if why.summary:
        lines += [*(f"  {line}" for line in why.summary), "", "  In detail:", ""]
    for step in why.steps:
        lines += _lines(step, "  ")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lines(step: Step, indent: str) -> Iterator[str]:
    yield f"{indent}• {step.heading}"
    inner = indent + "  "
    for reason in step.reasons:
        yield f"{inner}rule {reason.rule}: {reason.says}"
        if reason.values:
            yield f"{inner}  compared: " + "; ".join(f"{name} = {value}" for name, value in reason.values)
    for quoted in step.passages:
        more = f" [{quoted.cut:,} characters more]" if quoted.cut else ""
        yield f"{inner}“{quoted.text}”{more}"
        yield f"{inner}  {quoted.path or quoted.document}, characters {quoted.start:,} to {quoted.end:,}"
    for below in step.steps:
        yield from _lines(below, inner)
