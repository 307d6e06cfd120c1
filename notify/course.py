"""How far a Case is: what of it still needs an answer, since when, until when. Derived from facts, stored nowhere."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from classify.anlage3 import Anlage3
from notify.deadlines import Deadlines, deadlines, local_day
from notify.workdays import Workdays
from store.case import Case, Delivery, Kind, Mark, Reaction, Said, State

ANSWER = "answer"


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
        """When the newest answer went out, by mail or by post, or the Case was closed; None if never."""
        posted = [m.at for m in self.case.marked(Said.POSTED) if m.about == ANSWER]
        closed = [m.at for m in self.case.marked(Said.CLOSED)]
        sent = [d.at for d in self.case.dispatches if d.duty == ANSWER and d.state is Delivery.SENT and d.at]
        return max((*posted, *closed, *sent), default=None)

    @cached_property
    def matter(self) -> Matter | None:
        """What waits for an answer now; None where nothing does."""
        if self.case.state is not State.OPEN:
            return None
        since = self.answered
        waiting = [r for r in self.case.reactions if self._waits(r) and (since is None or r.arrived > since)]
        if waiting:
            first = min(waiting, key=lambda r: r.arrived)
            return self._matter(first, first.arrived, str(first.mail), again=since is not None)
        reopened = self.case.last(Said.REOPENED)
        if reopened and since and reopened.at > since:
            last = [r for r in self.case.reactions if r.kind is not Kind.DUPLICATE][-1]
            return self._matter(last, reopened.at, f"{last.mail}.{len(self.case.marked(Said.REOPENED))}", again=True)
        return None

    def _waits(self, reaction: Reaction) -> bool:
        """An answer is owed to everything recorded but thanks, unless a day was promised for those too (GA 3.5.1)."""
        judged = reaction.coding or reaction.suggestion
        if judged is None or reaction.kind is Kind.DUPLICATE or reaction.outside:
            return False
        kind = self.taxonomy.type(judged.type)
        return kind.krm and (not kind.thanks or self.case.day("answer", since=reaction.arrived) is not None)

    def _matter(self, reaction: Reaction, begun: datetime, key: str, *, again: bool) -> Matter:
        day = self.case.day
        plain = Matter(reaction, begun, deadlines(begun, self.workdays), key, again=again)
        return replace(
            plain,
            promised=day("interim", since=begun),
            superior=day("superior", since=begun),
            agreed=day("answer", since=begun),
        )

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
        words = [m for m in self.case.marked(Said.RELEASED, Said.TAKEN_BACK) if m.about == ANSWER]
        last = words[-1] if words else None
        return last if draft and last and last.said is Said.RELEASED and last.at > draft.at else None

    @property
    def settled_without_answer(self) -> bool:
        """The handler proposed that none is needed, and the officer agreed: nobody is reminded."""
        found = self.case.last(Said.NO_ANSWER)
        return found is not None and found.text != "" and self.agreed_to(found)

    def agreed_to(self, proposal: Mark) -> bool:
        """The officer said the same after it."""
        return any(m.said is proposal.said and m.at > proposal.at and m.by != proposal.by for m in self.case.marks)

    @property
    def expected(self) -> date | None:
        """The handler's own date for this matter."""
        found, matter = self.case.last(Said.EXPECTED), self.matter
        return found.day if found and matter and found.at >= matter.begun else None

    def day_of(self, moment: datetime) -> date:
        return local_day(moment)
