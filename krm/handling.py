"""The way of a mail from stored bytes to a committed decision: read, relate, dispose, judge, record, plan."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jinja2 import TemplateError
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from classify.coding import Suggestion, Text
from ingest import reading
from ingest.message import Address, Automatic, Message
from ingest.office import Person, Role
from krm import answering
from krm.bot import Bot, Tally
from krm.bounces import brought_back
from krm.dispatching import CAME_BACK, undelivered
from krm.faults import where
from krm.planning import Event, plan_due, plan_events
from notify.deadlines import local_day
from store import cases, conditions, journal, mails
from store.case import Case, Delivery, Kind, Reaction, Source, State
from store.disposing import Arrived, Disposed, Disposition, dispose, put_aside
from store.mails import Decision, MailState, StoredMail
from store.relating import Relation, relate, standing

log = logging.getLogger(__name__)

POISON = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    IntegrityError,
    DataError,
    TemplateError,
)
"""What a mail nobody foresaw can cause. It costs that one mail, which a person then sees, never the run."""

CLOSED_HINT = "Die Nachricht gehört zu {0}. Dort ist der Vorgang abgeschlossen. Mit „Folge: {0}“ verbinden Sie beide."
HANDED_IN = "Im Haus eingereicht von {}."
NOBODY = Address("", "")
READ_RECEIPT = "message/disposition-notification"  # RFC 8098: whoever sends one is there


@dataclass(frozen=True, slots=True)
class Item:
    """One mail on its way, with everything known about it so far."""

    mail: StoredMail
    message: Message
    relation: Relation
    disposed: Disposed
    suggestion: Suggestion | None = None
    twin: bool = False


Recorded = tuple[Decision, str]


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
    items = [
        Item(mail, msg, related[mail.id], dispose(Arrived(msg, related[mail.id], bot.office, bot.trust, mail.rescued)))
        for mail, msg in read
    ]
    judged = _judge(bot, _without_later_twins(items))
    with bot.database.transaction() as connection:
        tally = Tally()
        decisions = list(unreadable)
        for item in judged:
            decision, counted = RECORDERS[item.disposed.what](connection, bot, item)
            decisions.append(decision)
            tally[counted] += 1
        mails.decide(connection, decisions, bot.now())
    tally["unreadable"] += len(unreadable)
    return tally


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


def _judge(bot: Bot, items: Sequence[Item]) -> list[Item]:
    """One call of the model for all mails that are to be judged."""
    wanted = [i for i in items if i.disposed.what in (Disposition.INTAKE, Disposition.FOLLOW_UP)]
    suggestions = dict(zip((i.mail.id for i in wanted), bot.suggest([_text(bot, i) for i in wanted]), strict=True))
    judged = [replace(i, suggestion=suggestions.get(i.mail.id)) for i in items]
    return [_put_aside(bot, i) for i in judged]


def _put_aside(bot: Bot, item: Item) -> Item:
    new = item.disposed.what is Disposition.INTAKE and not _from_house(bot, item)
    if new and item.suggestion and put_aside(item.suggestion, bot.taxonomy, item.mail.rescued):
        return replace(item, disposed=Disposed(Disposition.QUARANTINE, "not-for-us"))
    return item


def _text(bot: Bot, item: Item) -> Text:
    sender, words = _whose(bot, item)
    return Text(str(item.mail.id), item.message.subject, sender.name, words)


def _whose(bot: Bot, item: Item) -> tuple[Address, str]:
    """Whose words these are and who is answered: the citizen inside a colleague's forward, else the sender.

    Nobody of the house is ever answered as a citizen, whatever they hand in: then there is no address.
    """
    message, forwarded = item.message, item.message.forwarded
    if not _from_house(bot, item):
        return message.sender, message.new_text
    if forwarded is None or not forwarded.text.strip():
        return NOBODY, message.new_text
    return (NOBODY if _house_address(bot, forwarded.sender.address) else forwarded.sender), forwarded.text


def _from_house(bot: Bot, item: Item) -> bool:
    return _house_address(bot, item.message.sender.address)


def _house_address(bot: Bot, address: str) -> bool:
    return bot.office.person(address) is not None or address.rpartition("@")[2] in bot.office.domains


def _source(bot: Bot, item: Item) -> Source:
    if item.message.automatic is not None:
        return Source.MACHINE
    return Source.HOUSE if _from_house(bot, item) else Source.CITIZEN


def _reaction(bot: Bot, item: Item, kind: Kind, hints: tuple[str, ...] = ()) -> Reaction:
    sender, words = _whose(bot, item)
    message, source = item.message, _source(bot, item)
    brought = HANDED_IN.format(message.sender) if source is Source.HOUSE else ""
    return Reaction(
        mail=item.mail.id,
        arrived=item.mail.arrived,
        kind=kind,
        source=source,
        sender=sender,
        subject=message.subject,
        text=message.text,
        new_text=words,
        attachments=tuple(f"{a.name} ({_size(a.size)})" for a in message.attachments),
        suggestion=item.suggestion,
        hints=tuple(h for h in (brought, *hints, item.relation.hint) if h),
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, count // 1000)} kB"


def _decision(bot: Bot, item: Item, state: MailState, folder: str) -> Decision:
    message = item.message
    return Decision(
        item.mail.id,
        state,
        item.disposed.rule,
        folder,
        message.message_id,
        bot.keys.address(message.message_id) if message.message_id else "",
        bot.keys.address(message.sender.address) if message.sender.address else "",
    )


def _done(bot: Bot, item: Item) -> Decision:
    return _decision(bot, item, MailState.DONE, bot.folders.done)


def _record_automatic(connection: Connection, bot: Bot, item: Item) -> Recorded:
    """Never answered. An out-of-office of the house says who stands in, a bounce which letter did not arrive."""
    message, letter = item.message, item.relation.letter
    person = bot.office.person(message.sender.address)
    read = any(a.type == READ_RECEIPT for a in message.attachments)
    if person and letter and message.automatic is Automatic.AUTO_REPLY and not read:
        conditions.begin(connection, conditions.ABSENT + person.id, bot.now())
    if message.automatic is Automatic.BOUNCE:
        returned = brought_back(connection, bot, item.mail.content or b"")
        plan_events(connection, bot, [undelivered(bot, x, Delivery.REFUSED, CAME_BACK) for x in returned])
    return _decision(bot, item, MailState.AUTOMATIC, bot.folders.automatic), "automatic"


def _record_quarantine(_: Connection, bot: Bot, item: Item) -> Recorded:
    return _decision(bot, item, MailState.QUARANTINE, bot.folders.quarantine), "automatic"


def _record_intake(connection: Connection, bot: Bot, item: Item, hints: tuple[str, ...] = ()) -> Recorded:
    (case_id,) = cases.fresh_ids(connection, 1, bot.choose)
    case = Case(case_id, None, State.OPEN, item.mail.arrived, (_reaction(bot, item, Kind.FIRST, hints),))
    cases.open_intakes(connection, [case], bot.keys)
    _note(connection, bot, case, item, "opened")
    plan_due(connection, bot, [case])
    return _done(bot, item), "opened"


def _record_follow_up(connection: Connection, bot: Bot, item: Item) -> Recorded:
    case = _target(connection, item.relation.follows)
    if case.state is not State.OPEN:
        return _record_intake(connection, bot, item, (CLOSED_HINT.format(case.shown_id),))
    return _add(connection, bot, case, item, Kind.FOLLOW_UP)


def _record_duplicate(connection: Connection, bot: Bot, item: Item) -> Recorded:
    return _add(connection, bot, _target(connection, item.relation.same_as), item, Kind.DUPLICATE)


def _add(connection: Connection, bot: Bot, case: Case, item: Item, kind: Kind) -> Recorded:
    reaction = _reaction(bot, item, kind)
    cases.add_reaction(connection, case.id, reaction, bot.keys)
    _note(connection, bot, case, item, kind.value)
    plan_due(connection, bot, [replace(case, reactions=(*case.reactions, reaction))])
    return _done(bot, item), "related"


def _target(connection: Connection, case_id: str) -> Case:
    case = standing(connection, case_id)
    if case is None:
        raise LookupError("a relation to a Case that does not exist")
    return case


def _record_refused(connection: Connection, bot: Bot, item: Item) -> Recorded:
    """Nothing changes; officer and deputy are told why, the mail is kept (conversation.md)."""
    letter = item.relation.letter
    subject = letter.subject if letter else ""
    told = {
        "why": item.disposed.why,
        "sender": item.message.sender.address,
        "arrived": item.mail.arrived.isoformat(),
        "text": item.message.new_text[:4000],
    }
    people: tuple[Person, ...] = bot.office.officers()
    plan_events(connection, bot, [Event(subject, "refused", str(item.mail.id), p, told) for p in people])
    refs = (f"mail:{item.mail.id}", f"letter:{letter.id if letter else 0}")
    journal.write(connection, [journal.Entry(subject, bot.now(), Role.MACHINE, "refused", refs=refs)])
    return _done(bot, item), "refused"


def _record_instruction(connection: Connection, bot: Bot, item: Item) -> Recorded:
    letter, person = item.relation.letter, bot.office.person(item.message.sender.address)
    if letter is None or person is None:
        raise ValueError("a reply of the house without letter or person")
    conditions.end(connection, conditions.ABSENT + person.id)
    answering.answer(connection, bot, answering.Reply(item.mail.id, item.message, letter, person))
    return _done(bot, item), "instructions"


RECORDERS: dict[Disposition, Callable[[Connection, Bot, Item], Recorded]] = {
    Disposition.AUTOMATIC: _record_automatic,
    Disposition.QUARANTINE: _record_quarantine,
    Disposition.INTAKE: _record_intake,
    Disposition.FOLLOW_UP: _record_follow_up,
    Disposition.DUPLICATE: _record_duplicate,
    Disposition.REFUSED: _record_refused,
    Disposition.INSTRUCTION: _record_instruction,
}


def _note(connection: Connection, bot: Bot, case: Case, item: Item, action: str) -> None:
    refs = (f"mail:{item.mail.id}", f"rule:{item.disposed.rule}")
    journal.write(connection, [journal.Entry(case.id, bot.now(), Role.MACHINE, action, refs=refs)])


def _give_up(bot: Bot, mail: StoredMail, fault: Exception) -> Tally:
    """A mail that breaks the program: kept raw, filed as unreadable, named in the digest, open to `krm retry`."""
    log.error("mail %d cannot be handled: %s", mail.id, where(fault))
    with bot.database.transaction() as connection:
        reason = f"fault:{type(fault).__name__}"
        mails.decide(connection, [Decision(mail.id, MailState.UNREADABLE, reason, bot.folders.unreadable)], bot.now())
    return Tally(unreadable=1, failed=1)
