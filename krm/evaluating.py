"""The evaluation of a month or a year (GA 3.9), read from the records as they stand now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from classify.anlage3 import Anlage3
from ingest.office import Office
from krm.hiding import cell
from krm.measuring import measures
from krm.noticing import noticed
from krm.reckoning import counted, reckoned
from krm.report import Period, Stock, Worked, hit_rate, kinds, tables, worked
from notify.deadlines import local_day
from notify.evaluation import NONE, Evaluation, Line, Measure, Promise, following
from notify.owing import at_local
from notify.workdays import Workdays
from store import arrivals, cases, fates, retention, which
from store.case import Case

MEASURES_FOR = 24
"""Months: of measures agreed longer ago nothing more is said."""
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class House:
    """By whose rules and calendar is counted."""

    office: Office
    taxonomy: Anlage3
    workdays: Workdays


def period_of(key: str) -> Period:
    """`2026-11` or `2026`. Raises ValueError for what is neither."""
    year, _, month = key.partition("-")
    return Period(date(int(year), int(month), 1)) if month else Period(date(int(year), 1, 1), 12)


def evaluation(connection: Connection, house: House, key: str, now: datetime) -> Evaluation:
    """Everything of the period `key` (`2026-11`, `2026`). Raises ValueError for what is no period."""
    period, today = period_of(key), local_day(now)
    stock = _stock(connection, period, today)
    total, groups = tables(stock, kinds(house.taxonomy, _unit_name(house.office)))
    before = period.earlier()
    ids = which.arrived_ids(connection, _begin(before.first), _begin(period.ends))
    known = list(cases.load(connection, ids).values())
    done, earlier = (_worked(connection, house, p, known, today) for p in (period, before))
    came = fates.between(connection, _begin(period.first) - MOMENT, _begin(period.ends) - MOMENT)
    told = Evaluation(
        first=period.first,
        months=period.months,
        drawn=today,
        compared=len(stock.before),
        total=total,
        course=_course(stock),
        groups=groups,
        promises=_promises(done, earlier),
        counts=_counts(done, earlier, bool(stock.before)),
        reckoning=counted(came),
        reckoned=reckoned(came),
        hits=hit_rate(period, known, house.taxonomy, groups[0]),
        measures=tuple(_measures(connection, house, stock)),
        noticed=(),
    )
    return noticed(told)


def _worked(connection: Connection, house: House, period: Period, known: Sequence[Case], today: date) -> Worked:
    """What went to another office is deleted after a while, and was handed over all the same."""
    found = worked(period, known, house.taxonomy, house.workdays, today)
    gone = retention.handed_over(connection, _begin(period.first), _begin(period.ends))
    return replace(found, handed_over=found.handed_over + gone)


def _stock(connection: Connection, period: Period, today: date) -> Stock:
    """The records begin with the first whole month."""
    found = arrivals.began(connection)
    began = None
    if found is not None:
        day = local_day(found)
        began = day if day.day == 1 else following(day.replace(day=1))
    since = following(period.first, -max(MEASURES_FOR + 12, period.months))
    recorded = arrivals.recorded(connection, _begin(since), _begin(period.ends))
    last_year = period.earlier(12) if period.months == 1 else None
    if last_year and (began is None or last_year.first < began):
        last_year = None
    return Stock(recorded, period, period.compared(began), last_year, began, today)


def _course(stock: Stock) -> tuple[tuple[date, int], ...]:
    """Month by month: a year up to the month and the same month last year, or two years."""
    count = 13 if stock.period.months == 1 else 24
    months = [Period(following(stock.period.ends, -n)) for n in range(count, 0, -1)]
    there = (p for p in months if p.first >= min(stock.began or stock.period.first, stock.period.first))
    return tuple((p.first, len(stock.of(p))) for p in there if p.first <= stock.today)


def _promises(now: Worked, then: Worked) -> tuple[Promise, ...]:
    rows = (
        ("Rechtzeitig bestätigt", now.acknowledged, then.acknowledged),
        ("Rechtzeitig beantwortet oder abgeschlossen", now.answered, then.answered),
    )
    return tuple(Promise(name, a.count, a.of, b.count, b.of) for name, a, b in rows)


def _counts(now: Worked, then: Worked, comparable: bool) -> tuple[Line, ...]:
    """What the office did is counted as it is; how many Cases reached a stage is a group like any other."""

    def days(value: int | None) -> int | str:
        return NONE if value is None else value

    rows = [
        ("Tage bis zur Antwort (Median)", days(now.median_days), days(then.median_days)),
        ("Zwischeninformationen", now.interim_notices, then.interim_notices),
        ("An andere Stellen weitergegeben", now.handed_over, then.handed_over),
        *(
            (f"Stufe {level} erreicht", cell(n), cell(m))
            for (level, n), (_, m) in zip(now.stages, then.stages, strict=True)
        ),
    ]
    return tuple(Line(name, a, b if comparable else NONE) for name, a, b in rows)


def _measures(connection: Connection, house: House, stock: Stock) -> Sequence[Measure]:
    since = following(stock.period.first, -MEASURES_FOR)
    ids = arrivals.with_measures(connection, _begin(since), _begin(stock.period.ends))
    known = cases.load(connection, ids)
    return measures([known[i] for i in ids], stock, house.taxonomy, house.office)


def _unit_name(office: Office) -> Callable[[str], str]:
    names = {unit.id: unit.name for unit in office.units}
    return lambda unit: names.get(unit, unit)


def _begin(day: date) -> datetime:
    return at_local(day, time())
