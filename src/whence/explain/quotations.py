"""Turns quotation checks into lines: the verdict, the quotation with what differs, who, where, and against what."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from whence.errors import UsageError
from whence.explain.index import Index, day
from whence.explain.passages import Because, because
from whence.explain.voices import voice
from whence.explain.words import cut, flat
from whence.model import DiffPiece, QuoteCheck, QuoteVerdict, Tables
from whence.steps.quotes import may_turn_sense

VERDICTS: Mapping[QuoteVerdict, str] = {
    "altered": "altered", "not_found": "not found", "shortened": "shortened", "exact": "exact",
    "source_not_held": "source not held"}
"""As they are shown, what a person looks for before the rest."""
SHOWN = {"same": "{}", "added": "{{+{}+}}", "dropped": "[-{}-]", "cut": "[-{}-]", "editor": "{{+{}+}}"}
"""How a difference is written where there are no colours (as wdiff does)."""
SIGNS: Mapping[QuoteVerdict, str] = {
    "altered": "≠", "not_found": "?", "shortened": "…", "exact": "=", "source_not_held": "–"}
"""A sign for each verdict, for pages: always beside its word, so that no colour has to tell them apart."""
_TURNS = may_turn_sense.__name__.replace("_", " ")
LONGEST = 600                              # characters of a quotation; chosen: a screen's paragraph, --json gives all


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quotation as a person reads it; `quotation` shows the difference, where there is one, in its words.

    `kind` is the verdict as tables have it, `pieces` the difference (empty where there is none), `document` the article
    that quotes, and `held` the one that it was held against, by id.
    """

    id: str
    verdict: str
    quotation: str
    who: str
    where: str
    against: str
    reasons: tuple[Because, ...]
    kind: QuoteVerdict
    pieces: tuple[DiffPiece, ...]
    document: str
    held: str | None

    @property
    def warning(self) -> str | None:
        """What to look out for first: that what was left out may turn the sense."""
        return next((reason.says for reason in self.reasons if reason.rule == _TURNS), None)

    @property
    def sign(self) -> str:
        """The verdict's sign."""
        return SIGNS[self.kind]


def check_verdict(verdict: str | None) -> None:
    """Raises UsageError where `verdict` is none of the five."""
    if verdict is not None and verdict not in VERDICTS:
        raise UsageError(f"there is no verdict {flat(verdict)!r}", mend=f"Verdicts are {', '.join(VERDICTS)}")


def by_verdict(tables: Tables | Index, verdict: str | None = None) -> list[QuoteCheck]:
    """The quotation checks (with `verdict` only those), altered ones before the rest, then by date and place."""
    check_verdict(verdict)
    index = Index.of(tables)
    order = list(VERDICTS)
    chosen = (check for check in index.tables.quote_checks if verdict in (None, check.verdict))
    return sorted(chosen, key=lambda c: (order.index(c.verdict), index.rank[index.attributions[c.attribution].document],
                                         c.start, c.id))


def sense_may_turn(tables: Tables | Index) -> list[QuoteLine]:
    """The quotations of which something is left out, put in or changed that may turn the sense, by date and place."""
    index = Index.of(tables)
    return quote_lines(index, (check for check in by_verdict(index)
                               if any(reason.rule == may_turn_sense.__name__ for reason in check.reasons)))


def quote_lines(tables: Tables | Index, checks: Iterable[QuoteCheck]) -> list[QuoteLine]:
    """The lines of these checks, in their order."""
    index = Index.of(tables)
    return [quote_line(index, check) for check in checks]


def quote_line(index: Index, check: QuoteCheck) -> QuoteLine:
    """A quotation check on one line."""
    attribution = index.attributions[check.attribution]
    document = index.documents[attribution.document]
    text = document.text if attribution.field == "text" else document.title or ""
    shown = " ".join(SHOWN[piece.mark].format(piece.text) for piece in check.diff) or text[check.start:check.end]
    where = f"{index.publisher(document.id)}, {day(document.published)}"
    against = index.name(check.against.document) if check.against else ""
    return QuoteLine(check.id, VERDICTS[check.verdict], cut(shown, LONGEST), str(voice(index, attribution)), where,
                     against, because(index, check.reasons), check.verdict, tuple(_pieces(check)), document.id,
                     check.against.document if check.against else None)


def _pieces(check: QuoteCheck) -> Iterator[DiffPiece]:
    """The difference on one line, as much of it as is shown."""
    left = LONGEST
    for piece in check.diff:
        if left <= 0:
            yield DiffPiece("same", "…")
            return
        yield DiffPiece(piece.mark, cut(piece.text, left))
        left -= len(piece.text)

