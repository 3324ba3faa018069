"""How long the main job takes and how much memory it needs, as a whole process and step by step.

    python bench/speed.py [--corpus FILE] [--json]

`--corpus` is a JSONL file of articles; by default the 1,683 real ones of the data folder beside the checkout, else as
many generated ones of the same length.  Peak memory is that of the whole process tree, sampled from /proc.
"""
from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news" / "fnc1-bodies.jsonl"
EVERY = .05                                # seconds between samples of memory

STEP = """
import sys
from pathlib import Path
from whence import run
from whence.store.folder import Folder
folder = Folder(Path(sys.argv[1]))
run.execute(folder, run.plan(folder), lambda *_: None, only=(sys.argv[2],))
"""


@dataclass(frozen=True)
class Taken:
    """What a process took: wall-clock seconds, and the peak of its tree's resident memory in MiB."""

    what: str
    seconds: float
    peak: float


def resident(pid: int) -> int:
    """Bytes of resident memory of a process and all below it, now."""
    total, todo = 0, [pid]
    while todo:
        current = todo.pop()
        try:
            status = Path(f"/proc/{current}/status").read_text()
            total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
            for task in Path(f"/proc/{current}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue                       # it ended between two looks
    return total * 1024


def watch(what: str, command: list[str]) -> Taken:
    """Run a command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"{what} failed with exit status {process.returncode}")
    return Taken(what, time.perf_counter() - began, peak / 2**20)


def generated(path: Path, count: int = 1683, words: int = 370) -> None:
    """Articles of invented words with Zipf's frequencies, in sentences and paragraphs; three in ten copy another."""
    rng = random.Random(1)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    lexicon = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(lexicon) + 1)]
    texts: list[str] = []
    with path.open("w", encoding="utf8") as out:
        for number in range(count):
            if texts and rng.random() < .3:
                text = rng.choice(texts)
            else:
                drawn = rng.choices(lexicon, weights, k=words)
                sentences = [" ".join(drawn[i:i + 18]).capitalize() + "." for i in range(0, words, 18)]
                text = "\n\n".join(" ".join(sentences[i:i + 3]) for i in range(0, len(sentences), 3))
                texts.append(text)
            out.write(json.dumps({"id": str(number), "publisher": f"outlet {number % 40}", "text": text}) + "\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        corpus = args.corpus or (NEWS if NEWS.exists() else scratch / "generated.jsonl")
        if not corpus.exists():
            generated(corpus)
        whence = [sys.executable, "-m", "whence"]
        taken = [watch("trace", [*whence, "trace", str(corpus), "-a", str(scratch / "a")]),
                 watch("trace again", [*whence, "trace", str(corpus), "-a", str(scratch / "a")]),
                 watch("add", [*whence, "add", str(corpus), "-a", str(scratch / "b")])]
        for step in ("segment", "attribute", "index", "reuse", "lineage", "claims", "origins"):
            taken.append(watch(step, [sys.executable, "-c", STEP, str(scratch / "b"), step]))
    if args.json:
        print(json.dumps([asdict(entry) for entry in taken]))
    else:
        print(f"{corpus.name}\n{'':14}{'seconds':>9}{'peak MiB':>10}")
        for entry in taken:
            print(f"{entry.what:14}{entry.seconds:9.1f}{entry.peak:10.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
