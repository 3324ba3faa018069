"""How long the main job takes and how much memory it needs, as a whole process and step by step.

    python bench/speed.py [--corpus FILE] [--json]
    python bench/speed.py --generate N [--scratch DIR] [--json]

`--corpus` is a JSONL file of articles; by default the 1,683 real ones of the data folder beside the checkout, else as
many generated ones (see bench/corpus.py).  Peak memory is that of the whole process tree, sampled from /proc, without
the files that it maps.

`--generate` makes N articles as the extract step would have left them, and measures reuse and
lineage on them alone: of a tenth, of all, and of 100 more; and what reading and hashing the same text costs bare.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import corpus

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
    """Bytes of memory of a process and all below it, now; mapped files aside, which the system can drop at any time."""
    total, todo = 0, [pid]
    while todo:
        current = todo.pop()
        try:
            status = Path(f"/proc/{current}/status").read_text()
            mine = [line.split()[1] for line in status.splitlines() if line.startswith(("RssAnon", "RssShmem"))]
            total += sum(map(int, mine))
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


def generated(path: Path, count: int = 1683) -> None:
    """As many invented articles as the real ones are, as a JSONL file."""
    with path.open("w", encoding="utf8") as out:
        for document in (document for batch in corpus.articles(count, 0) for document in batch):
            row = {"id": document.external_id, "publisher": document.publisher, "published": document.published,
                   "text": document.text}
            out.write(json.dumps(row) + "\n")


GROW = """
import json, sys, time
from pathlib import Path
from whence import growth, kin
from whence.config import Config
from whence.store.tables import Derived
derived, config = Derived(Path(sys.argv[1])), Config()
def main():
    began = time.perf_counter()
    parts = derived.parts("extract", "x")
    shelf = growth.bring(growth.home(derived, config, "x"), derived.home("extract", "x"), parts, config.reuse)
    between = time.perf_counter()
    kin.bring(kin.home(derived, config, shelf.folder), shelf, config.lineage)
    Path(sys.argv[2]).write_text(json.dumps([between - began, time.perf_counter() - between]))
if __name__ == "__main__":
    main()
"""

BARE = """
import hashlib, sys
from pathlib import Path
import pyarrow.parquet as pq
for path in sorted(Path(sys.argv[1]).glob("extract/x/part-*/documents.parquet")):
    for text in pq.read_table(path, columns=["text"]).column("text").to_pylist():
        hashlib.blake2b(text.encode()).digest()
"""


def grow(what: str, derived: Path) -> list[Taken]:
    """Reuse and lineage of what is new in a folder of derived tables: the whole process, and each stage's seconds."""
    script, times = derived / "grow.py", derived / "times.json"
    script.write_text(GROW)                # a file, since workers import what they run
    whole = watch(what, [sys.executable, str(script), str(derived), str(times)])
    seconds = json.loads(times.read_text())
    return [whole, *(Taken(f"  {stage}", taken, whole.peak) for stage, taken in zip(("reuse", "lineage"), seconds,
                                                                                   strict=True))]


def scale(count: int, scratch: Path) -> list[Taken]:
    """Measure archives of a tenth of `count` articles, of all, and of 100 more."""
    taken = []
    for size in (count // 10, count):
        derived = scratch / f"generated-{size}"
        corpus.write(derived, size, more=0)
        taken.append(watch(f"bare {size:,}", [sys.executable, "-c", BARE, str(derived)]))
        taken += grow(f"{size:,}", derived)
    corpus.write(derived, count, more=100)
    taken += grow("100 more", derived)
    small, large = (taken[n].seconds for n in (1, 5))
    print(f"{count / large:.0f} articles/s; {large / small:.1f} times the time for 10 times the articles; "
          f"{large / taken[4].seconds:.1f} times the bare cost of reading and hashing", file=sys.stderr)
    return taken


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--generate", type=int, metavar="N")
    parser.add_argument("--scratch", type=Path, help="a folder on a disk with 20 KB an article to spare")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.scratch) as folder:
        scratch = Path(folder)
        if args.generate:
            return show(f"{args.generate:,} generated articles", scale(args.generate, scratch), args.json)
        corpus_file = args.corpus or (NEWS if NEWS.exists() else scratch / "generated.jsonl")
        if not corpus_file.exists():
            generated(corpus_file)
        whence = [sys.executable, "-m", "whence"]
        taken = [watch("trace", [*whence, "trace", str(corpus_file), "-a", str(scratch / "a")]),
                 watch("trace again", [*whence, "trace", str(corpus_file), "-a", str(scratch / "a")]),
                 watch("add", [*whence, "add", str(corpus_file), "-a", str(scratch / "b")])]
        for step in ("segment", "attribute", "index", "reuse", "lineage", "claims", "origins"):
            taken.append(watch(step, [sys.executable, "-c", STEP, str(scratch / "b"), step]))
    return show(corpus_file.name, taken, args.json)


def show(title: str, taken: list[Taken], as_json: bool) -> int:
    """Print the table."""
    if as_json:
        print(json.dumps([asdict(entry) for entry in taken]))
    else:
        print(f"{title}\n{'':18}{'seconds':>9}{'peak MiB':>10}")
        for entry in taken:
            print(f"{entry.what:18}{entry.seconds:9.1f}{entry.peak:10.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
