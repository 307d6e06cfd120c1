"""The digest's lists of recorded Cases: what is due, late, to be released, to be posted, proposed, handed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from krm.bot import Bot
from notify.contexts import Item, Section
from notify.course import ANSWER, Course
from notify.deadlines import local_day
from notify.owing import MORNING, at_local
from notify.recipients import complained_about, deciding
from store import cases, mails
from store.case import CITIZEN, PROPOSALS, Case, Delivery, Reaction, Said, State

SILENT = "Im Postfach ist seit {} Arbeitstagen keine Nachricht eingegangen. Bitte prüfen Sie, ob es erreichbar ist."


@dataclass(frozen=True, slots=True)
class Listed:
    """A Case with what the lists ask of it, on one day; only what was so at `morning` counts."""

    case: Case
    course: Course
    morning: datetime
    bot: Bot

    @property
    def today(self) -> date:
        return local_day(self.morning)


Entry = tuple[str, date | None]
"""What a list says of a Case: words and the day it is about."""


def _due(e: Listed) -> Iterator[Entry]:
    matter = e.course.matter
    if matter and matter.answer_by == e.today and e.case.concerns:
        yield "Antwort fehlt", matter.answer_by


def _late(e: Listed) -> Iterator[Entry]:
    matter = e.course.matter
    if matter and matter.late_after < e.today and e.case.concerns:
        yield "Antwort fehlt", matter.late_after


def _interim(e: Listed) -> Iterator[Entry]:
    matter = e.course.matter
    drafted = any(d.duty == "interim_draft" and d.at and d.at < e.morning for d in e.case.dispatches)
    if matter and drafted and not matter.promised and e.course.release is None and matter.late_after >= e.today:
        yield "Zwischeninformation noch nicht freigegeben", matter.days.latest


def _release(e: Listed) -> Iterator[Entry]:
    draft = e.course.draft
    if e.case.state is State.OPEN and draft and draft.at < e.morning and e.course.release is None:
        yield "Antwortschreiben liegt vor", e.course.matter.answer_by if e.course.matter else None


def _post(e: Listed) -> Iterator[Entry]:
    release, posted = e.course.release, [m.at for m in e.case.marked(Said.POSTED) if m.about == ANSWER]
    waits = release is not None and release.at < e.morning and not any(at > release.at for at in posted)
    if e.case.state is State.OPEN and waits and e.case.answer_way != "email":
        yield "Antwortschreiben drucken und versenden", e.course.matter.answer_by if e.course.matter else None
    for reaction in e.case.reactions:
        if _to_post(e, reaction):
            days = e.bot.teller.days(reaction)
            yield "Eingangsbestätigung drucken und versenden", days.acknowledge_by


def _to_post(e: Listed, reaction: Reaction) -> bool:
    """Recorded, to be acknowledged, and it cannot go by mail or came back."""
    if reaction.confirmed_at is None or reaction.confirmed_at >= e.morning:
        return False
    if reaction.coding is None or reaction.acknowledged or e.case.state is not State.OPEN:
        return False
    back = any(d.returned for d in e.case.dispatches if d.duty == "acknowledgement" and d.recipient == CITIZEN)
    return back or not reaction.sender.address


def _proposals(e: Listed) -> Iterator[Entry]:
    deciding = {p.id for p in e.bot.office.officers()}
    for mark in e.case.marked(*PROPOSALS):
        answered = any(m.at > mark.at and m.by in deciding for m in e.case.marks)
        moved = any(s.since > mark.at for s in e.case.stages) or any(a.since > mark.at for a in e.case.assignments)
        if (
            mark.at < e.morning
            and mark.by not in deciding
            and e.case.state is State.OPEN
            and not answered
            and not moved
        ):
            yield "Vorschlag wartet auf Ihre Entscheidung", None


def _handed_over(e: Listed) -> Iterator[Entry]:
    """Since the morning of the last working day."""
    since = e.bot.teller.workdays.before(e.today, 1)
    for dispatch in e.case.dispatches:
        went = dispatch.duty == "hand_over" and dispatch.state is Delivery.SENT and dispatch.at
        if went and since <= local_day(went) and went < e.morning:
            person = e.bot.office.person(dispatch.recipient)
            yield f"weitergegeben an {person.name if person else dispatch.recipient}", None


LISTS: tuple[tuple[str, str, Callable[[Listed], Iterator[Entry]]], ...] = (
    ("Überfällig", "Hier ist die zugesagte Frist vorbei.", _late),
    ("Heute fällig", "Die Antwort soll heute hinaus.", _due),
    ("Zwischeninformation nötig", "Bitte antworten Sie mit „Zwischeninformation: …“ und dem neuen Tag.", _interim),
    ("Wartet auf Ihre Freigabe", "Bitte antworten Sie auf das Schreiben mit „Freigabe“.", _release),
    ("Zu drucken", "Nach dem Versand antworten Sie bitte mit „versandt“ und dem Tag.", _post),
    ("Vorschläge", "Bitte antworten Sie auf den Vorschlag, zum Beispiel mit „ok“.", _proposals),
    ("Weitergegeben", "Diese Nachrichten gingen an eine andere Stelle.", _handed_over),
)


def may_see(bot: Bot, case: Case, reader: str) -> bool:
    """Nobody reads of a Case that is about them, in a digest neither (rules.md, Who must not get a Case)."""
    out = complained_about(case, bot.office, bot.taxonomy).people
    return reader not in out or reader in {p.id for p in deciding(bot.office, out)}


def listed_cases(connection: Connection, bot: Bot, reader: str) -> tuple[Section, ...]:
    """The sections as this person may see them, empty ones included."""
    morning, taxonomy, workdays = at_local(local_day(bot.now()), MORNING), bot.taxonomy, bot.teller.workdays
    known = cases.load(connection, {*cases.handled_ids(connection), *cases.handed_over_ids(connection)}).values()
    listed = [
        Listed(case, Course(case, taxonomy, workdays), morning, bot) for case in known if may_see(bot, case, reader)
    ]
    return tuple(Section(title, hint, _items(listed, entries)) for title, hint, entries in LISTS)


def _items(listed: list[Listed], entries: Callable[[Listed], Iterator[Entry]]) -> tuple[Item, ...]:
    items = [
        Item(e.case.shown_id, e.case.arrived, what, day, day is not None and day < e.today)
        for e in listed
        for what, day in entries(e)
    ]
    return tuple(sorted(items, key=lambda i: (i.due or date.max, i.arrived)))


def silence(connection: Connection, bot: Bot) -> tuple[Section, ...]:
    """A mailbox in which nothing arrives for days looks like one nobody writes to: somebody should look."""
    limit, newest = bot.rhythm.silence_days, mails.newest(connection)
    if limit is None or newest is None:
        return ()
    today = local_day(bot.now())
    if bot.teller.workdays.after(local_day(newest), limit) >= today:
        return ()
    return (Section("Stille im Postfach", SILENT.format(limit), (Item("Postfach", newest, "letzte Nachricht"),)),)
