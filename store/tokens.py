"""Which keys the letters that may still be answered were signed with, and signing one anew whose key is gone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from store.case import Delivery
from store.keys import KeyRing
from store.outbox import Outgoing
from store.tables import letter_contents, letters

REPLACED = "replaced"
"""The duty under which a letter is kept that went out once more under another key."""


@dataclass(frozen=True, slots=True)
class Signed:
    """How many letters of this key can still be answered, and the last day of them."""

    key_id: str
    letters: int
    until: date


def answerable(connection: Connection, today: date) -> tuple[Signed, ...]:
    """By key; nothing of a key whose letters have all expired."""
    chosen = select(letters.c.key_id, func.count(), func.max(letters.c.expires)).where(
        letters.c.expires >= today, letters.c.duty != REPLACED
    )
    rows = connection.execute(chosen.group_by(letters.c.key_id).order_by(letters.c.key_id))
    return tuple(Signed(key_id, count, until) for key_id, count, until in rows)


def sign_anew(connection: Connection, letter: Outgoing, keys: KeyRing, domain: str, now: datetime) -> None:
    """The same letter goes out once more under the current key; what was sent stays, so that its token is known."""
    if letter.duty == REPLACED:
        return
    same = letters.c.id == letter.id
    old = dict(connection.execute(select(letters).where(same)).mappings().one())
    token = keys.token(letter.bound)
    values = {
        "token": token,
        "key_id": keys.current,
        "message_id": f"{letter.subject}.{token}@{domain}",
        "state": Delivery.PLANNED,
        "not_before": now,
        "reply_code": "",
        "tries": 0,
    } | dict.fromkeys(("claimed", "transmitting", "settled", "filed"))
    connection.execute(update(letters).where(same).values(values))
    del old["id"]
    kept = insert(letters).values(old | {"duty": REPLACED, "occurrence": f"{letter.id} {letter.key_id}"})
    moved = {"letter": connection.execute(kept.returning(letters.c.id)).scalar_one()}
    connection.execute(update(letter_contents).where(letter_contents.c.letter == letter.id).values(moved))
