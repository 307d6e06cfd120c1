"""What came of a play: the figures of its table, and the promises that were not kept."""

from dataclasses import dataclass

from krm.simulating.promises import Broken
from krm.simulating.world import World
from notify.course import Course
from notify.deadlines import local_day
from notify.kept import Share, acknowledgement, answer, share
from store.case import FIRST_STAGE, Delivery, Said


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
    courses, today = [Course(c, view.taxonomy, view.workdays) for c in recorded], local_day(view.now)
    letters = sum(1 for c in recorded for d in c.dispatches if d.state is Delivery.SENT)
    return Outcome(
        seed=world.seed,
        mails=world.put,
        cases=sum(1 for c in recorded if c.concerns),
        acknowledged=share((acknowledgement(c, r) for c in courses for r in c.case.reactions), today),
        closed=share((answer(c) for c in courses if c.case.concerns), today),
        interim_notices=sum(len(c.marked(Said.INTERIM)) for c in recorded),
        escalations=sum(1 for c in recorded for s in c.stages if s.level > FIRST_STAGE),
        letters_per_case=round(letters / len(recorded), 2) if recorded else 0.0,
        broken=tuple(world.watch.broken),
    )
