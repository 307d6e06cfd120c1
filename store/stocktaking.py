"""Everything there is, as bare facts that can be compared with the world outside: what a simulation looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from store.case import Delivery
from store.mails import MailState
from store.tables import cases, journal, letters, mails

OUTCOMES = (Delivery.SENT, Delivery.REFUSED, Delivery.UNSURE)


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A row of the outbox."""

    id: int
    duty: str
    occurrence: str
    state: Delivery
    token: str


@dataclass(frozen=True, slots=True)
class Stock:
    """`mails` by the checksum of their bytes, `numbers` as (year, sequence), `last` id of the journal."""

    mails: Mapping[str, MailState]
    letters: tuple[KeptLetter, ...]
    numbers: tuple[tuple[int, int], ...]
    last: int


def taken(connection: Connection) -> Stock:
    kept = connection.execute(select(mails.c.checksum, mails.c.state))
    columns = (letters.c[name] for name in ("id", "duty", "occurrence", "state", "token"))
    rows = connection.execute(select(*columns).order_by(letters.c.id))
    numbered = select(cases.c.year, cases.c.sequence).where(cases.c.sequence.is_not(None))
    return Stock(
        mails={row.checksum: MailState(row.state) for row in kept},
        letters=tuple(KeptLetter(r.id, r.duty, r.occurrence, Delivery(r.state), r.token) for r in rows),
        numbers=tuple((row.year, row.sequence) for row in connection.execute(numbered)),
        last=connection.scalar(select(func.max(journal.c.id))) or 0,
    )


def chains_since(connection: Connection, last: int) -> frozenset[str]:
    """Chains of the journal that grew after this row."""
    return frozenset(connection.scalars(select(journal.c.chain).where(journal.c.id > last)))


def noted_twice(connection: Connection) -> tuple[str, ...]:
    """Letters (`letter:40 digest`) whose outcome stands in the journal more than once."""
    outcomes = select(journal.c.refs).where(journal.c.action.in_(OUTCOMES), journal.c.refs.startswith("letter:"))
    return tuple(connection.scalars(outcomes.group_by(journal.c.refs).having(func.count() > 1)))
