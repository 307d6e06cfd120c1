"""The fakes of the servers, and the database, with the faults that `Trouble` brings to them."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from ingest.message import Place
from ingest.postbox import Fetched, Known, Move
from krm.simulating.faults import Door, Fault, Trouble, When
from krm.simulating.servers import SETTINGS, FakeMailbox, FakeSender
from notify.parcels import Parcel, Result, Sent, SmtpAway, SmtpRefused, Unsure
from store.database import Database

T = TypeVar("T")
DRAWER = "Persönlich"
"""Where people put mails for a while."""


class TroubledMailbox(FakeMailbox):
    """Commands fail before, half way and after they were done, and people use the mailbox too."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self._trouble = trouble
        self.people = People(self, trouble)

    @contextlib.contextmanager
    def session(self) -> Iterator["TroubledMailbox"]:
        self._done(lambda: None)
        with super().session():
            yield self

    def prepare(self) -> tuple[str, ...]:
        return self._done(super().prepare)

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        def searched(uidvalidity: int, present: Sequence[int]) -> frozenset[int]:
            taken = frozenset(known(uidvalidity, present))
            self.people.perhaps(taken)
            return taken

        inherited = super().fetch
        return self._done(lambda: inherited(searched, limit_mails, limit_bytes))

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        inherited = super().file
        here = [m.place.uid for m in moves if m.place.uidvalidity == self.uidvalidity]
        self.people.perhaps(frozenset(here))
        return self._done(lambda: inherited(moves), lambda: inherited(moves[: len(moves) // 2]))

    def kept(self, message_ids: Sequence[str]) -> frozenset[str]:
        inherited = super().kept
        return self._done(lambda: inherited(message_ids))

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        inherited = super().append_sent
        self._done(lambda: inherited(messages, at), lambda: inherited(messages[: len(messages) // 2], at))

    def _done(self, work: Callable[[], T], half: Callable[[], object] = lambda: None) -> T:
        fault = self._trouble.at(Door.IMAP)
        if fault is None:
            return work()
        {When.BEFORE: lambda: None, When.HALF: half, When.AFTER: work}[fault.when]()
        raise self._trouble.breaks(fault)


@dataclass
class People:
    """Somebody who uses the mailbox besides the bot. `more` is what they added to its mails and took away."""

    mailbox: TroubledMailbox
    trouble: Trouble
    more: Counter[bytes] = field(default_factory=Counter)

    def perhaps(self, taken: frozenset[int]) -> None:
        """Does something, or nothing. Only mails the bot has `taken` in (UIDs) are deleted."""
        fault = self.trouble.at(Door.PEOPLE)
        inbox = self.mailbox.folders[SETTINGS.inbox]
        if fault is None:
            return
        if fault.does == "renumbers":
            self.mailbox.uidvalidity += 1
        elif fault.does == "puts back":
            self._puts_back()
        elif inbox:
            uid = self.trouble.chance.choice(list(inbox))
            self._does(fault.does if uid in taken or fault.does != "deletes" else "reads", uid)

    def _does(self, what: str, uid: int) -> None:
        inbox = self.mailbox.folders[SETTINGS.inbox]
        mail = inbox[uid]
        if what == "reads":
            inbox[uid] = replace(mail, seen=True)
        elif what == "puts twice":
            self.more[mail.content] += 1
            self.mailbox.put(mail.content, mail.when)
        elif what == "takes away":
            self.mailbox.put(inbox.pop(uid).content, mail.when, DRAWER)
        else:
            self.more[inbox.pop(uid).content] -= 1

    def _puts_back(self) -> None:
        """Out of a folder of the bot into the inbox."""
        folders = [f for f in SETTINGS.folders.all if f != SETTINGS.folders.sent and self.mailbox.folders.get(f)]
        if folders:
            folder = self.mailbox.folders[self.trouble.chance.choice(folders)]
            mail = folder.pop(self.trouble.chance.choice(list(folder)))
            self.mailbox.put(mail.content, mail.when)

    def empty_the_drawer(self) -> None:
        """What was taken away comes back."""
        drawer = self.mailbox.folders.pop(DRAWER, {})
        for mail in drawer.values():
            self.mailbox.put(mail.content, mail.when)


class TroubledPost(FakeSender):
    """A verb gets a bad answer, the connection is lost, and the server has taken the letter or has not."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self._trouble = trouble
        self._then: Fault | None = None

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        self._then = None
        if parcels and (answer := self._answer("")) != "ok":
            raise SmtpRefused("login: the server refused") if answer.startswith("5") else SmtpAway("greeting: time-out")
        yield from super().send(parcels, before_data)

    def _answer(self, verb: str) -> str:
        fault = self._trouble.at(Door.SMTP)
        if fault is None:
            return super()._answer(verb)
        if fault.when is When.AFTER:  # of this letter's verbs the last one
            self._then = fault
            return "ok"
        if not fault.does:
            raise self._trouble.breaks(fault)
        return fault.does

    def _after_the_dot(self, parcel: Parcel, answer: str) -> Result:
        result = super()._after_the_dot(parcel, answer)
        fault, self._then = self._then, None
        if fault is None or not isinstance(result, Sent):
            return result
        if not fault.does:
            raise self._trouble.breaks(fault)
        return Unsure(parcel.id, "connection lost after the final dot")


def disturb(database: Database, trouble: Trouble) -> None:
    """Statements and commits fail from now on; what the driver raises is raised where the driver would."""
    dialect = database.engine.dialect
    failing = dialect.loaded_dbapi.OperationalError

    def fails(fault: Fault) -> BaseException:
        return failing(fault.does) if fault.does else trouble.breaks(fault)

    def at_a_statement(real: Callable[..., Any]) -> Callable[..., Any]:
        def executed(*given: Any, **named: Any) -> Any:
            fault = trouble.at(Door.STATEMENT)
            if fault:
                raise fails(fault)
            return real(*given, **named)

        return executed

    real_commit = dialect.do_commit

    def committed(connection: Any) -> None:
        fault = trouble.at(Door.COMMIT)
        if fault is None or fault.when is When.AFTER:
            real_commit(connection)
        if fault:
            raise fails(fault)

    changed: Any = dialect
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        setattr(changed, name, at_a_statement(getattr(dialect, name)))
    changed.do_commit = committed
