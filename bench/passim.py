"""The passages of one corpus found by passim and by Whence, each as a whole process, one after the other: the ratio.

    python bench/passim.py --passim CHECKOUT --corpus FILE [--runs 3] [--submit spark-submit]

`CHECKOUT` is a checkout of passim (github.com/dasmiq/passim); `--submit` a spark-submit whose Python has pyspark,
graphframes-py and intervaltree.  passim runs with its defaults up to its alignments (`--all-pairs --to-extents`): its
clustering, which Whence's families answer to, is left out of both.  Whence reads the same file into a new archive,
extracts the articles and finds their passages; its modules are compiled, as an installer leaves them.  Seconds are
wall-clock and of processors, the median of the runs.
"""
from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import whence

PASSAGES = """
import sys
from pathlib import Path
from whence import intake, run
from whence.store.folder import Folder
def main():
    folder = Folder(Path(sys.argv[2]))
    list(intake.take_in(folder, [sys.argv[1]]))
    for step in ("extract", "reuse"):
        run.execute(folder, run.plan(folder), lambda *_: None, only=(step,))
    folder.close()
if __name__ == "__main__":
    main()
"""


def seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall-clock seconds of a command, which must succeed, and seconds of processors."""
    began, used = time.perf_counter(), _used()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, _used() - used


def _used() -> float:
    """Seconds of processors that ended commands took."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--passim", type=Path, required=True, help="a checkout of passim")
    parser.add_argument("--corpus", type=Path, required=True, help="a JSONL file of articles")
    parser.add_argument("--submit", default=shutil.which("spark-submit"), help="the spark-submit to use")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if not args.submit:
        parser.error("there is no spark-submit on the path; name one with --submit")
    interpreter = str(Path(args.submit).with_name("python"))
    spark = {**os.environ, "PYTHONPATH": str(args.passim), "PYSPARK_PYTHON": interpreter,
             "PYSPARK_DRIVER_PYTHON": interpreter}
    theirs, ours = [], []
    compileall.compile_dir(str(Path(whence.__file__).parent), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "passages.py"
        script.write_text(PASSAGES, encoding="utf8")   # a file, since workers import what they run
        for number in range(args.runs):
            out = Path(folder) / f"passim{number}"
            theirs.append(seconds([args.submit, "--master", "local[2]", str(args.passim / "passim/seriatim.py"),
                                   "--all-pairs", "--to-extents", str(args.corpus), str(out)], spark))
            archive = str(Path(folder) / f"whence{number}")
            ours.append(seconds([sys.executable, str(script), str(args.corpus), archive], dict(os.environ)))
    for what, passim, mine in zip(("wall-clock", "processors"), zip(*theirs, strict=True), zip(*ours, strict=True),
                                  strict=True):
        print(f"{what}: passim {median(passim):.1f} s, Whence {median(mine):.2f} s: "
              f"{median(passim) / median(mine):.0f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
