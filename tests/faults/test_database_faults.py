"""A database that fails: nothing can be kept then, so nothing is done; the next pass does it all, once.

`ROWS` is the table of docs/reliability.md. `KRM_FULL=1` lets it fail at every statement instead of at every few.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import event, select, text

from ingest.postbox import Folders
from krm import checkups
from krm.bot import Rhythm
from krm.cli import main
from store import cases, journal, which
from store import database as databases
from store.database import Database, DatabaseAway
from store.tables import journal as entries
from store.tables import letters, mails, metadata
from tests.faults.drill import AWAY, RUDE, WAITED
from tests.krm.offices import office
from tests.office import DEPUTY, OFFICER, Received, Story
from tests.servers.postgres import Postgres
from tests.store.making import unguarded

FULL = os.environ.get("KRM_FULL") == "1"
LARGE = "Ich warte. " * 20_000
"""A mail that needs room of its own."""


@dataclass
class Broken:
    """An office on a SQLite file, and what a test keeps to heal it."""

    story: Story
    file: Path
    held: list[Any]

    def connections_anew(self) -> None:
        self.story.database.engine.dispose()

    def sql(self, statement: str) -> None:
        with sqlite3.connect(self.file) as other:
            other.execute(statement)
        other.close()


Act = Callable[[Broken], object]


def each_connection(statement: Callable[[Broken], str]) -> tuple[Act, Act]:
    """Breaks by a statement on every new connection of the bot; heals by leaving it away."""

    def breaks(broken: Broken) -> None:
        said = statement(broken)
        listener = lambda connection, _: connection.execute(said)  # noqa: E731
        event.listen(broken.story.database.engine, "connect", listener)
        broken.held.append(listener)
        broken.connections_anew()

    def heals(broken: Broken) -> None:
        event.remove(broken.story.database.engine, "connect", broken.held.pop())
        broken.connections_anew()

    return breaks, heals


def pages(broken: Broken) -> str:
    """Not one page more than there are."""
    with sqlite3.connect(broken.file) as other:
        (count,) = other.execute("PRAGMA page_count").fetchone()
    other.close()
    return f"PRAGMA max_page_count = {count}"


def locks(broken: Broken) -> None:
    other = sqlite3.connect(broken.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    broken.held.append(other)


def unlocks(broken: Broken) -> None:
    broken.held.pop().close()


def newer(broken: Broken) -> None:
    broken.sql("UPDATE alembic_version SET version_num = '9999'")


def older_again(broken: Broken) -> None:
    broken.sql(f"UPDATE alembic_version SET version_num = '{Database.newest()}'")


def damages(broken: Broken) -> None:
    broken.connections_anew()
    shutil.copy(broken.file, broken.file.with_suffix(".kept"))
    broken.file.write_bytes(b"\0" * 100 + broken.file.read_bytes()[100:])


def puts_back(broken: Broken) -> None:
    broken.connections_anew()
    for end in ("-wal", "-shm"):
        broken.file.with_name(broken.file.name + end).unlink(missing_ok=True)
    shutil.copy(broken.file.with_suffix(".kept"), broken.file)


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: what goes wrong, what heals it, the word of the fault in `krm once`, and the doctor's."""

    breaks: Act
    heals: Act
    said: str
    doctor: str = ""  # "": whether there is room on a disk is known only where somebody asks for it


ROWS = {
    "another process holds the write lock": Fault(locks, unlocks, "SQLITE_BUSY", "gesperrt"),
    "no room left": Fault(*each_connection(pages), "SQLITE_FULL"),
    "read-only": Fault(*each_connection(lambda _: "PRAGMA query_only = ON"), "SQLITE_READONLY"),
    "a newer program has changed the tables": Fault(newer, older_again, "its tables have version 9999", "9999"),
    "the file is damaged": Fault(damages, puts_back, "SQLITE_NOTADB", "Sicherung"),
}


