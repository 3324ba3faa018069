"""The words that sites put around their articles, as patterns that a whole line is held against.

Written from the usual wording of blog platforms, content systems and news sites, in the languages where it is plain
enough to be safe; one pattern a line.  All are anchored, so that prose which uses the same words is not met.
"""
from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_EDGE = r"[\W_]{0,3}"


def _either(patterns: str) -> str:
    return "|".join(line.strip() for line in patterns.strip().splitlines())


def _whole(patterns: str) -> re.Pattern[str]:
    """One pattern for a whole line, out of one alternative a line."""
    return re.compile(_EDGE + f"(?:{_either(patterns)})" + _EDGE, _FLAGS)


TEASER_HEAD = _whole(r"""
    (?:popular|recent|related|latest|similar|featured|other|more) (?:posts?|articles?|news|topics|headlines)
    (?:popular|recent|related|latest|similar|featured|other|more) (?:stories|story|reads|content|reading|coverage)
    (?:popular|recent|related|latest|more) posts from (?:this|our|the) \w{2,20}
    more (?:from|in|on|about) [^.?!]{2,60}
    more to explore
    related
    recommended(?: for you| reading| stories| articles)?
    (?:we|our editors) recommend
    (?:read|keep|see|watch) (?:more|next|also|on|reading)
    (?:read|see|watch) more (?:from|on|about) [^.?!]{2,60}
    also (?:read|of interest|on [^.?!]{2,40}|in [^.?!]{2,40})
    you (?:may|might|could)(?: also)? (?:like|enjoy|be interested in)
    readers also (?:like|liked|read|enjoyed)
    (?:most|best|widely) (?:read|viewed|popular|shared|commented)(?: stories| articles| today| now| this week)?
    trending(?: now| today| stories| topics)?
    editor['’]?s?['’]? (?:picks?|choice)
    don['’]?t miss
    (?:next|previous|newer|older)(?: post| article| story)
    newer posts? {1,9}older posts?
    top (?:stories|news|headlines)
    in other news
    (?:from )?around the web
    from (?:our partners|the archives?)
    (?:sponsored|promoted|paid) (?:stories|content|links)
    lesen sie (?:auch|mehr)
    mehr zum thema
    das könnte sie auch interessieren
    meistgelesen
    weitere (?:artikel|themen)
    [àa] lire (?:aussi|également)
    lire aussi
    sur le même sujet
    les plus lus
    articles? (?:liés?|similaires?)
    le[ae]r? también
    (?:te|le) puede interesar
    (?:noticias|artículos|notícias|artigos) relacionad[ao]s
    (?:lo )?más leídos?
    leggi anche
    potrebbe(?:ro)? interessarti(?: anche)?
    articoli correlati
    (?:leia|veja) (?:também|mais)
    mais lidas
    lees (?:ook|meer|verder)
    meest gelezen
    gerelateerde? (?:artikelen|berichten)
    (?:czytaj|zobacz) (?:także|też|również)
    читайте также
    читайте також
    по теме
    [إا]قرأ أيضا
""")
"""A heading over other articles' headlines."""

TEASER_LINE = re.compile(_EDGE + "(?:" + _either(r"""
    read (?:more|also|next)
    also read
    see also
    related(?: story| stories| articles?| news| coverage)?
    more on this(?: story)?
    recommended
    don['’]t miss
    lesen sie auch
    mehr dazu
    (?:à )?lire aussi
    le[ae]r? también
    leggi anche
    leia (?:também|mais)
    lees ook
    czytaj (?:także|też)
    читайте также
""") + r")\s?[:|»>–—]\s?\S", _FLAGS)
"""The beginning of a line that only points to another article: "Read also: Bridge to reopen"."""

MORE_LINK = _whole(r"""
    (?:read|see|view|show|find out|learn) more
    (?:read|see|view|show) (?:the )?full (?:story|article|post)
    (?:see|view|show) all
    continue reading[^.?!]{0,60}
    full story
    weiterlesen
    lire la suite
    leer más
    saiba mais
    continua a leggere
    lees verder
""")

