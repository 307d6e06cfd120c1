"""What makes it doubtful who wrote a mail, told from its fields as they came. Pure."""

import re
from collections.abc import Sequence

from ingest.headers import Headers
from ingest.message import Address, Oddity
from ingest.parser import mailboxes

# What may hold signs of the sender's choice: an encoded word, a quoted name, a comment.
_ASIDE = re.compile(r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=|"(?:[^"\\]|\\.)*("?)|\((?:[^()\\]|\\.)*(\)?)', re.DOTALL)
_BETWEEN = re.compile(r'[\s<>,;:()"]+')
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
    )
    return tuple(oddity for oddity, holds in rows if holds)


def _outside(value: str) -> str:
    """The field without what stands aside, raw UTF-8 decoded. What is opened and not closed stays."""
    decoded = value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return _ASIDE.sub(lambda m: m[0] if "" in m.groups() else " ", decoded).translate(_CAPITALS)
