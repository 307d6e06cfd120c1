"""What the command line shows of Cases, to people of the access list only (GA 3.3); every reading is in the journal."""

import os
import pwd
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from classify.anlage3 import shipped
from ingest.office import Office, Person
from krm import dossier
from krm.assembly import clock
from krm.roles import role_of
from notify.case_file import Kept
from notify.deadlines import calculation
from notify.telling import Teller
from notify.workdays import Workdays
from store import cases, journal, outbox, which
from store.case import OFFICE, Case, Reaction
from store.database import Database
from store.values import from_coding, from_suggestion

Json = dict[str, Any]


GROUP = 500
"""Cases loaded together."""


class NotAllowed(Exception):  # noqa: N818
    """This user of the operating system may not read, or not as that person."""


class Reader:
    """Somebody reading on the command line. Raises NotAllowed for who is not on the access list."""

    def __init__(self, office: Office, workdays: Workdays, database: Database, person: str | None) -> None:
        self.office, self._database = office, database
        self.person = allowed(office, os_user(), person)
        self.teller = Teller(office, shipped(), workdays)

    def all(self, *, only_open: bool) -> Iterator[Case]:
        """All Cases, oldest first; the look is noted once, in the office's own chain: a list shows no content."""
        with self._database.transaction() as connection:
            ids = which.all_ids(connection, only_open=only_open)
            self._note(connection, OFFICE, "cases-read", "open" if only_open else "all")
        for start in range(0, len(ids), GROUP):
            group = ids[start : start + GROUP]
            with self._database.transaction() as connection:
                found = cases.load(connection, group)
            yield from (found[i] for i in group if i in found)

    def one(self, key: str) -> Case | None:
        """One Case with its content; the reading is noted."""
        with self._database.transaction() as connection:
            case = cases.find(connection, key)
            if case:
                self._note(connection, case.id, "read")
        return case

    def _note(self, connection: Connection, chain: str, action: str, *refs: str) -> None:
        role = role_of(self.office, self.person)
        journal.write(connection, [journal.Entry(chain, clock(), role, action, self.person.id, refs)])

    def kept(self, case: Case) -> Kept:
        """What is kept beside the Case, the originals of its mails too."""
        with self._database.transaction() as connection:
            return dossier.kept(connection, case, self.office)

    def entries(self, case: Case) -> list[Json]:
        with self._database.transaction() as connection:
            found = journal.read(connection, case.id)
        return [
            {"at": e.at.isoformat(), "role": e.role.value, "person": e.person, "action": e.action, "refs": list(e.refs)}
            for e in found
        ]

    def letters(self, case: Case) -> list[Json]:
        with self._database.transaction() as connection:
            found = outbox.of_subject(connection, case.id)
        return [
            {
                "id": x.id,
                "duty": x.duty,
                "recipient": x.recipient,
                "state": x.state.value,
                "at": x.settled.isoformat() if x.settled else None,
                "message_id": x.message_id,
            }
            for x in found
        ]


def os_user() -> str:
    """Whose process this is, as the system knows it: never what the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def allowed(office: Office, user: str, wanted: str | None) -> Person:
    """Who this user of the operating system is, or is as `wanted`. Raises NotAllowed."""
    persons = [a.person for a in office.access if a.user == user and wanted in (None, a.person)]
    person = office.person(persons[0]) if persons else None
    if person is None:
        raise NotAllowed(f"the OS user {user!r} may not act as {wanted or 'anybody'}: see [[org.access]] in krm.toml")
    return person


def case_row(case: Case, teller: Teller) -> Json:
    """A line of `krm cases`: ids and dates, no content."""
    reaction = case.reactions[0] if case.reactions else None
    judged = reaction.coding or reaction.suggestion if reaction else None
    return {
        "id": case.id,
        "number": str(case.number) if case.number else None,
        "state": case.state.value,
        "arrived": case.arrived.isoformat(),
        "art": judged.type if judged else None,
        "confirmed": bool(reaction and reaction.coding),
        "acknowledged": reaction.acknowledged.isoformat() if reaction and reaction.acknowledged else None,
        "acknowledge_by": teller.days(reaction).acknowledge_by.isoformat() if reaction else None,
        "target": teller.days(reaction).target.isoformat() if reaction else None,
    }


def case_whole(case: Case, reader: Reader) -> Json:
    """`krm case`. `suggestion` and `confirmation` are those of the reaction that opened the Case."""
    first = case.reactions[0] if case.reactions else None
    return {
        **case_row(case, reader.teller),
        "facts": _facts(case),
        "reactions": [_reaction(r) for r in case.reactions],
        "suggestion": from_suggestion(first.suggestion) if first else None,
        "confirmation": from_coding(first.coding) if first else None,
        "deadlines": _deadlines(case, reader.teller),
        "letters": reader.letters(case),
        "journal": reader.entries(case),
    }


def _facts(case: Case) -> Json:
    return {
        "concerns": [c.category for c in case.concerns],
        "assignments": [{"unit": a.unit, "person": a.person, "since": a.since.isoformat()} for a in case.assignments],
        "stages": [{"level": s.level, "since": s.since.isoformat(), "by": s.by} for s in case.stages],
        "promised": [{"kind": c.kind, "day": c.day.isoformat()} for c in case.clocks],
        "notes": [{"at": n.at.isoformat(), "by": n.by, "text": n.text} for n in case.notes],
        "outside": case.outside,
        "joined_to": case.joined_to,
    }


def _deadlines(case: Case, teller: Teller) -> Json:
    if not case.reactions:
        return {}
    days = teller.days(case.reactions[0])
    names = ("acknowledge_by", "day14", "target", "latest")
    return {n: getattr(days, n).isoformat() for n in names} | {"calculation": list(calculation(days))}


def _reaction(r: Reaction) -> Json:
    return {
        "mail": r.mail,
        "kind": r.kind.value,
        "arrived": r.arrived.isoformat(),
        "from": str(r.sender),
        "postal_address": list(r.form.content.postal) or None if r.form else None,
        "subject": r.subject,
        "text": r.text,
        "attachments": list(r.attachments),
        "suggestion": from_suggestion(r.suggestion),
        "confirmation": from_coding(r.coding),
        "confirmed_by": r.confirmed_by or None,
        "confirmed_at": r.confirmed_at.isoformat() if r.confirmed_at else None,
        "acknowledged": r.acknowledged.isoformat() if r.acknowledged else None,
        "hints": list(r.hints),
    }
