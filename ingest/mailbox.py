"""New mail in, mail filed, sent mail kept: what is asked of the mailbox, in which groups. imap.py asks it.

Every poll is a fresh connection. Flags decide nothing and stay as people left them: what is known is known by
(folder, UIDVALIDITY, UID).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from ingest import forgetting
from ingest.imap import Connection, Selected, connected
from ingest.message import Place, RawMail
from ingest.postbox import (
    Checkup,
    Copy,
    Fetched,
    Head,
    Known,
    MailboxRefused,
    MailboxSettings,
    Move,
    Remaining,
)

_GROUP = 500  # UIDs in one command: well under the 8,000 bytes of a line RFC 7162 asks servers to take
_SPAN = 50_000  # UIDs in one answer to SEARCH: well under imaplib's line of 1,000,000 bytes
_APPEND_MAILS, _APPEND_BYTES = 100, 8 * 1024 * 1024  # what one MULTIAPPEND carries
_LINE_END = re.compile(rb"\r\n|\r|\n")
_T = TypeVar("_T")


class Session:
    """What is done over one connection; `Mailbox.session` makes and ends it. Any method may be called first."""

    def __init__(self, connection: Connection, settings: MailboxSettings) -> None:
        self._connection = connection
        self._settings = settings

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        """New mail of the inbox, oldest first: at most `limit_mails`, and no more than `limit_bytes` unless it is one.

        A mail over `max_bytes` comes without content and counts no bytes. No flag is read or set.
        """
        inbox = self._connection.select(self._settings.inbox, readonly=True)
        fresh = self._fresh(inbox, known, limit_mails)
        heads, dateless = self.heads(fresh[:limit_mails])
        group = _under(heads, self._settings.max_bytes, limit_bytes)
        bodies, refused = self.bodies([head.uid for head in group if head.size <= self._settings.max_bytes])
        mails = tuple(
            RawMail(self._place(inbox, head.uid), head.arrived, head.size, bodies.get(head.uid))
            for head in group
            if head.uid in bodies or head.size > self._settings.max_bytes  # neither: gone since, or withheld
        )
        more = len(fresh) > limit_mails or len(group) < len(heads)
        return Fetched(mails, more, tuple(self._place(inbox, uid) for uid in sorted([*dateless, *refused])))

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        """Files mails, one command for each folder; gives the places now empty: moved, or gone before.

        Where the folder's UIDVALIDITY is another one, nothing is moved and the place is not in the answer. A folder
        that refuses does not keep the others from being filled; `MailboxRefused` then comes at the end.
        """
        settled: set[Place] = set()
        refusals: list[MailboxRefused] = []
        for source in dict.fromkeys(move.place.folder for move in moves):
            uidvalidity = self._connection.select(source).uidvalidity
            here = [move for move in moves if (move.place.folder, move.place.uidvalidity) == (source, uidvalidity)]
            for target in dict.fromkeys(move.folder for move in here):
                places = [move.place for move in here if move.folder == target]
                try:
                    for group in _grouped(places):
                        self._move(source, [place.uid for place in group], target)
                        settled.update(group)
                except MailboxRefused as refusal:
                    refusals.append(refusal)
        if refusals:
            raise refusals[0]
        return tuple(move.place for move in moves if move.place in settled)

    def kept(self, message_ids: Sequence[str]) -> frozenset[str]:
        """Those of our Message-IDs (without brackets) that lie in the folder of sent mail already."""
        sent = self._settings.folders.sent
        return frozenset(m for m in message_ids if self._connection.lying(sent, ["HEADER", "Message-ID", f"<{m}>"]))

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        """Puts what was sent into the folder of sent mail, read, dated `at` (aware)."""
        together = self._connection.takes_groups()
        for portion in _portions([_with_crlf(message) for message in messages], together):
            self._connection.append(self._settings.folders.sent, portion, at)

    def forget(self, copies: Sequence[Copy], message_ids: Sequence[str]) -> tuple[Remaining, ...]:
        """Takes mails out of the program's folders, and letters (Message-IDs) out of the one of sent mail, for good.

        Gives what the server does not let go; `forgetting` says how they are found.
        """
        return forgetting.forget(self._connection, self._settings, self, (copies, message_ids))

    def prepare(self) -> tuple[str, ...]:
        """Makes and subscribes the folders that are missing; gives their names as in the settings."""
        missing = self._missing()
        for folder in missing:
            self._connection.make(folder)
        return missing

    def check(self) -> Checkup:
        """What the doctor wants to know; changes nothing."""
        capabilities = self._connection.capabilities()
        waiting = self._connection.select(self._settings.inbox, readonly=True).exists
        return Checkup(self._settings.tls != "none", capabilities, self._missing(), waiting)

    def _move(self, source: str, uids: Sequence[int], target: str) -> None:
        """In one step where the server can. Else what an attempt that was cut off has copied is not copied again."""
        if self._connection.moves:
            self._connection.move(uids, target)
            return
        self._connection.select(source)  # looking into another folder, in vain perhaps, has closed it
        heads = {head.uid: head for head in self.heads(uids)[0]}
        copied = self._copied(source, list(heads.values()), target)
        if rest := [uid for uid in heads if uid not in copied]:
            self._connection.copy(rest, target)
        if heads:
            self._connection.remove(list(heads))

    def _copied(self, source: str, heads: Sequence[Head], target: str) -> frozenset[int]:
        """The UIDs of those that lie in the folder already, byte by byte; opens `source` again."""
        if not heads:
            return frozenset()
        days = [head.arrived.date() for head in heads]
        span = ["SINCE", min(days) - timedelta(days=1), "BEFORE", max(days) + timedelta(days=2)]
        there = self.heads(self._connection.lying(target, span))[0]
        bodies = self._contents(there, heads)
        self._connection.select(source)
        return frozenset(uid for uid, body in self._contents(heads, there).items() if body in bodies.values())

    def _contents(self, heads: Sequence[Head], like: Sequence[Head]) -> dict[int, bytes]:
        """The bytes of those that have the date and the size of one of the others."""
        alike = {(head.arrived, head.size) for head in like}
        return self.bodies([head.uid for head in heads if (head.arrived, head.size) in alike])[0]

    def _fresh(self, inbox: Selected, known: Known, limit: int) -> list[int]:
        """UIDs not known, rising; stops looking once there are more than `limit`."""
        spans = ["ALL"]
        if inbox.exists > _SPAN and inbox.uidnext:
            spans = [f"UID {low}:{low + _SPAN - 1}" for low in range(1, inbox.uidnext, _SPAN)]
        fresh: list[int] = []
        for span in spans:
            present = self._connection.search(span)
            fresh += sorted(set(present).difference(known(inbox.uidvalidity, present))) if present else []
            if len(fresh) > limit:
                break
        return fresh

    def heads(self, uids: Sequence[int]) -> tuple[list[Head], list[int]]:
        """Date and size of each mail that is still there, and the UIDs of which the server does not tell them."""
        rows, untold = self._ask(uids, [b"INTERNALDATE", b"RFC822.SIZE"])
        heads: list[Head] = []
        for uid, row in rows.items():
            arrived, size = row.get(b"INTERNALDATE"), row.get(b"RFC822.SIZE")
            if isinstance(arrived, datetime) and isinstance(size, int):
                heads.append(Head(uid, _aware(arrived), size))
            else:
                untold.append(uid)
        return heads, untold

    def bodies(self, uids: Sequence[int]) -> tuple[dict[int, bytes], list[int]]:
        """The bytes of each mail that is still there, and the UIDs the server does not hand over."""
        rows, refused = self._ask(uids, [b"BODY.PEEK[]"])
        bodies = {uid: row[b"BODY[]"] for uid, row in rows.items() if isinstance(row.get(b"BODY[]"), bytes)}
        return bodies, refused + [uid for uid in rows if uid not in bodies]

    def _ask(self, uids: Sequence[int], items: list[bytes]) -> tuple[dict[int, dict[bytes, Any]], list[int]]:
        """FETCH by groups; where the server refuses a group, one by one: one bad mail holds up nobody."""
        found: dict[int, dict[bytes, Any]] = {}
        refused: list[int] = []
        for group in _grouped(uids):
            try:
                found |= self._connection.fetch(group, items)
            except MailboxRefused:
                rest = [self._ask([uid], items) for uid in group] if len(group) > 1 else [({}, list(group))]
                for rows, withheld in rest:
                    found |= rows
                    refused += withheld
        return {uid: found[uid] for uid in uids if uid in found}, refused

    def _missing(self) -> tuple[str, ...]:
        return self._connection.missing(self._settings.folders.all)

    def _place(self, inbox: Selected, uid: int) -> Place:
        return Place(self._settings.inbox, inbox.uidvalidity, uid)


class Mailbox:
    """One mailbox on one server. The plain methods open a fresh connection each; `session` shares one."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A connection for as long as the block lasts. Raises `MailboxAway` or `MailboxRefused` at the door already."""
        with connected(self._settings) as connection:
            yield Session(connection, self._settings)

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        """See `Session.fetch`."""
        with self.session() as session:
            return session.fetch(known, limit_mails, limit_bytes)

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        """See `Session.file`."""
        with self.session() as session:
            return session.file(moves)

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        """See `Session.append_sent`."""
        with self.session() as session:
            session.append_sent(messages, at)

    def prepare(self) -> tuple[str, ...]:
        """See `Session.prepare`."""
        with self.session() as session:
            return session.prepare()

    def check(self) -> Checkup:
        """See `Session.check`."""
        with self.session() as session:
            return session.check()


