"""Posts that an article embeds -> whose they are, by the signature under each: "— Ada Boyd (@ada) May 3, 2031"."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.model import Span
from whence.text.page.moments import MONTHS
from whence.text.speech.prose import Draft, Prose

LONGEST = 600
"""Characters before a signature that can be its post: twice the 280 of the longest post of Twitter, for what is put
between."""
SCORE = .8
"""How sure a signature is: chosen; its form leaves little doubt."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
SIGNATURE = re.compile(
    rf"\s*(?P<dash>[—–]|--?)\s?(?P<name>[^\n()@—–]{{1,50}}?)\s?\(@\w{{1,30}}\)"
    rf"(?:(?: on)?[ ,\n]{{0,2}}(?:(?:{_MONTH})\.? \d{{1,2}}, \d{{4}}|\d{{1,2}} (?:{_MONTH})\.? \d{{4}})"
    r"|(?=\s*(?:\n|\Z)))", re.IGNORECASE)
"""A signature; of one without a date, nothing follows on its line."""


def signed_post(cue: str) -> None:
    """A post of a network stands in the article, with the name and handle of whoever wrote it under it."""


def taken(prose: Prose, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those of posts in the place of what was read in their signatures."""
    made = signed(prose)
    dashes = {prose.sentence(draft.cue.start) for draft in made}
    return [*(draft for draft in drafts if prose.sentence(draft.cue.start) not in dashes), *made]


def signed(prose: Prose) -> list[Draft]:
    """The posts of a text, in order: what stands above a signature in its paragraph, as far as the signature before it;
    the paragraph above, where it stands alone.
    """
    found = []
    for number, sentence in enumerate(prose.sentences):
        match = SIGNATURE.fullmatch(prose.text, sentence.start, sentence.end)
        if match is None:
            continue
        content = list(_above(prose, number))
        if content:
            found.append(Draft([Span(*match.span("name"))], Span(*match.span("dash")),
                               [Span(content[-1].start, content[0].end)], SCORE, signed_post))
    return found


def _above(prose: Prose, number: int) -> Iterator[Span]:
    """The sentences of a post, the last first; `number` is that of its signature."""
    end = prose.sentences[number].start
    paragraph: int | None = None
    for at in range(number - 1, -1, -1):
        sentence = prose.sentences[at]
        paragraph = sentence.paragraph if paragraph is None else paragraph
        if sentence.paragraph != paragraph or end - sentence.start > LONGEST:
            return
        if SIGNATURE.fullmatch(prose.text, sentence.start, sentence.end) is not None:
            return
        yield Span(sentence.start, sentence.end)


def parts(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """A paragraph parted at the signatures in it: each part, and whether it is one."""
    begun = start
    for match in SIGNATURE.finditer(text, start, end) if "(@" in text[start:end] else ():
        dash = match.start("dash")
        if dash > begun:
            yield Span(begun, dash), False
        yield Span(dash, match.end()), True
        begun = match.end()
    if begun < end:
        yield Span(begun, end), False
