"""What must hold after every pass, whichever way it ended: nothing lost, nothing twice, numbers and journal whole."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from krm.simulating.promises import DOUBLED, LOST, WRONG, gaps
from krm.simulating.servers import SETTINGS
from krm.simulating.troubled import DRAWER, TroubledMailbox
from store import journal, stocktaking
from store.case import Delivery
from store.database import Database
from store.mails import MailState
from store.stocktaking import KeptLetter, Stock

SENT = SETTINGS.folders.sent
UNREAD = frozenset({SETTINGS.inbox, DRAWER})
"""Where mails may lie of which the bot knows nothing yet."""
NOT_GONE = frozenset({Delivery.PLANNED, Delivery.CLAIMED, Delivery.REFUSED})

Findings = Iterator[tuple[str, str]]
"""(lost, doubled or wrong; what)."""


@dataclass
class Inspector:
    """Compares the records with mailbox and server. `put` are the mails that arrived, `went` the tokens sent."""

    database: Database
    mailbox: TroubledMailbox
    put: Counter[bytes] = field(default_factory=Counter)
    went: Counter[str] = field(default_factory=Counter)
    _sums: dict[bytes, str] = field(default_factory=dict)
    _last: int = 0

    def after_pass(self, *, rested: bool) -> Findings:
        """`rested`: no fault came, and no letter may be between two states."""
        with self.database.transaction() as connection:
            stock = stocktaking.taken(connection)
            grown = stocktaking.chains_since(connection, self._last)
            unlinked = [said for key in sorted(grown) if (said := journal.verify(connection, key))]
        self._last = stock.last
        yield from ((WRONG, said) for said in (*unlinked, *gaps(stock.numbers)))
        yield from self._mails(stock)
        for letter in stock.letters:
            yield from self._letter(letter, rested=rested)
        yield from _asked(stock)

    def in_the_end(self) -> Findings:
        """When all has come to rest: everything is filed and copied, and each outcome is noted once."""
        with self.database.transaction() as connection:
            stock, twice = stocktaking.taken(connection), stocktaking.noted_twice(connection)
            checked = journal.check(connection)
        lying = Counter(map(self._sum, self.mailbox.contents(SETTINGS.inbox)))
        yield from ((LOST, f"mail {sum_[:8]} is not filed") for sum_ in lying)
        copies = "\n".join(c.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace") for c in self.mailbox.contents(SENT))
        for letter in stock.letters:
            found = copies.count(f".{letter.token}@") if letter.state is Delivery.SENT else 1
            if found != 1:
                yield (DOUBLED if found else LOST), f"letter {letter.id} has {found} copies"
        yield from ((WRONG, f"the journal is not whole: {one}") for one in checked.broken)
        yield from ((DOUBLED, f"outcome of {refs} is noted twice") for refs in twice)

    def _mails(self, stock: Stock) -> Findings:
        contents = {name: self.mailbox.contents(name) for name in self.mailbox.folders if name != SENT}
        unread = {self._sum(c) for name in UNREAD for c in contents.get(name, ())}
        for sum_ in {self._sum(c) for c in self.put} - set(stock.mails) - unread:
            yield LOST, f"mail {sum_[:8]} lies in no folder unread and has no row"
        filed = {self._sum(c) for name, held in contents.items() if name not in UNREAD for c in held}
        for sum_ in filed:  # of one that was put back, or once more, into the inbox, an older copy may lie filed
            undecided = stock.mails.get(sum_) is MailState.NEW and sum_ not in unread
            if undecided or sum_ not in stock.mails:
                yield LOST, f"mail {sum_[:8]} was filed and is not decided"
        there, owed = Counter(chain.from_iterable(contents.values())), Counter(self.put)
        owed.update(self.mailbox.people.more)
        for content, count in owed.items():
            if there[content] != count:
                sort = LOST if there[content] < count else DOUBLED
                yield sort, f"mail {self._sum(content)[:8]} lies {there[content]} times, not {count}"

    def _letter(self, letter: KeptLetter, *, rested: bool) -> Findings:
        went = self.went[letter.token]
        if went > 1:
            yield DOUBLED, f"letter {letter.id} ({letter.duty}) went {went} times"
        if letter.state is Delivery.SENT and not went:
            yield LOST, f"letter {letter.id} ({letter.duty}) is noted as sent and never went"
        if letter.state in NOT_GONE and went:
            yield DOUBLED, f"letter {letter.id} ({letter.duty}) went and is noted as {letter.state}"
        if letter.state is Delivery.TRANSMITTING and rested:
            yield LOST, f"letter {letter.id} ({letter.duty}) is left between two states"

    def _sum(self, content: bytes) -> str:
        if content not in self._sums:
            self._sums[content] = hashlib.sha256(content).hexdigest()
        return self._sums[content]


def _asked(stock: Stock) -> Findings:
    """A letter nobody can be certain of was put before a person, once; the question itself is not asked about."""
    asked: dict[str, list[Delivery]] = {}
    for letter in stock.letters:
        if letter.duty == "undelivered":
            asked.setdefault(letter.occurrence, []).append(letter.state)
    for letter in stock.letters:
        if letter.state is not Delivery.UNSURE or letter.duty == "undelivered":
            continue
        questions = asked.get(str(letter.id), [])
        if not questions:
            yield LOST, f"nobody was asked about letter {letter.id} ({letter.duty})"
        if len(questions) - questions.count(Delivery.REFUSED) > 1:
            yield DOUBLED, f"letter {letter.id} ({letter.duty}) was asked about more than once"
