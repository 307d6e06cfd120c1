"""Greeting and closing of a mail: what everybody writes around what they have to say."""

import re

_GREETS = (
    r"sehr geehrte\w{0,2}|werte\w{0,2}|liebe\w{0,2}|guten (?:tag|morgen|abend)|(?:schönen )?guten|hallo|moin(?: moin)?|"
    r"hi|servus|grüß gott|hey|dear|hello|good (?:day|morning|afternoon|evening)|здравствуйте|добр(?:ый|ого|ий) \w{2,5}|"
    r"уважаем\w{2,3}|шановн\w{1,3}|вітаю|merhaba(?:lar)?|sayın|selam(?:lar)?|iyi (?:günler|akşamlar)"
)
_CLOSES = (
    r"(?:mit )?(?:(?:freundliche[nm]?|viele[n]?|beste[n]?|liebe[n]?|herzliche[nm]?|schöne[n]?|sonnige[n]?) ){1,3}"
    r"gr(?:ü|ue|u)(?:ß|ss)\w{0,2}|"
    r"gr(?:ü|ue|u)(?:ß|ss)e?|m ?f ?g|l ?g|v ?g|hochachtungsvoll|(?:kind|best|warm) regards|regards|sincerely|"
    r"yours (?:sincerely|faithfully|truly)|с уважением|з повагою|saygılar\w{0,6}|iyi günler"
)
_GREETING = re.compile(rf"\A\s*(?:{_GREETS})(?:[ \t]+[\w.\-]{{1,30}}){{0,5}}[ \t]*(?:[,!:;\n]|\Z)", re.IGNORECASE)
_CLOSING = re.compile(
    rf"(?:^|(?<=[.!?,\n]))[ \t]*(?:{_CLOSES})\b[ \t]*[,.!]?[^\n.,!?]{{0,40}}(?:\n\s*[^\n]{{1,40}})?\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)


def spans(body: str) -> tuple[tuple[int, int], ...]:
    """Where they stand: the greeting, and a closing with the one short line behind it. Either may be missing."""
    found = (_GREETING.match(body), _CLOSING.search(body, max(0, len(body) - 200)))
    return tuple(match.span() for match in found if match)
