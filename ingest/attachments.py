"""What hangs on a mail: a clean name, the type, the decoded size. Attachments are measured, not decoded."""

import re
from email.message import Message

from ingest.charsets import decode, line
from ingest.headers import lenient_base64, words
from ingest.message import Attachment
from ingest.parameters import parameter

MAX_NAME = 200
"""Characters of a name that are kept, its ending included."""

ENDINGS = {
    "application/msword": "doc",
    "application/ms-tnef": "dat",
    "application/octet-stream": "bin",
    "application/pdf": "pdf",
    "application/pgp-encrypted": "asc",
    "application/pgp-signature": "asc",
    "application/pkcs7-mime": "p7m",
    "application/pkcs7-signature": "p7s",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/x-pkcs7-mime": "p7m",
    "application/x-pkcs7-signature": "p7s",
    "application/zip": "zip",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "message/rfc822": "eml",
    "text/calendar": "ics",
    "text/html": "html",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
}
"""Endings of the names made up for parts without one; our own table, the system's differs from machine to machine."""
_WHITE = b"\n\r\t "


def of(part: Message, number: int) -> Attachment:
    """`number` (from 1) is the part's place among the attachments and goes into a made-up name."""
    kind = line(part.get_content_type())
    return Attachment(name(part) or f"anhang-{number}.{ENDINGS.get(kind, 'dat')}", kind, _size(part))


def name(part: Message) -> str:
    """The name without any path (RFC 2183 2.3); "" if it has none."""
    _read_raw_names(part)
    given = parameter(part, "filename", "Content-Disposition") or parameter(part, "name")
    last = re.split(r"[/\\]", words(given))[-1].strip()
    if len(last) <= MAX_NAME:
        return "" if last in (".", "..") else last
    stem, dot, ending = last.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 10 else ""
    return last[: MAX_NAME - len(ending)] + ending


def _read_raw_names(part: Message) -> None:
    """Raw 8-bit bytes in the two fields that may carry a name become text, else the parser shows question marks."""
    for field, value in part.raw_items():
        if field.lower() in ("content-type", "content-disposition") and not value.isascii():
            part.replace_header(field, decode(value.encode("utf-8", "surrogateescape"))[0])


def _size(part: Message) -> int:
    """Decoded bytes. A mail inside is as large as its fields and parts, since it is not encoded (RFC 2046 5.2.1)."""
    if part.is_multipart():
        payload = part.get_payload()
        return sum(_whole(inner) for inner in payload if isinstance(inner, Message)) if isinstance(payload, list) else 0
    coded = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    if coded:
        del part["Content-Transfer-Encoding"]  # so that the payload comes as it stood in the mail
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    return _base64_size(data) if coded else len(data)


def _base64_size(data: bytes) -> int:
    signs = data.translate(None, _WHITE)
    padding = len(signs) - len(signs.rstrip(b"="))
    if len(signs) % 4 == 0 and signs.find(b"=") in (-1, len(signs) - padding):
        return len(signs) // 4 * 3 - padding
    return len(lenient_base64(data))


def _whole(message: Message) -> int:
    return sum(len(field) + len(value) + 4 for field, value in message.raw_items()) + 2 + _size(message)
