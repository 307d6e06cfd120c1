"""`krm simulate`: a play of the office, which fails where a promise was not kept."""

import io
from datetime import timedelta

import click
from rich.console import Console
from rich.table import Table

from krm.commands.common import JSON, Fault, Json, example, printable, say
from krm.simulating.outcome import Outcome, Share
from krm.simulating.outcome import play as played
from krm.simulating.promises import Broken
from krm.simulating.world import BEGINS, PER_DAY, World, after

NOTHING = "–"


@click.command(epilog=example("krm simulate --months 12 --seed 7"))
@click.option("--months", type=click.IntRange(1, 36), default=1, show_default=True, help="How long it lasts.")
@click.option("--days", type=click.IntRange(1), help="Only so many days of it.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same number plays the same year again.")
@click.option(
    "--per-day",
    type=click.FloatRange(1, 200),
    default=PER_DAY,
    show_default=True,
    help="Mails from outside on a working day, on average.",
)
@JSON
def simulate(months: int, days: int | None, seed: int, per_day: float, as_json: bool) -> None:
    """Play an invented office through the real code and check its promises.

    Needs no krm.toml; nothing is read or sent. Each promise that was not kept is told on standard error.
    """
    until = BEGINS + timedelta(days=days) if days else after(months)
    outcome = played(World(seed, until, per_day))
    say({"months": months} | as_dict(outcome) if as_json else _shown(outcome))
    if outcome.broken:
        raise Fault("\n".join(_line(outcome.seed, one) for one in outcome.broken))


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
        "broken": [{"at": b.at.isoformat(), "case": b.case, "what": b.what} for b in outcome.broken],
    }


def _line(seed: int, one: Broken) -> str:
    where = f"{one.case}: " if one.case else ""
    return printable(f"seed {seed}, {one.at:%Y-%m-%d %H:%M}, {where}{one.what}")


def _shown(outcome: Outcome) -> str:
    table = Table(title=f"Seed {outcome.seed}", title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
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
    for name, value in rows:
        table.add_row(name, value)
    written = io.StringIO()
    Console(file=written, width=60).print(table)
    return written.getvalue()


def _percent(share: Share) -> str:
    return NOTHING if share.value is None else f"{share.value:.1%} of {share.of}"
