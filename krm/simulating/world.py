"""A year of the office: events in a heap, the bot's pass after each, letters read and answered by people."""

import heapq
import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from classify import anlage3, examples
from ingest.authenticity import Policy, Trust
from ingest.office import Person
from ingest.postbox import Folders
from krm import flow
from krm.bot import Bot, Rhythm
from krm.simulating import citizens, mails
from krm.simulating.habits import HABITS, Desk, Way, drawn
from krm.simulating.judge import Judge
from krm.simulating.office import COLLEAGUES, OFFICE, SECURITY, Leaves, at_work, leaves, post_of
from krm.simulating.servers import FakeMailbox, FakeSender
from krm.simulating.watching import Watch
from notify.owing import at_local
from notify.telling import Teller
from notify.workdays import Workdays
from store.case import CITIZEN, Case, Reaction
from store.case import OFFICE as WHOLE_OFFICE
from store.database import Database
from store.keys import KeyRing
from store.outbox import Outgoing
from store.relating import standing

BEGINS = date(2026, 10, 1)
"""A run of some months meets 3 and 31 October, Christmas and the numbers of a new year."""
TICKS = (time(7), time(7, 30), time(18))
TOKEN = re.compile(rb"^Message-ID: <[^.>]+\.([a-z2-7]{20})@", re.MULTILINE)
STEP = 30
"""Minutes: as often mail programs fetch, and an alarm that nobody answered is given again."""
ALARM_AGAIN = timedelta(minutes=STEP)
PER_DAY = 6.0


def after(months: int) -> date:
    """The day behind so many months."""
    years, month = divmod(BEGINS.month - 1 + months, 12)
    return date(BEGINS.year + years, month + 1, 1)


