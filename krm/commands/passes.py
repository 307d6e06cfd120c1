"""`krm once`, `run`, `retry`: the bot at work on the office's servers and database."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import click

from classify import examples
from krm import flow, learning, settings
from krm.assembly import assemble
from krm.bot import TALLIED, Bot
from krm.commands.common import CONFIG, JSON, Fault, config, example, moment, progress, say, shown
from krm.commands.opening import opened, telling
from krm.learning import GivenUp, School
from krm.models import Recipe
from krm.settings import Settings
from krm.stock import Stock
from krm.timetable import keep_time
from krm.tomlfile import SettingsError
from store import mails
from store.mails import MailState


@click.command(epilog=example("krm once --json"))
@click.option("--now", help="A moment instead of the clock, ISO 8601; for drills.")
@click.option("--drill", is_flag=True, help="Allow --now although a server is not on this machine.")
@JSON
@CONFIG
def once(now: str | None, drill: bool, as_json: bool) -> None:
    """One pass: fetch, process, send what is due."""
    at = moment(now) if now else None
    chosen = _settings()
    if at and not (chosen.on_loopback or drill):
        raise Fault("--now is for drills: a server of this krm.toml is not on this machine (--drill allows it)")
    with _bot(chosen, at) as bot:
        tally = flow.once(bot)
    say({name: tally[name] for name in TALLIED} if as_json else shown(tally))
    if tally["failed"]:
        raise Fault(f"{tally['failed']} failed; the lines above and krm doctor say more")


@click.command(epilog=example("krm --config /etc/krm/krm.toml run"))
@CONFIG
def run() -> None:
    """The service: a pass every minute until it is stopped."""
    chosen = _settings()
    with _bot(chosen, None) as bot:
        stop = _stopped_by_signals()
        progress(f"krm: reading the mailbox every {chosen.poll_seconds} s; stop with Ctrl-C")
        keep_time(bot, chosen.poll_seconds, stop, _nightly(chosen, bot, stop))
    progress("krm: stopped")


def _nightly(chosen: Settings, bot: Bot, stop: threading.Event) -> Callable[[], object] | None:
    """Learning, where the office switched it on; it is given up when the service is told to stop."""
    if not chosen.learning.enabled:
        return None

    def on(_: str) -> None:
        if stop.is_set():
            raise GivenUp

    exam = examples.held_back()
    school = School(bot.database, bot.office, bot.taxonomy, _stock(chosen), bot.now, time.sleep, exam)
    return partial(learning.tonight, school, on)


@click.command(epilog=example("krm retry"))
@JSON
@CONFIG
def retry(as_json: bool) -> None:
    """Put unreadable mails before the reader again at the next pass."""
    with opened() as shelf, shelf.database.transaction() as connection:
        value = {"retried": mails.retry(connection, [MailState.UNREADABLE])}
    say(value if as_json else shown(value))


def _settings() -> Settings:
    try:
        return settings.load(settings.find(config()))
    except SettingsError as fault:
        raise Fault(str(fault)) from fault


@contextmanager
def _bot(chosen: Settings, now: datetime | None) -> Iterator[Bot]:
    """The bot on its real servers, with the newest tables and its model. Raises Fault where the database is away."""
    with telling():
        bot = assemble(chosen, _stock(chosen), (lambda: now) if now else None)
        try:
            bot.database.upgrade()
            bot.look_again()
            yield bot
        finally:
            bot.database.close()


def _stock(chosen: Settings) -> Stock:
    return Stock(chosen.learning.folder, Recipe(key=chosen.keys.seal()), progress)


def _stopped_by_signals() -> threading.Event:
    """Set by the first signal, so that the pass under way is finished; the second one ends the process at once."""
    stop = threading.Event()

    def on_signal(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return stop
