"""Nouns of the SMTP door: what goes out, what became of it, how to reach the server (see notify.sending)."""

from dataclasses import dataclass, field
from typing import Literal

Tls = Literal["tls", "starttls", "none"]


class SmtpAway(Exception):  # noqa: N818
    """Network, time-out, TLS, or a server that takes nothing now, before any parcel was tried. Names nobody."""


class SmtpRefused(Exception):  # noqa: N818
    """The server will not have us (login, no STARTTLS) until somebody acts; no parcel was tried. Names nobody."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How to reach the server that sends. Without `user` there is no login. Times in seconds.

    `ca_file` (PEM) replaces the system's authorities. `dot_timeout` is the wait for the reply to the final dot, long
    as in RFC 5321 4.5.3.2.6: to give up early is to be unsure. Whoever writes a mail keeps it below `max_bytes`.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "starttls"
    ca_file: str | None = None
    connect_timeout: float = 15
    read_timeout: float = 120
    dot_timeout: float = 600
    max_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter as it goes out: the envelope's sender and recipients (bare addresses), and the whole mail's bytes."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken it over (2xx after the dot); `code` None: nobody heard it say so, but its copy was found."""

    parcel: int
    code: int | None
    status: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not handed over, worth trying later: a 4xx, or trouble with the connection (`code` None, `text` says which)."""

    parcel: int
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not handed over, and never will be: a 5xx, or our own look at it (`code` None, `text` an enhanced status)."""

    parcel: int
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class PartlyRefused:
    """Not handed over: of several recipients those at `positions` (from 0) were refused for good, others not."""

    parcel: int
    code: int
    text: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """The dot went out and no reply came: sent or not, nobody knows."""

    parcel: int
    why: str


Result = Sent | Deferred | Refused | PartlyRefused | Unsure


@dataclass(frozen=True, slots=True)
class SmtpCheckup:
    """What a look at the server found: its extensions (RFC 1869) in capitals."""

    encrypted: bool
    extensions: tuple[str, ...]
