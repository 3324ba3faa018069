"""Sources -> the same sources as people decided, with outlets' owners; and names that may be of one bearer."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from whence.decisions import Blocs, signed
from whence.model import Corpus, Decision, Reason, Rulings, Source, Sources, Suggestion, identify
from whence.text.meaning import names

LONGEST = 8
"""Words of a name that is looked at for others inside it.  Chosen: longer ones are descriptions."""
ACRONYM = range(2, 7)
"""Letters of a name that may be the initials of another.  Chosen: what bodies mostly call themselves by."""


# -- what people decided -------------------------------------------------------------------------------------------

def decided_one_source(by: Decision) -> Reason:
    """A person decided that these names are of one source."""
    return Reason.of(decided_one_source, **signed(by))


def decided_another_source(by: Decision) -> Reason:
    """A person decided that this name is not of the source that it would have been read as."""
    return Reason.of(decided_another_source, **signed(by))


@dataclass(frozen=True, slots=True)
class Names:
    """What people decided about names: by name, all that are one with it; those that are not; and why."""

    one: Mapping[str, tuple[str, ...]]
    known_as: Mapping[str, str]
    apart: Mapping[str, Mapping[str, Decision]]
    joined: Mapping[str, Decision]


def decide(found: Sources, corpus: Corpus, rulings: Rulings) -> Sources:
    """What the sources step found of an archive, changed by what people decided, and with the owners they listed.

    Names that are one are known by that of an outlet, else by the longest.  A name that is held apart from what it was
    read as is itself again.
    """
    said = _names(rulings, found.labels)
    publisher = {document: said.known_as.get(key, key) for document, key in found.publisher.items()}
    labels = {**found.labels, **{known: found.labels[key] for key, known in sorted(said.known_as.items())
                                 if key in found.labels and known not in found.labels}}
    of = dict(found.of)
    for document, mine in corpus.attributions.items() if said.known_as or said.apart else ():
        for attribution in mine:
            if attribution.id in of:
                of[attribution.id] = _read(of[attribution.id], said, labels, publisher[document])
    credits = {document: tuple(dict.fromkeys(k for key in keys if (k := said.known_as.get(key, key))
                                             != publisher[document])) for document, keys in found.credits.items()}
    owners = {said.known_as.get(key, key): owned.owner for owned in rulings.owners
              for key in (names.outlet_key(owned.outlet),)}
    apart = {(min(a, b), max(a, b)) for link in rulings.other_source
             for a in said.one.get(link.one, (link.one,)) for b in said.one.get(link.other, (link.other,))}
    return Sources(of, publisher, credits, labels, owners, frozenset(apart))


def _names(rulings: Rulings, labels: Mapping[str, str]) -> Names:
    blocs: Blocs[str] = Blocs()
    for link in rulings.one_source:
        blocs.join(link.one, link.other)
    members: dict[str, set[str]] = defaultdict(set)
    joined: dict[str, Decision] = {}
    for link in rulings.one_source:
        members[blocs.root(link.one)] |= {link.one, link.other}
        joined.update({link.one: link.by, link.other: link.by})
    apart: dict[str, dict[str, Decision]] = defaultdict(dict)
    for link in rulings.other_source:
        apart[link.one][link.other] = apart[link.other][link.one] = link.by
    one, known_as = {}, {}
    for mine in members.values():
        ranked = sorted(mine, key=lambda name: (name not in labels, -len(name.split()), name))
        one.update(dict.fromkeys(mine, tuple(ranked)))
        known_as.update(dict.fromkeys(mine, ranked[0]))
    return Names(one, known_as, apart, joined)


def _read(source: Source, said: Names, labels: Mapping[str, str], own: str) -> Source:
    """A source as people's decisions have it."""
    if source.key is None:
        return source
    held = said.apart.get(source.written, {})
    against = next((held[name] for name in said.one.get(source.key, (source.key,)) if name in held), None)
    if against is not None and source.written != source.key:
        source = replace(source, key=source.written, kind="outlet" if source.written in labels else "authority",
                         reasons=(*source.reasons, decided_another_source(against)))
    key = source.key or ""
    if key not in said.joined:
        return source
    known, reasons = said.known_as[key], (*source.reasons, decided_one_source(said.joined[key]))
    if known == own or source.kind == "own":
        return replace(source, key=own, kind="own", reasons=reasons)
    return replace(source, key=known, kind="outlet" if known in labels else source.kind, reasons=reasons)


# -- what may be one, and is not plain -----------------------------------------------------------------------------

def initials_of(short: str, long: str) -> Reason:
    """The one is made of the initials of the other, the only name in this archive that has them; no article says that
    they are one.
    """
    return Reason.of(initials_of, initials=short, name=long)


