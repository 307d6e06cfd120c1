"""What is done with a mail once its way is decided: one row per disposition. Everything happens in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import Connection

from ingest.message import Automatic
from ingest.office import Person, Role
from krm import answering
from krm.assigning import assigned
from krm.bot import Bot
from krm.bounces import brought_back
from krm.dispatching import CAME_BACK, undelivered
from krm.items import Item, reaction
from krm.planning import Event, plan_due, plan_events
from notify.duties import ACKNOWLEDGEMENT
from notify.recipients import complained_about, deciding
from store import cases, conditions, journal, outbox
from store.case import COLLEAGUE, OFFICE, Case, Delivery, Kind, Reaction, State
from store.disposing import Disposition
from store.mails import Decision, MailState
from store.outbox import Outgoing
from store.relating import standing

CLOSED_HINT = "Die Nachricht gehört zu {0}. Dort ist der Vorgang abgeschlossen. Mit „Folge: {0}“ verbinden Sie beide."
READ_RECEIPT = "message/disposition-notification"  # RFC 8098: whoever sends one is there

Recorded = tuple[Decision, str]
"""What became of a mail, and what the pass counts it as."""


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
        _away(connection, bot, person)
    if message.automatic is Automatic.BOUNCE:
        for letter_back in brought_back(connection, bot, item.mail.content or b""):
            came_back(connection, bot, letter_back)
    return _decision(bot, item, MailState.AUTOMATIC, bot.folders.automatic), "automatic"


def _away(connection: Connection, bot: Bot, person: Person) -> None:
    """From now on somebody is away: their Cases go to who stands in for them, and the officer is told."""
    conditions.begin(connection, conditions.ABSENT + person.id, bot.now())
    absent = conditions.absent(connection)
    before = cases.load(connection, cases.handled_by(connection, person.id))
    after = {key: assigned(bot, case, absent) for key, case in before.items() if person.id in case.handlers}
    moved = [case for key, case in after.items() if case.assignments != before[key].assignments]
    for case in moved:
        cases.save(connection, before[case.id], case, bot.keys)
        refs = (f"from:{person.id}", f"to:{case.handler}")
        journal.write(connection, [journal.Entry(case.id, bot.now(), Role.MACHINE, "passed-on", refs=refs)])
    plan_due(connection, bot, moved)
    if moved:
        told = {"away": person.id, "stand_in": moved[0].handler, "cases": [c.id for c in moved]}
        to = next((p for p in bot.office.officers() if p.id not in absent), bot.office.officer)
        occurrence = f"absence {person.id} {bot.now().isoformat()}"[:80]
        plan_events(connection, bot, [Event(OFFICE, "absence", occurrence, to, told)])


def came_back(connection: Connection, bot: Bot, letter: Outgoing) -> None:
    """A letter of ours could not be delivered: what it fulfilled is owed again, and a person is asked to post it."""
    outbox.returned(connection, letter.id, bot.now())
    if letter.duty == ACKNOWLEDGEMENT.name:
        cases.acknowledged(connection, int(letter.occurrence), None)
    plan_events(connection, bot, undelivered(connection, bot, letter, Delivery.REFUSED, CAME_BACK))


def _record_quarantine(_: Connection, bot: Bot, item: Item) -> Recorded:
    return _decision(bot, item, MailState.QUARANTINE, bot.folders.quarantine), "automatic"


def _record_intakes(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
    """New reactions, the whole group at a time: this is what a mailbox mostly holds."""
    return _open(connection, bot, [(item, ()) for item in items])


def _open(connection: Connection, bot: Bot, new: Sequence[tuple[Item, tuple[str, ...]]]) -> list[Recorded]:
    ids = cases.fresh_ids(connection, len(new), bot.choose)
    first = [reaction(bot, item, Kind.FIRST, hints) for item, hints in new]
    opened = [Case(case_id, None, State.OPEN, r.arrived, (r,)) for case_id, r in zip(ids, first, strict=True)]
    cases.open_intakes(connection, opened, bot.keys)
    entries = [_entry(bot, case, item, "opened") for case, (item, _) in zip(opened, new, strict=True)]
    journal.write(connection, entries, {})
    for case in opened:
        _receipt_to_colleague(connection, bot, case, case.reactions[0])
    plan_due(connection, bot, opened)
    return [(_done(bot, item), "opened") for item, _ in new]


def _record_follow_up(connection: Connection, bot: Bot, item: Item) -> Recorded:
    case = _target(connection, item.relation.follows)
    if case.state is not State.OPEN:
        return _open(connection, bot, [(item, (CLOSED_HINT.format(case.shown_id),))])[0]
    return _add(connection, bot, case, item, Kind.FOLLOW_UP)


def _record_duplicate(connection: Connection, bot: Bot, item: Item) -> Recorded:
    return _add(connection, bot, _target(connection, item.relation.same_as), item, Kind.DUPLICATE)


def _add(connection: Connection, bot: Bot, case: Case, item: Item, kind: Kind) -> Recorded:
    """A further mail may name whoever handles the Case: who does is asked again."""
    added = reaction(bot, item, kind)
    cases.add_reaction(connection, case.id, added, bot.keys)
    journal.write(connection, [_entry(bot, case, item, kind.value)])
    grown = replace(case, reactions=(*case.reactions, added))
    after = assigned(bot, grown, conditions.absent(connection)) if case.assignments else grown
    cases.save(connection, grown, after, bot.keys)
    _receipt_to_colleague(connection, bot, after, added)
    plan_due(connection, bot, [after])
    return _done(bot, item), "related"


def _receipt_to_colleague(connection: Connection, bot: Bot, case: Case, added: Reaction) -> None:
    """Whoever of the house handed it in is told what happens next (GA Anlage 2)."""
    brought = added.brought_by
    if brought is None or brought.address in {p.address.casefold() for p in bot.office.officers()}:
        return  # whoever decides gets the request itself
    to = Person(COLLEAGUE, brought.name, brought.address)
    plan_events(connection, bot, [Event(case.id, "handed_in", str(added.mail), to, {"reaction": added.mail})])


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
    case = standing(connection, subject) if subject and subject != OFFICE else None
    out = complained_about(case, bot.office, bot.taxonomy).people if case else frozenset()
    people = deciding(bot.office, out)
    plan_events(connection, bot, [Event(subject, "refused", str(item.mail.id), p, told) for p in people])
    refs = (f"mail:{item.mail.id}", f"letter:{letter.id if letter else 0}")
    journal.write(connection, [journal.Entry(subject, bot.now(), Role.MACHINE, "refused", refs=refs)])
    return _done(bot, item), "refused"


def _record_instruction(connection: Connection, bot: Bot, item: Item) -> Recorded:
    letter, person = item.relation.letter, bot.office.person(item.message.sender.address)
    if letter is None or person is None:
        raise ValueError("a reply of the house without letter or person")
    conditions.end(connection, conditions.ABSENT + person.id)
    reply = answering.Reply(item.mail.id, item.message, letter, person, item.mail.content or b"")
    answering.answer(connection, bot, reply)
    return _done(bot, item), "instructions"


def _singly(one: Callable[[Connection, Bot, Item], Recorded]) -> Callable[..., list[Recorded]]:
    def each(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
        return [one(connection, bot, item) for item in items]

    return each


RECORDERS: dict[Disposition, Callable[[Connection, Bot, Sequence[Item]], list[Recorded]]] = {
    Disposition.AUTOMATIC: _singly(_record_automatic),
    Disposition.QUARANTINE: _singly(_record_quarantine),
    Disposition.INTAKE: _record_intakes,
    Disposition.FOLLOW_UP: _singly(_record_follow_up),
    Disposition.DUPLICATE: _singly(_record_duplicate),
    Disposition.REFUSED: _singly(_record_refused),
    Disposition.INSTRUCTION: _singly(_record_instruction),
}


def record(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
    """Record every mail in the order of arrival, neighbours of one kind together."""
    recorded: list[Recorded] = []
    for what, alike in groupby(items, key=lambda i: i.disposed.what):
        recorded += RECORDERS[what](connection, bot, list(alike))
    return recorded


def _entry(bot: Bot, case: Case, item: Item, action: str) -> journal.Entry:
    refs = (f"mail:{item.mail.id}", f"rule:{item.disposed.rule}")
    return journal.Entry(case.id, bot.now(), Role.MACHINE, action, refs=refs)
