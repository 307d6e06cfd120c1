"""Somebody writes for another: an answer's release then needs `Vollmacht: ja` (rules.md, data protection).

Lawyers, guardians, relatives, counselling, members of parliament. Firms and groups that speak for themselves do not
count, nor does a writer who only mentions a relative, a lawyer or a case worker ("mein Betreuer").
"""

from classify.rules import Rule

_KIN = (
    r"(?:\w{0,8}mutter|mutti|mama|\w{0,8}vaters?|papa|eltern|\w{0,8}bruders?|\w{0,8}schwester|\w{0,8}sohn(?:es)?|"
    r"\w{0,8}tochter|oma|opa|\w{0,3}enkel\w{0,6}|tante|onkels?|neffen?|nichte|ehemann\w{0,2}|mann(?:es)?|ehefrau|frau|"
    r"partner\w{0,2}|freund(?:in|es|in|e)?|nachbar\w{0,2}|bekannten?|schwagers?|schwägerin|cousine?|mitbewohner\w{0,2}|"
    r"klient\w{0,3}|mandant\w{0,3}|untermieter\w{0,2}|\w{0,6}kindes|patenkind|verlobten?|lebensgefährt\w{1,3}|"
    r"betreuten?|mitglieds?|kollegin|kollegen|schützling\w?)\b"
)
_MY = r"(?:mein\w{0,2}|unser\w{0,2})"
_MY_KIN = rf"{_MY} (?:\w{{1,14}} )?{_KIN}"
_SOMEBODY = rf"(?:{_MY_KIN}|(?:herrn?|hr\.|fr\.|frau|familie|fam\.)\b)"
_ASKS = r"\b(?:wenn|falls|ob|reicht|genügt|ohne|kein\w{0,2}|brauche?|kann ich|darf ich|bekäme|schreiben sie mir)\b"
_THEIR_OWN = r"\b(?:mein\w{0,2}|ihr\w{0,2}|deren|ein\w{0,2}|zum|zur|vom|beim|früher\w{0,2}|gegnerisch\w{1,2})"

