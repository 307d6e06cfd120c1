"""From what the officer decided to labelled mails: as they were judged, and without the people in them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from classify.anlage3 import Anlage3
from classify.coding import Text, Urgency
from classify.examples import Example
from classify.pseudonyms import Acquainted, pseudonymised
from ingest.office import Office
from notify.duties import REMEDY
from store.lessons import Lesson

SOMEBODY = "–"
"""For a sender's display name: there was one. It is no word that could be learned."""

FEWEST_COMPARED = 10
MOST_COMPARED = 100
SHARE_COMPARED = 5
"""One in so many is kept for the comparison."""

MOST_LEARNED = 3000
"""Of more the newest: a night is short."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson and its example, still with the words that were judged."""

    lesson: Lesson
    example: Example

    @property
    def text(self) -> Text:
        """What a model is asked about this mail."""
        return replace(self.example.text, follows=self.lesson.follows)


@dataclass(frozen=True, slots=True)
class Apart:
    """What is learned from, and the newest, which a new model must prove itself on."""

    learned: tuple[Taught, ...]
    compared: tuple[Taught, ...]


def taught(lessons: Sequence[Lesson], form: Anlage3) -> tuple[Taught, ...]:
    """In the same order; left out are those that say nothing in the words of this form."""
    found = ((lesson, _example(lesson, form)) for lesson in lessons)
    return tuple(Taught(lesson, example) for lesson, example in found if example)


def apart(found: Sequence[Taught], made: datetime | None) -> Apart:
    """The newest fifth is compared, if possible only what was confirmed after the model in use was `made`.

    `found` is in the order of confirmation; None: no confirmed mail was learned from until now.
    """
    size = min(max(len(found) // SHARE_COMPARED, FEWEST_COMPARED), MOST_COMPARED)
    fresh = sum(made is None or t.lesson.confirmed_at > made for t in found)
    size = min(size, fresh) if fresh >= FEWEST_COMPARED else size
    border = max(0, len(found) - size)
    return Apart(tuple(found[max(0, border - MOST_LEARNED) : border]), tuple(found[border:]))


def unnamed(one: Taught, house: Acquainted) -> Example:
    """The example as it may be learned from."""
    lesson = one.lesson
    known = Acquainted(house.names, (*house.words, *lesson.ids, lesson.sender.address))
    text = pseudonymised(one.example.text, known)
    named = bool(one.example.from_name.strip())
    return replace(one.example, from_name=SOMEBODY if named else "", subject=text.subject, body=text.body)


def house(office: Office) -> Acquainted:
    """Everybody of the office, whom mails name."""
    people = office.people()
    staff = (*office.staff, *(name for unit in office.units for name in unit.staff))
    words = (*(p.address for p in people), *(p.telephone for p in people))
    return Acquainted((*(p.name for p in people), *staff), tuple(filter(None, words)))


def _example(lesson: Lesson, form: Anlage3) -> Example | None:
    """Urgency is what was suggested: no word of a reply changes it."""
    suggestion, coding = lesson.suggestion, lesson.coding
    kind = coding.type if coding else getattr(form.type_of(lesson.reason), "id", "")
    known = {c.id for c in form.categories}
    wanted = coding.categories if coding else ()
    categories = tuple(c for c in wanted if c in known)
    if kind not in {t.id for t in form.types} or (wanted and not categories):
        return None
    judged = coding or suggestion
    group = judged.customer_group if judged else ""
    return Example(
        id=f"c-{lesson.mail}",
        writer=lesson.writer or f"c-{lesson.mail}",
        lang="",
        from_name=lesson.sender.name,
        subject=lesson.subject,
        body=lesson.text,
        type=kind,
        categories=categories,
        customer_group=group if group in {g.id for g in form.groups} else form.groups[0].id,
        remedy=_remedy(lesson),
        urgency=judged.urgency if judged else Urgency.NONE,
        confirmed=True,
    )


def _remedy(lesson: Lesson) -> bool:
    """The officer's word, else what was recorded."""
    if lesson.reason or lesson.remedy is not None:
        return lesson.reason == REMEDY or bool(lesson.remedy)
    return bool(lesson.coding and lesson.coding.remedy)
