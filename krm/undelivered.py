"""The notice that a letter of ours did not arrive, may not have, or is put off for long: to whom, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

from sqlalchemy import Connection

from ingest import bounces
from ingest.bounces import Bounce
from ingest.office import Person
from krm.bot import Bot
from krm.planning import Event
from notify.owing import working_day_later
from notify.recipients import complained_about, deciding, without
from store import outbox
from store.case import CITIZEN, COLLEAGUE, OFFICE, Delivery
from store.letter_words import POSTABLE
from store.outbox import Outgoing
from store.relating import standing

NOT_CERTAIN = "Die Verbindung brach ab, nachdem das Schreiben übergeben war."
CANNOT_BE_WRITTEN = "Das Schreiben konnte nicht erstellt werden. Bitte sagen Sie der Administration Bescheid."
REFUSED = "Der Mailserver hat das Schreiben abgelehnt ({})."
CAME_BACK = "Das Schreiben kam als unzustellbar zurück{}."
PUT_OFF = "Der Mailserver nimmt das Schreiben noch nicht an ({})."
CUT_OFF = "Die Verbindung zum Mailserver bricht immer wieder ab."


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of a letter: refused, unsure, or claimed still (it is put off and will be tried again).

    `why` are German sentences, `said` the other server's own words, `recipients` the addresses it did not reach.
    """

    state: Delivery
    why: str
    said: str = ""
    recipients: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        return self.state is Delivery.CLAIMED


def refused(code: str) -> Failure:
    """The sending server will not take it; `code` is its reply ("550 5.1.1"), without words."""
    return Failure(Delivery.REFUSED, f"{bounces.reason(code)} {REFUSED.format(code)}".strip())


def came_back(bounce: Bounce) -> Failure:
    """The sending server took it, another one would not."""
    code = f" ({bounce.status})" if bounce.status else ""
    return Failure(Delivery.REFUSED, f"{bounce.why} {CAME_BACK.format(code)}", bounce.said, bounce.recipients)


def put_off(code: str) -> Failure:
    """Not now (4xx); `code` is "" where the connection does not last."""
    why = f"{bounces.reason(code)} {PUT_OFF.format(code)}".strip() if code else CUT_OFF
    return Failure(Delivery.CLAIMED, why)


def put_off_for_long(connection: Connection, bot: Bot, letter: Outgoing) -> bool:
    """For more than a working day, and nobody was told: of a house mailbox its oldest letter stands for all."""
    if letter.claimed is None or working_day_later(letter.claimed, bot.teller.workdays) > bot.now():
        return False
    outside = letter.recipient in (CITIZEN, COLLEAGUE)
    return outside or not any(w.id < letter.id for w in outbox.waiting(connection, letter.recipient))


def notices(connection: Connection, bot: Bot, letter: Outgoing, failure: Failure) -> list[Event]:
    """The notice, with the letter's text ready to print, to whoever can see to it; none where nobody is left."""
    tried = [*letter.told.get("tried", []), letter.recipient]
    told, occurrence = _told(letter, failure, tried), str(letter.id)
    if failure.waits:
        occurrence = f"{letter.id} waits"
    elif letter.duty == "undelivered":  # the notice itself did not arrive: the same, to the next person
        told, occurrence = {**letter.told, "tried": tried}, letter.occurrence
    people = _readers(connection, bot, letter, failure, tried)
    return [Event(letter.subject, "undelivered", occurrence, person, told) for person in people]


def _posted_as(letter: Outgoing) -> str:
    """What `versandt` in answer to the notice is about: the letter to the citizen, else nothing that is posted."""
    about = letter.occurrence.partition(" ")[0] if letter.duty == "to_print" else letter.duty
    return about if about in POSTABLE else "undelivered"


def _told(letter: Outgoing, failure: Failure, tried: Sequence[str]) -> dict[str, object]:
    outside = letter.recipient in (CITIZEN, COLLEAGUE)
    return {
        "duty": letter.duty,
        "about": _posted_as(letter),
        "unsure": failure.state is Delivery.UNSURE,
        "since": letter.claimed.isoformat() if failure.waits and letter.claimed else None,
        "message_id": letter.message_id,
        "why": failure.why,
        "said": failure.said,
        "to": list(failure.recipients or (letter.address,)),
        "printable": _text_of(letter.content) if outside or not failure.waits else "",
        "reaction": letter.told.get("reaction", letter.occurrence.partition(".")[0]),
        "tried": list(tried),
    }


def _readers(
    connection: Connection, bot: Bot, letter: Outgoing, failure: Failure, tried: Sequence[str]
) -> tuple[Person, ...]:
    """Officer, deputy, management: the first who was not tried and whom the Case is not about.

    Where the officer's own mailbox puts letters off, all the others: it is theirs to be reached another way.
    """
    case = standing(connection, letter.subject) if letter.subject != OFFICE else None
    out = complained_about(case, bot.office, bot.taxonomy).people if case else frozenset()
    first, *_ = people = (*deciding(bot.office, out), *without(bot.office.management, out))
    left = tuple(p for p in people if p.id not in tried)
    return left if failure.waits and letter.recipient == first.id else left[:1]


def _text_of(content: bytes | None) -> str:
    """The text part of a finished letter."""
    if content is None:
        return ""
    part = message_from_bytes(content, policy=default).get_body(("plain",))
    return str(part.get_content()) if part else ""
