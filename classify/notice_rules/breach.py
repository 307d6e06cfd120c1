"""A possible breach of data protection (Art. 33 DSGVO, 72 hours): it warns at once.

Counts: the writer's own papers or data came to somebody else, lay open or were told to others, or another person's came
to the writer (strange_papers.py). Demanding too many papers, or "aus Datenschutzgründen" as an excuse, do not.
"""

from classify.notice_rules import strange_papers
from classify.rules import Rule

_MINE = r"\b(?:mein\w{0,2}|unser\w{0,2})"
_PRIVATE = (
    r"(?:daten|adresse|anschrift|akte|schulden|krankheit\w{0,2}|diagnose\w?|unterlagen|bescheid\w?|krankenakte|"
    r"gesundheit\w{0,8}|kontoausz\w{1,5}|handynummer|telefonnummer|nummer|attest|gutachten|scheidung|schwangerschaft|"
    r"angaben|einkommen|verhältnisse|vorstrafen?|therapie|depression\w{0,2}|sucht\w{0,8}|brief\w?|papiere)"
)
_OTHERS = (
    r"(?:vermieter\w{0,2}|arbeitgeber\w{0,2}|chef\w{0,2}|ex-?(?:mann|frau|freund\w{0,2}|partner\w{0,2})?|"
    r"nachbar\w{0,3}|"
    r"dritte[nr]?|fremden?|schwieger\w{1,8}|verwandten|bekannten?|hausverwaltung|falschen?|anderen leuten)\b"
)
_TOLD = (
    r"(?:weitergegeben|weitergeleitet|weitergesagt|weitererzählt|offenbart|verraten|ausgeplaudert|"
    r"herausgegeben|rausgegeben|"
    r"preisgegeben|offengelegt|erzählt|mitgeteilt|geschickt|gesendet|gesagt|gemailt|zugestellt|gegangen|"
    r"gelandet|gezeigt)\b"
)

