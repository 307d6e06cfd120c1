"""A clock that jumps, summer time, the turn of the year: no duty missed, none twice, numbers gapless, journal whole.

`ROWS` is the table of docs/reliability.md. Mails keep arriving by the server's clock, which is right.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import event, select

from ingest.office import Role
from ingest.postbox import MailboxAway
from krm.timetable import not_before_the_clock, scheduled
from notify.deadlines import BERLIN, local_day
from notify.owing import at_local
from notify.workdays import Workdays
from store import cases, journal, outbox, which
from store.case import Delivery
from store.database import Database
from store.tables import letters
from tests.faults.drill import RUDE, WAITED
from tests.office import Story

FULL = os.environ.get("KRM_FULL") == "1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """The bot's clock is `off` by so much, from so long after the story's beginning and for so long."""

    off: timedelta = timedelta()
    after: timedelta = timedelta()
    lasts: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: a stretch of days from `begins` (local) on, and what the clock does in it."""

    begins: str
    wrong: Wrong = Wrong()
    days: int = 8


NOVEMBER, NEW_YEAR = "2026-11-16 08:10", "2026-12-29 08:10"
TUESDAY = timedelta(days=1, hours=2)
NIGHT = timedelta(days=1, hours=15)
ROWS = {
    "two days ahead for three hours": Fault(NOVEMBER, Wrong(2 * DAY, TUESDAY, 3 * HOUR)),
    "two days ahead over midnight": Fault(NOVEMBER, Wrong(2 * DAY, NIGHT, 3 * HOUR)),
    "an hour back for a day": Fault(NOVEMBER, Wrong(-HOUR, TUESDAY, DAY)),
    "two days back for three hours": Fault(NOVEMBER, Wrong(-2 * DAY, TUESDAY, 3 * HOUR)),
    "two days back over midnight": Fault(NOVEMBER, Wrong(-2 * DAY, NIGHT, 3 * HOUR)),
    "two days back on New Year's Day": Fault(NEW_YEAR, Wrong(-2 * DAY, timedelta(days=3, hours=2), 3 * HOUR), 10),
    "two days ahead on 30 December": Fault(NEW_YEAR, Wrong(2 * DAY, TUESDAY, 3 * HOUR), 10),
}
QUIET = {"an hour is missing in March": "2027-03-24 08:10", "an hour comes twice in October": "2026-10-21 08:10"}


