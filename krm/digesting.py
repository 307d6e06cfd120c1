"""The lists of the morning's digest, read from the records (conversation.md, Rhythm)."""

from collections.abc import Sequence
from datetime import time, timedelta

from sqlalchemy import Connection

from krm.bot import Bot
from notify.contexts import Digest, Item, Section
from notify.deadlines import local_day
from notify.duties import at_local
from store import cases, mails
from store.mails import MailState, StoredMail
from store.outbox import Outgoing

MOVE_BACK = "Gehört etwas davon ins KRM, verschieben Sie die Nachricht zurück in den Posteingang."
LISTS = (
    (MailState.UNREADABLE, "Unlesbar", "Bitte sehen Sie sich diese Nachrichten im Ordner „{unreadable}“ selbst an."),
    (MailState.TOO_BIG, "Zu groß", "Diese Nachrichten liegen ungelesen im Ordner „{too_big}“."),
    (MailState.QUARANTINE, "Quarantäne", "Vermutlich keine Kundenreaktionen, Ordner „{quarantine}“. " + MOVE_BACK),
    (MailState.AUTOMATIC, "Automatische Nachrichten", "Nicht beantwortet, Ordner „{automatic}“. " + MOVE_BACK),
)
RULES = {
    "bounce": "Zustellfehler",
    "auto-reply": "Abwesenheitsnotiz oder automatische Antwort",
    "list": "Rundmail",
    "own": "eigene Nachricht des Programms",
    "not-for-us": "vermutlich Werbung oder nicht für das Jobcenter",
    "size": "über der Größengrenze",
}


def digest(connection: Connection, bot: Bot, letter: Outgoing) -> Digest:
    """What stands in this morning's digest for one person; what stood in it is noted."""
    now = bot.now()
    begin = at_local(local_day(now), time())  # both people's digests of a day list the same
    person = bot.office.person(letter.recipient)
    listed = [(state, title, hint, mails.waiting(connection, [state], begin)) for state, title, hint in LISTS]
    sections = [_unconfirmed(connection, bot)]
    names = {name: getattr(bot.folders, name) for name in ("unreadable", "too_big", "quarantine", "automatic")}
    sections += [Section(title, hint.format(**names), _items(found)) for _, title, hint, found in listed]
    mails.shown(connection, [m.id for *_, found in listed for m in found], now)
    counts = mails.counts(connection, now - timedelta(days=1), now)
    return Digest(
        day=local_day(now),
        sections=tuple(s for s in sections if s.items),
        counts=tuple((COUNTED[state], count) for state, count in sorted(counts.items())),
        name=person.name if person else "",
    )


COUNTED = {
    MailState.NEW: "noch nicht bearbeitet",
    MailState.DONE: "bearbeitet",
    MailState.AUTOMATIC: "automatisch",
    MailState.QUARANTINE: "in Quarantäne",
    MailState.UNREADABLE: "unlesbar",
    MailState.TOO_BIG: "zu groß",
}


def _unconfirmed(connection: Connection, bot: Bot) -> Section:
    """Everything nobody has decided, the most urgent first."""
    today, items = local_day(bot.now()), []
    for case in cases.load(connection, cases.undecided_ids(connection)).values():
        for reaction in case.reactions:
            if reaction.settled or reaction.suggestion is None:
                continue
            days = bot.teller.days(reaction)
            due = days.target if reaction.acknowledged else days.acknowledge_by
            what = bot.taxonomy.name(reaction.suggestion.type)
            what += ", schon bestätigt, noch nicht erfasst" if reaction.acknowledged else ""
            items.append(Item(case.shown_id, reaction.arrived, f"vermutlich {what}", due, due < today))
    items.sort(key=lambda i: (i.due or today, i.arrived))
    hint = "Bitte antworten Sie auf die Anfrage zu jedem Eingang, zum Beispiel mit „ok“."
    return Section("Noch nicht entschieden", hint, tuple(items))


def _items(found: Sequence[StoredMail]) -> tuple[Item, ...]:
    return tuple(Item(f"Nr. {m.id}", m.arrived, RULES.get(m.reason, "nicht lesbar")) for m in found)
