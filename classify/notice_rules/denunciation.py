"""A report that somebody else cheats: handed over without evaluation and answered neutrally (rules.md).

Whoever defends themselves against such a report, or complains that they were reported, does not denounce.
"""

from classify.rules import Rule

_SOMEBODY = r"\b(?:mein\w{0,2}|unser\w{0,2}|de[rn]|die|ein\w{0,2}|dieser?|herrn?|frau|hier) (?:\w{1,16} ){0,3}?"
_BENEFIT = (
    r"(?:bürgergeld|hartz(?: ?(?:4|iv|vier))?|stütze|sozialhilfe|leistungen|grundsicherung\w{0,4}|"
    r"sozialleistungen|arbeitslosengeld|"
    r"geld vom (?:amt|jobcenter|staat)|geld von (?:ihnen|euch|jobcenter|amt))\b"
)
_AT_YOURS = r"(?:bei (?:ihnen|euch)|vo[nm] (?:ihnen|euch|amt|jobcenter)|bei ihnen im haus|beim (?:amt|jobcenter))\b"
_WORKS = (
    r"\b(?:arbeitet|jobbt|malocht|mauert|putzt|kellnert|schafft|repariert|verkauft|schlachtet|streicht|"
    r"fährt|baut|schneidet)\b"
)
_BLACK = (
    r"\b(?:schwarz\b(?! auf)|schwarzarbeit\w?|ohne (?:anmeldung|rechnung)|unangemeldet|nicht angemeldet|"
    r"bar auf die hand|unter der hand)"
)
_ACCUSED = (
    r"\b(?:mir|mich|ich (?:arbeite\w?|würde?|hätte|habe?|hab|bin|soll)|angeblich\w{0,2}|vorwurf|"
    r"vorgeworfen|unterstell\w{1,4}|zugetragen|"
    r"anhörung|verleumd\w{1,4}|behauptet|gegen mich|über mich|als ob|gelogen|falsche\w?|angezeigt worden|"
    r"ich schwarz|wegen angebl\w{1,6}|stünde|würde ich)\b"
)

