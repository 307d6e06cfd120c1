"""What may be kept too long (GA 3.8): whose period can be over, what is held, and what is known of each deletion."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, literal, select, tuple_, update

from store.case import OFFICE, CaseNumber, Delivery, State
from store.mails import MailState
from store.tables import (
    cases,
    conditions,
    deletions,
    holds,
    letter_contents,
    letters,
    mails,
    reactions,
    sightings,
)

MAIL, LETTER = "mail:", "letter:"
REPLIED = frozenset({"receipt", "unclear", "refused"})
"""Letters that answer a mail of the house, which is their occurrence."""
GONE = (Delivery.SENT, Delivery.REFUSED, Delivery.UNSURE)


@dataclass(frozen=True, slots=True)
class Loose:
    """Something that belongs to no Case: `subject` is `mail:12` or `letter:7`, `state` a mail's, "" of a letter.

    `since`: when it stood in a digest, was carried out, went out.
    """

    subject: str
    state: str
    arrived: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion: offered, begun, done. `since`: the day the period began that it goes by."""

    subject: str
    kept_as: str
    number: CaseNumber | None
    arrived: datetime
    since: date
    handed_over: bool = False
    offered: datetime | None = None
    begun: datetime | None = None
    by: str = ""
    done: datetime | None = None

    @property
    def loose(self) -> bool:
        """Whether it belongs to no Case: a mail or a letter by itself."""
        return self.subject.startswith((MAIL, LETTER))


# --- what there is ---


def arrived_before(connection: Connection, state: State, before: datetime) -> tuple[str, ...]:
    """Ids of the Cases in this state that arrived before, oldest first: no other's period can be over."""
    chosen = select(cases.c.id).where(cases.c.state == state, cases.c.arrived < before)
    return tuple(connection.scalars(chosen.order_by(cases.c.arrived, cases.c.id)))


def loose(connection: Connection, states: Collection[MailState], before: datetime) -> tuple[Loose, ...]:
    """Mails in these states that stood in a digest before and lie in a folder of the program, oldest first."""
    filed = ~select(sightings.c.id).where(sightings.c.mail == mails.c.id, sightings.c.filed.is_(None)).exists()
    chosen = select(mails).where(mails.c.state.in_(states), mails.c.in_digest < before, filed)
    rows = connection.execute(chosen.order_by(mails.c.in_digest, mails.c.id))
    return tuple(Loose(f"{MAIL}{r.id}", r.state, r.arrived, r.in_digest) for r in rows)


def of_office(connection: Connection, before: datetime, released: str) -> tuple[Loose, ...]:
    """Letters that belong to no Case and went out before, and the replies to them that were read before.

    A report waits for its release: the condition called `released` and its month (`2026-10`).
    """
    month = func.substr(letters.c.occurrence, 1, len("2026-10"))
    out = select(conditions.c.name).where(conditions.c.name == literal(released).concat(month)).exists()
    theirs = (letters.c.subject == OFFICE) & letters.c.state.in_(GONE) & (letters.c.settled < before)
    theirs &= (letters.c.duty != "report") | out
    copied = (letters.c.state != Delivery.SENT) | letters.c.filed.is_not(None)
    still = select(letters.c.id, letters.c.planned, letters.c.settled).join(letter_contents).where(theirs, copied)
    found = [Loose(f"{LETTER}{r.id}", "", r.planned, r.settled) for r in connection.execute(still)]
    replies = letters.c.duty.in_(REPLIED) & (letters.c.subject == OFFICE)
    answered = {int(key) for key in connection.scalars(select(letters.c.occurrence).where(replies)) if key.isdigit()}
    carried_out = mails.c.id.in_(answered) & (mails.c.state == MailState.DONE) & (mails.c.decided < before)
    chosen = select(mails).outerjoin(reactions).where(carried_out, reactions.c.mail.is_(None))
    found += [Loose(f"{MAIL}{r.id}", r.state, r.arrived, r.decided) for r in connection.execute(chosen)]
    return tuple(sorted(found, key=lambda one: (one.since, one.subject)))


