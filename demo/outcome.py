"""What became of a Case in the played weeks, as the table at their end shows it. Pure."""

from dataclasses import dataclass
from datetime import date

from notify.course import Course
from notify.deadlines import local_day
from notify.owing import View
from store.case import CITIZEN, Case, Said, State


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise of time: the day it bound, the day it was kept (None: not yet)."""

    by: date
    on: date | None

    def held(self, today: date) -> bool | None:
        """None while it can still be kept."""
        if self.on is None and today <= self.by:
            return None
        return self.on is not None and self.on <= self.by


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row. `acknowledged` and `answered` are None where nothing is owed; `letters` counts all, also to the house."""

    id: str
    what: str
    acknowledged: Kept | None
    answered: Kept | None
    interim_notices: int
    stage: int
    state: State
    letters: int
    to_citizen: int


def outcome(case: Case, view: View) -> Outcome:
    """Reads the row from the Case's facts."""
    first, course = case.reactions[0], Course(case, view.taxonomy, view.workdays)
    judged = first.coding or first.suggestion
    kind = view.taxonomy.type(judged.type) if judged else None
    days = view.days(first)
    recorded = case.state is not State.NOT_KRM
    answer_by = case.day("interim") or days.latest
    answered = local_day(course.answered) if course.answered else None
    sent = [d for d in case.dispatches if d.at]
    return Outcome(
        id=case.shown_id,
        what=kind.name if kind else "",
        acknowledged=Kept(days.acknowledge_by, local_day(first.acknowledged) if first.acknowledged else None)
        if recorded
        else None,
        answered=Kept(answer_by, answered) if recorded and kind and not kind.thanks else None,
        interim_notices=len(case.marked(Said.INTERIM)),
        stage=case.stage,
        state=case.state,
        letters=len(sent),
        to_citizen=sum(d.recipient == CITIZEN for d in sent),
    )
