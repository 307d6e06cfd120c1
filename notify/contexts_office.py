"""What the letters about the office as a whole are told, about no single Case. As in contexts.py."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from notify.pieces import Button, Picture, Section


@dataclass(frozen=True, slots=True)
class Digest:
    """To officer and deputy at 07:30 on working days."""

    LETTER: ClassVar[str] = "digest"
    day: date
    sections: tuple[Section, ...]  # none of them empty
    counts: tuple[tuple[str, int], ...]
    name: str
    reckoning: str = ""  # every arrival counted once: "12 eingegangen = 9 Vorgänge + …"


@dataclass(frozen=True, slots=True)
class TooBig:
    """To the officer: a mail over the limit lies unread in its folder."""

    LETTER: ClassVar[str] = "too_big"
    arrived: datetime
    megabytes: float
    limit_megabytes: float
    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class Outage:
    """To officer and deputy, once each way: the mailbox cannot be read or nothing be filed in it, or can be again."""

    LETTER: ClassVar[str] = "outage"
    since: datetime
    over_at: datetime | None  # None: it still lasts
    what: str  # German sentence, no secret in it
    remedy: str
    name: str
    stood_still: bool = False  # the program itself did not work; the mailbox was not the matter
    full: bool = False  # it is read, but takes in no copies and no filed mail

    @property
    def news(self) -> str:
        """In one sentence without its full stop."""
        if self.full:
            return f"Im Postfach lässt sich {'wieder etwas' if self.over_at else 'nichts mehr'} ablegen"
        if not self.over_at:
            return "Das Postfach ist nicht erreichbar"
        return "Das Programm arbeitet wieder" if self.stood_still else "Das Postfach ist wieder erreichbar"


@dataclass(frozen=True, slots=True)
class Absence:
    """To the officer: somebody is away; their Cases go to who stands in for them."""

    LETTER: ClassVar[str] = "absence"
    away_name: str
    stand_in_name: str  # "" where nobody stands in
    numbers: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Sensitising:
    """To each team lead once a year: speak with the team about customer reactions, with the year's figures (GA 3.2)."""

    LETTER: ClassVar[str] = "sensitising"
    year: int
    unit_name: str
    figures: tuple[tuple[str, int], ...]  # of the unit; empty where fewer than five
    officer_name: str
    officer_telephone: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportCopy:
    """To management once it is released, and to whoever may ask for it: a month or a year in figures (GA 3.9).

    No names in it. `tiles` are (what, figure, what it is compared with), `files` the names of what is attached.
    """

    LETTER: ClassVar[str] = "report_copy"
    period: str  # "November 2026", "Jahr 2026"
    tiles: tuple[tuple[str, str, str], ...]
    noticed: tuple[str, ...]
    pictures: tuple[Picture, ...]
    measures: tuple[str, ...]
    reckoned: str
    hits: str
    files: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Report(ReportCopy):
    """The same to officer and deputy for `Freigabe`."""

    LETTER: ClassVar[str] = "report"
    until: date  # the 15th
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """To officer and deputy: a category group rose within two weeks by more than chance."""

    LETTER: ClassVar[str] = "early_warning"
    group: str
    count: int
    usual: str  # in as many days before: "3", "unter 5"
    since: date
    until: date
    weeks: int  # of the time before
    name: str


@dataclass(frozen=True, slots=True)
class Noted:
    """To a colleague: their form is an oral reaction settled the same day, noted without a Case (GA 3.2.2)."""

    LETTER: ClassVar[str] = "noted"
    arrived: datetime
    officer_name: str
    officer_telephone: str
    name: str


OfficeContext = Digest | TooBig | Outage | Absence | Sensitising | Report | ReportCopy | EarlyWarning | Noted
