"""Lasting facts about the world around the office: the mailbox is away, somebody is on leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from store.database import ignoring
from store.tables import conditions

MAILBOX_AWAY = "mailbox-away"
ABSENT = "absent:"
ASKED = "recorded-cases-asked"  # when time alone last brought them anything
LAST_PASS = "last-pass"  # noqa: S105 - of the program through the mailbox


@dataclass(frozen=True, slots=True)
class Condition:
    """What holds, since when, and when somebody was told of it."""

    name: str
    since: datetime
    told: datetime | None


def begin(connection: Connection, name: str, now: datetime) -> None:
    """From now on it holds; if it does already, its beginning stays."""
    connection.execute(ignoring(connection, conditions).values(name=name, since=now))


def end(connection: Connection, name: str) -> Condition | None:
    """It holds no more; gives what held, if it did."""
    held = get(connection, name)
    connection.execute(delete(conditions).where(conditions.c.name == name))
    return held


def get(connection: Connection, name: str) -> Condition | None:
    row = connection.execute(select(conditions).where(conditions.c.name == name)).one_or_none()
    return Condition(row.name, row.since, row.told) if row else None


def told(connection: Connection, name: str, now: datetime) -> None:
    connection.execute(update(conditions).where(conditions.c.name == name).values(told=now))


def absent(connection: Connection) -> frozenset[str]:
    """Ids of people whose out-of-office came back and who have not written since."""
    names = connection.scalars(select(conditions.c.name).where(conditions.c.name.startswith(ABSENT)))
    return frozenset(name.removeprefix(ABSENT) for name in names)
