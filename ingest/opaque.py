"""S/MIME with the mail inside the signature (RFC 8551 3.5.2, `smime.p7m`): the mail that was signed, to be read.

Nothing is verified and nothing trusted by it: the fields of the mail stay those of the envelope, and of the inside only
its Content-* fields count. Five tags deep into CMS (RFC 5652 5.1), in one go and without recursion; `cryptography`
reads no signed content, and asn1crypto takes 24 s for 20 MB in the pieces OpenSSL writes.
"""

import base64
import re
from email import message_from_bytes
from email.message import Message

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # RFC 5652 5.1
_DATA = bytes.fromhex("2a864886f70d010701")  # RFC 5652 4
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _PIECES, _EXPLICIT = 0x30, 0x31, 0x02, 0x06, 0x04, 0x24, 0xA0
_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"(?<=\n)(?=[^ \t])")
_NO_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
MOST_WRAPPINGS = 3
"""Signatures around signatures that are taken off."""


def unwrapped(raw: bytes) -> bytes:
    """The mail with what was signed in place of the signature; as it is where nothing was signed so.

    The fields before the first blank line must be within bounds.
    """
    for _ in range(MOST_WRAPPINGS):
        inner = _once(raw)
        if inner is None:
            break
        raw = inner
    return raw


def _once(raw: bytes) -> bytes | None:
    blank = _BLANK_LINE.search(raw)
    if blank is None or b"pkcs7-mime" not in raw[: blank.start()].lower():
        return None
    head = raw[: blank.start()] + b"\n"
    fields = message_from_bytes(head)
    if fields.get_content_type() not in _TYPES:
        return None
    signed = _signed(_decoded(fields, raw[blank.end() :]))
    if signed is None:
        return None
    own = [field for field in _FIELD.split(head) if not field.lower().startswith(b"content-")]
    begin = _BLANK_LINE.search(signed)
    inside = signed[: begin.start()] if begin else b""
    theirs = [field for field in _FIELD.split(inside) if field.lower().startswith(b"content-")]
    body = signed[begin.end() :] if begin else signed
    return b"".join(own) + b"".join(theirs).rstrip(b"\r\n") + b"\n\n" + body


def _decoded(fields: Message, body: bytes) -> bytes:
    if str(fields.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return body
    kept = body.translate(None, _NO_BASE64)
    return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + b"=" * (-len(kept) % 4))


def _signed(data: bytes) -> bytes | None:
    """The content of a SignedData; None for anything else: encrypted, damaged, a signature alone."""
    try:
        at = _into(data, 0, _SEQUENCE)
        at = _after(data, at, _OID, _SIGNED_DATA)
        at = _into(data, _into(data, at, _EXPLICIT), _SEQUENCE)
        at = _skipped(data, _skipped(data, at, _INTEGER), _SET)
        at = _after(data, _into(data, at, _SEQUENCE), _OID, _DATA)
        return _octets(data, _into(data, at, _EXPLICIT))
    except (ValueError, IndexError):
        return None


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, where the content begins, its length (-1: until an end mark; X.690 8.1.3). Raises IndexError, ValueError."""
    tag, length, at = data[at], data[at + 1], at + 2
    if length == 0x80:
        return tag, at, -1
    if length > 0x80:
        many = length - 0x80
        length, at = int.from_bytes(data[at : at + many], "big"), at + many
    if at + length > len(data):
        raise ValueError("cut off")
    return tag, at, length


def _into(data: bytes, at: int, wanted: int) -> int:
    tag, begin, _ = _header(data, at)
    if tag != wanted:
        raise ValueError("another tag")
    return begin


def _after(data: bytes, at: int, wanted: int, value: bytes) -> int:
    begin = _into(data, at, wanted)
    if not data.startswith(value, begin):
        raise ValueError("another value")
    return begin + len(value)


def _skipped(data: bytes, at: int, wanted: int) -> int:
    _into(data, at, wanted)
    open_ones = 0
    while True:
        tag, begin, length = _header(data, at)
        at = begin + max(length, 0)
        open_ones += (length < 0) - (tag == 0 and length == 0)
        if open_ones <= 0:
            return at


def _octets(data: bytes, at: int) -> bytes:
    """An octet string, whole or in pieces (X.690 8.7)."""
    tag, begin, length = _header(data, at)
    if tag == _OCTETS and length >= 0:
        return data[begin : begin + length]
    if tag != _PIECES:
        raise ValueError("another tag")
    pieces, at, open_ones = list[bytes](), begin, int(length < 0)
    end = begin + length if length >= 0 else len(data)
    while at < end and (open_ones or length >= 0):
        tag, begin, size = _header(data, at)
        if tag == _OCTETS and size >= 0:
            pieces.append(data[begin : begin + size])
        elif tag not in (_PIECES, 0):
            raise ValueError("another tag")
        open_ones += (size < 0) - (tag == 0)
        at = begin if tag == _PIECES else begin + size
    return b"".join(pieces)
