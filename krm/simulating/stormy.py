"""The same play with faults: the program crashes and starts anew, servers and database fail, people move mails."""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from krm import flow
from krm.faults import where
from krm.handling import POISON
from krm.simulating.faults import LASTING, STANDSTILL, Crash, Spell, Trouble, spells
from krm.simulating.inspecting import Inspector
from krm.simulating.promises import WRONG, Broken
from krm.simulating.troubled import TroubledMailbox, TroubledPost, disturb
from krm.simulating.world import BEGINS, STEP, TOKEN, World
from notify.owing import at_local
from store import stocktaking
from store.case import Delivery
from store.database import DatabaseAway

HEALED = time(17)
"""By then everything of the day is made up for, half an hour before its promises are looked at."""
WRITES = 0.3
"""How likely somebody writes in each half hour of a bad spell, so that there is work to break off."""
QUIET = (time(16), time(16, 30), HEALED)


@dataclass(frozen=True, slots=True)
class Weathered:
    """What came of a play with faults. `faults` by kind, `letters` that went, `asked`: put before a person instead."""

    seed: int
    faults: Mapping[str, int]
    mails: int
    letters: int
    asked: int
    broken: tuple[Broken, ...]

    def found(self, sort: str) -> int:
        """How many promises of this sort were broken."""
        return sum(b.sort == sort for b in self.broken)


class StormyWorld(World):
    """A world whose servers and database are troubled as the seed says; the records are a file of their own."""

    mailbox: TroubledMailbox

    def __init__(self, seed: int, until: date, per_day: float, folder: Path) -> None:
        self.trouble = Trouble(Random(f"faults {seed}"))  # noqa: S311 - chance of a play
        self.ahead = timedelta(0)
        mailbox, post = TroubledMailbox(self.trouble), TroubledPost(self.trouble)
        super().__init__(seed, until, per_day, mailbox, post, f"sqlite:///{folder / 'krm.db'}")
        self.spells = spells(BEGINS, until, self.trouble.chance)
        self.inspector = Inspector(self.database, mailbox)
        disturb(self.database, self.trouble)

    def arrives(self, raw: bytes) -> None:
        super().arrives(raw)
        self.inspector.put[raw] += 1

    def _tick(self) -> datetime:
        return super()._tick() + self.ahead

    def _days(self) -> None:
        super()._days()
        for spell in self.spells:
            self.at(spell.end, self.mailbox.people.empty_the_drawer)
            for clock in QUIET:
                self.at(at_local(spell.begin.date(), clock), _nothing)
            for n in range((spell.end - spell.begin) // timedelta(minutes=STEP)):
                writes = self.chance.random() < WRITES
                self.at(spell.begin + n * timedelta(minutes=STEP), self._somebody_writes if writes else _nothing)

    def _pass(self) -> None:
        spell = next((s for s in self.spells if s.begin <= self.now < s.end), Spell(self.now, self.now, ()))
        if spell.begin == self.now:
            self.trouble.came.update(LASTING.intersection(spell.kinds))
        if STANDSTILL in spell.kinds:
            return
        self.ahead = spell.clock
        self._works(spell)
        rested = not self.trouble.struck and not spell.clock
        self.inspector.went.update(
            found[1].decode() for p in self.post.sent[self._read :] if (found := TOKEN.search(p.content))
        )
        for sort, what in self.inspector.after_pass(rested=rested):
            self.watch.note(self.now, "", what, sort)
        self._post_comes(rested=rested)

    def _works(self, spell: Spell) -> None:
        """A pass as the service makes it: what fails is tried again, what crashed is started anew."""
        self.trouble.begins(spell.kinds)
        try:
            flow.once(self.bot)
        except DatabaseAway:
            pass
        except Crash:
            self._starts_anew()
        except POISON as fault:
            self.watch.note(self.now, "", f"a pass broke off: {where(fault)}", WRONG)
        finally:
            self.trouble.ends()

    def _starts_anew(self) -> None:
        """Nothing is left of the process but what it had committed."""
        self.database.close()
        self.bot = self.watch.bot = replace(self.bot)


def _nothing() -> None:
    """Only the bot's own pass."""


@contextmanager
def _without_log() -> Iterator[None]:
    """Each fault would say so."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def weathered(seed: int, until: date, per_day: float) -> Weathered:
    """Plays it to the end, where everything has come to rest, and counts."""
    with _without_log(), tempfile.TemporaryDirectory() as folder:
        world = StormyWorld(seed, until, per_day, Path(folder))
        world.run()
        world.watch.play_ends(world.now, world.begun, world.put)
        for sort, what in world.inspector.in_the_end():
            world.watch.note(world.now, "", what, sort)
        with world.database.transaction() as connection:
            letters = stocktaking.taken(connection).letters
        world.database.close()
    states = Counter(x.state for x in letters)
    return Weathered(
        seed=seed,
        faults=world.trouble.came,
        mails=world.put,
        letters=len(world.post.sent),
        asked=states[Delivery.UNSURE],
        broken=tuple(world.watch.broken),
    )
