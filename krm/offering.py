"""What the office is told of retention: what would go when, what is to be offered to the archive (GA 3.8)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from ingest.office import Role
from krm.bot import Bot
from krm.retaining import Candidate, candidates, ripe
from notify.deadlines import local_day
from notify.pieces import Item, Section
from notify.retention import CLASS, CLASSES, Kept, Periods, until
from store import journal, outbox
from store import retention as stored
from store.case import OFFICE
from store.retention import Deletion

TITLE = "Aufbewahrung abgelaufen"
HINT = (
    "Von selbst wird hier nichts gelöscht. Die Liste für das Archiv macht „krm retention offer“. Sagen Sie danach, was "
    "gelöscht werden soll; das steht einmal im Jahr hier."
)
OLDEST = "Ältester Eingang"


@dataclass(frozen=True, slots=True)
class Planned:
    """One class on a day: how many are `due` then, how many would be but for a hold, which Cases they are."""

    kept: Kept
    due: int
    held: int
    cases: tuple[Candidate, ...]


def plan(connection: Connection, periods: Periods, day: date) -> tuple[Planned, ...]:
    """What would be due on that day, by class, as things stand now."""
    found: dict[str, list[Candidate]] = {kept.id: [] for kept in CLASSES}
    for one in candidates(connection, periods, day, found):
        last = until(one.fact, periods)
        if last is not None and day > last:
            found[one.fact.kept_as].append(one)
    return tuple(
        Planned(
            CLASS[name], len(all_) - (held := sum(c.fact.held for c in all_)), held, tuple(c for c in all_ if c.case)
        )
        for name, all_ in found.items()
    )


def offer(connection: Connection, periods: Periods, by: tuple[str, Role], now: datetime) -> tuple[Candidate, ...]:
    """The Cases whose ten years are over; that `by` (person id, role) offered them is noted, for each once."""
    found = tuple(ripe(connection, periods, local_day(now), ("case",)))
    fresh = [c for c in found if c.fact.offered is None]
    stored.note(connection, [_offered(c, now) for c in fresh])
    person, role = by
    entries = [journal.Entry(c.fact.subject, now, role, "offered", person, (c.fact.shown,)) for c in fresh]
    journal.write(connection, entries)
    return found


def _offered(one: Candidate, now: datetime) -> Deletion:
    number, since = one.case.number if one.case else None, one.fact.begun or local_day(one.arrived)
    return Deletion(one.fact.subject, one.fact.kept_as, number, one.arrived, since, offered=now)


def over_for_long(connection: Connection, bot: Bot) -> tuple[Section, ...]:
    """In the first digest of a year: what waits for the officer's word since its period is over."""
    today = local_day(bot.now())
    before = outbox.latest(connection, OFFICE, "digest", today.isoformat())
    if before is not None and before[:4] == str(today.year):
        return ()
    waiting = {kept.id for kept in CLASSES if kept.by_word}
    found = tuple(ripe(connection, bot.retention.periods, today, waiting))
    counts = Counter(c.fact.kept_as for c in found)
    items = tuple(Item(CLASS[name].name, _oldest(found, name), f"{n} fällig") for name, n in sorted(counts.items()))
    return (Section(TITLE, HINT, items, OLDEST),)


def _oldest(found: Sequence[Candidate], name: str) -> datetime:
    return min(c.arrived for c in found if c.fact.kept_as == name)
