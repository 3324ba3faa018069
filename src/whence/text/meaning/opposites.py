"""Words that two sentences do not share -> whether one says what the other rules out: killed and injured.

Written from general English, not from any corpus.  Each line of the lists is one choice; the words between two bars are
what it can be, told in different words; whoever is told the one is not told the other.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from whence.text.meaning.stems import stem

EXCLUSIVE = """
morning dawn daybreak sunrise | afternoon | evening dusk sunset | noon midday | midnight
spring springtime | summer | autumn | winter
north northern | south southern | east eastern | west western
upper | lower | middle
male man men boy boys gentleman | female woman women girl girls lady
son | daughter | brother | sister | wife widow | husband widower | father | mother | uncle | aunt | nephew | niece
killed kills killing dead died dies deaths fatal | injured injures hurt wounded wounds | missing vanished | \
unhurt unharmed uninjured unscathed safe
abroad overseas foreign | home domestic domestically
won wins win victory | lost loses lose defeat | nominated shortlisted | drew draw
rose rises rise grew grow grows increased increase climbed soared jumped | \
fell falls fall dropped drops declined decreased decrease shrank sank plunged
opened opens reopened | closed closes shut
began begins started starts launched | ended ends finished completed
arrested detained | released freed | charged indicted | convicted jailed sentenced imprisoned | acquitted cleared
hired hires recruited appointed | fired sacked dismissed | promoted | resigned quit
found finds recovered | lost loses
accepted accepts approved approves adopted backed supported supports | rejected rejects vetoed refused opposed opposes
praised praises hailed honoured applauded | criticised criticized condemned blamed denounced
built builds erected constructed | demolished demolishes razed dismantled
banned bans outlawed forbidden | allowed allows permitted legalised legalized
imposed imposes introduced | lifted lifts abolished repealed scrapped
arrived arrives arrival reached entered | left departed departure
postponed delayed | cancelled canceled | held
guilty | innocent
profit profits | loss losses | revenue turnover sales
import imports imported | export exports exported
birth births born | death deaths
minimum lowest smallest least | maximum highest largest biggest
oldest eldest | youngest newest latest
public state | private
temporary temporarily | permanent permanently
urban | rural
army soldiers | navy sailors | police policemen
church chapel cathedral basilica | mosque | synagogue | temple | monastery convent
bus coach minibus | train | tram | ferry | car | lorry truck | plane aircraft jet airliner | helicopter | bicycle bike
bridge | tunnel | ferry | road highway motorway street | railway railroad | airport | harbour harbor port
hospital clinic | school college | prison jail gaol | hotel | museum | theatre theater | library | factory plant works
fire blaze | flood floods flooding | earthquake quake | landslide | storm hurricane cyclone | avalanche | \
explosion blast
measles | polio | cholera | malaria | typhoid | influenza flu | tuberculosis | rabies | diphtheria
gold | silver | bronze | copper | iron
red | blue | green | yellow | black | white | brown
wheat | barley | maize corn | rice | potatoes | salt | sugar | coffee | tea
"""
"""What cannot be said of one thing, whoever does it."""
CONVERSE = """
bought buys buy purchased acquired | sold sells sell
lent lends lend loaned | borrowed borrows borrow
gave gives give handed donated | received receives receive
sent sends | received receives
taught teaches | learned learns learnt
"""
"""What two sides of one deal do, so that it tells apart only where the same one does it."""


def _cells(lines: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each stem, the choices that it is told in: the line and the place in it."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for line, row in enumerate(lines.strip().splitlines()):
        for place, cell in enumerate(row.split("|")):
            for word in cell.split():
                found[stem(word)].add((line, place))
    return {word: tuple(sorted(cells)) for word, cells in found.items()}


_EXCLUSIVE, _CONVERSE = _cells(EXCLUSIVE), _cells(CONVERSE)


def opposed(one: Iterable[str], other: Iterable[str], all_one: frozenset[str], all_other: frozenset[str],
            one_side: bool) -> bool:
    """Whether a stem that only the one sentence has rules out one that only the other has.

    `all_one` and `all_other` are all stems of the two; what is told in both, in whatever words, rules out nothing.
    `one_side` says whether the same one does it in both, so that buying and selling are two things.

    >>> opposed({"kill"}, {"injur"}, frozenset({"kill"}), frozenset({"injur"}), False)
    True
    """
    mine, theirs = list(one), list(other)
    for table in (_EXCLUSIVE, _CONVERSE) if one_side else (_EXCLUSIVE,):
        held, others = set(_told(all_one, table)), set(_told(all_other, table))
        first = {cell for cell in _told(mine, table) if cell not in others}
        lines = {line for line, _ in first}
        if any(line in lines for line, place in _told(theirs, table) if (line, place) not in held):
            return True
    return False


def _told(stems: Iterable[str], table: dict[str, tuple[tuple[int, int], ...]]) -> Iterator[tuple[int, int]]:
    for word in stems:
        yield from table.get(word, ())
