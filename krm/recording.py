"""What is done with a mail once its way is decided: one row per disposition. Everything happens in one transaction."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import Connection

from ingest.bounces import Bounce
from ingest.message import Address, Automatic, spelled
from ingest.office import Office, Person, Role
from krm import answering
from krm.assigning import assigned
from krm.bot import Bot
from krm.bounces import brought_back
from krm.hinting import SETTLED, follows_perhaps, warned
from krm.items import NOBODY, Item, reaction, whose
from krm.planning import Event, plan_due, plan_events
from krm.replies import Reply
from krm.undelivered import came_back, notices
from notify.duties import ACKNOWLEDGEMENT
from notify.recipients import complained_about, deciding, leads_of
from store import cases, conditions, journal, outbox, tokens, which
from store.case import COLLEAGUE, OFFICE, Case, Kind, Reaction, State
from store.disposing import OUT_OF_OFFICE, Disposed, Disposition
from store.mails import Decision, MailState
from store.outbox import Outgoing
from store.relating import standing

KEY_IS_GONE = (
    "der Schlüssel, mit dem die beantwortete Nachricht gekennzeichnet war, gilt nicht mehr; sie geht deshalb neu "
    "gekennzeichnet noch einmal hinaus, bitte antworten Sie auf die neue"
)
ABOUT_THEM = "die Antwort kommt von der Person, um die es in der Beschwerde geht"
DONE_BEFORE = (
    "sie kam, bevor eine ältere Sicherung eingespielt wurde, und ist vielleicht schon ausgeführt; bitte sehen Sie bei "
    "den gesendeten Nachrichten nach und antworten Sie, wenn nötig, noch einmal"
)
HANDED_IN = "handed_in"
"""The receipt of whoever of the house handed something in."""
SEEN_WORD = "gesehen"
SEEN = re.compile(rf"^\s*{SEEN_WORD}\b", re.IGNORECASE)

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
    message = item.message
    person = bot.office.person(message.sender.address)
    if person and item.disposed.rule == OUT_OF_OFFICE and not item.again:  # they may be back since
        _away(connection, bot, person)
    if message.automatic is Automatic.BOUNCE:
        back = brought_back(connection, bot, item.mail.content or b"")
        if back:
            _came_back(connection, bot, *back)
    return _decision(bot, item, MailState.AUTOMATIC, bot.folders.automatic), "automatic"


def _away(connection: Connection, bot: Bot, person: Person) -> None:
    """From now on somebody is away: their Cases go to who stands in for them, and the officer is told."""
    conditions.end(connection, conditions.ABSENT + person.id)  # said once more, it counts from now
    conditions.begin(connection, conditions.ABSENT + person.id, bot.now())
    conditions.end(connection, conditions.ASKED)
    absent = conditions.absent(connection)
    before = cases.load(connection, which.handled_by(connection, person.id))
    after = {key: assigned(bot, case, absent) for key, case in before.items() if person.id in case.handlers}
    moved = [case for key, case in after.items() if case.assignments != before[key].assignments]
    went: dict[tuple[Person, str], list[str]] = {}
    for case in moved:
        cases.save(connection, before[case.id], case, bot.keys)
        stand_in = case.assignments[-1].person
        refs = (f"from:{person.id}", f"to:{stand_in}")
        journal.write(connection, [journal.Entry(case.id, bot.now(), Role.MACHINE, "passed-on", refs=refs)])
        went.setdefault((_told_of_absence(bot, case, absent), stand_in), []).append(case.shown_id)
    plan_due(connection, bot, moved)
    at = bot.now().isoformat()
    for (to, stand_in), ids in went.items():
        told = {"away": person.id, "stand_in": stand_in, "cases": ids}
        plan_events(connection, bot, [Event(OFFICE, "absence", f"{at} {stand_in}"[:80], to, told)])


def _told_of_absence(bot: Bot, case: Case, absent: frozenset[str]) -> Person:
    """The officer, unless away or the Case is about them."""
    people = deciding(bot.office, complained_about(case, bot.office, bot.taxonomy).people)
    return next((p for p in people if p.id not in absent), people[0])


def _back(connection: Connection, person: str) -> None:
    """Whoever writes is there again: what would have gone to who stands in comes to them."""
    if conditions.end(connection, conditions.ABSENT + person):
        conditions.end(connection, conditions.ASKED)


def _came_back(connection: Connection, bot: Bot, letter: Outgoing, bounce: Bounce) -> None:
    """A letter of ours could not be delivered: what it fulfilled is owed again, and a person is asked to post it."""
    outbox.returned(connection, letter.id, bot.now())
    if letter.duty == ACKNOWLEDGEMENT.name:
        cases.acknowledged(connection, int(letter.occurrence), None)
    plan_events(connection, bot, notices(connection, bot, letter, came_back(bounce)))


def _record_quarantine(_: Connection, bot: Bot, item: Item) -> Recorded:
    return _decision(bot, item, MailState.QUARANTINE, bot.folders.quarantine), "automatic"


def _record_noted(connection: Connection, bot: Bot, item: Item) -> Recorded:
    """An oral reaction settled the same day opens no Case (GA 3.2.2): whoever handed it in is told so."""
    brought, office = item.message.sender, bot.office
    refs = (f"mail:{item.mail.id}", f"rule:{item.disposed.rule}")
    journal.write(connection, [journal.Entry(OFFICE, bot.now(), Role.MACHINE, "noted", refs=refs)])
    if not _unattended(office, brought):
        told = {"name": brought.name, "arrived": item.mail.arrived.isoformat()}
        to = Person(COLLEAGUE, brought.name, brought.address)
        plan_events(connection, bot, [Event(OFFICE, "noted", str(item.mail.id), to, told)])
    return _decision(bot, item, MailState.NOTED, bot.folders.done), "noted"


def _unattended(office: Office, brought: Address) -> bool:
    """Nobody reads what goes to the program itself or to a scanner."""
    return brought.address in (office.address.casefold(), *(a.casefold() for a in office.listed))


def _record_intakes(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
    """New reactions, the whole group at a time: this is what a mailbox mostly holds."""
    return _open(connection, bot, [(item, ()) for item in items])


def _open(connection: Connection, bot: Bot, new: Sequence[tuple[Item, tuple[str, ...]]]) -> list[Recorded]:
    ids = cases.fresh_ids(connection, len(new), bot.choose)
    first = [reaction(bot, item, Kind.FIRST, hints) for item, hints in new]
    opened = [Case(case_id, None, State.OPEN, r.arrived, (r,)) for case_id, r in zip(ids, first, strict=True)]
    opened = [warned(bot, case) for case in follows_perhaps(connection, bot, opened)]
    cases.open_intakes(connection, opened, bot.keys)
    entries = [_entry(bot, case, item, "opened") for case, (item, _) in zip(opened, new, strict=True)]
    journal.write(connection, entries, {})
    for case in opened:
        _receipt_to_colleague(connection, bot, case, case.reactions[0])
    plan_due(connection, bot, opened)
    return [(_done(bot, item), "opened") for item, _ in new]


def _placed(bot: Bot, item: Item) -> Item:
    """A colleague's answer to our receipt belongs to the intake it was about; a citizen's words are a matter apart."""
    letter = item.relation.letter if item.relation.proven else None
    if item.disposed.what is not Disposition.INTAKE or letter is None or letter.duty != HANDED_IN:
        return item
    theirs = letter.recipient == COLLEAGUE and spelled(letter.address) == spelled(item.message.sender.address)
    if not theirs or whose(bot, item)[0] != NOBODY or (item.handed and item.handed.form):
        return item
    relation = replace(item.relation, follows=letter.subject, hint="")
    return replace(item, relation=relation, disposed=Disposed(Disposition.FOLLOW_UP, "answers-our-receipt"))


def _record_follow_up(connection: Connection, bot: Bot, item: Item) -> Recorded:
    case = _target(connection, item.relation.follows)
    if case.state is not State.OPEN:
        return _open(connection, bot, [(item, (SETTLED[case.state].format(case.shown_id),))])[0]
    return _add(connection, bot, case, item, Kind.FOLLOW_UP)


def _record_duplicate(connection: Connection, bot: Bot, item: Item) -> Recorded:
    relation = item.relation
    return _add(connection, bot, _target(connection, relation.same_as or relation.brings), item, Kind.DUPLICATE)


def _add(connection: Connection, bot: Bot, case: Case, item: Item, kind: Kind) -> Recorded:
    """A further mail may name whoever handles the Case: who does is asked again."""
    added = reaction(bot, item, kind)
    added = warned(bot, replace(case, reactions=(*case.reactions, added))).reactions[-1]
    cases.add_reaction(connection, case.id, added, bot.keys)
    journal.write(connection, [_entry(bot, case, item, kind.value)])
    grown = replace(case, reactions=(*case.reactions, added))
    after = assigned(bot, grown, conditions.absent(connection)) if case.assignments else grown
    cases.save(connection, grown, after, bot.keys)
    _receipt_to_colleague(connection, bot, after, added)
    plan_due(connection, bot, [after])
    return _done(bot, item), "related"


def _receipt_to_colleague(connection: Connection, bot: Bot, case: Case, added: Reaction) -> None:
    """Whoever of the house handed it in is told what happens next, their team lead that they did (GA Anlage 2)."""
    brought, office = added.brought_by, bot.office
    if brought is None or _unattended(office, brought):
        return
    told, absent = {"reaction": added.mail}, conditions.absent(connection)
    events = []
    if brought.address not in {p.address.casefold() for p in office.officers()}:  # they get the request itself
        to = Person(COLLEAGUE, brought.name, brought.address)
        events.append(Event(case.id, HANDED_IN, str(added.mail), to, told))
    out = complained_about(case, office, bot.taxonomy).people
    events += [Event(case.id, HANDED_IN, str(added.mail), p, told) for p in leads_of(office, brought, out, absent)]
    plan_events(connection, bot, events)


def _target(connection: Connection, case_id: str) -> Case:
    case = standing(connection, case_id)
    if case is None:
        raise LookupError("a relation to a Case that does not exist")
    return case


def _record_refused(connection: Connection, bot: Bot, item: Item) -> Recorded:
    """Nothing changes; officer and deputy are told why, the mail is kept (conversation.md)."""
    letter = item.relation.letter
    subject = letter.subject if letter else ""
    lost = letter is not None and not bot.keys.knows(letter.key_id)
    if letter and lost:
        tokens.sign_anew(connection, letter, bot.keys, bot.domain, bot.now())
    told = {
        "why": KEY_IS_GONE if lost else item.disposed.why,
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
    if item.again:
        repeated = replace(item, disposed=Disposed(Disposition.REFUSED, "before-restoring", DONE_BEFORE))
        return _record_refused(connection, bot, repeated)
    _back(connection, person.id)
    message = item.message
    if _about_them(connection, bot, letter, person):
        if letter.duty != "alert" or not SEEN.search(message.new_text):
            refused = replace(item, disposed=Disposed(Disposition.REFUSED, "about-them", ABOUT_THEM))
            return _record_refused(connection, bot, refused)
        message = replace(message, text=SEEN_WORD, new_text=SEEN_WORD)  # of an alarm, and no word more
    reply = Reply(item.mail.id, message, letter, person, item.mail.content or b"")
    answering.answer(connection, bot, reply)
    return _done(bot, item), "instructions"


def _about_them(connection: Connection, bot: Bot, letter: Outgoing, person: Person) -> bool:
    """Officer and deputy stand in for each other, but not where the complaint is about one of them (rules.md)."""
    decides = person in bot.office.officers()
    case = standing(connection, letter.subject) if decides and letter.subject != OFFICE else None
    if case is None:
        return False
    return person not in deciding(bot.office, complained_about(case, bot.office, bot.taxonomy).people)


def _singly(one: Callable[[Connection, Bot, Item], Recorded]) -> Callable[..., list[Recorded]]:
    def each(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
        return [one(connection, bot, item) for item in items]

    return each


RECORDERS: dict[Disposition, Callable[[Connection, Bot, Sequence[Item]], list[Recorded]]] = {
    Disposition.AUTOMATIC: _singly(_record_automatic),
    Disposition.QUARANTINE: _singly(_record_quarantine),
    Disposition.NOTED: _singly(_record_noted),
    Disposition.INTAKE: _record_intakes,
    Disposition.FOLLOW_UP: _singly(_record_follow_up),
    Disposition.DUPLICATE: _singly(_record_duplicate),
    Disposition.REFUSED: _singly(_record_refused),
    Disposition.INSTRUCTION: _singly(_record_instruction),
}


BACK = frozenset({Disposition.INTAKE, Disposition.NOTED, Disposition.FOLLOW_UP, Disposition.DUPLICATE})
"""Whoever of the house writes a mail of their own is away no more; whoever answers a letter is not either.

A mail whose sender is not believed ends no absence.
"""


def record(connection: Connection, bot: Bot, items: Sequence[Item]) -> list[Recorded]:
    """Record every mail in the order of arrival, neighbours of one kind together."""
    recorded: list[Recorded] = []
    believed = [i.message.sender.address for i in items if i.disposed.what in BACK and not i.doubt]
    for person in {p.id for address in believed if (p := bot.office.person(address))}:
        _back(connection, person)
    for what, alike in groupby((_placed(bot, i) for i in items), key=lambda i: i.disposed.what):
        recorded += RECORDERS[what](connection, bot, list(alike))
    return recorded


def _entry(bot: Bot, case: Case, item: Item, action: str) -> journal.Entry:
    refs = (f"mail:{item.mail.id}", f"rule:{item.disposed.rule}")
    return journal.Entry(case.id, bot.now(), Role.MACHINE, action, refs=refs)
