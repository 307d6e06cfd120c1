"""Mere thanks (conversation.md, follow-ups): noted, and nothing is owed. A mistake here would leave a citizen without
an answer, so nearly every word must be one of thanks, courtesy or success; anything else makes it more than thanks.
"""

from classify.rules import Rule

MOST_WORDS = 40
"""Words of a mail that may still be mere thanks."""

MOST_LEFT = 2
"""Words with a capital that may be left over: a name."""

_THING = (
    r"(?:antwort|rückmeldung|hilfe|mühen?|info\w{0,9}|nachricht|mail|bestätigung|unterstützung|"
    r"bearbeitung|erledigung|auskunft|klärung|"
    r"eingangsbestätigung|erklärung|geduld|zeit|rückruf|schreiben|brief|termin|einsatz|zusage|überweisung|"
    r"nachzahlung|bescheid)"
)

RULES = (
    Rule(
        r"\b(?:(?:vielen|herzlichen|besten|tausend|lieben|schönen|großen) ){1,3}dank\b|\bdank(?:e|eschön|"
        r"esehr)?\b",
        "Vielen Dank",
        "thanks",
    ),
    Rule(r"\bbedanke?n? (?:ich )?mich\b|\bich bedanke mich|\bwir danken|\bmerci\b", "Ich bedanke mich", "thanks"),
    Rule(r"\bthank(?:s| you)\b", "Thank you", "English"),
    Rule(r"\bспасибо|\bблагодар\w{1,4}", "Большое спасибо", "Russian"),
    Rule(r"\bдякую\b|\bдякуємо|\bвдячн\w{1,3}", "Дуже дякую", "Ukrainian"),
    Rule(r"\bte[şs]ekk[üu]r\w{0,8}|\bsa[ğg] ?olun?\b", "Çok teşekkürler", "Turkish"),
)

SIGNATURE = Rule(
    r"\b(?:mit )?(?:(?:freundlich\w{1,3}|viele\w?|beste\w?|liebe\w?|schöne\w?|herzliche\w?|best|"
    r"kind) )?(?:grüße?n?|gruß|lg|vg|mfg|regards|уважением|повагою|"
    r"sayg[ıi]lar\w{0,5})[\s,.]{1,3}(?:\w{1,20}[\s.-]{0,2}){1,4}[!.]?$",
    "LG Tom",
    "signature",
)

