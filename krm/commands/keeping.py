"""What `krm retention` stands on: who may, which Cases, the mailbox to delete in, and how it is told."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from ingest.mailbox import Mailbox
from ingest.office import Office, Person, Role
from ingest.postbox import MailboxAway, MailboxRefused
from krm import filing, retaining, sealing, settings
from krm.assembly import clock
from krm.commands.common import Fault, Json, config, progress, say
from krm.commands.figures import NOTHING as NONE
from krm.commands.opening import Shelf, opened, telling
from krm.records import NotAllowed, allowed, os_user
from krm.retaining import Candidate, Keeper, Outcome
from krm.roles import role_of
from krm.tomlfile import SettingsError
from notify.composing import Enclosure
from notify.deadlines import local_day
from notify.retention import Periods, bound, due, until
from store import cases, journal
from store.case import Case, State
from store.retention import Deletion

MAY = frozenset({Role.OFFICER, Role.DEPUTY})
BY_HAND = "the mail server does not let these go; delete them there by hand,\nthen call krm retention delete once more:"
SPARED = "not deleted, since something binds it again: {}"
NOTHING = "nothing of what you asked for is deleted"
BEGUN = "what you decided is noted; the coming night finishes it, or krm retention delete called once more"
NOT_BEGUN = "{} is kept until {}"
JOINED = "{} went to {}: it is deleted with it"
SINGLY = ("Case", "class", "since", "kept until", "offered", "hold")
COLUMNS = (
    ("Aktenzeichen", "file"),
    ("Vorgang", "case"),
    ("Abgeschlossen", "since"),
    ("Aufbewahrt bis", "kept_until"),
    ("Angeboten", "offered"),
)


@contextmanager
def reading(person: str | None) -> Iterator[tuple[Shelf, Person]]:
    """The records, for somebody of the access list. Raises Fault."""
    with opened() as shelf:
        yield shelf, _allowed(shelf.office, person)


@contextmanager
def deciding(person: str | None) -> Iterator[tuple[Shelf, Person]]:
    """The records, for officer or deputy (GA 3.3). Raises Fault."""
    with reading(person) as (shelf, reader):
        _decides(shelf.office, reader)
        yield shelf, reader


@contextmanager
def keeping(person: str | None) -> Iterator[tuple[Keeper, Person]]:
    """Records and mailbox, for officer or deputy. Raises Fault."""
    try:
        chosen = settings.load(settings.find(config()))
    except SettingsError as fault:
        raise Fault(str(fault)) from fault
    reader = _allowed(chosen.office, person)
    _decides(chosen.office, reader)
    with (
        telling(),
        closing(sealing.database(chosen.database_url, chosen.keys, encryption=chosen.encryption)) as database,
    ):
        database.upgrade()
        yield Keeper(database, Mailbox(chosen.mailbox), chosen.office, chosen.retention.periods, clock), reader


def _allowed(office: Office, person: str | None) -> Person:
    try:
        return allowed(office, os_user(), person)
    except NotAllowed as fault:
        raise Fault(str(fault)) from fault


def _decides(office: Office, reader: Person) -> None:
    if role_of(office, reader) not in MAY:
        raise Fault("only officer and deputy decide what is kept (GA 3.3)")


def note(connection: Connection, shelf: Shelf, reader: Person, action: str, about: tuple[str, tuple[str, ...]]) -> None:
    """In the journal; `about` is a chain and references."""
    chain, refs = about
    role = role_of(shelf.office, reader)
    journal.write(connection, [journal.Entry(chain, clock(), role, action, reader.id, refs)])


def any_case(connection: Connection, key: str) -> Case:
    """By number or intake id, joined ones too. Raises Fault."""
    found = cases.find(connection, key)
    if found is None:
        raise Fault(f"there is no Case {key!r}")
    return found


def case_of(connection: Connection, key: str) -> Case:
    """By number or intake id. Raises Fault."""
    found = any_case(connection, key)
    if found.state is State.JOINED:
        raise Fault(JOINED.format(found.shown_id, found.joined_to))
    return found


def chosen(connection: Connection, keeper: Keeper, numbers: Sequence[str], kept_as: str | None) -> list[Candidate]:
    """What the officer's word is about. Raises Fault where one of the numbers may not be deleted: then none is."""
    today = local_day(keeper.now())
    if kept_as:
        found = retaining.ripe(connection, keeper.periods, today, (kept_as,))
        return [c for c in found if bound(c.fact, keeper.periods, today) is None]
    known = [case_of(connection, number) for number in dict.fromkeys(numbers)]
    facts, wanted = retaining.facts(connection, known), []
    for case in known:
        fact = facts[case.id]
        why = bound(fact, keeper.periods, today)
        if why or not due(fact, keeper.periods, today):
            raise Fault(why.reason if why else NOT_BEGUN.format(fact.shown, until(fact, keeper.periods)))
        wanted.append(Candidate(fact, case.arrived, case))
    return wanted


def finished(keeper: Keeper) -> Outcome:
    """Raises Fault where the mailbox is away; what was begun stays so."""
    try:
        return retaining.finish_all(keeper)
    except (MailboxAway, MailboxRefused) as fault:
        raise Fault(f"nothing is deleted yet, the mailbox cannot be used: {fault}\n{BEGUN}") from fault


def told(outcome: Outcome, wanted: Sequence[Candidate], as_json: bool) -> None:
    """Raises Fault where something must be deleted by hand, or nothing of what was asked for went."""
    remaining = [{"folder": r.folder, "uid": r.uid} for r in outcome.remaining]
    names = [d.subject for d in outcome.deleted]
    if as_json:
        say({"deleted": names, "spared": [d.subject for d in outcome.spared], "remaining": remaining})
    else:
        say(f"deleted: {len(names)}")
        for one in outcome.spared:
            say(SPARED.format(called(one)))
    if remaining:
        raise Fault("\n".join((BY_HAND, *(f"  {row['folder']}, UID {row['uid']}" for row in remaining))))
    if wanted and not {c.fact.subject for c in wanted} & set(names):
        raise Fault(NOTHING)


def case_row(one: Candidate, periods: Periods) -> Json:
    fact, last = one.fact, until(one.fact, periods)
    return {
        "case": fact.shown,
        "class": fact.kept_as,
        "since": fact.begun.isoformat() if fact.begun else None,
        "kept_until": last.isoformat() if last else None,
        "offered": fact.offered.isoformat() if fact.offered else None,
        "held": fact.held,
    }


def cells(row: Json) -> tuple[str, ...]:
    """A Case as a line of `SINGLY`'s table."""
    days = (row[name] or NONE for name in ("since", "kept_until", "offered"))
    return row["case"], row["class"], *days, "HELD" if row["held"] else ""


def record(d: Deletion) -> Json:
    return {
        "subject": d.subject,
        "case": str(d.number) if d.number else None,
        "class": d.kept_as,
        "since": d.since.isoformat(),
        "deleted": local_day(d.done).isoformat() if d.done else None,
        "by": d.by or None,
    }


def called(d: Deletion) -> str:
    return str(d.number) if d.number else d.subject


def write(out: Path, name: str, rows: Sequence[Json]) -> None:
    """A table that a spreadsheet opens. Raises Fault."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(title for title, _ in COLUMNS)
    lines.writerows([row[key] for _, key in COLUMNS] for row in rows)
    try:
        for path in filing.put(out, [Enclosure(name, "text/csv", text.getvalue().encode("utf-8-sig"))]):
            progress(str(path))
    except OSError as fault:
        raise Fault(f"{out}: {fault.strerror}") from fault
