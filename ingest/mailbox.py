"""The door to IMAP (imapclient): new mail, filing, the folder of sent mail.

Every poll is a fresh connection. Flags decide nothing and stay as people left them: what is known is known by
(folder, UIDVALIDITY, UID). RFC 3501; MOVE of RFC 6851 and UID EXPUNGE of RFC 4315 where the server offers them.
"""

import logging
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from ingest.message import Place, RawMail
from ingest.postbox import (
    Checkup,
    Fetched,
    Folders,
    Known,
    MailboxAway,
    MailboxRefused,
    MailboxSettings,
    Move,
    Tls,
)

__all__ = [
    "Checkup",
    "Fetched",
    "Folders",
    "Known",
    "Mailbox",
    "MailboxAway",
    "MailboxRefused",
    "MailboxSettings",
    "Move",
    "Session",
    "Tls",
]

logging.getLogger("imapclient").setLevel(logging.INFO)  # its debug lines carry names and addresses

_GROUP = 500  # UIDs in one command: well under the 8,000 bytes of a line RFC 7162 asks servers to take
_SPAN = 50_000  # UIDs in one answer to SEARCH: well under imaplib's line of 1,000,000 bytes
_APPEND_MAILS, _APPEND_BYTES = 100, 8 * 1024 * 1024  # what one MULTIAPPEND carries
_LATER = frozenset({"UNAVAILABLE", "INUSE", "LIMIT"})  # RFC 5530, RFC 9051: the same will work another time
_CODE = re.compile(r"\[([A-Z][A-Z-]{0,30})[\] ]")
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Selected:
    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True)
class _Head:
    uid: int
    arrived: datetime
    size: int


