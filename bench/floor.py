"""The floor, in a process of its own: every mail of a mailbox fetched with imapclient and parsed with mail-parser.

`python -m bench.floor PORT USER GROUP` says one JSON object: mails, seconds, cpu_seconds, peak_rss_mb.
"""

import json
import socket
import sys
import time

from imapclient import IMAPClient
from mailparser import parse_from_bytes

from bench.process import peak_rss_mb
from tests.servers.dovecot import PASSWORD


def fetch_and_parse(port: int, user: str, group: int) -> int:
    """How many mails were fetched and parsed."""
    with IMAPClient("127.0.0.1", port, ssl=False) as client:
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # imaplib writes in bits: 40 ms each
        client.plain_login(user, PASSWORD)
        client.select_folder("INBOX", readonly=True)
        uids = client.search()
        for start in range(0, len(uids), group):
            for fields in client.fetch(uids[start : start + group], [b"BODY.PEEK[]"]).values():
                parse_from_bytes(fields[b"BODY[]"])
    return len(uids)


def main(port: str, user: str, group: str) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    count = fetch_and_parse(int(port), user, int(group))
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    told = {"mails": count, "seconds": seconds, "cpu_seconds": cpu, "peak_rss_mb": peak_rss_mb()}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
