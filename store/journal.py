"""The journal: append-only, one hash chain per Case with daily anchors. Ids, roles, digests; never personal data."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from ingest.office import Role
from store.tables import anchors, journal

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which Case. `refs` are ids such as ("mail:12", "letter:40"); `person` is a person id or ""."""

    chain: str
    at: datetime
    role: Role
    action: str
    person: str = ""
    refs: tuple[str, ...] = ()


Ends = dict[str, tuple[int, str]]
"""The last position and digest of chains."""


def write(connection: Connection, entries: Sequence[Entry], ends: Ends | None = None) -> None:
    """Append in order, each to the end of its chain.

    `ends`, from `ends_of`, saves looking them up again; it is kept up to date and is good while nobody else writes.
    """
    if not entries:
        return
    ends = ends_of(connection, {e.chain for e in entries}) if ends is None else ends
    rows = []
    for entry in entries:
        position, previous = ends.get(entry.chain, (0, START))
        row: dict[str, Any] = {
            "chain": entry.chain,
            "position": position + 1,
            "at": entry.at,
            "role": entry.role.value,
            "person": entry.person,
            "action": entry.action,
            "refs": " ".join(entry.refs),
            "previous": previous,
        }
        row["digest"] = _digest(row)
        ends[entry.chain] = (position + 1, row["digest"])
        rows.append(row)
    connection.execute(insert(journal), rows)


def read(connection: Connection, chain: str) -> tuple[Entry, ...]:
    """A chain from its beginning."""
    rows = connection.execute(select(journal).where(journal.c.chain == chain).order_by(journal.c.position))
    return tuple(_entry(row) for row in rows)


def last(connection: Connection, chain: str, actions: Collection[str]) -> Entry | None:
    """The newest entry of a chain that says one of these was done."""
    said = (journal.c.chain == chain) & journal.c.action.in_(actions)
    row = connection.execute(select(journal).where(said).order_by(journal.c.position.desc()).limit(1)).one_or_none()
    return _entry(row) if row else None


def latest(connection: Connection) -> datetime | None:
    """The newest moment of all chains, None if nothing was written yet."""
    found: datetime | None = connection.scalar(select(func.max(journal.c.at)))
    return found


def verify(connection: Connection, chain: str) -> str:
    """ "" if the chain is whole, else a German sentence naming the first broken position."""
    expected, previous = 1, START
    for row in connection.execute(select(journal).where(journal.c.chain == chain).order_by(journal.c.position)):
        fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
        if row.position != expected or row.previous != previous or _digest(fields) != row.digest:
            return f"Protokoll {chain}: Eintrag {expected} fehlt oder wurde verändert."
        expected, previous = expected + 1, row.digest
    return ""


def anchor(connection: Connection, day: date, end: datetime) -> None:
    """Tie the ends of all chains up to `end` (aware) into one digest for `day`, once."""
    if connection.scalar(select(anchors.c.day).where(anchors.c.day == day)):
        return
    last = connection.execute(select(anchors).order_by(anchors.c.day.desc()).limit(1)).one_or_none()
    since = last.entries if last else 0
    summed = hashlib.sha256(last.digest.encode() if last else b"")
    total = since
    new = select(journal.c.digest).where(journal.c.at < end).order_by(journal.c.id).offset(since)
    for digest in connection.scalars(new):
        total += 1
        summed.update(digest.encode())
    connection.execute(insert(anchors).values(day=day, entries=total, digest=summed.hexdigest()))


def ends_of(connection: Connection, chains: set[str]) -> Ends:
    """The ends of these chains; one that does not exist yet is left out."""
    last = (
        select(journal.c.chain, func.max(journal.c.position).label("position"))
        .where(journal.c.chain.in_(chains))
        .group_by(journal.c.chain)
        .subquery()
    )
    same = (journal.c.chain == last.c.chain) & (journal.c.position == last.c.position)
    rows = connection.execute(select(journal.c.chain, journal.c.position, journal.c.digest).join(last, same))
    return {row.chain: (row.position, row.digest) for row in rows}


def _digest(row: dict[str, Any]) -> str:
    moment = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    fields = [str(row[k]) for k in ("chain", "position", "role", "person", "action", "refs", "previous")]
    return hashlib.sha256("\0".join((moment, *fields)).encode()).hexdigest()


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.chain, row.at, Role(row.role), row.action, row.person, tuple(row.refs.split()))
