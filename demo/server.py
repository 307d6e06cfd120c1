"""The mail server of the demo: mail-devel's accounts and IMAP, SMTP beside it, both on loopback, all mail in memory."""

import argparse
import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import getaddresses

from aiosmtpd.smtp import SMTP, Envelope, Session
from mail_devel import Service
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import FetchRequirement
from pymap.parsing.specials.flag import Flag

LOOPBACK = "127.0.0.1"
INBOX = "INBOX"
SENT = "Gesendet"
_SEEN = Flag(b"\\Seen")


def clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail as it lies in a folder of an account."""

    account: str
    folder: str
    uid: int
    arrived: datetime
    seen: bool
    content: bytes = field(repr=False)


class PostOffice:
    """All accounts and their mail. Made by `running`; its methods belong to the event loop that made it.

    `now` is the moment at which it takes a mail (IMAP INTERNALDATE).
    """

    def __init__(self, service: Service, imap_port: int, now: Callable[[], datetime]) -> None:
        self._accounts = service.mailboxes
        self._now = now
        self.imap_port = imap_port
        self.smtp_port = 0

    async def open_accounts(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            await self._accounts.get(address)

    async def addresses(self) -> list[str]:
        """Every account there is: mail to an address nobody had opens one."""
        return list(await self._accounts.list())

    async def folders(self, address: str) -> list[str]:
        """Names of the account's folders, the inbox first; empty where there is no such account."""
        if address not in self._accounts:
            return []
        tree = await self._accounts[address].list_mailboxes()
        names = sorted(entry.name for entry in tree.list() if entry.name != INBOX)
        return [INBOX, *names]

    async def mails(self, address: str, folder: str = INBOX) -> list[Stored]:
        """The folder's mails, oldest first; empty where there is no such folder."""
        if folder not in await self.folders(address):
            return []
        box = await self._accounts[address].get_mailbox(folder)
        found = [(m, await m.load_content(FetchRequirement.CONTENT)) async for m in box.messages()]
        return [
            Stored(address, folder, m.uid, m.internal_date, _SEEN in m.permanent_flags, bytes(loaded.content))
            for m, loaded in found
        ]

    async def mail(self, address: str, folder: str, uid: int) -> Stored | None:
        return next((m for m in await self.mails(address, folder) if m.uid == uid), None)

    async def mark_seen(self, address: str, folder: str, uid: object) -> None:
        """Does nothing where there is no such mail."""
        if folder not in await self.folders(address):
            return
        box = await self._accounts[address].get_mailbox(folder)
        async for message in box.messages():
            if message.uid == uid:
                message.permanent_flags = message.permanent_flags | {_SEEN}

    async def deliver(self, recipients: Iterable[str], content: bytes) -> None:
        """Into each recipient's inbox, byte for byte."""
        for address in dict.fromkeys(r.casefold() for r in recipients):
            await self._put(address, INBOX, content, frozenset())

    async def submit(self, sender: str, content: bytes) -> None:
        """A mail somebody writes: to everybody its header names, and a copy into the writer's folder of sent mail."""
        header = message_from_bytes(content)
        fields = [str(value) for name in ("To", "Cc") for value in header.get_all(name, [])]
        await self._put(sender, SENT, content, frozenset({_SEEN}))
        await self.deliver([address for _, address in getaddresses(fields) if address], content)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """What came by SMTP, to the envelope's recipients."""
        content = envelope.original_content or b""
        await self.deliver(envelope.rcpt_tos, content)
        return "250 OK"

    async def _put(self, address: str, folder: str, content: bytes, flags: frozenset[Flag]) -> None:
        account = await self._accounts.get(address)
        box = await account.get_mailbox(folder)
        await box.append(AppendMessage(content, self._now(), flags))


@asynccontextmanager
async def running(
    password: str, addresses: Iterable[str], now: Callable[[], datetime] = clock
) -> AsyncIterator[PostOffice]:
    """The server for as long as the block lasts; every account takes the same password."""
    os.environ.setdefault("FQDN", "localhost")  # else the IMAP greeting asks the network for this machine's name
    imap_port = free_port()
    service = await Service.init(_arguments(imap_port, password))
    service.smtp.loop.close()
    service.smtp = None  # its own would run in a thread beside the mailboxes' loop and deliver by header fields
    office = PostOffice(service, imap_port, now)
    await office.open_accounts(addresses)
    async with AsyncExitStack() as stack:
        stack.callback(service.config.cpu_subsystem._local.event_loop.close)  # noqa: SLF001 - pymap leaves it open
        await stack.enter_async_context(service.start())
        smtp = await asyncio.get_running_loop().create_server(
            lambda: SMTP(office, hostname="localhost", enable_SMTPUTF8=True), LOOPBACK, 0
        )
        stack.push_async_callback(smtp.wait_closed)
        stack.callback(smtp.close)
        office.smtp_port = smtp.sockets[0].getsockname()[1]
        yield office


def free_port() -> int:
    """A port of the loopback interface nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _arguments(imap_port: int, password: str) -> argparse.Namespace:
    words = ["--host", LOOPBACK, "--multi-user", "--no-http", "--imap-port", str(imap_port), f"--password={password}"]
    parsed: argparse.Namespace = Service.parse(words)
    return parsed
