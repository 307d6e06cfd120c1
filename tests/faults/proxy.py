"""A proxy between the bot and a real IMAP server: it counts lines, cuts, keeps silent, refuses, leaves words out."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

TAG = re.compile(rb"\A([A-Z]+[0-9]+) ")
UNASKED = re.compile(rb"\{([0-9]+)\+\}\r\n\Z")  # RFC 7888


class Side(StrEnum):
    """Who speaks a line."""

    BOT = "bot"
    SERVER = "server"


@dataclass
class Proxy:
    """What the tests order is done once, at the next line that fits; lines are counted from 1 over all connections."""

    target: int
    port: int = 0
    lines: dict[Side, int] = field(default_factory=lambda: dict.fromkeys(Side, 0))
    heard: list[bytes] = field(default_factory=list)  # what the bot said
    hidden: tuple[bytes, ...] = ()  # words left out wherever the server names its capabilities
    cut_at: tuple[Side, int] | None = None  # this line does not come through, and nothing after it
    mute: bool = False  # the server says nothing any more
    closed: bool = False  # whoever connects is sent away at once
    refused: dict[bytes, bytes] = field(default_factory=dict)  # word of a command: what is answered in its place
    meanwhile: dict[bytes, Callable[[], object]] = field(default_factory=dict)  # called before such a command goes on
    calls: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def counted_anew(self) -> None:
        self.lines, self.heard, self.cut_at = dict.fromkeys(Side, 0), [], None

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                bot, _ = listener.accept()
            except OSError:
                return
            if self.closed:
                bot.close()
                continue
            call = threading.Thread(target=self._connect, args=(bot,), daemon=True)
            self.calls.append(call)
            call.start()

    def _connect(self, bot: socket.socket) -> None:
        with bot, socket.create_connection(("127.0.0.1", self.target)) as server:
            for end in (bot, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=self._carry, args=(Side.SERVER, server, bot), daemon=True)
            back.start()
            self._carry(Side.BOT, bot, server)
            back.join(20)

    def _carry(self, side: Side, here: socket.socket, there: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), here.makefile("rb") as lines:
            for line in lines:
                passed = self._line(side, line)
                if passed is None:
                    break
                if isinstance(passed, Refusal):
                    rest = line
                    while unasked := UNASKED.search(rest):  # the bot does not wait for leave to send what follows
                        lines.read(int(unasked[1]))
                        rest = lines.readline()
                    here.sendall(passed.answer)
                elif passed:
                    there.sendall(passed)
        for end in (here, there):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _line(self, side: Side, line: bytes) -> "bytes | Refusal | None":
        """What goes on of a line; None: the connection is cut."""
        with self._lock:
            self.lines[side] += 1
            if self.cut_at == (side, self.lines[side]):
                return None
        if side is Side.BOT:
            return self._command(line)
        if self.mute:
            return b""
        if b"CAPABILITY" in line:
            for word in self.hidden:
                line = line.replace(b" " + word, b"")
        return line

    def _command(self, line: bytes) -> "bytes | Refusal":
        tag = TAG.match(line)
        if not tag:
            return line
        self.heard.append(line)
        words = line.upper().split()
        for word in [w for w in self.meanwhile if w in words]:
            self.meanwhile.pop(word)()
        for word, answer in self.refused.items():
            if word in words:
                return Refusal(tag[1] + b" " + answer + b"\r\n")
        return line


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the bot hears in the server's place."""

    answer: bytes


@contextlib.contextmanager
def running(target: int) -> Iterator[Proxy]:
    """A proxy to this port of 127.0.0.1 while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Proxy(target, listener.getsockname()[1])
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for each in (thread, *proxy.calls):
                each.join(20)
