"""The words of a cue -> what its source does with the content: states it, believes it, or neither, and how surely."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from whence.model import Act

_TAGGING = """
    say add write note explain argue claim insist declare acknowledge reiterate conclude predict assert admit concede
    recall observe remark contend confirm allege stress emphasize emphasise announce suggest hint imply speculate joke
    boast brag complain lament quip opine testify recount tweet retweet repeat state reveal indicate estimate recommend
    caution aver posit assess proclaim clarify lie exclaim muse theorize theorise deduce divulge tell warn ask remind
    assure inform notify promise urge reassure brief beg implore alert continue maintain post volunteer protest counter
    signal charge respond reply answer agree disagree disclose rule write elaborate interject shout yell chant report
    wonder ponder question believe think figure reason
"""
"""Verbs that stand beside quotations in the training part of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018)."""

_BELIEF = """
    believe think feel know understand doubt suspect fear worry hope expect assume imagine realize realise recognize
    recognise remember forget wish consider guess anticipate presume regret judge wonder ponder figure regard view see
    deem reckon suppose trust mistrust distrust prefer favor favour like dislike hate love envisage foresee perceive
    oppose support sympathize sympathise resent
"""
_OTHER = """
    ask order demand request urge rule decide plan promise pledge vow threaten want seek instruct command direct appeal
    beg implore beseech summon forbid ban permit allow approve authorize authorise uphold overturn hold sentence convict
    acquit grant overrule quash offer propose recommend invite encourage intend try aim question inquire enquire
    undertake volunteer swear press refuse decline deny reject dispute refute rebut disavow pray lobby campaign mandate
    require compel nominate appoint dare
"""
"""Verbs by what they do; everything else states.  Chosen by hand: what somebody asks, orders, plans, promises or rules
is nothing that he says is so."""

_JUDGING = """
    describe dismiss condemn praise criticise criticize blame accuse cite quote label brand publish release detail
    document depict portray call name hail welcome defend denounce attribute mention reference summarise summarize
    outline highlight underline underscore reject back endorse echo second challenge
"""
"""Verbs that say something of a thing which they only name ("described the plan as ...").  Chosen by hand."""

_BELIEF_WORDS = frozenset("""
    belief beliefs opinion opinions hope hopes fear fears doubt doubts suspicion suspicions worry worries conviction
    expectation expectations concern concerns convinced confident certain sure afraid worried concerned sceptical
    skeptical optimistic pessimistic hopeful aware unaware doubtful fearful impression feeling assumption
""".split())
_OTHER_WORDS = frozenset("""
    promise promises order orders request requests plan plans plea pleas appeal appeals demand demands pledge pledges
    vow vows threat threats ruling rulings verdict decision ban proposal offer invitation refusal
""".split())
DENIALS = frozenset("deny reject dispute refute rebut disavow decline refuse denial refusal rejection".split())
"""Lemmas under which what follows is not affirmed."""

_STRONG = DENIALS | frozenset("believe think fear suspect doubt ask order demand urge instruct rule".split())
_NEGATIONS = frozenset("not never cannot nor neither without".split())
_HEDGES = frozenset("""
    appear seem apparently seemingly reportedly allegedly supposedly purportedly ostensibly effectively almost virtually
    practically half
""".split())
_HEDGING = re.compile(r"\b(?:all but|more or less|as good as|sort of|kind of|in effect|as much as)\b")
_MODALS = frozenset("would might could may should can will shall 'll 'd".split())
_REALLY = frozenset("only just merely simply later soon".split())
"""Words after which a negation or a "would" is none: "did not only say", "would later say"."""
_TO_ACT = frozenset("tell warn advise remind agree claim say caution".split())
"""Verbs that state with a clause and ask with an infinitive."""
_INFINITIVE = re.compile(r"(?:not )?to [a-z]|(?:[\w’'-]+ ){1,5}?(?:not )?to [a-z]+")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|had|has|have|should|could|must|did|does|can|may|might|that)\b")
_QUOTED = re.compile("[\"“”„«»‘]")
DEED = 3
"""Words of a cue in the passive that tells a deed ("has been sued").  Chosen: longer ones are phrases of saying."""
_WORD = re.compile(r"[^\W_]+|'(?:ll|d|s|re|ve|m)\b")

_IRREGULAR = {forms.split()[0]: forms.split() for forms in """
    say said said saying
    tell told told telling
    write wrote written writing
    think thought thought thinking
    know knew known knowing
    feel felt felt feeling
    understand understood understood understanding
    swear swore sworn swearing
    forget forgot forgotten forgetting
    undertake undertook undertaken undertaking
    beg begged begged begging
    admit admitted admitted admitting
    prefer preferred preferred preferring
    regret regretted regretted regretting
    rebut rebutted rebutted rebutting
    aver averred averred averring
    brag bragged bragged bragging
    quip quipped quipped quipping
    lie lied lied lying
    signal signaled signaled signaling
    see saw seen seeing
    seek sought sought seeking
    hold held held holding
    uphold upheld upheld upholding
    overturn overturned overturned overturning
    foresee foresaw foreseen foreseeing
    forbid forbade forbidden forbidding
    plan planned planned planning
    ban banned banned banning
    permit permitted permitted permitting
    compel compelled compelled compelling
    acquit acquitted acquitted acquitting
