"""A file's bytes into its articles, and an article's bytes into a decoded page."""
from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from whence.config import InputConfig
from whence.inputs import decode, rows
from whence.inputs.files import Found
from whence.model import Limit, Page, Reject
from whence.text.page import moments

ArticleFormat = Literal["html", "text", "row"]


@dataclass(frozen=True, slots=True)
class Piece:
    """An article within its file: `length` bytes at `offset`.

    `where` names it to a person (a row by its line); `note` says what was lost or repaired on reading it.
    """

    where: str
    offset: int
    length: int
    format: ArticleFormat
    note: str | None


@dataclass(frozen=True, slots=True)
class Excess:
    """An article over a limit: what was counted, how many there are, how many may be, and the setting that says so."""

    unit: str
    seen: int
    limit: int
    setting: str

    def on(self, where: str) -> Iterator[Limit | Reject]:
        """The limit that was met and the reject that it made, for the input named."""
        yield Limit("add", where, self.limit, self.seen)
        yield Reject(where, "add", f"{self.seen:,} {self.unit}, more than the {self.limit:,} allowed. To raise the "
                                   f"limit, write in whence.toml: [inputs] {self.setting} = {self.seen}")


def split(found: Found, blob: Path | bytes, config: InputConfig) -> Iterator[Piece | Reject | Limit]:
    """The articles of one file, whose bytes are `blob` or in it: a page or a text is one, a JSONL file one a row.

    A Limit comes just before the Reject of what it left out.  A JSONL file is read a row at a time.  Never raises
    for what the bytes are; an OSError while they are read becomes a Reject.
    """
    try:
        with io.BytesIO(blob) if isinstance(blob, bytes) else open(blob, "rb") as stream:
            yield from _rows(found, stream, config) if found.format == "jsonl" else _whole(found, stream, config)
    except OSError as error:
        yield Reject(found.path, "add", f"can't be read ({error.strerror or error})")


def page(id: str, sha256: str, format: ArticleFormat, raw: bytes) -> Page:
    """An article's bytes decoded, with what stands beside the text.  `content` is empty where there is no article."""
    if format == "html":
        return Page(id, sha256, decode.html(raw)[0], markup=True)
    if format == "text":
        return Page(id, sha256, decode.text(raw)[0], markup=False)
    try:
        fields = dict(rows.read(raw).fields)
    except rows.NotARow:
        return Page(id, sha256, "", markup=False)
    text, html = fields.pop("text", ""), fields.pop("html", "")
    return Page(id, sha256, text if text.strip() else html, markup=not text.strip(), external_id=fields.pop("id", None),
                **fields)


def _whole(found: Found, stream: BinaryIO, config: InputConfig) -> Iterator[Piece | Reject | Limit]:
    markup = found.format == "html"
    raw = stream.read((config.max_page_bytes if markup else config.max_text_bytes) + 1)
    size = stream.seek(0, io.SEEK_END)
    if excess := _excess(size, raw if markup else None, config):
        yield from excess.on(found.path)
        return
    reason, note = _judge(raw, markup=markup)
    if reason:
        yield Reject(found.path, "add", reason)
    else:
        yield Piece(found.path, 0, len(raw), "html" if markup else "text", note)


def _judge(raw: bytes, *, markup: bool) -> tuple[str | None, str | None]:
    """Why these bytes hold no text, if so; and a note of what is lost in decoding them."""
    if not raw:
        return "empty (0 bytes). Save or copy it again", None
    if kind := decode.binary(raw):
        return f"not {'a page' if markup else 'text'} but {kind}", None
    content, note = decode.html(raw) if markup else decode.text(raw)
    if not content.strip():
        return "nothing but white space. Save or copy it again", None
    if content.count("\ufffd") > decode.MOST * len(content):
        return "not text in UTF-8 (most bytes do not decode). Convert it: iconv -f ENCODING -t UTF-8", None
    return None, note


def _rows(found: Found, stream: BinaryIO, config: InputConfig) -> Iterator[Piece | Reject | Limit]:
    head = stream.read(decode.SNIFF)
    if kind := "UTF-16: save it as UTF-8" if decode.marked_wide(head) else decode.binary(head):
        yield Reject(found.path, "add", f"not rows of JSON but {kind}")
        return
    stream.seek(0)
    longest = max(config.max_text_bytes, config.max_page_bytes)
    last = 0
    for line in rows.lines(stream, longest):
        where = f"{found.path}:{line.number}"
        if line.raw is not None and not line.raw.strip():
            continue    # blank lines are rows only where rows follow, so they are named when one does
        for blank in range(last + 1, line.number):
            yield Reject(f"{found.path}:{blank}", "add", "a blank row. Remove it, or write its article again")
        last = line.number
        if line.raw is None:
            yield from Excess("bytes", line.length, longest, "max_text_bytes").on(where)
        else:
            yield from _row(where, line, line.raw, config)
    if not last:
        yield Reject(found.path, "add", "no rows, only blank lines. Write one JSON object a line")


def _row(where: str, line: rows.Line, raw: bytes, config: InputConfig) -> Iterator[Piece | Reject | Limit]:
    try:
        row = rows.read(raw)
    except rows.NotARow as error:
        yield Reject(where, "add", str(error))
        return
    markup = not row.fields.get("text", "").strip()
    if excess := _excess(line.length, raw if markup else None, config):
        yield from excess.on(where)
        return
    yield Piece(where, line.offset, line.length, "row", "; ".join(filter(None, (row.note, _undated(row)))) or None)


def _undated(row: rows.Row) -> str | None:
    written = row.fields.get("published")
    if not written or moments.iso(written):
        return None
    return f"published {written[:40]!r} can't be read as a date (write it as 2024-05-31): taken in as undated"


def _excess(size: int, markup: bytes | None, config: InputConfig) -> Excess | None:
    """Which limit an article of `size` bytes is over, if it is; `markup` is its HTML, None for a text."""
    limit, setting = (config.max_text_bytes, "max_text_bytes") if markup is None else \
        (config.max_page_bytes, "max_page_bytes")
    if size > limit:
        return Excess("bytes", size, limit, setting)
    tags = markup.count(b"<") if markup is not None else 0
    return Excess("tags", tags, config.max_page_tags, "max_page_tags") if tags > config.max_page_tags else None