def _grouped(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """As many as one command names."""
    return (items[start : start + _GROUP] for start in range(0, len(items), _GROUP))


def _under(heads: Sequence[Head], max_bytes: int, limit: int) -> list[Head]:
    """The first mails that stay under `limit` bytes together (one at least); those over `max_bytes` weigh nothing."""
    total = 0
    for number, head in enumerate(heads):
        weight = head.size if head.size <= max_bytes else 0
        if total and weight and total + weight > limit:
            return list(heads[:number])
        total += weight
    return list(heads)


def _aware(when: datetime) -> datetime:
    """INTERNALDATE in UTC; without an offset (`-0000`) it is UTC already (RFC 5322 3.3)."""
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _with_crlf(message: bytes) -> bytes:
    """CRLF at every line's end; a message that has it already, as ours do, is not searched line by line."""
    if message.count(b"\r\n") == message.count(b"\n") == message.count(b"\r"):
        return message
    return _LINE_END.sub(b"\r\n", message)


def _portions(messages: Sequence[bytes], together: bool) -> Iterator[list[bytes]]:
    """Messages as they go into one APPEND each: in groups where the server takes groups (RFC 3502)."""
    group: list[bytes] = []
    for message in messages:
        full = len(group) >= _APPEND_MAILS or sum(map(len, group)) + len(message) > _APPEND_BYTES
        if group and (full or not together):
            yield group
            group = []
        group.append(message)
    if group:
        yield group
