"""A reply of the house, and what is said where it is not carried out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from ingest.message import Message, Reading, Unclear
from ingest.office import Person
from krm.bot import Bot
from krm.planning import Event, plan_events
from krm.roles import role_of
from store import journal
from store.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail of the house that answers one of our letters, sent by somebody who may."""

    mail: int
    message: Message
    letter: Outgoing
    person: Person
    raw: bytes = b""
    letter_text: str = ""  # what stands below the word `Antwort`
    asked: str = ""  # the duty of the letter that asks; of the first one, where we asked back


def reject(connection: Connection, bot: Bot, reply: Reply, subject: str, reading: Reading) -> None:
    told: dict[str, Any] = {
        "asked": reply.asked,
        "reaction": reply.letter.told.get("reaction", reply.letter.occurrence),
        "not_understood": [asdict(u) for u in reading.unclear],
        "understood": [i.line for i in reading.instructions],
    }
    plan_events(connection, bot, [Event(subject, "unclear", str(reply.mail), reply.person, told)])
    role = role_of(bot.office, reply.person)
    refs = (f"mail:{reply.mail}", f"letter:{reply.letter.id}")
    journal.write(connection, [journal.Entry(subject, bot.now(), role, "unclear", reply.person.id, refs)])


def puzzled(lines: Sequence[str], why: str) -> Reading:
    """A reply that is clear in itself but cannot be carried out, or says nothing."""
    return Reading((), (Unclear(lines[0] if lines else "", why),))
