"""Verbs of saying and asking in other languages than English, in the forms that stand beside quotations."""
from __future__ import annotations

SAYS = {
    "de": "sagt sagte erklärt erklärte betont betonte meint meinte kritisiert kritisierte warnt warnte schreibt "
          "schrieb berichtet berichtete erzählt erzählte ergänzt ergänzte bekräftigt bekräftigte bestätigt "
          "bestätigte antwortet antwortete räumt klagt klagte fügte versichert versicherte behauptet behauptete "
          "resümiert resümierte",
    "fr": "dit déclare affirme explique ajoute indique précise assure estime souligne raconte écrit confie "
          "lance répond reconnaît insiste regrette témoigne déclaré affirmé expliqué ajouté indiqué précisé "
          "assuré estimé souligné raconté écrit confié lancé répondu reconnu insisté regretté témoigné",
    "es": "dice dijo declara declaró afirma afirmó explica explicó añade añadió agrega agregó asegura aseguró "
          "señala señaló cuenta contó escribe escribió indica indicó sostiene sostuvo responde respondió "
          "reconoce reconoció insiste insistió manifestó comentó aseveró subrayó advirtió lamentó",
    "pt": "diz disse declara declarou afirma afirmou explica explicou acrescenta acrescentou conta contou "
          "escreve escreveu garante garantiu responde respondeu indicou ressaltou destacou lamentou relatou",
    "it": "dice disse dichiara dichiarò afferma affermò spiega spiegò aggiunge aggiunse racconta raccontò "
          "scrive scrisse sottolinea risponde detto dichiarato affermato spiegato aggiunto raccontato scritto "
          "sottolineato risposto ribadito commentato assicurato",
    "nl": "zegt zei verklaart verklaarde vertelt vertelde stelt stelde schrijft schreef antwoordt antwoordde "
          "benadrukt benadrukte vindt aldus meldt meldde reageert reageerde waarschuwt waarschuwde",
    "pl": "powiedział powiedziała mówi mówił mówiła stwierdził stwierdziła oświadczył oświadczyła dodał dodała "
          "podkreślił podkreśliła wyjaśnił wyjaśniła napisał napisała zaznaczył zaznaczyła odpowiedział "
          "odpowiedziała tłumaczy przyznał przyznała ocenił oceniła",
    "cs": "řekl řekla uvedl uvedla prohlásil prohlásila dodal dodala vysvětlil vysvětlila napsal napsala říká "
          "tvrdí",
    "ru": "сказал сказала говорит заявил заявила отметил отметила добавил добавила сообщил сообщила рассказал "
          "рассказала подчеркнул подчеркнула написал написала пояснил пояснила уточнил уточнила ответил "
          "ответила объяснил объяснила",
    "uk": "сказав сказала говорить каже заявив заявила зазначив зазначила додав додала повідомив повідомила "
          "розповів розповіла підкреслив підкреслила написав написала пояснив пояснила відповів відповіла",
    "tr": "dedi diyor söyledi belirtti açıkladı vurguladı ekledi anlattı yazdı konuştu ifade",
    "sv": "säger sade sa förklarar förklarade skriver skrev berättar berättade menar menade svarar svarade "
          "tillägger",
    "no": "sier sa forklarer forklarte skriver skrev forteller fortalte mener mente svarer svarte",
    "da": "siger sagde forklarer forklarede skriver skrev fortæller fortalte mener mente svarer svarede",
    "fi": "sanoo sanoi kertoo kertoi toteaa totesi kirjoittaa kirjoitti vastaa vastasi selittää selitti",
    "hu": "mondta mondja közölte nyilatkozta hangsúlyozta tette írta válaszolta",
    "ro": "spune spus declarat afirmat explicat adăugat scris declară afirmă explică adaugă",
    "ar": "قال قالت يقول تقول وقال وقالت أضاف أضافت وأضاف وأضافت صرح صرحت وصرح أكد أكدت وأكد",
}
"""By language (ISO 639-1).  Chosen by hand; no forms that mean other things as often."""

ASKS = {
    "de": "fragt fragte forderte fordert",
    "fr": "demande demandé",
    "es": "preguntó pregunta pidió",
    "pt": "perguntou pediu",
    "it": "chiede chiese chiesto",
    "nl": "vraagt vroeg",
    "pl": "zapytał zapytała pyta",
    "ru": "спросил спросила",
    "uk": "запитав запитала",
    "tr": "sordu",
    "sv": "frågar frågade",
    "no": "spør spurte",
    "da": "spørger spurgte",
    "cs": "zeptal zeptala",
    "fi": "kysyy kysyi",
    "hu": "kérdezte",
    "ro": "întrebat",
    "ar": "سأل سألت",
}
"""What is asked is not stated."""

HELPERS = {
    "fr": "a ont avait",
    "it": "ha hanno aveva",
    "de": "hat hatte",
    "ro": "a au",
}
"""What may stand before a participle and belongs to the cue."""

EAST = {
    "ja": ("(?:は|が|も)", "述べた|話した|語った|言った|説明した|強調した|発表した|答えた|明らかにした|"
           "指摘した|訴えた|書いた|話す|語る|述べ|話し|語り"),
    "zh": ("", "表示|指出|称|稱|强调|強調|认为|認為|写道|寫道|回应|回應|补充说|補充說|说|"
           "說"),
}
"""For Japanese the particle after the speaker, and the verbs after a quotation; for Chinese the verbs before one."""

EAST_OFFICES = tuple(
    "市長 市长 町長 村長 知事 大臣 首相 総理 議員 社長 会長 部長 部长 局长 局長 校长 主席 "
    "总统 總統 总理 議長 报道官 発言人 发言人 發言人 報道官 広報官 "
    "警察 警方 政府 記者 记者 専門家 专家 專家 さん 氏".split())
"""Offices that stand after a name in Japanese and Chinese, or without one."""
