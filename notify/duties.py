"""What is owed: one row per duty with its clause, asked of every open Case, and nothing else decides it.

`due(case, view)` gives what is owed at `view.now`; the outbox's unique key sees to it that each is planned once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from classify.anlage3 import Anlage3, Type
from classify.coding import Urgency
from ingest.office import Office, Person
from notify.deadlines import BERLIN, Deadlines, deadlines, local_day
from notify.recipients import complained_about, deciding, in_charge
from notify.workdays import Workdays
from store.case import CITIZEN, OFFICE, Case, Dispatch, Kind, Reaction, Source, State

MORNING = time(7, 30)  # conversation.md, Rhythm
REMEDY = "widerspruch"  # the reason of `Kein KRM: Widerspruch`
DAY_BEGINS, DAY_ENDS = time(7), time(18)  # quiet hours: reminders, digest and reports only


@dataclass(frozen=True, slots=True)
class View:
    """What the rows are told besides the Case. `absent` are ids of people whose out-of-office came back."""

    office: Office
    taxonomy: Anlage3
    workdays: Workdays
    now: datetime
    absent: frozenset[str] = frozenset()
    acknowledge_unasked: bool = True

    def days(self, reaction: Reaction) -> Deadlines:
        return deadlines(reaction.arrived, self.workdays)


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that is owed from `at` on. `recipient` is a person id or "citizen"."""

    subject: str
    duty: str
    occurrence: str
    recipient: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """One reaction of a Case and what the rows ask of it."""

    case: Case
    reaction: Reaction
    view: View
    out: frozenset[str] = field(default=frozenset())

    @property
    def type(self) -> Type | None:
        judged = self.reaction.coding or self.reaction.suggestion
        return self.view.taxonomy.type(judged.type) if judged else None

    @property
    def confirmed(self) -> bool:
        return self.reaction.coding is not None and self.reaction.confirmed_at is not None

    @property
    def undecided(self) -> bool:
        return self.case.state is State.OPEN and self.reaction.confirmed_at is None

    @property
    def remedy(self) -> bool:
        """A possible legal remedy nobody has denied. Rules may only raise, the officer alone takes back."""
        suggested = bool(self.reaction.suggestion and self.reaction.suggestion.remedy)
        said = self.case.remedy is True or self.reaction.outside == REMEDY
        return said or (self.case.remedy is None and suggested)

    @property
    def urgency(self) -> Urgency:
        return self.reaction.suggestion.urgency if self.reaction.suggestion else Urgency.NONE

    @property
    def answerable(self) -> bool:
        return bool(self.reaction.sender.address) and self.reaction.source is not Source.MACHINE


When = Callable[[Facts], datetime | None]
Who = Callable[[Facts], tuple[Person, ...]]


@dataclass(frozen=True, slots=True)
class Duty:
    """A row: `when` gives the moment from which it is owed (None: not owed), `who` the people it goes to."""

    name: str
    ga: str
    when: When
    who: Who
    quiet: bool = False


def at_local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=BERLIN)


def quiet_until(moment: datetime, workdays: Workdays) -> datetime:
    """The moment itself, or the next morning at which a reminder may disturb."""
    local = moment.astimezone(BERLIN)
    if workdays.working(local.date()) and DAY_BEGINS <= local.time() < DAY_ENDS:
        return local
    day = local.date() if local.time() < DAY_BEGINS and workdays.working(local.date()) else None
    return at_local(day or workdays.after(local.date(), 1), MORNING)


def _at_once(f: Facts, held: bool) -> datetime | None:
    return f.reaction.arrived if held else None


def _alert(f: Facts) -> datetime | None:
    return _at_once(f, f.urgency is Urgency.DANGER)


def _alarmed(f: Facts) -> tuple[Person, ...]:
    """Danger is not held back from anybody: it goes out without the file (rules.md)."""
    office = f.view.office
    people = (*office.officers(), *office.management, *((office.security,) if office.security else ()))
    return tuple(dict.fromkeys(people))


def _hand_over(f: Facts) -> datetime | None:
    return _at_once(f, f.remedy or bool(_handed_to(f)))


def _handed_to(f: Facts) -> tuple[Person, ...]:
    """Where `Kein KRM:` or `Antrag an` sends it. The legal office gets every possible remedy."""
    office = f.view.office
    reason, _, rest = f.reaction.outside.partition(" ")
    unit = office.unit(f.case.application or (rest.split(" ")[0] if reason in ("anfrage", "antrag") else ""))
    found: list[Person | None] = [office.legal_office] if f.remedy else []
    found.append(in_charge(unit, office, f.out))
    found.append(office.data_protection if reason == "auskunft" else None)
    return tuple(dict.fromkeys(p for p in found if p is not None))


def _request(f: Facts) -> datetime | None:
    return _at_once(f, f.undecided and f.reaction.suggestion is not None and f.reaction.kind is not Kind.DUPLICATE)


def _officer(f: Facts) -> tuple[Person, ...]:
    return deciding(f.view.office, f.out)[:1]


