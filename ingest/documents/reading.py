"""From a file's bytes to its text, and which of several files is the letter."""

from collections.abc import Callable, Iterable

from ingest import charsets
from ingest.documents import archive, opendocument, pdf, word
from ingest.documents.file import (
    DAMAGED,
    EMPTY,
    FORMAT,
    MACROS,
    MAX_FILE,
    MAX_TEXT,
    OLD_WORD,
    PROTECTED,
    SCAN,
    TOO_LARGE,
    TOO_LONG,
    File,
    Unreadable,
)

_START = 1024
"""A PDF's first line may have other bytes before it (PDF 1.7, implementation note 13)."""
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")  # the stream's name, [MS-OFFCRYPTO] 2.3.4.4


def text_of(file: File) -> str:
    """The plain text: a blank line between paragraphs, a line for each item of a list and each row of a table.

    What the file is, its first bytes say, not its name or declared type.

    Raises:
        Unreadable: with a sentence for whoever sent it.
    """
    if not file.content.strip(b"\0 \t\r\n"):
        raise Unreadable(EMPTY)
    if len(file.content) > MAX_FILE:
        raise Unreadable(TOO_LARGE)
    read = next((reader for holds, reader in _KINDS if holds(file.content)), None)
    if read is None:
        raise Unreadable(FORMAT)
    text = charsets.clean(read(file.content)).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(TOO_LONG)
    return text


def fields_of(file: File) -> dict[str, str]:
    """The fields of a filled PDF form, boxes with the name of their state; {} for every other file.

    Raises:
        Unreadable: with a sentence for whoever sent it.
    """
    if b"%PDF-" not in file.content[:_START]:
        return {}
    if len(file.content) > MAX_FILE:
        raise Unreadable(TOO_LARGE)
    return {name: charsets.clean(value) for name, value in pdf.fields(file.content).items()}


def letter_in(files: Iterable[File]) -> File | None:
    """The only file that can be read; of several the only one named „Antwort“. None where that leaves none or many."""
    readable = [file for file in files if not file.inline and _is_readable(file)]
    named = [file for file in readable if "antwort" in file.name.casefold()]
    found = readable if len(readable) == 1 else named
    return found[0] if len(found) == 1 else None


def _is_readable(file: File) -> bool:
    try:
        text_of(file)
    except Unreadable:
        return False
    return True


def _ole(content: bytes) -> str:
    raise Unreadable(PROTECTED if _ENCRYPTED_OFFICE in content else OLD_WORD)


def _picture(_content: bytes) -> str:
    raise Unreadable(SCAN)


def _packed(content: bytes) -> str:
    with archive.opened(content) as members:
        if any("vbaproject" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in members.names):
            raise Unreadable(MACROS)
        for known, read in ((word.known, word.text), (opendocument.known, opendocument.text)):
            if known(members):
                return read(members)
        raise Unreadable(DAMAGED if not members.names else FORMAT)


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], str]], ...] = (
    (_begins(b"PK\x03\x04", b"PK\x05\x06"), _packed),
    (_begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _ole),
    (_begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"), _picture),
    (lambda content: b"%PDF-" in content[:_START], pdf.text),
)
"""What the first bytes mean, and who reads such a file."""