@dataclass
class Told:
    """What a stretch of days came to: letters with the right time they went, numbers, where the journal is broken."""

    went: list[tuple[str, str, datetime]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    message_ids: Counter[str] = field(default_factory=Counter)
    broken: tuple[object, ...] = ()
    states: Counter[str] = field(default_factory=Counter)

    @property
    def duties(self) -> Counter[tuple[str, str]]:
        return Counter((duty, to) for duty, to, _ in self.went)

    def times(self) -> dict[tuple[str, str], list[datetime]]:
        found = defaultdict(list)
        for duty, to, at in self.went:
            found[duty, to].append(at)
        return found


@contextmanager
def opened() -> Iterator[Story]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/krm.db")
        event.listen(database.engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
        database.upgrade()
        yield Story(database)
        database.close()


@cache
def told(begins: str, wrong: Wrong, days: int) -> Told:
    """A complaint a day that nobody confirms, another every other night that is; a pass every two hours."""
    with opened() as story:
        start = datetime.fromisoformat(begins).replace(tzinfo=BERLIN).astimezone(UTC)
        found = Told()
        for hour in range(1, days * 24, 2):
            right = start + hour * HOUR
            ahead = wrong.off if wrong.after <= right - start < wrong.after + wrong.lasts else timedelta()
            story.now = (right + ahead).astimezone(BERLIN)
            if hour % 24 == 1 or hour % 48 == 15:  # by day and just before midnight
                _arrives(story, hour, right)
            story.passes()
            for letter in _read(story, found, right):
                if letter.duty == "confirmation_request" and "am Telefon" in letter.text:
                    story.replies(letter, "ok")
        return _closed(story, found)


def _arrives(story: Story, hour: int, right: datetime) -> None:
    believed, story.now = story.now, right
    body = WAITED if hour % 24 == 1 else RUDE
    story.arrives(f"{body} Es war Nummer {hour}.", sender=f"b{hour}@mail.example", message_id=f"<{hour}@mail.example>")
    story.now = believed


def _read(story: Story, found: Told, right: datetime) -> list:  # type: ignore[type-arg]
    unread = [*story._unread]
    story._unread.clear()
    found.went += [(x.duty, x.to, right) for x in unread]
    found.message_ids += Counter(str(x.mail["Message-ID"]) for x in unread)
    return unread


def _closed(story: Story, found: Told) -> Told:
    with story.database.transaction() as connection:
        known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
        found.numbers = sorted(str(c.number) for c in known if c.number)
        found.broken = journal.check(connection, at_local(local_day(story.now), datetime.min.time())).broken
        found.states = Counter(connection.scalars(select(letters.c.state)))
    return found


def gapless(numbers: Sequence[str]) -> bool:
    by_year = defaultdict(list)
    for number in numbers:
        _, year, sequence = number.split("-")
        by_year[year].append(int(sequence))
    return all(sorted(found) == list(range(1, len(found) + 1)) for found in by_year.values())


USUAL = ("two days ahead over midnight", "two days back over midnight")
"""The others with `KRM_FULL=1`."""


@pytest.mark.parametrize("name", ROWS if FULL else USUAL)
def test_a_clock_that_jumps_costs_no_duty_and_doubles_none(name: str) -> None:
    row = ROWS[name]
    right, found = told(row.begins, Wrong(), row.days), told(row.begins, row.wrong, row.days)

    assert found.duties == right.duties
    assert set(found.message_ids.values()) == {1}
    assert gapless(found.numbers)
    assert len(found.numbers) == len(right.numbers)
    assert not found.broken
    assert set(found.states) <= {Delivery.SENT, Delivery.PLANNED}
    latest = datetime.fromisoformat(row.begins).replace(tzinfo=BERLIN) + row.wrong.after + row.wrong.lasts + HOUR
    for duty, times in right.times().items():
        for due, at in zip(times, found.times()[duty], strict=True):
            assert at <= max(due, latest), (duty, due, at)


@pytest.mark.parametrize("begins", [*QUIET.values(), NEW_YEAR] if FULL else [*QUIET.values()][1:])
def test_summer_time_and_the_turn_of_the_year_change_nothing(begins: str) -> None:
    found = told(begins, Wrong(), 10)

    digests = Counter((to, at.astimezone(BERLIN)) for duty, to, at in found.went if duty == "digest")
    assert set(Counter((to, local_day(at)) for to, at in digests).values()) == {1}
    assert all(Workdays().working(local_day(at)) for _, at in digests)
    assert {at.hour for _, at in digests} <= {8, 9}  # the first pass after half past seven
    assert set(found.message_ids.values()) == {1}
    assert gapless(found.numbers)
    assert not found.broken


def test_the_year_of_a_number_is_that_of_the_office_s_midnight() -> None:
    with opened() as story:
        for local, year in (("2026-12-31 23:59", 2026), ("2027-01-01 00:01", 2027)):
            story.until(local)
            story.arrives(f"{WAITED} {local}")
            story.passes()
            story.replies(story.letter(story.office.officer, "confirmation_request"), "ok")
            story.passes()
            with story.database.transaction() as connection:
                known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
            assert [c.number.sequence for c in known if c.number and c.number.year == year] == [1]
        story._unread.clear()


def test_a_letter_put_off_by_a_clock_ahead_goes_when_the_clock_is_right_again() -> None:
    with opened() as story:
        story.arrives(WAITED)
        story.post.script("RCPT", "450 4.2.1 later")
        story.wait(days=2)
        story.passes()
        with story.database.transaction() as connection:
            (waiting,) = outbox.waiting(connection)

        story.wait(days=-2)
        story.passes()

        with story.database.transaction() as connection:
            assert outbox.waiting(connection) == ()
        assert waiting.duty in {letter.duty for letter in story._unread}


def test_a_day_may_be_anchored_after_a_later_one() -> None:
    """The clock was two days ahead for a while on Tuesday: Wednesday has its anchor before Tuesday is over."""
    tuesday = datetime(2026, 11, 17, 10, tzinfo=BERLIN)

    def midnight_after(day: datetime) -> datetime:
        return at_local((day + DAY).date(), datetime.min.time())

    with opened() as story, story.database.transaction() as connection:
        for at, anchored in ((tuesday, tuesday + DAY), (tuesday + HOUR, tuesday), (tuesday + DAY, tuesday + 2 * DAY)):
            journal.write(connection, [journal.Entry("E-1", at, Role.MACHINE, "opened")])
            journal.anchor(connection, anchored.date(), midnight_after(anchored))
        journal.anchor(connection, (tuesday - DAY).date(), midnight_after(tuesday - DAY))

        assert journal.check(connection, midnight_after(tuesday + 2 * DAY)).broken == ()
        assert journal.check_newest(connection).broken == ()
        assert [a.day.day for a in journal.anchored(connection)] == [18, 17, 19]


def test_an_outage_is_told_although_it_began_in_the_future() -> None:
    with opened() as story:
        story.mailbox.fail("session", *[MailboxAway("connecting: time-out")] * 3)
        story.wait(days=2)
        story.passes()
        story.wait(days=-2)
        story.passes()
        story.wait(minutes=31)
        story.passes()

        for person in (story.office.officer, story.office.deputy):
            story.letter(person, "outage")


def test_the_service_makes_its_pass_although_the_clock_was_set_back() -> None:
    with opened() as story:
        scheduler = scheduled(story.bot, 60, None)
        scheduler.start(paused=True)
        try:
            job = scheduler.get_job("pass")
            due = job.next_run_time
            not_before_the_clock(scheduler, due - timedelta(seconds=50), timedelta(seconds=60))
            assert scheduler.get_job("pass").next_run_time == due

            not_before_the_clock(scheduler, due - 2 * DAY, timedelta(seconds=60))
            assert scheduler.get_job("pass").next_run_time == due - 2 * DAY
        finally:
            scheduler.shutdown(wait=False)
