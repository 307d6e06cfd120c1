"""A possible breach of data protection (Art. 33 DSGVO, 72 hours): it warns at once.

Counts: another person's papers or data came to the writer, the writer's own came to somebody else, lay open or were
told to others. Demanding too many papers, or "aus Datenschutzgründen" as an excuse, do not.
"""

from classify.rules import Rule

_PAPER = (
    r"(?:\w{0,20}bescheide?s?|briefe?s?|schreiben|\w{0,8}unterlagen|\w{0,14}daten|post|akten?|papiere?|"
    r"kontoausz\w{1,5}|"
    r"lebenslauf|lebensläufe|dokumente?|anlagen?|antrag|blatt|blätter|atteste?|mietvertrag|ausweis\w{0,5}|"
    r"gehaltszettel|lohnabrechnung\w{0,2})"
)
_STRANGE = (
    r"(?:fremde[nrsm]?|wildfremde[nrsm]?|andere[nr] (?:kund\w{1,3}|person|leuten?|familie|frau|mannes?|"
    r"namen?|bürger\w{0,2})|jemand ander\w{1,2})"
)
_GOT = (
    r"\b(?:bekommen|erhalten|gekriegt|zugeschickt|geschickt|zugesandt|umschlag|kuvert|briefkasten|beigelegt|dazwischen|"
    r"lag|lagen|gelandet|portal|postfach|konto|gesehen|sehen|angezeigt|drin|dabei|öffnete|geöffnet)\b"
)
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
    Rule(
        rf"\b{_STRANGE} (?:\w{{1,14}} ){{0,3}}?{_PAPER}\b[^.!?]{{0,80}}?{_GOT}",
        "Ich habe fremde Unterlagen bekommen",
        "another's papers",
        r"\b(?:aus|in|mit|einem|keine) anderen\b|\banderen (?:tag|monat)|\bverlang\w{0,2}\b|\balle anderen\b|"
        r"\bdie anderen\b",
    ),
    Rule(
        rf"{_GOT}[^.!?]{{0,60}}?\b(?:fremde[nrsm]?|einer? fremden) (?:\w{{1,14}} ){{0,2}}?(?:{_PAPER}|person|"
        r"frau|mannes|namen?|leute\w?)\b",
        "Im Umschlag lag der Bescheid einer fremden Person",
        "another's papers",
        r"\bverlang\w{0,2}\b|\bfremden leuten\b",
    ),
    Rule(
        rf"\b{_PAPER} (?:\w{{1,12}} )?(?:einer|eines|von einer|von einem|für eine|für einen|an eine|an einen|"
        r"für|von) (?:ganz |mir |völlig )*"
        r"(?:fremden|anderen|unbekannten|wildfremden)\b(?: (?:person|kund\w{1,3}|familie|frau|mannes?|"
        r"bürger\w{0,2}|leistungs\w{1,14}|"
        r"namens|menschen|leuten?|herrn|mieter\w?|nummer|bg|bedarfsgemeinschaft|schülers|teilnehmer\w{0,2}))",
        "Bescheid einer anderen Familie",
        "another's papers",
        r"\b(?:verlang\w{0,2}|wie|als)\b",
    ),
    Rule(
        r"\b(?:in|bei|hinter|mit|zwischen) (?:dem|den|meine[mnr]?|unsere[mnr]?|"
        r"ihrem) (?:\w{1,12} )?(?:umschlag|kuvert|brief|bescheid|post|"
        rf"unterlagen)\b[^.!?]{{0,60}}?(?:\b{_STRANGE}\b|nicht für mich|nicht (?:mir|uns) gehör|nicht mein)",
        "In meinem Umschlag war ein fremder Brief",
        "another's papers",
        r"\b(?:aus|ein|zum|am|mit|und) anderen\b",
    ),
    Rule(
        r"\bfremde[rsnm]? (?:brief\w?|bescheid\w?|daten|unterlagen|akten?|post|bewerberdaten)\b[^!?.]{0,40}!|"
        r"\b(?:\w{3,12})?daten von (?:fremden|anderen) leuten\b",
        "Fremder Brief in meinem Umschlag!",
        "another's papers",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        r"\bfalsche[nrm]? (?:empfänger\w{0,3}|adressat\w{0,2}|briefkasten)\b|\ban (?:die|"
        r"eine) falsche (?:person|adresse|anschrift|frau|"
        r"familie|e-?mail\w{0,9}|mail\w{0,9})\b|\ban den falschen (?:mann|herrn|kunden|briefkasten)\b|"
        r"\bfalsch zugestellt\b",
        "Mein Bescheid ging an die falsche Adresse",
        "wrong recipient",
        r"\b(?:versehentlich|irrtümlich erhalten|wenn sie|falls|sollten|sollte|bin ich|vielleicht)\b",
    ),
    Rule(
        r"\b(?:dieser|der|ihr|das|diese|die|ein|"
        rf"einen) (?:\w{{1,14}} )?{_PAPER}\b[^.!?]{{0,40}}?\b(?:nicht (?:an mich|für mich|für uns|"
        r"mein\w{0,2} name)|gehört mir nicht|gehört nicht mir|gar nicht meiner|betrifft mich nicht)\b",
        "Der Brief ist nicht für mich",
        "another's papers",
        r"\bgeld\b",
    ),
    Rule(
        r"\b(?:daten|post|briefe?|bescheid\w?|unterlagen|schreiben|papiere|akte|lohnabrechnung|"
        r"kontoauszüge) (?:von |für )(?:jemand|wem|einem) ander\w{1,2}\b",
        "Ich habe die Daten von jemand anderem bekommen",
        "another's papers",
        r"\b(?:verlang\w{0,2}|brauche)\b",
    ),
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
        r"\b(?:akten|unterlagen|bescheide|daten|listen?) (?:von |der |mit )?(?:\w{1,14} ){0,2}?(?:anderer|"
        r"anderen|fremder|namen)\b"
        rf"[^.!?]{{0,60}}?(?:offen|herum|lesbar|lesen|sichtbar|einsehbar|sehen|{_GOT})",
        "Auf dem Tisch lagen Akten anderer Leute offen herum",
        "lay open",
        r"\bverlang\w{0,2}\b",
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
        rf"\b{_PAPER}\b[^.!?]{{0,60}}?\b(?:den|die|das) ich (?:gar |überhaupt )?nicht kenne\b|"
        rf"\b{_PAPER} von (?:irgendwem|irgendjemand\w{{0,3}}|wem anders|jemand fremdem)\b|"
        r"\bdas sind (?:\w{1,10} )?(?:die )?(?:daten|unterlagen|papiere) (?:von|für) (?:frau|herrn|familie|jemand)\b|"
        r"\bname (?:auf|in) (?:dem|der) \w{4,20} ist nicht mein|\bfalsche person\b|\b(?:ich bin|bin) (?:aber |"
        r"gar )?nicht (?:der |die )?(?:herr|frau) \w{2,20}",
        "ein Bescheid von einem Herrn Kühne, den ich nicht kenne",
        "another's papers",
        r"\b(?:sie sind|habe)\b",
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
        r"\b(?:umschlag|brief|kuvert|post|schreiben)\b[^.!?]{0,30}?\b(?:steckte|lag|lagen|war|waren|"
        rf"fand)\b[^.!?]{{0,20}}?\b{_PAPER} (?:für|an|von) (?:eine[nrm]? )?(?:herrn|frau|familie)\b",
        "Im Brief an mich steckte ein Schreiben für Familie Krause",
        "another's papers",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        rf"\b{_PAPER} (?:für|von|an) (?:eine[nrm]? )?(?:herrn|frau|familie) (?:\w{{2,20}}) (?:zugesandt|"
        r"mitgeschickt|beigelegt|im umschlag|dabei)\b",
        "Es war ein Bescheid für Frau Krause dabei",
        "another's papers",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        rf"\b{_PAPER}\b[^.!?]{{0,60}}?\bmich nichts? an(?:geht|gehen)\b",
        "Sie schicken mir Unterlagen, die mich nichts angehen",
        "another's papers",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        r"\bmein\w{0,2} (?:krankmeldung|attest|daten|bescheid|adresse)\b[^.!?]{0,20}?\b(?:hing|hängt|aushang|"
        r"ausgehängt|am schwarzen brett|öffentlich)\b",
        "Meine Krankmeldung hing öffentlich aus",
        "another's papers",
        r"\bverlang\w{0,2}\b",
    ),
    Rule(
        r"\b(?:bescheid\w?|brief\w?|unterlagen|akte|post|schreiben|kontoauszüge|daten) (?:von |für |"
        r"an )?(?:jemand|wem|irgend ?wem|eine[nmr]?|die) (?:ganz |völlig |wild)?(?:ander\w{1,2}|"
        r"fremd\w{1,2})\b"
        r"(?: (?:person|frau|mann|leute|familie|kund\w{1,3}|adresse|anschrift|herrn|nummer|"
        r"empfänger\w{0,2})\b|[^.!?]{0,25}?\b(?:lag|lagen|bekommen|erhalten|geschickt|gesendet|gegangen|drin|"
        r"dabei)\b)",
        "meine Unterlagen an eine andere Person geschickt",
        "another's papers, or to another",
        r"\b(?:verlang\w{0,2}|möchte|brauche|soll|bitte|ich habe|behörde)\b",
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
        r"\b(?:anträge|unterlagen|akten|bescheide|briefe|namen|listen?|papiere|ausweise) (?:von )?(?:anderer|"
        r"anderen|fremder|der anderen) (?:leute\w?|kund\w{1,3}|personen|menschen|teilnehmer\w?|familien)\b"
        r"(?![^.!?]{0,30}\bverlang)",
        "Am Empfang lagen die Anträge anderer Leute",
        "another's papers",
        r"\b(?:verlang\w{0,2}|wie|als)\b",
    ),
    Rule(
        r"\b(?:offene[nmr]? (?:mail)?verteiler|im (?:offenen )?cc\b|in cc\b|an alle (?:teilnehmer|kunden|"
        r"empfänger))[^.!?]{0,60}?"
        r"\b(?:adresse\w?|mailadresse\w?|e-mail-adressen|sichtbar|lesen|namen|sehen)\b",
        "im offenen Verteiler waren alle Adressen sichtbar",
        "open list",
    ),
    Rule(
        r"\b(?:angemeldet|eingeloggt|melde mich|logge mich|portal|jobcenter\.digital|app)\b[^!?]{0,80}?"
        r"\b(?:fremde[nr]?|anderer|anderen) (?:\w{1,12} )?(?:daten|namen?|bescheide?|konto|person|frau|"
        r"kund\w{1,3}|nachrichten|profil)\b",
        "Im Portal sehe ich fremde Daten",
        "another's account",
        r"\b(?:in einem|ein|mit dem) anderen\b",
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
