"""`python -m tests.faults.migrating URL EVERY`: a migration is killed at each EVERYth of its statements.

Each time an office of the first version is made, a fork brings it to the newest tables and kills itself before its
n-th statement, and then the program is started again. Prints JSON: statements, points, and what was not healed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, event, inspect, select

from store.database import Database, _alembic
from store.tables import metadata, numbers

ROW = (2026, 42)


def statements(database: Database, on: Callable[[int], object]) -> None:
    """`on` is told the number of each statement before it is executed."""
    count = 0

    def before(*_: object) -> None:
        nonlocal count
        count += 1
        on(count)

    event.listen(database.engine, "before_cursor_execute", before)


def office_of_the_first_version(url: str) -> None:
    database = Database(url)
    with database.transaction() as connection:
        database.begin_anew(connection)
        config = _alembic()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.execute(numbers.insert().values(year=ROW[0], last=ROW[1]))
    database.close()


def killed(url: str, at: int) -> bool:
    """Whether the fork came so far that it was killed."""
    pid = os.fork()
    if pid == 0:
        database = Database(url)
        statements(database, lambda n: os.kill(os.getpid(), signal.SIGKILL) if n == at else None)
        database.upgrade()
        database.close()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def faults(url: str) -> list[str]:
    """What is wrong with the office before and after the program is started again."""
    database = Database(url)
    with database.transaction() as connection:
        half = MigrationContext.configure(connection).get_current_revision() != "0001" or _leftovers(connection)
    database.upgrade()
    with database.transaction() as connection:
        context = MigrationContext.configure(connection)
        found = [str(d) for d in compare_metadata(context, metadata)]
        kept = connection.execute(select(numbers.c.year, numbers.c.last)).all() == [ROW]
    database.close()
    return [*(["half done"] if half else []), *found, *([] if kept else ["the row is gone"])]


def _leftovers(connection: Connection) -> bool:
    return any(name.startswith("_alembic_tmp") for name in inspect(connection).get_table_names())


def main(url: str, every: int) -> None:
    total = 0

    def count(number: int) -> None:
        nonlocal total
        total = number

    office_of_the_first_version(url)
    database = Database(url)
    statements(database, count)
    database.upgrade()
    database.close()
    off = {}
    points = range(1, total + 1, every)
    for at in points:
        office_of_the_first_version(url)
        assert killed(url, at)
        if found := faults(url):
            off[at] = found
    print(json.dumps({"statements": total, "points": len(points), "off": off}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
