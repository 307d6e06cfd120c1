"""Nouns of the mailbox door: how to reach a mailbox, what a fetch gives, what can go wrong (see ingest.mailbox)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Literal

from ingest.message import Place, RawMail

Tls = Literal["tls", "starttls", "none"]
Known = Callable[[int, Sequence[int]], Collection[int]]
"""Given a UIDVALIDITY and the UIDs lying in the inbox: those of them the caller has already taken in."""


class MailboxAway(Exception):  # noqa: N818
    """Network, time-out, TLS, or the server said goodbye: try again, later and later. Names nobody."""


class MailboxRefused(Exception):  # noqa: N818
    """The server said no (login, folder, rights): it will again until somebody acts. Names folders, nobody else."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where mail is filed. `/` parts levels, whatever the server's own delimiter; its prefix is put before."""

    done: str = "Verarbeitet"
    automatic: str = "Automatisch"
    quarantine: str = "Quarantäne"
    unreadable: str = "Unlesbar"
    too_big: str = "Zu groß"
    sent: str = "Sent"

    @property
    def all(self) -> tuple[str, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """How to reach one mailbox. Sizes in bytes, times in seconds; `ca_file` (PEM) replaces the system's authorities."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls = "tls"
    inbox: str = "INBOX"
    folders: Folders = field(default_factory=Folders)
    max_bytes: int = 40 * 1024 * 1024
    ca_file: str | None = None
    connect_timeout: float = 15
    read_timeout: float = 120


@dataclass(frozen=True, slots=True)
class Fetched:
    """A group of new mails, oldest first; `more` if others wait.

    `withheld` lie in the inbox but the server does not hand them over (or not their size and date). Report them to a
    person, and give them as known until then: they stand first in every group otherwise.
    """

    mails: tuple[RawMail, ...]
    more: bool
    withheld: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A mail to be filed into a folder named as in the settings."""

    place: Place
    folder: str


@dataclass(frozen=True, slots=True)
class Head:
    """A mail in the open folder; `arrived` its INTERNALDATE, size in bytes."""

    uid: int
    arrived: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A mail to be erased wherever the program keeps it.

    `checksum`: SHA-256 of its bytes, "" where they were never fetched (then size in bytes and `arrived` must be the
    same). `places`: where it lay when it was taken in, if it was filed from there.
    """

    checksum: str
    size: int
    arrived: datetime
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Remaining:
    """A mail that the server does not let go: somebody must delete it there by hand."""

    folder: str
    uid: int
    of: str  # checksum of the Copy, or Message-ID of the letter, that it is


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a look at the mailbox found, changing nothing; that the login worked goes without saying."""

    encrypted: bool
    capabilities: tuple[str, ...]
    missing: tuple[str, ...]
    waiting: int
