"""What bench/quality.py measures: archives made of the data under `--shared`, and what the scorers there say of them.

REAL comes first.  It was judged by reading, or written with its answers before anything was run, so that nothing was
fitted to it; the cascades are drawn by generators whose habits this code has grown up beside.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import fusion

WHENCE = Path(sysconfig.get_path("scripts")) / "whence"
"""The command of this interpreter, for scorers that trace by themselves."""
KEPT = "kept"
"""Folder, in the scratch one, of what several scorers read."""

Figures = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Bench:
    """Where everything is: the data, a scratch folder, the cascade worlds to draw, and an encoder nobody trained."""

    shared: Path
    scratch: Path
    seeds: tuple[int, ...]
    untuned: Path | None = None

    def whence(self, *arguments: str | Path) -> None:
        """Run the command line of this checkout."""
        subprocess.run([sys.executable, "-m", "whence", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    def score(self, scorer: str, *arguments: str | Path) -> dict[str, Any]:
        """What a scorer under `shared` prints as JSON, on one line or several; what stands above it are complaints."""
        command = [sys.executable, str(self.shared / scorer), *map(str, arguments), "--json"]
        home = {**os.environ, "TMPDIR": str(self.scratch)}      # some leave their archives behind
        lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf8",
                               env=home).stdout.splitlines()
        begins = next(at for at, line in enumerate(lines) if line.startswith("{"))
        if begins:
            print(*lines[:begins], sep="\n", file=sys.stderr)
        found: dict[str, Any] = json.loads("\n".join(lines[begins:]))
        return found

    def export(self, name: str, *inputs: Path) -> Path:
        """A fresh archive of the inputs, analysed and exported; returns the folder of the tables."""
        archive, out = self.scratch / name, self.scratch / f"{name}-tables"
        self.whence("add", *inputs, "-a", archive)
        self.whence("analyse", "-a", archive)
        self.whence("export", "jsonl", "--out", out, "-a", archive)
        return out

    def tables(self, corpus: str) -> Path:
        """The same of a corpus under `shared`, made once for all scorers that read it: that takes most of the time."""
        name = f"{KEPT}/{Path(corpus).stem}"
        out = self.scratch / f"{name}-tables"
        if not out.exists():
            (self.scratch / KEPT).mkdir(exist_ok=True)
            self.export(name, self.shared / corpus)
        return out

    def tidy(self) -> None:
        """Remove what one scorer made for itself."""
        for left in self.scratch.iterdir():
            if left.name != KEPT:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


@dataclass(frozen=True)
class Scorer:
    """What yields figures, and the files and folders under `shared` that it can't do without."""

    figures: Callable[[Bench], Figures]
    needs: tuple[str, ...]

    def absent(self, shared: Path) -> list[str]:
        """What it needs and isn't there."""
        return [need for need in self.needs if not (shared / need).exists()]


def floats(result: Mapping[str, Any], prefix: str = "") -> Figures:
    """The figures of a result: scorers print shares as floats, counts as ints, null where there was nothing."""
    return ((prefix + name, value) for name, value in result.items() if isinstance(value, float))


# -- what nobody fitted ------------------------------------------------------------------------------------------------

FNC, ELECTION = "data/news/fnc1-bodies.jsonl", "data/real/election.jsonl"
CLAIM_FACTS = ("one_claim", "conflict", "find")
"""Kinds of facts of a pile that are about claims: what stands together, what disagrees, what is found again."""
CLAIM_CASES = ("f02", "f05", "f09", "f10", "f13")
"""Cases that are about claims, each a figure of its own: opposites; other places, days and firms; numbers written
otherwise, twice; sentences split."""
PILES = ("harbour", "bank")


def judged(kind: str, corpora: dict[str, str], *besides: str) -> Scorer:
    """Sets of one kind that were judged by reading, each with the corpus that it was drawn from."""
    scorer, gold = f"eval/score_{kind}.py", {name: f"data/real/{kind}-{name}.jsonl" for name in corpora}

    def figures(bench: Bench) -> Figures:
        for name, corpus in corpora.items():
            result = bench.score(scorer, "--export", bench.tables(corpus), "--gold", bench.shared / gold[name])
            yield from floats(result, f"{name}_")

    return Scorer(figures, (scorer, *besides, *dict.fromkeys(corpora.values()), *gold.values()))


def piles(bench: Bench) -> Figures:
    """Facts known of piles as a fact-checker would save them: the share right, and how many of those about claims."""
    about_claims = 0
    for name in PILES:
        result = bench.score("eval/score_pile.py", "--pile", bench.shared / "piles" / name, "--whence", WHENCE)
        yield name, float(result["share"])
        about_claims += sum(result["kinds"].get(kind, (0, 0))[0] for kind in CLAIM_FACTS)
    yield "claims_facts", float(about_claims)


