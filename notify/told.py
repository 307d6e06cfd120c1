"""What every letter after the acknowledgement is told: one Case, one reader, one occurrence, one moment. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.office import Person, Unit
from notify.buttons import opened, tag
from notify.course import Course, Matter
from notify.pieces import Button
from notify.recipients import complained_about, contact
from notify.telling import NO_PERSON, Teller
from store.case import Case, Reaction


@dataclass(frozen=True, slots=True)
class Told:
    """What every letter here is told: the office's teller, the Case, to whom, its token and occurrence, the moment."""

    teller: Teller
    case: Case
    reaction: Reaction
    to: Person
    token: str
    occurrence: str
    now: datetime

    @property
    def course(self) -> Course:
        return Course(self.case, self.teller.taxonomy, self.teller.workdays)

    @property
    def matter(self) -> Matter:
        """Raises ValueError where nothing waits any more: then the letter is not written."""
        found = self.course.matter
        if found is None:
            raise ValueError("nothing of the Case waits for an answer")
        return found

    @property
    def unit(self) -> Unit | None:
        held = self.case.assignment
        return self.teller.office.unit(held.unit) if held else None

    @property
    def unit_name(self) -> str:
        return self.unit.name if self.unit else ""

    @property
    def out(self) -> frozenset[str]:
        return complained_about(self.case, self.teller.office, self.teller.taxonomy).people

    @property
    def contact(self) -> Person:
        chosen = self.reaction.coding.contact if self.reaction.coding else ""
        return contact(self.teller.office, self.out, chosen)

    @property
    def type_name(self) -> str:
        judged = self.reaction.coding or self.reaction.suggestion
        return self.teller.taxonomy.name(judged.type) if judged else ""

    def person(self, key: str) -> Person:
        return self.teller.office.person(key) or NO_PERSON

    def buttons(self, rows: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
        """(label, line) -> buttons; the first is the one most often wanted."""
        subject = f"Re: {tag(self.case.shown_id, self.token)}"
        to = self.teller.office.address
        return tuple(opened(label, to, subject, line, primary=n == 0) for n, (label, line) in enumerate(rows))
