"""Run independent tasks on this machine: in this process where they are few, else on all of its cores."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

FEW = 2                                    # tasks; a worker takes about a second to start, a task about one to run


def each(function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
    """`function` of every task, in the order in which they end.

    `function` must be importable by name (it is sent to other processes).  An error in one task ends them all.
    """
    workers = min(os.cpu_count() or 1, len(tasks))
    if len(tasks) <= FEW or workers < 2:
        yield from map(function, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(function, task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