@dataclass
class World:
    """One office with its town, until that day. All follows from `seed`; others may be given as mailbox and post.

    Troubled ones, say, that fail at chosen moments: the same promises must hold.
    """

    seed: int
    until: date
    per_day: float = PER_DAY
    mailbox: FakeMailbox = field(default_factory=FakeMailbox)
    post: FakeSender = field(default_factory=FakeSender)
    url: str = "sqlite://"

    def __post_init__(self) -> None:
        self.begun = self.now = at_local(BEGINS, time(6))
        self.chance = Random(self.seed)  # noqa: S311 - chance of a play
        self.taxonomy, self.workdays = anlage3.shipped(), Workdays()
        self.judge = Judge(OFFICE, self.taxonomy, Random(self.seed + 1))  # noqa: S311
        self.town = citizens.Town(examples.read(examples.shipped(), self.taxonomy), self.chance)
        self.leaves: Leaves = leaves(BEGINS, self.until, self.chance)
        self.database = Database(self.url)
        self.database.upgrade()
        self.put = 0
        self._writers: dict[str, citizens.Writer] = {}
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers, self._stamp, self._read = itertools.count(1), 0, 0
        self._on_leave: set[tuple[str, datetime]] = set()
        self.bot = Bot(
            database=self.database,
            mailbox=self.mailbox,
            post=self.post,
            office=OFFICE,
            taxonomy=self.taxonomy,
            teller=Teller(OFFICE, self.taxonomy, self.workdays),
            keys=KeyRing({"play": b"a key for plays, of no use elsewhere"}, "play"),
            trust=Trust(Policy.CLOSED_NETWORK),
            folders=Folders(),
            suggest=self.judge,
            now=self._tick,
            choose=self.chance.choice,
            rhythm=Rhythm(),
        )
        self.watch = Watch(self.bot, self.judge)

    # --- time ---

    def _tick(self) -> datetime:
        """Time stands still in a pass, but no two facts share a moment."""
        self._stamp += 1
        return self.now + timedelta(microseconds=self._stamp)

    def at(self, moment: datetime, what: Callable[[], None]) -> None:
        past = timedelta(minutes=moment.minute % STEP, seconds=moment.second, microseconds=moment.microsecond)
        later = timedelta(minutes=STEP) if past else timedelta(0)
        heapq.heappush(self._events, (moment - past + later, next(self._numbers), what))

    def run(self) -> None:
        """Until that day begins."""
        self._days()
        ends = at_local(self.until, time())
        while self._events and self._events[0][0] < ends:
            moment = self._events[0][0]
            self.now, self._stamp = max(moment, self.now), 0
            while self._events and self._events[0][0] <= moment:
                heapq.heappop(self._events)[2]()
            self._pass()

    def _days(self) -> None:
        day = BEGINS
        while day < self.until:
            for clock in TICKS:
                self.at(at_local(day, clock), _nothing)
            self.at(at_local(day, time(17, 30)), lambda: self.watch.day_ends(self.now))
            share = self.chance.uniform(0.6, 1.6) if self.workdays.working(day) else 0.25
            for _ in range(round(self.per_day * share)):
                moment = at_local(day, time()) + timedelta(minutes=min(self.chance.gauss(720, 240) % 1440, 1439))
                self.at(moment, self._somebody_writes)
            day += timedelta(days=1)

    # --- what arrives ---

    def _sheet(self, name: str, address: str) -> mails.Sheet:
        return mails.Sheet(name, address, OFFICE.address, self.now, f"<m{next(self._numbers)}@mail.example>")

    def arrives(self, raw: bytes) -> None:
        self.mailbox.put(raw, self.now)
        self.put += 1

    def _somebody_writes(self) -> None:
        how, kinds = citizens.row(self.chance)
        letter = self.town.writes(how, kinds, next(self._numbers))
        self.judge.learn(letter.body, letter.truth)
        writer = letter.writer
        self._writers[writer.address] = writer
        if how == "forward":
            colleague = self.chance.choice(COLLEAGUES)
            sheet = self._sheet(colleague.partition(".")[0].capitalize(), colleague)
            self.arrives(mails.forward(sheet, (writer.name, writer.address), letter.subject, letter.body))
            return
        name, address = ("Scanner", OFFICE.listed[0]) if how == "scanner" else (writer.name, writer.address)
        headers = HEADERS.get(how, {})
        self.arrives(mails.fresh(self._sheet(name, address), letter.subject, letter.body, **headers))
        if not headers and how == "citizen" and self.chance.random() < citizens.TWICE:
            later = self.now + timedelta(minutes=self.chance.randrange(1, 1500))
            again = lambda: self.arrives(mails.fresh(self._sheet(name, address), letter.subject, letter.body))  # noqa: E731
            self.at(later, again)

    # --- the bot, and who reads what it sent ---

    def _pass(self) -> None:
        flow.once(self.bot)
        self._post_comes(rested=True)

    def _post_comes(self, *, rested: bool) -> None:
        """What went out is looked at and read; `rested`: the pass left nothing over."""
        fresh = self.post.sent[self._read :]
        self._read = len(self.post.sent)
        parcels = [(found[1].decode(), p.content) for p in fresh if (found := TOKEN.search(p.content))]
        for letter, content in self.watch.after_pass(self.now, parcels, rested=rested):
            self._delivered(letter, content)

    def _delivered(self, letter: Outgoing, content: bytes) -> None:
        person = OFFICE.person(letter.address)
        if letter.duty == "alert":
            self.at(self.now + ALARM_AGAIN, _nothing)
        if letter.recipient == CITIZEN:
            self._to_citizen(letter, content)
        elif person is not None:
            self._to_house(person, letter, content)

    def _to_house(self, person: Person, letter: Outgoing, content: bytes) -> None:
        back = self.leaves.back(person.id, self.now)
        if back and (person.id, back) not in self._on_leave:
            self._on_leave.add((person.id, back))
            notice = mails.out_of_office(self._sheet(person.name, person.address), content, back)
            self.at(self.now + timedelta(minutes=1), lambda: self.arrives(notice))
        for ways in HABITS.get((post_of(person), letter.duty), ()):
            way = drawn(ways, self.chance)
            if way is not None:
                self._later(person, letter, content, way)

    def _later(self, person: Person, letter: Outgoing, content: bytes, way: Way) -> None:
        hours = self.chance.uniform(*way.hours)
        begin = self.leaves.back(person.id, self.now) or self.now
        by_clock = self.now + timedelta(hours=hours)
        moment = by_clock if person == SECURITY else at_work(begin, hours, self.workdays)
        self.at(moment, lambda: self._acts(person, letter, content, way))

    def _acts(self, person: Person, letter: Outgoing, content: bytes, way: Way) -> None:
        """Somebody comes to it: they look at the Case as it is now, and write or do not."""
        if person != SECURITY and self.leaves.back(person.id, self.now):
            self._later(person, letter, content, way)
            return
        if letter.subject == WHOLE_OFFICE:
            return
        with self.database.transaction() as connection:
            case = standing(connection, letter.subject)
        if case is None:
            return
        reaction = _about(case, letter)
        truth = self.judge.truth(reaction.new_text)
        desk = Desk(letter, case, truth, reaction, self.now, self.taxonomy, self.workdays, self.chance)
        written = way.says(desk)
        if written is not None:
            document = mails.docx(written.document) if written.document else None
            outlook = self.chance.random() < 0.5
            sheet = self._sheet(person.name, person.address)
            self.arrives(mails.reply(sheet, content, written.text, outlook=outlook, document=document))

    def _to_citizen(self, letter: Outgoing, content: bytes) -> None:
        writer = self._writers.get(letter.address)
        if writer is None:
            self.watch.note(self.now, letter.subject, f"{letter.duty} to an address nobody wrote from")
            return
        if writer.bounces:
            host = letter.address.rpartition("@")[2]
            back = mails.bounce(self._sheet("", f"MAILER-DAEMON@{host}"), content, letter.address)
            self.at(self.now + timedelta(minutes=self.chance.randrange(1, 600)), lambda: self.arrives(back))
            return
        for way in citizens.ANSWERED.get(letter.duty, ()):
            if self.chance.random() < way.chance:
                hours = timedelta(hours=self.chance.uniform(*way.hours))
                self.at(self.now + hours, self._writes_again(writer, content, way.thanks))
                return

    def _writes_again(self, writer: citizens.Writer, content: bytes, thanks: bool) -> Callable[[], None]:
        def write() -> None:
            letter = self.town.writes("citizen", ("folgereaktion", "beschwerde"), next(self._numbers))
            body, truth = letter.body, replace(letter.truth, type="folgereaktion")
            if thanks:
                body, truth = citizens.thanking(next(self._numbers), letter.truth.categories)
            self.judge.learn(body, truth)
            sheet = self._sheet(writer.name, writer.address)
            self.arrives(mails.reply(sheet, content, body, outlook=self.chance.random() < 0.5))

        return write


HEADERS: Mapping[str, dict[str, str]] = {
    "list": {"List_Id": "<rundbrief.example>", "Precedence": "bulk"},
    "automatic": {"Auto_Submitted": "auto-replied"},
}


def _nothing() -> None:
    """Only the bot's own pass."""


def _about(case: Case, letter: Outgoing) -> Reaction:
    """The reaction a letter is about."""
    key = str(letter.told.get("reaction", letter.occurrence)).partition(".")[0]
    return next((r for r in case.reactions if str(r.mail) == key), case.open_reaction or case.reactions[0])
