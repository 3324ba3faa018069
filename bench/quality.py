"""Every quality figure against its pinned floor, one table; exit status 1 where one fell below, or was lowered unsaid.

    python bench/quality.py [--shared DIR] [--only NAME ...] [--seeds 1 2 3 4 5] [--untuned DIR] [--pin] [--json]

The data and scorers are not part of this repository: `--shared` names the folder that holds `eval/` and `data/` (by
default the one beside the checkout).  Without it there is nothing to measure, which is said, with exit status 0.

`bench/floors.toml` holds for each figure its `floor`, and `best`, the best ever pinned.  A floor more than MARGIN
below the best is a lowering, and is refused unless the entry says `why`.  `--pin` raises both to what was measured,
the floor rounded to two digits on the safe side.
"""
from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fusion

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
MARGIN = .01                               # what rounding a floor to two digits can take off


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

    def score(self, scorer: str, *arguments: str | Path) -> dict[str, object]:
        """What a scorer prints as JSON."""
        command = [sys.executable, str(self.shared / "eval" / scorer), *map(str, arguments), "--json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found: dict[str, object] = json.loads(printed)
        return found

    def export(self, name: str, *inputs: Path) -> Path:
        """A fresh archive of the inputs, analysed and exported; returns the folder of the tables."""
        archive, out = self.scratch / name, self.scratch / f"{name}-tables"
        self.whence("add", *inputs, "-a", archive)
        self.whence("analyse", "-a", archive)
        self.whence("export", "jsonl", "--out", out, "-a", archive)
        return out


def cascades(bench: Bench) -> Iterator[tuple[str, float]]:
    """The mean over the seeds' worlds of every figure of the cascade scorer."""
    results = []
    for seed in bench.seeds:
        world = bench.scratch / f"world{seed}"
        make = [sys.executable, str(bench.shared / "eval" / "make_cascades.py"), "--seed", str(seed), "--claims", "60",
                "--base", str(bench.shared / "data/news/fnc1-bodies.jsonl"), "--out", str(world)]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        out = bench.export(f"cascade{seed}", world / "corpus.jsonl")
        results.append(bench.score("score_cascades.py", "--export", out, "--truth", world / "truth.json"))
    for figure, value in results[0].items():
        if isinstance(value, float):
            yield figure, sum(float(str(result[figure])) for result in results) / len(results)


def verbatim(bench: Bench) -> Iterator[tuple[str, float]]:
    """Runs of 20 words that real articles share, against brute force."""
    out = bench.export("news", bench.shared / "data/news/fnc1-bodies.jsonl")
    result = bench.score("score_verbatim.py", "--export", out)
    for figure in ("recall", "precision"):
        yield figure, float(str(result[figure]))


def attributions(bench: Bench) -> Iterator[tuple[str, float]]:
    """Sources, cues, contents and their relations on the development articles."""
    gold = bench.shared / "data/polnear/dev"
    out = bench.export("polnear", gold / "text")
    result = json.loads(json.dumps(bench.score("score_attributions.py", "--export", out, "--gold", gold)))
    for role in ("source", "cue", "content"):
        yield f"exact_{role}_f1", result["exact"][role]["f1"]
    yield "relation_f1", result["relation"]["f1"]


def extraction(bench: Bench) -> Iterator[tuple[str, float]]:
    """Main text out of saved pages."""
    gold = bench.shared / "data/extraction"
    result = bench.score("score_extraction.py", "--export", bench.export("pages", gold / "html"), "--gold", gold)
    for figure in ("precision", "recall", "f1"):
        yield figure, float(str(result[figure]))


def retrieval(bench: Bench) -> Iterator[tuple[str, float]]:
    """Claims told in other words, found again; and by how much better than by the untuned encoder and plain words."""
    for name in ("clef2020", "clef2022-2b"):
        data = bench.shared / "data/claims" / name
        archive, hits = bench.scratch / name, bench.scratch / f"{name}.jsonl"
        bench.whence("add", data / "claims.jsonl", "-a", archive)
        bench.whence("find", "--queries", data / "queries-dev.jsonl", "--top", "10", "--out", hits, "-a", archive)
        result = bench.score("score_claims.py", "--hits", hits, "--qrels", data / "qrels-dev.tsv")
        found = float(str(result["map_at_5"]))
        yield f"{name}_map_at_5", found
        if bench.untuned is not None:
            fusion.hits(data, data / "queries-dev.jsonl", bench.untuned, hits)
            peer = bench.score("score_claims.py", "--hits", hits, "--qrels", data / "qrels-dev.tsv")
            print(f"{name}: untuned fusion {peer['map_at_5']}", file=sys.stderr)
            yield f"{name}_over_untuned", found - float(str(peer["map_at_5"]))


SCORERS: dict[str, Callable[[Bench], Iterator[tuple[str, float]]]] = {
    "cascades": cascades, "verbatim": verbatim, "attributions": attributions, "extraction": extraction,
    "retrieval": retrieval}


def measure(bench: Bench, only: list[str]) -> dict[str, float]:
    """Every figure, by `scorer.figure`; each scorer's archives are removed when it has its figures."""
    found: dict[str, float] = {}
    for name in only:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        found |= {f"{name}.{figure}": round(value, 4) for figure, value in SCORERS[name](bench)}
        for left in bench.scratch.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    return found


ERRORS = ("_error", "false_unseen")        # figures that are better the smaller they are


def judge(figure: str, value: float, entry: dict[str, object] | None) -> str:
    """What to say of a figure beside its floor: `ok`, `below`, `lowered` or `no floor`."""
    if entry is None:
        return "no floor"
    sign = -1 if figure.endswith(ERRORS) else 1
    floor, best = float(str(entry["floor"])), float(str(entry["best"]))
    if sign * floor < sign * best - MARGIN and not entry.get("why"):
        return "lowered"
    return "ok" if sign * value >= sign * floor else "below"


def pinned(floors: dict[str, dict[str, object]], found: dict[str, float]) -> str:
    """The floors file with every figure raised to what was measured."""
    lines = ["# Floors of bench/quality.py.  A floor that is lowered must say why.\n"]
    for figure in sorted(floors.keys() | found.keys()):
        entry = dict(floors.get(figure, {}))
        if figure in found:
            better, to_the_safe_side = (min, math.ceil) if figure.endswith(ERRORS) else (max, math.floor)
            floor = to_the_safe_side(found[figure] * 100) / 100
            entry["floor"] = better(float(str(entry.get("floor", floor))), floor)
            entry["best"] = better(float(str(entry.get("best", found[figure]))), found[figure])
        lines += [f'["{figure}"]', *(f"{key} = {json.dumps(value)}" for key, value in entry.items()), ""]
    return "\n".join(lines)


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds eval/ and data/")
    parser.add_argument("--only", nargs="+", choices=list(SCORERS), default=list(SCORERS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--untuned", type=Path, help="folder with the embedder.onnx of MiniLM as it was (training/)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not (args.shared / "eval").is_dir():
        print(f"skipped: there is no {args.shared / 'eval'}; name the folder of scorers and data with --shared")
        return 0
    floors: dict[str, dict[str, object]] = tomllib.loads(FLOORS.read_text(encoding="utf8")) if FLOORS.exists() else {}
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(Bench(args.shared, Path(scratch), tuple(args.seeds), args.untuned), args.only)
    verdicts = {figure: judge(figure, value, floors.get(figure)) for figure, value in found.items()}
    if args.json:
        print(json.dumps({figure: {"value": value, "verdict": verdicts[figure]} for figure, value in found.items()}))
    else:
        for figure, value in found.items():
            print(f"{figure:34} {value:7.4f}   floor {floors.get(figure, {}).get('floor', '-')!s:7} {verdicts[figure]}")
    if args.pin:
        FLOORS.write_text(pinned(floors, found), encoding="utf8")
    return int(any(verdict in ("below", "lowered") for verdict in verdicts.values()))


if __name__ == "__main__":
    sys.exit(main())
