"""Every point once: the story is told undisturbed to number its steps, then once for each of them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.faults import scenario
from tests.faults.checking import Outcome, Verdict, outcome, verdict
from tests.faults.world import World

SettleIn = Callable[[], World]
"""Makes a fresh office."""


@dataclass(frozen=True, slots=True)
class Point:
    """Step `at` (from 1) of the first pass of an act. `window`: a letter may be on its way and not yet noted."""

    act: int
    at: int
    step: str
    window: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All points, and what the story comes to where nothing happens."""

    points: tuple[Point, ...]
    undisturbed: Outcome


def plan(settle_in: SettleIn) -> Plan:
    """Tells the story undisturbed."""
    world, points = settle_in(), []
    for act in range(scenario.ACTS):
        scenario.act(world, act)
        steps = world.passes().steps
        points += [Point(act, at, step, step_in_window) for at, step, step_in_window in _numbered(steps)]
        world.to_rest()
    return Plan(tuple(points), outcome(world))


def _numbered(steps: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """The window: from the commit that says `transmitting`, the last before DATA, up to the end of the next one."""
    opened = False
    for at, step in enumerate(steps, start=1):
        following = next((s for s in steps[at - 1 :] if s in ("before SMTP DATA", "before commit")), "")
        if step == "after commit":
            opened = following == "before SMTP DATA"
        yield at, step, opened


def drilled(point: Point, expected: Plan, settle_in: SettleIn) -> Verdict:
    """The story with a kill right there."""
    world = settle_in()
    killed = scenario.told(world, point.act, point.at)
    assert killed.killed, (point, killed)
    assert killed.steps[-1] == point.step
    found = verdict(outcome(world), expected.undisturbed)
    shutil.rmtree(world.folder)
    return found


def right(point: Point, verdict: Verdict) -> bool:
    """Nothing lost, nothing doubled, and asked exactly where nobody can know."""
    return verdict.faultless and verdict.asked == int(point.window)