def taken_up(connection: Connection, subjects: Collection[str]) -> frozenset[str]:
    """Mails among these that belong to a Case by now, or wait to be decided: a person has put them back."""
    ids = {int(subject.removeprefix(MAIL)) for subject in subjects if subject.startswith(MAIL)}
    busy = (mails.c.state == MailState.NEW) | reactions.c.mail.is_not(None)
    chosen = select(mails.c.id).outerjoin(reactions).where(mails.c.id.in_(ids), busy)
    return frozenset(f"{MAIL}{mail}" for mail in connection.scalars(chosen))


def held(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Those of these Cases that are under a legal hold, or to which an intake went that is."""
    looked = set(connection.scalars(select(holds.c.case_id).where(holds.c.released.is_(None))))
    found: set[str] = set()
    while looked := looked - found:
        found |= looked
        joined = (cases.c.state == State.JOINED) & cases.c.id.in_(looked)
        went = set(connection.scalars(select(cases.c.joined_to).where(joined)))
        numbers = [(number.year, number.sequence) for key in went if (number := CaseNumber.parse(key))]
        there = cases.c.id.in_(went) | tuple_(cases.c.year, cases.c.sequence).in_(numbers)
        looked = set(connection.scalars(select(cases.c.id).where(there))) if went else set()
    return frozenset(found.intersection(ids))


def known(connection: Connection, subjects: Collection[str]) -> dict[str, Deletion]:
    """What is noted of the deletion of these."""
    rows = connection.execute(select(deletions).where(deletions.c.subject.in_(subjects)))
    return {row.subject: _deletion(row) for row in rows}


def begun(connection: Connection) -> tuple[Deletion, ...]:
    """Deletions that are begun and not done, oldest first."""
    waits = deletions.c.done.is_(None) & deletions.c.begun.is_not(None)
    rows = connection.execute(select(deletions).where(waits).order_by(deletions.c.begun, deletions.c.subject))
    return tuple(_deletion(row) for row in rows)


def done(connection: Connection) -> tuple[Deletion, ...]:
    """The record of what was deleted, by day."""
    rows = connection.execute(select(deletions).where(deletions.c.done.is_not(None)))
    return tuple(
        sorted((_deletion(r) for r in rows), key=lambda d: (d.done or d.arrived, d.number or _NONE, d.subject))
    )


_NONE = CaseNumber(0, 0)


def handed_over(connection: Connection, since: datetime, before: datetime) -> int:
    """How many of the deleted Cases that arrived in this time had gone to another office: reports count them still."""
    chosen = select(func.count()).select_from(deletions).where(deletions.c.handed_over, deletions.c.done.is_not(None))
    return connection.scalar(chosen.where(deletions.c.arrived >= since, deletions.c.arrived < before)) or 0


# --- holds and words ---


def hold(connection: Connection, case_id: str, reason: str, by: str, now: datetime) -> None:
    values = {"case_id": case_id, "since": now, "by": by, "reason": reason, "released_by": ""}
    connection.execute(insert(holds).values(values))


def release(connection: Connection, ids: Collection[str], by: str, now: datetime) -> bool:
    """Take every hold from these Cases. False: nothing held them."""
    open_still = holds.c.case_id.in_(ids) & holds.c.released.is_(None)
    return connection.execute(update(holds).where(open_still).values(released=now, released_by=by)).rowcount > 0


def note(connection: Connection, noted: Sequence[Deletion]) -> None:
    """Keep what is known of these deletions now, in the place of what was."""
    if noted:
        connection.execute(delete(deletions).where(deletions.c.subject.in_([d.subject for d in noted])))
        connection.execute(insert(deletions), [_row(d) for d in noted])


def forget(connection: Connection, subject: str) -> None:
    """As if nothing had ever been said of it."""
    connection.execute(delete(deletions).where(deletions.c.subject == subject))


def let_be(connection: Connection, begun: Deletion) -> None:
    """As if it had never been begun; that it was offered stays known."""
    forget(connection, begun.subject)
    note(connection, [replace(begun, begun=None, by="")] if begun.offered else [])


def _row(d: Deletion) -> dict[str, Any]:
    row = asdict(d)
    del row["number"]
    return row | {"year": d.number.year if d.number else None, "sequence": d.number.sequence if d.number else None}


def _deletion(row: Row[Any]) -> Deletion:
    number = CaseNumber(row.year, row.sequence) if row.sequence else None
    plain = ("subject", "kept_as", "arrived", "since", "handed_over", "offered", "begun", "by", "done")
    return Deletion(number=number, **{name: getattr(row, name) for name in plain})
