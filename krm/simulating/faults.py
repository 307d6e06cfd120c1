"""Which faults there are, when they may come, and which of them a seed brings: tables, spells, and chance."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from ingest.postbox import MailboxAway, MailboxRefused
from notify.owing import at_local
from notify.workdays import Workdays


class Crash(BaseException):
    """The process ends here: nobody may catch it, and nothing that it unwinds through gets anything done."""


class Door(StrEnum):
    """Where something can go wrong. Each passage is a step."""

    IMAP = "imap"
    SMTP = "smtp"
    STATEMENT = "statement"
    COMMIT = "commit"
    PEOPLE = "people"


class When(StrEnum):
    """`HALF`: of a group the first half was done; at other doors as `BEFORE`."""

    BEFORE = "before"
    HALF = "half"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is what it is counted as. `does`: the server's answer, or what a person does."""

    kind: str
    door: Door
    when: When = When.BEFORE
    does: str = ""
    raises: Callable[[], BaseException] = Crash


def _away() -> BaseException:
    return MailboxAway("reading: the connection was lost")


def _refused() -> BaseException:
    return MailboxRefused("the server refused [UNAVAILABLE]")


FAULTS: tuple[Fault, ...] = (
    *(Fault("imap", Door.IMAP, when, raises=_away) for when in When),
    Fault("imap", Door.IMAP, raises=_refused),
    Fault("smtp", Door.SMTP, does="421 4.3.2 later"),
    Fault("smtp", Door.SMTP, does="450 4.2.0 later"),
    Fault("smtp", Door.SMTP, does="550 5.1.1 no"),
    Fault("smtp", Door.SMTP, does="drop"),
    Fault("smtp", Door.SMTP, When.AFTER, does="drop"),
    Fault("database", Door.STATEMENT, does="database is locked"),
    Fault("database", Door.COMMIT, does="database or disk is full"),
    Fault("database", Door.COMMIT, When.AFTER, does="connection lost"),
    *(Fault("crash", Door.IMAP, when) for when in When),
    *(Fault("crash", Door.SMTP, when) for when in (When.BEFORE, When.AFTER, When.AFTER)),
    Fault("crash", Door.STATEMENT),
    *(Fault("crash", Door.COMMIT, when) for when in (When.BEFORE, When.AFTER)),
    *(
        Fault("people", Door.PEOPLE, does=what)
        for what in ("takes away", "deletes", "puts twice", "puts back", "reads", "renumbers")
    ),
)
SPAN = {Door.IMAP: 8, Door.SMTP: 20, Door.STATEMENT: 400, Door.COMMIT: 40, Door.PEOPLE: 2}
"""About so many steps a busy pass takes: a fault comes at one of them, early ones as likely as late ones."""
AT_ONCE = (1, 1, 2, 3)
"""How many faults a pass in a bad spell is given; one whose step is not reached does not come."""

CLOCK, STANDSTILL = "clock", "standstill"
LASTING = frozenset({CLOCK, STANDSTILL})
"""What holds for a whole spell; everything else comes at a step."""
SPELLS: tuple[tuple[str, ...], ...] = (
    ("imap",),
    ("smtp",),
    ("database",),
    ("crash",),
    ("crash", "smtp"),
    ("people",),
    ("people", "imap"),
    ("imap", "smtp", "database", "crash", "people"),
    (CLOCK, "crash"),
    (STANDSTILL,),
)
"""What goes wrong together."""
KINDS = ("crash", "imap", "smtp", "database", "people", CLOCK, STANDSTILL)
BAD_DAYS = 0.85
CLOCK_ERRS = timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which some kinds of faults come; `clock` is how far the bot's clock is ahead."""

    begin: datetime
    end: datetime
    kinds: tuple[str, ...]
    clock: timedelta = timedelta(0)


def spells(begin: date, until: date, chance: Random) -> tuple[Spell, ...]:
    """At most one a working day, over at half past three; the first and the last day are quiet."""
    found, workdays = [], Workdays()
    for day in (begin + timedelta(days=n) for n in range(1, (until - begin).days - 1)):
        if not workdays.working(day) or chance.random() > BAD_DAYS:
            continue
        start = at_local(day, time(6)) + timedelta(minutes=30 * chance.randrange(14))
        end = min(start + timedelta(minutes=30 * chance.randrange(2, 10)), at_local(day, time(15, 30)))
        kinds = chance.choice(SPELLS)
        errs = timedelta(minutes=chance.choice((-1, 1)) * chance.randrange(1, CLOCK_ERRS // timedelta(minutes=1)))
        found.append(Spell(start, end, kinds, errs if CLOCK in kinds else timedelta(0)))
    return tuple(found)


@dataclass
class Trouble:
    """Strikes at numbered steps of a pass. `came` counts what came, by kind; `dead` after a crash."""

    chance: Random
    came: Counter[str] = field(default_factory=Counter)
    dead: bool = False
    struck: bool = False
    _steps: Counter[Door] = field(default_factory=Counter)
    _waiting: dict[tuple[Door, int], Fault] = field(default_factory=dict)
    _works: bool = False

    def begins(self, kinds: Sequence[str]) -> None:
        """A pass begins, in a spell of these kinds: what will come at which step is drawn now."""
        self._works, self.dead, self.struck = True, False, False
        self._steps.clear()
        self._waiting = {}
        striking = [k for k in kinds if k not in LASTING]
        for _ in range(self.chance.choice(AT_ONCE) if striking else 0):
            kind = self.chance.choice(striking)
            fault = self.chance.choice([f for f in FAULTS if f.kind == kind])
            self.orders(fault, int(math.exp(self.chance.uniform(0, math.log(SPAN[fault.door] + 1)))))

    def orders(self, fault: Fault, step: int) -> None:
        """It will come at this step through its door, counted from 1 in each pass."""
        self._waiting[fault.door, step] = fault

    def ends(self) -> None:
        """The pass is over, or the process."""
        self._works = False

    def at(self, door: Door) -> Fault | None:
        """The next step through a door, and what comes at it."""
        if not self._works:
            return None
        if self.dead:
            raise Crash
        self._steps[door] += 1
        fault = self._waiting.pop((door, self._steps[door]), None)
        if fault:
            self.came[fault.kind] += 1
            self.struck = True
        return fault

    def breaks(self, fault: Fault) -> BaseException:
        """What it raises; after a crash nothing goes on."""
        self.dead = self.dead or fault.kind == "crash"
        return fault.raises()
