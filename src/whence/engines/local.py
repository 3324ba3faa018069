"""Run independent tasks on this machine: in this process where they are soon done, else on all of its cores."""
from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

START = 1.0
"""Seconds that a worker takes to start and import what it runs; chosen: twice what `import whence.pipeline` took."""
WAITING = 2
"""Tasks that are got ready for each process.  Chosen: one at work and one after it."""


def each(function: Callable[[Task], Result], tasks: Iterable[Task], count: int,
         expected: float = 0.0) -> Iterator[Result]:
    """`function` of each of `count` tasks, in the order in which they end.  A task is taken from `tasks` shortly before
    it is begun.

    Tasks are done here, one by one, until those left would take this process longer than starting others does, by the
    time that those done took; `expected` are the seconds that one takes, as far as known before.
    `function` must be importable by name (it is sent to other processes).  An error in one task ends them all.
    """
    spent = 0.0
    waiting = iter(tasks)
    for done in range(count):
        left = count - done
        each_takes = spent / done if done else expected
        if left > 1 and (os.cpu_count() or 1) > 1 and each_takes * left > 2 * START:
            yield from _spread(function, waiting, left)
            return
        task = next(waiting)
        began = time.monotonic()
        result = function(task)
        spent += time.monotonic() - began
        yield result


def _spread(function: Callable[[Task], Result], tasks: Iterable[Task], count: int) -> Iterator[Result]:
    """`function` of every task, on all cores."""
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait  # here: most runs end before they need it
    from multiprocessing import get_context

    workers = min(os.cpu_count() or 1, count)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(tasks)
        begun = {pool.submit(function, task) for task in islice(waiting, WAITING * workers)}
        try:
            while begun:
                done, begun = wait(begun, return_when=FIRST_COMPLETED)
                begun |= {pool.submit(function, task) for task in islice(waiting, len(done))}
                yield from [future.result() for future in done]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
