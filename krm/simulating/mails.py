"""Mails as people's programs and machines write them, as bytes; the words are handed in."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import format_datetime
from xml.sax.saxutils import escape

KRM_NAME = "Kundenreaktionsmanagement"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PARTS = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every mail has: from whom (name, address), to whom, when it was written, its own id."""

    name: str
    address: str
    to: str
    at: datetime
    message_id: str


def fresh(sheet: Sheet, subject: str, body: str, **headers: str) -> bytes:
    """A first mail. A header's `_` stands for `-`."""
    return _mail(sheet, subject, body, headers).as_bytes()


def reply(sheet: Sheet, letter: bytes, body: str, *, outlook: bool, document: bytes | None = None) -> bytes:
    """An answer to a letter of ours with the letter quoted below, as Outlook or as others do."""
    answered = message_from_bytes(letter)  # of all policies this one reads the fastest
    text = next(_words(part) for part in answered.walk() if part.get_content_type() == "text/plain")
    subject, when = _subject(answered), f"{sheet.at:%d.%m.%Y}"
    if outlook:
        head = f"Von: {KRM_NAME} <{sheet.to}>\nGesendet: {when} 09:00\nAn: {sheet.name}\nBetreff: {subject}\n\n"
        below = head + text
    else:
        quoted = "\n".join(f"> {line}" for line in text.splitlines())
        below = f"Am {when} um 09:00 schrieb {KRM_NAME} <{sheet.to}>:\n{quoted}"
    threaded = {"In_Reply_To": str(answered["Message-ID"]), "References": str(answered["Message-ID"])}
    mail = _mail(sheet, f"AW: {subject}", f"{body}\n\n{below}\n", threaded)
    if document is not None:
        mail.add_attachment(document, maintype=DOCX[0], subtype=DOCX[1], filename="Antwortschreiben.docx")
    return mail.as_bytes()


def forward(sheet: Sheet, writer: tuple[str, str], subject: str, body: str) -> bytes:
    """A colleague passes on what came to their own mailbox."""
    name, address = writer
    head = f"Von: {name} <{address}>\nGesendet: {sheet.at:%d.%m.%Y} 08:15\nAn: {sheet.name}\nBetreff: {subject}"
    return fresh(sheet, f"WG: {subject}", f"Zur weiteren Bearbeitung.\n\n{sheet.name}\n\n{head}\n\n{body}\n")


def out_of_office(sheet: Sheet, letter: bytes, back: datetime) -> bytes:
    """The automatic reply of somebody on leave (RFC 3834)."""
    answered = message_from_bytes(letter)
    headers = {"In_Reply_To": str(answered["Message-ID"]), "Auto_Submitted": "auto-replied"}
    body = f"Ich bin ab dem {back:%d.%m.%Y} wieder im Haus. Ihre Nachricht wird nicht weitergeleitet."
    return fresh(sheet, f"Automatische Antwort: {_subject(answered)}", body, **headers)


def bounce(sheet: Sheet, letter: bytes, to: str) -> bytes:
    """The server at the other end gives a letter back (RFC 3464)."""
    head = letter.split(b"\r\n\r\n", maxsplit=1)[0].decode("ascii", "replace")
    host = sheet.address.rpartition("@")[2]
    border = "=_bounce"
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <{sheet.address}>\r\nTo: {sheet.to}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nDate: {format_datetime(sheet.at)}\r\n"
        f"Message-ID: {sheet.message_id}\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{border}"\r\n\r\n'
        f"--{border}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
        f"This is the mail system at host {host}.\r\n\r\n<{to}>: user unknown\r\n\r\n"
        f"--{border}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {host}\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        f"--{border}\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--{border}--\r\n"
    ).encode()


def docx(text: str) -> bytes:
    """A letter as a word processor keeps it."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PARTS}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{"/".join(DOCX)}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PARTS}/relationships">'
        f'<Relationship Id="r1" Type="{MAIN}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>',
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return kept.getvalue()


def _words(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode(errors="replace").replace("\r\n", "\n") if isinstance(content, bytes) else ""


def _subject(letter: Message) -> str:
    return " ".join(str(make_header(decode_header(letter["Subject"]))).split())


def _mail(sheet: Sheet, subject: str, body: str, headers: dict[str, str]) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{sheet.name}" <{sheet.address}>'
    mail["To"], mail["Subject"] = sheet.to, " ".join(subject.split())
    mail["Date"], mail["Message-ID"] = format_datetime(sheet.at), sheet.message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail
