"""Mails read in processes of their own, within bounds of CPU time and memory; what fails is told by its number."""

import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import TypeVar

from ingest.reading import Unreadable, read
from tests.fuzz.checking import broken
from tests.fuzz.mutating import LONGEST, mutant

EML = Path(__file__).parents[1] / "eml"
T = TypeVar("T")
SECONDS = 2.0
MEGABYTES = 300
WORKERS = 2
CHUNK = 250


@dataclass(frozen=True, slots=True)
class Failed:
    """A mutant that does not hold, by its number, and why."""

    file: str
    seed: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of some mutants: read, refused, the longest and all CPU time in seconds, failures."""

    read: int = 0
    refused: int = 0
    longest: float = 0.0
    cpu: float = 0.0
    failed: tuple[Failed, ...] = ()

    def __add__(self, other: "Told") -> "Told":
        return Told(
            self.read + other.read,
            self.refused + other.refused,
            max(self.longest, other.longest),
            self.cpu + other.cpu,
            self.failed + other.failed,
        )


class TooSlow(BaseException):
    """Past `SECONDS` of CPU time; no handler of the code that is tested may catch it."""


def numbers(count: int, first: int = 0) -> Iterator[tuple[str, int]]:
    """(file, seed) of the first `count` mutants: every file in turn."""
    names = sorted(mails())
    for place in range(first, first + count):
        yield names[place % len(names)], place // len(names)


@cache
def mails() -> dict[str, bytes]:
    """The odd mails that are short enough, by name."""
    found = {path.stem: path.read_bytes() for path in sorted(EML.glob("*.eml"))}
    return {name: raw for name, raw in found.items() if len(raw) <= LONGEST}


def run(count: int, first: int = 0, workers: int = WORKERS) -> Told:
    """Read that many mutants; a worker that dies names the chunk it died in."""
    wanted = list(numbers(count, first))
    chunks = [wanted[at : at + CHUNK] for at in range(0, len(wanted), CHUNK)]
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=limited) as pool:
        return sum(pool.map(read_all, chunks), Told())


def alone(work: Callable[[bytes], object], make: Callable[[], bytes] = bytes) -> tuple[str, ...]:
    """Why this work on what `make` gives fails within the bounds of a worker; () if it does not."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_bounded, work, make).result()


def _bounded(work: Callable[[bytes], object], make: Callable[[], bytes]) -> tuple[str, ...]:
    given = make()
    limited()
    return within(lambda: work(given))[1]


def read_all(wanted: Sequence[tuple[str, int]]) -> Told:
    """Within a worker."""
    told = Told()
    for name, seed in wanted:
        raw = mutant(name, seed, mails())
        message, why, spent = within(lambda raw=raw: read(raw))
        if message is not None:
            why = tuple(broken(message))
        failed = (Failed(name, seed, why),) if why else ()
        told += Told(message is not None, message is None and not why, spent, spent, failed)
    return told


def within(work: Callable[[], T], seconds: float = SECONDS) -> tuple[T | None, tuple[str, ...], float]:
    """What it gives (None if unreadable), why it fails, the CPU seconds it took."""
    before = time.process_time()
    signal.signal(signal.SIGPROF, too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    message, why = None, tuple[str, ...]()
    try:
        message = work()
    except Unreadable:
        pass
    except TooSlow:
        why = ("too slow",)
    except Exception as fault:  # noqa: BLE001 - whatever else it is, it is what is looked for
        why = (f"{type(fault).__name__}: {fault}"[:200],)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return message, why, time.process_time() - before


def limited(megabytes: int = MEGABYTES) -> None:
    """From now on this process gets no more memory than it has and so much; one that hangs in C is killed."""
    read(b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>warm</p>")
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 1024 * 1024,) * 2)


def too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def each(told: Iterable[Failed]) -> str:
    """Failures as lines for people."""
    return "\n".join(f"{f.file} {f.seed}: {'; '.join(f.why)}" for f in told)
