"""How far a Case is: what of it still needs an answer, since when, until when. Derived from facts, stored nowhere."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

from classify.anlage3 import Anlage3
from notify.deadlines import BERLIN, Deadlines, deadlines, local_day
from notify.workdays import Workdays
from store.case import (
    ANSWER,
    CITIZEN,
    DECIDED,
    INTERIM_NOTICE,
    Case,
    Delivery,
    Kind,
    Mark,
    Reaction,
    Said,
    Source,
    State,
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a Case waits for an answer. A reopened Case and a further mail after an answer are matters of their own.

    `reaction` began it, `begun` starts its clock. `promised` is the day named in an interim notice, `superior` the one
    a superior body set, `agreed` the one named in the acknowledgement at the officer's word.
    """

    reaction: Reaction
    begun: datetime
    days: Deadlines
    key: str
    promised: date | None = None
    superior: date | None = None
    agreed: date | None = None
    again: bool = False  # a citizen wrote again after an answer, or the Case was reopened
    staged: bool = False  # the day was over when a new stage began: a matter of its own (GA 3.7)

    @property
    def answer_by(self) -> date:
        """The day reminders aim at: what binds most, else the target (rules.md, Time 5 and 6)."""
        agreed = self.agreed if self.agreed and self.agreed <= self.days.latest else None
        return self.superior or self.promised or agreed or self.days.target

    @property
    def late_after(self) -> date:
        agreed = self.agreed if self.agreed and self.agreed <= self.days.latest else None
        return self.superior or self.promised or agreed or self.days.latest


