"""Every test of the records runs on a SQLite file and on a real PostgreSQL, each time on empty tables."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import event

from store.database import Database
from store.tables import metadata
from tests.servers.postgres import Postgres
from tests.store.making import unguarded


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest tables, to be copied."""
    file = tmp_path_factory.mktemp("store") / "krm.db"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[Database]:
    """A PostgreSQL database with the newest tables."""
    with postgres.database() as url:
        database = Database(url)
        database.upgrade()
        yield database
        database.close()


def _without_waiting_for_the_disk(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Empty tables of the newest version."""
    if request.param == "postgres":
        shared = cast("Database", request.getfixturevalue("migrated_postgres"))
        yield shared
        with shared.engine.begin() as connection:
            unguarded(connection)
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        return
    file = tmp_path / "krm.db"
    shutil.copy(request.getfixturevalue("migrated_file"), file)
    own = Database(f"sqlite:///{file}")
    event.listen(own.engine, "connect", _without_waiting_for_the_disk)
    yield own
    own.close()
