"""Two bots, one PostgreSQL, one mailbox: one works, the other leaves with a word, and the work is done once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import scenario
from tests.faults.checking import outcome, verdict
from tests.faults.drilling import Plan
from tests.faults.world import Child, Ended, Running, Servers, World, child, settling
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.postgres

BUSY = "krm: another process of the bot is at work on this database"


@pytest.fixture(scope="module")
def other() -> Iterator[Child]:
    """The second bot's process."""
    with child() as second:
        yield second


@pytest.fixture
def world(mail_server: Servers, postgres: Postgres, tmp_path: Path) -> Iterator[World]:
    """An office whose records are on PostgreSQL, with nothing in them."""
    with settling(mail_server, tmp_path, postgres) as settle_in:
        yield settle_in()


def left_in_order(ended: Ended) -> bool:
    """It has worked, or was told that another one works."""
    return ended.code == 0 or (ended.code == 1 and ended.err.splitlines()[-1] == BUSY)


def at_once(world: World, other: Child) -> list[Ended]:
    """Both make a pass, started in the same moment."""
    running = [world.start(folder="one"), world.start(folder="two", child=other)]
    ended = [each.end() for each in running]
    world.settled()
    return ended


def at_rest(world: World, first_act: int = 0) -> None:
    """The rest of the story, by one bot."""
    for number in range(first_act, scenario.ACTS):
        scenario.act(world, number)
        world.to_rest()


def test_two_that_start_in_the_same_moment_do_the_work_of_one(world: World, other: Child, expected: Plan) -> None:
    """At first on an empty database: both want to make the tables."""
    for number in range(scenario.ACTS):
        scenario.act(world, number)
        for _ in range(3):
            for ended in at_once(world, other):
                assert left_in_order(ended), ended
    world.to_rest()

    found = verdict(outcome(world), expected.undisturbed)

    assert (found.faultless, found.asked) == (True, 0), found


@pytest.fixture
def held(world: World, expected: Plan) -> Running:
    """The first bot, standing still with a letter half on its way."""
    scenario.act(world, 0)
    assert world.passes(at=1).killed  # the tables are made
    point = next(p for p in expected.points if p.step == "before SMTP end of data")
    running = world.start(point.at, signal.SIGSTOP, folder="one")
    running.stopped()
    return running


GO_ON: dict[str, tuple[int, int]] = {"it goes on": (signal.SIGCONT, 0), "it is killed": (signal.SIGKILL, 1)}
"""What happens to the one that stands still, and how many letters the officer is then asked about."""


@pytest.mark.parametrize("how", GO_ON)
def test_while_one_holds_the_office_the_other_leaves_and_does_nothing(
    how: str, world: World, held: Running, other: Child, expected: Plan
) -> None:
    before = look(world)

    left = world.start(folder="two", child=other).end()

    assert (left.code, left.out, left.err.splitlines()[-1]) == (1, "", BUSY)
    assert look(world) == before

    sent, asked = GO_ON[how]
    os.kill(held.pid, sent)
    ended = held.end()
    world.settled()
    assert ended.code == (0 if sent == signal.SIGCONT else -signal.SIGKILL)
    assert world.start(folder="two", child=other).end().code == 0  # the lock is free again
    world.to_rest()
    at_rest(world, first_act=1)
    found = verdict(outcome(world), expected.undisturbed)
    assert (found.faultless, found.asked) == (True, asked), found


def look(world: World) -> tuple[object, ...]:
    seen = outcome(world)
    return seen.rows, seen.letters, seen.folders, seen.went, seen.actions
