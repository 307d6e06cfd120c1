"""The joined parts of one office, as the story in `flow` uses them. Made by `assembly`, or from fakes by tests."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Text
from ingest.authenticity import Signature, Trust
from ingest.message import Place
from ingest.office import Office
from ingest.postbox import Copy, Fetched, Folders, Known, Move, Remaining
from krm.filing import Filing
from notify.owing import View
from notify.parcels import Parcel, Result
from notify.retention import Periods
from notify.telling import Teller
from store.database import Database
from store.keys import KeyRing

Tally = Counter[str]
"""What one pass did, counted by name."""

TALLIED = ("fetched", "opened", "related", "automatic", "unreadable", "instructions", "sent", "failed")


class Session(Protocol):
    """One connection to the mailbox."""

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched: ...
    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]: ...
    def kept(self, message_ids: Sequence[str]) -> frozenset[str]: ...
    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None: ...
    def forget(self, copies: Sequence[Copy], message_ids: Sequence[str]) -> tuple[Remaining, ...]: ...
    def prepare(self) -> tuple[str, ...]: ...


class Mailboxes(Protocol):
    def session(self) -> AbstractContextManager[Session]: ...


class Posts(Protocol):
    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]: ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Sizes and times that are the office's choice. Sizes in mails and bytes."""

    group_mails: int = 100
    group_bytes: int = 32 * 1024 * 1024
    max_bytes: int = 40 * 1024 * 1024
    max_letter_bytes: int = 20_000_000  # what the server that sends takes
    hold: timedelta = timedelta(0)
    tell_of_outage_after: timedelta = timedelta(minutes=30)
    token_days: int = 400
    silence_days: int | None = None  # working days without any mail before somebody is told to look
    tell_of_gap: timedelta | None = None  # how long the program may have stood still before somebody is told
    acknowledge_unasked: bool = True


@dataclass(frozen=True, slots=True)
class Learning:
    """Whether the bot learns at night from what was confirmed, and the folder of the models made so."""

    enabled: bool
    folder: Path


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept; `automatic`: what needs nobody's word is deleted at night."""

    periods: Periods = field(default_factory=Periods)
    automatic: bool = False


def nothing() -> None:
    """Nothing to look at."""


def unsigned(_raw: bytes, _domain: str, _at: datetime) -> Signature:
    """No signature is looked at."""
    return Signature.NONE


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything a pass needs; `now` and `choose` are its only sources of time and chance.

    `look_again` is called as a pass begins: `suggest` may judge by another model from then on. `signature` tells what
    the signatures of a domain on a raw mail show, and asks the name server for that (ingest/domainkeys.py).
    """

    database: Database
    mailbox: Mailboxes
    post: Posts
    office: Office
    taxonomy: Anlage3
    teller: Teller
    keys: KeyRing
    trust: Trust
    folders: Folders
    suggest: Callable[[Sequence[Text]], Sequence[Suggestion]]
    now: Callable[[], datetime]
    choose: Callable[[str], str]
    rhythm: Rhythm
    inbox: str = "INBOX"
    look_again: Callable[[], None] = nothing
    signature: Callable[[bytes, str, datetime], Signature] = unsigned
    filing: Filing = field(default_factory=Filing)  # where a released report is kept as well
    retention: Retention = field(default_factory=Retention)
    ocr: Callable[[bytes], str] | None = None  # the words in a scan, or Unreadable; None: nobody looks

    @property
    def domain(self) -> str:
        return self.office.address.rpartition("@")[2]

    def view(self, absent: Iterable[str] = ()) -> View:
        """What the duties are told at this moment."""
        return View(
            self.office,
            self.taxonomy,
            self.teller.workdays,
            self.now(),
            frozenset(absent),
            self.rhythm.acknowledge_unasked,
        )