class Session:
    """One connection, logged in; `Mailbox.session` makes and ends it. Its methods may be called in any order."""

    def __init__(self, client: IMAPClient, settings: MailboxSettings) -> None:
        self._client = client
        self._settings = settings
        self._space: tuple[str, str] | None = None

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        """New mail of the inbox, oldest first: at most `limit_mails`, and no more than `limit_bytes` unless it is one.

        A mail over `max_bytes` comes without content and counts no bytes. No flag is read or set.
        """
        inbox = self._select(self._settings.inbox, readonly=True)
        fresh = self._fresh(inbox, known, limit_mails)
        heads, dateless = self._heads(fresh[:limit_mails])
        group = _group(heads, self._settings.max_bytes, limit_bytes)
        bodies, refused = self._bodies([head.uid for head in group if head.size <= self._settings.max_bytes])
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
            uidvalidity = self._select(source).uidvalidity
            here = [move for move in moves if (move.place.folder, move.place.uidvalidity) == (source, uidvalidity)]
            for target in dict.fromkeys(move.folder for move in here):
                places = [move.place for move in here if move.folder == target]
                try:
                    for start in range(0, len(places), _GROUP):
                        self._move(places[start : start + _GROUP], target)
                        settled.update(places[start : start + _GROUP])
                except MailboxRefused as refusal:
                    refusals.append(refusal)
        if refusals:
            raise refusals[0]
        return tuple(move.place for move in moves if move.place in settled)

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        """Puts what was sent into the folder of sent mail, read, dated `at` (aware)."""
        folder = self._name(self._settings.folders.sent)
        with _asking(f"keeping sent mail in {self._settings.folders.sent!r}"):
            together = self._client.has_capability("MULTIAPPEND")
            for group in _portions([_with_crlf(message) for message in messages], together):
                if len(group) == 1:
                    self._client.append(folder, group[0], [SEEN], at)
                    continue
                parts = [{"msg": message, "flags": [SEEN], "date": at} for message in group]
                answer, said = self._client.multiappend(folder, parts)  # checks no answer itself
                if answer != "OK":
                    raise IMAPClientError(str(said))

    def prepare(self) -> tuple[str, ...]:
        """Makes and subscribes the folders that are missing; gives their names as in the settings."""
        missing = self._missing()
        for folder in missing:
            with _asking(f"making the folder {folder!r}"):
                self._client.create_folder(self._name(folder))
                self._client.subscribe_folder(self._name(folder))
        return missing

    def check(self) -> Checkup:
        """What the doctor wants to know; changes nothing."""
        with _asking("asking for capabilities"):
            capabilities = tuple(sorted(name.decode("ascii", "replace") for name in self._client.capabilities()))
        waiting = self._select(self._settings.inbox, readonly=True).exists
        return Checkup(self._settings.tls != "none", capabilities, self._missing(), waiting)

    def _select(self, folder: str, *, readonly: bool = False) -> _Selected:
        with _asking(f"opening the folder {folder!r}"):
            found = self._client.select_folder(folder, readonly=readonly)
        if b"UIDVALIDITY" not in found:
            raise MailboxRefused(f"opening the folder {folder!r}: the server keeps no lasting numbers (UIDVALIDITY)")
        return _Selected(found[b"UIDVALIDITY"], found.get(b"UIDNEXT", 0), found.get(b"EXISTS", 0))

    def _fresh(self, inbox: _Selected, known: Known, limit: int) -> list[int]:
        """UIDs not known, rising; stops looking once there are more than `limit`."""
        spans = ["ALL"]
        if inbox.exists > _SPAN and inbox.uidnext:
            spans = [f"UID {low}:{low + _SPAN - 1}" for low in range(1, inbox.uidnext, _SPAN)]
        fresh: list[int] = []
        for span in spans:
            with _asking("searching the inbox"):
                present = sorted(self._client.search(span))
            fresh += sorted(set(present).difference(known(inbox.uidvalidity, present))) if present else []
            if len(fresh) > limit:
                break
        return fresh

    def _heads(self, uids: Sequence[int]) -> tuple[list[_Head], list[int]]:
        """Date and size of each mail that is still there, and the UIDs of which the server does not tell them."""
        rows, untold = self._ask(uids, [b"INTERNALDATE", b"RFC822.SIZE"])
        heads: list[_Head] = []
        for uid, row in rows.items():
            arrived, size = row.get(b"INTERNALDATE"), row.get(b"RFC822.SIZE")
            if isinstance(arrived, datetime) and isinstance(size, int):
                heads.append(_Head(uid, _aware(arrived), size))
            else:
                untold.append(uid)
        return heads, untold

    def _bodies(self, uids: Sequence[int]) -> tuple[dict[int, bytes], list[int]]:
        """The bytes of each mail that is still there, and the UIDs the server does not hand over."""
        rows, refused = self._ask(uids, [b"BODY.PEEK[]"])
        bodies = {uid: row[b"BODY[]"] for uid, row in rows.items() if isinstance(row.get(b"BODY[]"), bytes)}
        return bodies, refused + [uid for uid in rows if uid not in bodies]

    def _ask(self, uids: Sequence[int], items: list[bytes]) -> tuple[dict[int, dict[bytes, Any]], list[int]]:
        """FETCH by groups; where the server refuses a group, one by one: one bad mail holds up nobody."""
        found: dict[int, dict[bytes, Any]] = {}
        refused: list[int] = []
        for start in range(0, len(uids), _GROUP):
            group = list(uids[start : start + _GROUP])
            try:
                with _asking("fetching mail"):
                    found |= self._client.fetch(group, items)
            except MailboxRefused:
                rest = [self._ask([uid], items) for uid in group] if len(group) > 1 else [({}, group)]
                for rows, withheld in rest:
                    found |= rows
                    refused += withheld
        return {uid: found[uid] for uid in uids if uid in found}, refused

    def _move(self, places: Sequence[Place], target: str) -> None:
        """MOVE, or COPY and UID EXPUNGE; never EXPUNGE, which would take what people have marked as deleted."""
        uids = [place.uid for place in places]
        folder = self._name(target)
        with _asking(f"filing into {target!r}"):
            if self._client.has_capability("MOVE"):
                self._client.move(uids, folder)
                return
            self._client.copy(uids, folder)
            self._client.add_flags(uids, [DELETED], silent=True)
            if self._client.has_capability("UIDPLUS"):
                self._client.uid_expunge(uids)

    def _missing(self) -> tuple[str, ...]:
        with _asking("listing folders"):
            present = {name for flags, _, name in self._client.list_folders() if b"\\Noselect" not in flags}
        return tuple(folder for folder in self._settings.folders.all if self._name(folder) not in present)

    def _name(self, folder: str) -> str:
        """A folder's name on this server: its delimiter for `/`, its personal namespace before (RFC 2342)."""
        if self._space is None:
            with _asking("asking for the namespace"):
                self._space = _namespace(self._client)
        prefix, delimiter = self._space
        name = folder.replace("/", delimiter)
        return name if name.startswith(prefix) else prefix + name

    def _place(self, inbox: _Selected, uid: int) -> Place:
        return Place(self._settings.inbox, inbox.uidvalidity, uid)


