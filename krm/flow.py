"""The story of a mail and of a day: one pass fetches, decides, sends and files. No rule of the office stands here."""

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ingest.message import Place
from ingest.postbox import MailboxAway, MailboxRefused
from krm.bot import TALLIED, Bot, Tally
from krm.digesting import anything_to_list
from krm.dispatching import dispatch, left_unsure
from krm.early import early_warnings
from krm.handling import handle
from krm.planning import Event, plan_due, plan_events, plan_office
from krm.receiving import put_away, take_in
from krm.reporting import due_reports
from krm.yearly import sensitising
from notify.deadlines import local_day
from notify.duties import due_in_office, old_enough
from notify.owing import MORNING, Owed, at_local
from store import cases, conditions, journal, mails, outbox, which
from store.case import OFFICE

log = logging.getLogger(__name__)

ALARMED_FOR = timedelta(days=1)
"""So long an alarm that nobody answered is looked at again."""

AWAY_FOR = timedelta(days=14)
"""So long an out-of-office counts. Whoever gets nothing has nothing to answer and would be away for ever; who is still
away says so to the next letter."""

DIGESTS = "digests"
"""The condition that says when digests were last thought of."""

AWAY = "Das Postfach ist nicht erreichbar. Neue Nachrichten werden nicht gelesen, es geht aber keine verloren."
REFUSED = "Das Postfach weist die Anmeldung oder den Zugriff ab. Neue Nachrichten werden nicht gelesen."
STOOD_STILL = "Das Programm hat in dieser Zeit nicht gearbeitet. Alles Liegengebliebene wird jetzt bearbeitet."
FULL = (
    "Der Mailserver nimmt keine bearbeiteten Nachrichten und keine Kopien in die Ordner auf; vielleicht ist das "
    "Postfach voll. Gelesen und beantwortet wird weiter. "
    "In ein volles Postfach kommen aber auch keine neuen Nachrichten."
)
REMEDY = "Bitte sagen Sie der Administration Bescheid. Der Befehl „krm doctor“ zeigt die Ursache."


def once(bot: Bot, *, read: bool = True) -> Tally:
    """One whole pass; `read` False leaves a mailbox alone that is away, and does everything else.

    Raises DatabaseBusy where another process is at it, DatabaseAway where nothing can be kept.
    """
    with bot.database.exclusive(), _collecting_less():
        bot.look_again()
        _begun(bot)
        left_unsure(bot)
        tally = _receive(bot) if read else _decide(bot)
        _plan_duties(bot)
        tally += Tally() if tally["post_away"] else dispatch(bot)
        tally += _put_away(bot) if read and not tally["away"] else Tally()
    return Tally({name: tally[name] for name in (*TALLIED, *tally)})


