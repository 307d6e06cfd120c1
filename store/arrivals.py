"""What was recorded, as the evaluation counts it (GA 3.9): a line a Case, without anybody's name or words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from store.case import Kind, Said, State
from store.tables import cases, concerns, mails, marks, reactions
from store.values import to_coding


@dataclass(frozen=True, slots=True)
class Arrival:
    """A recorded Case: when it arrived and what it is, in ids; `category` is its first concern, "" without one."""

    at: datetime
    type: str
    form: str
    customer_group: str
    unit: str
    category: str


def recorded(connection: Connection, since: datetime, before: datetime) -> tuple[Arrival, ...]:
    """What arrived in this time and was recorded by the officer, oldest first; codings are read, not searched."""
    first = (concerns.c.case_id == cases.c.id) & (concerns.c.position == 0)
    chosen = (
        select(cases.c.arrived, reactions.c.coding, concerns.c.category)
        .join(reactions, reactions.c.case_id == cases.c.id)
        .outerjoin(concerns, first)
        .where(cases.c.arrived >= since, cases.c.arrived < before, cases.c.state != State.NOT_KRM)
        .where(reactions.c.kind == Kind.FIRST, reactions.c.confirmed_at.is_not(None))
        .order_by(cases.c.arrived, cases.c.id)
    )
    rows = ((row, to_coding(row.coding)) for row in connection.execute(chosen))
    return tuple(
        Arrival(row.arrived, c.type, c.form, c.customer_group, c.unit, row.category or "") for row, c in rows if c
    )


def began(connection: Connection) -> datetime | None:
    """When the first mail arrived; None where there never was one."""
    found: datetime | None = connection.scalar(select(mails.c.arrived).order_by(mails.c.arrived).limit(1))
    return found


def with_measures(connection: Connection, since: datetime, before: datetime) -> tuple[str, ...]:
    """Ids of the Cases in which a measure was agreed in this time."""
    chosen = select(marks.c.case_id).where(marks.c.said == Said.MEASURE, marks.c.at >= since, marks.c.at < before)
    return tuple(connection.scalars(chosen.distinct().order_by(marks.c.case_id)))
