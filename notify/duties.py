"""What is owed: one row per duty with its clause, asked of every open Case, and nothing else decides it.

`due(case, view)` gives what is owed at `view.now`; the outbox's unique key sees to it that each is planned once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from classify.anlage3 import Type
from classify.coding import NoticeKind, Urgency
from ingest.office import Person
from notify.case_duties import due_of_case
from notify.deadlines import local_day
from notify.owing import DAY_ENDS, MORNING, Owed, View, at_local, by_day, quiet_until
from notify.recipients import complained_about, deciding, in_charge, superiors, without
from store.case import CITIZEN, OFFICE, Case, Dispatch, Kind, Reaction, Said, Source, State

REMEDY = "widerspruch"  # the reason of `Kein KRM: Widerspruch`
TOLD = frozenset({"widerspruch", "anfrage", "irrlaeufer", "auskunft"})  # reasons the citizen is told of
NEEDS_PLACE = frozenset({"anfrage", "irrlaeufer"})  # and only with the place it went to
CALL_AGAIN = timedelta(minutes=30)  # conversation.md, Danger and need
MOST_CALLS = 7 * 48  # a week; by then it is another matter
SENSITISING_MONTH, SENSITISING_UNTIL = 11, 14
REPORT_REMINDED_FROM, REPORT_BY = 10, 15  # days of the month (GA 3.9)
PASSED_ON_WITHIN = timedelta(days=1)  # of what cannot wait, if who was told turns out to be away
MANAGEMENT_AFTER = 2  # working days after officer and deputy


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
Which = Callable[[Facts, Person], str]


def _mail(f: Facts, _: Person) -> str:
    return str(f.reaction.mail)


@dataclass(frozen=True, slots=True)
class Duty:
    """A row: `when` gives the moment from which it is owed (None: not owed), `who` the people it goes to.

    `which` tells one occurrence from the next where a reaction can owe the same person the same letter again.
    """

    name: str
    ga: str
    when: When
    who: Who
    quiet: bool = False
    which: Which = _mail


def _at_once(f: Facts, held: bool) -> datetime | None:
    return f.reaction.arrived if held else None


def _alert(f: Facts) -> datetime | None:
    return _at_once(f, f.urgency is Urgency.DANGER and f.reaction.kind is not Kind.DUPLICATE)


def _alarmed(f: Facts) -> tuple[Person, ...]:
    """Danger is not held back from anybody, and their superior knows of it: it goes out without the file (rules.md)."""
    office = f.view.office
    people = (*office.officers(), *office.management, *((office.security,) if office.security else ()))
    return tuple(dict.fromkeys((*people, *superiors(f.case, office))))


def _calls(f: Facts) -> int:
    """How often half an hour went by since the first alarm without anybody's `gesehen`."""
    first = min((d.at for d in f.case.dispatches if d.duty == "alert" and _about(d, f.reaction) and d.at), default=None)
    if first is None or _alert(f) is None or _was_seen(f):
        return 0
    return min(int((f.view.now - first) / CALL_AGAIN), MOST_CALLS)


def _was_seen(f: Facts) -> bool:
    """Somebody answered, or decided what to do with it."""
    return any(m.reaction == f.reaction.mail for m in f.case.marked(Said.SEEN)) or f.reaction.confirmed_at is not None


def _alert_again(f: Facts) -> datetime | None:
    return f.view.now if _calls(f) else None


def _next_called(f: Facts) -> tuple[Person, ...]:
    """One person after the other, in the order of the list (conversation.md, Danger and need)."""
    people = _alarmed(f)
    return (people[_calls(f) % len(people)],)


def _call(f: Facts, _: Person) -> str:
    return f"{f.reaction.mail}.{_calls(f)}"


def _need(f: Facts) -> datetime | None:
    return _at_once(f, f.urgency is Urgency.NEED and f.reaction.kind is not Kind.DUPLICATE)


def _near(f: Facts) -> tuple[Person, ...]:
    """Officer and the unit that can help (conversation.md, Danger and need)."""
    judged = f.reaction.coding or f.reaction.suggestion
    unit = f.view.office.unit(judged.unit if judged else "")
    absent = f.view.absent if f.undecided else frozenset()  # who goes on leave later changes nothing
    helping = _told_of_need(f) or in_charge(unit, f.view.office, f.out, absent=absent)
    return without((*_officer(f), helping), f.out)


