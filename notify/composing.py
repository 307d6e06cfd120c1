"""A letter -> the bytes of a mail: headers that keep machines quiet (RFC 3834), text part first and complete.

The parts are written here and not by `EmailMessage`, which takes ten times as long: only what must be folded and
encoded (RFC 2047) goes through the standard library's header classes. The same letter gives the same bytes.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from notify.letters import Letter

LONGEST_LINE = 78  # RFC 5322 2.1.1
POLICY = SMTP.clone(max_line_length=LONGEST_LINE, cte_type="7bit")
END = "\r\n"
TEXT_FIELDS = 'charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Language: de\r\n'
RAW_MAIL_FIELDS = (
    b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    b'Content-Disposition: attachment; filename="Nachricht.eml"\r\n'
)
ALTERNATIVE, MIXED, RELATED = "=_krm-alternative", "=_krm-mixed", "=_krm-related"
"""Borders of the parts: `=_` stands neither in quoted-printable nor in base64 (RFC 2045 6.7)."""
MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}(?:; ?[\w-]{1,30}=[\w-]{1,60}){0,3}", re.ASCII)  # RFC 2045 5.1


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file attached to a letter; `type` as in Content-Type."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything about a mail that is not its words. `raw_mail` is attached as a file `Nachricht.eml` where given.

    `pictures` stand within the HTML part, which calls one of the name `verlauf` by `cid:verlauf@krm` (RFC 2392).
    """

    letter: str
    sender_name: str
    sender_address: str
    recipient_name: str
    recipient_address: str
    message_id: str
    at: datetime
    in_reply_to: str = ""
    raw_mail: bytes | None = None
    enclosures: tuple[Enclosure, ...] = ()
    pictures: tuple[Enclosure, ...] = ()


def compose(letter: Letter, envelope: Envelope) -> bytes:
    """The mail with CRLF line ends, 7 bit throughout. Raises ValueError for an address that is none."""
    answered = f"<{envelope.in_reply_to}>" if envelope.in_reply_to else ""
    fields = (
        _mailbox("From", envelope.sender_name, envelope.sender_address),
        _mailbox("To", envelope.recipient_name, envelope.recipient_address),
        _subject(letter.subject),
        _field("Date", format_datetime(envelope.at)),
        _field("Message-ID", f"<{envelope.message_id}>"),
        *((_field("In-Reply-To", answered), _field("References", answered)) if answered else ()),
        _field("Auto-Submitted", "auto-generated"),
        _field("X-Auto-Response-Suppress", "All"),
        _field("X-KRM-Letter", envelope.letter),
        _field("MIME-Version", "1.0"),
    )
    html = _text("html", letter.html)
    if envelope.pictures:
        html = _multipart("related", RELATED, [html, *map(_picture, envelope.pictures)], '; type="text/html"')
    body = _multipart("alternative", ALTERNATIVE, [_text("plain", letter.text), html])
    attached = [_attached(envelope.raw_mail)] if envelope.raw_mail is not None else []
    attached += [_enclosed(e) for e in envelope.enclosures]
    if attached:
        body = _multipart("mixed", MIXED, [body, *attached])
    return "".join(fields).encode("ascii") + body


def _field(name: str, value: str) -> str:
    """A header field with its line end; what is long or not ASCII is folded and encoded."""
    if len(name) + 2 + len(value) <= LONGEST_LINE and value.isascii() and value.isprintable():
        return f"{name}: {value}{END}"
    return _folded(name, value)


def _subject(subject: str) -> str:
    """Folding is dear, and the words before a letter's own tag are the same for many: they are folded once."""
    words, mark, rest = subject.rpartition(" [")
    if not words or not rest.isascii() or not rest.isprintable() or len(rest) > LONGEST_LINE - 2:
        return _field("Subject", subject)
    return f"{_subject_words(words).removesuffix(END)}{END}{mark}{rest}{END}"


@lru_cache(maxsize=512)
def _subject_words(words: str) -> str:
    return _field("Subject", words)


@lru_cache(maxsize=64)
def _mailbox(name: str, whose: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    return _folded(name, Address(display_name=" ".join(whose.split()), username=local, domain=domain))


def _folded(name: str, value: str | Address) -> str:
    """Raises ValueError for a line break in the value."""
    _, header = POLICY.header_store_parse(name, value)
    return str(header.fold(policy=POLICY))


def _text(kind: str, words: str) -> bytes:
    return f"Content-Type: text/{kind}; {TEXT_FIELDS}{END}".encode("ascii") + binascii.b2a_qp(_lines(words))


def _lines(words: str) -> bytes:
    """With CRLF at the end of every line, whichever line ends the words have."""
    plain = words.encode("utf-8")
    if plain.endswith(b"\n") and b"\r" not in plain:
        return plain.replace(b"\n", b"\r\n")
    return b"".join(line + b"\r\n" for line in plain.splitlines())


def _attached(raw_mail: bytes) -> bytes:
    return RAW_MAIL_FIELDS + b"\r\n" + base64.encodebytes(raw_mail).replace(b"\n", b"\r\n")


def _enclosed(enclosure: Enclosure) -> bytes:
    """A file under its own name; what a header may not hold is left out of it (RFC 2183)."""
    name = (
        "".join(sign for sign in enclosure.name if sign.isprintable() and sign not in '"\\/')[:100].strip() or "Anlage"
    )
    fields = (
        _field("Content-Type", enclosure.type if MEDIA_TYPE.fullmatch(enclosure.type) else "application/octet-stream"),
        f"Content-Transfer-Encoding: base64{END}",
        _folded("Content-Disposition", f'attachment; filename="{name}"'),
    )
    return "".join(fields).encode("ascii") + b"\r\n" + base64.encodebytes(enclosure.content).replace(b"\n", b"\r\n")


def _picture(picture: Enclosure) -> bytes:
    """Within the text, not beneath it (RFC 2387)."""
    head = (
        f"Content-Type: {picture.type}{END}Content-Transfer-Encoding: base64{END}Content-ID: <{picture.name}@krm>{END}"
        f'Content-Disposition: inline; filename="{picture.name}.png"{END}{END}'
    )
    return head.encode("ascii") + base64.encodebytes(picture.content).replace(b"\n", b"\r\n")


def _multipart(kind: str, border: str, parts: list[bytes], more: str = "") -> bytes:
    """The parts, each with its fields, under the fields of the whole."""
    head = f'Content-Type: multipart/{kind}; boundary="{border}"{more}{END}{END}'
    mark = f"--{border}"
    joined = b"".join(f"{mark}{END}".encode("ascii") + part + b"\r\n" for part in parts)
    return head.encode("ascii") + joined + f"{mark}--{END}".encode("ascii")
