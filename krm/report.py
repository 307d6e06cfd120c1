"""The evaluation's figures (GA 3.9): what arrived, what was kept, what changed beyond chance. Pure; no names in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from classify import hits
from classify.anlage3 import Anlage3
from classify.hits import Decided
from krm.chance import LEVEL, Counted, holm, risen
from krm.hiding import cell, hidden
from notify.course import Course
from notify.deadlines import local_day
from notify.evaluation import BEYOND, HIDDEN, NONE, PERHAPS, Cell, Group, Hits, Line, days_of, following
from notify.kept import Share, acknowledgement, answer, share
from notify.workdays import Workdays
from store.arrivals import Arrival
from store.case import LAST_STAGE, Case, Kind, Said

MOST_COMPARED = {1: 12, 12: 1}
"""Of a month so many before it, of a year one."""


STAGES = range(1, LAST_STAGE + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A month (`months` 1) or a year (12) that begins with `first`."""

    first: date
    months: int = 1

    @property
    def ends(self) -> date:
        """The first day after it."""
        return following(self.first, self.months)

    def earlier(self, count: int = 1) -> "Period":
        return replace(self, first=following(self.first, -count * self.months))

    def holds(self, day: date) -> bool:
        return self.first <= day < self.ends

    def days(self, today: date) -> int:
        """Those of it that are begun."""
        return max((min(self.ends, following_day(today)) - self.first).days, 0)

    def compared(self, began: date | None) -> tuple["Period", ...]:
        """The whole periods before it since the records began, the newest first."""
        found = (self.earlier(n) for n in range(1, MOST_COMPARED[self.months] + 1))
        return tuple(p for p in found if began is not None and p.first >= began)


def following_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Worked:
    """What the office did with the Cases that arrived in a period, as they stand today.

    `median_days` from arrival to the answer or the end, None where nothing is done yet. `stages`: (stage, how often
    reached).
    """

    acknowledged: Share
    answered: Share
    median_days: int | None
    interim_notices: int
    handed_over: int
    stages: tuple[tuple[int, int], ...]


def worked(period: Period, known: Sequence[Case], taxonomy: Anlage3, workdays: Workdays, today: date) -> Worked:
    """`known` may hold other Cases as well."""
    courses = [Course(c, taxonomy, workdays) for c in known if period.holds(local_day(c.arrived))]
    recorded = [(c, r) for c in courses for r in c.case.reactions if r.coding and r.kind is not Kind.DUPLICATE]
    firsts = [(course, answer(course)) for course, r in recorded if r.kind is Kind.FIRST]
    waited = [(a.on - local_day(course.case.arrived)).days for course, a in firsts if a and a.on]
    return Worked(
        acknowledged=share((acknowledgement(course, r) for course, r in recorded), today),
        answered=share((a for _, a in firsts), today),
        median_days=round(median(waited)) if waited else None,
        interim_notices=sum(len(c.case.marked(Said.INTERIM)) for c in courses),
        handed_over=sum(any(d.duty == "hand_over" for d in c.case.dispatches) for c in courses),
        stages=tuple((n, sum(any(s.level == n for s in c.case.stages) for c in courses)) for n in STAGES),
    )


# --- groups ---

Named = Callable[[Arrival], str]
ALL = "Alle Reaktionen"


def kinds(taxonomy: Anlage3, unit_name: Callable[[str], str]) -> tuple[tuple[str, Named], ...]:
    """By what arrivals are divided: (title, the group of one)."""
    return (
        ("Art", lambda a: taxonomy.name(a.type)),
        ("Kategoriengruppe", category_group(taxonomy)),
        ("Org.-Einheit", lambda a: unit_name(a.unit) or NONE),
        ("Kundengruppe", lambda a: taxonomy.name(a.customer_group) if a.customer_group else NONE),
        ("Form", lambda a: taxonomy.name(a.form) if a.form else NONE),
    )


def category_group(taxonomy: Anlage3) -> Named:
    """A category of an older form stands for itself."""
    groups = {category.id: category.group for category in taxonomy.categories}
    return lambda a: groups.get(a.category, a.category) or NONE


