"""Header fields as people meant them: unfolded, raw 8-bit bytes and encoded words decoded (RFC 5322, 2047, 6532)."""

import base64
import binascii
import quopri
import re
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from ingest.charsets import decode, line

# A closing "?=" within reach only, so that a field full of openings stays linear.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,2000}?)\?=")
_ID = re.compile(r"<([^<>\s]{1,998})>")
_NO_BRACKETS = str.maketrans("", "", "<>")
# Names of zones and months that German programs write and the standard library does not know.
_ZONES = {"MEZ": "+0100", "CET": "+0100", "MESZ": "+0200", "CEST": "+0200", "WEZ": "+0000", "UTC": "+0000"}
_MONTHS = {"Mär": "Mar", "Mrz": "Mar", "März": "Mar", "Mai": "May", "Okt": "Oct", "Dez": "Dec"}


class Headers:
    """The header fields of one mail or part; names in any case, values unfolded, in the order they stand."""

    __slots__ = ("_fields",)

    def __init__(self, message: Message) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._fields.setdefault(name.lower(), []).append(value)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._fields

    def __len__(self) -> int:
        return sum(map(len, self._fields.values()))

    def as_sent(self, name: str) -> tuple[str, ...]:
        """Every occurrence as the parser holds it: folded, uncleaned, raw bytes as surrogates."""
        return tuple(self._fields.get(name.lower(), ()))

    def all(self, name: str) -> tuple[str, ...]:
        """Every occurrence, encoded words left as they stand."""
        return tuple(unfold(value) for value in self._fields.get(name.lower(), ()))

    def is_plain(self, name: str) -> bool:
        """Whether the field is there once, and reads as it stands: nothing to unfold or to decode but encoded words."""
        values = self._fields.get(name.lower(), ())
        return len(values) == 1 and values[0].isascii() and unfold(values[0]) == values[0]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def text(self, name: str) -> str:
        """The first occurrence that is not empty, decoded for people."""
        return next((words(value) for value in self.all(name) if value), "")

    def ids(self, name: str) -> tuple[str, ...]:
        """Message-IDs without angle brackets, each once, in the order they stand (RFC 5322 3.6.4)."""
        return tuple(dict.fromkeys(found for value in self.all(name) for found in _ids(value)))


def unfold(value: str) -> str:
    """One line; raw bytes (kept by the parser as surrogates) read by the charset ladder."""
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"))[0] if _is_raw(value) else value
    return line(value)


def _is_raw(value: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in value) and not any("\ud800" <= c < "\udc80" for c in value)


def words(value: str) -> str:
    """Encoded words decoded (RFC 2047), also in places and forms the RFC forbids; one line."""
    if "=?" not in value:
        return line(value)
    pieces: list[str] = []
    pending, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between, (name, coding, content) = value[at : match.start()], match.groups()
        name = name.partition("*")[0].lower()  # RFC 2231 5: a language may follow
        if pending and (between.strip() or name != charset):
            pieces.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or not at:  # 6.2: only the space between two encoded words is dropped
            pieces.append(between)
        pending, charset, at = pending + _word_bytes(coding, content), name, match.end()
    pieces.extend((decode(pending, charset)[0], value[at:]))
    return line("".join(pieces))


def _word_bytes(coding: str, content: str) -> bytes:
    data = content.encode("utf-8")
    if coding in "qQ":
        return quopri.decodestring(data.replace(b" ", b"_"), header=True)
    return lenient_base64(data)


def lenient_base64(data: bytes) -> bytes:
    """What a mail program would make of it: foreign characters skipped, missing padding added, a lone rest dropped."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def _ids(value: str) -> list[str]:
    found = _ID.findall(value)
    return found or [token.translate(_NO_BRACKETS) for token in value.split() if "@" in token]


def date(value: str) -> datetime | None:
    """An aware date, None where none can be read. MEZ, MESZ, CET, CEST are understood, an unknown zone is UTC."""
    tokens = value.partition("(")[0].split()
    tokens = [_MONTHS.get(token.rstrip("."), token) for token in tokens]
    if tokens and not tokens[0][0].isdigit() and len(tokens) > 4:
        tokens = tokens[1:]  # the day of the week, in whatever language
    if tokens:
        tokens[-1] = _ZONES.get(tokens[-1].upper(), tokens[-1])
    try:
        found = parsedate_to_datetime(" ".join(tokens))
        found = found if found.tzinfo else parsedate_to_datetime(f"{found:%d %b %Y %H:%M:%S} +0000")
        found.utctimetuple()  # a year that leaves the calendar in UTC is no date
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return found
