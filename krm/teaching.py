"""From what the officer decided to labelled mails: as they were judged, and without the people in them. Pure."""

from collections.abc import Collection, Sequence
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
        return self.example.text


@dataclass(frozen=True, slots=True)
class Apart:
    """What is learned from, and the newest, which a new model must prove itself on."""

    learned: tuple[Taught, ...]
    compared: tuple[Taught, ...]


def taught(lessons: Sequence[Lesson], form: Anlage3, shared: Collection[str] = ()) -> tuple[Taught, ...]:
    """In the same order; left out are those that say nothing in the words of this form.

    The `writer` of the examples is one for all mails of a person and of a Case, and of whoever is in both. `shared` are
    addresses many people write by: web forms, scanners.
    """
    writers = _writers(lessons, frozenset(address.casefold() for address in shared))
    found = ((lesson, _example(lesson, form, writer)) for lesson, writer in zip(lessons, writers, strict=True))
    return tuple(Taught(lesson, example) for lesson, example in found if example)


def _writers(lessons: Sequence[Lesson], shared: frozenset[str]) -> list[str]:
    """For each lesson a name for all that hang together with it, by writer or by Case."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (upper := above.setdefault(name, name)) != name:
            above[name] = above[upper]
            name = upper
        return name

    own = [f"c-{x.mail}" if x.sender.address.casefold() in shared or not x.writer else x.writer for x in lessons]
    for lesson, writer in zip(lessons, own, strict=True):
        for case in lesson.ids[:1]:
            above[top(case)] = top(writer)
    return [top(writer) for writer in own]


def apart(found: Sequence[Taught], made: datetime | None) -> Apart:
    """The newest fifth is compared, if possible only what was confirmed after the model in use was `made`.

    `found` is in the order of confirmation; None: no confirmed mail was learned from until now. A mail is compared only
    where nothing of its writer or its Case was confirmed before, since that was learned from; it is learned from then.
    """
    size = min(max(len(found) // SHARE_COMPARED, FEWEST_COMPARED), MOST_COMPARED)
    fresh = sum(made is None or t.lesson.confirmed_at > made for t in found)
    oldest = len(found) - fresh if fresh >= FEWEST_COMPARED else 0
    places = _unseen(found, size, max(oldest, len(found) // 2))
    learned = [one for place, one in enumerate(found) if place not in places]
    return Apart(tuple(learned[-MOST_LEARNED:]), tuple(found[place] for place in sorted(places)))


def _unseen(found: Sequence[Taught], size: int, oldest: int) -> frozenset[int]:
    """The places of the newest mails whose writers wrote nothing before them: `size` of them, from `oldest` on."""
    first: dict[str, int] = {}
    for place, one in enumerate(found):
        first.setdefault(one.example.writer, place)
    for border in range(len(found) - size, oldest - 1, -1):
        places = [at for at in range(max(0, border), len(found)) if first[found[at].example.writer] >= border]
        if len(places) >= size:
            return frozenset(places)
    return frozenset(at for at in range(oldest, len(found)) if first[found[at].example.writer] >= oldest)


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


def _example(lesson: Lesson, form: Anlage3, writer: str) -> Example | None:
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
        writer=writer,
        lang="",
        from_name=lesson.sender.name,
        subject=lesson.subject,
        body=lesson.text,
        type=kind,
        categories=categories,
        customer_group=group if group in {g.id for g in form.groups} else "",
        remedy=_remedy(lesson),
        urgency=judged.urgency if judged else Urgency.NONE,
        confirmed=True,
        follows=lesson.follows,
        remedy_told=_told(lesson),
    )


def _told(lesson: Lesson) -> bool:
    """Whether the officer said anything of a remedy; a mere "ok" repeats what the machine suggested."""
    return bool(lesson.reason) or lesson.remedy is not None


def _remedy(lesson: Lesson) -> bool:
    """The officer's word, else what was recorded."""
    if _told(lesson):
        return lesson.reason == REMEDY or bool(lesson.remedy)
    return bool(lesson.coding and lesson.coding.remedy)
