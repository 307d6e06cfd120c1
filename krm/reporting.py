"""The monthly report: drafted for the officer, released by them, then sent to management (GA 3.9)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ingest.message import Verb
from ingest.office import Person, Role
from krm.bot import Bot
from krm.planning import Event
from krm.report import Kept, Month, month, shown
from notify.buttons import button, tag
from notify.contexts_later import Report, ReportCopy
from notify.duties import report_due
from notify.letters import MONTHS
from store import cases, conditions, journal, outbox
from store.case import OFFICE

RELEASED = "report-released:"
LAST_DAY = 15  # GA 3.9: by the 15th of the month
BETTER = "im Monat davor {}"


def due_reports(connection: Connection, bot: Bot) -> list[Event]:
    """The draft on the first working day, and reminders until it is released."""
    due = report_due(bot.view())
    there = outbox.planned(connection, OFFICE, "report") if due else frozenset()
    found = [(o, bot.office.person(o.recipient)) for o in due if (o.occurrence, o.recipient) not in there]
    events = []
    for owed, person in found:
        wanted = owed.occurrence.split()[0]
        if person is not None and conditions.get(connection, RELEASED + wanted) is None:
            events.append(Event(OFFICE, "report", owed.occurrence, person, figures(connection, bot, wanted)))
    return events


def asked_for(connection: Connection, bot: Bot, wanted: str, mail: int, person: Person) -> Event:
    """`Bericht: 2026-10`, by officer or deputy (GA 3.9: they alone evaluate)."""
    told = figures(connection, bot, wanted)
    return Event(OFFICE, "report_copy", f"{wanted} asked {mail}", person, told)


def release(connection: Connection, bot: Bot, wanted: str, by: Person, role: Role) -> list[Event]:
    """It goes to management; a second release sends nothing again."""
    conditions.begin(connection, RELEASED + wanted, bot.now())
    entry = journal.Entry(OFFICE, bot.now(), role, "report-released", by.id, (wanted,))
    journal.write(connection, [entry])
    told = figures(connection, bot, wanted)
    return [Event(OFFICE, "report_copy", f"{wanted} released", person, told) for person in bot.office.management]


def figures(connection: Connection, bot: Bot, wanted: str) -> dict[str, Any]:
    """The figures of a month (`2026-10`) as they stand now, kept with the letter."""
    first = date.fromisoformat(f"{wanted}-01")
    before = (first - timedelta(days=1)).replace(day=1)
    known = list(cases.load(connection, cases.all_ids(connection, only_open=False)).values())
    now, then = (month(m, known, bot.taxonomy, bot.teller.workdays) for m in (first, before))
    return {
        "month": first.isoformat(),
        "tables": [[title, [list(row) for row in rows]] for title, rows in _tables(now, then)],
    }


def _tables(now: Month, then: Month) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    counts = (
        ("Erfasste Reaktionen", f"{now.arrivals} ({BETTER.format(then.arrivals)})"),
        ("Rechtzeitig bestätigt", _share(now.acknowledged)),
        ("Rechtzeitig beantwortet", _share(now.answered)),
        ("Zwischeninformationen", str(now.interim_notices)),
        ("An eine andere Stelle weitergegeben", str(now.handed_over)),
    )
    stages = tuple((f"Stufe {level}", str(count)) for level, count in now.stages)
    tables = (
        ("Überblick", counts),
        ("Arten", shown(now.by_type)),
        ("Kategoriengruppen", shown(now.by_group)),
        ("Eskalationsstufen", stages),
    )
    return tuple((title, rows) for title, rows in tables if rows)


def _share(kept: Kept) -> str:
    return f"{kept.kept} von {kept.of}" if kept.of else "noch keine"


def draft(bot: Bot, told: dict[str, Any], to: Person, token: str) -> Report:
    """What the officer is told."""
    first = date.fromisoformat(told["month"])
    release = button("Freigabe", bot.office.address, f"Re: {tag('KRM', token)}", str(Verb.RELEASE), primary=True)
    following = (first + timedelta(days=31)).replace(day=LAST_DAY)
    return Report(_named(first), _rows(told), following, (release,), to.name)


def copy(told: dict[str, Any], to: Person) -> ReportCopy:
    """What management is told."""
    return ReportCopy(_named(date.fromisoformat(told["month"])), _rows(told), to.name)


def _named(first: date) -> str:
    return f"{MONTHS[first.month - 1]} {first.year}"


def _rows(told: dict[str, Any]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple((title, tuple((field, value) for field, value in rows)) for title, rows in told["tables"])


def month_of(occurrence: str) -> str:
    """`2026-10` of any occurrence of a report."""
    return occurrence.split(maxsplit=1)[0]
