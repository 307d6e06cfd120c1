"""The files on a raw mail, with their bytes. Which parts are files is decided where the mail is read, not here."""

from collections.abc import Iterator
from email.message import Message

from ingest import attachments as measured
from ingest import bodies, parser
from ingest.documents.file import File
from ingest.opening import opened


def attachments(raw: bytes) -> tuple[File, ...]:
    """Every attachment in the order they hang there, named as `ingest.reading` names it.

    Raises:
        parser.Unreadable: the mail is past a limit, or no parser can read it.
    """
    _, raw = opened(raw)
    waiting = bodies.read(parser.parse(raw).message).attachments
    files: list[File] = []
    # A second tree, since reading takes the transfer encodings off the first. Its parts come in the same order.
    for part in _single(parser.parse(raw).message):
        if len(files) == len(waiting):
            break
        content, inline = _content(part), _is_inline(part)
        found = measured.of(part, len(files) + 1)
        if found == waiting[len(files)]:
            files.append(File(found.name, found.type, content, inline))
    return tuple(files)


def _single(tree: Message) -> Iterator[Message]:
    """The parts that may be files: no container, nothing from within an attached mail."""
    inside: set[int] = set()
    for part in tree.walk():
        if id(part) in inside or part.get_content_maintype() == "multipart":
            continue
        if part.is_multipart():
            inside.update(map(id, part.walk()))
        yield part


def _content(part: Message) -> bytes:
    """The decoded bytes; of an attached mail as it stands (RFC 2046 5.2.1), empty where it cannot be written again."""
    if part.is_multipart():
        inner = part.get_payload()
        try:
            return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
        except parser.FAULTS:
            return b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _is_inline(part: Message) -> bool:
    """A picture with a place in the text (RFC 2392): shown there, not handed over."""
    disposition = part.get_content_disposition()
    placed = "Content-ID" in part or disposition == "inline"
    return part.get_content_maintype() == "image" and placed and disposition != "attachment"
