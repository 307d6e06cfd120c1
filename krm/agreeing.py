"""What `ok` says, by the letter it answers: it confirms a suggestion only where that is in view (GA 3.3, rules.md)."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from ingest.message import Reading, Unclear, Verb
from ingest.office import Office
from notify.proposals import proposed
from store import journal
from store.case import Case, Reaction, State
from store.outbox import Outgoing

SHOWS_SUGGESTION = frozenset({"confirmation_request", "reminder"})
"""Letters that ask whether the suggestion is right; to any other kind, one made later too, `ok` does not confirm it."""
OWN_WORD = {
    "alert": "gesehen",
    "need": "gesehen",
    "breach": "gesehen",
    "release_request": "Freigabe",
    "to_print": "versandt …",
    "interim_draft": "Zwischeninformation: …",
    "interim_alarm": "Zwischeninformation: …",
    "handling_reminder": "übernommen",
    "overdue": "Notiz: …",
}
"""Letters that wait for a word of their own, even of a recorded Case."""
NOT_CERTAIN = "Damit ist hier nicht klar, was geschehen soll."
NOT_SHOWN = (
    "Die Nachricht, auf die Sie geantwortet haben, zeigt den Vorschlag nicht. Soll er gelten? Dann antworten Sie bitte "
    "mit „ok“ auf die Nachricht „Bitte bestätigen“. Dort sehen Sie auch, was für ihn spricht."
)
ASKING = frozenset({Verb.STATUS, Verb.HELP, Verb.REPORT})
BESIDE = ASKING | {Verb.NOTE}
"""Words that decide nothing: beside any other, `ok` is a courtesy."""


def question(connection: Connection, case: Case, letter: Outgoing) -> tuple[str, str]:
    """Duty and occurrence of the letter answered; where we asked back, of the one that the first answer was to.

    A notice that a letter did not arrive asks what that letter asks, whose words stand in it to be printed.
    """
    letters = {f"letter:{d.id}": d for d in case.dispatches}
    lost = letters.get(f"letter:{letter.occurrence.partition(' ')[0]}") if letter.duty == "undelivered" else None
    if lost and letter.told.get("printable"):
        return lost.duty, lost.occurrence
    duty, occurrence = letter.duty, letter.occurrence
    said = journal.read(connection, letter.subject) if duty == "unclear" else ()
    answers = {e.refs[0]: e.refs[1] for e in said if e.action == "unclear"}
    while duty == "unclear" and (before := letters.get(answers.get(f"mail:{occurrence}", ""))):
        duty, occurrence = before.duty, before.occurrence
    return duty, occurrence


def weighed(
    reading: Reading,
    asked: tuple[str, str],
    about: tuple[Case, Reaction],
    office: Office,
    read: Callable[[str], Reading],
) -> Reading:
    """The reply with its `ok` understood: as the line of a proposal, as a courtesy, or as a line that is asked back."""
    (duty, occurrence), (case, reaction) = asked, about
    said = next((i for i in reading.instructions if i.verb is Verb.CONFIRM), None)
    line = _line(case, occurrence, office) if duty == "proposal" else ""
    if said is None or duty in SHOWS_SUGGESTION or (not line and duty not in OWN_WORD and _recorded(case, reaction)):
        return reading
    others = tuple(i for i in reading.instructions if i.verb is not Verb.CONFIRM)
    if any(i.verb not in BESIDE for i in others):
        return replace(reading, instructions=others)
    if line:
        meant = read(line)
        return Reading((*meant.instructions, *others), (*reading.unclear, *meant.unclear))
    why, nearest = (NOT_CERTAIN, (OWN_WORD[duty],)) if duty in OWN_WORD else (NOT_SHOWN, ())
    return Reading(others, (*reading.unclear, Unclear(said.line, why, nearest)))


def _recorded(case: Case, reaction: Reaction) -> bool:
    """Whether `ok` would repeat what is recorded, and so change nothing."""
    return reaction.confirmed_at is not None and not reaction.outside and case.state is not State.NOT_KRM


def _line(case: Case, occurrence: str, office: Office) -> str:
    """The line a proposal stands for; "" where it does not stand any more."""
    try:
        return proposed(case, occurrence, office).line
    except LookupError:
        return ""
