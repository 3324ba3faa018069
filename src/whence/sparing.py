"""One bad article costs one article: whatever fails on one of many is told as refused, and the rest goes on."""
from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from whence.model import Capture, Document, Reject

Article = TypeVar("Article", Capture, Document)
Item = TypeVar("Item")
Made = TypeVar("Made")

OF_THE_MACHINE = (OSError, MemoryError, sqlite3.Error)
"""What no article is to blame for: a full disk, want of memory.  It ends the run, which goes on where it stopped."""
MEND = "It is left out of this step; please report it, with the article if you may"
LONGEST = 200
"""Characters of an error's own words that are kept.  Chosen: a line."""


def spared(step: str, articles: Iterable[Article], make: Callable[[Article], Made],
           rejects: list[Reject]) -> dict[str, Made]:
    """What `make` gives for each article, by id; one on which it fails is added to `rejects`."""
    found: dict[str, Made] = {}
    for article in articles:
        try:
            found[article.id] = make(article)
        except OF_THE_MACHINE:
            raise
        except Exception as error:  # noqa: BLE001  whatever a text makes a step raise
            rejects.append(refused(step, article.id, error))
    return found


def refused(step: str, input: str, error: Exception) -> Reject:
    """That a step failed on an input, and how."""
    words = " ".join(f"{type(error).__name__} {error}".split())[:LONGEST]
    return Reject(input, step, f"it can't be worked on ({words}). {MEND}")


def without_failing(items: Sequence[Item], attempt: Callable[[Sequence[Item]], Made],
                    note: Callable[[Item, Exception], None]) -> Made:
    """What `attempt` gives of all items but those on which it fails, each of which `note` is told with its error.

    These are found by halves, so that n of which one fails cost some 2 log n attempts, and none where all is well.
    """
    try:
        return attempt(items)
    except OF_THE_MACHINE:
        raise
    except Exception as error:
        if not items:
            raise
        bad = set(_failing(range(len(items)), items, attempt, note, error))
        return attempt([item for at, item in enumerate(items) if at not in bad])


def _failing(places: Sequence[int], items: Sequence[Item], attempt: Callable[[Sequence[Item]], object],
             note: Callable[[Item, Exception], None], error: Exception) -> Iterable[int]:
    """The places of the items on which an attempt fails, where it fails on all of `places` together with `error`."""
    if len(places) == 1:
        note(items[places[0]], error)
        return [places[0]]
    found: list[int] = []
    for half in (places[:len(places) // 2], places[len(places) // 2:]):
        try:
            attempt([items[at] for at in half])
        except OF_THE_MACHINE:
            raise
        except Exception as inner:  # noqa: BLE001  as above
            found += _failing(half, items, attempt, note, inner)
    return found
