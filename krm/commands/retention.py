"""`krm retention`: how long what is kept, the offer to the archive, deletion after the officer's word (GA 3.8)."""

import time
from pathlib import Path

import click

from krm import offering, retaining
from krm.assembly import clock
from krm.choosing import alone
from krm.commands.common import AS, CONFIG, JSON, Fault, example, moment, progress, say
from krm.commands.figures import table
from krm.commands.keeping import (
    SINGLY,
    any_case,
    called,
    case_of,
    case_row,
    cells,
    chosen,
    deciding,
    finished,
    keeping,
    note,
    reading,
    record,
    told,
    write,
)
from krm.roles import role_of
from notify.deadlines import local_day
from notify.retention import CLASSES
from store import erasing
from store import retention as stored
from store.case import OFFICE


@click.group(epilog=example("krm retention plan --until 2037-01-31\nkrm retention offer --out Archiv"))
def retention() -> None:
    """How long what is kept; offer to the archive, deletion, legal hold (GA 3.8).

    In this order: plan shows what is due, offer lists the Cases for the archive, delete takes the officer's word.
    """


@retention.command(
    short_help="What would go on a day, by class; Cases singly.",
    epilog=example("krm retention plan --until 2037-01-31 --json"),
)
@click.option("--until", help="The day to look at (default: today), e.g. 2037-01-31.")
@AS
@JSON
@CONFIG
def plan(until: str | None, person: str | None, as_json: bool) -> None:
    """What would go on a day, by class, as things stand now; Cases singly, by number and without content.

    JSON: {day, classes: [{class, name, clause, due, held, by_word}], cases: [{case, class, since, kept_until, offered,
    held}], begun: [{subject, class, since}]}. `due` goes that day, `held` is under a legal hold, `by_word` waits for
    the officer. `begun` is not finished: the mailbox was away, or keeps something.
    """
    day = local_day(moment(until)) if until else local_day(clock())
    with reading(person) as (shelf, reader), shelf.database.transaction() as connection:
        found = offering.plan(connection, shelf.retention.periods, day)
        begun = stored.begun(connection)
        note(connection, shelf, reader, "retention-read", (OFFICE, (day.isoformat(),)))
    classes = [
        {"class": p.kept.id, "name": p.kept.name, "clause": p.kept.clause, "due": p.due, "held": p.held}
        | {"by_word": p.kept.by_word}
        for p in found
    ]
    singly = [case_row(c, shelf.retention.periods) for p in found for c in p.cases]
    if as_json:
        say({"day": day.isoformat(), "classes": classes, "cases": singly, "begun": [record(d) for d in begun]})
        return
    rows = [
        (p.kept.name, str(p.due), str(p.held), "on the officer's word" if p.kept.by_word else "by itself")
        for p in found
    ]
    say(table([(f"on {day}", "due", "held", "goes"), *rows]))
    if singly:
        say("\n" + table([SINGLY, *map(cells, singly)]))
    for one in begun:
        say(f"begun and not finished: {called(one)}")


@retention.command(
    short_help="List the Cases whose time is over for the archive.", epilog=example("krm retention offer --out Archiv")
)
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Write the list into this folder as a table (CSV); one of the same name is replaced.",
)
@AS
@JSON
@CONFIG
def offer(out: Path | None, person: str | None, as_json: bool) -> None:
    """The Cases whose ten years are over, as a list for the archive; that they were offered is noted. Nothing goes.

    JSON Lines: {file, case, class, since, kept_until, offered, held}; `file` is the file reference of krm.toml, `since`
    the day the Case was closed.
    """
    with deciding(person) as (shelf, reader):
        now, periods = clock(), shelf.retention.periods
        with shelf.database.transaction() as connection:
            found = offering.offer(connection, periods, (reader.id, role_of(shelf.office, reader)), now)
    today = local_day(now).isoformat()
    rows = [{"file": shelf.office.file_reference} | case_row(c, periods) for c in found]
    rows = [row | {"offered": row["offered"] or today} for row in rows]
    for row in rows:
        say(row if as_json else f"{row['case']}  closed {row['since']}  kept until {row['kept_until']}")
    if not rows:
        progress("no Case is to be offered today")
    if out is not None:
        write(out, f"Anbietung-{today}.csv", rows)


