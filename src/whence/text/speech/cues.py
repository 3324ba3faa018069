"""Word lists of English reporting: which verbs announce somebody's words, belief or decision, and what may follow each.

The verbs and what may follow them were chosen by counting, in the training part of PolNeAR 1.0 (Newell, Margolin and
Ruths, LREC 2018), how often each is a cue in each position, and keeping those where it is in about 45 of 100 or more.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from whence.model import Act

Form = Literal["base", "present", "past", "participle", "ing"]

_TABLE: dict[Act, str] = {
    "statement": """
    tqwnpr: say add write note explain argue claim insist declare acknowledge reiterate conclude predict assert
        admit concede recall observe remark contend confirm allege stress emphasize emphasise announce suggest hint
        imply speculate joke boast brag complain lament quip opine testify recount tweet retweet repeat state reveal
        indicate estimate recommend caution aver posit assess proclaim clarify lie exclaim muse theorize theorise
        deduce divulge
    tqwpor: tell
    tqwnpor: warn ask remind assure inform notify promise urge reassure brief beg implore alert
    tqr: continue maintain post volunteer protest counter signal charge respond reply answer agree disagree disclose
        rule write elaborate interject shout yell chant
    p: complain brag boast respond reply refer point allude speculate elaborate testify rail hint comment warn
        apologize apologise apologising vow lash
    n: describe cite mention discuss express disclose emphasise detail quote criticize criticise accuse deny reject
        dismiss denounce condemn blame praise blast slam mock tout decry assail defend highlight portray echo thank
        congratulate apologize dispute refute rebut voice outline reference label liken deride ridicule lambast
        lambaste chide scold castigate rebuke reprimand applaud laud hail commend salute disavow deplore bemoan bash
        berate slander excoriate vilify characterize characterise depict underscore invoke reiterate call debate
        trumpet downplay belittle demonize demonise compare
    tqwnpr: report
    tn: deny demand propose request underline note detail certify verify attest
    tw: show find demonstrate determine learn discover prove calculate publish reckon forecast project
    n: show
    a: identify name brand expose list designate classify unmask denounce regard
    i: vow promise pledge threaten decline refuse offer agree ask propose claim swear undertake volunteer
    tq: vow pledge swear
    """,
    "belief": """
    tw: believe think feel know understand doubt suspect fear worry hope expect assume imagine realize realise
        recognize recognise remember forget wish consider guess anticipate presume regret judge
    wnpr: wonder ponder question
    r: believe think figure reason
    i: hope expect wish
    n: fear doubt prefer regret
    """,
    "other": """
    tn: order
    """,
}
"""Verbs by what may follow them: a that-clause or bare clause t, a quotation q, a wh-clause w, an infinitive i, a noun
phrase n, a preposition p, an addressee and then any of these o; r where the verb may stand after the words; a only in
"identified as ... by", which is chosen, not counted: what others call a person must not read as our own words."""

_IRREGULAR = {forms.split()[0]: forms.split() for forms in """
    say said said saying
    tell told told telling
    write wrote written writing
    find found found finding
    show showed shown showing
    think thought thought thinking
    know knew known knowing
    feel felt felt feeling
    understand understood understood understanding
    swear swore sworn swearing
    forecast forecast forecast forecasting
    forget forgot forgotten forgetting
    undertake undertook undertaken undertaking
    beg begged begged begging
    admit admitted admitted admitting
    refer referred referred referring
    prefer preferred preferred preferring
    regret regretted regretted regretting
    rebut rebutted rebutted rebutting
    aver averred averred averring
    brag bragged bragged bragging
    quip quipped quipped quipping
    lie lied lied lying
    slam slammed slammed slamming
    learn learned learned learning
    label labeled labeled labeling
    signal signaled signaled signaling
