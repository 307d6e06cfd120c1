"""The monthly report: drafted for the officer, released by them, then sent to management (GA 3.9)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from ingest.message import Verb
from ingest.office import Person, Role
from krm import evaluating, filing
from krm.bot import Bot
from krm.planning import Event
from notify import report_files
from notify.buttons import button, tag
from notify.composing import Enclosure
from notify.contexts_office import Report, ReportCopy
from notify.duties import report_due
from notify.evaluation import NONE, Evaluation, Measure, following
from notify.letters import long_day
from notify.pieces import Picture
from store import conditions, journal, outbox
from store.case import OFFICE
from store.outbox import Outgoing

RELEASED = "report-released:"
MOST_MEASURES = 5  # in the mail; the files have more
LAST_DAY = 15  # GA 3.9: by the 15th of the month
GOES = "Die Auswertung geht jetzt hinaus."
WENT = "Die Auswertung ist schon freigegeben und hinausgegangen."


def due_reports(connection: Connection, bot: Bot) -> list[Event]:
    """The draft on the first working day, and reminders until it is released."""
    due = report_due(bot.view())
    there = outbox.planned(connection, OFFICE, "report") if due else frozenset()
    found = [(o, bot.office.person(o.recipient)) for o in due if (o.occurrence, o.recipient) not in there]
    months = {month_of(owed.occurrence) for owed, _ in found}
    told = {m: figures(connection, bot, m) for m in months if conditions.get(connection, RELEASED + m) is None}
    waiting = [(owed, person) for owed, person in found if person and month_of(owed.occurrence) in told]
    return [Event(OFFICE, "report", o.occurrence, person, told[month_of(o.occurrence)]) for o, person in waiting]


def asked_for(connection: Connection, bot: Bot, wanted: str, mail: int, person: Person) -> Event:
    """`Bericht: 2026-10`, by officer or deputy (GA 3.9: they alone evaluate)."""
    told = figures(connection, bot, wanted)
    return Event(OFFICE, "report_copy", f"{wanted} asked {mail}", person, told)


def release(connection: Connection, bot: Bot, draft: Outgoing, by: Person, role: Role) -> tuple[list[Event], list[str]]:
    """What stood in the draft goes to management and to where the managers keep it; and what is to be said of that.

    A second release sends nothing again. Where the folder cannot be written, `by` gets the files by mail.
    """
    wanted = month_of(draft.occurrence)
    if conditions.get(connection, RELEASED + wanted) is not None:
        return [], [WENT]
    conditions.begin(connection, RELEASED + wanted, bot.now())
    entry = journal.Entry(OFFICE, bot.now(), role, "report-released", by.id, (wanted,))
    journal.write(connection, [entry])
    to = [*bot.office.management]
    if bot.filing.address:
        to.append(Person(filing.ID, filing.NAME, bot.filing.address))
    why = filing.kept(bot.filing, lambda: report_files.files(Evaluation.of(draft.told), bot.office.name))
    to += [by] if why and by not in to else []
    events = [Event(OFFICE, "report_copy", f"{wanted} released", person, draft.told) for person in to]
    return events, [GOES, *([why] if why else [])]


def figures(connection: Connection, bot: Bot, wanted: str) -> dict[str, Any]:
    """The figures of a month (`2026-10`) as they stand now, kept with the letter."""
    house = evaluating.House(bot.office, bot.taxonomy, bot.teller.workdays)
    return evaluating.evaluation(connection, house, wanted, bot.now()).json()


def draft(bot: Bot, told: dict[str, Any], to: Person, token: str) -> Report:
    """What the officer is told."""
    found = Evaluation.of(told)
    release = button("Freigabe", bot.office.address, f"Re: {tag('KRM', token)}", str(Verb.RELEASE), primary=True)
    return Report(**_told(found, to), until=following(found.first).replace(day=LAST_DAY), buttons=(release,))


def copy(told: dict[str, Any], to: Person) -> ReportCopy:
    """What management is told."""
    return ReportCopy(**_told(Evaluation.of(told), to))


def enclosures(bot: Bot, told: dict[str, Any]) -> tuple[Enclosure, ...]:
    """PDF, page for the meeting and workbook."""
    return report_files.files(Evaluation.of(told), bot.office.name)


def pictures(told: dict[str, Any]) -> tuple[Enclosure, ...]:
    return report_files.pictures(Evaluation.of(told))


def _told(told: Evaluation, to: Person) -> dict[str, Any]:
    return {
        "period": told.named,
        "tiles": tuple(tiles(told)),
        "noticed": told.noticed,
        "pictures": tuple(Picture(name, words) for name, words in report_files.shown(told)),
        "measures": tuple(map(measure_words, told.measures[-MOST_MEASURES:])),
        "reckoned": told.reckoned,
        "hits": report_files.hits_words(told),
        "files": tuple(report_files.names(told)),
        "name": to.name,
    }


def tiles(told: Evaluation) -> Iterator[tuple[str, str, str]]:
    """The four figures that come first."""
    usual = f"{told.compared_words}: {told.total.before}" if told.compared else ""
    yield "Erfasste Reaktionen", str(told.total.now), usual
    for promise in told.promises:
        before = f"davor {promise.words_before}" if promise.of_before else ""
        yield promise.name.removesuffix(" oder abgeschlossen"), promise.words, before
    days = told.counts[0]
    yield "Tage bis zur Antwort", str(days.now), f"davor {days.before}" if days.before != NONE else ""


def measure_words(measure: Measure) -> str:
    """A measure in a line."""
    done = f"bis {long_day(measure.until)}, {measure.owner}"
    effect = f"{measure.group} im Monat: vorher {measure.before}, danach {measure.after}"
    return (
        f"{measure.what} ({done}): {measure.verdict} ({effect})"
        if measure.after != NONE
        else (f"{measure.what} ({done}): {measure.verdict}")
    )


def month_of(occurrence: str) -> str:
    """`2026-10` of any occurrence of a report."""
    return occurrence.split(maxsplit=1)[0]
