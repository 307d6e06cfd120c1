"""Whether the same files hang on two mails: by checksum of their bytes, whatever the mails around them look like."""

import hashlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message


def checksums(content: bytes, *, passed_on: bool = False) -> tuple[str, ...]:
    """SHA-256 of what hangs on a raw mail besides its text, sorted: the same where two mails carry the same files.

    The text of a mail that hangs on it counts as well, unless this one was merely `passed_on` with it.
    """
    found = _leaves(message_from_bytes(content), within=False)
    files = [part for part, within in found if not _is_text(part) or (within and not passed_on)]
    return tuple(sorted(hashlib.sha256(_bytes_of(part)).hexdigest() for part in files))


def _leaves(part: Message, *, within: bool) -> Iterator[tuple[Message, bool]]:
    """Parts that hold no others, and whether they stand in a mail inside the mail."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        yield part, within
        return
    for inner in payload:
        if isinstance(inner, Message):
            yield from _leaves(inner, within=within or part.get_content_maintype() == "message")


def _is_text(part: Message) -> bool:
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    return part.get_content_maintype() == "text" and not attached


def _bytes_of(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
