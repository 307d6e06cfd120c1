"""Where the quotes in a reply lie: the lines outside them, in stretches.

A line that may be a quote or the sender's own words is taken for words. Every pattern looks at a bounded
stretch, and each line is looked at a bounded number of times.
"""

import re
from dataclasses import dataclass

from ingest import quotes
from ingest.quotes import ADDRESS, CLOCK, HEADERS, QUOTED, Headers, any_of

_ATTRIBUTION = re.compile(any_of(quotes.ATTRIBUTIONS))
_SEPARATOR = re.compile(any_of(quotes.SEPARATORS))
_INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\u00ad]")
_SPACES = re.compile("[\u00a0\u2007\u202f\t]")
LABEL = re.compile(r"[\s*]{0,4}([^\W\d_][\w ]{0,20}?) ?\*{0,2} ?:")

_ATTRIBUTION_LINES = 3
_ATTRIBUTION_LENGTH = 400
_ATTRIBUTION_LEAST = 12
_HEADER_LINES = 14
_HEADER_GAP = 3
_ROLES = {
    headers.language: {
        word.casefold(): role for role in ("sender", "sent", "recipient", "subject") for word in getattr(headers, role)
    }
    for headers in HEADERS
}
_OPENING_WORDS = frozenset(word for roles in _ROLES.values() for word in roles)


def plain(text: str) -> str:
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line if line == "-- " else line.rstrip() for line in text.split("\n"))


def our_line(text: str) -> tuple[int | None, bool]:
    """Where the line above which people answer begins (None: nowhere), and whether it stands in a `>` quote.

    Without our line a marked quote may still have its answer below, so that counts as in a quote.
    """
    for found in quotes.OUR_WORDS.finditer(text):
        nearest = max(0, found.start() - _ATTRIBUTION_LENGTH)
        begin = text.rfind("\n", nearest, found.start()) + 1 or nearest
        before = text[begin : found.start()].rstrip(" ")
        if not before.strip("> |*") or before[-1] in "-–—−‐‑_=":
            return begin + len(before.rstrip("-–—−‐‑_=*> |")), bool(QUOTED.match(before))
    return None, True


@dataclass(frozen=True, slots=True)
class _Mail:
    """A text as lines, and what is asked of every line, found once.

    `labels` holds the header word a line begins with, `last_own` the last line that is neither empty nor quoted;
    `quote_follows` says that only quoted text came behind these lines.
    """

    lines: list[str]
    labels: list[str]
    last_own: int
    quote_follows: bool

    def following(self, number: int) -> int | None:
        """The next line from `number` on that is not empty."""
        return next((i for i in range(number, len(self.lines)) if self.lines[i]), None)

    def quoted_from(self, number: int) -> bool:
        """Whether the next line is marked as a quote."""
        following = self.following(number)
        return self.quote_follows if following is None else bool(QUOTED.match(self.lines[following]))


def _mail(text: str, *, quote_follows: bool) -> _Mail:
    lines = text.split("\n")
    own = (i for i in range(len(lines) - 1, -1, -1) if lines[i] and not QUOTED.match(lines[i]))
    return _Mail(lines, [_label(line) for line in lines], next(own, -1), quote_follows)


def unquoted(text: str, *, quote_follows: bool = False) -> list[list[str]]:
    """The lines outside quotes: first those above any quote, then a list for each stretch behind one."""
    mail = _mail(text, quote_follows=quote_follows)
    stretches: list[list[str]] = [[]]
    number = 0
    while number < len(mail.lines):
        if QUOTED.match(mail.lines[number]):
            stretches.append([])
            number += 1
            continue
        behind = _header_end(mail, number) if mail.lines[number] else None
        begin = number if behind else _attribution_begin(mail, number)
        if begin is None:
            stretches[-1].append(mail.lines[number])
            number += 1
            continue
        del stretches[-1][len(stretches[-1]) - (number - begin) :]
        number = behind or number + 1
        if not mail.quoted_from(number):
            break
    return stretches


def _attribution_begin(mail: _Mail, end: int) -> int | None:
    """The first line of an attribution that ends in line `end`, if one does; the shortest reading first."""
    if not mail.lines[end].endswith(":"):
        return None
    following = mail.following(end + 1)
    quoted_next = mail.quote_follows if following is None else QUOTED.match(mail.lines[following]) is not None
    only_quote = quoted_next and end >= mail.last_own
    if following is not None:
        only_quote = only_quote or _header_end(mail, following) is not None
    window = ""
    for begin in range(end, max(end - _ATTRIBUTION_LINES, -1), -1):
        line = mail.lines[begin].strip()
        if not line or QUOTED.match(line) or len(line) + len(window) > _ATTRIBUTION_LENGTH:
            return None
        window = f"{line} {window}" if window else line
        if len(window) >= _ATTRIBUTION_LEAST and _is_attribution(
            window, quoted_next=quoted_next, only_quote=only_quote
        ):
            return begin
    return None


def _is_attribution(window: str, *, quoted_next: bool, only_quote: bool) -> bool:
    """A program's line has a clock time or an address and tells nothing; without them only a quote may follow."""
    clock, address = CLOCK.search(window), "@" in window and ADDRESS.search(window)
    if quoted_next and clock and address:
        return True
    if not only_quote and not (clock or address):
        return False
    if not _ATTRIBUTION.fullmatch(window):
        return False
    telling = quotes.TELLING.search(window) or (not address and not quoted_next and quotes.HONORIFIC.search(window))
    return only_quote or not telling


def _label(line: str) -> str:
    found = LABEL.match(line)
    return found[1].strip().casefold() if found else ""


def _header_end(mail: _Mail, begin: int) -> int | None:
    """Behind the separator or header block that begins in line `begin`; None if none does."""
    if mail.lines[begin][:1] in " -" and _SEPARATOR.fullmatch(mail.lines[begin].strip()):
        following = mail.following(begin + 1)
        block = _block_end(mail, following) if following is not None else None
        return block or begin + 1
    return _block_end(mail, begin)


def _block_end(mail: _Mail, begin: int) -> int | None:
    label = mail.labels[begin]
    if label not in _OPENING_WORDS:
        return None
    ends = (_language_block_end(mail, begin, headers) for headers in HEADERS)
    return next((end for end in ends if end is not None), None)


def _language_block_end(mail: _Mail, begin: int, headers: Headers) -> int | None:
    """A block has the sender, the time sent with a clock, and recipient or subject; long lines may be wrapped."""
    roles = _ROLES[headers.language]
    if mail.labels[begin] not in roles:
        return None
    if _flat_block(mail.lines[begin][:_ATTRIBUTION_LENGTH], headers):
        return begin + 1
    found: dict[str, int] = {}
    last = begin
    for number in range(begin, min(begin + _HEADER_LINES, len(mail.lines))):
        role = roles.get(mail.labels[number])
        if role in found or number - last > _HEADER_GAP:
            break
        if role:
            found[role] = last = number
    sent = found.get("sent")
    complete = "sender" in found and ("recipient" in found or "subject" in found)
    timed = sent is not None and any(CLOCK.search(line) for line in mail.lines[sent : sent + 2])
    return last + 1 if complete and timed else None


def _flat_block(line: str, headers: Headers) -> bool:
    """The whole block on one line, as some clients' HTML reads."""

    def named(words: tuple[str, ...]) -> bool:
        return any(f" {word}:" in line or f" {word} :" in line or line.startswith(word) for word in words)

    others = named(headers.recipient) or named(headers.subject)
    return named(headers.sender) and named(headers.sent) and others and CLOCK.search(line) is not None