COMMENT_HEAD = _whole(r"""
    \d{0,6} ?(?:comments?|replies|responses)
    comments? ?[(:•|-] ?\d{1,6}
    (?:reader|user|recent|latest|view|show|all)(?: all| the)? ?\d{0,6} comments
    no comments(?: yet)?
    (?:post|leave|add|write) (?:a|your) (?:comment|reply|response)
    (?:be the first to|log in to|sign in to|login to) (?:comment|reply)
    join the (?:conversation|discussion|debate)
    \d{1,6} (?:thoughts?|comments?|responses?) (?:on|to) .{1,150}
    \d{0,6} ?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze|комментари[ий])
    (?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties) ?\(\d{1,6}
    laisser un commentaire
    schreiben sie einen kommentar
    deja (?:un comentario|una respuesta)
    deixe (?:um comentário|uma resposta)
    geef een reactie
    lascia un commento
""")

COMMENT_MARK = _whole(r"""
    (?:reply|replies|report|flag|upvote|antworten|répondre|responder|rispondi)
    .{1,60} (?:says|said|wrote|writes) ?(?::|…|\.\.\.)
    .{0,60}\b(?:\d{1,2}|an?) (?:second|minute|hour|day|week|month|year)s? ago
    .{0,60}\bat \d{1,2}:\d\d ?(?:[ap]\.?m\.?)?
""")
"""What stands around a reader's comment: "Reply", "A Reader says:", "3 hours ago", "at 4:15 pm"."""

MENU_LINE = _whole(r"""
    (?:skip|jump|go) (?:directly )?to (?:the )?(?:main )?(?:content|navigation|search|menu|footer|article|sidebar|site)
    (?:toggle|open|close|show|hide) (?:the )?(?:main )?(?:navigation|menu|search|sidebar)
    (?:main|site) (?:navigation|menu|search)
    search(?: this (?:site|blog)| for:?|\.\.\.|…)?
    you are here[^.?!]{0,150}
    (?:sign|log) ?(?:in|up|out)(?: (?:or|/) (?:sign up|register|subscribe))?
    my account
    share(?: this)?(?: article| page| story| post)?(?: (?:on|via|to|with|by)(?: \w{1,20}){1,4})?
    (?:print|save|email|bookmark|copy)(?: this| the)?(?: article| page| story| post| link)?
    get link
    other apps
    (?:click|tap) (?:here )?to (?:share|print|email|copy|tweet)[^.?!]{0,80}
    zu(?:m inhalt|r navigation) springen
    aller au contenu(?: principal)?
    saltar al contenido(?: principal)?
    vai al contenuto
    ir para o conteúdo
    ga naar (?:de )?inhoud
""")

MENU_WORDS = frozenset("""
    home start news latest breaking world international national local region regions nation politics business economy
    money markets finance technology tech science health sport sports football culture arts entertainment lifestyle
    life style travel food fashion opinion opinions editorial editorials analysis comment columnists letters video
    videos photo photos pictures gallery galleries podcast podcasts audio live weather environment climate education
    society crime property motoring jobs obituaries archive archives magazine newsletter newsletters subscribe
    subscription register login account search menu more about contact us help faq advertise advertising careers
    privacy policy terms cookies cookie sitemap rss facebook twitter x instagram youtube whatsapp telegram linkedin
    pinterest reddit tumblr flipboard pocket messenger signal bluesky mastodon threads email e-mail mail print share
    tweet pin like follow copy link startseite nachrichten politik wirtschaft kultur wissen meinung wetter impressum
    datenschutz kontakt accueil actualités politique économie société météo inicio noticias política economía deportes
    cultura opinión contacto início notícias esportes contato and the on via to in of our
""".split())
"""Words that a line of navigation or a share bar is made of, and nothing else."""

HOME = re.compile(_EDGE + r"(?:home ?page|home|front page|start|startseite|accueil|inicio|início|главная)\b", _FLAGS)

