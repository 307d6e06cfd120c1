"""The month in figures: what arrived, what was kept, what was not (GA 3.9). Pure; no name of anybody in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from classify.anlage3 import Anlage3
from notify.course import ANSWER
from notify.deadlines import deadlines, local_day
from notify.workdays import Workdays
from store.case import Case, Delivery, Kind, Reaction, Said

FEWEST = 5  # rules.md: groups with fewer are not shown singly
FEW = "unter 5"
LAST_STAGE = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of how many were in time."""

    kept: int
    of: int


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one month, counted by arrival. `by_type` and `by_group` hold every group, small ones too."""

    first: date
    arrivals: int
    by_type: tuple[tuple[str, int], ...]
    by_group: tuple[tuple[str, int], ...]
    acknowledged: Kept
    answered: Kept
    interim_notices: int
    stages: tuple[tuple[int, int], ...]  # (stage, how often reached)
    handed_over: int


def month(first: date, known: Sequence[Case], taxonomy: Anlage3, workdays: Workdays) -> Month:
    """The figures of the Cases that arrived in the month that begins with `first`."""
    of_month = [case for case in known if local_day(case.arrived).replace(day=1) == first]
    recorded = [(case, r) for case in of_month for r in case.reactions if r.coding and r.kind is not Kind.DUPLICATE]
    firsts = [(case, r) for case, r in recorded if r.kind is Kind.FIRST]
    types = Counter(taxonomy.name(r.coding.type) for _, r in firsts if r.coding)
    groups = Counter(taxonomy.category(c.category).group for case, _ in firsts for c in case.concerns[:1])
    return Month(
        first=first,
        arrivals=len(firsts),
        by_type=_most_first(types),
        by_group=_most_first(groups),
        acknowledged=_kept(_acknowledged(r, workdays) for _, r in recorded if r.sender.address),
        answered=_kept(_answered(case, r, workdays) for case, r in firsts if _owed(r, taxonomy)),
        interim_notices=sum(len(case.marked(Said.INTERIM)) for case in of_month),
        stages=tuple((n, sum(any(s.level == n for s in c.stages) for c in of_month)) for n in range(1, LAST_STAGE + 1)),
        handed_over=sum(any(d.duty == "hand_over" for d in case.dispatches) for case in of_month),
    )


def _most_first(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))


def shown(rows: Iterable[tuple[str, int]]) -> tuple[tuple[str, str], ...]:
    """Groups with fewer than five are named without their number (rules.md)."""
    return tuple((name, str(count) if count >= FEWEST else FEW) for name, count in rows)


def _kept(found: Iterable[bool | None]) -> Kept:
    """None: not over yet, not counted."""
    known = [kept for kept in found if kept is not None]
    return Kept(sum(known), len(known))


def _acknowledged(reaction: Reaction, workdays: Workdays) -> bool | None:
    limit = deadlines(reaction.arrived, workdays).acknowledge_by
    return reaction.acknowledged is not None and local_day(reaction.acknowledged) <= limit


def _owed(reaction: Reaction, taxonomy: Anlage3) -> bool:
    return reaction.coding is not None and not taxonomy.type(reaction.coding.type).thanks


def _answered(case: Case, reaction: Reaction, workdays: Workdays) -> bool | None:
    """Answered or settled by the day that bound: the latest, or the one an interim notice promised (GA 3.5.2)."""
    promised = [c.day for c in case.clocks if c.kind in ("interim", "superior")]
    limit = max((deadlines(reaction.arrived, workdays).latest, *promised))
    posted = [m.day for m in case.marked(Said.POSTED) if m.about == ANSWER and m.day]
    sent = [local_day(d.at) for d in case.dispatches if d.duty == ANSWER and d.state is Delivery.SENT and d.at]
    closed = [local_day(m.at) for m in case.marked(Said.CLOSED)]
    done = min((*posted, *sent, *closed), default=None)
    return None if done is None else done <= limit
