"""What must hold after every pass, whatever happened. Pure: from the records and what the simulation saw to faults."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from krm.listing import LISTS, listed
from krm.planning import ONCE_A_MAIL
from krm.simulating.judge import Truth
from notify.course import Course
from notify.deadlines import local_day
from notify.duties import due
from notify.owing import DAY_ENDS, View, at_local
from store.case import ANSWER, CITIZEN, Case, Delivery, Dispatch, Kind, Reaction, Said, Source, State
from store.outbox import Outgoing

FREE = frozenset({"alert", "receipt", "unclear", "help", "status"})
"""Danger is held back from nobody; and whoever wrote themselves is answered."""
PASS = timedelta(minutes=1)  # how late a pass may come
LOST, DOUBLED, WRONG, MISSED = "lost", "doubled", "wrong", "missed"
"""What a broken promise counts as."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that was not kept: when, in which Case ("" for none), what; as what it counts under faults."""

    at: datetime
    case: str
    what: str
    sort: str = MISSED


@dataclass(frozen=True, slots=True)
class Seen:
    """A Case as it is, the view of this moment, and the letters about its mails before they came to it."""

    case: Case
    view: View
    before_joining: frozenset[tuple[str, str, str]] = frozenset()


PASSED_ON = frozenset({"hand_over", "need"})
"""Letters to whoever can act: one that was sent is not owed to the next person only because somebody is away since."""


def planned(s: Seen) -> Iterator[str]:
    """Every duty that became due is planned; of a closed Case, for whoever was there until it was closed."""
    closed = s.case.state is State.CLOSED
    acted = {(d.duty, d.occurrence) for d in s.case.dispatches if closed or d.duty in PASSED_ON}
    known = {(d.duty, d.occurrence, d.recipient) for d in s.case.dispatches} | s.before_joining
    for owed in due(s.case, s.view):
        key = (owed.duty, owed.occurrence, owed.recipient)
        if key not in known and key[:2] not in acted and owed.at < s.view.now - PASS:
            yield f"{owed.duty} {owed.occurrence} to {owed.recipient} is due since {owed.at:%d.%m. %H:%M}, not planned"


def acknowledged(s: Seen) -> Iterator[str]:
    """Each reaction by the end of its third working day (GA 3.5.1)."""
    for r in s.case.reactions:
        limit = at_local(s.view.days(r).acknowledge_by + timedelta(days=1), DAY_ENDS.min)
        if s.view.now < limit or not _to_acknowledge(s, r, limit):
            continue
        if any((d.duty, d.occurrence) == ("acknowledgement", str(r.mail)) and _failed(d) for d in s.case.dispatches):
            continue  # the officer was asked to post it
        earlier = ("acknowledgement", str(r.mail), CITIZEN) in s.before_joining
        if not earlier and (r.acknowledged is None or r.acknowledged >= limit):
            yield f"reaction {r.mail} was not acknowledged by {limit:%d.%m.}"


def _failed(letter: Dispatch) -> bool:
    return letter.returned or letter.state in (Delivery.REFUSED, Delivery.UNSURE)


def _to_acknowledge(s: Seen, r: Reaction, limit: datetime) -> bool:
    """Whether it was owed in time by what was known then: suggested as KRM, or confirmed before the limit."""
    if r.kind is Kind.DUPLICATE or r.outside or not r.sender.address or r.source is Source.MACHINE:
        return False
    if s.case.state is State.JOINED:
        return False
    if r.coding and r.confirmed_at and r.confirmed_at < limit - timedelta(hours=7):
        return s.view.taxonomy.type(r.coding.type).krm
    suggested = s.view.taxonomy.type(r.suggestion.type) if r.suggestion else None
    return r.source is Source.CITIZEN and suggested is not None and suggested.krm and suggested.unasked


def owned(s: Seen) -> Iterator[str]:
    """No open recorded Case without somebody who handles it; a Case without a unit lies with the officer."""
    first = next((r for r in s.case.reactions if r.kind is Kind.FIRST and r.coding), None)
    unit = s.view.office.unit(first.coding.unit) if first and first.coding else None
    if s.case.state is State.OPEN and unit is not None and not s.case.handlers:
        yield "recorded, and nobody handles it"


def warned(s: Seen) -> Iterator[str]:
    """By the latest day an answer, an interim notice, or the officer and the others were warned (GA 3.5.2)."""
    course = Course(s.case, s.view.taxonomy, s.view.workdays)
    matter = course.matter
    if matter is None or not s.case.concerns or matter.promised or matter.superior or course.release:
        return
    if local_day(s.view.now) <= matter.days.latest:
        return
    recorded = matter.reaction.confirmed_at
    if recorded is None or s.view.now - recorded < timedelta(days=1):
        return
    sent = {d.duty for d in s.case.dispatches if d.occurrence.partition(" ")[0] == matter.key}
    for duty in {"interim_draft", "interim_alarm"} - sent:
        yield f"over its latest day {matter.days.latest:%d.%m.} without {duty}"


def registered(s: Seen) -> Iterator[str]:
    """A recorded Case's form went to the front office, and a closed Case with it (Anlage 3, last line)."""
    went = {d.duty for d in s.case.dispatches}
    if s.case.state in (State.OPEN, State.CLOSED) and s.case.concerns and "entry" not in went:
        yield "recorded without entry"
    if s.case.state is State.CLOSED and "registration" not in went:
        yield "closed without registration"


