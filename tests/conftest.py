"""Fixtures of the whole suite: real servers where their programs are found, otherwise a test is listed as not run."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import Missing
from tests.servers import certificate as make_certificate
from tests.servers import dovecot as dovecots
from tests.servers import postgres as postgreses
from tests.servers import smtp as sinks


@contextmanager
def _needing_programs() -> Iterator[None]:
    """Without the program the test does not run and says why; where KRM_REQUIRE_SERVERS=1 that is a failure."""
    try:
        yield
    except Missing as why:
        if os.environ.get("KRM_REQUIRE_SERVERS") == "1":
            pytest.fail(f"{why}, and KRM_REQUIRE_SERVERS=1", pytrace=False)
        pytest.skip(str(why))


@pytest.fixture(autouse=True)
def log_left_on() -> Iterator[None]:
    """A test that leaves the log switched off would blind all after it."""
    yield
    assert logging.root.manager.disable == logging.NOTSET


@pytest.fixture(scope="session")
def dovecot() -> Iterator[dovecots.Dovecot]:
    """A real IMAP server; each test takes its own mailbox with `make_user()`."""
    with _needing_programs(), dovecots.running() as server:
        yield server


@pytest.fixture(scope="session")
def old_dovecot() -> Iterator[dovecots.Dovecot]:
    """A real IMAP server without MOVE and MULTIAPPEND, whose folders live under `INBOX.`."""
    with _needing_programs(), dovecots.running("INBOX.", ".", "IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE") as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgreses.Postgres]:
    """A real PostgreSQL; each test takes its own database, see `postgres_url`."""
    with _needing_programs(), postgreses.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: postgreses.Postgres) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database of the test's own."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def smtp() -> Iterator[sinks.SmtpSink]:
    """A real SMTP server of the test's own that keeps what it gets and can be told what to answer."""
    with sinks.running() as sink:
        yield sink


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-made certificate for 127.0.0.1 and its key, as PEM files."""
    with _needing_programs():
        return make_certificate(tmp_path_factory.mktemp("certificate"))
