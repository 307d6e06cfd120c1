"""How long what is kept, and why it may not be forgotten yet (GA 3.8, rules.md, Data protection). Pure.

A period ends with the day of the same number, or the last one of a shorter month (§ 188 BGB): what was closed on
29 February 2028 is kept up to and including 28 February 2038. "Until" is always the last day something is kept.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notify.deadlines import local_day
from notify.letters import long_day
from store.case import Case, Delivery, Said, State

CASE_YEARS = 10
"""GA 3.8; a number of the GA is never an option."""
SPAM = "spam"
PENDING = frozenset({Delivery.PLANNED, Delivery.CLAIMED, Delivery.TRANSMITTING})
UNDECIDED = "undecided"  # `kept_as` of what nobody has decided, or what is still open: no period runs yet


@dataclass(frozen=True, slots=True)
class Periods:
    """Days, the office's choice (`[retention]`)."""

    spam: int = 30
    not_krm: int = 90
    noted: int = 90
    automatic: int = 90
    unread: int = 90
    office: int = 90


@dataclass(frozen=True, slots=True)
class Kept:
    """A class of what is kept: its name, what starts its clock, how long (`until` from that day), and why.

    `binds`: it may not be erased before, even if the person concerned asks for it. `by_word`: it goes only once the
    officer has said so; else by itself.
    """

    id: str
    name: str
    clause: str
    begins: str
    until: Callable[[date, Periods], date]
    binds: bool = False
    by_word: bool = False


def _days(name: str) -> Callable[[date, Periods], date]:
    def until(begun: date, periods: Periods) -> date:
        days: int = getattr(periods, name)
        return begun + timedelta(days=days)

    return until


def ten_years(begun: date, _: Periods) -> date:
    """The day of the same number ten years on (§ 188(2), (3) BGB)."""
    year = begun.year + CASE_YEARS
    return date(year, begun.month, min(begun.day, calendar.monthrange(year, begun.month)[1]))


RULES = "rules.md, Datenschutz"
CLASSES = (
    Kept("case", "Vorgang", "GA 3.8", "Abschluss", ten_years, binds=True, by_word=True),
    Kept("not_krm", "Kein KRM", "Art. 5(1)(e) DSGVO", "Weitergabe oder Entscheidung", _days("not_krm")),
    Kept("spam", "Spam", "Art. 5(1)(e) DSGVO", "Tagesübersicht oder Entscheidung", _days("spam")),
    Kept("noted", "Mündlich und am selben Tag geklärt", "GA 3.2.2", "Tagesübersicht", _days("noted")),
    Kept("automatic", "Automatische Nachricht", "Art. 5(1)(e) DSGVO", "Tagesübersicht", _days("automatic")),
    Kept("unread", "Unlesbar oder zu groß", "GA 3.2.5", "Tagesübersicht", _days("unread"), binds=True, by_word=True),
    Kept("office", "Schriftwechsel ohne Vorgang", "Art. 5(1)(e) DSGVO", "Erledigung", _days("office")),
)
"""What needs no class of its own: instructions, further mails, duplicates and refused replies go with their Case, a
bounce and an out-of-office are automatic, an intake that was joined goes with the Case it went to."""
CLASS = {kept.id: kept for kept in CLASSES}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is kept. `subject` is a Case id or `mail:12`, `shown` what people call it.

    `begun`: the day its period counts from, None while none runs (`kept_as` is then UNDECIDED). `offered`: when it was
    offered to the archive, if that was after `begun`. `held`: under a legal hold.
    """

    subject: str
    shown: str
    kept_as: str
    begun: date | None = None
    offered: date | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """Why something may not be erased yet. `until`: last day it is kept, None where no day is known.

    `kept_as`: its class, UNDECIDED, or "hold". `reason`: a German sentence.
    """

    shown: str
    kept_as: str
    until: date | None
    clause: str
    reason: str


def of_case(case: Case, *, offered: date | None = None, held: bool = False) -> Fact:
    """A Case or intake as the clock sees it; of a joined one ask for the Case it went to."""
    kept_as, begun = _clock(case)
    known = offered if offered and begun and offered > begun else None
    return Fact(case.id, case.shown_id, kept_as if begun else UNDECIDED, begun, known, held)


def _clock(case: Case) -> tuple[str, date | None]:
    """Its class and the day its period begins: the last closing, the last decision or hand-over. None: not yet.

    What was closed with a number stays a Case, whatever was said of it later (GA 3.8).
    """
    if case.open_reaction or any(d.state in PENDING for d in case.dispatches):
        return UNDECIDED, None
    closings = [m.at for m in case.marked(Said.CLOSED)]
    if case.state is State.CLOSED:
        return "case", _last(closings)
    if case.state is not State.NOT_KRM or _lost(case):
        return UNDECIDED, None
    went = [d.at for d in case.dispatches if d.duty == "hand_over" and d.at]
    decided = _last([r.confirmed_at for r in case.reactions if r.confirmed_at] + went + closings)
    if case.number and closings:
        return "case", decided
    return SPAM if _is_spam(case.outside) else "not_krm", decided


def _lost(case: Case) -> bool:
    """Whether a mail was to go to another place and reached none; what is spam by now goes nowhere."""
    spam = {str(r.mail) for r in case.reactions if _is_spam(r.outside or case.outside)}
    owed = [d for d in case.dispatches if d.duty == "hand_over" and d.occurrence not in spam]
    reached = {d.occurrence for d in owed if d.state is Delivery.SENT and not d.returned}
    return any(d.occurrence not in reached for d in owed)


def _is_spam(outside: str) -> bool:
    return outside.partition(" ")[0] == SPAM


def _last(moments: list[datetime]) -> date | None:
    return local_day(max(moments)) if moments else None


def until(fact: Fact, periods: Periods) -> date | None:
    """The last day it is kept."""
    return CLASS[fact.kept_as].until(fact.begun, periods) if fact.begun else None


def due(fact: Fact, periods: Periods, today: date) -> bool:
    """Whether its period is over and nothing holds it: it may be offered, or goes."""
    last = until(fact, periods)
    return last is not None and today > last and not fact.held


def bound(fact: Fact, periods: Periods, today: date) -> Bound | None:
    """What forbids to erase it today, the strongest reason first; None where it may go."""
    if fact.held:
        return Bound(fact.shown, "hold", None, "GA 3.8", HELD.format(fact.shown))
    if fact.begun is None:
        return Bound(fact.shown, UNDECIDED, None, "GA 3.5", OPEN.format(fact.shown))
    kept, last = CLASS[fact.kept_as], until(fact, periods)
    if not kept.binds or last is None:
        return None
    if today <= last:
        return Bound(fact.shown, kept.id, last, kept.clause, NOT_YET.format(fact.shown, long_day(last), kept.clause))
    if kept.id == "case" and fact.offered is None:
        return Bound(fact.shown, kept.id, last, kept.clause, NOT_OFFERED.format(fact.shown, long_day(last)))
    return None


HELD = "{} darf nicht gelöscht werden: Eine Löschsperre ist gesetzt."
OPEN = "{} ist noch nicht abgeschlossen. Gelöscht werden kann erst, was entschieden und erledigt ist."
NOT_YET = "{} ist bis zum {} aufzubewahren ({})."
NOT_OFFERED = "{}: Die Aufbewahrung endete am {}. Vor der Löschung ist der Vorgang dem Archiv anzubieten (GA 3.8)."
