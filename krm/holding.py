"""The loop guard: letters to an address that has had enough of them wait, and the officer sees which."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from krm.bot import Bot
from krm.listing import may_see
from notify.duties import ACKNOWLEDGEMENT
from notify.loop_guard import A_DAY, Went, must_wait
from notify.phrases import LETTER_NAMES
from notify.pieces import Item, Section
from store import cases, lately
from store.case import CITIZEN
from store.outbox import Outgoing

TITLE = "Zurückgehaltene Schreiben"
HINT = (
    "An diese Adressen gingen in kurzer Zeit viele Schreiben. Vielleicht antwortet dort ein Programm. "
    "Deshalb gehen diese Schreiben später hinaus."
)


def too_many(connection: Connection, bot: Bot, ready: Sequence[Outgoing]) -> frozenset[int]:
    """Ids of the letters not written yet that must wait. People of the office are never limited."""
    outside = [x for x in ready if _is_new(x) and not _of_the_house(bot, x.address)]
    if not outside:
        return frozenset()
    now = bot.now()
    went: dict[str, list[Went]] = defaultdict(list)
    for gone in lately.gone(connection, {bot.keys.address(x.address) for x in outside}, now - A_DAY):
        # nothing but an acknowledgement goes out without a person's word (conversation.md, Rhythm)
        asked = gone.duty != ACKNOWLEDGEMENT.name or (gone.confirmed is not None and gone.confirmed <= gone.at)
        went[gone.address].append(Went(gone.at, not asked))
    confirmed = lately.confirmations(connection, [x.occurrence for x in outside])
    held = set()
    for letter in outside:
        unasked = letter.duty == ACKNOWLEDGEMENT.name and letter.occurrence not in confirmed
        if must_wait(went[letter.address], unasked, now):
            held.add(letter.id)
        else:
            went[letter.address].append(Went(now, unasked))
    return frozenset(held)


def held_back(connection: Connection, bot: Bot, reader: str) -> Section:
    """For the digest of this person."""
    waiting = lately.held_back(connection)
    known = cases.load(connection, {w.subject for w in waiting})
    seen = [(known[w.subject], w) for w in waiting if w.subject in known and may_see(bot, known[w.subject], reader)]
    return Section(TITLE, HINT, tuple(Item(c.shown_id, w.planned, LETTER_NAMES[w.duty]) for c, w in seen))


def _is_new(letter: Outgoing) -> bool:
    return letter.recipient == CITIZEN and letter.content is None


def _of_the_house(bot: Bot, address: str) -> bool:
    return bot.office.person(address) is not None or address.rpartition("@")[2].lower() in bot.office.domains
