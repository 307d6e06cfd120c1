"""Column types: aware moments on every database, and the one type through which all personal data passes."""

import json
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from store.vault import Vault


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. SQLite forgets zones, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone is not stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


VAULTS: "WeakKeyDictionary[Dialect, Vault]" = WeakKeyDictionary()
"""What the connections of an engine seal with; an engine without one stores plainly. Set by `store.database`."""


class Personal(TypeDecorator[str]):
    """Text about a person: the one place where it is sealed before it is stored and opened when it is read.

    `place` is its table and column, which the seal holds (`store.vault`).
    """

    impl = Text
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        vault = VAULTS.get(dialect)
        return value if vault is None or value is None else vault.seal_text(value, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        vault = VAULTS.get(dialect)
        return value if vault is None or value is None else vault.open_text(value, self.place)


class PersonalBytes(TypeDecorator[bytes]):
    """Bytes about a person: raw mails, finished letters."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        vault = VAULTS.get(dialect)
        return value if vault is None or value is None else vault.seal(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        vault = VAULTS.get(dialect)
        return value if vault is None or value is None else vault.open(value, self.place)


class PersonalJson(TypeDecorator[Any]):
    """A value about a person as JSON: suggestions with evidence, what a letter was told."""

    impl = Personal
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__(place)
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)
