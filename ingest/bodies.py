"""The text of a mail and what hangs on it: one walk over the parts (RFC 2046), each read once."""

import re
from dataclasses import dataclass, field, replace
from email.message import Message

from ingest import attachments, charsets, texts, winmail
from ingest.html import MAX_LENGTH, to_text
from ingest.message import Attachment
from ingest.parameters import parameter

# A plain part that only tells people to look at the HTML one.
_STUB = re.compile(
    r"html.{0,120}(?:programm|client|reader|format|view|anzeige|unterst|support|browser|compatible)"
    r"|(?:programm|client|reader|view|anzeige|unterst|support|browser).{0,120}html",
    re.IGNORECASE | re.DOTALL,
)
_STUB_LENGTH = 600
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True, slots=True)
class Body:
    """`mails` are the attached mails (message/rfc822), in the order they hang there."""

    text: str
    attachments: tuple[Attachment, ...]
    mails: tuple[Message, ...]
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text part: decoded, and if `html` not yet rendered."""

    text: str
    html: bool
    packed: bool = False  # out of a winmail.dat, where it mostly stands once more


@dataclass(slots=True)
class _Walk:
    attachments: list[Attachment] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    calendar: list[Message] = field(default_factory=list)
    has_text: bool = False


def read(message: Message) -> Body:
    """Choose and join the text parts, list all others. Changes `message` (transfer encodings are taken off)."""
    walk = _Walk()
    text = _joined(_part(message, walk), walk)
    if not text and walk.calendar:
        text = texts.of_calendar(texts.content(walk.calendar[0])[0])
    if _PGP in text:
        walk.defects.append("encrypted")
    return Body(text, tuple(walk.attachments), tuple(walk.mails), tuple(dict.fromkeys(walk.defects)))


def _part(part: Message, walk: _Walk) -> list[_Piece]:
    kind = part.get_content_type()
    if part.is_multipart():
        return _container(part, kind, walk)
    if kind.startswith("multipart/"):
        kind = "text/plain"  # a multipart whose boundary never came: its lines are all there is
    if kind in ("text/plain", "text/html") and _is_body(part, walk):
        return _text(part, kind, walk)
    _attach(part, kind, walk)
    return []


def _container(part: Message, kind: str, walk: _Walk) -> list[_Piece]:
    if kind.startswith("message/"):
        if kind in ("message/rfc822", "message/global"):
            walk.mails.extend(_inside(part)[:1])
        _attach(part, kind, walk)
        return []
    if kind == "multipart/encrypted":
        walk.defects.append("encrypted")
    if kind == "multipart/alternative":
        return _best(_inside(part), walk)
    pieces = [piece for inner in _inside(part) for piece in _part(inner, walk)]
    return [replace(piece, packed=True) for piece in pieces] if kind == winmail.KIND else pieces


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _best(inside: list[Message], walk: _Walk) -> list[_Piece]:
    """Plain text, unless it is empty or a stub; else the last, which is the richest (RFC 2046 5.1.4)."""
    had_text = walk.has_text
    renditions: list[list[_Piece]] = []
    for inner in inside:
        walk.has_text = had_text  # each rendition is the same text once more
        renditions.append([piece for piece in _part(inner, walk) if piece.text.strip()])
    walk.has_text = had_text or any(renditions)
    filled = [rendition for rendition in renditions if rendition]
    rich = [rendition for rendition in filled if any(piece.html for piece in rendition)]
    plain = [rendition for rendition in filled if rendition not in rich]
    if plain and rich and _is_stub(plain[0]):
        plain = []
    return (plain[:1] or rich[-1:] or [[]])[0]


def _is_stub(pieces: list[_Piece]) -> bool:
    text = "".join(piece.text for piece in pieces)
    return len(text) <= _STUB_LENGTH and bool(_STUB.search(text))


def _is_body(part: Message, walk: _Walk) -> bool:
    """Text to be read in place. A named one is, where no text came before it; one declared a file is not."""
    disposition = part.get_content_disposition()
    if disposition == "attachment":
        return False
    named = bool(attachments.name(part))
    if named and disposition == "inline":
        _attach(part, part.get_content_type(), walk)  # shown in place and offered as a file
        return not walk.has_text
    if named and walk.has_text:
        _attach(part, part.get_content_type(), walk)
        return False
    return True


def _text(part: Message, kind: str, walk: _Walk) -> list[_Piece]:
    text, defects = texts.content(part)
    walk.defects.extend(defects)
    walk.has_text = walk.has_text or bool(text.strip())
    html = kind == "text/html" or texts.is_html(text)
    return [_Piece(text, html)]


def _attach(part: Message, kind: str, walk: _Walk) -> None:
    attachment = attachments.of(part, len(walk.attachments) + 1)
    if attachment in walk.attachments and part.get_content_disposition() == "inline":
        return
    walk.attachments.append(attachment)
    if kind == "text/calendar":
        walk.calendar.append(part)
    if kind == "application/ms-tnef" or attachment.name.lower() == "winmail.dat":
        walk.defects.append("tnef")
    if kind in _ENCRYPTED:
        signed = parameter(part, "smime-type").lower() == "signed-data"
        walk.defects.append("opaque-signature" if signed else "encrypted")


def _joined(pieces: list[_Piece], walk: _Walk) -> str:
    """All pieces as plain text, a blank line between; a piece that repeats one before it is left out."""
    shown: dict[str, str] = {}
    left = MAX_LENGTH
    for piece in sorted(pieces, key=lambda p: p.packed):
        text = piece.text
        if piece.html:
            rendered, left = to_text(text, left), max(left - len(text), 0)
            walk.defects.extend(rendered.defects)
            text = rendered.text
        if text.strip() and not (piece.packed and _words(text) in _words("".join(shown))):
            shown.setdefault("".join(text.split()), text)
    return charsets.clean("\n\n".join(text.strip("\n") for text in shown.values())).strip("\n")


def _words(text: str) -> str:
    """Letters and figures alone: lists and quotes look different in each rendition."""
    return "".join(filter(str.isalnum, text))
