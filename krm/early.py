"""The early warning: a category group rose within two weeks by more than chance (rules.md, GA 3.9)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from ingest.office import Person
from krm.bot import Bot
from krm.chance import Counted, holm, risen
from krm.hiding import FEWEST, cell
from krm.planning import Event
from krm.report import category_group
from notify.contexts_office import EarlyWarning
from notify.deadlines import local_day
from notify.duties import due_in_office
from notify.owing import at_local
from store import arrivals, conditions, outbox
from store.case import OFFICE

DUTY = "early_warning"
ASKED = "early-warnings"
"""The condition that says when it was last looked."""
RECENT, BEFORE = timedelta(days=14), timedelta(weeks=26)
FEWEST_DAYS = 28
"""Of less time before nothing can be said."""
LEVEL = 0.01
"""Stricter than in the report: it is looked every working day."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A group with `recent` in two weeks and, in `days` before, so many in all."""

    group: str
    recent: int
    before: int
    days: int

    @property
    def usual(self) -> str:
        """In as many days, rounded; few are not told singly."""
        return str(cell(round(self.before * RECENT.days / self.days)))


def rises(recent: Counter[str], before: Counter[str], days: int) -> tuple[Rise, ...]:
    """Groups of five and more that rose beyond chance, of all groups looked at. Pure."""
    if days < FEWEST_DAYS:
        return ()
    groups = sorted(group for group, n in recent.items() if n >= FEWEST)
    ps = holm([risen(Counted(recent[g], RECENT.days), Counted(before[g], days)) for g in groups])
    return tuple(Rise(g, recent[g], before[g], days) for g, p in zip(groups, ps, strict=True) if p < LEVEL)


def early_warnings(connection: Connection, bot: Bot) -> list[Event]:
    """Looked once a working day, told once a group and month."""
    now, today = bot.now(), local_day(bot.now())
    held = conditions.get(connection, ASKED)
    if not due_in_office(bot.view()) or (held and local_day(held.since) == today):
        return []
    conditions.end(connection, ASKED)
    conditions.begin(connection, ASKED, now)
    there = outbox.planned(connection, OFFICE, DUTY)
    told = [(f"{today:%Y-%m} {rise.group}"[:80], _told(rise, today)) for rise in _found(connection, bot, today)]
    return [
        Event(OFFICE, DUTY, occurrence, person, words)
        for occurrence, words in told
        for person in bot.office.officers()
        if (occurrence, person.id) not in there
    ]


def _found(connection: Connection, bot: Bot, today: date) -> tuple[Rise, ...]:
    began = arrivals.began(connection)
    if began is None:
        return ()
    change = today - RECENT
    since = max(change - BEFORE, local_day(began))
    found = arrivals.recorded(connection, _begin(since), _begin(today))
    of = category_group(bot.taxonomy)
    recent = Counter(of(a) for a in found if a.category and local_day(a.at) >= change)
    before = Counter(of(a) for a in found if a.category and local_day(a.at) < change)
    return rises(recent, before, (change - since).days)


def _told(rise: Rise, today: date) -> dict[str, object]:
    return {
        "group": rise.group,
        "count": rise.recent,
        "usual": rise.usual,
        "since": (today - RECENT).isoformat(),
        "until": (today - timedelta(days=1)).isoformat(),
        "weeks": rise.days // 7,
    }


def warning(told: dict[str, object], to: Person) -> EarlyWarning:
    """What officer and deputy are told."""
    days = {name: date.fromisoformat(str(told[name])) for name in ("since", "until")}
    return EarlyWarning(
        str(told["group"]),
        int(str(told["count"])),
        str(told["usual"]),
        **days,
        weeks=int(str(told["weeks"])),
        name=to.name,
    )


def _begin(day: date) -> datetime:
    return at_local(day, time())
