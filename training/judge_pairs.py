r"""All pairs that the judge is trained on -> one file of rows, which train_judge.py reads.

    python training/judge_pairs.py --real FOLDER --news fnc1-bodies.jsonl --public FOLDER --claims FOLDER... \
        --out rows.jsonl

`--real` holds the pairs of real news that others judged (`pairs-*.jsonl`, with their texts) and `election.jsonl`; with
the bodies of the Fake News Challenge (`--news`) that gives the texts of our own (pairs/judged.csv).  `--claims` are
folders as train_embedder.py reads them.  `--public` holds the public sets (docs/judge-model.md) as they are published:
`data/sts/sick2014`, `data/para/msr` and `data/sts/semeval-sts` of dataset-sts, `data/dataset.jsonl` of Breaking NLI,
`symmetric_v0.1` and `symmetric_v0.2` of FeverSymmetric, and `MED.tsv`.
"""
from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from trap_pairs import traps
from whence.neural.embedder import embedder
from whence.neural.extractor import extractor
from whence.text.meaning import names
from whence.text.meaning.vocabulary import plain_words
from whence.text.speech.bare import bare

OURS = Path(__file__).parent / "pairs"
DEV, LEFT_OUT = "pairs-dev", "pairs-train-election"
"""The sets that nothing is fitted to: chosen by the first, and told by the second what another archive gives."""
REAL = (DEV, *(f"pairs-train-{number}" for number in range(1, 5)), LEFT_OUT)
SEED = 5
CANDIDATES = 20
"""Claims that a query is held against: those nearest by the embedder, and in training those that it repeats."""
NEWS_OF_STS = ("MSRpar", "SMTnews", "deft-news", "headlines", "tweet-news")

Soft = tuple[float, float, float, float]
TARGETS: dict[str, Soft] = {"same": (1, 0, 0, 0), "conflict": (.9, .1, 0, 0), "partial": (.1, .8, .1, 0),
                            "different": (0, .05, .95, 0), "denial": (0, 0, .05, .95),
                            "denied alike": (.7, .25, .05, 0)}
"""What is wanted of the network for each label: chances of same, partial, other and contrary."""
HELD = "invented-held"
"""The invented pairs that are looked at and never learned from: a tenth of the sets."""
BARED, SURE = .7, .5
"""Share of the rows that are read without who says it, and the least score of the extractor's that is believed."""
OFFICES = ("the mayor of", "the governor of", "a spokesman for", "the police of", "Judge", "Professor", "Minister",
           "the council of", "the union of", "a lawyer for")
SMALL = frozenset("the a an in at by on for of some more about nearly no nobody there it he she they".split())
SPOKEN = ("{V} said {s}.", "{V} said that {s}.", "{S}, according to {v}.", "According to {v}, {s}.",
          "“{S},” {v} said.", "{V} reported that {s}.", "{S}, {v} told reporters.", "As {v} reported, {s}.",
          "{V} announced on Friday that {s}.", "{S}, {v} found.")
