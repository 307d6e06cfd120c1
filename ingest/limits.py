"""How much structure a mail may have, counted on the raw bytes before any parser builds objects from them.

The scan follows the rules of the standard parser (header lines, boundaries, RFC 2046 5.1, message/* inside), so it
sees the parts that parser would make, in time linear in the mail's size.
"""

import re
from dataclasses import dataclass, field
from email.message import Message

from ingest.parameters import parameter

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]*):|From ")
# A leaf that is never read as text; with any other form of the field the standard parser may see text/plain.
_FILE = re.compile(
    rb"[ \t\r\n]{0,9}(?:application|audio|font|image|video)/[a-z0-9.+-]{1,100}[ \t\r\n]{0,9}(?:;|\Z)", re.IGNORECASE
)
_OUTLOOK = re.compile(rb"application/(?:x-|vnd\.)?ms-tnef\b|winmail\.dat", re.IGNORECASE)
_CONTAINER = re.compile(rb"multipart/|message/", re.IGNORECASE)
_ENCODING = b"content-transfer-encoding:"
_LONE_RETURN = re.compile(rb"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one mail; sizes in bytes.

    `header_bytes` counts the header blocks of all parts together, `fields` those of one block. `mime_field_bytes` and
    `parameters` bound one Content-* field, which the standard library reads in time quadratic in both. `text_bytes`
    are all but the files: a thousand pages have 3 MB, and reading 30 MB takes 6 s and up to 900 MB.
    """

    header_bytes: int = 256 * 1024
    field_bytes: int = 64 * 1024
    mime_field_bytes: int = 8 * 1024
    fields: int = 1_000
    parts: int = 1_000
    parameters: int = 200
    depth: int = 50
    text_bytes: int = 6 * 1024 * 1024


LIMITS = Limits()
Span = tuple[int, int]
Part = tuple[int, int, int]
"""Where a part's fields begin, its content begins, and its content ends."""


@dataclass(frozen=True, slots=True)
class Examined:
    """The first limit the mail is past, in words without content of the mail ("" if none), and where files lie in it.

    `files` are the contents (start, end) that are declared base64 and neither text nor container, within a multipart.
    `outlook` are the files Outlook packs its own parts into, declared base64.
    """

    why: str
    files: tuple[Span, ...] = ()
    outlook: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Level:
    """One open container: the boundary of a multipart (None inside message/*) and its parts' default type."""

    boundary: bytes | None
    default_type: str


@dataclass(slots=True)
class _Count:
    header_bytes: int = 0
    parts: int = 0
    file_bytes: int = 0  # contents of parts that are no text and are only measured, whatever their encoding
    levels: list[_Level] = field(default_factory=list)
    dashes: int = -1  # where the first line of dashes behind the last block begins, with the line end before it
    files: list[Span] = field(default_factory=list)
    outlook: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """A header block: where it ends, its Content-Type and encoding, the number of fields and the longest of them."""

    end: int
    content_type: bytes
    encoding: bytes
    fields: int
    longest: int
    longest_mime: int
    parameters: int


def exceeded(raw: bytes, limits: Limits = LIMITS) -> str:
    """The first limit the mail is past, in words without content of the mail; "" if none."""
    return examined(raw, limits).why


def examined(raw: bytes, limits: Limits = LIMITS) -> Examined:
    """Scan the mail once, up to the first limit it is past."""
    lines = _LONE_RETURN.sub(b"\n", raw) if _LONE_RETURN.search(raw) else raw
    count = _Count()
    at: int | None = 0
    while at is not None:
        begin, block = at, _header_block(lines, at, limits)
        count.parts += 1
        count.header_bytes += block.end - begin
        why = _past(block, count, limits)
        if why:
            return Examined(why)
        count.dashes = -1
        at = _enter(lines, block, count)
        if _FILE.match(block.content_type):
            end = count.dashes if count.dashes >= 0 else len(lines)
            count.file_bytes += max(end - block.end, 0)
            if count.dashes > block.end and block.encoding == b"base64":
                count.files.append((block.end, count.dashes))
            if block.encoding == b"base64" and _OUTLOOK.search(lines, begin, block.end):
                count.outlook.append((begin, block.end, end))
    if len(lines) - count.file_bytes > limits.text_bytes:
        return Examined(f"more than {limits.text_bytes} bytes of text")
    return Examined(_past(_Block(0, b"", b"", 0, 0, 0, 0), count, limits), tuple(count.files), tuple(count.outlook))


def _past(block: _Block, count: _Count, limits: Limits) -> str:
    rows = (
        ("header bytes", count.header_bytes, limits.header_bytes),
        ("bytes in one header field", block.longest, limits.field_bytes),
        ("bytes in one Content field", block.longest_mime, limits.mime_field_bytes),
        ("parameters in one Content field", block.parameters, limits.parameters),
        ("header fields", block.fields, limits.fields),
        ("parts", count.parts, limits.parts),
        ("levels of nesting", len(count.levels), limits.depth),
    )
    return next((f"more than {limit} {what}" for what, found, limit in rows if found > limit), "")


def _header_block(raw: bytes, start: int, limits: Limits) -> _Block:
    """Read header lines until one that is none (RFC 5322 2.2), or past a limit; a blank line is consumed with them."""
    at, begun, fields = start, start, list[bytes]()
    while at < len(raw) and len(fields) <= limits.fields and at - start <= limits.header_bytes:
        end = raw.find(b"\n", at) + 1 or len(raw)
        if raw[at] in b"\r\n" or (raw[at] not in b" \t" and not _FIELD.match(raw, at)):
            break
        if raw[at] not in b" \t" and at > begun:
            fields.append(raw[begun:at])
            begun = at
        at = end
    if at > begun:
        fields.append(raw[begun:at])
    blank = at < len(raw) and raw[at] in b"\r\n"
    return _block_of(fields, raw.find(b"\n", at) + 1 if blank else at)


def _block_of(fields: list[bytes], end: int) -> _Block:
    mime = [line for line in fields if line[:8].lower() == b"content-"]
    kinds = [line.partition(b":")[2] for line in mime if line[:13].lower() == b"content-type:"]
    return _Block(
        end=end,
        content_type=kinds[0] if kinds else b"",
        encoding=next((line[26:].strip().lower() for line in mime if line[:26].lower() == _ENCODING), b""),
        fields=len(fields),
        longest=max(map(len, fields), default=0),
        longest_mime=max(map(len, mime), default=0),
        parameters=max((line.count(b";") for line in mime), default=0),
    )


def _enter(raw: bytes, block: _Block, count: _Count) -> int | None:
    """Open what the block announces; where the next header block begins, None at the end of the mail."""
    if block.content_type and not _CONTAINER.search(block.content_type):
        return _next_part(raw, block.end, count)
    part = Message()
    part.set_default_type(count.levels[-1].default_type if count.levels else "text/plain")
    if block.content_type:
        part["Content-Type"] = block.content_type.decode("ascii", "surrogateescape").strip()
    kind = part.get_content_type()
    if kind == "message/delivery-status":
        return _status_blocks(raw, block.end, count)
    if kind.startswith("message/"):
        count.levels.append(_Level(None, "text/plain"))
        return block.end
    boundary = parameter(part, "boundary").rstrip() if kind.startswith("multipart/") else ""
    if boundary:
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        count.levels.append(_Level(b"--" + boundary.encode("utf-8", "replace"), default))
    return _next_part(raw, block.end, count)


def _status_blocks(raw: bytes, start: int, count: _Count) -> int | None:
    """RFC 3464 2.1: each group of fields counts as a part, all of it as header bytes."""
    following = _next_part(raw, start, count)
    end = len(raw) if following is None else following
    count.parts += raw.count(b"\n\n", start, end) + raw.count(b"\n\r\n", start, end)
    count.header_bytes += end - start
    return following


def _next_part(raw: bytes, start: int, count: _Count) -> int | None:
    """Jump to what follows the next boundary line of an open multipart; closes the levels that end on the way."""
    levels = count.levels
    at = count.dashes = raw.find(b"\n--", max(start - 1, 0)) if levels else -1
    while at >= 0 and levels:
        end = raw.find(b"\n", at + 1) + 1 or len(raw)
        line = raw[at + 1 : end].rstrip(b" \t\r\n")
        for index in range(len(levels) - 1, -1, -1):
            boundary = levels[index].boundary
            if boundary is None:
                continue
            if line == boundary:
                del levels[index + 1 :]
                return end
            if line == boundary + b"--":
                del levels[index:]
                break
        at = raw.find(b"\n--", end - 1)
    return None
