"""Somebody wants their data erased (Art. 17 GDPR): what may go, what is bound, and until when. The deletion itself is
`krm.retaining`'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from krm.persons import Candidate as Person
from krm.retaining import Candidate, facts
from notify.deadlines import local_day
from notify.retention import UNDECIDED, Bound, Fact, Periods, bound, until
from store import cases, persons
from store.case import OFFICE, Case
from store.mails import MailState
from store.persons import Stray

CLASSES = {
    MailState.QUARANTINE: "spam",
    MailState.AUTOMATIC: "automatic",
    MailState.NOTED: "noted",
    MailState.UNREADABLE: "unread",
    MailState.TOO_BIG: "unread",
    MailState.DONE: OFFICE,
}
"""As what a mail of no Case is kept."""
LAW = {
    "case": "Art. 17 Abs. 3 Buchst. b und d DSGVO",
    "hold": "Art. 17 Abs. 3 Buchst. e DSGVO",
    "unread": "Art. 17 Abs. 3 Buchst. b DSGVO",
    UNDECIDED: "Art. 17 Abs. 1 Buchst. a DSGVO: Die Daten werden noch gebraucht",
    "others": "Art. 17 Abs. 3 Buchst. b DSGVO",
    "brought": "Art. 17 Abs. 3 Buchst. b und d DSGVO",
}
OTHERS = "In {} stehen auch Nachrichten anderer Menschen. Der Vorgang wird mit Ablauf seiner Frist gelöscht."
BROUGHT = "In {} steht, dass Sie ihn weitergegeben haben. Es gehört zum Vorgang eines anderen Menschen."


@dataclass(frozen=True, slots=True)
class Verdict:
    """One Case or mail of the person: `what` would go, None where it is not theirs, and what `binds` it, None if it may
    go."""

    shown: str
    what: Candidate | None
    binds: Bound | None

    @property
    def law(self) -> str:
        """Why it may not go (Art. 17 GDPR)."""
        return LAW[self.binds.kept_as] if self.binds else ""

    @property
    def earliest(self) -> date | None:
        """The first day it may go; None where no day is known."""
        return self.binds.until + timedelta(days=1) if self.binds and self.binds.until else None


def verdicts(connection: Connection, who: Person, periods: Periods, now: datetime) -> tuple[Verdict, ...]:
    """Of everything of theirs, Cases first."""
    known = cases.load(connection, who.reactions.values())
    found = _Found(connection, who, periods, local_day(now))
    strays = (found.stray(stray) for stray in who.strays.values())
    of_cases = [found.case(case) for case in known.values()]
    return tuple({v.shown: v for v in (*of_cases, *strays, *found.brought())}.values())


@dataclass(frozen=True, slots=True)
class _Found:
    connection: Connection
    who: Person
    periods: Periods
    today: date

    def case(self, case: Case) -> Verdict:
        fact = facts(self.connection, [case])[case.id]
        binds = bound(fact, self.periods, self.today)
        if binds is None and any(r.mail not in self.who.reactions for r in case.reactions):
            last = until(fact, self.periods)
            binds = Bound(fact.shown, "others", last, "GA 3.8", OTHERS.format(fact.shown))
        return Verdict(fact.shown, Candidate(fact, case.arrived, case), binds)

    def stray(self, stray: Stray) -> Verdict:
        """One that the journal of a Case names goes with the Case; one that stood in no digest is not decided yet."""
        case = cases.find(self.connection, chain) if (chain := persons.chain_of(self.connection, stray.mail)) else None
        if case:
            return self.case(case)
        kept_as = CLASSES.get(stray.state, UNDECIDED)
        begun = stray.decided if stray.state is MailState.DONE else stray.listed
        begun = None if kept_as == UNDECIDED else begun
        fact = Fact(f"mail:{stray.mail}", f"Nr. {stray.mail}", kept_as, local_day(begun) if begun else None)
        return Verdict(fact.shown, Candidate(fact, stray.arrived), bound(fact, self.periods, self.today))

    def brought(self) -> Iterator[Verdict]:
        """What a colleague handed in stays in the other person's Case."""
        known = cases.load(self.connection, self.who.brought.values())
        for case in known.values():
            fact = facts(self.connection, [case])[case.id]
            last = until(fact, self.periods)
            yield Verdict(
                case.shown_id, None, Bound(case.shown_id, "brought", last, "GA 3.8", BROUGHT.format(case.shown_id))
            )
