"""Values to put into the records: raw mails, messages, reactions, Cases, letters owed. Everything invented."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from classify.anlage3 import shipped
from ingest.message import Address, Instruction, Message, Place, RawMail, Verb
from notify.deadlines import BERLIN
from store.case import CITIZEN, Case, CaseNumber, Kind, Reaction, Source, State
from store.keys import KeyRing
from store.outbox import Plan
from store.steps import Step, suggested_coding
from tests.office import CITIZEN as ERIKA
from tests.office import judged

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
TODAY = MONDAY.date()
KEYS = KeyRing({"k1": b"a key for tests, of no use elsewhere"}, "k1")
DOMAIN = "jobcenter.example"


def place(uid: int, *, uidvalidity: int = 1, folder: str = "INBOX") -> Place:
    return Place(folder, uidvalidity, uid)


def raw(content: bytes | None, at: Place, *, arrived: datetime = MONDAY, size: int = 0) -> RawMail:
    return RawMail(at, arrived, size or len(content or b""), content)


def message(text: str = "Ich habe zwei Stunden gewartet.", *, sender: str = ERIKA, **fields: Any) -> Message:
    """A first mail of a citizen, as reading gives it."""
    standard = Message(
        subject="Beschwerde",
        senders=(Address("Erika Muster", sender),),
        to=(),
        cc=(),
        reply_to=(),
        message_id="first@mail.example",
        in_reply_to=(),
        references=(),
        date=None,
        text=text,
        new_text=text,
        attachments=(),
        automatic=None,
        forwarded=None,
        defects=(),
    )
    return replace(standard, **fields)


def reaction(mail: int = 1, text: str = "Ich habe zwei Stunden gewartet.", **fields: Any) -> Reaction:
    """A citizen's first mail, suggested as a complaint about waiting, not decided yet."""
    standard = Reaction(
        mail=mail,
        arrived=MONDAY,
        kind=Kind.FIRST,
        source=Source.CITIZEN,
        sender=Address("Erika Muster", ERIKA),
        subject="Beschwerde",
        text=text,
        new_text=text,
        suggestion=judged(),
    )
    return replace(standard, **fields)


def case(*reactions: Reaction, **fields: Any) -> Case:
    """An open intake, with one undecided reaction unless others are given."""
    standard = Case("E-7K2F", None, State.OPEN, MONDAY, reactions or (reaction(),))
    return replace(standard, **fields)


def confirmed(of: Reaction, by: str = "officer", at: datetime = MONDAY + timedelta(hours=1), **coding: Any) -> Reaction:
    """The reaction as the officer recorded it."""
    assert of.suggestion is not None
    return replace(of, coding=replace(suggested_coding(of.suggestion), **coding), confirmed_by=by, confirmed_at=at)


def numbered(of: Case, sequence: int = 1) -> Case:
    return replace(of, number=CaseNumber(2026, sequence))


def step(mail: int = 1, *, by: str = "officer", at: datetime = MONDAY + timedelta(hours=1)) -> Step:
    return Step(shipped(), mail, by, at)


def said(verb: Verb, *ids: str, day: date | None = None, text: str = "") -> Instruction:
    return Instruction(verb, f"{verb.value}: {', '.join(ids) or text}", ids, day, text)


def plan(
    subject: str = "E-7K2F", duty: str = "confirmation_request", recipient: str = "officer", **fields: Any
) -> Plan:
    """A letter owed now; to the citizen's address if the recipient is the citizen."""
    address = ERIKA if recipient == CITIZEN else f"{recipient}@{DOMAIN}"
    standard = Plan(subject, duty, "1", recipient, address, MONDAY, TODAY + timedelta(days=400))
    return replace(standard, **fields)


def unguarded(connection: Connection) -> None:
    """As somebody would begin who wants to rewrite the journal: without what keeps it append-only."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    for table in ("journal", "anchors"):
        for what in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_stays_{what}")
