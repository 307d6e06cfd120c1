"""What the sender of a reply wrote now: without quoted mail, signatures, adverts and disclaimers.

Only for replies: a first mail is never cut, and a reply keeps its full text beside the new one. Where a line
may be a quote or the sender's own words, it is kept as words. Every pattern looks at a bounded stretch, and
each line is looked at a bounded number of times.
"""

import re

from ingest import signing
from ingest.cutting import LABEL, our_line, plain, unquoted
from ingest.quotes import RULE, any_of

_ADVERT = re.compile(any_of(signing.ADVERTS))
_DISCLAIMER = re.compile(any_of(signing.DISCLAIMERS))
_SENTENCE_END = re.compile(r"[a-zäöüß]{3}[.!?]$")

_SIGNATURE_LINES = 12
_FOOT_LINES = 30
_COURTESY_LENGTH = 200
_SAYS_NOTHING = (re.compile("-{0,2}"), _ADVERT, RULE, signing.THANKING)


def new_text(text: str) -> str:
    """The part of a reply's plain text that was written now, paragraphs as written.

    Above, between and below the quotes, in that order. "" where only quotes, adverts or a marked signature are there.
    """
    whole = plain(text)
    cut, in_quote = our_line(whole)
    if cut is not None and not in_quote:
        return _joined(unquoted(whole[:cut], quote_follows=True))
    return _joined(unquoted(whole))


def instruction_text(text: str) -> str:
    """The part of a reply that may be read as instructions.

    What stands above our line `--- Bitte oberhalb dieser Zeile antworten ---` (without it: above the first quote)
    counts alone. Where nothing stands there and the quote is marked with `>`, the text below the last quoted line
    counts, unless something was also written between the quoted lines: that is nobody's clear instruction, "".
    """
    whole = plain(text)
    cut, in_quote = our_line(whole)
    above = unquoted(whole[:cut], quote_follows=True) if cut is not None else unquoted(whole)[:1]
    written = _joined(above)
    if written or not in_quote:
        return written
    below = unquoted(whole)[1:]
    return "" if _joined(below[:-1]) else _joined(below[-1:])


def without_courtesies(text: str) -> tuple[str, ...]:
    """The lines of a reply that carry meaning, in order, stripped: no greeting, thanks, closing, signature, disclaimer.

    Everything after the closing is dropped but a postscript. A line that is more than courtesy is kept verbatim,
    save that a greeting before it, or thanks and closing behind a whole instruction word, are taken off.
    """
    kept: list[str] = []
    lines = _without_contacts(_without_disclaimers(_without_signature(plain(text).split("\n"))))
    for number, line in enumerate(lines):
        meaning, closed = _meaning(line.strip())
        if meaning:
            kept.append(meaning)
        if closed:
            kept.extend(_postscript(lines[number + 1 :]))
            break
    return tuple(kept)


# --- signatures, adverts, disclaimers ---


def _joined(stretches: list[list[str]]) -> str:
    parts = ("\n".join(_own_words(stretch)).strip("\n") for stretch in stretches)
    return "\n\n".join(part for part in parts if part.strip()).strip()


def _own_words(lines: list[str]) -> list[str]:
    """A stretch without what a program or the house put under it."""
    own = _stripped([line for line in lines if not _ADVERT.fullmatch(line.strip())])
    while (paragraph := _last_paragraph(own)) and _is_disclaimer(own[paragraph:]):
        del own[paragraph:]
        own = _stripped(own)
    return _without_contact_block(_stripped(_without_signature(own)))


def _is_disclaimer(paragraph: list[str]) -> bool:
    known = _DISCLAIMER.match(paragraph[0].strip())
    return known is not None and not any(signing.PERSONAL.search(line) for line in paragraph)


def _stripped(lines: list[str]) -> list[str]:
    """The same list without empty lines and rules at its end."""
    while lines and lines[-1] != "-- " and (not lines[-1].strip() or RULE.fullmatch(lines[-1])):
        del lines[-1]
    return lines


def _last_paragraph(lines: list[str]) -> int:
    return next((i + 1 for i in range(len(lines) - 1, -1, -1) if not lines[i].strip()), 0)


def _without_signature(lines: list[str]) -> list[str]:
    """Cut at `-- ` (RFC 3676 4.3); a bare `--` cuts only where something stands above and no prose below."""
    if "-- " in lines:
        return lines[: lines.index("-- ")]
    nearest = max(len(lines) - _FOOT_LINES, 1)
    marks = (i for i in range(nearest, len(lines)) if lines[i] == "--" and _looks_signed(lines[i + 1 :]))
    cut = next(marks, len(lines))
    return lines[:cut] if any(lines[:cut]) else lines


def _looks_signed(lines: list[str]) -> bool:
    """Few short lines that are no sentences; what a disclaimer says below does not count."""
    filled = [line for line in lines if line.strip()]
    until = next((i for i, line in enumerate(filled) if _is_disclaimer([line])), len(filled))
    short = all(len(line) <= 70 and not _SENTENCE_END.search(line) for line in filled[:until])
    return until <= _SIGNATURE_LINES and short


def _without_contact_block(lines: list[str]) -> list[str]:
    """Without department, address and telephone under closing and name; these two stay, and so does prose."""
    for number in range(max(len(lines) - _FOOT_LINES, 0), len(lines)):
        line, below = lines[number], lines[number + 1 :]
        takes_leave = len(line) <= _COURTESY_LENGTH and signing.LEAVING.fullmatch(line.strip())
        if takes_leave and _looks_signed(below) and any(signing.CONTACT.search(each) for each in below):
            name = [each for each in below[:3] if not signing.CONTACT.search(each)]
            return _stripped(lines[: number + 1] + name[:2])
    return lines


# --- courtesies ---


def _meaning(line: str) -> tuple[str, bool]:
    """What a line says beyond courtesy ("" if nothing), and whether it takes leave."""
    if len(line) > _COURTESY_LENGTH:
        return line, False
    rest = _without_greeting(line)
    leaves = signing.LEAVING.fullmatch(rest) is not None
    if leaves or any(empty.fullmatch(rest) for empty in _SAYS_NOTHING):
        return "", leaves
    if tail := signing.COURTEOUS_TAIL.fullmatch(rest):
        return tail["head"].rstrip(" ,.!;"), tail["leave"] is not None
    if head := signing.THANKED_FIRST.fullmatch(rest):
        return head["head"], False
    return rest, False


def _without_greeting(line: str) -> str:
    for _ in range(3):
        found = signing.GREETING.match(line)
        if found is None:
            break
        line = line[found.end() :]
    return line


def _postscript(lines: list[str]) -> list[str]:
    begin = next((i for i, line in enumerate(lines) if signing.POSTSCRIPT.match(line.strip())), len(lines))
    return [line.strip() for line in lines[begin:] if line.strip()]


def _without_disclaimers(lines: list[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(line.strip()) and (inside or _is_disclaimer([line]))
        if not inside:
            kept.append(line)
    return kept


def _without_contacts(lines: list[str]) -> list[str]:
    """Without a last paragraph of name, address and telephone that no closing announces."""
    lines = _stripped(lines)
    paragraph = _last_paragraph(lines)
    last = lines[paragraph:]
    contact = any(signing.CONTACT.search(line) for line in last)
    fields = any(LABEL.match(line) and not signing.CONTACT.search(line) for line in last)
    return lines[:paragraph] if paragraph and contact and not fields and _looks_signed(last) else lines
