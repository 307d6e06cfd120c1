"""What the letters after the acknowledgement are told: handling, interim notice, answer, hand-over, closing.

As in contexts.py: a letter decides nothing; days are dates, moments aware datetimes, "" and () mean nothing to show.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from notify.deadlines import Deadlines
from notify.pieces import Button, Foreign, Hint


@dataclass(frozen=True, slots=True)
class HandlingReminder:
    """To whoever handles the Case, 4 and 1 working days before the target (conversation.md, The team lead)."""

    LETTER: ClassVar[str] = "handling_reminder"
    number: str
    arrived: datetime
    answer_by: date
    working_days_left: int
    type_name: str
    unit_name: str
    buttons: tuple[Button, ...]
    name: str
    next_stage: str = "Bereichsleitung"  # as in "weiter an …", "" where there is none


@dataclass(frozen=True, slots=True)
class Overdue:
    """To whoever handles the Case, with copy to area head and officer: the day has passed (GA 3.5.2)."""

    LETTER: ClassVar[str] = "overdue"
    number: str
    arrived: datetime
    answer_by: date
    handler_name: str
    unit_name: str
    copy: bool  # True: for information only
    promised: bool  # the day was promised in an interim notice
    buttons: tuple[Button, ...]
    name: str
    next_stage: str = "Bereichsleitung"  # as in "weiter an …", "" where there is none


@dataclass(frozen=True, slots=True)
class InterimDraft:
    """To the officer from day 10 on: an interim notice is likely to be owed; word for word (GA 3.5.2)."""

    LETTER: ClassVar[str] = "interim_draft"
    number: str
    arrived: datetime
    deadlines: Deadlines
    proposed: date  # the day the draft names
    handler_name: str  # "" where nobody handles it yet
    expected: date | None  # the handler's own word
    progress: tuple[tuple[datetime, str], ...]  # what the handler reported: (moment, words)
    will_send: str  # the notice word for word, "" where it cannot go by mail
    why_not_sent: str
    missed: date | None  # a promise that was not kept: then a new notice is owed now
    alarm: bool  # two working days before the latest day: deputy and area head, too
    may_release: bool  # False for whoever only must know of it
    officer_name: str
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class InterimNotice:
    """To the citizen: the answer takes longer, until this day (GA 3.5.2). Holds only what rules.md allows."""

    LETTER: ClassVar[str] = "interim_notice"
    number: str
    arrived: date
    answer_by: date
    text: str  # the officer's own words, "" if none
    contact_name: str
    contact_telephone: str
    office_name: str
    privacy_url: str


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """To the officer: a letter waits for `Freigabe`, word for word (answer, correction, invitation, report)."""

    LETTER: ClassVar[str] = "release_request"
    id: str
    what: str  # "Antwortschreiben"
    author_name: str  # "" where the program drafted it
    text: str
    attachments: tuple[str, ...]  # attached to this mail
    hints: tuple[Hint, ...]
    more_hints: int  # how many further ones are not shown
    way: str  # German sentence: what happens after the release
    warnings: tuple[str, ...]  # German sentences, e.g. that `Vollmacht: ja` is missing
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """To the citizen: the answer letter, by e-mail where they asked for it (GA 3.6). The letter's own words."""

    LETTER: ClassVar[str] = "answer"
    number: str
    text: str
    attachments: tuple[str, ...]  # attached to this mail; then `text` may be ""
    contact_name: str
    contact_telephone: str
    office_name: str
    privacy_url: str


