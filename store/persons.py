"""Where people stand in what is stored: names and addresses are sealed, so rows are gone through, a few at a time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from classify.contact_form import ContactForm
from ingest.message import Address
from ingest.office import Role
from store.case import OFFICE, Case, Delivery, Source
from store.journal import Entry
from store.mails import MailState
from store.relating import CARRIED_OUT
from store.tables import cases, holds, journal, letter_contents, letters, mails, reactions
from store.values import to_form

MANY, FEW = {"yield_per": 200}, {"yield_per": 5}
"""Rows that are held at once: without and with the bytes of a letter."""
THERE = mails.c.state != MailState.DELETED


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a reaction names: who wrote it, also as its contact form has them, and the colleague who brought it.

    `writer` is the look-up hash, "" without an address; `where` are town and telephone on the form.
    """

    mail: int
    case: str
    arrived: datetime
    writer: str
    sender: Address
    form_name: str
    brought_by: Address
    where: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """The text of a reaction that a device of the house brought; who wrote it stands on its form or in there alone."""

    mail: int
    case: str
    arrived: datetime
    text: str
    form: ContactForm | None


@dataclass(frozen=True, slots=True)
class Hold:
    """A word that a Case must not be deleted; `released_by` is "" while it holds."""

    since: datetime
    by: str
    reason: str
    released: datetime | None
    released_by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter with its bytes."""

    id: int
    duty: str
    recipient: str
    state: Delivery
    settled: datetime | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Stray:
    """A mail that is no reaction and no reply that was carried out. `writer` is "" where its sender was never read.

    `listed`: when it stood in a digest.
    """

    mail: int
    arrived: datetime
    decided: datetime | None
    listed: datetime | None
    state: MailState
    rule: str
    writer: str


def whereabouts(form: ContactForm) -> str:
    """What tells callers of one name apart; "" where nothing does."""
    return f"{form.town} {form.phone}".casefold().strip()


def named(connection: Connection) -> Iterator[Named]:
    """Of every reaction but those of devices."""
    names = ("mail", "case_id", "arrived", "sender_hash", "sender_name", "sender_address", "form")
    columns = [reactions.c[n] for n in (*names, "brought_name", "brought_address")]
    chosen = select(*columns).where(reactions.c.source != Source.MACHINE).order_by(reactions.c.mail)
    for row in connection.execute(chosen, execution_options=MANY):
        form = to_form(row.form)
        yield Named(
            row.mail,
            row.case_id,
            row.arrived,
            row.sender_hash,
            Address(row.sender_name, row.sender_address),
            form.content.name if form else "",
            Address(row.brought_name, row.brought_address),
            whereabouts(form.content) if form else "",
        )


def passed(connection: Connection) -> Iterator[Passed]:
    """What web forms and scanners brought."""
    columns = [reactions.c[n] for n in ("mail", "case_id", "arrived", "text", "form")]
    chosen = select(*columns).where(reactions.c.source == Source.MACHINE).order_by(reactions.c.mail)
    for row in connection.execute(chosen, execution_options=MANY):
        form = to_form(row.form)
        yield Passed(row.mail, row.case_id, row.arrived, row.text, form.content if form else None)


def strays(connection: Connection) -> Iterator[Stray]:
    """In the order of their arrival, but those that were deleted."""
    columns = [mails.c[n] for n in ("id", "arrived", "decided", "in_digest", "state", "reason", "sender_hash")]
    chosen = select(*columns).outerjoin(reactions, reactions.c.mail == mails.c.id)
    chosen = chosen.where(reactions.c.mail.is_(None), mails.c.reason != CARRIED_OUT, THERE).order_by(mails.c.id)
    for row in connection.execute(chosen, execution_options=MANY):
        state = MailState(row.state)
        yield Stray(row.id, row.arrived, row.decided, row.in_digest, state, row.reason, row.sender_hash or "")


def checksums(connection: Connection, ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """By mail that is still there: SHA-256 and size in bytes of what came."""
    chosen = select(mails.c.id, mails.c.checksum, mails.c.size).where(mails.c.id.in_(ids), THERE)
    return {row.id: (row.checksum, row.size) for row in connection.execute(chosen)}


def replies(connection: Connection, ids: Collection[int]) -> tuple[int, ...]:
    """Those of these mails that are replies of the house, by id."""
    ours = mails.c.id.in_(ids) & (mails.c.reason == CARRIED_OUT)
    return tuple(connection.scalars(select(mails.c.id).where(ours, THERE).order_by(mails.c.id)))


def office_letters(connection: Connection) -> Iterator[Kept]:
    """What was written and belongs to no Case: digests and the like."""
    columns = [letters.c[n] for n in ("id", "duty", "recipient", "state", "settled")]
    chosen = select(*columns, letter_contents.c.content).join(letter_contents, letter_contents.c.letter == letters.c.id)
    chosen = chosen.where(letters.c.subject == OFFICE).order_by(letters.c.id)
    for row in connection.execute(chosen, execution_options=FEW):
        yield Kept(row.id, row.duty, row.recipient, Delivery(row.state), row.settled, row.content)


def entries(connection: Connection, refs: Collection[str]) -> tuple[Entry, ...]:
    """What the office's own chain of the journal says with one of these references."""
    chosen = select(journal).where(journal.c.chain == OFFICE).order_by(journal.c.position)
    rows = connection.execute(chosen, execution_options=MANY)
    return tuple(
        Entry(row.chain, row.at, Role(row.role), row.action, row.person, tuple(row.refs.split()))
        for row in rows
        if not set(row.refs.split()).isdisjoint(refs)
    )


def joined_to(connection: Connection, case: Case) -> tuple[str, ...]:
    """Ids of the intakes whose reactions went into this Case."""
    went = cases.c.joined_to.in_((case.id, case.shown_id))
    return tuple(connection.scalars(select(cases.c.id).where(went).order_by(cases.c.arrived, cases.c.id)))


def holds_of(connection: Connection, case_id: str) -> tuple[Hold, ...]:
    """Who forbade to delete the Case, oldest first."""
    rows = connection.execute(select(holds).where(holds.c.case_id == case_id).order_by(holds.c.id))
    return tuple(Hold(r.since, r.by, r.reason, r.released, r.released_by) for r in rows)


def chain_of(connection: Connection, mail: int) -> str:
    """The Case whose journal names this mail; "" where none does."""
    ref = f"mail:{mail}"
    named = journal.c.refs.contains(ref, autoescape=True) & (journal.c.chain != OFFICE)
    rows = connection.execute(select(journal.c.chain, journal.c.refs).where(named).order_by(journal.c.id))
    return next((str(row.chain) for row in rows if ref in row.refs.split()), "")