@contextmanager
def _collecting_less() -> Iterator[None]:
    """A pass makes values by the thousand, hardly any in cycles; to look for cycles as often as usual costs a tenth."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _receive(bot: Bot) -> Tally:
    """Everything that lies in the mailbox, group by group: in, decided, answered, filed."""
    tally = _decide(bot)  # what an earlier pass took in and did not finish
    withheld: set[Place] = set()
    more = True
    try:
        while more:
            with bot.mailbox.session() as session:
                session.prepare()
                taken, more = take_in(bot, session, withheld)
            tally += taken
            tally += _decide(bot)
            tally += Tally() if tally["post_away"] else dispatch(bot)
            tally += _file(bot)
    except (MailboxAway, MailboxRefused) as fault:
        log.warning("the mailbox cannot be read: %s", fault)
        _begins(bot, conditions.MAILBOX_AWAY, REFUSED if isinstance(fault, MailboxRefused) else AWAY)
        return tally + Tally(failed=1, away=1)
    _is_over(bot, conditions.MAILBOX_AWAY, "Das Postfach ist wieder erreichbar.")
    return tally


def _decide(bot: Bot) -> Tally:
    """All stored mails nobody decided yet, oldest first."""
    tally = Tally()
    while True:
        with bot.database.transaction() as connection:
            group = mails.undecided(connection, bot.rhythm.group_mails)
        if not group:
            return tally
        tally += handle(bot, group)


def _plan_duties(bot: Bot) -> None:
    """What time alone brings about: reminders, the acknowledgement of the last day, the digest."""
    with bot.database.transaction() as connection:
        if conditions.back_again(connection, bot.now() - AWAY_FOR):
            conditions.end(connection, conditions.ASKED)
        before = old_enough(bot.view(conditions.absent(connection)))
        waiting = {*which.undecided_ids(connection, before), *_handled(connection, bot)}
        waiting |= set(which.alarmed_ids(connection, bot.now() - ALARMED_FOR))
        plan_due(connection, bot, list(cases.load(connection, waiting).values()))
        plan_office(connection, bot, _digests(connection, bot))
        of_office = (sensitising, due_reports, early_warnings)
        plan_events(connection, bot, [event for owed in of_office for event in owed(connection, bot)])


def _handled(connection: Connection, bot: Bot) -> Sequence[str]:
    """Recorded Cases, asked for once a morning and when somebody goes or comes: else time brings them nothing."""
    now, morning = bot.now(), at_local(local_day(bot.now()), MORNING)
    held = conditions.get(connection, conditions.ASKED)
    if held and not (held.since < morning <= now) and held.since <= now:  # later than now: a clock that was set back
        return ()
    conditions.end(connection, conditions.ASKED)
    conditions.begin(connection, conditions.ASKED, now)
    return which.handled_ids(connection)


def _digests(connection: Connection, bot: Bot) -> Sequence[Owed]:
    """The digests of a day, asked for once: what happens later in the day stands in the next one."""
    now, owed = bot.now(), due_in_office(bot.view())
    held = conditions.get(connection, DIGESTS)
    if not owed or (held and local_day(held.since) == local_day(now)):
        return ()
    conditions.end(connection, DIGESTS)
    conditions.begin(connection, DIGESTS, now)
    return [o for o in owed if anything_to_list(connection, bot, o.recipient)]


def _anchor(connection: Connection, bot: Bot) -> None:
    today = local_day(bot.now())
    midnight = at_local(today, datetime.min.time())
    journal.anchor(connection, today - timedelta(days=1), midnight)


def _put_away(bot: Bot) -> Tally:
    try:
        tally = _file(bot)
    except (MailboxAway, MailboxRefused) as fault:
        log.warning("the mailbox cannot be filed: %s", fault)
        return Tally(failed=1)
    if tally["failed"]:
        _begins(bot, conditions.MAILBOX_FULL, FULL)
    else:
        _is_over(bot, conditions.MAILBOX_FULL, "")
    return tally


def _file(bot: Bot) -> Tally:
    with bot.database.transaction() as connection:
        if not mails.to_file(connection, 1) and not outbox.to_copy(connection, 1):
            return Tally()
    with bot.mailbox.session() as session:
        return put_away(bot, session)


def _begun(bot: Bot) -> None:
    """The pass is noted together with the anchor of the day before, so that `krm journal verify` can ask for that one.

    Where the program did not work for a long while, somebody is told now that it works again.
    """
    now, longest = bot.now(), bot.rhythm.tell_of_gap
    with bot.database.transaction() as connection:
        last = conditions.end(connection, conditions.LAST_PASS)
        conditions.begin(connection, conditions.LAST_PASS, now)
        _anchor(connection, bot)
        if longest is not None and last is not None and now - last.since > longest:
            _tell_of_outage(connection, bot, last.since, now, {"what": STOOD_STILL, "stood_still": True})


def _begins(bot: Bot, condition: str, what: str) -> None:
    """Somebody is told once, after half an hour (option)."""
    now = bot.now()
    with bot.database.transaction() as connection:
        conditions.begin(connection, condition, now)
        held = conditions.get(connection, condition)
        if held is None or held.told or now - held.since < bot.rhythm.tell_of_outage_after:
            return
        _tell_of_outage(connection, bot, held.since, None, _told(condition, what))
        conditions.told(connection, condition, now)


def _is_over(bot: Bot, condition: str, what: str) -> None:
    """And once when it is over, if anybody was told it had begun."""
    with bot.database.transaction() as connection:
        held = conditions.end(connection, condition)
        if held and held.told:
            _tell_of_outage(connection, bot, held.since, bot.now(), _told(condition, what))


def _told(condition: str, what: str) -> dict[str, str | bool]:
    return {"what": what, "full": condition == conditions.MAILBOX_FULL}


def _tell_of_outage(
    connection: Connection, bot: Bot, since: datetime, over: datetime | None, about: Mapping[str, str | bool]
) -> None:
    told = {
        "since": since.isoformat(),
        "over_at": over.isoformat() if over else None,
        "remedy": "" if over else REMEDY,
        **about,
    }
    occurrence = f"{'back' if over else 'away'} {since.isoformat()}"
    plan_events(connection, bot, [Event(OFFICE, "outage", occurrence, p, told) for p in bot.office.officers()])