HARMLESS = (
    Rule(
        r"\b(?:sehr geehrte\w? (?:damen und herren|frau \w{2,20}|herr \w{2,20})|guten (?:tag|morgen|abend)|"
        r"hallo|moin\w{0,6}|liebe[rs]? (?:frau|herr|team)(?: \w{2,20})?|hi)\b",
        "Sehr geehrte Damen und Herren",
        "greeting",
    ),
    Rule(
        r"\b(?:mit )?(?:freundlich\w{1,3}|viele\w?|beste\w?|liebe\w?|schöne\w?|herzliche\w?|"
        r"freundl\.) grüß\w{0,3}|\bmfg\b|\blg\b|\bvg\b|\bgruß\b|\bschöne[sn]? (?:tag|wochenende|feierabend|"
        r"woche)(?: noch)?\b|"
        r"\b(?:einen|ein|eine) (?:schöne[nrs]? )?(?:tag|wochenende|woche)(?: noch)?\b|\bbis dann\b|\balles gute\b",
        "Mit freundlichen Grüßen",
        "closing",
    ),
    Rule(
        r"\b(?:es |das |jetzt |nun |alles )?(?:hat|haben) (?:nun |jetzt |alles |doch |ja |prima |super |gut |"
        r"wunderbar |noch |mit \w{3,9} \w{3,12} ){0,3}geklappt\b|\bgeklappt\b|\bfunktioniert (?:jetzt|nun|"
        r"wieder|alles)\b",
        "Es hat jetzt alles geklappt",
        "success",
    ),
    Rule(
        r"\b(?:(?:das|mein|unser|die|der) )?(?:geld|nachzahlung|bescheid|brief|gutschein|überweisung|"
        r"schreiben|termin|zahlung) (?:ist|war|sind) (?:heute |gestern |jetzt |nun |inzwischen |endlich |"
        r"schon )?"
        r"(?:da|angekommen|gekommen|eingegangen|auf dem konto|drauf|bestätigt)\b|\bgeld ist da\b",
        "Das Geld ist heute angekommen",
        "success",
    ),
    Rule(
        r"\b(?:(?:das |damit )?ist )?(?:jetzt |nun |somit |so )?(?:alles |soweit )(?:ist )?(?:jetzt |nun |"
        r"wieder |so |soweit )?(?:gut|klar|bestens|in ordnung|okay|ok|erledigt|geklärt|angekommen|verstanden|"
        r"da|paletti)\b|"
        r"\bpasst (?:so|jetzt|alles|mir)\b|\b(?:so )?passt\b|\b(?:super|prima|perfekt|wunderbar|okay|ok|"
        r"alles klar)\b|\bfreu\w? mich\b|\bich freue mich\b|\bdas freut mich\b",
        "Jetzt ist alles in Ordnung",
        "success",
    ),
    Rule(
        r"\b(?:ich habe|hab|habe) (?:ich )?(?:es|sie|ihn|alles|das geld|das|den \w{3,12}|die \w{3,12}|"
        r"ihre? \w{3,12}|ihren \w{3,12}) (?:heute |gestern |gut |nun |jetzt )?(?:bekommen|erhalten|verstanden|"
        r"gelesen|gefunden)\b|\b(?:habe|hab) (?:ich )?(?:es |alles )?(?:erhalten|bekommen|verstanden)\b",
        "Ich habe Ihren Brief erhalten",
        "success",
    ),
    Rule(
        r"\b(?:für|ihnen|euch|vielmals|lieb|auch|noch|nochmals?|an alle|euch allen|sehr|ganz|recht|schön|"
        rf"herzlich|allen|dafür)\b|\b(?:für )?(?:die|ihre?|eure|den|das|der|ihren) (?:\w{{3,12}} )?{_THING}\b|"
        rf"\b{_THING}\b",
        "für Ihre schnelle Antwort",
        "what for",
    ),
    Rule(
        r"\b(?:dear|hello|hi) (?:\w{2,10} )?(?:team|sir|madam)?\b|\b(?:very|so) much\b|\bfor (?:your|"
        r"the) (?:\w{2,8} )?(?:help|answer|reply|support|quick reply|confirmation)\b|"
        r"\b(?:it|everything|all) (?:worked|works|is fine|is good|is ok|arrived)(?: now| out)?\b|\b(?:best|"
        r"kind) regards\b|\bgot it\b|\bthe money (?:has )?arrived\b",
        "Thank you very much for your help",
        "English",
    ),
    Rule(
        r"\b(?:здравствуйте|добрый (?:день|вечер)|большое|огромное|вам|вас|за (?:быстрый |скорый |ваш |"
        r"вашу )?(?:ответ|помощь)|вс[её] (?:получилось|хорошо|в порядке|пришло|решилось)|деньги пришли|"
        r"с уважением|от души|очень)\b",
        "Спасибо за помощь, всё получилось",
        "Russian",
    ),
    Rule(
        r"\b(?:доброго дня|добрий (?:день|вечір)|вітаю|дуже|вам|щиро|за (?:швидку |вашу )?(?:відповідь|"
        r"допомогу)|все (?:вийшло|добре|гаразд|прийшло|вдалося|владналося)|гроші прийшли|з повагою)\b",
        "Дякую за відповідь, все добре",
        "Ukrainian",
    ),
    Rule(
        r"\b(?:merhaba|iyi g[üu]nler|[çc]ok|ederim|ederiz|yard[ıi]m[ıi]n[ıi]z i[çc]in|cevab[ıi]n[ıi]z i[çc]in|"
        r"her [şs]ey (?:yolunda|tamam|halloldu)|oldu|halloldu|para geldi|tamam|sayg[ıi]lar\w{0,4}|selamlar|"
        r"h[ıi]zl[ıi])\b",
        "Yardımınız için çok teşekkür ederim",
        "Turkish",
    ),
    Rule(
        r"\b(?:und|ich|wir|es|das|so|ja|nun|jetzt|mehr|die|der|hiermit|damit|wirklich|auch|mich|bei)\b",
        "und",
        "small words",
    ),
)
"""What may stand beside thanks."""

MORE = (
    r"\?|\d{3}|\b(?:aber|leider|trotzdem|jedoch|allerdings|dennoch|obwohl|nicht|nichts|nix|kein\w{0,2}|"
    r"nie|niemand|falsch|schlecht|immer|wann|warum|wieso|wo|wie|"
    r"bitte|frage|antrag|fehlt|fehlen|warte\w{0,2}|brauche|beschwer\w{1,5}|widerspruch|lob\w{0,2}|umsonst|"
    r"nur|erst|schon wieder|endlich mal|ironie|toll|klasse|sollte|müsste|könnte|but|not|still|"
    r"why|when|please|но|не|нет|почему|пожалуйста|але|ні|чому|ласка|немає|ama|de[ğg]il|neden|l[üu]tfen|"
    r"hala|yok|sterb\w{0,3}|tot|leben|letzt\w{1,2}|würde|voraus|vorab|anwalt|adresse|nummer)\b"
)
"""What makes a mail more than thanks."""
