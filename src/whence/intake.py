"""Files into the record: each article's bytes kept as evidence, and one verdict for every input."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from whence.inputs import articles, files
from whence.inputs.articles import Piece
from whence.inputs.files import Found
from whence.model import ID_LENGTH, Capture, Limit, Reject, Verdict
from whence.store.evidence import hash_file
from whence.store.folder import Folder

BATCH = 1_000                              # articles a transaction; chosen: what a kill can lose is re-read in a second


def take_in(folder: Folder, paths: Sequence[str | Path]) -> Iterator[Verdict]:
    """Take in every article under `paths`, in batches that are each recorded whole; yields the verdicts as it goes.

    Evidence is on the disk before the record names it, so an interruption leaves at worst a file that nothing names,
    and the same call again takes up where it ended.
    """
    for found in files.walk(paths, folder.config.inputs):
        if isinstance(found, Reject):
            folder.record.refuse(found.input, [found])
            yield Verdict(found.input, "rejected", None, found.reason)
        else:
            yield from _file(folder, found)


def _file(folder: Folder, found: Found) -> Iterator[Verdict]:
    try:
        blob = hash_file(found.file)
    except OSError as error:
        reject = Reject(found.path, "add", f"can't be read ({error.strerror})")
        folder.record.refuse(found.path, [reject])
        yield Verdict(found.path, "rejected", None, reject.reason)
        return
    rejects: list[Reject] = []
    limits: list[Limit] = []
    pieces = _sorted_out(articles.split(found, found.file, folder.config.inputs), rejects, limits)
    while batch := list(islice(pieces, BATCH)):
        captures = _captures(found, blob, batch)
        known = folder.record.known(capture.id for capture, _ in captures)
        new = any(capture.id not in known for capture, _ in captures)
        if new and blob not in folder.evidence and folder.evidence.keep(found.file) != blob:
            rejects.append(Reject(found.path, "add", "changed while it was being read. Add it again"))
            break
        folder.record.take(capture for capture, _ in captures)
        yield from _verdicts(captures, known)
    folder.record.refuse(found.path, rejects, limits)
    for reject in rejects:
        yield Verdict(reject.input, "rejected", None, reject.reason)


def _sorted_out(pieces: Iterator[Piece | Reject | Limit], rejects: list[Reject],
                limits: list[Limit]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Reject):
            rejects.append(piece)
        elif isinstance(piece, Limit):
            limits.append(piece)
        else:
            yield piece


def _captures(found: Found, blob: str, pieces: Sequence[Piece]) -> list[tuple[Capture, Piece]]:
    """A capture for each piece of a file."""
    captures = []
    with found.file.open("rb") as stream:
        for piece in pieces:
            stream.seek(piece.offset)
            sha256 = hashlib.sha256(stream.read(piece.length)).hexdigest()
            capture = Capture(sha256[:ID_LENGTH], sha256, blob, piece.offset, piece.length, piece.format, found.path)
            captures.append((capture, piece))
    return captures


def _verdicts(captures: Sequence[tuple[Capture, Piece]], known: set[str]) -> Iterator[Verdict]:
    seen = set(known)
    for capture, piece in captures:
        yield Verdict(piece.where, "duplicate" if capture.id in seen else "added", capture.id, piece.note)
        seen.add(capture.id)
