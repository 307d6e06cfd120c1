"""The process ends, the disk is full, the mailbox goes away: at every single step, and then all is well again.

A short story is told once undisturbed to count its steps: the end of every transaction and the moment after it, every
call to the mailbox, every letter on its way. Then it is told once for each step with a fault right there. Whatever the
step, records, letters and mailbox must end as if nothing had happened; only a letter whose fate nobody can know is put
before a person.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Row, event, select
from sqlalchemy.exc import OperationalError

from ingest.message import Place
from ingest.postbox import Fetched, Known, MailboxAway, Move
from notify.parcels import Parcel, Result, Unsure
from store import cases, journal, outbox, which
from store.case import Delivery
from store.database import Database, DatabaseAway
from store.tables import journal as entries
from store.tables import letters, mails, metadata
from tests.office import DEPUTY, MONDAY, OFFICER, Received, Story, judged
from tests.servers.fakes import FakeMailbox, FakeSender

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."
OBJECTION = "Hiermit lege ich Widerspruch gegen den Bescheid vom 2. November ein."
AGAIN = "Guten Tag, ich warte noch immer auf eine Antwort."
UNREADABLE = b"Subject: x\r\n" + b"X-Filler: y\r\n" * 20_000 + b"\r\nHilfe"
PASSES = 6


class Crash(Exception):  # noqa: N818
    """The process ends here."""


def full_disk() -> OperationalError:
    return OperationalError("COMMIT", {}, Exception("database or disk is full"))


def lost() -> MailboxAway:
    return MailboxAway("the connection was lost")


@dataclass
class Fuse:
    """Counts the steps of the `guarded` parts and blows once, at step `at`."""

    guarded: tuple[str, ...]
    fault: Callable[[], Exception]
    at: int = -1
    steps: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        if name.startswith(self.guarded):
            self.steps.append(name)
            if len(self.steps) - 1 == self.at:
                raise self.fault()


class FusedDatabase(Database):
    """Counts the end of every transaction that writes, and the moment after; one that only reads changes nothing."""

    def __init__(self, url: str, fuse: Fuse) -> None:
        super().__init__(url)
        self.fuse = fuse
        self.wrote = False
        event.listen(self.engine, "before_cursor_execute", self._look)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        self.wrote = False
        with super().transaction() as connection:
            yield connection
            self._step("database commits")
        self._step("after commit")

    def _look(self, _: object, __: object, statement: str, *___: object) -> None:
        self.wrote = self.wrote or statement.startswith(("INSERT", "UPDATE", "DELETE"))

    def _step(self, name: str) -> None:
        if self.wrote:
            self.fuse.step(name)


class FusedMailbox(FakeMailbox):
    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self.fuse = fuse

    @contextmanager
    def session(self) -> Iterator[FakeMailbox]:
        self.fuse.step("mailbox session")
        with super().session():
            yield self

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        fetched = super().fetch(known, limit_mails, limit_bytes)
        self.fuse.step("mailbox has fetched")
        return fetched

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        self.fuse.step("mailbox files")
        done = super().file(moves)
        self.fuse.step("mailbox has filed")
        return done

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        self.fuse.step("mailbox copies")
        super().append_sent(messages, at)
        self.fuse.step("mailbox has copied")


class FusedSender(FakeSender):
    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self.fuse = fuse

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        self.fuse.step("post connects")
        for parcel in parcels:
            self.fuse.step("post introduces")
            (result,) = super().send([parcel], before_data)
            self.fuse.step("post has sent")
            yield result


def to_rest(story: Story) -> None:
    """Passes until one finds nothing to do; a pass may end in the fault."""
    for _ in range(PASSES):
        story.wait(minutes=1)
        try:
            tally = story.passes()
        except (Crash, DatabaseAway):
            continue
        if not any(tally.values()):
            return
    raise AssertionError("it never comes to rest")


def request(story: Story) -> Received:
    """The officer's first request as it stands in the outbox: one whose fate is unsure may have come all the same."""
    asked = select(letters.c.token).where(letters.c.duty == "confirmation_request", letters.c.recipient == OFFICER.id)
    with story.database.engine.connect() as connection:
        first = connection.scalars(asked.order_by(letters.c.id)).first()
        (letter,) = outbox.by_tokens(connection, [first or ""])
    assert letter.content is not None
    return Received(OFFICER.address, letter.content)


def told(fuse: Fuse, where: Path) -> Story:
    """A complaint twice, a legal remedy, an out-of-office, something unreadable; then ok and a follow-up."""
    database = FusedDatabase(f"sqlite:///{where}", fuse)
    metadata.create_all(database.engine)
    story = Story(database, mailbox=FusedMailbox(fuse), post=FusedSender(fuse))
    story.judgements["Widerspruch"] = judged(remedy=True)
    first = story.arrives(WAITED, subject="Warten")
    story.arrives(WAITED, subject="Warten", Cc="poststelle@jobcenter.example")
    story.arrives(OBJECTION, subject="Widerspruch", sender="anders@mail.example")
    story.arrives("Ich bin nicht da.", subject="Abwesend", Auto_Submitted="auto-replied")
    story.raw_arrives(UNREADABLE)
    to_rest(story)
    story.replies(request(story), "ok")
    story.arrives(AGAIN, subject="AW: Warten", In_Reply_To=first)
    to_rest(story)
    database.close()
    return story