@dataclass(frozen=True, slots=True)
class ToPrint:
    """To the officer: a released letter to print and post; `versandt DATUM` ends the duty."""

    LETTER: ClassVar[str] = "to_print"
    id: str
    what: str  # "Antwortschreiben", "Eingangsbestätigung"
    why: str  # German sentence: why it does not go by mail
    text: str
    attachments: tuple[str, ...]
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class AnswerCopy:
    """To management for information: the answer letter as released (GA 3.6)."""

    LETTER: ClassVar[str] = "answer_copy"
    number: str
    type_name: str
    unit_name: str
    text: str
    attachments: tuple[str, ...]
    officer_name: str
    officer_telephone: str
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """To the officer: somebody who handles the Case proposes something; `ok` carries it out."""

    LETTER: ClassVar[str] = "proposal"
    number: str
    who: str  # name of the proposer, "" where the program proposes (GA 3.7)
    what: str  # German sentence: what is proposed
    reason: str
    carries_out: str  # the line that `ok` stands for, e.g. "Team: 512"
    buttons: tuple[Button, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Registration:
    """To the front office: the form's fields at recording and, with the Case, at closing (GA 3.3, Anlage 3)."""

    LETTER: ClassVar[str] = "registration"
    number: str
    closing: bool  # False: Eintragung; True: Austragung with the Case
    reference: str  # the office's file reference (Aktenzeichen), "" if none
    fields: tuple[tuple[str, str], ...]  # (field of Anlage 3, value), in the form's order
    history: tuple[tuple[datetime, str], ...]  # at closing: what happened
    outcome: str  # at closing: the officer's words
    files: tuple[str, ...]  # attached to this mail
    missing: tuple[str, ...]  # German sentences about files that are not
    officer_name: str
    name: str


@dataclass(frozen=True, slots=True)
class HandOverNote:
    """To the citizen, after the officer's word: which office is in charge now. Nothing on form or validity (3.1.6)."""

    LETTER: ClassVar[str] = "hand_over_note"
    number: str  # "" where it is no Case
    arrived: date
    office_in_charge: str
    whole: bool  # False: a part goes there, the rest is handled as a Case
    contact_name: str
    contact_telephone: str
    office_name: str
    privacy_url: str
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """To management: stage 4, an appointment with the citizen; the .ics proposal is attached (GA 3.7)."""

    LETTER: ClassVar[str] = "appointment"
    number: str
    at: datetime
    minutes: int
    type_name: str
    category_names: tuple[str, ...]
    reason: str
    history: tuple[tuple[datetime, str], ...]
    officer_name: str
    officer_telephone: str
    name: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """To the citizen after `Freigabe`: the appointment with management (GA 3.7)."""

    LETTER: ClassVar[str] = "invitation"
    number: str
    at: datetime
    minutes: int
    place: str
    contact_name: str
    contact_telephone: str
    office_name: str
    privacy_url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """To the citizen after `Freigabe`: a letter of ours went out by mistake."""

    LETTER: ClassVar[str] = "correction"
    number: str
    sent_on: date
    what: str  # "Eingangsbestätigung"
    contact_name: str
    contact_telephone: str
    office_name: str
    privacy_url: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """To a colleague who handed a reaction in: it has arrived, and what happens next per Anlage 2."""

    LETTER: ClassVar[str] = "handed_in"
    id: str
    arrived: datetime  # the first arrival in the house
    citizen_found: bool  # False: no citizen's address was found in the mail
    steps: tuple[str, ...]  # German sentences per Anlage 2
    colleague_name: str  # for the colleague's team lead: who handed it in; "" for the colleague
    officer_name: str
    officer_telephone: str
    name: str
    left_out: tuple[str, ...] = ()  # for the colleague: further contact forms of their mail, which were not taken up


@dataclass(frozen=True, slots=True)
class Breach:
    """To officer and data protection officer at once: a mail that may show a data breach (Art. 33 DSGVO, 72 hours)."""

    LETTER: ClassVar[str] = "breach"
    id: str
    arrived: datetime
    until: datetime  # end of the 72 hours
    words: tuple[str, ...]
    name: str
    officer_name: str = ""
    officer_telephone: str = ""


LaterContext = (
    HandlingReminder
    | Overdue
    | InterimDraft
    | InterimNotice
    | ReleaseRequest
    | Answer
    | ToPrint
    | AnswerCopy
    | Proposal
    | Registration
    | HandOverNote
    | Appointment
    | Invitation
    | Correction
    | HandedIn
    | Breach
)
