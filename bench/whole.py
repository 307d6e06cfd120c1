"""The whole way, in a process of its own: the real bot makes one pass over a full mailbox.

`python -m bench.whole train` makes sure of a trained model. `python -m bench.whole pass KRM_TOML [PROFILE]` says one
JSON object: loading, seconds, cpu_seconds, by_door, tally, peak_rss_mb; with PROFILE it is profiled into that file.
"""

import cProfile
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.process import peak_rss_mb
from ingest.message import Place
from ingest.postbox import Fetched, Known, Move
from krm import flow, models, settings
from krm.assembly import assemble
from krm.bot import Bot, Mailboxes, Posts, Session
from krm.models import Recipe
from krm.stock import Stock
from notify.parcels import Parcel, Result


@dataclass(slots=True)
class Clock:
    """Seconds spent behind each door."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def at(self, door: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[door] = self.seconds.get(door, 0.0) + time.perf_counter() - begun


@dataclass(slots=True)
class TimedSession:
    """A session of the mailbox, with a watch in hand."""

    inner: Session
    clock: Clock

    def fetch(self, known: Known, limit_mails: int, limit_bytes: int) -> Fetched:
        with self.clock.at("fetch"):
            return self.inner.fetch(known, limit_mails, limit_bytes)

    def file(self, moves: Sequence[Move]) -> tuple[Place, ...]:
        with self.clock.at("file"):
            return self.inner.file(moves)

    def append_sent(self, messages: Sequence[bytes], at: datetime) -> None:
        with self.clock.at("copy to Sent"):
            self.inner.append_sent(messages, at)

    def prepare(self) -> tuple[str, ...]:
        with self.clock.at("prepare"):
            return self.inner.prepare()


@dataclass(slots=True)
class TimedMailbox:
    inner: Mailboxes
    clock: Clock

    @contextmanager
    def session(self) -> Iterator[TimedSession]:
        with ExitStack() as opened:
            with self.clock.at("log in"):
                session = opened.enter_context(self.inner.session())
            yield TimedSession(session, self.clock)


@dataclass(slots=True)
class TimedPost:
    """Sending without the commits in between."""

    inner: Posts
    clock: Clock

    def send(self, parcels: Sequence[Parcel], before_data: Callable[[Parcel], None]) -> Iterator[Result]:
        def noted(parcel: Parcel) -> None:
            with self.clock.at("note before DATA"):
                before_data(parcel)

        results = iter(self.inner.send(parcels, noted))
        while True:
            with self.clock.at("send"):
                result = next(results, None)
            if result is None:
                return
            yield result


def timed(bot: Bot, clock: Clock) -> Bot:
    """The same bot; its doors are timed. What is left over is reading, records, letters and their commits."""

    def suggest(texts: Sequence[Any]) -> Sequence[Any]:
        with clock.at("suggest"):
            return bot.suggest(texts)

    return replace(bot, mailbox=TimedMailbox(bot.mailbox, clock), post=TimedPost(bot.post, clock), suggest=suggest)


def make_pass(krm_toml: Path, profile: str = "") -> dict[str, Any]:
    begun = time.perf_counter()
    clock = Clock()
    stock = Stock(krm_toml.parent / "models", Recipe(), _no_training)
    bot = timed(assemble(settings.load(krm_toml), stock), clock)
    bot.database.upgrade()
    bot.look_again()
    loaded, cpu = time.perf_counter(), time.process_time()
    profiler = cProfile.Profile()
    with profiler if profile else nullcontext():
        tally = flow.once(bot)
    ended, cpu = time.perf_counter(), time.process_time() - cpu
    if profile:
        profiler.dump_stats(profile)
    bot.database.close()
    return {
        "loading": loaded - begun,
        "seconds": ended - loaded,
        "cpu_seconds": cpu,
        "by_door": _doors(clock, ended - loaded),
        "tally": dict(tally),
        "peak_rss_mb": peak_rss_mb(),
    }


def _doors(clock: Clock, whole: float) -> dict[str, float]:
    doors = dict(clock.seconds)
    doors["send"] = doors.get("send", 0.0) - doors.get("note before DATA", 0.0)
    doors["read, record, write"] = whole - sum(doors.values())
    return {name: round(seconds, 2) for name, seconds in doors.items()}


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr)


def _no_training(line: str) -> None:
    raise RuntimeError(f"the model is not the one trained before, was a source changed meanwhile? ({line})")


def main(what: str, *arguments: str) -> None:
    if what == "train":
        models.ready(Recipe(), _to_stderr)
        answer: dict[str, Any] = {}
    else:
        answer = make_pass(Path(arguments[0]), *arguments[1:])
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
