"""What each letter is told: one frozen value per letter, text already worded where a rule decides the wording.

A letter decides nothing (templates only lay out). Days are dates, moments aware datetimes; empty strings and
empty tuples mean "nothing to show". The class attribute `LETTER` names the folder below templates/.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from notify.deadlines import Deadlines


@dataclass(frozen=True, slots=True)
class Button:
    """A `mailto:` link that opens a finished reply: `words` are its line, "" if several or to be changed by hand.

    `label` is German; `primary` the one most often wanted.
    """

    label: str
    href: str
    primary: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A category offered in the confirmation request under its `number`; `p` from 0 to 1."""

    number: int
    name: str
    p: float
    proposed: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - the builtin has the plain name
    """Something the officer must see first. `grave` ones stand on top in red (danger, remedy)."""

    title: str
    text: str
    words: tuple[str, ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a digest: the id as shown, the moment of arrival, a neutral description, the latest day to act."""

    id: str
    arrived: datetime
    what: str
    due: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of a digest with one sentence on what to do."""

    title: str
    hint: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Our short paragraph in the writer's language; `language` and `direction` as in `lang=` and `dir=` (RFC 5646)."""

    language: str
    direction: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A plain-language hint (GA 3.6): the sentence, why, and a shorter wording where one is known."""

    sentence: str
    why: str
    better: str = ""


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
class NotUnderstood:
    """One line that was no instruction, why, and what would have been understood."""

    line: str
    why: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """To whoever replied: nothing was carried out, and why."""

    LETTER: ClassVar[str] = "unclear"
    id: str
    not_understood: tuple[NotUnderstood, ...]
    understood: tuple[str, ...]  # lines that would have been carried out
    buttons: tuple[Button, ...]
    name: str
    examples: tuple[str, ...] = ("ok", "Art: Lob", "Kategorie: 2, 5")  # lines this person may write


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
class Digest:
    """To officer and deputy at 07:30 on working days."""

    LETTER: ClassVar[str] = "digest"
    day: date
    sections: tuple[Section, ...]  # none of them empty
    counts: tuple[tuple[str, int], ...]
    name: str
    reckoning: str = ""  # every arrival counted once: "12 eingegangen = 9 Vorgänge + …"


@dataclass(frozen=True, slots=True)
class Reminder:
    """To officer and deputy: nobody has decided yet (conversation.md, Rhythm)."""

    LETTER: ClassVar[str] = "reminder"
    id: str
    arrived: datetime
    deadlines: Deadlines
    why: str
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class TooBig:
    """To the officer: a mail over the limit lies unread in its folder."""

    LETTER: ClassVar[str] = "too_big"
    arrived: datetime
    megabytes: float
    limit_megabytes: float
    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class Outage:
    """To officer and deputy, once each way: the mailbox cannot be read, or can be again."""

    LETTER: ClassVar[str] = "outage"
    since: datetime
    over_at: datetime | None  # None: it still lasts
    what: str  # German sentence, no secret in it
    remedy: str
    name: str
    stood_still: bool = False  # the program itself did not work; the mailbox was not the matter


@dataclass(frozen=True, slots=True)
class Undelivered:
    """To the officer: a letter of ours was refused (5xx), or it is not certain whether it went out."""

    LETTER: ClassVar[str] = "undelivered"
    id: str
    what: str  # "Eingangsbestätigung"
    unsure: bool  # True: may have gone out; False: was refused
    message_id: str  # to look it up in the Sent folder
    why: str  # German sentence
    printable: str  # the letter's text, to print and post
    name: str


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
    | Digest
    | Reminder
    | TooBig
    | Outage
    | Undelivered
)
