"""Synthetic mails: the corpus in many hands, no two alike, the same ones for the same seed."""

import base64
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime, formataddr
from html import escape

from classify import anlage3, examples
from classify.examples import Example
from ingest.message import Address

SEED = 20261122
HTML_EVERY = 3
GRAVE_EVERY = 20
ATTACHMENT_EVERY = 10
ATTACHMENT_BYTES = 300_000

FIRST = ("Anna", "Bernd", "Elif", "Frank", "Gisela", "Hakan", "Ines", "Jörg", "Katja", "Lew", "Mareike", "Nils", "Olga")
LAST = ("Ahrens", "Böhm", "Claußen", "Dombrowski", "Evers", "Götze", "Hansen", "Jürß", "Köpke", "Möller", "Öztürk")
CARRIERS = ("gmx.example", "web.example", "t-online.example", "mail.example", "freenet.example")
OPENINGS = ("Guten Tag,", "Sehr geehrte Damen und Herren,", "Moin,", "Hallo,", "Guten Morgen,")
LETTERS = "abcdefghijklmnop"
TO = "krm@jobcenter.example"

Field = tuple[str, str]
Part = tuple[list[Field], bytes]
"""The fields of a content and the content itself (CRLF)."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A finished mail (CRLF); `message_id` without angle brackets."""

    message_id: str
    content: bytes


def corpus() -> tuple[Example, ...]:
    """What citizens wrote, without what is meant for somebody else: that would be put aside."""
    form = anlage3.shipped()
    return tuple(e for e in examples.read(examples.shipped(), form) if not form.type(e.type).aside)


def mails(count: int, first_sent: datetime, seed: int = SEED) -> Iterator[Synthetic]:
    """`count` mails, one made at a time; every third with HTML beside its text, every tenth with an attachment.

    One in twenty holds a legal remedy, danger or need, as a mailbox would; the corpus has far more of them.
    """
    texts = corpus()
    grave = [e for e in texts if e.remedy or e.urgency]
    usual = [e for e in texts if not (e.remedy or e.urgency)]
    chance = random.Random(seed)
    for number in range(count):
        some = grave if number % GRAVE_EVERY == 0 else usual
        yield _mail(number, some[number % len(some)], first_sent + timedelta(seconds=number), chance)


def _mail(number: int, example: Example, sent: datetime, chance: random.Random) -> Synthetic:
    carrier = chance.choice(CARRIERS)
    writer = Address(f"{chance.choice(FIRST)} {chance.choice(LAST)}", f"{chance.choice(LETTERS)}{number:05d}@{carrier}")
    message_id = f"{chance.getrandbits(64):016x}.{number:05d}@{carrier}"
    kind, body = _body(number, _text(number, example, writer.name, chance), chance)
    fields = [*_trace(carrier, sent, chance), *_origin(writer, example.subject, message_id, sent), *kind]
    head = "".join(f"{field}: {value}\r\n" for field, value in fields)
    return Synthetic(message_id, head.encode("ascii") + b"\r\n" + body)


def _text(number: int, example: Example, name: str, chance: random.Random) -> str:
    """The corpus mail with an opening, a number and a name of its own."""
    group = f"BG-Nummer 03904//{number:07d}"
    where = chance.choice((f"Meine {group}.", f"{group}", f"Es geht um {group}, Schreiben vom {1 + number % 28}.10."))
    return f"{chance.choice(OPENINGS)}\n\n{example.body}\n\n{where}\n\n{name}\n"


def _trace(carrier: str, sent: datetime, chance: random.Random) -> Iterator[Field]:
    """What two carriers write before a mail, folded."""
    when, signature = format_datetime(sent), base64.b64encode(chance.randbytes(256)).decode()
    ours, theirs = "mx.jobcenter.example", f"out.{carrier} (out.{carrier} [192.0.2.{chance.randrange(255)}])"
    yield "Received", f"from {ours} ([10.0.0.7])\r\n by imap.jobcenter.example with LMTP;\r\n {when}"
    queue = f"{chance.getrandbits(40):010X}"
    yield "Received", f"from {theirs}\r\n by {ours} (Postfix) with ESMTPS id {queue}\r\n for <{TO}>; {when}"
    yield "Received", f"from [198.51.100.{chance.randrange(255)}] by out.{carrier}\r\n with ESMTPSA; {when}"
    yield "Authentication-Results", f"{ours};\r\n dkim=pass header.d={carrier};\r\n spf=pass"
    terms = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={carrier}; s=s1;\r\n h=from:to:subject:date:message-id"
    yield "DKIM-Signature", f"{terms};\r\n b=" + "\r\n ".join(textwrap.wrap(signature, 70))


def _origin(writer: Address, subject: str, message_id: str, sent: datetime) -> Iterator[Field]:
    """What the writer's mail program writes."""
    yield "From", formataddr((writer.name, writer.address), "utf-8")
    yield "To", f"Kundenreaktionen <{TO}>"
    yield "Subject", Header(subject, None if subject.isascii() else "utf-8").encode(linesep="\r\n")
    yield "Date", format_datetime(sent)
    yield "Message-ID", f"<{message_id}>"
    yield "MIME-Version", "1.0"


def _body(number: int, text: str, chance: random.Random) -> Part:
    part = _plain(text)
    if number % HTML_EVERY == 0:
        part = _multipart("alternative", number, [part, _html(text)])
    if number % ATTACHMENT_EVERY == 0:
        part = _multipart("mixed", number, [part, _attachment(number, chance)])
    return part


def _plain(text: str) -> Part:
    wrapped = "\n".join(part for line in text.split("\n") for part in (textwrap.wrap(line, 500) or [""]))
    fields = [("Content-Type", 'text/plain; charset="utf-8"'), ("Content-Transfer-Encoding", "8bit")]
    return fields, wrapped.replace("\n", "\r\n").encode("utf-8")


def _html(text: str) -> Part:
    paragraphs = "".join(f'<p class="MsoNormal"><span>{escape(p)}</span></p>' for p in text.split("\n\n"))
    page = (
        "<html><head><style>p.MsoNormal{margin:0cm;font-size:11.0pt;font-family:Calibri,sans-serif}</style></head>"
        f'<body lang="DE"><div class="WordSection1">{paragraphs}</div></body></html>'
    )
    fields = [("Content-Type", 'text/html; charset="utf-8"'), ("Content-Transfer-Encoding", "base64")]
    return fields, _base64(page.encode("utf-8"))


def _attachment(number: int, chance: random.Random) -> Part:
    """A scanned letter, as far as anybody can tell from outside."""
    name = f"Bescheid-{number}.pdf"
    fields = [
        ("Content-Type", f'application/pdf; name="{name}"'),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f'attachment; filename="{name}"'),
    ]
    return fields, _base64(b"%PDF-1.7\n" + chance.randbytes(ATTACHMENT_BYTES - 9))


def _multipart(kind: str, number: int, parts: Sequence[Part]) -> Part:
    border = f"=_{kind}_{number:05d}"
    joined = b""
    for fields, content in parts:
        head = "".join(f"{field}: {value}\r\n" for field, value in fields)
        joined += f"--{border}\r\n{head}\r\n".encode("ascii") + content + b"\r\n"
    return [("Content-Type", f'multipart/{kind}; boundary="{border}"')], joined + f"--{border}--\r\n".encode("ascii")


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")
