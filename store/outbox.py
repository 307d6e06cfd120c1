"""Letters on their way out: planned once by constraint, claimed with their bytes, noted before and after DATA."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, case, delete, func, select, update

from store.case import Delivery, Dispatch, mail_of
from store.database import ignoring
from store.keys import Bound, KeyRing
from store.tables import letter_contents, letters

# What is said of every single letter on its way out is put together once.
BEFORE_DATA = (
    update(letters)
    .where(letters.c.id == bindparam("letter"), letters.c.state == Delivery.CLAIMED)
    .values(state=Delivery.TRANSMITTING, transmitting=bindparam("now"))
)
OUTCOME = (
    update(letters)
    .where(letters.c.id == bindparam("letter"))
    .where(letters.c.state.not_in((Delivery.SENT, Delivery.REFUSED, Delivery.UNSURE)))
    .values(state=bindparam("became"), settled=bindparam("now"), reply_code=bindparam("code"))
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter that is owed: one per (subject, duty, occurrence, recipient) for ever.

    `subject` is a Case id or "office", `recipient` a person id or "citizen", `address` where it goes.
    `told` is JSON that cannot be read from the Case again. `expires`: last day its token is good.
    """

    subject: str
    duty: str
    occurrence: str
    recipient: str
    address: str
    not_before: datetime
    expires: date
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter in the outbox. `content` is None until it is claimed."""

    id: int
    subject: str
    duty: str
    occurrence: str
    recipient: str
    address: str
    state: Delivery
    not_before: datetime
    told: dict[str, Any]
    token: str
    key_id: str
    expires: date
    message_id: str
    content: bytes | None
    tries: int
    settled: datetime | None
    reply_code: str
    claimed: datetime | None = None  # when its bytes were fixed and it was first to be sent

    @property
    def bound(self) -> Bound:
        return Bound(self.subject, self.duty, self.occurrence, self.recipient, self.expires)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that the server has put off, without what it says. `code` is its last reply, "" if there was none."""

    id: int
    subject: str
    duty: str
    recipient: str
    since: datetime
    code: str


