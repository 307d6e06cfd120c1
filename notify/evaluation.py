"""The evaluation (GA 3.9) as a value: what mail, PDF, table and one-page paper are told. No name of anybody in it.

A cell is a number, or words where the number may not be shown or there is none. Goes through JSON, since it is kept
with the letter.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from notify.letters import MONTHS

FEW = "unter 5"
HIDDEN = "verdeckt"
"""Beside a small group that could be worked out from the total if this number stood there."""
NONE = "–"
BEYOND, PERHAPS = "mehr als Zufall", "kann Zufall sein"

Cell = int | str


@dataclass(frozen=True, slots=True)
class Line:
    """A group: this period, the mean of those before, the same month last year; `verdict` on a rise, else ""."""

    name: str
    now: Cell
    before: Cell = NONE
    last_year: Cell = NONE
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A table: all arrivals by type, by form, …"""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of time: kept so often of so many, now and in the period before."""

    name: str
    kept: int
    of: int
    kept_before: int
    of_before: int

    @property
    def words(self) -> str:
        return f"{self.kept} von {self.of}" if self.of else "noch keine"

    @property
    def words_before(self) -> str:
        return f"{self.kept_before} von {self.of_before}" if self.of_before else NONE


@dataclass(frozen=True, slots=True)
class Measure:
    """What was agreed, who answers for it (a role), until when, and its category group a month before and after."""

    what: str
    owner: str
    until: date
    group: str
    before: Cell
    after: Cell
    verdict: str


@dataclass(frozen=True, slots=True)
class Hits:
    """How often the program suggested rightly: of `of`; `ordinary`: how often the most frequent type was right."""

    of: int
    type_right: int
    unchanged: int
    ordinary: Cell


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything of a month (`months` 1) or a year (12) that begins with `first`, as it stood on the day `drawn`.

    `compared` is the number of periods before it that are compared with; `course` (first of month, arrivals).
    """

    first: date
    months: int
    drawn: date
    compared: int
    total: Line
    course: tuple[tuple[date, int], ...]
    groups: tuple[Group, ...]
    promises: tuple[Promise, ...]
    counts: tuple[Line, ...]
    reckoning: tuple[tuple[str, int], ...]
    reckoned: str
    hits: Hits
    measures: tuple[Measure, ...]
    noticed: tuple[str, ...]

    @property
    def ends(self) -> date:
        """The first day after it."""
        return following(self.first, self.months)

    @property
    def over(self) -> bool:
        return self.drawn >= self.ends

    @property
    def named(self) -> str:
        return f"{MONTHS[self.first.month - 1]} {self.first.year}" if self.months == 1 else f"Jahr {self.first.year}"

    @property
    def key(self) -> str:
        """`2026-11`, `2026`."""
        return f"{self.first:%Y-%m}" if self.months == 1 else str(self.first.year)

    @property
    def compared_words(self) -> str:
        """What the column `before` is the mean of."""
        if not self.compared:
            return "davor"
        if self.months > 1:
            return "Jahr davor"
        return f"Ø {self.compared} Monate davor" if self.compared > 1 else "Monat davor"

    @property
    def to_come(self) -> str:
        """That the period is not over; "" where it is."""
        what = "Der Monat" if self.months == 1 else "Das Jahr"
        return "" if self.over else f"{what} ist noch nicht zu Ende: Stand {self.drawn:%d.%m.%Y}."

    def json(self) -> dict[str, Any]:
        return {k: _plain(v) for k, v in asdict(self).items()}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Evaluation":
        """From what `json` gave."""
        return cls(
            first=date.fromisoformat(told["first"]),
            months=told["months"],
            drawn=date.fromisoformat(told["drawn"]),
            compared=told["compared"],
            total=Line(**told["total"]),
            course=tuple((date.fromisoformat(day), n) for day, n in told["course"]),
            groups=tuple(Group(g["title"], _lines(g["lines"])) for g in told["groups"]),
            promises=tuple(Promise(**p) for p in told["promises"]),
            counts=_lines(told["counts"]),
            reckoning=tuple((name, n) for name, n in told["reckoning"]),
            reckoned=told["reckoned"],
            hits=Hits(**told["hits"]),
            measures=tuple(Measure(**{**m, "until": date.fromisoformat(m["until"])}) for m in told["measures"]),
            noticed=tuple(told["noticed"]),
        )


def _lines(given: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in given)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def following(first: date, months: int = 1) -> date:
    """The first of the month so many months later; negative: earlier."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def days_of(first: date, months: int = 1) -> int:
    return (following(first, months) - first) // timedelta(days=1)
