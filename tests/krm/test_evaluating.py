"""The whole evaluation from the records, against figures counted by plain SQL and by hand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from classify.anlage3 import shipped
from krm.evaluating import House, evaluation, period_of
from krm.report import Period
from notify.deadlines import BERLIN
from notify.evaluation import Evaluation, following
from notify.workdays import Workdays
from store import cases, mails
from store.case import Case, Concern, Mark, Said, Stage, State
from store.database import Database
from tests.office import LEAD_515, OFFICE
from tests.store.making import KEYS, case, confirmed, place, raw, reaction

FORM = shipped()
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=BERLIN)
HOUSE = House(OFFICE, FORM, Workdays())
TYPES = ("beschwerde", "lob", "idee", "beschwerde", "beschwerde")
CATEGORIES = ("organisation.wartezeit", "grundsicherung.regelbedarf", "organisation.wartezeit")
UNITS = ("514", "515", "602", "515")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path}/krm.db")
    found.upgrade()
    yield found
    found.close()


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def made(n: int, day: date, **fields: Any) -> Case:
    """A recorded Case: acknowledged the next day, answered after n % 20 days."""
    at = moment(day)
    coding = {
        "type": TYPES[n % len(TYPES)],
        "categories": (CATEGORIES[n % len(CATEGORIES)],),
        "unit": UNITS[n % len(UNITS)],
    }
    first = confirmed(reaction(n, arrived=at, acknowledged=at + timedelta(days=1)), at=at, **coding)
    gone = moment(day + timedelta(days=n % 20))
    answered = Mark(Said.POSTED, gone, "officer", n, n, gone.date(), "answer")
    standard = case(
        first,
        id=f"E-{n:04d}",
        arrived=at,
        concerns=(Concern(0, coding["categories"][0]),),
        marks=(answered,),
        stages=(Stage(2, at, "officer"),),
    )
    return replace(standard, **fields)


def kept(connection: Connection, known: list[Case]) -> None:
    """Put into the records, each with its mail."""
    for one in known:
        number = one.reactions[0].mail
        mails.take_in(connection, [raw(b"%d" % number, place(number), arrived=one.arrived)], one.arrived)
    cases.open_intakes(connection, [replace(c, concerns=(), marks=(), stages=()) for c in known], KEYS)
    for one in known:
        cases.save(connection, replace(one, concerns=(), marks=(), stages=()), one, KEYS)


def months(count: int, each: int) -> list[Case]:
    """So many months up to November 2026 with so many Cases, a fifth more in the last."""
    found: list[Case] = []
    for back in range(count - 1, -1, -1):
        first = following(date(2026, 11, 1), -back)
        many = each + (each // 5 if back == 0 else 0)
        found += [made(len(found) + n + 1, first.replace(day=1 + n % 28)) for n in range(many)]
    return found


def november(connection: Connection, now: datetime = NOW) -> Evaluation:
    return evaluation(connection, HOUSE, "2026-11", now)


COUNTED = """
    SELECT json_extract(r.coding, '$.{field}') AS name, count(*) AS n FROM reactions r JOIN cases c ON c.id = r.case_id
    WHERE r.kind = 'first' AND r.coding IS NOT NULL AND c.state <> 'not_krm'
    AND c.arrived >= :since AND c.arrived < :before GROUP BY name