@dataclass(frozen=True)
class Course:
    """A Case with what the rows ask of it as a whole."""

    case: Case
    taxonomy: Anlage3
    workdays: Workdays

    @cached_property
    def answered(self) -> datetime | None:
        """What arrived until then is answered: the newest answer went out, or the Case was closed; None if never."""
        return max((*(covered for _, covered in self.out), *self._closed), default=None)

    @cached_property
    def gone(self) -> tuple[datetime, ...]:
        """When answers went out, posted or by mail without coming back."""
        return tuple(at for at, _ in self.out)

    @cached_property
    def out(self) -> tuple[tuple[datetime, datetime], ...]:
        """(when it went out, until when what had arrived is answered by it) of each answer."""
        posted = [(m, m.day) for m in self.case.marked(Said.POSTED) if m.about == ANSWER and m.day]
        there = [d for d in self.case.dispatches if d.state is Delivery.SENT and not d.returned and d.duty == ANSWER]
        went = [(min(m.at, _end_of(day)), m.of) for m, day in posted] + [(d.at, d.of) for d in there if d.at]
        return tuple((at, self._covered(at, of)) for at, of in went)

    @property
    def _closed(self) -> tuple[datetime, ...]:
        return tuple(m.at for m in self.case.marked(Said.CLOSED))

    @cached_property
    def settled(self) -> tuple[datetime, ...]:
        """Every moment since which nothing was owed any more: an answer went out, it was closed, or none is needed."""
        needless = (m.at for m in self.case.marked(Said.NO_ANSWER) if m.about == DECIDED)
        return (*self.gone, *self._closed, *needless)

    def _covered(self, gone: datetime, of: int) -> datetime:
        """A letter answers what had arrived when it was released, not what came until it was posted."""
        released = [m for m in self.case.marked(Said.RELEASED) if m.about == ANSWER and m.at <= gone]
        this = [m for m in released if m.mail == of] or released
        return this[-1].at if this else gone

    @cached_property
    def matter(self) -> Matter | None:
        """What waits for an answer now; None where nothing does, or officer and handler found that none is needed."""
        matter = self._waiting
        needless = self.case.last(Said.NO_ANSWER)
        if matter and needless and needless.about == DECIDED and needless.at >= matter.begun:
            return None
        return matter

    @cached_property
    def _waiting(self) -> Matter | None:
        if self.case.state is not State.OPEN:
            return None
        since = self.answered
        waiting = [r for r in self.case.reactions if self.owes(r) and (since is None or r.arrived > since)]
        if waiting:
            first = min(waiting, key=lambda r: r.arrived)
            ended = max((*self.gone, *self._closed), default=first.arrived)
            return self._matter(first, first.arrived, str(first.mail), again=first.arrived > ended)
        reopened = self.case.last(Said.REOPENED)
        if reopened and since and reopened.at > since:
            last = [r for r in self.case.reactions if r.kind is not Kind.DUPLICATE][-1]
            return self._matter(last, reopened.at, f"{last.mail}.{len(self.case.marked(Said.REOPENED))}", again=True)
        return None

    def owes(self, reaction: Reaction) -> bool:
        """An answer is owed to everything recorded but thanks, unless a day was promised for those too (GA 3.5.1)."""
        judged = reaction.coding or reaction.suggestion
        if judged is None or reaction.kind is Kind.DUPLICATE or reaction.outside:
            return False
        kind = self.taxonomy.type(judged.type)
        return kind.krm and (not kind.thanks or self.case.day("answer", since=reaction.arrived) is not None)

    def late_after(self, reaction: Reaction) -> date:
        """The day that binds for an answer to this reaction, whatever stage it is in."""
        return self._dated(reaction, reaction.arrived, "", again=False).late_after

    def _matter(self, reaction: Reaction, begun: datetime, key: str, *, again: bool) -> Matter:
        return self._staged(self._dated(reaction, begun, key, again=again))

    def _staged(self, matter: Matter) -> Matter:
        """A stage that began after the day was over has days of its own (GA 3.7)."""
        late = [s for s in self.case.stages if s.since > matter.begun and local_day(s.since) > matter.late_after]
        if not late:
            return matter
        begun, count = late[-1].since, len(self.case.stages)
        return replace(self._dated(matter.reaction, begun, f"{matter.key}.s{count}", again=matter.again), staged=True)

    def _dated(self, reaction: Reaction, begun: datetime, key: str, *, again: bool) -> Matter:
        day = self.case.day
        plain = Matter(reaction, begun, deadlines(begun, self.workdays), key, again=again)
        return replace(
            plain,
            promised=self._promised(begun),
            superior=day("superior", since=begun),
            agreed=day("answer", since=begun),
        )

    def _promised(self, since: datetime) -> date | None:
        """The day of the newest interim notice that was not stopped on its way; one that went out binds."""
        notices = self.case.marked(Said.INTERIM)
        void = {n.at for n in notices if self.case.is_back(INTERIM_NOTICE, n)}
        given = [c.day for c in self.case.clocks if c.kind == "interim" and c.set_at >= since and c.set_at not in void]
        return given[-1] if given else None

    # --- the answer letter ---

    @property
    def draft(self) -> Mark | None:
        """The newest answer letter handed in since the last answer."""
        found = self.case.last(Said.ANSWER)
        return found if found and (self.answered is None or found.at > self.answered) else None

    @property
    def release(self) -> Mark | None:
        """The release of that letter, unless it was taken back."""
        draft = self.draft
        words = [m for m in self.case.marked(Said.RELEASED) if draft and m.about == ANSWER and m.at >= draft.at]
        return words[-1] if words and not self.case.is_back(ANSWER, words[-1]) else None

    @property
    def expected(self) -> date | None:
        """The handler's own date for this matter."""
        found, matter = self.case.last(Said.EXPECTED), self.matter
        return found.day if found and matter and found.at >= matter.begun else None


def citizen(case: Case) -> Reaction:
    """Whoever is answered: the newest reaction with an address, else the first."""
    answerable = [r for r in case.reactions if r.sender.address and r.source is not Source.MACHINE]
    return answerable[-1] if answerable else case.reactions[0]


def came_back(case: Case) -> bool:
    """A letter of ours to the citizen could not be delivered: from then on they are written to by post."""
    return any(d.recipient == CITIZEN and d.returned for d in case.dispatches)


def by_mail(case: Case) -> bool:
    """Whether letters that say nothing of the matter can go by mail."""
    reaction = citizen(case)
    return bool(reaction.sender.address) and reaction.source is not Source.MACHINE and not came_back(case)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=BERLIN)
