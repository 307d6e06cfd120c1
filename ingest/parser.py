"""The door to mail-parser: raw bytes to the standard library's message tree, what is wrong with it, and mailboxes."""

import email
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses

from mailparser import parse_from_bytes
from mailparser.exceptions import MailParserError
from mailparser.utils import get_addresses

from ingest.charsets import line
from ingest.headers import Headers, words
from ingest.message import Address

# mail-parser logs the content of fields it cannot decode; what people wrote stays out of our logs.
logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)

# What mail-parser raises on odd mails: its own errors (nesting), a truncated multipart whose boundary or epilogue is
# None (AttributeError, TypeError), charsets that are none (LookupError, ValueError), fields the standard library
# refuses to render (MessageError).
FAULTS = (MailParserError, AttributeError, TypeError, LookupError, ValueError, MessageError)


_Q_WORD = re.compile(r"(=\?[^?\s]{1,60}\?[qQ]\?)([^?\s]{0,2000})(\?=)")
_SPECIAL = re.compile(r'[()<>@,;:\\".\[\]]')  # RFC 5322 3.2.3
ADDRESSED = ("From", "To", "Cc", "Reply-To")


class Unreadable(Exception):  # noqa: N818 - the word people use for it
    """The mail cannot be read: `why` says which limit or failure, without content of the mail. It goes to a human."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Mailboxes = tuple[tuple[str, str], ...]
"""Names and addresses as mail-parser reads them."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The message tree, the names of mail-parser's defects, and what it read in the first field of each of `ADDRESSED`.

    `mailboxes` is empty where mail-parser failed.
    """

    message: Message
    defects: tuple[str, ...]
    mailboxes: tuple[Mailboxes, ...] = ()


def parse(raw: bytes) -> Parsed:
    """Parse once with mail-parser; where it fails, the standard library's tree alone and a defect naming the failure.

    Raises:
        Unreadable: the standard library cannot read the mail either.
    """
    try:
        mail = parse_from_bytes(raw)
        found = tuple(tuple(getattr(mail, name.lower().replace("-", "_"))) for name in ADDRESSED)
        return Parsed(mail.message, tuple(sorted(mail.defects_categories)), found)
    except FAULTS as fault:
        return Parsed(_standard(raw), (f"mail-parser: {type(fault).__name__}",))


def _standard(raw: bytes) -> Message:
    try:
        return email.message_from_bytes(raw)
    except RecursionError as fault:
        raise Unreadable("nested too deeply") from fault
    except (AttributeError, TypeError, LookupError, ValueError, MessageError) as fault:
        raise Unreadable(f"not parsable: {type(fault).__name__}") from fault


def addressed(parsed: Parsed, headers: Headers) -> tuple[tuple[Address, ...], ...]:
    """What `mailboxes` says of each of `ADDRESSED`; taken from mail-parser where it read the one value as it stands."""
    read = parsed.mailboxes or ((),) * len(ADDRESSED)
    return tuple(
        _known(pairs) if pairs and _as_it_stands(headers, name) else mailboxes(headers, name)
        for name, pairs in zip(ADDRESSED, read, strict=True)
    )


def _as_it_stands(headers: Headers, name: str) -> bool:
    return headers.is_plain(name) and (value := headers.first(name)) == _quoted(value)


def _quoted(value: str) -> str:
    """The field with the signs encoded which an encoded word must not hold raw (RFC 2047 5(3)): some write
    `=?utf-8?Q?Team:_Erika?= <…>`, and a parser that goes by the signs finds a group, or two people."""

    def encoded(word: re.Match[str]) -> str:
        return word[1] + _SPECIAL.sub(lambda sign: f"={ord(sign[0]):02X}", word[2]) + word[3]

    return _Q_WORD.sub(encoded, value)


def _known(pairs: Mailboxes) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(_addresses(pairs)))


def mailboxes(headers: Headers, name: str) -> tuple[Address, ...]:
    """The addresses of every field of this name, each once; an ambiguous one (RFC 5322 3.4) is left out."""
    found = [mailbox for value in headers.all(name) for mailbox in mailboxes_of(value)]
    return tuple(dict.fromkeys(found))


def mailboxes_of(value: str) -> tuple[Address, ...]:
    """The addresses in one unfolded value, names decoded."""
    value = _quoted(value)
    try:
        pairs = get_addresses(value, decode_names=True)
    except FAULTS:
        pairs = [(words(name), address) for name, address in getaddresses([value])]
    return _addresses(pairs)


def _addresses(pairs: Iterable[tuple[str, str]]) -> tuple[Address, ...]:
    addresses = (_address(words(name), address) for name, address in pairs if name or address)
    return tuple(address for address in addresses if address.name or address.address)


def _address(name: str, address: str) -> Address:
    plain, found = line(name), line(address).lower()
    return Address("" if plain.lower() == found else plain, found)
