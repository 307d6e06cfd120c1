"""The mailbox's side of a pass: raw mail in before anybody reads it, filed only after the decision is committed."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from ingest.message import Place
from ingest.postbox import MailboxRefused, Move
from krm.bot import Bot, Session, Tally
from krm.planning import Event, plan_events
from store import conditions, mails, outbox
from store.case import OFFICE
from store.mails import Decision, Filing, MailState

log = logging.getLogger(__name__)


def take_in(bot: Bot, session: Session, withheld: set[Place]) -> tuple[Tally, bool]:
    """Fetch one group and store it raw (commit 1). True where more wait in the mailbox.

    A mail cannot have arrived later than now, whatever a server's clock says: it would be asked about only then.
    """

    def known(uidvalidity: int, present: Sequence[int]) -> frozenset[int]:
        with bot.database.transaction() as connection:
            stored = mails.known_uids(connection, bot.inbox, uidvalidity, present)
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
    """File what is decided, copy what was sent; where the server refuses, both are tried again at the next pass."""
    return _file(bot, session) + _copy(bot, session)


def _file(bot: Bot, session: Session) -> Tally:
    """Folder by folder: one that refuses (full, rights) keeps its own mails waiting and no others."""
    tally, refused = Tally(), set[str]()
    while True:
        with bot.database.transaction() as connection:
            filings = mails.to_file(connection, bot.rhythm.group_mails, refused)
        if not filings:
            return tally
        for folder, group in groupby(sorted(filings, key=attrgetter("folder")), key=attrgetter("folder")):
            try:
                _file_into(bot, session, list(group))
            except MailboxRefused as refusal:
                log.warning("mail stays where it is: %s", refusal)
                refused.add(folder)
                tally["failed"] += 1


def _file_into(bot: Bot, session: Session, filings: Sequence[Filing]) -> None:
    settled = set(session.file([Move(f.place, f.folder) for f in filings]))
    anew = [f for f in filings if f.place not in settled]
    with bot.database.transaction() as connection:
        mails.filed(connection, [f for f in filings if f.place in settled], bot.now())
        mails.numbered_anew(connection, anew, bot.now())
    if anew:
        log.info("%d mails lie there under other numbers", len(anew))


def _copy(bot: Bot, session: Session) -> Tally:
    """Where an earlier attempt was cut off, the folder of sent mail is asked first what it has."""
    while True:
        with bot.database.transaction() as connection:
            copies = outbox.to_copy(connection, bot.rhythm.group_mails)
            if not copies:
                return Tally()
            cut_off = conditions.get(connection, conditions.COPYING)
            conditions.begin(connection, conditions.COPYING, bot.now())
        try:
            there = session.kept([c.message_id for c in copies]) if cut_off else frozenset()
            if missing := [c.content or b"" for c in copies if c.message_id not in there]:
                session.append_sent(missing, bot.now())
        except MailboxRefused as refusal:
            log.warning("sent mail is not copied: %s", refusal)
            return Tally(failed=1)
        with bot.database.transaction() as connection:
            outbox.copied(connection, [c.id for c in copies], bot.now())
            conditions.end(connection, conditions.COPYING)
