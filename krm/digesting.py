"""The lists of the morning's digest, read from the records (conversation.md, Rhythm)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from krm.bot import Bot
from krm.holding import held_back, unanswered
from krm.listing import listed_cases, may_see, silence
from krm.offering import over_for_long
from krm.reckoning import reckoned
from notify.contexts_office import Digest
from notify.deadlines import local_day
from notify.owing import MORNING, at_local, working_day_later
from notify.phrases import LETTER_NAMES
from notify.pieces import Item, Section
from store import cases, fates, mails, outbox, which
from store.case import OFFICE
from store.mails import MailState, StoredMail
from store.outbox import Outgoing

EVER = datetime(1970, 1, 1, tzinfo=UTC)
MOVE_BACK = "Gehört etwas davon ins KRM, verschieben Sie die Nachricht zurück in den Posteingang."
LISTS = (
    (MailState.UNREADABLE, "Unlesbar", "Bitte sehen Sie sich diese Nachrichten im Ordner „{unreadable}“ selbst an."),
    (MailState.TOO_BIG, "Zu groß", "Diese Nachrichten liegen ungelesen im Ordner „{too_big}“."),
    (MailState.QUARANTINE, "Quarantäne", "Vermutlich keine Kundenreaktionen, Ordner „{quarantine}“. " + MOVE_BACK),
    (
        MailState.NOTED,
        "Mündlich und am selben Tag geklärt",
        "Vermerkt ohne Vorgang, Ordner „{done}“. " + MOVE_BACK,
    ),
    (MailState.AUTOMATIC, "Automatische Nachrichten", "Nicht beantwortet, Ordner „{automatic}“. " + MOVE_BACK),
)
RULES = {
    "bounce": "Zustellfehler",
    "out-of-office": "Abwesenheitsnotiz aus dem Haus",
    "auto-reply": "Abwesenheitsnotiz oder automatische Antwort",
    "answers-by-itself": "automatische Antwort aus dem Haus",
    "list": "Rundmail",
    "own": "eigene Nachricht des Programms",
    "not-for-us": "vermutlich Werbung oder nicht für das Jobcenter",
    "size": "über der Größengrenze",
    "settled-at-once": "Kontaktformular",
}


def digest(connection: Connection, bot: Bot, letter: Outgoing) -> Digest:
    """This morning's digest for one person; what stood in it is noted."""
    now = bot.now()
    person = bot.office.person(letter.recipient)
    sections, listed = _sections(connection, bot, letter.recipient)
    mails.shown(connection, listed, now)
    morning = at_local(local_day(now), MORNING)
    return Digest(
        day=local_day(now),
        sections=sections,
        counts=(),
        name=person.name if person else "",
        reckoning=reckoned(fates.between(connection, _last_digest(connection, now), morning)),
    )


def _last_digest(connection: Connection, now: datetime) -> datetime:
    """Up to when the digest before this one counted: no mail falls between two, whatever day had none."""
    day = outbox.latest(connection, OFFICE, "digest", local_day(now).isoformat())
    return at_local(date.fromisoformat(day), MORNING) if day else EVER


def anything_to_list(connection: Connection, bot: Bot, reader: str) -> bool:
    """A digest of nothing disturbs nobody. What is known soonest is looked at first."""
    return any(s.items for s in _of_mails(connection, bot)[0]) or bool(_sections(connection, bot, reader)[0])


def _sections(connection: Connection, bot: Bot, reader: str) -> tuple[tuple[Section, ...], list[int]]:
    """The lists as they stood at half past seven, and the mails in them; `reader` is a person id."""
    morning = at_local(local_day(bot.now()), MORNING)
    first, later = listed_cases(connection, bot, reader)
    undecided = _unconfirmed(connection, bot, morning, reader)
    put_off = _put_off(connection, bot, morning, reader)
    filed_away, ids = _of_mails(connection, bot)
    held = held_back(connection, bot, reader)
    silent = unanswered(connection, bot, reader, _last_digest(connection, bot.now()), morning)
    sections = (*silence(connection, bot), *first, undecided, put_off, held, silent, *later, *filed_away)
    sections += over_for_long(connection, bot)
    return tuple(s for s in sections if s.items), ids


def _of_mails(connection: Connection, bot: Bot) -> tuple[list[Section], list[int]]:
    """What was put into folders of its own, and the ids of these mails."""
    today = local_day(bot.now())
    begin, morning = at_local(today, time()), at_local(today, MORNING)  # both people's digests of a day list the same
    names = {name: getattr(bot.folders, name) for name in ("unreadable", "too_big", "quarantine", "automatic", "done")}
    sections: list[Section] = []
    ids: list[int] = []
    for state, title, hint in LISTS:
        found = [m for m in mails.waiting(connection, [state], begin) if m.arrived < morning]
        sections.append(Section(title, hint.format(**names), _items(found)))
        ids += [m.id for m in found]
    return sections, ids


def _unconfirmed(connection: Connection, bot: Bot, until: datetime, reader: str) -> Section:
    """Everything nobody has decided, the most urgent first."""
    today, items = local_day(bot.now()), []
    known = cases.load(connection, which.undecided_ids(connection)).values()
    for case in (case for case in known if may_see(bot, case, reader)):
        for reaction in case.reactions:
            if reaction.settled or reaction.suggestion is None or reaction.came >= until:
                continue
            days = bot.teller.days(reaction)
            due = days.target if reaction.acknowledged else days.acknowledge_by
            what = bot.taxonomy.name(reaction.suggestion.type)
            what += ", schon bestätigt, noch nicht erfasst" if reaction.acknowledged else ""
            items.append(Item(case.shown_id, reaction.arrived, f"vermutlich {what}", due, due < today))
    items.sort(key=lambda i: (i.due or today, i.arrived))
    hint = "Bitte antworten Sie auf die Anfrage zu jedem Eingang, zum Beispiel mit „ok“."
    return Section("Noch nicht entschieden", hint, tuple(items))


def _put_off(connection: Connection, bot: Bot, until: datetime, reader: str) -> Section:
    """Letters that the server has not taken for more than a working day."""
    workdays, items = bot.teller.workdays, []
    found = [w for w in outbox.waiting(connection) if working_day_later(w.since, workdays) <= until]
    known = cases.load(connection, {w.subject for w in found if w.subject != OFFICE})
    for letter in found:
        case, to = known.get(letter.subject), bot.office.person(letter.recipient)
        if case is None or may_see(bot, case, reader):
            what = LETTER_NAMES[letter.duty] + (f" an {to.name}" if to else "")
            items.append(Item(case.shown_id if case else "KRM", letter.since, what))
    hint = "Der Mailserver nimmt diese Schreiben noch nicht an. Das Programm versucht es weiter."
    return Section("Noch nicht zugestellt", hint, tuple(items), "Erster Versuch")


def _items(found: Sequence[StoredMail]) -> tuple[Item, ...]:
    return tuple(Item(f"Nr. {m.id}", m.arrived, RULES.get(m.reason, "nicht lesbar")) for m in found)
