"""Who says it, where it stands earliest in a pile of articles, how it changed, and how many independent origins it has.

The public API, whole:

    archive = whence.open("my-archive")      opened, or made where there is none
    archive.add("articles/")                 take in files and folders: a Verdict for each
    archive.plan()                           what is stale, and why
    archive.analyse()                        bring everything derived up to date
    archive.claims(min_documents=2)          Claims by their rank, with their Origins
    archive.why("c-0123abcd")                the whole chain behind a claim, a family or an attribution
    archive.find("The dam broke at night.")  where it stands, or another wording of it
    archive.relate(text, hits)               which of those say the same, in what words, and which contradict it
    archive.suggestions()                    pairs of names that may be of one source, to be decided
    archive.decide("merge", one, other)      people have the last word: signed, dated, undone by archive.undo()
    archive.check_quotes("altered")          quotations against the texts that they are said to come from
    archive.tables()                         everything at once: documents, attributions, families, claims, ...
    archive.export("jsonl", "out/")          files for other programs
    archive.report()                         one page for a reader
    archive.verify()                         every byte of evidence against its hash
    archive.close()                          or use it in a `with` statement
"""
from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whence.archive import Archive
    from whence.errors import ArchiveError, ConfigError, InputError, UsageError, WhenceError
    from whence.model import Attribution, Claim, Decision, Document, Family, Tables, Verdict

__all__ = [
    "Archive", "ArchiveError", "Attribution", "Claim", "ConfigError", "Decision", "Document", "Family", "InputError",
    "Tables", "UsageError", "Verdict", "WhenceError", "open",
]


_HOMES = {"Archive": "archive", "ArchiveError": "errors", "ConfigError": "errors", "InputError": "errors",
          "UsageError": "errors", "WhenceError": "errors"}    # all else is in `model`


def __getattr__(name: str) -> object:
    """What is asked for by name is imported then: worker processes need no archive, no report and no explanations."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"whence.{_HOMES.get(name, 'model')}"), name)


def open(path: str | Path) -> Archive:
    """The archive in the folder `path`, made where there is none.  Raises ArchiveError where something else is there.

    >>> import whence
    >>> with whence.open("an-empty-archive") as archive:
    ...     archive.claims()
    []
    """
    from whence.archive import Archive

    return Archive(path)