def _deputy_request(f: Facts) -> datetime | None:
    """After one working day, or at once where the officer is away (conversation.md, Rhythm)."""
    if _request(f) is None:
        return None
    if f.view.office.officer.id in f.view.absent:
        return f.reaction.arrived
    return at_local(f.view.workdays.after(local_day(f.reaction.arrived), 1), DAY_ENDS)


def _other(f: Facts) -> tuple[Person, ...]:
    return deciding(f.view.office, f.out)[1:]


def _reminder(f: Facts) -> datetime | None:
    """Suggested as not KRM and nobody decided: the second working day (rules.md, Numbers and states)."""
    if not (f.undecided and f.type and not f.type.krm):
        return None
    return at_local(f.view.workdays.after(local_day(f.reaction.arrived), 2), MORNING)


def _both(f: Facts) -> tuple[Person, ...]:
    return deciding(f.view.office, f.out)


def _acknowledgement(f: Facts) -> datetime | None:
    """Once confirmed; unasked on the last day, since the GA promises it to everyone (conversation.md, Rhythm)."""
    if not f.answerable or f.reaction.kind is Kind.DUPLICATE or f.type is None or not f.type.krm:
        return None
    if f.confirmed:
        return f.reaction.confirmed_at if f.case.state in (State.OPEN, State.CLOSED) else None
    unasked = f.view.acknowledge_unasked and f.type.unasked and f.reaction.source is Source.CITIZEN
    return _unasked(f) if f.undecided and unasked else None


def _unasked(f: Facts) -> datetime | None:
    """The last day; for a mail that was late when it came in, a working day after the officer was asked.

    What was over the latest day of an answer already (an old mailbox taken over) waits for the officer alone.
    """
    days, workdays = f.view.days(f.reaction), f.view.workdays
    asked = min((d.at for d in f.case.dispatches if _asks_for(d, f.reaction) and d.at), default=f.view.now)
    if local_day(asked) <= days.acknowledge_by:
        return at_local(days.acknowledge_by, MORNING)
    return at_local(workdays.after(local_day(asked), 1), MORNING) if local_day(asked) <= days.latest else None


def _asks_for(dispatch: Dispatch, reaction: Reaction) -> bool:
    return dispatch.duty == "confirmation_request" and dispatch.occurrence == str(reaction.mail)


def _assignment(f: Facts) -> datetime | None:
    """The record goes to the unit when it is made (GA 3.7, Anlage 2)."""
    return f.reaction.confirmed_at if f.confirmed and f.case.state is State.OPEN else None


def _lead(f: Facts) -> tuple[Person, ...]:
    unit = f.view.office.unit(f.reaction.coding.unit if f.reaction.coding else "")
    person = in_charge(unit, f.view.office, f.out)
    return (person,) if person else ()


DUTIES = (
    Duty("alert", "conversation.md", _alert, _alarmed),
    Duty("hand_over", "3.1.6, 3.4", _hand_over, _handed_to),
    Duty("confirmation_request", "3.2.5, 3.3", _request, _officer),
    Duty("confirmation_request", "3.2.1", _deputy_request, _other),
    Duty("reminder", "3.4", _reminder, _both, quiet=True),
    Duty("assignment", "3.7", _assignment, _lead),
)
ACKNOWLEDGEMENT = Duty("acknowledgement", "3.5.1", _acknowledgement, lambda _: ())
"""To whoever wrote, so its recipient is no person of the house."""


def due(case: Case, view: View) -> tuple[Owed, ...]:
    """Everything owed in this Case by now, planned or not."""
    out = complained_about(case, view.office, view.taxonomy).people
    return tuple(o for r in case.reactions for o in _owed(Facts(case, r, view, out)) if o.at <= view.now)


def old_enough(view: View) -> datetime | None:
    """Time alone brings duties only to what arrived before this moment (None: to everything).

    What arrives today owes at once or from tomorrow on, unless somebody is away.
    """
    return None if view.absent else at_local(local_day(view.now), time())


def due_in_office(view: View) -> tuple[Owed, ...]:
    """What is owed whatever arrived: the digest at 07:30 on working days."""
    today = local_day(view.now)
    if not view.workdays.working(today) or view.now < at_local(today, MORNING) or view.now >= at_local(today, DAY_ENDS):
        return ()
    people = view.office.officers()
    at = at_local(today, MORNING)
    return tuple(Owed(OFFICE, "digest", today.isoformat(), p.id, p.address, at) for p in people)


def _owed(f: Facts) -> Iterator[Owed]:
    occurrence = str(f.reaction.mail)
    at = ACKNOWLEDGEMENT.when(f)
    if at is not None:
        yield Owed(f.case.id, ACKNOWLEDGEMENT.name, occurrence, CITIZEN, f.reaction.sender.address, at)
    for duty in DUTIES:
        at = duty.when(f)
        if at is None:
            continue
        at = quiet_until(at, f.view.workdays) if duty.quiet else at
        for person in duty.who(f):
            yield Owed(f.case.id, duty.name, occurrence, person.id, person.address, at)
