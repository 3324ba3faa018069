"""A document's text -> its sentences, each with its paragraph and whether it states, asks, or is a mere fragment."""
from __future__ import annotations

import re
from typing import Literal

from whence.config import SegmentConfig
from whence.model import Document, Sentence, Span
from whence.text.speech import sentences as splitting
from whence.text.speech.posts import SIGNATURE
from whence.text.speech.running import only_leads

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_QUESTION = re.compile(r"[?？؟][\"'”’“»«›)\]}』」*.!?]*\Z")
_CREDIT = re.compile(
    r"\(?(?:(?:additional |with )?reporting by|(?:writing|editing|compiled|translated|edited) by|"
    r"(?:photo|picture|image|video|graphic|illustration|credit|source|copyright|via|file photo)\b[^.?!]{0,3}:|©|"
    r"\(c\) \d|copyright \d|all rights reserved)",
    re.IGNORECASE,
)


def sentences(document: Document, config: SegmentConfig) -> tuple[Sentence, ...]:
    """The sentences, headings and list items of the text, in order; every one of its visible words is in one of them.

    A `fragment` is what states nothing by itself: under `config.fewest_words` words, a heading (one line of up to
    `config.longest_heading` words, without a full stop, that is not the whole text), a credit line, or a dateline.
    """
    found: list[Sentence] = []
    blocks = splitting.blocks(document.text)
    for paragraph, block in enumerate(blocks):
        spans = list(splitting.split(document.text, *block.span))
        begun = splitting.dateline(document.text, *block.span)
        alone = len(spans) == (2 if begun > block.span.start else 1)
        bare = len(blocks) > 1 and alone and block.lines == 1 and not block.item
        for span in spans:
            form = "fragment" if span.start < begun else _form(document.text, span, bare, config)
            found.append(Sentence(document.id, span.start, span.end, paragraph, form))
    return tuple(found)


def _form(text: str, span: Span, bare: bool, config: SegmentConfig) -> Literal["statement", "question", "fragment"]:
    # a sentence without end (a page saved as one line) is no fragment: only its first and last characters are looked at
    words = count_words(text[span.start:min(span.end, span.start + 1000)])
    if words < config.fewest_words or SIGNATURE.fullmatch(text, *span):
        return "fragment"
    if words <= config.longest_credit and _CREDIT.match(text, *span):
        return "fragment"
    tail = text[max(span.start, span.end - 20):span.end]
    if bare and words <= config.longest_heading and only_leads(text[slice(*span)]):
        return "fragment"
    if bare and words <= config.longest_heading and not splitting.ends_sentence(tail) and tail[-1] not in ",，、":
        return "fragment"
    return "question" if _QUESTION.search(tail) else "statement"


def count_words(text: str) -> int:
    """Words, counting each two characters of a script without spaces as one.

    >>> count_words("The mayor’s office closed at 5.30"), count_words("市長は橋を閉じた")
    (6, 4)
    """
    unspaced = _UNSPACED.sub("", text)
    return len(_WORD.findall(unspaced)) + (len(text) - len(unspaced)) // 2
