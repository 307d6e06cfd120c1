"""Nouns of what we know about a Case, and the pure step from a Case and a reply to the Case as it stands after.

An arrival is an intake with an id (`E-7K2F`) until the officer confirms it or its acknowledgement goes out; then it
has the next number of its year (`KRM-2026-0042`) as well (rules.md, Numbers and states). Both are one `Case` here.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from classify.coding import Coding, Suggestion
from classify.contact_form import ContactForm
from ingest.message import Address

NUMBER = r"KRM-(\d{4})-(\d{1,6})"
CITIZEN = "citizen"  # recipient of letters to whoever wrote
COLLEAGUE = "colleague"  # recipient of the receipt to whoever of the house handed a reaction in
OFFICE = "office"  # subject of letters and journal entries that belong to no Case
FIRST_STAGE = 2  # GA Anlage 2: the officer passes it to the team lead
AREA_HEADS_STAGE = 3  # GA 3.7: the area head handles it
LAST_STAGE = 4  # GA 3.7: an appointment with management
DECIDED = "decided"  # `about` of a proposal's word that officer or deputy said: it holds


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """The running number of a year (GA 3.8)."""

    year: int
    sequence: int

    def __str__(self) -> str:
        return f"KRM-{self.year}-{self.sequence:04d}"

    @classmethod
    def parse(cls, text: str) -> "CaseNumber | None":
        """From `KRM-2026-0042`; None if it is no number."""
        found = re.fullmatch(NUMBER, text.strip(), re.IGNORECASE)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def search(cls, text: str) -> "CaseNumber | None":
        """The first number named within a text, e.g. a subject."""
        found = re.search(rf"\b{NUMBER}\b", text, re.IGNORECASE)
        return cls(int(found[1]), int(found[2])) if found else None


class State(StrEnum):
    """Where a Case stands. What is owed follows from facts, not from this word."""

    OPEN = "open"
    NOT_KRM = "not_krm"
    JOINED = "joined"  # its reactions went to another Case (`Folge:`)
    CLOSED = "closed"


class Kind(StrEnum):
    """How a mail relates to its Case."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    DUPLICATE = "duplicate"


class Source(StrEnum):
    """Who brought the mail; decides whether its sender may be written to unasked."""

    CITIZEN = "citizen"
    HOUSE = "house"  # a colleague's forward or note
    UNSURE = "unsure"  # a citizen or a program: written to once a person of the office says so
    AGAIN = "again"  # a citizen, whom a letter may have gone to that a restored backup knows nothing of: as UNSURE
    MACHINE = "machine"  # web form, scanner: content, but its address is never answered


@dataclass(frozen=True, slots=True)
class Form:
    """A contact form (GA Anlage 3) behind a reaction, and when its mail `came`, which may be days after the reaction.

    `written`: a colleague filled it in; else it was drafted from their words. `left_out`: names of further forms in the
    same mail, which were not taken up: a mail is one reaction at most.
    """

    content: ContactForm
    came: datetime
    written: bool = True
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """A citizen's mail within a Case, what was suggested, and what the officer confirmed for it.

    `sender` is whom the answer goes to (address "" where there is none). `text` is the whole, `new_text` what was
    written now. `arrived` starts its clocks. `acknowledged` is the moment the acknowledgement was sent. A mail is one
    reaction at most, so `mail` names it.
    """

    mail: int
    arrived: datetime
    kind: Kind
    source: Source
    sender: Address
    subject: str
    text: str
    new_text: str
    attachments: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    coding: Coding | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    acknowledged: datetime | None = None
    hints: tuple[str, ...] = ()
    outside: str = ""  # `Kein KRM`: reason id, and the place it goes to behind a blank; "gesehen": noted
    brought_by: Address | None = None  # the colleague it came in by ("Eingang bei", GA Anlage 2)
    form: Form | None = None  # the contact form it came as

    @property
    def came(self) -> datetime:
        """When it was put before the program: a form's mail may come days after the reaction itself."""
        return self.form.came if self.form else self.arrived

    @property
    def settled(self) -> bool:
        """Decided by the officer, or a duplicate."""
        return self.coding is not None or bool(self.outside) or self.kind is Kind.DUPLICATE


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern of a Case: its category, most important first (GA 3.1)."""

    position: int
    category: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who handles the Case: a unit and the person it was put to."""

    unit: str
    person: str
    since: datetime
    part: bool = False  # handles a part of it; the whole is the last one's that is none


@dataclass(frozen=True, slots=True)
class Clock:
    """A date somebody was promised: binding from then on (rules.md, Time 6)."""

    kind: str  # "answer", "interim" or "superior"
    day: date
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of escalation, a matter of its own (GA 3.7): who decided it, when, why, and what came of it."""

    level: int
    since: datetime
    by: str
    reason: str = ""
    outcome: str = ""  # "" while it lasts
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Kept words of the house; never printed to citizens."""

    at: datetime
    by: str
    text: str


ANSWER, INTERIM_NOTICE, CORRECTION, INVITATION = "answer", "interim_notice", "correction", "invitation"
"""Letters to the citizen that a word of the office calls for."""