""".strip().splitlines()}
"""Base form -> base, past, participle and ing form, where they are not formed by rule."""


class Told(NamedTuple):
    """What a cue says of its content: the act, whether it is denied, and whether the writer hedges."""

    act: Act
    negated: bool
    hedged: bool


def forms(lemma: str) -> tuple[str, str, str, str, str]:
    """A verb's base form, third person, past, participle and ing form.

    >>> forms("deny")
    ('deny', 'denies', 'denied', 'denied', 'denying')
    """
    stem = lemma[:-1]
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    hissing = lemma.endswith(("s", "sh", "ch", "x", "z"))
    third = lemma + "es" if hissing else stem + "ies" if consonant_y else lemma + "s"
    if lemma in _IRREGULAR:
        _, past, participle, ing = _IRREGULAR[lemma]
        return lemma, third, past, participle, ing
    if lemma.endswith("e"):
        return lemma, third, lemma + "d", lemma + "d", stem + "ing"
    past = stem + "ied" if consonant_y else lemma + "ed"
    return lemma, third, past, past, lemma + "ing"


_LEMMA = {form: lemma for table in (_TAGGING, _BELIEF, _OTHER, "appear seem advise call") for lemma in table.split()
          for form in forms(lemma)}
_SAYING = frozenset(form for table in (_TAGGING, _BELIEF, _OTHER, _JUDGING) for lemma in table.split()
                    for form in forms(lemma))
_BE = frozenset("is are was were be been being".split())
_TAGGING_LEMMAS = frozenset(_TAGGING.split())
_ACTS: dict[str, Act] = {**dict.fromkeys(_BELIEF.split(), "belief"), **dict.fromkeys(_OTHER.split(), "other")}
TAGS = frozenset(form for lemma in _TAGGING.split() for form in forms(lemma)[1:3])
"""Verb forms in lower case that may stand beside a quotation: “Is it?” Ada Boyd asked."""
HEADLINE_TAGS = TAGS | frozenset("finds shows hears fears hopes demands finding".split())


def is_cue(word: str) -> bool:
    """Whether a word can be, or be the main word of, a cue: a form of a verb of saying, believing, asking or ruling."""
    return word.lower() in _LEMMA


def is_strong(word: str) -> bool:
    """Whether a word is a form of a verb that plainly tells a belief, an order or a denial ("denied", "believes")."""
    return _LEMMA.get(word) in _STRONG


def is_quoting(cue: str) -> bool:
    """Whether a cue holds a verb that stands beside quotations, or none at all (a colon, "in the words of")."""
    words = _words(cue)
    return not words or any(word in TAGS or _LEMMA.get(word) in _TAGGING_LEMMAS for word in words)


def told(cue: str, content: str, before: str = "") -> Told:
    """What a cue says of its content.  `before` is what stands before the cue in its sentence, outside its source.

    >>> told("denied", "that the dam leaked"), told("appeared to suggest", "that it leaked")
    (Told(act='other', negated=True, hedged=False), Told(act='statement', negated=False, hedged=True))
    >>> told("told", "the drivers to wait").act, told("hopes", "it will hold").act, told("did not deny", "it").negated
    ('other', 'belief', False)
    """
    words = _words(cue)
    near = _words(before[-24:])[-1:] if before else ()
    lemmas = [_LEMMA.get(word, word) for word in words]
    negations = _negations(words) + (near in (("not",), ("never",)))
    denials = sum(lemma in DENIALS for lemma in lemmas)
    hedged = any(word in _HEDGES for word in (*lemmas, *near)) or \
        _HEDGING.search(f"{before[-16:]}{cue}".lower()) is not None
    act = _act(words, lemmas, content)
    modal = next((word for word in (*near, *words) if word in _MODALS), None)
    if modal in ("may", "might", "could") and "have" in words:
        hedged = True
    elif modal is not None and act == "statement" and not _REALLY.intersection(words):
        act = "other"
    if negations or denials:
        act = "other"
    return Told(act, (negations + denials) % 2 == 1, hedged)


def _tells_deed(words: tuple[str, ...]) -> bool:
    """Whether a cue is one plain verb in the past, or in the passive ("signed", "has been sued", "was imposed by")."""
    return (len(words) == 1 and words[0].endswith("ed")) or (len(words) <= DEED and not _BE.isdisjoint(words))


def _only_names(content: str) -> bool:
    """Whether a content names something and says nothing of it: no quotation, and no sign of a clause."""
    return not _QUOTED.search(content) and not _FINITE.search(content) and content[:1] != "" \
        and not _INFINITIVE.match(content)


@lru_cache(maxsize=4096)
def _words(cue: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(cue[:300].lower().replace("’", "'").replace("n't", " not")))


def _negations(words: tuple[str, ...]) -> int:
    return sum((word in _NEGATIONS and following not in _REALLY) or (word == "no" and following == "longer")
               for word, following in zip(words, (*words[1:], ""), strict=False))


def _act(words: tuple[str, ...], lemmas: list[str], content: str) -> Act:
    """The act of the first word that tells one; an infinitive makes a request of what else states.

    A deed done to a thing ("signed the titles", "the fine was imposed by") states nothing.
    """
    if _SAYING.isdisjoint(words) and _tells_deed(words) and _only_names(content):
        return "other"
    for word, lemma, following in zip(words, lemmas, (*words[1:], ""), strict=False):
        if lemma == "call" and following in ("for", "on", "upon"):
            return "other"
        if lemma in _TO_ACT and _INFINITIVE.match(content) and not _FINITE.search(content[:80]):
            return "other"
        if lemma in _ACTS:
            return _ACTS[lemma]
        if word in _BELIEF_WORDS:
            return "belief"
        if word in _OTHER_WORDS:
            return "other"
        if word in _LEMMA and lemma not in ("appear", "seem"):
            return "statement"
    bare = bool(lemmas) and set(lemmas) <= {"appear", "seem", "to", "be", "have", "has", "had", "also", "still"}
    return "belief" if bare else "statement"
