"""Does a letter say when, what comes next, and who helps (GA 3.6)? Looked for by the words letters use for it."""

import re
from itertools import pairwise

from notify.sentences import MONTHS, Letter

WHEN = re.compile(
    rf"(?i)\b\d{{1,2}}\. ?(?:\d{{1,2}}\.|(?:{MONTHS})\b)|\b(?:{MONTHS}) \d{{4}}\b"
    r"|\b(?:bis|am|ab|seit|nächsten|kommenden) (?:(?:mon|diens|donners|frei|sams)tag|mittwoch|ende|anfang|mitte)\b"
    r"|\b(?:heute|morgen|gestern|sofort|(?:nächste|diese) woche|(?:nächsten|diesen) monat)\b"
    r"|\b(?:in|innerhalb von|binnen|nach|vor) (?:den nächsten )?(?:\w+ )?(?:tagen|wochen|monaten|woche|monat)\b"
)


def says_when(text: str) -> bool:
    return WHEN.search(text) is not None


NO_REQUEST = r"(?: sie)? (?:entschuldig|verzeih|nicht böse|haben sie verst|um (?:entschuldigung|verständnis|nachsicht))"
_DOING = (
    r"(?:prüfen|zahlen|überweisen|schicken|senden|melden|werden|kümmern|geben|bearbeiten|entscheiden|rufen|laden|rechnen"
    r"|ändern|holen|sorgen|korrigieren|schreiben|informieren|klären|besprechen)"
)
NEXT_STEP = re.compile(
    rf"(?i)\bbitte\b(?!{NO_REQUEST})|\bsie (?:müssen|brauchen|bekommen|erhalten|können|sollten)\b"
    rf"|\b(?:müssen|bekommen|erhalten|können|brauchen) sie\b|\bwir {_DOING}\b|\b{_DOING} wir\b"
    r"|\brufen sie (?:uns|mich|bitte|gern)\b|\berreichen sie (?:uns|mich)\b"
    r"|\bgeht es (?:jetzt |nun )?weiter\b|\bals nächstes\b|\bnächste[rn]? schritt"
    r"|\bsie werden (?:\w+ )?(?:aufgefordert|gebeten)\b|\b(?:bis|ab)(?: dem| zum)? (?:\w+tag|mittwoch|ende\b|\d{1,2}\.)"
)


def says_next_step(text: str) -> bool:
    return NEXT_STEP.search(text) is not None


HELPLINE = re.compile(r"0800 ?111 ?0 ?(?:111|222|550)|116 ?1(?:11|17|23)|\b11[02]\b")
TELEPHONE = re.compile(
    r"(?i)(?:\btel(?:efon\w*)?\b|\brufnummer\b|\bdurchwahl\b|☎)[^\d\n]{0,40}\(?\+?\d[\d /().–-]{3,}"
    r"|(?<![\w/.-])(?=\+?(?:[ ()–-]{0,3}/?\(? ?\d){7})(?:\+49 ?\(?0?\)? ?|\(?0)[1-9]\d{1,4}\)? ?[/–-]?(?: ?-?\d)+"
)


def has_telephone(line: str) -> bool:
    """Help lines and emergency numbers are not the office's."""
    return TELEPHONE.search(HELPLINE.sub("", line)) is not None


_PART = r"[A-ZÄÖÜÇĞİŁŚŞŽ][a-zäöüßáéèíóúçğışłńćśž’]+"
_NAME = rf"(?:Dr\. )?(?:[A-ZÄÖÜ]\. ?)?{_PART}(?:[- ]{_PART})*"
_ROLE = r"(?i:(?:ansprech|(?:sach)?bearbeit)\w*(?:[/*:_]in\w*)?|auskunft erteilt|name|kontakt|es schreibt ihnen)"
TITLED = re.compile(rf"\b(?:Frau|Herrn?) {_NAME}")
LABELLED = re.compile(rf"\b{_ROLE}(?: ist| sind)?:? ?(?:Frau|Herrn?) {_NAME}|\b{_ROLE}(?:: ?| ist ){_NAME}")
BOTH = re.compile(rf"\b(?!Unsere?\b|Ihre?\b|Die\b|Der\b|Das\b|Bitte\b|Sie\b|Rufen\b|Für\b|Bei\b){_PART} {_PART}\b")
"""First and last name."""
FOR_ANOTHER = re.compile(r"(?:Im Auftrag|[Ii]\. ?[AV]\.|gez\.|Ihre?)")
SIGNED = re.compile(
    rf"\(?(?:{FOR_ANOTHER.pattern} {_NAME}|(?:Dr\. )?(?:{_PART}|[A-ZÄÖÜ]\.)(?:(?: von| van| de| zu)?[ -]{_PART})+)[,)]*"
)
NOT_A_NAME = re.compile(
    r"(?i)jobcenter|team|leit(?:ung|er)|straße|str\.|management|führung|stelle|agentur|amt\b|kreis|stadt|anlage|kopie"
    r"|grüße|auftrag|postfach|kunden|bereich|center|service|beauftragte|vertretung|sachbearbeit|öffnungs|datenschutz"
)
SIGNATURE = 12
"""Lines after the closing in which a signature is looked for."""
LONGEST_NAME = 80
TAIL = 4
"""Last passages of a letter without closing."""


def names_contact(letter: Letter) -> bool:
    """A name beside a label or a telephone number, Frau or Herr where help is offered, or a name under the closing."""
    body = [passage.text for passage in letter.passages]
    return (
        any(map(_labels, (*letter.before, *body, *letter.after)))
        or any(map(_offers_help, (*body, *letter.after)))
        or any(map(_is_name, _signature(letter.after) or body[-TAIL:]))
    )


def _labels(line: str) -> bool:
    return any(not NOT_A_NAME.search(found[0].partition(":")[2]) for found in LABELLED.finditer(line))


def _offers_help(text: str) -> bool:
    if TITLED.search(text) and re.search(r"(?i)\bfragen|\brufen sie|\bwenden sie sich|\berreichen", text):
        return True
    named = TITLED.search(text) or (BOTH.search(text) and not NOT_A_NAME.search(text))
    return bool(named) and has_telephone(text)


def _signature(after: tuple[str, ...]) -> list[str]:
    """The lines under the closing; a name under „Im Auftrag“ is read together with it."""
    lines = list(after[:SIGNATURE])
    return lines + [f"{a} {b}" for a, b in pairwise(lines) if FOR_ANOTHER.fullmatch(a)]


def _is_name(line: str) -> bool:
    bare = line.rstrip(",. ")
    if len(bare) > LONGEST_NAME or NOT_A_NAME.search(bare.removeprefix("Im Auftrag ")):
        return False
    return (TITLED.fullmatch(bare) or SIGNED.fullmatch(bare)) is not None
