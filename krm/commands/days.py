"""`krm due`: the days that bind a reaction."""

from datetime import datetime

import click

from krm.commands.common import JSON, Json, example, moment, say
from notify.deadlines import Deadlines, calculation, deadlines
from notify.workdays import Workdays

DAYS = ("acknowledge_by", "day14", "target", "latest")


@click.command(epilog=example("krm due --arrival 2026-12-11T10:00 --json"))
@click.option("--arrival", required=True, multiple=True, help="A moment in ISO 8601; without zone: Berlin.")
@JSON
def due(arrival: tuple[str, ...], as_json: bool) -> None:
    """The days that bind a reaction (GA 3.5.1, 3.5.2)."""
    for found in [_deadlines(moment(text)) for text in arrival]:
        say(as_dates(found) if as_json else "\n".join(calculation(found)))


def as_dates(days: Deadlines) -> Json:
    """The contract's keys, in order."""
    return {name: getattr(days, name).isoformat() for name in DAYS}


def _deadlines(arrival: datetime) -> Deadlines:
    try:
        return deadlines(arrival, Workdays())
    except OverflowError as fault:
        raise click.BadParameter("the calendar ends before these days") from fault
