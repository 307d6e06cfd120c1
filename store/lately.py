"""Which letters went to an address lately, which are held back since so many did, and which were left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from store.case import CITIZEN, Delivery
from store.tables import journal, letters, reactions

HELD_BACK = "held back"
"""The code of a letter that waits until fewer went to its address."""
LEFT_OUT = "unanswered"
"""What the journal calls a letter that is not written, since its reader had enough of its kind.

The refs are the mail that goes without an answer, the kind of letter, and whose it would have been.
"""


@dataclass(frozen=True, slots=True)
class Gone:
    """A letter that was handed to the server, or may have been. `confirmed`: when what it is about was confirmed."""

    duty: str
    address: str
    at: datetime
    confirmed: datetime | None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A letter that waits, without what it says."""

    subject: str
    duty: str
    planned: datetime


def gone(connection: Connection, senders: Collection[str], since: datetime) -> tuple[Gone, ...]:
    """What went to citizens after `since`, or is on its way, in Cases in which these senders (keyed hashes) wrote."""
    theirs = select(reactions.c.case_id).where(reactions.c.sender_hash.in_(senders))
    at = func.coalesce(letters.c.transmitting, letters.c.claimed, type_=letters.c.claimed.type)
    chosen = (
        select(letters.c.duty, letters.c.occurrence, letters.c.address, at.label("at"))
        .where(letters.c.subject.in_(theirs), letters.c.recipient == CITIZEN, at > since)
        .where(letters.c.state.in_((Delivery.CLAIMED, Delivery.TRANSMITTING, Delivery.SENT, Delivery.UNSURE)))
    )
    found = connection.execute(chosen).all()
    confirmed = confirmations(connection, [row.occurrence for row in found])
    return tuple(Gone(r.duty, r.address, r.at, confirmed.get(r.occurrence)) for r in found)


def confirmations(connection: Connection, occurrences: Iterable[str]) -> dict[str, datetime]:
    """When the reactions were confirmed that letters are about, by the letters' occurrences."""
    about = {int(key) for key in occurrences if key.isdigit()}
    confirmed = reactions.c.mail.in_(about) & reactions.c.confirmed_at.is_not(None)
    rows = connection.execute(select(reactions.c.mail, reactions.c.confirmed_at).where(confirmed))
    return {str(row.mail): row.confirmed_at for row in rows}


def held_back(connection: Connection) -> tuple[HeldBack, ...]:
    """Oldest first."""
    chosen = select(letters.c.subject, letters.c.duty, letters.c.planned)
    waits = letters.c.state.in_((Delivery.PLANNED, Delivery.CLAIMED)) & (letters.c.reply_code == HELD_BACK)
    return tuple(HeldBack(*row) for row in connection.execute(chosen.where(waits).order_by(letters.c.id)))


@dataclass(frozen=True, slots=True)
class Planned:
    """A letter that was owed, whatever became of it since."""

    duty: str
    subject: str
    address: str
    told: Mapping[str, Any]
    at: datetime


def planned(connection: Connection, duties: Collection[str], since: datetime) -> tuple[Planned, ...]:
    """Letters of these kinds planned after `since`."""
    chosen = select(letters.c.duty, letters.c.subject, letters.c.address, letters.c.told, letters.c.planned)
    rows = connection.execute(chosen.where(letters.c.duty.in_(duties), letters.c.planned > since))
    return tuple(Planned(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A letter that was not written: about which Case or the office, of which kind, to whom (person id), when."""

    subject: str
    duty: str
    recipient: str
    at: datetime


def left_out(connection: Connection, since: datetime, until: datetime) -> tuple[LeftOut, ...]:
    """Those of this time, oldest first."""
    chosen = select(journal.c.chain, journal.c.refs, journal.c.at).where(journal.c.action == LEFT_OUT)
    rows = connection.execute(chosen.where(journal.c.at >= since, journal.c.at < until).order_by(journal.c.id))
    return tuple(_left_out(row.chain, row.refs, row.at) for row in rows)


def _left_out(subject: str, refs: str, at: datetime) -> LeftOut:
    _, duty, to = refs.split(maxsplit=2)
    return LeftOut(subject, duty, to.removeprefix("to:"), at)