class Mailbox:
    """One mailbox on one server. The plain methods open a fresh connection each; `session` shares one."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A connection for as long as the block lasts. Raises `MailboxAway` or `MailboxRefused` at the door already."""
        client = _connect(self._settings)
        try:
            _login(client, self._settings)
            yield Session(client, self._settings)
            with suppress(IMAPClientError, OSError):  # the work is done, whatever the server says to goodbye
                client.logout()
        finally:
            with suppress(OSError):
                client.shutdown()

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


@contextmanager
def _asking(what: str) -> Iterator[None]:
    """Says what went wrong in one of our two ways; the server's own words (names, addresses) stay out."""
    try:
        yield
    except IMAPClientReadOnlyError:
        raise MailboxRefused(f"{what}: this account may only read there") from None
    except IMAPClientAbortError:
        raise MailboxAway(f"{what}: the connection was lost") from None
    except IMAPClientError as fault:
        code = match[1] if (match := _CODE.search(str(fault))) else ""
        text = f"{what}: the server refused" + (f" [{code}]" if code else "")
        raise (MailboxAway if code in _LATER else MailboxRefused)(text) from None
    except ssl.SSLCertVerificationError as fault:
        raise MailboxAway(f"{what}: the certificate is not trusted ({fault.verify_message})") from None
    except OSError as fault:
        raise MailboxAway(f"{what}: {fault.strerror or 'time-out'} ({type(fault).__name__})") from None


def _connect(settings: MailboxSettings) -> IMAPClient:
    timeout = SocketTimeout(settings.connect_timeout, settings.read_timeout)
    context = _context(settings)
    try:
        with _asking("connecting"):
            client = IMAPClient(
                settings.host, settings.port, ssl=settings.tls == "tls", ssl_context=context, timeout=timeout
            )
    except MailboxRefused as fault:  # a greeting that is no welcome (BYE): full house, maintenance
        raise MailboxAway(str(fault)) from None
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # imaplib writes in bits: 40 ms each
    client.normalise_times = False
    return client


def _context(settings: MailboxSettings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError:
        raise MailboxRefused("connecting: the file of trusted certificates cannot be read") from None


def _login(client: IMAPClient, settings: MailboxSettings) -> None:
    if settings.tls == "starttls":
        with _asking("starting TLS"):
            client.starttls(_context(settings))
    with _asking("login"):
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(settings.user, settings.password)
            return
        try:
            client.login(settings.user, settings.password)
        except UnicodeEncodeError:
            raise MailboxRefused("login: this server takes no umlauts in user or password (no AUTH=PLAIN)") from None


def _namespace(client: IMAPClient) -> tuple[str, str]:
    """Prefix and delimiter of the account's own folders."""
    if client.has_capability("NAMESPACE") and (personal := client.namespace().personal):
        prefix, delimiter = personal[0]
        return prefix, delimiter or "/"
    root = client.list_folders("", "")
    return "", root[0][1].decode("ascii") if root and root[0][1] else "/"


def _group(heads: Sequence[_Head], max_bytes: int, limit: int) -> list[_Head]:
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
