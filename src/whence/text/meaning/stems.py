"""Words into stems that their inflections share, and the words that carry no content, a denial, or a plan."""
from __future__ import annotations

from functools import lru_cache

STOP = frozenset(
    "a about above across after again against all almost along already also although always am among an and another "
    "any anyone anything are aren't around as at away back be became because become been before behind being below "
    "between both but by came can can't come could couldn't did didn't do does doesn't doing don't done down during "
    "each either else enough even ever every few first for from further get gets give given go goes going gone got "
    "had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself his how "
    "however i i'd i'll i'm i've if in into is isn't it it's its itself just last least less let like made make many "
    "may me might more most much must my myself near nearly never new next no nor not nothing now of off often on "
    "once one only onto or other others our ours out over own per perhaps put quite rather really s said same saw "
    "say saying says see seen several shall she she'd she's should shouldn't since so some something soon still such "
    "t take taken than that that's the their theirs them themselves then there there's these they they'd they'll "
    "they're they've thing this those though through thus to together too took toward towards two under until up "
    "upon us use used very was wasn't way we we'd we'll we're we've well went were weren't what when where whether "
    "which while who whole whom whose why will with within without won't would wouldn't yet you you'd you'll you're "
    "you've your yours reported reportedly told according added".split())

UNTRUE = frozenset("false untrue baseless unfounded groundless incorrect bogus fictitious fabricated myth "
                   "fantasy fiction nonsense".split())
"""Words that call something untrue where it is said to be so ("is false"), and not of a thing ("false teeth")."""
REFUTATIONS = UNTRUE | frozenset(
    "deny denies denied denying denial denials refute refuted refutes refuting rebut rebutted rebuts falsely hoax "
    "debunked debunks disproved disproves rejects fabrication".split())
"""Words that say of what another said that it is not so."""
NEGATIONS = REFUTATIONS | frozenset("not never no none nobody neither cannot nowhere".split())
NO_DENIAL = frozenset(tuple(phrase.split()) for phrase in (
    "not only|no fewer|no less|no more|not just|not least|not less|not fewer|no doubt|no matter|not until|never before|"
    "no one but|nobody but|nothing but|none but|not to be named|not to be identified|not be named|"
    "not be identified").split("|"))
"""Phrases that begin like a denial and are none ("not only" says that it is so)."""
OF_DENIAL = frozenset(tuple(phrase.split()) for phrase in (
    "failed to|fails to|fail to|free of|free from|devoid of|refused to|refuses to|declined to|declines to|unable to|"
    "has yet to|have yet to|had yet to|without a|without an|without any").split("|"))
"""Phrases that deny what follows."""
DISMISSALS = frozenset("rejected rejects dismissed dismisses rubbished disputed disputes".split())
ALLEGATIONS = frozenset("allegation allegations accusation accusations claim claims report reports charge charges "
                        "rumour rumours rumor rumors suggestion suggestions story stories talk speculation".split())
"""What is said to be so; whoever dismisses that says that it is not."""

PLANS = frozenset("will would could may might should shall plan plans planned planning intend intends intended propose "
                  "proposed proposes proposal threatens threatened hopes want wants wanted if expected try tries "
                  "tried attempt attempts attempted urge urged order ordered demanded must scheduled whether sought "
                  "seeks recommended consider considers considering".split())
"""Words that make what follows a plan, an attempt, a wish, an order or a possibility."""
OF_PLAN = frozenset(tuple(phrase.split()) for phrase in (
    "is to|are to|was to|were to|is due|are due|was due|were due|called for|calls for|asked for|asks for|going to|"
    "set to|about to|ready to|prepares to|preparing to").split("|"))
"""Pairs of words that do the same."""
NO_PLAN = frozenset(tuple(phrase.split()) for phrase in (
    "as planned|as expected|could not|if that|if not|if any|as if").split("|"))
"""Phrases that hold such a word and tell what was; who could not do it did not."""
FRONTS = frozenset(
    "in on at by for from with as of to under over after before since until because although though when while where "
    "what it during near off beneath behind within despite instead through across among between nowhere never not only "
    "according both last this there here that against without".split())
"""Words with which a sentence begins that tells when, where or why before it tells who."""
BE = frozenset("was were been is are".split())
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())

IRREGULAR = {form: verb.split()[0] for verb in (
    "beat beaten|bind bound|bite bitten|blow blew blown|break broke broken|breed bred|bring brought|build built|"
    "buy bought|catch caught|choose chose chosen|creep crept|dig dug|draw drew drawn|drink drank drunk|"
    "drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|"
    "fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|grow grew grown|hang hung|"
    "hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lead led|leave left|lend lent|"
    "lose lost|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|seek sought|"
    "sell sold|send sent|shake shook shaken|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|"
    "sleep slept|slide slid|speak spoke spoken|spend spent|spin spun|spring sprang sprung|stand stood|"
    "steal stole stolen|stick stuck|strike struck stricken|swear swore sworn|sweep swept|swim swam swum|swing swung|"
    "teach taught|tear tore torn|think thought|throw threw thrown|understand understood|wake woke woken|"
    "wear wore worn|weave wove woven|win won|withdraw withdrew withdrawn|write wrote written"
).split("|") for form in verb.split()}
"""The forms of verbs that no ending tells: English grammar, the commoner ones of the news; without those that are other
words besides (lay, saw, wound)."""
_ENDINGS = tuple("ations ation ments ment ings ions ing ion ies ers ed er es ly s y".split())
SHORTEST = 4
"""Letters that a stem keeps at least; chosen, so that "king" and "bring" stay whole."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What `word` (folded) shares with its inflections: a light, fast cut at the end, not a dictionary form.

    >>> stem("detained"), stem("detaining"), stem("raids"), stem("raided"), stem("families"), stem("family")
    ('detain', 'detain', 'raid', 'raid', 'famil', 'famil')
    >>> stem("stolen"), stem("stole"), stem("steals")
    ('steal', 'steal', 'steal')
    """
    word = word.removesuffix("'s").removesuffix("'")
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending in _ENDINGS:
        kept = len(word) - len(ending)
        if word.endswith(ending) and kept >= SHORTEST and not word.endswith("ss") and word[kept - 1:] != "ily":
            word = word[:kept]
            break
    if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    return word[:-1] if len(word) > SHORTEST and word[-1] == "e" else word
