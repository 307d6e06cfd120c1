"""The way of a mail from stored bytes to a committed decision: read, relate, dispose, judge, record, plan."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jinja2 import TemplateError
from sqlalchemy.exc import DataError, IntegrityError

from ingest import reading
from ingest.message import Message
from krm.bot import Bot, Tally
from krm.faults import where
from krm.items import Item, from_house, judged, text, with_form
from krm.recording import record
from notify.deadlines import local_day
from store import conditions, mails, which
from store.disposing import Arrived, Disposed, Disposition, dispose, put_aside, settled_at_once
from store.mails import Decision, MailState, StoredMail
from store.relating import relate

log = logging.getLogger(__name__)

POISON = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
    AssertionError,
    IntegrityError,
    DataError,
    TemplateError,
)
"""What a mail nobody foresaw can cause. It costs that one mail, which a person then sees, never the run."""


def handle(bot: Bot, group: Sequence[StoredMail]) -> Tally:
    """Decide a group of stored mails in one commit. One that breaks it is found by going on one by one."""
    try:
        return _handle(bot, group)
    except POISON as fault:
        if len(group) == 1:
            return _give_up(bot, group[0], fault)
    return sum((handle(bot, [mail]) for mail in group), Tally())


def _handle(bot: Bot, group: Sequence[StoredMail]) -> Tally:
    read, unreadable = _read(bot, group)
    with bot.database.transaction() as connection:
        related = relate(connection, [(m.id, m.arrived, msg) for m, msg in read], bot.keys, local_day(bot.now()))
        restored = conditions.get(connection, conditions.RESTORED)
        units = which.last_units(connection, {h for _, msg in read if (h := _sender(bot, msg))})
    arrived = [
        (m, _looked_at(bot, m, Arrived(msg, related[m.id], bot.office, bot.trust, m.rescued))) for m, msg in read
    ]
    again = {m.id for m, _ in read if restored and m.arrived <= restored.since}
    items = [Item(m, a.message, a.relation, dispose(a), doubt=a.warning, again=m.id in again) for m, a in arrived]
    found = _judge(bot, [with_form(bot, i) for i in _without_later_twins(items)], units)
    with bot.database.transaction() as connection:
        recorded = record(connection, bot, found)
        mails.decide(connection, [*unreadable, *(decision for decision, _ in recorded)], bot.now())
    return Tally(counted for _, counted in recorded) + Tally(unreadable=len(unreadable))


def _looked_at(bot: Bot, mail: StoredMail, arrived: Arrived) -> Arrived:
    """A signature is looked at where it tells: that costs a question to the name server, which may not answer."""
    if not arrived.hangs_on_signature:
        return arrived
    domain = arrived.message.sender.address.rpartition("@")[2]
    return replace(arrived, signature=bot.signature(mail.content or b"", domain, mail.arrived))


def _read(bot: Bot, group: Sequence[StoredMail]) -> tuple[list[tuple[StoredMail, Message]], list[Decision]]:
    own, listed = frozenset({bot.office.address.casefold()}), frozenset(a.casefold() for a in bot.office.listed)
    read, unreadable = [], []
    for mail in group:
        try:
            read.append((mail, reading.read(mail.content or b"", own, listed)))
        except reading.Unreadable as fault:
            log.warning("mail %d is unreadable: %s", mail.id, fault)
            unreadable.append(Decision(mail.id, MailState.UNREADABLE, str(fault)[:80], bot.folders.unreadable))
    return read, unreadable


def _without_later_twins(items: Sequence[Item]) -> list[Item]:
    """Leave for the next group what belongs to a mail of this one: the same words again, an answer to it."""
    seen: set[tuple[str, str]] = set()
    ids: set[str] = set()
    kept = []
    for item in items:
        words = (item.message.sender.address, " ".join(item.message.new_text.split()))
        if words not in seen and not ids.intersection(item.message.answers):
            kept.append(item)
            seen.add(words)
            ids.add(item.message.message_id)
    return kept


def _sender(bot: Bot, message: Message) -> str:
    return bot.keys.address(message.sender.address) if message.sender.address else ""


def _judge(bot: Bot, items: Sequence[Item], units: Mapping[str, str]) -> list[Item]:
    """One call of the model for all mails that are to be judged. `units`: where their senders' last Cases were."""
    wanted = [i for i in items if i.disposed.what in (Disposition.INTAKE, Disposition.FOLLOW_UP)]
    suggestions = dict(
        zip(
            (i.mail.id for i in wanted),
            bot.suggest([replace(text(bot, i), earlier=units.get(_sender(bot, i.message), "")) for i in wanted]),
            strict=True,
        )
    )
    return [_put_aside(bot, judged(bot, i, suggestions.get(i.mail.id))) for i in items]


def _put_aside(bot: Bot, item: Item) -> Item:
    form = item.handed.form if item.handed else None
    if form and item.suggestion and settled_at_once(form, item.suggestion, item.mail.rescued):
        return replace(item, disposed=Disposed(Disposition.NOTED, "settled-at-once"))
    new = item.disposed.what is Disposition.INTAKE and not from_house(bot, item)
    if new and item.suggestion and put_aside(item.suggestion, bot.taxonomy, item.mail.rescued):
        return replace(item, disposed=Disposed(Disposition.QUARANTINE, "not-for-us"))
    return item


def _give_up(bot: Bot, mail: StoredMail, fault: Exception) -> Tally:
    """A mail that breaks the program: kept raw, filed as unreadable, named in the digest, open to `krm retry`."""
    log.error("mail %d cannot be handled: %s", mail.id, where(fault))
    with bot.database.transaction() as connection:
        reason = f"fault:{type(fault).__name__}"
        mails.decide(connection, [Decision(mail.id, MailState.UNREADABLE, reason, bot.folders.unreadable)], bot.now())
    return Tally(unreadable=1, failed=1)
