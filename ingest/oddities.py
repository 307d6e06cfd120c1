"""What makes it doubtful who wrote a mail, told from its fields as they came. Pure."""

import re
from collections.abc import Sequence

from ingest.headers import Headers
from ingest.message import Address, Oddity, spelled
from ingest.parser import mailboxes
from ingest.results import aligned

ONCE = (
    *("From", "Sender", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References"),
    *("Content-Type", "Content-Transfer-Encoding"),
)
"""What decides who speaks, about what and how the text is read: at most one of each (RFC 5322 3.6, RFC 2045 3)."""
ANSWERING = ("In-Reply-To", "References")

# What may hold signs of the sender's choice: an encoded word, a quoted name, a comment.
_ASIDE = re.compile(r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=|"(?:[^"\\]|\\.)*("?)|\((?:[^()\\]|\\.)*(\)?)', re.DOTALL)
_BETWEEN = re.compile(r'[\s<>,;:()"]+')
_BLANK_LINE = re.compile(rb"\n\r?\n")
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")  # K (U+212A) stays what it is


def oddities(raw: bytes, fields: Headers, senders: Sequence[Address]) -> tuple[Oddity, ...]:
    """All that hold for a mail whose From fields were read as `senders`."""
    written = fields.as_sent("From")
    outside = [_outside(value) for value in written]
    addresses = {word for value in outside for word in _BETWEEN.split(value) if "@" in word}
    read = {a.address.translate(_CAPITALS) for a in senders}
    others = {a.address for a in mailboxes(fields, "Sender")} - {a.address for a in senders}
    rows = (
        (Oddity.SEVERAL, len(written) > 1),
        (Oddity.GROUP, any(":" in value for value in outside)),
        (Oddity.UNCLEAR, addresses != read),
        (Oddity.OTHER_SENDER, bool(others) or len(fields.as_sent("Sender")) > 1),
        (Oddity.NUL, b"\0" in raw),
        (Oddity.DOUBLED, any(len(set(fields.all(name))) > 1 for name in ONCE)),
        (Oddity.LONE_RETURN, _has_lone_return(raw)),
        (Oddity.UNSIGNED_ANSWER, _answer_is_unsigned(fields, senders)),
    )
    return tuple(oddity for oddity, holds in rows if holds)


def _has_lone_return(raw: bytes) -> bool:
    """In the head, as far as a server sees it that knows no other line end than \\n."""
    blank = _BLANK_LINE.search(raw)
    end = blank.start() if blank else len(raw)
    return raw.count(b"\r", 0, end) > raw.count(b"\r\n", 0, end + 1)


def _answer_is_unsigned(fields: Headers, senders: Sequence[Address]) -> bool:
    """Whether a signature that answers for the sender leaves open what others could add (RFC 6376 8.15)."""
    there = {name.lower() for name in ANSWERING if name in fields}
    domain = spelled(senders[0].address.rpartition("@")[2]) if senders else ""
    for signature in fields.as_sent("DKIM-Signature") if there and domain else ():
        tags = {name.strip(): value for name, _, value in (tag.partition("=") for tag in signature.split(";"))}
        covered = {name.strip().lower() for name in tags.get("h", "").split(":")}
        if aligned(domain, spelled(tags.get("d", "").strip())) and not there <= covered:
            return True
    return False


def _outside(value: str) -> str:
    """The field without what stands aside, raw UTF-8 decoded. What is opened and not closed stays."""
    decoded = value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return _ASIDE.sub(lambda m: m[0] if "" in m.groups() else " ", decoded).translate(_CAPITALS)
