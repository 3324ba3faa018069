"""Sentences -> the passages that an encoder reads: a paragraph each, or as many of its sentences as fit."""
from __future__ import annotations

from collections.abc import Sequence

from whence.model import Sentence, Span

LONGEST = 900
"""Characters: chosen; 99 of 100 paragraphs of PolNeAR's training part are shorter, and it makes some 200 wordpieces."""


def windows(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    """The passages of a text, in order, at most `LONGEST` characters each.

    What is longer is cut between sentences, and a sentence that is longer by itself at white space, so that a text
    without a line break costs time in proportion to its length.
    """
    made: list[Span] = []
    paragraph = -1
    for sentence in sentences:
        for start, end in _cut(text, sentence.start, sentence.end):
            if made and sentence.paragraph == paragraph and end - made[-1].start <= LONGEST:
                made[-1] = Span(made[-1].start, end)
            else:
                made.append(Span(start, end))
            paragraph = sentence.paragraph
    return made


def _cut(text: str, start: int, end: int) -> list[Span]:
    made: list[Span] = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = space if space > start else start + LONGEST
        made.append(Span(start, stop))
        start = stop
    return [*made, Span(start, end)]
