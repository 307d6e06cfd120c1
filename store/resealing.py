"""Seals what is stored plainly or with an older key anew, a few rows at a time; readable throughout, resumable."""

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, Text, column, delete, func, select, table, update
from sqlalchemy.sql.expression import TableClause, or_

from store.columns import Personal, PersonalBytes, PersonalJson
from store.database import Database
from store.tables import metadata, seals
from store.vault import Vault

AT_ONCE = 100
"""Rows of one transaction, read one by one: a mail may have 40 MB."""
PERSONAL = (Personal, PersonalBytes, PersonalJson)


def reseal(database: Database, vault: Vault, on: Callable[[str, int], None]) -> int:
    """Everything under the current key, which must be in use already; gives how many rows changed.

    `on` hears each table and how many rows of it are done. Older keys are needed no more for what is stored.
    """
    total = 0
    for stored in metadata.sorted_tables:
        done = 0
        while count := _some(database, vault, stored):
            done += count
            on(stored.name, done)
        total += done
    with database.transaction() as connection:
        connection.execute(delete(seals).where(seals.c.key_id != vault.current))
        connection.execute(update(seals).values(whole=True))
    vault.strict = True
    database.shrink()  # or the old values would still stand in pages nobody uses
    return total


def keys_of(connection: Connection) -> frozenset[str]:
    """Ids of the keys that something stored may be sealed with."""
    return frozenset(connection.scalars(select(seals.c.key_id)))


def left(connection: Connection, vault: Vault) -> int:
    """How many rows hold something that is not sealed with the current key."""
    counts = (connection.scalar(select(func.count()).select_from(raw).where(_other(raw, vault))) for _, raw in _raws())
    return sum(count or 0 for count in counts)


def _raws() -> Iterator[tuple[Table, TableClause]]:
    """The tables with something personal, and each as the database sees it: sealed."""
    for stored in metadata.sorted_tables:
        if names := [c for c in stored.c if isinstance(c.type, PERSONAL)]:
            (key,) = stored.primary_key.columns
            types = ((c.name, LargeBinary() if isinstance(c.type, PersonalBytes) else Text()) for c in names)
            yield stored, table(stored.name, column(key.name, key.type), *(column(name, kind) for name, kind in types))


def _other(raw: TableClause, vault: Vault) -> ColumnElement[bool]:
    size, plain = len(vault.mark), vault.mark.decode("ascii")
    _, *sealed = raw.c
    return or_(*(func.substr(c, 1, size) != (vault.mark if isinstance(c.type, LargeBinary) else plain) for c in sealed))


def _some(database: Database, vault: Vault, stored: Table) -> int:
    raw = next((r for s, r in _raws() if s is stored), None)
    if raw is None:
        return 0
    key, *sealed = raw.c
    with database.transaction() as connection:
        chosen = select(key).where(_other(raw, vault)).order_by(key).limit(AT_ONCE).with_for_update()
        keys = connection.scalars(chosen).all()
        for one in keys:
            row = connection.execute(select(*sealed).where(key == one)).one()
            values = {c.name: _anew(value, vault, f"{raw.name}.{c.name}") for c, value in zip(sealed, row, strict=True)}
            connection.execute(update(raw).where(key == one).values(values))
    return len(keys)


def _anew(value: object, vault: Vault, place: str) -> object:
    if isinstance(value, bytes):
        return vault.seal(vault.open(value, place), place)
    return vault.seal_text(vault.open_text(value, place), place) if isinstance(value, str) else value