@dataclass(frozen=True)
class Outcome:
    """What must be the same whatever happened on the way."""

    mails: Counter[tuple[str, str]]
    reactions: Counter[tuple[str, ...]]
    letters: Counter[tuple[str, str]]
    actions: Counter[str]
    folders: Counter[str]


def outcome(story: Story) -> Outcome:
    with story.database.engine.connect() as connection:
        states = connection.execute(select(mails.c.state, mails.c.reason)).all()
        known = cases.load(connection, which.all_ids(connection, only_open=False)).values()
        owed = connection.execute(select(letters.c.duty, letters.c.recipient)).all()
        acted = connection.scalars(select(entries.c.action)).all()
        for chain in connection.scalars(select(entries.c.chain).distinct()).all():
            assert journal.verify(connection, chain) == ""
    return Outcome(
        Counter((m.state, m.reason) for m in states),
        Counter((r.kind, r.subject, str(r.coding is not None), str(c.number)) for c in known for r in c.reactions),
        Counter((x.duty, x.recipient) for x in owed if x.duty not in ("undelivered", "outage")),
        Counter(a for a in acted if a not in (Delivery.SENT, Delivery.UNSURE)),
        Counter({name: len(kept) for name, kept in story.mailbox.folders.items() if name != "Sent"}),
    )


def each_letter_went_once_or_is_before_a_person(story: Story) -> None:
    went = Counter(str(Received("", p.content).mail["Message-ID"]).strip("<>") for p in story.post.sent)
    assert not [m for m, count in went.items() if count > 1]
    with story.database.engine.connect() as connection:
        rows = connection.execute(select(letters)).all()
    unsure = [r for r in rows if r.state == Delivery.UNSURE]
    notices = [r.occurrence for r in rows if r.duty == "undelivered" and r.state == Delivery.SENT]
    assert [str(r.id) for r in unsure] == notices
    assert len(unsure) <= 1
    assert {r.state for r in rows} <= {Delivery.SENT, Delivery.UNSURE}
    assert all(went[r.message_id] == 1 for r in rows if r.state == Delivery.SENT)
    copies = Counter(str(Received("", c).mail["Message-ID"]).strip("<>") for c in story.folder("Sent"))
    assert set(copies) == {r.message_id for r in rows if r.state == Delivery.SENT}


FAULTS: dict[str, tuple[tuple[str, ...], Callable[[], Exception]]] = {
    "the process ends before or after a commit": (("database", "after commit"), Crash),
    "the process ends at the mailbox": (("mailbox",), Crash),
    "the process ends at the post": (("post",), Crash),
    "the disk is full": (("database",), full_disk),
    "the mailbox goes away": (("mailbox",), lost),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_any_step_loses_nothing_and_doubles_nothing(name: str, tmp_path: Path) -> None:
    guarded, fault = FAULTS[name]
    undisturbed = Fuse(guarded, fault)
    expected = outcome(told(undisturbed, tmp_path / "undisturbed.db"))
    assert expected.reactions[("first", "Warten", "True", "KRM-2026-0001")] == 1
    assert len(undisturbed.steps) > 10

    for at, step in enumerate(undisturbed.steps):
        story = told(Fuse(guarded, fault, at), tmp_path / f"{at}.db")
        where = f"{name}, step {at}: {step}"
        assert outcome(story) == expected, where
        each_letter_went_once_or_is_before_a_person(story)
        assert story.folder("INBOX") == [], where
        (tmp_path / f"{at}.db").unlink()


class KeepingSender(FakeSender):
    """A server that puts what it sends into the folder of sent mail itself; then its reply to the dot is lost."""

    def __init__(self, mailbox: FakeMailbox, end: Exception | None) -> None:
        super().__init__()
        self.mailbox, self.end = mailbox, end

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        for parcel in parcels:
            before_data(parcel)
            self.sent.append(parcel)
            self.mailbox.put(parcel.content, MONDAY, "Sent")
            if self.end:
                raise self.end
            yield Unsure(parcel.id, "connection lost after the final dot")


@pytest.mark.parametrize("end", [None, Crash()], ids=["the connection is lost", "the process ends"])
def test_of_a_letter_that_lies_in_the_folder_of_sent_mail_nobody_is_asked(story: Story, end: Exception | None) -> None:
    story.bot = replace(story.bot, post=KeepingSender(story.mailbox, end))
    story.arrives(WAITED)
    with nullcontext() if end is None else pytest.raises(Crash):
        story.passes()

    story.wait(minutes=1)
    story.passes()

    assert [letter.state for letter in _letters(story)] == [Delivery.SENT]
    assert [letter.filed is not None for letter in _letters(story)] == [True]
    assert len(story.folder("Sent")) == 1  # its own copy will do


def test_where_the_folder_of_sent_mail_cannot_be_asked_a_person_is(story: Story) -> None:
    story.bot = replace(story.bot, post=KeepingSender(story.mailbox, Crash()))
    story.arrives(WAITED)
    with pytest.raises(Crash):
        story.passes()

    story.mailbox.fail("session", lost())
    story.bot = replace(story.bot, post=story.post)
    story.wait(minutes=1)
    story.passes()

    assert [(x.duty, x.state) for x in _letters(story)] == [
        ("confirmation_request", Delivery.UNSURE),
        ("undelivered", Delivery.SENT),
    ]
    story.letter(DEPUTY, "undelivered")


def _letters(story: Story) -> Sequence[Row[Any]]:
    with story.database.engine.connect() as connection:
        return connection.execute(select(letters).order_by(letters.c.id)).all()
