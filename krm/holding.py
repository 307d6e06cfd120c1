"""The loop guard: letters to an address that has had enough of them wait or are left out; the officer sees which."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from ingest.authenticity import shown_label
from ingest.message import spelled
from krm.bot import Bot
from krm.listing import may_see
from notify.duties import ACKNOWLEDGEMENT
from notify.loop_guard import A_DAY, Went, must_wait
from notify.phrases import LETTER_NAMES
from notify.pieces import Item, Section
from store import cases, lately
from store.case import CITIZEN, OFFICE
from store.outbox import Outgoing

TITLE = "Zurückgehaltene Schreiben"
HINT = (
    "An diese Adressen gingen in kurzer Zeit viele Schreiben. Vielleicht antwortet dort ein Programm. "
    "Deshalb gehen diese Schreiben später hinaus."
)
UNANSWERED = "Nicht mehr beantwortet"
UNANSWERED_HINT = (
    "Hier kamen in einer Stunde mehrere Nachrichten, in denen keine gültige Anweisung stand. Vielleicht antwortet dort "
    "ein Programm. Weitere Schreiben gingen deshalb nicht hinaus. Die Nachrichten liegen im Ordner „{}“."
)
LEFT_OUT = "{}{}, {}-mal nicht gesendet"


def too_many(connection: Connection, bot: Bot, ready: Sequence[Outgoing]) -> frozenset[int]:
    """Ids of the letters not written yet that must wait. People of the office are never limited."""
    outside = [x for x in ready if _is_new(x) and not _of_the_house(bot, x.address)]
    if not outside:
        return frozenset()
    now = bot.now()
    went: dict[str, list[Went]] = defaultdict(list)
    senders = {bot.keys.address(each) for x in outside for each in _spellings(x.address)}
    for gone in lately.gone(connection, senders, now - A_DAY):
        # nothing but an acknowledgement goes out without a person's word (conversation.md, Rhythm)
        asked = gone.duty != ACKNOWLEDGEMENT.name or (gone.confirmed is not None and gone.confirmed <= gone.at)
        went[spelled(gone.address)].append(Went(gone.at, not asked))
    confirmed = lately.confirmations(connection, [x.occurrence for x in outside])
    held = set()
    for letter in outside:
        unasked = letter.duty == ACKNOWLEDGEMENT.name and letter.occurrence not in confirmed
        if must_wait(went[spelled(letter.address)], unasked, now):
            held.add(letter.id)
        else:
            went[spelled(letter.address)].append(Went(now, unasked))
    return frozenset(held)


def held_back(connection: Connection, bot: Bot, reader: str) -> Section:
    """For the digest of this person."""
    waiting = lately.held_back(connection)
    known = cases.load(connection, {w.subject for w in waiting})
    seen = [(known[w.subject], w) for w in waiting if w.subject in known and may_see(bot, known[w.subject], reader)]
    return Section(TITLE, HINT, tuple(Item(c.shown_id, w.planned, LETTER_NAMES[w.duty]) for c, w in seen))


def unanswered(connection: Connection, bot: Bot, reader: str, since: datetime, until: datetime) -> Section:
    """For the digest of this person: what was not answered any more between two mornings, a line a Case and reader."""
    found = lately.left_out(connection, since, until)
    known = cases.load(connection, {x.subject for x in found if x.subject != OFFICE})
    times = Counter(replace(x, at=until) for x in found)
    last = {replace(x, at=until): x.at for x in found}
    items = []
    for x, count in times.items():
        case, to = known.get(x.subject), bot.office.person(x.recipient)
        if x.subject == OFFICE or (case and may_see(bot, case, reader)):
            what = LEFT_OUT.format(LETTER_NAMES[x.duty], f" ({to.name})" if to else "", count)
            items.append(Item(case.shown_id if case else "KRM", last[x], what))
    return Section(UNANSWERED, UNANSWERED_HINT.format(bot.folders.done), tuple(items), "Zuletzt")


def _is_new(letter: Outgoing) -> bool:
    return letter.recipient == CITIZEN and letter.content is None


def _of_the_house(bot: Bot, address: str) -> bool:
    return bot.office.person(address) is not None or address.rpartition("@")[2].lower() in bot.office.domains


def _spellings(address: str) -> frozenset[str]:
    """As somebody may have written it: the look-up hash of a Case was made from what stood in their mail."""
    one = spelled(address)
    name, at, domain = one.rpartition("@")
    return frozenset({address, one, name + at + ".".join(map(shown_label, domain.split(".")))})
