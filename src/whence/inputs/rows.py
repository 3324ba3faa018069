"""A JSONL file into its rows, and a row into the article's fields; one row in memory at a time."""
from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from whence.inputs import decode

FIELDS = ("id", "url", "title", "publisher", "published", "author", "text", "html")
BOM = b"\xef\xbb\xbf"
BLOCK = 1 << 20    # bytes skipped at a time in a line that is too long; chosen: any size does


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1, where its bytes start, and the bytes without the line end.

    `raw` is None where the line has more bytes than allowed; `length` is then what was counted.
    """

    number: int
    offset: int
    length: int
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one article; `note` says what had to be repaired."""

    fields: dict[str, str]
    note: str | None


class NotARow(ValueError):
    """A line that is no article; the message says why and how to mend it."""


def lines(stream: BinaryIO, longest: int) -> Iterator[Line]:
    """Every line of the stream, those of more than `longest` bytes without their bytes."""
    offset = number = 0
    while raw := stream.readline(longest + 2):
        number += 1
        taken = len(raw)
        start = len(BOM) if number == 1 and raw.startswith(BOM) else 0
        content = raw[start:].removesuffix(b"\n").removesuffix(b"\r")
        whole = raw.endswith(b"\n") or taken < longest + 2
        while not whole:
            more = stream.readline(BLOCK)
            taken += len(more)
            whole = not more or more.endswith(b"\n")
        too_long = len(content) > longest or taken > len(raw)
        length = taken - start if too_long else len(content)
        yield Line(number, offset + start, length, None if too_long else content)
        offset += taken


def read(raw: bytes) -> Row:
    """The article in a row's bytes.  Raises NotARow where there is none."""
    decoded, damage = decode.text(raw)
    try:
        given = json.loads(decoded)
    except RecursionError:
        raise NotARow("nested too deeply to be an article") from None
    except json.JSONDecodeError as error:
        raise NotARow(f"not a whole JSON object ({error}). Was the file cut off?") from None
    except ValueError:    # Python's bound on the digits of an integer
        raise NotARow("holds a number too long to read") from None
    if not isinstance(given, dict):
        raise NotARow(f'{_kind(given)}, not an object such as {{"text": "…"}}')
    fields, repairs = {}, [damage]
    for name in FIELDS:
        value = _string(name, given.get(name))
        if value:
            fields[name], repair = decode.clean(value)
            repairs.append(f"{name}: {repair}" if repair else None)
    if not any(fields.get(name, "").strip() for name in ("text", "html")):
        raise NotARow('no text. Give the article\'s words as "text" (or its page as "html")')
    return Row(fields, "; ".join(repair for repair in repairs if repair) or None)


def _string(name: str, value: object) -> str | None:
    if name == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise NotARow(f'"{name}" is {_kind(value)}, not a string')
    return value


def _kind(value: object) -> str:
    names: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "a string",
                              list: "a list", dict: "an object"}
    return names.get(type(value), "null")
