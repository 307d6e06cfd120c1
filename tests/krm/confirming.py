"""Confirmed Cases put straight into the records, as many as a test needs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from classify.anlage3 import shipped
from classify.coding import Coding, Suggestion
from classify.examples import Example
from ingest.message import Address, Place, RawMail
from store import cases, mails
from store.case import Case, CaseNumber, Kind, Reaction, Source, State
from store.database import Database
from store.mails import Decision, MailState
from store.tables import mails as table
from tests.classify import tiny
from tests.office import judged
from tests.store.making import KEYS

ERIKA = Address("Erika Muster", "erika.muster@mail.example")


def examples(count: int) -> list[Example]:
    """Mails of the tiny corpus, each of its types in turn."""
    known = tiny.examples()
    return [known[n % len(known)] for n in range(count)]


def confirm(
    database: Database,
    found: Sequence[Example],
    at: datetime,
    *,
    sender: Address = ERIKA,
    suggestion: Suggestion | None = None,
) -> None:
    """The officer recorded these mails as they are labelled, a minute apart; each is another person's, named alike."""
    with database.transaction() as connection:
        begin = connection.scalar(select(func.max(table.c.id))) or 0
        raws = [RawMail(Place("INBOX", 99, n), at, 9, b"mail %d" % n) for n in range(begin + 1, begin + len(found) + 1)]
        mails.take_in(connection, raws, at)
        ids = range(begin + 1, begin + len(found) + 1)
        mails.decide(connection, [Decision(mail, MailState.DONE, "new", "Verarbeitet") for mail in ids], at)
        mails.filed(connection, mails.to_file(connection, len(ids)), at)
        new = [
            _case(
                mail,
                example,
                at + timedelta(minutes=n),
                replace(sender, address=f"{mail}.{sender.address}"),
                suggestion,
            )
            for n, (mail, example) in enumerate(zip(ids, found, strict=True))
        ]
        cases.open_intakes(connection, new, KEYS)


def _case(mail: int, e: Example, at: datetime, sender: Address, suggestion: Suggestion | None) -> Case:
    kind = shipped().type(e.type)
    said = suggestion or judged(e.type, e.categories, customer_group=e.customer_group, remedy=e.remedy)
    reaction = Reaction(
        mail=mail,
        arrived=at - timedelta(hours=1),
        kind=Kind.FIRST,
        source=Source.CITIZEN,
        sender=sender,
        subject=e.subject,
        text=e.body,
        new_text=e.body,
        suggestion=replace(said, urgency=e.urgency),
        coding=Coding(e.type, e.categories, e.customer_group, "email", "", "", e.remedy, e.urgency)
        if kind.krm
        else None,
        confirmed_by="officer",
        confirmed_at=at,
        outside="" if kind.krm else kind.reasons[0],
    )
    return Case(f"E-{mail:04}", CaseNumber(2026, mail), State.OPEN, reaction.arrived, (reaction,))
