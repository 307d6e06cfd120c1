"""The repository of Cases: groups in, groups out; what changed is written, nothing is derived."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
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
    letters,
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


def all_ids(connection: Connection, *, only_open: bool) -> tuple[str, ...]:
    chosen = select(cases.c.id).order_by(cases.c.arrived, cases.c.id)
    return tuple(connection.scalars(chosen.where(cases.c.state == State.OPEN) if only_open else chosen))


def arrived_ids(connection: Connection, since: datetime, before: datetime) -> tuple[str, ...]:
    """Cases that arrived in this time, oldest first."""
    chosen = select(cases.c.id).where(cases.c.arrived >= since, cases.c.arrived < before)
    return tuple(connection.scalars(chosen.order_by(cases.c.arrived, cases.c.id)))


def undecided_ids(connection: Connection, before: datetime | None = None) -> tuple[str, ...]:
    """Open Cases with a reaction nobody confirmed, if it arrived before that moment: what time brings duties to."""
    waiting = (cases.c.state == State.OPEN) & reactions.c.confirmed_at.is_(None) & (reactions.c.kind != Kind.DUPLICATE)
    if before is not None:
        waiting &= reactions.c.arrived < before
    chosen = select(cases.c.id).join(reactions, reactions.c.case_id == cases.c.id).where(waiting)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def handled_ids(connection: Connection) -> tuple[str, ...]:
    """Open Cases of which something is recorded: time brings reminders, interim notices and escalation to them."""
    recorded = (cases.c.state == State.OPEN) & reactions.c.confirmed_at.is_not(None)
    chosen = select(cases.c.id).join(reactions, reactions.c.case_id == cases.c.id).where(recorded)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def lingering_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Closed Cases in which a letter to the citizen was released or taken back since then: one may be due yet."""
    letter = marks.c.said.in_((Said.RELEASED, Said.TAKEN_BACK)) & (marks.c.at >= since)
    chosen = select(cases.c.id).join(marks, marks.c.case_id == cases.c.id).where(cases.c.state == State.CLOSED, letter)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def recorded_in(connection: Connection, year: int) -> tuple[tuple[str, str], ...]:
    """(unit, type) of every Case with a number of this year that is recorded; the coding is read, not searched."""
    chosen = select(reactions.c.coding).join(cases, cases.c.id == reactions.c.case_id)
    numbered = (cases.c.year == year) & (reactions.c.kind == Kind.FIRST) & reactions.c.confirmed_at.is_not(None)
    codings = (to_coding(value) for value in connection.scalars(chosen.where(numbered)))
    return tuple((coding.unit, coding.type) for coding in codings if coding)


def handed_over_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Cases of which something went to another office since then."""
    chosen = select(letters.c.subject).where(letters.c.duty == "hand_over", letters.c.settled >= since)
    return tuple(connection.scalars(chosen.distinct().order_by(letters.c.subject)))


def alarmed_ids(connection: Connection, since: datetime) -> tuple[str, ...]:
    """Cases of which an alarm was planned since then: it is given again until somebody answers it."""
    chosen = select(letters.c.subject).where(letters.c.duty == "alert", letters.c.planned >= since)
    return tuple(connection.scalars(chosen.distinct().order_by(letters.c.subject)))


def handled_by(connection: Connection, person: str) -> tuple[str, ...]:
    """Open Cases that this person was ever assigned to."""
    held = (cases.c.state == State.OPEN) & (assignments.c.person == person)
    chosen = select(cases.c.id).join(assignments, assignments.c.case_id == cases.c.id).where(held)
    return tuple(connection.scalars(chosen.distinct().order_by(cases.c.id)))


def acknowledged(connection: Connection, mail: int, at: datetime | None) -> None:
    """The acknowledgement went out, or (None) came back."""
    connection.execute(ACKNOWLEDGED, {"of_mail": mail, "at": at})


def senders(connection: Connection, case_id: str) -> frozenset[str]:
    """Look-up hashes of everybody who wrote in this Case."""
    return frozenset(connection.scalars(select(reactions.c.sender_hash).where(reactions.c.case_id == case_id)))


def last_units(connection: Connection, senders: Collection[str]) -> dict[str, str]:
    """Look-up hash of a citizen -> the unit of their latest recorded reaction."""
    if not senders:
        return {}
    chosen = select(reactions.c.sender_hash, reactions.c.coding).where(reactions.c.sender_hash.in_(sorted(senders)))
    rows = connection.execute(chosen.where(reactions.c.confirmed_at.is_not(None)).order_by(reactions.c.arrived))
    codings = ((row.sender_hash, to_coding(row.coding)) for row in rows)
    return {sender: coding.unit for sender, coding in codings if coding and coding.unit}


def open_of_senders(connection: Connection, senders: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By look-up hash: ids of the open Cases in which they wrote, newest first. Devices of the house write nothing."""
    chosen = select(reactions.c.sender_hash, reactions.c.case_id).join(cases, cases.c.id == reactions.c.case_id)
    theirs = (cases.c.state == State.OPEN) & (reactions.c.source != Source.MACHINE) & (reactions.c.sender_hash != "")
    theirs &= reactions.c.sender_hash.in_(senders)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(chosen.where(theirs).order_by(cases.c.arrived.desc(), cases.c.id)):
        found[row.sender_hash][row.case_id] = None
    return {sender: tuple(ids) for sender, ids in found.items()}


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
    return Mark(Said(row.said), row.at, row.by, row.reaction, row.mail, row.day, row.about, row.text)


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
