"""The door to the database: SQLite by default, PostgreSQL by URL; migrations; one working process at a time."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Insert, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY_TIMEOUT_MS = 15_000
FAULTS_OF_VALUES = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
ADVISORY_LOCK = 0x4B524D  # "KRM"


class DatabaseAway(Exception):  # noqa: N818
    """The database cannot be reached, is locked, full or read-only; nothing was changed. Try again later."""


class DatabaseBusy(Exception):  # noqa: N818
    """Another process of the bot is at work on this database."""


class Database:
    """An engine and its two promises: a transaction is all or nothing, and one process works at a time."""

    def __init__(self, url: str) -> None:
        """Raises ArgumentError for an unreadable URL."""
        self.url = make_url(url)
        self._file = Path(self.url.database) if self.is_sqlite and self.url.database else None
        self.engine = _engine(self.url.render_as_string(hide_password=False), self._file)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commit at the end, roll back on any exception. Raises DatabaseAway where the database fails."""
        with _away(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the office for this process. Raises DatabaseBusy if another one holds it."""
        holder = self._file_lock() if self.is_sqlite else self._advisory_lock()
        with holder:
            yield

    @contextlib.contextmanager
    def _file_lock(self) -> Iterator[None]:
        if self._file is None:  # in memory: nobody else can see it
            yield
            return
        try:
            lock = self._file.with_name(self._file.name + ".lock").open("w")
        except OSError as fault:
            raise DatabaseAway(fault.strerror or type(fault).__name__) from fault
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise DatabaseBusy from fault
            yield

    @contextlib.contextmanager
    def _advisory_lock(self) -> Iterator[None]:
        with _away():
            connection = self.engine.connect()
        with connection:
            got = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            connection.commit()
            if not got:
                raise DatabaseBusy
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
                connection.commit()

    def upgrade(self) -> None:
        """Bring the tables to the newest version. Raises DatabaseAway."""
        with self.transaction() as connection:
            config = _alembic()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def versions(self) -> tuple[str | None, str | None]:
        """The version the tables have (None: no tables) and the newest one. Raises DatabaseAway."""
        with self.transaction() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        return present, ScriptDirectory.from_config(_alembic()).get_current_head()

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def _away() -> Iterator[None]:
    """What the database cannot do now is DatabaseAway; what a value did wrong stays what it is."""
    try:
        yield
    except DBAPIError as fault:
        if isinstance(fault, FAULTS_OF_VALUES):
            raise
        raise DatabaseAway(type(fault.orig).__name__) from fault


def ignoring(connection: Connection, table: Table) -> Insert:
    """An insert that leaves rows alone which a unique constraint already knows."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _engine(url: str, file: Path | None) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if file is not None and not file.exists():
        file.touch(mode=0o600)
    engine = create_engine(url, pool_reset_on_return=None)  # every transaction here ends by itself
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that it takes the write lock at once
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
