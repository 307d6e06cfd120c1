"""Builds the bot from Settings: the one place where parts meet."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from classify import anlage3
from ingest.authenticity import Signature, Trust
from ingest.documents import scans
from ingest.mailbox import Mailbox
from krm import sealing
from krm.bot import Bot, unsigned
from krm.judge import Judge
from krm.settings import Settings
from krm.stock import Stock
from notify.deadlines import BERLIN
from notify.sending import Sender
from notify.telling import Teller


def assemble(settings: Settings, stock: Stock, now: Callable[[], datetime] | None = None) -> Bot:
    """The bot on its real servers; `now` only for drills. It loads its model when it looks for it first."""
    taxonomy = anlage3.shipped()
    office, rhythm = settings.office, settings.rhythm
    database = sealing.database(settings.database_url, settings.keys, encryption=settings.encryption)
    judge = Judge(database, stock, taxonomy, office)
    return Bot(
        database=database,
        mailbox=Mailbox(settings.mailbox),
        post=Sender(settings.smtp),
        office=office,
        taxonomy=taxonomy,
        teller=Teller(office, taxonomy, settings.workdays, rhythm.acknowledge_unasked),
        keys=settings.keys,
        trust=settings.trust,
        folders=settings.mailbox.folders,
        suggest=judge,
        now=now or clock,
        choose=secrets.choice,
        rhythm=rhythm,
        inbox=settings.mailbox.inbox,
        look_again=judge.look_again,
        signature=_signature(settings.trust),
        filing=settings.filing,
        retention=settings.retention,
        ocr=scans.reader(),
    )


def _signature(trust: Trust) -> Callable[[bytes, str, datetime], Signature]:
    if not trust.by_signature:
        return unsigned
    from ingest import domainkeys, nameserver  # noqa: PLC0415 - dnspython takes a fifth of a second to load

    return partial(domainkeys.signature, resolve=nameserver.Nameserver().txt)


def clock() -> datetime:
    """The time in the office."""
    return datetime.now(BERLIN)
