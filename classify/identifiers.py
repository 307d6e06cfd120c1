"""What identifies a person besides a name: mail addresses, numbers, dates of birth, as rows of patterns.

Case does not matter unless a pattern says `(?-i:…)`. Every repeat is bounded, and no two repeats side by side take
the same characters, so that a hostile text costs no more than its length. A placeholder is found by none of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial

MAIL, LINK, IBAN, BORN = "[MAIL]", "[LINK]", "[IBAN]", "[GEBURTSDATUM]"
PHONE, ADDRESS, NUMBER, NAME = "[TELEFON]", "[ADRESSE]", "[NUMMER]", "[NAME]"
PLACEHOLDERS = (MAIL, LINK, IBAN, BORN, PHONE, ADDRESS, NUMBER, NAME)


@dataclass(frozen=True, slots=True)
class Identifier:
    """`becomes` stands for the group `it`, or for all that is found; `example` has one that is found."""

    pattern: str
    becomes: str
    example: str


MONTH = (
    r"(?:jan|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|ocak|şubat|nisan|mayıs|haz|tem|ağu|eyl"
    r"|eki|kas|ara|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру)"
)
_DATE = (
    r"(?:[0-3]?\d\s?[./-]\s?[01]?\d\s?[./-]\s?(?:(?:19|20)\d\d|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)"
    rf"|\d{{1,2}}\.?\s?{MONTH}[^\W\d_]{{0,8}}\.?\s?(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|{MONTH}[^\W\d_]{{0,8}}\.?\s?\d{{1,2}},?\s\d{{4}}(?!\d))"
)
_TLD = r"(?:de|com|net|org|eu|info|at|ch|fr|uk|tr|ua|ru|pl|ro|io|me|app|online|example)"
_DOT = r"(?:\.|\s?[(\[]?\s?(?:punkt|dot)\s?[)\]]?\s?)"
_OFFICE = r"(?!(?:https?://)?(?:[\w-]{1,30}\.){0,2}(?:arbeitsagentur\.de|jobcenter\.digital)/?(?![\w/]))"
_REST = r"[^\s<>\"\[\]]{0,300}[^\s<>\"\[\].,;:!?)]"
_GROUP = r"(?:[a-z]{0,6}\d[a-z\d]{0,20}|(?-i:[A-Z]{1,4}(?![^\W\d_])))"
_NOT_NEXT = rf"(?!{_DATE}|\d{{1,2}}\.|\d{{1,5}}(?:[.,]\d{{1,3}})?\s?(?:€|eur|uhr))"
_VALUE = (
    r"(?-i:(?:[A-Z]{1,5}[ /.-]{1,2}){0,2})[a-z]{0,6}\d[a-z\d]{0,20}"
    rf"(?:(?:[./:]{{1,2}}|\s?[-–/]{{1,2}}\s?|[ ]{_NOT_NEXT}){_GROUP}){{0,8}}"
)
_NUMBERED = (
    r"(?:bg|bedarfsgemeinschafts?|kunden|kd|vertrags?|vertragskonto|mitglieds?|versicherten|versicherungs|vers|sv|rv"
    r"|renten(?:versicherungs)?|sozialversicherungs|steuer|steuer-?ident(?:ifikations)?|st|betriebs|rechnungs|rg|re"
    r"|ausweis|pass|kindergeld|personal|zähler|buchungs|vorgangs|fall|akten|ticket|bestell|referenz|konto|kto|azr|ust"
    r"|matrikel|teilnehmer|stammkunden|handels?register|hr|client|customer|reference|case)"
    r"[\s.-]{0,2}(?:nr|nummer|no|number|id-?nr|id)\b"
)
_SIGNED = (
    r"(?:a\.?z|aktz|aktenz|aktenzeichen|geschäftszeichen|geschz|gesch\.?-?z|gz|kassenzeichen|zeichen"
    r"|(?:unser|ihr|mein|dein)e?\szeichen|referenz)\b"
)
_LED = r"[.:#\s]{0,4}(?:(?:lautet|ist|is|war)\s?:?\s?)?"
_CALL = (
    r"(?:tel|telefon|fon|phone|mobil|mobile|handy|fax|telefax|rufnummer|(?:telefon|handy|mobil|fax)?nummer|whats-?\s?app"
    r"|тел|телефон|telefonum|telefon\snumaram|cep|gsm|erreichbar\sunter|ruf(?:en|t)?\s(?:sie\s)?(?:mich\s)?(?:bitte\s)?an"
    r"|anrufen|zurückrufen|call(?:\sme)?(?:\sback)?)"
)
_DIGIT = r"(?:null|eins?|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun)"
_BORN = (
    r"(?:(?<!\w)geb\b\.?(?:\s?-?\s?dat(?:um)?\b\.?)?|geboren[erns]{0,2}\b|\bborn\b|\bdo[bğ]\w{0,8}|родил\w{0,4}|\*)"
    r"[\s:,(]{0,4}(?:(?:am|den|der|ist|wurde|on|in)\b[\s:]{0,3}){0,2}"
)
_BIRTH = (
    r"(?:(?<!\[)geburts(?:datum|tag|dat|dtm)\w{0,2}|geb\.?-?dat\w{0,3}|date\sof\sbirth|birthday|doğum\starih\w{0,4}"
    r"|дат[аы]\s(?:рожд|народж)\w{0,6})[^\d\n!?;]{0,40}?"
)
_AFTER_BIRTH = r"(?=[^\d\n.!?;]{0,20}\b(?:geboren|geb\.|doğumlu|doğdu|auf\sdie\swelt|zur\swelt|года\sрожд))"

CLEAR: tuple[Identifier, ...] = (
    Identifier(r"(?<![\w.+%-])[\w.+%-]{1,200}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}", MAIL, "a.b@c.example"),
    Identifier(
        r"(?<![\w.+-])[\w.+-]{1,64}(?:\s?[(\[](?:punkt|dot|\.)[)\]]\s?[\w-]{1,40}){0,3}"
        rf"\s{{0,2}}[(\[{{]\s?(?:at|ät|@)\s?[)\]}}]\s{{0,2}}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,20}}){{0,3}}",
        MAIL,
        "a (punkt) b (at) web.de",
    ),
    Identifier(
        rf"(?<![\w.+-])[\w.+-]{{1,64}}\s(?:at|ät|@)\s[\w-]{{1,63}}(?:\.|\spunkt\s|\sdot\s){_TLD}\b",
        MAIL,
        "a.b at web punkt de",
    ),
    Identifier(rf"{_OFFICE}(?<!\w)https?://{_REST}", LINK, "https://x.example/a?b=c"),
    Identifier(rf"(?<![\w.]){_OFFICE}www\.{_REST}", LINK, "www.x.example"),
    Identifier(rf"(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,3}}?\.{_TLD}/{_REST}", LINK, "x.example/meine-seite"),
    Identifier(rf"{_BORN}(?P<it>{_DATE})", BORN, "geb. am 3. Mai 1991"),
    Identifier(rf"{_BIRTH}(?P<it>{_DATE})", BORN, "Geburtsdatum meiner Tochter: 2-3-19"),
    Identifier(rf"(?<![\d.])(?=\d)(?P<it>{_DATE}){_AFTER_BIRTH}", BORN, "am 2.3.2019 in Köln geboren"),
    Identifier(
        r"(?:(?<!\w)geb\.|geboren|jahrgang|jg\.)\s{1,2}(?:im\sjahre?\s)?(?P<it>(?:19|20)\d\d)(?!\d)",
        BORN,
        "Jahrgang 1971",
    ),
    Identifier(r"(?<![a-z\d])de(?:[ .-]{0,2}\d){16,22}(?!\d)", IBAN, "DE89 3704 0044 0532 0130 00"),
    Identifier(
        r"(?<![a-z\d])(?-i:[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?)(?![a-z\d])",
        IBAN,
        "TR33 0006 1005 1978 6457 8413 26",
    ),
    Identifier(
        r"\b(?:bic|swift)(?:-?code)?\s?[:.]?\s?(?P<it>[a-z]{6}[a-z\d]{2}(?:[a-z\d]{3})?)\b", IBAN, "BIC INGDDEFF"
    ),
    Identifier(
        r"(?<![a-z\d])(?-i:[A-Z]{4}DE(?:[A-Z\d]{2}XXX|FF|[A-Z]\d(?:[A-Z\d]{3})?))(?![a-z\d])", IBAN, "GENODEF1ABC"
    ),
    Identifier(
        r"(?:konto|kto|kontonummer|kontonr|kto-?nr|blz|bankleitzahl)[.:]?\s{0,2}(?P<it>\d[\d -]{4,14}\d)(?!\d)",
        IBAN,
        "BLZ 370 400 44",
    ),
    Identifier(r"(?<!\d)\d{3}\s?\d{2}\s{0,2}(?://|bg)\s{0,2}\d{5,8}(?!\d)", NUMBER, "031 02 // 0001234"),
    Identifier(r"(?<![a-z\d])\d{3}\s?[a-z]\s?\d{3}\s?\d{3}(?!\d)", NUMBER, "123 D 456 789"),
    Identifier(r"(?<!\d)\d{2}[ -]?\d{6}[ -]?[a-z][ -]?\d{3}(?!\d)", NUMBER, "12 150780 M 123"),
    Identifier(r"(?<!\d)\d{2}\s\d{3}\s\d{3}\s\d{3}(?!\d)", NUMBER, "12 345 678 901"),
    Identifier(r"(?<![\d/])\d{2,3}/\d{3,4}/\d{4,5}(?!\d)", NUMBER, "093/815/08152"),
    Identifier(
        r"(?<!\w)[slb]\s?\d{1,3}\s?(?:as|so|al|kr|r|sb|ve|u|p|sf|bk|kg|ay|eg)\s?\d{1,6}/\d{2,4}(?!\d)"
        r"(?-i:\s(?:B|ER|KL|R|WA|RG|PKH)\b){0,3}",
        NUMBER,
        "S 12 AS 345/26 ER",
    ),
    Identifier(r"(?<!\w)\d{1,3}\s(?-i:[IVX]{1,5}|[FCOMK]|Cs|Ds|Js)\s\d{1,6}/\d{2,4}(?!\d)", NUMBER, "41 XVII 388/22"),
    Identifier(r"(?<!\w)pet\s?\d(?:-\d{1,7}){3,5}", NUMBER, "Pet 4-20-11-8150-012345"),
    Identifier(rf"(?<!\w){_NUMBERED}{_LED}(?P<it>{_VALUE})", NUMBER, "Vertragsnr. AB-4100/7"),
    Identifier(
        r"(?:vertrag|rechnung|mahnung|auftrag|bestellung|police|konto|zähler|vorgang|darlehen|kredit|beleg|ticket)s?\s"
        rf"(?!{_DATE})(?P<it>(?=(?:[/ -]?\d){{5}}){_VALUE})",
        NUMBER,
        "Mahnung zu Vertrag 700-4411-982",
    ),
    Identifier(rf"(?<!\w){_SIGNED}{_LED}(?!{_DATE})(?P<it>{_VALUE})", NUMBER, "Az.: 512-A-4711/26"),
    Identifier(
        rf"(?<!\w)(?:nr|nummer|no)\b[.:]{{0,2}}\s(?!{_DATE})(?P<it>(?=(?:[/ .-]?[a-z]?\d){{5}}){_VALUE})",
        NUMBER,
        "Nr. 2025-88431",
    ),
    Identifier(
        r"(?:benutzername|username|user|login|kennung|passwort|kennwort|password|pin)(?:\s(?:ist|lautet|is))?\s?[:=]?\s?"
        r"(?P<it>(?=[^\s\d]{0,29}\d)[^\s\[]{4,30})",
        LINK,
        "Benutzername ist athuer88",
    ),
    Identifier(
        r"(?<![\w-])(?!bg|sgb|din|alg)(?-i:[A-ZÄÖÜ]{1,3}\s?[-–]\s?[A-Z]{1,2}[ -]?\d{1,4}[EH]?)(?!\w)",
        NUMBER,
        "E-HP 1234",
    ),
    Identifier(
        r"(?:kennzeichen|kfz|nummernschild|pkw|auto)[^\n\d]{0,25}?"
        r"(?P<it>(?<!\w)(?-i:[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}[EH]?))(?!\w)",
        NUMBER,
        "Kennzeichen: SHL RT 66",
    ),
    Identifier(r"(?<![\w+])(?:\+|00)\s?\d{1,3}(?:[ /().–-]{0,4}\d){6,14}(?!\d)", PHONE, "+49 (0) 163 / 55 44 332"),
    Identifier(
        r"(?<!\d[.,])(?<![\w/-])\(?0[1-9]\d{1,4}\)?(?:[ /().–-]{0,4}\d){4,11}(?!\d)", PHONE, "(0431) 55 66 77-8"
    ),
    Identifier(r"(?<![\w.,:/-])0(?:[ /-]{1,3}\d{1,4}(?!\d)){3,8}", PHONE, "0 15 73 / 4 45 56 67"),
    Identifier(
        rf"(?<![\w\[]){_CALL}(?!\w)[^\d\n]{{0,20}}?(?!{_DATE})(?!\d{{1,2}}\.\d{{1,2}}\.)"
        r"(?P<it>\(?\d(?:[ /()–-]{0,3}\d){5,14})(?!\d)",
        PHONE,
        "Handy: 176 / 123456",
    ),
    Identifier(
        r"(?<!\w)(?:durchwahl|dw|nebenstelle|apparat|app)\b[.:\s-]{0,4}(?P<it>\d{2,6})(?!\d)", PHONE, "Durchwahl -4412"
    ),
    Identifier(rf"(?<!\w)(?:{_DIGIT}\b[\s,/-]{{1,3}}){{5,20}}{_DIGIT}\b", PHONE, "null eins sieben sechs drei drei"),
    Identifier(
        r"(?:insta|instagram|telegram|skype|tiktok|snap|snapchat|discord|facebook|fb|signal|threema)(?:-?name)?"
        r"\s?[:=]\s?(?P<it>[\w][\w.:-]{2,40})",
        LINK,
        "insta: ro.dmr",
    ),
    Identifier(r"(?<![\w.@])@[^\W\d]\w[\w.]{0,38}", LINK, "@iryna_bond"),
)
"""In the order in which they are looked for: what is unmistakable goes first."""

DIGITS: tuple[Identifier, ...] = (
    Identifier(r"(?<!\d)\d{5}/\d{5,8}(?!\d)", NUMBER, "12345/0012345"),
    Identifier(
        r"(?<!\w)(?-i:(?=[A-Z]{0,24}\d)(?=[A-Z\d]{0,20}[A-Z])(?=(?:[A-Z]{0,24}\d){4})[A-Z\d]{8,24})(?!\w)",
        NUMBER,
        "C01X00T47",
    ),
    Identifier(r"\d{7,1000}", NUMBER, "4100882731"),
)
"""Mere runs of digits, for when all else has been found."""

BESIDE_NAMES: tuple[Identifier, ...] = (
    Identifier(
        rf"{re.escape(NAME)}[ ,(*]{{1,4}}(?P<it>\d{{1,2}}[./-]\d{{1,2}}[./-](?:19\d\d|20[01]\d)(?!\d))",
        BORN,
        "[NAME], 14.07.1992",
    ),
)
"""What tells nothing until the names are replaced."""


def replaced(text: str, rows: Iterable[Identifier]) -> str:
    """The text with a placeholder for all that the rows find, one row after the other."""
    for row in rows:
        text = _compiled(row.pattern).sub(partial(_put, row.becomes), text)
    return text


def _put(placeholder: str, found: re.Match[str]) -> str:
    if "it" not in found.re.groupindex:
        return placeholder
    start, end = found.start("it") - found.start(), found.end("it") - found.start()
    return found.group()[:start] + placeholder + found.group()[end:]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