def cases(bench: Bench) -> Figures:
    """Small inputs of kinds that people reported: the share that hold whole, and those about claims one by one."""
    result = bench.score("cases/check.py", "--whence", WHENCE)
    yield "hold", result["whole"] / result["cases"]
    for name in CLAIM_CASES:
        yield name, float(result["told"][name])


# -- what was invented, and tasks of one step --------------------------------------------------------------------------

def worlds(maker: str, claims: int, most: int | None = None) -> Scorer:
    """The mean of every figure of the cascade scorer over the worlds of the seeds, or of the first `most` of them."""
    def figures(bench: Bench) -> Figures:
        results = []
        for seed in bench.seeds[:most]:
            world = bench.scratch / f"world{seed}"
            make = [sys.executable, str(bench.shared / maker), "--seed", str(seed), "--claims", str(claims),
                    "--base", str(bench.shared / FNC), "--out", str(world)]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
            out = bench.export(f"cascade{seed}", world / "corpus.jsonl")
            truth = world / "truth.json"
            results.append(dict(floats(bench.score("eval/score_cascades.py", "--export", out, "--truth", truth))))
        for figure in results[0]:
            yield figure, fmean(result[figure] for result in results)

    return Scorer(figures, (maker, "eval/score_cascades.py", FNC))


def verbatim(bench: Bench) -> Figures:
    """Runs of 20 words that real articles share, against brute force."""
    yield from floats(bench.score("eval/score_verbatim.py", "--export", bench.tables(FNC)))


def attributions(bench: Bench) -> Figures:
    """Sources, cues, contents and their relations on the development articles."""
    gold = bench.shared / "data/polnear/dev"
    out = bench.export("polnear", gold / "text")
    result = bench.score("eval/score_attributions.py", "--export", out, "--gold", gold)
    for role in ("source", "cue", "content"):
        yield f"exact_{role}_f1", result["exact"][role]["f1"]
    yield "relation_f1", result["relation"]["f1"]


def extraction(bench: Bench) -> Figures:
    """Main text out of saved pages."""
    gold = bench.shared / "data/extraction"
    result = bench.score("eval/score_extraction.py", "--export", bench.export("pages", gold / "html"), "--gold", gold)
    for figure in ("precision", "recall", "f1"):
        yield figure, float(result[figure])


def retrieval(bench: Bench) -> Figures:
    """Claims told in other words, found again; and by how much better than by the untuned encoder and plain words."""
    for name in ("clef2020", "clef2022-2b"):
        data = bench.shared / "data/claims" / name
        archive, hits = bench.scratch / name, bench.scratch / f"{name}.jsonl"
        bench.whence("add", data / "claims.jsonl", "-a", archive)
        bench.whence("find", "--queries", data / "queries-dev.jsonl", "--top", "10", "--out", hits, "-a", archive)
        result = bench.score("eval/score_claims.py", "--hits", hits, "--qrels", data / "qrels-dev.tsv")
        found = float(result["map_at_5"])
        yield f"{name}_map_at_5", found
        if bench.untuned is not None:
            fusion.hits(data, data / "queries-dev.jsonl", bench.untuned, hits)
            peer = bench.score("eval/score_claims.py", "--hits", hits, "--qrels", data / "qrels-dev.tsv")
            print(f"{name}: untuned fusion {peer['map_at_5']}", file=sys.stderr)
            yield f"{name}_over_untuned", found - float(peer["map_at_5"])


REAL: dict[str, Scorer] = {
    "rumours": judged("rumours", {"dev": FNC}),
    "pairs": judged("pairs", {"dev": FNC, **{f"train-{n}": FNC for n in (1, 2, 3, 4)}}),
    "sources": judged("sources", {"dev": FNC, "train-1": FNC, "train-2": FNC},
                      "eval/score_rumours.py"),                # it imports how that one compares names
    "piles": Scorer(piles, ("eval/score_pile.py", *(f"piles/{name}/facts.jsonl" for name in PILES))),
    "cases": Scorer(cases, ("cases/check.py", *(f"cases/{name}" for name in CLAIM_CASES))),
}
SCORERS: dict[str, Scorer] = {
    **REAL,
    # another archive, which would take --real past a quarter of an hour
    "election_pairs": judged("pairs", {"train-election": ELECTION}),
    "election_sources": judged("sources", {"train-3": ELECTION}, "eval/score_rumours.py"),
    "verbatim": Scorer(verbatim, ("eval/score_verbatim.py", FNC)),
    "cascades": worlds("eval/make_cascades.py", claims=60),
    "cascades_b": worlds("eval/make_cascades_b.py", claims=30, most=3),
    "attributions": Scorer(attributions, ("eval/score_attributions.py", "data/polnear/dev")),
    "extraction": Scorer(extraction, ("eval/score_extraction.py", "data/extraction")),
    "retrieval": Scorer(retrieval, ("eval/score_claims.py", "data/claims/clef2020", "data/claims/clef2022-2b")),
}
