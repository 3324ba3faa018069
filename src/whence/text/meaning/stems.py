"""Words into stems that their inflections share, and the words that carry no content, or a denial."""
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

NEGATIONS = frozenset("not never no none nobody neither cannot nowhere without nothing".split())
REFUTATIONS = frozenset(
    "false untrue fake hoax hoaxes rumor rumors rumour rumours deny denies denied denying denial denials refute "
    "refuted debunked debunk debunks fabricated bogus baseless unfounded incorrect wrong myth dismissed rejected "
    "disputed nonsense retracted".split())
"""Words by which a text calls what is told elsewhere untrue."""

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
