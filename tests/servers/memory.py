"""An IMAP server in memory (the demo's), for machines without Dovecot: it can what the tests of the whole pass need."""

import asyncio
import contextlib
import itertools
import threading
import warnings
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

with warnings.catch_warnings():  # the mail server's password library imports a module Python gives up
    warnings.simplefilter("ignore", DeprecationWarning)
    from pymap.parsing.message import AppendMessage

    from demo.server import PostOffice
    from demo.server import running as opened

T = TypeVar("T")

PASSWORD = "geheim"


@dataclass(frozen=True, slots=True)
class Account:
    """One fresh mailbox, with the same manners as `dovecot.User`."""

    server: "Memory"
    name: str

    def append(self, raw: bytes, when: datetime) -> None:
        self.server.call(self._append(raw, when))

    def contents(self, folder: str) -> list[bytes]:
        """What lies in a folder, in order; nothing in one that does not exist."""
        return [mail.content for mail in self.server.call(self.server.post.mails(self.name, folder))]

    async def _append(self, raw: bytes, when: datetime) -> None:
        account = await self.server.post._accounts.get(self.name)
        box = await account.get_mailbox("INBOX")
        await box.append(AppendMessage(raw, when, frozenset()))


class Memory:
    """A running server, in an event loop of its own thread."""

    def __init__(self, post: PostOffice, loop: asyncio.AbstractEventLoop) -> None:
        self.post, self._loop = post, loop
        self.port = post.imap_port
        self._numbers = itertools.count(1)

    def make_user(self) -> Account:
        name = f"postfach{next(self._numbers)}@jobcenter.example"
        self.call(self.post.open_accounts([name]))
        return Account(self, name)

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)


@contextlib.contextmanager
def running() -> Iterator[Memory]:
    """A server while the block lasts."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    stack = contextlib.AsyncExitStack()

    def wait(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(60)

    try:
        yield Memory(wait(stack.enter_async_context(opened(PASSWORD, []))), loop)
    finally:
        wait(stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
