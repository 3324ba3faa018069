"""The words that name a source -> what kind of source it is: named, role, document, anonymous, collective (English)."""
from __future__ import annotations

import re

from whence.model import SourceKind

ANONYMOUS = frozenset("""
    expert experts source sources official officials analyst analysts observer observers critic critics insider
    insiders aide aides agent agents diplomat diplomats authorities specialists scholars economists scientists
    researchers historians commentators pundits advisers advisors investigators prosecutors lawyers executives
    operatives strategists detractors opponents supporters witnesses informants advocates activists campaigners
    agencies services forces
""".split()
)
"""Heads that stand for somebody with knowledge whom the text does not name: chosen; beside a name, its office."""
DOCUMENTS = frozenset("""
    report reports study studies poll polls survey surveys statement letter letters document documents memo memos
    memorandum email emails transcript transcripts law laws bill act decree ruling verdict judgment indictment
    complaint lawsuit filing filings affidavit warrant book article articles editorial op-ed column essay paper
    papers analysis audit review dossier file files record records data figures statistics census estimate
    estimates research findings results release communique communiqué resolution treaty agreement contract
    constitution charter manifesto website page post tweet video footage recording tape minutes diary notice
    advisory bulletin newsletter press-release leak leaks cable cables
""".split()
)
COLLECTIVE = frozenset("""
    people voters residents protesters demonstrators students workers villagers farmers citizens neighbours
    neighbors families parents teachers doctors nurses republicans democrats conservatives liberals lawmakers
    legislators senators ministers members leaders politicians candidates companies banks businesses governments
    countries states parties groups unions media newspapers outlets broadcasters journalists reporters respondents
    percent majority minority half third most many some few several others everyone everybody anyone nobody no-one
    all both they we you those these women men americans europeans fans players customers consumers readers
    viewers users passengers commuters survivors relatives victims locals delegates delegation evangelicals
    independents adults drivers owners investors
""".split()
)
ROLES = frozenset("police he she i it who him her his its my me someone somebody one another".split())
OFFICES = frozenset("""
    mayor minister president premier chancellor governor senator police ministry agency court judge spokesman
    spokeswoman spokesperson chief director secretary commissioner prosecutor regulator watchdog union bishop pope
    ombudsman un coroner ambassador general
""".split()
)
"""Offices that headlines quote without a name."""
_HEAD_ENDS = re.compile(
    r",| — | – | - |\(|\b(?:of|for|from|with|in|at|on|by|who|which|that|to|familiar|close|near|about)\b")
_NAME_BESIDE = re.compile(r",\s+[^\W\d_a-z][\w'’.-]+\s+[^\W\d_a-z][\w'’.-]*\s*(?:,|\Z)")
_ARTICLES = frozenset("the a an this that his her its their one two another".split())
_QUANTIFIERS = frozenset("most many some several".split())
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*%?")


def kind_of(text: str) -> SourceKind:
    """The kind of source that a noun phrase names, by its head and its capitals.

    >>> [kind_of(words) for words in ("Ada Boyd, a spokeswoman", "a spokeswoman for the port", "two former officials")]
    ['named', 'role', 'anonymous']
    >>> [kind_of(words) for words in ("the audit report", "most residents", "the Ostmark police")]
    ['document', 'collective', 'named']
    """
    shown = text[:200]
    ends = _HEAD_ENDS.search(shown, 1)
    core = _WORD.findall(shown[:ends.start()] if ends else shown)
    if not core:
        core = _WORD.findall(shown)
        if not core:
            return "named"
    head, opening = re.sub(r"['’]s?$", "", core[-1]).lower(), core[0].lower()
    capital = core[-1][0].isupper() and len(core) + text[:1].islower() > 1
    titled = capital and core[0][0].isupper() and opening not in _ARTICLES
    if head in ANONYMOUS and not capital:
        return "anonymous"
    if head in DOCUMENTS and not titled:
        return "document"
    if head in COLLECTIVE or opening in _QUANTIFIERS or head.endswith("%") or "percent" in core:
        return "collective"
    if head in ROLES | OFFICES and (len(core) == 1 or not _holds_name(core)):
        return _beside(shown, ends)
    if head.endswith("s") and not head.endswith("ss") and core[-1][0].islower():
        return "collective"
    return "named" if _holds_name(core) else _beside(shown, ends)


def _beside(shown: str, ends: re.Match[str] | None) -> SourceKind:
    """What an office is with what stands beside it: "its keeper, Bram Telleg" names somebody, "the mayor" does not."""
    return "named" if ends and _NAME_BESIDE.search(shown, ends.start()) else "role"


def _holds_name(core: list[str]) -> bool:
    """Whether a capital stands anywhere but on a word that merely opens the sentence."""
    if any(word[0].isupper() for word in core[1:]):
        return True
    if not core[0][0].isupper() or core[0].lower() in _ARTICLES:
        return False
    return len(core) == 1 or any(letter.isupper() for letter in core[0][1:])
