"""Which of our letters a bounce brings back: many say so only in the returned letter's own Message-ID."""

import re

from sqlalchemy import Connection

from krm.bot import Bot
from notify.deadlines import local_day
from store import outbox
from store.keys import tokens_in
from store.outbox import Outgoing
from store.relating import NEAREST

ACTION = re.compile(rb"^action:[ \t]{0,9}(\w{1,20})", re.IGNORECASE | re.MULTILINE)  # RFC 3464 2.3.3


def brought_back(connection: Connection, bot: Bot, bounce: bytes) -> tuple[Outgoing, ...]:
    """The letter that a bounce brings back, found by its Message-ID; none where it is merely delayed."""
    actions = {word.lower() for word in ACTION.findall(bounce)}
    if actions and b"failed" not in actions:
        return ()
    ours = re.compile(rb"\.[a-z2-7]{20}@" + re.escape(bot.domain.encode()), re.IGNORECASE)
    tokens = tokens_in(tuple(found.decode("ascii") for found in ours.findall(bounce)[:NEAREST]))
    today = local_day(bot.now())
    known = [x for x in outbox.by_tokens(connection, tokens) if bot.keys.proves(x.token, x.bound, x.key_id, today)]
    return tuple(x for x in known[:1] if x.duty != "undelivered")