def _told_of_need(f: Facts) -> Person | None:
    """Who can help and was told already; only another team, or who says at once that they are away, changes that."""
    suggested = f.reaction.suggestion.unit if f.reaction.suggestion else ""
    if f.reaction.coding and f.reaction.coding.unit != suggested:
        return None
    office, others = f.view.office, {p.id for p in f.view.office.officers()} | f.out
    for d in f.case.dispatches:
        if (d.duty, d.occurrence) == ("need", str(f.reaction.mail)) and d.recipient not in others:
            early = d.at is None or f.view.now - d.at < PASSED_ON_WITHIN
            return None if early and f.undecided and d.recipient in f.view.absent else office.person(d.recipient)
    return None


def _breach(f: Facts) -> datetime | None:
    suggestion = f.reaction.suggestion
    seen = suggestion is not None and NoticeKind.BREACH in suggestion.notices
    return _at_once(f, seen and f.reaction.kind is not Kind.DUPLICATE)


def _guards(f: Facts) -> tuple[Person, ...]:
    return without((*_officer(f), f.view.office.data_protection), f.out)


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
    found += [p for p in office.management if p.id not in f.out] if reason == "presse" else []
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
    return at_local(f.view.workdays.after(local_day(f.reaction.came), 1), DAY_ENDS)


def _other(f: Facts) -> tuple[Person, ...]:
    return deciding(f.view.office, f.out)[1:]


def _reminder(f: Facts) -> datetime | None:
    """Suggested as not KRM and nobody decided: the second working day (rules.md, Numbers and states)."""
    if not (f.undecided and f.type and not f.type.krm):
        return None
    return at_local(f.view.workdays.after(local_day(f.reaction.arrived), 2), MORNING)


def _both(f: Facts) -> tuple[Person, ...]:
    return deciding(f.view.office, f.out)


def _unconfirmed(f: Facts) -> datetime | None:
    """Acknowledged, but nobody recorded it (conversation.md, Rhythm)."""
    if not f.undecided or f.reaction.acknowledged is None or f.reaction.suggestion is None:
        return None
    return at_local(f.view.workdays.after(local_day(f.reaction.acknowledged), 1), MORNING)


def _still_unconfirmed(f: Facts) -> datetime | None:
    first = _unconfirmed(f)
    return first and at_local(f.view.workdays.after(local_day(first), MANAGEMENT_AFTER), MORNING)


def _management(f: Facts) -> tuple[Person, ...]:
    return without(f.view.office.management, f.out)


def _unconfirmed_key(f: Facts, _: Person) -> str:
    return f"{f.reaction.mail}.unconfirmed"


def _note(f: Facts) -> datetime | None:
    """What went to another office is told the citizen once the officer has said so, where that helps (3.1.6, 3.4)."""
    if not f.answerable or f.reaction.kind is Kind.DUPLICATE or f.reaction.source is Source.HOUSE:
        return None
    reason, _, where = f.reaction.outside.partition(" ")
    told = reason in TOLD and bool(where or reason not in NEEDS_PLACE)
    part = f.case.remedy is True and (
        f.reaction.kind is Kind.FIRST or bool(f.reaction.suggestion and f.reaction.suggestion.remedy)
    )
    if not told and not part and not (f.case.application and f.reaction.kind is Kind.FIRST):
        return None
    return f.reaction.confirmed_at or f.reaction.arrived


def _acknowledgement(f: Facts) -> datetime | None:
    """Once confirmed; unasked on the last day, since the GA promises it to everyone (conversation.md, Rhythm)."""
    if not f.answerable or f.reaction.kind is Kind.DUPLICATE or f.type is None or not f.type.krm:
        return None
    if any(m.about == "acknowledgement" and m.reaction == f.reaction.mail for m in f.case.marked(Said.POSTED)):
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
    taken = [m.at for m in f.case.marked(Said.TAKEN_BACK) if m.reaction == f.reaction.mail]
    if taken:  # the officer is at it: a working day is theirs
        return at_local(workdays.after(local_day(taken[-1]), 1), MORNING)
    asked = min((d.at for d in f.case.dispatches if _asks_for(d, f.reaction) and d.at), default=f.view.now)
    if local_day(asked) <= days.acknowledge_by:
        return at_local(days.acknowledge_by, MORNING)
    return at_local(workdays.after(local_day(asked), 1), MORNING) if local_day(asked) <= days.latest else None


def _asks_for(dispatch: Dispatch, reaction: Reaction) -> bool:
    return dispatch.duty == "confirmation_request" and _about(dispatch, reaction)


def _about(dispatch: Dispatch, reaction: Reaction) -> bool:
    return dispatch.occurrence.partition(".")[0] == str(reaction.mail)


def _assignment(f: Facts) -> datetime | None:
    """The record goes to the unit when it is made (GA 3.7, Anlage 2).

    Whoever it is given to after a clock was set back gets it at once, not when the clock comes to the confirmation.
    """
    if f.reaction.confirmed_at is None or not f.confirmed or f.case.state is not State.OPEN:
        return None
    return min((f.reaction.confirmed_at, *(a.since for a in f.case.assignments[-1:])))


