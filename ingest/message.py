"""Nouns of what arrived: a raw mail, the message read from it, an instruction found in a reply."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


def spelled(address: str) -> str:
    """The one spelling by which addresses are compared: lower case, the labels of the domain as DNS knows them.

    Nothing is mapped (RFC 5890): no letter is taken for one that looks like it, nor "ß" for "ss" as under IDNA 2003.
    """
    if address.isascii():
        return address.lower()
    name, at, domain = address.rpartition("@")
    return name.lower() + at + ".".join(map(_label, domain.split(".")))


def _label(label: str) -> str:
    lowered = unicodedata.normalize("NFC", label.lower())
    return lowered if lowered.isascii() else "xn--" + lowered.encode("punycode").decode("ascii")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies in the mailbox: unique for ever (RFC 3501 2.3.1.1)."""

    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as the server holds it.

    `arrived` is the server's INTERNALDATE (aware), never the sender's Date. `content` is None
    where the mail is over the size limit and was not downloaded. `size` is in bytes.
    """

    place: Place
    arrived: datetime
    size: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Address:
    """A display name (may be empty) and an address in lower case (may be empty when unreadable)."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a mail. `size` is in bytes, decoded."""

    name: str
    type: str
    size: int


class Automatic(StrEnum):
    """Why a mail counts as written by a machine (RFC 3834, RFC 3464, RFC 2919)."""

    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    OWN = "own"
    GENERATED = "generated"
    PERHAPS = "perhaps"  # signs of a machine on what may be a person's: read as theirs, never answered unasked


class Oddity(StrEnum):
    """What makes it doubtful who wrote a mail: told from the fields as they came, which `Message` cleans."""

    SEVERAL = "several"  # more than one From field
    GROUP = "group"  # a group in From (RFC 6854)
    UNCLEAR = "unclear"  # From holds another address beside the one read, or that one in another spelling
    OTHER_SENDER = "other-sender"  # a Sender field names somebody else (RFC 5322 3.6.2)
    NUL = "nul"  # the mail holds a NUL, which no mail may (RFC 5322 4)
    DOUBLED = "doubled"  # a field that may stand once stands twice (RFC 5322 3.6), and readers take different ones
    LONE_RETURN = "lone-return"  # lines of the head end in two ways, so that readers see different fields (2.3)
    UNSIGNED_ANSWER = "unsigned-answer"  # the sender's domain signed, and not which mail this one answers


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail inside a forward: whose it was, the date as written there ("" if none), its text.

    `above` is what the one who passed it on wrote before it. `attachments` and `received` (its own Received fields,
    newest first) are known of an attached mail only. `deeper` are the mails inside this one, forwarded or answered,
    outside in; theirs is empty.
    """

    sender: Address
    date: str
    text: str
    subject: str = ""
    above: str = ""
    attachments: tuple[Attachment, ...] = ()
    received: tuple[str, ...] = ()
    deeper: tuple["Forwarded", ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail says, decoded and cleaned: no NUL, no lone surrogate, `\\n` line ends.

    `text` is all of it, `new_text` what the sender wrote now (without quotes and signature; equal to
    `text` on a first mail). Message-IDs stand without angle brackets. `date` is the sender's claim.
    `authentication` and `received` hold those fields unfolded, topmost (newest) first.
    """

    subject: str
    senders: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    text: str
    new_text: str
    attachments: tuple[Attachment, ...]
    automatic: Automatic | None
    forwarded: Forwarded | None
    defects: tuple[str, ...]
    authentication: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    @property
    def sender(self) -> Address:
        """The one From address; an empty one if there is none."""
        return self.senders[0] if self.senders else Address("", "")

    @property
    def answers(self) -> tuple[str, ...]:
        """Message-IDs this mail refers to, nearest first."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))


class Verb(StrEnum):
    """What a line of a reply asks for (conversation.md); the value is the word shown to people."""

    CONFIRM = "ok"
    TYPE = "Art"
    CATEGORY = "Kategorie"
    ADD_CATEGORY = "+"
    DROP_CATEGORY = "-"
    GROUP = "Kundengruppe"
    FORM = "Form"
    UNIT = "Team"
    CONTACT = "Ansprechpartner"
    DEADLINE = "Frist"
    SUPERIOR_DATE = "Termin"
    ARRIVED = "Eingang"
    FOLLOW_UP = "Folge"
    REMEDY = "Rechtsbehelf"
    APPLICATION = "Antrag"
    AUTHORITY = "Vollmacht"
    NOT_KRM = "Kein KRM"
    INTERIM = "Zwischeninformation"
    STAGE = "Stufe"
    ANSWER_WAY = "Antwortweg"
    RELEASE = "Freigabe"
    POSTED = "versandt"
    DONE = "Erledigt"
    REOPEN = "Wieder öffnen"
    NOTE = "Notiz"
    MEASURE = "Maßnahme"
    REPORT = "Bericht"
    STATUS = "Status"
    HELP = "Hilfe"
    UNDO = "Zurück"
    SEEN = "gesehen"
    NOT_MEANT = "Nicht gemeint"
    TAKEN_OVER = "übernommen"
    PROGRESS = "Zwischenstand"
    EXPECTED = "voraussichtlich"
    ANSWER = "Antwort"
    NO_ANSWER = "keine Antwort nötig"
    HAND_ON = "abgeben"
    NEXT_STAGE = "weiter an Bereichsleitung"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One line of a reply, understood.

    `line` is the line as written. `ids` holds resolved ids (type, categories, group, form, unit, person, Case
    number, "ja"/"nein", the reason of `Kein KRM`), `day` a date, `text` free words behind it.
    """

    verb: Verb
    line: str
    ids: tuple[str, ...] = ()
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line of a reply that is no instruction: why (a German sentence) and the nearest words that would be one."""

    line: str
    why: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply, read: either instructions to carry out together, or lines that were not understood; never both used."""

    instructions: tuple[Instruction, ...]
    unclear: tuple[Unclear, ...]

    @property
    def clear(self) -> bool:
        return bool(self.instructions) and not self.unclear


@dataclass(frozen=True, slots=True)
class Term:
    """One id of the office's vocabulary and the names people write for it, the official one first."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a reply may name. `choices` are the category ids numbered 1, 2, … in the mail being answered."""

    verbs: frozenset[Verb]
    types: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    groups: tuple[Term, ...] = ()
    forms: tuple[Term, ...] = ()
    units: tuple[Term, ...] = ()
    people: tuple[Term, ...] = ()
    choices: tuple[str, ...] = ()
