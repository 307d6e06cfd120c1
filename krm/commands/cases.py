"""`krm cases`, `krm case`: what is kept, for people of the access list."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from krm.commands.common import AS, CONFIG, JSON, Fault, Json, example, say, shown
from krm.commands.opening import opened
from krm.records import NotAllowed, Reader, case_row, case_whole


@click.command(epilog=example("krm cases --open"))
@click.option("--open", "only_open", is_flag=True, help="Only open ones.")
@AS
@JSON
@CONFIG
def cases(only_open: bool, person: str | None, as_json: bool) -> None:
    """All Cases, a line each."""
    with _reader(person) as reader:
        for found in reader.all(only_open=only_open):
            row = case_row(found, reader.teller)
            say(row if as_json else line(row))


@click.command(epilog=example("krm case KRM-2026-0042"))
@click.argument("key")
@AS
@JSON
@CONFIG
def case(key: str, person: str | None, as_json: bool) -> None:
    """One Case: facts, suggestion, confirmation, deadlines with their calculation, letters, journal."""
    with _reader(person) as reader:
        found = reader.one(key)
        if found is None:
            raise Fault(f"there is no Case {key!r}")
        value = case_whole(found, reader)
    say(value if as_json else shown(value))


def line(row: Json) -> str:
    """A row for people."""
    parts = (
        row["number"] or row["id"],
        row["state"],
        f"{row['art']}{'' if row['confirmed'] else '?'}" if row["art"] else "",
        f"arrived {row['arrived'][:10]}",
        f"acknowledged {row['acknowledged'][:10]}"
        if row["acknowledged"]
        else f"acknowledge by {row['acknowledge_by']}",
        f"target {row['target']}",
    )
    return "  ".join(part for part in parts if part)


@contextmanager
def _reader(person: str | None) -> Iterator[Reader]:
    with opened() as shelf:
        try:
            yield Reader(shelf.office, shelf.workdays, shelf.database, person)
        except NotAllowed as fault:
            raise Fault(str(fault)) from fault
