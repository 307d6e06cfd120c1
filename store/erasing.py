"""Deletion (GA 3.8): all rows of one subject, in one transaction. The intention was noted first; rows go last.

Between the two the mailbox is cleared (`krm.retaining`). Whatever breaks in between, the next run goes on with what is
begun.

What stays of a deleted Case: its number, which nobody gets again, with class and days (`deletions`); of each mail that
it came and what it was counted as (`mails`, state "deleted"); and its journal, which is append-only. The journal holds
ids of mails and letters that lead nowhere any more, names of rules and duties, and person ids of the house: nobody can
tell from it who wrote, or what.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from ingest.message import Place
from store import fates
from store.case import OFFICE, CaseNumber, State
from store.mails import MailState
from store.retention import LETTER, MAIL, Deletion, forget, note
from store.tables import (
    assignments,
    cases,
    clocks,
    concerns,
    holds,
    journal,
    letter_contents,
    letters,
    mail_contents,
    mails,
    marks,
    notes,
    reactions,
    sightings,
    stages,
)

PARTS = (concerns, assignments, clocks, stages, marks, notes, holds, reactions)
NAMED_MAIL = re.compile(rf"\b{MAIL}(\d+)\b")


@dataclass(frozen=True, slots=True)
class Original:
    """A mail as it came: `checksum` of its bytes, "" where they were never fetched; the places it was filed from."""

    checksum: str
    size: int
    arrived: datetime
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Everything that goes with a subject: Case ids, mails, letters, by id."""

    cases: tuple[str, ...] = ()
    mails: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()


def extent(connection: Connection, subject: str) -> Extent:
    """What goes with it: with a Case the intakes that were joined to it, with each the replies about it."""
    if subject.startswith(LETTER):
        return Extent(letters=(int(subject.removeprefix(LETTER)),))
    if subject.startswith(MAIL):
        return Extent(mails=(int(subject.removeprefix(MAIL)),))
    ids = _family(connection, subject)
    out = connection.scalars(select(letters.c.id).where(letters.c.subject.in_(ids)).order_by(letters.c.id))
    return Extent(ids, _mails(connection, ids), tuple(out))


def _family(connection: Connection, case_id: str) -> tuple[str, ...]:
    """The Case, and every intake that leads to it (`Folge:`), however often it was joined."""
    found: dict[str, None] = {case_id: None}
    looked = [case_id]
    while looked:
        rows = connection.execute(select(cases).where(cases.c.id.in_(looked))).all()
        called = {*looked, *(str(CaseNumber(r.year, r.sequence)) for r in rows if r.sequence)}
        joined = (cases.c.state == State.JOINED) & cases.c.joined_to.in_(called)
        looked = [
            i for i in connection.scalars(select(cases.c.id).where(joined).order_by(cases.c.id)) if i not in found
        ]
        found.update(dict.fromkeys(looked))
    return tuple(found)


def _mails(connection: Connection, ids: Collection[str]) -> tuple[int, ...]:
    """Reactions, and what the journal says was an instruction or refused: unless it is a reaction of another Case."""
    own = set(connection.scalars(select(reactions.c.mail).where(reactions.c.case_id.in_(ids))))
    refs = connection.scalars(select(journal.c.refs).where(journal.c.chain.in_(ids)))
    said = {int(number) for line in refs for number in NAMED_MAIL.findall(line)}
    said |= set(connection.scalars(select(marks.c.mail).where(marks.c.case_id.in_(ids), marks.c.mail > 0)))
    elsewhere = select(reactions.c.mail).where(reactions.c.mail.in_(said), reactions.c.case_id.not_in(ids))
    chosen = select(mails.c.id).where(mails.c.id.in_(own | said - set(connection.scalars(elsewhere))))
    return tuple(connection.scalars(chosen.where(mails.c.state != MailState.DELETED).order_by(mails.c.id)))


def originals(connection: Connection, ids: Collection[int]) -> tuple[Original, ...]:
    """These mails as the mailbox may still hold them."""
    places: dict[int, list[Place]] = {}
    lay = sightings.c.mail.in_(ids) & (sightings.c.uidvalidity > 0)
    for row in connection.execute(select(sightings).where(lay).order_by(sightings.c.id)):
        places.setdefault(row.mail, []).append(Place(row.folder, row.uidvalidity, row.uid))
    chosen = select(mails, mail_contents.c.mail.label("fetched")).outerjoin(mail_contents).where(mails.c.id.in_(ids))
    rows = connection.execute(chosen.order_by(mails.c.arrived, mails.c.id))
    return tuple(
        Original(r.checksum if r.fetched else "", r.size, r.arrived, tuple(places.get(r.id, ())))
        for r in rows
        if r.state != MailState.DELETED
    )


def message_ids(connection: Connection, ids: Collection[int]) -> tuple[str, ...]:
    """Of the letters among these that may lie in the folder of sent mail."""
    chosen = select(letters.c.message_id).where(letters.c.id.in_(ids), letters.c.transmitting.is_not(None))
    return tuple(connection.scalars(chosen.order_by(letters.c.id)))


def erase(connection: Connection, what: Extent, record: Deletion, now: datetime) -> None:
    """All rows of a subject; call it once the mailbox holds none of it. `record` is kept of a Case alone."""
    numbered = select(cases).where(cases.c.id.in_(what.cases), cases.c.sequence.is_not(None))
    others = [
        replace(
            record, subject=r.id, number=CaseNumber(r.year, r.sequence), arrived=r.arrived, handed_over=False, done=now
        )
        for r in connection.execute(numbered)
        if r.id != record.subject
    ]
    _erase_letters(connection, what)
    _erase_mails(connection, what)
    for part in PARTS:
        connection.execute(delete(part).where(part.c.case_id.in_(what.cases)))
    connection.execute(delete(cases).where(cases.c.id.in_(what.cases)))
    if what.cases:
        note(connection, [replace(record, done=now), *others])
    else:
        forget(connection, record.subject)


def _erase_letters(connection: Connection, what: Extent) -> None:
    """Those of no Case keep their row without a word, so that what went out once is not owed again.

    So does the newest of all: SQLite would give its number to the next one.
    """
    connection.execute(delete(letter_contents).where(letter_contents.c.letter.in_(what.letters)))
    theirs = letters.c.id.in_(what.letters)
    connection.execute(update(letters).where(theirs).values(told={}, address=""))
    newest = connection.scalar(select(func.max(letters.c.id)))
    connection.execute(delete(letters).where(theirs, letters.c.subject != OFFICE, letters.c.id != newest))


def _erase_mails(connection: Connection, what: Extent) -> None:
    """That a mail came, and what it was counted as, stays: the reconciliation of its month still adds up."""
    known = fates.of(connection, what.mails)
    connection.execute(delete(reactions).where(reactions.c.mail.in_(known)))
    for table in (mail_contents, sightings):
        connection.execute(delete(table).where(table.c.mail.in_(known)))
    for mail, fate in known.items():
        left = {"state": MailState.DELETED, "reason": fate.word, "checksum": f"{MailState.DELETED} {mail}", "size": 0}
        nobody = {"message_id": None, "message_id_hash": None, "sender_hash": None}
        connection.execute(update(mails).where(mails.c.id == mail).values(left | nobody))
