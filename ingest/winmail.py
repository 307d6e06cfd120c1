"""What Outlook packs into a `winmail.dat` (TNEF, MS-OXTNEF), letter and files: put in its place as parts of the mail.

The file is opened by a program of its own within bounds of time and memory (`ingest.tnef`). What cannot be opened whole
stays as it came, and the officer is told.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from ingest.attachments import ENDINGS
from ingest.headers import lenient_base64
from ingest.limits import Part

KIND = "multipart/x-winmail"
"""The part put in place of the file. The letter in it is mostly the mail's text once more."""

MOST_FILES = 3
"""Of one mail that are opened."""
LARGEST = 10 * 1024 * 1024
"""Bytes of one that is opened: opening takes four times as much memory."""
SECONDS = 20
"""To wait for a program that may take one second of CPU, on a machine that has much to do."""

_SIGNATURE = bytes.fromhex("789f3e22")  # MS-OXTNEF 2.1.2
_PROGRAM = Path(__file__).with_name("tnef.py")
_FIELD = re.compile(rb"(?<=\n)(?=[^ \t])")
_TYPE = re.compile(r"(?:application|audio|image|text|video)/[a-z0-9][a-z0-9.+-]{0,100}")
_NO_ANSWER = ("message/", "application/x-", "application/ms-tnef")  # structure, older names, and .dat is anything
_TYPES = {ending: kind for kind, ending in ENDINGS.items() if not kind.startswith(_NO_ANSWER)}


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Inside:
    """`letter` is UTF-8, of the subtype `kind`; not `whole` if the library left something out."""

    kind: str
    letter: bytes
    files: tuple[_File, ...]
    whole: bool


def unpacked(raw: bytes, packed: Iterable[Part]) -> bytes:
    """The mail with those files (in base64, in order) opened; as it is where none can be."""
    pieces, at = list[bytes](), 0
    for begin, content, end in islice(packed, MOST_FILES):
        data = lenient_base64(raw[content:end])
        inside = _opened(data)
        if inside is None:
            continue
        fields = [field for field in _FIELD.split(raw[begin:content]) if field.strip()]
        others = b"".join(field for field in fields if not field.lower().startswith(b"content-"))
        pieces += (raw[at:begin], others, *_parts(inside, data))
        at = end
    return b"".join((*pieces, raw[at:])) if pieces else raw


def _opened(data: bytes) -> _Inside | None:
    """None where it is none, is too large, or cannot be read within the bounds."""
    if not data.startswith(_SIGNATURE) or len(data) > LARGEST:
        return None
    try:
        command = [sys.executable, "-I", str(_PROGRAM)]
        done = subprocess.run(command, input=data, capture_output=True, env={}, timeout=SECONDS, check=True)  # noqa: S603 - ours
        return _told(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError):
        return None  # told by the part that stays


def _told(output: bytes) -> _Inside | None:
    line, _, rest = output.partition(b"\n")
    told = json.loads(line)
    letter, at = rest[: told["text"]], told["text"]
    files: list[_File] = []
    for file in told["files"]:
        content = rest[at : at + file["size"]]
        files.append(_File(file["name"], file["type"].lower(), content))
        at += file["size"]
    found = _Inside(told["kind"], letter, tuple(files), told["whole"])
    return found if at == len(rest) and (letter or files) else None


def _parts(inside: _Inside, data: bytes) -> Iterator[bytes]:
    boundary = f"winmail-{hashlib.sha256(data).hexdigest()[:32]}".encode()
    yield b"Content-Type: " + KIND.encode() + b'; boundary="' + boundary + b'"\n\n'
    if inside.letter:
        kind = f"text/{inside.kind}; charset=utf-8"
        yield _part(boundary, kind, "", inside.letter)
    for file in inside.files:
        yield _part(boundary, _type(file), _disposition(file.name), file.content)
    if not inside.whole:
        yield _part(boundary, "application/ms-tnef", _disposition("winmail.dat"), data)
    yield b"--" + boundary + b"--"


def _part(boundary: bytes, kind: str, disposition: str, content: bytes) -> bytes:
    head = f"\nContent-Type: {kind}\n{disposition}Content-Transfer-Encoding: base64\n\n"
    return b"--" + boundary + head.encode() + base64.encodebytes(content) + b"\n"


def _type(file: _File) -> str:
    """As the file says, or by the ending of its name."""
    by_ending = _TYPES.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
    return file.type if _TYPE.fullmatch(file.type) else by_ending


def _disposition(name: str) -> str:
    """RFC 2231: everything but letters and digits in percent signs, so that no name can end the field."""
    if not name:
        return "Content-Disposition: attachment\n"
    return f"Content-Disposition: attachment; filename*=utf-8''{quote(name[-200:], safe='', errors='replace')}\n"