@retention.command(
    short_help="Delete Cases, or all that is due of a class.",
    epilog=example("krm retention delete KRM-2026-0042 KRM-2026-0043\nkrm retention delete --class case"),
)
@click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
@click.option(
    "--class", "kept_as", type=click.Choice([k.id for k in CLASSES]), help="Everything of this class that is due."
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
@AS
@JSON
@CONFIG
def delete(numbers: tuple[str, ...], kept_as: str | None, yes: bool, person: str | None, as_json: bool) -> None:
    """Delete Cases, or all that is due of a class, after the officer's word; without either, finish what is begun.

    A Case must have been offered before. It goes from the records, the program's folders and the one of sent mail;
    number, days and class stay (krm retention deleted). JSON: {deleted: [subject], spared: [subject], remaining:
    [{folder, uid}]}; what remains must be deleted in the mailbox by hand.
    """
    if numbers and kept_as:
        raise click.UsageError("give either numbers or --class")
    with keeping(person) as (keeper, reader):
        with keeper.database.transaction() as connection:
            wanted = chosen(connection, keeper, numbers, kept_as)
        if wanted and not yes:
            names = ", ".join(c.fact.shown for c in wanted[:10]) + (" …" if len(wanted) > 10 else "")
            click.confirm(f"Delete {len(wanted)} for ever ({names})?", abort=True, err=True)
        with alone(keeper.database, time.sleep):
            with keeper.database.transaction() as connection:
                wanted = chosen(connection, keeper, numbers, kept_as)  # nobody can have changed anything since
                retaining.begin(connection, wanted, reader, keeper.office, clock())
            outcome = finished(keeper)
            if outcome.deleted:
                keeper.database.shrink()
    told(outcome, wanted, as_json)


@retention.command(epilog=example('krm retention hold KRM-2026-0042 --reason "Klage beim Sozialgericht"'))
@click.argument("number")
@click.option("--reason", prompt="Reason", help="Why; kept with the Case, shown to nobody else.")
@AS
@CONFIG
def hold(number: str, reason: str, person: str | None) -> None:
    """Forbid the deletion of a Case until it is released."""
    with deciding(person) as (shelf, reader), shelf.database.transaction() as connection:
        found = case_of(connection, number)
        if found.id in {d.subject for d in stored.begun(connection)}:
            raise Fault(f"{found.shown_id} is being deleted already")
        stored.hold(connection, found.id, reason, reader.id, clock())
        note(connection, shelf, reader, "held", (found.id, ()))
    say(f"{found.shown_id} is held")


@retention.command(short_help="Take every hold from a Case.", epilog=example("krm retention release KRM-2026-0042"))
@click.argument("number")
@AS
@CONFIG
def release(number: str, person: str | None) -> None:
    """Take every hold from a Case and the intakes that were joined to it, or from such an intake alone."""
    with deciding(person) as (shelf, reader), shelf.database.transaction() as connection:
        found = any_case(connection, number)
        if not stored.release(connection, erasing.extent(connection, found.id).cases, reader.id, clock()):
            raise Fault(f"nothing holds {found.shown_id}")
        note(connection, shelf, reader, "hold-released", (found.id, ()))
    say(f"{found.shown_id} is released")


@retention.command(epilog=example("krm retention deleted --json"))
@AS
@JSON
@CONFIG
def deleted(person: str | None, as_json: bool) -> None:
    """What was deleted: numbers and days, nothing else is left.

    JSON Lines: {subject, case, class, since, deleted, by}.
    """
    with reading(person) as (shelf, _), shelf.database.transaction() as connection:
        found = stored.done(connection)
    if not found:
        progress("nothing was deleted yet")
    for one in found:
        say(
            record(one)
            if as_json
            else f"{called(one)}  {one.kept_as}  since {one.since}  deleted {record(one)['deleted']}"
        )
