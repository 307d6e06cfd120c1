"""rules.md, Time: the table of the Geschäftsanweisung's days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notify.deadlines import BERLIN, calculation, deadlines
from notify.workdays import Workdays, public_holiday

DAY = date.fromisoformat


@pytest.mark.parametrize(
    ("what", "arrival", "acknowledge_by", "day14", "target", "latest"),
    [
        ("Easter", "2026-04-01T10:00", "2026-04-08", "2026-04-15", "2026-04-15", "2026-04-15"),
        ("a minute before midnight", "2026-04-30T23:59", "2026-05-06", "2026-05-14", "2026-05-13", "2026-05-15"),
        ("Whitsun", "2026-05-22T10:00", "2026-05-28", "2026-06-05", "2026-06-05", "2026-06-05"),
        ("Unity Day on a Saturday", "2026-09-19T10:00", "2026-09-23", "2026-10-03", "2026-10-02", "2026-10-05"),
        ("Reformation Day", "2025-10-30T10:00", "2025-11-05", "2025-11-13", "2025-11-13", "2025-11-13"),
        ("Christmas at the end", "2026-12-11T10:00", "2026-12-16", "2026-12-25", "2026-12-23", "2026-12-28"),
        ("Christmas Eve", "2026-12-24T10:00", "2026-12-30", "2027-01-07", "2027-01-07", "2027-01-07"),
        ("leap day counts", "2028-02-25T10:00", "2028-03-01", "2028-03-10", "2028-03-10", "2028-03-10"),
        ("no Frauentag in 2022", "2022-03-04T10:00", "2022-03-09", "2022-03-18", "2022-03-18", "2022-03-18"),
        ("Frauentag in 2023", "2023-03-07T10:00", "2023-03-13", "2023-03-21", "2023-03-21", "2023-03-21"),
        ("clock goes forward", "2026-03-28T23:30", "2026-04-01", "2026-04-11", "2026-04-10", "2026-04-13"),
        ("clock goes back", "2026-10-25T02:30", "2026-10-28", "2026-11-08", "2026-11-06", "2026-11-09"),
    ],
)
def test_the_days_of_an_arrival(
    what: str, arrival: str, acknowledge_by: str, day14: str, target: str, latest: str
) -> None:
    days = deadlines(datetime.fromisoformat(arrival).replace(tzinfo=BERLIN), Workdays())

    assert (days.acknowledge_by, days.day14, days.target, days.latest) == (
        DAY(acknowledge_by),
        DAY(day14),
        DAY(target),
        DAY(latest),
    )


def test_friday_saturday_and_sunday_mail_share_their_acknowledgement_day() -> None:
    friday = datetime(2026, 6, 12, 12, tzinfo=BERLIN)

    assert {deadlines(friday + timedelta(days=n), Workdays()).acknowledge_by for n in range(3)} == {date(2026, 6, 17)}


def test_the_day_is_counted_in_berlin_even_if_the_server_speaks_utc() -> None:
    late_in_utc = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)

    assert deadlines(late_in_utc, Workdays()).arrived == date(2026, 5, 1)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadlines(datetime(2026, 4, 1, 10), Workdays())  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "off"),
    [("2026-06-04", False), ("2026-11-01", False), ("2026-10-31", True), ("2022-03-08", False), ("2023-03-08", True)],
)
def test_the_holidays_are_those_of_mecklenburg_vorpommern(day: str, off: bool) -> None:
    assert public_holiday(DAY(day)) is off


def test_an_office_may_work_on_christmas_eve() -> None:
    arrival = datetime(2026, 12, 23, 10, tzinfo=BERLIN)

    assert deadlines(arrival, Workdays(off=frozenset())).acknowledge_by == date(2026, 12, 29)
    assert deadlines(arrival, Workdays()).acknowledge_by == date(2026, 12, 30)


def test_the_calculation_names_clause_and_reason() -> None:
    words = " ".join(calculation(deadlines(datetime(2026, 12, 11, tzinfo=BERLIN), Workdays())))

    assert "GA 3.5.1" in words
    assert "§ 26 Abs. 3 SGB X" in words
    assert "23.12.2026" in words