"""
SINCE, BEFORE = "2026-10-31 23:00:00.000000", "2026-11-30 23:00:00.000000"
"""November in Berlin, as the records keep moments: UTC."""


def by_sql(connection: Connection, field: str) -> Counter[str]:
    rows = connection.execute(text(COUNTED.format(field=field)), {"since": SINCE, "before": BEFORE})
    return Counter({row.name: row.n for row in rows})


def test_groups_are_what_plain_sql_counts(database: Database) -> None:
    with database.transaction() as connection:
        kept(connection, months(14, 40))
        told = november(connection)
        names = {"Art": ("type", FORM.name), "Form": ("form", FORM.name), "Kundengruppe": ("customer_group", FORM.name)}
        units = {unit.id: unit.name for unit in OFFICE.units}
        for title, (field, named) in {**names, "Org.-Einheit": ("unit", units.__getitem__)}.items():
            expected = {named(name): n for name, n in by_sql(connection, field).items()}
            found = next(g for g in told.groups if g.title == title)
            assert {line.name: line.now for line in found.lines} == expected, title
        total = sum(by_sql(connection, "type").values())

    assert total == 48
    assert (told.total.now, told.total.before, told.total.last_year) == (total, 40, 40)
    assert [n for _, n in told.course] == [40] * 12 + [48]


def test_what_was_kept_is_what_a_hand_counts(database: Database) -> None:
    """Each answered after n % 20 days: of those owed one, late is whatever took longer than its latest day."""
    with database.transaction() as connection:
        known = months(2, 40)
        kept(connection, known)
        told = november(connection)
    last = [c for c in known if c.arrived >= moment(date(2026, 11, 1), 0)]
    owed = [c for c in last if not FORM.type(c.reactions[0].coding.type).thanks]  # type: ignore[union-attr]
    days = sorted(c.reactions[0].mail % 20 for c in owed)
    on_time = [c for c in owed if c.reactions[0].mail % 20 <= 14]

    acknowledged, answered = told.promises
    assert (acknowledged.kept, acknowledged.of) == (48, 48)
    assert answered.of == len(owed)
    assert len(on_time) <= answered.kept <= len(on_time) + 3, "a weekend may move the last day"
    assert told.counts[0].now == round((days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2)


def test_the_month_is_reconciled(database: Database) -> None:
    """Every mail that arrived in the month, once: what is left over and what a machine sent as well."""
    with database.transaction() as connection:
        known = [made(n, date(2026, 11, n)) for n in range(1, 8)]
        known.append(made(8, date(2026, 11, 9), state=State.NOT_KRM))
        kept(connection, known)
        arrived = [raw(b"new %d" % n, place(100 + n), arrived=moment(date(2026, 11, 30), 23)) for n in range(3)]
        mails.take_in(connection, [*arrived, raw(b"december", place(200), arrived=NOW)], NOW)
        connection.execute(text("UPDATE mails SET state = 'done' WHERE id <= 8"))
        told = november(connection)

    assert told.reckoned == "11 eingegangen = 7 Vorgänge + 3 noch offen + 1 weitergegeben oder kein KRM"
    assert sum(n for _, n in told.reckoning) == 11
    assert told.total.now == 7


def test_what_came_of_a_measure(database: Database) -> None:
    """Agreed in May, due at the end of June: twenty a month before, six after, and the owner is a role."""
    agreed = Mark(Said.MEASURE, moment(date(2026, 5, 20)), "officer", 1, 1, date(2026, 6, 30), LEAD_515.id, "x")
    words = f"Schalter am Vormittag, {LEAD_515.name} hilft Erika Muster"
    with database.transaction() as connection:
        known, number = [], 0
        for back in range(11, -1, -1):
            first = following(date(2026, 11, 1), -back)
            for n in range(20 if first < date(2026, 7, 1) else 6):
                number += 1
                day = first.replace(day=1 + n)
                known.append(made(number, day, concerns=(Concern(0, "organisation.wartezeit"),)))
        known[0] = replace(known[0], marks=(replace(agreed, text=words),))
        kept(connection, known)
        (measure,) = november(connection).measures

    assert (measure.owner, measure.group, measure.until) == (
        "Teamleitung Team 515 Eingangszone",
        "Organisation",
        date(2026, 6, 30),
    )
    assert (measure.before, measure.after, measure.verdict) == (20, 6, "seltener, mehr als Zufall")
    assert not {"Olaf", "Brandt", "Erika", "Muster"} & set(measure.what.replace(",", " ").split())
    assert measure.what.startswith("Schalter am Vormittag")


def test_a_measure_that_is_not_due_yet_runs(database: Database) -> None:
    agreed = Mark(Said.MEASURE, moment(date(2026, 11, 20)), "officer", 1, 1, date(2027, 3, 1), "officer", "Schild neu")
    with database.transaction() as connection:
        kept(connection, [made(1, date(2026, 11, 3), marks=(agreed,))])
        (measure,) = november(connection).measures

    assert (measure.verdict, measure.owner, measure.after) == ("läuft noch", "KRM-beauftragte Person", "–")


def test_nobody_is_named_anywhere(database: Database) -> None:
    with database.transaction() as connection:
        kept(connection, months(3, 20))
        said = str(november(connection).json())

    names = {word for p in OFFICE.people() for word in p.name.split()} - {"Vorzimmer", "Geschäftsführung"}
    assert not [name for name in {*names, "Erika", "Muster"} if name in said]


def test_it_goes_through_json_unchanged(database: Database) -> None:
    with database.transaction() as connection:
        kept(connection, months(3, 20))
        told = november(connection)

    assert Evaluation.of(told.json()) == told


def test_an_office_without_any_mail_has_an_evaluation_too(database: Database) -> None:
    with database.transaction() as connection:
        told = november(connection)

    assert (told.total.now, told.reckoned, told.measures) == (0, "", ())
    assert told.noticed == ("Es gibt noch keine ganzen Monate davor, mit denen sich vergleichen lässt.",)


def test_a_month_that_is_not_over_says_so(database: Database) -> None:
    with database.transaction() as connection:
        kept(connection, months(3, 20))
        told = november(connection, moment(date(2026, 11, 20)))

    assert told.noticed[0] == "Der Monat ist noch nicht zu Ende: Stand 20.11.2026."


def test_a_year_counts_its_months(database: Database) -> None:
    with database.transaction() as connection:
        kept(connection, months(14, 10))
        told = evaluation(connection, HOUSE, "2026", NOW)

    assert (told.total.now, told.named, len(told.course)) == (112, "Jahr 2026", 15)
    assert told.total.before == "–", "of 2025 the records have two months"


def test_a_period_is_a_month_or_a_year() -> None:
    assert period_of("2026-11") == Period(date(2026, 11, 1))
    assert period_of("2026") == Period(date(2026, 1, 1), 12)
    with pytest.raises(ValueError, match="month"):
        period_of("2026-13")
