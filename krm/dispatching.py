"""The outbox, worked off: write, claim, send, note. A crash leaves at most one letter whose fate is not certain."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from jinja2 import TemplateError
from sqlalchemy import Connection

from ingest import documents
from ingest.office import Role
from ingest.postbox import MailboxAway, MailboxRefused
from krm import dossier
from krm.bot import Bot, Tally
from krm.digesting import digest
from krm.faults import where
from krm.holding import too_many
from krm.planning import plan_events
from krm.subject import Subject
from krm.undelivered import CANNOT_BE_WRITTEN, NOT_CERTAIN, Failure, notices, put_off, put_off_for_long, refused
from krm.writing import WITH_ANSWER, WITH_RAW_MAIL, finished
from notify.composing import Enclosure
from notify.duties import ACKNOWLEDGEMENT, due
from notify.owing import View
from notify.parcels import Deferred, Parcel, PartlyRefused, Refused, Result, Sent, SmtpAway, SmtpRefused, Unsure
from notify.telling_later import letter_for
from store import cases, conditions, journal, mails, outbox
from store.case import OFFICE, Case, Delivery, State
from store.database import DatabaseBusy
from store.lately import HELD_BACK
from store.outbox import Outgoing
from store.relating import standing

log = logging.getLogger(__name__)

TO_CITIZEN = frozenset({ACKNOWLEDGEMENT.name, "answer", "interim_notice", "correction", "invitation"})
MAY_BE_TAKEN_BACK = TO_CITIZEN | {"assignment", "to_print", *dossier.TO_FRONT_OFFICE}
"""Letters that say or do what a later word may have changed before they went out."""
OF_ITS_REACTION = frozenset({ACKNOWLEDGEMENT.name, "assignment"})
"""Owed because of a reaction, into whichever Case it was put since."""
UNWRITABLE = (TemplateError, ValueError, LookupError, TypeError, AttributeError)
LONGEST_PAUSE = timedelta(hours=1)
LOST = (None, 421)
"""Codes of a connection that broke, or that the server is about to close (RFC 5321 3.8)."""


def dispatch(bot: Bot) -> Tally:
    """Send everything that is due, in groups; what cannot be sent now waits in the outbox.

    The tally has `post_away` where the server is away or its connections do not last: to go on would be to wait again.
    """
    tally = Tally()
    farthest = max(bot.rhythm.hold, LONGEST_PAUSE)
    while True:
        with bot.database.transaction() as connection:
            now = bot.now()
            ready = outbox.due(connection, now, bot.rhythm.group_mails, now + farthest)
        if not ready:
            return tally
        claimed, failed = _claimed(bot, ready)
        tally["failed"] += failed
        try:
            tally += _send(bot, claimed)
        except (SmtpAway, SmtpRefused) as fault:
            log.warning("outgoing mail waits: %s", fault)
            return tally + Tally(failed=1, post_away=1)
        if tally["unsure"]:
            left_unsure(bot)
        if tally["post_away"]:
            return tally


def left_unsure(bot: Bot) -> None:
    """Letters of which nobody noted whether the server took them over; none is ever sent again blindly.

    What lies in the folder of sent mail was sent, by a server that keeps copies itself; the rest is put before the
    officer.
    """
    with bot.database.transaction() as connection:
        left = outbox.left_transmitting(connection)
    if not left:
        return
    there = _kept(bot, left)
    with bot.database.transaction() as connection:
        for letter in left:
            sent = letter.message_id in there
            _settle(connection, bot, letter, Sent(letter.id, None, "") if sent else Unsure(letter.id, NOT_CERTAIN))
        outbox.copied(connection, [x.id for x in left if x.message_id in there], bot.now())


def _kept(bot: Bot, letters: Sequence[Outgoing]) -> frozenset[str]:
    """The Message-IDs of those in the folder of sent mail; none where it cannot be asked."""
    try:
        with bot.mailbox.session() as session:
            return session.kept([x.message_id for x in letters])
    except (MailboxAway, MailboxRefused) as fault:
        log.warning("the folder of sent mail cannot be asked: %s", fault)
        return frozenset()


def _claimed(bot: Bot, ready: Sequence[Outgoing]) -> tuple[list[Outgoing], int]:
    """Write what was only planned and fix its bytes; how many cannot be written, which the officer is told."""
    failed = 0
    with bot.database.transaction() as connection:
        view = bot.view(conditions.absent(connection))
        held = too_many(connection, bot, ready)
        for each in held:
            outbox.put_off(connection, each, HELD_BACK, bot.now() + LONGEST_PAUSE)
        asked = [x for x in ready if x.content is None or x.duty in MAY_BE_TAKEN_BACK]
        contents = {x.id: x.content for x in ready if x.content is not None}
        fresh: dict[int, bytes] = {}
        for subject in _subjects(connection, bot, [x for x in asked if x.id not in held]):
            letter = subject.letter
            if _taken_back(subject, view):
                outbox.drop(connection, letter.id)
                contents.pop(letter.id, None)
                continue
            if letter.content is not None:
                continue
            try:
                fresh[letter.id] = finished(bot, subject)
            except UNWRITABLE as fault:
                failed += 1
                log.error("letter %d (%s) cannot be written: %s", letter.id, letter.duty, where(fault))
                _put_off_unwritable(connection, bot, letter)
        outbox.claim(connection, fresh.items(), bot.now())
    contents |= fresh
    return [replace(x, content=contents[x.id]) for x in ready if x.id in contents], failed


def _taken_back(about: Subject, view: View) -> bool:
    """A later word took back what this letter says or does, or named whoever reads it; if owed again, it is
    planned again. What the front office is to get of an intake that went to another Case, that Case has."""
    letter = about.letter
    if about.case is None or letter.duty not in MAY_BE_TAKEN_BACK:
        return False
    if letter.subject != about.case.id and letter.duty not in OF_ITS_REACTION:
        return letter.duty in dossier.TO_FRONT_OFFICE  # what was released before `Folge:` goes out all the same
    this = (letter.duty, letter.occurrence, letter.recipient)
    then = replace(view, now=max(view.now, letter.not_before))  # a clock that was set back takes nothing back
    return all((o.duty, o.occurrence, o.recipient) != this for o in due(about.case, then))


def _put_off_unwritable(connection: Connection, bot: Bot, letter: Outgoing) -> None:
    """It stays owed and is tried again, since templates get mended; the officer is told once."""
    outbox.put_off(connection, letter.id, "unwritable", bot.now() + LONGEST_PAUSE)
    if letter.duty != "undelivered":
        _tell(connection, bot, letter, Failure(Delivery.REFUSED, CANNOT_BE_WRITTEN))


def _subjects(connection: Connection, bot: Bot, letters: Sequence[Outgoing]) -> Iterator[Subject]:
    """Everything the letters are about, looked up for the group."""
    known = cases.load(connection, [x.subject for x in letters if x.subject != OFFICE])
    joined = {key: standing(connection, key) for key, case in known.items() if case.state is State.JOINED}
    for letter in letters:
        raw = None
        if letter.duty in WITH_RAW_MAIL and letter.occurrence.isdigit():
            raw = mails.get(connection, int(letter.occurrence)).content
        lists = digest(connection, bot, letter) if letter.duty == "digest" else None
        case = joined.get(letter.subject) or known.get(letter.subject)
        filed = dossier.kept(connection, case, bot.office) if case and letter.duty == dossier.REGISTRATION else None
        yield Subject(letter, case, raw, lists, _files(connection, case, letter), kept=filed)


def _files(connection: Connection, case: Case | None, letter: Outgoing) -> tuple[Enclosure, ...]:
    """The file the answer letter came as, from the mail that brought it; its mail is kept and so is the file."""
    handed = letter_for(case, letter.occurrence) if case and letter.duty in WITH_ANSWER else None
    if handed is None or not handed.about:
        return ()
    found = documents.attachments(mails.get(connection, handed.mail).content or b"")
    return tuple(Enclosure(f.name, f.type, f.content) for f in found if f.name[:80] == handed.about)[:1]


def _send(bot: Bot, claimed: Sequence[Outgoing]) -> Tally:
    """One connection for the group. The note of one letter and the `transmitting` of the next share a commit."""
    tally = Tally()
    letters = {x.id: x for x in claimed}
    parcels = [Parcel(x.id, bot.office.address, (x.address,), x.content or b"") for x in claimed]
    unnoted: list[Result] = []
    with bot.database.transaction() as connection:
        ends = journal.ends_of(connection, {x.subject for x in claimed})

    def note(connection: Connection, ends: journal.Ends | None) -> None:
        for result in unnoted:
            if not isinstance(result, Unsure):  # stays `transmitting` until the folder of sent mail was asked
                _settle(connection, bot, letters[result.parcel], result, ends)

    def before_data(parcel: Parcel) -> None:
        with bot.database.transaction() as connection:
            note(connection, ends)
            if not outbox.transmitting(connection, parcel.id, bot.now()):
                raise DatabaseBusy  # the lock went with a lost connection, and somebody else is at work
        unnoted.clear()  # only now: what could not be committed is noted at the end

    try:
        for result in bot.post.send(parcels, before_data):
            unnoted.append(result)
            tally["sent" if isinstance(result, Sent) else "failed"] += 1
            if isinstance(result, Unsure):
                tally["unsure"] += 1
            if isinstance(result, Deferred) and result.code in LOST:
                tally["post_away"] += 1
    finally:
        with bot.database.transaction() as connection:
            note(connection, None)  # what was looked up before may have been undone
    return tally


def _settle(
    connection: Connection, bot: Bot, letter: Outgoing, result: Result, ends: journal.Ends | None = None
) -> None:
    """Note what became of a letter; what a person must see is put before the officer."""
    now = bot.now()
    if isinstance(result, Deferred):
        pause = min(timedelta(minutes=2 ** min(letter.tries, 10)), LONGEST_PAUSE)
        code = f"{result.code} {result.text}".strip() if result.code else ""
        outbox.put_off(connection, letter.id, code, now + pause)
        if put_off_for_long(connection, bot, letter):
            _tell(connection, bot, letter, put_off(code))
        return
    state, code, failure = _outcome(result)
    if not outbox.settle(connection, letter.id, state, code, now):
        return
    entry = journal.Entry(letter.subject, now, Role.MACHINE, state.value, refs=(f"letter:{letter.id}", letter.duty))
    journal.write(connection, [entry], ends)
    if failure is None:
        if letter.duty == ACKNOWLEDGEMENT.name:
            cases.acknowledged(connection, int(letter.occurrence), now)
        return
    log.warning("letter %d (%s): %s %s", letter.id, letter.duty, state.value, code)
    if letter.duty != "undelivered" or state is Delivery.REFUSED:
        _tell(connection, bot, letter, failure)


def _tell(connection: Connection, bot: Bot, letter: Outgoing, failure: Failure) -> None:
    told = notices(connection, bot, letter, failure)
    plan_events(connection, bot, told)
    if not told:
        log.error("letter %d (%s): nobody is left to be told", letter.id, letter.duty)


def _outcome(result: Sent | Unsure | Refused | PartlyRefused) -> tuple[Delivery, str, Failure | None]:
    """State, code to note, and what a person is told of it."""
    if isinstance(result, Sent):
        return Delivery.SENT, str(result.code or ""), None
    if isinstance(result, Unsure):
        return Delivery.UNSURE, "", Failure(Delivery.UNSURE, NOT_CERTAIN)
    code = f"{result.code or ''} {result.text}".strip()
    return Delivery.REFUSED, code, refused(code)
