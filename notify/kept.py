"""In time or not: when an acknowledgement or an answer was owed, and when it went out (GA 3.5.1, 3.5.2). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from notify.course import Course
from notify.deadlines import deadlines, local_day
from store.case import Clock, Kind, Reaction, Source, State


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
class Share:
    """So many of so many; those whose day is still to come are not counted."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return round(self.count / self.of, 4) if self.of else None


def share(promises: Iterable[Kept | None], today: date) -> Share:
    """How many were kept; None: nothing is owed."""
    over = [held for kept in promises if kept is not None and (held := kept.held(today)) is not None]
    return Share(sum(over), len(over))


def acknowledgement(course: Course, reaction: Reaction) -> Kept | None:
    """By the third working day (GA 3.5.1); None where none is owed, or none by mail.

    An acknowledgement that came back counts from the day it was posted: a bounce takes `acknowledged` back.
    """
    judged = reaction.coding or reaction.suggestion
    owed = judged is not None and course.taxonomy.type(judged.type).krm and not _aside(course, reaction)
    if not owed or not reaction.sender.address or reaction.source is Source.MACHINE:
        return None
    on = local_day(reaction.acknowledged) if reaction.acknowledged else None
    return Kept(deadlines(reaction.arrived, course.workdays).acknowledge_by, on)


def answer(course: Course) -> Kept | None:
    """The answer to what began the Case, by the day that bound when it went out (GA 3.5.2, rules.md Time 6).

    None where none is owed. A letter that came back is no answer. What was promised after the answer changes nothing,
    nor does an interim notice after the day that bound until then: it comes before the end, or it is late itself.
    """
    first = next((r for r in course.case.reactions if r.kind is Kind.FIRST), None)
    if first is None or _aside(course, first) or not course.owes(first):
        return None
    done = min(course.settled, default=None)
    counted: tuple[Clock, ...] = ()
    for clock in sorted(course.case.clocks, key=lambda c: c.set_at):
        too_late = clock.kind == "interim" and local_day(clock.set_at) > _bound(course, first, counted)
        if not too_late and (done is None or clock.set_at <= done):
            counted = (*counted, clock)
    return Kept(_bound(course, first, counted), local_day(done) if done else None)


def _bound(course: Course, reaction: Reaction, clocks: tuple[Clock, ...]) -> date:
    """The day by which an answer was owed, had nothing else been promised."""
    return replace(course, case=replace(course.case, clocks=clocks)).late_after(reaction)


def _aside(course: Course, reaction: Reaction) -> bool:
    return course.case.state is State.NOT_KRM or bool(reaction.outside) or reaction.kind is Kind.DUPLICATE
