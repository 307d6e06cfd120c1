"""`krm simulate`: a play of the office, with faults if wanted, which fails where a promise was not kept."""

import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from krm.commands.common import JSON, Fault, Json, example, printable, progress, say
from krm.simulating.faults import KINDS
from krm.simulating.outcome import Outcome
from krm.simulating.outcome import play as played
from krm.simulating.promises import DOUBLED, LOST, MISSED, WRONG, Broken
from krm.simulating.stormy import Weathered, weathered
from krm.simulating.world import BEGINS, PER_DAY, World, after
from notify.kept import Share

NOTHING = "–"
PER_STORMY_DAY = 2.0
"""Less mail, so that a month with its faults takes no longer than a usual one."""
SORTS = (LOST, DOUBLED, WRONG, MISSED)

T = TypeVar("T")


@click.command(epilog=example("krm simulate --months 12 --seed 7\nkrm simulate --faults --seeds 100 --months 1"))
@click.option("--months", type=click.IntRange(1, 36), default=1, show_default=True, help="How long it lasts.")
@click.option("--days", type=click.IntRange(1), help="Only so many days of it.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same number plays the same year again.")
@click.option("--seeds", type=click.IntRange(1), default=1, show_default=True, help="So many, from --seed on.")
@click.option(
    "--faults",
    is_flag=True,
    help="With crashes, faults of mailbox, mail server and database, a wrong clock, and people who move mails.",
)
@click.option(
    "--per-day",
    type=click.FloatRange(1, 200),
    help=f"Mails from outside on a working day, on average.  [default: {PER_DAY:g}, with --faults {PER_STORMY_DAY:g}]",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes at work.  [default: one for each core]")
@JSON
def simulate(  # noqa: PLR0913 - one an option
    *,
    months: int,
    days: int | None,
    seed: int,
    seeds: int,
    faults: bool,
    per_day: float | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Play an invented office through the real code and check its promises.

    Needs no krm.toml; nothing is read or sent. A year takes some minutes. Each promise that was not kept is told on
    standard error, and the command fails.
    """
    until = BEGINS + timedelta(days=days) if days else after(months)
    every = _Every(
        range(seed, seed + seeds), until, per_day or (PER_STORMY_DAY if faults else PER_DAY), jobs or _cores()
    )
    if faults:
        span = f"--days {days}" if days else f"--months {months}"
        _with_faults(every, f"{span} --per-day {every.per_day:g}", as_json=as_json)
        return
    broken: list[str] = []
    for outcome in every.play(_play):
        say({"months": months} | as_dict(outcome) if as_json else _shown(outcome))
        broken += [_line(outcome.seed, one) for one in outcome.broken]
    if broken:
        raise Fault("\n".join(broken))


@dataclass(frozen=True, slots=True)
class _Every:
    """The plays that were asked for."""

    seeds: Sequence[int]
    until: date
    per_day: float
    workers: int

    def play(self, one: Callable[[int, date, float], T]) -> Iterator[T]:
        """In the order of their seeds, side by side where there are several."""
        workers = min(self.workers, len(self.seeds))
        work = partial(_given, one, self.until, self.per_day)
        if workers == 1:
            yield from map(work, self.seeds)
            return
        with ProcessPoolExecutor(workers) as pool:
            yield from pool.map(work, self.seeds)


def _given(one: Callable[[int, date, float], T], until: date, per_day: float, seed: int) -> T:
    return one(seed, until, per_day)


def _cores() -> int:
    return os.cpu_count() or 1


def _play(seed: int, until: date, per_day: float) -> Outcome:
    return played(World(seed, until, per_day))


def _with_faults(every: _Every, span: str, *, as_json: bool) -> None:
    """Raises Fault with how to play again what was broken."""
    done: list[Weathered] = []
    for one in every.play(weathered):
        done.append(one)
        for broken in one.broken:
            progress(_line(one.seed, broken))
        if as_json:
            say(_weather(one))
    if not as_json:
        say(_summed(done))
    again = [f"krm simulate --faults --seed {one.seed} {span}" for one in done if one.broken]
    if again:
        raise Fault("Promises were broken. To play the same again:\n" + "\n".join(again))


def as_dict(outcome: Outcome) -> Json:
    """The figures for programs; shares are 0 to 1, None where there was nothing to count."""
    return {
        "seed": outcome.seed,
        "mails": outcome.mails,
        "cases": outcome.cases,
        "acknowledged_in_time": outcome.acknowledged.value,
        "closed_in_time": outcome.closed.value,
        "interim_notices": outcome.interim_notices,
        "escalations": outcome.escalations,
        "letters_per_case": outcome.letters_per_case,
        "broken": _listed(outcome.broken),
    }


def _weather(one: Weathered) -> Json:
    return {
        "seed": one.seed,
        "faults": {kind: one.faults.get(kind, 0) for kind in KINDS},
        "mails": one.mails,
        "letters": one.letters,
        "asked": one.asked,
        **{sort: one.found(sort) for sort in SORTS},
        "broken": _listed(one.broken),
    }


def _listed(broken: Sequence[Broken]) -> list[Json]:
    return [{"at": b.at.isoformat(), "case": b.case, "what": b.what} for b in broken]


def _line(seed: int, one: Broken) -> str:
    where = f"{one.case}: " if one.case else ""
    return printable(f"seed {seed}, {one.at:%Y-%m-%d %H:%M}, {where}{one.what}")


def _shown(outcome: Outcome) -> str:
    rows = (
        ("mails", str(outcome.mails)),
        ("Cases", str(outcome.cases)),
        ("acknowledged in time", _percent(outcome.acknowledged)),
        ("closed in time", _percent(outcome.closed)),
        ("interim notices", str(outcome.interim_notices)),
        ("escalations", str(outcome.escalations)),
        ("letters per Case", f"{outcome.letters_per_case:.1f}"),
        ("promises broken", str(len(outcome.broken))),
    )
    return _table(f"Seed {outcome.seed}", rows)


def _summed(done: Sequence[Weathered]) -> str:
    faults = sum((Counter(one.faults) for one in done), Counter[str]())
    rows = (
        ("seeds", str(len(done))),
        ("faults", str(faults.total())),
        *((f"  {kind}", str(faults[kind])) for kind in KINDS),
        ("mails", str(sum(one.mails for one in done))),
        ("letters", str(sum(one.letters for one in done))),
        *((sort, str(sum(one.found(sort) for one in done))) for sort in SORTS),
        ("asked", str(sum(one.asked for one in done))),
        ("broken seeds", str(sum(bool(one.broken) for one in done))),
    )
    seeds = f"Seed {done[0].seed}" if len(done) == 1 else f"Seeds {done[0].seed} to {done[-1].seed}"
    return _table(f"{seeds}, with faults", rows)


def _table(title: str, rows: Sequence[tuple[str, str]]) -> str:
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in rows:
        table.add_row(name, value)
    written = io.StringIO()
    Console(file=written, width=60).print(table)
    return written.getvalue()


def _percent(share: Share) -> str:
    return NOTHING if share.value is None else f"{share.value:.1%} of {share.of}"
