"""One text part: transfer encoding and charset taken off, even where they lie."""

import base64
import binascii
import quopri
import re
from email.message import Message
from itertools import takewhile

from ingest import charsets
from ingest.flowed import unflow
from ingest.headers import lenient_base64
from ingest.parameters import parameter

_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{0,2000}={0,2}")
_HTML = re.compile(r"\s{0,200}(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_CALENDAR_FOLD = re.compile(r"\n[ \t]")


def content(part: Message) -> tuple[str, tuple[str, ...]]:
    """The clean text, flowed lines joined, and the defects `transfer-encoding` and `charset` where a field lied."""
    data, encoded = _decoded(part)
    declared = parameter(part, "charset") or (charsets.of_html(data) if part.get_content_subtype() == "html" else "")
    text, held = charsets.decode(data, declared)
    text = charsets.clean(text)
    if parameter(part, "format").lower() == "flowed" and part.get_content_subtype() == "plain":
        text = unflow(text, delsp=parameter(part, "delsp").lower() == "yes")
    lies = (("transfer-encoding", encoded), ("charset", held))
    return text, tuple(name for name, true in lies if not true)


def _decoded(part: Message) -> tuple[bytes, bool]:
    """The bytes below the transfer encoding, and whether it was one that could be taken off cleanly."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).partition("(")[0].strip(" \t\r\n\"';").lower()
    del part["Content-Transfer-Encoding"]  # so that the payload comes as it stood in the mail
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return quopri.decodestring(data), True
    return data, encoding in ("", "7bit", "8bit", "binary")


def _base64(data: bytes) -> tuple[bytes, bool]:
    """Whole where it is base64; else the lines that are, and what a list server hung below them as it stands."""
    try:
        return base64.b64decode(b"".join(data.split()), validate=True), True
    except binascii.Error:
        pass  # padding, junk, a footer, or no base64 at all: told as a defect
    lines = data.splitlines(keepends=True)
    coded = list(takewhile(lambda line: _BASE64_LINE.fullmatch(line.strip()) is not None, lines))
    rest = b"".join(lines[len(coded) :])
    if not any(b" " in line.strip() for line in rest.splitlines()):
        return lenient_base64(data), False  # stray characters inside, no words
    return lenient_base64(b"".join(coded)) + rest, False


def is_html(text: str) -> bool:
    """Whether text declared plain is an HTML document all the same."""
    return _HTML.match(text) is not None


def of_calendar(text: str) -> str:
    """What a calendar entry says in words (RFC 5545 3.8.1): summary, place, description."""
    lines = _CALENDAR_FOLD.sub("", text).split("\n")
    said = [line.partition(":")[2] for line in lines if re.match(r"(?:SUMMARY|LOCATION|DESCRIPTION)[;:]", line)]
    plain = (value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";") for value in said)
    return "\n".join(value.strip() for value in plain if value.strip())
