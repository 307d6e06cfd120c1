"""Looks at the office after every pass and at each day's end, and notes each promise that was not kept, once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from krm.bot import Bot
from krm.planning import ONCE_A_MAIL
from krm.simulating import promises
from krm.simulating.judge import Judge, Truth
from krm.simulating.promises import Broken, Once, Seen, broken_in
from notify.owing import View
from store import cases, conditions, fates, mails, outbox, which
from store.case import OFFICE, Case
from store.mails import MailState
from store.outbox import Outgoing
from store.relating import letters_before_joining

NUMBER = re.compile(r"\d+")
MINUTE = timedelta(minutes=1)
HEAD_ENDS = b"\r\n\r\n"


@dataclass
class Watch:
    """`broken` holds what was found, in order. What mails say is known from the judge."""

    bot: Bot
    judge: Judge
    broken: list[Broken] = field(default_factory=list)
    _truths: dict[int, Truth] = field(default_factory=dict)
    _once: Once = field(default_factory=Once)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def after_pass(
        self, now: datetime, parcels: Sequence[tuple[str, bytes]], *, rested: bool = True
    ) -> list[tuple[Outgoing, bytes]]:
        """The letters that went out, checked and with their bytes, from parcels as (token, bytes).

        A pass that `rested` has left nothing over.
        """
        with self.bot.database.transaction() as connection:
            by_token = {x.token: x for x in outbox.by_tokens(connection, [token for token, _ in parcels])}
            known = cases.load(connection, {x.subject for x in by_token.values() if x.subject != OFFICE})
            waiting, undecided = outbox.due(connection, now, 1), mails.undecided(connection, 1)
            view = self.bot.view(conditions.absent(connection))
        self._learn(known.values())
        letters = [(by_token[token], content) for token, content in parcels]
        for one, content in letters:
            for what in promises.wrongly_sent(one, known.get(one.subject), view, self._truths):
                self.note(now, one.subject, what, promises.WRONG)
            for what in self._once.twice(one, content.partition(HEAD_ENDS)[2]):
                self.note(now, one.subject, what, promises.DOUBLED)
        for one in waiting if rested else ():
            self.note(now, one.subject, f"{one.duty} waits in the outbox")
        for mail in undecided if rested else ():
            self.note(now, "", f"mail {mail.id} is not decided")
        return letters

    def day_ends(self, now: datetime) -> None:
        """Every open Case, and what could not be read."""
        with self.bot.database.transaction() as connection:
            lost = mails.waiting(connection, [MailState.UNREADABLE], now)
        for mail in lost:
            self.note(now, "", f"mail {mail.id} became unreadable: {mail.reason}")
        self._look_at(now, only_open=True)

    def play_ends(self, now: datetime, begun: datetime, arrived: int) -> tuple[dict[str, Case], View]:
        """All Cases, their numbers, and that of `arrived` mails each is one row. Gives them and the view."""
        with self.bot.database.transaction() as connection:
            kept = len(fates.between(connection, begun - MINUTE, now))
        if kept != arrived:
            self.note(now, "", f"{arrived} mails came in, {kept} are kept", promises.LOST)
        every, view = self._look_at(now, only_open=False)
        for what in promises.gaps([(c.number.year, c.number.sequence) for c in every.values() if c.number]):
            self.note(now, "", what, promises.WRONG)
        return every, view

    def note(self, now: datetime, case: str, what: str, sort: str = promises.MISSED) -> None:
        key = (case, NUMBER.sub("#", what))
        if key not in self._told:
            self._told.add(key)
            self.broken.append(Broken(now, case, what, sort))

    def _look_at(self, now: datetime, *, only_open: bool) -> tuple[dict[str, Case], View]:
        with self.bot.database.transaction() as connection:
            every = cases.load(connection, which.all_ids(connection, only_open=only_open))
            absent = conditions.absent(connection)
            moved = [r.mail for c in every.values() for r in c.reactions]
            elsewhere = letters_before_joining(connection, moved, ONCE_A_MAIL)
        view = replace(self.bot.view(absent), now=now)
        self._learn(every.values())
        for case in every.values():
            for what in broken_in(Seen(case, view, elsewhere)):
                self.note(now, case.shown_id, what)
        return every, view

    def _learn(self, known: Iterable[Case]) -> None:
        """What each mail truly says, by its id."""
        for case in known:
            for r in case.reactions:
                truth = None if r.mail in self._truths else self.judge.truth(r.new_text)
                if truth is not None:
                    self._truths[r.mail] = truth
