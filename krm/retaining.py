"""What is kept too long goes (GA 3.8): what is due, the intention, the mailbox, the rows. In this order.

The intention is committed first; a deletion that broke off is finished by the next run. Rows go only once no folder of
the program holds a copy: what the server does not let go stays begun until somebody has deleted it there by hand.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import Connection

from ingest.office import Office, Person, Role
from ingest.postbox import Copy, MailboxAway, MailboxRefused, Remaining
from krm.bot import Bot, Mailboxes
from krm.reporting import RELEASED
from krm.roles import role_of
from notify import retention as rules
from notify.deadlines import local_day
from notify.owing import at_local
from notify.retention import CLASS, CLASSES, Fact, Periods, bound, due, of_case
from store import cases, erasing, journal
from store import retention as stored
from store.case import OFFICE, Case, State
from store.database import Database, DatabaseBusy
from store.mails import MailState
from store.retention import Deletion, Loose

log = logging.getLogger(__name__)

PORTION = 200
"""So many are deleted together; meanwhile no pass runs."""
PORTIONS = 50
"""So many portions a night."""
LOADED = 100
"""Cases looked at together."""
EVER = timedelta(days=365 * rules.CASE_YEARS)  # a little less: what is due is asked of each
CASES = {
    State.CLOSED: frozenset({"case"}),
    State.NOT_KRM: frozenset({"case", "not_krm", "spam"}),  # one that was closed before stays a Case
}
MAILS = {
    "spam": (MailState.QUARANTINE,),
    "noted": (MailState.NOTED,),
    "automatic": (MailState.AUTOMATIC,),
    "unread": (MailState.UNREADABLE, MailState.TOO_BIG),
}
BY_ITSELF = frozenset(kept.id for kept in CLASSES if not kept.by_word)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What it takes to delete."""

    database: Database
    mailbox: Mailboxes
    office: Office
    periods: Periods
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that is kept, and what is left of it should it go."""

    fact: Fact
    arrived: datetime
    case: Case | None = None

    def deletion(self, by: str, now: datetime) -> Deletion:
        number = self.case.number if self.case else None
        handed_over = self.case is not None and any(d.duty == "hand_over" for d in self.case.dispatches)
        since = self.fact.begun or local_day(self.arrived)
        return Deletion(
            self.fact.subject, self.fact.kept_as, number, self.arrived, since, handed_over, begun=now, by=by
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: deleted, let be since something binds it again, and left where the server does not let it go.

    `stuck`: subjects of what is begun still, since something of it `remaining` is.
    """

    deleted: tuple[Deletion, ...] = ()
    spared: tuple[Deletion, ...] = ()
    remaining: tuple[Remaining, ...] = ()
    stuck: frozenset[str] = frozenset()

    @property
    def moved(self) -> bool:
        """Whether there was anything to do, so that there may be more."""
        return bool(self.deleted or self.spared or self.stuck)

    def __add__(self, later: "Outcome") -> "Outcome":
        remaining = tuple(dict.fromkeys(self.remaining + later.remaining))
        return Outcome(self.deleted + later.deleted, self.spared + later.spared, remaining, self.stuck | later.stuck)


# --- what there is ---


def facts(connection: Connection, known: Iterable[Case]) -> dict[str, Fact]:
    """By Case id, with holds and offers looked up."""
    known = tuple(known)
    ids = [case.id for case in known]
    held, noted = stored.held(connection, ids), stored.known(connection, ids)
    offers = {key: local_day(d.offered) for key, d in noted.items() if d.offered}
    return {c.id: of_case(c, offered=offers.get(c.id), held=c.id in held) for c in known}


def candidates(connection: Connection, periods: Periods, until: date, classes: Collection[str]) -> Iterator[Candidate]:
    """Whatever of these classes can be due by that day, held or not, what began first of its kind first."""
    for state in (state for state, names in CASES.items() if names & set(classes)):
        short = CASES[state] & set(classes) - {"case"}
        shortest = timedelta(min(periods.spam, periods.not_krm)) if short else EVER
        ids = stored.arrived_before(connection, state, _begins(until - shortest))
        for group in (ids[n : n + LOADED] for n in range(0, len(ids), LOADED)):
            known = cases.load(connection, group)
            found = facts(connection, known.values())
            yield from (Candidate(found[i], known[i].arrived, known[i]) for i in group if found[i].kept_as in classes)
    for name in (name for name in MAILS if name in classes):
        for loose in stored.loose(connection, MAILS[name], _before(name, periods, until)):
            yield _loose(name, loose)
    if OFFICE in classes:
        for loose in stored.of_office(connection, _before(OFFICE, periods, until), RELEASED):
            yield _loose(OFFICE, loose)


def _loose(kept_as: str, found: Loose) -> Candidate:
    shown = f"Nr. {found.subject.partition(':')[2]}"
    return Candidate(Fact(found.subject, shown, kept_as, local_day(found.since)), found.arrived)


def _before(name: str, periods: Periods, until: date) -> datetime:
    """Whose clock began earlier is due on that day."""
    return _begins(until - (CLASS[name].until(until, periods) - until))


def _begins(day: date) -> datetime:
    return at_local(day, time())


def ripe(connection: Connection, periods: Periods, today: date, classes: Collection[str]) -> Iterator[Candidate]:
    """Those of them that are due, not held, and not begun yet."""
    begun = {d.subject for d in stored.begun(connection)}
    for one in candidates(connection, periods, today, classes):
        if due(one.fact, periods, today) and one.fact.subject not in begun:
            yield one


# --- deletion ---