def filed(s: Seen) -> Iterator[str]:
    """A recorded Case has its number; one that is not recorded and was never acknowledged has none."""
    if s.case.state in (State.OPEN, State.CLOSED) and s.case.concerns and s.case.number is None:
        yield "recorded without a number"


def stuck(s: Seen) -> Iterator[str]:
    """An answer that was released and is not posted stands in a list of the digest until somebody does."""
    course = Course(s.case, s.view.taxonomy, s.view.workdays)
    if s.case.state is not State.OPEN or not s.case.concerns or course.matter is None:
        return
    posted = [m.at for m in s.case.marked(Said.POSTED) if m.about == ANSWER]
    waits = course.release and not posted and s.view.now - course.release.at > timedelta(days=1)
    seen = listed(s.case, s.view)
    if waits and not any(entry for _, _, entries in LISTS for entry in entries(seen)):
        yield "an answer was released, is not posted, and stands in no list"


OF_A_CASE: tuple[Callable[[Seen], Iterator[str]], ...] = (
    planned,
    acknowledged,
    owned,
    warned,
    registered,
    filed,
    stuck,
)


def broken_in(s: Seen) -> tuple[str, ...]:
    return tuple(what for promise in OF_A_CASE for what in promise(s))


# --- letters as they go out ---


def wrongly_sent(letter: Outgoing, case: Case | None, view: View, truths: Mapping[int, Truth]) -> Iterator[str]:
    """What a letter that just went out must not be."""
    if case is None:
        return
    if letter.duty not in FREE and letter.recipient in _named(case, view, truths):
        yield f"{letter.duty} {letter.occurrence} went to {letter.recipient}, whom the complaint names"
    if letter.duty in PASSED_ON:
        yield from _late(letter, case, view)
    if letter.duty == "to_print" and _posted_since(case, letter.occurrence.partition(" ")[0], letter.occurrence):
        yield f"to_print {letter.occurrence} went to {letter.recipient} after the letter was posted"
    if (
        letter.duty in ("handling_reminder", "overdue", "interim_draft", "interim_alarm")
        and case.state is not State.OPEN
    ):
        yield f"{letter.duty} of a Case that is {case.state}"
    if letter.recipient == CITIZEN and letter.duty != "hand_over_note" and case.state is State.NOT_KRM:
        yield f"{letter.duty} to the citizen of a Case that is not recorded"


def _named(case: Case, view: View, truths: Mapping[int, Truth]) -> set[str]:
    """Whom recorded complaints of the Case name, and nobody said that another is meant."""
    wrong = {m.about for m in case.marked(Said.NOT_MEANT)}
    found: set[str] = set()
    for r in case.reactions:
        truth = truths.get(r.mail)
        judged = r.coding or r.suggestion
        if truth and judged and view.taxonomy.type(judged.type).about_people:
            found |= truth.names
    return found - wrong


def _late(letter: Outgoing, case: Case, view: View) -> Iterator[str]:
    """It went to somebody else long before, who was there; a corrected team gets what only the officer had.

    So does the team of a unit to which the officer gave the Case since.
    """
    office = view.office
    others = {p.id for p in (*office.officers(), office.legal_office, office.data_protection) if p}
    alike = [d for d in case.dispatches if (d.duty, d.occurrence) == (letter.duty, letter.occurrence)]
    same = [d for d in alike if d.at and d.recipient not in others]
    first = min((d for d in same if d.recipient != letter.recipient), key=lambda d: d.at or view.now, default=None)
    units, here = {a.person: a.unit for a in case.assignments}, case.assignment.unit if case.assignment else ""
    given = first is not None and units.get(first.recipient, here) != here
    if first and first.at and view.now - first.at > timedelta(days=2) and not given:
        yield f"{letter.duty} {letter.occurrence} went to {letter.recipient} long after it went to {first.recipient}"


def _posted_since(case: Case, about: str, occurrence: str) -> bool:
    released = [m.at for m in case.marks if str(m.mail) == occurrence.partition(" ")[2]]
    return any(m.about == about and released and m.at > min(released) for m in case.marked(Said.POSTED))


@dataclass
class Once:
    """Remembers what went out: no letter twice."""

    seen: set[tuple[str, ...]] = field(default_factory=set)

    def twice(self, letter: Outgoing, words: bytes) -> Iterator[str]:
        keys: list[tuple[str, ...]] = [(letter.subject, letter.duty, letter.occurrence, letter.recipient)]
        if letter.duty in ONCE_A_MAIL and "." not in letter.occurrence:
            keys.append((letter.duty, letter.occurrence, letter.recipient))
        if letter.recipient == CITIZEN and letter.duty in ("answer", "interim_notice", "correction", "invitation"):
            keys.append((letter.subject, letter.duty, "the same words", str(hash(words))))
        for key in keys:
            if key in self.seen:
                yield f"twice: {' '.join(key[:3])} to {letter.recipient}"
            self.seen.add(key)


def gaps(numbers: Iterable[tuple[int, int]]) -> Iterator[str]:
    """(year, sequence) of all Cases."""
    by_year: dict[int, list[int]] = {}
    for year, sequence in numbers:
        by_year.setdefault(year, []).append(sequence)
    for year, found in by_year.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"the numbers of {year} have a gap"