class Said(StrEnum):
    """What a mark says happened; the value is stored."""

    SEEN = "seen"  # danger, need or a further mail was seen
    TAKEN_OVER = "taken_over"
    PROGRESS = "progress"
    EXPECTED = "expected"  # the handler's own date
    ANSWER = "answer"  # an answer letter was handed in
    NO_ANSWER = "no_answer"  # proposed: none is needed
    DONE = "done"  # proposed: it is settled
    OTHER_UNIT = "other_unit"  # proposed: another unit handles it
    NEXT_STAGE = "next_stage"  # proposed: the next stage
    RELEASED = "released"
    POSTED = "posted"  # `day` is the day of posting
    INTERIM = "interim"  # the officer released an interim notice; `day` is promised in it
    CLOSED = "closed"
    REOPENED = "reopened"
    MEASURE = "measure"
    NOT_MEANT = "not_meant"  # the person named is not the one of the house
    TAKEN_BACK = "taken_back"


PROPOSALS = frozenset({Said.NO_ANSWER, Said.DONE, Said.OTHER_UNIT, Said.NEXT_STAGE})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was said or done in a Case: a fact, never changed.

    `reaction` is the mail it is about, `mail` the one that said it (0: the machine). `about` is an id: a unit, a
    person, a letter ("acknowledgement"), a stage. Of a letter, `of` is the mail that called for it or brought its draft
    (0: no certain one). `text` are words of the house.
    """

    said: Said
    at: datetime
    by: str
    reaction: int = 0
    mail: int = 0
    day: date | None = None
    about: str = ""
    text: str = ""
    of: int = 0

    def is_about(self, letter: str, word: "Mark") -> bool:
        """Whether it was said of the letter that this word called for or drafted; of no certain one: of all before."""
        return self.about == letter and (self.of == word.mail if self.of else self.at > word.at)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything known about one Case."""

    id: str
    number: CaseNumber | None
    state: State
    arrived: datetime
    reactions: tuple[Reaction, ...]
    concerns: tuple[Concern, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    clocks: tuple[Clock, ...] = ()
    stages: tuple[Stage, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    outside: str = ""  # `Kein KRM` for the whole Case
    joined_to: str = ""
    remedy: bool | None = None  # the officer's word; None: nobody said
    authority: bool = False  # Vollmacht shown
    application: str = ""  # unit a hidden application is handed to
    answer_way: str = ""
    dispatches: tuple["Dispatch", ...] = ()

    @property
    def shown_id(self) -> str:
        """What people see: the number once there is one."""
        return str(self.number) if self.number else self.id

    @property
    def open_reaction(self) -> Reaction | None:
        """The oldest reaction the officer has not decided."""
        return next((r for r in self.reactions if not r.settled), None)

    def is_back(self, letter: str, word: Mark) -> bool:
        """Whether the letter this word called for was taken back; what was out already is corrected instead."""
        return any(m.is_about(letter, word) for m in self.marked(Said.TAKEN_BACK) if not m.text)

    def is_posted(self, letter: str, word: Mark) -> bool:
        return any(m.is_about(letter, word) for m in self.marked(Said.POSTED))

    def marked(self, *said: Said) -> tuple[Mark, ...]:
        """Everything of this kind, oldest first."""
        return tuple(m for m in self.marks if m.said in said)

    def last(self, *said: Said) -> Mark | None:
        return next((m for m in reversed(self.marks) if m.said in said), None)

    @property
    def stage(self) -> int:
        """The stage it stands at; 0 before it is recorded."""
        return self.stages[-1].level if self.stages else 0

    @property
    def handler(self) -> str:
        """Person id of whoever handles it; "" if nobody does yet. A joint answer is the first unit's."""
        whole = self.assignment
        return whole.person if whole else ""

    @property
    def assignment(self) -> Assignment | None:
        """Who writes the answer: the newest assignment of the whole Case."""
        return next((a for a in reversed(self.assignments) if not a.part), None)

    @property
    def handlers(self) -> tuple[str, ...]:
        """Everybody who handles it or a part of it, whoever writes the answer first."""
        coding = next((r.coding for r in self.reactions if r.kind is Kind.FIRST), None)
        parts = coding.parts if coding else ()
        newest = {a.unit: a.person for a in self.assignments if a.part and a.unit in parts}
        return tuple(dict.fromkeys(p for p in (self.handler, *newest.values()) if p))

    def reaction(self, mail: int) -> Reaction:
        return next(r for r in self.reactions if r.mail == mail)

    def day(self, kind: str, since: datetime | None = None) -> date | None:
        """The promise of this kind that holds now: the latest given, if given at or after `since`."""
        given = (c for c in reversed(self.clocks) if c.kind == kind)
        return next((c.day for c in given if since is None or c.set_at >= since), None)


class Delivery(StrEnum):
    """Where a letter stands on its way. Only `transmitting` found after a crash is put before the officer."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    TRANSMITTING = "transmitting"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


def mail_of(occurrence: str) -> int:
    """The mail an occurrence ends with ("answer 17", "17", "17.unconfirmed"); 0 where it ends with something else."""
    last = occurrence.rpartition(" ")[2].partition(".")[0]
    return int(last) if last.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A letter's fact: unique by (subject, duty, occurrence, recipient). `recipient` is a person id or "citizen"."""

    id: int
    subject: str
    duty: str
    occurrence: str
    recipient: str
    state: Delivery
    at: datetime | None = None
    returned: bool = False  # it came back as undeliverable

    @property
    def of(self) -> int:
        return mail_of(self.occurrence)
