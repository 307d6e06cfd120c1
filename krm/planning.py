"""From what is owed to rows in the outbox; a Case gets its number here at the latest, before its acknowledgement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from ingest.office import Person, Role
from krm.bot import Bot
from notify.deadlines import local_day
from notify.duties import ACKNOWLEDGEMENT, due
from notify.owing import Owed
from store import cases, conditions, journal, outbox
from store.case import CITIZEN, OFFICE, Case, Kind
from store.outbox import Plan
from store.relating import letters_before_joining

ONCE_A_MAIL = frozenset({ACKNOWLEDGEMENT.name, "hand_over", "hand_over_note", "alert", "need", "breach"})
"""Letters about a mail that are owed once, into whatever Case it was put since (rules.md: one acknowledgement)."""


@dataclass(frozen=True, slots=True)
class Event:
    """A letter that answers something which happened: a receipt, a refusal. `told` is JSON."""

    subject: str
    duty: str
    occurrence: str
    to: Person
    told: dict[str, Any] = field(default_factory=dict)


def plan_due(connection: Connection, bot: Bot, known: Sequence[Case]) -> dict[str, tuple[Owed, ...]]:
    """Plan what these Cases owe by now and was not planned before; gives what is new, by Case id."""
    view = bot.view(conditions.absent(connection))
    found: dict[str, tuple[Owed, ...]] = {}
    plans: list[Plan] = []
    moved = [r.mail for case in known for r in case.reactions if r.kind is Kind.FOLLOW_UP]
    elsewhere = letters_before_joining(connection, moved, ONCE_A_MAIL) if moved else frozenset()
    for case in known:
        planned = {(d.duty, d.occurrence, d.recipient) for d in case.dispatches}
        new = tuple(o for o in due(case, view) if (o.duty, o.occurrence, o.recipient) not in planned | elsewhere)
        if any(o.duty == ACKNOWLEDGEMENT.name for o in new):
            numbered(connection, bot, case)
        plans += [_plan(bot, o, view.now) for o in new]
        found[case.id] = new
    outbox.plan(connection, plans, bot.keys, bot.domain, view.now)
    return found


def plan_events(connection: Connection, bot: Bot, events: Sequence[Event]) -> None:
    """Plan letters that answer something."""
    now = bot.now()
    expires = local_day(now) + timedelta(days=bot.rhythm.token_days)
    plans = [Plan(e.subject, e.duty, e.occurrence, e.to.id, e.to.address, now, expires, e.told) for e in events]
    outbox.plan(connection, plans, bot.keys, bot.domain, now)


def plan_office(connection: Connection, bot: Bot, owed: Sequence[Owed]) -> None:
    """Plan what is owed whatever arrived."""
    now = bot.now()
    outbox.plan(connection, [_plan(bot, o, now) for o in owed], bot.keys, bot.domain, now)


def numbered(connection: Connection, bot: Bot, case: Case) -> Case:
    """The Case with its number, which it gets now if it has none (rules.md, Numbers and states)."""
    if case.number is not None:
        return case
    now = bot.now()
    with_number = cases.number(connection, case, local_day(now).year)
    entry = journal.Entry(case.id, now, Role.MACHINE, "numbered", refs=(str(with_number.number),))
    journal.write(connection, [entry])
    return with_number


def _plan(bot: Bot, owed: Owed, now: datetime) -> Plan:
    hold = bot.rhythm.hold if owed.recipient == CITIZEN else timedelta(0)
    expires = local_day(now) + timedelta(days=bot.rhythm.token_days)
    return Plan(owed.subject, owed.duty, owed.occurrence, owed.recipient, owed.address, now + hold, expires)


__all__ = ["OFFICE", "Event", "numbered", "plan_due", "plan_events", "plan_office"]
