"""Nouns of what is stored about one person, as they are told it (Art. 15 GDPR); docs/auskunft.md names the keys."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

SCHEMA, VERSION = "krm-person", 1

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text; `check` are (start, end) in code points of what may be about somebody else."""

    text: str = ""
    check: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """`p` is the probability the program gave it, 0 to 1."""

    id: str
    name: str
    p: float


@dataclass(frozen=True, slots=True)
class Spoke:
    """The mail's own words that spoke for `about`, a German name."""

    about: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the program proposed. `sure`: whether it relied on it; `model` is "" where rules alone spoke."""

    types: tuple[Scored, ...]
    categories: tuple[Scored, ...]
    proposed: tuple[str, ...]
    customer_group: Scored
    remedy: bool
    remedy_p: float
    urgency: str
    unit: str
    sure: bool
    model: str
    notices: tuple[str, ...]
    evidence: tuple[Spoke, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody recorded; `by` says in what capacity, never by name."""

    by: str
    at: datetime | None
    type: str = ""
    categories: tuple[str, ...] = ()
    customer_group: str = ""
    form: str = ""
    unit: str = ""
    remedy: bool = False
    urgency: str = ""
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that bind it, and how each came about."""

    acknowledge_by: date
    target: date
    latest: date
    calculation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A reaction. `checksum` (SHA-256) and `size` in bytes are those of the mail as it came, which is kept too."""

    mail: int
    arrived: datetime
    came_as: str
    sender: str
    handed_in: bool
    subject: Marked
    text: Marked
    attachments: tuple[str, ...]
    form: tuple[tuple[str, str], ...]
    suggested: Suggested | None
    decided: Decided | None
    acknowledged: datetime | None
    days: Days
    hints: tuple[Marked, ...]
    checksum: str
    size: int


@dataclass(frozen=True, slots=True)
class Event:
    """What was said or done; `what` is German, `day` a day named with it."""

    at: datetime
    by: str
    what: str
    day: date | None = None
    text: Marked = Marked()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of the program, or (`letter` 0) a mail of the house about the Case. `yours`: it went to the person."""

    letter: int
    mail: int
    what: str
    to: str
    yours: bool
    at: datetime | None
    state: str
    subject: Marked
    text: Marked
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal."""

    at: datetime
    by: str
    action: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A Case; `others` are messages in it that other people sent, of which nothing is told here.

    `kept_until` is the last day it is kept, None while none is known, `kept_why` why it may not go, "" if it may.
    """

    id: str
    number: str
    state: str
    arrived: datetime
    concerns: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    kept_until: date | None
    kept_why: str
    received: tuple[Received, ...]
    others: int
    events: tuple[Event, ...]
    letters: tuple[Written, ...]
    journal: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A mail that is no reaction. `why` it stands here, and `state` what became of it; both German."""

    mail: int
    arrived: datetime
    decided: datetime | None
    why: str
    state: str
    rule: str
    sender: Marked
    subject: Marked
    text: Marked
    form: tuple[tuple[str, str], ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """Somebody else's reaction that the person handed in as a colleague."""

    case: str
    mail: int
    arrived: datetime


@dataclass(frozen=True, slots=True)
class Learned:
    """A confirmed mail as a model may learn from it: names, addresses and numbers are replaced."""

    mail: int
    confirmed: datetime
    type: str
    categories: tuple[str, ...]
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything about one person. `keys` are the look-up hashes kept in place of a readable index."""

    office: str
    contact: str
    drawn: datetime
    by: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    keys: tuple[str, ...]
    cases: tuple[CaseFile, ...]
    aside: tuple[Aside, ...]
    brought: tuple[Brought, ...]
    mentions: tuple[Written, ...]
    learned: tuple[Learned, ...]
    models: tuple[tuple[str, datetime], ...]
    journal: tuple[Entry, ...]

    @property
    def marks(self) -> int:
        """How many passages somebody must look at."""
        return _marks(self.json())

    def json(self) -> dict[str, Any]:
        """For machines: plain values, moments in ISO 8601 with their zone."""
        told: dict[str, Any] = _plain(asdict(self))
        return {"schema": SCHEMA, "version": VERSION} | told


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _marks(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_marks, value))
    if not isinstance(value, dict):
        return 0
    return len(value["check"]) if set(value) == {"text", "check"} else sum(map(_marks, value.values()))
