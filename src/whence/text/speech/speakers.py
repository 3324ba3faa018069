"""The words that name a source -> what kind of source it is: named, role, document, anonymous, collective (English)."""
from __future__ import annotations

import re

from whence.model import SourceKind

ANONYMOUS = frozenset("""
    expert experts source sources official officials analyst analysts observer observers critic critics insider
    insiders aide aides agent agents diplomat diplomats specialists scholars economists scientists researchers
    historians commentators pundits advisers advisors investigators prosecutors lawyers executives operatives
    strategists detractors opponents supporters witnesses informants advocates activists campaigners
    agencies services whistleblower whistleblowers rumour rumours rumor rumors
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
    advisory bulletin newsletter press-release leak leaks cable cables log logs ledger inscription note notes message
    text texts inquiry headline caption survey polls directive regulation rules clause paragraph chapter table chart
    manual biography autobiography memoir memoirs obituary script map register testimony evidence
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
    independents adults drivers owners investors officers soldiers troops pupils shoppers tenants nobody
""".split()
)
ROLES = frozenset("police authorities he she i it him her his its my me someone somebody one another".split())
OFFICES = frozenset("""
    mayor minister president premier chancellor governor senator police ministry agency court judge spokesman
    spokeswoman spokesperson spokesmen chief director secretary commissioner prosecutor regulator watchdog union bishop
    pope ombudsman un coroner ambassador general council government parliament committee commission tribunal inquiry
    official officials army navy fire-service defence prosecutors residents scientists doctors unions survivor witness
    lawyer office
""".split()
)
"""Heads of the speakers that headlines quote without a name: chosen."""
_CUT = re.compile(
    r",|;| — | – | - |\(|\b(?:of|for|from|with|in|at|on|by|who|whom|whose|which|that|to|familiar|close|near|about|"
    r"along|across|inside|outside|under|over|behind|aboard|against|among|around|between|within|without|during|after|before|"
    r"since|until|briefed|speaking|including|as|involved|present|aware)\b")
_HIDDEN = re.compile(r"\b(?:condition of anonymity|anonym\w+|not (?:be|to be) (?:named|identified)|not authori[sz]ed|"
                     r"(?:declin|refus)\w+ to be (?:named|identified)|unnamed|undisclosed|unidentified)\b")
_KNOWING = re.compile(r"\b(?:close to|familiar with|briefed (?:on|about)|with (?:direct )?knowledge|with information|"
                      r"involved in|aware of|in the know|present at)\b")
_NAME_BESIDE = re.compile(r",\s+[^\W\d_a-z][\w'’.-]+\s+(?:[a-z]{1,3}\s+)?[^\W\d_a-z][\w'’.-]*\s*(?:,|\Z)")
_ARTICLES = frozenset("the a an this that his her its their one two another".split())
_QUANTIFIERS = frozenset("most many some several".split())
_ANYBODY = frozenset("nobody none no-one neither everybody everyone anybody anyone".split())
_PEOPLE = frozenset("people person persons someone somebody man woman men women those one official source".split())
_MANY = re.compile(r"(?:er|or|ist|ian|ant|ent|ee|an)s\Z")
"""Endings of words for many people ("Growers along the river"): chosen."""
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*%?")


_HEADS = DOCUMENTS | ANONYMOUS | COLLECTIVE


def kind_of(text: str) -> SourceKind:
    """The kind of source that a noun phrase names, by its head and its capitals.

    >>> [kind_of(words) for words in ("Ada Boyd, a spokeswoman", "a spokeswoman for the port", "two former officials")]
    ['named', 'role', 'anonymous']
    >>> [kind_of(words) for words in ("the audit report", "most residents", "the Ostmark police", "people close to it")]
    ['document', 'collective', 'named', 'anonymous']
    """
    shown = text[:200].strip(" ,;:–—-")
    ends = _CUT.search(shown, 1)
    core = _core(shown[:ends.start()] if ends else shown) or _core(shown)
    if not core:
        return "role"
    head, opening = _bare(core[-1]), core[0].lower()
    capital = core[-1][0].isupper() and len(core) + shown[:1].islower() > 1
    if opening in _ANYBODY or (core[:2] and " ".join(core[:2]).lower() == "no one"):
        return "collective"
    if not (capital and _holds_name(core)) and (_HIDDEN.search(shown) or (head in _PEOPLE and _KNOWING.search(shown))):
        return "anonymous"
    if head in ANONYMOUS and not capital:
        return "named" if ends and _NAME_BESIDE.search(shown, ends.start()) else "anonymous"
    return _by_head(shown, ends, core, head, capital)


def _by_head(shown: str, ends: re.Match[str] | None, core: list[str], head: str, capital: bool) -> SourceKind:
    titled = capital and core[0][0].isupper() and core[0].lower() not in _ARTICLES
    if head in DOCUMENTS and not titled:
        return "document"
    if head in COLLECTIVE or core[0].lower() in _QUANTIFIERS or head.endswith("%") or "percent" in core:
        return "collective"
    if head in ROLES | OFFICES and (len(core) == 1 or not _holds_name(core)):
        return _beside(shown, ends)
    if head.endswith("s") and not head.endswith(("ss", "us")) and core[-1][0].islower() and not core[-1].endswith("'s"):
        return "collective"
    if len(core) == 1 and ends and _MANY.search(head) and ends.group()[0].isalpha():
        return "collective"
    return "named" if _holds_name(core) else _beside(shown, ends)


def head_of(text: str) -> str:
    """The head of a noun phrase, in lower case: "spokeswoman" of "a spokeswoman for the port"."""
    ends = _CUT.search(text[:200], 1)
    core = _core(text[:ends.start()] if ends else text[:200])
    return _bare(core[-1]) if core else ""


def _core(text: str) -> list[str]:
    """The words up to the head: "documents" of "documents released" stands before its participle."""
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    for at in range(1, len(words)):
        if words[at].endswith("ed") and _bare(words[at - 1]) in _HEADS:
            return words[:at]
    return words


def _bare(word: str) -> str:
    return re.sub(r"'s?$", "", word).lower()


def _beside(shown: str, ends: re.Match[str] | None) -> SourceKind:
    """What an office is with what stands beside it: "its keeper, Bram Telleg" names somebody, "the mayor" does not."""
    return "named" if ends and _NAME_BESIDE.search(shown, ends.start()) else "role"


def _holds_name(core: list[str]) -> bool:
    """Whether a capital stands anywhere but on a word that merely opens the sentence."""
    if any(word[0].isupper() for word in core[1:]):
        return True
    if not core[0][0].isupper() or core[0].lower() in _ARTICLES or _bare(core[0]) in OFFICES | ROLES:
        return False
    return len(core) == 1 or any(letter.isupper() for letter in core[0][1:])
