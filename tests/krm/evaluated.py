"""Evaluations made of an invented stock, for tests of what becomes of their figures."""

import random
from collections.abc import Iterable
from datetime import date, datetime, time

from classify.anlage3 import shipped
from krm.noticing import noticed
from krm.report import Period, Stock, kinds, tables
from notify.deadlines import BERLIN
from notify.evaluation import Evaluation, Hits, Line, Measure, Promise, following
from store.arrivals import Arrival

NOVEMBER = Period(date(2026, 11, 1))
LATER = date(2026, 12, 1)
FORM = shipped()


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=BERLIN)


def arrival(day: date, **fields: str) -> Arrival:
    standard = {"type": "beschwerde", "form": "email", "customer_group": "an", "unit": "515"}
    return Arrival(at(day), **{**standard, "category": "organisation.wartezeit", **fields})


def stock(
    found: Iterable[Arrival], period: Period = NOVEMBER, *, began: date | None = None, today: date = LATER
) -> Stock:
    last_year = period.earlier(12) if period.months == 1 else None
    there = last_year if last_year and began and last_year.first >= began else None
    return Stock(tuple(found), period, period.compared(began), there, began, today)


def busy(units: int = 30, each_month: int = 60, seed: int = 11) -> list[Arrival]:
    """Fourteen months of arrivals in every group, and twice as many about waiting in the last."""
    chance = random.Random(seed)
    found = []
    for back in range(13, -1, -1):
        first = following(NOVEMBER.first, -back)
        found += [_any(chance, first, units) for _ in range(each_month + chance.randint(-8, 8))]
    found += [arrival(date(2026, 11, 1 + n % 28), unit="u1") for n in range(25)]
    return found


def _any(chance: random.Random, first: date, units: int) -> Arrival:
    types = [t.id for t in FORM.types if t.krm]
    return arrival(
        first.replace(day=chance.randint(1, 28)),
        type=chance.choices(types, [5, 20, *[1] * (len(types) - 2)])[0],
        form=chance.choice(FORM.forms).id,
        customer_group=chance.choice(FORM.groups).id,
        unit=f"u{min(chance.randint(1, units), chance.randint(1, units))}",
        category=chance.choice(FORM.categories).id,
    )


def evaluation(made: Stock, **fields: object) -> Evaluation:
    total, groups = tables(made, kinds(FORM, lambda unit: f"Team {unit.removeprefix('u')} Leistung und Service"))
    months = [Period(following(made.period.ends, -n)) for n in range(13 if made.period.months == 1 else 24, 0, -1)]
    standard = {
        "first": made.period.first,
        "months": made.period.months,
        "drawn": made.today,
        "compared": len(made.before),
        "total": total,
        "course": tuple((p.first, len(made.of(p))) for p in months),
        "groups": groups,
        "promises": (
            Promise("Rechtzeitig bestätigt", 61, 63, 58, 58),
            Promise("Rechtzeitig beantwortet oder abgeschlossen", 55, 59, 50, 55),
        ),
        "counts": (
            Line("Tage bis zur Antwort (Median)", 9, 11),
            Line("Zwischeninformationen", 7, 4),
            Line("An andere Stellen weitergegeben", 12, 9),
            Line("Stufe 1 erreicht", "unter 5", 0),
            Line("Stufe 2 erreicht", 82, 57),
            Line("Stufe 3 erreicht", 6, "unter 5"),
            Line("Stufe 4 erreicht", 0, "unter 5"),
        ),
        "reckoning": (("Vorgänge", 85), ("weitere Nachrichten", 40), ("automatisch", 31), ("noch offen", 3)),
        "reckoned": "159 eingegangen = 85 Vorgänge + 40 weitere Nachrichten + 31 automatisch + 3 noch offen",
        "hits": Hits(88, 74, 60, 52),
        "measures": (
            Measure(
                "Zweiter Schalter am Vormittag",
                "Teamleitung Team 515 Eingangszone",
                date(2026, 6, 30),
                "Organisation",
                14,
                9,
                "seltener, mehr als Zufall",
            ),
            Measure(
                "Anschreiben zum Rückruf neu gefasst",
                "KRM-beauftragte Person",
                date(2027, 3, 1),
                "Eingangszone",
                7,
                "–",
                "läuft noch",
            ),
        ),
        "noticed": (),
    }
    return noticed(Evaluation(**{**standard, **fields}))  # type: ignore[arg-type]
