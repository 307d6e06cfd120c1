"""Another person's papers or data came to the writer or lay open to them: a possible breach (breach.py)."""

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
        r"\b(?:akten|unterlagen|bescheide|daten|listen?) (?:von |der |mit )?(?:\w{1,14} ){0,2}?(?:anderer|"
        r"anderen|fremder|namen)\b"
        rf"[^.!?]{{0,60}}?(?:offen|herum|lesbar|lesen|sichtbar|einsehbar|sehen|{_GOT})",
        "Auf dem Tisch lagen Akten anderer Leute offen herum",
        "lay open",
        r"\bverlang\w{0,2}\b",
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
        r"\b(?:anträge|unterlagen|akten|bescheide|briefe|namen|listen?|papiere|ausweise) (?:von )?(?:anderer|"
        r"anderen|fremder|der anderen) (?:leute\w?|kund\w{1,3}|personen|menschen|teilnehmer\w?|familien)\b"
        r"(?![^.!?]{0,30}\bverlang)",
        "Am Empfang lagen die Anträge anderer Leute",
        "another's papers",
        r"\b(?:verlang\w{0,2}|wie|als)\b",
    ),
    Rule(
        r"\b(?:angemeldet|eingeloggt|melde mich|logge mich|portal|jobcenter\.digital|app)\b[^!?]{0,80}?"
        r"\b(?:fremde[nr]?|anderer|anderen) (?:\w{1,12} )?(?:daten|namen?|bescheide?|konto|person|frau|"
        r"kund\w{1,3}|nachrichten|profil)\b",
        "Im Portal sehe ich fremde Daten",
        "another's account",
        r"\b(?:in einem|ein|mit dem) anderen\b",
    ),
)
