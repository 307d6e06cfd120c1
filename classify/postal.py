"""Postal addresses: streets with a number, postcodes with a town, as rows of patterns like those of `identifiers`."""

import re

from classify.identifiers import ADDRESS, MONTH, Identifier

_UNIT = (
    r"(?!\s?(?:€|%|euro?\b|eur\b|uhr|st[du]|jahr|tag|woche|monat|min|prozent|person|kinder|mal\b|qm|m²|km|kwh|kilo|leute|mensch"
    r"|mitarb|kunden|x\b|zimmer|meter|stück|familien|bürger|arbeitsl))"
)
_HOUSE = (
    r"\d{1,3}(?!\d)(?:\s?[a-h](?!\w))?(?:\s?[-–/+]\s?\d{1,3}(?!\d)(?:\s?[a-h](?!\w))?)?"
    rf"(?![.:]?\d)(?!,\d{{1,2}}(?!\d))(?!\.\s?(?:\d|{MONTH})){_UNIT}"
)
_NEAR = rf"(?=\s?(?:[,;)\n/]|$|in\s\d{{5}}|\d{{5}}|{re.escape(ADDRESS)}))"
_STREET = (
    r"(?:straße|strasse|straβe|str\.?|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|stieg|pfad|promenade|twiete)"
)
_PLACE = (
    r"(?:markt|hof|park|wall|kamp|berg|zeile|graben|siedlung|winkel|brink|redder|hang|bach|feld|grund|tal|höhe|blick"
    r"|aue|wiesen?|garten|tor|burg|busch|kirche|mühle|wald|see|hagen|horst|anger|reihe|hufe|koppel)"
)
_BEFORE = (
    r"(?:am|im|an\s(?:der|den|dem)|auf\s(?:der|dem|den)|in\s(?:der|den)|zum|zur|unter\sden|hinter\s(?:der|dem|den)"
    r"|hinterm|vor\s(?:der|dem)|bei\s(?:der|den)|beim|obere[rs]?|untere[rs]?)"
)
_TOWN = (
    r"(?:(?:bad|sankt|st\.|groß|klein|neu|alt|hann\.)\s)?"
    r"(?!(?:ist|sind|war|und|oder|für|von|in|an|auf|aus|bei|mit|hab|hat|was|wo|wie|bitte|danke|nicht|auch|noch|schon"
    r"|letzte|mahnung|vom|wurde|wird|ich|sie|der|die|das|dem|den|zu|zum|zur|am|im|bis|seit|liegt|steht|kam|kein)\b)"
    rf"{_UNIT.replace('euro?', 'euros?')}[^\W\d_]{{2,30}}(?:-[^\W\d_]{{2,30}}){{0,3}}"
    r"(?-i:\s(?:am|an\sder|im|in\sder|ob\sder|bei|a\.\s?d\.|a\.|i\.|v\.\s?d\.|unter)\s[A-ZÄÖÜ]\w{1,20})?"
    r"(?-i:\s?\([A-ZÄÖÜ][\w ]{1,20}\))?"
)

POSTAL: tuple[Identifier, ...] = (
    Identifier(
        rf"(?<![\w-])(?:[^\W\d_]{{1,20}}-){{0,4}}(?:(?<=-)|[^\W\d_]{{2,25}}){_STREET}\s{{0,2}}(?:nr\.?\s?)?{_HOUSE}",
        ADDRESS,
        "Theodor-Heuss-Allee 12-14",
    ),
    Identifier(
        r"(?<![\w-])(?-i:(?:[A-ZÄÖÜ]\w{1,20}[ -]){1,2}"
        r"(?:Straße|Strasse|Str\.?|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Chaussee|Markt|Hof|Park|Wall|Kamp|Berg|Promenade)|"
        r"(?:[a-zäöü]\w{1,20}\s)(?:straße|strasse|str\.?))"
        rf"\s{{0,2}}(?:nr\.?\s?)?{_HOUSE}",
        ADDRESS,
        "Lange Str. 12 b",
    ),
    Identifier(
        rf"(?<![\w-])[^\W\d_]{{2,25}}{_PLACE}\s{{1,2}}{_HOUSE}{_NEAR}", ADDRESS, "Rosenhof 2 in 38100 Braunschweig"
    ),
    Identifier(
        rf"(?<![\w-]){_BEFORE}\s[^\W\d_]{{3,25}}(?:\s[^\W\d_]{{3,25}})?\s{_HOUSE}"
        rf"(?=[ ,]{{0,3}}\n?(?:in\s)?\s?(?:(?:d-\s?)?\d{{5}}(?!\d)|{re.escape(ADDRESS)}))",
        ADDRESS,
        "Am Mühlenbach 19 a, 31134 Hildesheim",
    ),
    Identifier(
        r"\b(?:wohn\w{0,8}|anschrift|adresse|umgezogen|gezogen|lebt?)\b[^\n\d.!?]{0,30}?"
        rf"(?P<it>\b{_BEFORE}\s[^\W\d_]{{3,25}}(?:\s[^\W\d_]{{3,25}})?\s{_HOUSE})",
        ADDRESS,
        "ich wohne An der Kirche 5",
    ),
    Identifier(r"postfach(?:\s?\d{2,6}){1,4}(?!\d)", ADDRESS, "Postfach 11 02 33"),
    Identifier(rf"(?<![\w.,/-])(?:d-?\s?)?(?!\d{{2}}000)\d{{5}}\s{{1,2}}{_TOWN}", ADDRESS, "99423 Bad Berka"),
    Identifier(r"(?:plz|postleitzahl)[:\s]{0,3}(?P<it>\d{5})(?!\d)", ADDRESS, "PLZ: 12345"),
)
"""Streets go before towns: by the postcode behind it a street is known that could be anything."""
