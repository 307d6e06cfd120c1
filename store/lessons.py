"""What the officer decided, as something to learn from. Read when needed, never copied: what is deleted is gone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from classify.coding import Coding, Suggestion
from ingest.message import Address
from store.case import CaseNumber, Kind
from store.tables import cases, reactions
from store.values import to_coding, to_suggestion


@dataclass(frozen=True, slots=True)
class Lesson:
    """A confirmed reaction. `subject`, `sender.name` and `text` are what was judged, and whether it `follows` others of
    its Case; `ids` are what the Case is called by.

    Decided was either `coding` or, by `Kein KRM`, the id of a `reason` ("" where there is a coding). `remedy` is the
    officer's own word on a legal remedy, None where nothing was said. `writer` is the sender's look-up hash.
    """

    mail: int
    ids: tuple[str, ...]
    confirmed_at: datetime
    sender: Address
    writer: str
    subject: str
    text: str
    follows: bool
    suggestion: Suggestion | None
    coding: Coding | None
    reason: str
    remedy: bool | None


def read(connection: Connection, of: Collection[int] | None = None) -> tuple[Lesson, ...]:
    """All of them, or those `of` some mails, in the order of confirmation. One query; duplicates of a mail are none."""
    known = (cases.c.year, cases.c.sequence, cases.c.remedy)
    decided = reactions.c.confirmed_at.is_not(None) & (reactions.c.kind != Kind.DUPLICATE)
    chosen = select(reactions, *known).join(cases, cases.c.id == reactions.c.case_id).where(decided)
    chosen = chosen if of is None else chosen.where(reactions.c.mail.in_(of))
    rows = connection.execute(chosen.order_by(reactions.c.confirmed_at, reactions.c.mail))
    return tuple(_lesson(row) for row in rows)


def _lesson(row: Row[Any]) -> Lesson:
    """What the officer said of a remedy is meant for the mail that opened the Case."""
    number = (str(CaseNumber(row.year, row.sequence)),) if row.sequence else ()
    reason = row.outside.partition(" ")[0]
    return Lesson(
        mail=row.mail,
        ids=(row.case_id, *number),
        confirmed_at=row.confirmed_at,
        sender=Address(row.sender_name, row.sender_address),
        writer=row.sender_hash,
        subject=row.subject,
        text=row.new_text,
        follows=row.kind == Kind.FOLLOW_UP,
        suggestion=to_suggestion(row.suggestion),
        coding=None if reason else to_coding(row.coding),
        reason=reason,
        remedy=row.remedy if row.kind == Kind.FIRST else None,
    )
