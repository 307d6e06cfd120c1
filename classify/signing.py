"""Who is named by where it stands: below a closing formula, in the last line, in the headers of quoted mail."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from classify.namespan import LONGEST
from classify.namewords import Passage, keys

_CLOSING = re.compile(
    r"\b(?:gr(?:ü|ue|u)(?:ß|ss|s)(?:en?|t)?|mfg|m\.\s?f\.\s?g\.?|lg|l\.g\.|vg|v\.g\.|hochachtungsvoll|hochachtung"
    r"|freundlichst|herzlichst|regards|sincerely|faithfully|wishes|cheers|уважением|повагою|saygılar(?:ımla)?"
    r"|saygilar(?:imla)?|sevgiler|selamlar|pozdrawiam|poważaniem|stimă|stima|pozdrav|cordialement)\b"
    r"|^[ \t>]{0,6}(?:(?:vielen|besten|herzlichen|lieben)\s)?(?:danke?|dankeschön|thanks|thank\syou|bis\s(?:dann|bald)"
    r"|ciao|tschüss?|(?:in\s\w{3,20}\s)?trauer|спасибо|дякую|teşekkürler|hvala|mulțumesc|ihre?|eure?|deine?)"
    r"[,.! \t]{0,4}$",
    re.IGNORECASE | re.MULTILINE,
)
_SKIPPED = keys("ihr ihre euer eure dein deine sie und wünscht freundlich herzlich familie frau herr dr prof best")
_AWAY = re.compile(r"\s{1,2}aus\s(?:dem\s|der\s)?[^\W\d_]{2,30}", re.IGNORECASE)
_HEADER = re.compile(
    r"^[>\s*|]{0,8}(?:von|from|an|to|cc|bcc|kopie|absender|empfänger|gesendet\svon|от|кому|від|gönderen|kimden|kime)"
    r"\*{0,2}:[ \t]?",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(r"(?:schrieb|[AP]M|\d,?)\s(?P<who>[^\n<:\d\[]{2,60})(?=[<:])[^\n]{0,80}", re.IGNORECASE)
_WITH_MAIL = re.compile(r"[^\W\d_]{2,30}[\"']?\s?[<(]{1,2}(?:mailto:)?(?=\[MAIL\])")
_QUOTE = re.compile(
    r"\s?(?:[-_=]{3,}|>|\*?(?:von|from|gesendet|sent|absender|от|від)\b|(?:am|on|le)\s[^\n]{5,80}(?:schrieb|wrote))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?]\s(?=\w)")
_BESIDE = re.compile(r"[,;|/(\d:?!]|\[(?!NAME)")


def _lines(text: str) -> list[tuple[int, int]]:
    """Beginning and end of each line that has something in it."""
    return [match.span() for match in re.finditer(r"[^\n]{1,100000}", text) if match.group().strip(" \t\r>*_")]


def _within(passage: Passage, start: int, end: int) -> range:
    return range(passage.at(start), passage.at(end))


def _signed(passage: Passage) -> Iterator[int]:
    """The rest of the line of a closing formula, or one or two short lines below it."""
    lines = _lines(passage.text)
    ends = [end for _, end in lines]
    for match in _CLOSING.finditer(passage.text):
        away = _AWAY.match(passage.text, match.end())
        start = away.end() if away else match.end()
        here = bisect_left(ends, start)
        if here < len(lines) and _within(passage, start, ends[here]) and lines[here][0] <= start:
            yield from _rest(passage, start, ends[here])
            continue
        below = here + 1 if here < len(lines) and lines[here][0] <= start else here
        for first, last in lines[below : below + 2]:
            if not _short(passage, first, last):
                break
            yield from _all(passage, first, last)


def _short(passage: Passage, start: int, end: int) -> bool:
    return len(_within(passage, start, end)) <= 6 and not passage.text[start:end].rstrip().endswith(("?", "!"))


def _rest(passage: Passage, start: int, end: int) -> Iterator[int]:
    """The words from there on that may be a name, until one may not."""
    found = _within(passage, start, end)[: 2 * LONGEST]
    while found and passage.words[found[0]].key in _SKIPPED:
        found = found[1:]
    for i in found[:LONGEST]:
        word = passage.words[i]
        if word.never or (word.noun and not word.first) or re.search(r"[\d?]", passage.gap(i)):
            break
        yield i


def _all(passage: Passage, start: int, end: int) -> Iterator[int]:
    """All words of a stretch that may be names; where some have capitals, only those."""
    some = any(passage.words[i].marked for i in _within(passage, start, end))
    for i in _within(passage, start, end):
        word = passage.words[i]
        if word.first or (word.marked >= some and not (word.never or word.noun)):
            yield i


def _last_lines(passage: Passage) -> Iterator[int]:
    """One to four words with capitals alone at the end or before quoted mail, above telephone and address or not."""
    lines = _lines(passage.text)
    for last in range(len(lines)):
        if last + 1 == len(lines) or _QUOTE.match(passage.text, lines[last + 1][0]):
            above = (n for n in range(last, max(-1, last - 6), -1) if not _tells_nothing(passage, *lines[n]))
            n = next(above, 0)
            yield from _bare(passage, *lines[n], alone=n > 0)


def _tells_nothing(passage: Passage, start: int, end: int) -> bool:
    """A line of placeholders and what announces them; none with a name."""
    of_line = [passage.words[i] for i in _within(passage, start, end)]
    return all(word.never and word.text != "[NAME]" for word in of_line) and len(of_line) < 9


def _bare(passage: Passage, start: int, end: int, *, alone: bool) -> Iterator[int]:
    """What stands alone on a line, or behind its last sentence, before anything else than words."""
    told = list(_SENTENCE.finditer(passage.text, start, end))
    if not (told or alone):
        return
    start = told[-1].end() if told else start
    beside = _BESIDE.search(passage.text, start, end)
    found = list(_within(passage, start, beside.start() if beside else end))
    of_line = [passage.words[i] for i in found]
    if not 0 < len(of_line) <= 4 or any(word.never or not word.text[0].isupper() for word in of_line):
        return
    if not all(word.both or word.noun or word.initial for word in of_line):
        yield from found


def _in_headers(passage: Passage) -> Iterator[int]:
    """Von: Weidenfeller, Jens <[MAIL]>; only words with a capital or first names."""
    for match in _HEADER.finditer(passage.text):
        end = passage.text.find("\n", match.end())
        yield from _all(passage, match.end(), min(match.end() + 300, end if end >= 0 else len(passage.text)))


def _wrote(passage: Passage) -> Iterator[int]:
    """schrieb Dietrich, Katja <[MAIL]>:"""
    for match in _WROTE.finditer(passage.text):
        if re.search("schrieb|wrote", match.group(), re.IGNORECASE):
            yield from _all(passage, *match.span("who"))


def _before_mail(passage: Passage) -> Iterator[int]:
    """Petra Schulz <[MAIL]>: the three words before that have a capital."""
    for match in _WITH_MAIL.finditer(passage.text):
        last = passage.at(match.start())
        for i in range(last, max(-1, last - 3), -1):
            if passage.words[i].never or not passage.words[i].marked:
                break
            yield i
            if passage.gap(i).strip(" ,-"):
                break


SEEKERS: tuple[Callable[[Passage], Iterable[int]], ...] = (_signed, _last_lines, _in_headers, _wrote, _before_mail)
"""For bodies; in a subject no place tells a name."""