@dataclass(frozen=True, slots=True)
class Stock:
    """All recorded arrivals that are looked at, and the periods they are counted in. `began`: the first whole month."""

    arrivals: tuple[Arrival, ...]
    period: Period
    before: tuple[Period, ...]
    last_year: Period | None
    began: date | None
    today: date

    def of(self, period: Period) -> tuple[Arrival, ...]:
        return tuple(a for a in self.arrivals if period.holds(local_day(a.at)))

    def counted(self, period: Period, named: Named) -> Counter[str]:
        return Counter(map(named, self.of(period)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A group's numbers before anything is hidden; `before` is the sum of all periods before."""

    name: str
    now: int
    before: int
    shown: Cell
    rose: bool
    p: float


def tables(stock: Stock, divided: Sequence[tuple[str, Named]]) -> tuple[Line, tuple[Group, ...]]:
    """The line of all arrivals, and a table for each division; every rise of a number shown is judged together."""
    (whole,) = _rows(stock, lambda _: ALL, shown=lambda counts: {ALL: counts[ALL]})
    parts = [(title, named, _rows(stock, named, shown=hidden)) for title, named in divided]
    judged = [whole, *(row for _, _, rows in parts for row in rows if isinstance(row.shown, int))]
    corrected = holm([row.p for row in judged])
    verdicts = {id(row): _verdict(row, p) for row, p in zip(judged, corrected, strict=True)}
    groups = []
    for title, named, rows in parts:
        last, means = _last_year(stock, named), _means(stock, rows)
        lines = (Line(r.name, r.shown, means[r.name], last(r.name), verdicts.get(id(r), "")) for r in rows)
        groups.append(Group(title, tuple(lines)))
    mean = round(whole.before / len(stock.before)) if stock.before else NONE
    year = len(stock.of(stock.last_year)) if stock.last_year else NONE
    return Line(ALL, whole.now, mean, year, verdicts[id(whole)]), tuple(groups)


def _rows(stock: Stock, named: Named, shown: Callable[[Counter[str]], dict[str, Cell] | None]) -> list[_Row]:
    """Numbers first, the largest on top; what is hidden by name, since its order would tell. None: too few at all."""
    now = stock.counted(stock.period, named)
    before: Counter[str] = sum((stock.counted(p, named) for p in stock.before), Counter())
    cells = shown(now)
    if cells is None:
        return []
    usual = (name for name, n in before.items() if isinstance(_mean(stock, n), int) and _mean(stock, n))
    rows = [_row(stock, name, now[name], before[name], cells.get(name, 0)) for name in {*cells, *usual}]
    return sorted(rows, key=lambda r: (isinstance(r.shown, str), -r.now if isinstance(r.shown, int) else 0, r.name))


def _row(stock: Stock, name: str, now: int, before: int, shown: Cell) -> _Row:
    these = Counted(now, stock.period.days(stock.today))
    those = Counted(before, sum(days_of(p.first, p.months) for p in stock.before))
    rose = bool(stock.before) and these.count * those.days > those.count * these.days
    return _Row(name, now, before, shown, rose, risen(these, those))


def _mean(stock: Stock, before: int) -> Cell:
    """Rounded to whole numbers: of two reports' means, no month can be worked out."""
    return cell(round(before / len(stock.before))) if stock.before else NONE


def _means(stock: Stock, rows: Sequence[_Row]) -> dict[str, Cell]:
    """A single period before is no mean: it is hidden as it is in its own report."""
    if len(stock.before) != 1:
        return {row.name: _mean(stock, row.before) for row in rows}
    return hidden({row.name: row.before for row in rows}) or {row.name: HIDDEN for row in rows}


def _last_year(stock: Stock, named: Named) -> Callable[[str], Cell]:
    if stock.last_year is None:
        return lambda _: NONE
    cells = hidden(stock.counted(stock.last_year, named))
    return lambda name: HIDDEN if cells is None else cells.get(name, 0)


def _verdict(row: _Row, p: float) -> str:
    """Said of a rise alone."""
    return (BEYOND if p < LEVEL else PERHAPS) if row.rose else ""


# --- what the program suggested ---


def hit_rate(period: Period, known: Iterable[Case], taxonomy: Anlage3, types: Group) -> Hits:
    """`ordinary` is left out where it would tell a number that the table of types hides."""
    found = hits.count(d for c in known if period.holds(local_day(c.arrived)) for d in _decided(c, taxonomy))
    shown = types.lines[:1] and isinstance(types.lines[0].now, int)
    return Hits(found.n, found.type_right, found.unchanged, found.ordinary_right if shown else HIDDEN)


def _decided(case: Case, taxonomy: Anlage3) -> Iterable[Decided]:
    for r in case.reactions:
        if r.kind is Kind.DUPLICATE or r.suggestion is None:
            continue
        reason = taxonomy.type_of(r.outside.partition(" ")[0]) if r.outside else None
        if r.coding:
            yield Decided(r.suggestion, r.coding.type, r.coding.categories)
        elif reason:
            yield Decided(r.suggestion, reason.id, ())
