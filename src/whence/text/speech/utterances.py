"""An attribution -> the quotations in it, their words, and what the article says around them."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from whence.model import Attribution, Document, Sentence
from whence.text.normalize import fold, words
from whence.text.speech.quotes import quotations

_MARKS = "\"“”„‟«»‹›「」『』‘’'″` \t\r\n\xa0"
_ASIDE = re.compile(
    r"\b(?:the|this|that|these|those|his|her|its|their|our|my|your|so-called|called|dubbed|nicknamed|named|titled|"
    r"entitled|headlined|known\s+as|branded|labell?ed|termed)\s+(?:a\s+|an\s+)?$", re.IGNORECASE)
"""English words before quotation marks that hold a name or a term kept at arm's length, and quote nobody."""
TERM = 3
"""Words up to which such marks are taken for a term's."""

_PART = re.compile(
    r"(?P<cut>[\[(]\s*(?:…|\.{2,4}|\.(?:\s\.){2,3})\s*[\])]|…|\.{3,4}|\.(?:\s\.){2,3})"
    r"|(?P<sic>[\[(]\s*sic\s*[!.]?\s*[\])])"
    r"|(?P<letter>\[\w\]\w+)"
    r"|(?P<editor>\w*\[[^\[\]\n]{1,80}\]\w*)", re.IGNORECASE)
_BRACKETS = str.maketrans("", "", "[]")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quotation with its marks at [start, end) of its field.

    `begins` and `ends` say whether its beginning and end are given out for those of a sentence: a direct quotation that
    begins with a capital, and does not go on after "she said".
    """

    start: int
    end: int
    begins: bool
    ends: bool


class Token(NamedTuple):
    """A word of a quotation, folded, where it stands, and whose it is; a `cut` is a mark that something is left out."""

    form: str
    start: int
    end: int
    kind: Literal["word", "cut", "editor"]


def place(document: Document, attribution: Attribution) -> str:
    """The field that an attribution's spans are in."""
    return document.text if attribution.field == "text" else document.title or ""


def utterances(text: str, attribution: Attribution) -> list[Utterance]:
    """The quotations in the content of a direct or mixed attribution, in order; terms and names in marks aside.

    A direct one whose content shows no marks is quoted whole.
    """
    spans = [(q.start, q.end) for start, end in attribution.content for q in quotations(text, start, end)]
    if attribution.kind == "direct" and not spans:
        spans = [(start, end) for start, end in attribution.content]
    found: list[Utterance] = []
    for n, (start, end) in enumerate(spans):
        bare = text[start:end].strip(_MARKS)
        later = text[spans[n + 1][0]:spans[n + 1][1]].strip(_MARKS) if n + 1 < len(spans) else ""
        if not bare or (attribution.kind == "mixed" and _is_term(text, start, bare)):
            continue
        whole = attribution.kind == "direct" and bare[0].isupper()
        found.append(Utterance(start, end, whole, whole and not later[:1].islower()))
    return found


def _is_term(text: str, start: int, bare: str) -> bool:
    return _ASIDE.search(text[max(0, start - 40):start]) is not None and len(words(bare[:200])) <= TERM


def around(text: str, attribution: Attribution, sentences: Sequence[Sentence]) -> tuple[list[str], list[str]]:
    """What the sentences of an attribution say outside its content, and what the one before them in its paragraph says.

    `sentences` are the document's, in order; a title is one sentence.
    """
    spans = sorted((*attribution.source, *attribution.cue, *attribution.content))
    if attribution.field == "title" or not sentences or not spans:
        return list(_without(text if attribution.field == "title" else "", 0, len(text), attribution)), []
    low = max(0, bisect_right(sentences, spans[0].start, key=_start) - 1)
    high = max(low + 1, bisect_left(sentences, max(span.end for span in spans), key=_start))
    here = list(_without(text, sentences[low].start, max(s.end for s in sentences[low:high]), attribution))
    before = sentences[low - 1] if low and sentences[low - 1].paragraph == sentences[low].paragraph else None
    return here, [text[before.start:before.end]] if before else []


def _start(sentence: Sentence) -> int:
    return sentence.start


def _without(text: str, start: int, end: int, attribution: Attribution) -> Iterator[str]:
    """What of text[start:end] is not content."""
    for span in sorted(attribution.content):
        if start < span.start < end:
            yield text[start:span.start]
        start = max(start, span.end)
    if start < end:
        yield text[start:end]


def tokens(quotation: str) -> list[Token]:
    """The words of a quotation in order, with the marks of what was left out and the words in square brackets.

    A bracketed first letter ("[W]e") is part of its word; "[sic]" is nothing.

    >>> [(t.form, t.kind) for t in tokens("[W]e … drain [the marsh]")]
    [('we', 'word'), ('', 'cut'), ('drain', 'word'), ('the', 'editor'), ('marsh', 'editor')]
    """
    found: list[Token] = []
    at = 0
    for part in _PART.finditer(quotation):
        found += [Token(w.form, at + w.start, at + w.end, "word") for w in words(quotation[at:part.start()])]
        at = part.end()
        if part["cut"]:
            found.append(Token("", *part.span(), "cut"))
        elif part["letter"]:
            found.append(Token(fold(part[0].translate(_BRACKETS)), *part.span(), "word"))
        elif part["editor"] and not part[0].startswith("["):
            found.append(Token(fold(part[0].translate(_BRACKETS)), *part.span(), "editor"))
        elif part["editor"]:
            found += [Token(w.form, part.start() + w.start, part.start() + w.end, "editor") for w in words(part[0])]
    return found + [Token(w.form, at + w.start, at + w.end, "word") for w in words(quotation[at:])]


def stretches(mine: Sequence[Token]) -> list[tuple[int, str]]:
    """The runs of a quotation's own words: the number of the first token, and the words parted by spaces."""
    found: list[tuple[int, list[str]]] = []
    for n, token in enumerate(mine):
        if token.kind == "word":
            if not n or mine[n - 1].kind != "word":
                found.append((n, []))
            found[-1][1].append(token.form)
    return [(first, " ".join(forms)) for first, forms in found]
