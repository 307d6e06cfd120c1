"""A reply of the house: read it, carry it out together or not at all, and say what is now recorded."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from classify.coding import NoticeKind
from ingest import instructions, newtext
from ingest.message import Instruction, Reading, Verb
from ingest.office import Person
from krm import answers, office_replies, reporting
from krm.agreeing import ASKING, question, weighed
from krm.assigning import assigned, still_handles
from krm.bot import Bot
from krm.joining import aimed, join
from krm.meaning import arrived, letter_meant, stopped_alone
from krm.planning import Event, numbered, plan_due, plan_events
from krm.replies import Reply, puzzled, reject
from krm.roles import role_of
from krm.wording import DECIDING, EVERYBODY, happens, recorded, vocabulary
from notify.case_duties import CASE_DUTIES, left_behind
from notify.course import Course
from notify.deadlines import local_day
from notify.owing import Owed
from notify.phrases import LETTER_NAMES
from notify.whole import whole
from store import cases, conditions, journal, outbox
from store.applying import CONFIRMING, apply
from store.case import CITIZEN, OFFICE, Case, Kind, Note, Reaction, State
from store.letter_words import POSTABLE
from store.outbox import Outgoing
from store.relating import standing
from store.steps import CannotApply, Sent, Step

WORD = re.compile(r"\w+")
NOTHING_FOUND = "In der Antwort steht keine Anweisung."
WHOLE = frozenset(duty.name for duty in CASE_DUTIES)
NOTHING_WAITS = "Auf diesen Vorgang ist keine Antwort mehr offen. Eine Zwischeninformation passt deshalb nicht."
STILL_HERE = {
    "to_print": "Freigegeben, aber noch nicht versandt: {}. Ist es schon in der Post? Dann antworten Sie bitte auf die "
    "Nachricht mit dem Schreiben, mit „versandt“ und dem Tag.",
    "release_request": "Noch nicht freigegeben: {}. Bitte antworten Sie auf den Entwurf mit „Freigabe“.",
}
FIRST_THAT = "Soll das Schreiben nicht hinaus, antworten Sie dort mit „Zurück“. Danach schreiben Sie die Zeile neu."
OF_A_LETTER = frozenset({Verb.UNDO, Verb.POSTED, Verb.RELEASE})
JOINED = "Der Vorgang zu diesem Schreiben gehört jetzt zu {}. Bitte halten Sie dort mit „Notiz: …“ fest, was geschah."


def answer(connection: Connection, bot: Bot, reply: Reply) -> None:
    """Carry out a reply and plan its receipt; where anything is unclear nothing changes and that is said."""
    case = standing(connection, reply.letter.subject) if reply.letter.subject != OFFICE else None
    words_above, letter = answers.parted(newtext.instruction_text(reply.message.text))
    lines = _without_name(newtext.without_courtesies(words_above), reply.person)
    if case is None:
        office_replies.carry_out(connection, bot, reply, lines)
        return
    reaction = _answered(case, reply.letter)
    words = vocabulary(bot, role_of(bot.office, reply.person), reaction)
    today = local_day(bot.now())
    reading = instructions.read(lines, words, today)
    asked = question(connection, case, reply.letter)
    reply = replace(reply, asked=asked[0])
    reading = weighed(reading, asked, (case, reaction), bot.office, lambda one: instructions.read([one], words, today))
    if not reading.clear:
        _keep_as_note(connection, bot, case, reply)
        reject(connection, bot, reply, case.id, reading if reading.unclear else puzzled(lines, NOTHING_FOUND))
        return
    try:
        with connection.begin_nested():  # together or not at all: what was begun is undone where a later line fails
            _carry_out(connection, bot, replace(reply, letter_text=letter), (case, reaction), reading)
    except CannotApply as refusal:
        reject(connection, bot, reply, case.id, puzzled(lines, str(refusal)))


def _without_name(lines: Sequence[str], person: Person) -> Sequence[str]:
    """Without a last line that is nothing but the writer's own name, in full or in part."""
    names = set(WORD.findall(person.name.casefold()))
    last = set(WORD.findall(lines[-1].casefold())) if len(lines) > 1 else set()
    return lines[:-1] if last and last <= names else lines


def _answered(case: Case, letter: Outgoing) -> Reaction:
    """The reaction the answered letter was about; what is about the Case as a whole never decides a further mail."""
    about = str(letter.told.get("reaction", re.split(r"[. ]", letter.occurrence)[0]))
    named = next((r for r in case.reactions if str(r.mail) == about), None)
    first = next((r for r in case.reactions if r.kind is Kind.FIRST), case.reactions[0])
    return named or (first if letter.duty in WHOLE else case.open_reaction or first)


