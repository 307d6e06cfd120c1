"""The door to tnefparse and striprtf, a program of its own: `winmail.dat` in, one line of JSON and the files out.

tnefparse counts as far as four bytes of the file tell it to and copies what is left for every object, so that a small
file can ask for hours and gigabytes. Here it may take a second and `MEGABYTES`, and can write no file; whoever is past
that is killed and nothing is lost but the look inside (`ingest.winmail` starts it).
"""

import json
import logging
import resource
import sys

from striprtf.striprtf import rtf_to_text
from tnefparse import TNEF
from tnefparse.properties import MAPI_ATTACH_MIME_TAG
from tnefparse.tnef import TNEFAttachment

CPU_SECONDS = 1
MEGABYTES = 256
MAX_TEXT = 1024 * 1024
"""Bytes of a text that are handed on; longer ones are left to the mail program."""
_FALLBACK = "cp1252"
_HEAD = 6


class _Faults(logging.Handler):
    """The library logs what it could not read and goes on without it."""

    any = False

    def emit(self, record: logging.LogRecord) -> None:
        self.any = self.any or record.levelno >= logging.ERROR


def main() -> None:
    """Raises whatever the library raises: the one who started this sees an exit code that is not 0."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    faults = _Faults()
    logging.getLogger("tnefparse").addHandler(faults)
    data = sys.stdin.buffer.read()
    found = TNEF(data, do_checksum=True)
    kind, text = _text(found)
    files = [file for file in found.attachments if file.data or _name(file)]
    whole = not faults.any and _is_whole(found, len(data))
    told = {"kind": kind, "text": len(text), "files": [_told(file) for file in files], "whole": whole}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + text)
    for file in files:
        sys.stdout.buffer.write(file.data)


def _is_whole(found: TNEF, size: int) -> bool:
    """The library takes a file that was cut off for one that ends there."""
    return _HEAD + sum(o.length for o in found.objects) == size and all(o.good_checksum for o in found.objects)


def _text(found: TNEF) -> tuple[str, bytes]:
    """The letter in the plainest form there is, UTF-8."""
    plain = _words(found.body, found.codepage)
    if plain.strip():
        return "plain", _kept(plain)
    marked = _words(found.htmlbody, found.codepage)
    if marked.strip():
        return "html", _kept(marked)
    rich = found.rtfbody
    return "plain", _kept(rtf_to_text(rich.decode("latin-1"), errors="replace") if rich else "")  # type: ignore[no-untyped-call]


def _words(value: bytes | str | None, codepage: str | None) -> str:
    if not isinstance(value, bytes):
        return (value or "").rstrip("\0")
    for charset in ("utf-8", codepage or _FALLBACK):
        try:
            return value.decode(charset).rstrip("\0")
        except (UnicodeDecodeError, LookupError):
            continue  # the next one; the last takes anything
    return value.decode("latin-1").rstrip("\0")


def _kept(text: str) -> bytes:
    whole = text.encode("utf-8", "replace")
    return whole if len(whole) <= MAX_TEXT else b""


def _told(file: TNEFAttachment) -> dict[str, object]:
    """A mail within the mail is told as TNEF again, which nobody opens."""
    tags = [str(a.data) for a in file.mapi_attrs if a.name == MAPI_ATTACH_MIME_TAG]
    return {
        "name": _name(file),
        "type": "application/ms-tnef" if hasattr(file, "embed") else next(iter(tags), ""),
        "size": len(file.data),
    }


def _name(file: TNEFAttachment) -> str:
    try:
        return _words(file.long_filename().rstrip("\0") or file.name, None)
    except UnicodeDecodeError:  # the library takes the short name for UTF-8
        return _words(file._name, file.codepage)  # noqa: SLF001 - it has no other way to its bytes


if __name__ == "__main__":
    main()