""".strip().splitlines()}
"""Base form -> base, past, participle and ing form, where they are not formed by rule."""

AMBIGUOUS = frozenset("""
    report reports claim claims call calls plan plans hope hopes doubt doubts fear fears question questions
    promise promises answer answers comment comments attack attacks blame praise demand demands request requests
    vow vows pledge pledges note notes remark remarks tweet tweets post posts estimate estimates charge charges
    challenge challenges reply replies debate debates address show shows find finds order orders aim aims offer
    offers rule rules hold holds judge guess wish wishes project projects forecast forecasts protest protests
    reason figure label labels email emails voice voices reference references state states signal signals detail
    details dispute disputes quote quotes joke jokes hint hints lies counter volunteer volunteers worry worries
    brief alert alerts echo echoes shout shouts chant chants thank
""".split()
)
"""Forms that are as often nouns: they need a subject that can't be read as part of the same noun."""

DENIALS = frozenset("""
    deny denies denied denying reject rejects rejected rejecting refute refutes refuted refuting dispute disputes
    disputed disputing rebut rebuts rebutted rebutting decline declines declined declining refuse refuses refused
    refusing disavow disavows disavowed disavowing doubt doubts doubted doubting
""".split())
"""Cues under which what follows is not affirmed."""

REACTING = frozenset("referring responding reacting".split())
SPEECH_PREPOSITIONS = frozenset("about of on to against with for at in upon over out".split())

NOUNS: dict[str, Act] = {
    **dict.fromkeys("""
        claim claims assertion assertions allegation allegations suggestion accusation accusations report
        reports statement argument arguments contention announcement admission conclusion finding findings
        warning warnings rumour rumours rumor rumors speculation complaint complaints declaration insistence
        revelation revelations charge charges prediction suggestions acknowledgment denial denials
    """.split(), "statement"),
    **dict.fromkeys("""
        belief view opinion hope hopes fear fears concern concerns doubt doubts worry worries expectation
        conviction suspicion suspicions
    """.split(), "belief"),
}
"""Nouns that announce what somebody said or believes where "that" follows, with the act of each."""
UNOWNED_NOUNS = frozenset("reports complaints allegations accusations rumours rumors claims suggestions".split())
"""Those of them that report even where nobody is named ("there were reports that")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb form: its lemma, what form it is, and what may follow, with the act that each announces."""

    lemma: str
    forms: frozenset[Form]
    frames: str
    acts: tuple[tuple[str, Act], ...]

    def act(self, frame: str) -> Act:
        """What this verb does with that complement (a frame's letter)."""
        return next((act for frames, act in self.acts if frame in frames), self.acts[0][1])


def _inflect(lemma: str) -> dict[Form, str]:
    third = lemma + "s"
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    if lemma in _IRREGULAR:
        _, past, participle, ing = _IRREGULAR[lemma]
        return {"base": lemma, "present": third, "past": past, "participle": participle, "ing": ing}
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    return {"base": lemma, "present": third, "past": past, "participle": past, "ing": ing}


def _lexicon() -> dict[str, Cue]:
    frames: dict[str, list[tuple[str, Act]]] = {}
    for act, table in _TABLE.items():
        for letters, lemmas in re.findall(r"(\w+): ([^:]+)(?=\s\w+:|\s*\Z)", table):
            for lemma in lemmas.split():
                frames.setdefault(lemma, []).append((letters, act))
    made: dict[str, Cue] = {}
    for lemma, entries in frames.items():
        letters = "".join(sorted(set("".join(letters for letters, _ in entries))))
        forms: dict[str, set[Form]] = {}
        for form, word in _inflect(lemma).items():
            forms.setdefault(word, set()).add(form)
        for word, kinds in forms.items():
            made.setdefault(word, Cue(lemma, frozenset(kinds), letters, tuple(entries)))
    return made


LEXICON = _lexicon()
"""Verb form in lower case -> what it is."""


def is_finite_cue(word: str) -> bool:
    """Whether a word can be the finite verb of a clause that reports (a noun of the same form aside)."""
    cue = LEXICON.get(word)
    return cue is not None and word not in AMBIGUOUS and bool(cue.forms & {"past", "present"})