def _carry_out(connection: Connection, bot: Bot, reply: Reply, about: tuple[Case, Reaction], reading: Reading) -> None:
    (case, reaction), now, role = about, bot.now(), role_of(bot.office, reply.person)
    carried = [aimed(connection, i) for i in reading.instructions]
    _may_still(bot, case, reply, carried)
    after = apply(case, carried, _step(connection, bot, reply, about, carried))
    if any(i.verb is Verb.INTERIM for i in carried) and not Course(after, bot.taxonomy, bot.teller.workdays).matter:
        raise CannotApply(NOTHING_WAITS)
    if case.state is State.OPEN and after.state is not State.OPEN:
        _leaves_nothing_behind(bot, after)
    after = assigned(bot, after, conditions.absent(connection))
    cases.save(connection, case, after, bot.keys)
    if after.state is State.JOINED and case.state is not State.JOINED:
        after = join(connection, bot, after, reply.person, reply.mail)
    elif _confirms(reading.instructions):
        after = numbered(connection, bot, after)
    verbs = tuple(dict.fromkeys(i.verb.name.lower() for i in reading.instructions))
    refs = (f"mail:{reply.mail}", f"letter:{reply.letter.id}", *verbs)
    journal.write(connection, [journal.Entry(case.id, now, role, "instructed", reply.person.id, refs)])
    owed = plan_due(connection, bot, [after])[after.id]
    _tell(connection, bot, reply, reading.instructions, (case, after, owed, reaction.mail))


def _leaves_nothing_behind(bot: Bot, case: Case) -> None:
    """Nobody posts a letter of a Case that is closed, joined or not KRM: it goes out first, or is taken back."""
    waiting = left_behind(whole(case, bot.view()))
    if waiting:
        said = (STILL_HERE[duty].format(LETTER_NAMES[letter]) for duty, letter in waiting)
        raise CannotApply(" ".join((*said, FIRST_THAT)))


def _confirms(carried: Sequence[Instruction]) -> bool:
    return any(i.verb in CONFIRMING for i in carried)


def _may_still(bot: Bot, case: Case, reply: Reply, carried: Sequence[Instruction]) -> None:
    """Whoever the Case was taken from answers for it no more; a note is always welcome."""
    if role_of(bot.office, reply.person) in DECIDING or all(i.verb in EVERYBODY for i in carried):
        return
    if not still_handles(bot.office, case, reply.person):
        raise CannotApply("Der Vorgang liegt nicht mehr bei Ihnen. Eine „Notiz: …“ ist weiter möglich.")


def _step(
    connection: Connection, bot: Bot, reply: Reply, about: tuple[Case, Reaction], carried: Sequence[Instruction]
) -> Step:
    """What the words are told; `Zurück` first stops what still waits."""
    case, reaction = about
    verbs = {i.verb for i in carried}
    subjects = {case.id, reply.letter.subject}  # another, where its reactions went to this Case since
    asked = (cases.find(connection, reply.letter.subject) if len(subjects) > 1 else None) or case
    letter, of = letter_meant(connection, asked, reply.letter)
    stopped = outbox.stop(connection, subjects, CITIZEN, stopped_alone(asked, letter, of)) if Verb.UNDO in verbs else ()
    if len(subjects) > 1 and not stopped and letter in POSTABLE and verbs & OF_A_LETTER:
        raise CannotApply(JOINED.format(case.shown_id))
    answered = answers.handed_in(reply.letter_text, reply.raw) if Verb.ANSWER in verbs else answers.NOTHING
    sent = [Sent(d.duty, d.of, d.at) for d in case.dispatches if d.at and arrived(d)]
    return Step(
        taxonomy=bot.taxonomy,
        reaction=reaction.mail,
        by=reply.person.id,
        now=bot.now(),
        decides=role_of(bot.office, reply.person) in DECIDING,
        mail=reply.mail,
        about=letter,
        of=of,
        text=answered.text,
        file=answered.file,
        lacks_authority=any(r.suggestion and NoticeKind.FOR_ANOTHER in r.suggestion.notices for r in case.reactions),
        sent=tuple(sent),
        stopped=stopped,
        records=_confirms(carried),
    )


def _tell(
    connection: Connection,
    bot: Bot,
    reply: Reply,
    carried: Sequence[Instruction],
    change: tuple[Case, Case, Sequence[Owed], int],
) -> None:
    """The receipt; `Status` and `Hilfe` are answered in their own letters."""
    before, after, owed, mail = change
    events = [
        Event(after.id, verb.name.lower(), str(reply.mail), reply.person, {"reaction": mail})
        for verb in (Verb.STATUS, Verb.HELP)
        if any(i.verb is verb for i in carried)
    ]
    events += [
        reporting.asked_for(connection, bot, i.ids[0], reply.mail, reply.person)
        for i in carried
        if i.verb is Verb.REPORT
    ]
    if any(i.verb not in ASKING for i in carried):
        told = {
            "reaction": mail,
            "recorded": recorded(bot, before, after, mail, carried),
            "happens": happens(bot, after, owed, mail, carried),
            "printable": (printable := _printable(bot, after, mail) if _confirms(carried) else ""),
            "about": "acknowledgement" if printable else "",
            "hints": answers.hints_on(after, reply.mail) if any(i.verb is Verb.ANSWER for i in carried) else [],
        }
        events.append(Event(after.id, "receipt", str(reply.mail), reply.person, told))
    plan_events(connection, bot, events)


def _printable(bot: Bot, case: Case, mail: int) -> str:
    """The acknowledgement's text where it cannot go by mail and must be printed."""
    reaction = case.reaction(mail)
    if bot.teller.acknowledgement_text(case, reaction) or reaction.acknowledged:
        return ""
    return bot.teller.printable(case, reaction)


def _keep_as_note(connection: Connection, bot: Bot, case: Case, reply: Reply) -> None:
    words = newtext.instruction_text(reply.message.text).strip()
    if words:
        noted = replace(case, notes=(*case.notes, Note(bot.now(), reply.person.id, words)))
        cases.save(connection, case, noted, bot.keys)
