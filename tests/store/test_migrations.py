"""The migrations make exactly the tables of `store.tables`, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, UniqueConstraint, select

from store.columns import Moment
from store.database import Database, _alembic
from store.tables import metadata, numbers

TABLES = pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda t: t.name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else f"sqlite:///{tmp_path}/krm.db"
    database = Database(url)
    yield database
    database.close()


def test_an_empty_database_is_brought_to_the_newest_version_and_stays_there(empty: Database) -> None:
    before, newest = empty.versions()
    assert before is None

    empty.upgrade()
    assert empty.versions() == (newest, newest)

    empty.upgrade()
    assert empty.versions() == (newest, newest)


def test_migrated_tables_do_not_differ_from_the_ones_described(empty: Database) -> None:
    empty.upgrade()

    with empty.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_an_office_of_the_first_version_keeps_its_records(empty: Database) -> None:
    empty.upgrade()
    with empty.transaction() as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.execute(numbers.insert().values(year=2026, last=42))

    empty.upgrade()

    with empty.transaction() as connection:
        assert connection.execute(select(numbers.c.year, numbers.c.last)).one() == (2026, 42)


@TABLES
def test_a_table_names_no_schema(table: Table) -> None:
    assert table.schema is None
    assert all("." not in key.target_fullname.partition(".")[2] for key in table.foreign_keys)


@TABLES
def test_no_column_is_filled_by_the_database(table: Table) -> None:
    """Time, chance and ids are arguments; only running row numbers are the database's."""
    assert [c.name for c in table.c if c.server_default or c.server_onupdate or c.default or c.onupdate] == []


@TABLES
def test_every_moment_is_aware(table: Table) -> None:
    assert [
        c.name for c in table.c if c.type.python_type.__name__ == "datetime" and not isinstance(c.type, Moment)
    ] == []


@TABLES
def test_no_part_of_a_unique_key_may_be_missing_where_it_deduplicates(table: Table) -> None:
    """A unique constraint with a NULL does not deduplicate; the numbers of a Case alone may be missing together."""
    keys = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    nullable = {c.name for key in keys for c in key.columns if c.nullable}

    assert nullable == ({"year", "sequence"} if table.name == "cases" else set())


def test_sqlite_keeps_every_promise_it_must(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/krm.db")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}

    with database.transaction() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}

    assert found == wanted
    assert (tmp_path / "krm.db").stat().st_mode & 0o077 == 0, "nobody else may read it"
    database.close()
