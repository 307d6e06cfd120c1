"""Which model judges: one row each time another one is taken, the newest holds. Nothing is ever taken back here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from store.tables import model_uses

SHIPPED = "shipped"
"""The model of the corpus that comes with the package; it judges where no other was ever taken."""


@dataclass(frozen=True, slots=True)
class Use:
    """`model` (an id, or SHIPPED) judges from `at` on; `by` is a person id, "" where a night's learning did it."""

    model: str
    at: datetime
    by: str = ""


def note(connection: Connection, use: Use) -> None:
    connection.execute(insert(model_uses).values(model=use.model, at=use.at, by=use.by))


def newest(connection: Connection) -> Use | None:
    row = connection.execute(select(model_uses).order_by(model_uses.c.id.desc()).limit(1)).one_or_none()
    return _use(row) if row else None


def history(connection: Connection) -> tuple[Use, ...]:
    """All of them, oldest first."""
    return tuple(_use(row) for row in connection.execute(select(model_uses).order_by(model_uses.c.id)))


def _use(row: Row[Any]) -> Use:
    return Use(row.model, row.at, row.by)
