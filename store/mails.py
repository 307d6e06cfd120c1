"""Every mail that ever arrived, raw and first: a known mail gives its known row, by constraint and not by query."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, func, select, update

from ingest.message import Place, RawMail
from store.database import ignoring
from store.tables import mail_contents, mails, sightings


class MailState(StrEnum):
    """What became of a mail; the digest lists all but the first two and the last."""

    NEW = "new"
    DONE = "done"
    AUTOMATIC = "automatic"
    QUARANTINE = "quarantine"
    NOTED = "noted"
    UNREADABLE = "unreadable"
    TOO_BIG = "too_big"
    DELETED = "deleted"  # nothing is left but that it came, and in `reason` what it was (`Fate.word`)


RESCUABLE = frozenset({MailState.AUTOMATIC, MailState.QUARANTINE, MailState.NOTED})
RESCUED = "rescued"
WITH_CONTENT = select(mails, mail_contents.c.content).outerjoin(mail_contents, mail_contents.c.mail == mails.c.id)
UNDECIDED = (
    WITH_CONTENT.where(mails.c.state == MailState.NEW).order_by(mails.c.arrived, mails.c.id).limit(bindparam("limit"))
)
TOO_BIG = select(mails).where(mails.c.state == MailState.TOO_BIG, mails.c.decided.is_(None))
TO_FILE = (
    select(sightings)
    .where(sightings.c.target.is_not(None), sightings.c.filed.is_(None))
    .where(sightings.c.target.not_in(bindparam("refused", expanding=True)))
    .order_by(sightings.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A mail as taken in. `rescued`: a person moved it back into the inbox after it had been filed away."""

    id: int
    arrived: datetime
    size: int
    state: MailState
    reason: str
    content: bytes | None
    rescued: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one mail: its state, the rule that decided, the folder it belongs into."""

    mail: int
    state: MailState
    reason: str
    folder: str
    message_id: str = ""
    message_id_hash: str = ""
    sender_hash: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """A mail that still lies where it arrived and the folder it belongs into."""

    sighting: int
    place: Place
    folder: str


def known_uids(connection: Connection, folder: str, uidvalidity: int, present: Sequence[int]) -> frozenset[int]:
    """The UIDs of this mailbox that were taken in already, of those from the lowest to the highest that are present."""
    if not present:
        return frozenset()
    here = (sightings.c.folder == folder) & (sightings.c.uidvalidity == uidvalidity)
    here &= sightings.c.uid.between(min(present), max(present))
    return frozenset(connection.scalars(select(sightings.c.uid).where(here)))


def take_in(connection: Connection, raws: Sequence[RawMail], now: datetime) -> int:
    """Store the raw mails before anybody reads them; returns how many were not known. The same bytes are one mail."""
    if not raws:
        return 0
    sums = {raw.place: _checksum(raw) for raw in raws}
    rows: list[dict[str, object]] = [
        {
            "checksum": sums[raw.place],
            "size": raw.size,
            "arrived": raw.arrived,
            "taken_in": now,
            "state": MailState.NEW if raw.content is not None else MailState.TOO_BIG,
            "reason": "" if raw.content is not None else "size",
            "tries": 0,
        }
        for raw in sorted(raws, key=lambda r: r.arrived)  # the first arrival of the same bytes counts
    ]
    unique: dict[str, dict[str, object]] = {}
    for row in rows:
        unique.setdefault(str(row["checksum"]), row)
    known = connection.scalars(select(mails.c.checksum).where(mails.c.checksum.in_(unique))).all()
    connection.execute(ignoring(connection, mails), list(unique.values()))
    ids = {
        row.checksum: row.id
        for row in connection.execute(select(mails.c.checksum, mails.c.id).where(mails.c.checksum.in_(sums.values())))
    }
    contents = {ids[sums[raw.place]]: raw.content for raw in raws if raw.content is not None}
    if contents:
        rows = [{"mail": mail, "content": content} for mail, content in contents.items()]
        connection.execute(ignoring(connection, mail_contents), rows)
    _see(connection, [(raw.place, ids[sums[raw.place]]) for raw in raws], now)
    return len(unique) - len(known)


def _see(connection: Connection, found: Sequence[tuple[Place, int]], now: datetime) -> None:
    """Note where each mail lies. One that comes back after it was filed away was put back by a person."""
    ids = {mail for _, mail in found}
    filed = select(sightings.c.mail).where(
        sightings.c.mail.in_(ids), sightings.c.filed.is_not(None), sightings.c.uidvalidity > 0
    )
    back = {
        "state": MailState.NEW,
        "reason": RESCUED,
        "in_digest": None,  # what becomes of it now is listed anew
    }
    connection.execute(update(mails).where(mails.c.id.in_(filed), mails.c.state.in_(RESCUABLE)).values(back))
    known = (
        select(sightings.c.mail, func.max(sightings.c.target).label("target"))
        .where(sightings.c.mail.in_(ids))
        .group_by(sightings.c.mail)
    )
    still_new = set(connection.scalars(select(mails.c.id).where(mails.c.id.in_(ids), mails.c.state == MailState.NEW)))
    targets = {row.mail: row.target for row in connection.execute(known) if row.mail not in still_new}
    rows = [
        {
            "folder": place.folder,
            "uidvalidity": place.uidvalidity,
            "uid": place.uid,
            "mail": mail,
            "seen": now,
            "target": targets.get(mail),
        }
        for place, mail in found
    ]
    connection.execute(ignoring(connection, sightings), rows)


def undecided(connection: Connection, limit: int) -> tuple[StoredMail, ...]:
    """The oldest mails nobody has looked at yet, with their bytes."""
    return tuple(_stored(row) for row in connection.execute(UNDECIDED, {"limit": limit}))


def get(connection: Connection, mail: int) -> StoredMail:
    return _stored(connection.execute(WITH_CONTENT.where(mails.c.id == mail)).one())


def too_big(connection: Connection) -> tuple[StoredMail, ...]:
    """Mails over the limit that nobody was told of yet."""
    return tuple(_stored(row) for row in connection.execute(TOO_BIG))


def decide(connection: Connection, decisions: Sequence[Decision], now: datetime) -> None:
    """Note what became of the mails and where they belong; they are moved only after this is committed."""
    if not decisions:
        return
    connection.execute(
        update(mails)
        .where(mails.c.id == bindparam("b_mail"))
        .values(
            state=bindparam("b_state"),
            reason=bindparam("b_reason"),
            message_id=bindparam("b_message_id"),
            message_id_hash=bindparam("b_hash"),
            sender_hash=bindparam("b_sender"),
            decided=now,
            tries=mails.c.tries + 1,
        ),
        [
            {
                "b_mail": d.mail,
                "b_state": d.state,
                "b_reason": d.reason,
                "b_message_id": d.message_id,
                "b_hash": d.message_id_hash,
                "b_sender": d.sender_hash,
            }
            for d in decisions
        ],
    )
    connection.execute(
        update(sightings)
        .where(sightings.c.mail == bindparam("b_mail"), sightings.c.filed.is_(None))
        .values(target=bindparam("b_folder")),
        [{"b_mail": d.mail, "b_folder": d.folder} for d in decisions],
    )


def retry(connection: Connection, states: Collection[MailState]) -> int:
    """Put unreadable mails before the reader again; returns how many."""
    return connection.execute(
        update(mails)
        .where(mails.c.state.in_(states))
        .values(state=MailState.NEW, reason="retry", decided=None, in_digest=None)
    ).rowcount


def to_file(connection: Connection, limit: int, refused: Collection[str] = ()) -> tuple[Filing, ...]:
    """Mails whose target is known and that still lie where they arrived, but for those of folders that `refused`."""
    rows = connection.execute(TO_FILE, {"limit": limit, "refused": list(refused)})
    return tuple(Filing(r.id, Place(r.folder, r.uidvalidity, r.uid), r.target) for r in rows)


def filed(connection: Connection, filings: Sequence[Filing], now: datetime) -> None:
    if filings:
        ids = [f.sighting for f in filings]
        connection.execute(update(sightings).where(sightings.c.id.in_(ids)).values(filed=now))


def numbered_anew(connection: Connection, filings: Sequence[Filing], now: datetime) -> None:
    """The server has given the folder other numbers (UIDVALIDITY): under the old ones nothing is ever filed.

    They are kept as negative, so that the mail, found again, is not taken for one a person has put back.
    """
    if filings:
        ids = [f.sighting for f in filings]
        values = {"filed": now, "uidvalidity": -sightings.c.uidvalidity}
        connection.execute(update(sightings).where(sightings.c.id.in_(ids)).values(values))


def unfiled(connection: Connection, since: datetime) -> int:
    """How many mails were decided before `since` and still lie where they arrived."""
    lying = sightings.c.target.is_not(None) & sightings.c.filed.is_(None) & (mails.c.decided < since)
    chosen = select(func.count()).select_from(sightings.join(mails, mails.c.id == sightings.c.mail)).where(lying)
    return connection.scalar(chosen) or 0


def waiting(connection: Connection, states: Collection[MailState], since: datetime) -> tuple[StoredMail, ...]:
    """Mails in these states that stood in no digest before `since`, oldest first, without their bytes."""
    fresh = mails.c.state.in_(states) & (mails.c.in_digest.is_(None) | (mails.c.in_digest >= since))
    rows = connection.execute(select(mails).where(fresh).order_by(mails.c.arrived))
    return tuple(_stored(row) for row in rows)


def shown(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    """Note that these mails stood in a digest: only then may spam ever be deleted (rules.md)."""
    if ids:
        connection.execute(update(mails).where(mails.c.id.in_(ids)).values(in_digest=now))


def newest(connection: Connection) -> datetime | None:
    """When the newest mail arrived; None where there never was one."""
    found: datetime | None = connection.scalar(select(mails.c.arrived).order_by(mails.c.arrived.desc()).limit(1))
    return found


def _checksum(raw: RawMail) -> str:
    if raw.content is not None:
        return hashlib.sha256(raw.content).hexdigest()
    place = raw.place
    return hashlib.sha256(f"{place.folder}/{place.uidvalidity}/{place.uid}/{raw.size}".encode()).hexdigest()


def _stored(row: Row[tuple[object, ...]]) -> StoredMail:
    return StoredMail(
        row.id,
        row.arrived,
        row.size,
        MailState(row.state),
        row.reason,
        getattr(row, "content", None),
        row.reason == RESCUED,
    )