RULES = (
    Rule(
        rf"\bschreibe?n? (?:\w{{1,10}} ){{0,2}}?für {_SOMEBODY}",
        "Ich schreibe für meine Mutter",
        "writes for",
        r"\bnicht\b|\bfamilie\b",
    ),
    Rule(
        r"^[^!]{0,80}![^!?]{0,60}?\bich schreibe (?:hier )?für (?!mich|alle|die|den|das|uns|unsere familie|"
        r"eine|einen|ein|"
        r"sie|euch|viele|mein|unser|andere|diese|meine|\d)\w{3,20}\b",
        "Guten Tag! ich schreibe für Heike, weil sie selbst zu nichts kommt",
        "writes for",
    ),
    Rule(
        rf"\bim (?:namen|auftrag|name) (?:und (?:auftrag|im auftrag|in vollmacht) )?(?:von |für )?{_SOMEBODY}",
        "im Namen meiner Mutter",
        "in the name of",
        r"\b(?:frau und|firma)\b",
    ),
    Rule(
        r"\bin (?:seinem|ihrem) (?:namen|auftrag) (?:lege|schreibe?|bitten?|möchten?|frage|widerspreche|"
        r"beschwere|teile|"
        r"und|reiche|wende|übersende|widerspruch)|\b(?:lege|schreibe|bitte|möchte|frage)n? (?:ich|wir)? ?"
        r"[^.!?]{0,15}?\bin (?:seinem|ihrem) (?:namen|auftrag)\b",
        "ich lege in seinem Namen Widerspruch ein",
        "in the name of",
    ),
    Rule(
        rf"\bnamens\s(?:und|{_MY}|(?:de[rs]|von|unter) (?:\w{{1,14}} )?(?:herrn|frau|familie|mandant|klient|"
        r"betreut|vollmacht|versichert|kund)|herrn|frau)",
        "namens und in Vollmacht",
        "lawyer",
        r"\b(?:mann|frau) ",
    ),
    Rule(
        rf"\b(?:{_MY}|de[rs]|für die|ihre) (?:\w{{1,14}} |o\.g\. ){{0,2}}mandant(?:en|in|s|schaft)?\b",
        "unser Mandant",
        "lawyer",
        r"\bals\b|\bdie mandanten\b",
    ),
    Rule(
        r"\b(?:zeige?n?|anzeige)\b~~\bvertretung\b|\bvertrete?n? (?:ich|wir)\b~\b(?:herrn|frau|interessen|familie)\b",
        "zeige ich die Vertretung von Frau Pröhl an",
        "lawyer",
    ),
    Rule(
        r"\b(?:ich|wir) vertrete?n? (?:\w{1,12} ){0,3}?(?:herrn|frau|familie|interessen|mitglied|mandant)",
        "wir vertreten unser Mitglied",
        "lawyer",
    ),
    Rule(
        r"\bvon (?:uns|mir) (?:\w{1,14} )?(?:vertreten|betreut|begleitet|beraten)e[nrms]?\b",
        "für die von uns vertretene Familie",
        "lawyer or counselling",
    ),
    Rule(
        r"\b(?:unsere[rn]?|hiesigen?|aus der|meine[rn]?) (?:anwalts|rechtsanwalts)?kanzlei\b",
        "Übersendung in unsere Kanzlei",
        "lawyer",
        r"\b(?:mein vater|habe ich|beauftragt|arbeite)\b",
    ),
    Rule(
        r"\b(?:kanzlei|rechtsanwält\w{1,3}|anwaltsbüro) [^!?]{0,60}?\bin (?:der|dieser) (?:\w{1,20} )?"
        r"(?:sache|angelegenheit|rechtssache)\b",
        "Kanzlei Holtei, in der Angelegenheit Prill",
        "lawyer",
        _THEIR_OWN,
    ),
    Rule(
        r"\b(?:rechtsanwalt|rechtsanwältin|fachanwalt|fachanwältin)\b"
        r"(?: für \w{5,20})?[^!?\w]{0,3}(?:diese (?:e-)?mail|hinweis|$)",
        "Mit kollegialen Grüßen Moorkamp, Rechtsanwalt",
        "signed by a lawyer",
        rf"{_THEIR_OWN}\b|\b(?:mein|zum|dann|geh)\w{{0,2}}\b",
    ),
    Rule(
        r"\bvollmacht\b (?:dazu |von (?:herrn|frau|ihm|ihr) (?:\w{1,20} )?|(?:mit|seiner|"
        r"ihrer|de[rs]) \w{1,14} )?(?:liegt|hängt|anbei|"
        r"beigefügt|ist (?:im anhang|anbei|angehängt|beigefügt|dabei|in)|haben (?:sie|wir)|habt ihr|füge|"
        r"legen? (?:ich|wir)|"
        r"wurde|hat|im anhang|füg\w{1,2}|lag (?:bei|ihnen))",
        "Vollmacht liegt bei",
        "shows a power of attorney",
        rf"{_ASKS}|\b(?:vorsorge|bank|konto)",
    ),
    Rule(
        r"\b(?:beigefügte[rn]?|schriftliche|anliegende[rn]?|(?:mit|in|unter) (?:seiner|ihrer|deren|dessen)|in|"
        r"mit|unter vorlage "
        r"(?:der|einer)) vollmacht\b",
        "mit beigefügter Vollmacht",
        "shows a power of attorney",
        rf"{_ASKS}|\bkonto",
    ),
    Rule(
        r"\b(?:als|bin|sein\w{0,2}|ihr\w{0,2}|bestellte\w?|der|die|,) ?(?:\w{1,14} )?(?:bevollmächtigte[rn]?|vormund|"
        r"(?:ergänzungs|verfahrens)pfleger\w{0,2}|sorgeberechtigte\w?)\b",
        "als Bevollmächtigter meines Onkels",
        "is entitled to speak",
        r"\bmein\w{0,2} |\bihre? |\bnicht als\b",
    ),
    Rule(
        r"(?:gesetzliche?r?|rechtliche?r?|gesetzl\.|rechtl\.|gerichtlich bestellte?r?) (?:vertreter\w{0,2}|"
        r"betreuer\w{0,2})\b|"
        r"\b(?:berufs|vereins)betreuer\w{0,2}\b",
        "als gesetzlicher Betreuer",
        "guardian",
        r"\b(?:mein\w{0,2}|ein\w{0,2}|kein\w{0,2}|ihr\w{0,2}) (?:\w{1,14} )?(?:gesetz|recht|berufs|vereins)",
    ),
    Rule(
        rf"\b(?:{_MY}|de[rs]|für (?:den|die)) (?:rechtlich |gesetzlich )?betreuten? (?:herrn|frau)?|"
        r"\b(?:rechtlich|gesetzlich) betreuten?\b",
        "für meinen Betreuten",
        "guardian",
        r"\bwerde\b|\bbetreuten wohn",
    ),
    Rule(
        rf"\b(?:für|von) (?:{_MY}|eine[nrm]?) (?:klient|bewohner|schützling|ratsuchend)\w{{0,4}}|"
        rf"\b{_MY} klient(?:in|en)? (?:herrn?|frau)",
        "für unseren Klienten Herrn M.",
        "counselling",
    ),
    Rule(
        r"\b(?:wir|ich) (?:(?:betreue?n?|begleite?n?|berate?n?|unterstütze?n?) (?:(?:seit|heute|hier|\w{4,9}) ){0,3}?|"
        r"(?:schreibe?n?|spreche?n?|melde?n?|wende?n?) (?:(?:mich|uns|ihnen|heute|hier) ){0,3}?für )(?:herrn|"
        r"frau|familie)\b",
        "wir beraten Herrn Kováč",
        "counselling",
        r"\b(?:an|mit|über|bei|von|gegen) (?:herrn|frau)\b|\bihre?\b",
    ),
    Rule(
        rf"^(?:(?:re|aw|wg|fwd?): ?){{0,3}}(?:\w{{1,18}} ){{0,2}}?für {_MY_KIN}",
        "Frage für meinen Bruder",
        "the subject says for whom",
        r"\b(?:dank|lob|danke|dankeschön)\b",
    ),
    Rule(
        r"\b(?:melde|wende|frage|beschwere|bitte|spreche) (?:ich )?(?:mich |das |hiermit |"
        rf"heute ){{0,3}}(?:an sie )?für {_SOMEBODY}",
        "ich melde mich für Frau Rehbein",
        "speaks for",
    ),
    Rule(
        r"\bich bin (?:die|der) (?:\w{1,10} )?(?:mutter|vater|oma|opa|großmutter|großvater|schwester|bruder|"
        r"tochter|sohn|"
        r"tante|onkel|enkelin|enkel|nachbarin|nachbar|schwager|schwägerin|freundin|frau|mann)\s(?:von (?!unten|"
        r"oben|nebenan|gegenüber|ihnen|der|dem|hier)|de[rs]|mein\w{0,2})",
        "ich bin die Oma von Malte",
        "relative",
    ),
    Rule(
        rf"\b{_MY_KIN}[^.!?]{{0,30}}?\b(?:kann|will|traut sich)\b[^.!?]{{0,30}}?\b(?:nicht|"
        r"kein)\b[^.!?]{0,20}?\b(?:schreib\w{0,2}|deutsch|tipp\w{0,2})\b",
        "Mein Bruder kann nicht gut schreiben",
        "relative",
        r"\b(?:kollegin|kollegen)\b",
    ),
    Rule(
        r"\bhat (?:mich|uns) (?:\w{1,12} ){0,3}?(?:bevollmächtigt|beauftragt|gebeten[^.!?]{0,20}?(?:zu )?schreiben)",
        "Er hat mich gebeten, Ihnen zu schreiben",
        "asked to write",
    ),
    Rule(
        r"\bhat sich (?:\w{1,14} ){0,5}?an (?:mich|uns|mein \w{3,20}|"
        r"unser \w{3,20}) (?:\w{1,10} ){0,2}?(?:gewandt|gewendet)|"
        r"\bin mein\w{0,2} (?:bürger|wahlkreis)?sprechstunde\b",
        "Frau Tonn hat sich an mich gewandt",
        "member of parliament or counselling",
    ),
    Rule(
        r"\b(?:aus dem|im|mein|unser) (?:wahlkreis|abgeordneten|bürger)büro\b|\b(?:als|bin|"
        r"ihr) (?:\w{1,14} )?(?:mitglied des (?:deutschen )?"
        r"(?:bundestag|landtag|kreistag)\w{0,2}|abgeordnete\w?|mdb|mdl)\b",
        "Als Abgeordnete schreibe ich Ihnen",
        "member of parliament",
        r"\bkopie\b",
    ),
    Rule(
        r"\bals (?:tochter|sohn|mutter|vater|schwester|bruder|enkel|enkelin|schwiegertochter|schwiegersohn|"
        r"ehefrau|ehemann|nachbarin?|freundin?|partnerin?) "
        r"(?:von|de[rs]|mein\w{0,2})\b",
        "Als Tochter von Herrn Berg",
        "relative",
    ),
    Rule(
        r"\b(?:begleite|betreue|berate|vertrete|unterstütze)n? (?:ich |wir )?(?:seit \w{3,12} )?(?:herrn|"
        rf"frau|familie)\b|\bfür {_MY_KIN} (?:schreibe?|melde|frage|wende|bitte)\b|"
        r"\b(?:kümmere|kümmern) (?:ich |wir )?(?:mich|uns) um (?:die |den )?(?:post|papiere|angelegenheiten|"
        rf"schriftverkehr|finanzen|behörden\w{{0,9}}) (?:{_MY}|von|de[rs])|"
        r"\bi\. ?v\. (?:für|von)\b",
        "für meinen Sohn schreibe ich, weil er nicht kann",
        "speaks for",
        r"\b(?:sie|er|kollegin|kollege)\b",
    ),
    Rule(
        r"\bals (?:stadt|gemeinde|kreistags|landtags|bundestags|bezirks|orts)(?:rat|rätin|vertreter\w{0,2}|"
        r"abgeordnete\w?|verordnete\w?|vorsteher\w{0,2})\b",
        "Als Stadträtin hat mich eine Bürgerin angesprochen",
        "member of a council",
    ),
    Rule(
        rf"\b(?:stellvertretend|ersatzweise|in vertretung) für {_SOMEBODY}|"
        rf"\b{_MY_KIN}[^.!?]{{0,30}}?\b(?:hat kein (?:internet|handy|e-?mail|computer\w?)|ist (?:krank|blind|"
        r"gehörlos|im krankenhaus|bettlägerig|dement))\b"
        r"[^.!?]{0,20}?\b(?:darum|deshalb|deswegen|daher|also|drum|so|weshalb)\b|"
        rf"\b{_MY_KIN} (?:hat )?(?:bat|gebeten|bittet) (?:mich|uns)\b[^.!?]{{0,20}}?\b(?:schreib\w{{0,2}}|"
        r"zeilen|nachzufragen|zu fragen|mail|für (?:ihn|sie))\b|"
        r"\b(?:patin|pate|lotse|lotsin|ehrenamtlich\w{0,2}|helferin|helfer)\b[^.!?]{0,50}?\b(?:familie|"
        r"flüchtling\w{0,3}|geflüchtet\w{0,2}|herrn|frau)\b[^.!?]{0,40}?\b(?:helfe|begleite|unterstütze|post|"
        r"schreibe|betreue)\b",
        "Mein Opa hat kein Internet, darum melde ich mich",
        "speaks for",
        r"\b(?:kollegin|kollegen)\b",
    ),
    Rule(
        r"\b(?:als|bin|ihre?|gez\.?) (?:die |der |rechtliche[r]? |ehrenamtliche[r]? )?betreuer(?:in)? (?:von|"
        r"de[rs]|für) |\b(?:hier )?(?:schreibt|meldet sich) (?:\w{1,8} )?(?:die|der) (?:\w{1,8} )?"
        r"(?:mutter|vater|oma|opa|tochter|sohn|schwester|bruder|tante|onkel|nachbarin|nachbar|ehefrau|ehemann|"
        r"frau|mann|freundin) (?:von|des|mein)",
        "Als Betreuerin von Herrn Kuhn",
        "guardian or relative",
        r"\bmein\w{0,2}\b",
    ),
    Rule(
        r"\bon behalf of (?:my|our|mrs?|ms|the family|a client)|\b(?:my|our) client\b|\bwriting (?:this )?for my"
        r" (?:\w{1,10} )?(?:mother|father|brother|sister|son|daughter|husband|wife|friend|neighbou?r|parents|"
        r"aunt|uncle|mum|mom|dad)",
        "I am writing on behalf of my mother",
        "English",
    ),
    Rule(
        r"\bпишу (?:вам )?(?:за|вместо|от имени) (?:сво\w{1,3} |мо\w{1,3} )?(?:мам|мать|отц|папу|муж|жен|брат|"
        r"сестр|сын|доч|бабуш|"
        r"дедуш|сосед|подруг|друг|тет|тёт|родител)|\bот имени (?:сво\w{1,3}|мо\w{1,3}|наш\w{1,3}|госпож|господ)|"
        r"\bпо (?:доверенности|поручению)\b",
        "Пишу за маму",
        "Russian",
    ),
    Rule(
        r"\bпишу (?:вам )?(?:за|замість|від імені) (?:сво\w{1,3} |мо\w{1,3} )?(?:мам|мати|батьк|тат|чолов|"
        r"дружин|брат|сестр|син|"
        r"доньк|дочк|бабус|дідус|сусід|подруг|друг|тітк)|\bвід імені (?:сво\w{1,3}|мо\w{1,3}|наш\w{1,3}|пан)|"
        r"\bза дорученням\b",
        "Пишу від імені моєї мами",
        "Ukrainian",
    ),
    Rule(
        r"\b(?:anne|baba|karde[şs]|abla|a[ğg]abey|e[şs]|kom[şs]u|teyze|amca|day[ıi]|hala|o[ğg]l|"
        r"k[ıi]z)\w{0,6} ad[ıi]na\b|"
        r"\bm[üu]vekkil\w{1,6}|\bvekaleten\b|\b(?:annem|babam|karde[şs]im|e[şs]im|kom[şs]um|ablam) i[çc]in yaz\w{1,8}",
        "Annem adına yazıyorum",
        "Turkish",
    ),
)
