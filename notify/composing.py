"""A letter -> the bytes of a mail: headers that keep machines quiet (RFC 3834), text part first and complete."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from notify.letters import Letter

POLICY = SMTP.clone(max_line_length=78, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything about a mail that is not its words. `raw_mail` is attached as message/rfc822 where given."""

    letter: str
    sender_name: str
    sender_address: str
    recipient_name: str
    recipient_address: str
    message_id: str
    at: datetime
    in_reply_to: str = ""
    raw_mail: bytes | None = None


def compose(letter: Letter, envelope: Envelope) -> bytes:
    """The mail with CRLF line ends, 7 bit throughout. Raises ValueError for an address that is none."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = _address(envelope.sender_name, envelope.sender_address)
    mail["To"] = _address(envelope.recipient_name, envelope.recipient_address)
    mail["Subject"] = letter.subject
    mail["Date"] = envelope.at
    mail["Message-ID"] = f"<{envelope.message_id}>"
    if envelope.in_reply_to:
        mail["In-Reply-To"] = mail["References"] = f"<{envelope.in_reply_to}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-KRM-Letter"] = envelope.letter
    mail["Content-Language"] = "de"
    mail.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    if envelope.raw_mail is not None:
        mail.add_attachment(envelope.raw_mail, maintype="application", subtype="octet-stream", filename="Nachricht.eml")
    return mail.as_bytes()


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(display_name=" ".join(name.split()), username=local, domain=domain)
