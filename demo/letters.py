"""Mails as people see and write them: what the page shows of one, a reply's draft, and the bytes of a new one. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import formataddr, getaddresses, parseaddr, parsedate_to_datetime

POLICY = policy.SMTP.clone(cte_type="7bit")
KIND = "X-KRM-Letter"
_ADDRESS = re.compile(r"[^\s@<>]{1,200}@[^\s@<>]{1,200}")
_REPLY = re.compile(r"\s*(?:re|aw)\s*:", re.IGNORECASE)
_LINK = re.compile(r"""(<a\s[^<>]{0,200}?)href=(["'])(mailto:|https?:)""", re.IGNORECASE)
_TARGETS = {"mailto:": ("_top", "/#mailto:")}


class NotSendable(Exception):  # noqa: N818
    """What the writer has to mend before the mail can go, in German."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail being written. `to` is a line of addresses; `in_reply_to` and `references` are header fields or ""."""

    to: str = ""
    subject: str = ""
    body: str = ""
    in_reply_to: str = ""
    references: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a mail. `kind` is the letter's name where the bot wrote it; `html` is as it came, unsafe."""

    sender: str
    to: str
    subject: str
    date: str
    kind: str
    message_id: str
    references: str
    text: str
    html: str
    attachments: tuple[str, ...]


def view(content: bytes) -> View:
    """Reads a mail; whatever is wrong with it shows as it stands."""
    mail = message_from_bytes(content)
    return View(
        sender=_field(mail, "From"),
        to=_field(mail, "To"),
        subject=_field(mail, "Subject"),
        date=_field(mail, "Date"),
        kind=_field(mail, KIND),
        message_id=_field(mail, "Message-ID"),
        references=_field(mail, "References"),
        text=_body(mail, "text/plain"),
        html=_body(mail, "text/html"),
        attachments=tuple(_file_name(part) for part in mail.walk() if part.get_content_disposition() == "attachment"),
    )


def reply(mail: View) -> Draft:
    """The draft a mail program opens on Reply: two empty lines, then everything quoted."""
    quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.splitlines())
    return Draft(
        to=mail.sender,
        subject=mail.subject if _REPLY.match(mail.subject) else f"AW: {mail.subject}",
        body=f"\n\n{_attribution(mail)}\n{quoted}\n",
        in_reply_to=mail.message_id,
        references=f"{mail.references} {mail.message_id}".strip(),
    )


def answered(draft: Draft, words: str) -> Draft:
    """The reply with something written above the quote."""
    return replace(draft, body=words + draft.body)


def compose(draft: Draft, sender: str, message_id: str, at: datetime) -> bytes:
    """The mail's bytes, 7 bit, CRLF. Raises NotSendable."""
    recipients = [(name, address) for name, address in getaddresses([draft.to]) if name or address]
    if not recipients:
        raise NotSendable("Bitte geben Sie an, an wen die Nachricht gehen soll.")
    for _, address in recipients:
        if not _ADDRESS.fullmatch(address) or not address.isascii():
            raise NotSendable("Die Adresse stimmt nicht. Eine Adresse sieht so aus: name@example.org")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = ", ".join(formataddr((name, address)) for name, address in recipients)
    mail["Subject"] = " ".join(draft.subject.split())
    mail["Date"] = at
    mail["Message-ID"] = message_id
    for name, value in (("In-Reply-To", draft.in_reply_to), ("References", draft.references)):
        if value.strip():
            mail[name] = " ".join(value.split())
    mail.set_content(draft.body.rstrip() + "\n", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def for_frame(html: str) -> str:
    """The HTML for the reading pane's frame: a link that writes a mail opens the page's composer, others a new tab."""

    def aimed(link: re.Match[str]) -> str:
        target, scheme = _TARGETS.get(link[3].lower(), ("_blank", link[3]))
        return f'{link[1]}target="{target}" href={link[2]}{scheme}'

    return _LINK.sub(aimed, html)


def _attribution(mail: View) -> str:
    name, address = parseaddr(mail.sender)
    who = f"{name} <{address}>" if name else address
    try:
        at = parsedate_to_datetime(mail.date)
    except (ValueError, TypeError):
        return f"{who} schrieb:"
    return f"Am {at:%d.%m.%Y} um {at:%H:%M} schrieb {who}:"


def _field(mail: Message, name: str) -> str:
    value = mail.get(name, "")
    try:
        decoded = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError):
        decoded = str(value)
    return " ".join(decoded.split())


def _body(mail: Message, kind: str) -> str:
    """The first part of this kind that is no attachment, "" if there is none."""
    parts = (p for p in mail.walk() if p.get_content_type() == kind and p.get_content_disposition() != "attachment")
    part = next(parts, None)
    payload = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(payload, bytes):
        return ""
    try:
        text = payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = payload.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def _file_name(part: Message) -> str:
    return " ".join(str(part.get_filename() or part.get_content_type()).split())
