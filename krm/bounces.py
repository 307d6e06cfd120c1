"""Which of our letters a bounce brings back: many say so only in the returned letter's own Message-ID."""

import re

from sqlalchemy import Connection

from ingest import bounces
from ingest.bounces import Bounce
from krm.bot import Bot
from notify.deadlines import local_day
from store import outbox
from store.keys import tokens_in
from store.outbox import Outgoing
from store.relating import NEAREST


def brought_back(connection: Connection, bot: Bot, bounce: bytes) -> tuple[Outgoing, Bounce] | None:
    """The letter that a bounce brings back, found by its Message-ID, and why; None where it is merely delayed."""
    found = bounces.read(bounce)
    if found is None:
        return None
    ours = re.compile(rb"\.[a-z2-7]{20}@" + re.escape(bot.domain.encode()), re.IGNORECASE)
    named = ours.findall("\n".join(found.message_ids).encode())
    tokens = tokens_in(tuple(each.decode("ascii") for each in (*named, *ours.findall(bounce))[:NEAREST]))
    today = local_day(bot.now())
    known = (x for x in outbox.by_tokens(connection, tokens) if bot.keys.proves(x.token, x.bound, x.key_id, today))
    letter = next(known, None)
    return (letter, found) if letter else None
