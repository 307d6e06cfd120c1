"""Builds the bot from Settings: the one place where parts meet."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from classify import anlage3
from classify.model import Model
from classify.suggest import suggest
from ingest.mailbox import Mailbox
from krm.bot import Bot
from krm.settings import Settings
from notify.deadlines import BERLIN
from notify.sending import Sender
from notify.telling import Teller
from store.database import Database


def assemble(settings: Settings, model: Model | None, now: Callable[[], datetime] | None = None) -> Bot:
    """The bot on its real servers; `now` only for drills."""
    taxonomy = anlage3.shipped()
    office, rhythm = settings.office, settings.rhythm
    return Bot(
        database=Database(settings.database_url),
        mailbox=Mailbox(settings.mailbox),
        post=Sender(settings.smtp),
        office=office,
        taxonomy=taxonomy,
        teller=Teller(office, taxonomy, settings.workdays, rhythm.acknowledge_unasked),
        keys=settings.keys,
        trust=settings.trust,
        folders=settings.mailbox.folders,
        suggest=partial(suggest, model=model, taxonomy=taxonomy, office=office),
        now=now or clock,
        choose=secrets.choice,
        rhythm=rhythm,
        inbox=settings.mailbox.inbox,
    )


def clock() -> datetime:
    """The time in the office."""
    return datetime.now(BERLIN)
