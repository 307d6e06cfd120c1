"""The journal: append-only, one hash chain per Case with daily anchors. Ids, roles, digests; never personal data.

Who may write to the database may rewrite all of it from some day on, anchors too, or cut it there and wait for the next
pass to anchor the rest: only an anchor noted elsewhere (every backup holds them) shows that. Everything less is found
here (`check`) and refused by triggers of the database.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, text

from ingest.office import Role
from store.database import ignoring
from store.tables import anchors, cases, journal

START = "0" * 64
WRITERS = 0x4B524D4A  # "KRMJ"
STREAMED = 2000
"""Rows looked at together."""
UNTOLD = select(cases.c.id).where(~exists().where(journal.c.chain == cases.c.id)).order_by(cases.c.arrived, cases.c.id)
"""Cases of which the journal says nothing, not even that they were opened; those deleted are none any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which Case. `refs` are ids such as ("mail:12", "letter:40"); `person` is a person id or ""."""

    chain: str
    at: datetime
    role: Role
    action: str
    person: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Ties the first `entries` entries, up to the row `last`, into one digest that also holds the anchor before."""

    day: date
    entries: int
    last: int
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the journal is not whole: a `position` of a `chain`, or (chain "") the anchor of a `day`.

    At an anchor `expected` entries stood once and `found` stand now; where both are the same, the anchor or an entry
    was changed. `missing`: no anchor is there that a pass made of that day, with or without entries behind the newest.
    A Case without any entry lacks the first of its chain.
    """

    chain: str = ""
    position: int = 0
    day: date | None = None
    expected: int = 0
    found: int = 0
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at; whole where nothing is `broken`."""

    entries: int
    chains: int
    anchors: int
    newest: Anchor | None
    broken: tuple[Broken, ...]


Ends = dict[str, tuple[int, str]]
"""The last position and digest of chains."""


def write(connection: Connection, entries: Sequence[Entry], ends: Ends | None = None) -> None:
    """Append in order, each to the end of its chain.

    `ends`, from `ends_of`, saves looking them up again and is kept up to date; what somebody else wrote meanwhile (a
    reading on the command line) is noticed.
    """
    if not entries:
        return
    _one_at_a_time(connection)
    known = dict(ends_of(connection, {e.chain for e in entries}) if ends is None else ends)
    rows = [_row(entry, known) for entry in entries]
    if ends and len(rows) == 1:
        if connection.scalar(ignoring(connection, journal).returning(journal.c.id), rows[0]) is None:
            known = ends_of(connection, {entries[0].chain})
            connection.execute(insert(journal), [_row(entries[0], known)])
    else:
        connection.execute(insert(journal), rows)
    if ends is not None:
        ends.update(known)


def _row(entry: Entry, ends: Ends) -> dict[str, Any]:
    """The entry as the next of its chain, whose end it is from now on."""
    position, previous = ends.get(entry.chain, (0, START))
    row: dict[str, Any] = {
        "chain": entry.chain,
        "position": position + 1,
        "at": entry.at,
        "role": entry.role.value,
        "person": entry.person,
        "action": entry.action,
        "refs": " ".join(entry.refs),
        "previous": previous,
    }
    row["digest"] = _digest(row)
    ends[entry.chain] = (position + 1, row["digest"])
    return row


def _one_at_a_time(connection: Connection) -> None:
    """Until the transaction ends nobody else writes, so that rows are complete up to any id. SQLite does so itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})


def read(connection: Connection, chain: str) -> tuple[Entry, ...]:
    """A chain from its beginning."""
    rows = connection.execute(select(journal).where(journal.c.chain == chain).order_by(journal.c.position))
    return tuple(_entry(row) for row in rows)


def last(connection: Connection, chain: str, actions: Collection[str]) -> Entry | None:
    """The newest entry of a chain that says one of these was done."""
    said = (journal.c.chain == chain) & journal.c.action.in_(actions)
    row = connection.execute(select(journal).where(said).order_by(journal.c.position.desc()).limit(1)).one_or_none()
    return _entry(row) if row else None


def latest(connection: Connection) -> datetime | None:
    """The newest moment of all chains, None if nothing was written yet."""
    found: datetime | None = connection.scalar(select(func.max(journal.c.at)))
    return found


def verify(connection: Connection, chain: str) -> str:
    """ "" if the chain is whole, else a German sentence naming the first broken position."""
    ends: Ends = {}
    rows = connection.execute(select(journal).where(journal.c.chain == chain).order_by(journal.c.position))
    for row in rows.mappings():
        for broken in _link(row, ends):
            return f"Protokoll {chain}: Eintrag {broken.position} fehlt oder wurde verändert."
    return ""


def check(connection: Connection, settled: datetime | None = None) -> Checked:
    """Every chain and every anchor, in one reading of the journal from its beginning.

    `settled`: the midnight before the last pass, which left an anchor of the day before whatever was written then;
    None where that cannot be told, since a pass runs. A pass anchors no day but the last, so days on which the machine
    stood still have none; where a clock was set back there are anchors of later days.
    """
    known = anchored(connection)
    ties, ends, broken = _Ties(known), Ends(), list[Broken]()
    hurt: set[str] = set()  # of a chain the first fault is told
    rows = connection.execute(select(journal).order_by(journal.c.id), execution_options={"yield_per": STREAMED})
    for row in rows.mappings():
        for fault in _link(row, ends):
            broken += [] if fault.chain in hurt else [fault]
            hurt.add(fault.chain)
        broken += ties.next(row, settled)
    broken += ties.rest()
    broken += _cut_off(known, settled) if settled and not ties.missing else ()
    broken += [Broken(chain, 1) for chain in connection.scalars(UNTOLD)]
    return Checked(ties.entries, len(ends), len(known), known[-1] if known else None, tuple(broken))


def _cut_off(known: Sequence[Anchor], settled: datetime) -> Iterator[Broken]:
    """Whether the newest day's anchor is gone, and what it held with it."""
    day = settled.date() - timedelta(days=1)
    if all(a.day < day for a in known):
        yield Broken(day=day, missing=True)


