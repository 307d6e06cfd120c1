"""A local SMTP server in a process of its own: takes everything, keeps only how often each Message-ID came.

`python -m bench.sink` says its port in the first line, and when its input ends, one JSON object: Message-ID -> count.
"""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

MESSAGE_ID = re.compile(rb"^message-id:\s{0,10}<([^>\r\n]{1,300})>", re.IGNORECASE | re.MULTILINE)
READY = b"354 go ahead\r\n"
TAKEN = b"250 2.0.0 taken\r\n"
HELLO = b"250-sink\r\n250-8BITMIME\r\n250-SIZE 100000000\r\n250 SMTPUTF8\r\n"
END = b"\r\n.\r\n"


class Line(asyncio.Protocol):
    """One connection: verbs answered one by one, bytes after DATA searched for their end."""

    def __init__(self, counted: Counter[str]) -> None:
        self._counted = counted
        self._held = bytearray()
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        before = len(self._held)
        self._held += data
        if self._in_data:
            self._take(before)
        while not self._in_data and (end := self._held.find(b"\r\n")) >= 0:
            verb = bytes(self._held[:4]).upper()
            del self._held[: end + 2]
            self._answer(verb)

    def _answer(self, verb: bytes) -> None:
        if verb == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
            return
        self._in_data = verb == b"DATA"
        self._transport.write(READY if self._in_data else HELLO if verb in (b"EHLO", b"HELO") else TAKEN)

    def _take(self, before: int) -> None:
        """The end of a mail, if it came: an answer to each, and its Message-ID counted."""
        end = self._held.find(END, max(0, before - len(END)))
        if end < 0:
            return
        found = MESSAGE_ID.search(self._held, 0, end)
        self._counted[found[1].decode("ascii", "replace") if found else ""] += 1
        del self._held[: end + len(END)]
        self._in_data = False
        self._transport.write(TAKEN)


class Sink:
    """The process, seen from outside."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process, self.port = process, port

    def close(self) -> Counter[str]:
        """Ends it; gives how often each Message-ID came."""
        told, _ = self._process.communicate()
        return Counter(json.loads(told))


@contextlib.contextmanager
def running() -> Iterator[Sink]:
    """A sink while the block lasts."""
    command = [sys.executable, "-m", "bench.sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Sink(process, int(process.stdout.readline()))
        finally:
            process.kill()


async def _serve() -> Counter[str]:
    counted: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(counted), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    return counted


if __name__ == "__main__":
    json.dump(asyncio.run(_serve()), sys.stdout)
