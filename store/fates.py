"""What became of each mail that arrived, those deleted since included: for the reconciliation of a day or a month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from store.mails import MailState
from store.tables import cases, mails, reactions


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one arrived mail; `kind` "" where it is no reaction. For the reconciliation of the day."""

    state: MailState
    kind: str = ""
    case: str = ""  # state of its Case
    numbered: bool = False
    decided: bool = False

    @property
    def word(self) -> str:
        """What is kept of it when the mail is deleted, so that it is still counted."""
        held = [name for name in FLAGS if getattr(self, name)]
        return " ".join((self.state, self.kind or NOTHING, self.case or NOTHING, *held))

    @classmethod
    def of_word(cls, word: str) -> "Fate":
        state, kind, case, *held = word.split()
        return cls(MailState(state), kind.strip(NOTHING), case.strip(NOTHING), *(name in held for name in FLAGS))


FLAGS, NOTHING = ("numbered", "decided"), "-"


def between(connection: Connection, since: datetime, until: datetime) -> tuple[Fate, ...]:
    """Of every mail that arrived in this time, each once, those included that are deleted since."""
    rows = connection.execute(FATES.where(mails.c.arrived > since, mails.c.arrived <= until))
    return tuple(_fate(row) for row in rows)


def of(connection: Connection, ids: Collection[int]) -> dict[int, Fate]:
    """By mail, of these; not of any that is deleted."""
    rows = connection.execute(FATES.where(mails.c.id.in_(ids), mails.c.state != MailState.DELETED))
    return {row.id: _fate(row) for row in rows}


FATES = (
    select(
        mails.c.id,
        mails.c.state,
        mails.c.reason,
        reactions.c.kind,
        cases.c.state.label("case"),
        cases.c.sequence,
        reactions.c.confirmed_at,
    )
    .outerjoin(reactions, reactions.c.mail == mails.c.id)
    .outerjoin(cases, cases.c.id == reactions.c.case_id)
)


def _fate(row: Any) -> Fate:
    if row.state == MailState.DELETED:
        return Fate.of_word(row.reason)
    numbered, decided = row.sequence is not None, row.confirmed_at is not None
    return Fate(MailState(row.state), row.kind or "", row.case or "", numbered, decided)