def begin(connection: Connection, chosen: Iterable[Candidate], by: Person | None, office: Office, now: datetime) -> int:
    """Note the intention; from here on they go. Gives how many."""
    noted = [one.deletion(by.id if by else "", now) for one in chosen]
    for group in (noted[n : n + PORTION] for n in range(0, len(noted), PORTION)):
        offers = stored.known(connection, [d.subject for d in group])
        stored.note(connection, [replace(d, offered=o.offered) if (o := offers.get(d.subject)) else d for d in group])
    if by:
        said = [journal.Entry(_chain(d), now, role_of(office, by), "deletion", by.id, _refs(d)) for d in noted]
        journal.write(connection, said)
    return len(noted)


def finish_all(keeper: Keeper) -> Outcome:
    """Portion by portion, until each had its turn. Raises as `finish` does."""
    whole = done = finish(keeper)
    while done.moved:
        done = finish(keeper, whole.stuck)
        whole = whole + done
    return whole


def finish(keeper: Keeper, stuck: AbstractSet[str] = frozenset()) -> Outcome:
    """Delete a portion of what is begun, now or in a run that broke off, behind what is `stuck`.

    Raises MailboxAway, MailboxRefused: it stays begun.
    """
    with keeper.database.transaction() as connection:
        begun = [d for d in stored.begun(connection) if d.subject not in stuck]
        waiting, spared = _still(connection, keeper, begun[:PORTION])
        extents = {d.subject: erasing.extent(connection, d.subject) for d in waiting}
        originals = erasing.originals(connection, {mail for e in extents.values() for mail in e.mails})
        sent = erasing.message_ids(connection, {letter for e in extents.values() for letter in e.letters})
    remaining: tuple[Remaining, ...] = ()
    if originals or sent:
        copies = [Copy(o.checksum, o.size, o.arrived, o.places) for o in originals]
        with keeper.mailbox.session() as session:
            remaining = session.forget(copies, sent)
    left = {one.of for one in remaining}
    deleted: list[Deletion] = []
    loose = [d for d in waiting if d.loose]
    for group in (*([d] for d in waiting if not d.loose), *([loose] if loose else [])):
        with keeper.database.transaction() as connection:
            gone = [d for d in group if _erased(connection, keeper, d, left)]
            _note_loose(connection, gone, keeper.now())
        deleted += gone
    keeper.database.settle()
    return Outcome(tuple(deleted), spared, remaining, frozenset(d.subject for d in waiting if d not in deleted))


def _still(
    connection: Connection, keeper: Keeper, begun: Sequence[Deletion]
) -> tuple[list[Deletion], tuple[Deletion, ...]]:
    """Those that may go even now, and those let be: a Case was opened again since, a mail put back into the inbox."""
    known = cases.load(connection, [d.subject for d in begun if not d.loose])
    found = facts(connection, known.values())
    today = local_day(keeper.now())
    back = stored.taken_up(connection, [d.subject for d in begun])
    held = {key for key, fact in found.items() if bound(fact, keeper.periods, today)}
    spared = tuple(d for d in begun if d.subject in held | back)
    for one in spared:
        stored.let_be(connection, one)
        log.warning("%s is not deleted: something binds it again", one.subject)
    return [d for d in begun if d not in spared], spared


def _erased(connection: Connection, keeper: Keeper, one: Deletion, left: AbstractSet[str]) -> bool:
    """Not where a folder still holds something of it."""
    what, now = erasing.extent(connection, one.subject), keeper.now()
    known = {original.checksum for original in erasing.originals(connection, what.mails)}
    if left & {*known, *erasing.message_ids(connection, what.letters)}:
        return False
    erasing.erase(connection, what, one, now)
    if what.cases:
        refs = (*_refs(one), f"mails:{len(what.mails)}", f"letters:{len(what.letters)}")
        journal.write(connection, [journal.Entry(one.subject, now, Role.MACHINE, "deleted", refs=refs)])
    return True


def _note_loose(connection: Connection, deleted: Sequence[Deletion], now: datetime) -> None:
    """What belongs to no Case has one entry a class."""
    for kept in CLASSES:
        if count := sum(d.kept_as == kept.id and d.loose for d in deleted):
            refs = (kept.id, f"count:{count}")
            journal.write(connection, [journal.Entry(OFFICE, now, Role.MACHINE, "deleted", refs=refs)])


def _chain(d: Deletion) -> str:
    return OFFICE if d.loose else d.subject


def _refs(d: Deletion) -> tuple[str, ...]:
    subject = (d.subject,) if d.loose else (str(d.number),) if d.number else ()
    return (*subject, d.kept_as, f"since:{d.since}")


def tonight(bot: Bot) -> Outcome:
    """What goes by itself, portion by portion; where the mailbox cannot be reached, the next night goes on."""
    keeper = Keeper(bot.database, bot.mailbox, bot.office, bot.retention.periods, bot.now)
    whole = Outcome()
    try:
        for _ in range(PORTIONS):
            with bot.database.exclusive():
                _begin_portion(keeper, whole.stuck)
                done = finish(keeper, whole.stuck)
            whole = whole + done
            if not (done.deleted or done.stuck):
                break
    except DatabaseBusy:
        log.warning("another process of the bot is at work on this database")
    except (MailboxAway, MailboxRefused) as fault:
        log.warning("nothing is deleted in the mailbox: %s", fault)
    if whole.remaining:
        log.warning("%d mails must be deleted by hand: krm retention plan lists them", len(whole.remaining))
    log.info("deleted: %d", len(whole.deleted))
    return whole


def _begin_portion(keeper: Keeper, stuck: AbstractSet[str]) -> None:
    now = keeper.now()
    with keeper.database.transaction() as connection:
        room = PORTION - sum(d.subject not in stuck for d in stored.begun(connection))
        found = islice(ripe(connection, keeper.periods, local_day(now), BY_ITSELF), max(room, 0))
        begin(connection, list(found), None, keeper.office, now)
