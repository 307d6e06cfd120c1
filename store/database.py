"""The door to the database: SQLite by default, PostgreSQL by URL; migrations; one working process at a time."""

import contextlib
import fcntl
import functools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Insert, Table, create_engine, event, insert, inspect, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

from store.columns import VAULTS
from store.tables import letters, mails, metadata, seals
from store.vault import Unopened, Vault

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY_TIMEOUT_MS = 15_000
FAULTS_OF_VALUES = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
ADVISORY_LOCK = 0x4B524D  # "KRM"
UPGRADE_LOCK = ADVISORY_LOCK + 1


class DatabaseAway(Exception):  # noqa: N818
    """The database cannot be reached, is locked, full or read-only; nothing was changed. Try again later."""


class KeyAway(DatabaseAway):
    """What is stored is sealed with a key that is not at hand, or was tampered with. Nothing was changed."""


class DatabaseBusy(Exception):  # noqa: N818
    """Another process of the bot is at work on this database."""


class Database:
    """An engine and its two promises: a transaction is all or nothing, and one process works at a time."""

    def __init__(self, url: str, vault: Vault | None = None) -> None:
        """What is about people passes the `vault`, where there is one. Raises ArgumentError for an unreadable URL."""
        self.vault = vault
        self.url = make_url(url)
        self._file = Path(self.url.database) if self.is_sqlite and self.url.database else None
        self.engine = _engine(self.url.render_as_string(hide_password=False), self._file)
        if vault:
            VAULTS[self.engine.dialect] = vault

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commit at the end, roll back on any exception. Raises DatabaseAway where the database fails."""
        with _away(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def exclusive(self, *, sealing: bool = True) -> Iterator[None]:
        """Hold the office for this process; without `sealing`, to look only.

        Raises DatabaseBusy if another one holds it, KeyAway as `upgrade` does.

        So a process that was started before the keys changed does nothing more, and the first that has a new key says
        so in the database.
        """
        holder = self._file_lock() if self.is_sqlite else self._advisory_lock()
        with holder:
            with self.transaction() as connection:
                self._is_known(connection)
                self.fits(connection)
                if sealing:
                    self._begin_sealing(connection)
            yield

    def agree(self) -> None:
        """Raises KeyAway as `upgrade` does; changes nothing."""
        with self.transaction() as connection:
            self.fits(connection)

    def fits(self, connection: Connection) -> None:
        """Raises KeyAway unless everything stored can be opened with the keys at hand."""
        stored = connection.execute(select(seals)).all() if inspect(connection).has_table(seals.name) else []
        if stored and self.vault is None:
            raise KeyAway("its data are sealed: the key is missing, or „encryption“ in krm.toml was switched off")
        for row in stored:
            if self.vault and not self.vault.fits(row.key_id, row.probe):
                raise KeyAway(f"its data are sealed with the key {row.key_id}, which is missing or is not the same one")
        if self.vault:
            self.vault.strict = any(row.whole for row in stored)
            self.vault.whole = any(row.whole and row.key_id == self.vault.current for row in stored)

    def _begin_sealing(self, connection: Connection) -> None:
        """Note the current key before anything is sealed with it."""
        if self.vault is None or not inspect(connection).has_table(seals.name):
            return
        if connection.scalar(select(seals.c.key_id).where(seals.c.key_id == self.vault.current)):
            return
        tables = (select(t).limit(1) for t in (seals, mails, letters))
        old = any(connection.execute(chosen).first() for chosen in tables)
        values = {"key_id": self.vault.current, "probe": self.vault.probe(), "whole": not old}
        connection.execute(insert(seals).values(values))
        self.vault.strict, self.vault.whole = self.vault.strict or not old, not old

    @contextlib.contextmanager
    def _file_lock(self) -> Iterator[None]:
        if self._file is None:  # in memory: nobody else can see it
            yield
            return
        try:
            place = self._file.with_name(self._file.name + ".lock")
            place.touch(mode=0o600)
            lock = place.open("w")
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
            with _away():
                got = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
                connection.commit()
            if not got:
                raise DatabaseBusy
            try:
                yield
            finally:
                with contextlib.suppress(DBAPIError):  # a lost connection has let go of the lock itself
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
                    connection.commit()

    def upgrade(self) -> None:
        """Bring the tables to the newest version. Raises DatabaseAway, and KeyAway where the keys do not fit."""
        with self.transaction() as connection:
            if not self.is_sqlite:  # whose transactions write alone anyway; two that start at once make no table twice
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            self._is_known(connection)
            _to_newest(connection)
            self.fits(connection)

    def _is_known(self, connection: Connection) -> None:
        """Raises DatabaseAway where a newer program has changed the tables: this one would write into them wrongly."""
        present = MigrationContext.configure(connection).get_current_revision()
        if present is not None and present not in _known():
            raise DatabaseAway(f"its tables have version {present}, this program knows {self.newest()}")

    def versions(self) -> tuple[str | None, str | None]:
        """The version the tables have (None: no tables) and the newest one. Raises DatabaseAway."""
        with self.transaction() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        return present, self.newest()

    @staticmethod
    def newest() -> str | None:
        """The version of the tables this program works with."""
        return next(iter(_known()))

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Everything as it is at one moment, to be read; nobody who writes has to wait. Raises DatabaseAway."""
        options: dict[str, Any] = {"snapshot": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with _away(), self.engine.connect() as connection, connection.execution_options(**options).begin():
            yield connection

    def filled(self, connection: Connection) -> bool:
        """Whether there are records."""
        there = inspect(connection)
        tables = (t for t in metadata.sorted_tables if there.has_table(t.name))
        return any(connection.execute(select(literal(1)).select_from(t).limit(1)).first() for t in tables)

    def begin_anew(self, connection: Connection) -> None:
        """Empty tables of the newest version, whatever there was."""
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        if not self.is_sqlite:
            connection.execute(text("DROP FUNCTION IF EXISTS krm_append_only()"))
        _to_newest(connection)

    def settle(self) -> None:
        """What was deleted leaves the files of SQLite now, which else keep it in their log for a while.

        PostgreSQL does so by itself (autovacuum, recycled WAL). Raises DatabaseAway, where nothing is lost.
        """
        if self.is_sqlite:
            with _away(), self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def shrink(self) -> None:
        """Write the files anew without what was replaced or deleted. Raises DatabaseAway, where nothing is lost."""
        connection = self.engine.raw_connection()
        try:
            if self.is_sqlite:
                connection.cursor().execute("VACUUM")
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                cast("Any", connection.driver_connection).autocommit = True
                connection.cursor().execute("VACUUM FULL")
        except self.engine.dialect.loaded_dbapi.Error as fault:
            raise DatabaseAway(type(fault).__name__) from fault
        finally:
            connection.invalidate()

    def free_bytes(self) -> int | None:
        """Room on the disk of a database that is a file on this machine."""
        return shutil.disk_usage(self._file.parent).free if self._file else None

    def close(self) -> None:
        self.engine.dispose()


@contextlib.contextmanager
def _away() -> Iterator[None]:
    """What the database cannot do now is DatabaseAway; what a value did wrong stays what it is."""
    try:
        yield
    except Unopened as fault:
        raise KeyAway(str(fault)) from fault
    except DBAPIError as fault:
        if isinstance(fault, FAULTS_OF_VALUES):
            raise
        raise DatabaseAway(_word(fault.orig)) from fault


def _word(fault: BaseException | None) -> str:
    """The driver's one word for it (SQLITE_FULL, AdminShutdown); never its sentence, which may quote values."""
    return str(getattr(fault, "sqlite_errorname", type(fault).__name__))


def ignoring(connection: Connection, table: Table) -> Insert:
    """An insert that leaves rows alone which a unique constraint already knows."""
    return _ignoring(connection.dialect.name, table)


@functools.cache
def _ignoring(dialect: str, table: Table) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _to_newest(connection: Connection) -> None:
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@functools.cache
def _known() -> tuple[str, ...]:
    """The versions of the tables that this program knows, newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions())


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _engine(url: str, file: Path | None) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if file is not None and not file.exists():
        file.touch(mode=0o600)
    engine = create_engine(url)  # a connection whose COMMIT failed is rolled back as it returns to the pool
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that it takes the write lock at once
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted or written anew does not stay in the file
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    snapshot = connection.get_execution_options().get("snapshot")
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")
