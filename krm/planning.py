"""From what is owed to rows in the outbox; a Case gets its number here at the latest, before its acknowledgement."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from ingest.instructions import NO_INSTRUCTION
from ingest.message import spelled
from ingest.office import Person, Role
from krm.bot import Bot
from notify.deadlines import local_day
from notify.duties import ACKNOWLEDGEMENT, due
from notify.loop_guard import AN_HOUR, SMALL, Small, has_enough
from notify.owing import Owed
from store import cases, conditions, journal, lately, outbox
from store.case import CITIZEN, OFFICE, Case, Kind
from store.outbox import Plan
from store.relating import letters_before_joining

ONCE_A_MAIL = frozenset({ACKNOWLEDGEMENT.name, "hand_over", "hand_over_note", "alert", "need", "breach"})
"""Letters about a mail that are owed once, into whatever Case it was put since (rules.md: one acknowledgement)."""
_FIGURES = re.compile(r"\d+")


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
    """Plan letters that answer something, but none to whom has enough of its kind."""
    now = bot.now()
    left_out = _too_many(connection, events, now)
    expires = local_day(now) + timedelta(days=bot.rhythm.token_days)
    plans = [
        Plan(e.subject, e.duty, e.occurrence, e.to.id, e.to.address, now, expires, e.told)
        for e in events
        if e not in left_out
    ]
    outbox.plan(connection, plans, bot.keys, bot.domain, now)
    # the mails themselves are kept, and the digest says that nobody answered them
    refs = [(f"mail:{e.occurrence}", e.duty, f"to:{e.to.id}") for e in left_out]
    entries = [
        journal.Entry(e.subject, now, Role.MACHINE, lately.LEFT_OUT, refs=r)
        for e, r in zip(left_out, refs, strict=True)
    ]
    journal.write(connection, entries)


def _too_many(connection: Connection, events: Sequence[Event], now: datetime) -> list[Event]:
    """The small letters among these that go to somebody who got enough of them (notify/loop_guard.py)."""
    small = [e for e in events if e.duty in SMALL]
    if not small:
        return []
    went: dict[str, list[Small]] = defaultdict(list)
    for p in lately.planned(connection, {e.duty for e in small}, now - AN_HOUR):
        went[spelled(p.address)].append(Small(p.duty, _about(p.duty, p.subject), _answered(p.told), p.at))
    left_out = []
    for e in small:
        one = Small(e.duty, _about(e.duty, e.subject), _answered(e.told), now)
        if has_enough(went[spelled(e.to.address)], one):
            left_out.append(e)
        else:
            went[spelled(e.to.address)].append(one)
    return left_out


def _about(duty: str, subject: str) -> str:
    """A note settled at once belongs to no Case; what is asked back of the office's own letters belongs together."""
    return "" if duty == "noted" else subject


def _answered(told: Mapping[str, Any]) -> str:
    """What a small letter answers: the lines it quotes and why they say nothing, else who wrote, else when.

    A program counts its mails up, so figures tell no two lines apart that are no instructions.
    """
    rows = told.get("not_understood", ())
    lines = [*(_row(u["line"], u["why"]) for u in rows), *told.get("understood", ())]
    return "\n".join(lines) or _of_whom(told)


def _row(line: str, why: str) -> str:
    return _FIGURES.sub("0", line) if why == NO_INSTRUCTION else f"{line} {why}"


def _of_whom(told: Mapping[str, Any]) -> str:
    return str(told.get("sender") or told.get("arrived", ""))


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
