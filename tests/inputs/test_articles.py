"""Files into articles: every hostile file gets its verdict, what is kept is exact, limits are told."""
from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.config import ExtractConfig, InputConfig
from whence.inputs import articles, files, rows
from whence.inputs.articles import Piece
from whence.inputs.files import FileFormat, Found
from whence.model import Limit, Page, Reject
from whence.steps.extract import extract

BROKEN = Path(__file__).parents[1] / "broken"
CONFIG = InputConfig()

with (BROKEN / "expected.csv").open(encoding="utf8", newline="") as stream:
    EXPECTED = list(csv.DictReader(stream))


def read(raw: bytes, piece: Piece) -> Page:
    article = raw[piece.offset:piece.offset + piece.length]
    sha256 = hashlib.sha256(article).hexdigest()
    return articles.page(sha256[:16], sha256, piece.format, article)


def split(raw: bytes, format: FileFormat, config: InputConfig = CONFIG) -> list[Piece | Reject | Limit]:
    return list(articles.split(Found("in", Path("in"), format), raw, config))


def only(raw: bytes, format: FileFormat) -> tuple[Piece, Page]:
    (piece,) = split(raw, format)
    assert isinstance(piece, Piece), piece
    return piece, read(raw, piece)


def verdicts() -> Iterator[tuple[str, str, str]]:
    for found in files.walk([BROKEN], CONFIG):
        if isinstance(found, Reject):
            yield Path(found.input).name, "rejected", found.reason
            continue
        for one in articles.split(found, found.file, CONFIG):
            assert not isinstance(one, Limit)
            if isinstance(one, Reject):
                yield Path(one.input).name, "rejected", one.reason
            else:
                at = f"@{one.offset}" if found.format == "jsonl" else ""
                yield f"{found.file.name}{at}", "added", one.note or ""


def test_every_hostile_file_gets_its_verdict() -> None:
    expected = {row["input"]: row for row in EXPECTED}
    given = {name: (verdict, reason) for name, verdict, reason in verdicts()}
    assert given.keys() == expected.keys()
    for name, (verdict, reason) in given.items():
        assert verdict == expected[name]["verdict"], f"{name}: {reason}"
        words = expected[name]["reason"]
        assert words in reason and bool(reason) == bool(words), f"{name}: {reason}"


def test_what_was_added_can_be_extracted_or_is_refused() -> None:
    for found in files.walk([BROKEN], CONFIG):
        if isinstance(found, Found):
            raw = found.file.read_bytes()
            for piece in articles.split(found, found.file, CONFIG):
                if isinstance(piece, Piece):
                    made = extract(read(raw, piece), ExtractConfig())
                    assert isinstance(made, Reject) == (found.file.name == "scripts-only.html"), made
                    assert isinstance(made, Reject) or made[0].text.encode("utf8")


# -- texts ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "expected", "note"), [
    (b"\xef\xbb\xbf The pier\r\nis shut. \n", " The pier\r\nis shut. \n", None),
    (b"caf\xe9 shut", "caf\ufffd shut", "1 byte sequence did not decode as UTF-8"),
    ("caf\ufffd shut".encode(), "caf\ufffd shut", None),
    ("\ufeffpier".encode("utf-16-be"), "pier", None),
    ("The pier is shut until spring".encode("utf-16-le"), "The pier is shut until spring", None),
    (b"The pier\x00 is shut. " + b"x" * 100, "The pier\ufffd is shut. " + "x" * 100, "1 lone surrogate or NUL"),
])
def test_a_text_is_kept_as_it_is(raw: bytes, expected: str, note: str | None) -> None:
    piece, page = only(raw, "text")
    assert page.content == expected and not page.markup
    assert (piece.offset, piece.length, piece.format) == (0, len(raw), "text")
    assert (note in piece.note) if note and piece.note else piece.note == note


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    raw = text.encode()
    (piece,) = split(raw, "text")
    assert isinstance(piece, Reject) or (isinstance(piece, Piece) and read(raw, piece).content == text)


@given(st.binary(max_size=200), st.sampled_from(["html", "text", "jsonl"]))
def test_any_bytes_get_verdicts_and_valid_text(raw: bytes, format: FileFormat) -> None:
    for piece in split(raw, format):
        if isinstance(piece, Piece):
            page = read(raw, piece)
            page.content.encode("utf8")
            assert "\0" not in page.content


# -- pages ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "expected"), [
    ('<meta charset="windows-1252"><p>café “shut”'.encode(), "café “shut”"),
    ('<meta charset="iso-8859-1"><p>café “shut”'.encode("cp1252"), "café “shut”"),
    ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Причал'.encode("koi8-r"), "Причал"),
    ('<meta charset="shift_jis"><p>桟橋は閉鎖'.encode("cp932"), "桟橋は閉鎖"),
    ('<meta charset="iso-2022-jp"><p>桟橋は閉鎖'.encode("iso2022_jp"), "桟橋は閉鎖"),
    ('<meta charset="gb2312"><p>码头关闭'.encode("gb18030"), "码头关闭"),
    ('<meta charset="utf-16"><p>café'.encode(), "café"),
    ('<meta charset="base64"><p>café'.encode(), "café"),
    ('<meta charset="nonsense"><p>café'.encode(), "café"),
    ('<meta charset="utf-8"><p>café</p>'.encode("utf-16"), "café"),
    ('<meta charset="utf-8"><p>café shut, and the Straße'.encode() + b"\xe9</p>", "café shut, and the Straße"),
])
def test_a_page_is_decoded(raw: bytes, expected: str) -> None:
    piece, page = only(raw, "html")
    assert page.markup and expected in page.content
    assert (piece.note is not None) == ("\ufffd" in page.content)