@pytest.fixture
def broken(tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_MS", 30)
    file = tmp_path / "krm.db"
    shutil.copy(tables, file)
    database = Database(f"sqlite:///{file}")
    story = Story(database)
    story.bot = replace(story.bot, rhythm=Rhythm(tell_of_gap=timedelta(hours=2)))
    yield Broken(story, file, [])
    database.close()


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_of_the_database_is_told_and_healed(name: str, broken: Broken) -> None:
    row, story = ROWS[name], broken.story
    story.passes()
    story.arrives(LARGE)
    row.breaks(broken)

    with pytest.raises(DatabaseAway, match=row.said):
        story.passes()
    assert not story.post.sent
    assert len(story.folder("INBOX")) == 1
    found = [*checkups.database(f"sqlite:///{broken.file}", story.now)]
    assert not row.doctor or any(row.doctor in f.what + f.remedy and not f.ok for f in found)

    row.heals(broken)
    story.wait(hours=3)
    assert story.passes()["opened"] == 1
    story.letter(OFFICER, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        assert "Stand still seit" in story.letter(person, "outage").text
    story.passes()
    story.nothing_went_out()
    assert len(story.folder("Verarbeitet")) == 1


@pytest.mark.parametrize("name", ["another process holds the write lock", "a newer program has changed the tables"])
def test_a_pass_on_the_command_line_says_so_and_ends_with_one(name: str, broken: Broken) -> None:
    office(broken.file.parent)
    broken.connections_anew()
    ROWS[name].breaks(broken)

    ended = CliRunner().invoke(main, ["--config", str(broken.file.parent / "krm.toml"), "once"])

    assert ended.exit_code == 1
    assert ROWS[name].said in ended.stderr
    assert "krm doctor says more" in ended.stderr
    ROWS[name].heals(broken)


def test_the_doctor_speaks_before_the_disk_is_full(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkups, "LEAST_ROOM", 1 << 62)

    found = [*checkups.database(f"sqlite:///{broken.file}", broken.story.now)]

    assert any("kaum noch Platz" in f.what and not f.ok for f in found)


# --- at every statement of two passes ---


@dataclass(frozen=True, slots=True)
class Came:
    """What a story came to: mails by state, reactions, letters out, what lies where; `unsure` letters, and asked of."""

    rows: Counter[str]
    reactions: Counter[tuple[str, str, str]]
    out: Counter[tuple[str, str]]
    lying: dict[str, int]
    twice: tuple[str, ...]
    broken: tuple[str, ...]
    unsure: int
    asked: int


class Statements:
    """Counts the statements of an engine, and calls `fault` with the connection before the one at number `at`."""

    def __init__(self, database: Database, at: int, fault: Callable[[Any], object]) -> None:
        self.count, self._at, self._fault = 0, at, fault
        event.listen(database.engine, "before_cursor_execute", self._before)

    def _before(self, connection: Any, *_: object) -> None:
        self.count += 1
        if self.count == self._at:
            self._fault(connection)


def told(database: Database, at: int, fault: Callable[[Any], object], over: Callable[[], object]) -> tuple[Came, int]:
    """Complaints and a machine's mail, then a confirmation; the database fails from one statement on, for a pass."""
    story, went = Story(database), list[Received]()
    counted = Statements(database, at, fault)

    def to_rest() -> None:
        for _ in range(6):
            story.wait(minutes=1)
            with suppress(DatabaseAway):
                if not any(story.passes().values()):
                    went.extend(story._unread)
                    story._unread.clear()
                    return
            over()
            story._collect()
        raise AssertionError("it never comes to rest")

    story.arrives(WAITED, subject="Warten", message_id="<1@mail.example>")
    story.arrives(RUDE, subject="Telefon", sender="hans@mail.example", message_id="<2@mail.example>")
    story.arrives(AWAY, subject="Abwesend", sender="maria@mail.example", Auto_Submitted="auto-replied")
    to_rest()
    story.replies(next(x for x in went if x.duty == "confirmation_request" and "Warten" in x.text), "ok")
    to_rest()
    total = counted.count  # without those of the look that follows
    return _came(story, went), total


def _came(story: Story, went: list[Received]) -> Came:
    with story.database.transaction() as connection:
        known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
        chains = connection.scalars(select(entries.c.chain).distinct()).all()
        ids = Counter(str(x.mail["Message-ID"]) for x in went)
        return Came(
            rows=Counter(connection.scalars(select(mails.c.state))),
            reactions=Counter((r.subject, str(c.number), c.state) for c in known for r in c.reactions),
            out=Counter((x.duty, x.to) for x in went if x.duty != "undelivered"),
            lying={f: len(story.folder(f)) for f in ("INBOX", *Folders().all) if f != "Sent"},
            twice=tuple(i for i, n in ids.items() if n > 1),
            broken=tuple(c for c in chains if journal.verify(connection, c)),
            unsure=len(connection.scalars(select(letters.c.id).where(letters.c.state == "unsure")).all()),
            asked=sum(x.duty == "undelivered" for x in went),
        )


def drilled(points: range, tell: Callable[[int], tuple[Came, int]], what: str) -> None:
    """Each point is told and compared with the story without a fault."""
    expected, total = tell(0)
    chosen = range(points.start, total + 1, points.step)
    off, unsure = {}, 0
    for at in chosen:
        came, _ = tell(at)
        unsure += came.unsure
        if replace(came, unsure=0, asked=0) != expected or came.asked != came.unsure:
            off[at] = came
    print(f"{what}: {len(chosen)} of {total} statements, lost or doubled {len(off)}, asked {unsure}")  # noqa: T201
    assert not off


def every(step: int) -> range:
    return range(1, 2, 1 if FULL else step)


def test_the_disk_fills_at_each_statement(tables: Path, tmp_path: Path) -> None:
    file = tmp_path / "krm.db"

    def tell(at: int) -> tuple[Came, int]:
        for end in ("", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
        shutil.copy(tables, file)
        database = Database(f"sqlite:///{file}")
        event.listen(database.engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))

        def full(connection: Any) -> None:
            connection.connection.driver_connection.execute("PRAGMA max_page_count = 1")

        came = told(database, at, full, database.engine.dispose)
        database.close()
        return came

    drilled(every(89), tell, "SQLite, disk full")


@pytest.mark.skipif("KRM_SMALL_DISK" not in os.environ, reason="needs a folder on a disk of a few megabytes of its own")
@pytest.mark.parametrize("pages", [0, 1, 3, 8])
def test_the_file_system_itself_is_full_at_each_statement(tables: Path, pages: int) -> None:
    """As above, but the system says so: the log of the database finds this many pages of room, then none."""
    disk = Path(os.environ["KRM_SMALL_DISK"])
    file, ballast = disk / "krm.db", disk / "ballast"

    def full(_: Any) -> None:
        with ballast.open("wb", buffering=0) as filling:
            for size in (65_536, 4_096):
                with suppress(OSError):
                    while True:
                        filling.write(b"x" * size)
            filling.truncate(max(0, filling.tell() - pages * 4_096))

    def tell(at: int) -> tuple[Came, int]:
        for left in (ballast, *(file.with_name(file.name + end) for end in ("", "-wal", "-shm"))):
            left.unlink(missing_ok=True)
        shutil.copy(tables, file)
        database = Database(f"sqlite:///{file}")
        came = told(database, at, full, lambda: ballast.unlink(missing_ok=True))
        database.close()
        return came

    try:
        drilled(every(89), tell, f"SQLite, file system full but for {pages} pages")
    finally:
        ballast.unlink(missing_ok=True)


@pytest.mark.postgres
def test_the_connection_is_lost_at_each_statement(postgres: Postgres) -> None:
    with postgres.database() as url, postgres.connection() as admin:
        made = Database(url)
        made.upgrade()
        made.close()

        def terminate(connection: Any) -> None:
            pid = connection.connection.driver_connection.info.backend_pid
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

        def tell(at: int) -> tuple[Came, int]:
            database = Database(url)
            with database.engine.begin() as connection:
                unguarded(connection)
                for table in reversed(metadata.sorted_tables):
                    connection.execute(table.delete())
            came = told(database, at, terminate, lambda: None)
            database.close()
            return came

        drilled(every(89), tell, "PostgreSQL, connection lost")


# --- a migration killed between its steps ---


@contextmanager
def empty_url(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    yield request.getfixturevalue("postgres_url") if kind == "postgres" else f"sqlite:///{folder}/krm.db"


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_migration_killed_between_its_steps_begins_anew(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with empty_url(kind, request, tmp_path) as url:
        command = [sys.executable, "-m", "tests.faults.migrating", url, "1" if FULL else "60"]
        ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    print(f"{kind}, migration: {said['points']} of {said['statements']} statements, not healed {len(said['off'])}")  # noqa: T201
    assert said["off"] == {}


@pytest.mark.postgres
def test_a_process_that_lost_its_lock_sends_nothing_another_one_sends(postgres_url: str) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    database.upgrade()
    story = Story(database)
    story.arrives(WAITED)
    second = Story(other)
    second.post.sent = story.post.sent
    honest = story.post.send

    def meanwhile(parcels: Any, before_data: Any) -> Any:
        """The lock goes with its connection, and another process makes its pass."""
        with other.transaction() as connection:
            locks = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid != pg_backend_pid()"
            for pid in connection.scalars(text(locks)).all():
                connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        second.passes()
        story.post.send = honest
        yield from honest(parcels, before_data)

    story.post.send = meanwhile
    with suppress(databases.DatabaseBusy, DatabaseAway):
        story.passes()
    story.passes()

    assert len(story.post.sent) == 1
    for each in (database, other):
        each.close()
