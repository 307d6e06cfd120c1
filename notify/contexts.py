"""What each letter is told: one frozen value per letter, text already worded where a rule decides the wording.

A letter decides nothing (templates only lay out). Days are dates, moments aware datetimes; empty strings and
empty tuples mean "nothing to show". The class attribute `LETTER` names the folder below templates/.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from notify.contexts_office import OfficeContext
from notify.deadlines import Deadlines
from notify.pieces import Button, Foreign, Hint, NotUnderstood, Option, Warning_


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """To officer (deputy): judge this suggestion by reply (conversation.md)."""

    LETTER: ClassVar[str] = "confirmation_request"
    id: str  # E-7K2F or KRM-2026-0042
    follow_up_to: str  # the Case a citizen's reply belongs to, "" for a first reaction
    arrived: datetime
    deadlines: Deadlines
    sender_name: str
    sender_address: str
    subject: str
    text: str
    earlier_text: str  # quoted part of a reply, "" if none
    attachments: tuple[str, ...]  # "Bescheid.pdf (0,4 MB)"
    warnings: tuple[Warning_, ...]
    sure: bool
    type_name: str
    type_p: float
    type_words: tuple[str, ...]
    other_types: tuple[str, ...]
    options: tuple[Option, ...]
    group_name: str
    unit_name: str
    contact_name: str
    hints: tuple[str, ...]
    will_send: str  # the acknowledgement word for word, "" if none will go out
    why_not_sent: str  # why none will go out, "" if one will
    sends_itself_on: date | None  # day it goes out without confirmation
    buttons: tuple[Button, ...]
    officer_name: str
    form_name: str = ""  # how a reaction on a contact form reached the house, "" for a mail


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """To the citizen, within three working days (GA 3.5.1). Holds only what rules.md allows."""

    LETTER: ClassVar[str] = "acknowledgement"
    number: str
    arrived: date
    answer_by: date | None  # None where no answer is owed (praise, ideas)
    thanks: bool  # praise or idea: a thank-you
    contact_name: str
    contact_telephone: str
    answer_way: str  # "per Post"
    office_name: str
    privacy_url: str
    postal_address: str
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """To whoever instructed: what is now recorded."""

    LETTER: ClassVar[str] = "receipt"
    id: str
    number: str  # "" while it has none
    recorded: tuple[str, ...]  # "Art: Beschwerde", …
    happens: tuple[str, ...]  # "Die Eingangsbestätigung geht jetzt hinaus."
    deadlines: Deadlines | None
    printable: str  # a letter to print and post, "" if none
    buttons: tuple[Button, ...]
    name: str
    hints: tuple[Hint, ...] = ()
    more_hints: int = 0  # how many further ones are not shown
    example: str = "Art: Lob"  # a line that whoever gets it may write


@dataclass(frozen=True, slots=True)
class Unclear:
    """To whoever replied: nothing was carried out, and why."""

    LETTER: ClassVar[str] = "unclear"
    id: str
    not_understood: tuple[NotUnderstood, ...]
    understood: tuple[str, ...]  # lines that would have been carried out
    buttons: tuple[Button, ...]
    name: str
    examples: tuple[str, ...] = (
        "ok",
        "Art: Lob",
        "Kategorie: 2, 5",
    )  # lines this person may write; none: answer the letter itself


@dataclass(frozen=True, slots=True)
class Refused:
    """To the officer: somebody tried to instruct who may not; nothing was changed."""

    LETTER: ClassVar[str] = "refused"
    id: str
    arrived: datetime
    sender_address: str
    why: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Help:
    """The words that may be written, with an example each: (word, meaning)."""

    LETTER: ClassVar[str] = "help"
    id: str
    words: tuple[tuple[str, str], ...]
    name: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a Case stands: (field, value) rows, and what happened (moment, words)."""

    LETTER: ClassVar[str] = "status"
    id: str
    facts: tuple[tuple[str, str], ...]
    deadlines: Deadlines
    history: tuple[tuple[datetime, str], ...]
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """To the team lead (or whoever stands in): the Case to handle (GA 3.7)."""

    LETTER: ClassVar[str] = "assignment"
    number: str
    arrived: datetime
    deadlines: Deadlines
    answer_by: date | None  # None for praise and ideas
    type_name: str
    category_names: tuple[str, ...]
    unit_name: str
    sender_name: str
    text: str
    attachments: tuple[str, ...]
    why_you: str  # "" or why it went to somebody else than the team lead
    officer_name: str
    officer_telephone: str
    name: str
    stage: str = ""  # German sentence, shown on top: "Stufe 3: Die Bereichsleitung bearbeitet den Vorgang."
    also_units: tuple[str, ...] = ()  # other teams that handle a part; `unit_name` writes the joint answer
    others_words: str = ""  # why it was escalated or handed on; internal
    buttons: tuple[Button, ...] = ()
    next_stage: str = "Bereichsleitung"  # as in "weiter an …", "" where there is none


@dataclass(frozen=True, slots=True)
class HandOver:
    """To the office in charge, the same day, the raw mail attached (GA 3.1.6, 3.4)."""

    LETTER: ClassVar[str] = "hand_over"
    id: str
    arrived: datetime
    why: str  # German sentence: what it is thought to be and who decided that
    words: tuple[str, ...]
    officer_name: str
    officer_telephone: str
    name: str


@dataclass(frozen=True, slots=True)
class Alert:
    """To officer, deputy, management, security: possible danger, at once, without the file."""

    LETTER: ClassVar[str] = "alert"
    id: str
    arrived: datetime
    danger: bool  # False: acute need
    words: tuple[str, ...]
    text: str  # "" for whoever gets it without the file
    sender_name: str
    officer_name: str
    officer_telephone: str
    name: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """To officer and deputy: nobody has decided yet (conversation.md, Rhythm); `ok` takes the suggestion shown."""

    LETTER: ClassVar[str] = "reminder"
    id: str
    arrived: datetime
    deadlines: Deadlines
    why: str
    subject: str
    sure: bool
    warnings: tuple[Warning_, ...]
    suggested: tuple[tuple[str, str], ...]  # (field, value) as the confirmation request shows them
    words: tuple[str, ...]  # what speaks for the type
    decides: bool  # whoever reads it may answer with a decision
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """To the officer: a letter of ours was refused (5xx), is put off (4xx), or nobody knows whether it went out."""

    LETTER: ClassVar[str] = "undelivered"
    id: str
    what: str  # "Eingangsbestätigung"
    unsure: bool  # True: may have gone out; False: was refused
    message_id: str  # to look it up in the Sent folder
    why: str  # German sentence
    printable: str  # the letter's text, to print and post
    name: str
    to: tuple[str, ...] = ()  # addresses it did not reach
    said: str = ""  # the other server's own words
    since: datetime | None = None  # put off since then and tried again; None: refused or unsure
    postable: bool = False  # to a citizen, so that `versandt` in answer to this ends what is owed


Context = (
    ConfirmationRequest
    | Acknowledgement
    | Receipt
    | Unclear
    | Refused
    | Help
    | Status
    | Assignment
    | HandOver
    | Alert
    | Reminder
    | Undelivered
    | OfficeContext
)
