"""`krm report`: the evaluation of a month or a year (GA 3.9), for officer and deputy alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

import click

from classify.anlage3 import shipped
from ingest.office import Person, Role
from krm import evaluating, filing, reporting
from krm.assembly import clock
from krm.commands.common import AS, CONFIG, JSON, Fault, example, progress, prose, say
from krm.commands.figures import table
from krm.commands.opening import Shelf, opened
from krm.records import NotAllowed, allowed, os_user
from krm.roles import role_of
from notify import report_files
from notify.evaluation import Evaluation
from store import journal
from store.case import OFFICE

MAY = frozenset({Role.OFFICER, Role.DEPUTY})
NAMES_WIDTH = 34
"""So wide may a name be in a table of 80 columns; the files and --json have it whole."""
MONTH, YEAR = r"20\d\d-(0[1-9]|1[0-2])", r"20\d\d"


@click.command(epilog=example("krm report --month 2026-11 --out Berichte\nkrm report --year 2026"))
@click.option("--month", help="The month, e.g. 2026-11.")
@click.option("--year", help="The whole year instead, e.g. 2026.")
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Write PDF, page for the meeting and workbook into this folder; those of the same name are replaced.",
)
@AS
@JSON
@CONFIG
def report(month: str | None, year: str | None, out: Path | None, person: str | None, as_json: bool) -> None:
    """The evaluation of a month or a year (GA 3.9), as the records stand now. Officer and deputy alone evaluate.

    Groups with fewer than five are not shown singly. The reading is in the journal; files are for their owner alone.
    """
    key = _key(month, year)
    with opened() as shelf:
        told = _evaluation(shelf, key, _reader(shelf, person))
    say(told.json() if as_json else in_words(told))
    if out is not None:
        _write(out, told, shelf.office.name)


def _key(month: str | None, year: str | None) -> str:
    """Raises UsageError unless exactly one is given, and as it should be."""
    if (month is None) == (year is None):
        raise click.UsageError("give either --month or --year")
    pattern, given, like = (MONTH, month, "2026-11") if month else (YEAR, year or "", "2026")
    if not re.fullmatch(pattern, given or ""):
        raise click.UsageError(f"{given!r} cannot be read: write it like {like}")
    return given or ""


def _reader(shelf: Shelf, person: str | None) -> Person:
    """Raises Fault for anybody but officer and deputy."""
    try:
        found = allowed(shelf.office, os_user(), person)
    except NotAllowed as fault:
        raise Fault(str(fault)) from fault
    if role_of(shelf.office, found) not in MAY:
        raise Fault("only officer and deputy evaluate (GA 3.9)")
    return found


def _evaluation(shelf: Shelf, key: str, reader: Person) -> Evaluation:
    now = clock()
    if evaluating.period_of(key).first > now.date():
        raise Fault(f"{key} has not begun")
    house = evaluating.House(shelf.office, shipped(), shelf.workdays)
    with shelf.database.transaction() as connection:
        found = evaluating.evaluation(connection, house, key, now)
        role = role_of(shelf.office, reader)
        journal.write(connection, [journal.Entry(OFFICE, now, role, "report-read", reader.id, (key,))])
    return found


def _write(out: Path, told: Evaluation, office: str) -> None:
    from notify.papers import BrokenPaper  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    try:
        for path in filing.put(out, report_files.files(told, office)):
            progress(str(path))
    except BrokenPaper as fault:
        raise Fault(str(fault)) from fault
    except OSError as fault:
        raise Fault(f"{out}: {fault.strerror}") from fault


def in_words(told: Evaluation) -> str:
    """The summary as a terminal shows it; German, as the report is."""
    parts = [f"Auswertung {told.named} (Stand {told.drawn:%d.%m.%Y})"]
    parts.append(table([(what, figure, more) for what, figure, more in reporting.tiles(told)]))
    parts.append("\n".join(prose(f"- {sentence}", "  ") for sentence in told.noticed))
    if any(group.lines for group in told.groups):
        parts.append("; ".join(_columns(told)))
    for group in told.groups:
        head = (group.title, "jetzt", "davor", "Vorjahr", "Anstieg")
        rows = [(_short(x.name), str(x.now), str(x.before), str(x.last_year), x.verdict) for x in group.lines]
        parts.append(table([head, *rows]) if rows else f"{group.title}: zu wenige, um sie aufzuteilen")
    parts.append(prose(told.reckoned))
    parts.append(prose(report_files.hits_words(told)))
    measures = [prose(f"- {reporting.measure_words(measure)}", "  ") for measure in told.measures]
    parts.append("\n".join(("Vereinbarte Maßnahmen:", *measures)) if measures else "")
    return "\n\n".join(part for part in parts if part)


def _columns(told: Evaluation) -> Iterator[str]:
    """What the heads of the columns stand for."""
    yield f"jetzt: {told.named}"
    if told.compared:
        yield f"davor: {told.compared_words}"
    if told.months == 1:
        yield "Vorjahr: Vorjahresmonat"


def _short(name: str) -> str:
    return shorten(name, NAMES_WIDTH, placeholder=" …")
