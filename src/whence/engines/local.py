"""Run independent tasks on this machine: in this process where they are soon done, else on all of its cores."""
from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

START = 1.0
"""Seconds that a worker takes to start and import what it runs; chosen: twice what `import whence.pipeline` took."""


def each(function: Callable[[Task], Result], tasks: Sequence[Task], expected: float = 0.0) -> Iterator[Result]:
    """`function` of every task, in the order in which they end.

    Tasks are done here, one by one, until those left would take this process longer than starting others does, by the
    time that those done took; `expected` are the seconds that one takes, as far as known before.
    `function` must be importable by name (it is sent to other processes).  An error in one task ends them all.
    """
    spent = 0.0
    for done, task in enumerate(tasks):
        left = len(tasks) - done
        each_takes = spent / done if done else expected
        if left > 1 and (os.cpu_count() or 1) > 1 and each_takes * left > 2 * START:
            yield from _spread(function, tasks[done:])
            return
        began = time.monotonic()
        result = function(task)
        spent += time.monotonic() - began
        yield result


def _spread(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """`function` of every task, on all cores."""
    from concurrent.futures import ProcessPoolExecutor, as_completed  # here: most runs are over before they need it
    from multiprocessing import get_context

    workers = min(os.cpu_count() or 1, len(tasks))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(function, task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
