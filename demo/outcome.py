"""What became of a Case in the played weeks, as the table at their end shows it. Pure."""

from dataclasses import dataclass

from notify.course import Course
from notify.kept import Kept, acknowledgement, answer
from notify.owing import View
from store.case import CITIZEN, Case, Said, State


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
    sent = [d for d in case.dispatches if d.at]
    return Outcome(
        id=case.shown_id,
        what=kind.name if kind else "",
        acknowledged=acknowledgement(course, first),
        answered=answer(course),
        interim_notices=len(case.marked(Said.INTERIM)),
        stage=case.stage,
        state=case.state,
        letters=len(sent),
        to_citizen=sum(d.recipient == CITIZEN for d in sent),
    )