RULES = (
    *strange_papers.RULES,
    Rule(
        rf"{_MINE} (?:\w{{1,14}} ){{0,2}}?(?:bescheid\w?|brief\w?|unterlagen|akte|post|schreiben|"
        r"daten)\b[^.!?]{0,60}?"
        r"\b(?:auf dem kopierer|am kopierer|im flur|auf dem tresen|an meinen? (?:ex\w{0,6}|mann|frau|"
        r"vermieter\w{0,2}|chef|nachbar\w{0,2})|"
        r"bei (?:den |der |einem |meine[mn] )?(?:nachbar\w{0,2}|vermieter|"
        r"fremden))\b[^.!?]{0,30}?\b(?:lag|gegangen|gelandet|geschickt|"
        rf"gesendet|angekommen|verschickt|und)\b",
        "mein Bescheid ist an meinen Ex gegangen",
        "went to others",
        r"\bich (?:habe|hab)\b|\bselbst\b",
    ),
    Rule(
        r"\b(?:obwohl|trotz)\b[^.!?]{0,60}?\b(?:auskunftssperre|sperrvermerk)\b",
        "obwohl eine Auskunftssperre eingetragen ist",
        "a protected address",
    ),
    Rule(
        rf"{_MINE} (?:\w{{1,14}} ){{0,2}}?{_PRIVATE}\b[^.!?]{{0,60}}?\b(?:offen (?:auf|herum|rum|am|im|da|dort|"
        r"und)|lagen? offen|"
        r"für (?:jeden|alle) (?:sicht|les|ein)\w{2,6}|offen einsehbar|herumlag\w{0,2}|herumliegen|"
        r"im papierkorb|im müll|im internet|"
        r"im altpapier|im drucker)\b",
        "Meine Unterlagen lagen offen auf dem Tresen",
        "lay open",
    ),
    Rule(
        rf"{_MINE} (?:\w{{1,14}} ){{0,2}}?{_PRIVATE}\b[^.!?]{{0,60}}?\b(?:an|mit|bei|dem|der|den|meine[mnr]?|meiner) "
        rf"(?:\w{{1,12}} ){{0,2}}?{_OTHERS}[^.!?]{{0,40}}?{_TOLD}",
        "Sie haben meine Daten an Dritte weitergegeben",
        "told to others",
        r"\b(?:ich (?:habe|hab)|selbst|wenn|falls|nicht an dritte)\b",
    ),
    Rule(
        rf"\b(?:meine[mnr]?|dem|der|den|an) (?:\w{{1,12}} ){{0,2}}?{_OTHERS}[^.!?]{{0,50}}?\b(?:meine[rnm]?|"
        r"unsere[rnm]?|von mir|über mich) "
        rf"(?:\w{{1,14}} )?{_PRIVATE}[^.!?]{{0,50}}?{_TOLD}",
        "Er hat meinem Vermieter von meinen Schulden erzählt",
        "told to others",
        r"\b(?:ich (?:habe|hab)|selbst|wenn|falls)\b",
    ),
    Rule(
        rf"\b(?:meine[mnr]|dem|der|den) (?:\w{{1,12}} ){{0,2}}?{_OTHERS}[^.!?]{{0,50}}?{_TOLD}[^.!?]{{0,15}}?"
        r"\b(?:wo ich|dass ich|das ich|was ich|von mir|über mich)\b",
        "hat meiner Ex-Frau am Telefon erzählt, wo ich wohne",
        "told to others",
        r"\b(?:ich (?:habe|hab)|selbst|wenn|falls)\b",
    ),
    Rule(
        r"\b(?:wer hat|haben sie|hat (?:er|sie|frau|herr|ihr\w{0,2}))\b[^.!?]{0,40}?\b(?:meine\w?|die) (?:\w{1,14} )?"
        r"(?:daten|gesundheitsdaten|adresse|diagnose|akte)\b[^.!?]{0,40}?\b(?:weitergegeben|weitergeleitet|"
        r"rausgegeben|herausgegeben)\b",
        "Wer hat meine Gesundheitsdaten weitergegeben",
        "told to others",
    ),
    Rule(
        r"\bvor (?:allen|anderen|dem ganzen|der ganzen|versammelter)\b[^.!?]{0,60}?\b(?:diagnose|krankheit|"
        r"schulden|akte|kontoausz\w{1,5}|"
        r"adresse|bg-nummer)\b[^.!?]{0,40}?\b(?:vorgelesen|gelesen|gerufen|gesagt|erzählt|ausgebreitet|"
        r"besprochen|laut)\b",
        "vor allen Leuten meine Diagnose vorgelesen",
        "told to others",
    ),
    Rule(
        r"\bdatenweitergabe\b|\bweitergabe (?:meiner|unserer|von|fremder) (?:\w{1,16} )?daten\b|"
        r"\bdatenschutz[\s-]?(?:verletzung\w{0,2}|verstöße?|verstoß\w{0,2}|panne|vorfall|skandal|beschwerde|"
        r"problem|bruch)\b|"
        r"\bdaten(?:panne|leck|schutzvorfall)\b",
        "Das ist eine Datenpanne",
        "says so",
        r"\bkein\w{0,2}\b",
    ),
    Rule(
        r"\b(?:verstoß\w{0,2}|verstöße?|verletz\w{1,4}|missachte\w{0,2}|bruch)\b[^.!?]{0,40}?"
        r"\b(?:datenschutz\w{0,9}|schweigepflicht|sozialgeheimnis\w{0,2}|sozialdaten|privatsphäre|dsgvo)\b",
        "ein Verstoß gegen den Datenschutz",
        "says so",
        r"\b(?:kein\w{0,2}|unterliegt|wäre)\b",
    ),
    Rule(
        r"\b(?:dem|der|den|ihre[mnr]?) (?:\w{1,14} )?datenschutzbeauftragte[nr]?\b[^.!?]{0,30}?\b(?:gemeldet|"
        r"melden|informier\w{1,3}|prüfen|"
        r"einschalten|vorlegen)\b|\bmeldung an (?:ihre[n]?|den|die) datenschutzbeauftragte",
        "wurde das dem Datenschutzbeauftragten gemeldet",
        "asks for the data protection officer",
    ),
    Rule(
        r"\b(?:mein\w{0,2}|unser\w{0,2}|der|die|ein\w{0,2}) (?:nachbar\w{0,2}|vermieter\w{0,2}|"
        r"ex\w{0,8}|schwieger\w{1,8}|chef\w{0,2}|arbeitgeber\w{0,2}|fremde\w{0,2}|"
        r"mitbewohner\w{0,2}|mutter|vater) "
        r"(?:\w{1,10} ){0,2}?(?:hat|hatte|bekam|weiß|wusste) (?:\w{1,10} ){0,2}?(?:von |"
        rf"über )?(?:mein\w{{0,2}}) (?:\w{{1,14}} )?{_PRIVATE}[^.!?]{{0,20}}?(?:\b(?:bekommen|erhalten|gelesen|"
        r"in der hand|im briefkasten|"
        r"geöffnet|weil|gebracht)|[.!])",
        "Mein Nachbar hat meinen Bescheid bekommen",
        "told to others",
        r"\b(?:von mir|selbst|ich habe|geholfen)\b",
    ),
    Rule(
        r"\bmein\w{0,2} (?:krankmeldung|attest|daten|bescheid|adresse)\b[^.!?]{0,20}?\b(?:hing|hängt|aushang|"
        r"ausgehängt|am schwarzen brett|öffentlich)\b",
        "Meine Krankmeldung hing öffentlich aus",
        "lay open",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        r"\b(?:mein\w{0,2}|dem|der|den) (?:\w{1,12} )?(?:ex\w{0,8}|ex-?(?:mann|frau|freund\w{0,2}|"
        r"partner\w{0,2})|vermieter\w{0,2}|arbeitgeber\w{0,2}|nachbar\w{0,3}|chef\w{0,2}|"
        r"schwieger\w{1,8}) "
        rf"(?:\w{{1,10}} ){{0,3}}?mein\w{{0,2}} (?:\w{{1,12}} )?{_PRIVATE} (?:\w{{1,10}} ){{0,2}}?(?:gegeben|"
        r"genannt|übergeben|ausgehändigt|vorgelesen|gemailt|gefaxt|durchgegeben)\b",
        "hat meinem Ex meine neue Adresse gegeben",
        "told to others",
        r"\b(?:ich (?:habe|hab)|selbst|wenn|falls)\b",
    ),
    Rule(
        r"\b(?:offene[nmr]? (?:mail)?verteiler|im (?:offenen )?cc\b|in cc\b|an alle (?:teilnehmer|kunden|"
        r"empfänger))[^.!?]{0,60}?"
        r"\b(?:adresse\w?|mailadresse\w?|e-mail-adressen|sichtbar|lesen|namen|sehen)\b",
        "im offenen Verteiler waren alle Adressen sichtbar",
        "open list",
    ),
    Rule(
        r"\b(?:someone else's|somebody else's|another person's|other people's|a stranger's|"
        r"another client's)\b[^.!?]{0,25}?"
        r"\b(?:letter|notice|data|documents?|file|bescheid|name|details)\b|\bdata (?:breach|protection violation)\b|"
        r"\b(?:sent|gave|given|went)\b[^.!?]{0,30}?\bto the wrong (?:person|address|recipient|man|woman)\b",
        "I received someone else's letter",
        "English",
    ),
    Rule(
        r"\bчуж(?:ое|ой|ие|ими|их|им|ого) (?:\w{1,14} )?(?:письм|решени|данн|документ|бешайд|бумаг|bescheid|"
        r"фамили|адрес)|"
        r"\b(?:письмо|решение|документы|данные|бешайд) (?:другого|другой|чужого|чужой) (?:человек|женщин|семь|лиц)|"
        r"\bмо[ией]\w? (?:\w{1,14} )?(?:данны\w|документы|адрес|диагноз)[^.!?]{0,40}?(?:передали|отправили|"
        r"рассказали|сообщили)",
        "Мне пришло чужое письмо",
        "Russian",
    ),
    Rule(
        r"\bчуж(?:ий|а|е|і|ого|ої|их|ій) (?:\w{1,14} )?(?:лист|рішенн|дан|документ|бешайд|папер|bescheid|прізвищ|школ)|"
        r"\b(?:лист|рішення|документи|дані) (?:іншої|іншого|чужої|чужого) (?:людин|жінк|сім|особ|чолов)|"
        r"\bмо[їєя]\w? (?:\w{1,14} )?(?:дані|документи|адрес\w|діагноз)[^.!?]{0,40}?(?:передали|надіслали|"
        r"розповіли|повідомили)",
        "Мені прийшов чужий лист",
        "Ukrainian",
    ),
    Rule(
        r"\bba[şs]ka(?:s[ıi]n[ıi]n| birinin| birine ait| bir ki[şs]inin)[^.!?]{0,25}?(?:mektu|evrak|belge|"
        r"karar|bilgi|veri|dosya|bescheid|isim|ad[ıi])|"
        r"\b(?:bilgilerim|verilerim|evraklar[ıi]m|adresim|belgelerim)\w{0,5}[^.!?]{0,40}?(?:ba[şs]kas[ıi]na|"
        r"yanl[ıi][şs]|ev sahib|payla[şs])",
        "Bana başkasının mektubu geldi",
        "Turkish",
    ),
)
