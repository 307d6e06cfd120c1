"""The journal is checked as a whole, every chain and every anchor; and the database itself lets nobody change it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from ingest.office import Role
from store import cases, journal, mails
from store.database import Database, DatabaseAway
from store.journal import Broken, Checked, Entry
from store.tables import anchors
from store.tables import journal as table
from store.tables import mails as stored
from tests.store.making import KEYS, MONDAY, case, place, raw, reaction, unguarded

DAYS = tuple(MONDAY.date() + timedelta(days=n) for n in range(3))
ONE, OTHER = "E-7K2F", "E-OTHR"


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=MONDAY.tzinfo) + timedelta(days=1)


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """Somebody who may write to the database itself."""
    with database.transaction() as connection:
        unguarded(connection)
        yield connection


def write(database: Database, *found: Entry) -> None:
    with database.transaction() as connection:
        journal.write(connection, found)


def anchor(database: Database, day: date) -> None:
    with database.transaction() as connection:
        journal.anchor(connection, day, midnight_after(day))


def checked(database: Database, settled: datetime | None = None) -> Checked:
    with database.transaction() as connection:
        return journal.check(connection, settled)


def newest(database: Database) -> Checked:
    with database.transaction() as connection:
        return journal.check_newest(connection)


def at(day: int, hour: int, chain: str = ONE, action: str = "sent") -> Entry:
    return Entry(chain, MONDAY.replace(hour=hour) + timedelta(days=day), Role.MACHINE, action)


@pytest.fixture
def kept(database: Database) -> Database:
    """Three days of two chains, each anchored, and a morning that is not yet: rows 1 to 8."""
    for n, day in enumerate(DAYS):
        write(database, at(n, 9), at(n, 15, OTHER))
        anchor(database, day)
    write(database, at(3, 9), at(3, 10, OTHER))
    return database


def row(chain: str, position: int) -> object:
    return (table.c.chain == chain) & (table.c.position == position)


def test_an_untouched_journal_is_whole(kept: Database) -> None:
    found = checked(kept)

    assert (found.entries, found.chains, found.anchors, found.broken) == (8, 2, 3, ())
    assert found.newest is not None
    assert (found.newest.day, found.newest.entries) == (DAYS[2], 6)


def test_an_empty_journal_is_whole(database: Database) -> None:
    assert checked(database) == newest(database) == Checked(0, 0, 0, None, ())


def anchor_at(day: int, found: int, expected: int) -> Broken:
    return Broken(day=DAYS[day], expected=expected, found=found)


Harm = Callable[[Connection], object]
HARMS: dict[str, tuple[Harm, tuple[Broken, ...]]] = {
    "an entry was changed": (
        lambda c: c.execute(update(table).where(row(ONE, 2)).values(action="closed")),
        (Broken(ONE, 2),),
    ),
    "an entry was changed and its digest with it": (
        lambda c: _rewritten(c, ONE, 2),
        (Broken(ONE, 3), anchor_at(1, 4, 4)),
    ),
    "an entry of the middle is missing": (
        lambda c: c.execute(delete(table).where(row(ONE, 2))),
        (anchor_at(1, 3, 4), Broken(ONE, 2)),
    ),
    "a chain is cut at its end": (
        lambda c: c.execute(delete(table).where(table.c.chain == OTHER, table.c.position >= 3)),
        (anchor_at(2, 5, 6),),
    ),
    "a chain is gone": (
        lambda c: c.execute(delete(table).where(table.c.chain == OTHER)),
        (anchor_at(0, 1, 2), anchor_at(1, 3, 4), anchor_at(2, 5, 6)),
    ),
    "entries are in another order": (
        lambda c: _swapped(c, ONE, 2, 3),
        (Broken(ONE, 2), anchor_at(1, 4, 4), anchor_at(2, 6, 6)),
    ),
    "an anchor's digest was changed": (
        lambda c: c.execute(update(anchors).where(anchors.c.day == DAYS[1]).values(digest="f" * 64)),
        (anchor_at(1, 4, 4), anchor_at(2, 6, 6)),
    ),
    "an anchor's number was changed": (
        lambda c: c.execute(update(anchors).where(anchors.c.day == DAYS[2]).values(entries=5)),
        (anchor_at(2, 6, 5),),
    ),
    "an anchor was given to another day": (
        lambda c: c.execute(update(anchors).where(anchors.c.day == DAYS[2]).values(day=DAYS[2] + timedelta(days=9))),
        (Broken(day=DAYS[2] + timedelta(days=9), expected=6, found=6),),
    ),
    "an anchor is missing": (
        lambda c: c.execute(delete(anchors).where(anchors.c.day == DAYS[1])),
        (anchor_at(2, 6, 6),),
    ),
}


def _rewritten(connection: Connection, chain: str, position: int) -> None:
    (old,) = connection.execute(select(table).where(row(chain, position))).mappings()
    new = dict(old) | {"action": "closed"}
    connection.execute(update(table).where(row(chain, position)).values(action="closed", digest=journal._digest(new)))


def _swapped(connection: Connection, chain: str, one: int, other: int) -> None:
    for old, new in ((one, 99), (other, one), (99, other)):
        connection.execute(update(table).where(row(chain, old)).values(position=new))
    ids = [connection.scalar(select(table.c.id).where(row(chain, p))) for p in (one, other)]
    for old, new in ((ids[0], 999), (ids[1], ids[0]), (999, ids[1])):
        connection.execute(update(table).where(table.c.id == old).values(id=new))


@pytest.mark.parametrize(("harm", "expected"), HARMS.values(), ids=HARMS.keys())
def test_harm_is_found_and_its_place_named(kept: Database, harm: Harm, expected: tuple[Broken, ...]) -> None:
    with tampering(kept) as connection:
        harm(connection)

    assert set(checked(kept).broken) == set(expected)


def test_an_end_cut_off_since_the_newest_anchor_is_what_nothing_can_show(kept: Database) -> None:
    with tampering(kept) as connection:
        connection.execute(delete(table).where(table.c.position == 4))

    assert checked(kept).broken == ()


def test_the_newest_anchors_missing_are_found_once_a_later_day_has_settled(kept: Database) -> None:
    today = midnight_after(DAYS[2])
    assert checked(kept, today).broken == ()

    with tampering(kept) as connection:
        connection.execute(delete(anchors).where(anchors.c.day >= DAYS[1]))

    assert checked(kept, today).broken == (Broken(day=DAYS[1], missing=True),)
    assert checked(kept).broken == (), "while a pass runs nobody can tell"


def test_the_last_days_cut_off_with_their_anchors_are_found(kept: Database) -> None:
    with tampering(kept) as connection:
        connection.execute(delete(table).where(table.c.at >= midnight_after(DAYS[0])))
        connection.execute(delete(anchors).where(anchors.c.day > DAYS[0]))

    assert checked(kept, midnight_after(DAYS[2])).broken == (Broken(day=DAYS[2], missing=True),)
    assert checked(kept, midnight_after(DAYS[0])).broken == (), "an office whose last pass was then"


def test_nothing_left_at_all_is_found(kept: Database) -> None:
    with tampering(kept) as connection:
        connection.execute(delete(table))
        connection.execute(delete(anchors))

    assert checked(kept, midnight_after(DAYS[2])).broken == (Broken(day=DAYS[2], missing=True),)


def test_a_case_of_which_nothing_is_noted_is_found_even_without_an_anchor_or_a_pass(database: Database) -> None:
    with database.transaction() as connection:
        mails.take_in(connection, [raw(b"Subject: x", place(1))], MONDAY)
        kept = connection.scalar(select(func.max(stored.c.id)))
        cases.open_intakes(connection, [case(reaction(kept or 0, "x"))], KEYS)
    assert checked(database).broken == (Broken("E-7K2F", 1),)

    write(database, Entry("E-7K2F", MONDAY, Role.MACHINE, "opened"))
    assert checked(database).broken == ()


@pytest.mark.parametrize(
    ("passes", "last"),
    [
        pytest.param((1,), 1, id="the first pass of an office"),
        pytest.param((1, 2, 9), 9, id="the machine stood still for a week"),
        pytest.param((1, 2, 5, 3), 3, id="a clock ahead, and put right"),
        pytest.param((4, 5, 2), 2, id="a clock set back"),
        pytest.param((4, 5, 2, 6), 6, id="a clock set back, and put right"),
    ],
)
@pytest.mark.parametrize("quiet", [True, False], ids=["nothing was written", "something was written each time"])
def test_what_passes_leave_is_whole(database: Database, passes: tuple[int, ...], last: int, quiet: bool) -> None:
    """Each pass anchors the day before it, if that has no anchor yet."""
    for day in passes:
        anchor(database, MONDAY.date() + timedelta(days=day - 1))
        write(database, *([] if quiet else [at(day, 9)]))

    assert checked(database, midnight_after(MONDAY.date() + timedelta(days=last - 1))).broken == ()


@pytest.mark.parametrize(
    ("what", "position", "whole"), [("of its day", 3, False), ("of an earlier day", 2, True), ("of today", 4, True)]
)
def test_the_quick_check_sees_what_the_newest_anchor_added(
    kept: Database, what: str, position: int, whole: bool
) -> None:
    assert newest(kept).broken == ()

    with tampering(kept) as connection:
        connection.execute(delete(table).where(row(OTHER, position)))

    assert (newest(kept).broken == ()) is whole


def test_a_clock_set_back_at_midnight_leaves_no_entry_out(database: Database) -> None:
    late = MONDAY.replace(hour=23, minute=58)
    write(database, Entry(ONE, late, Role.MACHINE, "opened"))
    write(database, Entry(ONE, late + timedelta(minutes=4), Role.MACHINE, "sent"))  # already the next day
    write(database, Entry(ONE, late + timedelta(minutes=1), Role.MACHINE, "read"))  # the clock was put right
    anchor(database, DAYS[0])
    write(database, Entry(ONE, late, Role.MACHINE, "read"))
    anchor(database, DAYS[1])

    found = checked(database)
    assert (found.broken, found.newest and found.newest.entries) == ((), 4)
    with tampering(database) as connection:
        connection.execute(delete(table).where(table.c.position == 3))
    assert anchor_at(0, 2, 3) in checked(database).broken


def test_what_somebody_else_wrote_meanwhile_breaks_no_chain(database: Database) -> None:
    """A reading on the command line between two letters of a pass, which remembers the ends of its chains."""
    write(database, at(0, 9))
    with database.transaction() as connection:
        ends = journal.ends_of(connection, {ONE})
    write(database, at(0, 10, action="read"))

    with database.transaction() as connection:
        journal.write(connection, [at(0, 11)], ends)
        journal.write(connection, [at(0, 12)], ends)

    with database.transaction() as connection:
        assert [e.action for e in journal.read(connection, ONE)] == ["sent", "read", "sent", "sent"]
    assert checked(database).broken == ()


@pytest.mark.parametrize("kept_for_ever", [table, anchors], ids=lambda t: t.name)
@pytest.mark.parametrize("what", ["update", "delete"])
def test_the_database_lets_nobody_change_it(kept: Database, kept_for_ever: object, what: str) -> None:
    wish = (
        update(kept_for_ever).values(digest="f" * 64) if what == "update" else delete(kept_for_ever)  # type: ignore[arg-type]
    )
    with pytest.raises((DBAPIError, DatabaseAway)), kept.transaction() as connection:
        connection.execute(wish)

    assert checked(kept).broken == ()


def test_a_long_journal_is_read_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    write(database, *(at(0, 9, f"E-{n % 7}") for n in range(50)))
    anchor(database, DAYS[0])
    monkeypatch.setattr(journal, "STREAMED", 8)

    found = checked(database)

    assert (found.entries, found.chains, found.broken) == (50, 7, ())
