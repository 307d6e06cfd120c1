"""Which Cases: their ids by what is open, owed or said in them, and what their rows tell of units and people."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from store.case import Kind, Said, Source, State
from store.tables import assignments, cases, letters, marks, reactions
from store.values import to_coding


def all_ids(connection: Connection, *, only_open: bool) -> tuple[str, ...]:
    chosen = select(cases.c.id).order_by(cases.c.arrived, cases.c.id)
    return tuple(connection.scalars(chosen.where(cases.c.state == State.OPEN) if only_open else chosen))


def arrived_ids(connection: Connection, since: datetime, before: datetime) -> tuple[str, ...]:
    """Cases that arrived in this time, oldest first."""
    chosen = select(cases.c.id).where(cases.c.arrived >= since, cases.c.arrived < before)
    return tuple(connection.scalars(chosen.order_by(cases.c.arrived, cases.c.id)))


def undecided_ids(connection: Connection, before: datetime | None = None) -> tuple[str, ...]:
    """Open Cases with a reaction nobody confirmed, if it arrived before that moment: what time brings duties to."""
    waiting = (cases.c.state == State.OPEN) & reactions.c.confirmed_at.is_(None) & (reactions.c.kind != Kind.DUPLICATE)
    if before is not None:
        waiting &= reactions.c.arrived < before
    chosen = select(cases.c.id).join(reactions, reactions.c.case_id == cases.c.id).where(waiting)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def handled_ids(connection: Connection) -> tuple[str, ...]:
    """Open Cases of which something is recorded: time brings reminders, interim notices and escalation to them."""
    recorded = (cases.c.state == State.OPEN) & reactions.c.confirmed_at.is_not(None)
    chosen = select(cases.c.id).join(reactions, reactions.c.case_id == cases.c.id).where(recorded)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def lingering_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Closed Cases in which a letter to the citizen was called for or taken back since then: one may be due yet."""
    letter = marks.c.said.in_((Said.RELEASED, Said.TAKEN_BACK)) & (marks.c.at >= since)
    unanswered = reactions.c.acknowledged.is_(None) & (reactions.c.confirmed_at >= since)
    closed = select(cases.c.id).where(cases.c.state == State.CLOSED)
    called = closed.join(marks, marks.c.case_id == cases.c.id).where(letter)
    waiting = closed.join(reactions, reactions.c.case_id == cases.c.id).where(unanswered)
    return tuple(sorted({*connection.scalars(called), *connection.scalars(waiting)}))


def recorded_in(connection: Connection, year: int) -> tuple[tuple[str, str], ...]:
    """(unit, type) of every Case with a number of this year that is recorded; the coding is read, not searched."""
    chosen = select(reactions.c.coding).join(cases, cases.c.id == reactions.c.case_id)
    numbered = (cases.c.year == year) & (reactions.c.kind == Kind.FIRST) & reactions.c.confirmed_at.is_not(None)
    codings = (to_coding(value) for value in connection.scalars(chosen.where(numbered)))
    return tuple((coding.unit, coding.type) for coding in codings if coding)


def handed_over_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Cases of which something went to another office since then."""
    chosen = select(letters.c.subject).where(letters.c.duty == "hand_over", letters.c.settled >= since)
    return tuple(connection.scalars(chosen.distinct().order_by(letters.c.subject)))


def alarmed_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Cases of which an alarm was planned since then: it is given again until somebody answers it."""
    chosen = select(letters.c.subject).where(letters.c.duty == "alert", letters.c.planned >= since)
    return tuple(connection.scalars(chosen.distinct().order_by(letters.c.subject)))


def handled_by(connection: Connection, person: str) -> tuple[str, ...]:
    """Open Cases that this person was ever assigned to."""
    held = (cases.c.state == State.OPEN) & (assignments.c.person == person)
    chosen = select(cases.c.id).join(assignments, assignments.c.case_id == cases.c.id).where(held)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def senders(connection: Connection, case_id: str) -> frozenset[str]:
    """Look-up hashes of everybody who wrote in this Case."""
    return frozenset(connection.scalars(select(reactions.c.sender_hash).where(reactions.c.case_id == case_id)))


def last_units(connection: Connection, senders: Collection[str]) -> dict[str, str]:
    """Look-up hash of a citizen -> the unit of their latest recorded reaction."""
    if not senders:
        return {}
    chosen = select(reactions.c.sender_hash, reactions.c.coding).where(reactions.c.sender_hash.in_(sorted(senders)))
    rows = connection.execute(chosen.where(reactions.c.confirmed_at.is_not(None)).order_by(reactions.c.arrived))
    codings = ((row.sender_hash, to_coding(row.coding)) for row in rows)
    return {sender: coding.unit for sender, coding in codings if coding and coding.unit}


def open_of_senders(connection: Connection, senders: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By look-up hash: ids of the open Cases in which they wrote, newest first. Devices of the house write nothing."""
    chosen = select(reactions.c.sender_hash, reactions.c.case_id).join(cases, cases.c.id == reactions.c.case_id)
    theirs = (cases.c.state == State.OPEN) & (reactions.c.source != Source.MACHINE) & (reactions.c.sender_hash != "")
    theirs &= reactions.c.sender_hash.in_(senders)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(chosen.where(theirs).order_by(cases.c.arrived.desc(), cases.c.id)):
        found[row.sender_hash][row.case_id] = None
    return {sender: tuple(ids) for sender, ids in found.items()}
