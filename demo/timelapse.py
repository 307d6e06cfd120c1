"""Plays the weeks of `weeks` with the real bot: its clock and the mail server's are set, no day is waited for.

The bot's passes run in this process, so that each has the moment of its scene; everything else is as with `krm run`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import make_msgid
from pathlib import Path

from demo import letters, office, told
from demo.guide import Stuck
from demo.letters import Draft, View
from demo.office import KRM, Account
from demo.outcome import Outcome, outcome
from demo.server import PostOffice
from demo.terminal import Terminal
from demo.told import Letter
from demo.weeks import LAST_DAY, PEOPLE, STORY, Answered, Scene, at
from krm import flow, settings
from krm.assembly import assemble
from krm.bot import Bot
from krm.models import Recipe
from krm.stock import Stock
from notify.deadlines import local_day
from store import cases, which

MORNING = "07:30"
ANSWERED_AFTER = timedelta(minutes=1)
"""The service makes a pass each minute."""

HOUSE = frozenset(a.address for a in office.HOUSE)


class Clock:
    """The played time. It stands still until it is set, but no two looks are at the same moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment, self._looks = moment, 0

    def __call__(self) -> datetime:
        self._looks += 1
        return self._moment + timedelta(microseconds=self._looks)

    def set(self, moment: datetime) -> None:
        self._moment = moment


@dataclass
class Weeks:
    """The weeks being played. `step` makes one pass of the bot and returns when it is done; `rest` lets people read."""

    post: PostOffice
    clock: Clock
    step: Callable[[], Awaitable[None]]
    terminal: Terminal
    rest: Callable[[], Awaitable[None]]
    _read: dict[str, int] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _day: date | None = None

    async def play(self) -> None:
        """From the first morning to the last scene. Raises Stuck where something does not come about."""
        left = list(STORY)
        for day in range(LAST_DAY + 1):
            morning = at(day, MORNING)
            if not left or left[0].at > morning:
                await self._passes(Scene(morning))
            while left and local_day(left[0].at) == local_day(morning):
                await self._passes(left.pop(0))
            await self._nothing(local_day(morning))

    async def _passes(self, scene: Scene) -> None:
        self.clock.set(scene.at)
        name = self._name(scene.who.address) if scene.who else ""
        if scene.who:
            await self._write(scene, scene.who)
            self.clock.set(scene.at + ANSWERED_AFTER)
        await self.step()
        came = await self._came()
        self._check(scene, came)
        await self._tell(scene, name, came)

    async def _write(self, scene: Scene, who: Account) -> None:
        """What somebody writes goes to the bot's mailbox, at the played moment."""
        draft = Draft(KRM.address, scene.mail.subject, scene.mail.body) if scene.mail else Draft()
        if scene.to:
            draft = letters.answered(letters.reply(await self._letter(scene, who, scene.to)), scene.words)
        message_id = make_msgid(domain=who.address.partition("@")[2])
        await self.post.submit(who.address, letters.compose(draft, str(who), message_id, self.clock()))

    async def _letter(self, scene: Scene, who: Account, to: Answered) -> View:
        shown = [letters.view(mail.content) for mail in await self.post.mails(who.address)]
        found = [v for v in shown if v.kind == to.kind and to.holds in f"{v.subject}\n{v.text}"]
        if not found:
            raise Stuck(f"{scene.at:%d.%m. %H:%M}: {who.name} has no {to.kind} that holds {to.holds!r}")
        return found[-1]

    async def _came(self) -> list[Letter]:
        """Letters of the bot nobody saw yet."""
        found = []
        for address in await self.post.addresses():
            mails = [] if address == KRM.address else await self.post.mails(address)
            new = [m for m in mails if m.uid > self._read.get(address, 0)]
            self._read[address] = max((m.uid for m in mails), default=0)
            found += [(m.arrived, Letter(self._name(address), address, letters.view(m.content))) for m in new]
        return [letter for _, letter in sorted(found, key=lambda f: f[0])]

    def _name(self, address: str) -> str:
        """What somebody is called; the first time with who they are."""
        who = PEOPLE[address]
        known = address in self._known
        self._known.add(address)
        return who.name if known or not who.role else f"{who.name} ({who.role})"

    def _check(self, scene: Scene, came: list[Letter]) -> None:
        """What the scene brings must have come; a reply must have been understood."""
        there = {(x.view.kind, x.address) for x in came}
        wanted = {(kind, who.address) for kind, who in scene.brings}
        if scene.to and scene.who and scene.who.address in HOUSE:
            wanted.add(("receipt", scene.who.address))
        if missing := sorted(wanted - there):
            raise Stuck(f"{scene.at:%d.%m. %H:%M}: no {missing[0][0]} to {missing[0][1]}, only {sorted(there)}")

    async def _tell(self, scene: Scene, name: str, came: list[Letter]) -> None:
        if not came and not scene.who and not scene.why:
            return
        if local_day(scene.at) != self._day:
            self._day = local_day(scene.at)
            self.terminal.day(self._day)
        if scene.why:
            self.terminal.why(scene.why)
            await self.rest()
        if scene.who:
            words = scene.mail.subject if scene.mail else scene.words
            self.terminal.person(scene.at, scene.who, name, words, reply=scene.mail is None)
            await self.rest()
        for line in told.lines(came):
            self.terminal.letter(self.clock(), line)
            await self.rest()

    async def _nothing(self, day: date) -> None:
        """A weekend on which nobody got anything is told, too."""
        if day.weekday() == 6 and self._day and (day - self._day).days >= 2:
            self.terminal.weekend(day)
            await self.rest()


@asynccontextmanager
async def passes(
    config: Path, clock: Clock, say: Callable[[str], None]
) -> AsyncIterator[tuple[Bot, Callable[[], Awaitable[None]]]]:
    """The bot of this office by the played clock, and its pass; `say` hears of training where no model was kept.

    One worker makes all passes, as in the service; a pass under way is finished before the block ends.
    """
    chosen = settings.load(config, {})
    stock = Stock(chosen.learning.folder, Recipe(key=chosen.keys.seal()), say)
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as worker:
        bot = await loop.run_in_executor(worker, assemble, chosen, stock, clock)

        async def step() -> None:
            await loop.run_in_executor(worker, flow.once, bot)

        try:
            await loop.run_in_executor(worker, bot.database.upgrade)
            await loop.run_in_executor(worker, bot.look_again)
            yield bot, step
        finally:
            await loop.run_in_executor(worker, bot.database.close)


def what_came_of_it(bot: Bot) -> list[Outcome]:
    """A row per Case, in the order of their arrival."""
    with bot.database.transaction() as connection:
        known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
    return [outcome(case, bot.view()) for case in sorted(known, key=lambda c: c.arrived)]
