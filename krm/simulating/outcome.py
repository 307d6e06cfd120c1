"""What came of a play: the figures of its table, and the promises that were not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from krm.simulating.promises import Broken
from krm.simulating.world import World
from notify.course import ANSWER
from notify.deadlines import deadlines, local_day
from notify.owing import View
from store.case import Case, Delivery, Kind, Reaction, Said, Source

FIRST_STAGE = 2


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; those whose day is still to come are not counted."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return round(self.count / self.of, 4) if self.of else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a play. `cases` are recorded ones, `letters` all that went out about them."""

    seed: int
    mails: int
    cases: int
    acknowledged: Share
    closed: Share
    interim_notices: int
    escalations: int
    letters_per_case: float
    broken: tuple[Broken, ...]


def play(world: World) -> Outcome:
    """Plays the world to its end and counts."""
    world.run()
    every, view = world.watch.play_ends(world.now, world.begun, world.put)
    recorded = [c for c in every.values() if c.number]
    letters = sum(1 for c in recorded for d in c.dispatches if d.state is Delivery.SENT)
    return Outcome(
        seed=world.seed,
        mails=world.put,
        cases=sum(1 for c in recorded if c.concerns),
        acknowledged=_share([_acknowledged_in_time(r, view) for c in recorded for r in c.reactions]),
        closed=_share([_answered_in_time(c, view) for c in recorded]),
        interim_notices=sum(len(c.marked(Said.INTERIM)) for c in recorded),
        escalations=sum(1 for c in recorded for s in c.stages if s.level > FIRST_STAGE),
        letters_per_case=round(letters / len(recorded), 2) if recorded else 0.0,
        broken=tuple(world.watch.broken),
    )


def _share(found: Sequence[bool | None]) -> Share:
    counted = [one for one in found if one is not None]
    return Share(sum(counted), len(counted))


def _acknowledged_in_time(r: Reaction, view: View) -> bool | None:
    """None for what is owed no acknowledgement by mail, or not yet."""
    judged = r.coding or r.suggestion
    owed = judged is not None and view.taxonomy.type(judged.type).krm and r.kind is not Kind.DUPLICATE and not r.outside
    if not owed or not r.sender.address or r.source is Source.MACHINE:
        return None
    by = view.days(r).acknowledge_by
    if r.acknowledged is not None:
        return local_day(r.acknowledged) <= by
    return False if local_day(view.now) > by else None


def _answered_in_time(case: Case, view: View) -> bool | None:
    """The first answer by the day that bound then: a promised or superior one before the latest."""
    if not case.concerns:
        return None
    posted = [m.day for m in case.marked(Said.POSTED) if m.about == ANSWER and m.day]
    closed = [local_day(m.at) for m in case.marked(Said.CLOSED)]
    mailed = [local_day(d.at) for d in case.dispatches if d.duty == ANSWER and d.state is Delivery.SENT and d.at]
    answered: date | None = min((*posted, *closed, *mailed), default=None)
    bound = [c.day for c in case.clocks if c.kind in ("interim", "superior")]
    by = max((*bound, deadlines(case.arrived, view.workdays).latest))
    if answered is not None:
        return answered <= by
    return False if local_day(view.now) > by else None
