"""Lasting facts about the world around the office: the mailbox is away, somebody is on leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from store.database import ignoring
from store.tables import conditions

MAILBOX_AWAY = "mailbox-away"
MAILBOX_FULL = "mailbox-full"  # or its folders refuse to take in mail for another reason
ABSENT = "absent:"
ASKED = "recorded-cases-asked"  # when time alone last brought them anything
COPYING = "copying"  # letters into the folder of sent mail: begun, and not yet noted as done
RESTORED = "restored"  # from a backup: what had arrived by then may have been answered before
LAST_PASS = "last-pass"  # noqa: S105 - of the program through the mailbox

BY_NAME = select(conditions).where(conditions.c.name == bindparam("name"))
OF_ABSENCE = select(conditions.c.name).where(conditions.c.name.startswith(ABSENT))


@dataclass(frozen=True, slots=True)
class Condition:
    """What holds, since when, and when somebody was told of it."""

    name: str
    since: datetime
    told: datetime | None


def begin(connection: Connection, name: str, now: datetime) -> None:
    """From now on it holds; if it does already, its beginning stays, unless a clock set back has it in the future."""
    connection.execute(ignoring(connection, conditions).values(name=name, since=now))
    ahead = (conditions.c.name == name) & (conditions.c.since > now)
    connection.execute(update(conditions).where(ahead).values(since=now))


def end(connection: Connection, name: str) -> Condition | None:
    """It holds no more; gives what held, if it did."""
    held = get(connection, name)
    if held:
        connection.execute(delete(conditions).where(conditions.c.name == name))
    return held


def ask_to_write(connection: Connection) -> None:
    """Deletes nothing, but asks the database for the right to. Raises as any writing does."""
    connection.execute(delete(conditions).where(conditions.c.name == ""))


def get(connection: Connection, name: str) -> Condition | None:
    row = connection.execute(BY_NAME, {"name": name}).one_or_none()
    return Condition(row.name, row.since, row.told) if row else None


def told(connection: Connection, name: str, now: datetime) -> None:
    connection.execute(update(conditions).where(conditions.c.name == name).values(told=now))


def back_again(connection: Connection, before: datetime) -> bool:
    """Whoever is away since before then is so no longer; whether there was anybody."""
    long_since = conditions.c.name.startswith(ABSENT) & (conditions.c.since < before)
    return connection.execute(delete(conditions).where(long_since)).rowcount > 0


def absent(connection: Connection) -> frozenset[str]:
    """Ids of people whose out-of-office came back and who have not written since."""
    return frozenset(name.removeprefix(ABSENT) for name in connection.scalars(OF_ABSENCE))