# -- rows -----------------------------------------------------------------------------------------------------------

def test_a_row_carries_its_fields() -> None:
    row = {"id": 7, "url": "https://gazette.example/1", "title": "Pier shut", "publisher": "Gazette",
           "published": "2031-05-03", "author": "Ann Brae", "text": " The pier\n is shut. ", "html": "<p>no</p>",
           "more": [1]}
    piece, page = only(json.dumps(row).encode(), "jsonl")
    assert piece.format == "row" and piece.note is None
    assert page == Page(page.id, page.sha256, " The pier\n is shut. ", False, "7", "https://gazette.example/1",
                        "Pier shut", "Ann Brae", "Gazette", "2031-05-03")


def test_a_row_may_hold_a_page() -> None:
    _, page = only(b'{"html": "<p>The pier is shut.</p>", "text": " "}', "jsonl")
    assert page.markup and page.content == "<p>The pier is shut.</p>" and page.title is None


def test_a_row_is_known_by_its_line_alone() -> None:
    row = b'{"text": "The pier is shut."}'
    files_with_it = (row, row + b"\n", row + b"\r\n", b"\xef\xbb\xbf" + row, b"{}\n" + row + b"\n\n")
    ids = [read(raw, piece).id for raw in files_with_it for piece in split(raw, "jsonl") if isinstance(piece, Piece)]
    assert ids == [hashlib.sha256(row).hexdigest()[:16]] * 5


def test_bytes_that_are_no_row_make_an_empty_page() -> None:
    assert articles.page("0", "0", "row", b"{").content == ""


@given(st.lists(st.binary(max_size=30)), st.integers(1, 12), st.booleans())
def test_lines_cover_the_file(parts: list[bytes], longest: int, ended: bool) -> None:
    raw = b"\n".join(parts) + (b"\n" if ended else b"")
    expected = raw.removesuffix(b"\n").split(b"\n") if raw else []
    found = list(rows.lines(io.BytesIO(raw), longest))
    assert [line.number for line in found] == [*range(1, len(expected) + 1)]
    for line, content in zip(found, expected, strict=True):
        if line.number == 1:
            content = content.removeprefix(rows.BOM)
        short = content.removesuffix(b"\r")
        assert line.raw == (short if len(short) <= longest else None)
        assert raw[line.offset:line.offset + line.length].startswith(short)


# -- limits ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "format", "setting", "limit"), [
    (b"<p>" + b"x" * 60, "html", "max_page_bytes", 50),
    (b"<p>" * 11, "html", "max_page_tags", 10),
    (b"x" * 80, "text", "max_text_bytes", 70),
    (b'{"text": "' + b"x" * 80 + b'"}', "jsonl", "max_text_bytes", 70),
    (b'{"html": "' + b"x" * 50 + b'"}', "jsonl", "max_page_bytes", 50),
])
def test_too_large_is_refused_and_the_limit_told(raw: bytes, format: FileFormat, setting: str, limit: int) -> None:
    config = InputConfig(max_page_bytes=50, max_text_bytes=70, max_page_tags=10)
    told, refused = split(raw, format, config)
    assert isinstance(told, Limit) and isinstance(refused, Reject)
    assert told.limit == limit < told.seen and told.subject == refused.input
    assert f"[inputs] {setting} = {told.seen}" in refused.reason


def test_rows_after_one_that_is_too_long_are_read() -> None:
    config = InputConfig(max_page_bytes=50, max_text_bytes=50)
    raw = b'{"text": "' + b"x" * 200 + b'"}\n{"text": "The pier is shut."}\n'
    *_, piece = split(raw, "jsonl", config)
    assert isinstance(piece, Piece) and read(raw, piece).content == "The pier is shut."


def test_a_page_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    page = tmp_path / "big.html"
    with page.open("wb") as stream:
        stream.write(b"<html><p>")
        os.truncate(page, 50_000_000)
    told, refused = articles.split(Found("big.html", page, "html"), page, CONFIG)
    assert isinstance(told, Limit) and told.seen == 50_000_000
    assert isinstance(refused, Reject) and "50,000,000 bytes, more than the 20,000,000" in refused.reason


def test_a_file_that_vanishes_is_refused(tmp_path: Path) -> None:
    (refused,) = articles.split(Found("gone.txt", tmp_path / "gone.txt", "text"), tmp_path / "gone.txt", CONFIG)
    assert isinstance(refused, Reject) and "can't be read" in refused.reason
