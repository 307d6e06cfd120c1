"""The digest's lists of recorded Cases: what their duties owe the office, and what is due, answered, handed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import Connection

from krm.bot import Bot
from notify.case_duties import occurrences, outlasts
from notify.course import Course
from notify.deadlines import local_day
from notify.letters import short_day
from notify.owing import MORNING, View, at_local
from notify.phrases import LETTER_NAMES
from notify.pieces import Item, Section
from notify.proposals import proposed
from notify.recipients import complained_about, deciding
from notify.whole import Whole, whole
from store import cases, mails, which
from store.case import CITIZEN, DECIDED, Case, Delivery, Dispatch, Reaction, Said, State, mail_of

SILENT = "Im Postfach ist seit {} Arbeitstagen keine Nachricht eingegangen. Bitte prüfen Sie, ob es erreichbar ist."


@dataclass(frozen=True)
class Listed:
    """A Case with its duties, as a digest of the morning of `whole.view.now` sees it."""

    whole: Whole

    @property
    def case(self) -> Case:
        return self.whole.case

    @property
    def course(self) -> Course:
        return self.whole.course

    @property
    def view(self) -> View:
        return self.whole.view

    @property
    def today(self) -> date:
        return local_day(self.view.now)

    @cached_property
    def owed(self) -> tuple[tuple[str, str], ...]:
        """(duty, occurrence) of what is owed by this morning, sent or not: the digest repeats it until it is done.

        Of a closed Case only letters to the citizen: one that comes back, a correction asked for later.
        """
        found = ((duty.name, m.key) for duty, m in occurrences(self.whole) if m.at <= self.view.now)
        closed = self.case.state is State.CLOSED
        return tuple((name, key) for name, key in found if not closed or outlasts(name, key))


def listed(case: Case, view: View) -> Listed:
    return Listed(whole(case, view))


NOT_ARRIVED = {Delivery.UNSURE: "unklar, ob angekommen", Delivery.REFUSED: "nicht zugestellt"}
Entry = tuple[str, date | None]
"""What a list says of a Case: words and the day it is about."""
Entries = Callable[[Listed], Iterator[Entry]]


def _owing(duty: str, entry: Callable[[Listed, str], Entry]) -> Entries:
    """A list of what this duty owes, an entry an occurrence; what it says twice stands there once."""

    def entries(e: Listed) -> Iterator[Entry]:
        yield from dict.fromkeys(entry(e, key) for name, key in e.owed if name == duty)

    return entries


def _missing(e: Listed) -> str:
    unit = e.view.office.unit(e.case.assignment.unit) if e.case.assignment else None
    return f"Antwort fehlt, der Vorgang liegt bei: {unit.name}" if unit else "Antwort fehlt"


def _late(e: Listed, _: str) -> Entry:
    return _missing(e), e.course.matter.late_after if e.course.matter else None


def _interim(e: Listed, _: str) -> Entry:
    return "Zwischeninformation noch nicht freigegeben", e.course.matter.days.latest if e.course.matter else None


def _letter(what: str) -> Callable[[Listed, str], Entry]:
    """An occurrence begins with the letter it is about; only the answer has a day of its own."""

    def entry(e: Listed, key: str) -> Entry:
        letter, matter = key.partition(" ")[0], e.course.matter
        return what.format(LETTER_NAMES[letter]), matter.answer_by if matter and letter == "answer" else None

    return entry


def _proposal(e: Listed, key: str) -> Entry:
    return proposed(e.case, key, e.view.office).what, None


def _due(e: Listed) -> Iterator[Entry]:
    matter = e.whole.waiting
    if matter and matter.answer_by == e.today and e.case.concerns:
        yield _missing(e), matter.answer_by


def _to_print(e: Listed) -> Iterator[Entry]:
    yield from _owing("to_print", _letter("{} drucken und versenden"))(e)
    for reaction in e.case.reactions:
        if _to_post(e, reaction):
            yield "Eingangsbestätigung drucken und versenden", e.view.days(reaction).acknowledge_by


def _to_post(e: Listed, reaction: Reaction) -> bool:
    """Recorded, to be acknowledged, and it cannot go by mail or came back."""
    if reaction.confirmed_at is None or reaction.confirmed_at >= e.view.now:
        return False
    if reaction.coding is None or reaction.acknowledged or e.case.state not in (State.OPEN, State.CLOSED):
        return False
    back = any(d.returned for d in e.case.dispatches if d.duty == "acknowledgement" and d.recipient == CITIZEN)
    return back or not reaction.sender.address


def _uncertain(e: Listed) -> Iterator[Entry]:
    """Letters to the citizen that may not have arrived, until one is posted or another went: notices get overlooked.

    What is to be printed stands in that list.
    """
    if e.case.state is not State.OPEN:
        return
    printed = {(key.partition(" ")[0], mail_of(key)) for name, key in e.owed if name == "to_print"}
    for one in e.case.dispatches:
        lost = one.recipient == CITIZEN and one.state in NOT_ARRIVED and (one.duty, one.of) not in printed
        if lost and one.at and one.at < e.view.now and not _made_up_for(e.case, one, one.at):
            yield f"{LETTER_NAMES[one.duty]}: {NOT_ARRIVED[one.state]}", None


def _made_up_for(case: Case, lost: Dispatch, at: datetime) -> bool:
    posted = any(m.about == lost.duty and m.at > at and m.of in (0, lost.of) for m in case.marked(Said.POSTED))
    again = any(d.duty == lost.duty and d.state is Delivery.SENT and d.at and d.at > at for d in case.dispatches)
    acknowledged = any(str(r.mail) == lost.occurrence and r.acknowledged for r in case.reactions)
    return posted or again or (lost.duty == "acknowledgement" and acknowledged)


def _to_close(e: Listed) -> Iterator[Entry]:
    """Nothing waits for an answer any more: one went out, or none is needed."""
    if e.case.state is not State.OPEN or e.course.matter is not None:
        return
    went, needless = max(e.course.gone, default=None), e.case.last(Said.NO_ANSWER)
    if went and went < e.view.now:
        yield f"beantwortet am {short_day(went)}", None
    elif needless and needless.about == DECIDED and needless.at < e.view.now:
        yield "Ein Antwortschreiben ist nicht nötig", None


def _handed_over(e: Listed) -> Iterator[Entry]:
    """Since the morning of the last working day."""
    since = e.view.workdays.before(e.today, 1)
    for dispatch in e.case.dispatches:
        went = dispatch.duty == "hand_over" and dispatch.state is Delivery.SENT and dispatch.at
        if went and since <= local_day(went) and went < e.view.now:
            person = e.view.office.person(dispatch.recipient)
            yield f"weitergegeben an {person.name if person else dispatch.recipient}", None


ANSWER_IT = "Bitte antworten Sie auf den Vorschlag: mit „ok“, oder mit „gesehen“, wenn alles bleiben soll, wie es ist."
POSTED = "antworten Sie bitte mit „versandt“ und dem Tag auf die Nachricht, die das Schreiben enthält."
LISTS: tuple[tuple[str, str, Entries], ...] = (
    ("Überfällig", "Hier ist die zugesagte Frist vorbei.", _owing("overdue", _late)),
    ("Heute fällig", "Die Antwort soll heute hinaus.", _due),
    (
        "Zwischeninformation nötig",
        "Bitte antworten Sie auf den Entwurf mit „Zwischeninformation: …“ und dem neuen Tag.",
        _owing("interim_draft", _interim),
    ),
    (
        "Wartet auf Ihre Freigabe",
        "Bitte antworten Sie auf das Schreiben mit „Freigabe“.",
        _owing("release_request", _letter("{} liegt vor")),
    ),
    ("Zu drucken", f"Nach dem Versand {POSTED}", _to_print),
    (
        "Nicht sicher angekommen",
        f"Bitte schicken Sie diese Schreiben per Post. Danach, oder wenn eines doch ankam, {POSTED}",
        _uncertain,
    ),
    ("Vorschläge", ANSWER_IT, _owing("proposal", _proposal)),
)
LATER: tuple[tuple[str, str, Entries], ...] = (
    (
        "Beantwortet, noch nicht abgeschlossen",
        "Ist alles geklärt? Dann antworten Sie bitte auf ein Schreiben zum Vorgang mit „Erledigt:“ und dem Ergebnis.",
        _to_close,
    ),
    ("Weitergegeben", "Diese Nachrichten gingen an eine andere Stelle.", _handed_over),
)


LINGERS = timedelta(days=14)
"""So long after the word that made it due a letter of a closed Case stands in the lists."""


def may_see(bot: Bot, case: Case, reader: str) -> bool:
    """Nobody reads of a Case that is about them, in a digest neither (rules.md, Who must not get a Case)."""
    out = complained_about(case, bot.office, bot.taxonomy).people
    return reader not in out or reader in {p.id for p in deciding(bot.office, out)}


def listed_cases(connection: Connection, bot: Bot, reader: str) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections as this person may see them, empty ones included: what must be done, and what has time."""
    view = replace(bot.view(), now=at_local(local_day(bot.now()), MORNING))
    handed_over = which.handed_over_ids(connection, at_local(view.workdays.before(local_day(view.now), 1), time()))
    lingering = which.lingering_ids(connection, view.now - LINGERS)
    known = cases.load(connection, {*which.handled_ids(connection), *lingering, *handed_over}).values()
    seen = [listed(case, view) for case in known if may_see(bot, case, reader)]
    first, later = (tuple(Section(t, hint, _items(seen, rows)) for t, hint, rows in lists) for lists in (LISTS, LATER))
    return first, later


def _items(seen: list[Listed], entries: Entries) -> tuple[Item, ...]:
    items = [
        Item(e.case.shown_id, e.case.arrived, what, day, day is not None and day < e.today)
        for e in seen
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
