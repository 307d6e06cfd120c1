"""A local SMTP server in a process of its own: takes everything, keeps only how often each Message-ID came.

`python -m bench.sink` says its port in the first line, and when its input ends, one JSON object: Message-ID -> count.
"""

import contextlib
import json
import re
import socket
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator

MESSAGE_ID = re.compile(rb"^message-id:\s{0,10}<([^>\r\n]{1,300})>", re.IGNORECASE | re.MULTILINE)
READY = b"354 go ahead\r\n"
TAKEN = b"250 2.0.0 taken\r\n"
HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 100000000\r\n250 SMTPUTF8\r\n"
END = b"\r\n.\r\n"
COUNTED: Counter[str] = Counter()
COUNTING = threading.Lock()


class Line(socketserver.BaseRequestHandler):
    """One connection in a thread of its own that blocks: the answer goes out at once, no event loop between."""

    def handle(self) -> None:
        line: socket.socket = self.request
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(b"220 sink ESMTP\r\n")
        held = bytearray()
        while data := line.recv(1 << 20):
            held += data
            while (end := held.find(b"\r\n")) >= 0:
                verb = bytes(held[:4]).upper()
                del held[: end + 2]
                if verb == b"QUIT":
                    line.sendall(b"221 bye\r\n")
                    return
                if verb == b"DATA":
                    line.sendall(READY)
                    self._take(line, held)
                line.sendall(HELLO if verb in (b"EHLO", b"HELO") else TAKEN)

    def _take(self, line: socket.socket, held: bytearray) -> None:
        """A mail up to its end; its Message-ID is counted."""
        searched = 0
        while (end := held.find(END, searched)) < 0:
            searched = max(0, len(held) - len(END))
            data = line.recv(1 << 20)
            if not data:
                return
            held += data
        found = MESSAGE_ID.search(held, 0, end)
        with COUNTING:
            COUNTED[found[1].decode("ascii", "replace") if found else ""] += 1
        del held[: end + len(END)]


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


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


def _serve() -> Counter[str]:
    with Server(("127.0.0.1", 0), Line) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
        server.shutdown()
    return COUNTED


if __name__ == "__main__":
    json.dump(_serve(), sys.stdout)