def part_of_name(short: str, long: str) -> Reason:
    """The one is part of the other, the only fuller name of that kind in this archive; no article uses both for one."""
    return Reason.of(part_of_name, part=short, name=long)


def given_initial(short: str, long: str) -> Reason:
    """The one has only the first letter of the other's given name, the only name in this archive that it fits."""
    return Reason.of(given_initial, initial=short, name=long)


def other_spelling(one: str, other: str) -> Reason:
    """The one is spelt almost as the other, word for word, and no other name is as near."""
    return Reason.of(other_spelling, one=one, other=other)


def suggest(found: Sources) -> tuple[Suggestion, ...]:
    """Pairs of names that may be of one bearer, for a person to confirm or dismiss, by id.

    Each name is paired with at most one fuller one, and only where no other would do as well, so that there are never
    more suggestions than names.
    """
    labels = {key: label for key, label in sorted(found.labels.items()) if not key.startswith("document ")}
    for source in sorted((s for s in found.of.values() if s.key and s.kind == "authority"), key=lambda s: s.label):
        labels.setdefault(source.key or "", source.label)
    spelt: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, set[str]] = defaultdict(set)
    for name, label in labels.items():
        words = name.split()
        if 1 < len(words) <= LONGEST:
            for spelling in (words, _bare(label).casefold().split()):
                spelt["".join(word[0] for word in spelling)].add(name)
            for part in _parts(words):
                inside[part].add(name)
    made = []
    for name, label in labels.items():
        if len(name) in ACRONYM and _bare(label).isupper() and len(spelt[name]) == 1:
            (full,) = spelt[name]
            made.append(_suggestion(name, full, labels, initials_of(label, labels[full])))
        elif len(tops := _tops(inside.get(name, ()))) == 1:
            made.append(_suggestion(name, tops[0], labels, part_of_name(label, labels[tops[0]])))
    made += [_suggestion(one, other, labels, given_initial(labels[one], labels[other]))
             for one, other in _initialled(labels)]
    made += [_suggestion(one, other, labels, other_spelling(labels[one], labels[other]))
             for one, other in _spelt_alike(labels)]
    return tuple(sorted({s.id: s for s in reversed(made)}.values(), key=lambda s: s.id))


def _initialled(labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names with an initial for the given name, each with the one full name that it fits."""
    full: dict[tuple[str, str], list[str]] = defaultdict(list)
    short = []
    for name in labels:
        words = name.split()
        if len(words) < 2:
            continue
        key = words[0][0], words[-1]
        if len(words[0].rstrip(".")) == 1:
            short.append((name, key))
        else:
            full[key].append(name)
    for name, key in short:
        if len(full[key]) == 1:
            yield name, full[key][0]


def _spelt_alike(labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of as many words, that begin alike, of which each is the one nearest to the other in spelling."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in labels:
        words = name.split()
        if 1 < len(words) <= LONGEST and min(map(len, words)) > 1:
            alike[tuple(word[0] for word in words)].append(name)
    for some in alike.values():
        nearest = {name: max(((_nearness(name, other), other) for other in some if other != name), default=(0.0, ""))
                   for name in (sorted(some) if len(some) > 1 else ())}
        for name, (near, other) in nearest.items():
            if near > 0 and name < other and nearest[other][1] == name:
                yield name, other


def _nearness(one: str, other: str) -> float:
    """How alike two names are spelt, 0 to 100; 0 where a word is another. Of two that differ in one short word alone
    ("Mark", "Mary") nothing is known.
    """
    unlike = [(a, b) for a, b in zip(one.split(), other.split(), strict=True) if a != b]
    if len(unlike) == 1 and min(map(len, unlike[0])) < names.SPELT:
        return 0.0
    return ratio(one, other) if all(names.alike(a, b) for a, b in unlike) else 0.0


def _suggestion(one: str, other: str, labels: Mapping[str, str], reason: Reason) -> Suggestion:
    a, b = sorted((one, other))
    return Suggestion(identify("s", a, b), (a, b), (labels[a], labels[b]), (reason,))


def _bare(label: str) -> str:
    return label.removeprefix("the ").removeprefix("The ")


def _parts(words: list[str]) -> set[str]:
    """The runs of words in a name, and its first with its last, the whole aside."""
    runs = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    return (runs | {f"{words[0]} {words[-1]}"}) - {" ".join(words)}


def _tops(longer: Iterable[str]) -> list[str]:
    """The names that are no part of another of these."""
    every = sorted(longer, key=lambda name: (-len(name.split()), name))
    covered: set[str] = set()
    found = []
    for name in every:
        if name not in covered:
            found.append(name)
        covered |= _parts(name.split())
    return found
