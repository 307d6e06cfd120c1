"""Working-day arithmetic for Mecklenburg-Vorpommern; the door to the library holidays. Knows no Geschäftsanweisung."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv="MV", years=year))


def public_holiday(day: date) -> bool:
    """Whether the day is a public holiday of Mecklenburg-Vorpommern in its own year."""
    return day in _public_holidays(day.year)


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days count. `off` are (month, day) pairs the office takes off besides: by default 24 and 31 December."""

    off: frozenset[tuple[int, int]] = frozenset({(12, 24), (12, 31)})

    def working(self, day: date) -> bool:
        return weekday(day) and (day.month, day.day) not in self.off

    def after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which is itself not counted (§ 187 BGB)."""
        while count > 0:
            day += ONE_DAY
            count -= self.working(day)
        return day

    def on_or_before(self, day: date) -> date:
        while not self.working(day):
            day -= ONE_DAY
        return day

    def before(self, day: date, count: int) -> date:
        """The `count`th working day before `day`."""
        while count > 0:
            day -= ONE_DAY
            count -= self.working(day)
        return day


def weekday(day: date) -> bool:
    """Monday to Friday and no public holiday: what § 26(3) SGB X looks at."""
    return day.weekday() < SATURDAY and not public_holiday(day)