def check_newest(connection: Connection) -> Checked:
    """The newest anchor alone, with what was written since the one before: quick."""
    known = anchored(connection)[-2:]
    if not known:
        return Checked(0, 0, 0, None, ())
    before, newest = (known[0] if len(known) == 2 else None), known[-1]
    ties, ends, broken = _Ties((newest,), before), Ends(), list[Broken]()
    since = (journal.c.id > (before.last if before else 0)) & (journal.c.id <= newest.last)
    for row in connection.execute(select(journal).where(since).order_by(journal.c.id)).mappings():
        broken += _link(row, ends, first=row["chain"] not in ends)
        broken += ties.next(row, None)
    broken += ties.rest()
    return Checked(newest.entries, len(ends), len(known), newest, tuple(broken))


def anchored(connection: Connection) -> tuple[Anchor, ...]:
    """All anchors in the order they were made, which is not that of their days where a clock was set back."""
    rows = connection.execute(select(anchors).order_by(anchors.c.last, anchors.c.day))
    return tuple(Anchor(row.day, row.entries, row.last, row.digest) for row in rows)


def anchor(connection: Connection, day: date, end: datetime) -> None:
    """Tie the ends of all chains up to `end` (aware) into one digest for `day`, once.

    By row, not by time: everything up to the last row from before `end` is in it, so that a clock set back at midnight
    leaves nothing out.
    """
    if connection.scalar(select(anchors.c.day).where(anchors.c.day == day)):
        return
    _one_at_a_time(connection)
    before = next(reversed(anchored(connection)), None)
    since = before.last if before else 0
    newest = select(journal.c.id).where(journal.c.at < end).order_by(journal.c.id.desc()).limit(1)
    last = max(since, connection.scalar(newest) or 0)
    summed, total = _begun(before), before.entries if before else 0
    if before and before.day > day and last == since:
        return  # a clock was set back, and all there is stands in an anchor already
    chosen = select(journal.c.digest).where(journal.c.id > since, journal.c.id <= last).order_by(journal.c.id)
    for digest in connection.scalars(chosen):
        total += 1
        summed.update(digest.encode())
    values = {"day": day, "entries": total, "last": last, "digest": _tied(summed, day)}
    connection.execute(insert(anchors).values(values))


def ends_of(connection: Connection, chains: set[str]) -> Ends:
    """The ends of these chains; one that does not exist yet is left out."""
    last = (
        select(journal.c.chain, func.max(journal.c.position).label("position"))
        .where(journal.c.chain.in_(chains))
        .group_by(journal.c.chain)
        .subquery()
    )
    same = (journal.c.chain == last.c.chain) & (journal.c.position == last.c.position)
    rows = connection.execute(select(journal.c.chain, journal.c.position, journal.c.digest).join(last, same))
    return {row.chain: (row.position, row.digest) for row in rows}


class _Ties:
    """Adds up the entries as they come by row and compares at each anchor; `before` is the anchor to begin from."""

    def __init__(self, known: Sequence[Anchor], before: Anchor | None = None) -> None:
        self._waiting = deque(known)
        self.missing = False
        self._go_on(before)

    def next(self, row: Mapping[Any, Any], settled: datetime | None) -> Iterator[Broken]:
        while self._waiting and self._waiting[0].last < row["id"]:
            yield from self._compare(self._waiting.popleft())
        if not self._waiting and settled and row["at"] < settled and not self.missing:
            self.missing = True
            yield Broken(day=row["at"].date(), missing=True)
        self.entries += 1
        self._summed.update(row["digest"].encode())

    def rest(self) -> Iterator[Broken]:
        while self._waiting:
            yield from self._compare(self._waiting.popleft())

    def _compare(self, there: Anchor) -> Iterator[Broken]:
        if (self.entries, _tied(self._summed, there.day)) != (there.entries, there.digest):
            yield Broken(day=there.day, expected=there.entries, found=self.entries)
        self._go_on(there)

    def _go_on(self, before: Anchor | None) -> None:
        """From what the anchor says, so that a fault is told once."""
        self.entries = before.entries if before else 0
        self._summed = _begun(before)


def _begun(before: Anchor | None) -> "hashlib._Hash":
    return hashlib.sha256(before.digest.encode() if before else b"")


def _tied(summed: "hashlib._Hash", day: date) -> str:
    whole = summed.copy()
    whole.update(day.isoformat().encode())
    return whole.hexdigest()


def _link(row: Mapping[Any, Any], ends: Ends, *, first: bool = False) -> Iterator[Broken]:
    """Whether an entry is the next of its chain; the `first` one looked at may stand anywhere in it."""
    chain, position = row["chain"], row["position"]
    before, previous = (position - 1, row["previous"]) if first else ends.get(chain, (0, START))
    if position != before + 1 or row["previous"] != previous or _digest(row) != row["digest"]:
        yield Broken(chain, before + 1)
    ends[chain] = (position, row["digest"])


def _digest(row: Mapping[Any, Any]) -> str:
    moment = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    fields = [str(row[k]) for k in ("chain", "position", "role", "person", "action", "refs", "previous")]
    return hashlib.sha256("\0".join((moment, *fields)).encode()).hexdigest()


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.chain, row.at, Role(row.role), row.action, row.person, tuple(row.refs.split()))
