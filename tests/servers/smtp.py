"""A real SMTP server (aiosmtpd) that keeps what it gets and answers each verb as the test has scripted."""

import asyncio
import contextlib
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.servers import free_ports

DROP, MUTE = "drop", "mute"
"""Scripted answers: the connection is closed without a word; nothing is said until the client gives up."""


@dataclass(frozen=True, slots=True)
class Received:
    """A mail the sink has taken over: the envelope, MAIL's options in capitals, the bytes after dot unstuffing."""

    sender: str
    recipients: tuple[str, ...]
    options: tuple[str, ...]
    content: bytes


class SmtpSink:
    """What was received, which verbs were heard, what the next answers will be."""

    def __init__(self, port: int, password: str, hidden: frozenset[str], offered: tuple[str, ...]) -> None:
        self.port, self.password, self.hidden, self.offered = port, password, hidden, offered
        self.received: list[Received] = []
        self.verbs: list[str] = []
        self.connections = 0
        self.open = 0
        self.logins: list[tuple[str, str]] = []
        self._answers: dict[str, deque[str]] = defaultdict(deque)

    def script(self, verb: str, *answers: str) -> None:
        """The next answers to `connect`, EHLO, MAIL, RCPT, DATA, RSET, QUIT or `.` (the end of DATA).

        `ok` is the usual one.
        """
        self._answers[verb].extend(answers)

    def quiet(self) -> bool:
        """Nobody is connected: what clients that are gone had sent is taken over or dropped."""
        return not self.open

    def answer(self, verb: str) -> str | None:
        self.verbs.append(verb)
        return self.scripted(verb)

    def scripted(self, verb: str) -> str | None:
        """The next answer; None for the usual one."""
        found = self._answers[verb].popleft() if self._answers[verb] else "ok"
        return None if found == "ok" else found

    def forget(self) -> None:
        """From now on all answers are the usual ones."""
        self._answers.clear()

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        responses = [*responses[:1], *(f"250-{extension}" for extension in self.offered), *responses[1:]]
        lines = [line for line in responses if line[4:].split(" ")[0].upper() not in self.hidden]
        return [*(line[:3] + "-" + line[4:] for line in lines[:-1]), lines[-1][:3] + " " + lines[-1][4:]]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answer(".")
        if answer in (DROP, MUTE):
            await _silent(server, answer)
        if answer is None or answer.startswith("2"):
            options = tuple(option.upper() for option in envelope.mail_options)
            self.received.append(
                Received(envelope.mail_from.strip("<>"), tuple(envelope.rcpt_tos), options, envelope.original_content)
            )
        return answer or "250 2.0.0 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((mechanism, data.login.decode()))
        return AuthResult(success=data.password.decode() == self.password, handled=False)


async def _silent(server: Any, how: str = DROP) -> None:
    if how == DROP:
        server.transport.close()
    try:
        await asyncio.Event().wait()  # until aiosmtpd cancels the task of a connection that ended
    finally:
        if server.transport:  # it keeps one that only the client has closed
            server.transport.close()


class _Scripted(SMTP):
    """aiosmtpd, but every verb first asks the script."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.open += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.open -= 1

    _greeted = False

    async def push(self, status: str) -> None:
        """The greeting too may be another one."""
        if not self._greeted:
            self._greeted = True
            if answer := self.event_handler.scripted("connect"):
                await self._say(answer)
                return
        await super().push(status)

    async def _ask(self, verb: str, usual: Any, argument: str | None) -> None:
        answer = self.event_handler.answer(verb)
        if answer is None:
            await usual(argument)
        else:
            await self._say(answer)

    async def _say(self, answer: str) -> None:
        if answer in (DROP, MUTE):
            await _silent(self, answer)
        await super().push(answer)
        if answer.startswith("421"):
            await _silent(self)

    async def smtp_EHLO(self, hostname: str | None) -> None:  # noqa: N802
        if answer := self.event_handler.scripted("EHLO"):
            await self._say(answer)
        else:
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        await self._ask("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        await self._ask("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        await self._ask("DATA", super().smtp_DATA, arg)

    async def smtp_RSET(self, arg: str | None) -> None:  # noqa: N802
        await self._ask("RSET", super().smtp_RSET, arg)

    async def smtp_QUIT(self, arg: str | None) -> None:  # noqa: N802
        await self._ask("QUIT", super().smtp_QUIT, arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Scripted(self.handler, **self.SMTP_kwargs)


@contextlib.contextmanager
def running(
    *,
    certificate: tuple[Path, Path] | None = None,
    tls: str = "none",
    password: str = "",
    utf8: bool = True,
    hidden: frozenset[str] = frozenset(),
    offered: tuple[str, ...] = (),
    without_auth: frozenset[str] = frozenset(),
    most_bytes: int | None = None,
) -> Iterator[SmtpSink]:
    """A sink while the block lasts. `hidden` extensions and mechanisms `without_auth` (in capitals) are not
    offered, `offered` ones are besides the usual; with a `password` a login is possible. `most_bytes`: SIZE.
    """
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    (port,) = free_ports(1)
    sink = SmtpSink(port, password, hidden, offered)
    controller = _Controller(
        sink,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if tls == "tls" else None,
        tls_context=context if tls == "starttls" else None,
        server_hostname="localhost",
        enable_SMTPUTF8=utf8,
        authenticator=sink.authenticate if password else None,
        auth_require_tls=not password,
        auth_exclude_mechanism=without_auth,
        **({"data_size_limit": most_bytes} if most_bytes else {}),
    )
    controller.start()
    try:
        yield sink
    finally:
        _wait_for_goodbyes(sink)
        controller.stop()


def _wait_for_goodbyes(sink: SmtpSink) -> None:
    """A client that hung up is noticed a moment later."""
    for _ in range(200):
        if sink.quiet():
            return
        time.sleep(0.005)
