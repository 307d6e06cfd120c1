"""The repository of Cases: groups in, groups out; what changed is written, nothing is derived."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, Table, bindparam, delete, insert, select, update

from ingest.message import Address
from store import outbox
from store.case import (
    Assignment,
    Case,
    CaseNumber,
    Clock,
    Concern,
    Kind,
    Mark,
    Note,
    Reaction,
    Said,
    Source,
    Stage,
    State,
)
from store.database import ignoring
from store.keys import KeyRing
from store.tables import (
    assignments,
    cases,
    clocks,
    concerns,
    journal,
    marks,
    notes,
    numbers,
    reactions,
    stages,
)
from store.values import from_coding, from_form, from_suggestion, to_coding, to_form, to_suggestion

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # nothing to mistake for another: no 0/O, 1/I, U/V
ID_LENGTH = 4
IN_GROUP = 500


def _part(table: Table) -> Select[Any]:
    keys = (table.c.arrived, table.c.mail) if table is reactions else tuple(table.primary_key.columns)
    return select(table).where(table.c.case_id.in_(IDS)).order_by(*keys)


IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)
BY_ID = select(cases).where(cases.c.id.in_(IDS))
BY_NUMBER = select(cases).where(cases.c.year == bindparam("year"), cases.c.sequence == bindparam("sequence"))
ACKNOWLEDGED = update(reactions).where(reactions.c.mail == bindparam("of_mail")).values(acknowledged=bindparam("at"))
PARTS = {t.name: _part(t) for t in (reactions, concerns, assignments, clocks, stages, notes, marks)}
"""Every pass asks these again and again: made once, since to make one costs as much as to ask it."""


def fresh_ids(connection: Connection, count: int, choose: Callable[[str], str]) -> tuple[str, ...]:
    """Intake ids that no Case has or had. `choose` picks one character of a string at random."""
    found: dict[str, None] = {}
    while len(found) < count:
        some = {"E-" + "".join(choose(ALPHABET) for _ in range(ID_LENGTH)) for _ in range(count - len(found))}
        taken = set(connection.scalars(select(cases.c.id).where(cases.c.id.in_(some))))
        taken |= set(connection.scalars(select(journal.c.chain).where(journal.c.chain.in_(some))))
        found.update(dict.fromkeys(sorted(some - taken)))
    return tuple(found)


def open_intakes(connection: Connection, opened: Sequence[Case], keys: KeyRing) -> None:
    """Store new Cases with their first reactions."""
    if not opened:
        return
    connection.execute(insert(cases), [_case_row(c) for c in opened])
    rows = [_reaction_row(c.id, r, keys) for c in opened for r in c.reactions]
    connection.execute(insert(reactions), rows)


def add_reaction(connection: Connection, case_id: str, reaction: Reaction, keys: KeyRing) -> None:
    connection.execute(insert(reactions).values(_reaction_row(case_id, reaction, keys)))


def save(connection: Connection, before: Case, after: Case, keys: KeyRing) -> None:
    """Write what differs between the two."""
    if _case_row(before) != _case_row(after):
        connection.execute(update(cases).where(cases.c.id == after.id).values(_case_row(after)))
    known = {r.mail: r for r in before.reactions}
    for reaction in after.reactions:
        if known.get(reaction.mail) != reaction:
            row = _reaction_row(after.id, reaction, keys)
            connection.execute(update(reactions).where(reactions.c.mail == reaction.mail).values(row))
    if before.concerns != after.concerns:
        connection.execute(delete(concerns).where(concerns.c.case_id == after.id))
        _append(connection, concerns, after.id, after.concerns)
    _append(connection, assignments, after.id, after.assignments[len(before.assignments) :])
    _append(connection, clocks, after.id, after.clocks[len(before.clocks) :])
    if before.stages != after.stages:
        connection.execute(delete(stages).where(stages.c.case_id == after.id))
        _append(connection, stages, after.id, after.stages)
    _append(connection, notes, after.id, after.notes[len(before.notes) :])
    _append(connection, marks, after.id, after.marks[len(before.marks) :])


def join(connection: Connection, joined: Case, target: str) -> None:
    """Move the reactions of a joined intake to the Case it belongs to (`Folge:`)."""
    connection.execute(
        update(reactions).where(reactions.c.case_id == joined.id).values(case_id=target, kind=Kind.FOLLOW_UP)
    )


def number(connection: Connection, case: Case, year: int) -> Case:
    """The Case with the next number of the year, gapless because taken in the same transaction (GA 3.8)."""
    if case.number is not None:
        return case
    connection.execute(ignoring(connection, numbers).values(year=year, last=0))
    raised = update(numbers).where(numbers.c.year == year).values(last=numbers.c.last + 1).returning(numbers.c.last)
    sequence = connection.execute(raised).scalar_one()
    connection.execute(update(cases).where(cases.c.id == case.id).values(year=year, sequence=sequence))
    return replace(case, number=CaseNumber(year, sequence))


def load(connection: Connection, ids: Iterable[str]) -> dict[str, Case]:
    """Cases by id, whole, in nine queries a group. Unknown ids are left out."""
    wanted = sorted(set(ids))
    found: dict[str, Case] = {}
    for start in range(0, len(wanted), IN_GROUP):
        found |= _load(connection, connection.execute(BY_ID, {"ids": wanted[start : start + IN_GROUP]}).all())
    return found


def find(connection: Connection, key: str) -> Case | None:
    """One Case by intake id or number."""
    row = _row(connection, key)
    return _load(connection, [row])[row.id] if row else None


def standing_id(connection: Connection, key: str) -> str:
    """Id of the Case of this id or number, or of the one its reactions went to since (`Folge:`); "" if none."""
    row, seen = _row(connection, key), {""}
    while row and row.state == State.JOINED and row.joined_to not in seen:
        seen.add(row.joined_to)
        row = _row(connection, row.joined_to) or row
    return str(row.id) if row else ""


def acknowledged(connection: Connection, mail: int, at: datetime | None) -> None:
    """The acknowledgement went out, or (None) came back."""
    connection.execute(ACKNOWLEDGED, {"of_mail": mail, "at": at})


def _append(connection: Connection, table: Table, case_id: str, values: Sequence[Any]) -> None:
    names = [c.name for c in table.c if c.name not in ("id", "case_id")]
    if values:
        connection.execute(insert(table), [{"case_id": case_id} | {n: getattr(v, n) for n in names} for v in values])


def _case_row(case: Case) -> dict[str, Any]:
    plain = ("id", "state", "arrived", "outside", "joined_to", "remedy", "authority", "application", "answer_way")
    year, sequence = (case.number.year, case.number.sequence) if case.number else (None, None)
    return {name: getattr(case, name) for name in plain} | {"year": year, "sequence": sequence}


def _reaction_row(case_id: str, reaction: Reaction, keys: KeyRing) -> dict[str, Any]:
    plain = (
        "mail",
        "arrived",
        "kind",
        "source",
        "subject",
        "text",
        "new_text",
        "confirmed_by",
        "confirmed_at",
        "outside",
    )
    return {name: getattr(reaction, name) for name in plain} | {
        "case_id": case_id,
        "sender_hash": keys.address(reaction.sender.address) if reaction.sender.address else "",
        "text_hash": keys.address(" ".join(reaction.new_text.split())),
        "sender_name": reaction.sender.name,
        "sender_address": reaction.sender.address,
        "attachments": list(reaction.attachments),
        "hints": list(reaction.hints),
        "suggestion": from_suggestion(reaction.suggestion),
        "coding": from_coding(reaction.coding),
        "acknowledged": reaction.acknowledged,
        "brought_name": reaction.brought_by.name if reaction.brought_by else "",
        "brought_address": reaction.brought_by.address if reaction.brought_by else "",
        "form": from_form(reaction.form),
    }


def _row(connection: Connection, key: str) -> Row[Any] | None:
    wanted = CaseNumber.parse(key)
    if wanted:
        return connection.execute(BY_NUMBER, {"year": wanted.year, "sequence": wanted.sequence}).one_or_none()
    return connection.execute(BY_ID, {"ids": [key.strip().upper()]}).one_or_none()


def _load(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, Case]:
    ids = [row.id for row in rows]
    if not ids:
        return {}
    parts = {name: _grouped(connection, chosen, ids) for name, chosen in PARTS.items()}
    sent = defaultdict(list)
    for dispatch in outbox.dispatches(connection, ids):
        sent[dispatch.subject].append(dispatch)
    return {row.id: replace(_case(row, parts), dispatches=tuple(sent[row.id])) for row in rows}


def _grouped(connection: Connection, chosen: Select[Any], ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(chosen, {"ids": ids}):
        found[row.case_id].append(row)
    return found


def _case(row: Row[Any], parts: dict[str, dict[str, list[Row[Any]]]]) -> Case:
    def of(table: Table) -> list[Row[Any]]:
        return parts[table.name].get(row.id, [])

    return Case(
        id=row.id,
        number=CaseNumber(row.year, row.sequence) if row.sequence else None,
        state=State(row.state),
        arrived=row.arrived,
        reactions=tuple(_reaction(r) for r in of(reactions)),
        concerns=tuple(Concern(r.position, r.category) for r in of(concerns)),
        assignments=tuple(Assignment(r.unit, r.person, r.since, r.part) for r in of(assignments)),
        clocks=tuple(Clock(r.kind, r.day, r.set_at) for r in of(clocks)),
        stages=tuple(Stage(r.level, r.since, r.by, r.reason, r.outcome, r.ended) for r in of(stages)),
        notes=tuple(Note(r.at, r.by, r.text) for r in of(notes)),
        marks=tuple(_mark(r) for r in of(marks)),
        outside=row.outside,
        joined_to=row.joined_to,
        remedy=row.remedy,
        authority=row.authority,
        application=row.application,
        answer_way=row.answer_way,
    )


def _mark(row: Row[Any]) -> Mark:
    return Mark(Said(row.said), row.at, row.by, row.reaction, row.mail, row.day, row.about, row.text, row.of)


def _reaction(row: Row[Any]) -> Reaction:
    return Reaction(
        mail=row.mail,
        arrived=row.arrived,
        kind=Kind(row.kind),
        source=Source(row.source),
        sender=Address(row.sender_name, row.sender_address),
        subject=row.subject,
        text=row.text,
        new_text=row.new_text,
        attachments=tuple(row.attachments),
        suggestion=to_suggestion(row.suggestion),
        coding=to_coding(row.coding),
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        acknowledged=row.acknowledged,
        hints=tuple(row.hints),
        outside=row.outside,
        brought_by=Address(row.brought_name, row.brought_address) if row.brought_address else None,
        form=to_form(row.form),
    )
