"""Nouns of what is owed: the view a row is told, the letter that is owed, and when quiet hours let it out."""

from dataclasses import dataclass
from datetime import date, datetime, time

from classify.anlage3 import Anlage3
from ingest.office import Office
from notify.deadlines import BERLIN, Deadlines, deadlines
from notify.workdays import Workdays
from store.case import Reaction

MORNING = time(7, 30)  # conversation.md, Rhythm
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


def at_local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=BERLIN)


def by_day(at: datetime, view: View) -> datetime:
    """When a quiet letter may disturb; what is late already (nobody was at work) waits for the morning as well."""
    at, awake = quiet_until(at, view.workdays), quiet_until(view.now, view.workdays)
    return awake if at <= view.now < awake else at


def working_day_later(moment: datetime, workdays: Workdays) -> datetime:
    """The same time of the next working day."""
    local = moment.astimezone(BERLIN)
    return at_local(workdays.after(local.date(), 1), local.time())


def quiet_until(moment: datetime, workdays: Workdays) -> datetime:
    """The moment itself, or the next morning at which a reminder may disturb."""
    local = moment.astimezone(BERLIN)
    if workdays.working(local.date()) and DAY_BEGINS <= local.time() < DAY_ENDS:
        return local
    day = local.date() if local.time() < DAY_BEGINS and workdays.working(local.date()) else None
    return at_local(day or workdays.after(local.date(), 1), MORNING)
