"""What must hold when a drill has come to rest: nothing lost, nothing twice, one number each, chains whole."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ingest.postbox import Folders
from store import cases, journal, which
from store.case import Case, Delivery
from store.tables import journal as entries
from store.tables import letters, mails
from tests.faults.world import World
from tests.office import Received

FOLDERS = Folders()
TROUBLE = "undelivered"
"""The one letter that only a drill with a fault may bring."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox."""

    id: int
    duty: str
    recipient: str
    occurrence: str
    state: Delivery
    message_id: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to see afterwards. `went`, `copied`: Message-IDs at the server and in the folder of sent mail."""

    put: Counter[str]
    rows: Counter[str]
    folders: dict[str, Counter[str]]
    letters: tuple[Letter, ...]
    went: Counter[str]
    copied: Counter[str]
    told: dict[str, str]  # what the trouble letters said, by the letter they are about
    numbers: tuple[str, ...]
    fates: Counter[tuple[str, ...]]
    actions: Counter[str]
    broken_chains: tuple[str, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """Of the folders; what lies in them differs by the tokens in the replies."""
        return {name: held.total() for name, held in self.folders.items()}

    @property
    def unsure(self) -> tuple[Letter, ...]:
        return tuple(x for x in self.letters if x.state is Delivery.UNSURE)


def outcome(world: World) -> Outcome:
    """Looks at records, mailbox and server."""
    database = world.database()
    with database.transaction() as connection:
        seen = _seen(connection, world)
    database.close()
    return seen


def _seen(connection: Connection, world: World) -> Outcome:
    known = list(cases.load(connection, which.all_ids(connection, only_open=False)).values())
    states = [(m.state, m.reason) for m in connection.execute(select(mails.c.state, mails.c.reason))]
    received = [Received(r, m.content) for m in world.sink.received for r in m.recipients]
    acted = connection.scalars(select(entries.c.action)).all()
    chains = connection.scalars(select(entries.c.chain).distinct()).all()
    rows = connection.execute(select(letters).order_by(letters.c.id)).all()
    sent = {r.message_id: r.occurrence for r in rows if r.duty == TROUBLE}
    return Outcome(
        put=_sums(world.put),
        rows=Counter(connection.scalars(select(mails.c.checksum))),
        folders={name: _sums(world.box.contents(name)) for name in ("INBOX", *FOLDERS.all) if name != FOLDERS.sent},
        letters=tuple(Letter(r.id, r.duty, r.recipient, r.occurrence, Delivery(r.state), r.message_id) for r in rows),
        went=Counter(map(_message_id, received)),
        copied=Counter(_message_id(Received("", c)) for c in world.box.contents(FOLDERS.sent)),
        told={sent[_message_id(r)]: r.text for r in received if _message_id(r) in sent},
        numbers=tuple(sorted(str(c.number) for c in known if c.number)),
        fates=Counter([*states, *(fate for case in known for fate in _fates(case))]),
        actions=Counter(a for a in acted if a not in (Delivery.SENT, Delivery.UNSURE)),
        broken_chains=tuple(c for c in chains if journal.verify(connection, c)),
    )


def _fates(case: Case) -> Iterable[tuple[str, ...]]:
    return ((r.kind, r.subject, str(r.coding is not None), case.state, str(case.number)) for r in case.reactions)


def _sums(contents: Iterable[bytes]) -> Counter[str]:
    return Counter(hashlib.sha256(content).hexdigest() for content in contents)


def _message_id(letter: Received) -> str:
    return str(letter.mail["Message-ID"]).strip("<>")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one drill came to. `arrived`: of the letters asked about, those the server had taken over."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong: tuple[str, ...]
    asked: int
    arrived: int

    @property
    def faultless(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


def verdict(seen: Outcome, undisturbed: Outcome) -> Verdict:
    """Compared with the same story without a fault."""
    sent = Counter(x.message_id for x in seen.letters if x.state is Delivery.SENT)
    allowed = sent + Counter(x.message_id for x in seen.unsure)
    filed = sum(seen.folders.values(), Counter())
    lost = [
        *_named("mail without a row", set(seen.put) - set(seen.rows)),
        *_named("mail that lies nowhere", seen.put - filed),
        *_named("letter noted as sent that did not go", sent - seen.went),
        *_named("letter without a copy", sent - seen.copied),
        *_named("letter owed", _owed(undisturbed) - _owed(seen)),
    ]
    doubled = [
        *_named("row too many", seen.rows - Counter(set(seen.put))),
        *_named("mail lying twice", filed - seen.put),
        *_named("letter sent again", seen.went - allowed),
        *_named("copy too many", seen.copied - sent),
        *_named("letter not owed", _owed(seen) - _owed(undisturbed)),
    ]
    return Verdict(
        tuple(lost),
        tuple(doubled),
        tuple(_wrong(seen, undisturbed)),
        len(seen.unsure),
        sum(seen.went[x.message_id] for x in seen.unsure),
    )


def _owed(seen: Outcome) -> Counter[str]:
    return Counter(f"{x.duty} {x.recipient}" for x in seen.letters if x.duty != TROUBLE)


def _named(what: str, those: Iterable[object]) -> list[str]:
    return [f"{what}: {one}" for one in those]


def _wrong(seen: Outcome, undisturbed: Outcome) -> Iterable[str]:
    for name in ("numbers", "fates", "actions", "sizes"):
        if getattr(seen, name) != getattr(undisturbed, name):
            yield f"{name}: {getattr(seen, name)} instead of {getattr(undisturbed, name)}"
    yield from _named("chain broken", seen.broken_chains)
    yield from _named("in between", (x for x in seen.letters if x.state not in (Delivery.SENT, Delivery.UNSURE)))
    troubles = Counter(x.occurrence for x in seen.letters if x.duty == TROUBLE)
    if troubles != Counter(str(x.id) for x in seen.unsure):
        yield f"asked about {troubles}, unsure are {seen.unsure}"
    yield from (
        f"the question does not name {x.message_id}"
        for x in seen.unsure
        if x.message_id not in seen.told.get(str(x.id), "").replace("\n", "")
    )
