"""`krm cases`, `krm case`: what is kept, for people of the access list."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from krm import dossier, filing
from krm.assembly import clock
from krm.commands.common import AS, CONFIG, JSON, Fault, Json, example, say, shown
from krm.commands.opening import opened
from krm.records import NotAllowed, Reader, case_row, case_whole
from notify.deadlines import local_day
from store.case import Case


@click.command(epilog=example("krm cases --open"))
@click.option("--open", "only_open", is_flag=True, help="Only open ones.")
@AS
@JSON
@CONFIG
def cases(only_open: bool, person: str | None, as_json: bool) -> None:
    """All Cases, a line each. The look is in the journal."""
    with _reader(person) as reader:
        for found in reader.all(only_open=only_open):
            row = case_row(found, reader.teller)
            say(row if as_json else line(row))


@click.command(epilog=example("krm case KRM-2026-0042\nkrm case KRM-2026-0042 --form --out Ablage"))
@click.argument("key")
@click.option("--form", "as_files", is_flag=True, help="Write what is filed instead: form and Case as PDF, the mails.")
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder for the files (default: this one); those of the same name are replaced.",
)
@AS
@JSON
@CONFIG
def case(key: str, as_files: bool, out: Path | None, person: str | None, as_json: bool) -> None:
    """One Case: facts, suggestion, confirmation, deadlines with their calculation, letters, journal.

    With --form it is written as files for the front office (GA Anlage 3), readable by their owner alone.
    """
    if out is not None and not as_files:
        raise click.UsageError("--out goes with --form")
    with _reader(person) as reader:
        found = reader.one(key)
        if found is None:
            raise Fault(f"there is no Case {key!r}")
        if as_files:
            _filed(found, reader, out or Path(), as_json=as_json)
            return
        value = case_whole(found, reader)
    say(value if as_json else shown(value))


def _filed(found: Case, reader: Reader, out: Path, *, as_json: bool) -> None:
    """Write the files and print their paths; where a paper cannot be made, the rest is there nevertheless."""
    if not found.reactions:
        raise Fault(f"its mails went to {found.joined_to}: see krm case {found.joined_to} --form")
    kept = reader.kept(found)
    made = dossier.form(found, reader.teller) + dossier.paper(found, kept, reader.teller, local_day(clock()))
    try:
        for path in filing.put(out, (*made.files, *(o.file for o in kept.originals))):
            say({"path": str(path)} if as_json else str(path))
    except OSError as fault:
        raise Fault(f"{out}: {fault.strerror}") from fault
    if made.missing:
        raise Fault("\n".join(made.missing))


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
