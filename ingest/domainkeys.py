"""The door to dkimpy: whether the sender's domain signed a mail as it is read here (RFC 6376, 8301).

dkimpy verifies one signature. What it leaves open is asked here first: that it covers what is read, and that no such
field stands twice, for the parsers take different ones. It holds t= and x= against the machine's own clock as well,
with ten hours of grace. A key of a foreign domain is never looked up.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from ingest import oddities
from ingest.authenticity import Signature
from ingest.message import spelled
from ingest.nameserver import Unanswered
from ingest.results import aligned

# dkimpy logs what it cannot use of a signature, addresses included.
logging.getLogger("dkimpy").setLevel(logging.CRITICAL + 1)

Resolve = Callable[[str], bytes | None]
"""Domain -> its TXT record, None if it has none. Raises Unanswered."""

MOST = 4
"""Signatures of the sender's domain, each of which costs a question to the name server."""
LONGEST = 4096
"""Bytes of one signature: dkimpy reads blanks in it in time quadratic in their number."""
LEAST_BITS = 1024  # RFC 8301 3.2
ONCE = (*(name.lower().encode() for name in oddities.ONCE), b"date", b"mime-version")
COVERED = (b"from", b"subject", b"message-id")
COVERED_IF_THERE = (b"content-type",)
"""What a signature must cover: the sender, the token, what tells a mail sent again, and where the text begins."""

_ENVELOPE = re.compile(rb"(?:[^\r\n]+\r?\n)*?From ")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})+")
# What dkimpy raises on odd signatures and keys: its own errors, and what its parsers trip over.
_FAULTS = (dkim.DKIMException, InvalidTagValueList, ArithmeticError, AssertionError, AttributeError, LookupError)
FAULTS = (*_FAULTS, TypeError, ValueError)


def signature(raw: bytes, domain: str, at: datetime, resolve: Resolve) -> Signature:
    """What the signatures show that `domain`, or one above it, made. `at` (aware) is when the mail arrived."""
    if _read_in_two_ways(raw):
        return Signature.BROKEN
    try:
        mail = dkim.DKIM(raw, minkey=LEAST_BITS)
    except FAULTS:
        return Signature.BROKEN
    names = Counter(name.lower() for name, _ in mail.headers)
    fields = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
    ours = [(number, tags) for number, field in enumerate(fields) if (tags := _tags(field, spelled(domain)))]
    if len(ours) > MOST:
        return Signature.TOO_MANY
    if ours and any(names[name] > 1 for name in ONCE):
        return Signature.BROKEN
    seen = set()
    for number, tags in ours:
        seen.add(_lacking(tags, names, at) or _verified(mail, number, tags, resolve))
        if Signature.GENUINE in seen:
            break
    return next((each for each in Signature if each in seen), Signature.NONE)


def _read_in_two_ways(raw: bytes) -> bool:
    """A lone carriage return ends a line for the parser and not for dkimpy, which also passes over a "From " line."""
    return raw.count(b"\r") != raw.count(b"\r\n") or b"\0" in raw or bool(_ENVELOPE.match(raw))


def _tags(field: bytes, domain: str) -> dict[bytes, bytes]:
    """The tags of a signature that answers for the domain, else none."""
    if len(field) > LONGEST:
        return {}
    try:
        tags: dict[bytes, bytes] = parse_tag_value(field)
    except InvalidTagValueList:
        return {}
    return tags if aligned(domain, _word(tags, b"d")) else {}


def _word(tags: dict[bytes, bytes], tag: bytes) -> str:
    return tags.get(tag, b"").decode("ascii", "replace").lower()


def _lacking(tags: dict[bytes, bytes], names: Counter[bytes], at: datetime) -> Signature | None:
    """Why the signature proves too little, whatever the key says; None where nothing is lacking."""
    covered = {name.strip().lower() for name in tags.get(b"h", b"").split(b":")}
    wanted = {*COVERED, *(name for name in COVERED_IF_THERE if names[name])}
    expires = _word(tags, b"x")
    rows = (
        (Signature.UNKNOWN, _word(tags, b"a") != "rsa-sha256"),
        (Signature.PARTIAL, b"l" in tags or not wanted <= covered),
        (Signature.PARTIAL, not all(names[name] for name in COVERED)),
        (Signature.EXPIRED, expires.isdigit() and int(expires) < at.timestamp()),
        (Signature.BROKEN, not _NAME.fullmatch(f"{_word(tags, b's')}._domainkey.{_word(tags, b'd')}")),
    )
    return next((lacking for lacking, holds in rows if holds), None)


def _verified(mail: dkim.DKIM, number: int, tags: dict[bytes, bytes], resolve: Resolve) -> Signature:
    name = f"{_word(tags, b's')}._domainkey.{_word(tags, b'd')}"
    try:
        genuine = mail.verify(number, dnsfunc=lambda _, timeout: resolve(name))  # noqa: ARG005 - as dkimpy calls it
    except Unanswered:
        return Signature.UNANSWERED
    except FAULTS:
        return Signature.BROKEN
    return Signature.GENUINE if genuine else Signature.BROKEN
