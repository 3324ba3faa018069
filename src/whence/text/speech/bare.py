"""A sentence and who is said to say it -> what is said, without who says it: that is what the judge reads."""
from __future__ import annotations

import re
from collections.abc import Sequence

from whence.model import Span
from whence.text.meaning.stems import NEGATIONS, REFUTATIONS
from whence.text.speech.cues import told

LEAST = 4
"""Words that what is said must have; chosen: fewer are a part of what the sentence says ("a disgrace")."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’]t)?")
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_DENYING = NEGATIONS | REFUTATIONS
_BEFORE = 30


def bare(sentence: str, cue: Span, content: Sequence[Span]) -> str:
    """What is said in a sentence, by the spans of `cue` and `content` in it.

    The sentence itself where that is not clear: it is less than a third of it, or what stands around it denies it or
    calls it untrue.

    >>> bare("The dam at Orle leaked, the fire service said.", Span(41, 45), [Span(0, 22)])
    'The dam at Orle leaked'
    >>> bare("The mayor denied that the dam had leaked.", Span(10, 16), [Span(17, 40)])
    'The mayor denied that the dam had leaked.'
    """
    parts = sorted((span for span in content if span.start < span.end), key=lambda span: span.start)
    if 3 * sum(end - start for start, end in parts) < len(sentence):
        return sentence
    how = told(sentence[slice(*cue)], sentence[slice(*parts[0])], sentence[max(0, cue.start - _BEFORE):cue.start])
    if how.act != "statement" or how.negated or _denies(_outside(sentence, parts)):
        return sentence
    said = " ".join(filter(None, (sentence[start:end].strip(" ,;:\n") for start, end in parts)))
    said = said[that.end():] if (that := _THAT.match(said)) else said
    return said[:1].upper() + said[1:] if len(_WORDS.findall(said)) >= LEAST else sentence


def _outside(sentence: str, parts: Sequence[Span]) -> str:
    ends = [0, *(end for _, end in parts)]
    starts = [*(start for start, _ in parts), len(sentence)]
    return " ".join(sentence[end:start] for end, start in zip(ends, starts, strict=True))


def _denies(text: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(text)]
    return any(word in _DENYING or word.endswith(("n't", "n’t")) for word in words)
