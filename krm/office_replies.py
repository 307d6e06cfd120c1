"""A reply to a letter that is about no Case: of those only the monthly report waits for a word (GA 3.9)."""

from collections.abc import Sequence

from sqlalchemy import Connection

from ingest import instructions
from ingest.message import Verb, Vocabulary
from krm import reporting
from krm.bot import Bot
from krm.planning import Event, plan_events
from krm.replies import Reply, puzzled, reject
from krm.roles import role_of
from krm.wording import DECIDING
from notify.deadlines import local_day
from store.case import OFFICE

REPORTING = frozenset({Verb.RELEASE, Verb.REPORT})
NOT_FOR_OFFICE = (
    "Auf diese Nachricht ist keine Anweisung vorgesehen. Bitte antworten Sie auf die Nachricht zum Vorgang."
)


def carry_out(connection: Connection, bot: Bot, reply: Reply, lines: Sequence[str]) -> None:
    """Release the report or send a copy, by officer or deputy, and say so; anything else changes nothing."""
    role = role_of(bot.office, reply.person)
    words = Vocabulary(verbs=REPORTING if role in DECIDING and reply.letter.duty == "report" else frozenset())
    reading = instructions.read(lines, words, local_day(bot.now()))
    if not reading.clear:
        known = reading if words.verbs and reading.unclear else puzzled(lines, NOT_FOR_OFFICE)
        reject(connection, bot, reply, reply.letter.subject, known)
        return
    wanted = reporting.month_of(reply.letter.occurrence)
    events, happens = [], [reporting.GOES]
    for said in reading.instructions:
        if said.verb is Verb.REPORT:
            events.append(reporting.asked_for(connection, bot, said.ids[0], reply.mail, reply.person))
        else:
            released, happens = reporting.release(connection, bot, reply.letter, reply.person, role)
            events += released
    told = {
        "about": f"Auswertung {wanted}",
        "recorded": [i.line for i in reading.instructions],
        "happens": happens,
        "printable": "",
    }
    plan_events(connection, bot, [*events, Event(OFFICE, "receipt", str(reply.mail), reply.person, told)])
