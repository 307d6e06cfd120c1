"""Once a year each team lead is asked to speak with the team about customer reactions, with its figures (GA 3.2)."""

from collections import Counter

from sqlalchemy import Connection

from krm.bot import Bot
from krm.planning import Event
from notify.deadlines import local_day
from notify.duties import sensitising_due
from store import outbox, which
from store.case import OFFICE

FEWEST = 5  # rules.md: groups with fewer are not shown singly


def sensitising(connection: Connection, bot: Bot) -> list[Event]:
    """One letter a unit; its figures are those of the year so far."""
    due = sensitising_due(bot.view())
    there = outbox.planned(connection, OFFICE, "sensitising") if due else frozenset()
    due = tuple(o for o in due if (o.occurrence, o.recipient) not in there)
    if not due:
        return []
    year = local_day(bot.now()).year
    found: dict[str, Counter[str]] = {}
    for unit, type_id in which.recorded_in(connection, year):
        found.setdefault(unit, Counter())[bot.taxonomy.name(type_id)] += 1
    events = []
    for owed in due:
        unit = owed.occurrence.partition(" ")[2]
        figures = found.get(unit, Counter())
        shown = [(name, count) for name, count in sorted(figures.items()) if count >= FEWEST]
        person = bot.office.person(owed.recipient)
        if person:
            told = {"year": year, "unit": unit, "figures": [list(row) for row in shown]}
            events.append(Event(OFFICE, owed.duty, owed.occurrence, person, told))
    return events
