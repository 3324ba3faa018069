"""Every quality figure against its pinned floor, one table; exit status 1 where one fell below, or was lowered unsaid.

    python bench/quality.py [--real | --only NAME ...] [--shared DIR] [--seeds 1 2 3 4 5] [--untuned DIR] [--pin]
                            [--json]

What is measured stands in bench/scorers.py.  `--real` measures what nobody fitted: real news judged by reading, piles
and cases with known answers.  CI does so; the analysis of 1,683 articles takes most of its time, eight minutes on two
cores.

The data and scorers are not part of this repository: `--shared` names the folder that holds `eval/` and `data/` (by
default the one beside the checkout).  Without it there is nothing to measure, which is said, with exit status 0; so it
is of a scorer that lacks its program or its data there.

`bench/floors.toml` holds for each figure its `floor`, and `best`, the best ever pinned.  A floor more than MARGIN
below the best is a lowering, and is refused unless the entry says `why`.  `--pin` raises both to what was measured,
the floor rounded to two digits on the safe side.
"""
from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scorers import REAL, SCORERS, Bench

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
MARGIN = .01                               # what rounding a floor to two digits can take off
ERRORS = ("_error", "false_unseen", "strangers", "invented")    # figures that are better the smaller they are
WRONG = ("below", "lowered")               # verdicts that let nothing land

Floors = dict[str, dict[str, object]]


@dataclass
class Measured:
    """Every figure, by `scorer.figure`, and why a scorer has none."""

    figures: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def measure(bench: Bench, only: Iterable[str]) -> Measured:
    """What the scorers tell; what one made for itself is removed when it has its figures."""
    measured = Measured()
    for name in only:
        if absent := SCORERS[name].absent(bench.shared):
            measured.skipped[name] = f"there is no {', no '.join(absent)}"
            print(f"skipping {name}: {measured.skipped[name]}", file=sys.stderr)
            continue
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        for figure, value in SCORERS[name].figures(bench):
            measured.figures[f"{name}.{figure}"] = round(value, 4)
        bench.tidy()
    return measured


def judge(figure: str, value: float, entry: dict[str, object] | None) -> str:
    """What to say of a figure beside its floor: `ok`, `below`, `lowered` or `no floor`."""
    if entry is None:
        return "no floor"
    sign = -1 if figure.endswith(ERRORS) else 1
    floor, best = float(str(entry["floor"])), float(str(entry["best"]))
    if sign * floor < sign * best - MARGIN and not entry.get("why"):
        return "lowered"
    return "ok" if sign * value >= sign * floor else "below"


def pinned(floors: Floors, found: dict[str, float]) -> str:
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


def table(measured: Measured, floors: Floors, verdicts: dict[str, str]) -> Iterator[str]:
    """Lines for people: the figures of one scorer together, then what was not measured, and what is wrong."""
    yield f"{'figure':36} {'value':>8} {'floor':>8} {'best':>8}"
    scorer = None
    for figure, value in measured.figures.items():
        if scorer != (scorer := figure.split(".")[0]):
            yield ""
        entry = floors.get(figure, {})
        less = "  (less is better)" if figure.endswith(ERRORS) else ""
        yield (f"{figure:36} {value:8.4f} {entry.get('floor', '-')!s:>8} {entry.get('best', '-')!s:>8}"
               f"  {verdicts[figure]}{less}")
    yield ""
    yield from (f"{name}: skipped, {why}" for name, why in measured.skipped.items())
    told = {figure.split(".")[0] for figure in measured.figures}
    yield from (f"{figure}: not measured, though it has a floor" for figure in floors
                if figure.split(".")[0] in told and figure not in measured.figures)
    wrong = [f"{figure} ({verdict})" for figure, verdict in verdicts.items() if verdict in WRONG]
    unpinned = list(verdicts.values()).count("no floor")
    yield f"{len(verdicts)} figures, {unpinned} without a floor, {len(wrong)} wrong"
    yield from (f"  {figure}" for figure in wrong)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds eval/ and data/")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--only", nargs="+", choices=list(SCORERS), default=list(SCORERS))
    choice.add_argument("--real", dest="only", action="store_const", const=list(REAL), help=f"only {', '.join(REAL)}")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--untuned", type=Path, help="folder with the embedder.onnx of MiniLM as it was (training/)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Measure, compare, print."""
    args = arguments()
    if not (args.shared / "eval").is_dir():
        print(f"skipped: there is no {args.shared / 'eval'}; name the folder of scorers and data with --shared")
        return 0
    floors: Floors = tomllib.loads(FLOORS.read_text(encoding="utf8")) if FLOORS.exists() else {}
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure(Bench(args.shared, Path(scratch), tuple(args.seeds), args.untuned), args.only)
    verdicts = {figure: judge(figure, value, floors.get(figure)) for figure, value in measured.figures.items()}
    if args.json:
        print(json.dumps({figure: {"value": value, "verdict": verdicts[figure]}
                          for figure, value in measured.figures.items()}))
    else:
        print(*table(measured, floors, verdicts), sep="\n")
    if args.pin:
        FLOORS.write_text(pinned(floors, measured.figures), encoding="utf8")
    return int(any(verdict in WRONG for verdict in verdicts.values()))


if __name__ == "__main__":
    sys.exit(main())
