"""Raw bytes into valid text: which encoding, what could not be decoded, and which bytes are no text at all."""
from __future__ import annotations

import codecs
import re

SNIFF = 65_536
"""Bytes looked at to tell text from binary and to guess an encoding.  Chosen: covers any header, costs under 1 ms."""

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

MAGIC = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a ZIP (or DOCX)"), (b"\x1f\x8b", "compressed with gzip: unpack it first"),
         (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"\x7fELF", "a program"),
         (b"MZ\x90\x00", "a program"), (b"SQLite format 3", "a database"))

SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
             "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
"""What browsers read instead of a declared encoding (WHATWG Encoding Standard, table of labels), by Python's names."""

SEVEN_BIT = {"iso2022_jp", "iso2022_kr", "hz"}
"""Encodings whose bytes are all ASCII, so that being valid UTF-8 says nothing against them."""

MOST = .3
"""Share of undecodable characters above which a text is held to be none.  Chosen: a Latin-1 text in any European
language has under a tenth of accented letters, a Cyrillic or Greek one over four fifths."""

CONTROL = bytes({*range(0x09), *range(0x0e, 0x1b), *range(0x1c, 0x20)})
CONTROL_SHARE = .01
"""Share of control bytes above which bytes are binary.  Text has none; compressed or machine data about 25/256."""

_charset = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_charsets = re.compile(r"utf-8$|iso8859|iso2022|cp\d|koi8|mac-|gb|hz$|big5|euc_|shift_ji|johab|tis|ascii|ptcp|kz1048")
_unfit = re.compile("[\x00\ud800-\udfff]")


def binary(raw: bytes) -> str | None:
    """What the bytes are if they are not text ("an image", "binary data"), else None; UTF-16 and UTF-32 are text."""
    for magic, name in MAGIC:
        if raw.startswith(magic):
            return name
    if _wide(raw):
        return None
    head = raw[:SNIFF]
    control = len(head) - len(head.translate(None, CONTROL))
    return "binary data" if control > CONTROL_SHARE * len(head) else None


def text(raw: bytes) -> tuple[str, str | None]:
    """A text file's or a row's bytes as valid text, unchanged but for what can't be text, and a note of that.

    UTF-8, or UTF-16/32 where a byte-order mark or the bytes' pattern says so.  The mark is dropped; each byte sequence
    that does not decode, each lone surrogate and each NUL becomes U+FFFD.
    """
    encoding = _wide(raw) or "utf-8"
    decoded = raw.decode(encoding, "replace").removeprefix("\ufeff")
    lost = decoded.count("\ufffd") - (raw.count("\ufffd".encode()) if encoding == "utf-8" else 0)
    cleaned, replaced = clean(decoded)
    return cleaned, "; ".join(filter(None, [_lost(lost, encoding), replaced])) or None


def html(raw: bytes) -> tuple[str, str | None]:
    """A page's bytes as valid text, and a note where something was lost.

    By its byte-order mark, else as UTF-8 if it is valid UTF-8 (pages saved by a browser often keep an older
    declaration), else as its `meta` element declares, else as charset-normalizer guesses, else as UTF-8 with losses.
    """
    encoding = _wide(raw) or _encoding(raw)
    decoded = raw.decode(encoding, "replace").removeprefix("\ufeff")
    lost = decoded.count("\ufffd") if encoding != "utf-8" or not _valid(raw) else 0
    return clean(decoded)[0], _lost(lost, encoding)


def clean(value: str) -> tuple[str, str | None]:
    """The string with lone surrogates and NULs, which no table can hold, as U+FFFD; and a note if there were any."""
    cleaned, count = _unfit.subn("\ufffd", value)
    return cleaned, f"{_many(count, 'lone surrogate or NUL character')} became U+FFFD" if count else None


def marked_wide(raw: bytes) -> bool:
    """Whether a byte-order mark says that the bytes are UTF-16 or UTF-32."""
    return any(raw.startswith(mark) for mark, name in BOMS if name != "utf-8")


def _lost(count: int, encoding: str) -> str | None:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return f"{_many(count, 'byte sequence')} did not decode as {name} and became U+FFFD" if count > 0 else None


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _encoding(raw: bytes) -> str:
    declared = _declared(raw)
    valid = _valid(raw)
    if valid and declared not in SEVEN_BIT:
        return "utf-8"
    if declared and declared != "utf-8" and _decodes(raw, declared):
        return declared
    decoded = raw[:SNIFF].decode("utf-8", "replace")
    # A page that is UTF-8 but for a few bytes is damaged UTF-8; any other encoding would garble all the rest of it.
    if decoded.count("\ufffd") < sum(character > "\x7f" for character in decoded) / 2:
        return "utf-8"
    # Here and not above: few pages are in an encoding that they neither declare nor show.
    from charset_normalizer import from_bytes

    guess = from_bytes(raw[:SNIFF]).best()
    return guess.encoding if guess is not None else declared or "utf-8"


def _declared(raw: bytes) -> str | None:
    found = _charset.search(raw[:4096])    # chosen: four times what the HTML standard allows the declaration to take
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # A page whose declaration can be read as ASCII is not in UTF-16, whatever it says; and Python has codecs (base64,
    # unicode_escape) that are no charsets at all.
    return SUPERSETS.get(name, name) if _charsets.match(name) else None


def _wide(raw: bytes) -> str | None:
    """The encoding that a byte-order mark names, or UTF-16 where every other byte of the beginning is NUL."""
    for mark, name in BOMS:
        if raw.startswith(mark):
            return name
    head = raw[:1024]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and odd > len(head) * .4 and not even:    # markup and Latin text; chosen: four in five letters
        return "utf-16-le"
    if len(head) >= 4 and even > len(head) * .4 and not odd:
        return "utf-16-be"
    return None


def _valid(raw: bytes) -> bool:
    return _decodes(raw, "utf-8")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
