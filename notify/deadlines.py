"""From the day of arrival to the days of GA 3.5.1 and 3.5.2, with the calculation in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from notify.workdays import ONE_DAY, Workdays, weekday

BERLIN = ZoneInfo("Europe/Berlin")
ACKNOWLEDGE_WORKING_DAYS = 3  # GA 3.5.1
HANDLING_DAYS = 14  # GA 3.5.2


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days that bind a written reaction.

    `acknowledge_by`: its end is the limit (GA 3.5.1). `day14`: arrival + 14 calendar days (GA 3.5.2).
    `target`: last working day on or before day 14, reminders aim at it. `latest`: day 14 moved off
    weekends and public holidays (§ 26(3) SGB X by analogy), late is counted after it.
    """

    arrived: date
    acknowledge_by: date
    day14: date
    target: date
    latest: date


def local_day(moment: datetime) -> date:
    """The calendar day in Europe/Berlin. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone has no day")
    return moment.astimezone(BERLIN).date()


def deadlines(arrived: datetime, workdays: Workdays) -> Deadlines:
    """The days for a mail that arrived at this moment (aware)."""
    return _of(local_day(arrived), workdays)


@lru_cache(maxsize=1024)
def _of(day: date, workdays: Workdays) -> Deadlines:
    day14 = day + timedelta(days=HANDLING_DAYS)
    latest = day14
    while not weekday(latest):
        latest += ONE_DAY
    return Deadlines(
        arrived=day,
        acknowledge_by=workdays.after(day, ACKNOWLEDGE_WORKING_DAYS),
        day14=day14,
        target=workdays.on_or_before(day14),
        latest=latest,
    )


def calculation(days: Deadlines) -> tuple[str, ...]:
    """How each day came about, as German sentences."""
    moved = "" if days.latest == days.day14 else ", verschoben auf den nächsten Werktag (§ 26 Abs. 3 SGB X)"
    earlier = "" if days.target == days.day14 else f"; letzter Arbeitstag davor ist {_de(days.target)}"
    return (
        f"Eingang {_de(days.arrived)}; der Eingangstag zählt nicht mit (§ 187 BGB).",
        f"Eingangsbestätigung bis {_de(days.acknowledge_by)}: Ende des 3. Arbeitstages nach Eingang (GA 3.5.1).",
        f"14 Tage enden am {_de(days.day14)} (GA 3.5.2){earlier}.",
        f"Spätestens {_de(days.latest)}{moved}.",
    )


def _de(day: date) -> str:
    return f"{('Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So')[day.weekday()]} {day:%d.%m.%Y}"
