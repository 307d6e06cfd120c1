"""The mailbox's side of a pass: raw mail in before anybody reads it, filed only after the decision is committed."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ingest.message import Place
from ingest.postbox import MailboxRefused, Move
from krm.bot import Bot, Session, Tally
from krm.planning import Event, plan_events
from store import mails, outbox
from store.case import OFFICE
from store.mails import Decision, MailState

log = logging.getLogger(__name__)


def take_in(bot: Bot, session: Session, withheld: set[Place]) -> tuple[Tally, bool]:
    """Fetch one group and store it raw (commit 1). True where more wait in the mailbox.

    A mail cannot have arrived later than now, whatever a server's clock says: it would be asked about only then.
    """

    def known(uidvalidity: int, _: Sequence[int]) -> frozenset[int]:
        with bot.database.transaction() as connection:
            stored = mails.known_uids(connection, bot.inbox, uidvalidity)
        return stored | {p.uid for p in withheld if p.uidvalidity == uidvalidity}

    fetched = session.fetch(known, bot.rhythm.group_mails, bot.rhythm.group_bytes)
    if fetched.withheld:
        log.warning("%d mails are not handed over by the server", len(fetched.withheld))
        withheld.update(fetched.withheld)
    with bot.database.transaction() as connection:
        now = bot.now()
        new = mails.take_in(connection, [replace(m, arrived=min(m.arrived, now)) for m in fetched.mails], now)
        _announce_too_big(connection, bot)
    return Tally(fetched=new, failed=len(fetched.withheld)), fetched.more


def _announce_too_big(connection: Connection, bot: Bot) -> None:
    """A mail over the limit is filed without download, and the officer is told."""
    found = mails.too_big(connection)
    told = [{"arrived": m.arrived.isoformat(), "size": m.size} for m in found]
    people = bot.office.officers()[:1]
    plan_events(
        connection,
        bot,
        [Event(OFFICE, "too_big", str(m.id), p, t) for m, t in zip(found, told, strict=True) for p in people],
    )
    decisions = [Decision(m.id, MailState.TOO_BIG, "size", bot.folders.too_big) for m in found]
    mails.decide(connection, decisions, bot.now())


def put_away(bot: Bot, session: Session) -> Tally:
    """File what is decided, copy what was sent; both are tried again at the next pass where the server refuses."""
    tally = Tally()
    while True:
        with bot.database.transaction() as connection:
            filings = mails.to_file(connection, bot.rhythm.group_mails)
            copies = outbox.to_copy(connection, bot.rhythm.group_mails)
        if not filings and not copies:
            return tally
        try:
            done = set(session.file([Move(f.place, f.folder) for f in filings])) if filings else set()
            if copies:
                session.append_sent([c.content or b"" for c in copies], bot.now())
        except MailboxRefused as refusal:
            log.warning("mail stays where it is: %s", refusal)
            return tally + Tally(failed=1)
        with bot.database.transaction() as connection:
            mails.filed(connection, filings, bot.now())
            outbox.copied(connection, [c.id for c in copies], bot.now())
        if len(done) < len(filings):
            log.info("%d mails lay elsewhere already", len(filings) - len(done))
