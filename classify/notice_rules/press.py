"""The press asks: always before the officer, never into spam (rules.md). A threat to go to the press is none."""

from classify.rules import Rule

_PAPER = (
    r"(?:\w{0,16}zeitung|\w{0,14}magazin|\w{0,12}kurier|\w{0,12}anzeiger|\w{0,12}blatt|\w{0,6}rundfunk|"
    r"\w{0,12}radio|\w{0,12}fernsehen|podcast\w?|sender|tv)\b"
)
_JOB = (
    r"(?:journalist\w{0,3}|redakteur\w{0,2}|reporter\w{0,2}|volontär\w{0,2}|redaktionsleit\w{1,5}|"
    r"korrespondent\w{0,2}|fotoreporter\w{0,2})\b"
)
_OTHERS = (
    r"\b(?:mein\w{0,2}|kenne?|kennt|war|früher|gewesen|ehemalig\w{1,2}|sonst|dann|geh\w{0,2}|sag\w{0,2}|"
    r"zur|der|dem|beim?|ein|einen|einem|den|hat|"
    r"umschulung|wollte|möchte|werden|weiterbildung)\b"
)

RULES = (
    Rule(
        r"\b(?:presse|interview|medien|dreh|journalisten|redaktions|recherche|hintergrund)[\s-]?anfrage\w?\b|"
        r"\bdrehgenehmigung\b|\binterviewtermin\b",
        "Presseanfrage zu Wartezeiten",
        "asks as the press",
        r"\b(?:mein\w{0,2}|ihre|eine) presseanfrage an\b",
    ),
    Rule(
        r"\b(?:liebe|sehr geehrte\w?|geehrte|an die|hallo|in die|guten (?:tag|morgen|abend)|werte|"
        r"liebes)\b[^.!?]{0,20}?\bpresse(?:stelle|team|abteilung|sprecher\w{0,2})\b",
        "Liebe Pressestelle",
        "writes to the press office",
        r"\b(?:kopie|geh\w{0,2}|auch)\b",
    ),
    Rule(
        r"\b(?:zitat|stellungnahme|statement|auskunft|antwort) (?:\w{1,12} )?(?:ihrer|der) pressestelle\b|"
        r"\bpresserecht\w{0,6}|\b§ ?4 \w{0,8}pressegesetz",
        "Über ein Zitat Ihrer Pressestelle würde ich mich freuen",
        "asks as the press",
    ),
    Rule(
        rf"\b(?:ich bin|bin|als|freier?) (?:\w{{1,12}} )?{_JOB}",
        "Ich bin Redakteurin bei der Talzeitung",
        "is from the press",
        rf"{_OTHERS}|\b(?:arbeitslos\w{{0,2}}|stelle|bewerb\w{{1,5}}|vermittelt|selbst\w{{0,2}}ig)\b",
    ),
    Rule(
        rf"\bfreie[r]? {_JOB}|\b{_JOB}[^.!?]{{0,12}}?\b(?:bei|beim|für|der|des|vom) (?:de[rm] |"
        rf"die )?(?:\w{{1,16}} ){{0,2}}?{_PAPER}",
        "Claussen, freie Journalistin",
        "is from the press",
        r"\b(?:mein\w{0,2}|kenne?|kennt|war|früher|ehemalig\w{1,2}|sonst|dann|geh\w{0,2}|zur|umschulung|"
        r"wollte|werden)\b",
    ),
    Rule(
        r"\brecherchiere?n?\b[^.!?]{0,60}?\b(?:für|zum thema|zu|über|beitrag|artikel|sendung|geschichte)\b",
        "Wir recherchieren für einen Beitrag über Wartezeiten",
        "asks as the press",
        r"\b(?:hab|habe|haben|selbst|wenn|dann|mal|jobsuche|stellen\w{0,10}|sollen|bitte|sie)\b",
    ),
    Rule(
        r"\b(?:für|an|in) (?:einen?|eine|unsere[nr]?|die|eine[rm]) (?:\w{1,16} ){0,2}?(?:\w{0,14}beitrag|"
        r"artikel|\w{0,8}reportage\w{0,6}|\w{0,8}sendung|podcast\w{0,8}|titelgeschichte|"
        r"dokumentation|sonderseite|serie|reihe)\b[^!?]{0,80}?\b(?:wir|ich|suchen?|bitten?|interview\w{0,3}|"
        r"drehen|stellungnahme|fragen|sprechen|zitieren|veröffentlich\w{1,3}|erscheint)\b",
        "für unsere Reihe suchen wir eine Mitarbeiterin zum Interview",
        "asks as the press",
        r"\b(?:rundfunk|beiträge|krankenkasse|monat|mitglieds?)\w{0,8}\b|\bspende",
    ),
    Rule(
        r"\bredaktionsschluss\b|\bin (?:unserer|der) (?:nächsten |kommenden |morgigen )?(?:wochenend|samstags|"
        r"sonntags|oster|weihnachts|sommer)?ausgabe\b|\b(?:bevor|ehe) (?:wir|"
        r"ich) (?:\w{1,12} )?(?:veröffentlich|bericht)\w{1,3}",
        "Redaktionsschluss ist am Freitag",
        "asks as the press",
        r"\b(?:gelesen|gestanden|stand|las)\b",
    ),
    Rule(
        r"\b(?:wir|ich) (?:möchten?|wollen|planen|werden|berichten?|drehen|"
        rf"schreiben?) (?:\w{{1,14}} ){{0,4}}?(?:berichten|beitrag|artikel|reportage|film|interview|{_PAPER})",
        "Wir planen einen Beitrag über Ihr Haus",
        "asks as the press",
        r"\b(?:wenn|sonst|dann|falls|an die|der|zur)\b",
    ),
    Rule(
        r"\b(?:lokal|nachrichten|online|wirtschafts|text)?redaktion(?: \w{1,16}){0,3}[^.!?\w]{0,3}$|"
        r"\bredaktion (?:\w{0,16}zeitung|\w{0,12}kurier|\w{0,12}anzeiger|\w{0,12}blatt)\b",
        "!Viele Grüße Jan Beispiel, Lokalredaktion",
        "signed by the press",
        r"\b(?:kopie|verteiler|liebe|an die|geht|geschäftsführung|ausfertigung|interesse|cc|hat|freut)\b",
    ),
    Rule(
        rf"\bwir (?:vom|von der|von) (?:\w{{1,14}} ){{0,2}}?{_PAPER}|"
        r"\bschreibe (?:ich )?(?:gerade )?für (?:die|das|den|eine|ein|"
        rf"einen) (?:\w{{1,16}}[\s-]){{0,2}}?(?:{_PAPER}|nachrichten\b)|"
        r"\b(?:kamera|film|fernseh|dreh)team\b|\b(?:anfrage|frage) (?:der|aus der|"
        r"unserer) (?:\w{0,10})redaktion\b|\bfür die ausgabe (?:am|vom|von)\b",
        "Wir vom Stadtmagazin hätten gern ein Gespräch",
        "asks as the press",
        r"\b(?:mein\w{0,2}|umschulung|arbeite)\b",
    ),
    Rule(
        r"\b(?:unsere|die|meine) redaktion (?:bittet|möchte|hätte|plant|fragt|braucht|benötigt|recherchiert|"
        r"berichtet)\b|\bfreier? (?:autorin?|filmemacher\w{0,2}|"
        r"fotograf\w{0,2})\b[^.!?]{0,60}?\b(?:artikel|beitrag|film|text|reportage|buch)\b|"
        rf"\bfür (?:das|die|den|unser\w{{0,2}}) (?:\w{{1,14}} ){{0,2}}?{_PAPER}[^.!?]{{0,20}}?\b(?:drehen|"
        r"berichten|schreiben|produzieren|arbeiten wir)\b|\b(?:ndr|ard|zdf|rtl|mdr|wdr|"
        r"dpa)\b[^.!]{0,30}?\banfrage\b",
        "Unsere Redaktion bittet um Beantwortung folgender Fragen",
        "asks as the press",
    ),
    Rule(
        r"\b(?:für|in) (?:unsere[nmr]?|einen?|eine[nmr]?|den|die|meinen?) (?:\w{1,14} ){0,2}?(?:radio|fernseh|"
        r"tv|zeitungs|online|film|hörfunk|magazin|presse|podcast)[\s-]?(?:beitrag\w?|artikels?|bericht\w?|"
        r"reportage|sendung|folge|text\w?)\b",
        "Können Sie uns für einen Zeitungsartikel Zahlen nennen?",
        "asks as the press",
        r"\b(?:stand|las|gelesen|gesehen|kam|lief)\b",
    ),
    Rule(
        r"\b(?:freelance|i am a|i'm a|as a|local) (?:\w{1,12} )?(?:journalist|reporter|editor)\b|"
        r"\bpress (?:inquiry|enquiry|request|query|team|office)\b|"
        r"\bfor (?:an article|a feature|a story|a documentary|our podcast)\b",
        "I am a journalist preparing a feature",
        "English",
        r"\b(?:was|used to|become|job)\b",
    ),
    Rule(
        r"\bя (?:\w{1,15} )?(?:журналист\w{0,3}|корреспондент\w{0,3}|репорт[её]р)\b|"
        r"\bзапрос (?:от )?(?:прессы|редакции|сми)|\bпресс-служб|\b(?:готовим|пишу|"
        r"готовлю) (?:\w{1,12} )?(?:статью|репортаж|сюжет)",
        "Я журналист, готовлю статью",
        "Russian",
        r"\b(?:был|была|раньше|работал\w?|бывш\w{2,3}|безработн\w{2,3})\b",
    ),
    Rule(
        r"\bя (?:\w{1,15} )?(?:журналіст\w{0,3}|кореспондент\w{0,3}|репортер\w{0,3})\b|"
        r"\bзапит (?:від )?(?:преси|редакції|змі)|\bпрес-служб|\b(?:готуємо|пишу|"
        r"готую) (?:\w{1,12} )?(?:статтю|репортаж|сюжет)",
        "Я журналістка, готую статтю",
        "Ukrainian",
        r"\b(?:був|була|раніше|працював|працювала|колишн\w{1,3}|безробітн\w{1,3})\b",
    ),
    Rule(
        r"\b(?:gazeteciyim|muhabiriyim|muhabirim)\b|\bbas[ıi]n (?:sorusu|talebi|dan[ıi][şs]man\w{0,5})|"
        r"\br[öo]portaj (?:yapmak|talebi|i[çc]in)|\bhaber i[çc]in\b|\bgazetesi(?:nden|nde)\b",
        "Ben gazeteciyim",
        "Turkish",
        r"\b(?:eskiden|i[şs]siz|okudum|dedi|yoksa)\b",
    ),
)