_SAID = re.compile(r"\b(?:said|says|told|tells|according|report\w*|announced?|claim\w*|den\w+|confirm\w*)\b|[“\"”]")
_AUXILIARY = re.compile(r"\b(is|was|were|are|will|has|had|have|would|could|can)\b(?! not)")
_UNTRUE = (" are false.", " are untrue, officials said.", " turned out to be a hoax.", " were denied.")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair, what is wanted of it (of the four chances, of the rank, or of neither), and how much it counts."""

    a: str
    b: str
    set: str
    soft: Soft | None
    weight: float
    rank: float | None = None
    label: str | None = None
    first: str | None = None
    """The article of `a`, by which folds are made."""


def jsonl(path: Path) -> list[dict[str, Any]]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").split("\n") if line.strip()]


def articles(real: Path, news: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """All articles, by archive and id."""
    files = {"news": news, "election": real / "election.jsonl"}
    return {(archive, row["id"]): row for archive, file in files.items() for row in jsonl(file)}


def judged(known: dict[tuple[str, str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Our own judged pairs, in the form of those of others."""
    with (OURS / "judged.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            pair: dict[str, Any] = {key: row[key] for key in ("archive", "label", "stratum")}
            for side in "ab":
                start, end = int(row[f"{side}_start"]), int(row[f"{side}_end"])
                text = known[row["archive"], row[f"{side}_id"]]["text"][start:end]
                pair[side] = {"id": row[f"{side}_id"], "start": start, "end": end, "text": text}
            yield pair


def real_pairs(real: Path, news: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The judged pairs of real news, each with the set that it is of."""
    for name in REAL:
        yield from ((name, row) for row in jsonl(real / f"{name}.jsonl"))
    yield from ((f"judged-{row['archive']}", row) for row in judged(articles(real, news)))


def labelled(a: str, b: str, label: str, of: str, weight: float) -> Row:
    """A pair with what its label wants."""
    return Row(a, b, of, TARGETS[label], weight, label=label)


def invented(rng: random.Random) -> Iterator[Row]:
    """The pairs of the invented sets; those of sets that are held back are for looking alone."""
    for one in jsonl(OURS / "invented.jsonl"):
        base, same, other = one["base"], one["same"], one["different"]
        pairs = [(base, text, "same") for text in same] + [(*two, "same") for two in combinations(same, 2)]
        pairs += [(base, text, "partial") for text in one["partial"]]
        for text in one["denial"]:
            pairs += [(base, text, "denial"), (rng.choice(same), text, "denial")]
            pairs += [(text, rng.choice(other), "different")]
        for text in other:
            pairs += [(base, text, "different"), (rng.choice(same), text, "different")]
        pairs += [(*two, "denied alike") for two in combinations(one["denial"], 2)]
        yield from (labelled(*pair, HELD if "held" in one else "invented", .6) for pair in pairs)


def spoken(rows: Sequence[Row], rng: random.Random) -> Iterator[Row]:
    """Judged and invented pairs of which each sentence is given to somebody, mostly not to the same: who says it is no
    part of what is said.
    """
    bank = sorted({text[name.start:name.end] for row in rows for text in (row.a, row.b)
                   for name in names.names(text, plain_words()) if name.start and 1 < len(name.words) < 4})
    voices = [*bank, *(f"{one} {of}" for one in OFFICES for of in rng.sample(bank, 20))]
    for row in rows:
        if row.label is None or row.label == "partial" or _SAID.search(f"{row.a} {row.b}"):
            continue
        both = [given(text, rng.choice(voices), rng) if rng.random() < .8 else text for text in (row.a, row.b)]
        yield labelled(both[0], both[1], row.label, "spoken", .5)


def given(text: str, voice: str, rng: random.Random) -> str:
    """A sentence said by somebody."""
    bare = text.strip().rstrip(".")
    first = bare.split()[0]
    low = bare[0].lower() + bare[1:] if first.lower() in plain_words() or first.lower() in SMALL else bare
    return rng.choice(SPOKEN).format(S=bare, s=low, v=voice, V=voice[0].upper() + voice[1:])


def altered(real: Sequence[Row], rng: random.Random) -> Iterator[Row]:
    """True pairs made false: another name in place of one that both have, and a denial put into one."""
    bank = [text[name.start:name.end] for row in real for text in (row.a, row.b)
            for name in names.names(text, plain_words()) if len(name.words) <= 3]
    for row in real:
        if row.label != "same":
            continue
        a, b = row.a, row.b
        shared = [name for name in (a[found.start:found.end] for found in names.names(a, plain_words()))
                  if name in b and len(name) > 3]
        if shared and rng.random() < .5:
            name, other = rng.choice(shared), rng.choice(bank)
            if other.lower() not in (a + b).lower() and name.lower() not in other.lower():
                yield labelled(a, b.replace(name, other), "different", "exchanged", .3)
        if rng.random() < .6:
            found = _AUXILIARY.search(b)
            if found:
                yield labelled(a, f"{b[:found.end()]} not{b[found.end():]}", "denial", "negated", .3)
            elif rng.random() < .5:
                told = f"Reports that {b[0].lower()}{b[1:].rstrip('. ')}{rng.choice(_UNTRUE)}"
                yield labelled(a, told, "denial", "negated", .3)


def lines(path: Path, encoding: str = "utf8") -> list[list[str]]:
    """The cells of a file with tabs, without its head."""
    return [line.split("\t") for line in path.read_text(encoding=encoding).splitlines()[1:]]


def sick(folder: Path) -> Iterator[Row]:
    """SICK: sentences of captions, with their relatedness and entailment."""
    for name in ("SICK_train.txt", "SICK_trial.txt", "SICK_test_annotated.txt"):
        for _, a, b, told, relation in lines(folder / "data/sts/sick2014" / name):
            score = float(told)
            soft: Soft = (0, .6, .4, 0) if score >= 4 else (0, .1, .9, 0)
            if relation == "ENTAILMENT":
                soft = (1, 0, 0, 0) if score >= 4.6 else (.3, .7, 0, 0)
            elif relation == "CONTRADICTION":
                soft = (0, 0, .05, .95)
            yield Row(a, b, "sick", soft, .5)


def paraphrases(folder: Path) -> Iterator[Row]:
    """Microsoft's paraphrases: sentences of news that were judged to say the same or not."""
    for part in ("train", "val", "test"):
        for same, _, _, a, b, *_ in lines(folder / f"data/para/msr/msr-para-{part}.tsv", "utf-8-sig"):
            yield Row(a, b, "mrpc", (.9, .1, 0, 0) if same == "1" else (.15, .6, .25, 0), .5)


def similar(folder: Path) -> Iterator[Row]:
    """SemEval's similarities, those of news."""
    steps: tuple[tuple[float, Soft], ...] = (
        (4.2, (.95, .05, 0, 0)), (3.4, (.5, .5, 0, 0)), (2.6, (.1, .7, .2, 0)), (1.6, (0, .25, .75, 0)),
        (-1, (0, 0, 1, 0)))
    for file in sorted((folder / "data/sts/semeval-sts").glob("20*/*.tsv")):
        if not file.name.startswith(NEWS_OF_STS):
            continue
        for line in file.read_text(encoding="utf8").splitlines():
            score, *texts = line.split("\t")
            if score and len(texts) > 1:
                yield Row(texts[0], texts[1], "sts", next(s for least, s in steps if float(score) >= least), .5)


def breaking(folder: Path, rng: random.Random) -> Iterator[Row]:
    """Breaking NLI: captions of which one word was replaced."""
    softs: dict[str, Soft] = {"entailment": (.8, .2, 0, 0), "contradiction": (0, 0, .1, .9), "neutral": (0, .5, .5, 0)}
    for row in jsonl(folder / "data/dataset.jsonl"):
        if row["gold_label"] != "-" and rng.random() <= .4:
            yield Row(row["sentence1"], row["sentence2"], "breaking", softs[row["gold_label"]], .3)


def fever(folder: Path) -> Iterator[Row]:
    """FeverSymmetric: claims with the sentence of Wikipedia that bears them out or refutes them."""
    for name in ("1/fever_symmetric_generated", "2/fever_symmetric_dev", "2/fever_symmetric_test"):
        for row in jsonl(folder / f"symmetric_v0.{name}.jsonl"):
            evidence = row.get("evidence_sentence") or row["evidence"]
            soft: Soft = (.5, .5, 0, 0) if row["label"] == "SUPPORTS" else (0, 0, .1, .9)
            yield Row(row["claim"], evidence, "fever", soft, .5)


def monotone(folder: Path) -> Iterator[Row]:
    """MED: sentences of which a part was made wider or narrower."""
    for cells in lines(folder / "MED.tsv"):
        yield Row(cells[8], cells[9], "med", (.5, .5, 0, 0) if cells[-1] == "entailment" else (.1, .6, .3, 0), .2)


def claims(folder: Path) -> Iterator[Row]:
    """Queries of CheckThat! with the claims that they repeat, and with others that look like it."""
    known = jsonl(folder / "claims.jsonl")
    place = {row["id"]: at for at, row in enumerate(known)}
    wanted: dict[str, set[int]] = {}
    for line in (folder / "qrels-train.tsv").read_text(encoding="utf8").splitlines():
        query, _, claim, _ = line.split()
        wanted.setdefault(query, set()).add(place[claim])
    encoder = embedder()
    vectors = encoder.vectors([row["text"] for row in known])
    for row in jsonl(folder / "queries-train.jsonl"):
        right = wanted.get(row["id"])
        if not right:
            continue
        best = np.argsort(-(vectors @ encoder.vectors([row["text"]])[0]))[:CANDIDATES].tolist()
        for at in sorted({*best, *right}):
            yield Row(row["text"], known[at]["text"], f"claims-{folder.name}", None, .5, rank=float(at in right))


def cases() -> Iterator[Row]:
    """The labelled pairs of the claims' tests, those of the first set; the others are for measuring."""
    label = {"same": "same", "different": "different", "contradicting": "denial"}
    with (Path(__file__).parents[1] / "tests" / "cases" / "claims.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            told = label[row["verdict"]]
            yield Row(row["one"], row["other"], "cases", TARGETS[told], 1.0, label=told)


def trapped(rows: Sequence[Row]) -> Iterator[Row]:
    """Traps made of the judged and the invented sentences."""
    mine = [row for row in rows if row.set.startswith(("pairs-train", "judged", "invented")) and row.set != HELD]
    alike = [row for row in mine if row.label == "same"]
    same = {row.a: row.b for row in alike} | {row.b: row.a for row in alike}
    for name, one, other, soft in traps([text for row in mine for text in (row.a, row.b)], same, random.Random(SEED)):
        yield Row(one, other, name, soft, .5)


def bared(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """Rows with what is said in their sentences, without who says it, as the judge is asked: of those that are learned
    from seven in ten, so that it reads whole sentences too.  Besides, sentences with what is said in them, and with
    themselves.
    """
    texts = sorted({text for row in rows if row.label is not None for text in (row.a, row.b)})
    found: dict[str, str] = {}
    for text, links in zip(texts, extractor().read_all(texts), strict=True):
        told = [bare(text, link.cue, link.content) for link in links if link.source and link.score >= SURE]
        found[text] = min(told, key=len, default=text)
    made = [replace(row, a=found[row.a], b=found[row.b])
            if row.label is not None and (row.set in (DEV, LEFT_OUT, HELD) or rng.random() < BARED) else row
            for row in rows]
    known = sorted({text for row in rows if row.label is not None and row.set not in (DEV, LEFT_OUT, HELD)
                    for text in (row.a, row.b)})
    said = [text for text in known if found[text] != text]
    made += [labelled(text, found[text], "same", "itself", .4) for text in rng.sample(said, len(said) // 8)]
    again = rng.sample(known, len(known) // 30)
    return made + [labelled(text, text.rstrip("."), "same", "itself", .4) for text in again]


def gather(real: Path, news: Path, public: Path, folders: Iterable[Path]) -> list[Row]:
    """All rows, in one order whatever the machine."""
    rng = random.Random(SEED)
    rows = [Row(pair["a"]["text"], pair["b"]["text"], name, TARGETS[pair["label"]], 1.0, label=pair["label"],
                first=pair["a"]["id"]) for name, pair in real_pairs(real, news)]
    fitted = [row for row in rows if row.set not in (DEV, LEFT_OUT)]
    rows += [*invented(rng), *altered(fitted, rng), *cases()]
    rows += trapped([row for row in rows if row.set != DEV and row.set != LEFT_OUT])
    rows += [*spoken(fitted, rng), *spoken([row for row in rows if row.set == "invented"], rng)]
    rows += [*sick(public), *paraphrases(public), *similar(public), *breaking(public, rng), *fever(public)]
    rows += monotone(public)
    rows = bared(rows, rng)
    for folder in folders:
        rows += claims(folder)
    return rows


def main() -> None:
    """Gather and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--claims", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = gather(args.real, args.news, args.public, args.claims)
    with args.out.open("w", encoding="utf8") as file:
        file.writelines(json.dumps(asdict(row)) + "\n" for row in rows)
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