BOILERPLATE = _whole(r"""
    (?:©|\(c\) |copyright\b).{0,200}
    [^.?!]{0,120}\.? ?all rights reserved\b.{0,60}
    exit mobile version
    view (?:the )?(?:full|desktop|mobile|web) (?:site|version)
    (?:back|scroll) to (?:the )?top
    (?:this|our) (?:web ?)?(?:site|page) uses cookies.{0,300}
    we use (?:essential |our own |third-party )?cookies.{0,300}
    (?:accept|reject|manage|allow) (?:all )?(?:cookies|preferences)
    we value your privacy
    we and our (?:[\d,.]{1,6} )?(?:[a-z]+ )?partners (?:store|use|process|may|need|can|share)\b.{0,300}
    with your (?:permission|consent|agreement),? we\b.{0,300}
    (?:you (?:may|can) )?click .{0,30}\bto (?:consent|agree|opt out)\b.{0,250}
    (?:this|the (?:full|whole)) (?:article|story|content) is (?:[a-z]+ )?(?:for|to) (?:[a-z]+ )?subscribers\b.{0,200}
    subscribe (?:now|today|here|online|to (?:read|continue|go on|unlock))\b.{0,150}
    (?:already|not yet|not) a (?:subscriber|member|registered user)\b.{0,150}
    (?:log|sign) ?in (?:or (?:subscribe|register|sign up) )?(?:here|now|to (?:read|continue|comment|go on))\b.{0,80}
    (?:register|subscribe|sign up) (?:for free )?(?:now )?(?:and|to) (?:read|get|continue|unlock|go on)\b.{0,100}
    you have (?:read|used|reached) .{0,30}\bfree (?:articles|stories|views)\b.{0,150}
    (?:printer-friendly|print|full|text-only) version(?: of this (?:page|article|story))?
    (?:terms|privacy|cookies?)(?:[ ,|&]{1,3}(?:of|and|policy|use|service|conditions|notice|settings|terms|privacy)){1,9}
    (?:subscribe to|sign up (?:for|to)|get) (?:our|the|this) [^.?!]{0,60}(?:newsletter|briefing|alerts?|inbox)\b.{0,80}
    (?:powered|published) (?:by|with) (?:wordpress|blogger|drupal|ghost|substack|medium)
    proudly powered by [^.?!]{1,40}
    advertisements?
    (?:sponsored|promoted) content
    story continues below(?: advertisement)?
    (?:follow|like|find) us on [^.?!]{1,60}
    download (?:our|the) (?:free )?app\b.{0,60}
    this (?:material|article|content|story) may not be (?:published|reproduced|copied|republished).{0,150}
    no part of this (?:publication|site|article) may be reproduced.{0,150}
    (?:.{0,80}\. )?alle re(?:chte vorbehalten|chten voorbehouden).{0,60}
    (?:.{0,80}\. )?tous droits réservés.{0,60}
    (?:.{0,80}\. )?todos (?:los derechos|os direitos) reservados.{0,60}
    (?:.{0,80}\. )?tutti i diritti riservati.{0,60}
""")
"""What stands under every article of a site."""

CORRECTION = re.compile(_EDGE + "(?:" + _either(r"""
    (?:corrections?|clarifications?|erratum)(?: and clarifications?| appended)? ?[:.–—(]
    an? (?:earlier|previous|original) version of (?:this|the) (?:article|story|report|post|page|piece|headline)\b
    this (?:article|story|report|post|page|piece) (?:has been|was) (?:corrected|amended|updated to correct)\b
    berichtigung ?:
    korrektur ?:
    rectificatif ?:
    corrección ?:
    correzione ?:
""") + ")", _FLAGS)
"""How a note begins that takes back what an earlier version of the article said."""

DIGEST = re.compile(r"\b(?:" + _either(r"""
    in brief
    news ?briefs?
    news in short
    news (?:digest|summary|roundup|round-up|bulletin)
    (?:daily|weekly|morning|evening|week|weekend|day)(?:['’]s)? (?:digest|briefing|summary|bulletin|headlines|briefs)
    (?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)? (?:digest|briefing|summary|bulletin|headlines|briefs)
    round-?up
    at a glance
    kurzmeldungen
    kurz (?:notiert|gemeldet)
    en bref
    en breve
    in breve
    em resumo
    kort nieuws
    in het kort
""") + r")\b", _FLAGS)
"""A headline that announces several items of news under it."""
