"""Nouns of what is owed for a Case as a whole: the Case as its rows ask it, a moment, a row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.office import Person
from notify.course import Course, Matter, by_mail, citizen
from notify.owing import View
from notify.recipients import complained_about, deciding, superior, without
from store.case import ANSWER, CITIZEN, Case, Delivery, Dispatch, Mark, Reaction

GONE = frozenset({Delivery.SENT, Delivery.UNSURE, Delivery.TRANSMITTING})  # on its way or there


@dataclass(frozen=True)
class Whole:
    """A Case, how far it is, and who must not get it."""

    case: Case
    view: View
    out: frozenset[str]
    course: Course

    @property
    def matter(self) -> Matter | None:
        return self.course.matter

    @property
    def waiting(self) -> Matter | None:
        """The matter while somebody still has to write: no letter lies with the officer."""
        return None if self.course.draft else self.matter

    @property
    def handlers(self) -> tuple[Person, ...]:
        return without((self.view.office.person(key) for key in self.case.handlers), self.out)

    @property
    def officer(self) -> tuple[Person, ...]:
        """Whoever decides: the officer, in their absence the deputy."""
        people = deciding(self.view.office, self.out)
        return tuple(p for p in people if p.id not in self.view.absent)[:1] or people[:1]

    @property
    def area_head(self) -> tuple[Person, ...]:
        held = self.case.assignment
        return without(
            (superior(self.view.office.unit(held.unit) if held else None, self.view.office, self.out),), self.out
        )

    @property
    def citizen(self) -> Reaction:
        return citizen(self.case)

    @property
    def by_mail(self) -> bool:
        """Whether letters that say nothing of the matter can go by mail."""
        return by_mail(self.case)

    def taken_back(self, mark: Mark, duty: str) -> bool:
        return self.case.is_back(duty, mark)

    def mailed(self, duty: str, key: str) -> Dispatch | None:
        """This letter to the citizen, if it was ever sent by mail."""
        went = (d for d in self.case.dispatches if d.recipient == CITIZEN and d.state in GONE)
        return next((d for d in went if (d.duty, d.occurrence) == (duty, key)), None)

    def posted_since(self, mark: Mark, about: str = ANSWER) -> bool:
        return self.case.is_posted(about, mark)

    def refused(self, duty: str, key: str) -> bool:
        """Whether the mail server would not take this letter to the citizen."""
        theirs = (d for d in self.case.dispatches if d.recipient == CITIZEN and d.state is Delivery.REFUSED)
        return any((d.duty, d.occurrence) == (duty, key) for d in theirs)


def whole(case: Case, view: View) -> Whole:
    out = complained_about(case, view.office, view.taxonomy).people
    return Whole(case, view, out, Course(case, view.taxonomy, view.workdays))


@dataclass(frozen=True, slots=True)
class Moment:
    """One occurrence of a row: from when on it is owed, and what tells it from the next."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class CaseDuty:
    """A row: `when` gives the occurrences, `who` the people (None: the citizen)."""

    name: str
    ga: str
    when: Callable[[Whole], Iterator[Moment]]
    who: Callable[[Whole], tuple[Person, ...]] | None
    quiet: bool = False