UNSENT = (Delivery.PLANNED, Delivery.CLAIMED)
WITH_CONTENT = select(letters, letter_contents.c.content).outerjoin(
    letter_contents, letter_contents.c.letter == letters.c.id
)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
DUE = (
    WITH_CONTENT.where(letters.c.state.in_(UNSENT))
    .where((letters.c.not_before <= bindparam("now")) | (letters.c.not_before > bindparam("farthest")))
    .order_by(case((letters.c.duty == "alert", 0), else_=1), letters.c.not_before, letters.c.id)
    .limit(bindparam("limit"))
)
TO_COPY = (
    WITH_CONTENT.where(letters.c.state == Delivery.SENT, letters.c.filed.is_(None))
    .order_by(letters.c.id)
    .limit(bindparam("limit"))
)
LEFT = WITH_CONTENT.where(letters.c.state == Delivery.TRANSMITTING)
FACTS = (
    select(
        *(letters.c[n] for n in ("id", "subject", "duty", "occurrence", "recipient", "state", "settled", "returned"))
    )
    .where(letters.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(letters.c.id)
)
NAMES = tuple(Outgoing.__dataclass_fields__)


def plan(connection: Connection, plans: Sequence[Plan], keys: KeyRing, domain: str, now: datetime) -> None:
    """Owe these letters; what was planned before stays as it is."""
    if not plans:
        return
    rows = []
    for p in plans:
        token = keys.token(Bound(p.subject, p.duty, p.occurrence, p.recipient, p.expires))
        rows.append(
            {
                "subject": p.subject,
                "duty": p.duty,
                "occurrence": p.occurrence,
                "recipient": p.recipient,
                "address": p.address,
                "state": Delivery.PLANNED,
                "planned": now,
                "not_before": p.not_before,
                "told": p.told,
                "token": token,
                "key_id": keys.current,
                "expires": p.expires,
                "message_id": f"{p.subject}.{token}@{domain}",
                "tries": 0,
                "reply_code": "",
            }
        )
    connection.execute(ignoring(connection, letters), rows)


def due(connection: Connection, now: datetime, limit: int, farthest: datetime = NEVER) -> tuple[Outgoing, ...]:
    """Letters whose time has come, oldest first: planned ones, and claimed ones that a crash left behind.

    No letter waits longer than until `farthest`: one that would was put off by a clock that has been set back since.
    """
    return _read(connection, DUE, {"now": now, "limit": limit, "farthest": farthest})


def claim(connection: Connection, contents: Iterable[tuple[int, bytes]], now: datetime) -> None:
    """Fix the bytes of planned letters: what is sent later, even after a crash, is exactly this."""
    rows = [{"letter": letter, "content": content} for letter, content in contents]
    if not rows:
        return
    connection.execute(ignoring(connection, letter_contents), rows)
    claimed = [row["letter"] for row in rows]
    planned = letters.c.id.in_(claimed) & (letters.c.state == Delivery.PLANNED)
    connection.execute(update(letters).where(planned).values(state=Delivery.CLAIMED, claimed=now))


def transmitting(connection: Connection, letter: int, now: datetime) -> bool:
    """Committed just before DATA: from here on a crash leaves the letter unsure. False: another process has sent it."""
    return connection.execute(BEFORE_DATA, {"letter": letter, "now": now}).rowcount == 1


def settle(connection: Connection, letter: int, state: Delivery, code: str, now: datetime) -> bool:
    """The outcome: sent, refused or unsure. False: it was noted before, by a commit whose answer was lost."""
    told = {"letter": letter, "became": state, "now": now, "code": code}
    return connection.execute(OUTCOME, told).rowcount == 1


def returned(connection: Connection, letter: int, at: datetime) -> None:
    """It was sent and came back as undeliverable (RFC 3464)."""
    connection.execute(update(letters).where(letters.c.id == letter).values(returned=at))


def stop(
    connection: Connection, subjects: Collection[str], recipient: str, only: Collection[tuple[str, int]] | None = None
) -> tuple[tuple[str, int], ...]:
    """Take back what still waits for this recipient, all of it or only these letters: as if never planned.

    Gives (duty, mail of the occurrence), oldest first.
    """
    waiting = letters.c.state.in_(UNSENT)
    chosen = select(letters.c.id, letters.c.duty, letters.c.occurrence).where(
        letters.c.subject.in_(subjects), letters.c.recipient == recipient, waiting
    )
    rows = connection.execute(chosen.order_by(letters.c.id))
    found = {row.id: (row.duty, mail_of(row.occurrence)) for row in rows}
    if only is not None:
        found = {letter: named for letter, named in found.items() if named in only}
    ids = list(found)
    connection.execute(delete(letter_contents).where(letter_contents.c.letter.in_(ids)))
    connection.execute(delete(letters).where(letters.c.id.in_(ids)))
    return tuple(found.values())


def drop(connection: Connection, letter: int) -> None:
    """As if never planned: it is owed no more, and planned anew where it is owed again. For one no server has."""
    unsent = select(letters.c.id).where(letters.c.id == letter, letters.c.state.in_(UNSENT))
    connection.execute(delete(letter_contents).where(letter_contents.c.letter.in_(unsent)))
    connection.execute(delete(letters).where(letters.c.id.in_(unsent)))


def put_off(connection: Connection, letter: int, code: str, not_before: datetime) -> None:
    """SMTP 4xx, no connection, or not writable now: later again, with the same bytes where there are any."""
    state = case((letters.c.claimed.is_(None), Delivery.PLANNED.value), else_=Delivery.CLAIMED.value)
    values = {"state": state, "not_before": not_before, "reply_code": code, "tries": letters.c.tries + 1}
    connection.execute(update(letters).where(letters.c.id == letter).values(values))


def waiting(connection: Connection, recipient: str | None = None) -> tuple[Waiting, ...]:
    """Letters tried in vain that will be tried again, oldest first; of one recipient or of all."""
    columns = (letters.c[name] for name in ("id", "subject", "duty", "recipient", "claimed", "reply_code"))
    chosen = select(*columns).where(letters.c.state == Delivery.CLAIMED, letters.c.tries > 0)
    if recipient is not None:
        chosen = chosen.where(letters.c.recipient == recipient)
    return tuple(Waiting(*row) for row in connection.execute(chosen.order_by(letters.c.claimed, letters.c.id)))


def untold(connection: Connection, since: datetime) -> int:
    """How many letters failed from `since` on without any notice of it going out or being still on its way."""
    notice, refused = letters.c.duty == "undelivered", letters.c.state == Delivery.REFUSED
    failed = (refused & (letters.c.settled >= since)) | (letters.c.returned >= since)
    rows = connection.execute(select(letters.c.id, letters.c.duty, letters.c.occurrence).where(failed))
    about = {row.occurrence if row.duty == "undelivered" else str(row.id) for row in rows}
    told = select(letters.c.occurrence).where(notice, ~refused, letters.c.returned.is_(None))
    return len(about - set(connection.scalars(told)))


def left_transmitting(connection: Connection) -> tuple[Outgoing, ...]:
    """What a crash left between DATA and its note. Call only while no other process is at work."""
    return _read(connection, LEFT)


def to_copy(connection: Connection, limit: int) -> tuple[Outgoing, ...]:
    """Sent letters whose copy is not in the Sent folder yet."""
    return _read(connection, TO_COPY, {"limit": limit})


def copied(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    if ids:
        connection.execute(update(letters).where(letters.c.id.in_(ids)).values(filed=now))


def by_tokens(connection: Connection, tokens: Sequence[str]) -> tuple[Outgoing, ...]:
    return _read(connection, WITH_CONTENT.where(letters.c.token.in_(tokens))) if tokens else ()


def planned(connection: Connection, subject: str, duty: str) -> frozenset[tuple[str, str]]:
    """(occurrence, recipient) of every letter of this kind, whatever became of it."""
    chosen = select(letters.c.occurrence, letters.c.recipient)
    rows = connection.execute(chosen.where(letters.c.subject == subject, letters.c.duty == duty))
    return frozenset((row.occurrence, row.recipient) for row in rows)


def latest(connection: Connection, subject: str, duty: str, before: str) -> str | None:
    """The last occurrence of this kind before that one, as texts go; None if there was none."""
    chosen = select(func.max(letters.c.occurrence))
    found: str | None = connection.scalar(
        chosen.where(letters.c.subject == subject, letters.c.duty == duty, letters.c.occurrence < before)
    )
    return found


def of_subject(connection: Connection, subject: str) -> tuple[Outgoing, ...]:
    return _read(connection, WITH_CONTENT.where(letters.c.subject == subject).order_by(letters.c.id))


def dispatches(connection: Connection, subjects: Sequence[str]) -> tuple[Dispatch, ...]:
    """The facts of all letters of these Cases."""
    rows = connection.execute(FACTS, {"subjects": subjects})
    return tuple(
        Dispatch(
            r.id, r.subject, r.duty, r.occurrence, r.recipient, Delivery(r.state), r.settled, r.returned is not None
        )
        for r in rows
    )


def _read(
    connection: Connection, chosen: Select[Any], given: Mapping[str, object] | None = None
) -> tuple[Outgoing, ...]:
    return tuple(_outgoing(row) for row in connection.execute(chosen, given))


def _outgoing(row: Row[Any]) -> Outgoing:
    values = {name: getattr(row, name) for name in NAMES}
    values["state"] = Delivery(values["state"])
    return Outgoing(**values)
