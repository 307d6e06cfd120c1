"""A real PostgreSQL of its own on a unix socket, without fsync: fast, and gone afterwards."""

import contextlib
import itertools
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.servers import Unprivileged, find

_INSTALLED = "usr/lib/postgresql/*/bin/{}"  # Debian keeps them out of PATH
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=40")


class Postgres:
    """A running server; `database` gives a fresh one for the length of a block."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._numbers = itertools.count(1)

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The SQLAlchemy URL of an empty database, dropped afterwards whoever is still connected."""
        name = f"krm{next(self._numbers)}"
        with self.connection() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield f"postgresql+psycopg://krm@/{name}?host={self.home}"
        finally:
            with self.connection() as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def connection(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.home), user="krm", dbname="postgres", autocommit=True, connect_timeout=10)


@contextlib.contextmanager
def running() -> Iterator[Postgres]:
    """A PostgreSQL while the block lasts."""
    initdb, postgres = (find(name, _INSTALLED.format(name)) for name in ("initdb", "postgres"))
    who = Unprivileged()
    with who.directory() as home:
        log = home / "postgres.log"
        create = [initdb, "-D", str(home / "data"), "-U", "krm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        if who.start(create, log).wait(120):
            raise RuntimeError("initdb failed:\n" + log.read_text("utf-8", "replace"))
        options = [part for option in _QUICK for part in ("-c", option)]
        process = who.start([postgres, "-D", str(home / "data"), "-k", str(home), "-h", "", *options], log)
        try:
            yield _wait(Postgres(home), process, log)
        finally:
            process.send_signal(2)  # fast shutdown: SIGINT
            process.wait(30)


def _wait(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> Postgres:
    for _ in range(400):
        with contextlib.suppress(psycopg.OperationalError), server.connection():
            return server
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start:\n" + log.read_text("utf-8", "replace"))
