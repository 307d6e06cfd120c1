"""The door to IMAP (imapclient): one connection, its single requests, and what can go wrong with each.

RFC 3501; MOVE of RFC 6851, UID EXPUNGE of RFC 4315 and MULTIAPPEND of RFC 3502 where the server offers them.
Every request raises `MailboxAway` or `MailboxRefused`. Folders are named as in the settings.
"""

import logging
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from ingest.postbox import MailboxAway, MailboxRefused, MailboxSettings

logging.getLogger("imapclient").setLevel(logging.INFO)  # its debug lines carry names and addresses

_LATER = frozenset({"UNAVAILABLE", "INUSE", "LIMIT"})  # RFC 5530, RFC 9051: the same will work another time
_CODE = re.compile(r"\[([A-Z][A-Z-]{0,30})[\] ]")


@dataclass(frozen=True, slots=True)
class Selected:
    """A folder as it was when it was opened; `uidnext` is 0 where the server does not tell it."""

    uidvalidity: int
    uidnext: int
    exists: int


class Connection:
    """One connection, logged in. Each method is one request of a session, of any number of mails."""

    def __init__(self, client: IMAPClient) -> None:
        self._client = client

    def select(self, folder: str, *, readonly: bool = False) -> Selected:
        with _asking(f"opening the folder {folder!r}"):
            found = self._client.select_folder(folder, readonly=readonly)
        if b"UIDVALIDITY" not in found:
            raise MailboxRefused(f"opening the folder {folder!r}: the server keeps no lasting numbers (UIDVALIDITY)")
        return Selected(found[b"UIDVALIDITY"], found.get(b"UIDNEXT", 0), found.get(b"EXISTS", 0))

    def search(self, span: str) -> list[int]:
        """The UIDs of a span (`ALL`, `UID 1:500`), rising."""
        with _asking("searching the inbox"):
            return sorted(self._client.search(span))

    def fetch(self, uids: Sequence[int], items: Sequence[bytes]) -> dict[int, dict[bytes, Any]]:
        """What the server tells of each mail that is still there."""
        with _asking("fetching mail"):
            return dict(self._client.fetch(uids, items))

    def move(self, uids: Sequence[int], target: str) -> None:
        """Only where the server `moves`."""
        with _asking(f"filing into {target!r}"):
            self._client.move(uids, self._name(target))

    def copy(self, uids: Sequence[int], target: str) -> None:
        with _asking(f"filing into {target!r}"):
            self._client.copy(uids, self._name(target))

    def remove(self, uids: Sequence[int]) -> None:
        """UID EXPUNGE, or the mark alone; never EXPUNGE, which would take what people have marked as deleted."""
        with _asking("clearing the inbox"):
            self._client.add_flags(uids, [DELETED], silent=True)
            if self._client.has_capability("UIDPLUS"):
                self._client.uid_expunge(uids)

    @property
    def moves(self) -> bool:
        """Whether `move` is one step: all of it or nothing (RFC 6851)."""
        with _asking("asking for capabilities"):
            return bool(self._client.has_capability("MOVE"))

    def lying(self, folder: str, criteria: Sequence[object]) -> list[int]:
        """Opens one of the folders mail is filed into, to look only; gives the UIDs that fit, rising."""
        name = self._name(folder)
        with _asking(f"looking into {folder!r}"):
            self._client.select_folder(name, readonly=True)
            return sorted(self._client.search(list(criteria)))

    @property
    def erases(self) -> bool:
        """Whether single mails can be taken out for good (UIDPLUS); what others have marked as deleted stays."""
        with _asking("asking for capabilities"):
            return bool(self._client.has_capability("UIDPLUS"))

    def open(self, folder: str) -> None:
        """Opens one of the folders mail is filed into, to change what lies there."""
        with _asking(f"opening the folder {folder!r}"):
            self._client.select_folder(self._name(folder))

    def erase(self, uids: Sequence[int]) -> list[int]:
        """Takes exactly these out of the open folder, for good; gives those that are still there. Needs `erases`."""
        with _asking("deleting mail"):
            self._client.add_flags(uids, [DELETED], silent=True)
            self._client.uid_expunge(uids)
            return sorted(self._client.search(["UID", ",".join(map(str, uids))]))

    def takes_groups(self) -> bool:
        """Whether `append` may be given more than one message."""
        with _asking("asking for capabilities"):
            return bool(self._client.has_capability("MULTIAPPEND"))

    def append(self, target: str, messages: Sequence[bytes], at: datetime) -> None:
        """Puts messages (CRLF) into a folder, read, dated `at` (aware)."""
        folder = self._name(target)
        with _asking(f"keeping sent mail in {target!r}"):
            if len(messages) == 1:
                self._client.append(folder, messages[0], [SEEN], at)
                return
            parts = [{"msg": message, "flags": [SEEN], "date": at} for message in messages]
            answer, said = self._client.multiappend(folder, parts)  # checks no answer itself
            if answer != "OK":
                raise IMAPClientError(str(said))

    def missing(self, folders: Sequence[str]) -> tuple[str, ...]:
        """Those of `folders` that are not there, or cannot hold mail."""
        with _asking("listing folders"):
            present = {name for flags, _, name in self._client.list_folders() if b"\\Noselect" not in flags}
        return tuple(folder for folder in folders if self._name(folder) not in present)

    def make(self, folder: str) -> None:
        """Makes and subscribes a folder."""
        with _asking(f"making the folder {folder!r}"):
            self._client.create_folder(self._name(folder))
            self._client.subscribe_folder(self._name(folder))

    def capabilities(self) -> tuple[str, ...]:
        with _asking("asking for capabilities"):
            return tuple(sorted(name.decode("ascii", "replace") for name in self._client.capabilities()))

    def _name(self, folder: str) -> str:
        """A folder's name on this server: its delimiter for `/`, its personal namespace before (RFC 2342)."""
        prefix, delimiter = self._namespace
        name = folder.replace("/", delimiter)
        return name if name.startswith(prefix) else prefix + name

    @cached_property
    def _namespace(self) -> tuple[str, str]:
        """Prefix and delimiter of the account's own folders."""
        with _asking("asking for the namespace"):
            if self._client.has_capability("NAMESPACE") and (personal := self._client.namespace().personal):
                prefix, delimiter = personal[0]
                return prefix, delimiter or "/"
            root = self._client.list_folders("", "")
            return "", root[0][1].decode("ascii") if root and root[0][1] else "/"


@contextmanager
def connected(settings: MailboxSettings) -> Iterator[Connection]:
    """A connection for as long as the block lasts. Raises `MailboxAway` or `MailboxRefused` at the door already."""
    client = _connect(settings)
    try:
        _login(client, settings)
        yield Connection(client)
        with suppress(IMAPClientError, OSError):  # the work is done, whatever the server says to goodbye
            client.logout()
    finally:
        with suppress(OSError):
            client.shutdown()


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