def _handling(f: Facts) -> tuple[Person, ...]:
    """Whoever handles the Case or a part of it; where nobody was assigned, whoever is in charge of its unit."""
    office = f.view.office
    assigned = without((office.person(key) for key in f.case.handlers), f.out)
    if assigned:
        return assigned
    unit = office.unit(f.reaction.coding.unit if f.reaction.coding else "")
    return without((in_charge(unit, office, f.out, absent=f.view.absent),), f.out)


def _turn(f: Facts, person: Person) -> str:
    """Whoever gets the Case a second time gets its latest reaction once more."""
    times = sum(1 for a in f.case.assignments if a.person == person.id)
    latest = [r for r in f.case.reactions if r.coding][-1:] == [f.reaction]
    return f"{f.reaction.mail}.{times}" if times > 1 and latest else str(f.reaction.mail)


DUTIES = (
    Duty("alert", "conversation.md", _alert, _alarmed),
    Duty("alert", "conversation.md", _alert_again, _next_called, which=_call),
    Duty("need", "conversation.md", _need, _near),
    Duty("breach", "Art. 33 DSGVO", _breach, _guards),
    Duty("hand_over", "3.1.6, 3.4", _hand_over, _handed_to),
    Duty("confirmation_request", "3.2.5, 3.3", _request, _officer),
    Duty("confirmation_request", "3.2.1", _deputy_request, _other),
    Duty("reminder", "3.4", _reminder, _both, quiet=True),
    Duty("reminder", "3.3", _unconfirmed, _both, quiet=True, which=_unconfirmed_key),
    Duty("reminder", "3.3", _still_unconfirmed, _management, quiet=True, which=_unconfirmed_key),
    Duty("assignment", "3.7", _assignment, _handling, which=_turn),
)
ACKNOWLEDGEMENT = Duty("acknowledgement", "3.5.1", _acknowledgement, lambda _: ())
HAND_OVER_NOTE = Duty("hand_over_note", "3.1.6, 3.4", _note, lambda _: ())
"""To whoever wrote, so their recipient is no person of the house."""


def due(case: Case, view: View) -> tuple[Owed, ...]:
    """Everything owed in this Case by now, planned or not."""
    out = complained_about(case, view.office, view.taxonomy).people
    owed = [o for r in case.reactions for o in _owed(Facts(case, r, view, out))]
    return tuple(o for o in (*owed, *due_of_case(case, view, out)) if o.at <= view.now)


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


def sensitising_due(view: View) -> tuple[Owed, ...]:
    """GA 3.2: once a year to every team lead, from the first working day of November on, so that the year suffices."""
    today = local_day(view.now)
    first = view.workdays.after(date(today.year, SENSITISING_MONTH, 1) - timedelta(days=1), 1)
    at = at_local(first, MORNING)
    if (
        (today.month, today.day > SENSITISING_UNTIL) != (SENSITISING_MONTH, False)
        or quiet_until(view.now, view.workdays) > view.now
        or view.now < at
    ):
        return ()
    return tuple(
        Owed(OFFICE, "sensitising", f"{today.year} {unit.id}", unit.lead.id, unit.lead.address, at)
        for unit in view.office.units
    )


def report_due(view: View) -> tuple[Owed, ...]:
    """GA 3.9: drafted on the first working day of a month for the one before; reminders from the tenth to the 15th."""
    today = local_day(view.now)
    first = view.workdays.after(today.replace(day=1) - timedelta(days=1), 1)
    at = at_local(first, MORNING)
    if quiet_until(view.now, view.workdays) > view.now or view.now < at:
        return ()
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    keys = [month] if today.day <= REPORT_BY else []
    keys += [f"{month} {today}"] if REPORT_REMINDED_FROM <= today.day <= REPORT_BY else []
    return tuple(Owed(OFFICE, "report", key, p.id, p.address, at) for key in keys for p in view.office.officers())


def _owed(f: Facts) -> Iterator[Owed]:
    for duty in (ACKNOWLEDGEMENT, HAND_OVER_NOTE):
        at = duty.when(f)
        if at is not None:
            yield Owed(f.case.id, duty.name, str(f.reaction.mail), CITIZEN, f.reaction.sender.address, at)
    for duty in DUTIES:
        at = duty.when(f)
        if at is None:
            continue
        at = by_day(at, f.view) if duty.quiet else at
        for person in duty.who(f):
            yield Owed(f.case.id, duty.name, duty.which(f, person), person.id, person.address, at)
