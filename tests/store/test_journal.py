"""The journal says who did what when, and shows where somebody touched it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import starmap

import pytest
from sqlalchemy import Connection, delete, select, text, update

from ingest.office import Role
from store import journal
from store.database import Database
from store.journal import Entry
from store.tables import anchors
from store.tables import journal as table
from tests.store.making import MONDAY, unguarded

CASE = "E-7K2F"
STORY = (
    (MONDAY, Role.MACHINE, "opened", "", ("mail:1", "rule:new")),
    (MONDAY + timedelta(minutes=5), Role.MACHINE, "sent", "", ("letter:1",)),
    (MONDAY + timedelta(hours=1), Role.OFFICER, "instructed", "officer", ("mail:2", "letter:1")),
    (MONDAY + timedelta(hours=1), Role.MACHINE, "numbered", "", ("KRM-2026-0001",)),
)


def entries(chain: str = CASE) -> list[Entry]:
    return list(starmap(lambda at, role, action, person, refs: Entry(chain, at, role, action, person, refs), STORY))


def write(database: Database, *found: Entry) -> None:
    with database.transaction() as connection:
        journal.write(connection, found)


@contextmanager
def tampering(database: Database) -> Iterator[Connection]:
    """Somebody who may write to the database itself."""
    with database.transaction() as connection:
        unguarded(connection)
        yield connection


def verify(database: Database, chain: str = CASE) -> str:
    with database.transaction() as connection:
        return journal.verify(connection, chain)


def test_a_chain_reads_back_as_it_was_written(database: Database) -> None:
    write(database, *entries())

    with database.transaction() as connection:
        assert list(journal.read(connection, CASE)) == entries()
    assert verify(database) == ""


def test_a_chain_grows_the_same_in_one_go_and_entry_by_entry(database: Database) -> None:
    for entry in entries():
        write(database, entry)
    write(database, *entries("E-OTHR"))

    with database.transaction() as connection:
        positions = list(connection.execute(select(table.c.chain, table.c.position).order_by(table.c.id)))
    assert positions == [(CASE, n) for n in range(1, 5)] + [("E-OTHR", n) for n in range(1, 5)]
    assert verify(database) == verify(database, "E-OTHR") == ""


def test_nobody_wrote_anything_is_whole_too(database: Database) -> None:
    write(database)

    assert verify(database) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", MONDAY + timedelta(microseconds=1)),
        ("role", "deputy"),
        ("person", "deputy"),
        ("action", "closed"),
        ("refs", "mail:3"),
        ("previous", "0" * 64),
        ("digest", "f" * 64),
    ],
)
def test_any_changed_field_shows(database: Database, field: str, value: object) -> None:
    write(database, *entries())
    with tampering(database) as connection:
        connection.execute(update(table).where(table.c.position == 2).values({field: value}))

    assert "Eintrag 2 " in verify(database)


def test_a_change_with_a_digest_made_to_fit_shows_at_the_next_entry(database: Database) -> None:
    forged = entries()
    forged[1] = replace(forged[1], refs=("letter:9",))
    write(database, *entries(), *(replace(e, chain="E-FAKE") for e in forged))
    with tampering(database) as connection:
        connection.execute(delete(table).where(table.c.chain == CASE, table.c.position == 2))
        (row,) = connection.execute(select(table).where(table.c.chain == "E-FAKE", table.c.position == 2)).mappings()
        before = connection.scalar(select(table.c.digest).where(table.c.chain == CASE, table.c.position == 1))
        fitting = dict(row) | {"chain": CASE, "previous": before}
        fitting["digest"] = journal._digest(fitting)
        connection.execute(update(table).where(table.c.id == row["id"]).values(fitting))

    assert "Eintrag 3 " in verify(database)


def test_a_removed_entry_shows(database: Database) -> None:
    write(database, *entries())
    with tampering(database) as connection:
        connection.execute(delete(table).where(table.c.position == 2))

    assert "Eintrag 2 " in verify(database)


def test_entries_in_another_order_show(database: Database) -> None:
    write(database, *entries())
    with tampering(database) as connection:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(update(table).where(table.c.position == old).values(position=new))

    assert "Eintrag 2 " in verify(database)


def test_an_entry_of_another_case_does_not_fit_in(database: Database) -> None:
    write(database, *entries(), *entries("E-OTHR"))
    with tampering(database) as connection:
        connection.execute(delete(table).where(table.c.chain == CASE, table.c.position == 4))
        connection.execute(update(table).where(table.c.chain == "E-OTHR", table.c.position == 4).values(chain=CASE))

    assert "Eintrag 4 " in verify(database)


def test_the_moment_counts_and_not_the_zone_it_was_told_in(database: Database) -> None:
    write(database, Entry(CASE, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), Role.MACHINE, "opened"))

    assert verify(database) == ""


def test_a_day_is_anchored_once_with_what_was_written_by_its_end(database: Database) -> None:
    write(database, *entries())
    write(database, Entry(CASE, MONDAY + timedelta(days=1), Role.MACHINE, "sent"))
    midnight = MONDAY.replace(hour=0) + timedelta(days=1)

    with database.transaction() as connection:
        journal.anchor(connection, MONDAY.date(), midnight)
        journal.anchor(connection, MONDAY.date(), midnight + timedelta(days=5))
        found = [(a.day, a.entries) for a in connection.execute(select(anchors))]

    assert found == [(MONDAY.date(), 4)]


def anchored(database: Database, days: int) -> list[tuple[date, int, str]]:
    with tampering(database) as connection:
        for n in range(days):
            day = MONDAY.date() + timedelta(days=n)
            journal.anchor(connection, day, MONDAY.replace(hour=0) + timedelta(days=n + 1))
        rows = [(a.day, a.entries, a.digest) for a in connection.execute(select(anchors).order_by(anchors.c.day))]
        connection.execute(text("DELETE FROM anchors"))
        return rows


def test_the_same_journal_has_the_same_anchors(database: Database) -> None:
    write(database, *entries(), Entry("E-OTHR", MONDAY + timedelta(days=2), Role.MACHINE, "opened"))

    assert anchored(database, 3) == anchored(database, 3)


def test_a_quiet_day_continues_the_anchor_of_the_day_before(database: Database) -> None:
    write(database, *entries())

    first, second = anchored(database, 2)

    assert first[1] == second[1] == 4
    assert first[2] != second[2]


def test_an_anchor_holds_all_days_before_it(database: Database) -> None:
    write(database, *entries(), Entry(CASE, MONDAY + timedelta(days=1), Role.MACHINE, "sent"))
    before = anchored(database, 2)
    with tampering(database) as connection:
        connection.execute(update(table).where(table.c.position == 1).values(digest="f" * 64))

    after = anchored(database, 2)

    assert [a[2] == b[2] for a, b in zip(before, after, strict=True)] == [False, False]


@pytest.mark.parametrize("what", ["the last entry", "a whole chain"])
def test_what_a_chain_cannot_show_its_anchors_do(database: Database, what: str) -> None:
    write(database, *entries(), *entries("E-OTHR"))
    before = anchored(database, 1)
    gone = (table.c.position == 4) if what == "the last entry" else (table.c.position > 0)

    with tampering(database) as connection:
        connection.execute(delete(table).where(table.c.chain == CASE, gone))

    assert verify(database) == "", "the chain alone looks whole"
    assert anchored(database, 1) != before


def test_the_newest_entry_of_a_kind_is_found_within_its_chain(database: Database) -> None:
    write(database, *entries(), replace(entries()[1], at=MONDAY + timedelta(hours=2)), *entries("E-OTHR"))

    with database.transaction() as connection:
        last = journal.last(connection, CASE, ("sent", "refused"))
        none = journal.last(connection, CASE, ("closed",))

    assert last == replace(entries()[1], at=MONDAY + timedelta(hours=2))
    assert none is None
