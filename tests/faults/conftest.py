"""What the drills share: an empty database to be copied."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.faults.drilling import Plan, SettleIn, plan
from tests.faults.world import Servers, settling
from tests.servers import Missing, find, memory


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest tables."""
    file = tmp_path_factory.mktemp("tables") / "krm.db"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    return file


@pytest.fixture(scope="session")
def mail_server(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """A real Dovecot; where there is none and none is asked for, the IMAP server in memory."""
    try:
        find("dovecot")
    except Missing:
        if os.environ.get("KRM_REQUIRE_SERVERS") == "1":
            raise
        with memory.running() as server:
            yield Servers(server)
        return
    yield Servers(request.getfixturevalue("dovecot"))


@pytest.fixture(scope="session")
def settle_in(mail_server: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SettleIn]:
    """Makes one fresh office after the other."""
    with settling(mail_server, tmp_path_factory.mktemp("offices")) as make:
        yield make


@pytest.fixture(scope="session")
def expected(settle_in: SettleIn) -> Plan:
    """The story undisturbed."""
    return plan(settle_in)