RULES = (
    Rule(
        rf"{_SOMEBODY}[^.!?]{{0,60}}?{_WORKS}[^.!?]{{0,60}}?{_BLACK}",
        "Mein Nachbar arbeitet jeden Tag schwarz",
        "works unregistered",
        _ACCUSED,
    ),
    Rule(
        rf"{_BLACK}[^!?]{{0,80}}?\b(?:kassiert|bezieht|bekommt|kriegt|lebt von)\b[^.!?]{{0,40}}?(?:{_BENEFIT}|"
        rf"{_AT_YOURS})",
        "Schwarzarbeit auf dem Bau, und er bezieht Bürgergeld",
        "works unregistered",
        _ACCUSED,
    ),
    Rule(
        rf"\bkassiert\b(?! für)[^.!?]{{0,40}}?(?:{_BENEFIT}|{_AT_YOURS})",
        "Der Lippert kassiert bei euch und fährt Taxi",
        "takes benefits",
        _ACCUSED,
    ),
    Rule(
        rf"\b(?:bezieht|bekommt|kriegt|erhält)\b[^.!?]{{0,40}}?(?:{_BENEFIT}|"
        rf"{_AT_YOURS})[^!?]{{0,50}}?\b(?:schwarz\b|nebenbei|nebenher|obwohl (?:er|sie)|"
        r"und (?:arbeitet|schlachtet|fährt|mauert|putzt|vermietet|verdient|jobbt|wohnt gar|verkauft|"
        r"hat (?:ein|drei|zwei) (?:haus|autos?|wohnung))|"
        r"verschweigt|dabei (?:hat|verdient|arbeitet|wohnt) (?:er|sie))",
        "Die Nachbarin bezieht Bürgergeld und arbeitet nebenbei",
        "takes benefits",
        rf"{_ACCUSED}|\b(?:darf|dürfte|muss|einstellen)\b",
    ),
    Rule(
        rf"{_WORKS}[^.!?]{{0,60}}?\b(?:bezieht|kassiert|bekommt|kriegt)\b[^.!?]{{0,30}}?(?:trotzdem|"
        rf"gleichzeitig|nebenbei|noch|dazu|weiter|dabei|auch)[^.!?]{{0,25}}?{_BENEFIT}",
        "Sie putzt bei drei Familien und bezieht trotzdem Bürgergeld",
        "takes benefits",
        rf"{_ACCUSED}|\bdarf\b",
    ),
    Rule(
        rf"\b(?:fremde|ganze|jeden|täglich|jede|jedes)\b[^.!?]{{0,60}}?\bbezieht\b[^.!?]{{0,40}}?{_BENEFIT}",
        "streicht werktags fremde Fassaden und bezieht Stütze",
        "takes benefits",
        rf"{_ACCUSED}|\bmein (?:schwager|sohn|mann)\b",
    ),
    Rule(
        r"\b(?:hinweis\w?|meldung|anzeige|tipp|beobachtung\w{0,2}|verdacht) (?:auf|über|wegen|zu|zur|von|"
        r"auf einen|eines?) (?:\w{1,14} )?"
        r"(?:schwarzarbeit\w?|leistungsmissbrauch|leistungsbetrug|sozialbetrug|sozialleistungsbetrug|"
        r"missbrauch von|betrug)",
        "Hinweis auf Leistungsmissbrauch",
        "says so",
        rf"{_ACCUSED}|\bnicht angezeigt|\bhinweise auf",
    ),
    Rule(
        r"\b(?:möchten?|will|wollen|wollte|muss|müssen)\b[^.!?]{0,40}?\b(?:anonym\w{0,2}|hinweis|tipp|melden|"
        r"anzeigen|mitteilen|anzeige)\b[^!?]{0,80}?"
        r"(?:\bschwarz\b|\bschwarzarbeit\w?|\b\w{0,17}betrug\b|\bbetrügt|leistungsmissbrauch|nicht angemeldet|"
        r"\bkassiert)|"
        r"\b(?:möchten?|will|wollen|wollte|muss|müssen)\b[^.!?]{0,30}?\b(?:schwarzarbeit\w?|\w{0,17}betrug|"
        r"leistungsmissbrauch)\b[^.!?]{0,20}?\b(?:melden|anzeigen|mitteilen)\b",
        "Ich möchte anonym melden, dass in Nr. 12 schwarz gearbeitet wird",
        "reports",
        _ACCUSED,
    ),
    Rule(
        r"\bmelde\w? (?:ich )?(?:ihnen|euch|hiermit)\b[^.!?]{0,30}?\bdass (?:der|die|ein\w{0,2}|"
        r"mein\w{0,2}|herr|frau|unser\w{0,2}|in)\b[^!?]{0,160}?"
        rf"(?:{_BLACK}|{_BENEFIT}|\bnebenbei\b|\bbaustelle\b|\barbeitet\b)",
        "melde ich Ihnen, dass der Herr im Erdgeschoss schwarz arbeitet",
        "reports",
        _ACCUSED,
    ),
    Rule(
        r"\b(?:betrügt|bescheißt|belügt|hintergeht|prellt) (?:\w{1,10} )?(?:das amt|euch|sie|das jobcenter|"
        r"den staat|die behörde|ihr amt|den steuerzahler)\b",
        "Meine Schwägerin betrügt das Amt",
        "cheats",
        rf"{_ACCUSED}|\b(?:jobcenter|maßnahmeträger|träger) betrügt",
    ),
    Rule(
        r"\b(?:verschweigt|verheimlicht|unterschlägt)\b[^.!?]{0,40}?\b(?:einkommen|job|arbeit|freund|partner|"
        r"vermögen|erbe|erbschaft|konto|"
        r"auto|haus|miete|lohn|nebenjob|minijob|einkünfte|mieteinnahmen|mann|lebensgefährt\w{1,3}|geld|"
        r"eigentum\w{0,8})\b",
        "Sie verschweigt ihnen ihr Erbe",
        "conceals",
        rf"{_ACCUSED}|\b(?:jobcenter|sachbearbeiter\w{{0,2}}|arbeitgeber|firma|zeugnis|amt)\b",
    ),
    Rule(
        r"\b(?:gibt|gab|meldet|hat)\b[^.!?]{0,30}?\b(?:sein\w{0,2}|ihr\w{0,2}|den|das|"
        r"die) (?:\w{1,12} )?(?:nebenjob|minijob|job|lohn|freund|einkommen|arbeit|"
        r"einkünfte|erbe|partner|mann)\b[^.!?]{0,20}?\b(?:nicht an\b|bei (?:ihnen|euch) nicht|nie angegeben|"
        r"nicht gemeldet|nicht angegeben|nie gemeldet)",
        "Er meldet seinen Nebenjob bei euch nicht",
        "conceals",
        rf"{_ACCUSED}|\b(?:firma|chef|arbeitgeber|amt|jobcenter|finanzamt)\b",
    ),
    Rule(
        r"\b(?:als|angeblich) (?:allein\w{0,10}|single)[^!?]{0,80}?\b(?:freund|partner|mann|lebensgefährte|"
        r"kerl|vater des kindes)\b[^.!?]{0,40}?\b(?:wohnt|lebt|schläft)\b",
        "ist als alleinerziehend gemeldet, aber ihr Freund wohnt dort",
        "conceals",
        r"\b(?:ich|mir|mich|mein\w{0,2})\b",
    ),
    Rule(
        r"\b(?:wohnt|lebt|ist) (?:\w{1,12} )?(?:gar nicht|längst nicht|seit \w{3,10} nicht|"
        r"nicht) (?:\w{1,10} )?(?:dort|hier|in deutschland|da|mehr da)\b"
        rf"[^!?]{{0,60}}?(?:{_BENEFIT}|kassiert|\bbekommt\b[^.!?]{{0,20}}?\bmiete\b)|"
        rf"(?:{_BENEFIT})[^!?]{{0,40}}?\b(?:wohnt|lebt|ist) (?:\w{{1,12}} )?(?:gar nicht|"
        r"längst nicht) (?:\w{1,10} )?(?:dort|hier|in deutschland|da)\b",
        "wohnt gar nicht hier und kassiert die Miete",
        "conceals",
        _ACCUSED,
    ),
    Rule(
        rf"\blebt (?:von|vom) (?:{_BENEFIT}|amt|staat|jobcenter)[^!?]{{0,50}}?\b(?:schwarz|nebenher|nebenbei|"
        r"obwohl (?:er|sie)|bar auf die hand)\b|"
        r"\blässt sich (?:\w{1,8} )?(?:vom amt|von euch|von ihnen|vom staat|"
        r"vom jobcenter)\b[^.!?]{0,30}?\b(?:bezahlen|zahlen|finanzieren|aushalten)\b|"
        rf"\bverdient (?:\w{{1,12}} ){{0,3}}?{_BLACK}",
        "Mein Exmann verdient schwarz dazu",
        "takes benefits",
        _ACCUSED,
    ),
    Rule(
        r"\b(?:den|die|das|was) (?:er|sie) (?:euch|ihnen) (?:nicht|nie) (?:sagt|meldet|angibt|angegeben|"
        r"gesagt|gemeldet)\b|\bgibt (?:\w{1,10} ){0,3}?nicht alles an\b|"
        r"\b(?:hier|da|dort|bei uns) betrügt\b|\b(?:arbeitet|jobbt) (?:\w{1,10} )?(?:vollzeit|"
        r"voll)\b[^.!?]{0,60}?\b(?:bei (?:ihnen|euch)|arbeitslos|arbeitssuchend) gemeldet\b",
        "einen Putzjob, den sie euch nicht sagt",
        "conceals",
        _ACCUSED,
    ),
    Rule(
        rf"\b{_BENEFIT} (?:bezieht|bekommt|kassiert|kriegt) und (?:gleichzeitig|nebenbei|nebenher|trotzdem|"
        rf"dabei)|\b(?:bezieht|bekommt|kriegt|kassiert)\b[^.!?]{{0,40}}?{_BENEFIT}[^.!?]{{0,10}}?"
        r"\bund gleichzeitig\b|"
        r"\bdas geld (?:für|von) (?:sie|ihn|die|den)\b[^.!?]{0,20}?\bkassiert\b|\b(?:arbeitet|"
        r"jobbt)\b[^.!?]{0,50}?\bund kassiert\b|\bkassiert (?:er|sie|die|der) (?:\w{1,10} )?(?:trotzdem|"
        r"doppelt|weiter|ab)\b",
        "dass mein Vermieter Bürgergeld bezieht und gleichzeitig vermietet",
        "takes benefits",
        _ACCUSED,
    ),
    Rule(
        r"\b(?:er|sie|der|die|herr \w{1,20}|frau \w{2,20})\b[^.!?]{0,50}?\b(?:nicht|nie|"
        r"nirgends) (?:angegeben|gemeldet|angemeldet) (?:hat|haben)\b|\banonyme[rs]? (?:hinweis|tipp|"
        r"meldung) (?:zu|über|an|auf|!|:)|^[^!]{0,20}\banonyme[rs]? (?:hinweis|tipp|meldung)\b|"
        r"\bschwarz (?:schraub|putz|arbeit|kellner|bau|mauer|fahr|verkauf|streich|schneid|jobb|renovier|"
        r"fliest?)\w{0,4}t\b(?! ich)",
        "ein Gewerbe, das er nicht angegeben hat",
        "conceals",
        rf"{_ACCUSED}|\b(?:mein\w{{0,2}} (?:sohn|mann|frau|tochter)|firma|chef|träger|arbeitgeber|"
        r"sachbearbeiter\w{0,2}|ich)\b",
    ),
    Rule(
        rf"\b(?:{_BENEFIT}|{_AT_YOURS}) (?:\w{{1,10}} ){{0,2}}?(?:kassiert|zieht|abkassiert|einstreicht|abgreift)\b|"
        r"\b(?:arbeiten|jobben|putzen|mauern) (?:\w{1,12} ){0,5}?(?:leute|männer|frauen|kollegen|einige|"
        r"mehrere|welche|zwei|drei) (?:\w{1,10} ){0,2}?schwarz\b(?! auf)",
        "dass der Herr vom Kirschgrund nebenbei Stütze zieht",
        "takes benefits",
        rf"{_ACCUSED}|\b(?:jobcenter|träger|vermieter)\b",
    ),
    Rule(
        r"\b(?:he|she|neighbou?r|they|who|tenant|ex|guy|man|woman)\b[^.!?]{0,40}?\b(?:works?|"
        r"working) (?:\w{1,12} ){0,3}?(?:illegally|off the books|cash in hand|under the table|"
        r"without papers|unregistered|for cash)\b|\b(?:report|reporting)\b[^.!?]{0,25}?\b(?:benefit|welfare|"
        r"social) fraud\b",
        "My neighbour works off the books",
        "English",
        r"\b(?:accus\w{2,5}|me of|that i)\b",
    ),
    Rule(
        r"\b(?!я )(?:\w{2,20} )работает (?:\w{1,12} ){0,3}?(?:по-?ч[её]рному|нелегально|неофициально|"
        r"на черн\w{1,3}|на ч[её]рную|без оформления)|"
        r"\bполуча[ею]т (?:\w{1,12} )?(?:пособи|бюргергельд|bürgergeld)[^!?]{0,50}?(?:а сам|и работа|"
        r"нелегально|по-?ч[её]рному|скрыва)",
        "Сосед работает по-чёрному",
        "Russian",
        r"\b(?:меня|обо мне|я|якобы)\b",
    ),
    Rule(
        r"\b(?!я )(?:\w{2,20} )працює (?:\w{1,12} ){0,3}?(?:по-?чорному|нелегально|неофіційно|без оформлення)|"
        r"\bотриму[єю]\w{0,2} (?:\w{1,12} )?(?:допомог|виплат|bürgergeld)[^!?]{0,50}?(?:а сам|і працю|"
        r"нелегально|по-?чорному|приховує)",
        "Сусід працює нелегально",
        "Ukrainian",
        r"\b(?:мене|про мене|я|нібито)\b",
    ),
    Rule(
        r"\b(?:kom[şs]u\w{0,5}|o|adam|kad[ıi]n|eski \w{2,8}|ki[şs]i|biri)\b[^.!?]{0,40}?\b(?:ka[çc]ak|"
        r"sigortas[ıi]z) [çc]al[ıi][şs][ıi]yor\b(?!um)|"
        r"\b(?:jobcenter|devlet|sosyal)\w{0,5}[^.!?]{0,20}?(?:para|"
        r"yard[ıi]m) al[ıi]yor\b[^.!?]{0,30}?(?:[çc]al[ıi][şs][ıi]yor\b(?!um)|doland[ıi]r)|"
        r"\bdoland[ıi]r[ıi]yor\b(?!um)",
        "Komşum kaçak çalışıyor",
        "Turkish",
        r"\b(?:beni|benim|bana|hakk[ıi]mda|i[şs]veren\w{0,3})\b",
    ),
)
