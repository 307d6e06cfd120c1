"""`python -m tests.faults`: every point in every setting this machine can offer, and the tables of what came of it.

Exit code 1 where anything was lost, doubled, asked about without need, or not asked about.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from tests.faults.checking import Verdict
from tests.faults.drilling import Point, SettleIn, drilled, plan, right
from tests.faults.world import Servers, settling
from tests.servers import Missing, dovecot, memory, postgres

WORKERS = 2
KINDS = ("commit", "IMAP", "SMTP EHLO", "SMTP MAIL", "SMTP RCPT", "SMTP DATA", "SMTP end of data", "SMTP QUIT", "all")
HEAD = ("step", "points", "lost", "doubled", "wrong", "asked", "of these arrived")

T = TypeVar("T")

OLD = partial(dovecot.running, capability="IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE")
SETTINGS: dict[str, tuple[Callable[[], AbstractContextManager[dovecot.Dovecot | memory.Memory]], bool]] = {
    "Dovecot, SQLite": (dovecot.running, False),
    "Dovecot without MOVE and MULTIAPPEND, SQLite": (OLD, False),
    "Dovecot, PostgreSQL": (dovecot.running, True),
    "IMAP server in memory, SQLite": (memory.running, False),
}
"""Name -> mail server, and whether the records are on PostgreSQL."""


say = partial(print, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth point")
    parser.add_argument("--only", default="", metavar="WORDS", help="only settings with these words in their names")
    given = parser.parse_args()
    faultless = True
    for name, (imap, on_postgres) in SETTINGS.items():
        if given.only not in name:
            continue
        began = time.monotonic()
        try:
            found = run(imap, given.every, on_postgres=on_postgres)
        except Missing as why:
            say(f"## {name}: not run, {why}\n")
            continue
        bad = [(point, verdict) for point, verdict in found if not right(point, verdict)]
        say(f"## {name}: {time.monotonic() - began:.0f} s\n\n{table(found)}\n")
        say("".join(f"{point}: {verdict}\n" for point, verdict in bad))
        faultless = faultless and not bad
    return int(not faultless)


def run(
    imap: Callable[[], AbstractContextManager[dovecot.Dovecot | memory.Memory]], every: int, *, on_postgres: bool
) -> list[tuple[Point, Verdict]]:
    """All points of one setting, a few at once. Raises Missing."""
    with ExitStack() as stack:
        server = Servers(stack.enter_context(imap()))
        databases = stack.enter_context(postgres.running()) if on_postgres else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="krm-faults-")))
        hands: SimpleQueue[SettleIn] = SimpleQueue()
        for number in range(WORKERS):
            place = stack.enter_context(settling(server, folder / str(number), databases))
            hands.put(place)
        expected = in_hand(hands, plan)
        chosen = expected.points[::every]
        with ThreadPoolExecutor(WORKERS) as pool:
            verdicts = pool.map(lambda point: in_hand(hands, partial(drilled, point, expected)), chosen)
            return list(zip(chosen, verdicts, strict=True))


def in_hand(hands: "SimpleQueue[SettleIn]", work: Callable[[SettleIn], T]) -> T:
    """One worker's child and sink, for as long as the work lasts."""
    hand = hands.get()
    try:
        return work(hand)
    finally:
        hands.put(hand)


def table(found: Sequence[tuple[Point, Verdict]]) -> str:
    """In Markdown, a line for each kind of step."""
    rows = [HEAD, ("---",) * len(HEAD)]
    for kind in KINDS:
        these = [v for p, v in found if kind == "all" or f" {kind}" in p.step]
        if these:
            numbers = (
                len(these),
                *(sum(bool(getattr(v, name)) for v in these) for name in ("lost", "doubled", "wrong")),
                *(sum(getattr(v, name) for v in these) for name in ("asked", "arrived")),
            )
            rows.append((kind, *map(str, numbers)))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
