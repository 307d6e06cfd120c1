"""Large files in one line: parsers go through a mail line by line, and base64 means the same without line ends."""

from collections.abc import Iterable

from ingest.limits import Span

LEAST = 16 * 1024
"""Bytes of base64 from which on joining its lines is worth a copy of the mail."""

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="


def unfolded(raw: bytes, files: Iterable[Span]) -> bytes:
    """The mail with the lines of large `files` joined (RFC 2045 6.8: line ends carry nothing in base64).

    `files` stand in order. One that holds anything but base64 and line ends is left as it stands.
    """
    pieces: list[bytes] = []
    at = 0
    for start, end in files:
        if end - start < LEAST:
            continue
        joined = raw[start:end].translate(None, b"\r\n")
        if joined.translate(None, _BASE64):
            continue
        pieces += (raw[at:start], joined)
        at = end - raw.endswith(b"\r", start, end)  # the line end before the boundary stays whole
    return b"".join((*pieces, raw[at:])) if pieces else raw
